"""Video frames by exact pts: uniform, consecutive and single frames; upright RGB; typed errors for bad files.

A frame's time is its presentation timestamp times the stream's time base, in seconds, as the container states it.
Frames are chosen from the packets' timestamps and found by decoding; a jump to an earlier key frame only saves time and
is undone when it lands late. Damaged frames, and those built on them, are left out. High dynamic range is turned into
ordinary pixels (media/hdr.py). Sample aspect ratios other than 1:1 are ignored.
"""

import os
from bisect import bisect_right
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from media.errors import BadRequest, UnreadableMedia
from media.hdr import WIDE, needs_tone_mapping, to_srgb
from media.records import Frame
from media.sampling import uniform_positions
from media.scenes import Thumbnail, is_cut, thumbnail
from media.video_index import (
    DAMAGED,
    DECODE_ERRORS,
    VideoIndex,
    check_size,
    decoding_runs,
    open_container,
    picture_stream,
    read_index,
)

INCOMPLETE_NOTE = "the file ends before its stated length; only what is there was examined"


@dataclass(frozen=True)
class VideoInfo:
    """Facts of a video's picture track; width and height after rotation; times in seconds, start = first pts."""

    width: int
    height: int
    duration: float
    frames: int
    rate: float
    note: str = ""
    start: float = 0.0


@dataclass(frozen=True, eq=False)
class Shown:
    """A frame, its position in display order, and whether a scene ended between the one read before and this one."""

    frame: Frame
    position: int
    cut: bool


@dataclass
class _CutWatch:
    """Compares each decoded frame with the one decoded before it."""

    last: tuple[int, Thumbnail, tuple[int, int]] | None = field(default=None)
    cut: bool = False

    def see(self, position: int, frame: VideoFrame) -> None:
        """Take note of a decoded frame; `cut` stays set until `taken`."""
        now, size = thumbnail(frame), (frame.width, frame.height)
        if self.last is not None:
            before, picture, size_before = self.last
            self.cut |= size != size_before or is_cut(picture, now, position == before + 1)
        self.last = (position, now, size)

    def taken(self) -> bool:
        """Whether a scene ended since the last call."""
        cut, self.cut = self.cut, False
        return cut


