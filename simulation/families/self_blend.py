"""Self-blends: the face pasted back onto itself, slightly moved and with another look (SBI §3)."""

import numpy as np

from simulation.appearance import change_look
from simulation.families.common import AREAS, Draw, Image, Pixels, Points, blend_ratio, compose, face_centre
from simulation.hulls import extent, size_of
from simulation.records import Appearance, Forgery, ForgeryParams, Geometry, MaskShape
from simulation.warps import geometry_matrix, transform, warp_affine

_REGIONS_SHARE = 0.25


def draw(d: Draw, difficulty: float, landmarks: Points, ratios: tuple[float, ...]) -> ForgeryParams:
    """Draw a whole-face hull (75 %) or 1-3 regions, a look for source or target, a small move of source and mask."""
    regional = d.chance(_REGIONS_SHARE)
    hull = "regions" if regional else d.pick("oval", "extended", "components", "inner", p=(0.35, 0.2, 0.2, 0.25))
    small = 0.5 if regional else 1.0
    mask = MaskShape(
        hull=hull,
        regions=d.some(AREAS, 1, 3) if regional else (),
        grow=d.between(0.02, 0.06) if regional else d.between(-0.02, 0.01),
        wobble=d.between(0.004, 0.018) if d.chance(0.8) else 0.0,
        wobble_size=d.between(0.08, 0.2),
        erode=small * d.between(0.006, 0.03) if d.chance(0.7) else 0.0,
        feather=small * d.between(0.008, 0.05),
        ratio=blend_ratio(d, ratios, difficulty),
    )
    return ForgeryParams(
        family="self_blend",
        method="regions" if regional else "whole",
        seed=d.seed(),
        mask=mask,
        appearance=draw_look(d),
        on_target=d.chance(0.5),
        geometry=Geometry(d.between(-0.035, 0.035), d.between(-0.018, 0.018), d.between(0.95, 1.0526)),
    )


def draw_look(d: Draw) -> Appearance:
    """Colour changes, each with its own probability, and always one of: lower resolution, sharper, blurred."""
    change = d.pick("resolution", "sharpen", "blur", p=(0.45, 0.3, 0.25))
    hsv = d.chance(0.5)
    return Appearance(
        shift=d.rgb(20) if d.chance(0.5) else (0.0, 0.0, 0.0),
        hue=d.between(-10, 10) if hsv else 0.0,
        saturation=d.between(-0.3, 0.3) if hsv else 0.0,
        value=d.between(-0.2, 0.2) if hsv else 0.0,
        contrast=d.between(0.85, 1.15) if d.chance(0.5) else 1.0,
        resolution=d.pick(0.5, 0.25, d.between(0.3, 0.8), p=(0.4, 0.2, 0.4)) if change == "resolution" else 1.0,
        down=d.pick("area", "nearest", "linear"),
        up=d.pick("linear", "cubic"),
        sharpen=d.between(0.2, 1.0) if change == "sharpen" else 0.0,
        blur=d.between(0.5, 1.5) if change == "blur" else 0.0,
    )


def forge(image: Pixels, landmarks: Points, params: ForgeryParams, other: object = None) -> Forgery:
    """Self-blend of uint8 (H, W, 3) with landmarks (478, 2); `other` is not used."""
    length = extent(landmarks)
    changed = change_look(image, params.appearance, length, params.seed)
    target, source = image, changed
    if params.on_target:
        target, source = np.clip(np.rint(changed), 0, 255).astype(np.uint8), image.astype(np.float32)
    moved, points = move(source, landmarks, params)
    return compose(target, moved, landmarks, params, hull_points=points)


def move(source: Image, landmarks: Points, params: ForgeryParams) -> tuple[Image, Points]:
    """Source and landmarks after the small affine move about the face centre."""
    matrix = geometry_matrix(params.geometry, face_centre(landmarks), extent(landmarks))
    return warp_affine(source, matrix, size_of(source)), transform(landmarks, matrix)
