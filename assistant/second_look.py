"""Questions that need another look: a place hidden, a second of a video, the strongest ones, motion, several persons.

Nothing of it is guessed: what the words ask for is measured (or read from the examination), becomes turn evidence for
the language model, and joins the measurements that the answer is checked against.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from assistant.records import RegionQuery
from assistant.region_query import FACE_ID, OffFace, region_ids_of, spot_cells
from assistant.spots import Spot, place_name
from media.errors import ForgeryAssistantError
from media.records import Examination, FaceExamination, Measurement
from simulation.dialogue import moments
from simulation.dialogue.names import region_mentions

if TYPE_CHECKING:
    from assistant.examiner import Examiner

_HIDE = re.compile(
    r"\b(?:cover(?:s|ed|ing)?|hid(?:e|es|den|ing)|mask(?:s|ed|ing)?|without|(?:blank|block|black|blot|leav|left)\w* out"
    r"|leave (?:away|off)|ignor(?:e|es|ed|ing)|remov(?:e|es|ed|ing)|tak(?:e|es|en|ing) away)\b"
    r"|\b(?:leave|block|blank|black|blot|take)\b.{0,40}\b(?:out|away|off)\b",
    re.I,
)
_CLOCK = re.compile(r"(?<![\d:])(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?![\d:])")
_SECONDS = re.compile(
    r"\b(?:second|sec)\s+(\d{1,5})\b|(?<![\d:.,])(\d{1,5}(?:[.,]\d+)?)\s*(?:seconds?|secs?|s)\b", re.I
)
_MINUTES = re.compile(r"\bminute\s+(\d{1,3})\b|(?<![\d:.,])(\d{1,3})\s*(?:minutes?|mins?)\b", re.I)
_WORST = re.compile(
    r"\b(?:when|which (?:second|moment|frame|time|part of the video)|what (?:second|moment|time)|at which)\b"
    r".*\b(?:worst|highest|strongest|most|peaks?)\b", re.I,
)  # fmt: skip
_PERSONS = re.compile(
    r"\bwhich (?:one )?(?:of (?:the|these|those) |of )?(?:two |three )?(?:persons?|people|faces?|them)\b"
    r"|\bwho of\b", re.I,
)  # fmt: skip
_TIME = re.compile(r"\b(?:when|moment|instant|second|minute|time|frame|point|scene)s?\b", re.I)
_MOTION = re.compile(r"\b(?:flicker|jitter|trembl|shimmer)\w*|\b(?:motion|movements?|lip[- ]sync\w*)\b", re.I)


def asks_to_hide(text: str) -> bool:
    """Whether the words ask what happens when a place is hidden."""
    return _HIDE.search(text) is not None


def time_named(text: str) -> float | None:
    """The second of a video that the words name: "0:07", "second 7", "7 s", "minute 2"; None when there is none."""
    clock = _CLOCK.search(text)
    if clock:
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return float(3600 * hours + 60 * minutes + seconds)
    seconds, minutes = _SECONDS.search(text), _MINUTES.search(text)
    if seconds is None and minutes is None:
        return None
    parts = [float((m.group(1) or m.group(2)).replace(",", ".")) if m else 0.0 for m in (minutes, seconds)]
    return 60 * parts[0] + parts[1]


def never_meant(question: str, kind: str) -> tuple[str, ...]:
    """Intents that a question cannot have: in a photo nobody asks for the strongest moment without a word of time."""
    return ("worst",) if kind != "video" and not _TIME.search(question) else ()


def look_again(
    question: str,
    query: RegionQuery | None,
    read: Callable[[str], str | None],
    face: FaceExamination | None,
    examination: Examination,
    examiner: "Examiner | None",
) -> Spot | None:
    """What another look gives, None when the question needs none.

    Args:
        question: the person's words.
        query: a spot pointed at.
        read: names the intent of a question, or None (no reader, or not sure).
        face: the face under discussion; examination: the file it is in.
        examiner: measures what was not measured yet; None = nothing new can be measured.
    """
    if face is None or face.signals is None:
        return None
    if examiner is not None and asks_to_hide(question):
        queries = [query] if query is not None else [RegionQuery(region_ids=i) for i in _places(question)]
        if queries:
            return _hidden(queries[0], face, examiner)
    if query is not None:
        return None
    video, intent, seconds = examination.media.kind == "video", read(question), time_named(question)
    if seconds is None and (intent == "motion" or (video and _MOTION.search(question))):
        return _motion(face, video)
    if _places(question):
        return None
    if seconds is not None and (video or intent == "moment"):
        return _moment(seconds, face, examination, examiner)
    if (intent == "worst" and not never_meant(question, examination.media.kind)) or (video and _WORST.search(question)):
        return _worst(face) if video else Spot(moments.NO_TIME)
    if intent == "persons" or (len(examination.faces) > 1 and _PERSONS.search(question)):
        return _persons(examination)
    return None


def _places(question: str) -> list[tuple[str, ...]]:
    return [ids for ids in region_mentions(question) if FACE_ID not in ids]


def _hidden(query: RegionQuery, face: FaceExamination, examiner: "Examiner") -> Spot | None:
    """Score with the place hidden (retrieval's masks hide tokens; this hides pixels) against nothing hidden."""
    try:
        mask = spot_cells(query, face, face.crop.pixels.shape[0])
    except OffFace:
        return None
    if not mask.any():
        return None
    score, whole = examiner.hidden(face.crop, mask)
    found = Measurement("hidden", face.face.id, region_ids_of(query, face), score, whole)
    name = place_name(found) or ("marked box" if query.box else "clicked spot")
    return Spot(moments.hidden_evidence(found, name), (found,))


def _moment(
    seconds: float, face: FaceExamination, examination: Examination, examiner: "Examiner | None"
) -> Spot | None:
    if examination.media.kind != "video":
        return Spot(moments.NO_TIME)
    duration = examination.media.duration or 0.0
    if seconds > duration:
        return Spot(moments.outside_evidence(seconds, duration))
    if examiner is None:
        return None
    try:
        seen = [f for f in examiner.at(examination, seconds) if f.evidence.score is not None]
    except ForgeryAssistantError:
        return None  # the file is gone or damaged there: the question is answered without that look
    if not seen:
        return Spot(moments.no_face_evidence(seconds))
    same = [f for f in seen if f.track == face.face.id] or seen
    score, whole = max(f.evidence.score or 0.0 for f in same), face.evidence.score or 0.0
    found = Measurement("moment", face.face.id, (), score, whole, (seconds,))
    return Spot(moments.moment_evidence(found), (found,))


def _worst(face: FaceExamination) -> Spot | None:
    if not face.worst_moments:
        return None
    whole = face.evidence.score or 0.0
    seconds: dict[str, tuple[float, float]] = {}  # of moments that are written alike the strongest one is told
    for time, score in face.worst_moments:
        seconds.setdefault(moments.clock(time), (time, score))
    found = tuple(Measurement("moment", face.face.id, (), score, whole, (time,)) for time, score in seconds.values())
    return Spot(moments.worst_evidence(found), found)


def _motion(face: FaceExamination, video: bool) -> Spot:
    if not video:
        return Spot(moments.NO_MOTION)
    if face.motion is None:
        return Spot(moments.MOTION_UNKNOWN)
    single = float(np.mean([score for _, score in face.frame_scores]))
    found = Measurement("motion", face.face.id, (), face.motion.score, single)
    return Spot(moments.motion_evidence(found), (found,))


def _persons(examination: Examination) -> Spot:
    found = sorted(
        (Measurement("person", f.face.id, (), f.evidence.score, f.evidence.score)
         for f in examination.faces if f.evidence.score is not None),
        key=lambda m: -m.score,
    )  # fmt: skip
    if len(found) < 2:
        return Spot(moments.ONE_PERSON)
    shown = tuple(found[: moments.MOST_PERSONS])
    return Spot(moments.persons_evidence(shown), shown)
