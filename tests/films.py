"""Small films that tests write from arrays."""

from collections.abc import Iterable
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray


def write_film(
    path: Path, pictures: Iterable[NDArray[np.uint8]], rate: int, options: dict[str, str] | None = None
) -> Path:
    """An H.264 film of uint8 RGB pictures (H, W, 3), all of one even size.

    Args:
        path: of the film; folders that are missing are made.
        pictures: in order, at least one.
        rate: pictures a second.
        options: of the coder; "pix_fmt" among them replaces yuv420p.

    Returns:
        the path.
    """
    given = dict(options or {})
    pixel_format = given.pop("pix_fmt", "yuv420p")
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as container:
        stream = None
        for pixels in pictures:
            if stream is None:
                stream = container.add_stream("libx264", rate=rate, options=given)
                stream.height, stream.width = pixels.shape[:2]
                stream.pix_fmt = pixel_format
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")
            container.mux(stream.encode(frame))
        assert stream is not None, "a film needs a picture"
        container.mux(stream.encode())
    return path
