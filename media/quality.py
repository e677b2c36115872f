"""How fit a face is for assessment: size, fine detail, pose, codec blocks, visibility, photographic or not.

Every threshold lies beyond (almost) all of 450 ordinary training photos (portraits and web photos, faces 100-240 px);
the comments give what those measured. What these plain measures cannot see: a hand or hair of skin colour over the
face, a mask on a grey photo, a painted or rendered face with photographic texture, compression undone by resizing.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from media.crops import crop_face, to_crop
from media.errors import ReasonCode
from media.pose import head_pose
from media.records import Frame, Quality
from media.regions import polygon_mask, region_mask, region_polygons

LEAST_FACE_PX = 40.0  # longer side of the landmark box
LEAST_SHARPNESS = 0.33  # photos: 0.58 at the 1st percentile; a 200 px face blurred by sigma 3 px: 0.1-0.3
MOST_YAW = 60.0  # photos: 53 at most; the mesh guesses beyond
MOST_PITCH = 45.0  # photos: 32 at most
MOST_ROLL = 60.0  # photos: 35 at most
MOST_BLOCKINESS = 3.0  # photos: 1.3 at most; JPEG quality 10: 2.1-4.5, quality 3: 3.6-10
BLOCKS_FROM_PX = 64.0  # smaller faces hold too few 8x8 blocks to judge
LEAST_VISIBLE = 0.5  # photos: 0.49 at least, 0.60 at the 1st percentile; a coloured mask over the lower half: 0.2-0.3
FLAT_SHARE, FLAT_EDGES = 0.55, 0.9  # exactly flat pixels and crisp edges of a flat graphic; photos: flat 0.2 at most
WORK_SIDE = 224  # a face crop larger than this is shrunk to it before detail is measured
_DETAIL_GONE, _DETAIL_FULL = 0.29, 0.62  # band ratio of a face blurred away (sigma 5 px) and of a median photo

_FACE = "face.whole.face.face"
_SKIN = (
    "face.upper.forehead.forehead",
    "face.middle.nose.nose",
    "face.middle.cheeks.left_cheek",
    "face.middle.cheeks.right_cheek",
    "face.lower.chin.chin",
    "face.lower.jaws.left_jaw",
    "face.lower.jaws.right_jaw",
)


def assess_quality(frame: Frame, landmarks: NDArray[np.floating]) -> Quality:
    """Measures of one face and the reasons, if any, why it should not be assessed.

    Args:
        frame: the picture at its original size.
        landmarks: (478, 2) in pixels of that picture.
    """
    points = np.asarray(landmarks, dtype=np.float32)
    face_px = float(np.ptp(points, axis=0).max())
    side = max(16, min(WORK_SIDE, round(1.1 * face_px)))
    crop = crop_face(frame.pixels, points, side, margin=1.1)
    inside = to_crop(points, crop)
    face = region_mask(_FACE, inside, (side, side))
    grey = cv2.cvtColor(crop.pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    fine, medium, coarse = _bands(grey, face)
    sharpness = float(np.clip((medium / coarse - _DETAIL_GONE) / (_DETAIL_FULL - _DETAIL_GONE), 0.0, 1.0))
    yaw, pitch, roll = head_pose(points)
    blocks = blockiness(frame.pixels, points)
    visible = _share_inside(frame.pixels.shape[:2], points) * (1.0 - _covered(crop.pixels, inside))
    graphic = (
        _flat_share(crop.pixels, face) > FLAT_SHARE
        and fine > FLAT_EDGES * medium
        and blocks < 2.0
        and float(grey[face].mean() if face.any() else 0.0) > 40.0  # dark photos are flat too
    )
    checks: tuple[tuple[ReasonCode, bool], ...] = (
        ("face_too_small", face_px < LEAST_FACE_PX),
        ("not_photographic", graphic),
        ("occluded", visible < LEAST_VISIBLE),
        ("extreme_pose", abs(yaw) > MOST_YAW or abs(pitch) > MOST_PITCH or abs(roll) > MOST_ROLL),
        ("over_compressed", blocks > MOST_BLOCKINESS and face_px >= BLOCKS_FROM_PX),
        ("too_blurred", sharpness < LEAST_SHARPNESS),
    )
    reasons: tuple[ReasonCode, ...] = tuple(code for code, fails in checks if fails)
    return Quality(face_px, sharpness, yaw, pitch, roll, blocks, visible, reasons)


def _bands(grey: NDArray[np.float32], mask: NDArray[np.bool_]) -> tuple[float, float, float]:
    """RMS inside a mask of three octaves of detail: finer than sigma 1 px, 1-2 px and 2-4 px (never zero)."""
    levels = [grey, *(cv2.GaussianBlur(grey, (0, 0), sigma).astype(np.float32) for sigma in (1.0, 2.0, 4.0))]
    inside = mask if mask.any() else np.ones_like(mask)
    bands = [levels[i] - levels[i + 1] for i in range(3)]
    fine, medium, coarse = (float(np.sqrt(np.mean(band[inside] ** 2))) + 1e-3 for band in bands)
    return fine, medium, coarse


def blockiness(pixels: NDArray[np.uint8], landmarks: NDArray[np.floating]) -> float:
    """Mean step across 8x8 block edges over the mean step elsewhere in the face box, at the best grid offset.

    Returns:
        1 for none; steps are capped at 20 grey levels so that a few strong contours do not decide.
    """
    height, width = pixels.shape[:2]
    x0, y0 = (max(0, int(v)) for v in landmarks.min(axis=0))
    x1, y1 = min(width, int(landmarks[:, 0].max()) + 1), min(height, int(landmarks[:, 1].max()) + 1)
    if x1 - x0 < 17 or y1 - y0 < 17:
        return 1.0
    grey = cv2.cvtColor(np.ascontiguousarray(pixels[y0:y1, x0:x1]), cv2.COLOR_RGB2GRAY).astype(np.float32)
    ratios = []
    for axis in (0, 1):
        steps = np.minimum(np.abs(np.diff(grey, axis=axis)), 20.0).mean(axis=1 - axis)
        phases = np.array([steps[k::8].mean() for k in range(8)])
        best = int(np.argmax(phases))
        ratios.append((float(phases[best]) + 0.05) / (float(np.delete(phases, best).mean()) + 0.05))
    return float(np.sqrt(ratios[0] * ratios[1]))


def _share_inside(shape: tuple[int, ...], landmarks: NDArray[np.floating]) -> float:
    """Share of the face oval's area that lies inside the picture, on a grid of about 100 cells."""
    low, high = landmarks.min(axis=0), landmarks.max(axis=0)
    scale = 100.0 / max(float((high - low).max()), 1e-6)
    oval = (region_polygons(_FACE, landmarks)[0] - low) * scale
    cells = (int((high[1] - low[1]) * scale) + 1, int((high[0] - low[0]) * scale) + 1)
    face = polygon_mask([oval], cells)
    y = (np.arange(cells[0]) + 0.5) / scale + low[1]
    x = (np.arange(cells[1]) + 0.5) / scale + low[0]
    within = ((y >= 0) & (y < shape[0]))[:, None] & ((x >= 0) & (x < shape[1]))[None, :]
    return float((face & within).sum() / max(int(face.sum()), 1))


