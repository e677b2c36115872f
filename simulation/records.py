"""The records of simulated photos: what was drawn, what came out. Same record and same input, same pixels.

Lengths are fractions of the face extent L (longer side of the landmark box) unless a docstring says otherwise.
"""

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Family = Literal["self_blend", "swap", "resynthesis", "local_edit", "region_blend"]
FAMILIES: tuple[Family, ...] = ("self_blend", "swap", "resynthesis", "local_edit", "region_blend")
HullKind = Literal["oval", "extended", "components", "inner", "lower", "lower_box", "regions"]
Seam = Literal["feather", "poisson"]
Codec = Literal["none", "jpeg", "h264"]


@dataclass(frozen=True)
class Appearance:
    """A change of look, applied in this order; the defaults change nothing.

    Attributes:
        shift: added to R, G, B in grey levels.
        hue, saturation, value: HSV shifts in degrees, and as fractions.
        gain, contrast: factors; contrast about the picture's mean.
        denoise: bilateral strength in [0, 1].
        resolution: kept linear resolution in (0, 1]; down and up name the interpolation.
        blur: Gaussian sigma in pixels of a face of 150 px extent.
        sharpen: unsharp amount; grain: sigma of added grain in grey levels.
        checker: amplitude in grey levels of a 2 px up-sampling pattern.
    """

    shift: tuple[float, float, float] = (0.0, 0.0, 0.0)
    hue: float = 0.0
    saturation: float = 0.0
    value: float = 0.0
    gain: float = 1.0
    contrast: float = 1.0
    denoise: float = 0.0
    resolution: float = 1.0
    down: Literal["area", "linear", "nearest"] = "area"
    up: Literal["linear", "cubic"] = "linear"
    blur: float = 0.0
    sharpen: float = 0.0
    grain: float = 0.0
    checker: float = 0.0


@dataclass(frozen=True)
class Geometry:
    """A small affine change about the face centre: shift as fractions of L, factor, degrees."""

    dx: float = 0.0
    dy: float = 0.0
    scale: float = 1.0
    rotation: float = 0.0


def digest_of(record: Any) -> str:
    """SHA-256 over all values of a record of plain values, whatever the order of its fields."""
    return hashlib.sha256(json.dumps(dataclasses.asdict(record), sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class MaskShape:
    """How a hull becomes a blend mask.

    Attributes:
        hull: which hull; "regions" takes the union of `regions`.
        grow: dilation (negative: erosion) of the hull.
        wobble: amplitude of the elastic change; wobble_size: its wavelength.
        erode, feather: sigmas of the inner and outer blur (double blur of SBI §3).
        ratio: blend ratio; it scales the picture's blend, never the reported mask.
        seam: "feather" = alpha blending, "poisson" = gradient-domain cloning.
    """

    hull: HullKind = "oval"
    regions: tuple[str, ...] = ()
    grow: float = 0.0
    wobble: float = 0.0
    wobble_size: float = 0.1
    erode: float = 0.0
    feather: float = 0.02
    ratio: float = 1.0
    seam: Seam = "feather"


@dataclass(frozen=True)
class Warp:
    """A named change of expression or shape (simulation/expressions.py); amount as fraction of L or signed strength."""

    action: str
    amount: float


@dataclass(frozen=True)
class ForgeryParams:
    """Everything that decides a forgery, as plain numbers.

    Attributes:
        family: kind of forgery; method: variant inside the family.
        seed: of the elastic field and the grain.
        mask: the blend mask.
        appearance, on_target: the change of look, and whether the *target* (then also the real sample) gets it.
        geometry: affine change of the source, and of the mask in self-blends.
        warps: changes of expression or shape applied to the source.
        attribute, strength: what a region_blend changes ("blur", "colour", "double_edge", "noise") and how much.
        match: strength of LAB mean and deviation matching (swap); fit: "similarity" or "affine"; residual: share of
            the remaining landmark difference that is warped away.
    """

    family: Family
    method: str
    seed: int
    mask: MaskShape
    appearance: Appearance = Appearance()
    on_target: bool = False
    geometry: Geometry = Geometry()
    warps: tuple[Warp, ...] = ()
    attribute: str = ""
    strength: float = 1.0
    match: float = 0.0
    fit: Literal["similarity", "affine"] = "similarity"
    residual: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """Plain dictionary for JSON."""
        return dataclasses.asdict(self)


@dataclass(frozen=True)
class DegradeParams:
    """One degradation, the same for both members of a pair.

    Attributes:
        resolution: linear resolution kept before the codec, (0, 1].
        gain, shift: brightness factor and per-channel shift in grey levels.
        noise: sensor noise strength in [0, 1]; chroma: chromatic aberration strength in [0, 1].
        codec, quality: JPEG quality 1-100, or H.264 CRF; preset: x264 preset.
        motion: (dx, dy) pixels between the coded frame and the one before it; (0, 0) codes a single key frame.
        seed: of the noise.
    """

    resolution: float = 1.0
    gain: float = 1.0
    shift: tuple[float, float, float] = (0.0, 0.0, 0.0)
    noise: float = 0.0
    chroma: float = 0.0
    codec: Codec = "none"
    quality: int = 0
    preset: str = "veryfast"
    motion: tuple[int, int] = (0, 0)
    seed: int = 0


@dataclass(frozen=True, eq=False)
class Forgery:
    """A forged picture and its truth.

    Attributes:
        image: uint8 (H, W, 3) forged; real: uint8 (H, W, 3) what it is compared with (the input, or the transformed
            target of a self-blend).
        mask: float32 (H, W) in [0, 1], the unscaled blend mask.
        regions: ids of the spoken regions that the mask covers; kinds: artifact words, strongest first.
        landmarks: (478, 2) of the forged face in pixels.
    """

    image: NDArray[np.uint8]
    real: NDArray[np.uint8]
    mask: NDArray[np.float32]
    regions: tuple[str, ...]
    kinds: tuple[str, ...]
    params: ForgeryParams
    landmarks: NDArray[np.float32]

    def __post_init__(self) -> None:
        if self.mask.shape != self.image.shape[:2] or self.image.shape != self.real.shape:
            raise ValueError(f"forgery sizes differ: {self.image.shape}, {self.real.shape}, {self.mask.shape}")


@dataclass(frozen=True, eq=False)
class FaceRecord:
    """One real face photo. pixels uint8 (H, W, 3) RGB, landmarks (478, 2) float32 in its pixels; person may be ''."""

    pixels: NDArray[np.uint8]
    landmarks: NDArray[np.float32]
    name: str
    person: str = ""


@dataclass(frozen=True, eq=False)
class Pair:
    """A real crop and its forgery with the same crop and degradation.

    real, fake uint8 (S, S, 3); mask float32 (S, S); landmarks (478, 2) float32 in crop pixels of the fake.
    """

    real: NDArray[np.uint8]
    fake: NDArray[np.uint8]
    mask: NDArray[np.float32]
    landmarks: NDArray[np.float32]
    regions: tuple[str, ...]
    kinds: tuple[str, ...]
    family: Family
    name: str
    params: ForgeryParams
    degradation: DegradeParams
