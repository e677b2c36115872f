"""Random weights with the names and shapes of the released files; written from their description, not from our mapping.

Shapes are spelled out here a second time on purpose: the tests compare the converter with this.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from kfd.convert.language import LanguageSizes
from kfd.convert.prompt import PromptSizes
from kfd.convert.release import ReleaseOptions, ReleaseSizes, convert_release
from kfd.encoders.vit_weights.sizes import TowerSizes
from kfd.release.config import ReleaseConfig

Shapes = dict[str, tuple[int, ...]]
RANK = 4


def tiny_sizes() -> ReleaseSizes:
    """All parts small; maps of 32 px, a language model of width 20 with 2 layers."""
    prompt = PromptSizes(
        hidden_size=20, visual_dim=12, map_size=32, channels=(3, 4, 5), extra_channels=6, n_base=9, grid=3, n_forgery=9
    )
    return ReleaseSizes(ReleaseConfig.tiny(), prompt, LanguageSizes(2, 20, RANK, RANK))


def _module(name: str, *shape: int) -> Shapes:
    return {f"{name}.weight": shape, f"{name}.bias": shape[:1]}


def _norm(name: str, width: int) -> Shapes:
    return {**_module(name, width), f"{name}.running_mean": (width,), f"{name}.running_var": (width,),
            f"{name}.num_batches_tracked": ()}  # fmt: skip


def _trunk(name: str, width: int, layers: int, hidden: int) -> Shapes:
    shapes: Shapes = {}
    for n in range(layers):
        block = f"modality_trunks.{name}.blocks.{n}."
        shapes |= {block + "attn.in_proj_weight": (3 * width, width), block + "attn.in_proj_bias": (3 * width,)}
        shapes |= _module(block + "attn.out_proj", width, width)
        shapes |= _module(block + "norm_1", width) | _module(block + "norm_2", width)
        shapes |= _module(block + "mlp.fc1", hidden, width) | _module(block + "mlp.fc2", width, hidden)
    return shapes


def imagebind_shapes(s: TowerSizes) -> Shapes:
    """ImageBind's vision and text, and a few tensors of its other senses."""
    patches = (s.image_size // s.patch_size) ** 2
    w, t, d = s.width, s.text_width, s.embed_dim
    return {
        "modality_preprocessors.vision.cls_token": (1, 1, w),
        "modality_preprocessors.vision.rgbt_stem.proj.1.weight": (w, 3, 2, s.patch_size, s.patch_size),
        "modality_preprocessors.vision.pos_embedding_helper.pos_embed": (1, patches + 1, w),
        "modality_preprocessors.text.token_embedding.weight": (s.vocab_size, t),
        "modality_preprocessors.text.pos_embed": (1, s.context_length, t),
        "modality_preprocessors.text.mask": (s.context_length, s.context_length),
        **_module("modality_trunks.vision.pre_transformer_layer.0", w),
        **_trunk("vision", w, s.layers, int(w * s.mlp_ratio)),
        **_trunk("text", t, s.text_layers, int(t * s.mlp_ratio)),
        **_module("modality_heads.vision.0", w),
        "modality_heads.vision.2.weight": (d, w),
        **_module("modality_heads.text.proj.0", t),
        "modality_heads.text.proj.1.weight": (d, t),
        "modality_postprocessors.text.1.log_logit_scale": (),
        **_trunk("audio", 8, 1, 16),
        "modality_trunks.audio.blocks.0.attn.bias_k": (1, 1, 8),
        "modality_preprocessors.imu.imu_stem.proj.weight": (8, 6),
        "modality_postprocessors.depth.1.log_logit_scale": (),
    }


def lora_shapes(shapes: Mapping[str, tuple[int, ...]], rank: int) -> Shapes:
    """A and B for every linear layer that the release adapts: the MLPs of all trunks, two heads, the IMU stem."""
    adapted = (
        ".mlp.fc1.weight",
        ".mlp.fc2.weight",
        "heads.vision.2.weight",
        "text.proj.1.weight",
        "imu_stem.proj.weight",
    )
    found: Shapes = {}
    for name, shape in shapes.items():
        if name.endswith(adapted):
            stem = name.removesuffix(".weight")
            found |= {f"{stem}.lora_A": (rank, shape[1]), f"{stem}.lora_B": (shape[0], rank)}
    return found


def head_shapes(c: ReleaseConfig) -> Shapes:
    """image_decoder, locator and classifier."""
    shapes: Shapes = {}
    for i in range(3):
        shapes |= _module(f"image_decoder.fc.{i}", c.towers.embed_dim, c.towers.width)
        shapes |= _module(f"locator.conv.{i}", c.locator_width, 2, 3, 3)
        shapes |= _norm(f"locator.batchnorm.{i}", c.locator_width)
        before = 2
        for k, width in enumerate(c.classifier_widths):
            shapes |= _module(f"classifier.meta_net.{i}.{4 * k}", width, before, 3, 3)
            shapes |= _norm(f"classifier.meta_net.{i}.{4 * k + 3}", width)
            before = width
    shapes |= _module("locator.finalconv", 2, 3 * c.locator_width, 3, 3)
    shapes |= _module("classifier.fc1", c.classifier_hidden, 3 * c.classifier_widths[-1])
    return shapes | _module("classifier.fc2", 2, c.classifier_hidden)


def prompt_shapes(p: PromptSizes) -> Shapes:
    """prompt_learner and llama_proj."""
    shapes: Shapes = {"prompt_learner.base_prompts": (p.n_base, p.hidden_size)}
    for net, before in (("meta_net1", 6), ("meta_net2", 1)):
        widths = (*p.channels, p.extra_channels)
        for k, width in enumerate(widths):
            shapes |= _module(f"prompt_learner.{net}.{4 * k}", width, before, 3, 3)
            shapes |= _norm(f"prompt_learner.{net}.{4 * k + 2}", width)
            before = width
        side = p.map_size // 2 ** len(p.channels) - 2
        shapes |= _module(f"prompt_learner.{net}.{4 * len(widths) - 1}", p.hidden_size, before, side, side)
    shapes |= _module("prompt_learner.fc", p.hidden_size, 2)
    shapes |= _module("prompt_learner.finalconv", 9, 28, 3)
    return shapes | _module("llama_proj", p.hidden_size, p.visual_dim)


def language_shapes(sizes: LanguageSizes) -> Shapes:
    """LoRA of q, k, v and o as peft names it, and two tensors of the base model."""
    shapes: Shapes = {"llama_model.base_model.model.model.norm.weight": (sizes.hidden_size,)}
    d, r = sizes.hidden_size, sizes.rank
    for n in range(sizes.layers):
        for letter in "qkvo":
            stem = f"llama_model.base_model.model.model.layers.{n}.self_attn.{letter}_proj."
            shapes |= {stem + "lora_A.default.weight": (r, d), stem + "lora_B.default.weight": (d, r)}
    return shapes | {"llama_model.base_model.model.model.layers.0.self_attn.q_proj.base_layer.weight": (d, d)}


def filled(shapes: Shapes, seed: int, dtype: torch.dtype = torch.float32) -> Iterator[tuple[str, Tensor]]:
    """Random numbers of sensible size for every name: nothing is 0, 1 or the same by accident."""
    generator = torch.Generator().manual_seed(seed)
    for name, shape in shapes.items():
        yield name, _numbers(name, shape, generator, dtype)


def _numbers(name: str, shape: tuple[int, ...], generator: torch.Generator, dtype: torch.dtype) -> Tensor:
    last = name.rpartition(".")[2]
    if last == "num_batches_tracked":
        return torch.tensor(1000)
    if last == "log_logit_scale":
        return torch.tensor(4.2, dtype=dtype)
    if name.endswith("text.mask"):
        return torch.full(shape, float("-inf")).triu(1).to(dtype)
    x = torch.randn(shape, generator=generator)
    if last == "running_var":
        x = 0.5 + x.abs()
    elif last == "weight" and len(shape) == 1:
        x = 1 + 0.1 * x
    elif last == "lora_B":
        x = 0.5 * x
    elif len(shape) >= 2 and "embed" not in name and "token" not in name:
        x = x / max(1, x[0].numel()) ** 0.5
    else:
        x = 0.1 * x
    return x.to(dtype)


def release_state(sizes: ReleaseSizes, seed: int = 0, dtype: torch.dtype = torch.float32) -> dict[str, Tensor]:
    """A whole checkpoint, LoRA not merged."""
    encoder = imagebind_shapes(sizes.detector.towers)
    encoder |= lora_shapes(encoder, RANK if sizes.language.rank == RANK else 32)
    shapes = {f"visual_encoder.{name}": shape for name, shape in encoder.items()}
    shapes |= head_shapes(sizes.detector) | prompt_shapes(sizes.prompt) | language_shapes(sizes.language)
    return dict(filled(shapes, seed, dtype))


def imagebind_state(sizes: TowerSizes, seed: int = 0, dtype: torch.dtype = torch.float32) -> dict[str, Tensor]:
    """ImageBind's own file."""
    return dict(filled(imagebind_shapes(sizes), seed, dtype))


def merged(state: Mapping[str, Tensor], rank: int = RANK) -> dict[str, Tensor]:
    """A checkpoint as loralib saves it in evaluation mode: the change is in W, and A and B are still there."""
    result = dict(state)
    for name, a in state.items():
        if name.endswith(".lora_A") and name.startswith("visual_encoder."):
            stem = name.removesuffix(".lora_A")
            w, b = state[stem + ".weight"], state[stem + ".lora_B"]
            result[stem + ".weight"] = (w.float() + b.float() @ a.float() / rank).to(w.dtype)
    return result


def base_of(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """ImageBind's file that the release's encoder started from."""
    encoder = {n.removeprefix("visual_encoder."): t for n, t in state.items() if n.startswith("visual_encoder.")}
    return {name: t for name, t in encoder.items() if "lora_" not in name}


def convert(
    state: dict[str, Tensor], folder: Path, base: dict[str, Tensor] | None = None, **given: Any
) -> dict[str, Any]:
    """Write the checkpoint, and the base if there is one, and convert them into FOLDER/out; returns the report."""
    torch.save(state, folder / "ckpt.pth")
    if base is not None:
        torch.save(base, folder / "imagebind_huge.pth")
        given["base"] = folder / "imagebind_huge.pth"
    return convert_release(folder / "ckpt.pth", folder / "out", ReleaseOptions(tiny_sizes(), **given))
