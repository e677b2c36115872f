"""Locator and classifier of the release."""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from kfd.heads import Classifier


class ReleaseLocator(nn.Module):
    """Per-pixel logits: one convolution a layer, ReLU, BatchNorm; all of them together to two channels."""

    def __init__(self, layers: int, width: int) -> None:
        super().__init__()
        # Padding 2 makes the maps 2 px larger; the last convolution has none and takes that back.
        self.branches = nn.ModuleList(nn.Conv2d(2, width, 3, padding=2) for _ in range(layers))
        self.norms = nn.ModuleList(nn.BatchNorm2d(width) for _ in range(layers))
        self.final = nn.Conv2d(layers * width, 2, 3)

    def forward(self, maps: Sequence[Tensor]) -> Tensor:
        """One map (B, 2, M, M) a layer -> logits (B, 2, M, M) [real, fake]."""
        branches = zip(self.branches, self.norms, maps, strict=True)
        return self.final(torch.cat([norm(F.relu(branch(m))) for branch, norm, m in branches], 1))


class ReleaseClassifier(nn.Module):
    """Logits of the whole crop: a convolution pyramid a layer on its raw map, mean over places, two linear layers."""

    def __init__(self, layers: int, widths: Sequence[int], hidden: int) -> None:
        super().__init__()
        self.branches = nn.ModuleList(Classifier.pyramid(widths) for _ in range(layers))
        self.hidden = nn.Linear(layers * widths[-1], hidden)
        self.out = nn.Linear(hidden, 2)

    def forward(self, maps: Sequence[Tensor]) -> Tensor:
        """One map (B, 2, M, M) a layer -> logits (B, 2) [real, fake]."""
        pooled = [branch(m).mean((2, 3)) for branch, m in zip(self.branches, maps, strict=True)]
        return self.out(F.relu(self.hidden(torch.cat(pooled, 1))))
