"""Answers about the finding: verdict, place, reasons, certainty, score and retellings.

Every answer is a plain first sentence and then reasons, composed from `Facts`. Only verdict answers begin with "Yes.",
"No.", "Unclear." or "I could not assess this picture".
"""

from simulation.dialogue.facts import Facts
from simulation.dialogue.names import with_article
from simulation.dialogue.voice import Voice
from simulation.dialogue.wording import CURE, EVIDENCE_PHRASE, REASON_PHRASE, cue_phrase, joined


def place_phrase(facts: Facts) -> str:
    """ "at the nose and the mouth", "over most of the face, strongest at ..."; empty when the place is uncertain."""
    if not facts.place:
        return ""
    return ("over most of the face, strongest at " if facts.wide else "at ") + with_article(facts.place)


def at_place(facts: Facts) -> str:
    """The place phrase of a fake with a space before it, or nothing: to be put after the evidence words."""
    return f" {place_phrase(facts)}" if facts.verdict == "fake" and facts.place else ""


def score(facts: Facts, v: Voice) -> str:
    """The score sentence, short; callers put its meaning beside it."""
    return v.of(
        f"The forgery score is {facts.percent} %.",
        f"My forgery score is {facts.percent} %.",
        f"The measured forgery score is {facts.percent} %.",
    )


def support(facts: Facts) -> str:
    """ "strong support for manipulation", or "inconclusive evidence"."""
    return "inconclusive evidence" if facts.verdict == "uncertain" else EVIDENCE_PHRASE[facts.word]


def statement(facts: Facts) -> str:
    """ "there is strong support for manipulation", or "the evidence is inconclusive"."""
    return "the evidence is inconclusive" if facts.verdict == "uncertain" else f"there is {support(facts)}"


def reason(facts: Facts) -> str:
    """Why nothing could be assessed."""
    return REASON_PHRASE[facts.reason or "decode_error"]


def cure(facts: Facts) -> str:
    """What would help."""
    return CURE[facts.reason or "decode_error"]


def not_assessed(facts: Facts, v: Voice) -> str:
    """The verdict answer when there is no finding: reason and cure."""
    return f"I could not assess this picture: {reason(facts)}. " + v.of(
        f"Please try {cure(facts)}.",
        f"It would help to have {cure(facts)}.",
        f"What could help is {cure(facts)}.",
        f"Please send me {cure(facts)}.",
    )


def _finding(facts: Facts, v: Voice) -> str:
    """One sentence with the evidence words and the place."""
    if facts.verdict == "fake":
        place = place_phrase(facts)
        if not place:
            return f"There is {support(facts)}, but its place is uncertain."
        return f"There is {support(facts)} {place}."
    if facts.verdict == "real":
        return v.of(
            "There is little support for manipulation; that does not show that nothing was changed.",
            "There is little support for manipulation, which does not show that nothing was changed.",
            "There is little support for manipulation. Small or skilful changes can still be missed.",
        )
    return v.of(
        "The evidence is inconclusive: it does not clearly support or speak against manipulation.",
        "The evidence is inconclusive and allows no clear answer either way.",
        "The evidence is inconclusive, so I can't say either way.",
    )


def verdict(facts: Facts, v: Voice) -> str:
    """Answer to "Is this a deepfake image?"."""
    if facts.verdict == "not_assessed":
        return not_assessed(facts, v)
    word = {"fake": "Yes.", "real": "No.", "uncertain": "Unclear."}[facts.verdict]
    tail = {
        "fake": v.of("", "", "", " It is a measurement, not a final judgement.", " Please check the source as well."),
        "real": "",
        "uncertain": v.of("", " A better copy may help.", " The original file may help.", " A sharper copy may help."),
    }[facts.verdict]
    return f"{word} {_finding(facts, v)} {score(facts, v)}{tail}"


