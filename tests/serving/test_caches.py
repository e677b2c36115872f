"""The store of caches: within its limit, the least recent goes first, ended conversations are freed."""

import gc

import pytest
import torch

from assistant.cache import KeyValueCache
from assistant.llm import LanguageModel
from assistant.serving.caches import BLOCK, CacheShape, CacheStore, HeldCache
from media.errors import BadRequest

SHAPE = CacheShape(layers=2, heads=2, width=8, dtype=torch.float32, device=torch.device("cpu"))
ONE = SHAPE.bytes_of(BLOCK)


def test_bytes_are_those_of_the_tensors() -> None:
    assert CacheShape.of(LanguageModel.tiny().model) == SHAPE
    cache = HeldCache(SHAPE)
    assert cache.nbytes == 0
    cache.reserve(BLOCK + 1)
    assert cache.nbytes == SHAPE.bytes_of(BLOCK + 1) == 2 * ONE == sum(t.nbytes for t in cache._layers)


def test_growing_and_shortening_keep_the_rows() -> None:
    rows = torch.randn(BLOCK + 10, 2, 8)
    cache = HeldCache(SHAPE)
    cache.reserve(10)
    cache.append(1, 0, rows[:10], -rows[:10])
    cache.extend([("a", i) for i in range(10)])
    cache.reserve(BLOCK + 10)
    cache.crop(6)
    keys, values = cache.append(1, 6, rows[6:], -rows[6:])
    assert torch.equal(keys, rows.transpose(0, 1))
    assert torch.equal(values, -rows.transpose(0, 1))


def test_the_least_recent_goes_first_and_the_limit_holds() -> None:
    store = CacheStore(3 * ONE, SHAPE)
    a, b, c, d = handles = [KeyValueCache() for _ in range(4)]
    for handle in (a, b, c):
        assert store.admit(handle, BLOCK) is not None
    store.admit(a, BLOCK)  # used again
    store.admit(d, BLOCK)
    assert [store.holds(h) for h in handles] == [True, False, True, True]
    store.admit(a, 2 * BLOCK)  # grows: the oldest of the others makes room
    assert [store.holds(h) for h in handles] == [True, False, False, True]
    assert store.nbytes == store.peak == 3 * ONE
    assert store.evicted == 2


def test_recent_and_chosen_caches_are_spared() -> None:
    store = CacheStore(2 * ONE, SHAPE)
    a, b, c = (KeyValueCache() for _ in range(3))
    store.admit(a, 1)
    store.admit(b, 1)
    assert store.admit(c, 1, grace=60.0) is None
    assert store.admit(c, 1, keep={id(a), id(b)}) is None
    assert store.evicted == 0
    assert store.admit(c, 1, keep={id(a)}) is not None
    assert (store.holds(a), store.holds(b)) == (True, False)


def test_a_conversation_that_ended_is_freed() -> None:
    store = CacheStore(2 * ONE, SHAPE)
    first = KeyValueCache()
    store.admit(first, 1)
    del first
    gc.collect()
    other = KeyValueCache()
    store.admit(other, 1)
    assert len(store) == 1
    assert store.evicted == 0


def test_what_can_never_fit_is_refused() -> None:
    with pytest.raises(BadRequest, match="too long for the memory"):
        CacheStore(ONE - 1, SHAPE)
    with pytest.raises(BadRequest, match="too long for the memory"):
        CacheStore(ONE, SHAPE).require(BLOCK + 1)
