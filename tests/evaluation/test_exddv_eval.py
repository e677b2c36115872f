"""The ExDDV protocol on a small CSV: baselines, predictions, medoids, agreement, tables; figures by hand."""

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("faiss", reason="needs the extra: uv sync --extra retrieval")

from evaluation import exddv_agreement, exddv_eval, parts
from evaluation.__main__ import main
from evaluation.exddv_context import ExddvContext, read_predictions
from evaluation.exddv_frames import RADII, frame_runs, masked_crop, search_name
from evaluation.exddv_systems import (
    BY_TEXT,
    FREQUENT,
    RANDOM,
    medoid,
    medoid_name,
    most_frequent,
    query_of,
    random_texts,
)
from evaluation.exddv_table import MISPRINT, PUBLISHED, PUBLISHED_PEOPLE, table_text
from media.errors import BadRequest
from media.records import Crop, Frame
from retrieval.encoders import PICTURE_LEVELS
from retrieval.exddv import read_exddv
from tests.evaluation.conftest import exddv_folder
from tests.films import write_film
from tests.retrieval.conftest import annotation, row, write_csv
from tests.retrieval.test_encoders_frames import face

PLACES = ("mouth", "nose", "left eye", "chin", "forehead")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """60 rows, every sixth for testing; the pair of row 5 is in training too."""
    rows = []
    for n in range(60):
        changes = {"split": "test" if n % 6 == 5 else "train", "username": f"Annotator{1 + n // 6 % 2}",
                   "difficulty": 1 + n // 6 % 3}  # fmt: skip
        rows.append(row(n, f"{n:03d}_{n + 200:03d}.mp4", f"The {PLACES[n % 5]} is blurred in scene {n}.", **changes))
    rows[0] |= row(0, "005_205.mp4", "The mouth is blurred in scene 5.", manipulation="Face2Face")
    rows[1]["text"] = rows[2]["text"] = "Flicker on the face."
    rows[3]["text"] = "flicker on the face."
    rows[11]["text"] = "Something."
    return exddv_folder(tmp_path_factory.mktemp("data"), rows)


@pytest.fixture(autouse=True)
def without_wordnet(words_for_sentences: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evaluation.exddv_scores.SYSTEM_FOLDER", Path("none"))


def write_lines(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in records))
    return path


def measure(data: Path, out: Path, *more: str) -> dict:
    assert main(["exddv", "--data", str(data), "--out", str(out), "--quiet", *more]) == 0
    return json.loads((out / "figures.json").read_text())["figures"]


@pytest.fixture(scope="module")
def predictions(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs: the first is right everywhere, the second says nothing that fits, of one row less."""
    held = [a for a in read_exddv(data / "exddv" / "ExDDV.csv")[0] if a.split == "test"]
    good = [{"id": a.id, "text": a.text, "seed": 1} for a in held]
    bad = [{"id": a.id.removeprefix("exddv-"), "text": "xyz", "seed": 2} for a in held[1:]]
    return write_lines(tmp_path_factory.mktemp("predictions") / "ours.jsonl", *good, *bad)


@pytest.fixture
def measured(data: Path, predictions: Path, tmp_path: Path) -> tuple[Path, dict]:
    return tmp_path, measure(data, tmp_path, "--predictions", str(predictions))


def test_the_protocol_end_to_end(measured: tuple[Path, dict]) -> None:
    out, found = measured
    official = found["exddv"]["splits"]["official"]
    names = {FREQUENT, RANDOM, "ours", *(medoid_name(k) for k in (1, 3, 5, 10))}
    assert set(official) == names
    assert set(found["exddv"]["splits"]["identity"]) == names - {"ours"}
    assert found["exddv"]["test_rows"]["official"] == 10
    assert (official[RANDOM]["seeds"], official[FREQUENT]["seeds"], official["ours"]["seeds"]) == (3, 1, 2)
    ours = official["ours"]
    assert (ours["rows"], ours["missing"]) == (9.5, 1)
    rouge1 = ours["scores"]["rouge1"]
    assert rouge1["mean"] == pytest.approx(0.5)
    assert rouge1["sd"] == pytest.approx(np.std([1, 0], ddof=1))
    assert official[FREQUENT]["scores"]["rouge1"]["sd"] is None
    assert {k: g["rows"] for k, g in ours["by_annotator"].items()} == {"Annotator1": 5, "Annotator2": 5}
    assert {k: g["rows"] for k, g in ours["by_difficulty"].items()} == {"easy": 4, "medium": 3, "hard": 3}
    near, far = (official[name]["scores"]["sbert"]["mean"] for name in (medoid_name(1), RANDOM))
    assert near > far
    missing = found["exddv"]["not_measured"]
    assert set(missing) == {"bertscore", "meteor", "search by frames, ablations over level and mask radius"}
    assert "--agreement FILE" in found["exddv_agreement"]["not_measured"][0]
    assert "## Published (not measured here)" in (out / "exddv.md").read_text()
    assert (out / "exddv.png").stat().st_size > 5000


def test_figures_and_tables_come_from_the_items_alone(measured: tuple[Path, dict]) -> None:
    out = measured[0]
    names = ("figures.json", "exddv.md", "exddv_agreement.md")
    before = [(out / n).read_bytes() for n in names]
    for n in names:
        (out / n).unlink()
    assert main(["from-items", str(out)]) == 0
    assert [(out / n).read_bytes() for n in names] == before


def test_a_stopped_run_goes_on(measured: tuple[Path, dict], data: Path, predictions: Path) -> None:
    out, found = measured
    path = out / "items" / "exddv.jsonl"
    whole = path.read_text().splitlines()
    path.write_text("\n".join(whole[:40]) + "\n")
    assert measure(data, out, "--predictions", str(predictions))["exddv"] == found["exddv"]
    assert len(path.read_text().splitlines()) == len(whole)


def test_a_neighbour_is_never_the_querys_own_footage(measured: tuple[Path, dict]) -> None:
    items = parts.load_items(measured[0])["exddv"]
    own = [i for i in items if i.get("id") == "exddv-5" and i["system"] in (RANDOM, medoid_name(1))]
    assert len(own) in (4, 8)  # three seeds and the neighbour, on one split or both
    assert all(i["text"] != "The mouth is blurred in scene 5." for i in own)


def test_most_frequent_counts_in_any_case() -> None:
    assert most_frequent(["B.", "a", "A", "b.", "a", "c"]) == "a"
    assert most_frequent(["x", "y"]) == "x"


def test_random_texts_depend_on_seed_and_id_alone() -> None:
    train = [annotation(n) for n in range(30)]
    held = [annotation(100), annotation(3, split="test")]
    first = random_texts(held, train, 0)
    assert random_texts(held[1:], train, 0)["a-3"] == first["a-3"] != "text 3"
    assert any(random_texts(held, train, seed) != first for seed in (1, 2))


def test_queries_name_the_face_when_nothing_else_is_known() -> None:
    assert query_of(annotation(1, text="Something.")) == "Artifacts around the face."
    told = annotation(1, text="The mouth is blurred, seen 17 times.").with_words_read()
    assert query_of(told) == "Blurry, not well defined around the mouth."


def test_the_medoid_is_nearest_to_the_others() -> None:
    angles = np.deg2rad([0, 80, 20, 30])
    vectors = np.stack([np.cos(angles), np.sin(angles)], 1)
    assert medoid(vectors) == 3
    assert medoid(vectors[:1]) == medoid(vectors[:2]) == 0  # of two equals the nearer to the query
    assert medoid_name(1) == f"top-1 neighbour, {BY_TEXT}"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id": "7", "text": "a"}', "exddv-7 is no row of the test split"),
        ('{"id": "5"}', "is no object"),
        ("[1]", "is no object"),
        ("nonsense", "is no object"),
        ('{"id": "5", "text": 3}', "must be a string"),
        ('{"id": "5", "text": "a", "seed": "x"}', "whole number"),
        ('{"id": 5, "text": "a"}\n{"id": "exddv-5", "text": "b"}', "comes twice"),
        ("", "holds no sentences"),
    ],
)
def test_bad_predictions_are_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(BadRequest, match=message):
        read_predictions(path, {"exddv-5"})


def test_options_that_do_not_fit(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "absent.jsonl"
    assert main(["exddv", "--data", str(data), "--out", str(tmp_path), "--predictions", str(wrong)]) == 2
    assert "There is no file" in capsys.readouterr().err
    with pytest.raises(BadRequest, match="same name"):
        ExddvContext(data, tmp_path, predictions=(wrong, tmp_path / "b" / wrong.name))
    with pytest.raises(BadRequest, match="no folder"):
        ExddvContext(data, tmp_path, videos=tmp_path / "absent")


def two_people(folder: Path) -> Path:
    """Three videos by two people; the first two with clicks at known distances (1280 x 720)."""
    one, other = [{"5": (0.5, 0.5)}, {"10": (0.5, 0.5)}, {}], [{"25": (0.5, 0.5)}, {"100": (0.55, 0.5)}, {}]
    rows = [row(n, f"{n}.mp4", "The mouth is red.", dataset="DeepfakeDetection", clicks=one[n]) for n in range(3)]
    rows += [row(10 + n, f"{n}.mp4", "The mouth is very red.", dataset="DeepfakeDetection", clicks=other[n],
                 username="Annotator2") for n in range(3)]  # fmt: skip
    return write_csv(folder / "two.csv", [*rows, row(30, "9.mp4", dataset="DeepfakeDetection")])


def test_agreement_by_hand(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = two_people(tmp_path)
    found = measure(data, tmp_path / "out", "--only", "exddv_agreement", "--agreement", str(path))
    (pair,) = found["exddv_agreement"]["pairs"]
    assert (pair["videos"], pair["clicked"], pair["clicks"], pair["nominal"]) == (3, 2, 4, 3)
    assert pair["text"]["rouge1"] == pytest.approx(2 * 4 / 9)
    assert pair["text"]["sbert"] > 0.8
    # 20 frames and 0 px in one video; 90 frames and 64 px in the other
    shares = [(w["temporal"], w["spatial"], w["joint"]) for w in pair["windows"]]
    assert shares == [(0.5, 0.5, 0.5), (0.5, 1.0, 0.5), (1.0, 1.0, 1.0)]
    table = (tmp_path / "out" / "exddv_agreement.md").read_text()
    assert capsys.readouterr().out == table
    assert "| published | 100 | 0.6238 |" in table
    assert "| published | - | 30 / 50 | 54.70% | 79.60% | 35.10% |" in table
    assert main(["from-items", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "exddv_agreement.md").read_text() == table


def test_bleu_of_two_people_is_the_mean_of_both_directions(data: Path, tmp_path: Path) -> None:
    from evaluation.retrieval_scores import bleu2

    context = ExddvContext(data, tmp_path, quiet=True, agreement=two_people(tmp_path))
    exddv_agreement.run(context)
    items = parts.load_items(tmp_path)["exddv_agreement"]
    texts = "The mouth is red.", "The mouth is very red."
    assert items[0]["scores"]["bleu2"] == pytest.approx((bleu2(*texts) + bleu2(*reversed(texts))) / 2)


def test_a_file_of_one_person_is_refused(data: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "one.csv", [row(1), row(2, "9.mp4")])
    context = ExddvContext(data, tmp_path, quiet=True, agreement=path)
    with pytest.raises(BadRequest, match="No video of one.csv was annotated by two people"):
        exddv_agreement.run(context)


def test_the_published_table_is_whole() -> None:
    assert len(PUBLISHED) == 21
    assert all(len(p.scores) == 7 for p in (*PUBLISHED, PUBLISHED_PEOPLE))
    higher = [(p.model, p.mask, "rouge2") for p in PUBLISHED if p.scores[5] > p.scores[4]]
    assert higher == [MISPRINT]
    text = table_text(exddv_eval.figures([]))
    assert "| BLIP-2 tuned | hard | 0.55 | 0.36 | 0.14 | 0.22 | 0.31 | 0.38* | 0.29 |" in text


def test_a_masked_crop_keeps_the_disc_and_takes_the_mean_colour_elsewhere() -> None:
    crop = Crop(np.full((224, 224, 3), 200, np.uint8), np.array([[2.0, 0, -100], [0, 2.0, -100]]))
    out = masked_crop(crop, (106, 106), 50, np.array([0.5, 0.4, 0.2]))  # (112, 112) of the crop
    assert out[112, 112].tolist() == out[112, 161].tolist() == [200] * 3
    assert out[112, 163].tolist() == out[0, 0].tolist() == [128, 102, 51]
    edge = masked_crop(crop, (0, 106), 50, np.array([0.5, 0.4, 0.2]))  # outside: the nearest place of the crop
    assert edge[112, 0].tolist() == [200] * 3


class OneFace:
    """A face in the middle of every picture."""

    def __enter__(self) -> "OneFace":
        return self

    def __exit__(self, *error: object) -> None:
        return None

    def find(self, frame: Frame) -> list:
        return [face(1, (10, 10, 50, 50))]


def test_the_search_by_frames(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three colours: the neighbour is the training video of the test video's colour, at every level and radius."""
    from kfd.predictor import ForgeryPredictor

    colours = ((200, 30, 30), (30, 200, 30), (30, 30, 200))
    rows = []
    for n, colour in enumerate(colours):
        for split, start in (("train", 0), ("test", 3)):
            pixels = np.random.default_rng(n).integers(0, 40, (64, 64, 3)) + np.array(colour)
            name = f"{start + n}.mp4"
            write_film(tmp_path / "v" / "part_0" / name, [pixels.astype(np.uint8)] * 8, rate=8)
            rows.append(row(start + n, name, f"Colour {n}.", split=split, dataset="DeepfakeDetection",
                            manipulation="part_0", clicks={"3": (0.5, 0.5)}))  # fmt: skip
    rows.append(row(9, "9.mp4", split="test", dataset="DeepfakeDetection", manipulation="part_0"))  # no such video
    (tmp_path / "exddv").mkdir()
    write_csv(tmp_path / "exddv" / "ExDDV.csv", rows)
    monkeypatch.setattr("media.faces.FaceFinder", OneFace)
    context = ExddvContext(tmp_path, tmp_path / "out", quiet=True, videos=tmp_path / "v")
    context.__dict__["predictor"] = ForgeryPredictor.tiny(0)
    runs = {run.system: run.texts for run in frame_runs(context)}
    assert len(runs) == 4 * (len(PICTURE_LEVELS) + len(RADII))
    wanted = {f"exddv-{3 + n}": f"Colour {n}." for n in range(3)}
    for level in PICTURE_LEVELS:
        assert runs[medoid_name(1, search_name(level, None))] == wanted
    assert all(set(texts) == set(wanted) for texts in runs.values())


def test_no_video_of_the_rows_is_said(data: Path, tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="holds no annotated video"):
        frame_runs(ExddvContext(data, tmp_path, quiet=True, videos=tmp_path))
