"""A click model's folder: model.safetensors, config.json, meta.json. A frozen detector is named by hash, not copied."""

import json
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from kfd.checkpoint import CONFIG, META, WEIGHTS
from media.errors import MissingCheckpoint
from retrieval.clicks.config import ClickConfig
from retrieval.clicks.model import ClickModel, DetectorClicks, FrozenDetector, TimmClicks

FORMAT = "clicks-1"


def save_clicks(model: ClickModel, folder: Path, meta: dict[str, Any], half: bool = True) -> None:
    """Write the folder; `half` stores matrices as fp16 and leaves vectors in fp32."""
    folder.mkdir(parents=True, exist_ok=True)
    state = {k: v.detach().cpu().contiguous() for k, v in model.state_dict().items()}
    if half:
        state = {k: v.half() if v.ndim > 1 and v.is_floating_point() else v for k, v in state.items()}
    save_file(state, folder / WEIGHTS, metadata={"format": FORMAT})
    config = {"format": FORMAT, "detector_sha256": model.reads, **model.config.to_dict()}
    for name, data in ((CONFIG, config), (META, meta)):
        (folder / name).write_text(json.dumps(data, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def load_clicks(folder: Path, frozen: FrozenDetector | None = None) -> tuple[ClickModel, dict[str, Any]]:
    """The model in evaluation mode, and its meta.json.

    Args:
        folder: written by `save_clicks`.
        frozen: the detector that it reads, for kind "detector".

    Raises:
        MissingCheckpoint: a file is missing or damaged, or the detector is another than the one it was trained on.
    """
    absent = [name for name in (WEIGHTS, CONFIG, META) if not (folder / name).is_file()]
    if absent:
        raise MissingCheckpoint(
            f"There is no click model in {folder}: {', '.join(absent)} not found. training/train_clicks.py writes one."
        )
    try:
        data = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        meta = json.loads((folder / META).read_text(encoding="utf-8"))
        if data.pop("format", None) != FORMAT:
            raise MissingCheckpoint(f"The click model in {folder} has an unknown format; expected {FORMAT}.")
        reads = data.pop("detector_sha256")
        model = build_clicks(ClickConfig.from_dict(data), frozen)
        if model.reads != reads:
            raise MissingCheckpoint(
                f"The click model in {folder} was trained on another detector ({str(reads)[:12]}, this one is "
                f"{str(model.reads)[:12]}): train it again with training/train_clicks.py."
            )
        state = {k: v.float() if v.is_floating_point() else v for k, v in load_file(folder / WEIGHTS).items()}
        model.load_state_dict(state, strict=True)
    except (KeyError, TypeError, ValueError, RuntimeError, AttributeError, SafetensorError) as error:
        raise MissingCheckpoint(f"The click model in {folder} does not fit its configuration.", str(error)) from error
    if not all(torch.isfinite(t).all() for t in state.values() if t.is_floating_point()):
        raise MissingCheckpoint(f"The click model in {folder} has damaged weights.")
    return model.eval(), meta


def build_clicks(config: ClickConfig, frozen: FrozenDetector | None = None) -> ClickModel:
    """A model with random weights."""
    if config.kind == "timm":
        return TimmClicks(config)
    if frozen is None:
        raise MissingCheckpoint("This click model reads a detector: give the detector's folder as well.")
    return DetectorClicks(config, frozen)
