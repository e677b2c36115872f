"""What a click model learns: clicks of annotated videos, or the place where a simulated forgery shows most."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from media.crops import to_crop
from media.errors import BadRequest, UnreadableMedia
from retrieval.annotations import Annotation
from retrieval.clicks_stats import click_spread
from retrieval.frames import clicked_frames, face_crop
from retrieval.videos import VideoSearch

if TYPE_CHECKING:
    from media.faces import FaceFinder

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class ClickExample:
    """A face crop and a click on it.

    Attributes:
        pixels: (S, S, 3) uint8 RGB.
        point: (x, y) in [0, 1] of the crop.
        name: of the video or photo; box: (x0, y0, x1, y1) of the face's landmarks in [0, 1] of the crop.
    """

    pixels: Pixels
    point: tuple[float, float]
    name: str
    box: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)

    def __post_init__(self) -> None:
        if not all(0.0 <= v <= 1.0 for v in self.point):
            raise ValueError(f"a click lies in [0, 1] x [0, 1] of the crop, got {self.point}")


def measured_spread(annotations: Sequence[Annotation]) -> tuple[float, float]:
    """How far a person's clicks scatter: the sd in (x, y) of one annotator's in one video within 2 s.

    It is a share of the annotated picture's width and height. A simulated picture is a face crop, and the same share
    of it is taken; how large the faces in the annotated videos are cannot be known without the videos.
    """
    return click_spread(annotations).sd


def strongest_points(real: Pixels, fake: Pixels, masks: NDArray[np.generic], spread: float) -> NDArray[np.float64]:
    """Where each forgery shows most: the largest smoothed |fake - real| inside its mask.

    Args:
        real, fake: (B, S, S, 3) uint8, the same places.
        masks: (B, S, S), forged where above half of 255 (uint8) or of 1 (float).
        spread: sigma of the smoothing as a share of S: what lies closer together than people click counts as one.

    Returns:
        (B, 2) points (x, y) in [0, 1]; an empty mask lets the whole picture count.
    """
    size = real.shape[1]
    limit = 127.5 if masks.dtype == np.uint8 else 0.5
    points = []
    for one, other, mask in zip(real, fake, masks, strict=True):
        change = cv2.absdiff(one, other).astype(np.float32).mean(axis=2)
        inside = mask > limit if (mask > limit).any() else np.ones(mask.shape, bool)
        smooth = cv2.GaussianBlur(np.where(inside, change, np.float32(0)), (0, 0), max(spread * size, 0.5))
        smooth = np.where(inside, smooth, -1.0)
        row, column = np.unravel_index(int(np.argmax(smooth)), smooth.shape)
        points.append(((column + 0.5) / size, (row + 0.5) / size))
    return np.array(points).reshape(-1, 2)


def scattered(
    points: NDArray[np.float64], spread: tuple[float, float], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Points (B, 2) as a person would hit them: normal with sd `spread` in (x, y), kept inside the crop."""
    return np.clip(points + rng.normal(0.0, 1.0, points.shape) * np.asarray(spread), 0.0, 1.0)


def video_examples(
    annotations: Sequence[Annotation], search: VideoSearch, finder: "FaceFinder", size: int, margin: float
) -> Iterator[ClickExample]:
    """Clicked frames of annotated videos: the face at the click, and the click on it.

    Clicks that miss the crop of the nearest face are left out, and so are videos that cannot be read.

    Args:
        annotations: with clicks; search: where their videos are; finder: finds faces.
        size, margin: of the crops, as the model wants them.
    """
    if not any(a.video in search.found for a in annotations):
        raise BadRequest("None of the annotated videos is there; train on simulated forgeries instead.")
    for annotation in annotations:
        path = search.found.get(annotation.video)
        if path is None or not annotation.clicks:
            continue
        try:
            for click, frame in clicked_frames(path, annotation.clicks):
                found = face_crop(finder, frame, size, margin, (click.x, click.y))
                if found is None:
                    continue
                height, width = frame.pixels.shape[:2]
                x, y = (to_crop([(click.x * width, click.y * height)], found[0])[0] / size).tolist()
                if 0 <= x <= 1 and 0 <= y <= 1:
                    low = (1 - 1 / margin) / 2  # the crop is the face extent's square, enlarged
                    yield ClickExample(found[0].pixels, (x, y), annotation.id, (low, low, 1 - low, 1 - low))
        except UnreadableMedia:
            continue
