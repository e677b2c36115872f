"""Damaged and odd videos made from good ones: each maker takes a folder and returns a file and what must come of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from media.errors import ForgeryAssistantError, MediaTooLarge, UnreadableMedia
from tests.media.builders import counter_frame, counter_video

STEADY = [40 * k for k in range(30)]
UNEVEN = [0, 40, 80, 200, 240, 500, 520, 540, 900, 940, 980, 1400, 1440, 1480, 1520, 2000]


@dataclass(frozen=True)
class Expected:
    """What reading a file must give: an error, or these frame numbers (at least `least` of them, in order).

    Attributes:
        times: milliseconds of frame k, None = not checked.
        tell: the frames show their numbers in a readable way.
        size: (height, width) of every frame.
        grey: mean grey value of the frames, None = not checked.
    """

    error: type[ForgeryAssistantError] | None = None
    numbers: list[int] = field(default_factory=list)
    least: int | None = None
    times: list[int] | None = None
    tell: bool = True
    size: tuple[int, int] | None = None
    grey: float | None = None


Maker = Callable[[Path], tuple[Path, Expected]]
BAD = Expected(error=UnreadableMedia)


def plays(times: list[int] = STEADY, **more) -> Expected:
    """All frames, at their times."""
    return Expected(numbers=list(range(len(times))), times=times, **more)


def made(name: str, times: list[int] = STEADY, expected: Expected | None = None, **how) -> Maker:
    """A good but odd video."""
    return lambda folder: (counter_video(folder / name, times, **how), expected or plays(times))


def spoilt(name: str, expected: Expected, change: Callable[[bytes], bytes], times: list[int] = STEADY, **how) -> Maker:
    """A good video whose bytes were changed."""

    def make(folder: Path) -> tuple[Path, Expected]:
        path = counter_video(folder / name, times, **how)
        path.write_bytes(change(path.read_bytes()))
        return path, expected

    return make


def content(name: str, data: bytes) -> Maker:
    """A file of some bytes that is no video."""

    def make(folder: Path) -> tuple[Path, Expected]:
        (folder / name).write_bytes(data)
        return folder / name, BAD

    return make


def noise(data: bytes, share: float = 0.002) -> bytes:
    """Some bytes after the head replaced by random ones."""
    rng = np.random.default_rng(7)
    values = np.frombuffer(data, np.uint8).copy()
    hit = rng.random(len(values)) < share
    hit[:1024] = False
    values[hit] = rng.integers(0, 256, int(hit.sum()))
    return values.tobytes()


def spoilt_frame(folder: Path) -> tuple[Path, Expected]:
    """The picture data of frame 35 are zeros; the container around them is whole, key frames follow every 10."""
    path = counter_video(folder / "a.mkv", [40 * k for k in range(60)], group=10)
    with av.open(str(path)) as container:
        packets = [(packet.pts, packet.pos, packet.size) for packet in container.demux(video=0) if packet.size]
    at, size = next((at, size) for time, at, size in packets if time == 1400)
    data = bytearray(path.read_bytes())
    data[at + size // 2 : at + size] = bytes(size - size // 2)
    path.write_bytes(bytes(data))
    return path, Expected(numbers=list(range(60)), least=50)


def sound(folder: Path) -> tuple[Path, Expected]:
    path = folder / "sound.mp4"
    with av.open(str(path), "w") as container:
        write_sound(container, container.add_stream("aac", rate=44100))
    return path, BAD


def write_sound(container, stream) -> None:
    """A second of silence."""
    frame = av.AudioFrame.from_ndarray(np.zeros((1, 44100), np.float32), format="fltp", layout="mono")
    frame.rate = 44100
    container.mux(stream.encode(frame))
    container.mux(stream.encode())


def set_size(stream, scale: int = 1) -> None:
    """The builders' frame size."""
    stream.width, stream.height, stream.pix_fmt = 128 * scale, 48 * scale, "yuv420p"


def write_numbers(container, stream, numbers, scale: int = 1, start: int = 0) -> None:
    """Frames that show numbers, 25 a second."""
    if not stream.codec_context.is_open:
        set_size(stream, scale)
    for count, number in enumerate(numbers):
        pixels = np.kron(counter_frame(number), np.ones((scale, scale, 1), np.uint8))
        frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
        frame.pts = start + count
        container.mux(stream.encode(frame))
    container.mux(stream.encode())


