import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from skimage.data import astronaut

from media.errors import BadRequest
from media.records import Face, Frame
from retrieval.__main__ import main
from retrieval.annotations import Click, write_jsonl
from retrieval.encoders import PictureSide
from retrieval.videos import find_videos
from tests.retrieval.conftest import WordEncoder, annotation, row, write_csv
from tests.retrieval.test_encoders_frames import face, grey, write_video

pytest.importorskip("faiss", reason="the extra `retrieval` (faiss) is not installed")

from retrieval.build import PARTIAL, build_index, picture_inputs
from retrieval.index import AnnotationIndex

ROOT = Path(__file__).resolve().parents[2]
ROWS = [annotation(i, text=f"word{i} mouth") for i in range(200)]


def test_build_equals_encoding_at_once(tmp_path: Path, encoder: WordEncoder) -> None:
    seen: list[tuple[int, int]] = []
    index, report = build_index(ROWS, encoder, tmp_path / "i", progress=lambda *now: seen.append(now))
    assert (report.items, report.annotations, report.resumed, report.without_items) == (200, 200, 0, 0)
    assert seen == [(64, 200), (128, 200), (192, 200), (200, 200)]
    assert [index.items[i].annotation for i in range(200)] == ROWS
    assert np.allclose(index.vectors(range(200)), encoder.encode([a.text for a in ROWS]))
    assert not (tmp_path / "i" / PARTIAL).exists()
    assert len(AnnotationIndex.load(tmp_path / "i", encoder.key)) == 200


def stop_after(parts: int):
    def progress(done: int, total: int) -> None:
        if done >= 64 * parts:
            raise KeyboardInterrupt

    return progress


def test_a_stopped_build_goes_on(tmp_path: Path, encoder: WordEncoder) -> None:
    with pytest.raises(KeyboardInterrupt):
        build_index(ROWS, encoder, tmp_path, progress=stop_after(2))
    assert encoder.calls == 2
    index, report = build_index(ROWS, encoder, tmp_path)
    assert encoder.calls == 4  # the two that were left
    assert (report.resumed, report.items) == (128, 200)
    assert np.allclose(index.vectors(range(200)), WordEncoder().encode([a.text for a in ROWS]))


