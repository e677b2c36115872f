"""The records of simulated clips. Same record and same input, same pixels.

Lengths are fractions of the face extent L, times are seconds, unless a docstring says otherwise. T frames a clip.
"""

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from simulation.records import Appearance, DegradeParams, ForgeryParams, MaskShape, Warp

TemporalKind = Literal[
    "mouth_motion",
    "flicker",
    "jitter",
    "identity_drift",
    "frame_drop",
    "frozen_eyes",
    "reversed_mouth",
    "texture_swim",
    "breathing",
]
TRAIN_FAULTS: tuple[TemporalKind, ...] = ("mouth_motion", "flicker", "jitter", "identity_drift", "frame_drop")
EVAL_FAULTS: tuple[TemporalKind, ...] = ("frozen_eyes", "reversed_mouth", "texture_swim", "breathing")
# What a sentence may say about each kind.
FAULT_WORDS: dict[TemporalKind, str] = {
    "mouth_motion": "the mouth moves unlike the rest of the face",
    "flicker": "the face flickers in brightness or colour",
    "jitter": "the face trembles against the head",
    "identity_drift": "the face slowly changes into another",
    "frame_drop": "the face stands still while the head moves on",
    "frozen_eyes": "the eyes stand still while the head moves on",
    "reversed_mouth": "the mouth moves backwards in time",
    "texture_swim": "the skin's texture swims over the face",
    "breathing": "the face swells and shrinks",
}


@dataclass(frozen=True, eq=False)
class Clip:
    """Consecutive frames of one face. frames uint8 (T, H, W, 3) RGB, landmarks (T, 478, 2) float32 in their pixels.

    `animated` says that a photo was set in motion.
    """

    frames: NDArray[np.uint8]
    landmarks: NDArray[np.float32]
    name: str
    person: str = ""
    animated: bool = False

    def __post_init__(self) -> None:
        if self.frames.ndim != 4 or self.frames.dtype != np.uint8 or self.frames.shape[3] != 3:
            raise ValueError(f"a clip is uint8 (T, H, W, 3), got {self.frames.dtype} {self.frames.shape}")
        if self.landmarks.shape != (len(self.frames), 478, 2):
            raise ValueError(f"landmarks must be ({len(self.frames)}, 478, 2), got {self.landmarks.shape}")


@dataclass(frozen=True)
class Wave:
    """One smooth motion: amplitude * sin(2 pi (t / period + phase))."""

    amplitude: float
    period: float
    phase: float

    def at(self, seconds: float) -> float:
        """Value at a time."""
        return float(self.amplitude * np.sin(2 * np.pi * (seconds / self.period + self.phase)))


@dataclass(frozen=True)
class AnimationParams:
    """How a photo is set in motion.

    Attributes:
        yaw, pitch, roll: of the head, degrees; dx, dy, zoom: of the camera, fractions of L and of 1.
        gain: of the light, fraction; side: of light that wanders across the face, fraction at the face's edge.
        expressions: (action of simulation/expressions.py, its wave).
        step: seconds between frames.
    """

    yaw: Wave
    pitch: Wave
    roll: Wave
    dx: Wave
    dy: Wave
    zoom: Wave
    gain: Wave
    side: Wave
    expressions: tuple[tuple[str, Wave], ...] = ()
    step: float = 0.04


@dataclass(frozen=True)
class TemporalFault:
    """A forgery that shows in motion, each frame of which looks plausible alone.

    Attributes:
        kind: its name; values: plain numbers a frame, what they mean is said beside each kind in video_temporal.py.
        mask: where; seed: of the mask's elastic change.
        warps: change of shape at full strength (identity_drift).
    """

    kind: TemporalKind
    seed: int
    mask: MaskShape
    values: tuple[tuple[float, ...], ...]
    warps: tuple[Warp, ...] = ()


@dataclass(frozen=True)
class ClipParams:
    """Everything that decides a forged clip.

    Attributes:
        spatial: () for a forgery in motion only, one record for the whole clip (the paper's consistent synthesis), or
            one a frame (its ablation).
        faults: forgeries in motion, applied in this order.
        tau, step: of the landmark re-interpolation (sheet §3.2) for blends of a face with itself; tau 0 = none.
    """

    spatial: tuple[ForgeryParams, ...] = ()
    faults: tuple[TemporalFault, ...] = ()
    tau: float = 0.35
    step: float = 0.2

    def as_dict(self) -> dict[str, Any]:
        """Plain dictionary for JSON."""
        return dataclasses.asdict(self)


@dataclass(frozen=True)
class ClipAugment:
    """One draw for both members of a pair and all their frames.

    Attributes:
        order: which frames are shown, in order: repeats and gaps are what real players do.
        look: change of colour.
        degradation: resolution, noise and H.264 (codec "none" or "h264").
        lead: frames coded before the first, so that a clip need not begin at a key frame.
        early: degrade at the working size instead of the final one.
    """

    order: tuple[int, ...]
    look: Appearance = Appearance()
    degradation: DegradeParams = DegradeParams()
    lead: int = 0
    early: bool = True


@dataclass(frozen=True)
class Cutout:
    """Cells (row, column) blanked in all frames of both members; threshold is the tau_c they came from."""

    threshold: float = 1.0
    cells: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, eq=False)
class ClipForgery:
    """A forged clip and its truth.

    Attributes:
        fake, real: uint8 (T, H, W, 3); real is the input or the transformed target of a self-blend.
        masks: float32 (T, H, W) in [0, 1], unscaled by any blend ratio.
        landmarks: (T, 478, 2) of the forged face.
        regions: ids covered; kinds: names of faults, then artifact words.
    """

    fake: NDArray[np.uint8]
    real: NDArray[np.uint8]
    masks: NDArray[np.float32]
    landmarks: NDArray[np.float32]
    regions: tuple[str, ...]
    kinds: tuple[str, ...]
    params: ClipParams


@dataclass(frozen=True, eq=False)
class ClipTargets:
    """What the heads learn from a pair, on a grid of g x g cells.

    Attributes:
        boundary: (T, g, g) float32 in [0, 1], patch vulnerability of the fake after cutout.
        derivative: (T, g, g) float32, normalised change of it; real_derivative: the same for the real clip.
        soft: (T,) float32, soft label a frame of the fake (the real clip's are 0).
        keep: (g, g) float32, 0 where cutout took a cell away.
    """

    boundary: NDArray[np.float32]
    derivative: NDArray[np.float32]
    real_derivative: NDArray[np.float32]
    soft: NDArray[np.float32]
    keep: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class ClipPair:
    """A real clip and its forgery with the same crop, augmentation and cutout.

    real, fake uint8 (T, S, S, 3); masks float32 (T, S, S); landmarks (T, 478, 2) in pixels of the fake.
    """

    real: NDArray[np.uint8]
    fake: NDArray[np.uint8]
    masks: NDArray[np.float32]
    landmarks: NDArray[np.float32]
    targets: ClipTargets
    regions: tuple[str, ...]
    kinds: tuple[str, ...]
    name: str
    animated: bool
    params: ClipParams
    augment: ClipAugment
    cutout: Cutout

    @property
    def case(self) -> str:
        """Family of the forgery, or the name of the fault when it shows in motion only."""
        return self.params.spatial[0].family if self.params.spatial else self.params.faults[0].kind
