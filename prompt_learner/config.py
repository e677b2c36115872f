"""Sizes of the prompt learner; every width follows from the detector's and the language model's configs."""

from dataclasses import asdict, dataclass
from typing import Any, Self

from media.errors import MissingCheckpoint


@dataclass(frozen=True)
class PromptLearnerConfig:
    """Shape of the forgery prompt learner (LVLM-DFD §3.3; release: 224 px maps, 16..256, extra 512, d 4096).

    Attributes:
        hidden_size: width d of the language model's embeddings.
        visual_dim: width D of the encoder's global token.
        map_size: side M of the consistency and forgery maps.
        map_channels: consistency channels (2 per tapped layer).
        channels: output channels of the stages that halve the map.
        extra_channels: one more stage without halving (release 512); 0 = none.
        n_base: learned prompts that do not depend on the picture.
        grid: the maps end as grid x grid tokens, row by row.
        n_forgery: tokens handed to the language model.
        learns: whether the forgery tokens follow from the picture; else they are one learned set for all pictures
            (the row without prompt learner of the paper's Table 4).
        raw_score: whether one token more follows, whose entries are P(real) and P(fake) in turn, as in the release.
    """

    hidden_size: int
    visual_dim: int
    map_size: int = 64
    map_channels: int = 6
    channels: tuple[int, ...] = (16, 32, 64, 128)
    extra_channels: int = 0
    n_base: int = 9
    grid: int = 3
    n_forgery: int = 9
    raw_score: bool = False
    learns: bool = True

    def __post_init__(self) -> None:
        problems = [
            f"{name} must be positive, got {value}"
            for name, value in asdict(self).items()
            if name not in ("channels", "extra_channels", "raw_score", "learns") and value < 1
        ]
        if self.last_side < self.grid:
            problems.append(
                f"{len(self.channels)} stages leave {self.last_side} of map_size {self.map_size}, "
                f"less than grid {self.grid}: use fewer channels"
            )
        if problems:
            raise ValueError("; ".join(problems))

    @property
    def last_side(self) -> int:
        """Side of the map after the halving stages; the last convolution turns it into grid x grid."""
        return self.map_size >> len(self.channels)

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> Self:
        """Config from config.json; unknown or missing fields are an error."""
        try:
            return cls(**{**record, "channels": tuple(record["channels"])})
        except (KeyError, TypeError, ValueError) as error:
            raise MissingCheckpoint("The prompt learner's config.json does not fit this version.", str(error)) from None
