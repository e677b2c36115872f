"""From clips to patch tokens: a linear map a patch, strided convolutions, or the frame detector's encoder.

Every stem takes normalised clips (B, T, 3, S, S) and gives (B, T, D, g, g).
"""

from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from fakestormer.config import FakeSTormerConfig
from kfd.encoders.build import build_encoder


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


class EncoderStem(nn.Module):
    """The frame detector's encoder: means and peaks of its three layers in each cell, mapped to the width.

    Its layers were made to find traces in single frames; what moves from frame to frame is read beside them, by strided
    convolutions over the difference to the frame before (to the one after for the first).
    """

    def __init__(self, config: FakeSTormerConfig) -> None:
        super().__init__()
        assert config.encoder is not None
        encoder = build_encoder(config.encoder, config.image_size)
        if tuple(encoder.mean) != tuple(config.mean) or tuple(encoder.std) != tuple(config.std):
            raise ValueError(f"mean and std must be the encoder's, {encoder.mean} and {encoder.std}")
        self.grid = config.grid
        self.motion = ConvStem(config.patch_size, config.dim)
        channels = 2 * sum(encoder.layer_channels)
        self.encoder = cast(nn.Module, encoder)
        self.encoder.token = nn.Identity()  # the global token is not used here
        self.out = nn.Conv2d(channels, config.dim, 1)

    def forward(self, clips: Tensor) -> Tensor:
        """See the module."""
        steps = clips.diff(dim=1)
        moved = self.motion(torch.cat([steps[:, :1], steps], 1))
        layers = self.encoder(clips.flatten(0, 1)).layers
        pools = F.adaptive_avg_pool2d, F.adaptive_max_pool2d
        seen = self.out(torch.cat([pool(layer, self.grid) for layer in layers for pool in pools], 1))
        return seen.unflatten(0, clips.shape[:2]) + moved


def build_stem(config: FakeSTormerConfig) -> nn.Module:
    """The stem that a configuration names."""
    if config.stem == "patch":
        return PatchStem(3, config.dim, config.patch_size, config.patch_size)
    return ConvStem(config.patch_size, config.dim) if config.stem == "conv" else EncoderStem(config)
