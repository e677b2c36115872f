"""Annotations in the making: typed tables (SQLAlchemy 2) on SQLite, or on PostgreSQL by URL.

A save is one transaction that is on disk when it returns. Every annotation carries a revision: whoever saves names the
one he read, so that a second tab cannot overwrite what it has not seen.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self, get_args

from sqlalchemy import Select, create_engine, event, func, make_url, select
from sqlalchemy.engine import URL, Engine
from sqlalchemy.exc import ArgumentError, DatabaseError, IntegrityError, NoSuchModuleError, OperationalError
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.exc import StaleDataError

from media.errors import BadRequest, ForgeryAssistantError
from retrieval.annotate.folder import FolderVideo
from retrieval.annotate.models import (
    LONGEST_NAME,
    LONGEST_TEXT,
    SCHEMA,
    AnnotationRow,
    Base,
    ClickRow,
    SchemaRow,
    VideoRow,
    WordRow,
)
from retrieval.annotations import Click, Difficulty, Label, VideoKey, click_order


class StoreUnreachable(ForgeryAssistantError):
    """The database cannot be opened, read or written."""


class SavedElsewhere(ForgeryAssistantError):
    """The annotation was saved by another tab since it was read."""


class NoSuchVideo(ForgeryAssistantError):
    """A video that the store does not know."""


@dataclass(frozen=True)
class Draft:
    """An annotation as the page holds it.

    Attributes:
        text: as typed; at most 4,000 characters.
        clicks: in order, each with frame and time, one a frame.
        difficulty: None until the person chose.
        watched: seconds of video played.
        used_original: whether the original was shown.
        done: the person is through with it; needs a text and a difficulty.
        revision: of the stored row that this goes on from; 0 for none.
    """

    text: str = ""
    clicks: tuple[Click, ...] = ()
    difficulty: Difficulty | None = None
    watched: float = 0.0
    used_original: bool = False
    done: bool = False
    revision: int = 0

    def __post_init__(self) -> None:
        if len(self.text) > LONGEST_TEXT:
            raise BadRequest(f"A description has at most {LONGEST_TEXT} characters; this one has {len(self.text)}.")
        if "\x00" in self.text or any("\ud800" <= c <= "\udfff" for c in self.text):
            raise BadRequest("The description holds a character that cannot be stored; delete it and write it anew.")
        if self.difficulty is not None and self.difficulty not in get_args(Difficulty):
            raise BadRequest(f"The difficulty is easy, medium or hard, not {self.difficulty!r}.")
        frames = [click.frame for click in self.clicks]
        if None in frames or any(click.time is None for click in self.clicks):
            raise BadRequest("A click needs the frame it was made on, and that frame's time.")
        if len(set(frames)) < len(frames) or list(self.clicks) != sorted(self.clicks, key=click_order):
            raise BadRequest("Clicks come in order of their frames, one a frame.")
        if not 0 <= self.watched < float("inf"):
            raise BadRequest("The seconds played are a number from 0 on.")
        missing = [
            n for n, there in (("a description", self.text.strip()), ("a difficulty", self.difficulty)) if not there
        ]
        if self.done and missing:
            raise BadRequest(f"Not done yet: {' and '.join(missing)} is missing.")


@dataclass(frozen=True)
class StoredVideo:
    """A video that the store knows; size in pixels and rate once it was opened."""

    id: int
    path: str
    key: VideoKey
    label: Label
    width: int | None = None
    height: int | None = None
    rate: float | None = None


@dataclass(frozen=True)
class Entry:
    """One person's annotation of one video. id: of the row, stable."""

    id: int
    video: StoredVideo
    annotator: str
    draft: Draft


