"""Conversations as token ids with labels: simulated ones about a picture, and general dialogue.

The segments come from the same PromptBuilder that a conversation uses, so training and use read the same ids.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.prompts import PictureTokens, PromptBuilder, Segment, TextSegment
from assistant.question_reader import Asked
from media.errors import BadRequest
from media.records import Evidence, Signals
from prompt_learner.masking import mask_signals
from simulation.dialogue import DialogueTurn, Truth, make_dialogue, random_evidence
from simulation.dialogue.facts import Targets
from simulation.dialogue.moment_turns import SECOND_LOOKS
from simulation.dialogue.questions import Split
from simulation.dialogue.quotes import QUOTING, SOURCED, with_quote
from simulation.dialogue.voice import Voice
from simulation.dialogue.wording import OFF_FACE, asked_evidence, result_sentence, task_description
from training.lm_evidence import facts_vector
from training.lm_examples import ExamplePool, as_context
from training.lm_model import LanguageBatch, PictureBatch

IGNORED = -100
NOT_ASSESSED, FACTS_ONLY, SIGNALS = 0, 1, 2


@dataclass(frozen=True, eq=False)
class Sample:
    """One examined picture. signals and region_mask (ids -> (M, M) bool) only when a detector saw it."""

    evidence: Evidence
    truth: Truth | None
    signals: Signals | None = None
    region_mask: Callable[[tuple[str, ...]], NDArray[np.bool_]] | None = None


@dataclass(frozen=True, eq=False)
class Picture:
    """What a batch needs of one picture; see PictureBatch."""

    kind: int
    facts: NDArray[np.float32]
    signals: Signals | None = None


@dataclass(eq=False)
class Example:
    """One conversation. slots: (position, picture, token)."""

    ids: list[int] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    slots: list[tuple[int, int, int]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, segments: Sequence[Segment]) -> None:
        """Append what is read but not learned."""
        for segment in segments:
            if isinstance(segment, TextSegment):
                self.ids.extend(segment.ids)
            else:
                first = 0 if segment.kind == "visual" else 1
                start, picture = len(self.ids), int(segment.key)
                self.slots.extend((start + i, picture, first + i) for i in range(len(segment)))
                self.ids.extend([0] * len(segment))
        self.labels.extend([IGNORED] * (len(self.ids) - len(self.labels)))

    def learn(self, ids: Sequence[int], skipped: frozenset[int] = frozenset()) -> None:
        """Append ids that the model has to say, those of `skipped` unlearned."""
        self.ids.extend(ids)
        self.labels.extend(IGNORED if i in skipped else i for i in ids)


@dataclass(frozen=True)
class Options:
    """How conversations are made. Chances: result withheld, a second part or picture, examples, the paper's targets.

    noise: how the question reader errs (assistant/question_reader.py); hints are drawn from it, none without it.
    """

    n_forgery: int = 9
    withhold: float = 0.3
    longer: float = 0.15
    second: float = 0.05
    facts_only: float = 0.15
    examples: float = 0.25
    max_tokens: int = 640
    split: Split = "train"
    targets: Targets = "detector"
    noise: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


class ConversationMaker:
    """Turns samples and general turns into examples."""

    def __init__(
        self,
        prompts: PromptBuilder,
        options: Options,
        general: Sequence[Sequence[str]] = (),
        examples: ExamplePool | None = None,
    ) -> None:
        self.prompts, self.options, self.examples = prompts, options, examples
        self.close = list(prompts.closing().ids)
        self.digits = frozenset(i for d in "0123456789" for i in (*prompts.tokenize(d), *prompts.tokenize(" " + d)))
        self.digits -= frozenset(prompts.tokenize(" "))
        self.offtopic = said_elsewhere(general)

    @property
    def task(self) -> str:
        """The sentence that opens every prompt about a picture."""
        return task_description()

    def opening(self, sample: Sample) -> tuple[Example, PictureTokens]:
        """An empty example that already knows the picture, and the placeholders of its tokens."""
        example = Example()
        kind = NOT_ASSESSED if sample.evidence.score is None else FACTS_ONLY if sample.signals is None else SIGNALS
        example.pictures.append(Picture(kind, facts_vector(sample.evidence), sample.signals))
        return example, self._placeholder(example)

    def _placeholder(self, example: Example) -> PictureTokens:
        key = str(len(example.pictures) - 1)
        return PictureTokens(torch.zeros(1, 1), torch.zeros(self.options.n_forgery, 1), key)

    def general(self, turns: Sequence[str]) -> Example:
        """A conversation without a picture: user and assistant in turn."""
        example = Example()
        for i in range(0, len(turns) - 1, 2):
            ask = self.prompts.first_turn(None, "", "", turns[i]) if i == 0 else self.prompts.later_turn(turns[i])
            if not self._turn(example, ask, turns[i + 1]):
                break
        return self._closed(example)

    def about(self, rng: np.random.Generator, sample: Sample, other: Sample | None = None) -> Example:
        """A conversation about a picture, sometimes a long one, sometimes with a second picture in it."""
        example, o = Example(), self.options
        scenes = [sample] + ([sample] * int(rng.integers(1, 3)) if rng.random() < o.longer else [])
        if other is not None and rng.random() < o.second:
            scenes.append(other)
        shown: Sample | None = None
        withheld = rng.random() < o.withhold
        for scene in scenes:
            tokens = None if scene is shown else self._show(rng, example, scene)
            if not self._scene(rng, example, scene, tokens, withheld):
                break
            shown = scene
        return self._closed(example)

    def _scene(
        self, rng: np.random.Generator, example: Example, sample: Sample, tokens: PictureTokens | None, withheld: bool
    ) -> bool:
        result = "" if withheld and sample.evidence.score is not None else result_sentence(sample.evidence)
        for turn in self._dialogue(rng, sample):
            question = self._question(rng, turn)
            skipped = self.digits if not result and not any(map(str.isdigit, turn.turn_evidence)) else frozenset()
            context, answer = self._with_examples(rng, sample, turn)
            told = " ".join(part for part in (context, turn.turn_evidence, self._hint(rng, turn)) if part)
            if not example.ids:
                ask = self.prompts.first_turn(tokens, task_description(), result, question, told)
            elif tokens is not None:
                ask = self.prompts.later_turn(question, told, tokens, result)
            else:
                region = self._show(rng, example, sample, turn.region_ids) if self._masked(sample, turn) else None
                ask = self.prompts.later_turn(question, told, region)
            tokens = None
            if not self._turn(example, ask, answer, skipped):
                return False
        return True

    def _with_examples(self, rng: np.random.Generator, sample: Sample, turn: DialogueTurn) -> tuple[str, str]:
        """(human sentences before the question or "", the answer, which quotes the first of them where it explains)."""
        if self.examples is None or turn.intent not in SOURCED or rng.random() >= self.options.examples:
            return "", turn.answer
        sentences = self.examples.draw(rng, sample.evidence)
        if not sentences:
            return "", turn.answer
        quoting = turn.intent in QUOTING
        answer = with_quote(turn.answer, sentences[0], Voice(rng)) if quoting else turn.answer
        return as_context(rng, sentences), answer

    def _question(self, rng: np.random.Generator, turn: DialogueTurn) -> str:
        """The turn's question; some of the off-topic ones are what people say in general dialogues."""
        if turn.intent == "offtopic" and self.offtopic and rng.random() < 0.35:
            return self.offtopic[int(rng.integers(len(self.offtopic)))]
        return turn.question

    def _hint(self, rng: np.random.Generator, turn: DialogueTurn) -> str:
        """What the question reader would say of this question, with the errors it makes on unknown wordings."""
        shares = self.options.noise.get(turn.intent)
        if not shares or turn.region_ids or turn.turn_evidence == OFF_FACE:
            return ""
        if turn.intent in SECOND_LOOKS and turn.turn_evidence:  # what was looked at says what is asked
            return ""
        names = list(shares)
        chances = np.array([shares[name] for name in names])
        read = Asked.of(names[int(rng.choice(len(names), p=chances / chances.sum()))])
        return asked_evidence(read.intent, read.likely)

    def _masked(self, sample: Sample, turn: DialogueTurn) -> bool:
        return turn.masked and bool(turn.region_ids) and sample.evidence.score is not None

    def _dialogue(self, rng: np.random.Generator, sample: Sample) -> Sequence[DialogueTurn]:
        o = self.options
        return make_dialogue(rng, sample.evidence, sample.truth, split=o.split, targets=o.targets).turns

    def _show(
        self, rng: np.random.Generator, example: Example, sample: Sample, only: tuple[str, ...] = ()
    ) -> PictureTokens:
        """Note a picture (or only some regions of it) and return placeholders for its soft tokens."""
        facts, signals = facts_vector(sample.evidence, only or None), sample.signals
        kind = NOT_ASSESSED if sample.evidence.score is None else FACTS_ONLY
        if kind == FACTS_ONLY and signals is not None and rng.random() >= self.options.facts_only:
            kind = SIGNALS
            if only and sample.region_mask is not None:
                signals = mask_signals(signals, sample.region_mask(only))
        example.pictures.append(Picture(kind, facts, signals if kind == SIGNALS else None))
        return self._placeholder(example)

    def _turn(
        self, example: Example, ask: Sequence[Segment], answer: str, skipped: frozenset[int] = frozenset()
    ) -> bool:
        """Append one turn unless the conversation would get too long; the mark that ends an answer is learned too."""
        said = self.prompts.answer(answer).ids
        if example.ids and len(example) + sum(len(s) for s in ask) + len(said) > self.options.max_tokens:
            return False
        fresh = not example.ids
        start = len(example)
        example.add(ask)
        if not fresh:
            end = start + len(self.close)
            example.labels[start:end] = example.ids[start:end]
        example.learn(said, skipped)
        return True

    def _closed(self, example: Example) -> Example:
        example.learn(self.close)
        return example


