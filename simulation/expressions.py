"""Named changes of expression and shape, as moves of mesh points, and the mouth's inside that an opening uncovers.

Amounts are fractions of the face extent L; +y of the face runs from brows to chin, +x to the image's right.
"""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from simulation.hulls import extent, size_of
from simulation.records import Warp
from simulation.warps import control_field, move_by_field, sample_field

Points = NDArray[Any]

UPPER_LIP = (185, 40, 39, 37, 0, 267, 269, 270, 409, 80, 81, 82, 13, 312, 311, 310)
LOWER_LIP = (146, 91, 181, 84, 17, 314, 405, 321, 375, 88, 178, 87, 14, 317, 402, 318)
CORNERS = (61, 291)
CHIN = (152, 148, 377, 176, 400, 199, 175)
NOSE_WINGS = (129, 358, 98, 327)
NOSE_ALL = (1, 2, 4, 5, 19, 94, 98, 327, 129, 358, 195)
RIGHT_BROW = (70, 63, 105, 66, 107, 46, 53, 52, 65, 55)
LEFT_BROW = (300, 293, 334, 296, 336, 276, 283, 282, 295, 285)
RIGHT_LIDS = (159, 158, 160, 145, 144, 153)
LEFT_LIDS = (386, 385, 387, 374, 373, 380)
RIGHT_EYE = (33, 133, 159, 145, 160, 158, 144, 153)
LEFT_EYE = (263, 362, 386, 374, 387, 385, 373, 380)
FOLD = (205, 425, 50, 280, 203, 423)
INNER_LIPS = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95)
_FIXED = (10, 127, 356, 234, 454, 168, 6, 197, 54, 284)
_EYES_FIXED = (33, 133, 263, 362, 1, 4)

MOUTH_ACTIONS = ("mouth_open", "mouth_wide", "mouth_shift", "mouth_raise", "smile", "lip_thick", "jaw_shift")
UPPER_ACTIONS = ("brow_raise", "brow_furrow", "eye_open", "eye_shift")
NOSE_ACTIONS = ("nose_width", "nose_length", "nose_shift")
ACTIONS = (*MOUTH_ACTIONS, *UPPER_ACTIONS, *NOSE_ACTIONS)


def _axes(landmarks: Points) -> tuple[Points, Points]:
    """Unit vectors of the face: across (towards the image's right) and down (brows to chin)."""
    down = landmarks[152] - landmarks[10]
    down = down / max(float(np.linalg.norm(down)), 1e-6)
    return np.array([down[1], -down[0]], np.float32), down.astype(np.float32)


def _moves(warp: Warp, lm: Points) -> list[tuple[tuple[int, ...], Points]]:
    """Groups of mesh points with their moves, in units of L. Rows broadcast over a group."""
    x, y = _axes(lm)
    a = warp.amount
    side = lambda ids, centre: np.sign((lm[list(ids)] - lm[centre]) @ x)[:, None] * x  # noqa: E731
    table = {
        "mouth_open": [(UPPER_LIP, -0.25 * a * y), (LOWER_LIP, 0.75 * a * y), (CHIN, 0.6 * a * y)],
        "mouth_wide": [(CORNERS, a * side(CORNERS, 13)), (FOLD, 0.3 * a * side(FOLD, 13))],
        "mouth_shift": [((*UPPER_LIP, *LOWER_LIP, *CORNERS), a * x)],
        "mouth_raise": [((*UPPER_LIP, *LOWER_LIP, *CORNERS), -a * y)],
        "smile": [(CORNERS, a * (side(CORNERS, 13) - 0.9 * y)), (FOLD, -0.5 * a * y), (UPPER_LIP, -0.15 * a * y)],
        "lip_thick": [(UPPER_LIP[:9], -a * y), (LOWER_LIP[:9], a * y)],
        "jaw_shift": [((*CHIN, *LOWER_LIP), a * x)],
        "brow_raise": [((*RIGHT_BROW, *LEFT_BROW), -a * y)],
        "brow_furrow": [((*RIGHT_BROW[-5:], 107), a * (x + 0.5 * y)), ((*LEFT_BROW[-5:], 336), a * (0.5 * y - x))],
        "eye_open": [((*RIGHT_LIDS[:3], *LEFT_LIDS[:3]), -a * y), ((*RIGHT_LIDS[3:], *LEFT_LIDS[3:]), 0.5 * a * y)],
        "eye_shift": [(RIGHT_EYE, a * x), (LEFT_EYE, -a * x)],
        "nose_width": [(NOSE_WINGS, a * side(NOSE_WINGS, 4))],
        "nose_length": [((1, 2, 94, 19, *NOSE_WINGS), a * y)],
        "nose_shift": [(NOSE_ALL, a * x)],
    }
    if warp.action not in table:
        raise ValueError(f"unknown warp {warp.action!r}; known: {', '.join(ACTIONS)}")
    return [(ids, np.asarray(v, np.float32)) for ids, v in table[warp.action]]