class AnnotationStore:
    """Videos, annotations and kept words in a database; a context manager. Safe to use from several threads.

    Args:
        url: SQLAlchemy's, e.g. "sqlite:///FILE" or "postgresql://user@host/name".

    Raises:
        StoreUnreachable: it cannot be opened, or was written by another version.
    """

    def __init__(self, url: str) -> None:
        self.url = _url(url)
        self._engine = _engine(self.url)
        with self._asking():
            Base.metadata.create_all(self._engine)
            with Session(self._engine) as session, session.begin():
                version = session.scalar(select(func.max(SchemaRow.version)))
                if version is None:
                    session.add(SchemaRow(version=SCHEMA))
                elif version != SCHEMA:
                    raise StoreUnreachable(f"{self} holds annotations of another version ({version}).")

    def __str__(self) -> str:
        return self.url.render_as_string(hide_password=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._engine.dispose()

    def know(self, videos: Sequence[FolderVideo]) -> dict[str, int]:
        """Enter these videos, or bring what is known of them up to date; ids by path."""
        with self._asking(), Session(self._engine) as session, session.begin():
            rows = {row.path: row for row in session.scalars(select(VideoRow))}
            for video in videos:
                row = rows.setdefault(video.path, VideoRow(path=video.path))
                row.dataset, row.manipulation = video.dataset, video.manipulation
                row.name, row.label = video.name, video.label
                session.add(row)
            session.flush()
            return {video.path: rows[video.path].id for video in videos}

    def opened(self, video_id: int, width: int, height: int, rate: float) -> None:
        """Note a video's size and frame rate."""
        with self._asking(), Session(self._engine) as session, session.begin():
            row = self._video(session, video_id)
            row.width, row.height, row.rate = width, height, rate

    def load(self, video_id: int, annotator: str) -> Draft:
        """One person's annotation of a video; an empty one with revision 0 when there is none."""
        with self._asking(), Session(self._engine) as session:
            self._video(session, video_id)
            row = session.scalar(_mine(video_id, checked_name(annotator)))
            return _draft(row) if row is not None else Draft()

    def save(self, video_id: int, annotator: str, draft: Draft) -> int:
        """Store a draft; the new revision.

        Raises:
            SavedElsewhere: the stored revision is not the one that the draft goes on from.
        """
        try:
            with self._asking(), Session(self._engine) as session, session.begin():
                self._video(session, video_id)
                row = session.scalar(_mine(video_id, checked_name(annotator)))
                if draft.revision != (row.revision if row is not None else 0):
                    raise SavedElsewhere("Another tab or person saved this annotation meanwhile; load it again.")
                if row is None:
                    row = AnnotationRow(video_id=video_id, annotator=checked_name(annotator))
                    session.add(row)
                _fill(row, draft)
                session.flush()
                return row.revision
        except (StaleDataError, IntegrityError) as error:
            raise SavedElsewhere("Another tab saved this annotation meanwhile; load it again.", str(error)) from error

    def entries(self, done: bool | None = None) -> list[Entry]:
        """All annotations in the order in which they were begun; only finished (or unfinished) ones if asked."""
        wanted = select(AnnotationRow).options(selectinload(AnnotationRow.clicks), selectinload(AnnotationRow.video))
        if done is not None:
            wanted = wanted.where(AnnotationRow.done.is_(done))
        with self._asking(), Session(self._engine) as session:
            rows = session.scalars(wanted.order_by(AnnotationRow.id))
            return [Entry(row.id, _video(row.video), row.annotator, _draft(row)) for row in rows]

    def words(self) -> list[str]:
        """Words that were kept."""
        with self._asking(), Session(self._engine) as session:
            return list(session.scalars(select(WordRow.word).order_by(WordRow.word)))

    def keep_word(self, word: str) -> None:
        """Count a word as spelt right; twice is once."""
        with self._asking(), Session(self._engine) as session, session.begin():
            session.merge(WordRow(word=word.lower()))

    def _video(self, session: Session, video_id: int) -> VideoRow:
        row = session.get(VideoRow, video_id)
        if row is None:
            raise NoSuchVideo("This video is not in the list any more; reload the page.")
        return row

    @contextmanager
    def _asking(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError:
            raise
        except DatabaseError as error:
            what = "cannot be opened" if isinstance(error, OperationalError) else "cannot be used"
            raise StoreUnreachable(
                f"The database {self} {what}; check that it is there and may be written, or give another by --db.",
                str(error.orig),
            ) from error


def checked_name(annotator: str) -> str:
    """An annotator's name without spaces around it; BadRequest when empty or too long."""
    name = " ".join(annotator.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise BadRequest(f"An annotator needs a name of 1 to {LONGEST_NAME} characters.")
    return name


def sqlite_url(path: Path) -> str:
    """The URL of an SQLite file."""
    return URL.create("sqlite", database=str(path)).render_as_string()


def _url(text: str) -> URL:
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise StoreUnreachable(
            "The database is given by a URL such as sqlite:///FILE or postgresql://user@host/name.", str(error)
        ) from error
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url


def _engine(url: URL) -> Engine:
    try:
        engine = create_engine(url, pool_pre_ping=True)
    except (NoSuchModuleError, ImportError) as error:
        raise StoreUnreachable(
            f"No driver for {url.drivername}; SQLite and PostgreSQL are supported.", str(error)
        ) from error
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _careful)
    return engine


def _careful(connection: sqlite3.Connection, record: object) -> None:
    """Foreign keys are kept, and a commit is on disk before it returns."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")


def _mine(video_id: int, annotator: str) -> Select[AnnotationRow]:
    return select(AnnotationRow).where(AnnotationRow.video_id == video_id, AnnotationRow.annotator == annotator)


def _fill(row: AnnotationRow, draft: Draft) -> None:
    row.text, row.difficulty, row.done = draft.text, draft.difficulty, draft.done
    row.watched, row.used_original = draft.watched, draft.used_original
    row.updated = datetime.now(UTC)
    there = {click.frame: click for click in row.clicks}
    row.clicks = []
    for click in draft.clicks:
        assert click.frame is not None
        assert click.time is not None
        kept = there.get(click.frame) or ClickRow(frame=click.frame)
        kept.time, kept.x, kept.y = click.time, click.x, click.y
        row.clicks.append(kept)


def _draft(row: AnnotationRow) -> Draft:
    clicks = tuple(Click(c.x, c.y, c.frame, c.time) for c in row.clicks)
    level: Any = row.difficulty
    return Draft(row.text, clicks, level, row.watched, row.used_original, row.done, row.revision)


def _video(row: VideoRow) -> StoredVideo:
    label: Any = row.label
    key = row.dataset, row.manipulation, row.name
    return StoredVideo(row.id, row.path, key, label, row.width, row.height, row.rate)
