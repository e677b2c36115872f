"""What is exported is read back identical."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.annotations import Annotation, Click, read_jsonl, write_jsonl
from retrieval.exddv import DATASETS, LICENCE, read_exddv

pytest.importorskip("sqlalchemy", reason="the extra `retrieval` is not installed")

from retrieval.annotate.export import as_annotation, into_index, to_csv, write_csv
from retrieval.annotate.folder import FolderVideo
from retrieval.annotate.store import AnnotationStore, Draft, Entry, StoredVideo, sqlite_url
from tests.retrieval.conftest import WordEncoder, annotation, row
from tests.retrieval.conftest import write_csv as write_rows

WORDS = (
    "mouth",
    "“blurry”",
    'says "no"',
    "a, b;",
    "naïve",
    "👄",
    "\n",
    "  ",
    "=1+1",
    "{x: 1}",
    "it's",
    "\\n",
    "\u2028",
    "’",
)
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40).filter(str.strip)
Row = tuple[str, str, Draft]


def made_rows(count: int, seed: int = 0) -> list[Row]:
    """Data set, annotator and draft of rows with everything that a CSV or a database could spoil."""
    rng = np.random.default_rng(seed)
    datasets, people = sorted(set(DATASETS.values())), ("Ada", 'B "ob", 2', "Çelik")
    rows = []
    for k in range(count):
        frames = sorted(rng.choice(2000, size=k % 13, replace=False).tolist())
        clicks = tuple(Click(*rng.random(2).tolist(), frame, float(rng.random() * 80)) for frame in frames)
        text = " ".join(["The", *rng.choice(WORDS, size=1 + k % 9)])
        level = ("easy", "medium", "hard")[k % 3]
        rows.append((datasets[k % 4], people[k % 3], Draft(text, clicks, level, done=True)))
    return rows


def stored(rows: Sequence[Row], url: str) -> list[Annotation]:
    """Rows through the store, one video each, as records."""
    videos = [FolderVideo(f"m/{k}.mp4", Path("x"), d, "m, n", f"{k}.mp4") for k, (d, _, _) in enumerate(rows)]
    with AnnotationStore(url) as store:
        ids = store.know(videos)
        for video, (_, annotator, draft) in zip(videos, rows, strict=True):
            store.save(ids[video.path], annotator, draft)
        return [as_annotation(e, LICENCE) for e in store.entries(done=True)]


def as_the_csv_says(found: Annotation, identifier: str) -> Annotation:
    """The same without what the schema has no column for: times of clicks."""
    clicks = tuple(replace(c, time=None) for c in found.clicks)
    return replace(found, id=f"exddv-{identifier}", clicks=clicks)


def test_a_hundred_rows_come_back_identical(tmp_path: Path) -> None:
    folder, rows = tmp_path, made_rows(100)
    made = stored(rows, sqlite_url(folder / "a.sqlite"))
    assert len(made) == 100
    assert [a.clicks for a in made] == [draft.clicks for _, _, draft in rows]
    write_jsonl(made, folder / "a.jsonl")
    assert read_jsonl(folder / "a.jsonl") == made
    written = write_csv(made, folder / "a.csv")
    assert (written.rows, written.left_out) == (100, ())
    back, report = read_exddv(folder / "a.csv")
    assert (report.rows, report.dropped, report.clamped, report.lost_clicks) == (100, [], 0, 0)
    assert back == [as_the_csv_says(a, str(k)) for k, a in enumerate(made)]
    assert to_csv(back).text == written.text


@settings(max_examples=30, deadline=None)
@given(text=TEXTS, x=st.floats(0, 1), y=st.floats(0, 1), frame=st.integers(0, 10**6))
def test_any_text_and_place_come_back(text: str, x: float, y: float, frame: int) -> None:
    draft = Draft(text, (Click(x, y, frame, 1.0),), "hard", done=True)
    entry = Entry(1, StoredVideo(1, "p", ("DFDC", "part_0", "a.mp4"), "fake"), "Ada", draft)
    made = as_annotation(entry, LICENCE)
    with tempfile.TemporaryDirectory() as folder:
        write_csv([made], Path(folder) / "a.csv")
        assert read_exddv(Path(folder) / "a.csv")[0] == [as_the_csv_says(made, "0")]


def test_a_published_file_is_written_back_as_it_is_read(tmp_path: Path) -> None:
    rows = [
        row(7, clicks={"20": (0.1, 0.2), "3": (0.5, 1 / 3)}, dataset="Deeperforensics", manipulation="end_to_end"),
        row(3, "000.mp4", "Nothing.", dataset="Original", clicks={"0": (0.0, 0.0)}, manipulation="original"),
        row(12, "a.mp4", 'Says "no", twice', dataset="DeepfakeDetection", difficulty=3, split="test"),
    ]
    first, _ = read_exddv(write_rows(tmp_path / "a.csv", rows))
    write_csv(first, tmp_path / "b.csv")
    assert read_exddv(tmp_path / "b.csv")[0] == first
    assert '{""0"": {""x"": 0.0, ""y"": 0.0}}' in (tmp_path / "b.csv").read_text()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"difficulty": None}, "no difficulty"),
        ({"clicks": (Click(0, 0, time=1.0),)}, "a time but no frame"),
        ({"clicks": (Click(0, 0, 1), Click(0, 1, 1))}, "two clicks on one frame"),
        ({"split": "left_out"}, "left_out"),
        ({"label": "real"}, "no original of FaceForensics"),
    ],
)
def test_what_the_csv_cannot_hold_is_named(change: dict, reason: str) -> None:
    fits = annotation(1, difficulty="easy")
    made = to_csv([fits, replace(fits, id="b", **change)])
    assert made.rows == 1
    assert len(made.text.splitlines()) == 2
    assert len(made.left_out) == 1
    assert reason in made.left_out[0]


def test_numbers_go_on_after_published_ones() -> None:
    rows = [annotation(k, id=name, difficulty="easy") for k, name in enumerate(("own-a", "exddv-41", "own-b"))]
    assert [line.split(",")[0] for line in to_csv(rows).text.splitlines()[1:]] == ["42", "41", "43"]


def test_an_annotation_goes_into_the_index_once(tmp_path: Path, encoder: WordEncoder) -> None:
    pytest.importorskip("faiss", reason="the extra `retrieval` (faiss) is not installed")
    from retrieval.index import AnnotationIndex

    rows = [annotation(k) for k in range(3)]
    assert into_index(rows[:2], tmp_path, encoder) == (2, 2)
    changed = replace(rows[1], text="quite other words")
    assert into_index([changed, rows[2]], tmp_path, encoder) == (2, 3)
    index = AnnotationIndex.load(tmp_path, encoder.key)
    assert {i.annotation.id: i.annotation.text for i in index.items.values()} == {
        a.id: a.text for a in (rows[0], changed, rows[2])
    }
    _, ids = index.search(encoder.encode(["quite other words"]), 1)
    assert index.items[int(ids[0, 0])].annotation == changed
