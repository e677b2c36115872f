"""Calibration: ECE on the half of validation that nothing was fitted on, real deepfakes apart, risk against coverage.

Has no items of its own: it reads those of the detector and of the real deepfakes.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from evaluation import metrics
from evaluation.results import Bar, Figures, Item

PART = "calibration"
BINS = 15
PICTURE = "calibration.png"
WORD_ORDER = ("strong support", "some support", "inconclusive", "little support")


def figures(detector: Sequence[Item], deepfakes: Sequence[Item]) -> Figures:
    """Calibration of the simulated pairs' two halves and of the frames of real deepfakes.

    Pairs are balanced: as many real as forged crops, so P(fake) is calibrated for even odds.
    """
    pairs = [i for i in detector if i["kind"] in ("whole", "region")]
    groups = {
        "measure": [i for i in pairs if i["half"] == "measure"],
        "fit": [i for i in pairs if i["half"] == "fit"],
        "deepfake_frames": [i for i in deepfakes if i["score"] is not None and i["source"] != "stylegan2"],
    }
    return {name: _one(items) for name, items in groups.items() if items}


def _one(items: Sequence[Item]) -> Figures:
    assessed = [i for i in items if i["score"] is not None]
    labels = [int(i["label"] == "fake") for i in assessed]
    scores = [i["score"] for i in assessed]
    raw = 1.0 / (1.0 + np.exp(-np.asarray([i["logit"] for i in assessed], dtype=np.float64)))
    coverage, risk = metrics.risk_coverage(labels, scores)
    at = {str(c): _risk_at(coverage, risk, c) for c in (0.5, 0.7, 0.8, 0.9, 1.0)}
    return {
        "items": len(assessed),
        "ece": metrics.ece(labels, scores, BINS),
        "ece_of_perfect": metrics.ece_of_perfect(scores, BINS) if scores else None,
        "ece_before_calibration": metrics.ece(labels, raw, BINS),
        "area_under_risk": metrics.area_under_risk(labels, scores),
        "risk_at_coverage": at,
        "words": _words(assessed),
        "reliability": [[b.low, b.high, b.count, b.mean_score, b.share_fake] for b in _bins(labels, scores)],
        "curve": _thinned(coverage, risk),
    }


def _bins(labels: Sequence[int], scores: Sequence[float]) -> list[metrics.ReliabilityBin]:
    return metrics.reliability(labels, scores, BINS)


def _risk_at(coverage: metrics.Floats, risk: metrics.Floats, wanted: float) -> float | None:
    """Error share once at least this share of the items is answered."""
    reached = np.nonzero(coverage >= wanted - 1e-9)[0]
    return float(risk[reached[0]]) if reached.size else None


def _thinned(coverage: metrics.Floats, risk: metrics.Floats, points: int = 100) -> list[list[float]]:
    keep = np.unique(np.linspace(0, coverage.size - 1, min(points, coverage.size)).astype(int)) if coverage.size else []
    return [[float(coverage[k]), float(risk[k])] for k in keep]


def _words(items: Sequence[Item]) -> Figures:
    """How many items got each evidence word, and which share of them was fake."""
    table = {}
    for word in WORD_ORDER:
        chosen = [i for i in items if i["word"] == word]
        fakes = sum(i["label"] == "fake" for i in chosen)
        table[word] = {"items": len(chosen), "share_fake": fakes / len(chosen) if chosen else None}
    return table


def bars(found: Figures) -> list[Bar]:
    """The promise on calibration."""
    value = found["measure"]["ece"] if "measure" in found else None
    return [Bar(PART, "ECE (15 bins), half not used for fitting", value, 0.05, "<=")]


def draw(found: Figures, path: Path) -> None:
    """Reliability diagram and risk-coverage curve of each group, side by side, as a picture."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    titles = {"measure": "validation, held half", "fit": "validation, fitted half", "deepfake_frames": "real deepfakes"}
    figure = Figure(figsize=(10, 4.5), layout="constrained")
    FigureCanvasAgg(figure)
    left, right = figure.subplots(1, 2)
    left.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    for name, one in found.items():
        bins = one["reliability"]
        label = f"{titles[name]}: ECE {one['ece']:.3f}"
        left.plot([b[3] for b in bins], [b[4] for b in bins], marker="o", markersize=4, label=label)
        right.plot([c for c, _ in one["curve"]], [r for _, r in one["curve"]], label=titles[name])
    left.set(xlabel="mean score of the bin", ylabel="share of fakes in the bin", title="Reliability", aspect="equal")
    right.set(xlabel="coverage: share answered, surest first", ylabel="risk: share wrong", title="Risk and coverage")
    right.set_ylim(bottom=0)
    for axes in (left, right):
        axes.grid(alpha=0.3)
        axes.legend(fontsize=8)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=120)
