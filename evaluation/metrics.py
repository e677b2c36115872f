"""Metrics in plain numpy: AUC, AP, IoU, ECE, risk-coverage, F1 and a bootstrap interval that resamples videos.

Labels are 1 for fake and 0 for real; scores are P(fake) or any number that grows with it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Statistic = Callable[[NDArray[np.int64], Floats], float]


def _pair(labels: ArrayLike, scores: ArrayLike) -> tuple[NDArray[np.int64], Floats]:
    y = np.asarray(labels, dtype=np.int64).ravel()
    s = np.asarray(scores, dtype=np.float64).ravel()
    if y.shape != s.shape:
        raise ValueError(f"{y.size} labels but {s.size} scores")
    if y.size and not np.isin(y, (0, 1)).all():
        raise ValueError("labels must be 0 (real) or 1 (fake)")
    if not np.isfinite(s).all():
        raise ValueError("scores must be finite: leave out what was not assessed and count it")
    return y, s


def auc(labels: ArrayLike, scores: ArrayLike) -> float:
    """Area under the ROC curve by mid-ranks: a tie counts one half. NaN when one class is missing."""
    y, s = _pair(labels, scores)
    fakes, reals = int(y.sum()), int((1 - y).sum())
    if fakes == 0 or reals == 0:
        return float("nan")
    _, inverse, counts = np.unique(s, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    mid_rank = last - (counts - 1) / 2.0
    rank_sum = float(mid_rank[inverse][y == 1].sum())
    return (rank_sum - fakes * (fakes + 1) / 2.0) / (fakes * reals)


def average_precision(labels: ArrayLike, scores: ArrayLike) -> float:
    """Sum of precision times the step in recall; equal scores enter together. NaN without fakes."""
    y, s = _pair(labels, scores)
    if y.sum() == 0:
        return float("nan")
    order = np.argsort(-s, kind="stable")
    y, s = y[order], s[order]
    ends = np.append(np.nonzero(np.diff(s))[0], y.size - 1)
    hits = np.cumsum(y)[ends]
    precision = hits / (ends + 1.0)
    recall = hits / y.sum()
    return float(np.sum(np.diff(recall, prepend=0.0) * precision))


def overlap(guess: NDArray[np.bool_], truth: NDArray[np.bool_]) -> tuple[int, int]:
    """Pixels in both masks and pixels in either: what `iou_of` needs, small enough to save per item."""
    if guess.shape != truth.shape:
        raise ValueError(f"masks differ in shape: {guess.shape} and {truth.shape}")
    return int(np.count_nonzero(guess & truth)), int(np.count_nonzero(guess | truth))


def iou_of(intersection: float, union: float) -> float:
    """Intersection over union; two empty masks agree fully."""
    return 1.0 if union == 0 else float(intersection) / float(union)


def iou(guess: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    """Intersection over union of two boolean masks of one shape."""
    return iou_of(*overlap(guess, truth))


@dataclass(frozen=True)
class ReliabilityBin:
    """One bin of the score: its edges, how many items fell in, their mean score and their share of fakes."""

    low: float
    high: float
    count: int
    mean_score: float
    share_fake: float


def reliability(labels: ArrayLike, scores: ArrayLike, bins: int = 15) -> list[ReliabilityBin]:
    """Equal-width bins of P(fake) over [0, 1]; empty bins are left out. A score of 1 falls into the last bin."""
    y, s = _pair(labels, scores)
    if s.size and (s.min() < 0 or s.max() > 1):
        raise ValueError("reliability needs probabilities in [0, 1]")
    place = np.minimum((s * bins).astype(np.int64), bins - 1)
    table = []
    for b in range(bins):
        inside = place == b
        if inside.any():
            values = (b / bins, (b + 1) / bins, int(inside.sum()), float(s[inside].mean()), float(y[inside].mean()))
            table.append(ReliabilityBin(*values))
    return table


def ece(labels: ArrayLike, scores: ArrayLike, bins: int = 15) -> float:
    """Expected calibration error of P(fake): mean |share of fakes - mean score| over bins, weighted by count."""
    table = reliability(labels, scores, bins)
    total = sum(b.count for b in table)
    if total == 0:
        return float("nan")
    return sum(b.count * abs(b.share_fake - b.mean_score) for b in table) / total


def ece_of_perfect(scores: ArrayLike, bins: int = 15, draws: int = 200, seed: int = 0) -> float:
    """Mean ECE that a perfectly calibrated score of these values shows by chance: labels drawn from the scores."""
    p, rng = np.asarray(scores, np.float64), np.random.default_rng(seed)
    return float(np.mean([ece((rng.random(len(p)) < p).astype(int), p, bins) for _ in range(draws)]))


def risk_coverage(labels: ArrayLike, scores: ArrayLike) -> tuple[Floats, Floats]:
    """Error share among the surest items, as more and more are answered.

    Sureness is |score - 0.5|, the answer is fake above 0.5. Items of equal sureness enter together.

    Returns:
        coverage (n,), rising to 1, and risk (n,) at that coverage.
    """
    y, s = _pair(labels, scores)
    if y.size == 0:
        return np.zeros(0), np.zeros(0)
    sureness = np.abs(s - 0.5)
    order = np.argsort(-sureness, kind="stable")
    wrong = ((s > 0.5).astype(np.int64) != y).astype(np.float64)[order]
    ends = np.append(np.nonzero(np.diff(sureness[order]))[0], y.size - 1)
    return (ends + 1.0) / y.size, np.cumsum(wrong)[ends] / (ends + 1.0)


def area_under_risk(labels: ArrayLike, scores: ArrayLike) -> float:
    """Mean risk over coverage (AURC) by the step rule; smaller is better."""
    coverage, risk = risk_coverage(labels, scores)
    return float(np.sum(np.diff(coverage, prepend=0.0) * risk)) if coverage.size else float("nan")


@dataclass(frozen=True)
class Counts:
    """True positives, false positives, false negatives of named sets, summed over items."""

    tp: int
    fp: int
    fn: int

    @property
    def f1(self) -> float:
        """2 tp / (2 tp + fp + fn); 1 when nothing was there and nothing was named."""
        total = 2 * self.tp + self.fp + self.fn
        return 1.0 if total == 0 else 2.0 * self.tp / total


def count_sets(guesses: Iterable[Iterable[str]], truths: Iterable[Iterable[str]]) -> Counts:
    """Compare sets of names item by item and sum the counts (micro average)."""
    tp = fp = fn = 0
    for guess, truth in zip(guesses, truths, strict=True):
        g, t = set(guess), set(truth)
        tp, fp, fn = tp + len(g & t), fp + len(g - t), fn + len(t - g)
    return Counts(tp, fp, fn)


@dataclass(frozen=True)
class Interval:
    """A statistic with its bootstrap interval; used says how many resamples gave a finite value."""

    value: float
    low: float
    high: float
    used: int


def bootstrap_by_group(
    labels: ArrayLike,
    scores: ArrayLike,
    groups: Sequence[str],
    statistic: Statistic,
    rng: np.random.Generator,
    rounds: int = 1000,
    level: float = 0.95,
) -> Interval:
    """Percentile interval that resamples whole groups (videos), fakes and reals each among themselves.

    Args:
        groups: the group of each item; items of one group are never torn apart.
        statistic: a function of (labels, scores), e.g. `auc`.
    """
    y, s = _pair(labels, scores)
    members: dict[tuple[int, str], list[int]] = {}
    for index, group in enumerate(groups):
        members.setdefault((int(y[index]), group), []).append(index)
    by_class = [[np.asarray(v) for (c, _), v in members.items() if c == label] for label in (0, 1)]
    values = []
    for _ in range(rounds):
        drawn = [g[i] for g in by_class if g for i in rng.integers(0, len(g), len(g))]
        take = np.concatenate(drawn) if drawn else np.zeros(0, dtype=np.int64)
        value = statistic(y[take], s[take])
        if np.isfinite(value):
            values.append(value)
    point = statistic(y, s)
    if not values:
        return Interval(point, float("nan"), float("nan"), 0)
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    return Interval(point, float(low), float(high), len(values))
