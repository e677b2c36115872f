"""A detector on a vision transformer: frozen towers, low rank that learns, its folder, few photos."""

import copy
import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from kfd.checkpoint import load_detector, save_detector
from kfd.config import KFDConfig
from kfd.detector import KnowledgeGuidedDetector
from kfd.encoders.base import EncoderConfig
from kfd.encoders.fine import WIDTHS
from kfd.encoders.vit_weights.load import CONFIG, FORMAT, META, WEIGHTS
from kfd.encoders.vit_weights.sizes import TowerSizes
from kfd.encoders.vit_weights.towers import Towers
from media.errors import BadRequest, ForgeryAssistantError
from simulation.records import FaceRecord
from training.kfd_loop import KfdRun
from training.kfd_model import merge_low_rank, parameter_groups, start_detector
from training.kfd_sources import WEAR, _some
from training.train_kfd import parse

SIZES = TowerSizes.tiny(norm_eps=1e-6)


@pytest.fixture
def towers(tmp_path: Path) -> Path:
    """A folder of ours with random towers."""
    folder = tmp_path / "towers"
    folder.mkdir()
    torch.manual_seed(0)
    save_file({k: v.contiguous() for k, v in Towers(SIZES).state_dict().items()}, folder / WEIGHTS)
    (folder / CONFIG).write_text(json.dumps({"format": FORMAT, **SIZES.to_dict()}))
    (folder / META).write_text(json.dumps({"licence": "CC0"}))
    return folder


def options(out: Path, *more: str) -> list[str]:
    return ["--smoke", "--out", str(out), "--threads", "1", "--workers", "0", "--max-steps", "3", *more]


def test_the_papers_size_follows_from_the_towers() -> None:
    config = KFDConfig.on_towers(TowerSizes())
    assert (config.image_size, config.map_size, config.head_size, config.text_dim) == (224, 224, 64, 1024)
    assert config.encoder.taps == (15, 23, 31)
    assert config.context == 16
    assert KFDConfig.from_dict(json.loads(json.dumps(config.to_dict()))) == config
    with pytest.raises(ValueError, match="not the towers'"):
        KFDConfig.from_dict({**config.to_dict(), "image_size": 256})


def test_only_low_rank_heads_and_context_learn(towers: Path, tmp_path: Path) -> None:
    args = parse(options(tmp_path / "run", "--towers", str(towers), "--encoder-lora", "2"))
    detector, about = start_detector(args)
    learned = {n for n, p in detector.named_parameters() if p.requires_grad}
    inside = {n for n in learned if n.startswith("encoder.")}
    assert len(inside) == 2 * 2 * SIZES.layers
    assert all("lora_" in n and (".c_fc." in n or ".c_proj." in n) for n in inside)
    assert {"text.context", "alignment.adapters.0.weight"} < learned
    assert about["towers"]["licence"] == "CC0"
    frozen, _ = start_detector(parse(options(tmp_path / "run", "--towers", str(towers))))
    assert not any(p.requires_grad for p in frozen.encoder.parameters())


def test_what_low_rank_learned_is_in_the_merged_weights(towers: Path, tmp_path: Path) -> None:
    args = parse(options(tmp_path / "run", "--towers", str(towers), "--encoder-lora", "2"))
    detector = start_detector(args)[0].eval()
    with torch.no_grad():
        for name, p in detector.named_parameters():
            if "lora_" in name:
                p.normal_()
    images = torch.randn(2, 3, SIZES.image_size, SIZES.image_size)
    whole = merge_low_rank(copy.deepcopy(detector))
    assert (
        whole.state_dict().keys()
        == start_detector(parse(options(tmp_path, "--towers", str(towers))))[0].state_dict().keys()
    )
    torch.testing.assert_close(whole(images).logits, detector(images).logits, rtol=1e-4, atol=1e-4)


def test_a_run_on_towers_leaves_a_folder_that_loads(towers: Path, tmp_path: Path) -> None:
    words = options(
        tmp_path / "run", "--towers", str(towers), "--encoder-lora", "2", "--loss", "paper", "--checkpointing"
    )
    run = KfdRun.start(parse(words))
    run.train()
    folder = run.finish()
    assert run.steps == 3
    saved = torch.load(tmp_path / "run" / "state.pt", weights_only=True)["detector"]
    assert not any("base_layer.weight" in name for name in saved)  # the towers are not written every two minutes
    assert any(value.abs().max() > 0 for name, value in saved.items() if "lora_B" in name)  # it began at zero
    again = KfdRun.start(parse(words))
    assert again.steps == 3
    for a, b in zip(run.detector.parameters(), again.detector.parameters(), strict=True):
        assert torch.equal(a, b)
    detector, meta = load_detector(folder)
    assert meta["data"]["towers"]["layout"] == "own"
    images = torch.randn(2, 3, SIZES.image_size, SIZES.image_size)
    with torch.no_grad():
        torch.testing.assert_close(detector(images).logits, run.averaged()(images).logits, rtol=0.02, atol=0.02)  # fp16


