"""What the page remembers about each visitor, and its one translation into chat messages. No gradio types are kept."""

import html
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from assistant.records import RegionQuery, TurnRecord
from assistant.ui import text
from media.records import Examination, FaceExamination

TIME_LIMIT_S = 3600.0
MAX_SESSIONS = 200


@dataclass(frozen=True, eq=False)
class Still:
    """One frame as the viewer shows it.

    Attributes:
        faces: those examined in this very frame.
        size: (width, height) of the frame; points of marks are in its pixels.
        plain, heated: the frame without and with the whole overlay, at the size shown, (h, w, 3) uint8.
        time: seconds, None for a photo.
    """

    faces: tuple[FaceExamination, ...]
    size: tuple[int, int]
    plain: NDArray[np.uint8]
    heated: NDArray[np.uint8]
    time: float | None = None


@dataclass(frozen=True, eq=False)
class Picture:
    """One examined file of a conversation.

    Attributes:
        turn: how many turns had been kept when it was added.
        still: the photo, or the worst frame of a video; None when there is nothing to show.
    """

    name: str
    examination: Examination
    turn: int
    still: Still | None = None

    @property
    def video(self) -> bool:
        """Whether it has a time to look at."""
        return self.examination.media.kind == "video"


@dataclass(frozen=True)
class MessageKey:
    """What a chat message stands for: index counts pictures, or turns of the conversation, from 0."""

    kind: Literal["picture", "question", "answer"]
    index: int


@dataclass
class Session:
    """One visitor's pictures, conversation, and what is marked right now.

    Attributes:
        active: index of the picture shown; face: id of the face chosen in it.
        moment: another frame of the video shown, which the visitor went to; None = the worst frame is shown.
        mark: the spot, box or named region that the next question concerns; corner: first corner of a box.
        sheets: contact sheets that were made, as HTML, by the SHA-256 of the video.
        annotations: list human annotations like the finding under answers.
        masks: show the face around predicted clicks in later questions where or why.
        stop: set to end the examination or answer under way.
    """

    pictures: list[Picture] = field(default_factory=list)
    conversation: Any = None
    active: int = 0
    face: int | None = None
    moment: Still | None = None
    mark: RegionQuery | None = None
    corner: tuple[float, float] | None = None
    opacity: float = 0.5
    annotations: bool = True
    masks: bool = False
    sheets: dict[str, str] = field(default_factory=dict)
    stop: threading.Event = field(default_factory=threading.Event)
    used: float = 0.0

    @property
    def picture(self) -> Picture | None:
        """The picture shown."""
        return self.pictures[self.active] if self.pictures else None

    @property
    def still(self) -> Still | None:
        """The frame in the viewer."""
        return self.moment or (self.picture.still if self.picture else None)

    @property
    def chosen(self) -> FaceExamination | None:
        """The face chosen in the picture shown."""
        if self.picture is None:
            return None
        faces = self.picture.examination.faces
        return next((f for f in faces if f.face.id == self.face), self.picture.examination.worst)

    @property
    def turns(self) -> list[TurnRecord]:
        """All turns kept, superseded ones too."""
        return list(self.conversation.turns) if self.conversation is not None else []

    def show(self, index: int) -> None:
        """Show a picture and choose its strongest face; drops the mark, which belongs to another picture."""
        self.active, self.moment = index, None
        worst = self.pictures[index].examination.worst
        self.face = worst.face.id if worst else None
        self.unmark()

    def unmark(self) -> None:
        """Forget the marked spot."""
        self.mark = self.corner = None

    def begin(self) -> threading.Event:
        """A fresh stop event for the work that starts now."""
        self.stop = threading.Event()
        return self.stop


class SessionStore:
    """Sessions by id, forgotten after `time_limit` seconds without use. Safe to use from several threads."""

    def __init__(self, time_limit: float = TIME_LIMIT_S, clock: Callable[[], float] = time.monotonic) -> None:
        self._time_limit = time_limit
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions: dict[str, Session] = {}

    def get(self, key: str | None) -> Session:
        """The session of an id; a new one when there is none or its time is over."""
        if not key:
            raise ValueError("a session needs an id")
        with self._lock:
            now = self._clock()
            for old in [k for k, s in self._sessions.items() if now - s.used > self._time_limit]:
                self._forget(old)
            if key not in self._sessions and len(self._sessions) >= MAX_SESSIONS:
                self._forget(min(self._sessions, key=lambda k: self._sessions[k].used))
            session = self._sessions.setdefault(key, Session())
            session.used = now
            return session

    def drop(self, key: str | None) -> None:
        """Stop whatever the session is doing and forget it."""
        with self._lock:
            if key in self._sessions:
                self._forget(key)

    def __len__(self) -> int:
        return len(self._sessions)

    def _forget(self, key: str) -> None:
        self._sessions.pop(key).stop.set()


def _answer_text(turn: TurnRecord) -> str:
    """The answer as markdown: its words, what was stopped, the checker's note, and what was on besides the finding."""
    answer = turn.answer
    words = html.escape(answer.text, quote=False)
    if answer.stopped:
        words += f" *{text.STOPPED}*"
    if answer.note:
        words += f"\n\n> **Note:** {html.escape(answer.note, quote=False)}"
    if answer.aids:
        words += f"\n\n*{text.WITH}: {html.escape(answer.aids, quote=False)}*"
    return words


def _entries(session: Session, before: int | None) -> Iterator[tuple[MessageKey, str, str]]:
    """(key, role, markdown) of everything said; only turns with an index below `before` when that is given."""
    shown = 0
    turns = session.turns
    for index, turn in enumerate(turns):
        while shown < len(session.pictures) and session.pictures[shown].turn <= index:
            yield _picture_entry(session, shown)
            shown += 1
        if turn.superseded or (before is not None and index >= before):
            continue
        number = f"*Picture {turn.picture}:* " if len(session.pictures) > 1 else ""
        yield MessageKey("question", index), "user", html.escape(turn.question, quote=False)
        yield MessageKey("answer", index), "assistant", number + _answer_text(turn)
    for index in range(shown, len(session.pictures)):
        yield _picture_entry(session, index)


def _picture_entry(session: Session, index: int) -> tuple[MessageKey, str, str]:
    picture = session.pictures[index]
    said = f"Picture {index + 1} added: **{html.escape(picture.name, quote=False)}**"
    return MessageKey("picture", index), "user", said


def chat_messages(session: Session, before: int | None = None) -> list[dict[str, str]]:
    """The chat as gradio's component wants it: role and markdown."""
    return [{"role": role, "content": said} for _, role, said in _entries(session, before)]


def message_keys(session: Session) -> list[MessageKey]:
    """What each message of `chat_messages(session)` stands for, in the same order."""
    return [key for key, _, _ in _entries(session, None)]
