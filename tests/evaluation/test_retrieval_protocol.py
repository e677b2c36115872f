"""The retrieval protocol on a small CSV with the published file's oddities, and its figures by hand."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("faiss", reason="needs the extra: uv sync --extra retrieval")

from evaluation import parts, retrieval_clicks, retrieval_index, retrieval_rows, retrieval_speed, retrieval_text
from evaluation.__main__ import main
from evaluation.retrieval_eval import RetrievalContext
from media.errors import MissingCheckpoint
from tests.evaluation.conftest import exddv_folder
from tests.retrieval.conftest import random_unit, row, write_csv

pytestmark = pytest.mark.usefixtures("words_for_sentences")
PLACES = ("mouth", "nose", "left eye", "chin", "forehead")
WHAT = ("blurred", "flickering", "too dark")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with 120 rows, every fifth of them for testing, and every oddity of the published file."""
    rows = []
    for n in range(120):
        place, what = PLACES[n % len(PLACES)], WHAT[n % len(WHAT)]
        changes = {"split": "test" if n % 6 == 5 else "train", "username": f"Annotator{1 + n % 2}"}
        rows.append(row(n, f"{n:03d}_{n + 200:03d}.mp4", f"The {place} is {what} in scene {n}.", **changes))
    rows[0] |= row(0, "000_200.mp4", "The mouth is blurred.", clicks={"20": (0.5, 0.4), "3": (0.2, 1.003)})
    rows[1] |= row(1, "000_200.mp4", "The mouth is blurred.")  # the same video and sentence again
    rows[2] |= row(2, "000_200.mp4", "The na\u00efve chin.", split="test", manipulation="Face2Face")
    rows[7]["dataset"] = "Deeperforensics"
    return exddv_folder(tmp_path_factory.mktemp("data"), rows)


def measure(data: Path, out: Path, *more: str) -> dict:
    arguments = ["retrieval", "--data", str(data), "--out", str(out), "--quiet", "--limit", "12", *more]
    assert main([*arguments, "--weights", str(data / "none")]) == 0
    return json.loads((out / "figures.json").read_text())


@pytest.fixture(scope="module")
def rows_measured(data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict]:
    out = tmp_path_factory.mktemp("rows")
    return out, measure(data, out, "--only", "annotations")


def test_every_oddity_is_counted_twice_and_alike(rows_measured: tuple[Path, dict]) -> None:
    found = rows_measured[1]["figures"]["annotations"]
    counted = found["counted"]
    assert (counted["rows"], counted["clicks"]) == (120, 121)
    assert counted["unsorted"] == counted["out_of_range"] == counted["repeated_videos"] == counted["non_ascii"] == 1
    assert counted["misspelt_datasets"] == 120
    assert counted["pairs_in_several_splits"] == 1
    assert counted["same_texts"] == 1
    assert found["differing"] == found["rows_lost"] == found["rows_misread"] == []
    assert found["oddities_found"] == list(retrieval_rows.ODDITIES)
    assert all(bar["met"] for bar in rows_measured[1]["bars"])


def test_figures_come_from_the_items_alone(rows_measured: tuple[Path, dict]) -> None:
    out = rows_measured[0]
    before = (out / "figures.json").read_bytes()
    (out / "figures.json").unlink()
    assert main(["from-items", str(out)]) == 0
    assert (out / "figures.json").read_bytes() == before


@pytest.mark.parametrize(
    ("change", "bar"),
    [
        (lambda i: i.update(read=None), "rows of the CSV"),
        (lambda i: i["read"].update(first_frame=i["raw"]["first_frame"]), "rows read otherwise"),
        (lambda i: i["read"].update(clicks=0), "clicks of the CSV"),
        (lambda i: i["raw"].update(unsorted=True), "oddities that the reader"),
    ],
)
def test_a_reader_that_errs_is_seen(rows_measured: tuple[Path, dict], change, bar: str) -> None:
    items = parts.load_items(rows_measured[0])["annotations"]
    change(next(i for i in items if i["key"] == "00010"))
    bars = retrieval_rows.bars(retrieval_rows.figures(items))
    assert [b.met for b in bars if b.name.startswith(bar)] == [False]


