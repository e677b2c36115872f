"""A vision transformer of the open_clip package behind the encoder contract.

The taps are the raw outputs of three blocks without the class token; the global token is the tower's image embedding.
"""

from functools import partial
from typing import Any, Self

from open_clip.constants import OPENAI_DATASET_MEAN, OPENAI_DATASET_STD
from open_clip.transformer import LayerNorm, VisionTransformer
from torch import Tensor, nn

from kfd.encoders.base import EncoderConfig, Encoding
from kfd.encoders.vit_weights.sizes import TowerSizes


def look(visual: VisionTransformer, images: Tensor, taps: tuple[int, int, int]) -> Encoding:
    """Encode normalised RGB images (B, 3, S, S): three maps (B, C, S/patch, S/patch) and (B, D)."""
    out = visual.forward_intermediates(
        images, indices=list(taps), normalize_intermediates=False, output_fmt="NCHW"
    )  # normalised they would not be the residual stream that the adapters of LVLM-DFD read
    token = out["image_features"]
    assert isinstance(token, Tensor)
    return Encoding(token, tuple(out["image_intermediates"]))


def check_taps(visual: VisionTransformer, taps: tuple[int, int, int]) -> None:
    """ValueError when a tapped block does not exist."""
    depth = len(visual.transformer.resblocks)
    if max(taps) >= depth:
        raise ValueError(f"encoder.taps {taps} needs more than the {depth} blocks of this tower")


def norm_of(sizes: TowerSizes) -> Any:
    """The towers' kind of LayerNorm."""
    return partial(LayerNorm, eps=sizes.norm_eps)


def vision_tower(sizes: TowerSizes) -> VisionTransformer:
    """A vision transformer of these sizes with random weights."""
    return VisionTransformer(
        image_size=sizes.image_size, patch_size=sizes.patch_size, width=sizes.width, layers=sizes.layers,
        heads=sizes.heads, mlp_ratio=sizes.mlp_ratio, output_dim=sizes.embed_dim,
        norm_layer=norm_of(sizes),
    )  # fmt: skip


class OpenClipEncoder(nn.Module):
    """Wraps `visual`; weights come from the detector's checkpoint or are loaded into `visual` before training.

    Towers.encoder (vit_weights/towers.py) makes one from local files of OpenCLIP or ImageBind.
    """

    mean: tuple[float, float, float] = OPENAI_DATASET_MEAN
    std: tuple[float, float, float] = OPENAI_DATASET_STD

    def __init__(self, visual: VisionTransformer, taps: tuple[int, int, int]) -> None:
        super().__init__()
        check_taps(visual, taps)
        self.visual = visual
        self.taps = taps
        self.global_dim = int(visual.output_dim)
        width = int(visual.conv1.out_channels)
        self.layer_channels: tuple[int, ...] = (width,) * len(taps)

    @classmethod
    def create(cls, config: EncoderConfig) -> Self:
        """Random weights in the sizes of `config.tower`."""
        assert config.tower is not None  # the configuration has checked it
        return cls(vision_tower(config.tower), config.taps)

    def forward(self, images: Tensor) -> Encoding:
        """Encode normalised RGB images (B, 3, S, S): three maps (B, C, S/patch, S/patch) and (B, D)."""
        return look(self.visual, images, self.taps)
