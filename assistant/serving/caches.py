"""What the language model has read of each conversation, kept within a limit in bytes; the least recent goes first.

A conversation whose cache was dropped is read again from its segments, so it gets the same answer, only later.
"""

import threading
import time
import weakref
from collections import OrderedDict, deque
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from assistant.cache import KeyValueCache
from media.errors import BadRequest

BLOCK = 64
"""Positions by which a cache grows, so that most new tokens are written in place."""


@dataclass(frozen=True)
class CacheShape:
    """Sizes of a model's keys and values: layers, key/value heads, width of a head; their type and device."""

    layers: int
    heads: int
    width: int
    dtype: torch.dtype
    device: torch.device

    @classmethod
    def of(cls, model: Any) -> "CacheShape":
        """Those of a Llama-type causal language model."""
        config, weight = model.config, model.get_input_embeddings().weight
        width = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
        return cls(config.num_hidden_layers, config.num_key_value_heads, width, weight.dtype, weight.device)

    def bytes_of(self, positions: int) -> int:
        """Bytes of a cache with room for so many positions, in whole blocks."""
        return self.layers * 2 * self.heads * _rounded(positions) * self.width * self.dtype.itemsize


def _rounded(positions: int) -> int:
    return -(-positions // BLOCK) * BLOCK


class HeldCache(KeyValueCache):
    """Keys and values of one conversation in tensors that grow by blocks; shortening only forgets the last rows.

    Attributes:
        used: `time.monotonic()` of the latest pass, seconds.
    """

    def __init__(self, shape: CacheShape) -> None:
        super().__init__()
        self.used = 0.0
        self._shape = shape
        self._layers: list[Tensor] = []  # one (2, heads, capacity, width) a layer

    @property
    def nbytes(self) -> int:
        """Bytes of its tensors."""
        return sum(layer.nbytes for layer in self._layers)

    def clear(self) -> None:
        """Forget everything and free the tensors."""
        super().clear()
        self._layers = []

    def crop(self, length: int) -> None:
        """Keep the first `length` positions."""
        del self.keys[length:]

    def reserve(self, positions: int) -> None:
        """Make room for so many positions; what has been read stays."""
        if self._layers and self._layers[0].shape[2] >= positions:
            return
        s, kept = self._shape, len(self.keys)
        for index in range(s.layers):
            grown = torch.empty(2, s.heads, _rounded(positions), s.width, dtype=s.dtype, device=s.device)
            if kept:
                grown[:, :, :kept] = self._layers[index][:, :, :kept]
            self._layers[index : index + 1] = [grown]  # layer by layer: no second copy of the whole

    def append(self, layer: int, start: int, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        """Write the rows of new positions (n, heads, width) at `start`; returns all up to there, (heads, L, width)."""
        end = start + len(keys)
        kept = self._layers[layer]
        kept[0, :, start:end] = keys.transpose(0, 1)
        kept[1, :, start:end] = values.transpose(0, 1)
        return kept[0, :, :end], kept[1, :, :end]


@dataclass(frozen=True, eq=False)
class _Entry:
    handle: "weakref.ref[KeyValueCache]"
    cache: HeldCache


class CacheStore:
    """The caches of all conversations of one model. A conversation's own KeyValueCache only serves as its name here.

    Attributes:
        limit: bytes that all caches together may take. peak: most bytes they have taken.
        evicted: how many caches were dropped to make room.
    """

    def __init__(self, limit: int, shape: CacheShape) -> None:
        self.limit, self.shape = limit, shape
        self.peak = self.evicted = 0
        self._entries: OrderedDict[int, _Entry] = OrderedDict()  # least recently used first
        self._gone: deque[int] = deque()  # conversations that ended, noted by whichever thread let go of them
        self._lock = threading.RLock()
        self.require(1)

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def nbytes(self) -> int:
        """Bytes taken now."""
        with self._lock:
            return sum(entry.cache.nbytes for entry in self._entries.values())

    def require(self, positions: int) -> None:
        """Refuse a conversation that would not fit even if it were the only one."""
        if self.shape.bytes_of(positions) > self.limit:
            raise BadRequest(
                "This conversation is too long for the memory set aside for conversations; please start a new one.",
                f"{positions} positions need {self.shape.bytes_of(positions)} bytes, the limit is {self.limit}",
            )

    def holds(self, handle: KeyValueCache) -> bool:
        """Whether something of this conversation is kept."""
        entry = self._entries.get(id(handle))
        return entry is not None and entry.handle() is handle

    def known(self, handle: KeyValueCache) -> int:
        """Positions kept of this conversation."""
        entry = self._entries.get(id(handle))
        return len(entry.cache) if entry is not None and entry.handle() is handle else 0

    def admit(
        self, handle: KeyValueCache, positions: int, keep: Collection[int] = (), grace: float = 0.0
    ) -> HeldCache | None:
        """The cache of a conversation, with room to go on; others are dropped for it, least recently used first.

        Args:
            handle: the conversation.
            positions: how long it will be after the pass.
            keep: ids of handles whose caches must stay.
            grace: seconds since its latest pass for which a cache is not dropped.

        Returns:
            None when there is no room now; then nothing was dropped.
        """
        with self._lock:
            self._sweep()
            cache = self._entries[id(handle)].cache if self.holds(handle) else HeldCache(self.shape)
            if cache.nbytes < self.shape.bytes_of(positions):
                if not self._make_room(handle, self.shape.bytes_of(positions), keep, grace):
                    return None
                cache.reserve(positions)
                self._entries[id(handle)] = _Entry(weakref.ref(handle, self._ended(id(handle))), cache)
                self.peak = max(self.peak, self.nbytes)
            cache.used = time.monotonic()
            self._entries.move_to_end(id(handle))
            return cache

    def drop_all(self) -> None:
        """Forget every conversation; each is read again when it goes on."""
        with self._lock:
            self.evicted += len(self._entries)
            self._entries.clear()

    def _make_room(self, handle: KeyValueCache, size: int, keep: Collection[int], grace: float) -> bool:
        """Drop the oldest caches until one of `size` bytes fits for this conversation; none if they do not suffice."""
        others = {key: entry.cache for key, entry in self._entries.items() if key != id(handle)}
        wanted = sum(other.nbytes for other in others.values()) + size - self.limit
        dropped, latest = [], time.monotonic() - grace
        for key, other in others.items():
            if wanted <= 0:
                break
            if key not in keep and other.used <= latest:
                dropped.append(key)
                wanted -= other.nbytes
        if wanted > 0:
            return False
        for key in dropped:
            del self._entries[key]
        self.evicted += len(dropped)
        return True

    def _ended(self, key: int) -> Callable[[object], None]:
        gone = self._gone  # not self: a conversation must not keep the store alive
        return lambda _: gone.append(key)

    def _sweep(self) -> None:
        """Free the caches of conversations that no longer exist."""
        while self._gone:
            key = self._gone.popleft()
            entry = self._entries.get(key)
            if entry is not None and entry.handle() is None:
                del self._entries[key]
