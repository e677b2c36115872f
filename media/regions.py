"""The one registry of face regions: stable ids, plain names, polygons over the 478-point mesh, masks and look-ups.

Left and right are the subject's: the left eye is on the image's right side. Coordinates are continuous: pixel (column
i, row j) covers [i, i+1) x [j, j+1), a pixel belongs to a polygon when its centre (i + 0.5, j + 0.5) does, and a
picture of width W mirrors x to W - x. Polygons of a region combine by the even-odd rule, so two nested outlines make a
ring (lips, face boundary).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from media.mesh_symmetry import FLIP_INDEX

__all__ = [
    "FLIP_INDEX",
    "REGIONS",
    "SPOKEN_REGIONS",
    "Region",
    "flip_landmarks",
    "mirror_region",
    "polygon_mask",
    "region_by_name",
    "region_mask",
    "region_masks",
    "region_polygons",
    "regions_at",
    "regions_in_box",
]

Points = NDArray[np.float32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Region:
    """A place of the face. id is `level1.level2.level3.leaf`, parent the id one level up, name what people say."""

    id: str
    name: str
    parent: str


_IDS = (
    "face.upper.forehead.forehead",
    "face.upper.brows.left_brow",
    "face.upper.brows.right_brow",
    "face.upper.eyes.left_eye",
    "face.upper.eyes.right_eye",
    "face.middle.nose.nose",
    "face.middle.cheeks.left_cheek",
    "face.middle.cheeks.right_cheek",
    "face.lower.mouth.mouth",
    "face.lower.mouth.lips",
    "face.lower.mouth.teeth",
    "face.lower.chin.chin",
    "face.lower.jaws.left_jaw",
    "face.lower.jaws.right_jaw",
    "face.whole.boundary.face_boundary",
    "face.whole.face.face",
)
REGIONS: dict[str, Region] = {i: Region(i, i.rsplit(".", 1)[1].replace("_", " "), i.rsplit(".", 1)[0]) for i in _IDS}
SPOKEN_REGIONS: tuple[str, ...] = tuple(i for i in _IDS if i.rsplit(".", 1)[1] not in ("lips", "teeth", "face"))

# Outlines as mesh indices. Only the subject's right side and right halves are written down; the left side follows from
# FLIP_INDEX, so the registry is symmetric by construction. Halves run from the upper to the lower midline point.
_RIGHT_OUTLINES: dict[str, tuple[int, ...]] = {
    "right_brow": (70, 63, 105, 66, 107, 55, 65, 52, 53, 46),
    "right_eye": (33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7),
    "right_cheek": (234, 116, 111, 228, 229, 230, 231, 232, 128, 114, 217, 126, 209, 129, 203, 92, 186, 57, 212, 214,
                    192, 213, 132, 93),
    "right_jaw": (132, 58, 172, 136, 150, 149, 32, 204, 43, 57, 212, 214, 192, 213),
}  # fmt: skip
_HALF_OUTLINES: dict[str, tuple[int, ...]] = {
    "face": (10, 109, 67, 103, 54, 21, 162, 127, 234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152),
    "forehead": (10, 109, 67, 103, 54, 21, 71, 70, 63, 105, 66, 107, 9),
    "nose": (168, 193, 245, 188, 174, 198, 131, 49, 64, 98, 97, 2),
    "mouth": (0, 37, 39, 40, 185, 61, 146, 91, 181, 84, 17),
    "teeth": (13, 82, 81, 80, 191, 78, 95, 88, 178, 87, 14),
    "chin": (18, 83, 182, 106, 204, 32, 149, 176, 148, 152),
}
# The mesh outlines the eye's opening; hand-made maps take the lids in, which forgeries distort too. Chosen on 20 of the
# 70 hand-made maps, confirmed on the other 50 (mean IoU 0.62 -> 0.75): growth along and across the line of the corners.
_EYE_GROWTH = (1.1, 1.3)
_RING = (0.90, 1.06)  # the face boundary: from 10 % inside the oval to 6 % outside, by its centre


def _close_halves(half: tuple[int, ...]) -> NDArray[np.int64]:
    """Right half + mirrored left half, walked back up, without repeating the two midline points."""
    back = [int(FLIP_INDEX[i]) for i in half[-2:0:-1]]
    return np.array([*half, *back], dtype=np.int64)


def _outlines() -> dict[str, NDArray[np.int64]]:
    table = {leaf: _close_halves(half) for leaf, half in _HALF_OUTLINES.items()}
    for leaf, right in _RIGHT_OUTLINES.items():
        table[leaf] = np.array(right, dtype=np.int64)
        table[leaf.replace("right", "left")] = FLIP_INDEX[np.array(right)]
    return table


_OUTLINES = _outlines()


def _checked(landmarks: ArrayLike) -> Points:
    points = np.asarray(landmarks, dtype=np.float32)
    if points.shape != (len(FLIP_INDEX), 2):
        raise ValueError(f"landmarks must be (478, 2), got {points.shape}")
    return points


def _region(region_id: str) -> Region:
    if region_id not in REGIONS:
        raise ValueError(f"unknown face region {region_id!r}; known: {', '.join(REGIONS)}")
    return REGIONS[region_id]


def region_polygons(region_id: str, landmarks: ArrayLike) -> list[Points]:
    """Outlines of a region, to be combined by the even-odd rule.

    Args:
        region_id: an id of REGIONS.
        landmarks: (478, 2) points in any pixel frame.

    Returns:
        One polygon (N, 2) float32, or two nested ones for the lips and the face boundary.
    """
    points = _checked(landmarks)
    leaf = _region(region_id).id.rsplit(".", 1)[1]
    if leaf == "lips":
        return [points[_OUTLINES["mouth"]], points[_OUTLINES["teeth"]]]
    if leaf == "face_boundary":
        oval = points[_OUTLINES["face"]]
        centre = (oval.min(axis=0) + oval.max(axis=0)) / 2
        return [centre + scale * (oval - centre) for scale in reversed(_RING)]
    if leaf in ("left_eye", "right_eye"):
        return [_grown_eye(points[_OUTLINES[leaf]])]
    return [points[_OUTLINES[leaf]]]


def _grown_eye(outline: Points) -> Points:
    """The eye's opening (16, 2), enlarged by _EYE_GROWTH along and across the line from outer to inner corner."""
    outer, inner = outline[0], outline[8]
    along = (inner - outer) / max(float(np.linalg.norm(inner - outer)), 1e-6)
    across = np.array([-along[1], along[0]], dtype=np.float32)
    centre = (outer + inner) / 2
    offset = outline - centre
    grown = np.outer(offset @ along * _EYE_GROWTH[0], along) + np.outer(offset @ across * _EYE_GROWTH[1], across)
    return (centre + grown).astype(np.float32)


