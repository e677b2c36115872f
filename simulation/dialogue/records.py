"""Simulated conversations about one examined face: their records and how they are made.

Verdict words and numbers of every answer come from the `Evidence` (LVLM-DFD §3.3 trains on such pairs; here the
frozen calibrated detector speaks, not the truth); places are named where truth and map agree.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from media.records import Evidence, Measurement
from simulation.dialogue import answers, answers_region, answers_talk, retellings
from simulation.dialogue.facts import Facts, Targets, Truth, facts_of
from simulation.dialogue.moment_turns import SECOND_LOOKS, second_look, spoken_time
from simulation.dialogue.names import SPOKEN, spoken_ids, spoken_name, with_article
from simulation.dialogue.questions import Split, ask
from simulation.dialogue.voice import Voice
from simulation.dialogue.wording import (
    OFF_FACE,
    RETELL,
    RETELL_AGAIN,
    comparison_evidence,
    evidence_line,
    region_evidence,
)

__all__ = ["Dialogue", "DialogueTurn", "MeasurementsFn", "Truth", "make_dialogue", "measure_from"]

MeasurementsFn = Callable[[str, tuple[str, ...]], Measurement]
"""(kind "region" | "point" | "box", spoken ids) -> the measurement of that place in this picture."""


@dataclass(frozen=True)
class DialogueTurn:
    """One question and its target answer.

    Attributes:
        intent: the intent of the question; "off_face" for a click beside the face.
        turn_evidence: bracketed text put before the question, or "".
        region_ids: spoken ids the turn measures; masked: their masked forgery tokens are spliced in.
        looked: what a second look gave.
    """

    question: str
    answer: str
    intent: str
    turn_evidence: str = ""
    region_ids: tuple[str, ...] = ()
    masked: bool = False
    looked: tuple[Measurement, ...] = ()


@dataclass(frozen=True)
class Dialogue:
    """A conversation of 1 to 6 turns about one picture. split tells which phrasings it uses."""

    turns: tuple[DialogueTurn, ...]
    split: Split


COMPOSERS: dict[str, Callable[[Facts, Voice], str]] = {
    "verdict": answers.verdict,
    "real_or_fake": answers.real_or_fake,
    "where": answers.where,
    "why": answers.why,
    "certainty": answers.certainty,
    "score": answers.score_answer,
    "meaning": retellings.meaning,
    "simple": retellings.simple,
    "technical": retellings.technical,
    "one_sentence": retellings.one_sentence,
    "are_you_sure": retellings.are_you_sure,
    "insist_real": retellings.insist,
    "insist_fake": retellings.insist,
    "measured": answers_talk.measured,
    "map": answers_talk.heat_map,
    "privacy": answers_talk.privacy,
    "limits": answers_talk.limits,
    "next": answers_talk.next_step,
    "kind": answers_talk.kind,
    "origin": answers_talk.origin,
    "identity": answers_talk.identity,
    "describe": answers_talk.describe,
    "offtopic": answers_talk.offtopic,
    "about": answers_talk.about,
    "greeting": answers_talk.greeting,
    "thanks": answers_talk.thanks,
}
PLACES = ("region", "point", "box", "compare", "both")
_FIRST: dict[str, float] = {
    "verdict": 40, "real_or_fake": 10, "where": 6, "why": 4, "score": 4, "certainty": 3, "region": 7, "point": 4,
    "box": 3, "compare": 3, "both": 1, "measured": 2, "limits": 2, "greeting": 4, "about": 2, "offtopic": 6,
    "identity": 5, "describe": 2, "one_sentence": 2, "simple": 2, "technical": 2, "next": 1, "kind": 2, "origin": 1,
    "meaning": 2, "map": 1, "privacy": 1, "insist_real": 1, "insist_fake": 1, "are_you_sure": 1,
}  # fmt: skip
_LATER: dict[str, float] = {
    "verdict": 6, "real_or_fake": 4, "where": 12, "why": 11, "certainty": 6, "score": 6, "meaning": 3, "region": 13,
    "point": 6, "box": 5, "compare": 6, "both": 3, "simple": 5, "technical": 4, "one_sentence": 4, "retell": 5,
    "are_you_sure": 6,
    "insist_real": 4, "insist_fake": 4, "measured": 4, "limits": 5, "next": 5, "kind": 3, "origin": 3, "identity": 6,
    "describe": 3, "offtopic": 9, "about": 2, "map": 3, "privacy": 2, "greeting": 1, "thanks": 3,
}  # fmt: skip
_FIRST_LOOKS: dict[str, float] = {"hide": 2, "moment": 2, "worst": 2, "persons": 1.5, "motion": 2}
_LATER_LOOKS: dict[str, float] = {"hide": 6, "moment": 5, "worst": 4, "persons": 3, "motion": 4}
"""Second looks in training; the evaluation's scripts are as they were before these intents existed."""
_RETOLD = ("verdict", "real_or_fake", "where", "why", "certainty", "simple", "one_sentence", "technical", "measured")