def said_elsewhere(general: Sequence[Sequence[str]]) -> list[str]:
    """What people ask in general dialogue: first turns and questions, none of them about a picture."""
    asked = (said for turns in general for i, said in enumerate(turns[::2]) if i == 0 or "?" in said)
    return [said for said in asked if 10 < len(said) < 200]


def to_batch(examples: Sequence[Example], device: str | torch.device = "cpu") -> LanguageBatch:
    """Pad to the right and join the pictures."""
    length = -(-max(len(e) for e in examples) // 8) * 8
    ids = torch.zeros(len(examples), length, dtype=torch.long)
    labels = torch.full_like(ids, IGNORED)
    mask = torch.zeros_like(ids)
    slots: list[tuple[int, int, int, int]] = []
    pictures: list[Picture] = []
    for row, e in enumerate(examples):
        ids[row, : len(e)] = torch.tensor(e.ids)
        labels[row, : len(e)] = torch.tensor(e.labels)
        mask[row, : len(e)] = 1
        slots += [(row, position, len(pictures) + picture, token) for position, picture, token in e.slots]
        pictures += e.pictures
    shown = None
    if pictures:
        facts = torch.from_numpy(np.stack([p.facts for p in pictures]))
        kinds = torch.tensor([p.kind for p in pictures])
        signals = [p.signals for p in pictures if p.signals is not None]
        shown = PictureBatch(facts.to(device), kinds.to(device), signals)
    table = torch.tensor(slots, dtype=torch.long).reshape(-1, 4)
    return LanguageBatch(ids.to(device), labels.to(device), mask.to(device), table.to(device), shown)


def bucketed(
    rng: np.random.Generator, draw: Callable[[], Example | None], tokens: int, pool: int = 128
) -> Iterator[list[Example]]:
    """Endless batches of conversations of like length, at most about `tokens` positions each, padding included."""
    while True:
        examples = [e for e in (draw() for _ in range(pool)) if e is not None]
        examples.sort(key=len)
        batches: list[list[Example]] = [[]]
        for e in examples:
            if batches[-1] and (len(batches[-1]) + 1) * len(e) > tokens:
                batches.append([])
            batches[-1].append(e)
        for i in rng.permutation(len(batches)):
            yield batches[i]


def general_drawer(
    rng: np.random.Generator, maker: ConversationMaker, corpus: Sequence[Sequence[str]]
) -> Callable[[], Example | None]:
    """Draws general conversations; None for one that cannot be used."""

    def draw() -> Example | None:
        try:
            return maker.general(corpus[int(rng.integers(len(corpus)))])
        except BadRequest:
            return None

    return draw


def simulated_texts(rng: np.random.Generator, dialogues: int) -> list[str]:
    """Utterances of simulated dialogues as they are tokenised."""
    texts: list[str] = []
    for _ in range(dialogues):
        evidence = random_evidence(rng)
        texts.append(f" {task_description()} {result_sentence(evidence)}")
        for turn in make_dialogue(rng, evidence).turns:
            texts += [f" {turn.turn_evidence} {turn.question}".replace("  ", " "), " " + turn.answer]
    return texts
