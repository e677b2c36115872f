"""One answer: words from the language model, held back until the checker has seen them, one retry, honest fallback."""

import logging
import re
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from assistant.checker import check_answer
from assistant.problems import Problem
from media.errors import ForgeryAssistantError
from media.records import Evidence, Measurement
from retrieval.examples import ExamplePrompt, fill
from simulation.dialogue.names import spoken_name
from simulation.dialogue.wording import evidence_line

if TYPE_CHECKING:
    from assistant.cache import KeyValueCache
    from assistant.generation import Generation
    from assistant.llm import LanguageModel
    from assistant.prompts import Segment

    _Contradiction = tuple[Problem, str, Generation]

_LOG = logging.getLogger(__name__)
_SENTENCE = re.compile(r"(?<!\d)[.!?](?=\s)")
MAX_NEW_TOKENS = 160
MAX_REPLACED = 5
"""Numbers and names of one answer that are replaced by the right ones before it counts as contradicting."""

CONTRADICTS = "This answer does not agree with what was measured."
NO_WORDS = "The language model gave no answer; this sentence was composed from the measurement alone."
FAILED = "The language model failed; this sentence was composed from the measurement alone."
CUT_OFF = "The answer reached its length limit."


@dataclass
class Reply:
    """What became of one answer. text grows while it is streamed; ids continue the conversation.

    replaced counts the numbers and names that were put right.
    """

    text: str = ""
    ids: list[int] = field(default_factory=list)
    prompt: "list[Segment]" = field(default_factory=list)
    agrees: bool = True
    note: str | None = None
    stopped: bool = False
    done: bool = False
    replaced: int = 0


@dataclass(frozen=True, eq=False)
class Request:
    """What a reply is checked against, and how its prompt is built.

    Attributes:
        history: segments of the turns before, never changed.
        prompt: builds the asking turn; its argument is extra turn evidence for the retry ("" at first).
        evidence: the finding under discussion.
        measurements: the spots measured for this face; asked: those of them that this turn asks about.
        times: moments of a video that the turn is about, as answers write them.
        examples: human sentences before the question; an answer may quote them.
        openings: first sentences of which the answer must take one, where it declines or nothing can be looked at.
        refusable: whether the answer may decline; a question about manipulation must be answered.
    """

    history: "Sequence[Segment]"
    prompt: "Callable[[str], list[Segment]]"
    evidence: Evidence
    measurements: Sequence[Measurement] = ()
    asked: Sequence[Measurement] = ()
    times: Sequence[str] = ()
    examples: ExamplePrompt = field(default_factory=lambda: fill(()))
    openings: Sequence[str] = ()
    refusable: bool = True


@dataclass(frozen=True, eq=False)
class _Run:
    """What all attempts at one answer share."""

    request: Request
    cache: "KeyValueCache"
    reply: Reply
    stop: threading.Event | None