def test_the_other_parts_on_a_few_queries(data: Path, tmp_path: Path) -> None:
    found = measure(data, tmp_path, "--only", "index,index_speed,text_search,clicks")
    figures = found["figures"]
    exact, graph = figures["index"].values()
    assert (exact["kind"], graph["kind"], graph["vectors"]) == ("exact", "hnsw", 600)
    assert 100 < exact["vectors"] < 120
    assert exact["recall_at_5"] == 1.0 >= graph["recall_at_5"] > 0.9
    assert figures["index_speed"]["adding"]["searches"] > 0
    assert figures["index_speed"]["idle"]["searches"] >= 3 * 5
    official = figures["text_search"]["official"]
    assert set(official) == set(retrieval_text.WAYS)
    assert official["vectors"]["region_jaccard"] > 2 * official["random"]["region_jaccard"]
    assert official["vectors and regions"]["region_jaccard"] >= official["vectors"]["region_jaccard"]
    assert figures["clicks"]["not_measured"][0].startswith("no click model")
    click_bars = [b for b in found["bars"] if b["part"] == "clicks"]
    assert [b["met"] for b in click_bars] == [None, None]
    items = parts.load_items(tmp_path)["text_search"]
    assert all("scene" not in i["query"] for i in items)  # never the held-out sentence


def test_training_rows_answer_and_never_the_querys_own_people(data: Path, tmp_path: Path) -> None:
    context = RetrievalContext(data, tmp_path, quiet=True)
    retrieval_text.run(context)
    rows = {a.id: a for a in context.read[0]}
    items = [i for i in parts.load_items(tmp_path)["text_search"] if i["found"] and i["split"] == "official"]
    assert len(items) > 30
    for item in items:
        own = rows[item["key"].split("/")[1]]
        for other in (rows[i] for i in item["found"]):
            assert other.split == "train"
            assert not set(own.identities) & set(other.identities)
        assert len({rows[i].video for i in item["found"]}) == len(item["found"]) == 5
    own = next(i for i in items if "exddv-2/" in i["key"])  # the pair 000_200, also in training
    assert not {"exddv-0", "exddv-1"} & set(own["found"])


def test_a_wrong_index_has_a_low_recall() -> None:
    vectors = random_unit(300, 16)
    similarity = vectors @ vectors[7]
    right = np.argsort(-similarity)[:5]
    assert retrieval_index.recall_at_k(vectors, vectors[7], right) == 1.0
    assert retrieval_index.recall_at_k(vectors, vectors[7], right[[0, 1, 1, 2, 2]]) == 0.6
    assert retrieval_index.recall_at_k(vectors, vectors[7], np.argsort(similarity)[:5]) == 0.0
    assert retrieval_index.recall_at_k(vectors, vectors[7], np.array([right[0], -1, -1, -1, -1])) == 0.2
    twins = np.concatenate([vectors, vectors])
    assert retrieval_index.recall_at_k(twins, vectors[7], np.array([7, *right[1:3], 307, right[1] + 300])) == 1.0


def test_perturbed_vectors_are_near_their_own() -> None:
    own = random_unit(50, 384)
    made = retrieval_index.perturbed(own, 120, np.random.default_rng(0))
    assert made.shape == (120, 384)
    assert np.allclose(np.linalg.norm(made, axis=1), 1, atol=1e-5)
    near = (made * own[np.arange(120) % 50]).sum(1)
    assert near.mean() == pytest.approx(1 / np.sqrt(1 + retrieval_index.NOISE**2), abs=0.01)


def test_speed_figures_by_hand() -> None:
    items = [{"state": "idle", "vectors": 50_000, "seconds": s / 1000} for s in (1, 2, 3)]
    items += [{"state": "adding", "vectors": 50_000, "seconds": s / 1000} for s in (3, 4, 8)]
    found = retrieval_speed.figures(items)
    assert found["idle"]["p50_ms"] == pytest.approx(2)
    assert found["p99_ratio"] == pytest.approx((4 + 0.98 * 4) / (2 + 0.98))
    assert [b.met for b in retrieval_speed.bars(found)] == [True, False]


def click_items(miss: float) -> Sequence[dict]:
    rng = np.random.default_rng(4)
    items = []
    for n in range(80):
        point = 0.2 + 0.6 * rng.random(2)
        item = {"key": str(n), "role": "train" if n < 40 else "held out", "family": "swap", "click": point.tolist(),
                "strongest": point.tolist(), "box": [0.0, 0.0, 1.0, 1.0]}  # fmt: skip
        if n >= 40:
            item |= {"predicted": (point + miss).tolist(), "map_peak": (point + 0.1).tolist()}
        items.append(item)
    return items


