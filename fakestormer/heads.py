"""The three heads (sheet §7): temporal derivative a patch, soft score a frame, one logit a clip."""

import torch
from torch import Tensor, nn

from fakestormer.config import Pool


class TemporalHead(nn.Module):
    """Regresses the standardised change of the boundary a patch and frame: two 3x1x1 blocks and a plain 3x1x1 map.

    The output is unbounded: nothing follows the last convolution.
    """

    def __init__(self, dim: int, widths: tuple[int, int]) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        channels = dim
        for width in widths:
            conv = nn.Conv3d(channels, width, (3, 1, 1), padding=(1, 0, 0), bias=False)
            layers += [conv, nn.BatchNorm3d(width), nn.GELU()]
            channels = width
        self.layers = nn.Sequential(*layers, nn.Conv3d(channels, 1, (3, 1, 1), padding=(1, 0, 0)))

    def forward(self, patches: Tensor) -> Tensor:
        """Patch tokens (B, T, g, g, D) -> (B, T, g, g)."""
        return self.layers(patches.permute(0, 4, 1, 2, 3))[:, 0]


class SpatialHead(nn.Module):
    """One logit a frame from its spatial token, with the same weights for every frame, so for any T."""

    def __init__(self, dim: int, width: int, dropout: float) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(dim, width), nn.GELU(), nn.Dropout(dropout), nn.Linear(width, 1))

    def forward(self, tokens: Tensor) -> Tensor:
        """Spatial tokens (B, T, D) -> (B, T)."""
        return self.layers(tokens)[..., 0]


class ClassHead(nn.Module):
    """One logit a clip from the temporal tokens: an MLP whose hidden layer is pooled over the positions.

    "mean_max" lets a small place speak that a mean over the face would drown.
    """

    def __init__(self, dim: int, width: int, dropout: float, pool: Pool) -> None:
        super().__init__()
        self.pool = pool
        self.hidden = nn.Sequential(nn.Linear(dim, width), nn.GELU())
        self.dropout = nn.Dropout(dropout)
        self.out = nn.Linear(width if pool == "mean" else 2 * width, 1)

    def forward(self, tokens: Tensor) -> Tensor:
        """Temporal tokens (B, N, D) -> (B,)."""
        hidden = self.hidden(tokens)
        pooled = hidden.mean(1)
        if self.pool == "mean_max":
            pooled = torch.cat([pooled, hidden.amax(1)], 1)
        return self.out(self.dropout(pooled))[:, 0]
