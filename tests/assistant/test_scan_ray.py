"""A scan by Ray on two workers says what a local scan says, goes on after a stop, and survives the death of workers."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest
from PIL import Image

from assistant.cli import main
from assistant.scan import Tally, read_done
from assistant.scan_ray import BUNDLE, BUNDLE_BYTES, FILES, RayEngine, Scanner
from media.errors import BadRequest, ForgeryAssistantError, MissingCheckpoint

ROOT = Path(__file__).resolve().parents[2]
ONE_THREAD = {**os.environ, "OMP_NUM_THREADS": "1"}  # as Ray gives its workers
RAY = ("--engine", "ray", "--workers", "2")

DEADLY = """
import os, signal, sys
import assistant.scan
from assistant.cli import main
from assistant.scan_ray import RayEngine, Scanner

class Deadly(Scanner):
    def line(self, path):
        if path.name == "deadly.png":
            os.kill(os.getpid(), signal.SIGKILL)
        return super().line(path)

assistant.scan._engine = lambda args: RayEngine(args, Deadly)
sys.exit(main(["scan", sys.argv[1], "--profile", "tiny"]))
"""


@pytest.fixture
def folder(astronaut: np.ndarray, tmp_path: Path) -> Path:
    """Thirty-eight photos of a face, one without, and a broken one."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for n in range(38):
        Image.fromarray(np.roll(astronaut, 4 * n, axis=1)).resize((256, 256)).save(folder / f"{n}.png")
    Image.fromarray(astronaut[:100, -100:]).save(folder / "nobody.png")
    (folder / "broken.jpg").write_bytes(b"no picture")
    return folder


def options(**other: Any) -> Namespace:
    given = {"profile": "tiny", "weights": None, "frames": 1, "maps": None, "ray_address": None, "workers": 2}
    return Namespace(**{**given, **other})


def start(folder: Path | str, out: Path, *more: str, cwd: Path = ROOT) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "assistant", "scan", str(folder), "--out", str(out), "--profile", "tiny", *more]
    env = {**ONE_THREAD, "PYTHONPATH": str(ROOT)}
    with (out.parent / "stderr.txt").open("w") as said:
        return subprocess.Popen(command, cwd=cwd, env=env, stdout=subprocess.DEVNULL, stderr=said, text=True)


def scan(folder: Path | str, out: Path, *more: str, cwd: Path = ROOT) -> tuple[int, str]:
    with start(folder, out, *more, cwd=cwd) as process:
        code = process.wait(timeout=400)
    return code, (out.parent / "stderr.txt").read_text()


def count(out: Path) -> int:
    return out.read_bytes().count(b"\n") if out.exists() else 0


def lines(out: Path) -> dict[str, dict[str, Any]]:
    """Lines by path without the time taken; none twice, a half line left out."""
    texts = out.read_text().split("\n")
    found = [json.loads(text) for text in texts if text.endswith("}")]
    assert Counter(line["path"] for line in found).most_common(1)[0][1] == 1
    return {line["path"]: {k: v for k, v in line.items() if k != "elapsed_s"} for line in found}


def wait_for(what: Callable[[], Any], process: subprocess.Popen[str], seconds: float = 500.0) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := what():
            return found
        assert process.poll() is None, "the scan ended too early"
        time.sleep(0.05)
    raise AssertionError("waited too long")


