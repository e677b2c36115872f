"""A detector's folder: model.safetensors, config.json, meta.json; strict load, then the checks a load cannot make."""

import json
from pathlib import Path
from typing import Any, Literal

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from kfd.config import LABELS, KFDConfig
from kfd.detector import KnowledgeGuidedDetector
from media.errors import MissingCheckpoint

WEIGHTS, CONFIG, META = "model.safetensors", "config.json", "meta.json"
FORMAT = "kfd-1"


def save_detector(
    detector: KnowledgeGuidedDetector,
    folder: Path,
    meta: dict[str, Any],
    storage: Literal["fp32", "fp16"] = "fp32",
) -> None:
    """Write the folder; fp16 halves the weights but keeps statistics, text features and scalars in fp32."""
    detector.text.refresh()
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {}
    for name, tensor in detector.state_dict().items():
        small = tensor.ndim < 2 or name.startswith("text.") or not tensor.is_floating_point()
        dtype = tensor.dtype if small or storage == "fp32" else torch.float16
        tensors[name] = tensor.detach().to("cpu", dtype).contiguous()
    save_file(tensors, folder / WEIGHTS, metadata={"format": FORMAT, "labels": ",".join(LABELS)})
    _write(folder / CONFIG, {"format": FORMAT, **detector.config.to_dict()})
    previous = meta.get("sentence_encoder_sha256")
    encoder = {"mean": list(detector.encoder.mean), "std": list(detector.encoder.std)}
    _write(folder / META, {**meta, "sentence_encoder_sha256": detector.text.sha256 or previous, "encoder": encoder})


def load_detector(folder: Path, device: str | torch.device = "cpu") -> tuple[KnowledgeGuidedDetector, dict[str, Any]]:
    """Rebuild the detector (evaluation mode) and return it with its meta.json."""
    missing = [n for n in (WEIGHTS, CONFIG, META) if not (folder / n).is_file()]
    if missing:
        there = sorted(p.name for p in folder.glob("*")) if folder.is_dir() else "no such folder"
        raise MissingCheckpoint(f"The detector folder {folder} lacks {', '.join(missing)}.", f"found: {there}")
    data, meta = json.loads((folder / CONFIG).read_text()), json.loads((folder / META).read_text())
    if data.pop("format", None) != FORMAT:
        raise MissingCheckpoint(f"The detector folder {folder} has an unknown format; expected {FORMAT}.")
    try:
        detector = KnowledgeGuidedDetector(KFDConfig.from_dict(data))
        tensors = {k: v.float() if v.is_floating_point() else v for k, v in load_file(folder / WEIGHTS).items()}
        detector.load_state_dict(tensors, strict=True)
    except (TypeError, ValueError, RuntimeError, SafetensorError) as error:
        raise MissingCheckpoint(f"The detector in {folder} does not fit its configuration.", str(error)) from error
    _check(detector, meta, folder)
    return detector.to(device).to(memory_format=torch.channels_last).eval(), meta


def _check(detector: KnowledgeGuidedDetector, meta: dict[str, Any], folder: Path) -> None:
    """What a strict load does not see: preprocessing constants, finite weights, used BatchNorm statistics."""
    constants = meta.get("encoder", {})
    ours = {"mean": list(detector.encoder.mean), "std": list(detector.encoder.std)}
    if constants != ours:
        raise MissingCheckpoint(f"The detector in {folder} was trained with other preprocessing.", f"{constants}")
    bad = [n for n, t in detector.state_dict().items() if t.is_floating_point() and not torch.isfinite(t).all()]
    if bad:
        raise MissingCheckpoint(f"The detector in {folder} has damaged weights.", ", ".join(bad[:5]))
    norms = torch.linalg.vector_norm(detector.text.features, dim=1)
    if not torch.allclose(norms, torch.ones(2), atol=1e-3):
        raise MissingCheckpoint(f"The description features in {folder} are not of unit length.", str(norms.tolist()))


def _write(path: Path, data: dict[str, Any]) -> None:
    path.write_text(json.dumps(data, indent=2, sort_keys=True) + "\n")