class VideoReader:
    """One video file: the times of its frames are read once, frames are decoded on demand and never kept.

    Args:
        path: the file.

    Raises:
        UnreadableMedia: no such file, no video track, or no frames in it.
        MediaTooLarge: more frames or pixels than can be read safely.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self._index = read_index(path)

    def __len__(self) -> int:
        """Frames that the container lists."""
        return len(self._index.ticks)

    @property
    def step(self) -> float:
        """Seconds a frame, by the stated rate."""
        return self._index.step

    @property
    def end(self) -> float:
        """Time at which the last frame ends, seconds."""
        return self.time(len(self) - 1) + self.step

    @property
    def duration(self) -> float:
        """Seconds from the first frame to the end of the last."""
        return self.end - self.time(0)

    def time(self, position: int) -> float:
        """Time of the frame at a position in display order; `end` for positions after the last."""
        return self._index.ticks[position] * self._index.tick if position < len(self) else self.end

    def info(self) -> VideoInfo:
        """Size, duration and frame count, after decoding one frame."""
        first = next(self.read([0]), None) or next(self.read(range(len(self))), None)
        if first is None:
            raise UnreadableMedia(DAMAGED, f"{self.path}: no frame decoded")
        height, width = first.frame.pixels.shape[:2]
        stated = self._index.stated
        note = INCOMPLETE_NOTE if stated > 0 and self.duration < 0.9 * stated - 1.0 else ""
        return VideoInfo(width, height, self.duration, len(self), 1.0 / self.step, note, self.time(0))

    def on_display(self, seconds: float) -> int:
        """Position of the frame shown at a time.

        Raises:
            BadRequest: before the start or more than a second after the end.
        """
        if not 0 <= seconds <= self.end + 1.0:
            raise BadRequest(f"The video ends at {self.end:.2f} s; there is nothing at {seconds:.2f} s.")
        return max(0, bisect_right(self._index.ticks, round(seconds / self._index.tick, 3)) - 1)

    def at(self, seconds: float) -> Frame:
        """The frame on display at a time: the last one whose pts is not after it."""
        shown = next(self.read([self.on_display(seconds)]), None)
        if shown is None:
            said = f"The video is damaged at {seconds:.2f} s; no frame can be decoded there."
            raise UnreadableMedia(said, str(self.path))
        return shown.frame

    def read(self, wanted: Sequence[int], cuts: bool = False) -> Iterator[Shown]:
        """Frames at the wanted ascending positions; what damage took away is left out.

        Args:
            wanted: positions in display order.
            cuts: look for scene cuts too, at every frame that is decoded on the way.
        """
        came = False
        for shown in self._read(wanted, cuts, strict=True):
            came = True
            yield shown
        if not came:  # a file with harmless errors all through: what the decoder itself calls whole must do
            yield from self._read(wanted, cuts, strict=False)

    def _read(self, wanted: Sequence[int], cuts: bool, strict: bool) -> Iterator[Shown]:
        watch = _CutWatch() if cuts else None
        runs = decoding_runs(wanted, self._index)
        for number, (key, run) in enumerate(runs):
            landed = yield from self._run(run, key, watch, strict)
            if not landed:  # this file cannot be jumped in: what is left is read in one go
                yield from self._run([p for _, rest in runs[number:] for p in rest], None, watch, strict)
                return

    def _run(
        self, run: list[int], key: int | None, watch: _CutWatch | None, strict: bool
    ) -> Generator[Shown, None, bool]:
        """Frames read without a break from a key frame on; False when the jump landed after the first wanted one."""
        missing = set(run)
        with open_container(self.path) as container:
            stream = picture_stream(container, self.path)
            if strict:
                stream.codec_context.options = {"err_detect": "explode"}  # an error, not a patched-up picture
            if key is not None:
                try:
                    container.seek(key, stream=stream, backward=True, any_frame=False)
                except FFmpegError:
                    pass  # then it decodes from the start
            landed = key is None
            for position, frame in _positions(container, stream, self._index):
                if not landed and position > run[0]:
                    return False
                landed = True
                if watch is not None:
                    watch.see(position, frame)
                if position in missing:
                    missing.discard(position)
                    cut = watch.taken() if watch is not None else False
                    yield Shown(_upright(frame, self.time(position)), position, cut)
                if position >= run[-1]:
                    break
        return landed


def probe(path: str | os.PathLike[str]) -> VideoInfo:
    """Size, duration and frame count, after reading all packets and decoding one frame.

    Raises:
        UnreadableMedia: no video stream, zero length, or nothing that can be decoded.
    """
    return VideoReader(path).info()


def uniform_frames(path: str | os.PathLike[str], n: int) -> Iterator[Frame]:
    """n frames at the middles of n equal parts of the video, in order of time; all of them when it has fewer.

    Raises:
        UnreadableMedia: nothing can be decoded. A video damaged further on yields the frames before the damage.
    """
    if n < 1:
        raise BadRequest(f"At least one frame must be asked for, got {n}.")
    reader = VideoReader(path)
    yield from _at_least_one(reader, uniform_positions(len(reader), n))


def consecutive_frames(path: str | os.PathLike[str], start_s: float, n: int) -> Iterator[Frame]:
    """n frames one after the other, from the one on display at start_s; fewer at the end of the video."""
    if n < 1:
        raise BadRequest(f"At least one frame must be asked for, got {n}.")
    reader = VideoReader(path)
    first = reader.on_display(start_s)
    yield from _at_least_one(reader, range(first, min(first + n, len(reader))))


def frame_at(path: str | os.PathLike[str], seconds: float) -> Frame:
    """The frame on display at a time: the last one whose pts is not after it.

    Raises:
        BadRequest: before the start or more than a second after the end.
    """
    return VideoReader(path).at(seconds)


def _at_least_one(reader: VideoReader, wanted: Sequence[int]) -> Iterator[Frame]:
    shown = reader.read(wanted)
    first = next(shown, None)
    if first is None:
        raise UnreadableMedia(DAMAGED, f"{reader.path}: no frame decoded")
    yield first.frame
    for later in shown:
        yield later.frame


def _positions(container: InputContainer, stream: VideoStream, index: VideoIndex) -> Iterator[tuple[int, VideoFrame]]:
    """Whole decoded frames with their positions in display order.

    After a packet that cannot be decoded, frames are left out up to the next key frame: they would be built on what is
    missing. Where frames are counted, nothing after it can be placed.
    """
    by_pts = {tick: i for i, tick in enumerate(index.ticks)} if index.timed else {}
    counted, whole = -1, True
    for frame in _frames(container, stream):
        if frame is None:
            if not index.timed:
                return
            whole = False
            continue
        check_size(frame.width, frame.height)
        counted += 1
        whole = not frame.is_corrupt and (whole or bool(frame.key_frame))
        if not whole:
            continue
        if not index.timed and counted < len(index.ticks):
            yield counted, frame
        elif frame.pts in by_pts:
            yield by_pts[frame.pts], frame


def _frames(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame | None]:
    """All frames that decode, None where a packet does not."""
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets, None)
        except DECODE_ERRORS:
            packet = None
        try:
            if packet is None:
                yield from stream.codec_context.decode(None)
                return
            yield from packet.decode()
        except DECODE_ERRORS:
            yield None
            if packet is None:
                return


def _upright(frame: VideoFrame, time: float) -> Frame:
    """RGB pixels turned as the container's display matrix says."""
    if needs_tone_mapping(frame):
        codes = np.asarray(frame.to_ndarray(format="rgb48le"), dtype=np.uint16)
        pixels = to_srgb(codes, int(frame.color_trc), int(frame.color_primaries) == WIDE)
    else:
        pixels = np.asarray(frame.to_ndarray(format="rgb24"), dtype=np.uint8)
    quarter_turns = round(frame.rotation / 90) % 4
    if quarter_turns:
        pixels = np.rot90(pixels, quarter_turns)
    return Frame(np.ascontiguousarray(pixels), time)
