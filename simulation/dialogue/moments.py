"""Answers that need another look: a place hidden, a second of a video, the strongest ones, motion, several persons.

What was looked at stands before the question as turn evidence; the answer gives its numbers and then what holds for
the whole. The words avoid "score" for these numbers, which is kept for the finding of the whole.
"""

import re
from collections.abc import Sequence

from media.records import Measurement
from simulation.dialogue.answers import cure, reason, statement
from simulation.dialogue.facts import Facts, percent_of
from simulation.dialogue.names import with_article
from simulation.dialogue.voice import Voice

NO_TIME = "[a photo, no other moment]"
NO_MOTION = "[a photo, no motion]"
MOTION_UNKNOWN = "[motion not measured]"
ONE_PERSON = "[only one face examined]"
WHY_NOT: dict[str, tuple[str, ...]] = {
    NO_TIME: ("This is a photo, so there is no other moment to look at.", "A photo has only this one moment."),
    NO_MOTION: ("This is a photo, so there is no motion to look at.", "A photo shows no motion."),
    MOTION_UNKNOWN: ("I could not measure the motion in this video.", "The motion was not measured here."),
    ONE_PERSON: ("I examined only one face here.", "There is only one face here that I examined."),
}
"""How answers begin when there is nothing to look at, by the turn evidence that says so."""
_THEN: dict[str, tuple[str, ...]] = {
    NO_TIME: ("With the video I could look at any second.", "Give me the video, and I look at single seconds."),
    NO_MOTION: ("With the video I could measure it.", "Give me the video, and I look at motion."),
    MOTION_UNKNOWN: ("I looked at single frames only.", "Single frames are all that I read here."),
    ONE_PERSON: ("So there is nobody to compare it with.", "So I have no other person to set against it."),
}
MOST_PERSONS = 3
MUCH = 15
"""Percent points from which hiding a place, or another second, makes a clear difference."""
CLOCK = r"(?<![\d:])\d{1,2}:\d\d(?::\d\d)?(?!:?\d)"
"""Pattern of a time as `clock` writes it."""
LOWER, HIGHER, ALIKE = "clearly lower", "clearly higher", "much the same"
HIDING_MEANS: dict[str, tuple[str, ...]] = {
    LOWER: ("So much of it comes from there.", "So the finding leans on that place."),
    HIGHER: ("The filling leaves traces of its own, so a rise says nothing.",
             "A rise says nothing here, because hiding leaves traces itself."),
    ALIKE: ("So hiding it changes little.", "So that place decides little."),
}  # fmt: skip
MOMENT_MEANS: dict[str, tuple[str, ...]] = {
    LOWER: ("So that moment shows less than the whole.", "So it is a weaker moment."),
    HIGHER: ("So that moment shows more than the whole.", "So it is a stronger moment."),
    ALIKE: ("So that moment is much like the whole.", "So it does not stand apart."),
}
MOTION_MEANS: dict[str, tuple[str, ...]] = {
    LOWER: ("So motion shows less than single frames.", "So the signs are weaker in motion."),
    HIGHER: ("So motion shows more than single frames.", "So the signs are stronger in motion."),
    ALIKE: ("So motion and single frames agree.", "So motion adds little."),
}
MEANS = {"hidden": HIDING_MEANS, "moment": MOMENT_MEANS, "motion": MOTION_MEANS}
"""How the number of a hidden place, of one moment, or of motion stands to the whole, in the words of the answers."""


