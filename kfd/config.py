"""Everything needed to rebuild a detector."""

from dataclasses import asdict, dataclass, field
from typing import Any, Self

from kfd.encoders.base import EncoderConfig
from kfd.encoders.vit_weights.sizes import TAPS, TowerSizes
from media.records import tuples

LABELS = ("real", "fake")


@dataclass(frozen=True)
class KFDConfig:
    """Sizes of the knowledge-guided forgery detector.

    Attributes:
        encoder: the visual encoder.
        image_size, map_size: side of the input S and of all maps M, pixels.
        head_size: side at which the heads work (the finest layer's); their map is enlarged to M.
        text_dim: width of the description features (384 for all-MiniLM-L6-v2).
        text_encoder: "minilm", "towers" (the text tower beside the encoder's, attached by who trains), or "none"
            (fixed random descriptions, for tests).
        context: learnable context vectors a class.
        locator_width, locator_hidden: channels of a locator branch and of its smoothing convolution (0 = none).
        classifier_widths: channels of a classifier branch, one a halving.
        temperature: factor of the cosines in the consistency maps.
        crop_margin: side of the face crop / face extent at inference.
        labels, channels: order of the outputs and of the input; checked at load.
    """

    encoder: EncoderConfig = field(default_factory=EncoderConfig)
    image_size: int = 192
    map_size: int = 64
    head_size: int = 48
    text_dim: int = 384
    text_encoder: str = "minilm"
    context: int = 8
    locator_width: int = 16
    locator_hidden: int = 16
    classifier_widths: tuple[int, ...] = (16, 32, 48)
    classifier_hidden: int = 64
    temperature: float = 100.0
    crop_margin: float = 1.3
    labels: tuple[str, ...] = LABELS
    channels: str = "RGB"

    def __post_init__(self) -> None:
        problems = []
        if tuple(self.labels) != LABELS:
            problems.append(f"labels must be {list(LABELS)} in this order, got {list(self.labels)}")
        if self.channels != "RGB":
            problems.append(f"channels must be 'RGB', got {self.channels!r}")
        if self.image_size < 32 or not 8 <= self.head_size <= self.map_size:
            sizes = f"{self.image_size}, {self.map_size}, {self.head_size}"
            problems.append(f"image_size >= 32, map_size >= head_size >= 8 needed, got {sizes}")
        if self.head_size >> len(self.classifier_widths) < 1:
            problems.append(f"head_size {self.head_size} cannot be halved {len(self.classifier_widths)} times")
        if self.text_encoder not in ("minilm", "towers", "none"):
            problems.append(f"text_encoder must be 'minilm', 'towers' or 'none', got {self.text_encoder!r}")
        if self.encoder.tower is not None and self.encoder.tower.image_size != self.image_size:
            problems.append(f"image_size {self.image_size} is not the towers' {self.encoder.tower.image_size}")
        if self.encoder.fine is not None and self.image_size % 8:
            problems.append(f"encoder.fine needs an image_size that is a multiple of 8, got {self.image_size}")
        if self.context < 1:
            problems.append(f"context must be at least 1 vector, got {self.context}")
        if problems:
            raise ValueError("; ".join(problems))

    def to_dict(self) -> dict[str, Any]:
        """JSON-able dictionary; inverse of `from_dict`."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Rebuild from `to_dict` (lists become tuples); unknown fields are an error."""
        data = tuples(data)
        return cls(encoder=EncoderConfig.from_dict(data.pop("encoder", {})), **data)

    @classmethod
    def on_towers(cls, sizes: TowerSizes, taps: tuple[int, int, int] = TAPS) -> Self:
        """The paper's size on towers such as ViT-H-14: their text tower reads the descriptions (LVLM-DFD §3.2)."""
        if sizes.text_width != sizes.embed_dim:
            raise ValueError("the context has one width: text_width and embed_dim must be the same")
        widths = (16, 64, 128, 256)
        while sizes.grid * 4 >> len(widths) < 1:
            widths = widths[:-1]
        return cls(
            encoder=EncoderConfig("openclip", taps=taps, tower=sizes),
            image_size=sizes.image_size, map_size=sizes.image_size, head_size=sizes.grid * 4,
            text_dim=sizes.text_width, text_encoder="towers", context=16,
            locator_width=128, locator_hidden=128, classifier_widths=widths, classifier_hidden=128,
        )  # fmt: skip

    @classmethod
    def tiny(cls) -> Self:
        """A few thousand parameters, no sentence encoder: for tests."""
        encoder = EncoderConfig("embedded", widths=(4, 6, 8, 10), blocks=(1, 1, 1, 1), global_dim=12)
        return cls(
            encoder=encoder,
            image_size=64,
            map_size=32,
            head_size=16,
            text_dim=16,
            text_encoder="none",
            context=2,
            locator_width=6,
            locator_hidden=4,
            classifier_widths=(4, 6),
            classifier_hidden=8,
        )