def sound_first(folder: Path) -> tuple[Path, Expected]:
    path = folder / "both.mp4"
    with av.open(str(path), "w") as container:
        voice, picture = container.add_stream("aac", rate=44100), container.add_stream("libx264", rate=25)
        write_numbers(container, picture, range(10))
        write_sound(container, voice)
    return path, plays(STEADY[:10])


def two_pictures(folder: Path) -> tuple[Path, Expected]:
    path = folder / "two.mkv"
    with av.open(str(path), "w") as container:
        streams = [container.add_stream("libx264", rate=25) for _ in range(2)]
        for stream in streams:
            set_size(stream)
        write_numbers(container, streams[0], range(10))
        write_numbers(container, streams[1], range(100, 110))
    return path, plays(STEADY[:10])


def no_frames(folder: Path) -> tuple[Path, Expected]:
    path = folder / "none.mkv"
    with av.open(str(path), "w") as container:
        set_size(container.add_stream("libx264", rate=25))
        container.start_encoding()
    return path, BAD


def size_changes(folder: Path) -> tuple[Path, Expected]:
    """A transport stream whose frames grow half-way."""
    path = folder / "grows.ts"
    data = b""
    for scale, start in ((1, 0), (2, 10)):
        part = folder / f"part{scale}.ts"
        with av.open(str(part), "w") as container:
            write_numbers(container, container.add_stream("libx264", rate=25), range(start, start + 10), scale, start)
        data += part.read_bytes()
        part.unlink()
    path.write_bytes(data)
    return path, Expected(numbers=list(range(20)), least=18, tell=False)


def large(folder: Path) -> tuple[Path, Expected]:
    path = folder / "large.mov"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mjpeg", rate=25)
        stream.width, stream.height, stream.pix_fmt = 3840, 2160, "yuvj420p"
        container.mux(stream.encode(av.VideoFrame.from_ndarray(np.full((2160, 3840, 3), 90, np.uint8))))
        container.mux(stream.encode())
    return path, Expected(numbers=[0], tell=False, size=(2160, 3840), grey=90)


def too_large(folder: Path) -> tuple[Path, Expected]:
    path, _ = large(folder)
    return path, Expected(error=MediaTooLarge)


