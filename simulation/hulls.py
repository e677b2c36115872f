"""Hulls of the face and the soft blend masks made of them (SBI §3; face parts of Face X-ray).

68-point indices follow the dlib convention; `DLIB68` names the mesh point nearest to each.
"""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from media.regions import SPOKEN_REGIONS, region_polygons
from simulation.records import MaskShape

Points = NDArray[Any]

DLIB68: tuple[int, ...] = (
    *(127, 234, 93, 58, 172, 136, 149, 148, 152, 377, 378, 365, 397, 288, 323, 454, 356),
    *(70, 63, 105, 66, 107, 336, 296, 334, 293, 300),
    *(168, 197, 5, 4, 98, 97, 2, 326, 327),
    *(33, 160, 158, 133, 153, 144, 362, 385, 387, 263, 373, 380),
    *(61, 40, 37, 0, 267, 270, 291, 321, 314, 17, 84, 91, 78, 82, 13, 312, 308, 317, 14, 87),
)
_DLIB = np.array(DLIB68)
# The eight parts of the "components" mask, as 68-point indices (facts of the Face X-ray mask library).
_COMPONENTS: tuple[tuple[int, ...], ...] = (
    (*range(0, 9), 17),
    (*range(8, 17), 26),
    (17, 18, 19, 8),
    (24, 25, 26, 8),
    (19, 20, 21, 22, 23, 24, 8),
    (*range(17, 22), 27, *range(31, 36), 8),
    (*range(22, 27), 27, *range(31, 36), 8),
    tuple(range(27, 36)),
)
_LOWER = (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 29, 31, 35)
_COVERED, _MASK_ON = 0.35, 0.3


def size_of(image: NDArray[Any]) -> tuple[int, int]:
    """(height, width) of a picture."""
    return int(image.shape[0]), int(image.shape[1])


def extent(landmarks: Points) -> float:
    """Face extent L in pixels: the longer side of the landmark box."""
    return float(max(np.ptp(landmarks, axis=0).max(), 1.0))


def dlib68(landmarks: Points) -> Points:
    """(478, 2) mesh points -> (68, 2) points of the dlib convention."""
    return np.asarray(landmarks, np.float32)[_DLIB]


def hull_polygons(kind: str, landmarks: Points, regions: tuple[str, ...] = ()) -> list[Points]:
    """Polygons whose union is the hull, in pixels.

    Args:
        kind: a `HullKind`.
        regions: ids used by kind "regions".
    """
    p = dlib68(landmarks)
    if kind == "oval":
        return [np.asarray(landmarks, np.float32)]
    if kind == "extended":  # brows pushed up by half the brow-eye gap
        brows = p[17:27].copy()
        brows[:, 1] -= 0.5 * max(float(p[36:48, 1].mean() - brows[:, 1].mean()), 0.0)
        return [np.concatenate([p[:17], brows])]
    if kind == "components":
        return [p[list(part)] for part in _COMPONENTS]
    if kind == "inner":
        return [p[17:]]
    if kind == "lower":
        return [p[list(_LOWER)]]
    if kind == "lower_box":  # the box a lip-sync generator redraws: nose to chin, between the jaws
        low, high = p[4:13].min(axis=0), p[4:13].max(axis=0)
        top = float(p[31:36, 1].mean())
        return [np.array([[low[0], top], [high[0], top], high, [low[0], high[1]]], np.float32)]
    polygons = [np.asarray(q, np.float32) for r in regions for q in region_polygons(r, landmarks)]
    if not polygons:
        raise ValueError(f"hull {kind!r} needs regions")
    return polygons


def hull_mask(kind: str, landmarks: Points, shape: tuple[int, int], regions: tuple[str, ...] = ()) -> Points:
    """Binary hull as float32 (H, W). Regions keep their own outline, all other parts are convex hulls."""
    canvas = np.zeros(shape, np.uint8)
    for polygon in hull_polygons(kind, landmarks, regions):
        points = polygon if kind == "regions" else cv2.convexHull(polygon)[:, 0]
        cv2.fillPoly(canvas, [np.round((points - 0.5) * 16).astype(np.int32)], (255,), shift=4)
    return canvas.astype(np.float32) / 255.0


def smooth_field(rng: np.random.Generator, shape: tuple[int, int], wavelength: float) -> Points:
    """A smooth random field of unit deviation, float32 (2, H, W); wavelength in pixels."""
    rows, cols = (max(int(round(n / max(wavelength, 2.0))), 2) + 3 for n in shape)
    grid = rng.normal(size=(2, rows, cols)).astype(np.float32)
    return np.stack([cv2.resize(g, shape[::-1], interpolation=cv2.INTER_CUBIC) for g in grid])


def blend_mask(
    shape: MaskShape, landmarks: Points, size: tuple[int, int], seed: int, within: Points | None = None
) -> Points:
    """Soft blend mask float32 (H, W) in [0, 1] with maximum 1 (0 everywhere when the hull lies outside).

    Hull -> grow -> elastic change -> blur, keep what is still full (erosion) -> outer blur -> divide by maximum.

    Args:
        within: landmarks of a second face whose hull the mask must not leave.
    """
    length = extent(landmarks)
    mask: Any = hull_mask(shape.hull, landmarks, size, shape.regions)
    grow = int(round(abs(shape.grow) * length))
    if grow:
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * grow + 1, 2 * grow + 1))
        mask = cv2.dilate(mask, kernel) if shape.grow > 0 else cv2.erode(mask, kernel)
    if within is not None:
        mask = mask * hull_mask("oval", within, size)
    if shape.wobble > 0:
        rng = np.random.default_rng(seed)
        field = smooth_field(rng, size, shape.wobble_size * length) * np.float32(shape.wobble * length)
        mask = remap(mask, field[0], field[1])
    if shape.erode > 0:
        soft = cv2.GaussianBlur(mask, (0, 0), max(shape.erode * length, 0.3))
        eroded = (soft >= 0.97 * soft.max()).astype(np.float32)
        mask = eroded if eroded.any() and soft.max() > 0 else mask
    if shape.feather > 0:
        mask = cv2.GaussianBlur(mask, (0, 0), max(shape.feather * length, 0.3))
    peak = float(mask.max())
    return np.clip(mask / peak, 0.0, 1.0) if peak > 0.05 else np.zeros(size, np.float32)


def remap(image: NDArray, dx: Points, dy: Points) -> NDArray:
    """Sample `image` at (x + dx, y + dy), border reflected."""
    h, w = image.shape[:2]
    xs = np.arange(w, dtype=np.float32)[None, :] + dx
    ys = np.arange(h, dtype=np.float32)[:, None] + dy
    return cv2.remap(image, xs, ys, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)


def covered_regions(mask: Points, landmarks: Points) -> tuple[str, ...]:
    """Ids of the spoken regions of which at least 35 % lies where the mask exceeds 0.3."""
    h, w = mask.shape
    half = (max(h // 2, 1), max(w // 2, 1))
    on = cv2.resize(mask, half[::-1], interpolation=cv2.INTER_AREA) > _MASK_ON
    scale = np.array([half[1] / w, half[0] / h], np.float32)
    points = np.asarray(landmarks, np.float32) * scale
    covered = []
    for region in SPOKEN_REGIONS:
        inside = np.zeros(half, np.uint8)
        outlines = [np.round((q - 0.5) * 16).astype(np.int32) for q in region_polygons(region, points)]
        cv2.fillPoly(inside, outlines, (1,), shift=4)
        area = cv2.countNonZero(inside)
        if area and np.count_nonzero(on & (inside > 0)) >= _COVERED * area:
            covered.append(region)
    return tuple(covered)
