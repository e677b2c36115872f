"""One pass of a Llama-type model over the new positions of several conversations.

All new positions stand in one matrix, so every weight is read once for all of them; attention runs for each
conversation over its own keys and values. Nothing is padded to a common length.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import pad, scaled_dot_product_attention

from assistant.serving.caches import HeldCache
from media.errors import BadRequest

LEAST_ROWS = 8
"""Products of fewer rows take other paths in BLAS and round otherwise. Filled up to this, an answer does not depend on
how many others are asking (seen with MKL on one thread: the same bits from 4 rows on; not promised on a GPU)."""
_ROPES = ("default", "linear", "llama3")


class PackedLlama:
    """Llama's forward pass (LlamaForCausalLM of transformers, its own modules) over several conversations at once.

    Args:
        model: a LlamaForCausalLM; adapters must be merged into it.
    """

    def __init__(self, model: Any) -> None:
        config = model.config
        rope = (getattr(config, "rope_parameters", None) or {}).get("rope_type", "default")
        if config.model_type != "llama" or rope not in _ROPES:
            raise BadRequest(
                "Only Llama-type language models can hold several conversations at once; serve this one by itself.",
                f"model type {config.model_type}, rope {rope}",
            )
        self._body, self._head = model.model, model.lm_head
        self._groups = config.num_attention_heads // config.num_key_value_heads

    def __call__(self, rows: Sequence[Tensor], caches: Sequence[HeldCache]) -> Tensor:
        """Read on in each conversation.

        Args:
            rows: (n_i, d) input embeddings of the new positions, at least one each.
            caches: what was read before, with room for the new positions; their keys and values are written.

        Returns:
            (conversations, V) float32 logits of the token after each.
        """
        lengths = [len(r) for r in rows]
        starts = [len(cache) for cache in caches]
        device = rows[0].device
        positions = torch.cat([torch.arange(s, s + n, device=device) for s, n in zip(starts, lengths, strict=True)])
        x = _filled(torch.cat(list(rows)))
        cos, sin = self._body.rotary_emb(x, pad(positions, (0, len(x) - len(positions)))[None])
        masks = [self._mask(s, n, device) for s, n in zip(starts, lengths, strict=True)]
        turns = list(zip(lengths, starts, masks, caches, strict=True))
        for index, layer in enumerate(self._body.layers):
            x = x + self._attend(index, layer.self_attn, layer.input_layernorm(x), (cos[0], sin[0]), turns)
            x = x + layer.mlp(layer.post_attention_layernorm(x))
        last = torch.tensor(lengths, device=device).cumsum(0) - 1
        return self._head(_filled(self._body.norm(x[last])))[: len(rows)].float()

    def _mask(self, start: int, length: int, device: torch.device) -> Tensor | None:
        """(groups * length, start + length), True where a new position may look; None for a single one: everywhere."""
        if length == 1:
            return None
        seen = torch.ones(length, start + length, dtype=torch.bool, device=device).tril(start)
        return seen.repeat(self._groups, 1)

    def _attend(
        self,
        index: int,
        attention: Any,
        x: Tensor,
        rope: tuple[Tensor, Tensor],
        turns: Sequence[tuple[int, int, Tensor | None, HeldCache]],
    ) -> Tensor:
        """Attention of layer `index` over (T, d); each conversation looks at itself alone."""
        from transformers.models.llama.modeling_llama import apply_rotary_pos_emb

        heads = (len(x), -1, attention.head_dim)
        queries, keys = attention.q_proj(x).view(heads), attention.k_proj(x).view(heads)
        queries, keys = apply_rotary_pos_emb(queries, keys, *rope)
        values = attention.v_proj(x).view(heads)
        found, at = torch.zeros_like(queries).flatten(1), 0
        for length, start, mask, cache in turns:
            part = slice(at, at + length)
            own, told = cache.append(index, start, keys[part], values[part])
            # (n, heads) -> (key heads, groups * n): query heads of one key head stand one after the other
            asked = queries[part].unflatten(1, (-1, self._groups)).permute(1, 2, 0, 3).flatten(1, 2)
            answer = scaled_dot_product_attention(
                asked[None], own[None], told[None], attn_mask=mask, scale=attention.scaling
            )[0]
            found[part] = answer.unflatten(1, (self._groups, length)).permute(2, 0, 1, 3).flatten(1)
            at += length
        return attention.o_proj(found)


def _filled(rows: Tensor) -> Tensor:
    """The rows with zeros below them up to LEAST_ROWS."""
    return pad(rows, (0, 0, 0, max(0, LEAST_ROWS - len(rows))))
