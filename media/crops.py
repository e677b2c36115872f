"""The one face crop of the project, its point maps and the exact way back for maps.

A crop is a square of whole pixels: centre and side are rounded to the pixel grid first, what lies outside the picture
is a mirror image of the border, then the square is resized. Coordinates are continuous (see media/regions.py), so
`crop = (frame - corner) * size / side`.
"""

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from media.records import Crop

INFERENCE_MARGIN = 1.3


def landmark_square(landmarks: ArrayLike, margin: float) -> tuple[tuple[float, float], float]:
    """Centre of the landmarks' bounding box and margin times its longer side, in their pixels."""
    points = np.asarray(landmarks, dtype=np.float64)
    low, high = points.min(axis=0), points.max(axis=0)
    centre = (low + high) / 2
    return (float(centre[0]), float(centre[1])), margin * float((high - low).max())


def crop_face(pixels: NDArray[np.uint8], landmarks: ArrayLike, size: int, margin: float = INFERENCE_MARGIN) -> Crop:
    """Square face crop of side margin * L, where L is the longer side of the landmarks' bounding box.

    Args:
        pixels: (H, W, 3) uint8.
        landmarks: (478, 2) in pixels of that picture.
        size: side of the crop in pixels after resizing.
        margin: 1.3 at inference; training draws it from 1.15 to 1.45.
    """
    centre, side = landmark_square(landmarks, margin)
    return crop_square(pixels, centre, side, size)


def crop_square(pixels: NDArray[np.uint8], centre_xy: tuple[float, float], side: float, size: int) -> Crop:
    """Square crop around a centre; side and corner are rounded to whole pixels, the border is reflected."""
    whole = max(1, int(np.floor(side + 0.5)))
    x0 = int(np.floor(centre_xy[0] - whole / 2 + 0.5))
    y0 = int(np.floor(centre_xy[1] - whole / 2 + 0.5))
    square = _window(pixels, x0, y0, whole)
    if whole != size:
        interpolation = cv2.INTER_AREA if size < whole else cv2.INTER_LINEAR
        square = cv2.resize(square, (size, size), interpolation=interpolation)
    scale = size / whole
    matrix = np.array([[scale, 0.0, -x0 * scale], [0.0, scale, -y0 * scale]])
    return Crop(np.ascontiguousarray(square, dtype=np.uint8), matrix)


def _window(pixels: NDArray[np.uint8], x0: int, y0: int, side: int) -> NDArray[np.uint8]:
    """The square [x0, x0+side) x [y0, y0+side), mirrored at the border as often as needed."""
    height, width = pixels.shape[:2]
    x1, y1 = x0 + side, y0 + side
    if x0 >= 0 and y0 >= 0 and x1 <= width and y1 <= height:
        return pixels[y0:y1, x0:x1]
    columns = _reflected(x0, side, width)
    rows = _reflected(y0, side, height)
    return pixels[rows[:, None], columns[None, :]]


def _reflected(start: int, count: int, length: int) -> NDArray[np.int64]:
    """Indices start .. start+count-1 folded into [0, length) as cv2.BORDER_REFLECT_101 does."""
    if length == 1:
        return np.zeros(count, dtype=np.int64)
    period = 2 * (length - 1)
    index = np.arange(start, start + count) % period
    return np.where(index < length, index, period - index)


def to_crop(points: ArrayLike, crop: Crop) -> NDArray[np.float32]:
    """Frame points (N, 2) in crop pixels."""
    xy = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    return (xy @ crop.matrix[:, :2].T + crop.matrix[:, 2]).astype(np.float32)


def to_frame(points: ArrayLike, crop: Crop) -> NDArray[np.float32]:
    """Crop points (N, 2) in frame pixels; the inverse of `to_crop`."""
    xy = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    return ((xy - crop.matrix[:, 2]) @ np.linalg.inv(crop.matrix[:, :2]).T).astype(np.float32)


def paste_map(values: NDArray[np.floating], crop: Crop, shape: tuple[int, int]) -> NDArray[np.float32]:
    """A map over the crop, laid back over the frame.

    Args:
        values: (M, M), any M; it covers the whole crop.
        crop: the crop that it was computed from.
        shape: (height, width) of the frame.

    Returns:
        (height, width) float32: each frame pixel whose centre lies in the crop takes the bilinear value of the map at
        that centre, all others 0.
    """
    height, width = shape
    out = np.zeros((height, width), dtype=np.float32)
    cells = values.shape[0]
    scale = crop.matrix[0, 0]
    side = int(np.floor(crop.pixels.shape[0] / scale + 0.5))
    x0, y0 = (int(np.floor(-crop.matrix[i, 2] / scale + 0.5)) for i in (0, 1))
    left, top, right, bottom = max(0, x0), max(0, y0), min(width, x0 + side), min(height, y0 + side)
    if right <= left or bottom <= top:
        return out
    x = (np.arange(left, right) + 0.5 - x0) * (cells / side) - 0.5
    y = (np.arange(top, bottom) + 0.5 - y0) * (cells / side) - 0.5
    across = _interpolate(np.asarray(values, dtype=np.float32), x, axis=1)
    out[top:bottom, left:right] = _interpolate(across, y, axis=0)
    return out


def _interpolate(values: NDArray[np.float32], at: NDArray[np.float64], axis: int) -> NDArray[np.float32]:
    """Linear interpolation along one axis at cell positions `at`, the outermost cells held constant."""
    last = values.shape[axis] - 1
    at = np.clip(at, 0, last)
    low = np.minimum(np.floor(at).astype(np.int64), max(last - 1, 0))
    weight = (at - low).astype(np.float32)
    weight = weight[None, :] if axis == 1 else weight[:, None]
    upper = np.take(values, np.minimum(low + 1, last), axis=axis)
    return np.take(values, low, axis=axis) * (1 - weight) + upper * weight
