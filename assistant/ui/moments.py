"""Other moments of a video in the viewer: reading the frame, and the words under it."""

import math
from html import escape
from typing import TYPE_CHECKING

from assistant.second_look import time_named
from assistant.ui import text, view
from assistant.ui.state import Session, Still
from media.records import Examination, FaceExamination
from media.video import frame_at

if TYPE_CHECKING:
    from assistant.examiner import Examiner


def look(examiner: "Examiner", examination: Examination, seconds: float) -> Still:
    """The frame on display at a second, with its faces examined; what was examined before is not examined again.

    Raises:
        BadRequest: a time outside the video.
        UnreadableMedia: the file is gone, is another one now, or is damaged there.
    """
    faces = examiner.at(examination, seconds)
    frame = frame_at(examination.media.path, seconds)
    return view.make_still(frame.pixels, faces, frame.time)


def second_looked_at(session: Session, question: str) -> float | None:
    """The second of the video shown that the newest answer was measured at; None when it was about something else."""
    picture, turns = session.picture, session.turns
    if picture is None or not turns or turns[-1].picture != session.active + 1:
        return None
    second = time_named(question)
    measured = picture.examination.measurements
    return second if any(m.kind == "moment" and m.place == (second,) for m in measured) else None


def on_slider(seconds: float) -> float:
    """Seconds with two decimals that still mean the frame that begins then."""
    return math.ceil(round(seconds * 100, 4)) / 100


def frame_score(face: FaceExamination) -> float | None:
    """Score of the one frame that a face is shown at; a person's own score is over many frames."""
    return face.worst_moments[0][1] if face.worst_moments else face.evidence.score


def said(session: Session, problem: str = "") -> str:
    """What the viewer shows of a video, in words that a screen reader announces; or why it could not be shown."""
    if problem:
        return f'<p class="notice" role="alert">{escape(problem)}</p>'
    return f'<p class="spot" role="status">{"<br>".join(escape(line) for line in _lines(session))}</p>'


def _lines(session: Session) -> list[str]:
    picture, still, chosen = session.picture, session.still, session.chosen
    if picture is None or not picture.video or still is None or still.time is None:
        return []
    when = f"at {text.clock(still.time)}" + ("" if session.moment else ", the worst frame")
    if not still.faces:
        return [f"{when.capitalize()}: {text.NO_FACE_HERE}"]
    people = {f.face.id: f for f in picture.examination.faces}
    faces = sorted(still.faces, key=lambda f: (chosen is None or f.face.id != chosen.face.id, f.face.id))
    lines = [_line(face, people.get(face.face.id), when) for face in faces]
    if chosen is not None and chosen.face.id not in {f.face.id for f in faces}:
        lines.append(_absent(chosen, session.moment is not None))
    if session.moment and any(f.evidence.score is not None for f in faces):
        lines.append(text.ONE_FRAME)
    return lines


def _line(face: FaceExamination, person: FaceExamination | None, when: str) -> str:
    """One face of the frame: its own score there against the person's."""
    name = f"Person {face.face.id}" if person is not None else f"Face {face.face.id}, met nowhere else,"
    score = frame_score(face)
    if score is None:
        return f"{name} {when}: could not be assessed here. {text.REASONS[face.evidence.reason or 'no_face'][0]}"
    whole = "" if person is None or person.evidence.score is None else (
        f", the whole person {text.shown_score(person.evidence.score)}"
    )  # fmt: skip
    return f"{name} {when}: this frame alone {text.shown_score(score)}{whole}."


def _absent(chosen: FaceExamination, elsewhere: bool) -> str:
    if elsewhere or chosen.face.time is None:
        return f"Person {chosen.face.id} was not found in this frame."
    return f"The worst frame of person {chosen.face.id} is at {text.clock(chosen.face.time)}."
