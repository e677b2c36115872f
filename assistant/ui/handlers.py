"""What happens on the page: each method serves one event and returns or yields updates of named parts."""

import html
import logging
import threading
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.records import RegionQuery
from assistant.ui import cards, text, view
from assistant.ui.state import Picture, Session, SessionStore, chat_messages, message_keys
from media.errors import ForgeryAssistantError

if TYPE_CHECKING:
    from assistant.assistant import Assistant

LOG = logging.getLogger(__name__)
REFRESH_S = 0.05  # streamed words are sent at most this often
Updates = dict[str, Any]


class Handlers:
    """The page's events over one assistant. Updates are dicts from a part's name to its new value."""

    def __init__(self, assistant: "Assistant", store: SessionStore) -> None:
        self._assistant = assistant
        self._store = store

    # --- what is shown

    def page(self, session: Session) -> Updates:
        """Everything that depends on the picture shown and the face chosen."""
        many = len(session.pictures) > 1
        names = [(f"Picture {i + 1}: {p.name}", i) for i, p in enumerate(session.pictures)]
        faces = session.picture.examination.faces if session.picture else ()
        chosen = session.chosen.face.id if session.chosen else None
        shown = view.shown_picture(session)
        video = session.picture is not None and session.picture.examination.media.kind == "video"
        return {
            "pictures": gr.update(choices=names, value=session.active if names else None, visible=many),
            "faces": gr.update(
                choices=[(f"Face {f.face.id}: {f.evidence.word}", f.face.id) for f in faces],
                value=chosen,
                visible=len(faces) > 1,
            ),
            "picture": gr.update(value=shown),
            "viewer": gr.update(visible=shown is not None),
            "empty": gr.update(visible=shown is None),
            "card": cards.finding_card(session),
            "legend": cards.legend(opened=session.picture is None),
            "measured": cards.measured(session),
            "ask_worst": gr.update(visible=video),
            "sources": cards.sources(session),
            **self._spot(session),
        }

    def _spot(self, session: Session) -> Updates:
        marked = session.mark is not None
        return {
            "spot": cards.spot_text(session),
            "ask_spot": gr.update(interactive=marked),
            "hide_spot": gr.update(interactive=marked),
            "unmark": gr.update(interactive=marked or session.corner is not None),
            "part": gr.update(value=session.mark.region_ids[0] if session.mark and session.mark.region_ids else None),
        }

    def _marked(self, session: Session) -> Updates:
        return {"picture": gr.update(value=view.shown_picture(session)), **self._spot(session)}

    @staticmethod
    def _busy(busy: bool) -> Updates:
        return {"send": gr.update(visible=not busy), "stop": gr.update(visible=busy)}

    # --- a file comes in

    def examine(self, path: str | None, key: str, progress: Callable[[float, str], None]) -> Iterator[Updates]:
        """Examine an uploaded file and add it to the conversation; a bad file leaves everything as it was."""
        session = self._store.get(key)
        if not path:
            yield {}
            return
        name = Path(path).name
        stop = session.begin()
        yield {"notice": cards.notice(), "cancel": gr.update(visible=True)}
        message = ""
        try:
            self._add(session, name, path, progress, stop)
        except ForgeryAssistantError as error:
            LOG.info("not examined: %s", error.detail or error.code)
            message = text.STOPPED_EXAMINING if stop.is_set() else f"{name}: {error.message}"
        except MemoryError:
            message = f"{name}: {' '.join(text.REASONS['out_of_memory'])}"
        except Exception:
            LOG.exception("examination failed")
            message = text.FAILED
        yield {
            "upload": None,
            "more": None,
            "cancel": gr.update(visible=False),
            "notice": cards.notice(message),
            "chat": chat_messages(session),
            **self.page(session),
        }

    def _add(
        self, session: Session, name: str, path: str, progress: Callable[[float, str], None], stop: threading.Event
    ) -> None:
        examination = self._assistant.examine(path, progress=progress, cancel=stop)
        known = [p.examination.media.sha256 for p in session.pictures]
        if examination.media.sha256 in known:
            self._show(session, known.index(examination.media.sha256))
            return
        if session.conversation is None:
            session.conversation = self._assistant.conversation(examination)
            self._with_annotations(session)
        else:
            session.conversation.add(examination)
        session.pictures.append(Picture(name, examination, len(session.turns), *view.layers(examination)))
        self._show(session, len(session.pictures) - 1)

    def _show(self, session: Session, index: int) -> None:
        session.show(index)
        session.conversation.select_picture(index + 1)
        if session.face is not None:
            session.conversation.select_face(session.face)

    # --- human annotations

    @property
    def offers_annotations(self) -> bool:
        """Whether there is an index of human annotations."""
        return self._assistant.annotations is not None

    def set_annotations(self, on: bool, key: str) -> Updates:
        """List human annotations under answers from now on, or stop listing them."""
        session = self._store.get(key)
        session.annotations = on
        if session.conversation is not None:
            self._with_annotations(session)
        return {"sources": cards.sources(session)}

    def _with_annotations(self, session: Session) -> None:
        session.conversation.annotations = self._assistant.annotations if session.annotations else None

    # --- looking at it

    def choose_picture(self, index: int | None, key: str) -> Updates:
        """Show another picture of this conversation; the next question is about it."""
        session = self._store.get(key)
        if index is not None and 0 <= index < len(session.pictures) and index != session.active:
            self._show(session, index)
        return self.page(session)

    def choose_face(self, face: int | None, key: str) -> Updates:
        """Choose a numbered face; card, table and the next question are about it."""
        session = self._store.get(key)
        if session.picture is not None and any(f.face.id == face for f in session.picture.examination.faces):
            session.face = face
            session.unmark()
            session.conversation.select_face(face)
        return self.page(session)

    def set_opacity(self, opacity: float, key: str) -> Updates:
        """Draw the overlay stronger or weaker."""
        session = self._store.get(key)
        session.opacity = min(1.0, max(0.0, float(opacity)))
        return {"picture": gr.update(value=view.shown_picture(session))}

    # --- pointing at a spot

    def click(self, index: object, mode: str, key: str) -> Updates:
        """A click in the picture: marks a spot, or one of the two corners of a box."""
        session = self._store.get(key)
        point = view.to_original(session, index)
        if point is None:
            gr.Info(text.OUTSIDE)
            return self._spot(session)
        if mode != text.MODE_BOX:
            session.unmark()
            session.mark = RegionQuery(point=point)
        elif session.corner is None:
            session.unmark()
            session.corner = point
        elif session.corner[0] != point[0] and session.corner[1] != point[1]:
            session.mark, session.corner = RegionQuery(box=(*session.corner, *point)), None
        return self._marked(session)

    def choose_part(self, region: str | None, key: str) -> Updates:
        """Mark a named part of the face: the way without a mouse."""
        session = self._store.get(key)
        if region and session.chosen is not None:
            session.unmark()
            session.mark = RegionQuery(region_ids=(region,), face=session.chosen.face.id)
        return self._marked(session)

    def unmark(self, key: str) -> Updates:
        """Forget the mark."""
        session = self._store.get(key)
        session.unmark()
        return self._marked(session)

    # --- talking

    def ask(self, question: str, key: str) -> Iterator[Updates]:
        """Ask about the picture shown, or about the mark when there is one; streams the chat."""
        session = self._store.get(key)
        question = question.strip()
        problem = text.NO_PICTURE if session.conversation is None else "" if question else text.NO_QUESTION
        if problem:
            gr.Info(problem)
            yield {"notice": cards.notice(problem)}
            return
        region, session.mark, session.corner = session.mark, None, None
        about = (
            " (about the marked place)"
            if region is not None and question in (text.SPOT_QUESTION, text.HIDE_QUESTION)
            else ""
        )
        yield {"question": "", "notice": cards.notice()}
        yield from self._stream(
            session, lambda stop: session.conversation.ask(question, region, stop), question + about
        )

    def regenerate(self, key: str) -> Iterator[Updates]:
        """Tell the last answer another way."""
        session = self._store.get(key)
        kept = [i for i, turn in enumerate(session.turns) if not turn.superseded]
        if not kept:
            yield {"chat": chat_messages(session)}
            return
        question = session.turns[kept[-1]].question
        yield from self._stream(session, session.conversation.regenerate, question, before=kept[-1])

    def edit(self, index: int, question: str, key: str) -> Iterator[Updates]:
        """Ask a changed question in the place of an earlier one; what came after it is superseded."""
        session = self._store.get(key)
        keys = message_keys(session)
        question = html.unescape(question).strip()
        if not 0 <= index < len(keys) or keys[index].kind != "question" or not question:
            gr.Info(text.ONLY_QUESTIONS if question else text.NO_QUESTION)
            yield {"chat": chat_messages(session)}
            return
        turn = keys[index].index
        yield from self._stream(
            session, lambda stop: session.conversation.edit(turn, question, stop), question, before=turn
        )

    def stop(self, key: str) -> None:
        """End the answer or examination under way; what has been said stays."""
        self._store.get(key).stop.set()

    def restart(self, key: str) -> Updates:
        """Forget the pictures and the conversation of this visitor."""
        self.forget(key)
        session = self._store.get(key)
        return {
            "chat": [],
            "notice": cards.notice(),
            "question": "",
            **self._busy(False),
            **self.page(session),
        }

    def forget(self, key: str) -> None:
        """Stop what is under way and forget everything about this visitor."""
        self._store.drop(key)

    def _stream(
        self,
        session: Session,
        start: Callable[[threading.Event], Iterator[str]],
        question: str,
        before: int | None = None,
    ) -> Iterator[Updates]:
        """Stream one answer. When the listener goes away the generator is closed and the language model stops."""
        stop = session.begin()
        said, message = "", ""
        head = [*chat_messages(session, before), {"role": "user", "content": html.escape(question, quote=False)}]
        yield {"chat": [*head, _speaking("")], **self._busy(True)}
        pieces: Iterator[str] = iter(())
        sent = time.monotonic()
        try:
            pieces = start(stop)
            for piece in pieces:
                said += piece
                if time.monotonic() - sent >= REFRESH_S:
                    sent = time.monotonic()
                    yield {"chat": [*head, _speaking(said)]}
        except ForgeryAssistantError as error:
            message = error.message
        except Exception:
            LOG.exception("answer failed")
            message = text.FAILED
        finally:
            stop.set()
            if isinstance(pieces, Generator):
                pieces.close()
        yield {
            "chat": chat_messages(session),
            "notice": cards.notice(message),
            "measured": cards.measured(session),
            "sources": cards.sources(session),
            **self._marked(session),
            **self._busy(False),
        }


def _speaking(said: str) -> dict[str, str]:
    return {"role": "assistant", "content": html.escape(said, quote=False) or "..."}