def test_options_that_do_not_fit_are_said(towers: Path, tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="--encoder-lora is for vision transformers"):
        start_detector(parse(options(tmp_path, "--encoder-lora", "2")))
    with pytest.raises(BadRequest, match="leave out --image-size"):
        start_detector(parse(options(tmp_path, "--towers", str(towers), "--image-size", "64")))
    with pytest.raises(BadRequest, match="--init and --fine"):
        start_detector(parse(options(tmp_path, "--towers", str(towers), "--fine")))
    with pytest.raises(BadRequest, match="--fine is for the encoder"):
        start_detector(parse(options(tmp_path, "--fine")))
    with pytest.raises(BadRequest, match="needs --towers FILE"):
        start_detector(parse(["--out", str(tmp_path), "--config", "openclip"]))


def _small_detector() -> KnowledgeGuidedDetector:
    config = dataclasses.replace(KFDConfig.tiny(), encoder=EncoderConfig(), head_size=16)
    return KnowledgeGuidedDetector.create(config, seed=3).eval()


def test_a_fine_path_is_added_to_the_detector_that_is_given(tmp_path: Path) -> None:
    given = _small_detector()
    save_detector(given, tmp_path / "given", {"stage": "kfd"}, storage="fp32")
    words = ["--out", str(tmp_path / "run"), "--init", str(tmp_path / "given")]
    plain, _ = start_detector(parse(words))
    fine, _ = start_detector(parse([*words, "--fine"]))
    assert plain.config.encoder.fine is None
    assert fine.config.encoder.fine == WIDTHS
    images = torch.randn(2, 3, 64, 64)
    with torch.no_grad():
        torch.testing.assert_close(fine.eval()(images).logits, given(images).logits)
    full = {id(p) for g in parameter_groups(fine, 0.0, 0.5) if g["share"] == 1.0 for p in g["params"]}
    assert all(id(p) in full for n, p in fine.named_parameters() if n.startswith("encoder.fine."))
    save_detector(fine, tmp_path / "fine", {"stage": "kfd"}, storage="fp32")
    again, _ = start_detector(parse(["--out", str(tmp_path / "run"), "--init", str(tmp_path / "fine")]))
    assert again.config == fine.config


def test_weights_of_another_detector_are_refused(tmp_path: Path) -> None:
    save_detector(_small_detector(), tmp_path / "given", {"stage": "kfd"}, storage="fp32")
    config = json.loads((tmp_path / "given" / "config.json").read_text())
    config["image_size"] = 128
    (tmp_path / "given" / "config.json").write_text(json.dumps(config))
    detector, _ = start_detector(parse(["--out", str(tmp_path), "--init", str(tmp_path / "given")]))
    assert detector.config.image_size == 128  # sizes of pictures are free, sizes of weights are not
    config["locator_width"] = 7
    (tmp_path / "given" / "config.json").write_text(json.dumps(config))
    with pytest.raises(ForgeryAssistantError):
        start_detector(parse(["--out", str(tmp_path), "--init", str(tmp_path / "given")]))


def test_few_photos_are_drawn_by_the_seed() -> None:
    photos = [FaceRecord(np.zeros((4, 4, 3), np.uint8), np.zeros((478, 2), np.float32), str(n)) for n in range(30)]
    some = _some(photos, 5, 1)
    assert len(some) == 5
    assert [p.name for p in some] == [p.name for p in _some(photos, 5, 1)] != [p.name for p in _some(photos, 5, 2)]
    assert _some(photos, None, 1) == _some(photos, 99, 1) == photos
    assert _some(photos, 0, 1) == []


@pytest.mark.parametrize("wear", ["usual", "strong"])
def test_training_pairs_wear_as_asked_and_validation_pairs_as_usual(wear: str, tmp_path: Path) -> None:
    run = KfdRun.start(parse(["--smoke", "--out", str(tmp_path), "--wear", wear, "--threads", "1", "--workers", "0"]))
    assert run.sources.maker.preset is WEAR[wear]
    assert WEAR["strong"].degradation.noise > WEAR["usual"].degradation.noise