@pytest.mark.parametrize("change", ["encoder", "rows", "places"])
def test_parts_of_another_plan_are_not_used(tmp_path: Path, encoder: WordEncoder, change: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        build_index(ROWS, encoder, tmp_path, progress=stop_after(2))
    other = WordEncoder(name="other") if change == "encoder" else WordEncoder()
    rows = [*ROWS[:5], annotation(5, text="changed"), *ROWS[6:]] if change == "rows" else ROWS
    index, report = build_index(rows, other, tmp_path, places=["x.mp4"] if change == "places" else [])
    assert report.resumed == 0
    assert index.items[5].annotation == rows[5]


def test_nothing_to_index(tmp_path: Path, encoder: WordEncoder) -> None:
    with pytest.raises(BadRequest, match="no annotations"):
        build_index([], encoder, tmp_path)
    with pytest.raises(BadRequest, match="Nothing could be indexed"):
        build_index(ROWS[:3], encoder, tmp_path, lambda a: iter(()))


class OneFace:
    """A face in the middle of every bright picture."""

    def find(self, frame: Frame) -> list[Face]:
        return [face(1, (10, 10, 50, 50))] if frame.pixels.mean() > 40 else []


def test_clicked_frames_become_items(tmp_path: Path) -> None:
    write_video(tmp_path / "videos" / "part_0" / "1.mp4", [grey(10 * k) for k in range(20)])
    (tmp_path / "videos" / "part_0" / "2.mp4").write_bytes(b"no video")
    from kfd.predictor import ForgeryPredictor

    rows = [
        annotation(1, clicks=(Click(0.5, 0.5, 1), Click(0.5, 0.5, 8), Click(0.5, 0.5, 15))),
        annotation(2, clicks=(Click(0.5, 0.5, 1),)),
        annotation(3),
        annotation(4, name="1.mp4", label="real"),
    ]
    search = find_videos(rows, tmp_path / "videos")
    side = PictureSide(ForgeryPredictor.tiny(0))
    index, report = build_index(rows, side, tmp_path / "i", picture_inputs(search, side, OneFace()))  # type: ignore[arg-type]
    places = [(item.annotation.id, item.frame, round(item.time or 0, 2)) for item in index.items.values()]
    assert places == [("a-1", 8, 0.8), ("a-1", 15, 1.5), ("a-4", None, 1.0)]  # frame 1 is dark: no face
    assert report.without_items == 2
    assert AnnotationIndex.load(tmp_path / "i").items == index.items


@pytest.fixture
def human_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index built by the command, with the word encoder in place of the sentence encoder."""
    monkeypatch.setattr("retrieval.encoders.TextSide.load", lambda folder: WordEncoder())
    rows = [
        row(0, text="The mouth is blurred."),
        row(1, "004_005.mp4", "The nose flickers.", username="Annotator2"),
        row(2, "006_007.mp4", "The left eye is strange.", dataset="Original", manipulation="x"),
        row(3, "008_009.mp4", "Only for tests.", split="test"),
    ]
    write_csv(tmp_path / "e.csv", rows)
    assert main(["build", "--csv", str(tmp_path / "e.csv"), "--out", str(tmp_path / "i")]) == 0
    return tmp_path / "i"


def test_build_search_info(human_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["search", "the mouth is blurred", "--index", str(human_index), "--json", "-k", "2"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [f["text"] for f in found][0] == "The mouth is blurred."
    assert len(found) == 2
    assert found[0]["licence"] == "CC BY-NC-SA 4.0"
    assert main(["search", "--regions", "nose", "--kinds", "flicker", "--index", str(human_index), "-k", "1"]) == 0
    assert "Annotator2, FaceForensics++ 004_005.mp4, CC BY-NC-SA 4.0" in capsys.readouterr().out
    assert main(["search", "mouth", "--index", str(human_index), "--prompt"]) == 0
    assert '"The mouth is blurred."' in capsys.readouterr().out
    assert main(["info", str(human_index), "--json"]) == 0
    info = json.loads(capsys.readouterr().out)
    assert (info["count"], info["splits"], info["labels"]) == (3, {"train": 3}, {"fake": 2, "real": 1})


def test_the_own_video_is_left_out(human_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    options = ["--index", str(human_index), "--json", "--leave-out"]
    assert main(["search", "the mouth is blurred", *options, "003_000.mp4"]) == 0  # the same two people
    assert "mouth" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["search", "x", "--index", "NONE"], "python -m retrieval build --csv"),
        (["info", "NONE"], "python -m retrieval build --csv"),
        (["info", "NONE.csv"], "no file"),
        (["build", "--out", "NONE"], "give --csv"),
        (["build", "--csv", "NONE.csv"], "no file"),
        (["build", "--originals", "--out", "NONE"], "--videos"),
    ],
)
def test_errors_say_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str], message: str
) -> None:
    assert main([c.replace("NONE", str(tmp_path / "none")) for c in command]) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--regions", "tail"], "Unknown name"),
        (["--kinds", "magic"], "flicker"),
        (["--image", "a.png"], "of sentences"),
        ([], "needs a region"),
        (["mouth", "--prompt", "rhyme"], "may_be_real"),
        (["mouth", "-k", "0"], "At least one"),
    ],
)
def test_wrong_searches(
    human_index: Path, capsys: pytest.CaptureFixture[str], options: list[str], message: str
) -> None:
    assert main(["search", "--index", str(human_index), *options]) == 2
    assert message in capsys.readouterr().err


def test_info_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [row(0, clicks={"10": (0.5, 0.4), "20": (0.5, 0.2)}), row(1, split="test", manipulation="Face2Face")]
    path = write_csv(tmp_path / "e.csv", rows)
    assert main(["info", str(path), "--json", "--videos", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    info = json.loads(out)
    assert info["constant_baseline"]["mae"] == pytest.approx(0.05)
    assert info["click_spread"]["groups"] == 1
    assert info["videos"] == {"found": 0, "missing": 2, "ambiguous": []}
    assert err.count("000_003.mp4") == 2
    write_jsonl(ROWS[:3], tmp_path / "a.jsonl")
    assert main(["info", str(tmp_path / "a.jsonl"), "--json"]) == 0
    assert "Click baselines need" in json.loads(capsys.readouterr().out)["clicks_not_measured"]


def test_own_and_published_annotations_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("retrieval.encoders.TextSide.load", lambda folder: WordEncoder())
    csv_file = write_csv(tmp_path / "e.csv", [row(0), row(1, "1_2.mp4", split="oops")])
    write_jsonl(ROWS[:3], tmp_path / "a.jsonl")
    command = ["build", "--csv", str(csv_file), "--jsonl", str(tmp_path / "a.jsonl"), "--out", str(tmp_path / "i")]
    assert main([*command, "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["items"] == 4
    assert "not read: line 3: unknown split 'oops'" in err
    assert main([*command, "--jsonl", str(tmp_path / "a.jsonl")]) == 2
    assert "more than once (3 such ids)" in capsys.readouterr().err


def test_help_is_fast_and_loads_nothing_heavy() -> None:
    code = "import sys, retrieval.__main__ as m\ntry: m.main(['--help'])\nexcept SystemExit: pass\n"
    code += "print([n for n in ('torch', 'faiss', 'langchain_core', 'numpy', 'cv2') if n in sys.modules])"
    before = os.times().children_user
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.splitlines()[-1] == "[]"
    assert "build" in found.stdout
    assert os.times().children_user - before < 1


def test_importing_the_room_loads_no_torch() -> None:
    names = "annotations build clicks_stats commands encoders examples exddv frames index select splits storage videos"
    code = "import sys\n" + "\n".join(f"import retrieval.{n}" for n in names.split())
    code += "\nprint([n for n in ('torch', 'faiss', 'langchain_core', 'mediapipe') if n in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_without_an_index_of_ones_own_the_shipped_one_is_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["search", "--regions", "mouth", "--kinds", "blur", "--json"]) == 0
    said = capsys.readouterr()
    found = [json.loads(line) for line in said.out.splitlines()]
    assert len(found) == 5
    assert all(f["simulated"] and "mouth" in f["text"] for f in found)
    assert "python -m retrieval build --csv" in said.err
    assert main(["info", "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)["sources"]) == {"simulated (simulated)"}


def test_a_photo_finds_shipped_frames_by_the_shipped_detector(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.fromarray(astronaut()).save(tmp_path / "a.png")
    monkeypatch.chdir(tmp_path)
    assert main(["search", "--image", "a.png", "--json", "-k", "3"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [f["simulated"] for f in found] == [True] * 3
    assert found[0]["similarity"] >= found[-1]["similarity"]


def test_ones_own_index_comes_before_the_shipped_one(
    human_index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (human_index.parent / "runs").mkdir()
    human_index.rename(human_index.parent / "runs" / "annotations")
    monkeypatch.chdir(human_index.parent)
    capsys.readouterr()
    assert main(["search", "the mouth is blurred", "-k", "1"]) == 0
    said = capsys.readouterr()
    assert "Annotator1, FaceForensics++" in said.out
    assert said.err == ""
