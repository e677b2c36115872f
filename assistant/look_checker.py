"""Checks what an answer says of a second look (a place hidden, moments, persons), of times, and of the map as a whole.

Where only one thing can be meant, the problem says it.
"""

import re
from collections.abc import Sequence

from assistant.claims import number_claims
from assistant.problems import Problem, near
from media.records import Evidence, Measurement
from simulation.dialogue.facts import flagged_by_strength, is_raised, percent_of
from simulation.dialogue.moments import CLOCK, MEANS, change, clock
from simulation.dialogue.names import region_spans, spoken_ids, spoken_name

LOOKS = ("hidden", "moment", "motion", "person")
"""Kinds of measurement that are no place of the map."""
NEARLY = 0.05
"""A place counts as strongest when no unnamed one is higher by more than this."""
_VALUE_OF = {
    "moment": re.compile(rf"(?P<name>{CLOCK}) with (?P<value>\d+) ?%"),
    "person": re.compile(
        r"\bperson (?P<name>\d+)(?: has the highest value| comes first)?(?: with)? (?P<value>\d+) ?%", re.I
    ),
}
"""How an answer gives the value of one of several moments or persons."""
_WORDS_OF = {
    "hidden": re.compile(r"\b(?:is covered|hidden)\b", re.I),
    "motion": re.compile(r"\b(?:(?:as|in|the) motion|single frames)\b", re.I),
    "person": re.compile(r"\bperson \d", re.I),
}
"""Words that only an answer about this kind of look has."""
_ALL_LOW = re.compile(
    r"The map stays low over the whole face|I found no part of the face that differs clearly from the rest"
    r"|No part of the face is clearly raised in the map", re.I,
)  # fmt: skip
_STRONGEST = re.compile(r"\bstrongest at ", re.I)


def look_problems(text: str, looks: Sequence[Measurement]) -> list[Problem]:
    """Places, persons and numbers of a second look, and what is concluded from them, against what was measured.

    Args:
        looks: what this turn looked at, all of one kind; () when it needed no second look.
    """
    if not looks:
        return []
    wrong = [*_other_look(text, looks[0]), *_values(text, looks), *_numbers(text, looks), *_conclusions(text, looks)]
    return wrong or _unsaid(text, looks)


def time_problems(text: str, times: Sequence[str]) -> list[Problem]:
    """The n-th time of an answer is the n-th that was looked at, strongest first; without a look there is none."""
    found = []
    for number, match in enumerate(re.finditer(CLOCK, text)):
        meant = times[min(number, len(times) - 1)] if times else None
        if match.group() != meant:
            found.append(Problem("number", match.span(), f"{match.group()} is not a moment looked at here.", meant))
    return found


def map_problems(text: str, evidence: Evidence) -> list[Problem]:
    """The words say that the map is low all over, and it is not."""
    if not is_raised(evidence):
        return []
    instead = "The map is raised in places, but the face as a whole does not bear it out"
    return [Problem("region", m.span(), "The map is raised in places.", instead) for m in _ALL_LOW.finditer(text)]


def strongest_problems(text: str, evidence: Evidence) -> list[Problem]:
    """Places called the strongest while others that are not named are clearly higher."""
    found = []
    values = {r.id: r.score for r in evidence.regions}
    for match in _STRONGEST.finditer(text) if evidence.flagged else ():
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


def _other_look(text: str, look: Measurement) -> list[Problem]:
    """The words of another kind of look, or another place than the hidden one."""
    found = [
        Problem("region", match.span(), "This turn looked at something else.")
        for kind, pattern in _WORDS_OF.items()
        for match in pattern.finditer(text)
        if kind != look.kind
    ]
    ids = set(spoken_ids(look.region_ids))
    if look.kind == "hidden" and not ids:
        return found  # a spot outside the named regions
    expected = spoken_name(look.region_ids) if ids else None
    return found + [
        Problem("region", (start, end), "That place was not looked at.", expected)
        for named, start, end in region_spans(text)
        if set(named) != ids
    ]


def _values(text: str, looks: Sequence[Measurement]) -> list[Problem]:
    """Values that belong to another moment or person, and persons that were not measured."""
    pattern = _VALUE_OF.get(looks[0].kind)
    values = {str(m.face) if m.kind == "person" else clock(m.place[0]): percent_of(m.score) for m in looks if pattern}
    found = []
    for match in pattern.finditer(text) if pattern else ():
        measured = values.get(match.group("name"))
        if measured is not None and not near(int(match.group("value")), [measured]):
            message = f"{measured} % was measured there."
            found.append(Problem("number", match.span("value"), message, str(measured)))
        elif measured is None and looks[0].kind == "person":  # another time is found by time_problems
            found.append(Problem("number", match.span("name"), f"Person {match.group('name')} was not measured."))
    return found


def _unsaid(text: str, looks: Sequence[Measurement]) -> list[Problem]:
    """A list of moments that ends before its last one: who asks for the worst moments gets all that were found."""
    told = list(_VALUE_OF["moment"].finditer(text))
    if looks[0].kind != "moment" or not 0 < len(told) < len(looks):
        return []
    more = " %".join(f", then {clock(m.place[0])} with {percent_of(m.score)}" for m in looks[len(told) :])
    expected = f"{told[-1].group('value')} %{more}"
    return [Problem("number", told[-1].span("value"), "Another moment is left out.", expected)]


def _numbers(text: str, looks: Sequence[Measurement]) -> list[Problem]:
    """Numbers that nothing of this look gave, and one told twice while another is left out."""
    order = [percent_of(m.score) for m in looks]
    if len(looks) == 1 and looks[0].kind != "person":
        order.append(percent_of(looks[0].rest))
    left = list(order)  # what is not told yet; two moments may have the same number
    found: list[Problem] = []
    claims = [c for c in number_claims(text) if c.role not in ("score", "scale")]
    for number, claim in enumerate(claims):
        meant = next((value for value in left if near(claim.value, [value])), None)
        if meant is not None:
            left.remove(meant)
        elif not near(claim.value, order):
            expected = f"{order[number]} %" if number < len(order) else None
            found.append(Problem("number", claim.span, f"{claim.value:g} % was not measured.", expected))
        elif left:
            found.append(Problem("number", claim.span, "One number is told twice, another not at all.", f"{left[0]} %"))
    return found


def _conclusions(text: str, looks: Sequence[Measurement]) -> list[Problem]:
    """Another conclusion than the one that the numbers bear."""
    own = MEANS.get(looks[0].kind) if len(looks) == 1 else None
    right = own[change(looks[0])] if own else ()
    found = []
    for sentence in (s for table in MEANS.values() for sentences in table.values() for s in sentences):
        at = text.lower().find(sentence[:-1].lower())
        if at >= 0 and sentence not in right:
            message = "The numbers do not bear that conclusion."
            found.append(Problem("region", (at, at + len(sentence)), message, right[0] if right else None))
    return found
