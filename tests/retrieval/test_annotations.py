import json
from pathlib import Path

import pytest

from media.errors import BadRequest, UnreadableMedia
from retrieval.annotations import Annotation, Click, read_jsonl, write_jsonl
from retrieval.exddv import ReadReport, identities_of, read_clicks, read_exddv
from retrieval.vocabulary import FACE, kind_names, kinds_in, region_ids, regions_in
from tests.retrieval.conftest import annotation, row, write_csv


def test_every_oddity_is_read_and_counted(tmp_path: Path) -> None:
    rows = [
        row(0, clicks={"100": (0.1, 0.2), "9": (0.3, 0.4)}),
        row(1, clicks={"468": (0.5, 1.00297)}, manipulation="Face2Face", split="test"),
        row(2, "553_W040.mp4", dataset="Deeperforensics", manipulation="end_to_end", difficulty="3"),
        row(3, "abc.mp4", dataset="DeepfakeDetection", manipulation="dfdc_train_part_2", text="Mouth\u00b4s interior"),
        row(4, "abc.mp4", dataset="DeepfakeDetection", manipulation="dfdc_train_part_2"),
        row(5, "d0.mp4", dataset="BioDeepAV", manipulation="videos", username="Annotator2", difficulty="1"),
        row(6, "010.mp4", dataset="Original", manipulation="original", clicks={"0": (0.0, 0.0)}),
    ]
    found, report = read_exddv(write_csv(tmp_path / "e.csv", rows))
    assert len(found) == report.rows == 7
    assert report.clicks == 7
    assert (report.unsorted, report.clamped, report.placeholders, report.non_ascii) == (1, 1, 1, 1)
    assert report.repeated == [("DFDC", "dfdc_train_part_2", "abc.mp4")]
    assert (report.pair_names, report.pairs_across_splits) == (1, 1)
    assert report.renamed["Farceforensics++ -> FaceForensics++"] == 2
    assert report.renamed["DeepfakeDetection -> DFDC"] == 2
    assert dict(report.labels) == {"fake": 6, "real": 1}
    assert [c.frame for c in found[0].clicks] == [8, 99]  # sorted, and from 0
    assert found[1].clicks[0].y == 1.0
    assert found[6].clicks == ()
    assert found[6].label == "real"
    assert [a.difficulty for a in found[2:3]] == ["hard"]
    assert not report.dropped
    json.dumps(report.to_dict())


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"dataset": "Celeb-DF"}, "unknown data set"),
        ({"split": "dev"}, "unknown split"),
        ({"difficulty": "9"}, "unknown difficulty"),
        ({"text": "  "}, "text is empty"),
        ({"click_locations": "[1"}, "line 3"),
        ({"click_locations": "[1]"}, "line 3"),
        ({"id": "0"}, "was there already"),
    ],
)
def test_a_row_that_cannot_be_read_is_said(tmp_path: Path, changes: dict[str, str], reason: str) -> None:
    path = write_csv(tmp_path / "e.csv", [row(0), row(1, **changes), row(2)])
    found, report = read_exddv(path)
    assert [a.id for a in found] == ["exddv-0", "exddv-2"]
    assert report.rows == 3
    assert len(report.dropped) == 1
    assert reason in report.dropped[0]


def test_clicks_that_are_no_numbers_are_lost_alone() -> None:
    report = ReadReport()
    clicks = read_clicks('{"5": {"x": NaN, "y": 0.5}, "6": {"x": 0.2}, "7": {"x": 0.2, "y": 0.3}}', report)
    assert clicks == (Click(0.2, 0.3, 6),)
    assert report.lost_clicks == 2


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="no file"):
        read_exddv(tmp_path / "none.csv")
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    with pytest.raises(UnreadableMedia, match="movie_name"):
        read_exddv(tmp_path / "x.csv")


