"""Face crops in, clicks out: in pixels of the original frame, most likely one first."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import torch
from numpy.typing import NDArray

from kfd.predictor import ForgeryPredictor
from media.crops import to_frame
from media.errors import BadRequest
from media.records import Crop
from retrieval.clicks.checkpoint import load_clicks
from retrieval.clicks.model import ClickModel, FrozenDetector

_APART = 0.2  # least distance of two predicted clicks, share of the crop


@dataclass(frozen=True)
class PredictedClick:
    """A click: (x, y) in pixels of the original frame, and in [0, 1] of the crop; weight is its share of the heat."""

    x: float
    y: float
    crop_x: float
    crop_y: float
    weight: float = 1.0


class ClickPredictor:
    """A click model with what it needs around it.

    Args:
        model: in evaluation mode.
        meta: of its checkpoint.
    """

    def __init__(self, model: ClickModel, meta: dict[str, Any] | None = None) -> None:
        self.model = model.eval()
        self.meta = meta or {}

    @classmethod
    def load(cls, folder: Path, predictor: ForgeryPredictor | None = None) -> Self:
        """Load a checkpoint folder; `predictor` is the detector that an embedded model reads."""
        return cls(*load_clicks(folder, FrozenDetector.of(predictor) if predictor is not None else None))

    @property
    def image_size(self) -> int:
        """Side of the crops it takes, pixels."""
        return self.model.config.image_size

    @property
    def margin(self) -> float:
        """Side of the crop as a multiple of the face extent."""
        return self.model.config.crop_margin

    @torch.inference_mode()
    def points(self, pixels: NDArray[np.uint8], batch: int = 16) -> NDArray[np.float64]:
        """One click for each uint8 crop (N, S, S, 3): (N, 2) in [0, 1] of the crop."""
        parts = [self.model(self.model.prepare(pixels[i : i + batch])).points for i in range(0, len(pixels), batch)]
        return torch.cat(parts).double().cpu().numpy() if parts else np.zeros((0, 2))

    @torch.inference_mode()
    def clicks(self, crops: Sequence[Crop], count: int = 1) -> list[list[PredictedClick]]:
        """Clicks for each face crop, heaviest first.

        Args:
            crops: of `image_size`, cut with `margin`.
            count: at most so many a face. One is the model's best guess for the distance; several are separate peaks
                of its heat map, at least a fifth of the crop apart. A model without a heat map gives one.
        """
        if count < 1:
            raise BadRequest(f"At least one click must be asked for, got {count}.")
        found = []
        for crop in crops:
            out = self.model(self.model.prepare(crop.pixels[None]))
            if count == 1 or out.heat is None:
                rows = [(*out.points[0].tolist(), 1.0)]
            else:
                rows = peaks(_chances(out.heat[0]), count)
            found.append([_placed(x, y, weight, crop) for x, y, weight in rows])
        return found


def _chances(heat: torch.Tensor) -> NDArray[np.float64]:
    return heat.double().flatten().softmax(0).reshape(heat.shape).cpu().numpy()


def peaks(chance: NDArray[np.float64], count: int, apart: float = _APART) -> list[tuple[float, float, float]]:
    """The highest cells (x, y, weight) of a map (h, w) of probabilities, no two closer than `apart` of its side.

    weight is the share of the map nearest to each peak, as if every place clicked on its nearest one.
    """
    rows, columns = chance.shape
    x, y = np.meshgrid((np.arange(columns) + 0.5) / columns, (np.arange(rows) + 0.5) / rows)
    left = chance.copy()
    chosen: list[tuple[float, float]] = []
    while len(chosen) < count and left.max() > 0:
        row, column = np.unravel_index(int(np.argmax(left)), left.shape)
        chosen.append((float(x[row, column]), float(y[row, column])))
        left[np.hypot(x - chosen[-1][0], y - chosen[-1][1]) < apart] = 0
    nearest = np.stack([np.hypot(x - px, y - py) for px, py in chosen]).argmin(axis=0)
    weights = [float(chance[nearest == k].sum()) for k in range(len(chosen))]
    order = sorted(range(len(chosen)), key=lambda k: -weights[k])
    return [(*chosen[k], weights[k]) for k in order]


def _placed(x: float, y: float, weight: float, crop: Crop) -> PredictedClick:
    side = crop.pixels.shape[0]
    frame = to_frame([(x * side, y * side)], crop)[0]
    return PredictedClick(float(frame[0]), float(frame[1]), x, y, weight)
