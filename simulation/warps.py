"""Geometric changes: affine fits, small affine moves and smooth warps driven by control points.

Coordinates are continuous (pixel i covers [i, i+1)), as in media/regions.py.
"""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from simulation.records import Geometry

Points = NDArray[Any]
Matrix = NDArray[np.float64]
_GRID = 48
IDENTITY: Matrix = np.array([[1.0, 0, 0], [0, 1.0, 0]])


def geometry_matrix(move: Geometry, centre: Points, extent_px: float) -> Matrix:
    """(2, 3) matrix of a small affine move about `centre`, in pixels."""
    angle = np.deg2rad(move.rotation)
    a, b = move.scale * np.cos(angle), move.scale * np.sin(angle)
    linear = np.array([[a, b], [-b, a]])
    shift = np.asarray(centre, np.float64) - linear @ np.asarray(centre, np.float64)
    return np.column_stack([linear, shift + extent_px * np.array([move.dx, move.dy])])


def fit_matrix(source: Points, target: Points, kind: str) -> Matrix:
    """Least-squares map (2, 3) of source points (N, 2) onto target points.

    Args:
        kind: "similarity" (4 numbers) or "affine" (6 numbers).
    """
    s, t = np.asarray(source, np.float64), np.asarray(target, np.float64)
    if kind == "affine":
        solution = np.linalg.lstsq(np.column_stack([s, np.ones(len(s))]), t, rcond=None)[0]
        return solution.T
    ms, mt = s.mean(0), t.mean(0)
    cs, ct = s - ms, t - mt
    norm = max(float((cs**2).sum()), 1e-9)
    a = float((cs * ct).sum()) / norm
    b = float((cs[:, 0] * ct[:, 1] - cs[:, 1] * ct[:, 0]).sum()) / norm
    linear = np.array([[a, -b], [b, a]])
    return np.column_stack([linear, mt - linear @ ms])


def transform(points: Points, matrix: Matrix) -> Points:
    """Points (N, 2) through a (2, 3) matrix."""
    return (np.asarray(points, np.float64) @ matrix[:, :2].T + matrix[:, 2]).astype(np.float32)


def warp_affine(image: NDArray, matrix: Matrix, size: tuple[int, int], reflect: bool = True) -> NDArray:
    """Resample to (h, w) `size` by a forward matrix in continuous coordinates; pre-shrunk when it shrinks much."""
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))
    if scale < 0.6:
        h, w = image.shape[:2]
        small = (max(int(w * scale), 4), max(int(h * scale), 4))
        image = cv2.resize(image, small, interpolation=cv2.INTER_AREA)
        matrix = np.column_stack([matrix[:, :2] @ np.diag([w / small[0], h / small[1]]), matrix[:, 2]])
    centred = matrix.copy()
    centred[:, 2] += matrix[:, :2] @ [0.5, 0.5] - 0.5
    border = cv2.BORDER_REFLECT_101 if reflect else cv2.BORDER_CONSTANT
    return cv2.warpAffine(image, centred, size[::-1], flags=cv2.INTER_LINEAR, borderMode=border)


def control_field(points: Points, moves: Points, sigma: float, size: tuple[int, int], rest: float = 0.25) -> Points:
    """Smooth forward displacement field (2, H, W) in pixels from control points.

    Gaussian-weighted mean of the moves, pulled to zero far from all points.

    Args:
        points: (N, 2) controls in pixels; moves: (N, 2) displacements in pixels.
        sigma: reach in pixels.
        rest: weight of "no displacement" everywhere.
    """
    rows = max(min(_GRID, size[0] // 3), 4)
    cols = max(min(_GRID, size[1] // 3), 4)
    ys = ((np.arange(rows) + 0.5) * size[0] / rows).astype(np.float32)
    xs = ((np.arange(cols) + 0.5) * size[1] / cols).astype(np.float32)
    p = np.asarray(points, np.float32)
    wx = np.exp(-((xs[:, None] - p[:, 0]) ** 2) / (2 * sigma**2))
    wy = np.exp(-((ys[:, None] - p[:, 1]) ** 2) / (2 * sigma**2))
    total = wy @ wx.T + rest
    fields = [(wy * np.asarray(moves, np.float32)[:, k]) @ wx.T / total for k in (0, 1)]
    return np.stack([cv2.resize(f.astype(np.float32), size[::-1], interpolation=cv2.INTER_CUBIC) for f in fields])


def move_by_field(image: NDArray, field: Points) -> NDArray:
    """Move picture content along a forward field (first-order inverse with one refinement)."""
    h, w = image.shape[:2]
    xs = np.arange(w, dtype=np.float32)[None, :]
    ys = np.arange(h, dtype=np.float32)[:, None]
    back = cv2.remap(field.transpose(1, 2, 0), xs - field[0], ys - field[1], cv2.INTER_LINEAR,
                     borderMode=cv2.BORDER_REPLICATE)  # fmt: skip
    return cv2.remap(image, xs - back[..., 0], ys - back[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)


def sample_field(field: Points, points: Points) -> Points:
    """Displacements (N, 2) of a field at points (N, 2), clamped to the picture."""
    h, w = field.shape[1:]
    x = np.clip(points[:, 0], 0, w - 1).astype(int)
    y = np.clip(points[:, 1], 0, h - 1).astype(int)
    return field[:, y, x].T.astype(np.float32)
