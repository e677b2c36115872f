"""Prompt learner and projector as one module that turns the detector's Signals into soft tokens."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from media.errors import MissingCheckpoint
from media.records import Signals
from prompt_learner.config import PromptLearnerConfig
from prompt_learner.learner import ForgeryPromptLearner
from prompt_learner.projector import VisualProjector


class PromptModel(nn.Module):
    """Signals -> (E_visual, E_forgery); also the learned tokens that stand for "no picture could be assessed"."""

    def __init__(self, cfg: PromptLearnerConfig) -> None:
        super().__init__()
        self.cfg = cfg
        self.learner = ForgeryPromptLearner(cfg)
        self.projector = VisualProjector(cfg.visual_dim, cfg.hidden_size)
        self.no_picture = nn.Parameter(0.02 * torch.randn(1 + cfg.n_forgery + cfg.raw_score, cfg.hidden_size))

    @classmethod
    def tiny(cls, seed: int, hidden_size: int = 32, visual_dim: int = 16, map_size: int = 16) -> "PromptModel":
        """Random and small, in eval mode, for tests."""
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            return cls(PromptLearnerConfig(hidden_size, visual_dim, map_size, channels=(4, 8))).eval()

    def collate(self, signals: Sequence[Signals]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Tensors (B, 6, M, M), (B, 1, M, M), (B, 2), (B, D) on the module's device, checked against the config."""
        cfg = self.cfg
        expected = ((cfg.map_channels, cfg.map_size, cfg.map_size), (cfg.visual_dim,))
        for s in signals:
            if (s.consistency.shape, s.global_token.shape) != expected:
                raise MissingCheckpoint(
                    "The prompt learner does not fit this detector.",
                    f"expected {expected}, got {(s.consistency.shape, s.global_token.shape)}",
                )
        like = self.no_picture
        fields = (
            [s.consistency for s in signals],
            [s.forgery_map[None] for s in signals],
            [s.probabilities for s in signals],
            [s.global_token for s in signals],
        )
        a, b, c, d = (torch.from_numpy(np.stack(f)).to(like) for f in fields)
        return a, b, c, d

    def forward(
        self, consistency: Tensor, forgery_map: Tensor, probabilities: Tensor, global_token: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Visual (B, 1, d) and forgery (B, n_forgery, d) tokens, one forgery token more with `raw_score`."""
        forgery = self.learner(consistency, forgery_map, probabilities)
        if not self.cfg.learns:
            forgery = self.no_picture[1 : 1 + self.cfg.n_forgery].expand_as(forgery)
        if self.cfg.raw_score:
            scores = probabilities.to(forgery).repeat(1, -(-self.cfg.hidden_size // 2))[:, : self.cfg.hidden_size]
            forgery = torch.cat([forgery, scores[:, None]], 1)
        return self.projector(global_token), forgery

    def encode(self, signals: Sequence[Signals]) -> tuple[Tensor, Tensor]:
        """Visual (B, 1, d) and forgery (B, n_forgery, d) tokens of what the detector saw."""
        return self(*self.collate(signals))

    def blank(self, batch: int = 1) -> tuple[Tensor, Tensor]:
        """Visual and forgery tokens for a picture that could not be assessed; the same for all."""
        tokens = self.no_picture.expand(batch, -1, -1)
        return tokens[:, :1], tokens[:, 1:]

    @torch.no_grad()
    def match_scale(self, signals: Sequence[Signals], deviation: float) -> None:
        """Rescale what makes the tokens so that those of `signals` have the spread of real token embeddings."""
        visual, forgery = self.encode(signals)
        last = self.learner.mix.parameters() if self.cfg.learns else [self.no_picture[1:]]
        for made_by, tokens in ((self.projector.linear.parameters(), visual), (last, forgery)):
            for weights in made_by:
                weights.mul_(deviation / float(tokens.std()))
