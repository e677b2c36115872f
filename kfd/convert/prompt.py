"""The release's prompt learner under the names of our room prompt_learner.

A room to the right is not imported here: the folder is written by name and shape, and a test loads it with its loader.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor

from kfd.convert.families import check_statistics, renamed
from kfd.encoders.vit_weights.layouts import Shape
from kfd.encoders.vit_weights.mapping import map_tensors

NAMES = {
    "learner.base_prompts": "base_prompts",
    "learner.consistency_net": "meta_net1",
    "learner.map_net": "meta_net2",
    "learner.class_token": "fc",
    "learner.mix": "finalconv",
    "projector.linear": "llama_proj",
}


@dataclass(frozen=True)
class PromptSizes:
    """Sizes of the prompt learner, named as in prompt_learner/config.py; the defaults are the release's."""

    hidden_size: int = 4096
    visual_dim: int = 1024
    map_size: int = 224
    map_channels: int = 6
    channels: tuple[int, ...] = (16, 32, 64, 128, 256)
    extra_channels: int = 512
    n_base: int = 9
    grid: int = 3
    n_forgery: int = 9

    def shapes(self) -> dict[str, Shape]:
        """Names and shapes of all tensors, ours."""
        d, tokens = self.hidden_size, self.n_base + 2 * self.grid**2 + 1
        result: dict[str, Shape] = {"learner.base_prompts": (self.n_base, d)}
        for net, channels in (("consistency_net", self.map_channels), ("map_net", 1)):
            result |= self._net(f"learner.{net}.", channels)
        result |= _weight("learner.class_token", (d, 2))
        result |= _weight("learner.mix", (self.n_forgery, tokens, 3))
        return result | _weight("projector.linear", (d, self.visual_dim))

    def _net(self, name: str, width: int) -> dict[str, Shape]:
        """Convolution, ReLU, BatchNorm and pooling a stage; one stage without pooling; a last convolution."""
        result: dict[str, Shape] = {}
        index = 0
        for channels in (*self.channels, self.extra_channels):
            result |= _weight(f"{name}{index}", (channels, width, 3, 3))
            norm = f"{name}{index + 2}"
            result |= _weight(norm, (channels,)) | {f"{norm}.running_{k}": (channels,) for k in ("mean", "var")}
            result[f"{norm}.num_batches_tracked"] = ()
            width, index = channels, index + 4
        side = (self.map_size >> len(self.channels)) - self.grid + 1
        return result | _weight(f"{name}{index - 1}", (self.hidden_size, width, side, side))


def _weight(name: str, shape: Shape) -> dict[str, Shape]:
    return {f"{name}.weight": shape, f"{name}.bias": shape[:1]}


def convert_prompt_learner(
    families: Mapping[str, Mapping[str, Tensor]], sizes: PromptSizes
) -> tuple[dict[str, Tensor], dict[str, Any], int]:
    """Tensors and config.json of our prompt learner's folder, and how many BatchNorms it has.

    The release adds a token of the raw scores behind the forgery tokens. It has no tokens for "no picture could be
    assessed": ours become 0, which means nothing to any model.
    """
    found = dict(families["prompt_learner"]) | {f"llama_proj.{n}": t for n, t in families["llama_proj"].items()}
    shapes = sizes.shapes()
    entries = renamed(shapes, NAMES)
    norms = check_statistics(found, entries, "The prompt learner")
    tensors = map_tensors(found, entries, shapes, "the prompt learner")
    tensors["no_picture"] = torch.zeros(1 + sizes.n_forgery + 1, sizes.hidden_size)
    return tensors, {**asdict(sizes), "channels": list(sizes.channels), "raw_score": True}, norms
