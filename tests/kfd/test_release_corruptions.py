"""A checkpoint of the release with a fault is refused, in a sentence that names the fault; nothing is written."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import Tensor

from media.errors import MissingCheckpoint
from tests.kfd.release_weights import base_of, convert, merged, release_state, tiny_sizes

Spoilt = Callable[[dict[str, Tensor]], object]


def put(name: str, change: Callable[[Tensor], Tensor]) -> Spoilt:
    return lambda state: state.update({name: change(state[name])})


def drop(ending: str) -> Spoilt:
    def spoil(state: dict[str, Tensor]) -> None:
        for name in [n for n in state if n.endswith(ending)]:
            del state[name]

    return spoil


def merge_one(state: dict[str, Tensor]) -> None:
    name = "visual_encoder.modality_trunks.vision.blocks.2.mlp.fc1.weight"
    state[name] = merged(state)[name]


FC1 = "visual_encoder.modality_trunks.vision.blocks.2.mlp.fc1"
VISION = "visual_encoder.modality_trunks.vision.blocks.2."
CORRUPTIONS: dict[str, tuple[Spoilt, str]] = {
    "no statistics": (
        drop("running_mean"),
        r"The detector lacks BatchNorm statistics: locator\.batchnorm\.0\.running_mean",
    ),
    "no statistics of the prompt learner": (
        drop("meta_net2.2.running_var"),
        r"The prompt learner lacks BatchNorm statistics: meta_net2\.2\.running_var",
    ),
    "statistics as at the start": (
        lambda s: s.update(
            {"locator.batchnorm.1.running_mean": torch.zeros(6), "locator.batchnorm.1.running_var": torch.ones(6)}
        ),
        r"locator\.batchnorm\.1\.running_mean .*never trained",
    ),
    "negative variance": (
        put("classifier.meta_net.0.3.running_var", lambda t: -t),
        r"meta_net\.0\.3\.running_var .*negative",
    ),
    "tower tensor missing": (drop(VISION + "norm_2.weight"), r"lacks 1 tensors .*blocks\.2\.norm_2\.weight"),
    "tower tensor too many": (
        lambda s: s.update({VISION + "attn.bias_k": torch.ones(1, 1, 16)}),
        r"do not have: .*blocks\.2\.attn\.bias_k",
    ),
    "patch convolution of one frame": (
        put("visual_encoder.modality_preprocessors.vision.rgbt_stem.proj.1.weight", lambda t: t.sum(2)),
        r"rgbt_stem\.proj\.1\.weight .*has shape \(16, 3, 8, 8\)",
    ),
    "adapter transposed": (
        put("image_decoder.fc.1.weight", lambda t: t.T.contiguous()),
        r"image_decoder\.fc\.1\.weight .*transposed",
    ),
    "square projection transposed": (
        put("visual_encoder.modality_trunks.text.blocks.0.attn.out_proj.weight", lambda t: t.T.contiguous()),
        r"text\.transformer\.resblocks\.0\.attn\.out_proj\.weight is transposed",
    ),
    "half of a LoRA": (drop(FC1 + ".lora_B"), r"LoRA of .*blocks\.2\.mlp\.fc1 is incomplete: lora_B missing"),
    "LoRA of one layer missing": (
        lambda s: (s.pop(FC1 + ".lora_A"), s.pop(FC1 + ".lora_B")),
        r"not the release's: it lacks that of .*blocks\.2\.mlp\.fc1",
    ),
    "LoRA of another rank": (put(FC1 + ".lora_A", lambda t: t[:2]), r"mlp\.fc1 does not fit its weight"),
    "LoRA merged in one layer": (
        merge_one,
        r"LoRA is mixed: it is in visual\.transformer\.resblocks\.2\.mlp\.c_fc\.weight",
    ),
    "another base": (put(FC1 + ".weight", lambda t: t + torch.randn(t.shape)), r"c_fc\.weight is neither the base nor"),
    "not finite": (put("classifier.fc1.bias", lambda t: t * float("inf")), r"classifier\.fc1\.bias .*not finite"),
    "LoRA not finite": (put(FC1 + ".lora_A", lambda t: t * float("nan")), r"LoRA of .*fc1\.weight is damaged"),
    "a family missing": (drop("llama_proj.weight"), r"lacks 1 tensors of the prompt learner: llama_proj\.weight"),
    "a family too many": (lambda s: s.update({"decoder.weight": torch.ones(2)}), r"no family for decoder\.weight"),
    "a name twice": (
        lambda s: s.update({FC1 + ".base_layer.weight": s[FC1 + ".weight"]}),
        r"holds .*fc1\.weight twice",
    ),
    "language LoRA incomplete": (
        drop("layers.1.self_attn.k_proj.lora_A.default.weight"),
        r"language model's LoRA lacks .*layers\.1\.self_attn\.k_proj\.lora_A",
    ),
    "language LoRA of another width": (
        put("llama_model.base_model.model.model.layers.0.self_attn.q_proj.lora_B.default.weight", lambda t: t[:5]),
        r"q_proj\.lora_B\.default\.weight is damaged or of wrong shape \(5, 4\)",
    ),
    "language LoRA of the MLP": (
        lambda s: s.update(
            {"llama_model.base_model.model.model.layers.0.mlp.up_proj.lora_A.default.weight": torch.ones(4, 20)}
        ),
        r"up_proj\.lora_A\.default\.weight is no LoRA of q, k, v or o",
    ),
    "context of another width": (lambda s: s.update({"ctx": torch.ones(16, 5)}), r"ctx has shape \(16, 5\)"),
}


@pytest.fixture(scope="module")
def state() -> dict[str, Tensor]:
    return release_state(tiny_sizes())


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_a_spoilt_checkpoint_is_refused_by_name(name: str, state: dict[str, Tensor], tmp_path: Path) -> None:
    spoil, message = CORRUPTIONS[name]
    spoilt = dict(state)
    spoil(spoilt)
    with pytest.raises(MissingCheckpoint, match=message):
        convert(spoilt, tmp_path, base_of(state))
    assert not (tmp_path / "out").exists()


def test_everything_of_a_family_missing_and_what_was_believed_wrongly(state: dict[str, Tensor], tmp_path: Path) -> None:
    without = {name: t for name, t in state.items() if not name.startswith("locator.")}
    with pytest.raises(MissingCheckpoint, match="lacks everything of locator"):
        convert(without, tmp_path)
    with pytest.raises(MissingCheckpoint, match="--lora merged is wrong"):
        convert(state, tmp_path, base_of(state), lora="merged")
