"""Both towers of a CLIP model on open_clip's transformers, and what is asked of them."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import torch
import torch.nn.functional as F
from open_clip.constants import OPENAI_DATASET_MEAN, OPENAI_DATASET_STD
from open_clip.transformer import TextTransformer
from torch import Tensor, nn

from kfd.encoders.openclip import OpenClipEncoder, norm_of, vision_tower
from kfd.encoders.vit_weights.sizes import TAPS, TowerSizes

M = TypeVar("M", bound=nn.Module)


class TextTower(TextTransformer):
    """The text tower; unit embeddings of token ids, or of token embeddings among which some may be learned."""

    def __init__(self, sizes: TowerSizes) -> None:
        super().__init__(
            context_length=sizes.context_length, vocab_size=sizes.vocab_size, width=sizes.text_width,
            heads=sizes.text_heads, layers=sizes.text_layers, mlp_ratio=sizes.mlp_ratio,
            output_dim=sizes.embed_dim, norm_layer=norm_of(sizes),
        )  # fmt: skip

    def encode_ids(self, ids: Tensor) -> Tensor:
        """Unit embeddings (N, D) of token ids (N, L), L up to context_length; the end-of-text is the highest id."""
        return self.encode_embeddings(self.token_embedding(ids), ids.argmax(-1))

    def encode_embeddings(self, embeddings: Tensor, ends: Tensor) -> Tensor:
        """Unit embeddings (N, D) of token embeddings, among which may be learned ones (CoOp, Zhou et al., 2022).

        Args:
            embeddings: (N, L, text_width), without positions.
            ends: (N,) place of the end-of-text token; what follows it has no effect and is not computed.
        """
        length = int(ends.max()) + 1
        if length > self.context_length:
            raise ValueError(f"the texts have {length} tokens, this tower reads {self.context_length}")
        assert isinstance(self.attn_mask, Tensor)
        assert isinstance(self.text_projection, Tensor)
        x = embeddings[:, :length] + self.positional_embedding[:length]
        x = self.transformer(x, attn_mask=self.attn_mask[:length, :length])
        pooled = self.ln_final(x[torch.arange(len(x), device=x.device), ends])
        return F.normalize(pooled @ self.text_projection, dim=-1)


class Towers(nn.Module):
    """A vision tower, usually a text tower, and the logarithm of the scale between their unit embeddings.

    Keys are those of open_clip's models whose text tower is a part of its own: `visual.*`, `text.*`, `logit_scale`.
    """

    logit_scale: Tensor
    mean: tuple[float, float, float] = OPENAI_DATASET_MEAN
    std: tuple[float, float, float] = OPENAI_DATASET_STD

    def __init__(self, sizes: TowerSizes, with_text: bool = True) -> None:
        super().__init__()
        self.sizes = sizes
        self.visual = vision_tower(sizes)
        self.text = TextTower(sizes) if with_text else None
        if with_text:
            self.register_buffer("logit_scale", torch.zeros(()))

    def encoder(self, taps: tuple[int, int, int] = TAPS) -> OpenClipEncoder:
        """The vision tower behind the encoder contract: raw outputs of three blocks and the image embedding."""
        return OpenClipEncoder(self.visual, taps)

    def encode_image(self, images: Tensor) -> Tensor:
        """Unit embeddings (B, D) of normalised RGB images (B, 3, S, S)."""
        return F.normalize(self.visual(images), dim=-1)

    def encode_text(self, ids: Tensor) -> Tensor:
        """Unit embeddings (N, D) of token ids (N, L)."""
        return self.text_tower.encode_ids(ids)

    @property
    def text_tower(self) -> TextTower:
        """The text tower; ValueError where it was left out."""
        if self.text is None:
            raise ValueError("these towers were loaded without the text tower")
        return self.text


def assemble(make: Callable[[], M], tensors: Mapping[str, Tensor]) -> M:
    """A module in evaluation mode whose parameters are float32 `tensors` (all of them, strictly), not copies of them.

    Raises:
        RuntimeError: names the keys or shapes that do not fit.
    """
    with torch.device("meta"):
        module = make()
    wanted = {name: t.float() if t.is_floating_point() else t for name, t in tensors.items()}
    module.load_state_dict(wanted, strict=True, assign=True)
    for part in module.modules():
        if isinstance(part, TextTransformer):  # its mask is computed, not stored
            part.register_buffer("attn_mask", part.build_causal_mask(), persistent=False)
    return module.eval()


def shapes_of(make: Callable[[], nn.Module]) -> dict[str, tuple[int, ...]]:
    """Names and shapes of a module's state without making its numbers."""
    with torch.device("meta"):
        return {name: tuple(t.shape) for name, t in make().state_dict().items()}
