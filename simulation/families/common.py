"""What the families share: drawing small numbers, blending with a truth mask, naming the artifacts."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from simulation.hulls import blend_mask, covered_regions, size_of
from simulation.records import Appearance, Forgery, ForgeryParams

Image = NDArray[Any]
Pixels = NDArray[Any]
Points = NDArray[Any]

PARTS: tuple[str, ...] = (
    "face.lower.mouth.mouth",
    "face.middle.nose.nose",
    "face.upper.eyes.left_eye",
    "face.upper.eyes.right_eye",
    "face.upper.brows.left_brow",
    "face.upper.brows.right_brow",
)
AREAS: tuple[str, ...] = (
    *PARTS,
    "face.upper.forehead.forehead",
    "face.middle.cheeks.left_cheek",
    "face.middle.cheeks.right_cheek",
    "face.lower.chin.chin",
    "face.lower.jaws.left_jaw",
    "face.lower.jaws.right_jaw",
)


@dataclass
class Draw:
    """Short-hands for drawing plain Python numbers from one generator."""

    rng: np.random.Generator

    def between(self, low: float, high: float) -> float:
        """Uniform number, rounded to 5 decimals so that a record reads well."""
        return round(float(self.rng.uniform(low, high)), 5)

    def signed(self, low: float, high: float) -> float:
        """Uniform magnitude with a random sign."""
        return self.between(low, high) * (1.0 if self.rng.random() < 0.5 else -1.0)

    def chance(self, p: float) -> bool:
        """True with probability p."""
        return bool(self.rng.random() < p)

    def pick(self, *options: Any, p: tuple[float, ...] | None = None) -> Any:
        """One of the options, with probabilities p."""
        return options[int(self.rng.choice(len(options), p=p))]

    def some(self, options: tuple[str, ...], least: int, most: int) -> tuple[str, ...]:
        """Between least and most different options, in registry order."""
        count = int(self.rng.integers(least, most + 1))
        chosen = self.rng.permutation(len(options))[:count]
        return tuple(options[i] for i in sorted(chosen.tolist()))

    def seed(self) -> int:
        """A seed for the record."""
        return int(self.rng.integers(2**31))

    def rgb(self, limit: float) -> tuple[float, float, float]:
        """Shift of the three channels within +-limit grey levels."""
        return (self.between(-limit, limit), self.between(-limit, limit), self.between(-limit, limit))


def blend_ratio(draw: Draw, ratios: tuple[float, ...], difficulty: float) -> float:
    """A ratio of the preset, at least 1 - difficulty (the curriculum)."""
    return max(float(draw.pick(*ratios)), round(1.0 - difficulty, 3))


def compose(
    target: Pixels,
    source: Image,
    landmarks: Points,
    params: ForgeryParams,
    hull_points: Points | None = None,
    within: Points | None = None,
) -> Forgery:
    """Blend the source into the target and put the truth next to it.

    Args:
        target: uint8 (H, W, 3), also the real member of the pair.
        source: float32 (H, W, 3) in grey levels, aligned with the target.
        landmarks: (478, 2) of the resulting face.
        hull_points: landmarks that the mask is built on, when they differ.
        within: landmarks of the pasted face; nothing outside its hull is blended in.
    """
    points = landmarks if hull_points is None else hull_points
    mask = blend_mask(params.mask, points, size_of(target), params.seed, within)
    if params.mask.seam == "poisson" and _fits_poisson(mask):
        image, mask = _poisson(target, source, mask)
        if params.mask.ratio < 1:
            mixed = target + np.float32(params.mask.ratio) * (image.astype(np.float32) - target)
            image = np.rint(mixed).astype(np.uint8)
    else:
        alpha = (mask * np.float32(params.mask.ratio))[..., None]
        base = target.astype(np.float32)
        image = np.clip(np.rint(base + alpha * (source - base)), 0, 255).astype(np.uint8)
    kinds = artifact_kinds(params)
    return Forgery(image, target, mask, covered_regions(mask, landmarks), kinds, params, landmarks)


def _fits_poisson(mask: Image) -> bool:
    inside = mask > 0.5
    return int(inside.sum()) > 200


def _poisson(target: Pixels, source: Image, mask: Image) -> tuple[Pixels, Image]:
    """Gradient-domain cloning inside mask > 0.5; returns the picture and the mask really used."""
    binary = ((mask > 0.5) * 255).astype(np.uint8)
    binary[:2], binary[-2:], binary[:, :2], binary[:, -2:] = 0, 0, 0, 0
    x, y, w, h = cv2.boundingRect(binary)
    patch = np.clip(np.rint(source), 0, 255).astype(np.uint8)
    # OpenCV writes into the mask that it is given, so it gets a copy; and it solves over the mask's whole box, which
    # moves grey levels beside the mask a little, so what it made is blended in by the mask that is reported.
    cloned = cv2.seamlessClone(patch, target, binary.copy(), (x + w // 2, y + h // 2), cv2.NORMAL_CLONE)
    used = cv2.GaussianBlur(binary, (0, 0), 1.0).astype(np.float32) / 255.0
    base = target.astype(np.float32)
    return np.rint(base + used[..., None] * (cloned - base)).astype(np.uint8), used


def artifact_kinds(params: ForgeryParams) -> tuple[str, ...]:
    """Artifact words that follow from the parameters, the most telling first."""
    look, mask = params.appearance, params.mask
    kinds: list[str] = [params.attribute] if params.attribute else []
    first = {"self_blend": "blend", "region_blend": "blend", "swap": "swap"}.get(params.family)
    softer = look.resolution <= 0.75 or look.blur >= 0.6 or look.denoise >= 0.4
    crisper = look.sharpen >= 0.4 and look.resolution > 0.6
    kinds += [first] if first and first not in kinds else []
    kinds += ["warp"] if params.warps else []
    kinds += [{False: "smoother", True: "sharper"}[params.on_target]] if softer and not crisper else []
    kinds += [{False: "sharper", True: "smoother"}[params.on_target]] if crisper else []
    colour = max(map(abs, look.shift)) >= 8 or abs(look.gain - 1) >= 0.05 or abs(look.saturation) >= 0.12
    if colour or abs(look.value) >= 0.08 or (params.family == "swap" and params.match < 0.5):
        kinds.append("colour_shift")
    kinds += ["noise"] if look.grain >= 3 else []
    kinds += ["seam"] if mask.seam == "feather" and mask.feather <= 0.008 else []
    return tuple(dict.fromkeys(kinds)) or ("blend",)


def mean_change(forgery: Forgery) -> float:
    """Mean absolute change in grey levels where the mask exceeds 0.3; 0 for an empty mask."""
    inside = forgery.mask > 0.3
    if not inside.any():
        return 0.0
    return float(cv2.absdiff(forgery.image, forgery.real)[inside].mean())


def face_centre(landmarks: Points) -> Points:
    """Centre of the landmark box."""
    return (landmarks.min(axis=0) + landmarks.max(axis=0)) / 2


def soft_look(draw: Draw, low: float, high: float) -> Appearance:
    """The look of a re-rendered area: resolution within [low, high], some smoothing, often sharpened, a slight tint."""
    tint = draw.chance(0.4)
    return Appearance(
        shift=draw.rgb(7) if tint else (0.0, 0.0, 0.0),
        gain=draw.between(0.94, 1.06) if tint else 1.0,
        contrast=draw.between(0.9, 1.08) if draw.chance(0.3) else 1.0,
        denoise=draw.between(0.2, 1.0) if draw.chance(0.55) else 0.0,
        resolution=draw.between(low, high),
        up=draw.pick("linear", "cubic"),
        blur=draw.between(0.2, 1.1) if draw.chance(0.4) else 0.0,
        sharpen=draw.between(0.2, 1.2) if draw.chance(0.55) else 0.0,
        checker=draw.between(0.8, 2.5) if draw.chance(0.12) else 0.0,
        grain=draw.between(1.0, 4.0) if draw.chance(0.1) else 0.0,
    )
