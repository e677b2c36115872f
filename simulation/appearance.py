"""Changes of look: colour, resolution, smoothing, sharpening, grain. All on uint8 or float32 RGB in grey levels."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from simulation.records import Appearance

Image = NDArray[Any]
_DOWN = {"area": cv2.INTER_AREA, "linear": cv2.INTER_LINEAR, "nearest": cv2.INTER_NEAREST}
_UP = {"linear": cv2.INTER_LINEAR, "cubic": cv2.INTER_CUBIC}
_REFERENCE_EXTENT = 150.0


def change_look(image: NDArray, look: Appearance, extent_px: float, seed: int) -> Image:
    """Apply `look` to RGB (H, W, 3) in grey levels; returns float32, not clipped.

    Args:
        extent_px: face extent in pixels; blur is stated for an extent of 150 px.
        seed: of the grain.
    """
    out = image.astype(np.float32)
    out = _colour(out, look)
    if look.denoise > 0:
        clipped = np.clip(out, 0, 255).astype(np.uint8)
        smooth = cv2.bilateralFilter(clipped, 5, 15 + 45 * look.denoise, 1.0 + 2.0 * look.denoise)
        out += (smooth.astype(np.float32) - clipped) * min(0.5 + look.denoise, 1.0)
    if look.resolution < 1:
        out = lower_resolution(out, look.resolution, look.down, look.up)
    if look.blur > 0:
        out = cv2.GaussianBlur(out, (0, 0), max(look.blur * extent_px / _REFERENCE_EXTENT, 0.2))
    if look.sharpen > 0:
        out += look.sharpen * (out - cv2.GaussianBlur(out, (0, 0), 1.2))
    if look.checker > 0:
        out[::2, ::2] += look.checker
        out[1::2, 1::2] -= look.checker
    if look.grain > 0:
        out += grain(np.random.default_rng(seed), (out.shape[0], out.shape[1]), look.grain)
    return out


def lower_resolution(image: Image, factor: float, down: str = "area", up: str = "linear") -> Image:
    """Shrink to `factor` of the size and enlarge again."""
    h, w = image.shape[:2]
    small = (max(int(round(w * factor)), 4), max(int(round(h * factor)), 4))
    return cv2.resize(cv2.resize(image, small, interpolation=_DOWN[down]), (w, h), interpolation=_UP[up])


def grain(rng: np.random.Generator, size: tuple[int, int], sigma: float) -> Image:
    """Grain (H, W, 3): two thirds common to all channels, one third per channel."""
    common = rng.standard_normal((*size, 1), np.float32)
    own = rng.standard_normal((*size, 3), np.float32)
    return sigma * (0.8 * common + 0.6 * own)


def match_statistics(source: Image, target: Image, mask: Image, strength: float) -> Image:
    """Move the LAB mean and deviation of `source` inside the mask towards those of `target`.

    Args:
        strength: 0 leaves the source, 1 matches fully. Deviations change by a factor of 0.6 to 1.6 at most.
    """
    inside = (mask > 0.5).astype(np.uint8)
    if strength <= 0 or int(inside.sum()) < 16:
        return source
    lab = cv2.cvtColor(np.clip(source, 0, 255) / np.float32(255), cv2.COLOR_RGB2LAB)
    goal = cv2.cvtColor(np.clip(target, 0, 255) / np.float32(255), cv2.COLOR_RGB2LAB)
    mean_s, std_s = (v[:, 0] for v in cv2.meanStdDev(lab, mask=inside))
    mean_t, std_t = (v[:, 0] for v in cv2.meanStdDev(goal, mask=inside))
    factor = 1 + strength * (np.clip(std_t / np.maximum(std_s, 1e-3), 0.6, 1.6) - 1)
    offset = mean_s + strength * (mean_t - mean_s) - mean_s * factor
    moved = (lab * factor.astype(np.float32) + offset.astype(np.float32)).astype(np.float32)
    return cv2.cvtColor(moved, cv2.COLOR_LAB2RGB) * np.float32(255)


def _colour(image: Image, look: Appearance) -> Image:
    out = image
    if look.hue or look.saturation or look.value:
        hsv = cv2.cvtColor(np.clip(out, 0, 255) / np.float32(255), cv2.COLOR_RGB2HSV)
        hsv[..., 0] = (hsv[..., 0] + look.hue) % 360
        hsv[..., 1:] *= np.array([1 + look.saturation, 1 + look.value], np.float32)
        out = cv2.cvtColor(np.clip(hsv, 0, (360, 1, 1)).astype(np.float32), cv2.COLOR_HSV2RGB) * np.float32(255)
    if look.gain != 1 or look.contrast != 1:
        mean = float(out.mean())
        out = (out - mean) * look.contrast + mean * look.gain
    if any(look.shift):
        out = out + np.asarray(look.shift, np.float32)
    return out.astype(np.float32)
