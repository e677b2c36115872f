"""The store on SQLite; the same checks on PostgreSQL are in test_annotate_postgres.py."""

import threading
from pathlib import Path

import pytest

from media.errors import BadRequest
from retrieval.annotations import Click

pytest.importorskip("sqlalchemy", reason="the extra `retrieval` is not installed")

from retrieval.annotate.folder import FolderVideo
from retrieval.annotate.store import (
    AnnotationStore,
    Draft,
    NoSuchVideo,
    SavedElsewhere,
    StoreUnreachable,
    sqlite_url,
)


def videos(count: int = 3) -> list[FolderVideo]:
    """Videos that are nowhere."""
    return [
        FolderVideo(f"FaceSwap/{k:03}_{k + 1:03}.mp4", Path("nowhere"), "FaceForensics++", "FaceSwap", f"{k:03}.mp4")
        for k in range(count)
    ]


def clicks(*frames: int) -> tuple[Click, ...]:
    return tuple(Click(0.1 + frame / 1000, 1 / 3, frame, frame / 25) for frame in frames)


def check_store(url: str) -> None:
    """What every database must do."""
    draft = Draft("The mouth “flickers”, naïve 👄", clicks(3, 7, 20), "medium", 4.25, True)
    with AnnotationStore(url) as store:
        ids = list(store.know(videos()).values())
        assert store.load(ids[0], "Ada") == Draft()
        assert store.save(ids[0], " Ada ", draft) == 1
        moved = Draft("Other", (Click(1 / 7, 0.9, 7, 0.28), *clicks(21)), None, 5.0, revision=1)
        assert store.save(ids[0], "Ada", moved) == 2
        with pytest.raises(SavedElsewhere, match="load it again"):
            store.save(ids[0], "Ada", draft)
        assert store.save(ids[0], "Bob", Draft("Else", (), "hard", done=True)) == 1
        store.keep_word("Bindi")
        store.keep_word("bindi")
        store.opened(ids[0], 640, 480, 29.97)
    with AnnotationStore(url) as store:
        assert list(store.know(videos()).values()) == ids
        assert store.load(ids[0], "Ada") == Draft(moved.text, moved.clicks, None, 5.0, revision=2)
        assert [(e.annotator, e.draft.done) for e in store.entries()] == [("Ada", False), ("Bob", True)]
        (only,) = store.entries(done=True)
        assert (only.video.width, only.video.height, only.video.rate) == (640, 480, 29.97)
        assert store.words() == ["bindi"]
        with pytest.raises(NoSuchVideo):
            store.save(999, "Ada", Draft())
        race(store, ids[1])


def race(store: AnnotationStore, video: int) -> None:
    """Of several first saves at once one wins, and the others are told."""
    outcomes: list[str] = []
    start = threading.Barrier(4)

    def save(text: str) -> None:
        start.wait()
        try:
            store.save(video, "Ada", Draft(text))
            outcomes.append("saved")
        except SavedElsewhere:
            outcomes.append("told")

    threads = [threading.Thread(target=save, args=(f"text {k}",)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["saved", "told", "told", "told"]
    assert store.load(video, "Ada").revision == 1


def test_sqlite(tmp_path: Path) -> None:
    check_store(sqlite_url(tmp_path / "a b.sqlite"))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"text": "x" * 4001}, "at most 4000"),
        ({"text": "a\x00b"}, "cannot be stored"),
        ({"text": "a\ud800b"}, "cannot be stored"),
        ({"difficulty": "easier"}, "easy, medium or hard"),
        ({"clicks": (Click(0.5, 0.5, 3),)}, "frame's time"),
        ({"clicks": (Click(0.5, 0.5, time=3.0),)}, "needs the frame"),
        ({"clicks": clicks(3, 3)}, "one a frame"),
        ({"clicks": clicks(4, 3)}, "in order"),
        ({"watched": float("nan")}, "seconds played"),
        ({"done": True}, "a description and a difficulty is missing"),
        ({"done": True, "text": "x"}, "a difficulty is missing"),
    ],
)
def test_bad_drafts_are_refused_in_words(change: dict, says: str) -> None:
    with pytest.raises(BadRequest, match=says):
        Draft(**change)


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\x07b"])
def test_names_of_annotators(tmp_path: Path, name: str) -> None:
    with AnnotationStore(sqlite_url(tmp_path / "a.sqlite")) as store:
        (video,) = store.know(videos(1)).values()
        with pytest.raises(BadRequest, match="needs a name"):
            store.save(video, name, Draft())


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nonsense", "given by a URL"),
        ("mysql+nothing://a:secret@h/d", "No driver|No such|supported"),
        ("sqlite:////nowhere/at/all.sqlite", "cannot be opened"),
        ("postgresql://ada:secret@127.0.0.1:1/none?connect_timeout=2", "cannot be opened"),
    ],
)
@pytest.mark.serves
def test_databases_that_cannot_be_used(url: str, says: str) -> None:
    with pytest.raises(StoreUnreachable, match=says) as error:
        AnnotationStore(url)
    assert "secret" not in error.value.message


def test_another_versions_file_and_no_database_at_all(tmp_path: Path) -> None:
    from sqlalchemy import create_engine, text

    url = sqlite_url(tmp_path / "a.sqlite")
    with AnnotationStore(url):
        pass
    with create_engine(url).begin() as connection:
        connection.execute(text("UPDATE annotation_schema SET version = 99"))
    with pytest.raises(StoreUnreachable, match="another version"):
        AnnotationStore(url)
    (tmp_path / "b.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreUnreachable, match="cannot be used"):
        AnnotationStore(sqlite_url(tmp_path / "b.sqlite"))
