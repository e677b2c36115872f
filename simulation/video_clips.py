"""Clips as wholes: one square crop for all frames, mirror images, and the landmark re-interpolation (sheet §3.2)."""

import cv2
import numpy as np
from numpy.typing import NDArray

from media.crops import INFERENCE_MARGIN, crop_square, landmark_square, to_crop
from media.regions import flip_landmarks
from simulation.hulls import extent
from simulation.video_records import Clip

Points = NDArray[np.float32]
TAU, STEP = 0.35, 0.2
# The sheet's lengths are pixels of a 256 px crop that is 1.5 x the face box, and its distance is the Frobenius norm
# over 81 points divided by 81, which is the root mean square move of a point divided by 9.
REFERENCE_EXTENT = 256 / 1.5
REFERENCE_POINTS = 81


def mean_move(before: Points, after: Points) -> float:
    """The sheet's d: how far a face moved, independent of resolution and of the number of points (N, 2)."""
    rms = float(np.sqrt(((after - before) ** 2).sum(axis=1).mean()))
    return rms / REFERENCE_POINTS**0.5 * REFERENCE_EXTENT / extent(before)


def reinterpolate(landmarks: Points, tau: float = TAU, step: float = STEP) -> Points:
    """Landmarks (T, N, 2) whose jumps are cut to a part: when d > tau, L(t) goes only 1 / round(d / step) of the way.

    d is measured from the frame before as already smoothed. Used for hulls only; pixels are untouched. tau 0 = none.
    """
    out = np.array(landmarks, np.float32)
    if tau <= 0:
        return out
    for t in range(1, len(out)):
        d = mean_move(out[t - 1], out[t])
        if d > tau:
            out[t] = out[t - 1] + (out[t] - out[t - 1]) / max(round(d / step), 1)
    return out


def clip_square(landmarks: Points, margin: float = INFERENCE_MARGIN) -> tuple[tuple[float, float], float]:
    """Centre and side of the one square for a clip: mean centre and median side of its frames' squares (T, 478, 2)."""
    squares = [landmark_square(points, margin) for points in landmarks]
    centre = np.mean([c for c, _ in squares], axis=0)
    return (float(centre[0]), float(centre[1])), float(np.median([s for _, s in squares]))


def crop_clip(clip: Clip, size: int, margin: float = INFERENCE_MARGIN, shift: tuple[float, float] = (0.0, 0.0)) -> Clip:
    """The same square of every frame, resized to `size`: training, evaluation and the page crop clips by this.

    A square a frame would tremble with the landmarks and hide or fake the trembling of the face.

    Args:
        margin: side of the square / face extent.
        shift: of its centre, fractions of its side.
    """
    (x, y), side = clip_square(clip.landmarks, margin)
    crops = [crop_square(f, (x + shift[0] * side, y + shift[1] * side), side, size) for f in clip.frames]
    points = np.stack([to_crop(p, c) for p, c in zip(clip.landmarks, crops, strict=True)])
    return Clip(np.stack([c.pixels for c in crops]), points, clip.name, clip.person, clip.animated)


def flip_clip(clip: Clip) -> Clip:
    """Mirror image of a clip, left and right exchanged in the landmarks."""
    width = clip.frames.shape[2]
    points = np.stack([flip_landmarks(p, width) for p in clip.landmarks]).astype(np.float32)
    frames = np.ascontiguousarray(clip.frames[:, :, ::-1])
    return Clip(frames, points, clip.name, clip.person, clip.animated)


def resize_all(values: NDArray, size: int) -> NDArray:
    """Frames or masks (T, H, W[, 3]) at (T, size, size[, 3]) by area averaging."""
    if values.shape[1:3] == (size, size):
        return values
    return np.stack([cv2.resize(v, (size, size), interpolation=cv2.INTER_AREA) for v in values])
