"""Answers about one place or two: they use the numbers of the turn evidence and compare."""

from media.records import Measurement
from simulation.dialogue.answers import reason, statement
from simulation.dialogue.facts import Facts, share_of
from simulation.dialogue.names import is_plural, with_article
from simulation.dialogue.voice import Voice
from simulation.dialogue.wording import ALIKE, AS_HIGH, LOW, LOWER, STANDS_OUT, relation


def _overall(facts: Facts, v: Voice) -> str:
    if facts.verdict == "not_assessed":
        return ""
    return " " + v.of(
        f"Overall {statement(facts)}.",
        f"For the whole face {statement(facts)}.",
        f"Taken as a whole {statement(facts)}.",
    )


def _subject(measurement: Measurement) -> tuple[str, bool]:
    """(subject of the sentence, plural)."""
    spot = with_article(measurement.region_ids)
    if measurement.kind == "point":
        return (f"the spot you clicked, at {spot}," if spot else "the spot you clicked"), False
    if measurement.kind == "box":
        return (f"the box you marked, with {spot}," if spot else "the box you marked"), False
    return spot, is_plural(measurement.region_ids)


def region(facts: Facts, m: Measurement, v: Voice) -> str:
    """Answer about one measured place (named, clicked or boxed): its mean against the rest of the face."""
    name, plural = _subject(m)
    inside, rest = share_of(m.score), share_of(m.rest)
    s, look, give = ("", "look", "are") if plural else ("s", "looks", "is")
    start = name[:1].upper() + name[1:]
    numbers = v.of(
        f"the map gives {inside} % there and {rest} % on the rest of the face.",
        f"the map shows {inside} % there against {rest} % on the rest of the face.",
        f"inside I measure {inside} %, on the rest of the face {rest} %.",
    )
    kind = relation(m.score, m.rest)
    if kind == STANDS_OUT:
        lead = v.of(
            f"{start} stand{s} out:",
            f"{start} {give} higher than the rest of the face:",
            f"{start} differ{s} from the rest:",
        )
    elif kind == LOWER:
        lead = v.of(
            f"{start} {give} lower than the rest of the face:",
            f"{start} show{s} less than the rest of the face:",
            f"{start} {give} not where the signs are:",
        )
    elif kind == AS_HIGH:
        lead = v.of(
            f"{start} {give} as suspicious as the rest of the face:",
            f"{start} {give} high, and so is the rest of the face:",
            f"{start} {look} as suspicious as the rest:",
        )
    elif kind == LOW:
        lead = v.of(
            f"Little speaks for manipulation {_at(m)}:",
            f"{start} show{s} little support for manipulation:",
            f"I see few signs {_at(m)}:",
        )
    else:
        lead = v.of(
            f"{start} {look} like the rest of the face:",
            f"{start} {give} much like the rest of the face:",
            f"{start} {give} close to the rest of the face:",
        )
    return f"{lead} {numbers}{_overall(facts, v)}"


def _at(m: Measurement) -> str:
    spot = with_article(m.region_ids)
    if m.kind == "point":
        return "at the clicked spot" + (f" at {spot}" if spot else "")
    if m.kind == "box":
        return "in the marked box" + (f" with {spot}" if spot else "")
    return f"at {spot}"


def no_measurement(facts: Facts, name: str, v: Voice) -> str:
    """A place is asked for, but nothing could be assessed."""
    return v.of(
        f"I can't say anything about {name}: {reason(facts)}, so nothing was measured.",
        f"Nothing was measured at {name}, because {reason(facts)}.",
        f"There is no measurement for {name}: {reason(facts)}.",
    )


def off_face(v: Voice) -> str:
    """A click beside every examined face."""
    return v.of(
        "That spot is not on an examined face, so I have no measurement for it. Please click on the face.",
        "There is no examined face at that spot, so nothing was measured there. Please choose a spot on the face.",
        "I measured nothing at that spot, because it is not on an examined face. Please click inside the face.",
    )


def compare(facts: Facts, a: Measurement, b: Measurement, v: Voice) -> str:
    """Answer to "Is the left eye worse than the right eye?"."""
    one, two = with_article(a.region_ids), with_article(b.region_ids)
    high, low = share_of(a.score), share_of(b.score)
    if abs(high - low) < 5:
        lead = v.of(
            f"{one} and {two} are about the same:",
            f"there is hardly a difference between {one} and {two}:",
            f"{one} and {two} are close:",
        )
    else:
        if low > high:
            one, two, a, b = two, one, b, a
            high, low = low, high
        verb = "show" if is_plural(a.region_ids) else "shows"
        lead = v.of(
            f"{one} {verb} more than {two}:",
            f"{one} {verb} stronger signs than {two}:",
            f"the stronger signs are at {one}, not at {two}:",
        )
    lead = lead[:1].upper() + lead[1:]
    return f"{lead} the map gives {high} % at {one} and {low} % at {two}.{_overall(facts, v)}"


_SAID = {STANDS_OUT: "stands out", LOWER: "is lower than the rest", AS_HIGH: "is as high as the rest", LOW: "is low"}
_SAID |= {ALIKE: "is like the rest"}


def both(facts: Facts, a: Measurement, b: Measurement, v: Voice) -> str:
    """Answer to "What about the nose and the mouth?": each in a sentence of its own."""
    said = []
    for m in (a, b):
        name, plural = _subject(m)
        words = _SAID[relation(m.score, m.rest)]
        if plural:
            words = words.replace("stands", "stand").replace("is ", "are ", 1)
        numbers = v.of(
            f"{share_of(m.score)} % there and {share_of(m.rest)} % on the rest of the face.",
            f"{share_of(m.score)} % there against {share_of(m.rest)} % on the rest of the face.",
            f"inside {share_of(m.score)} %, on the rest of the face {share_of(m.rest)} %.",
        )
        said.append(f"{name[:1].upper()}{name[1:]} {words}: {numbers}")
    return " ".join(said) + _overall(facts, v)
