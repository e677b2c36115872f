"""Thresholds and noise of the question reader, against counts made by hand."""

import numpy as np
import pytest

from simulation.dialogue.questions import EVAL_FAMILIES, INTENTS
from training.question_reader import draw_questions, left_out, noise_table, thresholds_for

LABELS = np.array(["where"] * 4 + ["why"] * 4)
NAMED = np.array(["where", "where", "why", "where", "why", "why", "where", "why"])
SURE = np.array([0.9, 0.5, 0.4, 0.8, 0.9, 0.3, 0.6, 0.7], np.float32)


def test_each_intent_gets_the_lowest_threshold_that_keeps_its_accuracy() -> None:
    limits = thresholds_for(LABELS, NAMED, SURE, 0.99)
    assert 0.6 < limits["where"] <= 0.8  # the wrong "where" had 0.6
    assert 0.4 < limits["why"] <= 0.7
    assert thresholds_for(LABELS, NAMED, SURE, 0.5) == {"where": 0.2, "why": 0.2}
    assert thresholds_for(LABELS[:1], NAMED[6:7], SURE[6:7], 0.9)["where"] == 0.2
    assert thresholds_for(LABELS[4:5], NAMED[:1], SURE[:1], 0.9)["why"] == 0.9  # never named


def test_noise_counts_what_was_named_and_what_was_not() -> None:
    table = noise_table(LABELS, NAMED, SURE >= 0.55)
    assert table["where"] == {"": 0.5, "where": 0.5}
    assert table["why"] == pytest.approx({"": 0.25, "where": 0.25, "why": 0.5})


def test_questions_come_from_training_families_of_every_intent() -> None:
    rows = draw_questions(np.random.default_rng(0), 4)
    assert {intent for _, intent, _ in rows} == set(INTENTS)
    assert not {f"{intent}/{family}" for _, intent, family in rows} & set(EVAL_FAMILIES)


def test_left_out_families_are_predicted_by_models_that_did_not_see_them() -> None:
    """A family whose vectors lie on the wrong side is always misread; a model that saw it would read it."""
    rng = np.random.default_rng(0)
    labels = np.repeat(["a", "b", "c"], 40)
    vectors = rng.normal(0, 0.1, (120, 3)).astype(np.float32)
    vectors[:, 0] += np.select([labels == "a", labels == "b"], [1.0, -1.0])
    vectors[labels == "c", 1] += 2.0
    vectors[:, 2] = 0.0
    odd = slice(0, 5)
    vectors[odd, 0], vectors[odd, 2] = -1.0, 3.0  # only these show what makes them "a"
    groups = np.array([f"{label}/{i // 5}" for i, label in enumerate(labels)])
    named, _ = left_out(vectors, labels, groups)
    assert (named[odd] == "b").all()
    assert (named[5:] == labels[5:]).mean() > 0.9
