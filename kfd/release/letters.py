"""The text features that the release really computes.

Its "sentences" are the strings 'real' and 'fake', handed to a function that goes through a list: every letter becomes a
text of its own. A class's feature is the unit mean of its letters' features, each as long as the logit scale, and of 16
vectors that the release draws anew at every start; beside rows of length 100 theirs of 0.6 change nothing.
"""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from open_clip.tokenizer import SimpleTokenizer
from torch import Tensor

from kfd.config import LABELS
from kfd.encoders.vit_weights.towers import TextTower


def letter_ids(context_length: int) -> list[Tensor]:
    """Token ids (letters, context_length) of each class's letters, classes in the order of LABELS."""
    tokenizer = SimpleTokenizer()
    return [tokenizer(list(word), context_length) for word in LABELS]


@torch.inference_mode()
def letter_features(
    text: TextTower, logit_scale: Tensor, context: Tensor | None = None, ids: Sequence[Tensor] | None = None
) -> Tensor:
    """Text features (2, D), unit length, rows [real, fake], on the tower's device.

    Args:
        text: the text tower. logit_scale: logarithm of the factor of its embeddings.
        context: (n, D) vectors in the space of the embeddings, for a checkpoint that holds some.
        ids: of `letter_ids`, for who makes the features often; None makes them.
    """
    scale = logit_scale.float().exp().clamp(max=100)
    device = text.token_embedding.weight.device
    rows = []
    for letters in ids or letter_ids(text.context_length):
        embeddings = text.encode_ids(letters.to(device)) * scale
        extra = embeddings[:0] if context is None else context.to(embeddings)
        rows.append(F.normalize(torch.cat([extra, embeddings]).mean(0), dim=0))
    return torch.stack(rows).clone()
