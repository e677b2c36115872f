"""Faces of a frame: short- and full-range detector, a padded and a brightened second look, tiles for small faces."""

import threading
from collections.abc import Iterator
from types import TracebackType
from typing import Any, NamedTuple, Self

import cv2
import numpy as np
from numpy.typing import NDArray

from media.landmarks import (
    FaceMesh,
    intersection_shares,
    landmark_box,
    load_mediapipe,
    padded_square,
    quiet_stderr,
)
from media.quality import assess_quality
from media.records import Box, Face, Frame

LEAST_SCORE = 0.5  # detector confidence of a face
VIEW_SIDE = 1024  # larger pictures are shrunk to this before the detectors (their inputs are 128 and 192 px)
SMALL_SHARE = 0.12  # a detector box below this share of the longer side makes the tile search worth its time
TILE_SIDE = 512  # pixels of the original frame seen by one tile, unless that made more than MOST_TILES
MOST_TILES = 80
DARK_MEAN = 70.0  # mean grey value below which the second look is brightened


class Detection(NamedTuple):
    """A detector's finding: box (x0, y0, x1, y1) in frame pixels and confidence."""

    box: Box
    score: float


class _Fitted(NamedTuple):
    """A face with its mesh (478, 2) in frame pixels and the detector's confidence."""

    landmarks: NDArray[np.float32]
    score: float


class FaceFinder:
    """Finds faces and their landmarks. Use as a context manager; one lock makes it safe to share between threads.

    Args:
        max_faces: most faces returned, the largest first to be kept.
    """

    def __init__(self, max_faces: int = 24) -> None:
        self._lock = threading.Lock()
        self._detectors: list[Any] = []
        self._mesh = FaceMesh()
        self._max_faces = max_faces

    def find(self, frame: Frame) -> list[Face]:
        """All faces of a frame, left to right, ids from 1, with landmarks and quality."""
        with self._lock:
            found = self._search(_lit(frame.pixels))
        kept = sorted(found[: self._max_faces], key=lambda f: float(f.landmarks[:, 0].mean()))
        return [
            Face(i, landmark_box(f.landmarks), f.landmarks, f.score, assess_quality(frame, f.landmarks), frame.time)
            for i, f in enumerate(kept, start=1)
        ]

    def _search(self, pixels: NDArray[np.uint8]) -> list[_Fitted]:
        """Meshed faces, largest first: whole picture, then padded when nothing is found, then tiles for small ones."""
        height, width = pixels.shape[:2]
        longer = max(height, width)
        found = self._fit(pixels, self._detect(pixels, 0, 0))
        if not found:
            x0, y0 = width // 2 - longer, height // 2 - longer
            found = self._fit(pixels, self._detect(padded_square(pixels, x0, y0, 2 * longer), x0, y0))
        if longer > 320 and all(_side(f) < SMALL_SHARE * longer for f in found):
            detections = [
                d
                for x0, y0, side in _tiles(width, height)
                for d in self._detect(pixels[y0 : y0 + side, x0 : x0 + side], x0, y0)
            ]
            found = _without_duplicates(found + self._fit(pixels, detections))
        return found

    def _fit(self, pixels: NDArray[np.uint8], detections: list[Detection]) -> list[_Fitted]:
        """Detections in whose box the mesh sees a face, without duplicates, largest first."""
        meshes = [(self._mesh.fit(pixels, d.box), d.score) for d in _merge(detections)]
        return _without_duplicates([_Fitted(points, score) for points, score in meshes if points is not None])

    def _detect(self, view: NDArray[np.uint8], x0: int, y0: int) -> list[Detection]:
        """Both detectors on one view whose corner lies at (x0, y0) of the frame."""
        height, width = view.shape[:2]
        shrink = min(1.0, VIEW_SIDE / max(height, width))
        if shrink < 1.0:
            size = (max(1, round(width * shrink)), max(1, round(height * shrink)))
            view = cv2.resize(view, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
        view = np.ascontiguousarray(view)
        found: list[Detection] = []
        for detector in self._ready():
            for d in detector.process(view).detections or ():
                b = d.location_data.relative_bounding_box
                left, top = x0 + b.xmin * width, y0 + b.ymin * height
                box = (left, top, left + b.width * width, top + b.height * height)
                if b.width > 0 and b.height > 0:
                    found.append(Detection(box, float(d.score[0])))
        return found

    def _ready(self) -> list[Any]:
        """The short- and full-range detectors, built at first use."""
        if not self._detectors:
            with quiet_stderr():
                module = load_mediapipe().face_detection
                self._detectors = [module.FaceDetection(LEAST_SCORE, model_selection=k) for k in (0, 1)]
                for detector in self._detectors:  # the graphs write their log lines at the first picture
                    detector.process(np.zeros((64, 64, 3), dtype=np.uint8))
        return self._detectors

    def close(self) -> None:
        """Free MediaPipe's graphs."""
        with self._lock:
            for detector in self._detectors:
                detector.close()
            self._detectors = []
            self._mesh.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _lit(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture itself, or brightened by a gamma curve when it is dark; for finding faces only."""
    mean = float(pixels[::8, ::8].mean())
    if mean >= DARK_MEAN:
        return pixels
    gamma = np.log(DARK_MEAN / 255) / np.log(max(mean, 2.0) / 255)
    table = np.round(255 * (np.arange(256) / 255) ** gamma).astype(np.uint8)
    return table[pixels]


def _tiles(width: int, height: int) -> Iterator[tuple[int, int, int]]:
    """Corners and side of square tiles that overlap by a third and cover the frame."""
    side = min(TILE_SIDE, max(160, round(max(width, height) / 2)))
    while _count(width, side) * _count(height, side) > MOST_TILES:
        side = round(side * 1.2)
    for y0 in _starts(height, side):
        for x0 in _starts(width, side):
            yield x0, y0, side


def _count(length: int, side: int) -> int:
    return 1 if length <= side else 1 + int(np.ceil((length - side) / (side * 2 / 3)))


def _starts(length: int, side: int) -> list[int]:
    return [round(v) for v in np.linspace(0, max(0, length - side), _count(length, side))]


def _merge(found: list[Detection]) -> list[Detection]:
    """Overlapping detections become the most confident one; a box inside another counts as the same face."""
    kept: list[Detection] = []
    for d in sorted(found, key=lambda d: -d.score):
        shares = [intersection_shares(d.box, other.box) for other in kept]
        if all(iou < 0.35 and inside < 0.65 for iou, inside in shares):
            kept.append(d)
    return kept


def _side(fitted: _Fitted) -> float:
    """Longer side of the landmark box in pixels."""
    return float(np.ptp(fitted.landmarks, axis=0).max())


def _without_duplicates(found: list[_Fitted]) -> list[_Fitted]:
    """One mesh a face, largest first; of two that cover each other the more confident detection stays."""
    kept: list[_Fitted] = []
    for f in sorted(found, key=lambda f: -f.score):
        box = landmark_box(f.landmarks)
        shares = [intersection_shares(box, landmark_box(other.landmarks)) for other in kept]
        if all(iou < 0.4 and inside < 0.7 for iou, inside in shares):
            kept.append(f)
    return sorted(kept, key=lambda f: -_side(f))
