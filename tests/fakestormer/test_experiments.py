"""The paper's tables as configurations, and a step of training on forged clips."""

import dataclasses
import json

import numpy as np
import pytest
import torch
from torch import Tensor

from fakestormer.batch import pair_batch
from fakestormer.config import BaselineConfig, FakeSTormerConfig
from fakestormer.experiments import experiments, shipped
from fakestormer.losses import video_loss
from fakestormer.model import FakeSTormer
from fakestormer.sam import SharpnessAware
from simulation.video_records import ClipAugment, ClipPair, ClipParams, Cutout
from simulation.video_targets import boundary, clip_targets, to_patches


def pair(seed: int = 0) -> ClipPair:
    """A grey clip and the same with a brighter square that moves."""
    rng = np.random.default_rng(seed)
    real = rng.integers(90, 110, (3, 32, 32, 3)).astype(np.uint8)
    masks = np.zeros((3, 32, 32), np.float32)
    for t in range(3):
        masks[t, 8 + 2 * t : 20 + 2 * t, 8:20] = 0.7
    fake = np.clip(real + 90 * masks[..., None], 0, 255).astype(np.uint8)
    cutout = Cutout(0.9, ((0, 0),))
    targets = clip_targets(to_patches(boundary(masks), 4), cutout)
    points = np.zeros((3, 478, 2), np.float32)
    return ClipPair(
        real, fake, masks, points, targets, (), (), "p", False, ClipParams(), ClipAugment((0, 1, 2)), cutout
    )


def test_every_row_of_the_tables() -> None:
    rows = experiments("base")
    assert {f"main-c{c}-t{t}" for c in (0, 23, 40) for t in (4, 8, 16)} <= rows.keys()
    assert {name.split("-")[0] for name in rows} == {"main", "parts", "branches", "weights", "targets", "baseline"}
    best = rows["branches-all"]
    assert (best.loss.classification, best.loss.temporal, best.loss.spatial) == (0.8, 100.0, 0.2)
    assert best.published == 85.9
    assert rows["main-c23-t16"].model.frames == 16
    assert rows["main-c23-t4"].data.crf == (23, 23)
    assert not rows["parts-none"].data.consistent
    assert (rows["parts-consistent"].data.tau, rows["parts-all"].data.tau) == (0.0, 0.35)
    assert isinstance(rows["baseline"].model, BaselineConfig)
    small = experiments("embedded")
    assert small.keys() == rows.keys()
    assert all(row.published is None for row in small.values())
    with pytest.raises(ValueError, match="known: base, embedded"):
        experiments("huge")  # type: ignore[arg-type]


def test_rows_differ_only_where_they_say_and_are_json() -> None:
    rows = experiments("base")
    parts = [dataclasses.asdict(rows[f"targets-{n}"].data) for n in ("standard", "minmax")]
    assert {k for k in parts[0] if parts[0][k] != parts[1][k]} == {"name", "normalise"}
    for row in (*rows.values(), shipped()):
        assert json.loads(json.dumps(row.as_dict()))["name"] == row.name


def test_a_batch_holds_both_members() -> None:
    clips, targets = pair_batch([pair(0), pair(1)])
    assert clips.shape == (4, 3, 32, 32, 3)
    assert targets.fake.tolist() == [0, 0, 1, 1]
    assert not targets.soft[:2].any()
    assert torch.equal(targets.soft[2], torch.from_numpy(pair(0).targets.soft))
    assert torch.equal(targets.derivative[1], torch.from_numpy(pair(1).targets.real_derivative))
    assert targets.keep[3, 0, 0] == targets.keep[1, 0, 0] == 0


def test_a_few_steps_learn_two_pairs() -> None:
    """Forged clips -> batch -> model -> loss -> SAM, together: each term falls."""
    model = FakeSTormer.create(dataclasses.replace(FakeSTormerConfig.tiny(), drop_path=0.0, head_dropout=0.0)).train()
    clips, targets = pair_batch([pair(0), pair(1)])
    x = model.prepare(clips)
    optimiser = SharpnessAware.adam(model.parameters(), lr=3e-3)
    history: list[dict[str, Tensor]] = []

    def closure() -> Tensor:
        loss, terms = video_loss(model(x), targets, shipped().loss)
        loss.backward()
        history.append(terms)
        return loss

    for _ in range(40):
        optimiser.step(closure, model)
    first, last = history[0], history[-2]
    assert last["classification"] < 0.5 * first["classification"]
    assert last["temporal"] < 0.5 * first["temporal"]
    assert last["spatial"] < first["spatial"]
