"""How far two people agree who annotated the same videos: in words, in place and in time.

The paper (arXiv 2503.14421) gives the share of click pairs within windows of frames and pixels, not how clicks are
paired. Here every click of either person looks for its nearest counterpart among the other's clicks on that video:
temporal = one within the frames, spatial = one within the pixels, joint = one within both at once. Pixels are the
video's own; where its size is not known, those of a frame of 1280 x 720 at 25 frames a second.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from media.errors import ForgeryAssistantError
from media.video import probe
from retrieval.annotations import Annotation, Click, VideoKey, read_jsonl
from retrieval.encoders import Encoder
from retrieval.exddv import read_exddv

WINDOWS: tuple[tuple[int, int], ...] = ((30, 50), (60, 75), (120, 100))
"""Published windows: frames, pixels."""
PUBLISHED_SHARES = ((0.5470, 0.7960, 0.3510), (0.6614, 0.8969, 0.5382), (0.8454, 0.9394, 0.7587))
"""Published shares (temporal, spatial, joint) in the order of `WINDOWS`, of 100 videos."""
PUBLISHED_SENTENCE = 0.6238
Scorer = Callable[[Sequence[str], Sequence[str]], float]
"""Mean score of texts against those of the other person, pair by pair."""


@dataclass(frozen=True)
class Facts:
    """Width and height in pixels, frames a second."""

    width: int = 1280
    height: int = 720
    rate: float = 25.0


@dataclass(frozen=True)
class WindowShare:
    """Shares in [0, 1] of clicks with a counterpart within `frames`, within `pixels`, and within both."""

    frames: int
    pixels: int
    temporal: float
    spatial: float
    joint: float


@dataclass(frozen=True)
class PairAgreement:
    """Two annotators on the videos that both annotated.

    Attributes:
        annotators: in alphabetical order.
        videos: how many both annotated; clicked: those of them on which both clicked.
        clicks: of both on the clicked videos.
        text: scores by name, see `agreement`.
        windows: empty when there is no video on which both clicked.
        same_difficulty: share of videos with the same difficulty, where both gave one.
        nominal: videos whose size was not known.
    """

    annotators: tuple[str, str]
    videos: int
    clicked: int
    clicks: int
    text: dict[str, float]
    windows: tuple[WindowShare, ...]
    same_difficulty: float | None
    nominal: int


def agreement(
    annotations: Sequence[Annotation],
    scorers: Mapping[str, Scorer] | None = None,
    facts: Mapping[VideoKey, Facts] | None = None,
) -> list[PairAgreement]:
    """Agreement of every two annotators with a common video; most common videos first.

    Args:
        annotations: of any source; when someone annotated a video twice, the first counts.
        scorers: further text scores; always there are `regions` and `kinds`, the mean Jaccard index of the places and
            of the artifact kinds named.
        facts: sizes and rates of videos.
    """
    by_person: dict[str, dict[VideoKey, Annotation]] = {}
    for a in annotations:
        by_person.setdefault(a.annotator, {}).setdefault(a.video, a)
    found = []
    for one, other in combinations(sorted(by_person), 2):
        common = sorted(by_person[one].keys() & by_person[other].keys())
        if common:
            pairs = [(by_person[one][key], by_person[other][key]) for key in common]
            found.append(_pair((one, other), pairs, scorers or {}, facts or {}))
    return sorted(found, key=lambda p: (-p.videos, p.annotators))


def read_annotations(path: Path) -> list[Annotation]:
    """Annotations of a CSV in ExDDV's form, or of our own JSONL."""
    return read_exddv(path)[0] if path.suffix.lower() == ".csv" else read_jsonl(path)


def video_facts(places: Mapping[VideoKey, Path]) -> dict[VideoKey, Facts]:
    """Sizes and rates of the videos that can be read."""
    facts = {}
    for key, path in places.items():
        try:
            info = probe(path)
        except ForgeryAssistantError:
            continue
        facts[key] = Facts(info.width, info.height, info.rate)
    return facts


def sentence_scorer(encoder: Encoder) -> Scorer:
    """Mean cosine of sentence vectors (Sentence-BERT)."""

    def score(ones: Sequence[str], others: Sequence[str]) -> float:
        return float((encoder.encode(list(ones)) * encoder.encode(list(others))).sum(1).mean())

    return score


def _pair(
    names: tuple[str, str],
    pairs: Sequence[tuple[Annotation, Annotation]],
    scorers: Mapping[str, Scorer],
    facts: Mapping[VideoKey, Facts],
) -> PairAgreement:
    texts = [a.text for a, _ in pairs], [b.text for _, b in pairs]
    clicked = [(a, b) for a, b in pairs if a.clicks and b.clicks]
    gaps = [_gaps(a.clicks, b.clicks, facts.get(a.video, Facts())) for a, b in clicked]
    levels = [(a.difficulty, b.difficulty) for a, b in pairs if a.difficulty and b.difficulty]
    return PairAgreement(
        annotators=names,
        videos=len(pairs),
        clicked=len(clicked),
        clicks=sum(len(a.clicks) + len(b.clicks) for a, b in clicked),
        text={
            **{name: score(*texts) for name, score in scorers.items()},
            "regions": float(np.mean([_jaccard(a.regions, b.regions) for a, b in pairs])),
            "kinds": float(np.mean([_jaccard(a.kinds, b.kinds) for a, b in pairs])),
        },
        windows=tuple(_share(gaps, *window) for window in WINDOWS) if gaps else (),
        same_difficulty=float(np.mean([a == b for a, b in levels])) if levels else None,
        nominal=sum(a.video not in facts for a, _ in pairs),
    )


def _gaps(ones: Sequence[Click], others: Sequence[Click], facts: Facts) -> tuple[NDArray[Any], NDArray[Any]]:
    """Frames and pixels between every two clicks, each (A, B)."""
    a, b = _points(ones, facts)[:, None], _points(others, facts)[None]
    return np.abs(a[..., 0] - b[..., 0]), np.hypot(a[..., 1] - b[..., 1], a[..., 2] - b[..., 2])


def _points(clicks: Sequence[Click], facts: Facts) -> NDArray[np.float64]:
    """(N, 3): frame, x and y in pixels."""
    frames = [c.frame if c.frame is not None else (c.time or 0.0) * facts.rate for c in clicks]
    return np.array(
        [(f, c.x * facts.width, c.y * facts.height) for f, c in zip(frames, clicks, strict=True)], np.float64
    )


def _share(gaps: Sequence[tuple[NDArray[Any], NDArray[Any]]], frames: int, pixels: int) -> WindowShare:
    near = [(t <= frames, d <= pixels) for t, d in gaps]

    def share(kind: Callable[[Any, Any], NDArray[np.bool_]]) -> float:
        met = [np.concatenate([m.any(1), m.any(0)]) for m in (kind(t, d) for t, d in near)]
        return float(np.concatenate(met).mean())

    return WindowShare(frames, pixels, share(lambda t, _: t), share(lambda _, d: d), share(lambda t, d: t & d))


def _jaccard(one: Sequence[str], other: Sequence[str]) -> float:
    together = set(one) | set(other)
    return len(set(one) & set(other)) / len(together) if together else 1.0
