import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.cli import main

ROOT = Path(__file__).resolve().parents[2]
LINE = {
    "path", "sha256", "kind", "status", "reason", "score", "evidence", "verdict", "faces", "frames", "map", "profile",
    "checkpoint", "elapsed_s",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, astronaut_png: Path, no_face_png: Path) -> Path:
    place = tmp_path / "in"
    (place / "deep").mkdir(parents=True)
    shutil.copy(astronaut_png, place / "a.png")
    shutil.copy(no_face_png, place / "deep" / "b.png")
    (place / "notes.txt").write_text("not media")
    return place


def lines(path: Path) -> list[dict]:
    return [json.loads(text) for text in path.read_text().splitlines()]


def test_help_is_quick() -> None:
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "ask", "--help"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0
    assert "--click X,Y" in done.stdout
    assert time.perf_counter() - start < 2.0


def test_help_loads_no_heavy_library() -> None:
    heavy = "[m for m in ('torch', 'cv2', 'numpy') if m in sys.modules]"
    code = f"import sys, assistant.cli as c; c.build_parser(); print({heavy})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_scan_of_a_folder_writes_a_line_each_with_reasons(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert main(["scan", str(folder), "--profile", "tiny", "--out", str(out), "--maps", str(tmp_path / "maps")]) == 1
    first, second = lines(out)
    assert set(first) == set(second) == LINE
    assert (first["status"], first["kind"], first["reason"]) == ("assessed", "image", None)
    assert 0.0 <= first["score"] <= 1.0
    assert first["score"] == first["faces"][0]["score"]
    assert {"id", "box", "time", "score", "evidence", "regions", "track"} <= set(first["faces"][0])
    assert {"id", "name", "score"} == set(first["faces"][0]["regions"][0])
    assert Path(first["map"]).read_bytes().startswith(b"\x89PNG")
    assert (second["status"], second["reason"], second["score"]) == ("not_assessed", "no_face", None)
    assert (second["evidence"], second["verdict"]) == ("could not be assessed", "not_assessed")


def test_scan_goes_on_where_it_stopped(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.jsonl"
    command = ["scan", str(folder), "--profile", "tiny", "--out", str(out)]
    main(command)
    full = lines(out)
    whole = out.read_text().splitlines()
    out.write_text(whole[0] + "\n" + whole[1][:40])  # killed while the second line was written
    assert main(command) == 1
    assert "a.png: already done" in capsys.readouterr().err
    texts = out.read_text().splitlines()
    assert texts[0] == whole[0]
    assert {**json.loads(texts[2]), "elapsed_s": 0} == {**full[1], "elapsed_s": 0}
    assert len(texts) == 3


def test_a_changed_file_is_examined_again(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    file = folder / "a.png"
    assert main(["scan", str(file), "--profile", "tiny", "--out", str(out)]) == 0
    shutil.copy(folder / "deep" / "b.png", file)
    assert main(["scan", str(file), "--profile", "tiny", "--out", str(out)]) == 1
    assert [line["status"] for line in lines(out)] == ["assessed", "not_assessed"]


def test_a_broken_file_does_not_end_the_scan(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "aa.jpg").write_bytes(b"\xff\xd8 broken")
    assert main(["scan", str(folder), "--profile", "tiny"]) == 1
    found = [json.loads(text) for text in capsys.readouterr().out.splitlines()]
    assert [line["reason"] for line in found] == [None, "decode_error", "no_face"]


def test_a_failure_of_the_program_is_a_line_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("assistant.examiner.Examiner._photo", fail)
    assert main(["scan", str(folder), "--profile", "tiny"]) == 1
    caught = capsys.readouterr()
    found = [json.loads(text) for text in caught.out.splitlines()]
    assert [(line["status"], line["kind"], line["score"]) for line in found] == [("not_assessed", "image", None)] * 2
    assert "planted" in caught.err


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["scan", "missing.jpg"], "no file or folder"),
        (["scan", ".", "--profile", "lvlm-dfd"], "--weights DIR"),
        (["ask", "missing.jpg", "Is it?"], "no file"),
        (["scan", ".", "--profile", "tiny", "--workers", "8"], "are for --engine ray"),
        (["scan", ".", "--profile", "tiny", "--ray-address", "127.0.0.1:6379"], "are for --engine ray"),
        (["ask", "astronaut.png", "Is it?", "--plain-language-server"], "is for --language-server URL"),
    ],
)
def test_what_cannot_run_is_said_in_a_line(
    command: list[str], said: str, tmp_path: Path, astronaut_png: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(astronaut_png.parent)
    assert main(command) == 2
    caught = capsys.readouterr().err
    assert said in caught
    assert "Traceback" not in caught


@pytest.mark.parametrize(
    "command", [[], ["ask", "x.png"], ["ask", "x.png", "?", "--click", "1"], ["ask", "x.png", "?", "--click", "a,b"]]
)
def test_wrong_options_end_with_two(command: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(command)
    assert caught.value.code == 2


def test_ask_prints_each_question_and_answer(astronaut_png: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", str(astronaut_png), "Is this a deepfake image?", "Why?", "--profile", "tiny"]) == 0
    said = capsys.readouterr().out
    assert said.index("> Is this a deepfake image?") < said.index("> Why?")


def test_ask_json_has_the_documented_fields(astronaut_png: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["ask", str(astronaut_png), "What is here?", "Why?", "--click", "220,120", "--json", "--profile", "tiny"]
    assert main(command) == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said) == {"path", "sha256", "turns"}
    assert [turn["question"] for turn in said["turns"]] == ["What is here?", "Why?"]
    fields = {"question", "answer", "verdict", "regions", "spans", "agrees_with_evidence", "note", "examples", "masked"}
    assert all(set(turn) == fields for turn in said["turns"])


def test_ask_without_a_face_ends_with_one(no_face_png: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", str(no_face_png), "Is it fake?", "--json", "--profile", "tiny"]) == 1
    assert json.loads(capsys.readouterr().out)["turns"][0]["verdict"] == "not_assessed"


def test_ask_about_an_unreadable_file_names_the_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.jpg"
    path.write_bytes(b"nothing")
    assert main(["ask", str(path), "Is it fake?", "--json", "--profile", "tiny"]) == 1
    caught = capsys.readouterr()
    assert json.loads(caught.out)["reason"] == "decode_error"
    assert "decode_error" in caught.err


def test_time_on_a_photo_is_a_usage_error(astronaut_png: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", str(astronaut_png), "Is it?", "--time", "2", "--profile", "tiny"]) == 2
    assert "--time" in capsys.readouterr().err
