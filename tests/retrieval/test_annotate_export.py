"""What is exported is read back identical."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.annotations import Annotation, Click, read_jsonl, write_jsonl
from retrieval.exddv import DATASETS, LICENCE, read_exddv

pytest.importorskip("sqlalchemy", reason="the extra `retrieval` is not installed")

from retrieval.annotate.export import as_annotation, into_index, to_csv, write_csv
from retrieval.annotate.folder import FolderVideo
from retrieval.annotate.store import AnnotationStore, Draft, sqlite_url
from tests.retrieval.conftest import WordEncoder, annotation, row
from tests.retrieval.conftest import write_csv as write_rows

UNIT = st.floats(0, 1)
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=80).filter(str.strip)
CLICKS = st.dictionaries(st.integers(0, 2000), st.tuples(UNIT, UNIT, st.floats(0, 100)), max_size=12)
DRAFTS = st.builds(
    lambda text, clicks, level: Draft(
        text, tuple(Click(x, y, frame, at) for frame, (x, y, at) in sorted(clicks.items())), level, done=True
    ),
    TEXTS,
    CLICKS,
    st.sampled_from(("easy", "medium", "hard")),
)
ROWS = st.lists(
    st.tuples(st.sampled_from(sorted(set(DATASETS.values()))), st.sampled_from(("Ada", 'B "ob", 2', "Çelik")), DRAFTS),
    min_size=100,
    max_size=100,
)


def stored(rows: list, url: str) -> list[Annotation]:
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


LARGE = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)


@settings(max_examples=2, deadline=None, suppress_health_check=LARGE)
@given(rows=ROWS)
def test_a_hundred_rows_come_back_identical(rows: list, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("hundred")
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
