"""Video frames by exact pts: uniform, consecutive and single frames; upright RGB; typed errors for bad files.

A frame's time is its presentation timestamp times the stream's time base, in seconds, as the container states it.
Frames are chosen from the packets' timestamps and found by decoding; a jump to an earlier key frame only saves time and
is undone when it lands late. Sample aspect ratios other than 1:1 are ignored.
"""

import os
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from media.errors import BadRequest, UnreadableMedia
from media.records import Frame

JUMP_FRAMES = 250  # frames that must lie between two wanted ones before a jump to a key frame is tried
_DAMAGED = "The video is damaged or incomplete and cannot be decoded. Please try the original file."
INCOMPLETE_NOTE = "the file ends before its stated length; only what is there was examined"
_DECODE_ERRORS = (FFmpegError, ValueError, EOFError)


@dataclass(frozen=True)
class VideoInfo:
    """Facts of a video's picture track; width and height after rotation; times in seconds."""

    width: int
    height: int
    duration: float
    frames: int
    rate: float
    note: str = ""


@dataclass(frozen=True)
class _Index:
    """Frame times of a stream in display order, in ticks, the key frames among them, and seconds a tick."""

    ticks: tuple[int, ...]
    keys: tuple[int, ...]
    tick: float
    step: float  # seconds a frame, by the stated rate
    stated: float  # duration that the container states, 0 when it does not
    timed: bool  # False: frames carry no display times of their own and are counted


def probe(path: str | os.PathLike[str]) -> VideoInfo:
    """Size, duration and frame count, after reading all packets and decoding one frame.

    Raises:
        UnreadableMedia: no video stream, zero length, or nothing that can be decoded.
    """
    index = _read_index(path)
    first = next(_decoded(path, [0], index), None)
    if first is None:
        raise UnreadableMedia(_DAMAGED, f"{path}: no frame decoded")
    height, width = first.pixels.shape[:2]
    duration = (index.ticks[-1] - index.ticks[0]) * index.tick + index.step
    note = INCOMPLETE_NOTE if index.stated > 0 and duration < 0.9 * index.stated - 1.0 else ""
    return VideoInfo(width, height, duration, len(index.ticks), 1.0 / index.step, note)


def uniform_frames(path: str | os.PathLike[str], n: int) -> Iterator[Frame]:
    """n frames at the middles of n equal parts of the video, in order of time; all of them when it has fewer.

    Raises:
        UnreadableMedia: nothing can be decoded. A video damaged further on yields the frames before the damage.
    """
    if n < 1:
        raise BadRequest(f"At least one frame must be asked for, got {n}.")
    index = _read_index(path)
    total = len(index.ticks)
    wanted = sorted({int((k + 0.5) * total / n) for k in range(n)}) if total > n else list(range(total))
    yield from _at_least_one(_decoded(path, wanted, index), path)


def consecutive_frames(path: str | os.PathLike[str], start_s: float, n: int) -> Iterator[Frame]:
    """n frames one after the other, from the one on display at start_s; fewer at the end of the video."""
    if n < 1:
        raise BadRequest(f"At least one frame must be asked for, got {n}.")
    index = _read_index(path)
    first = _on_display(index, start_s)
    yield from _at_least_one(_decoded(path, range(first, min(first + n, len(index.ticks))), index), path)


def frame_at(path: str | os.PathLike[str], seconds: float) -> Frame:
    """The frame on display at a time: the last one whose pts is not after it.

    Raises:
        BadRequest: before the start or more than a second after the end.
    """
    index = _read_index(path)
    frame = next(_decoded(path, [_on_display(index, seconds)], index), None)
    if frame is None:
        raise UnreadableMedia(f"The video is damaged at {seconds:.2f} s; no frame can be decoded there.", str(path))
    return frame


def _on_display(index: _Index, seconds: float) -> int:
    """Position in display order of the frame shown at a time."""
    end = index.ticks[-1] * index.tick + index.step
    if not 0 <= seconds <= end + 1.0:
        raise BadRequest(f"The video ends at {end:.2f} s; there is nothing at {seconds:.2f} s.")
    return max(0, bisect_right(index.ticks, round(seconds / index.tick, 3)) - 1)


def _at_least_one(frames: Iterator[Frame], path: str | os.PathLike[str]) -> Iterator[Frame]:
    first = next(frames, None)
    if first is None:
        raise UnreadableMedia(_DAMAGED, f"{path}: no frame decoded")
    yield first
    yield from frames


def _open(path: str | os.PathLike[str]) -> InputContainer:
    if not Path(path).is_file():
        raise UnreadableMedia(f"There is no file named {Path(path).name}.", str(path))
    try:
        return av.open(os.fspath(path), mode="r")
    except _DECODE_ERRORS as error:
        raise UnreadableMedia(_DAMAGED, f"{path}: {error!r}") from error


