"""Face clips in, scores out: the video detector with its calibration and how it is joined with the frame detector."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

from fakestormer.checkpoint import VideoModel, load_video_model
from fakestormer.config import FakeSTormerConfig
from kfd.calibration import Calibration


@dataclass(frozen=True, eq=False)
class ClipScores:
    """Raw outputs for N clips.

    Attributes:
        margins: (N,), logit of the clip being fake.
        frames: (N, T) in [0, 1], soft score a frame; None without the spatial head.
        changes: (N, T, g, g), standardised change of the boundary, unbounded; None without the temporal head.
    """

    margins: NDArray[np.float64]
    frames: NDArray[np.float32] | None = None
    changes: NDArray[np.float32] | None = None


class ClipPredictor:
    """A video detector with what its meta.json says about reading its logits.

    Args:
        calibration: None when it was never fitted: then there are logits but no scores.
        clip_weight: share of the clip detector in the combined log-odds, fitted on validation; None when not fitted.
    """

    def __init__(
        self, model: VideoModel, calibration: Calibration | None = None, clip_weight: float | None = None
    ) -> None:
        self.model = model.eval()
        self.calibration = calibration
        self.clip_weight = clip_weight

    @classmethod
    def load(cls, folder: Path, device: str | torch.device = "cpu") -> Self:
        """Read a checkpoint folder (fakestormer/checkpoint.py)."""
        model, meta = load_video_model(Path(folder), device)
        fitted: dict[str, Any] | None = meta.get("calibration")
        calibration = Calibration.from_dict(fitted) if fitted else None
        return cls(model, calibration, meta.get("combination", {}).get("clip_weight"))

    @property
    def image_size(self) -> int:
        """Side of a clip's frames, pixels."""
        return self.model.config.image_size

    @property
    def frames(self) -> int:
        """T, frames a clip."""
        return self.model.config.frames

    @property
    def margin(self) -> float:
        """Side of the clip's square / face extent."""
        return self.model.config.crop_margin

    @property
    def grid(self) -> int:
        """Cells a side of its maps; the paper's 14 for a model without maps."""
        return grid_of(self.model)

    @torch.inference_mode()
    def run(self, clips: NDArray[np.uint8], batch_size: int = 8) -> ClipScores:
        """Raw outputs for uint8 RGB clips (N, T, S, S, 3); the batch that a clip is in does not matter."""
        margins, frames, changes = [], [], []
        for start in range(0, len(clips), batch_size):
            out = self.model(self.model.prepare(clips[start : start + batch_size]))
            margins.append(out.logits.double().cpu().numpy())
            if out.frame_logits is not None:
                frames.append(out.frame_logits.sigmoid().cpu().numpy())
            if out.derivative is not None:
                changes.append(out.derivative.cpu().numpy())
        return ClipScores(
            np.concatenate(margins) if margins else np.zeros(0),
            np.concatenate(frames) if frames else None,
            np.concatenate(changes) if changes else None,
        )


def grid_of(model: VideoModel) -> int:
    """Cells a side of a model's maps; 14 (the paper's) for the baseline, which has none."""
    return model.config.grid if isinstance(model.config, FakeSTormerConfig) else 14


def log_odds(scores: ArrayLike) -> NDArray[np.float64]:
    """log(p / (1 - p)) of calibrated scores; p is kept 1e-6 away from 0 and 1."""
    p = np.clip(np.asarray(scores, np.float64), 1e-6, 1 - 1e-6)
    return np.log(p) - np.log1p(-p)


def combined(frame_scores: ArrayLike, clip_scores: ArrayLike, clip_weight: float) -> NDArray[np.float64]:
    """The stated rule for both detectors: P(fake) whose log-odds are the weighted mean of the calibrated log-odds."""
    z = (1 - clip_weight) * log_odds(frame_scores) + clip_weight * log_odds(clip_scores)
    return 1 / (1 + np.exp(-z))
