"""Alignment, heads, encoder and detector, with a random tiny model."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from kfd.alignment import Alignment
from kfd.config import KFDConfig
from kfd.detector import KnowledgeGuidedDetector
from kfd.encoders.base import EncoderConfig
from kfd.encoders.embedded import EmbeddedEncoder, high_pass, residual_kernels
from kfd.heads import class_views, join_classes


def _noisy_tiny(seed: int = 0) -> KnowledgeGuidedDetector:
    """A tiny detector whose every tensor matters: weights far from their gentle start, BatchNorm statistics used."""
    detector = KnowledgeGuidedDetector.create(KFDConfig.tiny(), seed)
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for p in detector.parameters():
            p.add_(0.1 * torch.randn(p.shape, generator=generator))
    detector.train()
    for _ in range(3):
        detector(torch.randn(8, 3, 64, 64, generator=generator))
    return detector.eval()


def _images(n: int, seed: int = 1) -> torch.Tensor:
    return torch.randn(n, 3, 64, 64, generator=torch.Generator().manual_seed(seed))


@torch.no_grad()
def test_shapes_and_reference_forms() -> None:
    detector = KnowledgeGuidedDetector.create(KFDConfig.tiny()).train()
    images = _images(4)
    out = detector(images, torch.tensor([-1, 0, -1, 2]))
    assert out.logits.shape == (4, 2)
    assert out.map_logits.shape == (4, 2, 32, 32)
    assert out.consistency.shape == (4, 6, 32, 32)
    assert out.global_token.shape == (4, 12)
    assert out.auxiliary is not None
    assert out.auxiliary.shape[:2] == (4, 2)
    assert out.reference_rows is not None
    assert out.reference_rows.tolist() == [1, 3]
    assert out.reference_map_logits is not None
    assert out.reference_map_logits.shape == (2, 2, 32, 32)
    assert detector(images, torch.full((4,), -1)).reference_map_logits is None
    detector.eval()
    rows, whole = detector(images, torch.tensor([1, 0, 3, 2])), detector(images, images[[1, 0, 3, 2]])
    torch.testing.assert_close(rows.reference_map_logits, whole.reference_map_logits)
    assert detector(images).auxiliary is None


@torch.no_grad()
def test_exchanging_the_descriptions_exchanges_the_verdict() -> None:
    detector = _noisy_tiny()
    before = detector(_images(3))
    detector.text.features.copy_(detector.text.features.flip(0))
    after = detector(_images(3))
    torch.testing.assert_close(after.logits, before.logits.flip(1), rtol=1e-4, atol=1e-4)
    torch.testing.assert_close(after.map_logits, before.map_logits.flip(1), rtol=1e-4, atol=1e-4)
    assert (before.logits[:, 0] - before.logits[:, 1]).abs().min() > 1e-3


@torch.no_grad()
def test_equal_descriptions_give_no_verdict() -> None:
    detector = _noisy_tiny()
    detector.text.features[1] = detector.text.features[0]
    probabilities = detector(_images(3)).logits.softmax(1)
    torch.testing.assert_close(probabilities, torch.full((3, 2), 0.5), rtol=0, atol=1e-5)


@torch.no_grad()
def test_agreement_with_fake_speaks_for_fake_at_the_start() -> None:
    detector = KnowledgeGuidedDetector.create(KFDConfig.tiny()).eval()
    maps = torch.zeros(1, 6, 16, 16)
    maps[:, 1::2, :8] = 20.0
    forged = detector.locator(maps).softmax(1)[0, 1]
    assert forged[2, 4] > 0.6 > forged[13, 4]


@torch.no_grad()
def test_alignment_equals_the_plain_formula() -> None:
    torch.manual_seed(0)
    alignment = Alignment([5, 7], 4, 16, 100.0)
    text = F.normalize(torch.randn(2, 16), dim=1)
    layers, others = (
        [torch.randn(2, 5, 6, 6), torch.randn(2, 7, 3, 3)],
        [torch.randn(2, 5, 6, 6), torch.randn(2, 7, 3, 3)],
    )
    maps = alignment(layers, text)
    references = alignment.to_reference(layers, others)
    for adapter, layer, other, found, reference in zip(
        alignment.adapters, layers, others, maps, references, strict=True
    ):
        u = F.normalize(adapter(layer.permute(0, 2, 3, 1)), dim=-1)
        w = F.normalize(adapter(other.permute(0, 2, 3, 1)), dim=-1)
        torch.testing.assert_close(found, 100 * (u @ text.T).permute(0, 3, 1, 2), rtol=1e-4, atol=1e-3)
        cos = (u * w).sum(-1)
        torch.testing.assert_close(reference[:, 1], 100 * (0.95 - cos), rtol=1e-4, atol=1e-3)
        torch.testing.assert_close(reference[:, 0], -reference[:, 1])


def test_class_views_keep_the_label_order() -> None:
    maps = torch.zeros(1, 6, 2, 2)
    maps[:, 1::2] = 3.0  # fake channels
    views = class_views(maps)
    assert join_classes(views[:, 0, 0, 0, 0]).tolist() == [[-3.0, 3.0]]
    assert views[:, :, 1].unique().tolist() == [1.5]


@torch.no_grad()
def test_a_picture_does_not_depend_on_its_batch() -> None:
    detector = _noisy_tiny()
    images = _images(5)
    alone, together = detector(images[:1]), detector(images)
    torch.testing.assert_close(alone.logits, together.logits[:1], rtol=1e-4, atol=1e-4)
    torch.testing.assert_close(alone.map_logits, together.map_logits[:1], rtol=1e-4, atol=1e-4)


@torch.no_grad()
def test_channel_order_matters() -> None:
    detector = _noisy_tiny()
    rgb = np.random.default_rng(0).integers(0, 256, (1, 64, 64, 3), dtype=np.uint8)
    rgb[..., 0] //= 3
    a = detector(detector.prepare(rgb)).logits
    b = detector(detector.prepare(rgb[..., ::-1].copy())).logits
    assert (a - b).abs().max() > 1e-3


def test_prepare_normalises_and_refuses_other_layouts() -> None:
    detector = KnowledgeGuidedDetector.create(KFDConfig.tiny())
    x = detector.prepare(np.full((1, 64, 64, 3), (255, 0, 0), np.uint8))
    assert x.shape == (1, 3, 64, 64)
    assert x[0, :, 0, 0].tolist() == pytest.approx([2.0, -1.8, -1.68])
    with pytest.raises(ValueError, match="uint8"):
        detector.prepare(np.zeros((1, 3, 64, 64), np.uint8))


def test_residuals_see_detail_not_colour_and_stay_fp32() -> None:
    kernels, std = residual_kernels(), EmbeddedEncoder.std[0]
    assert residual_kernels().sum((1, 2, 3)).abs().max() < 1e-6
    flat = torch.full((1, 3, 16, 16), 0.7)
    assert high_pass(flat, kernels, std).abs().max() < 1e-3
    flat[0, 1, 8, 8] += 0.05
    with torch.autocast("cpu", torch.bfloat16):
        residuals = high_pass(flat, kernels, std)
    assert residuals.dtype == torch.float32
    assert residuals[0, 2:4].abs().amax((1, 2)).min() > 0.1
    assert residuals[0, [0, 1, 4, 5]].abs().max() < 1e-3


def test_a_vision_transformer_needs_its_sizes() -> None:
    with pytest.raises(ValueError, match="needs the sizes"):
        EncoderConfig("openclip")
    assert EncoderConfig.from_dict({"kind": "embedded", "name": "ViT-H-14"}) == EncoderConfig("embedded")


def test_openclip_adapter_gives_block_outputs() -> None:
    from open_clip.transformer import VisionTransformer

    from kfd.encoders.openclip import OpenClipEncoder

    torch.manual_seed(0)
    tower = VisionTransformer(
        image_size=32, patch_size=8, width=16, layers=4, heads=2, mlp_ratio=2.0, output_dim=12
    ).eval()
    encoder = OpenClipEncoder(tower, (0, 1, 3))
    images = torch.randn(2, 3, 32, 32)
    seen: list[torch.Tensor] = []
    with torch.no_grad():
        handle = tower.transformer.resblocks[1].register_forward_hook(lambda _m, _i, out: seen.append(out))
        encoding = encoder(images)
        handle.remove()
        torch.testing.assert_close(encoding.global_token, tower(images))
    assert [tuple(layer.shape) for layer in encoding.layers] == [(2, 16, 4, 4)] * 3
    assert encoder.layer_channels == (16, 16, 16)
    assert encoder.global_dim == 12
    torch.testing.assert_close(encoding.layers[1].flatten(2), seen[0][:, 1:].transpose(1, 2))
    with pytest.raises(ValueError, match="blocks"):
        OpenClipEncoder(tower, (0, 1, 4))
