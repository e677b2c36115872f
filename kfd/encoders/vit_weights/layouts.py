"""How files name and shape the tensors of the two towers, and what turns them into ours.

A layout is a list of entries, one a tensor of ours; `mapping.py` reads every layout by the same few lines.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from kfd.encoders.vit_weights.sizes import TowerSizes

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Change:
    """How tensors of a file become one of ours.

    Attributes:
        sources: shapes in the file for the shape of ours.
        apply: tensors of the file, in the order of `sources`, and the shape of ours -> ours. Linear, so that changes
            of weights may be mapped in the same way.
    """

    sources: Callable[[Shape], tuple[Shape, ...]]
    apply: Callable[[Sequence[Tensor], Shape], Tensor]


def _leading(count: int) -> Change:
    """`count` leading axes of length 1 are dropped."""
    return Change(lambda shape: ((1,) * count + shape,), lambda found, shape: found[0].reshape(shape))


COPY = _leading(0)
FIRST = _leading(1)
FLAT = _leading(2)
TRANSPOSE = Change(lambda shape: (shape[::-1],), lambda found, _: found[0].T.contiguous())
# ImageBind repeats a picture to two frames, so both time steps of its 3-D convolution see the same pixels.
TIME_SUM = Change(lambda shape: ((*shape[:2], 2, *shape[2:]),), lambda found, _: found[0].sum(2, dtype=torch.float32))
JOIN = Change(lambda shape: ((shape[0] // 3, *shape[1:]),) * 3, lambda found, _: torch.cat(list(found)))


@dataclass(frozen=True)
class Entry:
    """One tensor of ours, the tensors of a file it is made from, and how."""

    target: str
    sources: tuple[str, ...]
    change: Change = COPY


@dataclass(frozen=True)
class Layout:
    """One way to name the towers' tensors.

    Attributes:
        licence: of the weights that come in this layout.
        norm_eps: of the LayerNorms these weights were trained with; None = the sizes know.
        marker: a key that tells this layout from the others.
        entries: every tensor of ours, for given sizes.
        ignored: beginnings of keys that are no part of the towers.
    """

    name: str
    licence: str
    norm_eps: float | None
    marker: str
    entries: Callable[[TowerSizes], list[Entry]]
    ignored: tuple[str, ...] = ()


def module(target: str, source: str) -> list[Entry]:
    """Entries of a module that is copied: weight and bias."""
    return [Entry(f"{target}.{kind}", (f"{source}.{kind}",)) for kind in ("weight", "bias")]


def _blocks(ours: str, theirs: str, layers: int, names: Mapping[str, str], separate: Sequence[str]) -> list[Entry]:
    """Entries of a stack of blocks: `names` of its modules, ours -> theirs; `separate` names q, k and v if apart."""
    entries = []
    for n in range(layers):
        a, b = f"{ours}.transformer.resblocks.{n}.", f"{theirs}.{n}."
        for target, source in names.items():
            entries += module(a + target, b + source)
        for kind in ("weight", "bias"):
            apart = tuple(f"{b}{name}.{kind}" for name in separate)
            entry = Entry(f"{a}attn.in_proj_{kind}", apart or (f"{b}attn.in_proj_{kind}",), JOIN if apart else COPY)
            entries.append(entry)
    return entries


def _both(
    sizes: TowerSizes, vision: str, text: str, names: Mapping[str, str], separate: Sequence[str] = ()
) -> list[Entry]:
    return [
        *_blocks("visual", vision, sizes.layers, names, separate),
        *_blocks("text", text, sizes.text_layers, names, separate),
    ]


def _openclip(sizes: TowerSizes) -> list[Entry]:
    """Open_clip's plain CLIP model: the text tower lies at the root."""
    names = {name: name for name in ("ln_1", "ln_2", "attn.out_proj", "mlp.c_fc", "mlp.c_proj")}
    alike = ("class_embedding", "positional_embedding", "proj", "conv1.weight")
    root = ("token_embedding.weight", "positional_embedding", "text_projection")
    return [
        *(Entry(f"visual.{name}", (f"visual.{name}",)) for name in alike),
        *module("visual.ln_pre", "visual.ln_pre"),
        *module("visual.ln_post", "visual.ln_post"),
        *(Entry(f"text.{name}", (name,)) for name in root),
        *module("text.ln_final", "ln_final"),
        Entry("logit_scale", ("logit_scale",)),
        *_both(sizes, "visual.transformer.resblocks", "transformer.resblocks", names),
    ]


