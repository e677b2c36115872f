"""The module that stage 2 trains: language model, prompt learner, and two helpers that are thrown away afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from media.records import Signals
from prompt_learner.model import PromptModel

HELPERS = "helpers.safetensors"
"""The file of the two helpers in a checkpoint of training."""
FACTS = 27
"""Length of a fact vector: 13 flags, 13 region scores, P(fake); see training/lm_evidence.py."""


@dataclass(frozen=True, eq=False)
class PictureBatch:
    """The pictures that a batch of conversations refers to, P in all.

    Attributes:
        facts: (P, 27) float32, what was measured.
        kind: (P,) int64: 0 not assessed, 1 facts only (language warm-up), 2 the detector's signals.
        signals: the signals of the pictures of kind 2, in order.
    """

    facts: Tensor
    kind: Tensor
    signals: Sequence[Signals] = ()


@dataclass(frozen=True, eq=False)
class LanguageBatch:
    """Right-padded conversations.

    Attributes:
        ids: (B, T) int64, 0 at soft and padded positions. labels: (B, T) int64, -100 where nothing is learned.
        mask: (B, T) int64, 1 at real positions.
        slots: (S, 4) int64 rows (conversation, position, picture, token); token 0 is visual, 1.. forgery.
        pictures: the pictures, None in general dialogue.
    """

    ids: Tensor
    labels: Tensor
    mask: Tensor
    slots: Tensor
    pictures: PictureBatch | None = None


class FactTokens(nn.Module):
    """Soft tokens straight from the facts: what the prompt learner should come to say. Training only."""

    def __init__(self, tokens: int, hidden_size: int) -> None:
        super().__init__()
        self.shape = (tokens, hidden_size)
        last = nn.Linear(256, tokens * hidden_size)
        nn.init.normal_(last.weight, std=0.05 / 16)
        self.net = nn.Sequential(nn.Linear(FACTS, 256), nn.GELU(), last)

    def forward(self, facts: Tensor) -> Tensor:
        """(P, 27) -> (P, tokens, d)."""
        weights = next(self.net.parameters())  # DeepSpeed holds them in bfloat16
        return self.net((2.0 * facts - 1.0).to(weights.dtype)).unflatten(1, self.shape)


class FactHead(nn.Module):
    """Reads the facts back from E_forgery, so that its tokens learn places early. Training only."""

    def __init__(self, tokens: int, hidden_size: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(hidden_size)
        self.linear = nn.Linear(tokens * hidden_size, FACTS)

    def forward(self, forgery: Tensor) -> Tensor:
        """(P, n_f, d) -> (P, 27) logits."""
        return self.linear(self.norm(forgery).flatten(1))


class TuneModel(nn.Module):
    """Language model + prompt learner with their losses. `prompt` is None in the language warm-up.

    Args:
        lm: a transformers causal language model (maybe with LoRA).
        prompt: the prompt learner and projector.
        n_forgery: number of forgery tokens.
    """

    def __init__(self, lm: Any, prompt: PromptModel | None, n_forgery: int = 9) -> None:
        super().__init__()
        self.lm = lm
        self.prompt = prompt
        width = lm.get_input_embeddings().weight.shape[1]
        self.blank = nn.Parameter(0.02 * torch.randn(1 + n_forgery, width)) if prompt is None else None
        self.fact_tokens = FactTokens(n_forgery, width)
        self.fact_head = FactHead(n_forgery, width)

    def soft_tokens(self, pictures: PictureBatch) -> tuple[Tensor, Tensor]:
        """Tokens (P, 1 + n_f, d) of every picture and the prompt learner's own (K, n_f, d) for kind 2."""
        blank = self.blank if self.prompt is None else self.prompt.no_picture
        assert blank is not None
        count = len(pictures.kind)
        tokens = blank.expand(count, -1, -1)
        told = torch.cat([tokens[:, :1], self.fact_tokens(pictures.facts)], dim=1)
        tokens = torch.where((pictures.kind == 1)[:, None, None], told, tokens)
        seen = (pictures.kind == 2).nonzero()[:, 0]
        if not len(seen) or self.prompt is None:
            return tokens, tokens[:0, 1:]
        with torch.autocast(tokens.device.type, enabled=False):
            visual, forgery = self.prompt.encode(pictures.signals)
        return tokens.index_put((seen,), torch.cat([visual, forgery], dim=1).to(tokens)), forgery

    def read(self, batch: LanguageBatch) -> tuple[Tensor, dict[str, Tensor]]:
        """Hidden states (B, T, d) and the helpers' losses."""
        embeds = self.lm.get_input_embeddings()(batch.ids)
        losses: dict[str, Tensor] = {}
        if batch.pictures is not None:
            tokens, forgery = self.soft_tokens(batch.pictures)
            row, position, picture, index = batch.slots.T
            embeds = embeds.index_put((row, position), tokens[picture, index].to(embeds))
            if len(forgery):
                losses = self._helpers(batch.pictures, forgery)
        # Padding is to the right and attention causal: no real position sees it, so no (slower) mask is needed.
        out = body(self.lm)(inputs_embeds=embeds, use_cache=False)
        return out.last_hidden_state, losses

    def logits(self, batch: LanguageBatch) -> Tensor:
        """Logits (B, T, V) at every position."""
        return self.lm.get_output_embeddings()(self.read(batch)[0])

    def forward(self, batch: LanguageBatch) -> dict[str, Tensor]:
        """Losses: "lm" (mean over answer tokens), "tokens" (their number), and for signals "facts" and "teacher"."""
        hidden, losses = self.read(batch)
        targets = batch.labels[:, 1:]
        learned = targets != -100
        logits = self.lm.get_output_embeddings()(hidden[:, :-1][learned]).float()
        wanted = targets[learned]
        losses["lm"] = nn.functional.cross_entropy(logits, wanted)
        losses["tokens"] = torch.tensor(float(len(wanted)))
        losses["right"] = (logits.argmax(1) == wanted).float().mean()
        return losses

    def _helpers(self, pictures: PictureBatch, forgery: Tensor) -> dict[str, Tensor]:
        facts = pictures.facts[pictures.kind == 2]
        read = nn.functional.binary_cross_entropy_with_logits(self.fact_head(forgery).float(), facts)
        told = self.fact_tokens(facts).detach().float()
        spread = told.var(correction=0).clamp_min(1e-4)
        return {"facts": read, "teacher": (forgery.float() - told).square().mean() / spread}


def body(lm: Any) -> Any:
    """The decoder without its output layer, through a LoRA wrapper if there is one."""
    base = lm.get_base_model() if hasattr(lm, "peft_config") else lm
    return base.base_model
