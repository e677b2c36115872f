"""From masks to what the heads learn (sheet §3.4-5, §4, §5): boundary, patches, cutout, derivative, soft labels."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from simulation.video_records import ClipTargets, Cutout

Array = NDArray[np.float32]
PatchPool = Literal["max", "mean"]
Normalisation = Literal["standard", "minmax", "gaussian"]
RealTarget = Literal["fake_statistics", "zero"]


def boundary(masks: Array) -> Array:
    """B = 4 M (1 - M), in [0, 1], any shape; 1 where a mask is half blended."""
    return (4 * masks * (1 - masks)).astype(np.float32)


def to_patches(values: Array, grid: int, pool: PatchPool = "max") -> Array:
    """(T, H, W) -> (T, g, g): the largest (paper) or mean value of each cell; H and W need not divide evenly."""
    t, h, w = values.shape
    out = np.empty((t, grid, grid), np.float32)
    for row in range(grid):
        y0, y1 = row * h // grid, -(-(row + 1) * h // grid)
        for column in range(grid):
            x0, x1 = column * w // grid, -(-(column + 1) * w // grid)
            cell = values[:, y0:y1, x0:x1]
            out[:, row, column] = cell.max(axis=(1, 2)) if pool == "max" else cell.mean(axis=(1, 2))
    return out


def draw_cutout(
    rng: np.random.Generator,
    first: Array,
    probability: float = 0.5,
    limits: tuple[float, float] = (0.5, 1.0),
    most: float = 1.0,
    extra: float = 0.01,
) -> Cutout:
    """Draw vulnerability-driven cutout: cells of frame 0 above a threshold from U(limits], and a few random ones.

    Args:
        first: (g, g) patch vulnerability of frame 0.
        probability: of any cutout; limits: of the threshold.
        most: largest share of all cells taken for their vulnerability; where there are more, a random part is taken.
        extra: share of cells (rounded up) taken at random, so that a blank cell does not tell a boundary.
    """
    if rng.random() >= probability:
        return Cutout()
    low, high = limits
    threshold = round(high - float(rng.random()) * (high - low), 5)  # in (low, high]
    strong = np.argwhere(first > threshold)
    allowed = int(most * first.size)
    if len(strong) > allowed:
        strong = strong[rng.permutation(len(strong))[:allowed]]
    cells = {(int(y), int(x)) for y, x in strong}
    count = int(np.ceil(extra * first.size))
    picked = rng.choice(first.size, count, replace=False) if count else np.zeros(0, int)
    cells |= {(int(i) // first.shape[1], int(i) % first.shape[1]) for i in picked}
    return Cutout(threshold, tuple(sorted(cells)))


def keep_matrix(cutout: Cutout, grid: int) -> Array:
    """(g, g): 0 where a cell is blanked, else 1."""
    keep = np.ones((grid, grid), np.float32)
    for row, column in cutout.cells:
        keep[row, column] = 0
    return keep


def apply_cutout(frames: NDArray[np.uint8], cutout: Cutout, grid: int) -> NDArray[np.uint8]:
    """Blacken the same cells in all frames (T, S, S, 3); a copy."""
    out = frames.copy()
    h, w = frames.shape[1:3]
    for row, column in cutout.cells:
        y0, y1 = row * h // grid, -(-(row + 1) * h // grid)
        out[:, y0:y1, column * w // grid : -(-(column + 1) * w // grid)] = 0
    return out


def derivative(patches: Array) -> Array:
    """D(0) = 0, D(t) = |B(t) - B(t-1)|; (T, g, g) -> (T, g, g)."""
    out = np.zeros_like(patches)
    out[1:] = np.abs(np.diff(patches, axis=0))
    return out


def normalise(
    change: Array, how: Normalisation = "standard", real: RealTarget = "fake_statistics"
) -> tuple[Array, Array]:
    """Normalised derivative of the fake clip and the target of its real partner, both (T, g, g).

    Args:
        change: (T, g, g) of `derivative`; frame 0 has none and stays 0 in both.
        how: "standard" = (D - mean) / std over frames 1 on (all 0 when std is 0), "minmax" = to [0, 1], "gaussian" =
            unnormalised, smoothed in time and place (the paper's alternatives; the width 1 is ours).
        real: "fake_statistics" gives the real clip's D = 0 the same normalisation, so that "no change" is the same
            number in both members (released code); "zero" gives it 0.
    """
    fake, none = np.zeros_like(change), np.zeros_like(change)
    moving = change[1:]
    if how == "standard":
        mean, std = float(moving.mean()), float(moving.std())
        if std > 1e-6:
            fake[1:] = (moving - mean) / std
            none[1:] = -mean / std
    elif how == "minmax":
        low, high = float(moving.min()), float(moving.max())
        if high - low > 1e-6:
            fake[1:] = (moving - low) / (high - low)
            none[1:] = -low / (high - low)
    else:
        fake = gaussian_filter(change, 1.0, mode="constant").astype(np.float32)
        fake[0] = 0
    return fake, none if real == "fake_statistics" else np.zeros_like(change)


def soft_labels(patches: Array) -> Array:
    """(T, g, g) -> (T,): the most vulnerable patch left in each frame."""
    return patches.max(axis=(1, 2)).astype(np.float32)


def clip_targets(
    patches: Array,
    cutout: Cutout,
    how: Normalisation = "standard",
    real: RealTarget = "fake_statistics",
) -> ClipTargets:
    """All targets of a pair.

    Args:
        patches: (T, g, g) patch vulnerability of the fake before cutout.
        cutout: its cells are removed from the vulnerability first.
    """
    keep = keep_matrix(cutout, patches.shape[1])
    left = patches * keep
    fake, other = normalise(derivative(left), how, real)
    return ClipTargets(left, fake, other, soft_labels(left), keep)
