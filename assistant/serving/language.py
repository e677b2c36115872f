"""A language model that continues several conversations together, behind the calls of a LanguageModel."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from assistant.cache import KeyValueCache
from assistant.llm import LanguageModel
from assistant.prompts import Segment, embed_segments
from assistant.serving.batching import BatchQueue, Ticket
from assistant.serving.caches import CacheShape, CacheStore, HeldCache
from assistant.serving.packed import PackedLlama

CACHE_BYTES = 512 * 2**20
MOST_WAITING = 256
MOST_ROWS = 1024
GRACE_S = 0.5
"""A cache used within this time belongs to an answer under way and is not dropped for another conversation."""
PATIENCE_S = 2.0
"""Who has waited longer than this comes first, and recent caches are dropped for it too."""


@dataclass(eq=False)
class Step:
    """The next token of one conversation.

    Attributes:
        sequence: its segments; keys: one a position.
        handle: the KeyValueCache that names the conversation; held: what was read of it, set when its turn has come.
    """

    sequence: Sequence[Segment]
    keys: list[tuple]
    handle: KeyValueCache
    held: HeldCache | None = None


class ServedLanguageModel(LanguageModel):
    """The same model for many conversations at a time; give it to a Conversation in the place of a LanguageModel.

    Each caller keeps its own thread and its own KeyValueCache; what was read lies in `caches`. Steps that wait at the
    same time are computed in one pass. A conversation under way always gets into the queue: memory bounds their number.

    Attributes:
        caches: keys and values of all conversations.
        passes, steps: how often the model was run, and how many tokens that gave.

    Args:
        lm: a Llama-type model.
        cache_bytes: memory for keys and values of all conversations.
        most_waiting: new questions that may wait; further ones get ServerBusy.
        most_rows: new positions of one pass; a longer one goes alone.
    """

    def __init__(
        self,
        lm: LanguageModel,
        cache_bytes: int = CACHE_BYTES,
        most_waiting: int = MOST_WAITING,
        most_rows: int = MOST_ROWS,
    ) -> None:
        super().__init__(lm.model, lm.tokenizer, lm.prompts.style, lm.reader)
        self._packed = PackedLlama(lm.model)
        self._most_rows = most_rows
        self.caches = CacheStore(cache_bytes, CacheShape.of(lm.model))
        self.passes = self.steps = 0
        self._queue: BatchQueue[Step, Tensor] = BatchQueue(self._work, self._choose, most_waiting, "language-model")

    def next_logits(self, sequence: Sequence[Segment], cache: KeyValueCache) -> Tensor:
        """Logits (V,) float32 of the token after the sequence; waits until it has been its turn.

        Raises:
            ServerBusy: too many are waiting.
            BadRequest: the conversation is too long for the model or for the memory set aside.
        """
        keys = self.keys_of(sequence)
        self.caches.require(len(keys))
        return self._queue.submit(Step(list(sequence), keys, cache), admitted=self.caches.holds(cache))

    def close(self) -> None:
        """Turn away who waits and free the caches."""
        self._queue.close()
        self.caches.drop_all()

    def _choose(self, waiting: list[Ticket[Step, Tensor]]) -> list[Ticket[Step, Tensor]]:
        """The steps of the next pass: long waiting first, then those whose cache is held, then by arrival."""
        now = time.monotonic()
        patient = {id(t) for t in waiting if now - t.since < PATIENCE_S}
        waiting.sort(key=lambda t: (id(t) in patient, not self.caches.holds(t.job.handle)))
        chosen: list[Ticket[Step, Tensor]] = []
        handles: set[int] = set()
        rows = 0
        for ticket in waiting:
            step = ticket.job
            rows += max(1, len(step.keys) - self.caches.known(step.handle))
            if chosen and rows > self._most_rows:
                break
            if id(step.handle) in handles:
                continue  # asked twice at a time: the second waits for the first
            grace = GRACE_S if id(ticket) in patient else 0.0
            step.held = self.caches.admit(step.handle, len(step.keys), handles, grace)
            if step.held is not None:
                chosen.append(ticket)
                handles.add(id(step.handle))
        return chosen

    @torch.inference_mode()
    def _work(self, steps: list[Step]) -> Sequence[Tensor]:
        """Logits of some steps of different conversations."""
        held = [step.held for step in steps if step.held is not None]
        try:
            starts = [cache.align(step.keys, self.model) for step, cache in zip(steps, held, strict=True)]
            rows = [embed_segments(step.sequence, self.embed, start) for step, start in zip(steps, starts, strict=True)]
            for step, cache in zip(steps, held, strict=True):
                cache.reserve(len(step.keys))  # there already, unless a failed pass has cleared it
            logits = self._packed(rows, held)
        except BaseException:
            for cache in held:
                cache.clear()  # half-written entries must not be read again
            raise
        for step, cache, start in zip(steps, held, starts, strict=True):
            cache.extend(step.keys[start:])
        self.passes += 1
        self.steps += len(steps)
        return list(logits)
