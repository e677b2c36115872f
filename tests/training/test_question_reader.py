"""Thresholds and noise of the question reader, against counts made by hand."""

import numpy as np
import pytest
import torch

from simulation.dialogue.questions import EVAL_FAMILIES, INTENTS
from training.question_reader import (
    draw_questions,
    fit,
    left_out,
    noise_table,
    reading_figures,
    some_of_each,
    thresholds_for,
    told_of,
)
from training.topic_gate import FOLDS, REFUSED, fit_gate, folds_of

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


def test_noise_counts_what_was_told() -> None:
    told = ["where", "", "?why|where", "where", "why", "", "where", "why"]
    table = noise_table(LABELS, told)
    assert table["where"] == {"": 0.25, "?why|where": 0.25, "where": 0.5}
    assert table["why"] == pytest.approx({"": 0.25, "where": 0.25, "why": 0.5})


def test_what_is_told_follows_thresholds_and_the_gate() -> None:
    intents, limits = ("offtopic", "where", "why"), {"offtopic": 0.6, "where": 0.5, "why": 0.9}
    chances = np.array(
        [[0.1, 0.7, 0.2], [0.1, 0.3, 0.6], [0.02, 0.49, 0.49], [0.7, 0.2, 0.1], [0.1, 0.7, 0.2]], np.float32
    )
    refused = np.array([False, False, False, True, True])
    told = told_of(chances, intents, limits, refused)
    assert told == ["where", "?why|where", "?where|why", "offtopic", "offtopic"]
    found = reading_figures(
        np.array(["where", "where", "where", "offtopic", "why"]), told, np.array([False] * 3 + [True, False])
    )
    assert found == pytest.approx({
        "named": 0.6, "right_when_named": 2 / 3, "among_the_likely_when_not": 1.0, "off_topic_named": 1.0,
        "answered_taken_for_off_topic": 0.25,
    }, abs=1e-4)  # fmt: skip


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
    families = {g: i % FOLDS for i, g in enumerate(sorted(set(groups.tolist())))}
    fold = np.array([families[g] for g in groups.tolist()])
    chances, intents = left_out(vectors, labels, fold, torch.Generator().manual_seed(0))
    assert chances.sum(1) == pytest.approx(np.ones(120), abs=1e-4)
    named = np.array(intents)[chances.argmax(1)]
    assert (named[odd] == "b").all()
    assert (named[5:] == labels[5:]).mean() > 0.9


def test_the_gate_refuses_subjects_it_never_met() -> None:
    """Two clouds of sentences and strange words: nearly all of the other cloud is refused, few of the own one."""
    rng = np.random.default_rng(1)
    off = np.repeat([False, True], 120)
    vectors = rng.normal(0, 0.25, (240, 6)).astype(np.float32)
    vectors[~off, 0] += 1.0
    vectors[off, 1] += 1.0
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    groups = np.array([f"{'offtopic' if o else 'where'}/{i // 6}" for i, o in enumerate(off)])
    questions = ["is the face fake" if not o else f"sell my {'abcdefgh'[i % 8] * 5}" for i, o in enumerate(off)]
    fold, declined = folds_of(vectors, off, groups), np.where(off, 0.6, 0.4).astype(np.float32)
    room = np.arange(240) != 150
    gate, refused = fit_gate(vectors, off, fold, questions, declined, room, np.zeros(240, bool), ~off)
    assert refused[~off].mean() <= REFUSED + 0.01
    assert refused[off].mean() > 0.9
    assert not refused[150]  # there the gate is not heard
    again = np.array(gate.elsewhere(torch.from_numpy(vectors), questions, torch.from_numpy(declined)))
    assert (again == off).mean() > 0.97


def test_families_of_one_subject_are_left_out_together() -> None:
    rng = np.random.default_rng(2)
    off = np.repeat([False, True], 40)
    subject = np.repeat(np.arange(10), 4)
    vectors = np.concatenate([rng.normal(0, 1, (40, 12)), np.eye(12)[subject] + rng.normal(0, 0.01, (40, 12))])
    groups = np.array([f"on/{i // 4}" for i in range(40)] + [f"off/{i // 2}" for i in range(40)])
    fold = folds_of(vectors.astype(np.float32), off, groups)
    for number in range(10):
        assert len(set(fold[40:][subject == number].tolist())) == 1
    assert set(fold[:40].tolist()) == {0, 1, 2, 3}


def test_the_gate_is_found_on_some_questions_of_every_intent_and_all_that_are_declined() -> None:
    labels = np.array(["where", "offtopic", "where", "why", "where", "offtopic", "offtopic", "why"])
    assert some_of_each(labels, 2).tolist() == [True, True, True, True, False, True, True, True]


def test_the_network_learns_what_no_line_parts() -> None:
    """Exclusive or of two signs; rare and frequent intents count alike; a seed gives the same weights again."""
    rng = np.random.default_rng(4)
    points = rng.normal(0, 1, (900, 2)).astype(np.float32)
    points = np.sign(points) * (0.4 + np.abs(points))
    labels = np.where(points[:, 0] * points[:, 1] > 0, "same", "apart")
    labels[(labels == "apart") & (np.arange(900) % 8 > 0)] = "gone"
    points, labels = points[labels != "gone"], labels[labels != "gone"]
    found = fit(points, labels, torch.Generator().manual_seed(0))
    assert found.intents == ("apart", "same")
    named = np.array(found.intents)[found.chances(torch.from_numpy(points)).argmax(1).numpy()]
    assert all((named == labels)[labels == name].mean() > 0.9 for name in found.intents)
    again = fit(points, labels, torch.Generator().manual_seed(0))
    assert all(
        torch.equal(a, b) for a, b in zip((*found.hidden, *found.last), (*again.hidden, *again.last), strict=True)
    )