def test_click_figures_by_hand() -> None:
    found = retrieval_clicks.figures(click_items(0.02))
    assert found["mae_to_click"]["predicted"] == pytest.approx(0.02)
    assert found["mae_to_click"]["map_peak"] == pytest.approx(0.1)
    assert found["mae_to_click"]["constant"] == pytest.approx(found["mae_to_click"]["mean_face"])
    assert found["below_map_peak"] == pytest.approx(0.8)
    assert [b.met for b in retrieval_clicks.bars(found)] == [True, True]
    bad = retrieval_clicks.bars(retrieval_clicks.figures(click_items(0.3)))
    assert [b.met for b in bad] == [False, False]
    peak = np.zeros((8, 8), np.float32)
    peak[1, 6] = 1
    assert retrieval_clicks.map_peak(peak).tolist() == [6.5 / 8, 1.5 / 8]
    assert retrieval_clicks.mask_middle(0.4 * peak).tolist() == [6.5 / 8, 1.5 / 8]  # faint everywhere: its peak
    peak[2:5, 3] = 1
    assert retrieval_clicks.mask_middle(peak).tolist() == [3.5 / 8, 3 / 8]


def test_clicks_are_measured_with_a_model(tiny_data: Path, data: Path, tmp_path: Path) -> None:
    """A random detector and click model on forged validation photos; training photos are the same ones here."""
    from kfd.checkpoint import save_detector
    from kfd.predictor import ForgeryPredictor
    from retrieval.clicks.checkpoint import save_clicks
    from retrieval.clicks.model import DetectorClicks, FrozenDetector

    root = tmp_path / "data"
    root.mkdir()
    (root / "exddv").symlink_to(data / "exddv")
    (root / "faces").mkdir()
    for path in (tiny_data / "faces").iterdir():
        _with_training_rows(path, root / "faces" / path.name)
    save_detector(ForgeryPredictor.tiny(0).detector, tmp_path / "weights" / "kfd", {"calibration": {}})
    frozen = FrozenDetector.of(ForgeryPredictor.load(tmp_path / "weights" / "kfd"))
    save_clicks(DetectorClicks.fitting(frozen, width=16, blocks=1), tmp_path / "clicks", {})
    _with_close_clicks(root, tmp_path)
    arguments = ["retrieval", "--data", str(root), "--out", str(tmp_path / "out"), "--only", "clicks", "--quiet",
                 "--weights", str(tmp_path / "weights"), "--clicks", str(tmp_path / "clicks"),
                 "--limit", "4"]  # fmt: skip
    assert main(arguments) == 0
    found = json.loads((tmp_path / "out" / "figures.json").read_text())["figures"]["clicks"]
    assert found["held_out"] == 4
    assert set(found["mae_to_click"]) == {"constant", "mean_face", *retrieval_clicks.GUESSES}
    assert found["mae_to_strongest"]["strongest"] == 0
    assert 0 < found["mae_to_click"]["predicted"] < 0.6
    before = (tmp_path / "out/items/clicks.jsonl").read_bytes()
    assert main(arguments) == 0  # goes on where it was: nothing is left to do
    assert (tmp_path / "out/items/clicks.jsonl").read_bytes() == before


def _with_training_rows(source: Path, target: Path) -> None:
    """The photo folder with each photo listed for training as well."""
    target.mkdir()
    for path in source.iterdir():
        if path.name != "manifest.csv":
            (target / path.name).symlink_to(path)
    lines = (source / "manifest.csv").read_text().splitlines()
    more = [line.replace(",val,", ",train,") for line in lines[1:]]
    (target / "manifest.csv").write_text("\n".join([*lines, *more]) + "\n")


def _with_close_clicks(root: Path, folder: Path) -> None:
    """Annotations in which a person clicks twice within two seconds, so that a spread can be measured."""
    (root / "exddv").unlink()
    (root / "exddv").mkdir()
    rows = [row(n, f"{n:03d}_999.mp4", clicks={"5": (0.5, 0.5), "9": (0.52, 0.55)}) for n in range(4)]
    write_csv(root / "exddv" / "ExDDV.csv", rows)


def test_without_the_extra_the_command_is_named(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import importlib.util

    monkeypatch.setattr(importlib.util, "find_spec", lambda name, package=None: None)
    with pytest.raises(MissingCheckpoint, match="uv sync --extra retrieval"):
        RetrievalContext(data, tmp_path)
    assert main(["retrieval", "--data", str(data), "--out", str(tmp_path)]) == 2
    assert "uv sync --extra retrieval" in capsys.readouterr().err


def test_parts_belong_to_their_protocol() -> None:
    assert parts.parse_parts(None, "retrieval") == parts.RETRIEVAL_PARTS
    assert parts.parse_parts("clicks,index", "retrieval") == ("index", "clicks")
    with pytest.raises(Exception, match="Unknown part: detector"):
        parts.parse_parts("detector", "retrieval")
