"""Draw a forgery's parameters and make it. The same record, picture and other face give the same pixels."""

import numpy as np
from numpy.typing import ArrayLike

from simulation.families import local_edit, region_blend, resynthesis, self_blend, swap
from simulation.families.common import Draw, Pixels, mean_change
from simulation.records import Family, Forgery, ForgeryParams

__all__ = ["draw_params", "forge", "mean_change"]

_ROOMS = {
    "self_blend": self_blend,
    "swap": swap,
    "resynthesis": resynthesis,
    "local_edit": local_edit,
    "region_blend": region_blend,
}
_RATIOS = (0.25, 0.5, 0.75, 1.0, 1.0, 1.0)


def draw_params(
    rng: np.random.Generator,
    family: Family,
    difficulty: float,
    landmarks: ArrayLike,
    ratios: tuple[float, ...] = _RATIOS,
) -> ForgeryParams:
    """Draw the parameters of one forgery.

    Args:
        difficulty: 0 = strong and clear, 1 = the hardest setting.
        landmarks: (478, 2) of the face in pixels of the picture to be forged.
        ratios: blend ratios drawn from.
    """
    if not 0.0 <= difficulty <= 1.0:
        raise ValueError(f"difficulty must be in [0, 1], got {difficulty}")
    return _ROOMS[family].draw(Draw(rng), difficulty, np.asarray(landmarks, np.float32), ratios)


def forge(
    image: Pixels,
    landmarks: ArrayLike,
    params: ForgeryParams,
    other: tuple[Pixels, ArrayLike] | None = None,
) -> Forgery:
    """Make the forgery that `params` describes.

    Args:
        image: uint8 (H, W, 3) RGB with one face.
        landmarks: (478, 2) in its pixels.
        other: picture and landmarks of another person, needed by family "swap".
    """
    second = None if other is None else (other[0], np.asarray(other[1], np.float32))
    return _ROOMS[params.family].forge(image, np.asarray(landmarks, np.float32), params, second)
