"""Learnable context through the CLIP text tower itself, as the paper means it (LVLM-DFD §3.2; CoOp, Zhou et al., 2022).

`[start] context words [end]`: the context stands in place of token embeddings. DescriptionFeatures (kfd/text.py) builds
that sequence, learns the context and caches what comes out; here its sentence encoder becomes a CLIP text tower.
"""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import torch
from open_clip.tokenizer import SimpleTokenizer
from torch import Tensor, nn

from kfd.encoders.vit_weights.towers import TextTower
from kfd.text import SentenceEncoder
from media.errors import BadRequest


class ClipTextModel(nn.Module):
    """A text tower behind the calls of a BERT-like model: embeddings in, the text's embedding out at every place."""

    def __init__(self, text: TextTower) -> None:
        super().__init__()
        if text.width != text.output_dim:
            raise ValueError("the context has one width: text_width and embed_dim must be the same")
        self.text = text.requires_grad_(False)

    def get_input_embeddings(self) -> nn.Module:
        """The token embedding."""
        return self.text.token_embedding

    def forward(self, inputs_embeds: Tensor, attention_mask: Tensor) -> SimpleNamespace:
        """(N, L, D) and (N, L), padded on the right: last_hidden_state (N, L, D), so that any mean is the embedding."""
        embedding = self.text.encode_embeddings(inputs_embeds, attention_mask.sum(1) - 1)
        return SimpleNamespace(last_hidden_state=embedding[:, None].expand(-1, inputs_embeds.shape[1], -1))


def clip_sentence_encoder(text: TextTower, sha256: str, context: int) -> SentenceEncoder:
    """The text tower as a sentence encoder for DescriptionFeatures.attach; it is frozen.

    Args:
        text: the text tower. sha256: of the file its weights are from.
        context: vectors that will be put before the words.
    """
    tokenizer = SimpleTokenizer()
    room = text.context_length - 2 - context

    def tokenize(sentences: Sequence[str], **_: Any) -> dict[str, Tensor]:
        rows = [[tokenizer.sot_token_id, *tokenizer.encode(s), tokenizer.eot_token_id] for s in sentences]
        longest = max(len(row) for row in rows)
        if longest - 2 > room:
            raise BadRequest(f"A description has {longest - 2} tokens; with {context} context vectors {room} fit.")
        ids = torch.zeros(len(rows), longest, dtype=torch.long)
        mask = torch.zeros(len(rows), longest, dtype=torch.long)
        for number, row in enumerate(rows):
            ids[number, : len(row)] = torch.tensor(row)
            mask[number, : len(row)] = 1
        return {"input_ids": ids, "attention_mask": mask}

    return SentenceEncoder(ClipTextModel(text), tokenize, sha256)
