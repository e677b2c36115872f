"""Frames of a video by number, as JPEG, for a page that must be exact.

Browsers play only some codecs and cannot name the frame they show without doubt. So the page does not use a video
element: a video is decoded once from its start, frame n is the n-th frame that decoding yields (from 0), its time is
its exact pts, and playing, scrubbing and stepping all show these same pictures. They are kept in an unnamed temporary
file that the system removes with the process, however it ends.
"""

import tempfile
import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray

from media.errors import BadRequest, ForgeryAssistantError, MediaTooLarge, UnreadableMedia
from media.video import VideoInfo, consecutive_frames, probe

MAX_FRAMES = 20_000
LONGEST_SIDE = 1920
QUALITY = 92
_PATIENCE_S = 60.0


class FrameTape:
    """All frames of one video, filled by a thread while it is read; a context manager.

    Args:
        path: the video.

    Raises:
        UnreadableMedia: it cannot be decoded.
        MediaTooLarge: it has more than 20,000 frames.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.info: VideoInfo = probe(path)
        if self.info.frames > MAX_FRAMES:
            raise MediaTooLarge(
                f"{path.name} has {self.info.frames} frames; annotate clips of up to {MAX_FRAMES}, cut from it."
            )
        self._file = tempfile.TemporaryFile(prefix="annotate-")
        self._places: list[tuple[int, int]] = []
        self._times: list[float] = []
        self._changed = threading.Condition()
        self._ended = self._closed = False
        self._error = ""
        self._thread = threading.Thread(target=self._fill, name=f"frames of {path.name}", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def times(self, start: int = 0) -> tuple[list[float], bool, str]:
        """Times in seconds of the frames from `start` on that are there, whether that is all, and what went wrong."""
        with self._changed:
            return self._times[start:], self._ended, self._error

    def read(self, start: int, count: int) -> list[tuple[float, bytes]]:
        """(time in seconds, JPEG) of up to `count` frames from `start` on; waits until they are decoded.

        Raises:
            BadRequest: there is no frame `start`.
            UnreadableMedia: decoding stopped before it, or took longer than a minute.
        """
        if start < 0 or count < 1:
            raise BadRequest(f"Frames are counted from 0 and asked for one or more at a time, got {start}, {count}.")
        with self._changed:
            ready = self._changed.wait_for(
                lambda: self._ended or self._closed or len(self._places) >= start + count, _PATIENCE_S
            )
            if start < len(self._places) and not self._closed:
                end = min(start + count, len(self._places))
                return [(self._times[n], self._bytes(n)) for n in range(start, end)]
            if self._error or self._closed or not ready:
                raise UnreadableMedia(self._error or f"{self.path.name} is not being decoded; open it again.")
            raise BadRequest(f"{self.path.name} has {len(self._places)} frames; there is no frame {start}.")

    def close(self) -> None:
        """Stop decoding and forget the frames."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join(timeout=5)
        self._file.close()

    def _bytes(self, n: int) -> bytes:
        offset, length = self._places[n]
        self._file.seek(offset)
        return self._file.read(length)

    def _fill(self) -> None:
        error, offset = "", 0
        try:
            for frame in consecutive_frames(self.path, 0.0, self.info.frames):
                data = _jpeg(frame.pixels)
                with self._changed:
                    if self._closed:
                        return
                    self._file.seek(offset)
                    self._file.write(data)
                    self._places.append((offset, len(data)))
                    self._times.append(float(frame.time or 0.0))
                    offset += len(data)
                    self._changed.notify_all()
        except ForgeryAssistantError as problem:
            error = problem.message
        except OSError as problem:
            error = f"The frames cannot be kept in the temporary folder ({problem.strerror}); make room there."
        finally:
            with self._changed:
                self._ended, self._error = True, error
                self._changed.notify_all()


class TapeShelf:
    """The tapes in use; the one unused longest is closed when there are too many."""

    def __init__(self, most: int = 6) -> None:
        self._most = most
        self._tapes: OrderedDict[Path, FrameTape] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, path: Path) -> FrameTape:
        """The tape of a video; decoding starts with the first call."""
        with self._lock:
            if path not in self._tapes:
                self._tapes[path] = FrameTape(path)
            self._tapes.move_to_end(path)
            while len(self._tapes) > self._most:
                self._tapes.popitem(last=False)[1].close()
            return self._tapes[path]

    def close(self) -> None:
        """Close all tapes."""
        with self._lock:
            while self._tapes:
                self._tapes.popitem()[1].close()


def pack(frames: Sequence[tuple[float, bytes]]) -> bytes:
    """Frames in one body: for each its length (4 bytes), its time (8 bytes, float), both big-endian, and its JPEG."""
    head = np.dtype([("length", ">u4"), ("time", ">f8")])
    return b"".join(np.array((len(data), time), head).tobytes() + data for time, data in frames)


def _jpeg(pixels: NDArray[np.uint8]) -> bytes:
    height, width = pixels.shape[:2]
    if max(height, width) > LONGEST_SIDE:
        scale = LONGEST_SIDE / max(height, width)
        pixels = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    options = [
        cv2.IMWRITE_JPEG_QUALITY,
        QUALITY,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
    ]
    return cv2.imencode(".jpg", pixels[..., ::-1], options)[1].tobytes()
