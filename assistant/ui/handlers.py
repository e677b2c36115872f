"""What happens on the page: each method serves one event and returns or yields updates of named parts."""

import html
import logging
import math
import threading
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import gradio as gr

from assistant.records import RegionQuery
from assistant.ui import cards, masks, moments, shown, text, view
from assistant.ui.contact_sheet import read_sheet
from assistant.ui.shown import Updates
from assistant.ui.state import Picture, Session, SessionStore, chat_messages, message_keys
from media.errors import ForgeryAssistantError

if TYPE_CHECKING:
    from assistant.assistant import Assistant

LOG = logging.getLogger(__name__)
REFRESH_S = 0.05  # streamed words are sent at most this often


class Handlers:
    """The page's events over one assistant. Updates are dicts from a part's name to its new value."""

    def __init__(self, assistant: "Assistant", store: SessionStore) -> None:
        self._assistant = assistant
        self._store = store

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
            **shown.page(session),
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
            masks.equip(self._assistant, session)
        else:
            session.conversation.add(examination)
        session.pictures.append(Picture(name, examination, len(session.turns), view.first_still(examination)))
        self._show(session, len(session.pictures) - 1)

    def _show(self, session: Session, index: int) -> None:
        session.show(index)
        session.conversation.select_picture(index + 1)
        if session.face is not None:
            session.conversation.select_face(session.face)

    # --- human annotations

    @property
    def offers_annotations(self) -> bool:
        """Whether there is an index of annotations."""
        return self._assistant.annotations is not None

    @property
    def simulated_annotations(self) -> bool:
        """Whether that index is of simulated forgeries, so that nothing a person wrote is listed."""
        return self._assistant.annotations is not None and not self._assistant.annotations.quotable

    def set_annotations(self, on: bool, key: str) -> Updates:
        """List annotations under answers from now on, or stop listing them."""
        session = self._store.get(key)
        session.annotations = on
        if session.conversation is not None:
            self._with_annotations(session)
        return {"sources": cards.sources(session)}

    def _with_annotations(self, session: Session) -> None:
        session.conversation.annotations = self._assistant.annotations if session.annotations else None

    # --- click masks

    @property
    def offers_masks(self) -> bool:
        """Whether there is a click model."""
        return self._assistant.offers_masks

    def set_masks(self, on: bool, key: str) -> Updates:
        """Show the face around predicted clicks in later questions from now on, or stop doing so."""
        return masks.switch(self._assistant, self._store.get(key), on)

    # --- looking at it

    def choose_picture(self, index: int | None, key: str) -> Updates:
        """Show another picture of this conversation; the next question is about it."""
        session = self._store.get(key)
        if index is not None and 0 <= index < len(session.pictures) and index != session.active:
            self._show(session, index)
        return shown.page(session)

    def choose_face(self, face: int | None, key: str) -> Updates:
        """Choose a numbered face; card, table and the next question are about it."""
        session = self._store.get(key)
        self._choose(session, face)
        return shown.page(session)

    @staticmethod
    def _choose(session: Session, face: int | None) -> None:
        if session.picture is not None and any(f.face.id == face for f in session.picture.examination.faces):
            session.face = face
            session.unmark()
            session.conversation.select_face(face)

    def set_opacity(self, opacity: float, key: str) -> Updates:
        """Draw the overlay stronger or weaker."""
        session = self._store.get(key)
        session.opacity = min(1.0, max(0.0, float(opacity)))
        return {"picture": gr.update(value=view.shown_picture(session))}

    # --- other moments of a video

    def look_at(self, second: object, person: object, key: str) -> Updates:
        """Show the frame of the video at a second, examined by itself; choose the person when that is one of them."""
        session = self._store.get(key)
        picture, problem = session.picture, ""
        if picture is None or not picture.video:
            problem = text.NO_VIDEO
        elif isinstance(second, bool) or not isinstance(second, (int, float)) or not math.isfinite(second):
            problem = text.NO_MOMENT
        else:
            self._choose(session, person if isinstance(person, int) else None)
            try:
                self._bring(session, picture, float(second))
            except ForgeryAssistantError as error:
                problem = error.message
            except Exception:
                LOG.exception("looking at a moment failed")
                problem = text.FAILED
        return {**shown.page(session), "moment_said": moments.said(session, problem)}

    def _bring(self, session: Session, picture: Picture, second: float) -> None:
        still = moments.look(self._assistant.examiner, picture.examination, second)
        if session.picture is picture:  # the visitor may have turned to another one meanwhile
            session.moment = still
            session.unmark()

    def back(self, key: str) -> Updates:
        """Show the worst frame of the video again."""
        session = self._store.get(key)
        session.moment = None
        return shown.page(session)

    def worst_frames(self, key: str) -> Iterator[Updates]:
        """Read the contact sheet of the video shown; read before, it stands there already."""
        session = self._store.get(key)
        picture, stop = session.picture, session.begin()
        if picture is None or picture.examination.media.sha256 in session.sheets:
            return
        try:
            sheet = ""
            for sheet in read_sheet(self._assistant.examiner, picture.examination):
                if stop.is_set() or session.picture is not picture:
                    return
                yield {"sheet": sheet}
            session.sheets[picture.examination.media.sha256] = sheet
        except ForgeryAssistantError as error:
            yield {"sheet": cards.notice(error.message)}
        except Exception:
            LOG.exception("reading the worst frames failed")
            yield {"sheet": cards.notice(text.FAILED)}

    # --- pointing at a spot

    def click(self, index: object, mode: str, key: str) -> Updates:
        """A click in the picture: marks a spot, or one of the two corners of a box."""
        session = self._store.get(key)
        if session.moment is not None:
            gr.Info(text.MARK_IN_WORST)
            return shown.spot(session)
        point = view.to_original(session, index)
        if point is None:
            gr.Info(text.OUTSIDE)
            return shown.spot(session)
        if mode != text.MODE_BOX:
            session.unmark()
            session.mark = RegionQuery(point=point)
        elif session.corner is None:
            session.unmark()
            session.corner = point
        elif session.corner[0] != point[0] and session.corner[1] != point[1]:
            session.mark, session.corner = RegionQuery(box=(*session.corner, *point)), None
        return shown.marked(session)

    def choose_part(self, region: str | None, key: str) -> Updates:
        """Mark a named part of the face: the way without a mouse."""
        session = self._store.get(key)
        if region and session.chosen is not None and session.moment is None:
            session.unmark()
            session.mark = RegionQuery(region_ids=(region,), face=session.chosen.face.id)
        return shown.marked(session)

    def unmark(self, key: str) -> Updates:
        """Forget the mark."""
        session = self._store.get(key)
        session.unmark()
        return shown.marked(session)

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
            "with_masks": False,
            **shown.busy(False),
            **shown.page(session),
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
        said, message, second = "", "", None
        head = [*chat_messages(session, before), {"role": "user", "content": html.escape(question, quote=False)}]
        yield {"chat": [*head, _speaking("")], **shown.busy(True)}
        pieces: Iterator[str] = iter(())
        sent = time.monotonic()
        try:
            pieces = start(stop)
            for piece in pieces:
                said += piece
                if time.monotonic() - sent >= REFRESH_S:
                    sent = time.monotonic()
                    yield {"chat": [*head, _speaking(said)]}
            second = moments.second_looked_at(session, question)
            if second is not None and session.picture is not None:
                self._bring(session, session.picture, second)
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
            **({} if second is None else shown.moment(session)),
            **shown.told(session),
            **shown.busy(False),
        }


def _speaking(said: str) -> dict[str, str]:
    return {"role": "assistant", "content": html.escape(said, quote=False) or "..."}
