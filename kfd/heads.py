"""Locator and classifier on the consistency maps (LVLM-DFD §3.2), guided by the descriptions by construction.

A class's logit is g(its own maps, the other class's maps) with the same weights g for both classes. So exchanging the
two descriptions exchanges the outputs exactly: the heads cannot learn a verdict that does not rest on the words.
"""

from collections.abc import Sequence
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor, nn

Source = Literal["text", "reference"]


def class_views(consistency: Tensor) -> Tensor:
    """Maps as each class sees them: (B, 2L, M, M) -> (2B, L, 2, M, M), real's rows first, then fake's.

    Channels are (own - other, mean), a change of basis of (own, other) made in fp32 so that the small difference
    survives half precision.
    """
    b, channels, m, _ = consistency.shape
    pair = consistency.float().reshape(b, channels // 2, 2, m, m)
    real, fake = pair[:, :, 0], pair[:, :, 1]
    mean = 0.5 * (real + fake)
    return torch.cat([torch.stack([real - fake, mean], 2), torch.stack([fake - real, mean], 2)])


def join_classes(logits: Tensor) -> Tensor:
    """(2B, ...) of `class_views` order -> (B, 2, ...) [real, fake]."""
    real, fake = logits.chunk(2)
    return torch.stack([real, fake], 1)


class Locator(nn.Module):
    """Per-pixel logits: one convolution a layer with ReLU and BatchNorm, a smoothing convolution, a final one.

    A direct path adds the class's own maps with positive weights, so that agreement with "fake" speaks for fake. Maps
    from a reference picture have another range than maps from text: each source has its own BatchNorm and direct path.
    """

    def __init__(self, layers: int, width: int, hidden: int) -> None:
        super().__init__()
        self.branches = nn.ModuleList(nn.Conv2d(2, width, 3, padding=1) for _ in range(layers))
        self.norms = nn.ModuleDict({s: nn.BatchNorm2d(layers * width) for s in ("text", "reference")})
        self.smooth = nn.Conv2d(layers * width, hidden, 3, padding=1, bias=False) if hidden else None
        self.smooth_norms = nn.ModuleDict({s: nn.BatchNorm2d(hidden) for s in ("text", "reference")} if hidden else {})
        self.final = nn.Conv2d(hidden or layers * width, 1, 3, padding=1)
        nn.init.normal_(self.final.weight, std=0.01)
        self.direct = nn.ParameterDict({s: nn.Parameter(torch.full((layers,), -3.0)) for s in ("text", "reference")})

    def forward(self, consistency: Tensor, source: Source = "text") -> Tensor:
        """(B, 2L, M, M) -> logits (B, 2, M, M) [real, fake], fp32."""
        views = class_views(consistency)
        x = torch.cat([F.relu(branch(views[:, i])) for i, branch in enumerate(self.branches)], 1)
        x = self.norms[source](x)
        if self.smooth is not None:
            x = F.relu(self.smooth_norms[source](self.smooth(x)))
        with torch.autocast(views.device.type, enabled=False):
            own = torch.einsum("blhw,l->bhw", 0.5 * views[:, :, 0], F.softplus(self.direct[source]))
        return join_classes(self.final(x)[:, 0].float() + own)


class Classifier(nn.Module):
    """Logits of the whole crop: a convolution pyramid a layer, pooled by mean and maximum, two linear layers."""

    def __init__(self, layers: int, widths: Sequence[int], hidden: int) -> None:
        super().__init__()
        self.branches = nn.ModuleList(self.pyramid(widths) for _ in range(layers))
        self.hidden = nn.Linear(2 * layers * widths[-1], hidden)
        self.out = nn.Linear(hidden, 1)
        nn.init.normal_(self.out.weight, std=0.01)

    @staticmethod
    def pyramid(widths: Sequence[int]) -> nn.Sequential:
        """A branch: halving convolutions of these channels over the two classes' maps (B, 2, M, M)."""
        parts: list[nn.Module] = []
        channels = 2
        for width in widths:
            parts += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU(inplace=True), nn.MaxPool2d(2)]
            parts.append(nn.BatchNorm2d(width))
            channels = width
        return nn.Sequential(*parts)

    def forward(self, consistency: Tensor) -> Tensor:
        """(B, 2L, M, M) -> logits (B, 2) [real, fake], fp32."""
        views = class_views(consistency)
        features = [branch(views[:, i]) for i, branch in enumerate(self.branches)]  # each (2B, W, m, m)
        pooled = torch.cat([f.float().mean((2, 3)) for f in features] + [f.float().amax((2, 3)) for f in features], 1)
        with torch.autocast(pooled.device.type, enabled=False):
            return join_classes(self.out(F.relu(self.hidden(pooled)))[:, 0])
