"""One greedy answer that a server makes, with the same stops, openings and beginnings to avoid as a local one."""

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, Any

from assistant.generation import Generation
from assistant.remote.errors import LanguageServerError
from assistant.remote.stream import TokenStream

if TYPE_CHECKING:
    from assistant.remote.language import RemoteLanguageModel


class RemoteGeneration(Generation):
    """Ids come from one streamed request. Stop marks are found here, in the same text as locally.

    Where an opening is to be said, each choice between openings is a request for one token among the ids that go on
    with one of them; ids that only one opening has cost none. A beginning to avoid breaks the stream at its last id,
    asks for one token without it and goes on in a new stream.
    """

    _lm: "RemoteLanguageModel"
    _tokens: TokenStream | None = None

    def _run(self) -> Generator[str, None, None]:
        try:
            yield from super()._run()
        finally:
            self._hang_up()

    def _step(self) -> None:
        allowed = self._go_on()
        if allowed:
            self._hang_up()  # an open stream would go on after an id of its own
        best = self._choose(allowed) if allowed else self._next()
        if best is not None:
            self._say(best)

    def _next(self) -> int | None:
        """The next id of the stream; None when there is none, with the reason set."""
        if self._tokens is None:
            self._tokens = self._request(self._room())
        best = self._take(self._tokens)
        if best is not None and best == self._avoided():
            self._hang_up()
            return self._single(without=best)
        return best

    def _choose(self, allowed: Sequence[int]) -> int | None:
        """The best of some ids; as in a local answer the first one where all of them are ruled out."""
        left = [i for i in allowed if i not in self._unsaid and i != self._avoided()]
        if len(left) <= 1:
            return left[0] if left else allowed[0]
        best = self._single(allowed_token_ids=left)
        if best is not None and best not in left:
            raise LanguageServerError("The language server does not keep to the ids that it was given.", str(best))
        return best

    def _single(self, without: int | None = None, **more: Any) -> int | None:
        """One id; without: one that it must not be."""
        tokens = self._request(1, without, **more)
        try:
            best = self._take(tokens)
        finally:
            tokens.close()
        if best is not None and best == without:
            raise LanguageServerError("The language server does not keep to the bias that it was given.", str(best))
        return best

    def _take(self, tokens: TokenStream) -> int | None:
        best = tokens.take(self._stop)
        if best is None:
            self.reason = {"": "stopped", "length": "length"}.get(tokens.finish, "end")  # type: ignore[assignment]
        elif best in self._unsaid:
            raise LanguageServerError("The language server does not keep to the bias that it was given.", str(best))
        elif not 0 <= best < self._lm.tokenizer.vocab_size:
            raise LanguageServerError("The language server sends ids that the vocabulary does not have.", str(best))
        return best

    def _request(self, tokens: int, without: int | None = None, **more: Any) -> TokenStream:
        never = self._unsaid if without is None else self._unsaid | {without}
        return self._lm.stream([*self._sequence, self.segment], tokens, never, **more)

    def _room(self) -> int:
        """Ids that may still come; at least 1, because the length was looked at before."""
        used = sum(len(s) for s in self._sequence) + len(self.ids)
        return min(self._limit - len(self.ids), self._lm.max_positions - used)

    def _hang_up(self) -> None:
        if self._tokens is not None:
            self._tokens.close()
            self._tokens = None
