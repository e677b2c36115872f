"""Region self-blends with one telling attribute: blurred, sharper, tinted, noisy, or a double edge (LVLM §4)."""

from simulation.appearance import change_look
from simulation.families.common import AREAS, Draw, Pixels, Points, compose
from simulation.families.self_blend import move
from simulation.hulls import extent
from simulation.records import Appearance, Forgery, ForgeryParams, Geometry, MaskShape

ATTRIBUTES = ("smoother", "sharper", "colour_shift", "double_edge", "noise")


def draw(d: Draw, difficulty: float, landmarks: Points, ratios: tuple[float, ...]) -> ForgeryParams:
    """Draw 1-3 regions and an attribute; strength falls with difficulty from strong to just visible."""
    attribute = d.pick(*ATTRIBUTES, p=(0.3, 0.15, 0.25, 0.15, 0.15))
    strength = d.between(1.0 - 0.6 * difficulty, 1.0)
    double = attribute == "double_edge"
    shift = d.between(0.018, 0.035) if double else d.between(0.0, 0.008)
    geometry = Geometry(d.signed(0.3, 1.0) * shift, d.signed(0.3, 1.0) * shift, d.between(0.97, 1.03))
    mask = MaskShape(
        hull="regions",
        regions=d.some(AREAS, 1, 3),
        grow=d.between(0.02, 0.07),
        wobble=d.between(0.004, 0.015),
        wobble_size=d.between(0.06, 0.15),
        feather=d.between(0.004, 0.03),
        ratio=d.between(0.45, 0.7) if double else max(d.pick(*ratios), 0.75),
    )
    look = _draw_look(d, attribute, strength)
    return ForgeryParams("region_blend", attribute, d.seed(), mask, look, geometry=geometry, attribute=attribute,
                         strength=strength)  # fmt: skip


def _draw_look(d: Draw, attribute: str, strength: float) -> Appearance:
    if attribute == "smoother":
        if d.chance(0.5):
            return Appearance(blur=d.between(0.9, 2.6) * (0.5 + 0.5 * strength))
        return Appearance(resolution=d.between(0.2, 0.5), up=d.pick("linear", "cubic"), denoise=d.pick(0.0, 0.6))
    if attribute == "sharper":
        return Appearance(sharpen=d.between(0.8, 2.0) * (0.5 + 0.5 * strength))
    if attribute == "colour_shift":
        level = 10 + 16 * strength
        return Appearance(shift=d.rgb(level), saturation=d.signed(0.1, 0.3), gain=d.between(0.9, 1.1))
    if attribute == "noise":
        return Appearance(grain=d.between(3.5, 6 + 8 * strength))
    return Appearance()


def forge(image: Pixels, landmarks: Points, params: ForgeryParams, other: object = None) -> Forgery:
    """Region blend of uint8 (H, W, 3) with landmarks (478, 2); `other` is not used."""
    source = change_look(image, params.appearance, extent(landmarks), params.seed)
    moved, points = move(source, landmarks, params)
    return compose(image, moved, landmarks, params, hull_points=points)
