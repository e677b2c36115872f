"""Scores mean what they say; words keep the promised false alarms."""

import json

import numpy as np
import pytest

from kfd.calibration import Calibration, expected_calibration_error, fit_calibration, word_shares


def _margins(rng: np.random.Generator, n: int, gain: float = 4.0) -> tuple[np.ndarray, np.ndarray]:
    """True log-odds times a gain: an overconfident detector."""
    fake = rng.random(n) < 0.5
    log_odds = np.where(fake, 1.0, -1.0) * 2.0 + 2.0 * rng.standard_normal(n)  # equal-variance normals: odds = 1.0 * x
    return gain * log_odds + 3.0, fake


def test_fit_recovers_temperature_and_bias_and_lowers_the_error() -> None:
    rng = np.random.default_rng(0)
    margins, fake = _margins(rng, 4000)
    held_back, truth = _margins(rng, 4000)
    fitted = fit_calibration(margins, fake)
    assert fitted.temperature == pytest.approx(4.0, rel=0.15)
    assert fitted.bias == pytest.approx(-0.75, abs=0.15)
    before = expected_calibration_error(Calibration().score(held_back), truth)
    after = expected_calibration_error(fitted.score(held_back), truth)
    assert after < 0.03 < before


def test_false_alarms_on_held_back_photos_stay_within_the_promise() -> None:
    shares = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        fitted = fit_calibration(*_margins(rng, 400))
        shares.append(word_shares(fitted, *_margins(rng, 2000)))
    called = [s["real"]["strong support"] + s["real"]["some support"] for s in shares]
    strong = [s["real"]["strong support"] for s in shares]
    missed = [s["fake"]["little support"] for s in shares]
    assert np.mean(called) <= 0.055
    assert np.mean(strong) <= 0.015
    assert np.mean(missed) <= 0.11
    assert np.mean(called) > 0.03  # not bought by never calling anything


def test_words_at_their_thresholds() -> None:
    c = Calibration(strong=0.9, some=0.6, little=0.2)
    cases = [(0.9, "strong support"), (0.89, "some support"), (0.6, "some support"), (0.59, "inconclusive")]
    cases += [(0.21, "inconclusive"), (0.2, "little support"), (0.0, "little support"), (1.0, "strong support")]
    assert [c.word(s) for s, _ in cases] == [w for _, w in cases]


def test_a_perfect_detector_keeps_sensible_thresholds() -> None:
    fitted = fit_calibration(np.r_[-np.ones(50), np.ones(50)] * 8, np.r_[np.zeros(50), np.ones(50)])
    assert fitted.some >= 0.5
    assert fitted.strong >= 0.8
    assert 0 < fitted.little <= 0.3
    assert fitted.word(float(fitted.score(8.0))) == "strong support"


def test_calibration_error_of_known_cases_and_json() -> None:
    assert expected_calibration_error([0.25] * 8, [1, 0, 0, 0] * 2, bins=1) == pytest.approx(0.0)
    assert expected_calibration_error([0.9] * 4, [0, 0, 0, 0], bins=1) == pytest.approx(0.9)
    c = Calibration(2.0, 0.5, 0.95, 0.7, 0.1, 0.4, (10, 20))
    assert Calibration.from_dict(json.loads(json.dumps(c.to_dict()))) == c


@pytest.mark.parametrize(("margins", "fake"), [([1.0, 2.0], [1, 1]), ([1.0], [1, 0]), ([], [])])
def test_one_class_or_no_data_is_refused(margins: list[float], fake: list[int]) -> None:
    with pytest.raises(ValueError, match="both classes"):
        fit_calibration(margins, fake)


def test_thresholds_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="little < some <= strong"):
        Calibration(some=0.2, little=0.3)


def test_the_map_keeps_its_order_and_ends_and_its_middle_becomes_a_half():
    raw = np.linspace(0, 1, 101, dtype=np.float32)
    shifted = Calibration(map_middle=0.4).map(raw)
    assert shifted[0] == 0
    assert shifted[-1] == 1
    assert shifted[40] == pytest.approx(0.5, abs=1e-6)
    assert np.all(np.diff(shifted) > 0)
    odds = np.log(shifted[1:-1] / (1 - shifted[1:-1])) - np.log(raw[1:-1] / (1 - raw[1:-1]))
    assert odds == pytest.approx(np.full(99, np.log(0.6 / 0.4)), abs=1e-3)
    assert np.array_equal(Calibration().map(raw), raw)
    with pytest.raises(ValueError, match="map_middle"):
        Calibration(map_middle=0.0)
