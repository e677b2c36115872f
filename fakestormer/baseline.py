"""The baseline on the same clips: a small 3-D residual network with one logit a clip (sheet §11)."""

from typing import Self

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from fakestormer.config import BaselineConfig
from fakestormer.model import ClipOutput, prepare_clips


class Residual3d(nn.Module):
    """Two 3x3x3 convolutions with BatchNorm; the first halves the picture, the shortcut averages."""

    def __init__(self, channels: int, width: int) -> None:
        super().__init__()
        self.first = nn.Conv3d(channels, width, 3, (1, 2, 2), 1, bias=False)
        self.first_norm = nn.BatchNorm3d(width)
        self.second = nn.Conv3d(width, width, 3, 1, 1, bias=False)
        self.second_norm = nn.BatchNorm3d(width)
        pool = nn.AvgPool3d((1, 2, 2), ceil_mode=True)
        self.shortcut = nn.Sequential(pool, nn.Conv3d(channels, width, 1, bias=False), nn.BatchNorm3d(width))

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, T, H, W) -> (B, C', T, H/2, W/2)."""
        y = torch.relu(self.first_norm(self.first(x)))
        return torch.relu(self.second_norm(self.second(y)) + self.shortcut(x))


class ClipCNN(nn.Module):
    """Strided stem, residual stages, mean and maximum over time and place, one linear map."""

    HEADS = ("out",)

    def __init__(self, config: BaselineConfig) -> None:
        super().__init__()
        self.config = config
        first = config.widths[0]
        stem = nn.Conv3d(3, first, (3, 5, 5), (1, 2, 2), (1, 2, 2), bias=False)
        self.stem = nn.Sequential(stem, nn.BatchNorm3d(first), nn.ReLU(inplace=True))
        widths = zip(config.widths, config.widths[1:], strict=False)
        self.stages = nn.Sequential(*(Residual3d(a, b) for a, b in widths))
        self.dropout = nn.Dropout(config.dropout)
        self.out = nn.Linear(2 * config.widths[-1], 1)

    @classmethod
    def create(cls, config: BaselineConfig | None = None, seed: int = 0) -> Self:
        """A network with random weights from the seed."""
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            return cls(config or BaselineConfig())

    def prepare(self, clips: NDArray[np.uint8] | Tensor) -> Tensor:
        """uint8 RGB (B, T, S, S, 3) -> normalised float32 (B, T, 3, S, S) on the network's device."""
        return prepare_clips(clips, self.config.mean, self.config.std, self.out.weight.device)

    def forward(self, clips: Tensor) -> ClipOutput:
        """Detect in normalised clips (B, T, 3, S, S), any T."""
        x = self.stages(self.stem(clips.transpose(1, 2)))
        pooled = torch.cat([x.mean((2, 3, 4)), x.amax((2, 3, 4))], 1)
        return ClipOutput(self.out(self.dropout(pooled))[:, 0].float())
