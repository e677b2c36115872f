"""Face crops in, evidence out: the detector as the rest of the program sees it. A detector never sees file paths."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, cast

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from kfd.calibration import Calibration
from kfd.checkpoint import load_detector
from kfd.config import KFDConfig
from kfd.detector import KnowledgeGuidedDetector
from kfd.readings import read_once, read_thrice
from kfd.release.checkpoint import is_release, load_release
from media.crops import to_crop
from media.cues import measure_cues
from media.errors import ReasonCode
from media.records import Crop, Evidence, RegionScore, Signals
from media.regions import REGIONS, SPOKEN_REGIONS, region_masks

FACE = "face.whole.face.face"


def not_assessed(reason: ReasonCode) -> Evidence:
    """Evidence of a face that could not be assessed, and why."""
    return Evidence(status="not_assessed", word="could not be assessed", reason=reason)


@dataclass(frozen=True, eq=False)
class Raw:
    """Arrays of one pass over N crops: margins (N,) logit fake - logit real, and the Signals of each."""

    margins: NDArray[np.float64]
    signals: list[Signals]


class ForgeryPredictor:
    """A detector with its calibration.

    Attributes:
        thrice: whether score and map are means over several readings of a crop (kfd/readings.py); the authors' release
            reads it once.
    """

    def __init__(
        self,
        detector: KnowledgeGuidedDetector,
        calibration: Calibration,
        meta: dict[str, Any] | None = None,
        thrice: bool = True,
    ) -> None:
        self.detector = detector.eval()
        self.calibration = calibration
        self.meta = meta or {}
        self.thrice = thrice

    @classmethod
    def load(cls, folder: Path, device: str | torch.device = "cpu") -> Self:
        """Load a checkpoint folder, ours or a converted release; its meta.json carries the calibration, if any."""
        folder = Path(folder)
        released = is_release(folder)
        detector, meta = load_release(folder, device) if released else load_detector(folder, device)
        calibration = Calibration.from_dict(meta.get("calibration", {}))
        # the released network gives what ours gives; parts that read our encoder check for it themselves
        return cls(cast(KnowledgeGuidedDetector, detector), calibration, meta, thrice=not released)

    @classmethod
    def tiny(cls, seed: int = 0) -> Self:
        """A random predictor of a few thousand parameters, for tests."""
        return cls(KnowledgeGuidedDetector.create(KFDConfig.tiny(), seed), Calibration())

    @property
    def image_size(self) -> int:
        """Side of the crops it takes, pixels."""
        return self.detector.config.image_size

    @property
    def map_size(self) -> int:
        """Side of its maps, pixels."""
        return self.detector.config.map_size

    @property
    def margin(self) -> float:
        """Side of the crop as a multiple of the face extent."""
        return self.detector.config.crop_margin

    @torch.inference_mode()
    def run(self, pixels: NDArray[np.uint8], batch_size: int = 16) -> Raw:
        """Raw outputs for uint8 RGB crops (N, S, S, 3).

        Logits and forgery map are means over several readings (see `thrice`); consistency maps and the global token
        come from the crop as it is.
        """
        size = self.image_size
        if pixels.dtype != np.uint8 or pixels.shape[1:] != (size, size, 3):
            raise ValueError(f"this detector takes uint8 crops of {size} px, got {pixels.dtype} {pixels.shape[1:]}")
        parts = [
            self._read(self.detector.prepare(pixels[start : start + batch_size]))
            for start in range(0, len(pixels), batch_size)
        ]
        return Raw(np.array([m for part in parts for m in part.margins]), [s for part in parts for s in part.signals])

    @torch.inference_mode()
    def run_masked(self, pixels: NDArray[np.uint8], mask: NDArray[np.float32]) -> Raw:
        """Raw outputs for uint8 RGB crops (N, S, S, 3) of which a mask (S, S) or (N, S, S) in [0, 1] keeps a part.

        The mask multiplies the normalised input, so what it takes away becomes the mean colour (ExDDV §4.3).
        """
        size = self.image_size
        if mask.shape not in ((size, size), (len(pixels), size, size)):
            raise ValueError(f"this detector takes masks of {size} px, one for all crops or one each, got {mask.shape}")
        images = self.detector.prepare(pixels)
        return self._read(images * images.new_tensor(mask).expand(len(pixels), size, size)[:, None])

    def _read(self, images: torch.Tensor) -> Raw:
        """Raw outputs for normalised crops (N, 3, S, S)."""
        reading = (read_thrice if self.thrice else read_once)(self.detector, images)
        logits = reading.logits
        arrays = (
            reading.plain.consistency.float(),
            reading.forgery_map,
            logits.softmax(1).float(),
            reading.plain.global_token.float(),
        )
        signals = [Signals(*(a.numpy() for a in row)) for row in zip(*(a.cpu() for a in arrays), strict=True)]
        return Raw((logits[:, 1] - logits[:, 0]).cpu().numpy(), signals)

    def examine(
        self, crops: Sequence[Crop], landmarks: Sequence[NDArray[np.float32]], batch_size: int = 16
    ) -> list[tuple[Evidence, Signals]]:
        """Examine face crops.

        Args:
            crops: of `image_size`, cut with `margin`.
            landmarks: (478, 2) of each face in pixels of the original frame.
            batch_size: crops a pass.
        """
        if not crops:
            return []
        raw = self.run(np.stack([c.pixels for c in crops]), batch_size)
        scores = self.calibration.score(raw.margins)
        faces = [to_crop(points, crop) for crop, points in zip(crops, landmarks, strict=True)]
        maps = (self.calibration.map(s.forgery_map) for s in raw.signals)
        rows = zip(crops, faces, maps, raw.signals, scores, strict=True)
        return [(self._evidence(c.pixels, face, m, float(p)), s) for c, face, m, s, p in rows]

    def _evidence(
        self, pixels: NDArray[np.uint8], face: NDArray[np.float32], forgery_map: NDArray[np.float32], score: float
    ) -> Evidence:
        word = self.calibration.word(score)
        regions = region_scores(forgery_map, face * (self.map_size / self.image_size))
        flagged: tuple[str, ...] = ()
        if word in ("strong support", "some support"):
            above = tuple(r.id for r in regions if r.score >= self.calibration.region)
            flagged = above or (regions[0].id,)
        return Evidence(
            status="assessed",
            word=word,
            score=score,
            map=forgery_map,
            regions=regions,
            flagged=flagged,
            cues=tuple(measure_cues(pixels, face)),
            calibrated=self.calibration.fitted,
        )

    def hide(self, crop: Crop, mask: NDArray[np.bool_]) -> tuple[float, Signals]:
        """Score and signals when the place under mask (S, S) in crop pixels is hidden behind a plain filling."""
        raw = self.run(fill_region(crop.pixels, mask)[None])
        return float(self.calibration.score(raw.margins)[0]), raw.signals[0]


def region_scores(forgery_map: NDArray[np.float32], landmarks: NDArray[np.float32]) -> tuple[RegionScore, ...]:
    """Mean of the map (M, M) in each spoken region and in the rest of the face, strongest first.

    Args:
        forgery_map: (M, M) in [0, 1].
        landmarks: (478, 2) in pixels of the map.
    """
    height, width = forgery_map.shape
    masks = region_masks(landmarks, (height, width), (*SPOKEN_REGIONS, FACE))
    face = masks.pop(FACE)
    found = []
    for region_id, mask in masks.items():
        rest = face & ~mask
        outside = float(forgery_map[rest].mean()) if rest.any() else float(forgery_map.mean())
        inside = float(forgery_map[mask].mean()) if mask.any() else outside  # out of the picture: nothing special
        found.append(RegionScore(region_id, REGIONS[region_id].name, inside, outside))
    return tuple(sorted(found, key=lambda r: -r.score))


def fill_region(pixels: NDArray[np.uint8], mask: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Replace a place by what surrounds it, blurred, with the fine grain of another part of the picture.

    Without the grain the filling itself would look like a smoothed, forged area.
    """
    if mask.shape != pixels.shape[:2]:
        raise ValueError(f"mask must be {pixels.shape[:2]}, got {mask.shape}")
    if not mask.any():
        return pixels.copy()
    image, side = pixels.astype(np.float32), pixels.shape[0]
    keep = (~mask).astype(np.float32)[..., None]
    sigma = 0.08 * side
    weight = cv2.GaussianBlur(keep, (0, 0), sigma)[..., None]
    around = cv2.GaussianBlur(image * keep, (0, 0), sigma) / np.maximum(weight, 1e-3)
    known = np.clip(weight / 0.05, 0, 1)  # far inside a large mask nothing around is near: blur the place itself
    filling = known * around + (1 - known) * cv2.GaussianBlur(image, (0, 0), sigma)
    grain = image - cv2.GaussianBlur(image, (0, 0), 1.5)
    step = side // 8
    shifts = [(i * step, j * step) for i in range(8) for j in range(8) if i or j]
    best = min(shifts, key=lambda s: (int((mask & np.roll(mask, s, (0, 1))).sum()), s))
    filling += np.roll(grain, best, (0, 1))
    soft = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 1.0)[..., None]
    return np.clip(soft * filling + (1 - soft) * image + 0.5, 0, 255).astype(np.uint8)