def clock(seconds: float) -> str:
    """Seconds as people write a time in a video: "0:07", "1:02:09"; parts of a second are dropped."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def times_in(text: str) -> tuple[str, ...]:
    """The times of a text in their order, as written; of turn evidence: the moments that its turn is about."""
    return tuple(re.findall(CLOCK, text))


def change(m: Measurement) -> str:
    """How the number of a second look stands to the whole: LOWER, HIGHER or ALIKE."""
    now, before = percent_of(m.score), percent_of(m.rest)
    if now <= before - MUCH:
        return LOWER
    return HIGHER if now >= before + MUCH else ALIKE


def hidden_evidence(m: Measurement, name: str) -> str:
    """E.g. "[mouth hidden: 41 %, with nothing hidden 83 %, clearly lower]"; m.score with, m.rest without hiding."""
    now, before = percent_of(m.score), percent_of(m.rest)
    return f"[{name} hidden: {now} %, with nothing hidden {before} %, {change(m)}]"


def moment_evidence(m: Measurement) -> str:
    """E.g. "[at 0:07: 83 %, whole video 91 %, much the same]"; m.place is (seconds,)."""
    now, whole = percent_of(m.score), percent_of(m.rest)
    return f"[at {clock(m.place[0])}: {now} %, whole video {whole} %, {change(m)}]"


def motion_evidence(m: Measurement) -> str:
    """E.g. "[motion: 62 %, single frames 41 %, clearly higher]"; m.score of motion, m.rest of single frames."""
    return f"[motion: {percent_of(m.score)} %, single frames {percent_of(m.rest)} %, {change(m)}]"


def no_face_evidence(seconds: float) -> str:
    """No face could be examined at that second."""
    return f"[at {clock(seconds)}: no face examined]"


def outside_evidence(seconds: float, duration: float) -> str:
    """A second that the video does not have."""
    return f"[{clock(seconds)} is outside the video, which lasts {clock(duration)}]"


def worst_evidence(found: Sequence[Measurement]) -> str:
    """E.g. "[highest: 0:07 with 93 %, 0:12 with 88 %]"; strongest first."""
    return "[highest: " + ", ".join(f"{clock(m.place[0])} with {percent_of(m.score)} %" for m in found) + "]"


def persons_evidence(persons: Sequence[Measurement]) -> str:
    """E.g. "[persons: person 1 83 %, person 2 12 %]"; strongest first."""
    return "[persons: " + ", ".join(f"person {m.face} {percent_of(m.score)} %" for m in persons) + "]"


def beginning(turn_evidence: str, looks: Sequence[Measurement]) -> str:
    """The first words of the usual answer to a second look; "" where there was none, or at no named place."""
    if turn_evidence in WHY_NOT or not looks:
        return WHY_NOT.get(turn_evidence, ("",))[0]
    first = looks[0]
    if first.kind == "hidden":
        return f"With {with_article(first.region_ids)} hidden I get" if first.region_ids else ""
    if first.kind == "moment":
        time = clock(first.place[0])
        return f"The highest moment is {time} with" if turn_evidence.startswith("[highest") else f"At {time} I get"
    return {"motion": "Read as motion it gives", "person": f"Person {first.face} has the highest value with"}.get(
        first.kind, ""
    )


def _overall(facts: Facts, v: Voice) -> str:
    return " " + v.of(
        f"Overall {statement(facts)}.", f"Taken as a whole {statement(facts)}.", f"As a whole {statement(facts)}."
    )


def hidden(facts: Facts, m: Measurement, v: Voice) -> str:
    """Answer to "What if I cover the mouth?"."""
    spot = with_article(m.region_ids)
    now, before = percent_of(m.score), percent_of(m.rest)
    lead = v.of(
        f"With {spot} hidden I get {now} % instead of {before} %.",
        f"When {spot} is covered, {now} % remain of {before} %." if now < before
        else f"When {spot} is covered, it is {now} % instead of {before} %.",
        f"Without {spot} it is {now} %, with nothing hidden {before} %.",
    )  # fmt: skip
    meaning = v.of(*HIDING_MEANS[change(m)])
    return f"{lead} {meaning}{_overall(facts, v)}"


def moment(facts: Facts, m: Measurement, v: Voice) -> str:
    """Answer to "What happens at 0:07?"."""
    time, now, whole = clock(m.place[0]), percent_of(m.score), percent_of(m.rest)
    lead = v.of(
        f"At {time} I get {now} %, for the whole video {whole} %.",
        f"The frame at {time} gives {now} %, the whole video {whole} %.",
        f"Looked at alone, {time} gives {now} % against {whole} % for the whole video.",
    )
    meaning = v.of(*MOMENT_MEANS[change(m)])
    return f"{lead} {meaning}{_overall(facts, v)}"


def motion(facts: Facts, m: Measurement, v: Voice) -> str:
    """Answer to "Does it flicker?"; it says that one fault of motion cannot be told from another."""
    now, before = percent_of(m.score), percent_of(m.rest)
    lead = v.of(
        f"Read as motion it gives {now} %, single frames alone {before} %.",
        f"The motion from frame to frame gives {now} %, single frames give {before} %.",
        f"In motion I get {now} %, in single frames {before} %.",
    )
    limit = v.of("I can't tell flicker from other faults of motion.", "Which fault of motion it is, I can't tell.")
    return f"{lead} {v.of(*MOTION_MEANS[change(m)])} {limit}{_overall(facts, v)}"


def _instead(facts: Facts, v: Voice, why: Sequence[str], then: Sequence[str]) -> str:
    """An answer when there is nothing to look at: why not, what to do or what follows, and the finding."""
    return f"{v.of(*why)} {v.of(*then)}{_overall(facts, v)}"


def no_face_then(facts: Facts, seconds: float, v: Voice) -> str:
    """Answer when no face could be examined at the second asked about."""
    time = clock(seconds)
    why = (f"At {time} I could examine no face.", f"I found no face to examine at {time}.")
    return _instead(facts, v, why, ("Please name another moment.", "Another moment may show it better."))


def outside(facts: Facts, seconds: float, duration: float, v: Voice) -> str:
    """Answer when the second asked about lies outside the video."""
    time, end = clock(seconds), clock(duration)
    why = (f"The video has no {time}; it lasts {end}.", f"The time {time} lies outside the video, which lasts {end}.")
    return _instead(facts, v, why, ("Please name an earlier moment.", "Please ask about a moment before that."))


def not_there(turn_evidence: str, facts: Facts, v: Voice) -> str:
    """Answer when there is nothing of the kind asked about; turn_evidence is a key of `WHY_NOT`."""
    return _instead(facts, v, WHY_NOT[turn_evidence], _THEN[turn_evidence])


def worst(facts: Facts, found: Sequence[Measurement], v: Voice) -> str:
    """Answer to "When is it worst?"; strongest first."""
    first, *rest = [(clock(m.place[0]), percent_of(m.score)) for m in found]
    then = "".join(f", then {time} with {value} %" for time, value in rest)
    lead = v.of(
        f"The highest moment is {first[0]} with {first[1]} %{then}.",
        f"It is highest at {first[0]} with {first[1]} %{then}.",
        f"Look at {first[0]} first, with {first[1]} %{then}.",
    )
    return lead + _overall(facts, v)


def persons(facts: Facts, found: Sequence[Measurement], v: Voice) -> str:
    """Answer to "Which person is it?"; strongest first."""
    del facts
    first, *rest = [(m.face, percent_of(m.score)) for m in found]
    then = "".join(f", person {number} {value} %" for number, value in rest)
    lead = v.of(
        f"Person {first[0]} has the highest value with {first[1]} %{then}.",
        f"It is highest for person {first[0]} with {first[1]} %{then}.",
        f"Person {first[0]} comes first with {first[1]} %{then}.",
    )
    return f"{lead} " + v.of(
        "Each person is measured alone.", "Each value stands for one person alone.", "I measure every person alone."
    )


def nothing(facts: Facts, v: Voice) -> str:
    """Answer to any of these when nothing could be assessed."""
    return v.of(
        f"I can't look at that, because {reason(facts)}.", f"That can't be measured here, because {reason(facts)}."
    ) + v.of(f" Please try {cure(facts)}.", f" It would help to have {cure(facts)}.")
