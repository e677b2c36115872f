"""A narrow path at full resolution beside a network that halves the picture at once: traces of a few pixels.

Sharpening, doubled edges and foreign noise live in single pixels; a stem of stride 2 with 16 channels behind it keeps
little of them. Here every pixel of the nine input channels is kept (2x2 pixels become channels) and read by plain 3x3
convolutions (compare Fridrich and Kodovsky, Rich models for steganalysis, 2012, which never resample either).
"""

import torch.nn.functional as F
from torch import Tensor, nn

WIDTHS = (24, 48)
"""Channels at strides 2 and 4 in the shipped detector."""


class PlainBlock(nn.Module):
    """x + convolution(ReLU(convolution(x))); the second starts at zero, so that no normalisation is needed."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=1)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)  # type: ignore[arg-type]

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W) -> the same shape."""
        return x + self.second(F.relu(self.first(x), inplace=True))


class FineDetail(nn.Module):
    """What to add to a network's layers at strides 4 and 8; nothing at the start.

    Args:
        inputs: channels of the input.
        widths: channels at strides 2 and 4.
        layers: channels of the layers at strides 4 and 8 that are added to.
    """

    def __init__(self, inputs: int, widths: tuple[int, int], layers: tuple[int, int]) -> None:
        super().__init__()
        near, far = widths
        self.stem = nn.Conv2d(4 * inputs, near, 3, padding=1)
        self.near = nn.Sequential(PlainBlock(near), PlainBlock(near))
        self.down = nn.Conv2d(near, far, 2, stride=2)
        self.far = nn.Sequential(PlainBlock(far), PlainBlock(far))
        self.outs = nn.ModuleList([nn.Conv2d(far, layers[0], 1), nn.Conv2d(far, layers[1], 2, stride=2)])
        for parameter in self.outs.parameters():
            nn.init.zeros_(parameter)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """(B, C, S, S), S a multiple of 8 -> (B, C4, S/4, S/4) and (B, C8, S/8, S/8)."""
        x = self.near(F.relu(self.stem(F.pixel_unshuffle(x, 2)), inplace=True))
        x = F.relu(self.far(F.relu(self.down(x), inplace=True)))
        return self.outs[0](x), self.outs[1](x)
