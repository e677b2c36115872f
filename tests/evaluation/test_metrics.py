import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as sk

from evaluation import metrics


def slow_auc(labels, scores):
    wins = [
        1.0 if a > b else 0.5 if a == b else 0.0
        for a, la in zip(scores, labels, strict=True)
        if la
        for b, lb in zip(scores, labels, strict=True)
        if not lb
    ]
    return sum(wins) / len(wins)


def slow_ece(labels, scores, bins):
    total = 0.0
    for b in range(bins):
        inside = [
            (y, s)
            for y, s in zip(labels, scores, strict=True)
            if b / bins <= s < (b + 1) / bins or (b == bins - 1 and s == 1.0)
        ]
        if inside:
            total += abs(sum(y for y, _ in inside) - sum(s for _, s in inside))
    return total / len(labels)


both_classes = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 8)), min_size=2, max_size=40).filter(
    lambda items: len({y for y, _ in items}) == 2
)


@given(both_classes)
@settings(max_examples=60, deadline=None)
def test_auc_and_ap_agree_with_slow_and_sklearn_under_ties(items):
    labels, scores = [y for y, _ in items], [s / 8 for _, s in items]
    assert metrics.auc(labels, scores) == pytest.approx(slow_auc(labels, scores))
    assert metrics.auc(labels, scores) == pytest.approx(sk.roc_auc_score(labels, scores))
    assert metrics.average_precision(labels, scores) == pytest.approx(sk.average_precision_score(labels, scores))


@given(both_classes)
@settings(max_examples=60, deadline=None)
def test_ece_agrees_with_slow(items):
    labels, scores = [y for y, _ in items], [s / 8 for _, s in items]
    assert metrics.ece(labels, scores, 15) == pytest.approx(slow_ece(labels, scores, 15))


def test_auc_known_values():
    assert metrics.auc([0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9]) == 1.0
    assert metrics.auc([0, 0, 1, 1], [0.9, 0.8, 0.2, 0.1]) == 0.0
    assert metrics.auc([0, 1], [0.5, 0.5]) == 0.5
    assert np.isnan(metrics.auc([1, 1], [0.5, 0.4]))


def test_auc_does_not_change_under_monotone_maps_and_turns_under_negation():
    rng = np.random.default_rng(0)
    labels, scores = rng.integers(0, 2, 200), rng.normal(size=200)
    assert metrics.auc(labels, np.exp(scores)) == pytest.approx(metrics.auc(labels, scores))
    assert metrics.auc(labels, -scores) == pytest.approx(1 - metrics.auc(labels, scores))


@pytest.mark.parametrize("scores", [[0.1, float("nan")], [0.1, float("inf")], [0.1]])
def test_bad_scores_are_refused(scores):
    with pytest.raises(ValueError, match="scores"):
        metrics.auc([0, 1], scores)


def test_ece_of_calibrated_scores_is_small_and_of_overconfident_large():
    rng = np.random.default_rng(1)
    p = rng.uniform(size=20000)
    y = (rng.uniform(size=p.size) < p).astype(int)
    assert metrics.ece(y, p) < 0.02
    assert metrics.ece(y, np.round(p)) > 0.2


def test_iou_counts_by_hand():
    a, b = np.zeros((4, 4), bool), np.zeros((4, 4), bool)
    a[:2], b[1:3] = True, True
    assert metrics.overlap(a, b) == (4, 12)
    assert metrics.iou(a, b) == pytest.approx(1 / 3)
    assert metrics.iou(np.zeros((2, 2), bool), np.zeros((2, 2), bool)) == 1.0
    assert metrics.iou(a, b) == pytest.approx(sk.jaccard_score(b.ravel(), a.ravel()))


def test_risk_coverage_by_hand():
    coverage, risk = metrics.risk_coverage([1, 0, 1, 0], [0.95, 0.1, 0.3, 0.45])
    assert coverage.tolist() == [0.25, 0.5, 0.75, 1.0]
    assert risk.tolist() == pytest.approx([0, 0, 1 / 3, 1 / 4])
    tied, _ = metrics.risk_coverage([1, 0], [0.9, 0.1])
    assert tied.tolist() == [1.0]


def test_area_under_risk_orders_good_and_bad_confidence():
    good = metrics.area_under_risk([1, 0, 1, 0], [0.95, 0.1, 0.4, 0.45])
    bad = metrics.area_under_risk([1, 0, 1, 0], [0.55, 0.45, 0.05, 0.45])
    assert good < bad


def test_count_sets_micro_f1():
    counts = metrics.count_sets([{"a", "b"}, set()], [{"a"}, {"c"}])
    assert (counts.tp, counts.fp, counts.fn) == (1, 1, 1)
    assert counts.f1 == pytest.approx(0.5)
    assert metrics.count_sets([set()], [set()]).f1 == 1.0


def test_bootstrap_resamples_whole_groups():
    labels = [0] * 20 + [1] * 20
    scores = list(np.linspace(0, 1, 20)) + list(np.linspace(0.2, 1.2, 20))
    one_video_a_class = metrics.bootstrap_by_group(
        labels, scores, ["r"] * 20 + ["f"] * 20, metrics.auc, np.random.default_rng(0), 50
    )
    assert one_video_a_class.low == one_video_a_class.high == pytest.approx(one_video_a_class.value)
    alone = metrics.bootstrap_by_group(
        labels, scores, [str(i) for i in range(40)], metrics.auc, np.random.default_rng(0), 300
    )
    assert alone.low < alone.value < alone.high
    assert alone.used == 300


def test_bootstrap_is_the_same_for_the_same_seed():
    args = ([0, 0, 1, 1], [0.1, 0.6, 0.5, 0.9], ["a", "b", "c", "d"], metrics.auc)
    assert metrics.bootstrap_by_group(*args, np.random.default_rng(3), 100) == metrics.bootstrap_by_group(
        *args, np.random.default_rng(3), 100
    )


def test_even_a_perfect_score_shows_some_calibration_error_that_shrinks_with_more_items():
    rng = np.random.default_rng(0)
    few, many = metrics.ece_of_perfect(rng.random(60), draws=50), metrics.ece_of_perfect(rng.random(6000), draws=20)
    assert 0.05 < few < 0.25
    assert many < 0.025
    assert metrics.ece_of_perfect([0.0, 1.0] * 20) == 0.0