def _covered(crop: NDArray[np.uint8], landmarks: NDArray[np.floating]) -> float:
    """Share of the skin regions' area without the warmth of skin that the warmest of them has.

    Warmth is a* + b* of CIELAB, median over a region. A region below a fifth of the warmest upper or middle region
    counts as covered (masks, scarves, dark hair or a black beard). 0 on grey photos, where nothing can be told.
    """
    lab = cv2.cvtColor(crop, cv2.COLOR_RGB2LAB).astype(np.int32)
    warmth = lab[..., 1] + lab[..., 2] - 256
    masks = [region_mask(i, landmarks, (crop.shape[0], crop.shape[1])) for i in _SKIN]
    levels = [float(np.median(warmth[m])) if m.any() else 0.0 for m in masks]
    reference = max(levels[:4])
    if reference <= 10:
        return 0.0
    areas = [int(m.sum()) for m in masks]
    return sum(a for a, level in zip(areas, levels, strict=True) if level < 0.2 * reference) / max(sum(areas), 1)


def _flat_share(crop: NDArray[np.uint8], face: NDArray[np.bool_]) -> float:
    """Share of face pixels that equal their right and lower neighbours exactly."""
    values = crop.astype(np.int16)
    across = np.abs(np.diff(values, axis=1)).max(axis=2)[:-1]
    down = np.abs(np.diff(values, axis=0)).max(axis=2)[:, :-1]
    inside = face[:-1, :-1]
    return float(((across == 0) & (down == 0))[inside].mean()) if inside.any() else 0.0