def workers(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """The processes of a scan that hold a detector."""
    found = []
    for child in psutil.Process(process.pid).children(recursive=True):
        try:
            if any("MapWorker" in word for word in child.cmdline()):
                found.append(child)
        except psutil.NoSuchProcess:
            continue
    return found


@pytest.mark.slow
def test_two_workers_say_what_one_process_says(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="needs the extra: uv sync --extra cluster")
    alone, spread = tmp_path / "alone.jsonl", tmp_path / "spread.jsonl"
    given = ("--maps", "maps")
    assert scan("photos", alone, *given, cwd=tmp_path)[0] == 1  # two files cannot be assessed
    maps = tmp_path / "maps"
    drawn = {path.name: path.read_bytes() for path in maps.iterdir()}
    assert len(drawn) == 38
    shutil.rmtree(maps)
    code, said = scan("photos", spread, *given, *RAY, cwd=tmp_path)
    assert code == 1, said[-3000:]
    assert lines(spread) == lines(alone)
    assert count(spread) == 40
    assert {path.name: path.read_bytes() for path in maps.iterdir()} == drawn
    assert "[40/40]" in said
    assert "Traceback" not in said


@pytest.mark.slow
def test_a_stopped_scan_goes_on(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="needs the extra: uv sync --extra cluster")
    out = tmp_path / "out.jsonl"
    with start(folder, out, *RAY) as process:
        wait_for(lambda: count(out) >= 5, process)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
    first = out.read_text().splitlines()
    assert 5 <= len(first) < 40  # lines are written one by one, not when all is done
    out.write_text("\n".join(first[:-1]) + "\n" + first[-1][:30])  # stopped in the middle of a line
    code, said = scan(folder, out, *RAY)
    assert code == 1, said[-3000:]
    assert said.count("already done") == len(first) - 1
    assert out.read_text().splitlines()[: len(first) - 1] == first[:-1]
    assert len(lines(out)) == 40
    assert count(out) == 41  # with the half line


@pytest.mark.slow
def test_two_thousand_files_and_a_worker_that_is_killed(astronaut: np.ndarray, tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="needs the extra: uv sync --extra cluster")
    folder, out = tmp_path / "photos", tmp_path / "out.jsonl"
    folder.mkdir()
    pictures = [astronaut[:256, 96:352], *(astronaut[16 * n : 16 * n + 100, -100:] for n in range(7))]  # one face
    for n, picture in enumerate(pictures):
        Image.fromarray(picture).save(tmp_path / f"kind{n}.png")
    for n in range(2000):
        shutil.copy(tmp_path / f"kind{n % 8}.png", folder / f"{n:04}.png")
    with start(folder, out, *RAY) as process:
        wait_for(lambda: count(out) >= 500, process)
        before = workers(process)
        assert len(before) == 2
        before[0].send_signal(signal.SIGKILL)
        at = count(out)
        code = process.wait(timeout=400)
    said = (tmp_path / "stderr.txt").read_text()
    assert code == 1, said[-3000:]
    assert not before[0].is_running()
    assert 500 <= at < 1900  # it was in the middle of its work
    written = [json.loads(text) for text in out.read_text().splitlines()]
    assert Counter(line["path"] for line in written) == Counter(str(path) for path in folder.iterdir())
    assert len(written) == 2000
    assert Counter(line["reason"] for line in written) == {None: 250, "no_face": 1750}


@pytest.mark.slow
def test_a_file_that_kills_its_workers_is_given_up(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="needs the extra: uv sync --extra cluster")
    for n in range(20, 38):
        (folder / f"{n}.png").unlink()
    shutil.copy(folder / "0.png", folder / "deadly.png")
    script = tmp_path / "deadly.py"
    script.write_text(DEADLY)
    env = {**ONE_THREAD, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script), str(folder)]
    ended = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=900)
    assert ended.returncode == 1, ended.stderr[-3000:]
    found = [json.loads(text) for text in ended.stdout.splitlines()]  # Ray's own words are not among them
    assert Counter(line["path"] for line in found) == Counter(str(path) for path in folder.iterdir())
    given_up = [line for line in found if line["path"].endswith("deadly.png")]
    assert [(line["status"], line["reason"], line["score"]) for line in given_up] == [
        ("not_assessed", "decode_error", None)
    ]
    assert given_up[0]["sha256"] == next(line["sha256"] for line in found if line["path"].endswith("/0.png"))
    assert sum(line["status"] == "assessed" for line in found) == 20
    assert "died 4 times" in ended.stderr