@pytest.mark.parametrize(
    ("dataset", "name", "expected"),
    [
        ("FaceForensics++", "890_837.mp4", ("ffpp:890", "ffpp:837")),
        ("FaceForensics++", "010.mp4", ("ffpp:010",)),
        ("DeeperForensics-1.0", "553_W040.mp4", ("ffpp:553", "actor:W040")),
        ("DFDC", "iyheosista.mp4", ("dfdc:iyheosista",)),
    ],
)
def test_identities(dataset: str, name: str, expected: tuple[str, ...]) -> None:
    assert identities_of(dataset, name) == expected


def test_jsonl_round_trip(tmp_path: Path) -> None:
    rows = [
        annotation(1, clicks=(Click(0.1, 0.2, 3), Click(0.3, 0.4, 7, 0.28)), regions=(FACE,), kinds=("blur",)),
        annotation(2, text='He said "look" {now} \u00e4', label="real", difficulty="hard", simulated=True),
        annotation(3, clicks=(Click(0.0, 1.0, time=1.5),), split="left_out"),
    ]
    write_jsonl(rows, tmp_path / "sub" / "a.jsonl")
    assert read_jsonl(tmp_path / "sub" / "a.jsonl") == rows
    assert [p.name for p in (tmp_path / "sub").iterdir()] == ["a.jsonl"]


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "x"}', json.dumps(annotation(1).to_dict() | {"more": 1})])
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.jsonl"
    write_jsonl([annotation(0)], path)
    path.write_text(path.read_text() + line + "\n")
    with pytest.raises(UnreadableMedia, match="Line 2"):
        read_jsonl(path)


def test_an_id_twice_is_refused(tmp_path: Path) -> None:
    write_jsonl([annotation(0), annotation(0)], tmp_path / "a.jsonl")
    with pytest.raises(UnreadableMedia, match="twice"):
        read_jsonl(tmp_path / "a.jsonl")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text": ""}, "text is empty"),
        ({"licence": ""}, "licence is empty"),
        ({"regions": ("face.ear",)}, "face.ear"),
        ({"kinds": ("magic",)}, "magic"),
        ({"label": "FAKE"}, "label"),
        ({"split": "dev"}, "split"),
        ({"difficulty": "2"}, "difficulty"),
        ({"clicks": (Click(0, 0, 9), Click(0, 0, 3))}, "order"),
    ],
)
def test_wrong_annotations_are_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        annotation(1, **changes)


@pytest.mark.parametrize("values", [(1.1, 0.5, 3), (0.5, -0.1, 3), (0.5, 0.5, -1), (float("nan"), 0.5, 1)])
def test_wrong_clicks_are_refused(values: tuple[float, float, int]) -> None:
    with pytest.raises(ValueError, match="click lies|frames count"):
        Click(*values)


@pytest.mark.parametrize(
    ("text", "regions", "kinds"),
    [
        ("The left eyebrow is doubled.", ("left_brow",), ("double",)),
        ("There is flickering on the forehead and the nose.", ("forehead", "nose"), ("flicker",)),
        ("Unnatural gaze.", ("left_eye", "right_eye"), ("gaze", "unnatural")),
        ("The whole face is flickering.", ("face",), ("flicker",)),
        ("The lips on the face are blurry.", ("mouth",), ("blur",)),
        ("The hair is strange.", (), ("unnatural",)),
        ("Distorsions of the teeth appear.", ("mouth",), ("distortion",)),
    ],
)
def test_words_of_a_text(text: str, regions: tuple[str, ...], kinds: tuple[str, ...]) -> None:
    assert tuple(i.split(".")[-1] for i in regions_in(text)) == regions
    assert kinds_in(text) == kinds


def test_names_given_by_people() -> None:
    both = ("face.upper.eyes.left_eye", "face.upper.eyes.right_eye")
    assert region_ids(["left_eye", "eyes", FACE]) == (*both, FACE)
    assert kind_names(["smoother", "flicker"]) == ("blur", "flicker")
    with pytest.raises(KeyError):
        region_ids(["tail"])
    with pytest.raises(KeyError):
        kind_names(["tail"])


def test_words_are_read_on_request() -> None:
    plain = annotation(1, text="The nose is blurred.")
    assert plain.regions == ()
    read = plain.with_words_read()
    assert isinstance(read, Annotation)
    assert read.kinds == ("blur",)
