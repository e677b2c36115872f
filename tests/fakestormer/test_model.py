"""The revisited TimeSformer: shapes, attention against a plain loop, gradients, independence of the batch."""

import dataclasses

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from fakestormer.attention import Attention, DividedBlock
from fakestormer.baseline import ClipCNN
from fakestormer.config import BaselineConfig, FakeSTormerConfig
from fakestormer.model import FakeSTormer, prepare_clips
from fakestormer.stem import DetectorStem
from kfd.config import KFDConfig

TINY = FakeSTormerConfig.tiny()
PROJ = "blocks.1.spatial.proj"
SMALL_DETECTOR = dataclasses.replace(KFDConfig.tiny(), image_size=32)


def detector_config() -> FakeSTormerConfig:
    colours = {"mean": (0.5, 0.45, 0.42), "std": (0.25, 0.25, 0.25)}
    return dataclasses.replace(TINY, stem="detector", detector=SMALL_DETECTOR, shortcut=True, **colours)


CONFIGS = {
    "conv": TINY,
    "patch": dataclasses.replace(TINY, stem="patch", pool="mean"),
    "detector": detector_config(),
    "class only": dataclasses.replace(TINY, temporal_head=False, spatial_head=False),
}


def noisy(config: FakeSTormerConfig = TINY, seed: int = 0) -> FakeSTormer:
    """Weights far from their gentle start and used BatchNorm statistics, so that every tensor matters."""
    model = FakeSTormer.create(config, seed)
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for p in (p for p in model.parameters() if p.requires_grad):
            p.add_(0.2 * torch.randn(p.shape, generator=generator))
    model.train()
    model(clips(4, seed + 7))
    return model.eval()


