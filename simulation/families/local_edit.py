"""Local edits: parts warped, expressions changed, the lower face re-rendered.

Four methods: "parts" scales and shifts 1-3 parts; "reenact" changes the expression and re-renders the face lightly
(Face2Face); "retexture" re-renders mouth, chin and nose with or without a new expression (NeuralTextures); "lip_sync"
re-draws the lower face with another mouth.
"""

import cv2
import numpy as np

from simulation.appearance import change_look
from simulation.expressions import MOUTH_ACTIONS, NOSE_ACTIONS, UPPER_ACTIONS, express
from simulation.families.common import PARTS, Draw, Image, Pixels, Points, compose, soft_look
from simulation.hulls import extent, hull_mask
from simulation.records import Appearance, Forgery, ForgeryParams, MaskShape, Warp
from simulation.warps import move_by_field

_AMOUNTS: dict[str, tuple[float, float]] = {
    "mouth_wide": (0.012, 0.04),
    "mouth_shift": (0.01, 0.025),
    "mouth_raise": (0.01, 0.022),
    "smile": (0.012, 0.035),
    "lip_thick": (0.006, 0.016),
    "jaw_shift": (0.01, 0.025),
    "brow_raise": (0.012, 0.035),
    "brow_furrow": (0.01, 0.022),
    "eye_open": (0.006, 0.014),
    "eye_shift": (0.006, 0.014),
    "nose_width": (0.01, 0.022),
    "nose_length": (0.01, 0.025),
    "nose_shift": (0.008, 0.018),
}
_MOUTH = "face.lower.mouth.mouth"
_CHIN = "face.lower.chin.chin"
_NOSE = "face.middle.nose.nose"
_MOUTH_AREAS = ((_MOUTH,), (_MOUTH, _CHIN), (_MOUTH, _NOSE), (_MOUTH, _CHIN, _NOSE))


def draw(d: Draw, difficulty: float, landmarks: Points, ratios: tuple[float, ...]) -> ForgeryParams:
    """Draw one of the four methods; subtler re-rendering at high difficulty."""
    method = d.pick("parts", "reenact", "retexture", "lip_sync", p=(0.25, 0.25, 0.3, 0.2))
    mask, look, warps = _METHODS[method](d, difficulty, landmarks)
    return ForgeryParams("local_edit", method, d.seed(), mask, look, warps=warps)


def _parts(d: Draw, difficulty: float, lm: Points) -> tuple[MaskShape, Appearance, tuple[Warp, ...]]:
    scale, aspect = d.between(0.8, 1.25), d.between(0.85, 1.15)
    warps = (
        Warp("part_width", round(scale * aspect - 1, 5)),
        Warp("part_height", round(scale / aspect - 1, 5)),
        Warp("part_dx", d.between(-0.027, 0.027)),
        Warp("part_dy", d.between(-0.027, 0.027)),
    )
    look = Appearance(
        shift=d.rgb(8) if d.chance(0.4) else (0.0, 0.0, 0.0),
        denoise=d.between(0.2, 0.8) if d.chance(0.3) else 0.0,
        resolution=d.between(0.35, 0.9) if d.chance(0.7) else 1.0,
        up=d.pick("linear", "cubic"),
        sharpen=d.between(0.2, 0.9) if d.chance(0.4) else 0.0,
    )
    regions = d.some(PARTS, 1, 3)
    return _soft_mask(d, "regions", regions, grow=(0.025, 0.06), feather=(0.012, 0.035)), look, warps


def _reenact(d: Draw, difficulty: float, lm: Points) -> tuple[MaskShape, Appearance, tuple[Warp, ...]]:
    actions = [*d.some(MOUTH_ACTIONS, 1, 2), *(d.some(UPPER_ACTIONS, 1, 2) if d.chance(0.6) else ())]
    actions += d.some(NOSE_ACTIONS, 1, 1) if d.chance(0.2) else ()
    hull = d.pick("oval", "extended", "inner", p=(0.4, 0.4, 0.2))
    mask = _soft_mask(d, hull, (), grow=(-0.04, 0.0), feather=(0.008, 0.04))
    return mask, soft_look(d, 0.45, 0.8 + 0.2 * difficulty), _amounts(d, actions, lm)


