"""A video detector's folder: model.safetensors, config.json, meta.json; strict load that names what does not fit."""

import json
from pathlib import Path
from typing import Any, Literal

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from fakestormer.baseline import ClipCNN
from fakestormer.config import LABELS, BaselineConfig, FakeSTormerConfig
from fakestormer.model import FakeSTormer
from fakestormer.stem import DetectorStem
from kfd.checkpoint import load_detector
from media.errors import MissingCheckpoint

WEIGHTS, CONFIG, META = "model.safetensors", "config.json", "meta.json"
FORMAT = "fakestormer-1"
VideoModel = FakeSTormer | ClipCNN


def save_video_model(
    model: VideoModel, folder: Path, meta: dict[str, Any], storage: Literal["fp32", "fp16"] = "fp32"
) -> None:
    """Write the folder; fp16 halves the matrices but keeps vectors and statistics in fp32."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {}
    for name, tensor in model.state_dict().items():
        small = tensor.ndim < 2 or not tensor.is_floating_point()
        dtype = tensor.dtype if small or storage == "fp32" else torch.float16
        tensors[name] = tensor.detach().to("cpu", dtype).contiguous()
    save_file(tensors, folder / WEIGHTS, metadata={"format": FORMAT, "labels": ",".join(LABELS)})
    kind = "fakestormer" if isinstance(model, FakeSTormer) else "cnn3d"
    _write(folder / CONFIG, {"format": FORMAT, "kind": kind, **model.config.to_dict()})
    _write(folder / META, meta)


def load_video_model(folder: Path, device: str | torch.device = "cpu") -> tuple[VideoModel, dict[str, Any]]:
    """Rebuild the model (evaluation mode) and return it with its meta.json.

    Raises:
        MissingCheckpoint: a file is missing or damaged, or tensors are missing or unexpected; each is named.
    """
    missing = [n for n in (WEIGHTS, CONFIG, META) if not (folder / n).is_file()]
    if missing:
        there = sorted(p.name for p in folder.glob("*")) if folder.is_dir() else "no such folder"
        raise MissingCheckpoint(f"The video detector folder {folder} lacks {', '.join(missing)}.", f"found: {there}")
    try:
        data, meta = json.loads((folder / CONFIG).read_text()), json.loads((folder / META).read_text())
        model = _build(data, folder)
        tensors = load_file(folder / WEIGHTS)
    except (TypeError, ValueError, SafetensorError) as error:
        raise MissingCheckpoint(f"The video detector in {folder} is damaged.", str(error)) from error
    check_tensors(model.state_dict(), tensors, folder)
    model.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in tensors.items()}, strict=True)
    bad = [n for n, t in model.state_dict().items() if t.is_floating_point() and not torch.isfinite(t).all()]
    if bad:
        raise MissingCheckpoint(f"The video detector in {folder} has damaged weights.", ", ".join(bad[:5]))
    return model.to(device).eval(), meta


def _build(data: dict[str, Any], folder: Path) -> VideoModel:
    if data.pop("format", None) != FORMAT:
        raise MissingCheckpoint(f"The video detector folder {folder} has an unknown format; expected {FORMAT}.")
    kind = data.pop("kind", None)
    if kind == "fakestormer":
        return FakeSTormer.create(FakeSTormerConfig.from_dict(data))
    if kind == "cnn3d":
        return ClipCNN.create(BaselineConfig.from_dict(data))
    raise MissingCheckpoint(f"The video detector in {folder} is of unknown kind {kind!r}.")


def check_tensors(own: dict[str, Tensor], found: dict[str, Tensor], folder: Path) -> None:
    """Refuse missing, unexpected and misshapen tensors, each by name."""
    problems = [f"missing {k}" for k in own if k not in found]
    problems += [f"unexpected {k}" for k in found if k not in own]
    problems += [
        f"{k} is {tuple(v.shape)}, expected {tuple(own[k].shape)}"
        for k, v in found.items()
        if k in own and v.shape != own[k].shape
    ]
    if problems:
        shown = ", ".join(problems[:8]) + (f" and {len(problems) - 8} more" if len(problems) > 8 else "")
        raise MissingCheckpoint(f"The video detector in {folder} does not fit its configuration: {shown}.", shown)


def start_from_detector(model: FakeSTormer, folder: Path) -> None:
    """Take over a frame detector's checkpoint into a model with stem "detector".

    Raises:
        MissingCheckpoint: another stem, or a detector of another kind or size.
    """
    if not isinstance(model.stem, DetectorStem):
        raise MissingCheckpoint(f"Only stem 'detector' takes a frame detector over, not {model.config.stem!r}.")
    found = load_detector(folder)[0].state_dict()
    check_tensors(model.stem.detector.state_dict(), found, folder)
    model.stem.detector.load_state_dict(found, strict=True)


def _write(path: Path, data: dict[str, Any]) -> None:
    path.write_text(json.dumps(data, indent=2, sort_keys=True) + "\n")
