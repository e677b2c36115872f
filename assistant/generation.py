"""One greedy answer as an iterator of text pieces, with a stop that works at the next token."""

import threading
from collections.abc import Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

import torch

from assistant.cache import KeyValueCache
from assistant.prompts import Segment, TextSegment

if TYPE_CHECKING:
    from assistant.llm import LanguageModel

Reason = Literal["", "end", "length", "stopped"]
_PARTIAL = "\ufffd"


class Generation(Iterator[str]):
    """Yields pieces of the answer as they become certain.

    Attributes:
        ids: token ids of the answer so far, stop marks left out; splice them unchanged into the next turn.
        text: the answer, equal to the joined pieces.
        reason: "" while running, then "end" (stop mark or end token), "length" or "stopped".
    """

    def __init__(
        self,
        lm: "LanguageModel",
        sequence: Sequence[Segment],
        cache: KeyValueCache,
        stop: threading.Event | None,
        max_new_tokens: int,
        banned: frozenset[int],
        ends: frozenset[int],
        openings: Sequence[tuple[int, ...]] = (),
        avoid: Sequence[int] = (),
    ) -> None:
        self.ids: list[int] = []
        self.text = ""
        self.reason: Reason = ""
        self._lm, self._sequence, self._cache, self._stop = lm, list(sequence), cache, stop
        self._limit, self._ends = max_new_tokens, ends
        self._unsaid = banned
        self._banned = torch.tensor(sorted(banned), dtype=torch.long)
        self._avoid = tuple(avoid)
        self._openings = [tuple(ids) for ids in openings if ids]
        self._stops = lm.prompts.style.stops
        self._pieces = self._run()

    @property
    def segment(self) -> TextSegment:
        """The answer as a segment for the next turn."""
        return TextSegment(tuple(self.ids))

    def __next__(self) -> str:
        return next(self._pieces)

    def close(self) -> None:
        """Stop now; what was said stays in `text` and `ids`."""
        self._pieces.close()
        self.reason = self.reason or "stopped"

    def _run(self) -> Generator[str, None, None]:
        while not self.reason:
            if self._stop is not None and self._stop.is_set():
                self.reason = "stopped"
            elif len(self.ids) >= self._limit or self._full():
                self.reason = "length"
            else:
                self._step()
            piece = self._new_text()
            if piece:
                self.text += piece
                yield piece

    def _full(self) -> bool:
        used = sum(len(s) for s in self._sequence) + len(self.ids)
        return used >= self._lm.max_positions

    def _step(self) -> None:
        logits = self._lm.next_logits([*self._sequence, self.segment], self._cache).clone()
        logits[self._banned.to(logits.device)] = float("-inf")
        avoided = self._avoided()
        if avoided is not None:
            logits[avoided] = float("-inf")
        self._say(self._opened(logits))

    def _say(self, best: int) -> None:
        """Take an id into the answer, or end with it."""
        if best in self._ends:
            self.reason = "end"
            return
        self.ids.append(best)
        said = self._lm.decode(self.ids)
        cuts = [said.find(mark) for mark in self._stops if mark in said]
        if cuts:
            self._cut(said[: min(cuts)])
            self.reason = "end"

    def _avoided(self) -> int | None:
        """The id that must not come next, because the answer would then begin with what is to be avoided."""
        return self._avoid[-1] if self._avoid and tuple(self.ids) == self._avoid[:-1] else None

    def _opened(self, logits: torch.Tensor) -> int:
        """The best next id; as long as an opening is to be said, the best one that goes on with any of them."""
        ids = self._go_on()
        if not ids:
            return int(logits.argmax())
        allowed = torch.tensor(ids, device=logits.device)
        return int(allowed[logits[allowed].argmax()])

    def _go_on(self) -> list[int]:
        """Ids that go on with an opening; none when there is nothing to open with, or one of them is said."""
        said = tuple(self.ids)
        begun = [ids for ids in self._openings if ids[: len(said)] == said]
        return [] if said in begun else sorted({ids[len(said)] for ids in begun})

    def _cut(self, wanted: str) -> None:
        """Drop the ids of a stop mark; ids that lie wholly before it are kept exactly as generated."""
        keep = len(self.ids)
        while keep and not wanted.startswith(self._lm.decode(self.ids[:keep])):
            keep -= 1
        rest = wanted[len(self._lm.decode(self.ids[:keep])) :]
        self.ids = self.ids[:keep] + (self._lm.tokenize(rest) if rest else [])

    def _new_text(self) -> str:
        """Text that is certain and was not given out: no half characters, no possible start of a stop mark."""
        said = self._lm.decode(self.ids).rstrip(_PARTIAL)
        if not self.reason:
            said = said[: len(said) - self._held(said)]
        said = said.lstrip(" \n")
        return said[len(self.text) :]

    def _held(self, said: str) -> int:
        """Length of the longest ending that may become a stop mark."""
        longest = max(len(mark) for mark in self._stops)
        for n in range(min(longest - 1, len(said)), 0, -1):
            if any(mark.startswith(said[-n:]) for mark in self._stops):
                return n
        return 0
