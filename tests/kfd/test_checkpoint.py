"""A saved detector is the same detector, and a folder that does not fit is refused with a reason."""

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from kfd.checkpoint import load_detector, save_detector
from kfd.config import KFDConfig
from kfd.detector import KnowledgeGuidedDetector
from media.errors import MissingCheckpoint


@pytest.fixture
def trained() -> KnowledgeGuidedDetector:
    detector = KnowledgeGuidedDetector.create(KFDConfig.tiny(), seed=3).train()
    detector(torch.randn(8, 3, 64, 64, generator=torch.Generator().manual_seed(0)))  # moves BatchNorm statistics
    return detector.eval()


@torch.no_grad()
@pytest.mark.parametrize(("storage", "tolerance"), [("fp32", 0.0), ("fp16", 0.05)])
def test_round_trip(trained: KnowledgeGuidedDetector, tmp_path: Path, storage: str, tolerance: float) -> None:
    save_detector(trained, tmp_path, {"seed": 3}, storage=storage)  # pyright: ignore[reportArgumentType]
    loaded, meta = load_detector(tmp_path)
    images = torch.randn(2, 3, 64, 64, generator=torch.Generator().manual_seed(1))
    a, b = trained(images), loaded(images)
    torch.testing.assert_close(a.logits, b.logits, rtol=0, atol=tolerance)
    torch.testing.assert_close(a.map_logits, b.map_logits, rtol=0, atol=tolerance)
    assert torch.equal(trained.text.features, loaded.text.features)
    assert meta["seed"] == 3
    assert loaded.config == trained.config
    assert not loaded.training


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"labels": ["fake", "real"]}, "does not fit"),
        ({"channels": "BGR"}, "does not fit"),
        ({"locator_width": 7}, "does not fit"),
        ({"unknown": 1}, "does not fit"),
        ({"format": "kfd-0"}, "format"),
    ],
)
def test_changed_configuration_is_refused(
    trained: KnowledgeGuidedDetector, tmp_path: Path, change: dict[str, object], message: str
) -> None:
    save_detector(trained, tmp_path, {})
    config = json.loads((tmp_path / "config.json").read_text())
    (tmp_path / "config.json").write_text(json.dumps({**config, **change}))
    with pytest.raises(MissingCheckpoint, match=message):
        load_detector(tmp_path)


def test_missing_tensor_damaged_weights_and_other_preprocessing(
    trained: KnowledgeGuidedDetector, tmp_path: Path
) -> None:
    save_detector(trained, tmp_path, {})
    tensors = load_file(tmp_path / "model.safetensors")
    save_file({k: v for k, v in tensors.items() if "running_mean" not in k}, tmp_path / "model.safetensors")
    with pytest.raises(MissingCheckpoint, match="does not fit"):
        load_detector(tmp_path)
    save_file({**tensors, "global_scale": torch.tensor(float("nan"))}, tmp_path / "model.safetensors")
    with pytest.raises(MissingCheckpoint, match="damaged"):
        load_detector(tmp_path)
    save_file(tensors, tmp_path / "model.safetensors")
    meta = json.loads((tmp_path / "meta.json").read_text())
    meta["encoder"]["mean"] = [0.0, 0.0, 0.0]
    (tmp_path / "meta.json").write_text(json.dumps(meta))
    with pytest.raises(MissingCheckpoint, match="preprocessing"):
        load_detector(tmp_path)
    (tmp_path / "meta.json").unlink()
    with pytest.raises(MissingCheckpoint, match=r"lacks meta\.json"):
        load_detector(tmp_path)
