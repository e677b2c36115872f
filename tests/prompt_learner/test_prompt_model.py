"""Prompt learner: shapes from the config, order of tokens, folder round trip, refusals."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from media.errors import MissingCheckpoint
from media.records import Signals
from prompt_learner.checkpoint import load_prompt_model, save_prompt_model
from prompt_learner.config import PromptLearnerConfig
from prompt_learner.learner import ForgeryPromptLearner, map_network
from prompt_learner.masking import mask_signals
from prompt_learner.model import PromptModel


def signals(seed: int, size: int = 16, dim: int = 16) -> Signals:
    rng = np.random.default_rng(seed)
    p = rng.random()
    return Signals(
        rng.normal(0, 20, (6, size, size)).astype(np.float32),
        rng.random((size, size)).astype(np.float32),
        np.array([1 - p, p], np.float32),
        rng.normal(size=dim).astype(np.float32),
    )


@pytest.mark.parametrize(
    ("size", "channels", "extra", "side"),
    [
        (64, (16, 32, 64, 128), 0, 4),
        (224, (16, 32, 64, 128, 256), 512, 7),
        (56, (8, 8, 8, 8), 0, 3),
        (16, (4, 8), 0, 4),
    ],
)
def test_any_map_becomes_nine_tokens(size: int, channels: tuple, extra: int, side: int) -> None:
    cfg = PromptLearnerConfig(48, 10, size, channels=channels, extra_channels=extra)
    assert cfg.last_side == side
    learner = ForgeryPromptLearner(cfg)
    out = learner(torch.randn(2, 6, size, size), torch.rand(2, 1, size, size), torch.rand(2, 2))
    assert out.shape == (2, 9, 48)
    assert learner.mix.weight.shape == (9, 9 + 9 + 9 + 1, 3)
    assert 0.01 < learner.base_prompts.std() < 0.03


def test_release_layout() -> None:
    cfg = PromptLearnerConfig(4096, 1024, 224, channels=(16, 32, 64, 128, 256), extra_channels=512)
    with torch.device("meta"):
        learner = ForgeryPromptLearner(cfg)
    assert sum(p.numel() for p in learner.parameters()) == pytest.approx(108.07e6, rel=1e-3)
    assert learner.map_net[23].weight.shape == (4096, 512, 5, 5)
    assert learner.map_net[20].weight.shape[0] == 512


def test_tokens_follow_the_place_row_by_row() -> None:
    cfg = PromptLearnerConfig(8, 4, 24, channels=(4, 4, 4))
    net = map_network(cfg, 1).eval()
    blank, spot = torch.zeros(1, 1, 24, 24), torch.zeros(1, 1, 24, 24)
    spot[..., 2:5, 19:22] = 5.0  # top row, right column
    change = (net(spot) - net(blank)).flatten(2).norm(dim=1)[0]
    assert change.argmax() == 2
    assert change[6] < 1e-6


def test_too_many_stages_are_refused() -> None:
    with pytest.raises(ValueError, match="fewer channels"):
        PromptLearnerConfig(8, 4, 16, channels=(4, 4, 4, 4))


def test_encode_is_batch_independent_and_reads_every_signal() -> None:
    model = PromptModel.tiny(0)
    one, two = signals(1), signals(2)
    visual, forgery = model.encode([one, two])
    assert visual.shape == (2, 1, 32)
    assert forgery.shape == (2, 9, 32)
    torch.testing.assert_close(model.encode([two])[1], forgery[1:], atol=1e-5, rtol=1e-5)
    for name in ("consistency", "forgery_map", "probabilities"):
        fields = {k: getattr(one, k) for k in ("consistency", "forgery_map", "probabilities", "global_token")}
        changed = Signals(**(fields | {name: getattr(two, name)}))
        assert not torch.allclose(model.encode([changed])[1], forgery[:1]), name
    assert not torch.allclose(visual[0], visual[1])


def test_other_detector_is_refused() -> None:
    with pytest.raises(MissingCheckpoint, match="detector"):
        PromptModel.tiny(0).encode([signals(1, size=32)])


def test_blank_tokens_are_one_learned_state() -> None:
    model = PromptModel.tiny(0)
    visual, forgery = model.blank(3)
    assert visual.shape == (3, 1, 32)
    assert forgery.shape == (3, 9, 32)
    assert torch.equal(forgery[0], forgery[2])
    assert visual.requires_grad


@pytest.mark.parametrize("learns", [True, False])
def test_match_scale(learns: bool) -> None:
    model = PromptModel(replace(PromptModel.tiny(0).cfg, learns=learns)).eval()
    batch = [signals(i) for i in range(4)]
    model.match_scale(batch, 0.05)
    for tokens in model.encode(batch):
        assert tokens.std().item() == pytest.approx(0.05, rel=1e-3)


def test_masked_signals_keep_the_region_only() -> None:
    whole, mask = signals(3), np.zeros((16, 16), bool)
    mask[4:8, 4:8] = True
    region = mask_signals(whole, mask)
    assert region.forgery_map[~mask].max() == 0
    np.testing.assert_array_equal(region.forgery_map[mask], whole.forgery_map[mask])
    assert np.ptp(region.consistency[:, ~mask], axis=1).max() == 0
    with pytest.raises(ValueError, match="mask"):
        mask_signals(whole, mask[:8])


def test_folder_round_trip_and_refusals(tmp_path) -> None:
    model = PromptModel.tiny(5)
    save_prompt_model(model, tmp_path, {"seed": 5}, torch.float32)
    again = load_prompt_model(tmp_path, hidden_size=32)
    batch = [signals(1)]
    assert torch.equal(again.encode(batch)[1], model.encode(batch)[1])
    assert not again.training
    with pytest.raises(MissingCheckpoint, match="width 32"):
        load_prompt_model(tmp_path, hidden_size=64)
    config = json.loads((tmp_path / "config.json").read_text())
    (tmp_path / "config.json").write_text(json.dumps(config | {"n_forgery": 4}))
    with pytest.raises(MissingCheckpoint, match="weights do not fit"):
        load_prompt_model(tmp_path)
    (tmp_path / "config.json").write_text(json.dumps(config | {"colour": 1}))
    with pytest.raises(MissingCheckpoint, match="config.json"):
        load_prompt_model(tmp_path)
    (tmp_path / "model.safetensors").unlink()
    with pytest.raises(MissingCheckpoint, match="model.safetensors"):
        load_prompt_model(tmp_path)