def real_or_fake(facts: Facts, v: Voice) -> str:
    """Answer to "Is this real?" or "Real or fake?": begins with the finding, so that no yes or no can be misread."""
    if facts.verdict == "not_assessed":
        return not_assessed(facts, v)
    tail = {
        "fake": v.of(
            "I would not take it as real.", "It should not be taken as real.", "Please do not rely on it as real."
        ),
        "real": v.of(
            "I found no clear sign of a fake.", "No clear sign of a fake was found.", "I saw no clear sign of a fake."
        ),
        "uncertain": v.of("Both are possible.", "It could be either.", "I can't decide between the two."),
    }[facts.verdict]
    return f"{_finding(facts, v)} {score(facts, v)} {tail}"


_NO_PLACE: dict[str, tuple[str, ...]] = {
    "real": (
        "No place on the face stands out as manipulated.",
        "I can't point to a manipulated place on this face.",
        "The map shows no manipulated place on this face.",
    ),
    "uncertain": (
        "No place stands out clearly enough to name it.",
        "I can't name a place with enough support.",
        "The map gives no place that I could name safely.",
    ),
    "fake": (
        "The place is uncertain.",
        "I can't name the place with confidence.",
        "The map does not settle on a place.",
    ),
}
"""How an answer about the place begins when none is named, by verdict."""
_WIDE = ("It lies", "The map lights up", "The signs spread")
_NARROW = ("The manipulation shows", "The map points to", "The signs lie", "I see it", "The strongest signs are")


def where_openings(facts: Facts) -> tuple[str, ...]:
    """The first words of `where`'s answers for a finding, its place left out; () where they are not few."""
    if facts.verdict == "not_assessed" or facts.raised:
        return ()
    return (*_WIDE, *_NARROW) if facts.verdict == "fake" and facts.place else _NO_PLACE[facts.verdict]


def where(facts: Facts, v: Voice) -> str:
    """Answer to "Where?"."""
    if facts.verdict == "not_assessed":
        return f"I can't name a place: {reason(facts)}, so nothing was measured. Please try {cure(facts)}."
    if facts.raised:
        return _raised_where(facts, v)
    if facts.verdict == "real":
        lead = v.of(*_NO_PLACE["real"])
        return f"{lead} There is little support for manipulation and the forgery score is {facts.percent} %."
    if facts.verdict == "uncertain":
        lead = v.of(*_NO_PLACE["uncertain"])
        return f"{lead} The evidence is inconclusive, with a forgery score of {facts.percent} %."
    if not facts.place:
        lead = v.of(*_NO_PLACE["fake"])
        return f"{lead} There is {support(facts)} in the face, with a forgery score of {facts.percent} %."
    lead = v.of(*(_WIDE if facts.wide else _NARROW))
    place = with_article(facts.place) if lead == "The map points to" else place_phrase(facts)
    return f"{lead} {place}. " + v.of(
        f"There is {support(facts)} there, with a forgery score of {facts.percent} % for the face.",
        f"The forgery score of the face is {facts.percent} %, which is {support(facts)}.",
        f"The face has a forgery score of {facts.percent} %, that is {support(facts)}.",
    )


def _raised_where(facts: Facts, v: Voice) -> str:
    """The map is high somewhere, the finding is not: no place is named, but none is denied either."""
    return (
        v.of(
            "The map is raised in places, but not enough to name one as manipulated.",
            "In places the map is raised, yet the finding is too weak to name one of them.",
            "The map is raised in places, but I can't safely name one.",
        )
        + f" The forgery score is {facts.percent} %, which is {support(facts)}. "
        + v.of("Ask me about a part of the face for its numbers.", "You can ask me about any part of the face.")
    )


def _raised_why(facts: Facts, v: Voice) -> str:
    return (
        v.of(
            "The map is raised in places, but the face as a whole does not bear it out.",
            "In places the map is raised, yet taken together the signs are too weak.",
        )
        + f" The forgery score is {facts.percent} %, which is {support(facts)}."
    )


def _cue_sentence(facts: Facts, v: Voice) -> str:
    if not facts.cues:
        return ""
    cues = joined([cue_phrase(k) for k in facts.cues])
    return " " + v.of(
        f"I measured {cues} there.",
        f"Compared with the rest of the face there is {cues}.",
        f"The measurements there show {cues}.",
        f"There I measured {cues} compared with the rest of the face.",
    )


