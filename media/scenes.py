"""Scene cuts: whether two pictures of a video show the same place, from their grey values at thumbnail size."""

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

ROWS, COLUMNS = 18, 32
FINE = 4  # pixels averaged along each side of a cell
LEAST_CHANGE = 10.0  # mean grey difference below which two pictures are the same scene whatever else
NEXT_ALIKE = 0.6  # correlation below which the next frame is another scene
LATER_ALIKE = 0.25  # the same for pictures that lie apart: people move and cameras pan meanwhile

Thumbnail = NDArray[np.float32]


def thumbnail(frame: VideoFrame) -> Thumbnail:
    """Grey values (ROWS, COLUMNS) float32, 0 to 255; from the luma plane itself where there is one of 8 bits."""
    height, width = FINE * ROWS, FINE * COLUMNS
    if frame.format.name in ("yuv420p", "yuvj420p", "yuv422p", "yuv444p", "nv12", "gray"):
        plane = frame.planes[0]
        values = np.frombuffer(plane, np.uint8)  # type: ignore[call-overload]
        luma = values.reshape(-1, plane.line_size)
        rows = np.arange(height) * frame.height // height
        columns = np.arange(width) * frame.width // width
        fine = luma[rows[:, None], columns[None, :]]
    else:
        fine = frame.reformat(width=width, height=height, format="gray").to_ndarray()
    return fine.reshape(ROWS, FINE, COLUMNS, FINE).mean(axis=(1, 3), dtype=np.float32)


def is_cut(before: Thumbnail, after: Thumbnail, consecutive: bool) -> bool:
    """Whether a scene ended between two thumbnails.

    Both a clear change of grey values and a loss of correlation are needed, so that neither a flash (bright, but the
    same shapes) nor noise in a dark picture counts.

    Args:
        before, after: from `thumbnail`, in order of time.
        consecutive: no frame lies between the two.
    """
    if float(np.abs(after - before).mean()) < LEAST_CHANGE:
        return False
    a, b = before - before.mean(), after - after.mean()
    norm = float(np.sqrt((a * a).sum() * (b * b).sum()))
    alike = float((a * b).sum()) / norm if norm > 1.0 else 0.0
    return alike < (NEXT_ALIKE if consecutive else LATER_ALIKE)
