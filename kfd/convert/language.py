"""The release's LoRA of the language model as a PEFT adapter folder; base weights in it are left out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from kfd.encoders.vit_weights.mapping import named
from media.errors import MissingCheckpoint

LORA = re.compile(r"layers\.(\d+)\.self_attn\.([qkvo])_proj\.lora_([AB])(\.default)?(\.weight)?")
NAMES = ("adapter_model.safetensors", "adapter_config.json", "meta.json")
STYLE = "prompt_style.json", {"score_sentence": "According to deepfake prediction, the forgery score is {percent}%."}
"""How the release's prompts differ from ours, for the assistant: the score in words, before the forgery tokens."""


@dataclass(frozen=True)
class LanguageSizes:
    """Layers and width of the language model, rank and alpha of its LoRA; the defaults are the release's."""

    layers: int = 32
    hidden_size: int = 4096
    rank: int = 32
    alpha: int = 32


def convert_language_lora(
    found: Mapping[str, Tensor], sizes: LanguageSizes, base_model: str
) -> tuple[dict[str, Tensor], dict[str, Any], int]:
    """Tensors and adapter_config.json of a PEFT folder, and how many tensors of base weights were left out.

    Args:
        found: the family llama_model without wrappers.
        sizes: of the language model.
        base_model: name or folder of the model that the adapter is for.
    """
    shapes = {"A": (sizes.rank, sizes.hidden_size), "B": (sizes.hidden_size, sizes.rank)}
    tensors: dict[str, Tensor] = {}
    for name, tensor in found.items():
        match = LORA.search(name)
        if match is None:
            if "lora_" in name:
                raise MissingCheckpoint(f"llama_model.{name} is no LoRA of q, k, v or o.")
            continue
        layer, letter, half = match[1], match[2], match[3]
        if tuple(tensor.shape) != shapes[half] or not torch.isfinite(tensor).all():
            raise MissingCheckpoint(
                f"llama_model.{name} is damaged or of wrong shape {tuple(tensor.shape)}, expected {shapes[half]}."
            )
        tensors[f"base_model.model.model.layers.{layer}.self_attn.{letter}_proj.lora_{half}.weight"] = tensor
    wanted = {
        f"base_model.model.model.layers.{n}.self_attn.{letter}_proj.lora_{half}.weight"
        for n in range(sizes.layers)
        for letter in "qkvo"
        for half in "AB"
    }
    missing, other = sorted(wanted - set(tensors)), sorted(set(tensors) - wanted)
    if missing or other:
        which = f"lacks {named(missing)}" if missing else f"has {named(other)} too many"
        raise MissingCheckpoint(f"The language model's LoRA {which}.", f"{missing} {other}")
    config = {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "base_model_name_or_path": base_model,
        "r": sizes.rank,
        "lora_alpha": sizes.alpha,
        "lora_dropout": 0.1,
        "bias": "none",
        "target_modules": [f"{letter}_proj" for letter in "qkvo"],
        "inference_mode": True,
    }
    return tensors, config, len(found) - len(tensors)
