"""The words the program itself puts before a question, and the fixed words for evidence, reasons and cues."""

from collections.abc import Sequence

from media.errors import ReasonCode
from media.records import Evidence, EvidenceWord, Measurement
from simulation.dialogue.facts import cue_kinds, facts_of, share_of
from simulation.dialogue.names import with_article

EVIDENCE_PHRASE: dict[EvidenceWord, str] = {
    "strong support": "strong support for manipulation",
    "some support": "some support for manipulation",
    "inconclusive": "inconclusive",
    "little support": "little support for manipulation",
    "could not be assessed": "could not be assessed",
}
REASON_PHRASE: dict[ReasonCode, str] = {
    "no_face": "no face was found",
    "face_too_small": "the face is too small",
    "too_blurred": "the face is too blurred",
    "not_photographic": "it does not look like a photograph",
    "too_many_faces": "there are too many faces",
    "extreme_pose": "the face is turned too far away",
    "occluded": "too much of the face is covered",
    "over_compressed": "the file is compressed too strongly",
    "decode_error": "the file could not be read",
    "too_large": "the file is too large",
    "out_of_memory": "there was not enough memory",
}
CURE: dict[ReasonCode, str] = {
    "no_face": "a picture in which a face is clearly visible",
    "face_too_small": "the original file, or a picture taken from closer",
    "too_blurred": "a sharper picture or the original file",
    "not_photographic": "a photograph instead of a drawing or a screenshot",
    "too_many_faces": "a crop with only the faces that matter",
    "extreme_pose": "a picture in which the person looks towards the camera",
    "occluded": "a picture in which the whole face is free",
    "over_compressed": "the original file instead of a forwarded copy",
    "decode_error": "the file saved again as a JPEG or PNG picture",
    "too_large": "a smaller copy of the file",
    "out_of_memory": "a smaller copy of the file",
}
CUE_PHRASE: dict[str, str] = {
    "smoother": "a smoother texture",
    "sharper": "a sharper texture",
    "colour_shift": "a shifted colour",
    "seam": "a visible seam",
    "noise": "a different grain",
}
RETELL = "[say it another way]"
"""Turn evidence that asks for another wording of the same answer."""
RETELL_AGAIN = "[say it a third way]"
OFF_FACE = "[clicked spot, not on an examined face]"
STANDS_OUT, LOWER, AS_HIGH, LOW, ALIKE = (
    "stands out",
    "lower than the rest",
    "as high as the rest",
    "low",
    "like the rest",
)


ASKED: dict[str, str] = {
    "verdict": "whether it is fake",
    "real_or_fake": "whether it is real or fake",
    "where": "where",
    "why": "why",
    "certainty": "how sure",
    "score": "the score",
    "meaning": "what the score means",
    "simple": "in simple words",
    "technical": "in technical words",
    "one_sentence": "in one sentence",
    "retell": "in other words",
    "are_you_sure": "doubt",
    "insist_real": "the person says it is real",
    "insist_fake": "the person says it is fake",
    "measured": "what was measured",
    "map": "the map",
    "privacy": "privacy",
    "limits": "limits",
    "next": "what to do",
    "kind": "which method",
    "origin": "who made it",
    "identity": "who the person is",
    "describe": "a description",
    "offtopic": "something else",
    "about": "the assistant",
    "greeting": "greeting",
    "thanks": "thanks",
    "worst": "the strongest moment",
    "moment": "a moment",
    "persons": "several persons",
}
"""What a question is about, by intent, as turn evidence names it. Places are named by their own evidence instead."""


def asked_evidence(intent: str | None, likely: Sequence[str] = ()) -> str:
    """Turn evidence that names what a question is about.

    Args:
        intent: what it is surely about, None when that is not clear.
        likely: what it may be about then, likeliest first.

    Returns:
        "[asked: where]", "[perhaps asked: where or why]", or "" when nothing is known.
    """
    if intent is not None:
        return f"[asked: {ASKED[intent]}]" if intent in ASKED else ""
    return f"[perhaps asked: {' or '.join(ASKED[name] for name in likely)}]" if likely else ""


def task_description() -> str:
    """The sentence that opens every prompt (the paper's prior knowledge, in plain words)."""
    return "Answer about the face in this picture and stay with what was measured."


def cue_phrase(kind: str) -> str:
    """Plain words for a measured cue."""
    return CUE_PHRASE.get(kind, "a " + kind.replace("_", " "))


def joined(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else "".join(words)


def result_sentence(evidence: Evidence) -> str:
    """The detector's result for the first prompt: score, evidence words, cue words; never a region name."""
    facts = facts_of(evidence)
    if facts.percent is None:
        return f"The picture could not be assessed: {REASON_PHRASE[facts.reason or 'decode_error']}."
    sentence = f"The forgery score is {facts.percent} %: {EVIDENCE_PHRASE[facts.word]}."
    kinds = cue_kinds(evidence)
    return sentence + (f" Measured: {joined([cue_phrase(k) for k in kinds])}." if kinds else "")


def evidence_line(evidence: Evidence) -> str:
    """The whole finding in one bracket, place included; given when an answer has to be tried again."""
    facts = facts_of(evidence)
    if facts.percent is None:
        return f"[evidence: could not be assessed, {REASON_PHRASE[facts.reason or 'decode_error']}]"
    place = ""
    if facts.verdict == "fake":
        place = ", place uncertain"
        if facts.place:
            place = (", most of the face, strongest at " if facts.wide else ", at ") + with_article(facts.place)
    return f"[evidence: {facts.percent} %, {EVIDENCE_PHRASE[facts.word]}{place}]"


def relation(inside: float, rest: float) -> str:
    """How a region's map mean stands to the rest of the face, from the rounded percents an answer shows."""
    high, low = share_of(inside), share_of(rest)
    if high - low >= 10 and high >= 25:
        return STANDS_OUT
    if low - high >= 10:
        return LOWER
    if high >= 50:
        return AS_HIGH
    return LOW if high < 25 else ALIKE


def region_evidence(measurement: Measurement, name: str) -> str:
    """Turn evidence of one measured place, e.g. "[nose: 72 % inside, 18 % on the rest of the face, stands out]".

    name is the spoken name of the place ("" for a spot outside the named regions).
    """
    name = name or "outside the named regions"
    place = {"point": f"clicked spot, {name}", "box": f"marked box, {name}"}.get(measurement.kind, name)
    inside, rest = share_of(measurement.score), share_of(measurement.rest)
    order = relation(measurement.score, measurement.rest)
    return f"[{place}: {inside} % inside, {rest} % on the rest of the face, {order}]"


def comparison_evidence(first: Measurement, name: str, second: Measurement, other: str) -> str:
    """Turn evidence of two places, e.g. "[left eye: 70 %; right eye: 12 %; left eye is higher]"."""
    a, b = share_of(first.score), share_of(second.score)
    order = f"{name if a > b else other} higher" if abs(a - b) >= 5 else "about the same"
    return f"[{name}: {a} %; {other}: {b} %; {order}]"
