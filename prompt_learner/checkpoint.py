"""A prompt learner's folder: model.safetensors, config.json, meta.json. Loaded strictly."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from media.errors import MissingCheckpoint
from prompt_learner.config import PromptLearnerConfig
from prompt_learner.model import PromptModel

FILES = ("model.safetensors", "config.json", "meta.json")


def save_prompt_model(
    model: PromptModel, folder: Path, meta: dict[str, Any], dtype: torch.dtype = torch.float16
) -> None:
    """Write the folder; floating point weights are stored as `dtype`."""
    folder.mkdir(parents=True, exist_ok=True)
    state = {k: (v.to(dtype) if v.is_floating_point() else v).contiguous().cpu() for k, v in model.state_dict().items()}
    save_file(state, folder / FILES[0])
    (folder / FILES[1]).write_text(json.dumps(asdict(model.cfg), indent=1) + "\n")
    (folder / FILES[2]).write_text(json.dumps(meta, indent=1, sort_keys=True) + "\n")


def load_prompt_model(folder: str | Path, hidden_size: int | None = None) -> PromptModel:
    """The model of a folder, float32, eval mode.

    Args:
        folder: written by `save_prompt_model`.
        hidden_size: width of the language model it will feed; a different width is an error.
    """
    folder = Path(folder)
    missing = [name for name in FILES[:2] if not (folder / name).is_file()]
    if missing:
        raise MissingCheckpoint(
            f"The prompt learner folder {folder.name} lacks {' and '.join(missing)}.",
            f"looked in {folder}; training/prompt_tune.py writes one",
        )
    model = PromptModel(PromptLearnerConfig.from_json(json.loads((folder / FILES[1]).read_text())))
    if hidden_size is not None and model.cfg.hidden_size != hidden_size:
        raise MissingCheckpoint(
            f"The prompt learner makes tokens of width {model.cfg.hidden_size}, the language model reads {hidden_size}",
            str(folder),
        )
    try:
        state = {k: v.float() if v.is_floating_point() else v for k, v in load_file(folder / FILES[0]).items()}
        model.load_state_dict(state, strict=True)
    except (RuntimeError, SafetensorError) as error:
        raise MissingCheckpoint("The prompt learner's weights do not fit its config.", str(error)) from None
    return model.eval()
