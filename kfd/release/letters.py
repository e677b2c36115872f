"""The text features that the release really computes.

Its "sentences" are the strings 'real' and 'fake', handed to a function that goes through a list: every letter becomes a
text of its own. A class's feature is the unit mean of its letters' features, each as long as the logit scale, and of 16
vectors that the release draws anew at every start; beside rows of length 100 theirs of 0.6 change nothing.
"""

import torch
import torch.nn.functional as F
from open_clip.tokenizer import SimpleTokenizer
from torch import Tensor

from kfd.config import LABELS
from kfd.encoders.vit_weights.towers import TextTower


@torch.inference_mode()
def letter_features(text: TextTower, logit_scale: Tensor, context: Tensor | None = None) -> Tensor:
    """Text features (2, D), unit length, rows [real, fake].

    Args:
        text: the text tower. logit_scale: logarithm of the factor of its embeddings.
        context: (n, D) vectors in the space of the embeddings, for a checkpoint that holds some.
    """
    tokenizer = SimpleTokenizer()
    scale = logit_scale.float().exp().clamp(max=100)
    rows = []
    for word in LABELS:
        letters = text.encode_ids(tokenizer(list(word), text.context_length)) * scale
        extra = letters[:0] if context is None else context.to(letters)
        rows.append(F.normalize(torch.cat([extra, letters]).mean(0), dim=0))
    return torch.stack(rows).clone()
