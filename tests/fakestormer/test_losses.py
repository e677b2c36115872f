"""Losses and SAM by hand; the schedule at its corners."""

import math

import pytest
import torch
from torch import nn

from fakestormer.losses import ClipTargetsBatch, VideoLossConfig, temporal_loss, video_loss
from fakestormer.model import ClipOutput
from fakestormer.sam import Schedule, SharpnessAware, fixed_statistics


def targets() -> ClipTargetsBatch:
    keep = torch.ones(1, 2, 2)
    keep[0, 0, 0] = 0
    derivative = torch.zeros(1, 2, 2, 2)
    derivative[0, 1, 1, 1] = 2.0
    return ClipTargetsBatch(torch.tensor([1.0]), torch.tensor([[1.0, 0.25]]), derivative, keep)


def softplus(x: float) -> float:
    return math.log1p(math.exp(x))


def test_terms_and_weights_by_hand() -> None:
    predicted = torch.zeros(1, 2, 2, 2)
    predicted[0, 0, 0, 0] = 100.0  # a cell that cutout took away: does not count
    predicted[0, 0, 0, 1] = 1.0
    output = ClipOutput(torch.tensor([1.5]), torch.tensor([[2.0, -1.0]]), predicted)
    total, terms = video_loss(output, targets())
    classification = softplus(-1.5)
    spatial = (softplus(-2.0) + 0.25 * softplus(1.0) + 0.75 * softplus(-1.0)) / 2
    temporal = (1.0 + 4.0) / 6  # three kept cells in two frames
    assert terms["classification"].item() == pytest.approx(classification, rel=1e-5)
    assert terms["spatial"].item() == pytest.approx(spatial, rel=1e-5)
    assert terms["temporal"].item() == pytest.approx(temporal, rel=1e-5)
    assert total.item() == pytest.approx(0.8 * classification + 100 * temporal + 0.2 * spatial, rel=1e-5)


def test_released_variant_and_missing_heads() -> None:
    output = ClipOutput(torch.tensor([1.5]), None, torch.ones(1, 2, 2, 2))
    _, terms = video_loss(output, targets(), VideoLossConfig(temperature=2.0, half=True))
    assert terms.keys() == {"classification", "temporal"}
    assert terms["classification"].item() == pytest.approx(softplus(-0.75), rel=1e-5)
    assert terms["temporal"].item() == pytest.approx(0.5 * 6 / 6, rel=1e-5)


def test_nothing_kept_costs_nothing() -> None:
    assert temporal_loss(torch.ones(1, 2, 2, 2), torch.zeros(1, 2, 2, 2), torch.zeros(1, 2, 2)).item() == 0.0


def test_negative_weight_is_refused() -> None:
    with pytest.raises(ValueError, match="not be negative"):
        VideoLossConfig(temporal=-1.0)


def test_sam_step_on_a_quadratic_by_hand() -> None:
    """f(w) = (a w1^2 + b w2^2) / 2 with gradient descent as base: w' = w - lr H (w + rho H w / |H w|)."""
    scale = torch.tensor([2.0, 0.5])
    w = nn.Parameter(torch.tensor([1.0, -2.0]))
    seen = []

    def closure() -> torch.Tensor:
        seen.append(w.detach().clone())
        loss = 0.5 * (scale * w**2).sum()
        loss.backward()
        return loss

    optimiser = SharpnessAware(torch.optim.SGD([w], lr=0.1), rho=0.3)
    loss = optimiser.step(closure)
    g = torch.tensor([2.0, -1.0])
    neighbour = torch.tensor([1.0, -2.0]) + 0.3 * g / 5**0.5
    assert loss.item() == pytest.approx(0.5 * (2.0 + 0.5 * 4.0))
    torch.testing.assert_close(seen[1], neighbour)
    torch.testing.assert_close(w.detach(), torch.tensor([1.0, -2.0]) - 0.1 * scale * neighbour)


def test_sam_leaves_frozen_parameters_alone_and_keeps_order() -> None:
    free, frozen = nn.Parameter(torch.ones(2)), nn.Parameter(torch.ones(2), requires_grad=False)
    optimiser = SharpnessAware.adam([free, frozen], lr=0.1)

    def closure() -> torch.Tensor:
        loss = (free * frozen).square().sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    assert torch.equal(frozen, torch.ones(2))
    assert (free < 1).all()
    closure()
    optimiser.climb()
    with pytest.raises(RuntimeError, match="twice"):
        optimiser.climb()


def test_second_pass_leaves_the_statistics() -> None:
    norm = nn.BatchNorm1d(2).train()
    norm(torch.randn(8, 2))
    before = {k: v.clone() for k, v in norm.state_dict().items()}
    with fixed_statistics(norm):
        norm(torch.randn(8, 2) + 9)
    assert all(torch.equal(v, before[k]) for k, v in norm.state_dict().items())
    norm(torch.randn(8, 2) + 9)
    assert not torch.equal(norm.running_mean, before["running_mean"])  # type: ignore[arg-type]


def test_schedule_corners() -> None:
    released = Schedule(epochs=200, start=1e-7, peak=5e-5)
    assert released.rate(0) == pytest.approx(1e-7)
    assert released.rate(25) == pytest.approx((1e-7 + 5e-5) / 2)
    assert released.rate(50) == pytest.approx(5e-5)
    assert released.rate(125) == pytest.approx(2.5e-5)
    assert released.rate(200) == 0.0
    paper = Schedule()
    assert paper.rate(0) == paper.rate(24.9) == paper.rate(25) == 5e-4
    with pytest.raises(ValueError, match="freeze"):
        Schedule(epochs=5, freeze=5)


def test_schedule_freezes_all_but_the_heads() -> None:
    model = nn.ModuleDict({"body": nn.Linear(2, 2), "out": nn.Linear(2, 1)})
    optimiser = SharpnessAware.adam(model.parameters())
    schedule = Schedule(epochs=20, freeze=5, start=1e-4, peak=1e-3)
    schedule.apply(optimiser, model, ("out",), 2)
    assert [p.requires_grad for p in model.parameters()] == [False, False, True, True]
    assert optimiser.param_groups[0]["lr"] == pytest.approx(schedule.rate(2))
    schedule.apply(optimiser, model, ("out",), 5)
    assert all(p.requires_grad for p in model.parameters())
