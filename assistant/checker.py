"""Compares the words of an answer with what was measured; a contradiction is reported, never repaired here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.claims import (
    NumberClaim,
    OrderClaim,
    PlaceClaim,
    Span,
    forbidden_claims,
    number_claims,
    place_claims,
    sentences,
    verdict_claims,
)
from assistant.look_checker import LOOKS, look_problems, map_problems, strongest_problems, time_problems
from assistant.problems import Problem, near
from assistant.quotes import quote_problems, unquoted
from media.records import Evidence, Measurement
from simulation.dialogue.answers_talk import DECLINE_OPENINGS
from simulation.dialogue.names import region_spans, spoken_ids, spoken_name, with_article
from simulation.dialogue.wording import CURE, REASON_PHRASE

WHOLE_FACE = "face.whole.face.face"
CLEAR = 0.10
RAISED = 0.25
_JOINER = re.compile(r",? (?:and )?(?:at )?(?:the )?")
_REFUSALS = tuple(opening for openings in DECLINE_OPENINGS.values() for opening in openings)


@dataclass(frozen=True)
class Check:
    """The outcome of one comparison; problems in the order of the text."""

    agrees: bool
    problems: tuple[Problem, ...]


def check_answer(
    text: str,
    evidence: Evidence,
    measurements: Sequence[Measurement] = (),
    asked: Sequence[Measurement] = (),
    times: Sequence[str] = (),
    quotes: Sequence[str] = (),
    refusable: bool = True,
) -> Check:
    """Compare an answer, or the beginning of one, with the evidence and with what was measured on request.

    Args:
        text: the answer.
        evidence: the finding under discussion.
        measurements: all spots measured for this face.
        asked: those of them that this turn asks about.
        times: moments of a video that this turn is about, as answers write them; others must not be named.
        quotes: sentences of people that may be quoted, most similar first.
        refusable: whether the answer may decline; a question about manipulation must be answered.
    """
    quoted = quote_problems(text, quotes)
    text = unquoted(text)
    places = [m for m in measurements if m.kind not in LOOKS]
    looks = [m for m in asked if m.kind in LOOKS]
    problems = [
        *quoted,
        *(_refusal_problems(text, evidence) if not refusable else ()),
        *_verdict_problems(text, evidence),
        *_place_problems(text, evidence, places, asked),
        *_repeated_places(text),
        *_number_problems(text, evidence, places, asked, looks),
        *look_problems(text, looks),
        *time_problems(text, times),
        *map_problems(text, evidence),
        *strongest_problems(text, evidence),
        *_reason_problems(text, evidence),
        *(Problem("verdict", span, message) for message, span in forbidden_claims(text)),
    ]
    if evidence.score is None and evidence.reason is not None:
        problems = [_unfounded(p, text, f"The picture could not be assessed: {REASON_PHRASE[evidence.reason]}.")
                    for p in problems]  # fmt: skip
    problems.sort(key=lambda p: p.span)
    return Check(not problems, tuple(problems))


def _verdict_problems(text: str, evidence: Evidence) -> list[Problem]:
    found = []
    for claim in verdict_claims(text):
        wrong = claim.verdict != evidence.verdict or (claim.word is not None and claim.word != evidence.word)
        if wrong:
            message = (
                f'The answer says "{text[claim.span[0] : claim.span[1]].strip()}", the evidence says "{evidence.word}".'
            )
            found.append(Problem("verdict", claim.span, message))
    return found


def _refusal_problems(text: str, evidence: Evidence) -> list[Problem]:
    """The answer declines; it ought to begin as one that gives the finding."""
    start = "The evidence is" if evidence.verdict == "uncertain" else "There is"
    message = "It does not answer the question."
    return [Problem("verdict", (0, len(o)), message, start) for o in _REFUSALS if text.startswith(o)]


def _unfounded(problem: Problem, text: str, instead: str) -> Problem:
    """A verdict or number about a picture that was not assessed: its whole sentence has no ground."""
    if problem.kind not in ("verdict", "number"):
        return problem
    starts = [offset + len(said) - len(said.lstrip()) for said, offset in sentences(text)]
    start = max((s for s in starts if s <= problem.span[0]), default=problem.span[0])
    return replace(problem, span=(start, problem.span[1]), expected=instead)


def _reason_problems(text: str, evidence: Evidence) -> list[Problem]:
    """Another reason, or the remedy of another one, than the one for which a picture could not be assessed."""
    if evidence.score is not None or evidence.reason is None:
        return []
    found = []
    for table in (REASON_PHRASE, CURE):
        right = table[evidence.reason]
        for phrase in {*table.values()} - {right}:
            for match in re.finditer(re.escape(phrase), text, re.IGNORECASE):
                message = f"The picture could not be assessed because {REASON_PHRASE[evidence.reason]}."
                found.append(Problem("reason", match.span(), message, right))
    return found


def _named(measurement: Measurement) -> set[str]:
    """The spoken regions that a measurement is of; a click is of the most specific one."""
    ids = [i for i in measurement.region_ids if i != WHOLE_FACE]
    return set(spoken_ids(ids[:1] if measurement.kind == "point" else ids))


def _matching(ids: tuple[str, ...], measurements: Sequence[Measurement]) -> list[Measurement]:
    """Measurements of just this place, or else those that contain it."""
    wanted = set(spoken_ids(ids))
    same = [m for m in measurements if _named(m) == wanted]
    return same or [m for m in measurements if wanted and wanted <= _named(m)]


def _place_problems(
    text: str, evidence: Evidence, measurements: Sequence[Measurement], asked: Sequence[Measurement]
) -> list[Problem]:
    places, orders = place_claims(text)
    flagged = set(spoken_ids(evidence.flagged))
    found = []
    for place in places:
        if place.polarity == "none":
            continue
        if evidence.score is None:
            if place.polarity != "low":
                found.append(_region_problem(place.span, place.ids, "was not measured"))
        elif not _place_holds(place, flagged, _matching(place.ids, measurements)):
            found.append(_region_problem(place.span, place.ids, "was measured otherwise than the answer says"))
    for order in orders:
        if not _order_holds(order, asked if len(asked) == 2 else measurements):
            span, expected = _meant(order, asked)
            found.append(Problem("region", span, "The places do not compare as the answer says.", expected))
    return found


def _repeated_places(text: str) -> list[Problem]:
    """Places that a list names again, as in "the nose, the eyes and the left eye"."""
    found, listed, end = [], set[str](), 0
    for ids, start, stop in region_spans(text):
        listed = listed if _JOINER.fullmatch(text[end:start]) else set()
        if listed.issuperset(ids):
            found.append(_region_problem((start, stop), ids, "came twice in one list"))
        listed, end = listed.union(ids), stop
    return found


def _region_problem(span: Span, ids: tuple[str, ...], what: str) -> Problem:
    return Problem("region", span, f"The {spoken_name(ids)} {what}.")


def _place_holds(claim: PlaceClaim, flagged: set[str], matching: list[Measurement]) -> bool:
    """Whether a claim about one place is borne out: by any measurement of it, else by the flagged regions."""
    is_flagged = bool(flagged & set(claim.ids))
    if claim.polarity == "raised":
        raised = any(
            m.score >= 0.495 or (m.score - m.rest >= CLEAR - 0.01 and m.score >= RAISED - 0.01) for m in matching
        )
        return raised or is_flagged
    if claim.polarity == "above":
        return any(m.score > m.rest for m in matching) or (is_flagged and not matching)
    if claim.polarity == "below":
        return any(m.score < m.rest for m in matching) or (not is_flagged and not matching)
    if not matching:
        return not is_flagged
    return any(m.score - m.rest < CLEAR + 0.01 or m.score < RAISED + 0.01 for m in matching)


def _order_holds(claim: OrderClaim, measurements: Sequence[Measurement]) -> bool:
    one, two = _matching(claim.first, measurements), _matching(claim.second, measurements)
    if not one or not two or claim.first == claim.second:
        return False
    differences = [a.score - b.score for a in one for b in two]
    if claim.sign == 0:
        return any(abs(d) < 0.08 for d in differences)
    return any(d * claim.sign > 0 for d in differences)


def _meant(claim: OrderClaim, asked: Sequence[Measurement]) -> tuple[Span, str | None]:
    """The first name of a wrong comparison that is not the one meant, and the name that is, of two places asked about.

    No name when other places than two were asked about, or when the names are right and the comparison is not.
    """
    if len(asked) != 2 or _named(asked[0]) & _named(asked[1]):
        return claim.span, None
    one, two = sorted(asked, key=lambda m: -claim.sign * m.score)
    if claim.sign == 0 and set(spoken_ids(claim.first)) == _named(two):
        one, two = two, one
    for ids, span, meant in ((claim.first, claim.span, one), (claim.second, claim.second_span, two)):
        if set(spoken_ids(ids)) != _named(meant):
            return span, spoken_name(tuple(sorted(_named(meant))))
    return claim.span, None


def _number_problems(
    text: str,
    evidence: Evidence,
    measurements: Sequence[Measurement],
    asked: Sequence[Measurement],
    looks: Sequence[Measurement],
) -> list[Problem]:
    """Numbers that nothing of the finding gave; those of a second look, the forgery score apart, are checked there."""
    found = []
    told: list[set[str]] = []  # places whose number was said rightly
    for claim in number_claims(text):
        if claim.role == "scale" or (looks and claim.role != "score"):
            continue
        if claim.unit == "times":
            known = [c.value for c in evidence.cues]
            if not any(abs(claim.value - v) <= 0.05 * max(1.0, abs(v)) for v in known):
                found.append(Problem("number", claim.span, f"The ratio {claim.value:g} was not measured."))
            continue
        place, other = set(spoken_ids(claim.ids)), _other_place(asked, told)
        if other and claim.role == "inside" and place in told:
            found.append(Problem("region", claim.span, "One place is told twice, the other not at all.", other))
            continue
        allowed = _allowed(claim, evidence, measurements)
        if not near(claim.value, allowed):
            kind = "region" if claim.ids and not _matching(claim.ids, measurements) else "number"
            meant = {round(v) for v in allowed} if text[claim.span[0]].isdigit() else set()
            expected = f"{meant.pop()} %" if len(meant) == 1 else None
            expected = other if kind == "region" else expected
            found.append(Problem(kind, claim.span, f"{claim.value:g} % does not stand in the evidence.", expected))
        else:
            told.append(place)
    return found


def _other_place(asked: Sequence[Measurement], told: Sequence[set[str]]) -> str | None:
    """The second of two places asked about, with its number, once the first was told: "40 % at the mouth"."""
    left = [m for m in asked if _named(m) not in told]
    if len(asked) != 2 or len(left) != 1:
        return None
    return f"{round(100 * left[0].score)} % at {with_article(tuple(sorted(_named(left[0]))))}"


def _allowed(claim: NumberClaim, evidence: Evidence, measurements: Sequence[Measurement]) -> list[float]:
    """The percents that a number may be, by its role and the place it is said of."""
    overall = [min(99.0, max(1.0, 100 * evidence.score))] if evidence.score is not None else []
    if claim.role == "score":
        return overall
    of_place = _matching(claim.ids, measurements) if claim.ids else list(measurements)
    inside, rest = [100 * m.score for m in of_place], [100 * m.rest for m in of_place]
    if claim.role == "inside":
        return inside
    return rest if claim.role == "rest" else [*overall, *inside, *rest]
