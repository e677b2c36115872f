"""What forged clips are drawn from: the training preset, the paper's, and EVAL_VIDEO_V1, which is frozen."""

import dataclasses
from dataclasses import dataclass

from simulation.records import FAMILIES, Family, digest_of
from simulation.video_records import EVAL_FAULTS, TRAIN_FAULTS, TemporalKind
from simulation.video_targets import Normalisation, PatchPool, RealTarget


@dataclass(frozen=True)
class VideoPreset:
    """How clip pairs are made.

    Attributes:
        families: shares of the families in each frame, summing to 1; faults: kinds of forgeries in motion.
        motion_only, both: shares of clips forged in motion only, and in both ways.
        consistent, tau, step: parts of self-blended video (sheet §3).
        stride: fewest and most 1/25 s between frames; repeat: probability that a real player's repeats and gaps show.
        margin, jitter, flip: of the crop; ratios, curriculum: as in the photos' preset.
        liveliness: range for animated photos.
        min_change, min_motion: least change in grey levels, in a frame and from frame to frame.
        pool, normalise, real_target: of the targets.
        cutout: its probability; cutout_limits: of its threshold; cutout_most: largest share of cells it takes.
        recolour: probability of a colour change; noise, resize: of sensor noise and of a lower resolution.
        compress: probability of H.264; crf: its range, crf_easiest the highest at difficulty 0; lead: most frames
            coded before the clip.
    """

    name: str
    families: tuple[tuple[Family, float], ...]
    faults: tuple[TemporalKind, ...] = TRAIN_FAULTS
    motion_only: float = 0.25
    both: float = 0.15
    consistent: bool = True
    tau: float = 0.35
    step: float = 0.2
    stride: tuple[int, int] = (1, 3)
    repeat: float = 0.15
    margin: tuple[float, float] = (1.15, 1.45)
    jitter: float = 0.04
    flip: float = 0.5
    ratios: tuple[float, ...] = (0.25, 0.5, 0.75, 1.0, 1.0, 1.0)
    curriculum: bool = True
    liveliness: tuple[float, float] = (0.2, 1.0)
    min_change: float = 1.8
    min_motion: float = 1.0
    pool: PatchPool = "max"
    normalise: Normalisation = "standard"
    real_target: RealTarget = "fake_statistics"
    cutout: float = 0.5
    cutout_limits: tuple[float, float] = (0.5, 1.0)
    cutout_most: float = 1.0
    recolour: float = 0.5
    noise: float = 0.15
    resize: float = 0.2
    compress: float = 0.8
    crf: tuple[int, int] = (14, 38)
    crf_easiest: int = 23
    lead: int = 3

    def digest(self) -> str:
        """SHA-256 over all parameters."""
        return digest_of(self)


_ALL: tuple[tuple[Family, float], ...] = (
    ("self_blend", 0.4), ("swap", 0.18), ("resynthesis", 0.14), ("local_edit", 0.16), ("region_blend", 0.12),
)  # fmt: skip
TRAIN_VIDEO = VideoPreset(name="train-video", families=_ALL, motion_only=0.35, cutout=0.15)

# The paper's data: self-blends only, compressed not at all or at one CRF (c0, c23, c40).
SELF_BLENDED = VideoPreset(
    name="self-blended-video",
    families=(("self_blend", 1.0),),
    faults=(),
    motion_only=0.0,
    both=0.0,
    stride=(1, 1),
    repeat=0.0,
    curriculum=False,
    compress=0.0,
)


def compressed(preset: VideoPreset, crf: int) -> VideoPreset:
    """The preset with every clip coded at one CRF; 0 means not coded."""
    name = f"{preset.name}-c{crf}"
    if crf == 0:
        return dataclasses.replace(preset, name=name, compress=0.0)
    return dataclasses.replace(preset, name=name, compress=1.0, crf=(crf, crf), crf_easiest=crf)


EVAL_VIDEO_V1 = VideoPreset(
    name="eval-video-v1",
    families=tuple((family, 1 / len(FAMILIES)) for family in FAMILIES),
    faults=EVAL_FAULTS,
    motion_only=len(EVAL_FAULTS) / (len(FAMILIES) + len(EVAL_FAULTS)),
    both=0.0,
    stride=(1, 2),
    repeat=0.25,
    margin=(1.3, 1.3),
    jitter=0.0,
    flip=0.0,
    curriculum=False,
    liveliness=(0.5, 1.0),
    cutout=0.0,
    recolour=0.0,
    noise=0.0,
    resize=0.0,
    compress=0.75,
    crf=(18, 35),
    crf_easiest=35,
)
EVAL_VIDEO_SEED = 20254