def _retexture(d: Draw, difficulty: float, lm: Points) -> tuple[MaskShape, Appearance, tuple[Warp, ...]]:
    actions = d.some(MOUTH_ACTIONS, 1, 3) if d.chance(0.75) else ()
    hull = d.pick("lower", "regions")
    regions = _MOUTH_AREAS[int(d.rng.integers(len(_MOUTH_AREAS)))] if hull == "regions" else ()
    grow = (0.02, 0.08) if hull == "regions" else (-0.02, 0.04)
    mask = _soft_mask(d, hull, regions, grow=grow, feather=(0.012, 0.05))
    return mask, soft_look(d, 0.3, 0.7 + 0.2 * difficulty), _amounts(d, actions, lm)


def _lip_sync(d: Draw, difficulty: float, lm: Points) -> tuple[MaskShape, Appearance, tuple[Warp, ...]]:
    actions = ("mouth_open", *(a for a in d.some(MOUTH_ACTIONS, 0, 2) if a != "mouth_open"))
    hull = d.pick("lower", "lower_box")
    feather = (0.004, 0.02) if d.chance(0.3) else (0.02, 0.06)
    mask = _soft_mask(d, hull, (), grow=(-0.01, 0.03), feather=feather)
    return mask, soft_look(d, 0.25, 0.6 + 0.2 * difficulty), _amounts(d, list(actions), lm)


_METHODS = {"parts": _parts, "reenact": _reenact, "retexture": _retexture, "lip_sync": _lip_sync}


def _soft_mask(
    d: Draw, hull: str, regions: tuple[str, ...], grow: tuple[float, float], feather: tuple[float, float]
) -> MaskShape:
    return MaskShape(
        hull=hull,  # type: ignore[arg-type]
        regions=regions,
        grow=d.between(*grow),
        wobble=d.between(0.003, 0.012) if d.chance(0.6) else 0.0,
        wobble_size=d.between(0.08, 0.2),
        feather=d.between(*feather),
    )


def _amounts(d: Draw, actions: list[str] | tuple[str, ...], lm: Points) -> tuple[Warp, ...]:
    """Strengths for the actions; a mouth opens when it is shut and shuts or opens when it is open."""
    gap = float(np.linalg.norm(lm[13] - lm[14])) / extent(lm)
    warps = []
    for action in actions:
        if action == "mouth_open":
            shut = gap > 0.02 and d.chance(0.6)
            amount = -gap * d.between(0.6, 1.1) if shut else d.between(0.02, 0.065)
        else:
            amount = d.signed(*_AMOUNTS[action])
        warps.append(Warp(action, round(amount, 5)))
    return tuple(warps)


def forge(image: Pixels, landmarks: Points, params: ForgeryParams, other: object = None) -> Forgery:
    """Locally edited uint8 (H, W, 3) with landmarks (478, 2); `other` is not used."""
    source = image.astype(np.float32)
    points = landmarks
    if params.method == "parts":
        source = _move_parts(source, landmarks, params)
    elif params.warps:
        source, points = express(source, landmarks, params.warps)
    source = change_look(source, params.appearance, extent(landmarks), params.seed)
    union = _union_outline(landmarks, points) if params.mask.hull != "regions" else landmarks
    return compose(image, source, points, params, hull_points=union)


def _union_outline(before: Points, after: Points) -> Points:
    """Landmarks pushed to whichever of the two lies lower, so that a mask covers both the old and the new chin."""
    out = before.copy()
    out[:, 1] = np.maximum(before[:, 1], after[:, 1])
    return out


def _move_parts(source: Image, landmarks: Points, params: ForgeryParams) -> Image:
    """Scale and shift each region about its centre, fading out over its blurred hull."""
    amount = {w.action: w.amount for w in params.warps}
    h, w = source.shape[:2]
    length = extent(landmarks)
    ys, xs = np.mgrid[0:h, 0:w].astype(np.float32) + 0.5
    field = np.zeros((2, h, w), np.float32)
    kernel = np.ones((2 * max(int(0.03 * length), 1) + 1,) * 2, np.uint8)
    for region in params.mask.regions:
        hull = hull_mask("regions", landmarks, (h, w), (region,))
        if not hull.any():
            continue
        soft = cv2.GaussianBlur(cv2.dilate(hull, kernel), (0, 0), 0.025 * length)
        cx, cy = float(xs[hull > 0].mean()), float(ys[hull > 0].mean())
        field[0] += soft * ((xs - cx) * amount["part_width"] + amount["part_dx"] * length)
        field[1] += soft * ((ys - cy) * amount["part_height"] + amount["part_dy"] * length)
    return move_by_field(source, field)
