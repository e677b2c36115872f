"""Frames by exact pts, rotation, 10 bit, damaged files."""

from pathlib import Path

import numpy as np
import pytest

from media import video_index
from media.errors import BadRequest, ForgeryAssistantError, UnreadableMedia
from media.video import consecutive_frames, frame_at, probe, uniform_frames
from tests.media.builders import counter_video, read_counter

UNEVEN = [0, 40, 80, 200, 240, 500, 520, 540, 900, 940, 980, 1400, 1440, 1480, 1520, 2000]


def test_frames_are_those_of_their_pts(tmp_path: Path) -> None:
    file = counter_video(tmp_path / "a.mp4", UNEVEN)
    frames = list(consecutive_frames(file, 0.0, 99))
    assert [read_counter(f.pixels) for f in frames] == list(range(16))
    assert [f.time for f in frames] == pytest.approx([t / 1000 for t in UNEVEN], abs=1e-6)


@pytest.mark.parametrize(
    ("seconds", "number"),
    [(0.0, 0), (0.039, 0), (0.04, 1), (0.3, 4), (0.51, 5), (0.52, 6), (1.399, 10), (1.4, 11), (2.0, 15), (2.03, 15)],
)
def test_frame_at_is_the_one_on_display(tmp_path: Path, seconds: float, number: int) -> None:
    file = counter_video(tmp_path / "a.mp4", UNEVEN)
    assert read_counter(frame_at(file, seconds).pixels) == number


@pytest.mark.parametrize("suffix", ["mp4", "mkv", "avi"])
def test_uniform_frames_are_spread_and_exact(tmp_path: Path, suffix: str) -> None:
    file = counter_video(tmp_path / f"a.{suffix}", [40 * k for k in range(100)])
    frames = list(uniform_frames(file, 10))
    assert [read_counter(f.pixels) for f in frames] == [5, 15, 25, 35, 45, 55, 65, 75, 85, 95]
    assert [f.time for f in frames] == pytest.approx([0.2 + 0.4 * k for k in range(10)], abs=2e-3)


def test_more_frames_than_there_are_gives_all_once(tmp_path: Path) -> None:
    file = counter_video(tmp_path / "a.mp4", UNEVEN)
    assert [read_counter(f.pixels) for f in uniform_frames(file, 50)] == list(range(16))


def test_consecutive_frames_start_at_the_displayed_one(tmp_path: Path) -> None:
    file = counter_video(tmp_path / "a.mp4", UNEVEN)
    assert [read_counter(f.pixels) for f in consecutive_frames(file, 0.53, 4)] == [6, 7, 8, 9]


@pytest.mark.parametrize("options", [{}, {"x264-params": "open-gop=1:bframes=3"}])
def test_jumps_to_key_frames_stay_exact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, str]
) -> None:
    file = counter_video(tmp_path / "a.mp4", [40 * k for k in range(200)], group=10, options=options)
    expected = [(read_counter(f.pixels), f.time) for f in uniform_frames(file, 5)]
    monkeypatch.setattr(video_index, "JUMP_FRAMES", 12)
    assert [(read_counter(f.pixels), f.time) for f in uniform_frames(file, 5)] == expected
    assert [n for n, _ in expected] == [20, 60, 100, 140, 180]


@pytest.mark.parametrize(("rotation", "shape"), [(0, (48, 128)), (90, (128, 48)), (180, (48, 128)), (-90, (128, 48))])
def test_rotation_of_the_container_is_applied(tmp_path: Path, rotation: int, shape: tuple[int, int]) -> None:
    upright = frame_at(counter_video(tmp_path / "u.mp4", [0, 40, 80]), 0.08).pixels
    file = counter_video(tmp_path / "r.mp4", [0, 40, 80], rotation=rotation)
    turned = frame_at(file, 0.08).pixels
    assert turned.shape[:2] == shape == (probe(file).height, probe(file).width)
    assert np.abs(turned.astype(int) - np.rot90(upright, rotation // 90).astype(int)).mean() < 2


def test_ten_bit_video(tmp_path: Path) -> None:
    file = counter_video(tmp_path / "t.mkv", [0, 40, 80], codec="libx265", pixel_format="yuv420p10le")
    assert [read_counter(f.pixels) for f in uniform_frames(file, 3)] == [0, 1, 2]


def test_probe_measures_length_from_timestamps(tmp_path: Path) -> None:
    info = probe(counter_video(tmp_path / "a.mp4", UNEVEN))
    assert (info.width, info.height, info.frames) == (128, 48, 16)
    assert info.duration == pytest.approx(2.04, abs=0.3)


def _half(file: Path) -> Path:
    data = file.read_bytes()
    out = file.with_name("half" + file.suffix)
    out.write_bytes(data[: len(data) // 2])
    return out


def _audio(tmp: Path) -> Path:
    import av

    path = tmp / "sound.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=44100)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 44100), np.float32), format="fltp", layout="mono")
        frame.rate = 44100
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def _made(kind: str, tmp: Path) -> Path:
    good = counter_video(tmp / "good.mp4", [40 * k for k in range(50)])
    path = tmp / "case.mp4"
    if kind == "empty":
        path.write_bytes(b"")
    elif kind == "text":
        path.write_bytes(b"this is no video at all" * 50)
    elif kind == "no index":
        return _half(good)
    elif kind == "head only":
        path.write_bytes(good.read_bytes()[:64])
    elif kind == "zeroed":
        path.write_bytes(good.read_bytes()[:40] + bytes(5000))
    elif kind == "no video track":
        return _audio(tmp)
    return path  # "missing": never written


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("empty", UnreadableMedia),
        ("text", UnreadableMedia),
        ("no index", UnreadableMedia),
        ("head only", UnreadableMedia),
        ("zeroed", UnreadableMedia),
        ("no video track", UnreadableMedia),
        ("missing", UnreadableMedia),
    ],
)
def test_bad_files_raise_a_typed_error_with_a_sentence(
    tmp_path: Path, kind: str, error: type[ForgeryAssistantError]
) -> None:
    file = _made(kind, tmp_path)
    for read in (probe, lambda f: list(uniform_frames(f, 4)), lambda f: list(consecutive_frames(f, 0, 2)),
                 lambda f: frame_at(f, 0)):  # fmt: skip
        with pytest.raises(error) as caught:
            read(file)
        assert caught.value.message.endswith(".")
        assert str(tmp_path) not in caught.value.message


def test_a_truncated_video_gives_what_is_left_and_a_note(tmp_path: Path) -> None:
    file = counter_video(tmp_path / "long.mkv", [40 * k for k in range(250)])
    cut = _half(file)
    frames = list(uniform_frames(cut, 6))
    assert 1 <= len(frames) <= 6
    numbers = [read_counter(f.pixels) for f in frames]
    assert numbers == sorted(numbers)
    assert numbers[-1] < 200
    assert all(abs((f.time or 0) - 0.04 * n) < 2e-3 for f, n in zip(frames, numbers, strict=True))
    assert probe(cut).note
    assert not probe(file).note


@pytest.mark.parametrize("seconds", [-0.1, 60.0])
def test_times_outside_the_video_are_refused(tmp_path: Path, seconds: float) -> None:
    with pytest.raises(BadRequest):
        frame_at(counter_video(tmp_path / "a.mp4", UNEVEN), seconds)
