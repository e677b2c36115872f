"""FakeSTormer: a TimeSformer with a spatial token a frame and a temporal token a patch position (sheet §6).

Unlike the released code every learned token is used and nothing is shared between the clips of a batch.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from fakestormer.attention import DividedBlock
from fakestormer.config import FakeSTormerConfig
from fakestormer.heads import ClassHead, SpatialHead, TemporalHead
from fakestormer.stem import Seen, build_stem


@dataclass(frozen=True)
class ClipOutput:
    """What one pass gives.

    Attributes:
        logits: (B,), of the clip being fake.
        frame_logits: (B, T), of each frame's soft score; None without the spatial head.
        derivative: (B, T, g, g), standardised change of the boundary since the frame before, unbounded; None without
            the temporal head. The first frame has none before it.
    """

    logits: Tensor
    frame_logits: Tensor | None = None
    derivative: Tensor | None = None


class FakeSTormer(nn.Module):
    """Scores a clip, its frames, and the places that change as a blending boundary does."""

    HEADS = ("class_head", "temporal_head", "spatial_head", "shortcut")

    def __init__(self, config: FakeSTormerConfig) -> None:
        super().__init__()
        self.config = config
        dim, cells = config.dim, config.grid**2
        self.stem = build_stem(config)
        self.spatial_token = nn.Parameter(torch.zeros(dim))
        self.temporal_token = nn.Parameter(torch.zeros(dim))
        self.space = nn.Parameter(torch.zeros(cells + 1, dim))  # row 0: the spatial tokens
        self.time = nn.Parameter(torch.zeros(config.frames + 1, dim))  # row 0: the temporal tokens
        rates = [config.drop_path * i / max(config.depth - 1, 1) for i in range(config.depth)]
        self.blocks = nn.ModuleList(DividedBlock(dim, config.heads, config.mlp_ratio, rate) for rate in rates)
        self.norm = nn.LayerNorm(dim, eps=1e-6)
        width, dropout = config.head_width, config.head_dropout
        self.class_head = ClassHead(dim, width, dropout, config.pool)
        self.temporal_head = TemporalHead(dim, config.temporal_widths) if config.temporal_head else None
        self.spatial_head = SpatialHead(dim, width, dropout) if config.spatial_head else None
        self.shortcut = ClassHead(dim, width, dropout, config.pool) if config.shortcut else None
        self._start()

    @classmethod
    def create(cls, config: FakeSTormerConfig | None = None, seed: int = 0) -> Self:
        """A detector with random weights from the seed."""
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            return cls(config or FakeSTormerConfig())

    def _start(self) -> None:
        heads = [head for head in (self.class_head, self.shortcut) if head is not None]
        for module in [m for part in (self.blocks, *heads) for m in part.modules()]:
            if isinstance(module, nn.Linear):
                nn.init.trunc_normal_(module.weight, std=0.02)
                nn.init.zeros_(module.bias)
        for parameter in (self.spatial_token, self.temporal_token, self.space, self.time):
            nn.init.trunc_normal_(parameter, std=0.02)
        start = self.config.temporal_start
        for number, block in enumerate(self.blocks):
            assert isinstance(block, DividedBlock)
            if start == "zero" or (start == "first" and number):
                nn.init.zeros_(block.temporal_out.weight)

    def prepare(self, clips: NDArray[np.uint8] | Tensor) -> Tensor:
        """uint8 RGB (B, T, S, S, 3) -> normalised float32 (B, T, 3, S, S) on the model's device."""
        return prepare_clips(clips, self.config.mean, self.config.std, self.time.device)

    def patches(self, clips: Tensor | Seen) -> Tensor:
        """Normalised clips (B, T, 3, S, S), or what a `DetectorStem` saw in them -> patch tokens (B, T, N, D)."""
        return self.stem(clips).flatten(3).transpose(2, 3)

    def embed(self, patches: Tensor) -> Tensor:
        """Patch tokens (B, T, N, D) -> the grid of tokens (B, T+1, N+1, D) with all embeddings added."""
        b, t = patches.shape[:2]
        time = self._time(t)  # (T+1, D)
        space = self.space
        frames = self.spatial_token + space[0] + time[1:]  # (T, D)
        places = self.temporal_token + space[1:] + time[0]  # (N, D)
        inside = patches + space[1:] + time[1:, None]
        rows = torch.cat([frames[None, :, None].expand(b, -1, -1, -1), inside], 2)  # (B, T, N+1, D)
        corner = torch.zeros_like(frames[:1])
        first = torch.cat([corner, places])[None, None].expand(b, -1, -1, -1)  # (B, 1, N+1, D)
        return torch.cat([first.to(rows.dtype), rows], 1)

    def _time(self, frames: int) -> Tensor:
        """Time embedding for any T: the stored one, linearly interpolated when T differs."""
        if frames == self.config.frames:
            return self.time
        steps = F.interpolate(self.time[1:].T[None], size=frames, mode="linear", align_corners=True)[0].T
        return torch.cat([self.time[:1], steps])

    def tokens(self, patches: Tensor) -> Tensor:
        """Patch tokens (B, T, N, D) -> final tokens (B, T+1, N+1, D); the corner means nothing."""
        grid = self.embed(patches)
        for block in self.blocks:
            grid = block(grid)
        return self.norm(grid)

    def forward(self, clips: Tensor | Seen) -> ClipOutput:
        """Detect in normalised clips (B, T, 3, S, S), as `prepare` gives them, or in what was seen in them."""
        patches = self.patches(clips)
        grid = self.tokens(patches)
        side = self.config.grid
        logits = self.class_head(grid[:, 0, 1:])
        if self.shortcut is not None:
            logits = logits + self.shortcut(patches.flatten(1, 2))
        places = grid[:, 1:, 1:].unflatten(2, (side, side))
        return ClipOutput(
            logits=logits.float(),
            frame_logits=None if self.spatial_head is None else self.spatial_head(grid[:, 1:, 0]).float(),
            derivative=None if self.temporal_head is None else self.temporal_head(places).float(),
        )

    @torch.no_grad()
    def spatial_attention(self, clips: Tensor) -> Tensor:
        """How the last block's spatial tokens attend to their frame, mean over heads: (B, T, g, g) (sheet §12)."""
        grid = self.embed(self.patches(clips))
        for block in self.blocks[:-1]:
            grid = block(grid)
        last = self.blocks[-1]
        assert isinstance(last, DividedBlock)
        return last.spatial_shares(grid).mean(2).unflatten(-1, (self.config.grid, self.config.grid))


def prepare_clips(
    clips: NDArray[np.uint8] | Tensor,
    mean: tuple[float, ...],
    std: tuple[float, ...],
    device: torch.device | str = "cpu",
) -> Tensor:
    """uint8 RGB (B, T, S, S, 3) -> float32 (B, T, 3, S, S), minus mean, by std (both of RGB in [0, 1])."""
    pixels = torch.as_tensor(clips)
    if pixels.dtype != torch.uint8 or pixels.ndim != 5 or pixels.shape[4] != 3:
        raise ValueError(f"clips must be uint8 (B, T, S, S, 3) RGB, got {pixels.dtype} {tuple(pixels.shape)}")
    x = pixels.to(device).permute(0, 1, 4, 2, 3).float() / 255.0
    return (x - x.new_tensor(mean)[:, None, None]) / x.new_tensor(std)[:, None, None]
