"""From logits to a probability that means what it says, and from the probability to one of the evidence words."""

from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize

from media.records import EvidenceWord


@dataclass(frozen=True)
class Calibration:
    """Temperature, bias and thresholds, fitted on one half of the validation set.

    The calibrated score is sigmoid(margin / temperature + bias) with margin = logit fake - logit real.

    Attributes:
        strong, some: scores from which a crop has strong or some support for manipulation.
        little: scores up to this have little support; between little and some it is inconclusive.
        region: mean of the calibrated map from which a region is named.
        fitted_on: how many real and forged crops; (0, 0) = not fitted.
        map_middle: value of the raw forgery map that becomes 0.5 in the calibrated one.
    """

    temperature: float = 1.0
    bias: float = 0.0
    strong: float = 0.9
    some: float = 0.7
    little: float = 0.3
    region: float = 0.5
    fitted_on: tuple[int, int] = (0, 0)
    map_middle: float = 0.5

    def __post_init__(self) -> None:
        if not self.temperature > 0:
            raise ValueError(f"temperature must be positive, got {self.temperature}")
        if not 0 < self.map_middle < 1:
            raise ValueError(f"map_middle must lie between 0 and 1, got {self.map_middle}")
        if not 0 <= self.little < self.some <= self.strong <= 1:
            raise ValueError(f"need 0 <= little < some <= strong <= 1: {self.little}, {self.some}, {self.strong}")

    @property
    def fitted(self) -> bool:
        """Whether it was fitted on anything; if not, the score is the detector's own."""
        return min(self.fitted_on) > 0

    def score(self, margins: ArrayLike) -> NDArray[np.float64]:
        """Calibrated P(fake) of margins, any shape."""
        z = np.asarray(margins, dtype=np.float64) / self.temperature + self.bias
        return 0.5 * (1.0 + np.tanh(0.5 * z))

    def map(self, forgery_map: NDArray[np.float32]) -> NDArray[np.float32]:
        """The forgery map, any shape, with its log odds shifted so that `map_middle` becomes 0.5."""
        forged = forgery_map * np.float32(1.0 - self.map_middle)
        return forged / (forged + (np.float32(1.0) - forgery_map) * np.float32(self.map_middle))

    def word(self, score: float) -> EvidenceWord:
        """The evidence word of a calibrated score."""
        if score >= self.strong:
            return "strong support"
        if score >= self.some:
            return "some support"
        return "little support" if score <= self.little else "inconclusive"

    def to_dict(self) -> dict[str, Any]:
        """JSON-able dictionary."""
        return {**asdict(self), "fitted_on": list(self.fitted_on)}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Inverse of `to_dict`."""
        real, fake = data.get("fitted_on", (0, 0))
        return cls(**{**data, "fitted_on": (int(real), int(fake))})


def fit_calibration(
    margins: ArrayLike,
    fake: ArrayLike,
    false_alarms: float = 0.05,
    strong_false_alarms: float = 0.01,
    misses: float = 0.10,
    region: float = 0.5,
) -> Calibration:
    """Fit on held-back crops; use others to report how well it holds.

    Args:
        margins: (N,) logit fake - logit real.
        fake: (N,) True for forged crops.
        false_alarms: largest share of untouched crops that may be called manipulated (some or strong support).
        strong_false_alarms: the same for strong support.
        misses: largest share of forged crops that may be said to have little support.
        region: mean of the forgery map from which a region is named.
    """
    z, y = np.asarray(margins, np.float64), np.asarray(fake, bool)
    if z.shape != y.shape or z.ndim != 1 or not y.any() or y.all():
        raise ValueError(f"need margins and labels of both classes, got {z.shape}, {y.shape}, {int(y.sum())} fake")
    temperature, bias = _fit_platt(z, y)
    scores = Calibration(temperature, bias).score(z)
    real, forged = scores[~y], scores[y]
    some = min(max(0.5, _upper_limit(real, false_alarms)), 1.0)
    strong = min(max(some, 0.8, _upper_limit(real, strong_false_alarms)), 1.0)
    little = min(0.3, 1.0 - _upper_limit(1.0 - forged, misses))
    counts = (int((~y).sum()), int(y.sum()))
    return Calibration(temperature, bias, strong, some, max(little, 0.0), region, counts)


def _fit_platt(z: NDArray[np.float64], y: NDArray[np.bool_]) -> tuple[float, float]:
    """Temperature and bias of least cross-entropy, both classes weighing the same; steepness stays positive."""
    weights = np.where(y, 0.5 / y.sum(), 0.5 / (~y).sum())
    sign = np.where(y, 1.0, -1.0)

    def cross_entropy(parameters: NDArray[np.float64]) -> float:
        t = z * np.exp(-parameters[0]) + parameters[1]
        return float((weights * np.logaddexp(0.0, -sign * t)).sum() + 1e-4 * parameters[0] ** 2)

    start = np.array([np.log(max(z.std(), 1e-3)), 0.0])
    best = minimize(cross_entropy, start, method="Nelder-Mead", options={"maxiter": 2000, "xatol": 1e-6})
    return float(np.exp(best.x[0])), float(best.x[1])


def _upper_limit(scores: NDArray[np.float64], share: float) -> float:
    """A value that at most `share` of new scores of this kind reach, as the order statistics promise (conformal)."""
    n = len(scores)
    allowed = int(np.floor((n + 1) * share))  # scores that may lie at or above the limit
    if allowed < 1:
        return float(min(1.0, np.nextafter(scores.max(), 2.0)))
    return float(np.nextafter(np.sort(scores)[n - allowed], 2.0))


def expected_calibration_error(scores: ArrayLike, fake: ArrayLike, bins: int = 15) -> float:
    """Mean gap between score and share of fakes over bins of equal count, weighted by count."""
    p, y = np.asarray(scores, np.float64), np.asarray(fake, np.float64)
    parts = np.array_split(np.argsort(p, kind="stable"), min(bins, len(p)))
    return float(sum(len(i) / len(p) * abs(p[i].mean() - y[i].mean()) for i in parts))


def word_shares(calibration: Calibration, margins: ArrayLike, fake: ArrayLike) -> dict[str, dict[str, float]]:
    """Share of each evidence word among real and forged crops, for the model card."""
    scores, y = calibration.score(margins), np.asarray(fake, bool)
    words = np.array([calibration.word(float(s)) for s in scores])
    names: tuple[EvidenceWord, ...] = ("strong support", "some support", "inconclusive", "little support")
    return {
        kind: {n: float((words[rows] == n).mean()) if rows.any() else 0.0 for n in names}
        for kind, rows in (("real", ~y), ("fake", y))
    }
