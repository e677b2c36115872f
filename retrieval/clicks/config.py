"""Everything needed to rebuild a click model, and how each published or own one is trained."""

from dataclasses import asdict, dataclass
from typing import Any, Literal, Self, get_args

from media.records import tuples

ClickKind = Literal["detector", "timm"]
Schedule = Literal["plateau", "cosine"]


@dataclass(frozen=True)
class ClickConfig:
    """Sizes of a click model.

    Attributes:
        kind: "detector" reads the layers and maps of a frozen forgery detector and gives a heat map; "timm" is a
            network of that library with two outputs (x, y).
        name: architecture of timm, "" otherwise.
        image_size: side of the face crop in pixels; "detector" takes the detector's.
        crop_margin: side of the crop / face extent.
        heat_size: side of the heat map; width, blocks: channels and residual blocks of its head; layer_channels and
            maps: of the detector that it reads.
        mean, std: of RGB in [0, 1] ("timm"; a detector brings its own).
    """

    kind: ClickKind = "detector"
    name: str = ""
    image_size: int = 160
    crop_margin: float = 1.3
    heat_size: int = 20
    width: int = 64
    blocks: int = 3
    layer_channels: tuple[int, ...] = (24, 40, 112)
    maps: int = 6
    mean: tuple[float, float, float] = (0.485, 0.456, 0.406)
    std: tuple[float, float, float] = (0.229, 0.224, 0.225)

    def __post_init__(self) -> None:
        problems = []
        if self.kind not in get_args(ClickKind):
            problems.append(f"kind is {self.kind!r}, known: {', '.join(get_args(ClickKind))}")
        if (self.kind == "timm") != bool(self.name):
            problems.append(f"name is for kind 'timm' only and needed there, got {self.name!r} with {self.kind!r}")
        if self.image_size < 32 or not 4 <= self.heat_size <= self.image_size:
            problems.append(f"image_size >= 32 and 4 <= heat_size needed, got {self.image_size}, {self.heat_size}")
        if self.width % 8 or self.width < 8 or self.blocks < 1:
            problems.append(f"width is a multiple of 8 and blocks at least 1, got {self.width}, {self.blocks}")
        if self.crop_margin < 1:
            problems.append(f"crop_margin must be at least 1, got {self.crop_margin}")
        if problems:
            raise ValueError("; ".join(problems))

    def to_dict(self) -> dict[str, Any]:
        """JSON-able dictionary; inverse of `from_dict`."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Rebuild from `to_dict` (lists become tuples); unknown fields are an error."""
        return cls(**tuples(data))


@dataclass(frozen=True)
class ClickRecipe:
    """How a click model is trained; the options of train_clicks.py change single values.

    Attributes:
        model: what is trained.
        epochs: passes over the data; None trains for the time budget.
        lr, weight_decay: of AdamW.
        schedule: "plateau" halves the learning rate when `patience` validations bring nothing; "cosine" follows the
            time budget.
        batch: pictures a step.
    """

    model: ClickConfig
    epochs: int | None = None
    lr: float = 1e-3
    weight_decay: float = 0.02
    schedule: Schedule = "cosine"
    patience: int = 2
    batch: int = 32


def _paper(name: str, mean: tuple[float, float, float], std: tuple[float, float, float]) -> ClickRecipe:
    """ExDDV §4.2: 15 epochs, AdamW at 9e-5, halved on a plateau of 2. Batch and input size are not stated there."""
    model = ClickConfig("timm", name, 224, mean=mean, std=std)
    return ClickRecipe(model, epochs=15, lr=9e-5, weight_decay=0.01, schedule="plateau")


_IMAGENET = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
RECIPES: dict[str, ClickRecipe] = {
    "embedded": ClickRecipe(ClickConfig()),
    "vit_base": _paper("vit_base_patch16_224.augreg2_in21k_ft_in1k", (0.5, 0.5, 0.5), (0.5, 0.5, 0.5)),
    "resnet50": _paper("resnet50.a1_in1k", *_IMAGENET),
}
"""The shipped one, and the two of the paper (their ImageNet weights come from a local file, see train_clicks.py)."""
