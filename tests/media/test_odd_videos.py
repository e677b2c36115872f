"""Damaged and odd files: the right frames or a typed error, never a crash, a hang or a file left behind."""

import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from media import video_index
from media.open import open_media
from media.video import Shown, VideoReader
from tests.media.builders import counter_video, read_counter
from tests.media.odd_videos import CASES, Expected, too_large

ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 60


class Hangs(BaseException):
    """Reading took too long."""


@contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    def late(*_: object) -> None:
        raise Hangs

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def read_all(path: Path) -> list[Shown]:
    """Every frame, as the program reads a file it is given."""
    open_media(path)
    reader = VideoReader(path)
    return list(reader.read(range(len(reader)), cuts=True))


def files_in(*folders: Path) -> set[Path]:
    return {path for folder in folders for path in folder.iterdir()}


def test_there_are_forty() -> None:
    assert len(CASES) >= 40


@pytest.mark.parametrize("name", CASES)
def test_an_odd_file_is_read_right_or_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, expected = CASES[name](tmp_path)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.chdir(scratch)
    before = files_in(tmp_path, scratch)
    with time_limit(LIMIT_S):
        if expected.error is not None:
            with pytest.raises(expected.error) as caught:
                read_all(path)
            assert caught.value.message.endswith(".")
            assert str(tmp_path) not in caught.value.message
        else:
            check(read_all(path), expected)
    assert files_in(tmp_path, scratch) == before


def check(frames: list[Shown], expected: Expected) -> None:
    positions = [shown.position for shown in frames]
    times = [shown.frame.time or 0.0 for shown in frames]
    assert times == sorted(set(times))
    assert len(frames) >= (len(expected.numbers) if expected.least is None else expected.least)
    assert set(positions) <= set(expected.numbers)
    if expected.tell:
        numbers = [read_counter(shown.frame.pixels) for shown in frames]
        assert numbers == sorted(set(numbers))
        assert set(numbers) <= set(expected.numbers)
        if expected.least is None:
            assert numbers == expected.numbers
    if expected.times is not None:
        assert [round(1000 * t) for t in times] == pytest.approx(expected.times, abs=2)
    for shown in frames:
        assert expected.size is None or shown.frame.pixels.shape[:2] == expected.size
        assert expected.grey is None or np.abs(shown.frame.pixels.astype(float) - expected.grey).max() <= 4


def test_frames_after_a_spoilt_one_are_the_right_ones(tmp_path: Path) -> None:
    """From the key frame after the damage on, every frame shows its own number again."""
    path, _ = CASES["spoilt_frame"](tmp_path)
    late = [s for s in read_all(path) if s.position >= 40]
    assert len(late) == 20
    assert [read_counter(s.frame.pixels) for s in late] == [s.position for s in late]


def test_a_frame_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, expected = too_large(tmp_path)
    monkeypatch.setattr(video_index, "MOST_PIXELS", 1_000_000)
    with pytest.raises(expected.error or AssertionError, match="3840 x 2160"):
        VideoReader(path)


def test_a_file_that_jumps_late_is_read_from_its_start_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the key frames the index promises lie elsewhere, all frames still come, after one more reading."""
    path = counter_video(tmp_path / "a.mkv", [40 * k for k in range(200)], group=50)
    monkeypatch.setattr(video_index, "JUMP_FRAMES", 10)
    reader = VideoReader(path)
    wrong = tuple(t for t in reader._index.ticks if t // 40 % 50 == 49)  # just before the real key frames
    monkeypatch.setattr(reader, "_index", video_index.VideoIndex(**{**vars(reader._index), "keys": wrong}))
    found = [(s.position, read_counter(s.frame.pixels)) for s in reader.read([20, 99, 150, 199])]
    assert found == [(20, 20), (99, 99), (150, 150), (199, 199)]


_MEASURE = """
import resource, sys
from media.video import VideoReader
reader = VideoReader(sys.argv[1])
wanted = [int((k + 0.5) * len(reader) / 64) for k in range(64)]
assert sum(1 for _ in reader.read(wanted, cuts=True)) == 64
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.slow
def test_memory_is_flat_with_length(tmp_path: Path) -> None:
    """Half an hour takes no more memory than ten seconds (within a tenth)."""
    peaks = []
    for seconds in (10, 1800):
        path = counter_video(tmp_path / f"{seconds}.mp4", [100 * k for k in range(10 * seconds)])
        run = subprocess.run(
            [sys.executable, "-c", _MEASURE, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
        )
        peaks.append(int(run.stdout))
    assert peaks[1] < 1.1 * peaks[0]
