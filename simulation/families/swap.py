"""Another person's face, or a part of it, fitted into this one."""

import numpy as np

from media.errors import BadRequest
from simulation.appearance import change_look, match_statistics
from simulation.families.common import Draw, Pixels, Points, blend_ratio, compose
from simulation.hulls import dlib68, extent, hull_mask, size_of
from simulation.records import Appearance, Forgery, ForgeryParams, MaskShape
from simulation.warps import control_field, fit_matrix, move_by_field, sample_field, transform, warp_affine

_PART_CHOICES = (
    ("face.lower.mouth.mouth",),
    ("face.lower.mouth.mouth", "face.lower.chin.chin"),
    ("face.middle.nose.nose",),
    ("face.middle.nose.nose", "face.lower.mouth.mouth"),
    ("face.upper.eyes.left_eye", "face.upper.eyes.right_eye", "face.upper.brows.left_brow",
     "face.upper.brows.right_brow"),
)  # fmt: skip


def draw(d: Draw, difficulty: float, landmarks: Points, ratios: tuple[float, ...]) -> ForgeryParams:
    """Draw fit, hull, colour match, resolution and seam; one in eight swaps only a part of the face."""
    part = d.chance(0.125)
    soft = d.chance(0.5)
    poisson = d.chance(0.25)
    hull = d.pick("regions", "lower") if part else d.pick("oval", "inner", "extended", p=(0.5, 0.35, 0.15))
    regions = _PART_CHOICES[int(d.rng.integers(len(_PART_CHOICES)))] if hull == "regions" else ()
    mask = MaskShape(
        hull=hull,
        regions=regions,
        grow=d.between(0.015, 0.04) if part else d.between(-0.04, 0.0),
        wobble=d.between(0.004, 0.015) if d.chance(0.6) else 0.0,
        wobble_size=d.between(0.08, 0.2),
        erode=d.between(0.005, 0.03) if d.chance(0.4) and not part else 0.0,
        feather=d.between(0.003, 0.04) if not part else d.between(0.006, 0.025),
        ratio=1.0 if d.chance(0.85) else blend_ratio(d, (0.75,), difficulty),
        seam="poisson" if poisson else "feather",
    )
    look = Appearance(
        shift=d.rgb(6) if d.chance(0.3) else (0.0, 0.0, 0.0),
        denoise=d.between(0.2, 0.9) if d.chance(0.25) else 0.0,
        resolution=d.between(0.3, 0.9) if soft else 1.0,
        up=d.pick("linear", "cubic"),
        sharpen=d.between(0.2, 0.9) if d.chance(0.3) else 0.0,
    )
    return ForgeryParams(
        family="swap",
        method="part" if part else "whole",
        seed=d.seed(),
        mask=mask,
        appearance=look,
        match=d.between(0.5, 1.0) if d.chance(0.75 + 0.2 * difficulty) else d.between(0.0, 0.4),
        fit="affine" if d.chance(0.6) else "similarity",
        residual=d.between(0.5, 1.0) if d.chance(0.5) else 0.0,
    )


def forge(
    image: Pixels, landmarks: Points, params: ForgeryParams, other: tuple[Pixels, Points] | None = None
) -> Forgery:
    """Fit `other` = (uint8 (h, w, 3), landmarks (478, 2)) into the face.

    Raises:
        BadRequest: no other face was given.
    """
    if other is None:
        raise BadRequest("A face swap needs a second face.", "forge(..., other=None) with family swap")
    size = size_of(image)
    length = extent(landmarks)
    goal = dlib68(landmarks)
    matrix = fit_matrix(dlib68(other[1]), goal, params.fit)
    source = warp_affine(other[0], matrix, size).astype(np.float32)
    points = transform(other[1], matrix)
    if params.residual > 0:
        here = dlib68(points)
        field = control_field(here, params.residual * (goal - here), 0.065 * length, size, rest=0.1)
        source = move_by_field(source, field)
        points = points + sample_field(field, points)
    inside = hull_mask("oval", points, size) * hull_mask("inner", landmarks, size)
    source = match_statistics(source, image, inside, params.match)
    source = change_look(source, params.appearance, length, params.seed)
    return compose(image, source, landmarks, params, within=points)
