"""A released detector's folder, as `python -m kfd convert release` writes it."""

import json
from pathlib import Path
from typing import Any

import torch

from kfd.encoders.vit_weights.load import CONFIG, META, WEIGHTS
from kfd.encoders.vit_weights.reading import open_weights
from kfd.encoders.vit_weights.towers import Towers, assemble
from kfd.release.config import ReleaseConfig
from kfd.release.detector import ReleaseDetector
from media.errors import MissingCheckpoint

FORMAT = "kfd-release-1"
TEXT_ONLY = ("towers.text.", "towers.logit_scale")
ENCODER = {"mean": list(Towers.mean), "std": list(Towers.std)}


def is_release(folder: Path) -> bool:
    """Whether a folder holds a converted release; False for anything that cannot be read."""
    try:
        return json.loads((folder / CONFIG).read_text()).get("format") == FORMAT
    except (OSError, ValueError, AttributeError):
        return False


def load_release(
    folder: Path, device: str | torch.device = "cpu", with_text: bool = False
) -> tuple[ReleaseDetector, dict[str, Any]]:
    """Rebuild the detector in evaluation mode and return it with its meta.json.

    Args:
        folder: written by the converter.
        device: where to.
        with_text: also load the text tower, to make new text features; assessing pictures does not need it.

    Raises:
        MissingCheckpoint: a file is missing, or does not fit.
    """
    missing = [name for name in (WEIGHTS, CONFIG, META) if not (folder / name).is_file()]
    if missing:
        raise MissingCheckpoint(f"The detector folder {folder.name} lacks {', '.join(missing)}.", str(folder))
    try:
        data, meta = json.loads((folder / CONFIG).read_text()), json.loads((folder / META).read_text())
        if data.pop("format", None) != FORMAT or meta["encoder"] != ENCODER:
            raise MissingCheckpoint(f"The folder {folder.name} is not of format {FORMAT}, or of other preprocessing.")
        config = ReleaseConfig.from_dict(data)
        tensors = open_weights(folder / WEIGHTS).tensors
        wanted = {n: t for n, t in tensors.items() if with_text or not n.startswith(TEXT_ONLY)}
        detector = assemble(lambda: ReleaseDetector(config, with_text), wanted)
    except (KeyError, TypeError, ValueError, RuntimeError) as error:
        raise MissingCheckpoint(f"The detector in {folder.name} does not fit its configuration.", str(error)) from error
    return detector.to(device), meta
