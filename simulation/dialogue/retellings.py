"""Answers that tell the same finding for another reader, and answers to doubt; numbers and verdict never change."""

from simulation.dialogue.answers import at_place, cure, place_phrase, reason, statement, support
from simulation.dialogue.facts import Facts
from simulation.dialogue.voice import Voice
from simulation.dialogue.wording import cue_phrase, joined


def simple(facts: Facts, v: Voice) -> str:
    """Answer to "Explain it to a child"."""
    if facts.verdict == "not_assessed":
        return f"I could not look at this face properly, because {reason(facts)}. Please give me {cure(facts)}."
    if facts.verdict == "fake":
        place = place_phrase(facts)
        lead = v.of(
            "Think of a puzzle in which some pieces do not fit.",
            "It is like a patch sewn onto a shirt: you can see that it is different.",
            "Imagine someone painted over a part of the photo.",
        )
        spot = f"I see this {place}." if place else "I can't tell exactly where."
        return f"{lead} {spot} My forgery score is {facts.percent} %, which is {support(facts)}."
    if facts.verdict == "real":
        return v.of(
            "Think of a puzzle in which all the pieces seem to fit.",
            "I looked for patches on this face and found none that stand out.",
            "It is like a shirt without a patch that I could see.",
        ) + (
            f" My forgery score is {facts.percent} %, so there is little support for manipulation."
            " I can still miss small tricks."
        )
    return (
        v.of(
            "It is like a blurry puzzle: I can't see whether the pieces fit.",
            "I looked closely, but I can't tell whether someone changed it.",
            "Some pieces seem to fit and some do not.",
        )
        + f" My forgery score is {facts.percent} %, so the evidence is inconclusive."
    )


def technical(facts: Facts, v: Voice) -> str:
    """Answer to "Explain it technically"."""
    if facts.verdict == "not_assessed":
        return f"No score was computed: {reason(facts)}. The status is not assessed. Please try {cure(facts)}."
    lead = v.of(
        f"The calibrated probability of manipulation is {facts.percent} %, which we call {support(facts)}.",
        f"The detector gives a calibrated forgery score of {facts.percent} %, in words {support(facts)}.",
        f"After calibration the forgery score is {facts.percent} %, that is {support(facts)}.",
    )
    if facts.verdict == "fake" and facts.place:
        cues = f" Measured cues: {joined([cue_phrase(k) for k in facts.cues])}." if facts.cues else ""
        return f"{lead} The forgery map has its highest mean values {place_phrase(facts)}.{cues}"
    if facts.verdict == "fake":
        return f"{lead} The forgery map does not settle on a place, so its location is uncertain."
    if facts.verdict == "real":
        return f"{lead} The forgery map stays low, and no region passes the limit for being flagged."
    return f"{lead} It lies in the uncertain band, so no region is flagged."


def one_sentence(facts: Facts, v: Voice) -> str:
    """Answer to "In one sentence"."""
    if facts.verdict == "not_assessed":
        return f"The picture could not be assessed because {reason(facts)}."
    place = at_place(facts)
    return v.of(
        f"There is {support(facts)}{place}, with a forgery score of {facts.percent} %.",
        f"With a forgery score of {facts.percent} % {statement(facts)}{place}.",
        f"The face shows {support(facts)}{place}, and the forgery score is {facts.percent} %.",
    )


def meaning(facts: Facts, v: Voice) -> str:
    """Answer to "What does that score mean?"."""
    if facts.verdict == "not_assessed":
        return f"It means that no score was computed, because {reason(facts)}. It says nothing about the picture."
    return (
        v.of(
            f"A forgery score of {facts.percent} % means {support(facts)}.",
            f"The {facts.percent} % stand for {support(facts)}.",
            f"In words, {facts.percent} % is {support(facts)}.",
        )
        + " "
        + v.of(
            "It is a calibrated estimate for the face, not a share of changed pixels.",
            "It tells how strongly the picture supports manipulation, not how much of it was changed.",
            "It is an estimate with errors, and it says nothing about who changed what.",
        )
    )


def are_you_sure(facts: Facts, v: Voice) -> str:
    """Answer to "Are you sure?": the finding again, with its limits."""
    if facts.verdict == "not_assessed":
        again = f"The result stays the same: the picture could not be assessed, because {reason(facts)}."
        return f"{again} Please try {cure(facts)}."
    place = at_place(facts)
    lead = v.of("The measurement stays the same:", "I looked at the same evidence again:", "My answer does not change:")
    return f"{lead} the forgery score is {facts.percent} %, with {support(facts)}{place}. " + v.of(
        "I can be wrong, so please compare it with other sources.",
        "The detector can err, so a second check is sensible.",
        "It is a measurement and can be wrong.",
    )


def insist(facts: Facts, v: Voice) -> str:
    """Answer to a person who insists on a verdict: politely, and the evidence stays."""
    if facts.verdict == "not_assessed":
        return f"I understand, but nothing was measured, because {reason(facts)}. Please try {cure(facts)}."
    lead = v.of(
        "I stay with the evidence:",
        "I hear you, and I can only report the evidence:",
        "Thank you for telling me; what was measured is the same:",
        "I understand, and the evidence does not change:",
        "I respect your view and can only repeat what was measured:",
    )
    place = at_place(facts)
    tail = {
        "fake": "What you know about the picture can still matter more.",
        "real": "That does not show that nothing was changed.",
        "uncertain": "Neither side is supported clearly.",
    }[facts.verdict]
    return f"{lead} {statement(facts)}{place}, and the forgery score is {facts.percent} %. {tail}"
