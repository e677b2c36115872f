"""Perturbations of pictures at levels 1 to 5: DeeperForensics-1.0's as they really are, and what networks really do.

Where the published names mislead: "JPEG" is no JPEG but a bilinear downscale by the factor and back (here: pixelation);
"contrast" multiplies all values, so it darkens; "block-wise" paints count * floor(shorter side / 256) blocks, so below
256 px it does nothing. Theirs perturb full frames, FakeSTormer stored 256 px crops; ours whatever is given (the caller
states which). Values are clipped before rounding (theirs may wrap around in saturation). Noise and blocks are random,
from the generator given.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from media.errors import BadRequest
from simulation.degrade import degrade
from simulation.records import DegradeParams

Pixels = NDArray[np.uint8]
LEVELS = (1, 2, 3, 4, 5)
BLOCK_SIDE, BLOCK_UNIT, GREY = 8, 256, 128


def saturation(image: Pixels, factor: float, rng: np.random.Generator) -> Pixels:
    """Chroma in YCbCr, distance from its middle times the factor; 0 leaves grey."""
    ycc = cv2.cvtColor(image.astype(np.float32) / 255, cv2.COLOR_RGB2YCrCb)
    ycc[..., 1:] = 0.5 + (ycc[..., 1:] - 0.5) * factor
    return _from_ycc(ycc)


def contrast(image: Pixels, gain: float, rng: np.random.Generator) -> Pixels:
    """All values times the gain (really darkening)."""
    return _rounded(image * np.float32(gain))


def block_wise(image: Pixels, count: int, rng: np.random.Generator) -> Pixels:
    """Grey 8 x 8 blocks at random places: count times floor(shorter side / 256) of them, so none below 256 px."""
    out = image.copy()
    height, width = image.shape[:2]
    for _ in range(count * (min(height, width) // BLOCK_UNIT)):
        y, x = int(rng.integers(height - BLOCK_SIDE + 1)), int(rng.integers(width - BLOCK_SIDE + 1))
        out[y : y + BLOCK_SIDE, x : x + BLOCK_SIDE] = GREY
    return out


def noise(image: Pixels, variance: float, rng: np.random.Generator) -> Pixels:
    """White noise of this variance on Y, Cb and Cr in [0, 1] (full range)."""
    ycc = cv2.cvtColor(image.astype(np.float32) / 255, cv2.COLOR_RGB2YCrCb)
    return _from_ycc(ycc + rng.normal(0, variance**0.5, ycc.shape).astype(np.float32))


def blur(image: Pixels, kernel: int, rng: np.random.Generator) -> Pixels:
    """Gaussian blur of an odd kernel, sigma = kernel / 6."""
    return np.asarray(cv2.GaussianBlur(image, (kernel, kernel), kernel / 6), np.uint8)


def pixelation(image: Pixels, factor: int, rng: np.random.Generator) -> Pixels:
    """Bilinear downscale by the factor and back."""
    height, width = image.shape[:2]
    small = cv2.resize(image, (max(width // factor, 1), max(height // factor, 1)), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def jpeg(image: Pixels, quality: int, rng: np.random.Generator) -> Pixels:
    """True JPEG."""
    return degrade(image, DegradeParams(codec="jpeg", quality=quality))


def h264(image: Pixels, crf: int, rng: np.random.Generator) -> Pixels:
    """True H.264: the picture coded as a key frame at this CRF."""
    return degrade(image, DegradeParams(codec="h264", quality=crf))


def social_media(image: Pixels, steps: tuple[DegradeParams, ...], rng: np.random.Generator) -> Pixels:
    """What sharing does: made smaller and coded, once at each service that it passes through."""
    for step in steps:
        image = degrade(image, step)
    return image


@dataclass(frozen=True)
class Perturbation:
    """One type: its function, its value at levels 1 to 5, and whether it is one of the six of DeeperForensics-1.0."""

    apply: Callable[[Pixels, Any, np.random.Generator], Pixels]
    values: tuple[Any, ...]
    published: bool = True


def _shared(*steps: tuple[float, str, int]) -> tuple[DegradeParams, ...]:
    return tuple(DegradeParams(resolution=r, codec=c, quality=q) for r, c, q in steps)  # type: ignore[arg-type]


CHAINS = (
    _shared((0.85, "jpeg", 85), (1.0, "jpeg", 80)),
    _shared((0.75, "jpeg", 80), (1.0, "jpeg", 75)),
    _shared((0.65, "jpeg", 75), (0.9, "jpeg", 70)),
    _shared((0.55, "jpeg", 70), (0.85, "h264", 30), (1.0, "jpeg", 65)),
    _shared((0.45, "jpeg", 60), (0.8, "h264", 33), (1.0, "jpeg", 50)),
)
PERTURBATIONS: dict[str, Perturbation] = {
    "saturation": Perturbation(saturation, (0.4, 0.3, 0.2, 0.1, 0.0)),
    "contrast": Perturbation(contrast, (0.85, 0.725, 0.6, 0.475, 0.35)),
    "block_wise": Perturbation(block_wise, (16, 32, 48, 64, 80)),
    "noise": Perturbation(noise, (0.001, 0.002, 0.005, 0.01, 0.05)),
    "blur": Perturbation(blur, (7, 9, 13, 17, 21)),
    "pixelation": Perturbation(pixelation, (2, 3, 4, 5, 6)),
    "jpeg": Perturbation(jpeg, (90, 75, 60, 45, 30), published=False),
    "h264": Perturbation(h264, (30, 32, 35, 38, 40), published=False),
    "social_media": Perturbation(social_media, CHAINS, published=False),
}


def perturb(image: Pixels, kind: str, level: int, rng: np.random.Generator) -> Pixels:
    """A perturbed copy of an RGB picture uint8 (H, W, 3), H and W even for h264 and social_media.

    Raises:
        BadRequest: an unknown kind or level.
    """
    if kind not in PERTURBATIONS or level not in LEVELS:
        raise BadRequest(f"There is no perturbation {kind!r} at level {level}; known: {', '.join(PERTURBATIONS)}, 1-5.")
    chosen = PERTURBATIONS[kind]
    return chosen.apply(image, chosen.values[level - 1], rng)


def does_nothing(kind: str, side: int) -> bool:
    """Whether a perturbation leaves pictures of this shorter side as they are, at every level."""
    return kind == "block_wise" and side < BLOCK_UNIT


def _from_ycc(ycc: NDArray[Any]) -> Pixels:
    return _rounded(cv2.cvtColor(ycc.astype(np.float32), cv2.COLOR_YCrCb2RGB) * 255)


def _rounded(values: NDArray[Any]) -> Pixels:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)
