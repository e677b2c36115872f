"""What a click model must beat, and how exactly people click: baselines and spread, from annotations alone."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from media.errors import BadRequest
from retrieval.annotations import Annotation, Click, VideoKey

Points = NDArray[np.float64]
MEAN_RATE = 27.66
"""Frames a second, mean over the annotated videos (ExDDV, table of its videos); used where the video is not there."""


@dataclass(frozen=True)
class Baseline:
    """A prediction without a model: the point (x, y), of the frame or the face box, and its MAE in the frame."""

    name: str
    point: tuple[float, float]
    mae: float
    train_clicks: int
    test_clicks: int


@dataclass(frozen=True)
class Spread:
    """How far clicks of one annotator in one video within a window lie apart.

    Attributes:
        sd: standard deviation about the clicks' own mean, (x, y), pooled over groups with n - 1 each.
        robust: the same from the median distance of neighbours, which clicks on two separate places do not inflate.
        groups, clicks: how many went in.
        window_s, rate: seconds, and frames a second where a click has no time of its own.
    """

    sd: tuple[float, float]
    robust: tuple[float, float]
    groups: int
    clicks: int
    window_s: float
    rate: float


def points_of(annotations: Sequence[Annotation], split: str | None = None) -> Points:
    """All clicks (N, 2) of the annotations, of one split when named."""
    rows = [(c.x, c.y) for a in annotations if split is None or a.split == split for c in a.clicks]
    return np.array(rows, dtype=np.float64).reshape(-1, 2)


def mae(predicted: ArrayLike, clicks: Points) -> float:
    """Mean absolute error over both coordinates; `predicted` (2,) or (N, 2)."""
    return float(np.abs(clicks - np.asarray(predicted, dtype=np.float64)).mean())


def constant_baseline(train: Points, test: Points) -> Baseline:
    """Always the median of the training clicks, which is what minimises the MAE."""
    _needed(train, test)
    point = np.median(train, axis=0)
    return Baseline("constant", (float(point[0]), float(point[1])), mae(point, test), len(train), len(test))


def mean_face_baseline(train: Points, train_boxes: ArrayLike, test: Points, test_boxes: ArrayLike) -> Baseline:
    """Always the same place of the face: the median training click in the face box's coordinates.

    Args:
        train, test: clicks (N, 2), (M, 2) in [0, 1] of the frame.
        train_boxes, test_boxes: (N, 4), (M, 4) face boxes (x0, y0, x1, y1) in [0, 1] of the same frames.
    """
    _needed(train, test)
    boxes, others = (np.asarray(b, dtype=np.float64).reshape(-1, 4) for b in (train_boxes, test_boxes))
    if len(boxes) != len(train) or len(others) != len(test):
        raise BadRequest("The mean-face baseline needs one face box for each click.")
    place = np.median((train - boxes[:, :2]) / (boxes[:, 2:] - boxes[:, :2]), axis=0)
    predicted = others[:, :2] + place * (others[:, 2:] - others[:, :2])
    return Baseline("mean face", (float(place[0]), float(place[1])), mae(predicted, test), len(train), len(test))


def _needed(train: Points, test: Points) -> None:
    if not len(train) or not len(test):
        raise BadRequest("Click baselines need clicks in the training and in the test split.")


def click_spread(
    annotations: Sequence[Annotation],
    window_s: float = 2.0,
    rate: float = MEAN_RATE,
    rates: dict[VideoKey, float] | None = None,
) -> Spread:
    """Spread of the clicks that one annotator made in one video within a window.

    Groups are cut in order of time: a group takes clicks until `window_s` after its first one. Groups of one click say
    nothing and are left out.

    Args:
        annotations: with clicks.
        window_s: length of a group in seconds.
        rate: frames a second of videos that are not in `rates`.
        rates: exact frame rates by video, when the videos are there.
    """
    by_person: dict[tuple[str, VideoKey], list[tuple[float, Click]]] = defaultdict(list)
    for a in annotations:
        own = (rates or {}).get(a.video, rate)
        for click in a.clicks:
            seconds = click.time if click.time is not None else (click.frame or 0) / own
            by_person[a.annotator, a.video].append((seconds, click))
    groups = [g for timed in by_person.values() for g in _groups(timed, window_s) if len(g) > 1]
    if not groups:
        raise BadRequest(f"No annotator clicked twice within {window_s:g} s; a spread cannot be measured.")
    squares = np.sum([((g - g.mean(0)) ** 2).sum(0) for g in groups], axis=0)
    free = sum(len(g) - 1 for g in groups)
    sd = np.sqrt(squares / free)
    steps = np.concatenate([np.abs(np.diff(g, axis=0)) for g in groups])
    robust = np.median(steps, axis=0) / (0.6745 * np.sqrt(2))  # the median of |a - b| for two draws of one normal
    pairs = [(float(v[0]), float(v[1])) for v in (sd, robust)]
    return Spread(pairs[0], pairs[1], len(groups), sum(map(len, groups)), window_s, rate)


def _groups(timed: list[tuple[float, Click]], window_s: float) -> list[Points]:
    found: list[list[tuple[float, float]]] = []
    start = -np.inf
    for seconds, click in sorted(timed, key=lambda row: row[0]):
        if seconds - start > window_s:
            found.append([])
            start = seconds
        found[-1].append((click.x, click.y))
    return [np.array(g) for g in found]