def expression_field(landmarks: Points, warps: tuple[Warp, ...], size: tuple[int, int]) -> Points:
    """Forward displacement field (2, H, W) in pixels of all warps together; the rest of the face is held."""
    length = extent(landmarks)
    total = np.zeros((2, *size), np.float32)
    for warp in warps:
        groups = _moves(warp, landmarks)
        moving = {i for ids, _ in groups for i in ids}
        fixed = [i for i in (*_FIXED, *_EYES_FIXED) if i not in moving]
        index = [i for ids, _ in groups for i in ids] + fixed
        moves = np.concatenate([np.broadcast_to(v, (len(ids), 2)) for ids, v in groups] + [np.zeros((len(fixed), 2))])
        sigma = (0.045 if warp.action.startswith(("eye", "lip", "mouth_open")) else 0.07) * length
        total += control_field(landmarks[index], moves * length, sigma, size)
    return total


def express(image: NDArray, landmarks: Points, warps: tuple[Warp, ...]) -> tuple[NDArray, Points]:
    """Picture and landmarks after the warps; a shut mouth that opens shows a dark inside with teeth.

    Args:
        image: float32 (H, W, 3) in grey levels.
        landmarks: (478, 2) in its pixels.
    """
    if not warps:
        return image, landmarks
    field = expression_field(landmarks, warps, size_of(image))
    moved = move_by_field(image, field)
    points = landmarks + sample_field(field, landmarks)
    opening = sum(w.amount for w in warps if w.action == "mouth_open")
    shut = float(np.linalg.norm(landmarks[13] - landmarks[14])) < 0.025 * extent(landmarks)
    if opening > 0.012 and shut:
        points = _open_lips(points, landmarks, opening)
        moved = _paint_mouth(moved, points, opening)
    return moved, points


def _open_lips(points: Points, before: Points, opening: float) -> Points:
    """Move the inner lip line apart by the opening, most at the middle of the mouth."""
    out = points.copy()
    _, y = _axes(before)
    half = len(INNER_LIPS) // 2
    for rank, i in enumerate(INNER_LIPS):
        bow = np.sin(np.pi * (rank % half) / half) ** 0.7
        share = -0.12 if rank <= half else 0.5
        out[i] = points[i] + share * opening * bow * extent(before) * y
    return out


def _paint_mouth(image: NDArray, points: Points, opening: float) -> NDArray:
    """Paint the inside of an opened mouth: dark red, a lighter strip of upper teeth, soft edges."""
    h, w = image.shape[:2]
    length = extent(points)
    inside = np.zeros((h, w), np.float32)
    teeth = np.zeros((h, w), np.float32)
    outline = points[list(INNER_LIPS)]
    upper = outline[: len(outline) // 2 + 1]
    _, y = _axes(points)
    strip = np.concatenate([upper, (upper + 0.45 * opening * length * y)[::-1]])
    cv2.fillPoly(inside, [np.round((outline - 0.5) * 16).astype(np.int32)], (1.0,), shift=4)
    cv2.fillPoly(teeth, [np.round((strip - 0.5) * 16).astype(np.int32)], (1.0,), shift=4)
    sigma = max(0.008 * length, 0.5)
    inside = cv2.GaussianBlur(inside, (0, 0), sigma)[..., None]
    teeth = cv2.GaussianBlur(teeth, (0, 0), sigma)[..., None] * inside
    skin = image[np.clip(int(points[50][1]), 0, h - 1), np.clip(int(points[50][0]), 0, w - 1)].astype(np.float32)
    dark = 0.28 * skin * np.array([1.1, 0.75, 0.75], np.float32)
    light = 0.55 * skin + 0.25 * float(skin.max())
    out = image * (1 - inside) + inside * dark
    return (out * (1 - 0.8 * teeth) + 0.8 * teeth * light).astype(np.float32)
