"""Everything needed to rebuild the released detector."""

from dataclasses import asdict, dataclass, field
from typing import Any, Self

from kfd.config import LABELS
from kfd.encoders.vit_weights.sizes import TAPS, TowerSizes
from media.records import tuples


@dataclass(frozen=True)
class ReleaseConfig:
    """Sizes of the released detector; the defaults are the release's.

    Attributes:
        towers: ViT-H-14 with ImageBind's LayerNorm eps.
        taps: 0-based vision blocks whose raw output is compared with the descriptions.
        locator_width: channels of a locator branch.
        classifier_widths: channels of a classifier branch, one a halving; classifier_hidden: of its linear layer.
        temperature: factor of the cosines.
        context: learnable context vectors a class; 0 in the release, whose own have no effect and are not stored.
        rounded_maps: multiply in bfloat16 as the release does, which rounds maps to steps of 1/8 and scores near 1 to
            1/256; off, everything is float32.
        crop_margin: side of the face crop / face extent at inference (the release's samples are faces with margin).
        labels, channels: order of the outputs and of the input; checked at load.
    """

    towers: TowerSizes = field(default_factory=lambda: TowerSizes(norm_eps=1e-6))
    taps: tuple[int, int, int] = TAPS
    locator_width: int = 128
    classifier_widths: tuple[int, ...] = (16, 64, 128, 256)
    classifier_hidden: int = 128
    temperature: float = 100.0
    context: int = 0
    rounded_maps: bool = False
    crop_margin: float = 1.3
    labels: tuple[str, ...] = LABELS
    channels: str = "RGB"

    def __post_init__(self) -> None:
        problems = []
        if tuple(self.labels) != LABELS or self.channels != "RGB":
            problems.append(f"labels must be {list(LABELS)} and channels 'RGB', got {self.labels}, {self.channels!r}")
        if list(self.taps) != sorted(set(self.taps)) or len(self.taps) != 3 or self.taps[-1] >= self.towers.layers:
            problems.append(f"taps must be three rising blocks of {self.towers.layers}, got {self.taps}")
        if self.map_size >> len(self.classifier_widths) < 1:
            problems.append(f"maps of {self.map_size} cannot be halved {len(self.classifier_widths)} times")
        if self.context < 0:
            problems.append(f"context must not be negative, got {self.context}")
        if problems:
            raise ValueError("; ".join(problems))

    @property
    def image_size(self) -> int:
        """Side of the input, pixels."""
        return self.towers.image_size

    @property
    def map_size(self) -> int:
        """Side of all maps, pixels: the input's."""
        return self.towers.image_size

    def to_dict(self) -> dict[str, Any]:
        """JSON-able dictionary; inverse of `from_dict`."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Rebuild from `to_dict` (lists become tuples); unknown fields are an error."""
        data = tuples(data)
        return cls(towers=TowerSizes(**data.pop("towers")), **data)

    @classmethod
    def tiny(cls) -> Self:
        """Small random networks with the release's structure, for tests."""
        return cls(TowerSizes.tiny(norm_eps=1e-6), (1, 2, 3), 6, (4, 6), 5)
