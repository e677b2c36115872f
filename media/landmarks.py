"""The refined face mesh (478 points) on a crop around a detector box, in frame pixels."""

import os
from types import ModuleType, TracebackType
from typing import Any, Self

import cv2
import numpy as np
from numpy.typing import NDArray

from media.records import LANDMARKS, Box

MESH_INPUT = 384  # side in pixels at which a face is given to the mesh; tiny faces are enlarged to it
MARGINS = (1.5, 2.0, 1.2)  # crop sides tried, in detector boxes: the mesh needs some air, neighbours must stay out


def load_mediapipe() -> ModuleType:
    """MediaPipe's solutions, imported at first use with its C++ log turned off."""
    os.environ.setdefault("GLOG_minloglevel", "3")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import mediapipe

    return mediapipe.solutions


class quiet_stderr:  # noqa: N801 - reads as a statement: with quiet_stderr():
    """While open, the process's stderr descriptor points to the null device (graphs log past glog when they start)."""

    def __enter__(self) -> None:
        try:
            self._saved = os.dup(2)
        except OSError:  # no stderr at all
            self._saved = -1
            return
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 2)
        os.close(null)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._saved >= 0:
            os.dup2(self._saved, 2)
            os.close(self._saved)


def padded_square(pixels: NDArray[np.uint8], x0: int, y0: int, side: int) -> NDArray[np.uint8]:
    """The square [x0, x0+side) x [y0, y0+side); outside the picture its mean colour, so that no face is doubled."""
    height, width = pixels.shape[:2]
    left, top = max(0, -x0), max(0, -y0)
    right, bottom = max(0, x0 + side - width), max(0, y0 + side - height)
    inner = pixels[max(0, y0) : y0 + side, max(0, x0) : x0 + side]
    if not (left or top or right or bottom):
        return inner
    if inner.size == 0:
        return np.full((side, side, 3), 127, dtype=np.uint8)
    mean = [float(v) for v in inner.reshape(-1, 3).mean(axis=0)]
    return cv2.copyMakeBorder(inner, top, bottom, left, right, cv2.BORDER_CONSTANT, value=mean).astype(np.uint8)


def landmark_box(landmarks: NDArray[np.floating]) -> Box:
    """The box (x0, y0, x1, y1) that encloses the landmarks."""
    low, high = landmarks.min(axis=0), landmarks.max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def intersection_shares(a: Box, b: Box) -> tuple[float, float]:
    """Intersection of two boxes over their union, and over the smaller of the two."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    common = max(0.0, width) * max(0.0, height)
    area_a, area_b = (a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1])
    return common / max(area_a + area_b - common, 1e-9), common / max(min(area_a, area_b), 1e-9)


class FaceMesh:
    """The mesh as a context manager; MediaPipe's graph is built at the first `fit`. Not thread-safe by itself."""

    def __init__(self) -> None:
        self._mesh: Any = None

    def fit(self, pixels: NDArray[np.uint8], box: Box) -> NDArray[np.float32] | None:
        """Mesh of the face that a detector box encloses.

        Args:
            pixels: (H, W, 3) uint8 RGB.
            box: the detector's box in pixels of that picture; the crop is about 1.5 times as large.

        Returns:
            (478, 2) float32 in pixels of that picture, or None when no face is seen there.
        """
        longer = max(box[2] - box[0], box[3] - box[1])
        centre_x, centre_y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        for margin in MARGINS:
            side = max(8, round(margin * longer))
            x0, y0 = round(centre_x - side / 2), round(centre_y - side / 2)
            points = self._run(padded_square(pixels, x0, y0, side))
            if points is None:
                continue
            landmarks = (points * side + np.array([x0, y0])).astype(np.float32)
            if intersection_shares(landmark_box(landmarks), box)[1] > 0.5:
                return landmarks
        return None

    def _run(self, square: NDArray[np.uint8]) -> NDArray[np.float64] | None:
        """Mesh points (478, 2) in [0, 1] of the square, or None."""
        shrinks = square.shape[0] > MESH_INPUT
        interpolation = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
        view = cv2.resize(square, (MESH_INPUT, MESH_INPUT), interpolation=interpolation)
        if self._mesh is None:
            with quiet_stderr():
                self._mesh = load_mediapipe().face_mesh.FaceMesh(
                    static_image_mode=True, max_num_faces=1, refine_landmarks=True, min_detection_confidence=0.2
                )
                found = self._mesh.process(view)
        else:
            found = self._mesh.process(view)
        if not found.multi_face_landmarks:
            return None
        points = found.multi_face_landmarks[0].landmark
        if len(points) != LANDMARKS:
            return None
        return np.array([(p.x, p.y) for p in points], dtype=np.float64)

    def close(self) -> None:
        """Free the graph."""
        if self._mesh is not None:
            self._mesh.close()
            self._mesh = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
