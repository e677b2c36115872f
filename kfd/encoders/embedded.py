"""The encoder trained here: a small residual network that also sees what ordinary photographs hide in fine detail.

Beside the three colours it gets two fixed high-pass residuals of each (9 channels): a forged area often differs from
its surroundings in noise and interpolation long before it differs in colour. The residual kernels are the second-order
3x3 and the 5x5 kernel of Fridrich and Kodovsky, Rich models for steganalysis, 2012.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from kfd.encoders.base import EncoderConfig, Encoding

RESIDUAL_SCALE = 6.0  # grey levels (of 255) that become 1
RESIDUAL_CLIP = 3.0


def residual_kernels() -> Tensor:
    """The two high-pass kernels for each of three channels, (6, 1, 5, 5), for depthwise convolution; each sums to 0."""
    small = torch.tensor([[-1.0, 2, -1], [2, -4, 2], [-1, 2, -1]]) / 4
    large = (
        torch.tensor(
            [[-1.0, 2, -2, 2, -1], [2, -6, 8, -6, 2], [-2, 8, -12, 8, -2], [2, -6, 8, -6, 2], [-1, 2, -2, 2, -1]]
        )
        / 12
    )
    pair = torch.stack([F.pad(small, (1, 1, 1, 1)), large])
    return pair.repeat(3, 1, 1)[:, None]


def high_pass(images: Tensor, kernels: Tensor, std: float) -> Tensor:
    """High-pass residuals (B, 6, S, S) of normalised images, in fp32 whatever the autocast says.

    Args:
        images: (B, 3, S, S), divided by `std` (the same for all channels; the mean drops out).
        kernels: of `residual_kernels`.
    """
    with torch.autocast(images.device.type, enabled=False):
        grey_levels = images.float() * (std * 255.0 / RESIDUAL_SCALE)
        padded = F.pad(grey_levels, (2, 2, 2, 2), mode="reflect")
        return F.conv2d(padded, kernels.float(), groups=3).clamp_(-RESIDUAL_CLIP, RESIDUAL_CLIP)


class ResidualBlock(nn.Module):
    """Two 3x3 convolutions with BatchNorm; the shortcut averages before it strides (ResNet-D)."""

    def __init__(self, in_channels: int, channels: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, channels, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(channels)
        nn.init.constant_(self.norm2.weight, 0.2)
        self.shortcut: nn.Module = nn.Identity()
        if stride != 1 or in_channels != channels:
            pool = nn.AvgPool2d(2, ceil_mode=True) if stride == 2 else nn.Identity()
            conv = nn.Conv2d(in_channels, channels, 1, bias=False)
            self.shortcut = nn.Sequential(pool, conv, nn.BatchNorm2d(channels))

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W) -> (B, C', H/stride, W/stride)."""
        y = F.relu(self.norm1(self.conv1(x)), inplace=True)
        return F.relu(self.norm2(self.conv2(y)) + self.shortcut(x), inplace=True)


class EmbeddedEncoder(nn.Module):
    """Residual network to stride 16; layers at strides 4, 8 and 16."""

    mean = (0.5, 0.45, 0.42)
    std = (0.25, 0.25, 0.25)
    kernels: Tensor

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        w1, w2, w3, w4 = config.widths
        self.layer_channels: tuple[int, ...] = (w2, w3, w4)
        self.global_dim = config.global_dim
        self.register_buffer("kernels", residual_kernels(), persistent=False)
        self.stem = nn.Sequential(nn.Conv2d(9, w1, 3, 2, 1, bias=False), nn.BatchNorm2d(w1), nn.ReLU(inplace=True))
        channels = w1
        stages = []
        for index, (width, count) in enumerate(zip(config.widths, config.blocks, strict=True)):
            strides = [2 if index else 1] + [1] * (count - 1)
            blocks = []
            for stride in strides:
                blocks.append(ResidualBlock(channels, width, stride))
                channels = width
            stages.append(nn.Sequential(*blocks))
        self.stages = nn.ModuleList(stages)
        self.token = nn.Sequential(nn.LayerNorm(w3 + w4), nn.Linear(w3 + w4, config.global_dim))

    def forward(self, images: Tensor) -> Encoding:
        """Encode normalised RGB images (B, 3, S, S)."""
        x = torch.cat([images.float(), high_pass(images, self.kernels, self.std[0])], 1)  # (B, 9, S, S)
        x = self.stages[0](self.stem(x.contiguous(memory_format=torch.channels_last)))
        layers = []
        for stage in self.stages[1:]:
            x = stage(x)
            layers.append(x)
        pooled = torch.cat([layers[1].amax((2, 3)), layers[2].mean((2, 3))], 1)  # (B, C8 + C16)
        return Encoding(self.token(pooled.float()), tuple(layers))
