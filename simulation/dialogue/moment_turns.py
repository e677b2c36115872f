"""Made-up second looks for training: what hiding a place, another second or another person might have given."""

from dataclasses import dataclass

import numpy as np

from media.records import Measurement
from simulation.dialogue import moments
from simulation.dialogue.facts import Facts
from simulation.dialogue.names import spoken_name
from simulation.dialogue.voice import Voice

SECOND_LOOKS = ("hide", "moment", "worst", "persons", "motion")


@dataclass(frozen=True)
class SecondLook:
    """Answer and turn evidence of a question that needs another look.

    Attributes:
        seconds: what the question may name.
        measured: what the look gave.
    """

    answer: str
    evidence: str
    seconds: float | None = None
    measured: tuple[Measurement, ...] = ()


def spoken_time(rng: np.random.Generator, seconds: float) -> str:
    """A second of a video as people write it."""
    whole = int(seconds)
    forms = [moments.clock(seconds)] * 3 + ([f"{whole} seconds", f"second {whole}", f"{whole} s"] if whole < 60 else [])
    return forms[int(rng.integers(len(forms)))]


def _near(rng: np.random.Generator, value: float, spread: float) -> float:
    return float(np.clip(rng.normal(value, spread), 0.01, 0.99))


def second_look(rng: np.random.Generator, intent: str, facts: Facts, ids: tuple[str, ...], voice: Voice) -> SecondLook:
    """A drawn look that fits the finding.

    Args:
        intent: one of SECOND_LOOKS.
        facts: the finding; its percent stands for the whole.
        ids: the place that is hidden, for "hide".
    """
    draw, seconds = rng.random(), float(rng.integers(0, 95) if rng.random() < 0.85 else rng.integers(95, 4000))
    if facts.percent is None:
        return SecondLook(moments.nothing(facts, voice), "", seconds)
    whole = facts.percent / 100
    if intent == "hide":
        m = Measurement("hidden", 1, ids, _hidden(rng, whole), whole)
        return SecondLook(moments.hidden(facts, m, voice), moments.hidden_evidence(m, spoken_name(ids)), None, (m,))
    if intent == "persons":
        return _persons(rng, facts, whole, voice) if draw < 0.75 else SecondLook(
            moments.not_there(moments.ONE_PERSON, facts, voice), moments.ONE_PERSON)  # fmt: skip
    if intent == "motion":
        return _motion(rng, facts, whole, voice)
    if draw < 0.2:
        return SecondLook(moments.not_there(moments.NO_TIME, facts, voice), moments.NO_TIME, seconds)
    if intent == "worst":
        count = int(rng.integers(1, 4))
        values = sorted((_near(rng, whole, 0.12) for _ in range(count)), reverse=True)
        times = rng.choice(90, count, replace=False)
        found = [Measurement("moment", 1, (), value, whole, (float(t),))
                 for value, t in zip(values, times, strict=True)]  # fmt: skip
        return SecondLook(moments.worst(facts, found, voice), moments.worst_evidence(found), None, tuple(found))
    if draw < 0.3:
        return SecondLook(moments.no_face_then(facts, seconds, voice), moments.no_face_evidence(seconds), seconds)
    if draw < 0.4:
        end = float(rng.integers(1, max(2, int(seconds)))) if seconds > 1 else 1.0
        seconds = max(seconds, end + 1)
        return SecondLook(moments.outside(facts, seconds, end, voice), moments.outside_evidence(seconds, end), seconds)
    m = Measurement("moment", 1, (), _near(rng, whole, 0.2), whole, (seconds,))
    return SecondLook(moments.moment(facts, m, voice), moments.moment_evidence(m), seconds, (m,))


def _hidden(rng: np.random.Generator, whole: float) -> float:
    kind = rng.random()
    if kind < 0.5:
        return float(rng.uniform(0.01, whole))
    return _near(rng, whole, 0.05) if kind < 0.85 else float(rng.uniform(whole, 0.99))


def _motion(rng: np.random.Generator, facts: Facts, whole: float, voice: Voice) -> SecondLook:
    draw = rng.random()
    if draw < 0.25:
        return SecondLook(moments.not_there(moments.NO_MOTION, facts, voice), moments.NO_MOTION)
    if draw < 0.3:
        return SecondLook(moments.not_there(moments.MOTION_UNKNOWN, facts, voice), moments.MOTION_UNKNOWN)
    score = float(rng.uniform(0.01, 0.99)) if rng.random() < 0.4 else _near(rng, whole, 0.15)
    m = Measurement("motion", 1, (), score, whole)
    return SecondLook(moments.motion(facts, m, voice), moments.motion_evidence(m), None, (m,))


def _persons(rng: np.random.Generator, facts: Facts, whole: float, voice: Voice) -> SecondLook:
    count = int(rng.integers(2, moments.MOST_PERSONS + 1))
    numbers = rng.permutation(6)[:count] + 1
    values = [whole, *(float(rng.uniform(0.01, 0.99)) for _ in range(count - 1))]
    found = sorted(
        (Measurement("person", int(n), (), value, value) for n, value in zip(numbers, values, strict=True)),
        key=lambda m: -m.score,
    )
    return SecondLook(moments.persons(facts, found, voice), moments.persons_evidence(found), None, tuple(found))
