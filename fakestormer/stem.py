"""From frames to patch tokens: a linear map a patch, strided convolutions, or the frame detector's encoder."""

from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from fakestormer.config import FakeSTormerConfig
from kfd.encoders.build import build_encoder


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


class EncoderStem(nn.Module):
    """The frame detector's encoder; its layers at strides 8 and 16 side by side, mapped to the width."""

    def __init__(self, config: FakeSTormerConfig) -> None:
        super().__init__()
        assert config.encoder is not None
        encoder = build_encoder(config.encoder, config.image_size)
        if tuple(encoder.mean) != tuple(config.mean) or tuple(encoder.std) != tuple(config.std):
            raise ValueError(f"mean and std must be the encoder's, {encoder.mean} and {encoder.std}")
        channels = sum(encoder.layer_channels[1:])
        self.encoder = cast(nn.Module, encoder)
        self.encoder.token = nn.Identity()  # the global token is not used here
        self.out = nn.Conv2d(channels, config.dim, 1)

    def forward(self, frames: Tensor) -> Tensor:
        """(F, 3, S, S) -> (F, D, S/8, S/8)."""
        fine, coarse = self.encoder(frames).layers[1:]
        coarse = F.interpolate(coarse, size=fine.shape[-2:], mode="bilinear", align_corners=False)
        return self.out(torch.cat([fine, coarse], 1))


def build_stem(config: FakeSTormerConfig) -> nn.Module:
    """A module (F, 3, S, S) -> (F, D, g, g)."""
    if config.stem == "patch":
        return nn.Conv2d(3, config.dim, config.patch_size, config.patch_size)
    return ConvStem(config.patch_size, config.dim) if config.stem == "conv" else EncoderStem(config)