def measure_from(evidence: Evidence) -> MeasurementsFn:
    """A measurements function that reads the region scores of an Evidence (for when no map is at hand)."""
    table = {r.id: (r.score, r.rest) for r in evidence.regions}

    def measure(kind: str, ids: tuple[str, ...]) -> Measurement:
        known = [table[i] for i in ids if i in table]
        if not known:
            values = [score for score, _ in table.values()] or [0.0]
            known = [(min(values), float(np.mean(values)))]
        score, rest = np.mean(known, axis=0)
        return Measurement(kind, 1, ids, float(score), float(rest))  # pyright: ignore[reportArgumentType]

    return measure


def _draw(rng: np.random.Generator, weights: dict[str, float], without: set[str]) -> str:
    names = [n for n in weights if n not in without]
    p = np.array([weights[n] for n in names])
    return names[int(rng.choice(len(names), p=p / p.sum()))]


def _place(rng: np.random.Generator, facts: Facts, flagged: tuple[str, ...], pairs: bool = True) -> tuple[str, ...]:
    """A place to ask about: a flagged one in half the cases when there are some; both sides of one at times."""
    pool = flagged if flagged and rng.random() < 0.5 else SPOKEN
    one = pool[int(rng.integers(len(pool)))]
    name = spoken_name((one,))
    if pairs and name.startswith(("left ", "right ")) and rng.random() < 0.2:
        both = tuple(i for i in SPOKEN if i.rsplit("_", 1)[-1] == one.rsplit("_", 1)[-1] and "_" in i)
        return both
    return (one,)