def polygon_mask(polygons: Sequence[NDArray[np.floating]], shape: tuple[int, int]) -> Mask:
    """Pixels whose centre lies inside the polygons by the even-odd rule.

    Args:
        polygons: outlines (N, 2) in continuous coordinates.
        shape: (height, width) of the mask.

    Returns:
        Boolean (height, width).
    """
    height, width = shape
    toggles = np.zeros((height, width + 1), dtype=np.int32)
    for polygon in polygons:
        start = np.asarray(polygon, dtype=np.float64)
        end = np.roll(start, -1, axis=0)
        low, high = (max(0, int(np.floor(start[:, 1].min()))), min(height, int(np.ceil(start[:, 1].max())) + 1))
        if high <= low:
            continue
        y = np.arange(low, high)[:, None] + 0.5
        row, edge = np.nonzero((start[:, 1] <= y) != (end[:, 1] <= y))
        rise = (y[row, 0] - start[edge, 1]) / (end[edge, 1] - start[edge, 1])
        x = start[edge, 0] + rise * (end[edge, 0] - start[edge, 0])
        column = np.clip(np.ceil(x - 0.5), 0, width).astype(np.int64)
        np.add.at(toggles, (row + low, column), 1)
    return (np.cumsum(toggles[:, :width], axis=1) & 1).astype(bool)


def region_mask(region_id: str, landmarks: ArrayLike, shape: tuple[int, int]) -> Mask:
    """Boolean (h, w) mask of one region; shape is (h, w) of the picture the landmarks belong to."""
    return polygon_mask(region_polygons(region_id, landmarks), shape)


