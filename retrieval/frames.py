"""Frames and face crops of annotated videos, and of a query: its middle frame, its clicked frames, or a track."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from media.crops import crop_face
from media.errors import BadRequest, UnreadableMedia
from media.records import Crop, Face, Frame
from media.video import frame_at, probe, uniform_frames
from retrieval.annotations import Click

if TYPE_CHECKING:
    from media.faces import FaceFinder

QueryMode = Literal["middle", "clicked", "track"]
TRACK_FRAMES = 8


def query_frames(path: Path, mode: QueryMode = "middle", clicks: Sequence[Click] = ()) -> Iterator[Frame]:
    """Frames that stand for a video in a search.

    Args:
        path: the video.
        mode: "middle" = frame count // 2 (as published); "clicked" = the frames of `clicks`; "track" = 8 frames evenly
            over the video.
        clicks: for "clicked"; none there means the middle frame.
    """
    if mode not in get_args(QueryMode):
        raise BadRequest(f"A video is searched by one of {', '.join(get_args(QueryMode))}, not {mode!r}.")
    if mode == "clicked" and clicks:
        for _, frame in clicked_frames(path, clicks):
            yield frame
    else:
        yield from uniform_frames(path, TRACK_FRAMES if mode == "track" else 1)


def clicked_frames(path: Path, clicks: Sequence[Click]) -> Iterator[tuple[Click, Frame]]:
    """Each click with the frame it was made on; beyond the end the last frame, a damaged place is left out.

    Frame numbers become times by the mean frame rate: annotators clicked with a delay, so no number is exact anyway.
    """
    info = probe(path)
    for click in clicks:
        seconds = click.time if click.time is not None else ((click.frame or 0) + 0.5) / info.rate
        try:
            yield click, frame_at(path, min(max(seconds, 0.0), info.duration - 0.5 / info.rate))
        except UnreadableMedia:
            continue


def face_near(faces: Sequence[Face], frame: Frame, point: tuple[float, float] | None) -> Face | None:
    """The face under or nearest to a point in [0, 1] of the frame; the largest one when there is no point."""
    if not faces:
        return None
    if point is None:
        return max(faces, key=lambda f: (f.box[2] - f.box[0]) * (f.box[3] - f.box[1]))
    height, width = frame.pixels.shape[:2]
    x, y = point[0] * width, point[1] * height

    def distance(face: Face) -> float:
        x0, y0, x1, y1 = face.box
        return float(np.hypot(max(x0 - x, 0.0, x - x1), max(y0 - y, 0.0, y - y1)))

    return min(faces, key=distance)


def face_crop(
    finder: "FaceFinder", frame: Frame, size: int, margin: float, point: tuple[float, float] | None = None
) -> tuple[Crop, tuple[float, float]] | None:
    """The crop of the face at a point, and that face's centre in [0, 1]; None when no face is found."""
    face = face_near(finder.find(frame), frame, point)
    if face is None:
        return None
    height, width = frame.pixels.shape[:2]
    centre = (face.box[0] + face.box[2]) / 2 / width, (face.box[1] + face.box[3]) / 2 / height
    return crop_face(frame.pixels, face.landmarks, size, margin), centre


def query_crops(
    finder: "FaceFinder",
    path: Path,
    size: int,
    margin: float,
    mode: QueryMode = "middle",
    clicks: Sequence[Click] = (),
    start: tuple[float, float] | None = None,
) -> list[Crop]:
    """Face crops that stand for a video: one a frame, of the same person when there are several.

    Args:
        finder: finds faces.
        path, mode, clicks: as in `query_frames`.
        size, margin: of the crops, as the encoder wants them.
        start: a point on the person to follow, in [0, 1]; the largest face without one.
    """
    crops, near = [], start
    for frame in query_frames(path, mode, clicks):
        found = face_crop(finder, frame, size, margin, near)
        if found is not None:
            crops.append(found[0])
            near = found[1]
    return crops
