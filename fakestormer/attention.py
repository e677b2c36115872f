"""Divided attention on the rectangular grid of tokens (sheet §6): over time at a place, over places in a frame.

The grid is (B, T+1, N+1, D). Row 0 holds a temporal token a patch position, column 0 a spatial token a frame, and the
corner (0, 0) is a placeholder that only makes the grid rectangular: no attention reads it.

    time attention:  columns 1..N, each over [temporal token, its patch in T frames]        N sequences of T+1
    space attention: rows 1..T, each over [spatial token, the frame's N patches]            T sequences of N+1
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Attention(nn.Module):
    """Multi-head self-attention over the second last axis; all axes before it are a batch."""

    def __init__(self, dim: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(dim, 3 * dim)
        self.proj = nn.Linear(dim, dim)

    def _split(self, x: Tensor) -> Tensor:
        """(..., L, D) -> (3, batch, heads, L, D / heads)."""
        length, dim = x.shape[-2:]
        return self.qkv(x).reshape(-1, length, 3, self.heads, dim // self.heads).permute(2, 0, 3, 1, 4)

    def forward(self, x: Tensor) -> Tensor:
        """(..., L, D) -> (..., L, D)."""
        q, k, v = self._split(x).unbind(0)
        mixed = F.scaled_dot_product_attention(q, k, v)  # (batch, heads, L, D / heads)
        return self.proj(mixed.transpose(1, 2).reshape(x.shape))

    def weights(self, x: Tensor) -> Tensor:
        """The attention itself, (..., heads, L, L), each row summing to 1."""
        q, k, _ = self._split(x).unbind(0)
        shares = (q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5).softmax(-1)
        return shares.reshape(*x.shape[:-2], *shares.shape[1:])


class DropPath(nn.Module):
    """Drops a residual branch for whole samples while training, scaled so that the mean stays."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        """(B, ...) -> (B, ...)."""
        if not self.training or self.rate == 0:
            return x
        kept = torch.rand(x.shape[0], *(1,) * (x.ndim - 1), device=x.device) >= self.rate
        return x * kept.to(x.dtype) / (1 - self.rate)


class DividedBlock(nn.Module):
    """Time attention, space attention and MLP, each behind a LayerNorm and on a residual path."""

    def __init__(self, dim: int, heads: int, mlp_ratio: float, drop_path: float = 0.0) -> None:
        super().__init__()
        hidden = int(dim * mlp_ratio)
        self.temporal_norm = nn.LayerNorm(dim, eps=1e-6)
        self.temporal = Attention(dim, heads)
        self.temporal_out = nn.Linear(dim, dim)
        self.spatial_norm = nn.LayerNorm(dim, eps=1e-6)
        self.spatial = Attention(dim, heads)
        self.norm = nn.LayerNorm(dim, eps=1e-6)
        self.mlp = nn.Sequential(nn.Linear(dim, hidden), nn.GELU(), nn.Linear(hidden, dim))
        self.drop = DropPath(drop_path)

    def over_time(self, grid: Tensor) -> Tensor:
        """The grid after time attention; column 0 is left as it is."""
        columns = grid[:, :, 1:].transpose(1, 2)  # (B, N, T+1, D)
        moved = self.temporal_out(self.temporal(self.temporal_norm(columns)))
        return torch.cat([grid[:, :, :1], grid[:, :, 1:] + self.drop(moved).transpose(1, 2)], 2)

    def over_space(self, grid: Tensor) -> Tensor:
        """The grid after space attention; row 0 is left as it is."""
        rows = grid[:, 1:]  # (B, T, N+1, D)
        moved = self.spatial(self.spatial_norm(rows))
        return torch.cat([grid[:, :1], rows + self.drop(moved)], 1)

    def forward(self, grid: Tensor) -> Tensor:
        """(B, T+1, N+1, D) -> (B, T+1, N+1, D)."""
        grid = self.over_space(self.over_time(grid))
        return grid + self.drop(self.mlp(self.norm(grid)))

    def spatial_shares(self, grid: Tensor) -> Tensor:
        """How the spatial tokens attend to their frame's patches: (B, T, heads, N)."""
        rows = self.over_time(grid)[:, 1:]
        return self.spatial.weights(self.spatial_norm(rows))[..., 0, 1:]
