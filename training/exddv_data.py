"""Annotated videos as the large models learn from them: rows with a video on this disk, their frames, their clicks."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from media.errors import BadRequest, UnreadableMedia
from media.open import sha256_of
from media.video import VideoReader
from retrieval.annotations import Annotation, Click, Split, VideoKey
from retrieval.exddv import read_exddv
from retrieval.videos import find_videos, real_annotations
from training.common import data_hash

MIDDLE = (0.5, 0.5)
"""Where a row without clicks is masked around, as the released LLaVA code does with originals. Were such rows shown
whole, the missing mask alone would tell them from forgeries."""
WHERE_FROM = (
    "ExDDV holds sentences and clicks only. Ask the owners of FaceForensics++, DeeperForensics-1.0, DFDC and BioDeepAV "
    "for the videos and put them below one folder, each as MANIPULATION/.../NAME.mp4, e.g. "
    "FaceForensics++/FaceSwap/c23/videos/033_097.mp4 (docs/exddv.md shows all four)."
)


@dataclass(frozen=True, eq=False)
class Shot:
    """A frame of a video: (H, W, 3) uint8 RGB, its position, and the click nearest in time, in [0, 1] of the frame."""

    pixels: NDArray[np.uint8]
    position: int
    point: tuple[float, float]


@dataclass(frozen=True)
class Rows:
    """Annotations whose videos are there, by split.

    Attributes:
        split: the rows. videos: where each is. missing: videos that are not there, each once.
        lost: rows of each split that are left out because of it. hash: of everything that is learnt from.
    """

    split: dict[Split, list[Annotation]]
    videos: dict[VideoKey, Path]
    missing: tuple[VideoKey, ...]
    lost: dict[Split, int]
    hash: str

    def description(self) -> dict[str, Any]:
        """What log and meta.json say of them."""
        reals = sum(a.label == "real" for a in self.split["train"])
        return {
            "rows": {name: len(rows) for name, rows in self.split.items()},
            "train_rows_of_originals": reals,
            "videos_missing": len(self.missing),
            "rows_left_out": self.lost,
            "hash": self.hash,
        }


def load_rows(csv: Path, videos: Path | None, originals: bool = True) -> Rows:
    """Rows of ExDDV whose videos are found.

    Args:
        csv: ExDDV.csv.
        videos: folder below which the videos are searched.
        originals: add the FaceForensics++ originals there as real rows, split 818 / 93 / 89 of 1,000, which the paper
            counts and the published file lacks.

    Raises:
        BadRequest: no folder of videos is named, or none of the videos is in it.
    """
    if videos is None:
        raise BadRequest(f"The annotated videos are needed: --videos FOLDER. {WHERE_FROM}")
    published, _ = read_exddv(csv)
    every = published + (real_annotations(videos) if originals else [])
    search = find_videos(every, videos)
    kept = [a for a in every if a.video in search.found]
    lost = Counter(a.split for a in every if a.video not in search.found)
    if not any(a.split in ("train", "test") and not a.simulated for a in kept):  # originals alone teach nothing
        raise BadRequest(f"None of the {len(search.missing)} annotated videos is below {videos}. {WHERE_FROM}")
    splits: tuple[Split, ...] = ("train", "val", "test")
    learnt = [f"{a.id} {a.text} {a.clicks}" for a in kept if a.split == "train"]
    return Rows(
        {name: [a for a in kept if a.split == name] for name in splits},
        search.found,
        search.missing,
        {name: lost[name] for name in splits},
        data_hash([*learnt, sha256_of(csv)]),
    )


def frame_positions(length: int, count: int) -> list[int]:
    """Positions of `count` equally spaced frames of a video of `length`: linspace(0, length - 1, count) cut to int."""
    return [int(p) for p in np.linspace(0, length - 1, count)]


def nearest_click(clicks: Sequence[Click], position: int, step: float) -> Click | None:
    """The click nearest in time to the frame at a position, the earlier of two; None when there is none.

    Args:
        clicks: their frames count from 0, or their times are in seconds.
        position: of the frame, from 0.
        step: seconds a frame.
    """

    def frame(click: Click) -> float:
        return click.frame if click.frame is not None else (click.time or 0.0) / step

    return min(clicks, key=lambda c: (abs(frame(c) - position), frame(c)), default=None)


def shots(path: Path, clicks: Sequence[Click], count: int) -> list[Shot]:
    """The equally spaced frames of a video, each with its temporally nearest click.

    A frame that damage took away is replaced by the nearest one that is there.

    Raises:
        UnreadableMedia: none of them can be decoded.
    """
    reader = VideoReader(path)
    wanted = frame_positions(len(reader), count)
    there = {shown.position: shown.frame.pixels for shown in reader.read(sorted(set(wanted)))}
    if not there:
        raise UnreadableMedia(f"No frame of {path.name} can be decoded.", str(path))
    found = []
    for position in wanted:
        use = min(there, key=lambda p: abs(p - position))
        click = nearest_click(clicks, use, reader.step)
        found.append(Shot(there[use], use, MIDDLE if click is None else (click.x, click.y)))
    return found


def row_stream(rows: int, seed: int, start: int) -> Iterator[int]:
    """Endless row numbers, one shuffled pass after the other, from the `start`-th on; it depends on the seed only."""
    epoch, inside = divmod(start, rows)
    while True:
        yield from np.random.default_rng([seed, epoch]).permutation(rows)[inside:].tolist()
        epoch, inside = epoch + 1, 0