@pytest.mark.slow
def test_an_address_without_a_cluster_is_said(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="needs the extra: uv sync --extra cluster")
    code, said = scan(folder, tmp_path / "out.jsonl", *RAY, "--ray-address", "127.0.0.1:9")
    assert code == 2
    assert "no Ray cluster at 127.0.0.1:9" in said
    assert "Traceback" not in said


def test_a_scan_with_nothing_left_to_do_starts_no_cluster(folder: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    out, photo = tmp_path / "out.jsonl", str(folder / "0.png")
    command = ["scan", photo, "--profile", "tiny", "--out", str(out)]
    assert main(command) == 0
    before = out.read_text()
    assert main([*command, *RAY]) == 0
    assert out.read_text() == before
    out.unlink()
    assert main([*command, *RAY]) == 2  # without the line, Ray is asked for


def test_what_cannot_be_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadRequest, match="at least 1, got 0"):
        RayEngine(options(workers=0))
    for address in ("ray://head:10001", "head"):
        with pytest.raises(BadRequest, match=f"HOST:PORT of the cluster's head, got {address}"):
            RayEngine(options(ray_address=address))
    with pytest.raises(MissingCheckpoint, match="--weights DIR"):
        RayEngine(options(profile="openclip"))
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingCheckpoint, match="uv sync --extra cluster"):
        list(RayEngine(options()).lines(iter([folder / "0.png"]), Tally(1)))


def test_a_worker_says_what_it_begins_and_bundles_the_same_way_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanner = Scanner("tiny", None, 1, None, "tiny-0")
    monkeypatch.setattr(scanner, "line", lambda path: {"path": str(path)})
    big = folder / "big.png"
    big.write_bytes(bytes(BUNDLE_BYTES))
    paths = [*[folder / "0.png"] * (BUNDLE + 1), big, folder / "missing.png"]
    block = {"number": np.arange(100, 100 + len(paths)), "path": [os.fsencode(path) for path in paths]}
    said = [json.loads(row["said"][0]) for row in scanner(block)]
    assert said[0] == {"begun": list(range(100, 100 + len(paths))), "lines": []}
    assert [len(row["lines"]) for row in said[1:]] == [BUNDLE, 2, 1]
    lines = [line for row in said[1:] for line in row["lines"]]
    assert lines == [[100 + n, {"path": str(path)}, ""] for n, path in enumerate(paths)]