def clips(n: int, seed: int = 1, frames: int = 3) -> Tensor:
    return torch.randn(n, frames, 3, 32, 32, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("name", CONFIGS)
def test_shapes(name: str) -> None:
    config = CONFIGS[name]
    out = FakeSTormer.create(config).eval()(clips(2))
    assert out.logits.shape == (2,)
    assert (out.frame_logits is None) == (not config.spatial_head)
    if out.frame_logits is not None:
        assert out.frame_logits.shape == (2, 3)
    if out.derivative is not None:
        assert out.derivative.shape == (2, 3, 4, 4)


@pytest.mark.parametrize(("config", "low", "high"), [
    (FakeSTormerConfig.embedded(), 2e6, 4e6),
    (FakeSTormerConfig.embedded_on_detector(), 1.5e6, 2.5e6),
    (FakeSTormerConfig.base(), 110e6, 130e6),
])  # fmt: skip
def test_sizes_are_what_they_claim(config: FakeSTormerConfig, low: float, high: float) -> None:
    with torch.device("meta"):
        model = FakeSTormer(config)
    assert low < sum(p.numel() for p in model.parameters()) < high
    assert config.grid == (12 if config.stem == "detector" else 14)


def slow_attention(attention: Attention, sequence: Tensor) -> Tensor:
    """One sequence (L, D), head by head and query by query."""
    length, dim = sequence.shape
    q, k, v = attention.qkv(sequence).split(dim, dim=-1)
    size = dim // attention.heads
    out = torch.zeros(length, dim)
    for head in range(attention.heads):
        part = slice(head * size, (head + 1) * size)
        for i in range(length):
            scores = torch.stack([(q[i, part] * k[j, part]).sum() for j in range(length)]) / size**0.5
            shares = scores.exp() / scores.exp().sum()
            out[i, part] = sum((shares[j] * v[j, part] for j in range(length)), torch.zeros(size))
    return attention.proj(out)


@torch.no_grad()
def test_divided_attention_is_the_plain_loop() -> None:
    torch.manual_seed(0)
    block = DividedBlock(8, 2, 2.0).eval()
    grid = torch.randn(2, 3, 5, 8)  # T = 2, N = 4
    slow = grid.clone()
    for b in range(2):
        for n in range(1, 5):
            column = torch.stack([grid[b, t, n] for t in range(3)])
            slow[b, :, n] += block.temporal_out(slow_attention(block.temporal, block.temporal_norm(column)))
    torch.testing.assert_close(block.over_time(grid), slow)
    after = slow.clone()
    for b in range(2):
        for t in range(1, 3):
            after[b, t] += slow_attention(block.spatial, block.spatial_norm(slow[b, t]))
    torch.testing.assert_close(block.over_space(slow), after)
    torch.testing.assert_close(block(grid), after + block.mlp(block.norm(after)))


@torch.no_grad()
def test_attention_weights_are_those_used() -> None:
    torch.manual_seed(0)
    attention = Attention(8, 2)
    x = torch.randn(3, 5, 8)
    shares = attention.weights(x)
    assert shares.shape == (3, 2, 5, 5)
    v = attention._split(x)[2]
    mixed = (shares @ v).transpose(1, 2).reshape(3, 5, 8)
    torch.testing.assert_close(attention.proj(mixed), attention(x))


@torch.no_grad()
def test_tokens_see_what_they_should() -> None:
    """A spatial token depends on its frame's patches, a temporal token on its place; nobody reads the corner."""
    torch.manual_seed(0)
    block = DividedBlock(8, 2, 2.0).eval()
    grid = torch.randn(1, 4, 5, 8)
    base = block(grid)

    def changed(t: int, n: int) -> Tensor:
        other = grid.clone()
        other[0, t, n, :4] += 1.0  # not all channels: LayerNorm would not see that
        return (block(other) - base).abs().sum(-1)[0] > 1e-6

    corner = changed(0, 0)
    assert corner[0, 0]
    assert corner.sum() == 1
    patch = changed(2, 3)
    assert patch[:, 3].all()  # its place over time, the temporal token too
    assert patch[2, 0]  # its frame's spatial token
    assert not patch[0, [1, 2, 4]].any()  # other places' temporal tokens
    frame = changed(2, 0)
    assert frame[2].all()
    assert frame.sum() == 5


@pytest.mark.parametrize("name", CONFIGS)
def test_every_parameter_gets_a_gradient(name: str) -> None:
    model = noisy(CONFIGS[name]).train()
    out = model(clips(4))
    parts = [v.square().mean() for v in (out.logits, out.frame_logits, out.derivative) if v is not None]
    torch.stack(parts).sum().backward()
    learning = {n: p for n, p in model.named_parameters() if p.requires_grad}
    assert {n for n, _ in model.named_parameters()} - set(learning) == {
        n for n, _ in model.named_parameters() if n.startswith("stem.detector.")
    }
    still = [n for n, p in learning.items() if p.grad is None or not p.grad.abs().sum() > 0]
    if name == "class only":  # the class head reads the temporal tokens, which the last space attention cannot reach
        assert {n.rsplit(".", 1)[0] for n in still} == {"blocks.1.spatial_norm", "blocks.1.spatial.qkv", PROJ}
    else:
        assert still == []


@torch.no_grad()
@pytest.mark.parametrize("model", [noisy(), noisy(detector_config()), ClipCNN.create(BaselineConfig.tiny()).eval()])
def test_a_clip_scores_the_same_in_any_batch(model: nn.Module) -> None:
    batch = clips(5)
    together = model(batch)
    shuffled = model(batch[[3, 1]])
    alone = model(batch[3:4])
    for name in ("logits", "frame_logits", "derivative"):
        whole = getattr(together, name)
        if whole is None:
            continue
        torch.testing.assert_close(getattr(alone, name)[0], whole[3], rtol=1e-4, atol=1e-5)
        torch.testing.assert_close(getattr(shuffled, name)[1], whole[1], rtol=1e-4, atol=1e-5)
    assert together.logits.std() > 1e-4


def test_what_was_seen_scores_as_the_clips_themselves() -> None:
    model = noisy(detector_config())
    assert isinstance(model.stem, DetectorStem)
    batch = clips(3)
    whole, kept = model(batch), model(model.stem.see(batch))
    torch.testing.assert_close(kept.logits, whole.logits)
    torch.testing.assert_close(kept.derivative, whole.derivative)


def test_the_frame_detector_inside_is_read_as_alone_and_stays_as_it_was() -> None:
    stem = noisy(detector_config()).train().stem
    assert isinstance(stem, DetectorStem)
    assert not stem.detector.training
    batch = clips(2)
    alone = stem.detector(batch.flatten(0, 1))
    margins = (alone.logits[:, 1] - alone.logits[:, 0]).unflatten(0, (2, 3))
    seen = stem.see(batch).pictures
    torch.testing.assert_close(5.0 * seen[:, :, -1, 1, 2], margins)
    heat = (alone.map_logits[:, 1] - alone.map_logits[:, 0]).amax((1, 2)).unflatten(0, (2, 3))
    torch.testing.assert_close(5.0 * seen[:, :, -2].amax((2, 3)), heat)


@torch.no_grad()
def test_learned_tokens_are_used() -> None:
    model = noisy()
    before = model(clips(2))
    model.temporal_token.add_(torch.randn(16, generator=torch.Generator().manual_seed(0)))
    after = model(clips(2))
    assert (after.logits - before.logits).abs().min() > 1e-4
    model = noisy()
    model.spatial_token.add_(torch.randn(16, generator=torch.Generator().manual_seed(0)))
    assert before.frame_logits is not None
    moved = model(clips(2)).frame_logits
    assert moved is not None
    assert (moved - before.frame_logits).abs().min() > 1e-4


@torch.no_grad()
def test_any_number_of_frames_and_order_matters() -> None:
    model = noisy()
    out = model(clips(1, frames=7))
    assert out.frame_logits is not None
    assert out.frame_logits.shape == (1, 7)
    forward = clips(1)
    assert (model(forward).logits - model(forward.flip(1)).logits).abs() > 1e-5


@torch.no_grad()
def test_spatial_attention_map() -> None:
    shares = noisy().spatial_attention(clips(2))
    assert shares.shape == (2, 3, 4, 4)
    assert (shares.sum((2, 3)) < 1).all()  # the rest is the token's own share
    assert shares.min() >= 0


def test_derivative_is_unbounded() -> None:
    model = noisy()
    assert model.temporal_head is not None
    assert isinstance(model.temporal_head.layers[-1], nn.Conv3d)
    values = model(clips(6)).derivative
    assert values is not None
    assert values.min() < 0 < values.max()


def test_prepare_normalises_and_refuses() -> None:
    pixels = np.full((1, 2, 4, 4, 3), 255, np.uint8)
    x = prepare_clips(pixels, (0.5, 0.5, 0.0), (0.5, 0.25, 1.0))
    assert x.shape == (1, 2, 3, 4, 4)
    assert x[0, 0, :, 0, 0].tolist() == [1.0, 2.0, 1.0]
    with pytest.raises(ValueError, match="uint8"):
        prepare_clips(pixels.astype(np.float32), (0, 0, 0), (1, 1, 1))


@pytest.mark.parametrize(("change", "message"), [
    ({"image_size": 33}, "no multiple of patch_size"),
    ({"heads": 3}, "no multiple of heads"),
    ({"frames": 1}, "at least 2"),
    ({"stem": "dense"}, "stem is 'dense'"),
    ({"stem": "detector"}, "a detector is given"),
    ({"labels": ("fake", "real")}, "in this order"),
])  # fmt: skip
def test_wrong_configurations_are_named(change: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        dataclasses.replace(TINY, **change)


def test_configuration_survives_json() -> None:
    for config in (*CONFIGS.values(), FakeSTormerConfig.base(16)):
        data = {k: list(v) if isinstance(v, tuple) else v for k, v in config.to_dict().items()}
        assert FakeSTormerConfig.from_dict(data) == config
    with pytest.raises(TypeError):
        FakeSTormerConfig.from_dict({"depht": 3})
