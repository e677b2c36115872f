"""When the frames of a video are shown, read from its packets, and how they are reached without decoding all of it."""

import os
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Disposition
from av.video.stream import VideoStream

from media.errors import MediaTooLarge, UnreadableMedia

JUMP_FRAMES = 250  # frames that must lie between two wanted ones before a jump to a key frame is tried
MOST_PACKETS = 2_000_000  # nine hours at 60 frames a second
MOST_PIXELS = 100_000_000  # of a frame
DAMAGED = "The video is damaged or incomplete and cannot be decoded. Please try the original file."
DECODE_ERRORS = (FFmpegError, ValueError, EOFError, IndexError)  # IndexError: damage that looks like a new track


@dataclass(frozen=True)
class VideoIndex:
    """Frame times of a stream in display order, in ticks, the key frames among them, and seconds a tick."""

    ticks: tuple[int, ...]
    keys: tuple[int, ...]
    tick: float
    step: float  # seconds a frame, by the stated rate
    stated: float  # duration that the container states, 0 when it does not
    timed: bool  # False: frames carry no display times of their own and are counted


def open_container(path: str | os.PathLike[str]) -> InputContainer:
    """An open container, to be closed by the caller; UnreadableMedia where there is none."""
    if not Path(path).is_file():
        raise UnreadableMedia(f"There is no file named {Path(path).name}.", str(path))
    try:
        return av.open(os.fspath(path), mode="r")
    except DECODE_ERRORS as error:
        raise UnreadableMedia(DAMAGED, f"{path}: {error!r}") from error


def picture_stream(container: InputContainer, path: str | os.PathLike[str]) -> VideoStream:
    """The first moving-picture stream (cover pictures do not count)."""
    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            if stream.codec_context is None:
                raise UnreadableMedia(
                    "The video is stored in a way that cannot be decoded here.", f"{path}: no decoder"
                )
            check_size(stream.codec_context.width, stream.codec_context.height)
            stream.thread_type = "AUTO"
            return stream
    raise UnreadableMedia("The file holds no video track.", str(path))


def check_size(width: int, height: int) -> None:
    """Raise MediaTooLarge for frames that would not fit in memory."""
    if width * height > MOST_PIXELS:
        raise MediaTooLarge(f"The video's frames have {width} x {height} pixels; at most 100 million can be read.")


def read_index(path: str | os.PathLike[str]) -> VideoIndex:
    """All packet timestamps. AVI knows no display times: there, and where pts lack, frames are counted."""
    shown: list[int | None] = []
    decoded: list[int | None] = []
    keys: set[int] = set()
    with open_container(path) as container:
        stream = picture_stream(container, path)
        rate = float(stream.average_rate or stream.guessed_rate or 25)
        step = 1.0 / rate if rate > 0 else 0.04
        tick = float(stream.time_base) if stream.time_base else step
        stated = float(stream.duration * tick) if stream.duration else (container.duration or 0) / av.time_base
        timed = container.format.name != "avi"
        try:
            for packet in container.demux(stream):
                if packet.size == 0 or packet.is_discard:  # discarded: before the start that an edit list sets
                    continue
                shown.append(packet.pts)
                decoded.append(packet.dts)
                if packet.is_keyframe and packet.pts is not None:
                    keys.add(packet.pts)
                if len(shown) > MOST_PACKETS:
                    raise MediaTooLarge("The video has too many frames to be read. Please cut it.", str(path))
        except DECODE_ERRORS:
            pass  # truncated: what came before counts
    if not shown:
        raise UnreadableMedia("The video holds no frames.", f"{path}: no packets")
    exact = sorted({t for t in shown if t is not None})
    if timed and None not in shown:
        return VideoIndex(tuple(exact), tuple(sorted(keys)), tick, step, stated, True)
    steady = sorted({t for t in decoded if t is not None})
    if len(steady) == len(decoded):
        return VideoIndex(tuple(steady), (), tick, step, stated, False)
    return VideoIndex(tuple(range(len(shown))), (), step, step, stated, False)


def decoding_runs(wanted: Sequence[int], index: VideoIndex) -> list[tuple[int | None, list[int]]]:
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


def _key_before(index: VideoIndex, tick: int) -> int | None:
    place = bisect_right(index.keys, tick) - 1
    return index.keys[place] if place >= 0 else None
