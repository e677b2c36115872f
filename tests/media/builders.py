"""Small files made on the fly: counter videos, rotated and damaged ones."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

BITS = 8
CELL = 16


def counter_frame(number: int, height: int = 48) -> NDArray[np.uint8]:
    """A frame whose upper half shows `number` as 8 black or white cells, the least significant on the left."""
    pixels = np.full((height, BITS * CELL, 3), 128, dtype=np.uint8)
    for bit in range(BITS):
        pixels[: height // 2, bit * CELL : (bit + 1) * CELL] = 255 if number >> bit & 1 else 0
    return pixels


def read_counter(pixels: NDArray[np.uint8]) -> int:
    """The number burnt into a frame by `counter_frame`."""
    row = pixels[: pixels.shape[0] // 2].mean(axis=(0, 2)).reshape(BITS, CELL).mean(axis=1)
    return sum(1 << bit for bit in range(BITS) if row[bit] > 128)


def counter_video(
    path: Path,
    times_ms: list[int],
    codec: str = "libx264",
    pixel_format: str = "yuv420p",
    group: int = 12,
    rotation: int = 0,
    options: dict[str, str] | None = None,
) -> Path:
    """A video whose frame k shows k and is presented at times_ms[k] (variable frame rate allowed)."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=25, options=options or {})
        stream.width, stream.height, stream.pix_fmt = BITS * CELL, 48, pixel_format
        stream.time_base = Fraction(1, 1000)
        stream.codec_context.time_base = Fraction(1, 1000)
        stream.codec_context.gop_size = group
        if rotation:
            stream.set_display_rotation(rotation)
        for number, time in enumerate(times_ms):
            frame = av.VideoFrame.from_ndarray(counter_frame(number), format="rgb24")
            frame.pts, frame.time_base = time, Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path
