"""Everything needed to rebuild a video detector, and its sizes: the paper's base, the shipped one, a tiny one."""

import dataclasses
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self, get_args

from kfd.config import KFDConfig
from media.records import tuples

LABELS = ("real", "fake")
Stem = Literal["patch", "conv", "detector"]
TemporalStart = Literal["first", "random", "zero"]
Pool = Literal["mean", "mean_max"]
IMAGENET_MEAN, IMAGENET_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


@dataclass(frozen=True)
class FakeSTormerConfig:
    """Sizes of the revisited TimeSformer and its heads (sheet §6, §7). The defaults are the paper's base.

    Attributes:
        image_size, patch_size, frames: S and p in pixels, T frames a clip; the grid has g = S / p cells a side.
        dim, depth, heads, mlp_ratio: of the transformer.
        stem: "patch" (one linear map a patch), "conv" (strided 3x3 convolutions) or "detector" (the frame
            detector and measured motion; patch_size 8 or 16, and the detector's size, mean and std).
        detector: sizes of that frame detector.
        shortcut: whether a class logit read straight from the patch tokens is added.
        temporal_start: which blocks begin with random temporal projections: "first" (the others at zero, as in
            TimeSformer, so that image weights keep their meaning), "random" (all), "zero" (none, as upstream).
        drop_path: stochastic depth of the last block; it rises linearly from 0.
        temporal_widths: channels of the temporal head's two convolution blocks.
        head_width, head_dropout: of the spatial and class heads; pool: how the class head joins positions.
        temporal_head, spatial_head: whether these branches exist.
        mean, std: of RGB in [0, 1]; crop_margin: side of the clip's square / face extent.
    """

    image_size: int = 224
    patch_size: int = 16
    frames: int = 4
    dim: int = 768
    depth: int = 12
    heads: int = 12
    mlp_ratio: float = 4.0
    stem: Stem = "patch"
    detector: KFDConfig | None = None
    shortcut: bool = False
    temporal_start: TemporalStart = "first"
    drop_path: float = 0.3
    temporal_widths: tuple[int, int] = (768, 192)
    head_width: int = 192
    head_dropout: float = 0.2
    pool: Pool = "mean"
    temporal_head: bool = True
    spatial_head: bool = True
    mean: tuple[float, float, float] = IMAGENET_MEAN
    std: tuple[float, float, float] = IMAGENET_STD
    crop_margin: float = 1.3
    labels: tuple[str, ...] = LABELS

    def __post_init__(self) -> None:
        problems = [
            f"{name} must be at least 1, got {getattr(self, name)}"
            for name in ("patch_size", "dim", "depth", "heads", "head_width")
            if getattr(self, name) < 1
        ]
        if tuple(self.labels) != LABELS:
            problems.append(f"labels must be {list(LABELS)} in this order, got {list(self.labels)}")
        if self.frames < 2:
            problems.append(f"frames must be at least 2, got {self.frames}")
        if self.patch_size < 1 or self.image_size % self.patch_size:
            problems.append(f"image_size {self.image_size} is no multiple of patch_size {self.patch_size}")
        if self.heads < 1 or self.dim % self.heads:
            problems.append(f"dim {self.dim} is no multiple of heads {self.heads}")
        if self.stem not in get_args(Stem):
            problems.append(f"stem is {self.stem!r}, known: {', '.join(get_args(Stem))}")
        if self.stem == "conv" and self.patch_size & (self.patch_size - 1):
            problems.append(f"stem 'conv' halves: patch_size must be a power of two, got {self.patch_size}")
        if (self.stem == "detector") != (self.detector is not None):
            problems.append("a detector is given exactly for stem 'detector'")
        if self.stem == "detector" and self.patch_size not in (8, 16):
            problems.append(f"stem 'detector' needs patch_size 8 or 16, got {self.patch_size}")
        if self.temporal_start not in get_args(TemporalStart):
            problems.append(f"temporal_start is {self.temporal_start!r}, known: {get_args(TemporalStart)}")
        if self.pool not in get_args(Pool):
            problems.append(f"pool is {self.pool!r}, known: {', '.join(get_args(Pool))}")
        if not 0 <= self.drop_path < 1 or not 0 <= self.head_dropout < 1:
            problems.append(f"drop_path and head_dropout in [0, 1), got {self.drop_path}, {self.head_dropout}")
        if problems:
            raise ValueError("; ".join(problems))

    @property
    def grid(self) -> int:
        """g: cells along a side."""
        return self.image_size // self.patch_size

    def to_dict(self) -> dict[str, Any]:
        """JSON-able dictionary; inverse of `from_dict`."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Rebuild from `to_dict` (lists become tuples); unknown fields are an error."""
        data = tuples(data)
        detector = data.pop("detector", None)
        return cls(**data, detector=KFDConfig.from_dict(detector) if detector else None)

    @classmethod
    def base(cls, frames: int = 4) -> Self:
        """The paper's size: ViT-B on 224 px, patches of 16 px."""
        return cls(frames=frames)

    @classmethod
    def embedded(cls, frames: int = 4) -> Self:
        """The shipped size, trained from scratch: 112 px with the paper's 14 x 14 grid."""
        return cls(
            image_size=112,
            patch_size=8,
            frames=frames,
            dim=128,
            depth=8,
            heads=4,
            stem="conv",
            temporal_start="random",
            drop_path=0.1,
            temporal_widths=(128, 48),
            head_width=48,
            pool="mean_max",
            mean=(0.5, 0.45, 0.42),
            std=(0.25, 0.25, 0.25),
        )

    @classmethod
    def embedded_on_detector(cls, detector: KFDConfig | None = None, frames: int = 4) -> Self:
        """Like `embedded`, fewer blocks on top of the frame detector (its weights are taken over) and its motion.

        The pictures have the detector's size: at another one it does not find what it was trained to find.
        """
        detector = detector or KFDConfig()
        colours = ((127 / 255,) * 3, (128 / 255,) * 3)
        lite = detector.encoder.kind == "efficientnet_lite0"
        mean, std = colours if lite else ((0.5, 0.45, 0.42), (0.25, 0.25, 0.25))
        return dataclasses.replace(
            cls.embedded(frames), stem="detector", detector=detector, image_size=detector.image_size, patch_size=16,
            depth=2, mean=mean, std=std, shortcut=True,
        )  # fmt: skip

    @classmethod
    def tiny(cls, frames: int = 3) -> Self:
        """A few thousand parameters: for tests."""
        return dataclasses.replace(
            cls.embedded(frames),
            image_size=32,
            dim=16,
            depth=2,
            heads=2,
            mlp_ratio=2.0,
            temporal_widths=(12, 6),
            head_width=8,
            mean=IMAGENET_MEAN,
            std=IMAGENET_STD,
        )