def why(facts: Facts, v: Voice) -> str:
    """Answer to "Why do you think so?"."""
    if facts.verdict == "not_assessed":
        return f"I have no finding to explain: {reason(facts)}. " + v.of(
            f"Please try {cure(facts)}.", f"It would help to have {cure(facts)}.", f"What could help is {cure(facts)}."
        )
    if facts.raised:
        return _raised_why(facts, v)
    if facts.verdict == "real":
        return (
            v.of(
                "The map stays low over the whole face.",
                "I found no part of the face that differs clearly from the rest.",
                "No part of the face is clearly raised in the map.",
            )
            + f" The forgery score is {facts.percent} %, so there is little support for manipulation."
        )
    if facts.verdict == "uncertain":
        return (
            v.of(
                "The signs are too weak to decide either way.",
                "The score lies between the limits for a clear answer.",
                "What I measured points both ways.",
            )
            + f" The forgery score is {facts.percent} %, and the evidence is inconclusive."
        )
    if not facts.place:
        return (
            v.of(
                "The face as a whole looks more like a manipulated one.",
                "The pattern of the whole face resembles manipulated ones.",
                "As a whole the face resembles faces that were changed.",
            )
            + f" The forgery score is {facts.percent} %, {support(facts)}, but the place is uncertain."
        )
    if facts.wide:
        lead = v.of(
            f"The signs of manipulation spread {place_phrase(facts)}.",
            f"Signs of manipulation show {place_phrase(facts)}.",
            f"The face carries signs of manipulation {place_phrase(facts)}.",
        )
    else:
        spot = with_article(facts.place)
        lead = v.of(
            f"The map stands out at {spot} against the rest of the face.",
            f"The face does not fit together at {spot}.",
            f"What I measured at {spot} differs from the rest of the face.",
            f"The picture at {spot} does not match the rest of the face.",
        )
    return f"{lead}{_cue_sentence(facts, v)} The forgery score is {facts.percent} %, which is {support(facts)}."


def certainty(facts: Facts, v: Voice) -> str:
    """Answer to "How sure are you?"."""
    if facts.verdict == "not_assessed":
        return f"There is nothing to be sure about: the picture could not be assessed because {reason(facts)}."
    if facts.word == "strong support":
        lead = v.of(
            "Quite sure, but not certain.",
            "Fairly sure, though errors happen.",
            "My confidence is high, yet not complete.",
        )
    elif facts.word == "some support":
        lead = v.of("Moderately sure.", "Only fairly sure.", "My confidence is moderate.")
    elif facts.verdict == "uncertain":
        lead = v.of("Not sure at all.", "I am not sure.", "My confidence is low.")
    else:
        lead = v.of(
            "Fairly sure, but changes can be missed.",
            "Quite sure, yet I can miss changes.",
            "My confidence is fair, not complete.",
        )
    return f"{lead} The forgery score is {facts.percent} %, which means {support(facts)}. " + v.of(
        "Strong compression or filters can mislead me.",
        "The detector makes mistakes in both directions.",
        "A poor copy can change the score.",
        "Filters and compression can mislead the detector.",
    )


def score_answer(facts: Facts, v: Voice) -> str:
    """Answer to "How much is the forgery score?"."""
    if facts.verdict == "not_assessed":
        return f"There is no score: the picture could not be assessed because {reason(facts)}."
    return (
        v.of(
            f"The forgery score is {facts.percent} %, which means {support(facts)}.",
            f"The forgery score of this face is {facts.percent} %: {support(facts)}.",
            f"It is {facts.percent} %, that is {support(facts)}.",
        )
        + " "
        + v.of(
            "It runs from 0 % for no signs to 100 % for very clear signs.",
            "It says how strongly the picture supports manipulation.",
            "A higher score means stronger support for manipulation.",
            "It is the calibrated probability of manipulation.",
        )
    )
