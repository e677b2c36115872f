"""Checkpoints and image weights: exact round trips, and refusals that name what does not fit."""

import dataclasses
import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from fakestormer.baseline import ClipCNN
from fakestormer.checkpoint import load_video_model, save_video_model, start_from_detector
from fakestormer.config import BaselineConfig, FakeSTormerConfig
from fakestormer.mae import load_mae, resized_positions
from fakestormer.model import FakeSTormer
from fakestormer.stem import DetectorStem
from kfd.checkpoint import save_detector
from kfd.detector import KnowledgeGuidedDetector
from media.errors import MissingCheckpoint
from tests.fakestormer.test_model import clips, detector_config, noisy

VIT = dataclasses.replace(FakeSTormerConfig.tiny(), stem="patch", mlp_ratio=4.0, temporal_start="zero", pool="mean")


@torch.no_grad()
@pytest.mark.parametrize("storage", ["fp32", "fp16"])
def test_round_trip(tmp_path: Path, storage) -> None:
    for model in (noisy(), noisy(detector_config()), ClipCNN.create(BaselineConfig.tiny()).eval()):
        save_video_model(model, tmp_path, {"seed": 3}, storage)
        again, meta = load_video_model(tmp_path)
        assert type(again) is type(model)
        assert again.config == model.config
        assert meta == {"seed": 3}
        tolerance = 0.0 if storage == "fp32" else 2e-2
        torch.testing.assert_close(again(clips(2)).logits, model(clips(2)).logits, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize(("change", "message"), [
    (lambda t: t.pop("blocks.0.temporal.qkv.weight"), "missing blocks.0.temporal.qkv.weight"),
    (lambda t: t.update(stray=torch.zeros(2)), "unexpected stray"),
    (lambda t: t.update(time=torch.zeros(9, 16)), "time is"),
    (lambda t: t["space"].fill_(float("nan")), "damaged weights"),
])  # fmt: skip
def test_refusals_name_the_tensor(tmp_path: Path, change, message: str) -> None:
    save_video_model(noisy(), tmp_path, {})
    tensors = load_file(tmp_path / "model.safetensors")
    change(tensors)
    save_file(tensors, tmp_path / "model.safetensors")
    with pytest.raises(MissingCheckpoint, match=message):
        load_video_model(tmp_path)


def test_refusals_of_files(tmp_path: Path) -> None:
    with pytest.raises(MissingCheckpoint, match="lacks model.safetensors, config.json, meta.json"):
        load_video_model(tmp_path / "nowhere")
    save_video_model(noisy(), tmp_path, {})
    config = json.loads((tmp_path / "config.json").read_text())
    (tmp_path / "config.json").write_text(json.dumps({**config, "kind": "lstm"}))
    with pytest.raises(MissingCheckpoint, match="unknown kind 'lstm'"):
        load_video_model(tmp_path)
    (tmp_path / "config.json").write_text(json.dumps({**config, "format": "other"}))
    with pytest.raises(MissingCheckpoint, match="unknown format"):
        load_video_model(tmp_path)


def vit(tmp_path: Path):
    """A tiny transformer of timm with random weights, and its file."""
    timm = pytest.importorskip("timm.models.vision_transformer")
    torch.manual_seed(0)
    sizes = {"img_size": 32, "patch_size": 8, "embed_dim": 16, "depth": 2, "num_heads": 2, "num_classes": 0}
    image_model = timm.VisionTransformer(**sizes).eval()
    with torch.no_grad():
        for p in image_model.parameters():
            p.add_(0.1 * torch.randn(p.shape))
    save_file(image_model.state_dict(), tmp_path / "vit.safetensors")
    return image_model, tmp_path / "vit.safetensors"


@torch.no_grad()
def test_image_weights_make_it_the_image_model_a_frame(tmp_path: Path) -> None:
    """With time attention still at zero, a frame's tokens are exactly what the image model gives."""
    image_model, file = vit(tmp_path)
    model = FakeSTormer.create(VIT).eval()
    taken = load_mae(model, file)
    grid = model.tokens(model.patches(clips(2)))
    for t in range(3):
        expected = image_model.forward_features(clips(2)[:, t])
        torch.testing.assert_close(grid[:, t + 1], expected, rtol=1e-4, atol=1e-4)
    assert not [n for n in taken if "temporal" in n]
    assert "blocks.1.mlp.2.bias" in taken


def test_image_weights_that_do_not_fit_are_named(tmp_path: Path) -> None:
    _, file = vit(tmp_path)
    deeper = FakeSTormer.create(dataclasses.replace(VIT, depth=3))
    with pytest.raises(MissingCheckpoint) as caught:
        load_mae(deeper, file)
    assert "blocks.2.attn.qkv.weight" in caught.value.detail
    wider = FakeSTormer.create(dataclasses.replace(VIT, dim=24))
    with pytest.raises(MissingCheckpoint, match="other widths"):
        load_mae(wider, file)
    with pytest.raises(MissingCheckpoint, match="stem 'patch'"):
        load_mae(noisy(), file)
    (tmp_path / "mae.pth").write_bytes(b"pickle")
    with pytest.raises(MissingCheckpoint, match="safetensors"):
        load_mae(FakeSTormer.create(VIT), tmp_path / "mae.pth")


def test_positions_are_resized_as_a_picture() -> None:
    ramp = torch.arange(4.0).repeat_interleave(4)[:, None]  # value = row of a 4 x 4 grid
    positions = torch.cat([torch.full((1, 1), 9.0), ramp])
    out = resized_positions(positions, 64)
    assert out[0] == 9.0
    grid = out[1:, 0].reshape(8, 8)
    assert (grid.diff(dim=0) > 0).all()
    torch.testing.assert_close(grid.diff(dim=1), torch.zeros(8, 7), rtol=0, atol=1e-5)
    assert torch.equal(resized_positions(positions, 16), positions)


@torch.no_grad()
def test_a_frame_detector_is_taken_over(tmp_path: Path) -> None:
    config = detector_config()
    assert config.detector is not None
    detector = KnowledgeGuidedDetector.create(config.detector, 5).eval()
    save_detector(detector, tmp_path, {})
    model = FakeSTormer.create(config).eval()
    start_from_detector(model, tmp_path)
    assert isinstance(model.stem, DetectorStem)
    picture = clips(1)[0]
    torch.testing.assert_close(model.stem.detector(picture).logits, detector(picture).logits, rtol=1e-4, atol=1e-5)
    with pytest.raises(MissingCheckpoint, match="stem 'detector'"):
        start_from_detector(noisy(), tmp_path)