def region_masks(landmarks: ArrayLike, shape: tuple[int, int], ids: Sequence[str] = SPOKEN_REGIONS) -> dict[str, Mask]:
    """Masks (h, w) of several regions by id."""
    return {i: region_mask(i, landmarks, shape) for i in ids}


def _area(polygons: Sequence[Points]) -> float:
    """Area of nested outlines: the first minus the others (shoelace formula), square pixels."""
    parts = []
    for p in polygons:
        x, y = p[:, 0].astype(np.float64), p[:, 1].astype(np.float64)
        parts.append(abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2)
    return parts[0] - sum(parts[1:])


def _contains(polygons: Sequence[Points], point: tuple[float, float]) -> bool:
    """Even-odd test of one point against the outlines."""
    x, y = point
    inside = False
    for p in polygons:
        a, b = p.astype(np.float64), np.roll(p, -1, axis=0).astype(np.float64)
        crossing = (a[:, 1] <= y) != (b[:, 1] <= y)
        a, b = a[crossing], b[crossing]
        at = a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0])
        inside ^= bool(np.count_nonzero(at > x) & 1)
    return inside


def regions_at(point_xy: tuple[float, float], landmarks: ArrayLike) -> tuple[str, ...]:
    """Ids of the regions that contain a point, most specific (smallest) first; empty when it is off the face."""
    points = _checked(landmarks)
    polygons = {i: region_polygons(i, points) for i in REGIONS}
    hits = [i for i, p in polygons.items() if _contains(p, (float(point_xy[0]), float(point_xy[1])))]
    return tuple(sorted(hits, key=lambda i: _area(polygons[i])))


def regions_in_box(
    box: tuple[float, float, float, float], landmarks: ArrayLike, least_share: float = 0.25
) -> tuple[str, ...]:
    """Spoken regions that a box (x0, y0, x1, y1) covers to `least_share` or that fill as much of the box.

    Returns:
        Ids, the one with the largest overlap in pixels first; empty when the box misses the face.
    """
    points = _checked(landmarks)
    x0, x1 = sorted((box[0], box[2]))
    y0, y1 = sorted((box[1], box[3]))
    extent = points.max(axis=0) - points.min(axis=0)
    scale = 256.0 / max(float(extent.max()), 1e-6)
    origin = points.min(axis=0) - 0.15 * extent
    grid = (points - origin) * scale
    shape = (int(extent[1] * 1.3 * scale) + 1, int(extent[0] * 1.3 * scale) + 1)
    corners = (np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]]) - origin) * scale
    window = polygon_mask([corners], shape)
    overlap: dict[str, int] = {}
    for i, mask in region_masks(grid, shape).items():
        common = int(np.count_nonzero(mask & window))
        if common and common >= least_share * min(np.count_nonzero(mask), max(np.count_nonzero(window), 1)):
            overlap[i] = common
    return tuple(sorted(overlap, key=lambda i: -overlap[i]))


_SYNONYMS = {
    "eyebrow": "brow",
    "jawline": "jaw",
    "jaw line": "jaw",
    "face outline": "face boundary",
    "face edge": "face boundary",
    "whole face": "face",
    "lip": "lips",
    "tooth": "teeth",
}


def region_by_name(text: str) -> str | None:
    """Id of the region that a text is the name or id of ("Left  Eyebrow", "face_boundary", full id), else None."""
    words = " ".join(text.lower().replace("_", " ").replace("-", " ").split()).removeprefix("the ")
    for other, name in _SYNONYMS.items():
        words = words.replace(other, name) if other in ("eyebrow", "jawline", "jaw line") else words
        words = name if words == other else words
    if text in REGIONS:
        return text
    return next((i for i, region in REGIONS.items() if region.name == words), None)


def mirror_region(region_id: str) -> str:
    """Id of the same region on the other side of the face; a midline region is its own mirror."""
    _region(region_id)
    if "left_" in region_id:
        return region_id.replace("left_", "right_")
    return region_id.replace("right_", "left_")


def flip_landmarks(landmarks: ArrayLike, width: float) -> Points:
    """Landmarks (478, 2) of the horizontally mirrored picture of that width, each index again at its own place."""
    points = _checked(landmarks)[FLIP_INDEX].copy()
    points[:, 0] = width - points[:, 0]
    return points