def _stream(container: InputContainer, path: str | os.PathLike[str]) -> VideoStream:
    """The first moving-picture stream (cover pictures do not count)."""
    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            stream.thread_type = "AUTO"
            return stream
    raise UnreadableMedia("The file holds no video track.", str(path))


def _read_index(path: str | os.PathLike[str]) -> _Index:
    """All packet timestamps. AVI knows no display times: there, and where pts lack, frames are counted."""
    shown: list[int | None] = []
    decoded: list[int | None] = []
    keys: set[int] = set()
    with _open(path) as container:
        stream = _stream(container, path)
        rate = float(stream.average_rate or stream.guessed_rate or 25)
        step = 1.0 / rate if rate > 0 else 0.04
        tick = float(stream.time_base) if stream.time_base else step
        stated = float(stream.duration * tick) if stream.duration else (container.duration or 0) / av.time_base
        timed = container.format.name != "avi"
        try:
            for packet in container.demux(stream):
                if packet.size == 0:
                    continue
                shown.append(packet.pts)
                decoded.append(packet.dts)
                if packet.is_keyframe and packet.pts is not None:
                    keys.add(packet.pts)
        except _DECODE_ERRORS:
            pass  # truncated: what came before counts
    if not shown:
        raise UnreadableMedia("The video holds no frames.", f"{path}: no packets")
    exact = sorted({t for t in shown if t is not None})
    if timed and None not in shown:
        return _Index(tuple(exact), tuple(sorted(keys)), tick, step, stated, True)
    steady = sorted({t for t in decoded if t is not None})
    if len(steady) == len(decoded):
        return _Index(tuple(steady), (), tick, step, stated, False)
    return _Index(tuple(range(len(shown))), (), step, step, stated, False)


def _decoded(path: str | os.PathLike[str], wanted: Sequence[int], index: _Index) -> Iterator[Frame]:
    """Frames at the wanted ascending positions in display order; what damage took away is left out."""
    for key, run in _runs(wanted, index):
        yield from _run_frames(path, run, index, key)


def _runs(wanted: Sequence[int], index: _Index) -> list[tuple[int | None, list[int]]]:
    """Wanted positions in runs decoded without a break, each with the key frame (ticks) to jump to, None: the start."""
    runs: list[tuple[int | None, list[int]]] = []
    last = -1
    for position in wanted:
        key = _key_before(index, index.ticks[position])
        if key is not None and bisect_right(index.ticks, key) - 1 - last > JUMP_FRAMES:
            runs.append((key, [position]))
        elif runs:
            runs[-1][1].append(position)
        else:
            runs.append((None, [position]))
        last = position
    return runs


def _run_frames(path: str | os.PathLike[str], run: list[int], index: _Index, key: int | None) -> Iterator[Frame]:
    """One run, from a key frame on; from the start of the file when the jump lands after the first wanted frame."""
    missing = set(run)
    with _open(path) as container:
        stream = _stream(container, path)
        if key is not None:
            try:
                container.seek(key, stream=stream, backward=True, any_frame=False)
            except FFmpegError:
                pass  # then it decodes from the start
        first = True
        for position, frame in _positions(container, stream, index):
            if first and key is not None and position > run[0]:
                break
            first = False
            if position in missing:
                missing.discard(position)
                yield _upright(frame, index.ticks[position] * index.tick)
            if position >= run[-1]:
                return
    if key is not None and first:
        yield from _run_frames(path, run, index, None)


def _positions(container: InputContainer, stream: VideoStream, index: _Index) -> Iterator[tuple[int, VideoFrame]]:
    """Decoded frames with their positions in display order, until the end or the first error that stops decoding."""
    by_pts = {tick: i for i, tick in enumerate(index.ticks)} if index.timed else {}
    try:
        for counted, frame in enumerate(container.decode(stream)):
            if not index.timed and counted < len(index.ticks):
                yield counted, frame
            elif frame.pts in by_pts:
                yield by_pts[frame.pts], frame
    except _DECODE_ERRORS:
        return


def _key_before(index: _Index, tick: int) -> int | None:
    place = bisect_right(index.keys, tick) - 1
    return index.keys[place] if place >= 0 else None


def _upright(frame: VideoFrame, time: float) -> Frame:
    """RGB pixels turned as the container's display matrix says."""
    pixels = np.asarray(frame.to_ndarray(format="rgb24"), dtype=np.uint8)
    quarter_turns = round(frame.rotation / 90) % 4
    if quarter_turns:
        pixels = np.rot90(pixels, quarter_turns)
    return Frame(np.ascontiguousarray(pixels), time)