class _Writer:
    """Writes the turns of one dialogue from its settled facts."""

    def __init__(
        self, rng: np.random.Generator, evidence: Evidence, facts: Facts, measure: MeasurementsFn, split: Split
    ):
        self.rng, self.evidence, self.facts, self.measure = rng, evidence, facts, measure
        self.split: Split = split
        self.flagged = spoken_ids(evidence.flagged)

    def question(self, intent: str, a: tuple[str, ...] = (), b: tuple[str, ...] = (), time: str = "") -> str:
        return ask(self.rng, intent, self.split, a, b, self.facts.percent, time)

    def place(self, intent: str, style: int = 0) -> DialogueTurn:
        """A turn about a named region, a click or a box."""
        voice, ids = Voice(self.rng, style), _place(self.rng, self.facts, self.flagged, intent == "region")
        if intent == "box":
            more = _place(self.rng, self.facts, self.flagged, False)
            ids = tuple(dict.fromkeys((*ids, *more))) if self.rng.random() < 0.5 else ids
        if intent != "region" and self.rng.random() < 0.2:
            ids = ()
        # A click or a box often comes with words of another kind ("is it fake?", "why?"): the mark decides.
        asked = intent
        if intent != "region" and self.rng.random() < 0.25:
            asked = ("where", "why", "score", "region")[int(self.rng.integers(4))] if ids else "why"
        question = self.question(asked, ids)
        if self.facts.verdict == "not_assessed":
            name = with_article(ids) if intent == "region" else {"point": "that spot", "box": "that box"}[intent]
            line = "" if intent == "region" else OFF_FACE
            return DialogueTurn(question, answers_region.no_measurement(self.facts, name, voice), intent, line)
        if intent != "region" and not ids and self.rng.random() < 0.5:
            return DialogueTurn(question, answers_region.off_face(voice), "off_face", OFF_FACE)
        m = self.measure(intent, ids)
        line = region_evidence(m, spoken_name(ids))
        return DialogueTurn(question, answers_region.region(self.facts, m, voice), intent, line, ids, True)

    def pair(self, intent: str, style: int = 0) -> DialogueTurn:
        """A turn about two places: compared, or just both asked about."""
        a = _place(self.rng, self.facts, self.flagged)
        side = "left" if "left" in a[0] else "right"
        if len(a) == 1 and side in a[0] and self.rng.random() < 0.4:
            b: tuple[str, ...] = (a[0].replace(side, "right" if side == "left" else "left"),)
        else:
            b = _place(self.rng, self.facts, self.flagged)
        if set(a) & set(b):
            rest = [i for i in SPOKEN if i not in a]
            b = (rest[int(self.rng.integers(len(rest)))],)
        question, voice = self.question(intent, a, b), Voice(self.rng, style)
        if self.facts.verdict == "not_assessed":
            text = answers_region.no_measurement(self.facts, f"{with_article(a)} and {with_article(b)}", voice)
            return DialogueTurn(question, text, intent)
        one, two = self.measure("region", a), self.measure("region", b)
        line = comparison_evidence(one, spoken_name(a), two, spoken_name(b))
        text = answers_region.compare(self.facts, one, two, voice)
        if intent == "both":
            line = f"{region_evidence(one, spoken_name(a))} {region_evidence(two, spoken_name(b))}"
            text = answers_region.both(self.facts, one, two, voice)
        return DialogueTurn(question, text, intent, line, (*a, *b))

    def look(self, intent: str, style: int = 0) -> DialogueTurn:
        """A turn that needs another look: a place hidden, a moment or the motion of a video, several persons."""
        ids = _place(self.rng, self.facts, self.flagged) if intent == "hide" else ()
        found = second_look(self.rng, intent, self.facts, ids, Voice(self.rng, style))
        time = "" if found.seconds is None else spoken_time(self.rng, found.seconds)
        return DialogueTurn(
            self.question(intent, ids, time=time), found.answer, intent, found.evidence, looked=found.measured
        )

    def turn(self, intent: str, before: list[DialogueTurn], hint: float) -> DialogueTurn:
        """One turn; `before` are the turns so far."""
        if intent == "retell":
            said = [t.intent for t in before if t.intent != "retell"][-1:]
            told = said[0] if said and said[0] in _RETOLD else "one_sentence"
            style = 1 + sum(t.intent == "retell" for t in before) % 2
            return DialogueTurn(self.question("retell"), COMPOSERS[told](self.facts, Voice(self.rng, style)), "retell")
        draw = self.rng.random()
        style, marker = (1, RETELL) if draw < 0.07 else (2, RETELL_AGAIN) if draw < 0.10 else (0, "")
        if intent in PLACES or intent in SECOND_LOOKS:
            if intent in SECOND_LOOKS:
                made = self.look(intent, style)
            else:
                made = self.pair(intent, style) if intent in ("compare", "both") else self.place(intent, style)
            line = " ".join(part for part in (made.turn_evidence, marker) if part)
            return replace(made, turn_evidence=line)
        if not marker and self.facts.place and self.rng.random() < hint and facts_of(self.evidence) == self.facts:
            marker = evidence_line(self.evidence)
        elif not marker and not self.facts.place and self.facts.verdict != "fake" and self.rng.random() < hint:
            marker = evidence_line(self.evidence)
        return DialogueTurn(
            self.question(intent), COMPOSERS[intent](self.facts, Voice(self.rng, style)), intent, marker
        )


def make_dialogue(
    rng: np.random.Generator,
    evidence: Evidence,
    truth: Truth | None = None,
    measurements_fn: MeasurementsFn | None = None,
    split: Split = "train",
    targets: Targets = "detector",
    hint: float = 0.08,
    turns: int | None = None,
) -> Dialogue:
    """A conversation about one examined face.

    Args:
        truth: what was really done; without it the flagged regions are named as they are.
        measurements_fn: measures a place in this picture; without it the region scores of the evidence are read.
        targets: "detector" (numbers and words from the evidence) or "truth" (the paper's way: verdict and place).
        hint: share of turns that carry the whole evidence line; 1.0 for a warm-up without soft tokens.
        turns: number of turns, drawn from 1 to 6 when None.
    """
    facts = facts_of(evidence, truth, targets)
    writer = _Writer(rng, evidence, facts, measurements_fn or measure_from(evidence), split)
    count = turns if turns is not None else 1 + int(rng.choice(6, p=(0.2, 0.2, 0.22, 0.18, 0.12, 0.08)))
    made: list[DialogueTurn] = []
    done: set[str] = set()
    for index in range(count):
        looks = (_LATER_LOOKS if index else _FIRST_LOOKS) if split == "train" else {}
        intent = _draw(rng, (_LATER if index else _FIRST) | looks, done)
        if intent not in PLACES:
            done.add(intent)
        made.append(writer.turn(intent, made, hint))
    return Dialogue(tuple(made), split)
