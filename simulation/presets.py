"""What forgeries and degradations are drawn from: the training preset and the frozen evaluation preset EVAL_V1."""

from dataclasses import dataclass, replace

from simulation.records import Family, digest_of


@dataclass(frozen=True)
class DegradationPreset:
    """Limits of the degradations.

    Attributes:
        codec_shares: shares of H.264, JPEG and none.
        curriculum: widen limits and probability with difficulty; otherwise always the full ones.
        probability_easiest: probability of any codec at difficulty 0 (1 at difficulty 1).
        crf: lowest and highest CRF; crf_easiest the highest at difficulty 0.
        jpeg: lowest and highest quality; jpeg_easiest the lowest at difficulty 0.
        motion: share of H.264 frames predicted from a moved frame before them.
        recolour, resize, noise, chroma: probabilities; resolution: the smallest kept one.
    """

    codec_shares: tuple[float, float, float] = (0.45, 0.35, 0.20)
    curriculum: bool = True
    probability_easiest: float = 0.15
    crf: tuple[int, int] = (14, 40)
    crf_easiest: int = 20
    jpeg: tuple[int, int] = (35, 98)
    jpeg_easiest: int = 85
    motion: float = 0.5
    recolour: float = 0.5
    resize: float = 0.15
    resolution: float = 0.5
    noise: float = 0.12
    chroma: float = 0.03


@dataclass(frozen=True)
class Preset:
    """How pairs are made.

    Attributes:
        shares: of the families, summing to 1.
        ratios: blend ratios drawn from; the curriculum raises them to at least 1 - difficulty.
        margin: of the crop, times L; jitter: of its centre, fraction of its side.
        flip, pre_shrink: probabilities; pre_shrink_to: smallest resolution kept before forging.
        degradation: limits of the shared degradation.
        min_change: least mean change in grey levels inside the mask, before degradation.
    """

    name: str
    shares: tuple[tuple[Family, float], ...]
    ratios: tuple[float, ...] = (0.25, 0.5, 0.75, 1.0, 1.0, 1.0)
    curriculum: bool = True
    margin: tuple[float, float] = (1.15, 1.45)
    jitter: float = 0.04
    flip: float = 0.5
    pre_shrink: float = 0.3
    pre_shrink_to: float = 0.4
    degradation: DegradationPreset = DegradationPreset()
    min_change: float = 1.8

    def digest(self) -> str:
        """SHA-256 over all parameters."""
        return digest_of(self)


TRAIN = Preset(
    name="train",
    shares=(("self_blend", 0.25), ("swap", 0.18), ("resynthesis", 0.10), ("local_edit", 0.21), ("region_blend", 0.26)),
)

TRAIN_WORN = replace(
    TRAIN, name="train-worn", degradation=replace(TRAIN.degradation, resize=0.3, resolution=0.35, noise=0.3)
)
"""The same with twice as many pictures that lost resolution, and more of it, and more than twice as many noisy ones."""

EVAL_V1 = Preset(
    name="eval-v1",
    shares=(("self_blend", 0.2), ("swap", 0.2), ("resynthesis", 0.2), ("local_edit", 0.2), ("region_blend", 0.2)),
    curriculum=False,
    margin=(1.3, 1.3),
    jitter=0.0,
    flip=0.0,
    pre_shrink=0.0,
    degradation=DegradationPreset(
        codec_shares=(1 / 3, 1 / 3, 1 / 3),
        curriculum=False,
        probability_easiest=1.0,
        crf=(18, 35),
        crf_easiest=35,
        jpeg=(40, 100),
        jpeg_easiest=40,
        recolour=0.0,
        resize=0.0,
        noise=0.0,
        chroma=0.0,
    ),
)
EVAL_SEED = 20251