def _own(sizes: TowerSizes) -> list[Entry]:
    """Our folders, and open_clip's models whose text tower is a part of its own."""
    return [Entry(entry.target, (entry.target,)) for entry in _openclip(sizes)]


def _imagebind(sizes: TowerSizes) -> list[Entry]:
    """ImageBind-Huge: modality_{preprocessors,trunks,heads,postprocessors}.{vision,text}."""
    names = {
        "ln_1": "norm_1",
        "ln_2": "norm_2",
        "attn.out_proj": "attn.out_proj",
        "mlp.c_fc": "mlp.fc1",
        "mlp.c_proj": "mlp.fc2",
    }
    eye, reader, heads = "modality_preprocessors.vision.", "modality_preprocessors.text.", "modality_heads."
    return [
        Entry("visual.class_embedding", (eye + "cls_token",), FLAT),
        Entry("visual.positional_embedding", (eye + "pos_embedding_helper.pos_embed",), FIRST),
        Entry("visual.conv1.weight", (eye + "rgbt_stem.proj.1.weight",), TIME_SUM),
        *module("visual.ln_pre", "modality_trunks.vision.pre_transformer_layer.0"),
        *module("visual.ln_post", heads + "vision.0"),
        Entry("visual.proj", (heads + "vision.2.weight",), TRANSPOSE),
        Entry("text.token_embedding.weight", (reader + "token_embedding.weight",)),
        Entry("text.positional_embedding", (reader + "pos_embed",), FIRST),
        *module("text.ln_final", heads + "text.proj.0"),
        Entry("text.text_projection", (heads + "text.proj.1.weight",), TRANSPOSE),
        Entry("logit_scale", ("modality_postprocessors.text.1.log_logit_scale",)),
        *_both(sizes, "modality_trunks.vision.blocks", "modality_trunks.text.blocks", names),
    ]


def _transformers(sizes: TowerSizes) -> list[Entry]:
    """CLIPModel of the transformers package, in which q, k and v are apart."""
    names = {
        "ln_1": "layer_norm1",
        "ln_2": "layer_norm2",
        "attn.out_proj": "self_attn.out_proj",
        "mlp.c_fc": "mlp.fc1",
        "mlp.c_proj": "mlp.fc2",
    }
    apart = [f"self_attn.{letter}_proj" for letter in "qkv"]
    eye, reader = "vision_model.embeddings.", "text_model.embeddings."
    return [
        Entry("visual.class_embedding", (eye + "class_embedding",)),
        Entry("visual.positional_embedding", (eye + "position_embedding.weight",)),
        Entry("visual.conv1.weight", (eye + "patch_embedding.weight",)),
        *module("visual.ln_pre", "vision_model.pre_layrnorm"),  # their spelling
        *module("visual.ln_post", "vision_model.post_layernorm"),
        Entry("visual.proj", ("visual_projection.weight",), TRANSPOSE),
        Entry("text.token_embedding.weight", (reader + "token_embedding.weight",)),
        Entry("text.positional_embedding", (reader + "position_embedding.weight",)),
        *module("text.ln_final", "text_model.final_layer_norm"),
        Entry("text.text_projection", ("text_projection.weight",), TRANSPOSE),
        Entry("logit_scale", ("logit_scale",)),
        *_both(sizes, "vision_model.encoder.layers", "text_model.encoder.layers", names, apart),
    ]


PARTS = ("preprocessors", "trunks", "heads", "postprocessors")
OTHER_SENSES = tuple(f"modality_{part}.{sense}." for part in PARTS for sense in ("audio", "depth", "thermal", "imu"))
OPENCLIP_LICENCE = "MIT, as LAION states for ViT-H-14 trained on LAION-2B"
IMAGEBIND_LICENCE = "CC BY-NC-SA 4.0 (ImageBind), non-commercial"

LAYOUTS: tuple[Layout, ...] = (
    Layout("own", "see meta.json", None, "text.token_embedding.weight", _own),
    Layout("openclip", OPENCLIP_LICENCE, 1e-5, "token_embedding.weight", _openclip, ("attn_mask",)),
    Layout(
        "imagebind", IMAGEBIND_LICENCE, 1e-6, "modality_preprocessors.vision.cls_token", _imagebind,
        (*OTHER_SENSES, "modality_preprocessors.text.mask"),
    ),
    Layout(
        "transformers", OPENCLIP_LICENCE, 1e-5, "vision_model.embeddings.class_embedding", _transformers,
        ("vision_model.embeddings.position_ids", "text_model.embeddings.position_ids"),
    ),
)  # fmt: skip
BY_NAME = {layout.name: layout for layout in LAYOUTS}