def hdr(transfer: int, code: float, grey: float, name: str) -> Maker:
    """A flat 10-bit clip whose signal is `code` in [0, 1] of a transfer function; `grey` is what a screen shows."""

    def make(folder: Path) -> tuple[Path, Expected]:
        path = folder / name
        with av.open(str(path), "w") as container:
            stream = container.add_stream("libx265", rate=25, options={"x265-params": "log-level=none"})
            stream.width, stream.height, stream.pix_fmt = 128, 64, "yuv420p10le"
            context = stream.codec_context
            context.colorspace, context.color_trc, context.color_primaries = 9, transfer, 9
            for number in range(3):
                frame = av.VideoFrame(128, 64, "yuv420p10le")
                for plane, value in zip(frame.planes, (round(64 + 876 * code), 512, 512), strict=True):
                    plane.update(np.full(plane.buffer_size // 2, value, np.uint16).tobytes())
                frame.pts, frame.time_base = number, Fraction(1, 25)
                frame.colorspace, frame.color_trc = 9, transfer
                container.mux(stream.encode(frame))
            container.mux(stream.encode())
        return path, Expected(numbers=[0, 1, 2], tell=False, grey=grey)

    return make


def folder_as_file(folder: Path) -> tuple[Path, Expected]:
    (folder / "dir.mp4").mkdir()
    return folder / "dir.mp4", BAD


def renamed(folder: Path) -> tuple[Path, Expected]:
    return counter_video(folder / "a.mp4", STEADY).rename(folder / "a.jpg"), plays()


def cut_after_front_index(folder: Path) -> tuple[Path, Expected]:
    """A file whose index stands before its pictures, cut off in the pictures."""
    path = folder / "front.mp4"
    with av.open(str(path), "w", options={"movflags": "faststart"}) as container:
        write_numbers(container, container.add_stream("libx264", rate=25, options={"g": "5"}), range(60))
    data = path.read_bytes()
    path.write_bytes(data[: int(0.8 * len(data))])
    return path, Expected(numbers=list(range(60)), least=5, tell=False)


CASES: dict[str, Maker] = {
    "variable_rate_mp4": made("a.mp4", UNEVEN),
    "variable_rate_mkv": made("a.mkv", UNEVEN),
    "hour_long_gap": made("a.mkv", [*STEADY[:5], 1_000_000, 1_000_040]),
    "thousand_a_second": made("a.mkv", list(range(40))),
    "one_frame": made("a.mp4", [0]),
    "two_frames": made("a.mp4", [0, 40]),
    "starts_late": made("a.mkv", [5000 + t for t in STEADY]),
    "starts_before_zero": made("a.mp4", [t - 80 for t in STEADY], Expected(numbers=list(range(30)), least=27)),
    "turned_90": made("a.mp4", rotation=90, expected=plays(tell=False, size=(128, 48))),
    "turned_180": made("a.mp4", rotation=180, expected=plays(tell=False, size=(48, 128))),
    "turned_270": made("a.mov", rotation=-90, expected=plays(tell=False, size=(128, 48))),
    "ten_bit_h264": made("a.mp4", pixel_format="yuv420p10le"),
    "ten_bit_hevc": made("a.mkv", STEADY[:8], codec="libx265", pixel_format="yuv420p10le",
                         options={"x265-params": "log-level=none"}),
    "colour_422": made("a.mp4", pixel_format="yuv422p"),
    "colour_444": made("a.mp4", pixel_format="yuv444p"),
    "rgb_lossless": made("a.mkv", codec="ffv1", pixel_format="bgr0"),
    "grey_lossless": made("a.mkv", codec="ffv1", pixel_format="gray"),
    "full_range_mjpeg": made("a.mov", codec="mjpeg", pixel_format="yuvj420p"),
    "avi_mpeg4": made("a.avi", codec="mpeg4"),
    "webm_vp9": made("a.webm", STEADY[:10], codec="libvpx-vp9", options={"deadline": "realtime", "cpu-used": "8"}),
    "flash_video": made("a.flv", expected=Expected(numbers=list(range(30)))),
    "transport_stream": made("a.ts", expected=Expected(numbers=list(range(30)))),
    "open_groups": made("a.mp4", options={"x264-params": "open-gop=1:bframes=3"}),
    "all_key_frames": made("a.mp4", group=1),
    "four_k": large,
    "hdr_pq_white": hdr(16, 0.5807, 246, "a.mkv"),
    "hdr_pq_tenth_of_white": hdr(16, 0.3598, 89, "a.mkv"),
    "hdr_hlg_white": hdr(18, 0.75, 246, "a.mkv"),
    "sound_before_picture": sound_first,
    "two_picture_tracks": two_pictures,
    "size_changes_midway": size_changes,
    "wrong_name": renamed,
    "trailing_rubbish": spoilt("a.mp4", plays(), lambda d: d + b"\xa5" * 5000),
    "two_files_glued": spoilt("a.mkv", Expected(numbers=list(range(30)), least=30), lambda d: d + d),
    "cut_mkv": spoilt("a.mkv", Expected(numbers=list(range(200)), least=50), lambda d: d[: len(d) // 2],
                      [40 * k for k in range(200)]),
    "cut_ts": spoilt("a.ts", Expected(numbers=list(range(30)), least=5), lambda d: d[: len(d) // 2]),
    "cut_avi": spoilt("a.avi", Expected(numbers=list(range(30)), least=5), lambda d: d[: len(d) // 2], codec="mpeg4"),
    "cut_after_front_index": cut_after_front_index,
    "spoilt_frame": spoilt_frame,
    "random_bytes_mkv": spoilt("a.mkv", Expected(numbers=list(range(100)), least=1, tell=False), noise,
                               [40 * k for k in range(100)], group=10),
    "random_bytes_ts": spoilt("a.ts", Expected(numbers=list(range(100)), least=1, tell=False), noise,
                              [40 * k for k in range(100)], group=10),
    "cut_mp4_without_index": spoilt("a.mp4", BAD, lambda d: d[: len(d) // 2]),
    "head_only": spoilt("a.mp4", BAD, lambda d: d[:64]),
    "zeros_after_head": spoilt("a.mp4", BAD, lambda d: d[:40] + bytes(5000)),
    "rubbish_before_head": spoilt("a.mp4", BAD, lambda d: b"\x00\x01\x02\x03" * 64 + d),
    "sound_only": sound,
    "no_frames": no_frames,
    "folder": folder_as_file,
    "missing": lambda folder: (folder / "none.mp4", BAD),
    "empty": content("a.mp4", b""),
    "text": content("a.mp4", b"this is no video at all" * 50),
    "rubbish_named_mp4": content("a.mp4", np.random.default_rng(0).integers(0, 256, 4096, np.uint8).tobytes()),
    "mp4_head_then_rubbish": content(
        "a.mp4", b"\x00\x00\x00\x18ftypisom" + np.random.default_rng(1).integers(0, 256, 4096, np.uint8).tobytes()
    ),
}  # fmt: skip
