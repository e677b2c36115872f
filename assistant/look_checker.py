"""Checks what an answer says of a second look (a place hidden, moments, persons), of a raised map and of the strongest.

What is meant is put in the place of what is wrong where only one thing can be meant.
"""

import re
from collections.abc import Sequence

from assistant.claims import Span, number_claims
from assistant.problems import TOLERANCE, Problem
from media.records import Evidence, Measurement
from simulation.dialogue.facts import flagged_by_strength, is_raised, percent_of
from simulation.dialogue.moments import HIDING_MEANS, MOMENT_MEANS, change, clock
from simulation.dialogue.names import region_spans, spoken_ids, spoken_name

LOOKS = ("hidden", "moment", "person")
"""Kinds of measurement that are no place of the map."""
_TIME = re.compile(r"(?<![\d:])\d{1,2}:\d\d(?::\d\d)?(?![\d:])")
_OF_TIME = re.compile(r"(?P<name>(?<![\d:])\d{1,2}:\d\d(?::\d\d)?) with (?P<value>\d+) ?%")
_OF_PERSON = re.compile(
    r"\bperson (?P<name>\d+)(?: has the highest value| comes first)?(?: with)? (?P<value>\d+) ?%", re.I
)
_ALL_LOW = re.compile(
    r"The map stays low over the whole face|I found no part of the face that differs clearly from the rest"
    r"|No part of the face is clearly raised in the map", re.I,
)  # fmt: skip


_STRONGEST = re.compile(r"\bstrongest at ", re.I)
NEARLY = 0.05
"""A place counts as strongest when no unnamed one is higher by more than this."""


def look_problems(text: str, asked: Sequence[Measurement]) -> list[Problem]:
    """Times, persons and numbers of a second look, and what is concluded from them, against what was measured."""
    looks = [m for m in asked if m.kind in LOOKS]
    if not looks:
        return []
    return [*_hidden_names(text, looks), *_names(text, looks), *_numbers(text, looks), *_conclusions(text, looks)]


def map_problems(text: str, evidence: Evidence) -> list[Problem]:
    """The words say that the map is low all over, and it is not."""
    if not is_raised(evidence):
        return []
    instead = "The map is raised in places, but the face as a whole does not bear it out"
    return [Problem("region", m.span(), "The map is raised in places.", instead) for m in _ALL_LOW.finditer(text)]


def strongest_problems(text: str, evidence: Evidence) -> list[Problem]:
    """Places called the strongest while others that are not named are clearly higher."""
    if not evidence.flagged:
        return []
    found = []
    values = {r.id: r.score for r in evidence.regions}
    for match in _STRONGEST.finditer(text):
        rest = re.split(r"[.;!?]", text[match.end() :], maxsplit=1)[0]
        named = region_spans(rest)
        told = {i for ids, _, _ in named for i in ids}
        others = [i for i in flagged_by_strength(evidence) if i not in told]
        highest = values.get(others[0], 0.0) if others else 0.0
        for ids, start, end in named:
            if max((values.get(i, 0.0) for i in ids), default=0.0) < highest - NEARLY:
                span = (match.end() + start, match.end() + end)
                found.append(Problem("region", span, "Other places are higher.", spoken_name(tuple(others[:1]))))
                break
    return found


def time_problems(text: str, times: Sequence[str]) -> list[Problem]:
    """Times out of their order: the n-th time of an answer is the n-th that was looked at, strongest first."""
    found = []
    for number, match in enumerate(_TIME.finditer(text) if times else ()):
        meant = times[min(number, len(times) - 1)]
        if match.group() != meant:
            found.append(Problem("number", match.span(), f"{match.group()} is not the moment meant here.", meant))
    return found


def _hidden_names(text: str, looks: Sequence[Measurement]) -> list[Problem]:
    """Another place than the hidden one."""
    ids = set(spoken_ids(looks[0].region_ids))
    if looks[0].kind != "hidden" or not ids:
        return []
    return [
        Problem("region", (start, end), "Another place was hidden.", spoken_name(looks[0].region_ids))
        for named, start, end in region_spans(text)
        if set(named) != ids
    ]


def _name(m: Measurement) -> str:
    return str(m.face) if m.kind == "person" else clock(m.place[0])


def _percent(m: Measurement) -> int:
    return percent_of(m.score)


def _names(text: str, looks: Sequence[Measurement]) -> list[Problem]:
    """Persons that were not measured; values that belong to another moment or person."""
    found = []
    pattern = _OF_PERSON if looks[0].kind == "person" else _OF_TIME
    values = {_name(m): _percent(m) for m in looks if m.kind != "hidden"}
    for match in pattern.finditer(text):
        name, span = match.group("name"), match.span("value")
        if name not in values:
            if looks[0].kind == "person":
                found.append(Problem("number", match.span("name"), f"Person {name} was not measured."))
        elif abs(int(match.group("value")) - values[name]) > TOLERANCE:
            found.append(_other_number(span, values[name]))
    return found


def _other_number(span: Span, value: int) -> Problem:
    return Problem("number", span, f"{value} % was measured there.", str(value))


def _numbers(text: str, looks: Sequence[Measurement]) -> list[Problem]:
    """Numbers that nothing of this look gave, and one told twice while another is left out."""
    order = [percent_of(m.score) for m in looks]
    if len(looks) == 1 and looks[0].kind != "person":
        order.append(percent_of(looks[0].rest))
    found: list[Problem] = []
    told: list[float] = []
    claims = [c for c in number_claims(text) if c.role not in ("score", "scale")]
    for number, claim in enumerate(claims):
        left = [a for a in order if not _near(a, told)]
        if not _near(claim.value, order):
            meant = order[number] if number < len(order) else None
            expected = None if meant is None else f"{meant} %"
            found.append(Problem("number", claim.span, f"{claim.value:g} % was not measured.", expected))
        elif _near(claim.value, told) and left:
            found.append(Problem("number", claim.span, "One number is told twice, another not at all.", f"{left[0]} %"))
        told.append(claim.value)
    return found


def _near(value: float, others: Sequence[float]) -> bool:
    return any(abs(value - other) <= TOLERANCE for other in others)


def _conclusions(text: str, looks: Sequence[Measurement]) -> list[Problem]:
    """Another conclusion than the one that the numbers bear."""
    table = {"hidden": HIDING_MEANS, "moment": MOMENT_MEANS}.get(looks[0].kind)
    if table is None or len(looks) > 1:
        return []
    right = change(looks[0])
    found = []
    for kind, sentences in table.items():
        for sentence in sentences if kind != right else ():
            at = text.lower().find(sentence[:-1].lower())
            if at >= 0:
                message = "The numbers do not bear that conclusion."
                found.append(Problem("region", (at, at + len(sentence)), message, table[right][0]))
    return found
