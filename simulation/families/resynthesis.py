"""The face re-drawn at low resolution and enlarged again, as auto-encoders of early face swaps leave it."""

from simulation.appearance import change_look
from simulation.families.common import Draw, Pixels, Points, blend_ratio, compose
from simulation.families.self_blend import move
from simulation.hulls import extent
from simulation.records import Appearance, Forgery, ForgeryParams, Geometry, MaskShape


def draw(d: Draw, difficulty: float, landmarks: Points, ratios: tuple[float, ...]) -> ForgeryParams:
    """Draw a low resolution (0.15-0.5), smoothing, over-sharpening, a slight tint and a slight turn."""
    look = Appearance(
        shift=d.rgb(10),
        gain=d.between(0.92, 1.08),
        denoise=d.between(0.3, 1.0) if d.chance(0.4) else 0.0,
        resolution=d.between(0.15, 0.5 + 0.1 * difficulty),
        up=d.pick("linear", "cubic"),
        sharpen=d.between(0.2, 1.2) if d.chance(0.5) else 0.0,
        checker=d.between(0.8, 2.5) if d.chance(0.1) else 0.0,
        grain=d.between(1.0, 3.0) if d.chance(0.1) else 0.0,
    )
    mask = MaskShape(
        hull=d.pick("oval", "inner", "extended", p=(0.4, 0.35, 0.25)),
        grow=d.between(-0.04, 0.01),
        wobble=d.between(0.004, 0.015) if d.chance(0.6) else 0.0,
        wobble_size=d.between(0.08, 0.2),
        feather=d.between(0.01, 0.052),
        ratio=1.0 if d.chance(0.8) else blend_ratio(d, (0.75,), difficulty),
    )
    geometry = Geometry(d.between(-0.012, 0.012), d.between(-0.012, 0.012), d.between(0.97, 1.03), d.between(-2, 2))
    return ForgeryParams("resynthesis", "whole", d.seed(), mask, look, geometry=geometry)


def forge(image: Pixels, landmarks: Points, params: ForgeryParams, other: object = None) -> Forgery:
    """Re-draw the face of uint8 (H, W, 3) with landmarks (478, 2); `other` is not used."""
    source = change_look(image, params.appearance, extent(landmarks), params.seed)
    moved, points = move(source, landmarks, params)
    return compose(image, moved, landmarks, params, hull_points=points)