@dataclass(frozen=True)
class BaselineConfig:
    """A small 3-D convolutional network on the same clips (sheet §11: most of the gain comes from the data).

    Attributes:
        widths: channels of its stages; every stage halves the picture, none shortens the clip.
        mean, std, crop_margin, labels: as in `FakeSTormerConfig`.
    """

    image_size: int = 112
    frames: int = 4
    widths: tuple[int, ...] = (16, 32, 64, 128)
    dropout: float = 0.2
    mean: tuple[float, float, float] = (0.5, 0.45, 0.42)
    std: tuple[float, float, float] = (0.25, 0.25, 0.25)
    crop_margin: float = 1.3
    labels: tuple[str, ...] = LABELS

    def __post_init__(self) -> None:
        if tuple(self.labels) != LABELS:
            raise ValueError(f"labels must be {list(LABELS)} in this order, got {list(self.labels)}")
        if not self.widths or min(self.widths) < 1 or self.image_size >> len(self.widths) < 1:
            raise ValueError(f"image_size {self.image_size} cannot be halved for stages {self.widths}")

    def to_dict(self) -> dict[str, Any]:
        """JSON-able dictionary; inverse of `from_dict`."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Rebuild from `to_dict`; unknown fields are an error."""
        return cls(**tuples(data))

    @classmethod
    def tiny(cls) -> Self:
        """For tests."""
        return cls(image_size=32, frames=3, widths=(4, 6))