class Responder:
    """Streams checked sentences of a language model."""

    def __init__(self, llm: "LanguageModel", max_new_tokens: int = MAX_NEW_TOKENS) -> None:
        self.llm = llm
        self.max_new_tokens = max_new_tokens

    def stream(
        self, request: Request, cache: "KeyValueCache", reply: Reply, stop: threading.Event | None = None
    ) -> Iterator[str]:
        """Yield the answer sentence by sentence; `reply` holds it afterwards, also when the iterator is closed early.

        A sentence that contradicts the evidence is not shown. Where only one number or name can be meant, the model
        goes on after the right one. Else the answer is tried once more from there, with the evidence line in the turn
        and without the word at which it went wrong. What still contradicts then is shown with a note.
        """
        reply.prompt = request.prompt("")
        run = _Run(request, cache, reply, stop)
        try:
            yield from self._attempts(run)
        except GeneratorExit:
            reply.stopped = True
            raise
        except Exception as error:  # whatever a language model throws, the person gets the finding
            _LOG.exception("the language model failed")
            message = error.message if isinstance(error, ForgeryAssistantError) else ""
            yield from self._fallback(request, reply, " ".join((FAILED, message)).strip())
        if not reply.text.strip() and not reply.stopped:
            yield from self._fallback(request, reply, NO_WORDS)
        reply.done = True

    def _attempts(self, run: "_Run") -> Iterator[str]:
        problem = yield from self._replacing(run)
        if problem is None:
            return
        contradicted, text, generation = problem
        avoid = self._until_wrong(generation, contradicted, len(text) - len(generation.text))
        evidence, reply = run.request.evidence, run.reply
        reply.prompt = run.request.prompt(evidence_line(evidence))
        problem = yield from self._replacing(run, avoid, last=True)
        if problem is not None:
            measured = plain_places(run.request.measurements)
            reply.agrees = False
            reply.note = " ".join((CONTRADICTS, problem[0].message, plain_evidence(evidence), measured)).strip()

    def _replacing(
        self, run: "_Run", avoid: Sequence[int] = (), last: bool = False
    ) -> "Generator[str, None, _Contradiction | None]":
        """An attempt that goes on after the right number or name wherever only that can be meant."""
        forced = ""
        while True:
            replaceable = run.reply.replaced < MAX_REPLACED
            shows = "right" if not last else "hopeless" if replaceable else "all"
            problem = yield from self._attempt(run, () if forced else avoid, forced, shows)
            forced = _with_expected(*problem[:2]) if problem is not None else ""
            if not forced or not replaceable:
                return problem
            run.reply.replaced += 1

    def _attempt(
        self, run: "_Run", avoid: Sequence[int], forced: str, shows: Literal["right", "hopeless", "all"]
    ) -> "Generator[str, None, _Contradiction | None]":
        """Generate on from what was shown already, or from the longer text `forced`.

        shows: which sentences are shown: right ones, also those for which nothing can be put right, or all.
        Returns (problem, text with it, generation), or None when nothing contradicts.
        """
        reply = run.reply
        kept = list(self.llm.prompts.answer(forced).ids) if forced else list(reply.ids)
        before = forced or reply.text
        generation = self._generate(run, kept, avoid)
        found = None
        try:
            for _ in generation:
                text = self._joined(before, kept, generation)
                end = _last_sentence_end(text)
                if end <= len(reply.text):
                    continue
                problems = self._problems(run.request, text[:end])
                held = _held_back(problems, shows, len(reply.text))
                if held is not None:
                    return held, text, generation
                found = found or next(iter(problems), None)
                reply.ids = kept + self._ids_until(generation, end - (len(text) - len(generation.text)))
                yield self._show(reply, text[:end])
            whole = self._joined(before, kept, generation)
            problems = self._problems(run.request, whole)
            held = _held_back(problems, shows, len(reply.text))
            if held is not None and generation.reason != "stopped":
                return held, whole, generation
            found = found or held or next(iter(problems), None)
        finally:
            generation.close()
        reply.stopped = generation.reason == "stopped"
        if reply.stopped and found is not None:
            return None  # the unfinished sentence is left out
        reply.ids = kept + list(generation.ids)
        if generation.reason == "length":
            reply.note = CUT_OFF
        if len(whole) > len(reply.text):
            yield self._show(reply, whole)
        return None if found is None else (found, whole, generation)

    def _generate(self, run: "_Run", kept: list[int], avoid: Sequence[int]) -> "Generation":
        """The answer after the ids that are kept of it, or from its beginning."""
        from assistant.prompts import TextSegment

        sequence = [*run.request.history, *run.reply.prompt] + ([TextSegment(tuple(kept))] if kept else [])
        openings = () if kept else run.request.openings
        room = self.max_new_tokens - len(kept)
        return self.llm.generate(
            sequence, run.cache, stop=run.stop, max_new_tokens=room, avoid=avoid, openings=openings
        )  # fmt: skip

    def _joined(self, before: str, kept: list[int], generation: "Generation") -> str:
        """What stood before and what was generated after it, with a space between only if the tokens have one."""
        if not before.strip():
            return generation.text
        whole = self.llm.decode([*kept, *generation.ids]).lstrip()
        gap = whole[len(before.rstrip()) :][:1]
        return before.rstrip() + (" " if gap.isspace() else "") + generation.text

    def _show(self, reply: Reply, text: str) -> str:
        """The part of `text` that is new; the reply has been shown up to its end afterwards."""
        piece, reply.text = text[len(reply.text) :], text
        return piece

    def _problems(self, request: Request, text: str) -> Sequence[Problem]:
        r = request
        check = check_answer(text, r.evidence, r.measurements, r.asked, r.times, r.examples.quotable, r.refusable)
        return () if check.agrees else check.problems

    def _ids_until(self, generation: "Generation", end: int) -> list[int]:
        """Ids of the first `end` characters of a generation's text."""
        for count in range(1, len(generation.ids) + 1):
            if len(self.llm.decode(generation.ids[:count]).lstrip()) >= end:
                return list(generation.ids[:count])
        return list(generation.ids)

    def _until_wrong(self, generation: "Generation", problem: Problem, offset: int) -> list[int]:
        """Ids up to the one at which a wrong verdict or region begins; a right number may need the same digits."""
        if problem.kind == "number":
            return []
        return self._ids_until(generation, max(0, problem.span[0] - offset) + 1)

    def _fallback(self, request: Request, reply: Reply, note: str) -> Iterator[str]:
        """The finding itself, said plainly and marked as such."""
        text = plain_evidence(request.evidence)
        reply.note = note
        reply.stopped = False
        yield self._show(reply, _join(reply.text, text))
        reply.ids = list(self.llm.prompts.answer(reply.text).ids)


def plain_evidence(evidence: Evidence) -> str:
    """The evidence line as a sentence for people."""
    line = evidence_line(evidence).strip("[]").strip()
    return line[:1].upper() + line[1:] + ("" if line.endswith(".") else ".")


def plain_places(measurements: Sequence[Measurement]) -> str:
    """What was measured at the places asked about, as a sentence for people; "" without any."""
    said = [
        f"{spoken_name(m.region_ids)} {round(100 * m.score)} % inside, {round(100 * m.rest)} % on the rest of the face"
        for m in measurements
        if m.region_ids
    ]
    return f"Measured: {'; '.join(dict.fromkeys(said))}." if said else ""


def _with_expected(problem: Problem, text: str) -> str:
    """The text up to a wrong number or name and the right one in its place; "" where it is not known which is meant."""
    return text[: problem.span[0]] + problem.expected if problem.expected else ""


def _held_back(problems: Sequence[Problem], shows: str, shown: int) -> Problem | None:
    """The first problem because of which a sentence is not shown, if any.

    Of hopeless sentences those that come after the `shown` characters are still put right where that is possible: an
    answer that must be marked as contradicting does not also quote what nobody wrote.
    """
    if shows == "right":
        return next(iter(problems), None)
    if shows == "hopeless":
        return next((p for p in problems if p.expected and p.span[0] >= shown), None)
    return None


def _join(before: str, text: str) -> str:
    """What was shown and what follows, with one space between."""
    return f"{before.rstrip()} {text.lstrip()}" if before.strip() else text


def _last_sentence_end(text: str) -> int:
    """Index after the last complete sentence; a full stop counts once a space follows it."""
    ends = [match.end() for match in _SENTENCE.finditer(text)]
    return ends[-1] if ends else 0