def test_a_failure_that_is_no_files_ends_the_scan(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scanner = Scanner("tiny", None, 1, folder / "0.png" / "no folder", "tiny-0")
    said = [json.loads(row["said"][0]) for row in scanner({"number": [5], "path": [os.fsencode(folder / "0.png")]})]
    assert said[1]["lines"][0][:2] == [5, None]
    said[0]["begun"], said[1]["lines"][0][0] = [0], 0
    engine = engine_of(monkeypatch, [said])
    with pytest.raises(ForgeryAssistantError, match=r"stopped at .*0\.png: NotADirectoryError"):
        list(engine.lines(iter([folder / "0.png"]), Tally(1)))


def test_a_worker_with_other_weights_is_refused() -> None:
    with pytest.raises(MissingCheckpoint, match="tiny-0 in the place of kfd-1"):
        Scanner("tiny", None, 1, None, "kfd-1")


def begun(*numbers: int) -> dict[str, Any]:
    return {"begun": list(numbers), "lines": []}


def done(*found: tuple[int, Path]) -> dict[str, Any]:
    lines = [[number, {"path": "elsewhere", "map": None, "name": str(path)}, ""] for number, path in found]
    return {"begun": [], "lines": lines}


class Lost(Exception):
    """What Ray raises when a machine is lost."""


class Rays:
    """Stands for the module ray."""

    class exceptions:
        RayError = Lost

    @staticmethod
    def shutdown() -> None:
        return


def engine_of(monkeypatch: pytest.MonkeyPatch, passes: list[list[Any]]) -> RayEngine:
    """An engine whose passes give these rows; an exception among them ends a pass."""
    engine = RayEngine(options())
    monkeypatch.setattr("assistant.scan_ray._started", lambda _: Rays)

    def one(_ray: Any, left: dict[int, Path], _blamed: Any):
        for item in passes.pop(0):
            if isinstance(item, Exception):
                raise item
            yield item

    monkeypatch.setattr(engine, "_pass", one)
    return engine


def test_lines_that_come_twice_are_dropped_and_lost_ones_are_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    a, b, c = paths = [Path("a"), Path("b"), Path("c")]
    first = [begun(0, 1), done((0, a)), begun(0, 1), done((0, a)), begun(2), done((2, c)), Lost("a machine is gone")]
    passes = [first, [begun(1), done((1, b)), begun(2), done((2, c))]]
    engine = engine_of(monkeypatch, passes)
    found = list(engine.lines(iter(paths), Tally(3)))
    assert [(line["path"], line["name"]) for line in found] == [("a", "a"), ("c", "c"), ("b", "b")]
    assert passes == []


def test_only_a_file_that_was_in_hand_twice_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    a, b, c, d = paths = [Path("a"), Path("b"), Path("c"), Path("d")]
    passes = [[begun(0, 1, 2), done((0, a))], [begun(1), begun(2), done((2, c))], [begun(3), done((3, d))]]
    engine = engine_of(monkeypatch, passes)
    found = list(engine.lines(iter(paths), Tally(4)))
    reasons = [(line["path"], line.get("reason")) for line in found]
    assert reasons == [("a", None), ("c", None), ("b", "decode_error"), ("d", None)]


def test_a_cluster_that_does_nothing_ends_the_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = engine_of(monkeypatch, [[Lost("planted\ndisk is full")]])
    with pytest.raises(Exception, match="No worker of the Ray cluster could work: disk is full"):
        list(engine.lines(iter([Path("a")]), Tally(1)))
    silent = engine_of(monkeypatch, [[], []])
    assert [line["status"] for line in silent.lines(iter([Path("a")]), Tally(1))] == ["not_assessed"]


def test_millions_of_files_go_to_ray_in_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.scan_ray.SHARE", FILES)
    asked: list[int] = []
    engine = RayEngine(options())
    monkeypatch.setattr("assistant.scan_ray._started", lambda _: Rays)

    def one(_ray: Any, left: dict[int, Path], _blamed: Any):
        asked.append(len(left))
        yield done(*left.items())

    monkeypatch.setattr(engine, "_pass", one)
    names = [f"{n}" for n in range(5 * FILES)]
    found = list(engine.lines(map(Path, names), Tally(len(names))))
    assert [line["path"] for line in found] == names
    assert asked == [2 * FILES, 2 * FILES, FILES]


def test_what_was_done_with_another_detector_is_not_done(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert main(["scan", str(folder / "0.png"), "--profile", "tiny", "--out", str(out)]) == 0
    assert list(read_done(out, "tiny", "tiny-0").values()) == ["assessed"]
    assert read_done(out, "tiny", "tiny-1") == {}
    assert read_done(out, "embedded", "tiny-0") == {}


def test_a_name_that_is_no_text_gets_its_line(folder: Path, tmp_path: Path) -> None:
    odd = os.fsdecode(os.fsencode(str(tmp_path)) + b"/odd-\xff.png")
    try:
        shutil.copy(folder / "0.png", odd)
    except OSError:
        pytest.skip("this file system has no such names")
    out = tmp_path / "out.jsonl"
    command = ["scan", odd, "--profile", "tiny", "--out", str(out)]
    assert main(command) == 0
    assert json.loads(out.read_text())["path"] == odd
    assert main(command) == 0
    assert count(out) == 1
