"""Losses against slow, obvious versions."""

import math

import pytest
import torch

from kfd.config import KFDConfig
from kfd.detector import DetectorOutput, KnowledgeGuidedDetector
from kfd.losses import LossConfig, detector_loss, dice_loss, focal_loss


def _slow_dice(p: list[list[float]], t: list[list[float]]) -> float:
    total = 0.0
    for row_p, row_t in zip(p, t, strict=True):
        inter = sum(a * b for a, b in zip(row_p, row_t, strict=True))
        total += 1 - (2 * inter + 1) / (sum(row_p) + sum(row_t) + 1)
    return total / len(p)


def test_dice_equals_a_slow_loop() -> None:
    generator = torch.Generator().manual_seed(0)
    p = torch.rand(3, 4, 4, generator=generator)
    t = (torch.rand(3, 4, 4, generator=generator) > 0.5).float()
    t[0] = 0
    assert dice_loss(p, t).item() == pytest.approx(_slow_dice(p.flatten(1).tolist(), t.flatten(1).tolist()), rel=1e-5)
    assert dice_loss(t, t).item() == pytest.approx(0.0, abs=1e-6)


def test_focal_with_gamma_zero_is_cross_entropy_and_gamma_spares_the_sure() -> None:
    logits = torch.tensor([[[[0.0]], [[2.0]]]])
    target = torch.ones(1, 1, 1)
    plain = math.log1p(math.exp(-2.0))
    assert focal_loss(logits, target, 0.0).item() == pytest.approx(plain, rel=1e-5)
    p = 1 / (1 + math.exp(-2.0))
    assert focal_loss(logits, target, 2.0).item() == pytest.approx((1 - p) ** 2 * plain, rel=1e-4)


def _output(forged: float) -> DetectorOutput:
    """One fake crop whose left half is called forged with this margin."""
    maps = torch.zeros(1, 2, 8, 8)
    maps[:, 1, :, :4], maps[:, 1, :, 4:] = forged, -forged
    return DetectorOutput(torch.tensor([[0.0, 3.0]]), maps, torch.zeros(1, 6, 8, 8), torch.zeros(1, 4))


def test_label_and_mask_order() -> None:
    mask = torch.zeros(1, 16, 16)
    mask[:, :, :8] = 0.6  # above the threshold of 0.5
    right, terms = detector_loss(_output(6.0), torch.tensor([1]), mask)
    wrong, _ = detector_loss(_output(-6.0), torch.tensor([0]), mask)
    assert right < 0.15 < 3 < wrong
    assert terms["classification"].item() == pytest.approx(math.log1p(math.exp(-3.0)), rel=1e-5)
    weak = LossConfig(mask_threshold=0.7)
    assert detector_loss(_output(6.0), torch.tensor([1]), mask, weak)[0] > 1


def test_reference_term_counts_only_its_rows_with_its_weight() -> None:
    base = _output(6.0)
    mask = torch.zeros(1, 16, 16)
    mask[:, :, :8] = 1
    out = DetectorOutput(
        base.logits, base.map_logits, base.consistency, base.global_token, None, -base.map_logits, torch.tensor([0])
    )
    plain = detector_loss(base, torch.tensor([1]), mask)[0]
    total, terms = detector_loss(out, torch.tensor([1]), mask, LossConfig(reference=0.25))
    assert total.item() == pytest.approx(plain.item() + 0.25 * terms["reference"].item(), rel=1e-5)
    assert terms["reference"] > 0.9


def test_every_parameter_gets_a_gradient() -> None:
    detector = KnowledgeGuidedDetector.create(KFDConfig.tiny()).train()
    generator = torch.Generator().manual_seed(0)
    out = detector(torch.randn(4, 3, 64, 64, generator=generator), torch.tensor([-1, 0, -1, 2]))
    mask = torch.rand(4, 64, 64, generator=generator) * torch.tensor([0.0, 1, 0, 1])[:, None, None]
    detector_loss(out, torch.tensor([0, 1, 0, 1]), mask)[0].backward()
    without = [n for n, p in detector.named_parameters() if p.grad is None or p.grad.abs().max() == 0]
    assert set(without) <= {"text.context", "locator.final.bias", "classifier.out.bias"}  # biases cancel in a softmax
