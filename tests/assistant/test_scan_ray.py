"""A scan by Ray on two workers says what a local scan says, goes on after a stop, and survives the death of workers."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest
from PIL import Image

from assistant.scan_ray import _Interrupt

ROOT = Path(__file__).resolve().parents[2]
ONE_THREAD = {**os.environ, "OMP_NUM_THREADS": "1"}  # as Ray gives its workers
RAY = ("--engine", "ray", "--workers", "2")
LONG = 160  # files of a scan that is to be stopped

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


def test_an_interrupt_that_ends_unheard_is_heeded_later() -> None:
    """Python drops a KeyboardInterrupt that is raised where nobody can take it, such as in a destructor."""
    before = signal.getsignal(signal.SIGINT)
    interrupt = _Interrupt()
    try:
        interrupt.heed()
        with contextlib.suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            interrupt.heed()
    finally:
        interrupt.close()
    assert signal.getsignal(signal.SIGINT) == before


def test_an_ignored_interrupt_stays_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        interrupt = _Interrupt()
        signal.raise_signal(signal.SIGINT)
        interrupt.heed()
        interrupt.close()
        assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


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
    for n in range(LONG - 40):  # enough that it is still at work when it is stopped, however fast the machine
        shutil.copy(folder / f"{n % 38}.png", folder / f"copy-{n}.png")
    out = tmp_path / "out.jsonl"
    with start(folder, out, *RAY) as process:
        wait_for(lambda: count(out) >= 5, process)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=400) == 130
    first = out.read_text().splitlines()
    assert 5 <= len(first) < LONG  # lines are written one by one, not when all is done
    out.write_text("\n".join(first[:-1]) + "\n" + first[-1][:30])  # stopped in the middle of a line
    code, said = scan(folder, out, *RAY)
    assert code == 1, said[-3000:]
    assert said.count("already done") == len(first) - 1
    assert out.read_text().splitlines()[: len(first) - 1] == first[:-1]
    assert len(lines(out)) == LONG
    assert count(out) == LONG + 1  # with the half line


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
