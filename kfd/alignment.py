"""Consistency maps: how well each place of the picture agrees with the descriptions (LVLM-DFD, eq. 1-2).

Adapter features are u = W v + b. Cosines need only inner products of u, so with A = [W b] and v' = [v 1] the small
matrices A^T A and A^T t give them exactly without ever making u, which is much wider than v.
"""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

EPS = 1e-6
UNTOUCHED_COS = 0.95


def _augmented(features: Tensor) -> Tensor:
    """(B, C, H, W) -> (B, H, W, C + 1) fp32 with a last component 1 (carries the bias)."""
    return F.pad(features.permute(0, 2, 3, 1).float(), (0, 1), value=1.0)


def enlarge(maps: Sequence[Tensor], size: int) -> Tensor:
    """L maps (B, 2, H_i, W_i) -> (B, 2L, size, size), bilinear with aligned corners."""
    return torch.cat([F.interpolate(m, (size, size), mode="bilinear", align_corners=True) for m in maps], 1)


class Alignment(nn.Module):
    """One linear adapter a layer, into the space of the descriptions; temperature times cosine, in fp32."""

    def __init__(self, channels: Sequence[int], global_dim: int, text_dim: int, temperature: float):
        super().__init__()
        self.adapters = nn.ModuleList(nn.Linear(c, text_dim) for c in channels)
        self.global_adapter = nn.Linear(global_dim, text_dim)
        self.temperature = temperature

    def _matrix(self, index: int) -> Tensor:
        adapter = self.adapters[index]
        assert isinstance(adapter, nn.Linear)
        return torch.cat([adapter.weight, adapter.bias[:, None]], 1).float()  # (T, C + 1)

    def forward(self, layers: Sequence[Tensor], text: Tensor) -> list[Tensor]:
        """Consistency of each layer, (B, 2, H_i, W_i) [real, fake], with text features (2, T) [real, fake]."""
        maps = []
        with torch.autocast(text.device.type, enabled=False):
            for index, layer in enumerate(layers):
                matrix, v = self._matrix(index), _augmented(layer)
                norm = ((v @ (matrix.T @ matrix)) * v).sum(-1, keepdim=True).clamp_min(EPS).sqrt()
                cos = v @ (matrix.T @ text.float().T) / norm  # (B, H, W, 2)
                maps.append(self.temperature * cos.permute(0, 3, 1, 2))
            return maps

    def to_reference(self, layers: Sequence[Tensor], reference: Sequence[Tensor]) -> list[Tensor]:
        """Agreement with an unforged picture of the same place, (B, 2, H_i, W_i): [t (cos - c), t (c - cos)].

        The paper compares by cosine (§1.7). c = UNTOUCHED_COS centres the pair: an untouched place favours "real" a
        little, and small differences are not lost beside a large constant in half precision.
        """
        maps = []
        with torch.autocast(layers[0].device.type, enabled=False):
            for index, (layer, other) in enumerate(zip(layers, reference, strict=True)):
                matrix, v, w = self._matrix(index), _augmented(layer), _augmented(other)
                gram = matrix.T @ matrix
                vg, wg = v @ gram, w @ gram
                norms = ((vg * v).sum(-1).clamp_min(EPS) * (wg * w).sum(-1).clamp_min(EPS)).sqrt()
                cos = (vg * w).sum(-1) / norms  # (B, H, W)
                maps.append(self.temperature * torch.stack([cos - UNTOUCHED_COS, UNTOUCHED_COS - cos], 1))
            return maps

    def global_similarity(self, token: Tensor, text: Tensor) -> Tensor:
        """temperature * cos of the adapted global token (B, D) and the descriptions: (B, 2) [real, fake]."""
        with torch.autocast(text.device.type, enabled=False):
            adapted = F.normalize(self.global_adapter(token.float()), dim=1)
            return self.temperature * adapted @ text.float().T
