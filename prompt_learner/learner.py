"""Forgery prompt learner: the detector's maps and probabilities become soft tokens (LVLM-DFD §3.3)."""

import torch
from torch import Tensor, nn

from prompt_learner.config import PromptLearnerConfig


def map_network(cfg: PromptLearnerConfig, in_channels: int) -> nn.Sequential:
    """(B, C, M, M) -> (B, d, grid, grid): conv-ReLU-BN-pool stages and a last valid convolution."""
    layers: list[nn.Module] = []
    width = in_channels
    for channels in cfg.channels:
        layers += [nn.Conv2d(width, channels, 3, padding=1), nn.ReLU(), nn.BatchNorm2d(channels), nn.MaxPool2d(2)]
        width = channels
    if cfg.extra_channels:
        layers += [nn.Conv2d(width, cfg.extra_channels, 3, padding=1), nn.ReLU(), nn.BatchNorm2d(cfg.extra_channels)]
        width = cfg.extra_channels
    layers.append(nn.Conv2d(width, cfg.hidden_size, cfg.last_side - cfg.grid + 1))
    return nn.Sequential(*layers)


class ForgeryPromptLearner(nn.Module):
    """E_forgery = Conv1d[base prompts | consistency tokens | map tokens | class token], tokens as channels."""

    def __init__(self, cfg: PromptLearnerConfig) -> None:
        super().__init__()
        self.cfg = cfg
        self.base_prompts = nn.Parameter(0.02 * torch.randn(cfg.n_base, cfg.hidden_size))
        self.consistency_net = map_network(cfg, cfg.map_channels)
        self.map_net = map_network(cfg, 1)
        self.class_token = nn.Linear(2, cfg.hidden_size)
        tokens = cfg.n_base + 2 * cfg.grid**2 + 1
        self.mix = nn.Conv1d(tokens, cfg.n_forgery, 3, padding=1)

    def forward(self, consistency: Tensor, forgery_map: Tensor, probabilities: Tensor) -> Tensor:
        """Soft tokens of a batch.

        Args:
            consistency: (B, 6, M, M), 100*cos. forgery_map: (B, 1, M, M) in [0, 1].
            probabilities: (B, 2) [real, fake].

        Returns:
            (B, n_forgery, d); tokens of the maps enter row by row.
        """
        base = self.base_prompts.expand(len(probabilities), -1, -1)
        consistency_tokens = self.consistency_net(consistency).flatten(2).transpose(1, 2)  # (B, 9, d)
        map_tokens = self.map_net(forgery_map).flatten(2).transpose(1, 2)  # (B, 9, d)
        class_token = self.class_token(probabilities)[:, None]  # (B, 1, d)
        return self.mix(torch.cat([base, consistency_tokens, map_tokens, class_token], dim=1))
