"""From clips to patch tokens: a linear map a patch, strided convolutions, or the frame detector with measured motion.

Every stem takes normalised clips (B, T, 3, S, S) and gives (B, T, D, g, g).
"""

from dataclasses import dataclass
from typing import Self

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from fakestormer.config import FakeSTormerConfig
from fakestormer.motion import MotionStem, local_motion
from kfd.detector import KnowledgeGuidedDetector

_SCALE = 5.0  # divides the detector's logits, so that they are of the order of its layers


class PatchStem(nn.Conv2d):
    """One linear map a patch, as in a vision transformer."""

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002 (the name that Conv2d gives it)
        """See the module."""
        return super().forward(input.flatten(0, 1)).unflatten(0, input.shape[:2])


class ConvStem(nn.Sequential):
    """Halving 3x3 convolutions with BatchNorm and GELU until one cell is a patch, then a 1x1 map to the width."""

    def __init__(self, patch_size: int, dim: int) -> None:
        halvings = patch_size.bit_length() - 1
        layers: list[nn.Module] = []
        channels = 3
        for step in range(halvings):
            width = max(dim >> (halvings - 1 - step), 8)
            conv = nn.Conv2d(channels, width, 3, 2, 1, bias=False)
            layers += [conv, nn.BatchNorm2d(width), nn.GELU()]
            channels = width
        super().__init__(*layers, nn.Conv2d(channels, dim, 1))

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002 (the name that Sequential gives it)
        """See the module."""
        return super().forward(input.flatten(0, 1)).unflatten(0, input.shape[:2])


@dataclass(frozen=True)
class Seen:
    """What the fixed part of a `DetectorStem` gives for B clips; it can be kept and learned from again.

    Attributes:
        pictures: (B, T, C, g, g), the frame detector's layers, map and score in each cell; motion: of `local_motion`.
    """

    pictures: Tensor
    motion: Tensor

    def to(self, device: torch.device) -> "Seen":
        """The same on a device."""
        return Seen(self.pictures.to(device), self.motion.to(device))


class DetectorStem(nn.Module):
    """The frame detector as it was trained, and what moves: its layers, map and score in each cell beside local motion.

    The detector never learns here. It was made to find traces in single frames; motion is measured (motion.py).
    """

    def __init__(self, config: FakeSTormerConfig) -> None:
        super().__init__()
        assert config.detector is not None
        self.detector = KnowledgeGuidedDetector(config.detector).requires_grad_(False).eval()
        encoder = self.detector.encoder
        if (tuple(encoder.mean), tuple(encoder.std), config.detector.image_size) != (
            tuple(config.mean), tuple(config.std), config.image_size
        ):  # fmt: skip
            raise ValueError(f"mean, std and size must be the detector's: {encoder.mean}, {encoder.std}")
        self.grid = config.grid
        self.motion = MotionStem(config.patch_size, config.dim)
        self.out = nn.Conv2d(2 * sum(encoder.layer_channels) + 3, config.dim, 1)

    def train(self, mode: bool = True) -> Self:
        """The detector stays in evaluation mode."""
        super().train(mode)
        self.detector.eval()
        return self

    @torch.no_grad()
    def see(self, clips: Tensor) -> Seen:
        """The fixed part, for normalised clips (B, T, 3, S, S)."""
        frames = clips.flatten(0, 1)
        encoding = self.detector.encoder(frames)
        found = self.detector.read(encoding)
        heat = found.map_logits[:, 1:] - found.map_logits[:, :1]
        score = (found.logits[:, 1] - found.logits[:, 0])[:, None, None, None].expand(-1, 1, self.grid, self.grid)
        pools = F.adaptive_avg_pool2d, F.adaptive_max_pool2d
        cells = [pool(layer.float(), self.grid) for layer in (*encoding.layers, heat / _SCALE) for pool in pools]
        pictures = torch.cat([*cells, score.float() / _SCALE], 1)
        return Seen(pictures.unflatten(0, clips.shape[:2]), local_motion(clips))

    def forward(self, clips: Tensor | Seen) -> Tensor:
        """Normalised clips, or what was seen in them -> (B, T, D, g, g)."""
        seen = clips if isinstance(clips, Seen) else self.see(clips)
        pictures = self.out(seen.pictures.flatten(0, 1).float()).unflatten(0, seen.pictures.shape[:2])
        return pictures + self.motion(seen.motion.float())


def build_stem(config: FakeSTormerConfig) -> nn.Module:
    """The stem that a configuration names."""
    if config.stem == "patch":
        return PatchStem(3, config.dim, config.patch_size, config.patch_size)
    return ConvStem(config.patch_size, config.dim) if config.stem == "conv" else DetectorStem(config)
