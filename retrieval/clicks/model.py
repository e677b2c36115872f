"""Click models: a small head on a frozen forgery detector, or a network of timm with two outputs."""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from kfd.alignment import enlarge
from kfd.detector import KnowledgeGuidedDetector
from kfd.predictor import ForgeryPredictor
from media.errors import BadRequest, MissingCheckpoint
from retrieval.clicks.config import ClickConfig
from retrieval.encoders import weights_hash


@dataclass(frozen=True)
class Clicked:
    """What a model says about B crops.

    Attributes:
        points: (B, 2) one click as (x, y) in [0, 1] of the crop, the best guess for the mean absolute error.
        heat: (B, h, h) logits by place, None for models that give a point only.
    """

    points: Tensor
    heat: Tensor | None = None


class ClickModel(nn.Module):
    """Base of both kinds: uint8 crops in, `Clicked` out."""

    def __init__(self, config: ClickConfig) -> None:
        super().__init__()
        self.config = config

    def prepare(self, crops: NDArray[np.uint8] | Tensor) -> Tensor:
        """uint8 RGB (B, S, S, 3) -> normalised float32 (B, 3, S, S) on the model's device."""
        x = torch.as_tensor(crops)
        size = self.config.image_size
        if x.dtype != torch.uint8 or tuple(x.shape[1:]) != (size, size, 3):
            raise ValueError(f"crops must be uint8 (B, {size}, {size}, 3) RGB, got {x.dtype} {tuple(x.shape)}")
        x = x.to(next(self.parameters()).device).permute(0, 3, 1, 2).float() / 255.0
        mean, std = (x.new_tensor(v)[:, None, None] for v in self.normalisation)
        return (x - mean) / std

    @property
    def normalisation(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Mean and standard deviation of RGB in [0, 1]."""
        return self.config.mean, self.config.std

    @property
    def reads(self) -> str | None:
        """Hash of the frozen detector that it reads; None when it reads none."""
        return None

    def forward(self, images: Tensor) -> Clicked:
        """Normalised crops (B, 3, S, S)."""
        raise NotImplementedError


class TimmClicks(ClickModel):
    """ViT-B or ResNet-50 with two outputs (ExDDV §4.2). A sigmoid keeps the point inside; the paper names none."""

    def __init__(self, config: ClickConfig) -> None:
        super().__init__(config)
        import timm

        self.network = timm.create_model(config.name, pretrained=False, num_classes=2)

    def start_from(self, state: dict[str, Tensor]) -> None:
        """Take over ImageNet weights; the classifier's are left out, anything else that is missing is an error."""
        own = self.network.state_dict()
        head = {k for k, v in own.items() if k.startswith(("head.", "fc."))}
        found = {k: v for k, v in state.items() if k not in head}
        wrong = sorted(k for k in own.keys() - head if k not in found or found[k].shape != own[k].shape)
        if wrong:
            raise MissingCheckpoint(f"These weights are not of {self.config.name}: {', '.join(wrong[:4])} do not fit.")
        self.network.load_state_dict({k: found.get(k, v) for k, v in own.items()})

    def forward(self, images: Tensor) -> Clicked:
        """Normalised crops (B, 3, S, S)."""
        return Clicked(self.network(images).float().sigmoid())


@dataclass(frozen=True, eq=False)
class FrozenDetector:
    """A detector that is read and never changed; not a part of the model that reads it."""

    detector: KnowledgeGuidedDetector
    sha256: str

    def __deepcopy__(self, memo: dict[int, object]) -> "FrozenDetector":
        """Frozen, so copies of a model (a moving average) share it."""
        return self

    @classmethod
    def of(cls, predictor: ForgeryPredictor) -> "FrozenDetector":
        """The detector of a predictor; BadRequest for the authors' release, whose layers are not read here."""
        if not isinstance(predictor.detector, KnowledgeGuidedDetector):
            raise BadRequest("Clicks are predicted on a detector that was trained here, not on the authors' release.")
        detector = predictor.detector.eval().requires_grad_(False)
        return cls(detector, weights_hash(detector))

    @torch.no_grad()
    def read(self, images: Tensor, size: int) -> tuple[list[Tensor], Tensor]:
        """What the head reads of normalised crops (B, 3, S, S).

        Returns:
            the encoder's layers, each (B, C_i, size, size), and (B, 2L + 1, size, size): the consistency maps
            (cosines) and the forgery map's logit of fake against real.
        """
        detector = self.detector
        encoding = detector.encoder(images)
        maps = detector.alignment(encoding.layers, detector.text.features)
        heads = enlarge(maps, detector.config.head_size)
        logits = detector.locator(heads).float()  # (B, 2, h, h)
        forged = logits[:, 1:] - logits[:, :1]
        both = torch.cat([heads.float() / detector.config.temperature, forged], 1)
        return [_resized(layer.float(), size) for layer in encoding.layers], _resized(both, size)


def _resized(maps: Tensor, size: int) -> Tensor:
    """(B, C, H, W) -> (B, C, size, size): means when it shrinks, bilinear when it grows."""
    if maps.shape[-1] >= size:
        return F.adaptive_avg_pool2d(maps, size)
    return F.interpolate(maps, (size, size), mode="bilinear", align_corners=False)


class _Block(nn.Module):
    """Two 3x3 convolutions, the second one wide-meshed, beside a shortcut."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=2, dilation=2)
        self.norm = nn.GroupNorm(8, width)

    def forward(self, x: Tensor) -> Tensor:
        """(B, W, h, h) -> (B, W, h, h)."""
        return x + self.second(F.relu(self.first(self.norm(x))))


class DetectorClicks(ClickModel):
    """A heat map of clicks from what a frozen detector sees. It starts as the detector's own forgery map."""

    def __init__(self, config: ClickConfig, frozen: FrozenDetector) -> None:
        super().__init__(config)
        self._frozen = frozen
        detector = frozen.detector
        there = (tuple(detector.encoder.layer_channels), detector.config.image_size, detector.config.crop_margin)
        asked = (tuple(config.layer_channels), config.image_size, config.crop_margin)
        if there != asked:
            raise MissingCheckpoint(
                f"This click model reads a detector with channels, size and margin {asked}, got {there}."
            )
        self.inputs = nn.ModuleList(
            nn.Sequential(nn.GroupNorm(1, c), nn.Conv2d(c, config.width // 2, 1)) for c in config.layer_channels
        )
        joined = len(config.layer_channels) * (config.width // 2) + config.maps + 1
        self.join = nn.Conv2d(joined, config.width, 3, padding=1)
        self.blocks = nn.Sequential(*(_Block(config.width) for _ in range(config.blocks)))
        self.whole = nn.Linear(config.width, config.width)
        self.out = nn.Conv2d(config.width, 1, 1)
        nn.init.zeros_(self.out.weight)
        self.place = nn.Parameter(torch.zeros(config.heat_size, config.heat_size))
        self.own = nn.Parameter(torch.tensor(1.0))

    @classmethod
    def fitting(
        cls, frozen: FrozenDetector, heat_size: int | None = None, width: int = 64, blocks: int = 3
    ) -> "DetectorClicks":
        """For any detector, with random weights; the heat map has an eighth of the crop's side if nothing is said."""
        given, channels = frozen.detector.config, tuple(frozen.detector.encoder.layer_channels)
        config = ClickConfig(
            image_size=given.image_size,
            crop_margin=given.crop_margin,
            heat_size=heat_size or max(4, given.image_size // 8),
            width=width,
            blocks=blocks,
            layer_channels=channels,
            maps=2 * len(channels),
        )
        return cls(config, frozen)

    @property
    def normalisation(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """The detector's."""
        return self._frozen.detector.encoder.mean, self._frozen.detector.encoder.std

    @property
    def reads(self) -> str | None:
        """Hash of the detector's weights."""
        return self._frozen.sha256

    def forward(self, images: Tensor) -> Clicked:
        """Normalised crops (B, 3, S, S)."""
        layers, maps = self._frozen.read(images, self.config.heat_size)
        x = torch.cat([*(part(layer) for part, layer in zip(self.inputs, layers, strict=True)), maps], 1)
        x = F.relu(self.join(x))
        x = x + self.whole(x.mean((2, 3)))[:, :, None, None]
        heat = self.out(self.blocks(x))[:, 0].float() + self.own * maps[:, -1].float() + self.place
        return Clicked(middle_of(heat), heat)


def middle_of(heat: Tensor) -> Tensor:
    """(B, h, w) logits -> (B, 2): the median of the distribution in x and in y, which minimises the absolute error."""
    chance = heat.float().flatten(1).softmax(1).reshape(heat.shape)
    return torch.stack([_median(chance.sum(1)), _median(chance.sum(2))], 1)


def _median(chance: Tensor) -> Tensor:
    """(B, n) probabilities of n equal cells of [0, 1] -> (B,): where half lies left, linear inside a cell."""
    before = F.pad(chance.cumsum(1), (1, 0))[:, :-1]
    cell = (before <= 0.5).sum(1, keepdim=True) - 1
    inside = (0.5 - before.gather(1, cell)) / chance.gather(1, cell).clamp_min(1e-9)
    return ((cell + inside.clamp(0, 1)) / chance.shape[1])[:, 0]
