"""The release's checkpoint, converted, computes what its forward pass computes; see release_reference.py."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from kfd.__main__ import main
from kfd.encoders.vit_weights.towers import Towers
from kfd.release.checkpoint import load_release
from kfd.release.descriptions import clip_sentence_encoder
from kfd.text import DescriptionFeatures
from media.errors import BadRequest, MissingCheckpoint
from tests.kfd.release_reference import Reference, block_outputs
from tests.kfd.release_weights import RANK, base_of, convert, merged, release_state, tiny_sizes

SIZES = tiny_sizes()
TAPS = SIZES.detector.taps
STAGES = 4
IMAGES = torch.randn(2, 3, 32, 32, generator=torch.Generator().manual_seed(1))


def reference_of(state: dict[str, Tensor]) -> Reference:
    return Reference(state, (2, 2), 8, RANK)


@pytest.fixture(scope="module")
def state() -> dict[str, Tensor]:
    return release_state(SIZES)


@pytest.fixture(scope="module")
def converted(state: dict[str, Tensor], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("release")
    return folder / "out", convert(state, folder, base_of(state))


def close(ours: Tensor, theirs: Tensor, tolerance: float) -> None:
    torch.testing.assert_close(ours, theirs, rtol=0, atol=tolerance)


@torch.inference_mode()
def test_detector_is_the_releases(state: dict[str, Tensor], converted: tuple[Path, dict[str, Any]]) -> None:
    reference = reference_of(state)
    detector, meta = load_release(converted[0] / "kfd", with_text=True)
    assert "non-commercial" in meta["licence"]
    embedding, blocks = reference.vision(IMAGES)
    seen = block_outputs(detector.towers.visual)
    output = detector(IMAGES)
    assert len(seen) == len(blocks) == 4
    for ours, theirs in zip(seen, blocks, strict=True):
        close(ours, theirs.transpose(0, 1), 1e-4)
    close(output.global_token, embedding, 1e-5)
    text = reference.descriptions()
    close(detector.text.features, text, 1e-5)
    maps = reference.maps(blocks, TAPS, text, 32)
    close(output.consistency, torch.cat(maps, 1), 2e-3)  # 100 times a cosine
    torch.testing.assert_close(output.map_logits, reference.locate(maps), rtol=1e-4, atol=1e-4)
    torch.testing.assert_close(output.logits, reference.classify(maps), rtol=1e-4, atol=1e-4)
    ids = torch.tensor([[49406, 1125, 1710, 49407] + [0] * 73])
    close(detector.towers.encode_text(ids), F.normalize(reference.words(ids)[0], dim=-1), 1e-5)


@torch.inference_mode()
def test_maps_can_be_rounded_as_the_release_rounds_them(
    state: dict[str, Tensor], converted: tuple[Path, dict[str, Any]]
) -> None:
    detector = load_release(converted[0] / "kfd")[0]
    exact = detector(IMAGES).consistency
    detector.config = dataclasses.replace(detector.config, rounded_maps=True)
    corners = detector(IMAGES).consistency[..., 0, 0]  # enlarging keeps corners as they are
    assert torch.equal(corners, corners.bfloat16().float())
    difference = (corners - exact[..., 0, 0]).abs()
    assert 0 < difference.max() <= 0.02 * exact.abs().max()


@torch.inference_mode()
def test_parity_is_lost_without_lora_or_with_it_twice(state: dict[str, Tensor], tmp_path: Path) -> None:
    embedding, _ = reference_of(state).vision(IMAGES)
    for number, (content, lora) in enumerate(((state, "merged"), (merged(state), "unmerged"))):
        (folder := tmp_path / str(number)).mkdir()
        convert(content, folder, parts=("kfd",), lora=lora)
        wrong = load_release(folder / "out" / "kfd")[0](IMAGES).global_token
        assert (wrong - embedding).abs().max() > 1e-3


@torch.inference_mode()
def test_prompt_learner_is_the_releases(state: dict[str, Tensor], converted: tuple[Path, dict[str, Any]]) -> None:
    from prompt_learner.checkpoint import load_prompt_model

    reference = reference_of(state)
    model = load_prompt_model(converted[0] / "prompt_learner", hidden_size=20)
    embedding, blocks = reference.vision(IMAGES)
    maps = reference.maps(blocks, TAPS, reference.descriptions(), 32)
    located, scores = reference.locate(maps).softmax(1), reference.classify(maps).softmax(1)
    visual, forgery = model(torch.cat(maps, 1), located[:, 1:], scores, embedding)
    close(visual[:, 0], reference.linear(embedding, "llama_proj"), 1e-5)
    theirs = reference.prompts(maps, located, scores, STAGES)
    close(forgery[:, :9], theirs, 1e-5 * float(theirs.abs().max()))
    close(forgery[:, 9], scores.repeat(1, 10), 1e-6)  # the token of the raw scores: real, fake, real, fake, ...
    assert not model.blank()[1].any()


@torch.inference_mode()
def test_language_lora_is_a_peft_adapter(state: dict[str, Tensor], converted: tuple[Path, dict[str, Any]]) -> None:
    from peft import PeftModel
    from transformers import LlamaConfig, LlamaForCausalLM

    config = LlamaConfig(
        vocab_size=30, hidden_size=20, intermediate_size=24, num_hidden_layers=2, num_attention_heads=2,
        num_key_value_heads=2,
    )  # fmt: skip
    base: Any = LlamaForCausalLM(config)
    before = base.model.layers[1].self_attn.v_proj.weight.clone()
    model: Any = PeftModel.from_pretrained(base, str(converted[0] / "language_model")).merge_and_unload()
    name = "llama_model.base_model.model.model.layers.1.self_attn.v_proj.lora_{}.default.weight"
    change = state[name.format("B")] @ state[name.format("A")]  # alpha / rank = 1
    close(model.model.layers[1].self_attn.v_proj.weight, before + change, 1e-6)
    about = json.loads((converted[0] / "language_model" / "adapter_config.json").read_text())
    assert about["base_model_name_or_path"] == "lmsys/vicuna-7b-v1.5-16k"


def test_report_says_what_was_found(converted: tuple[Path, dict[str, Any]]) -> None:
    folder, report = converted
    assert json.loads((folder / "report.json").read_text()) == json.loads(json.dumps(report))
    assert report["encoder_lora"]["state"] == "unmerged"
    assert report["encoder_lora"]["share"] == pytest.approx((0, 0), abs=1e-5)
    assert report["encoder_lora"]["pairs"] == 2 * 4 + 2 * 2 + 2
    assert report["base"]["equal"]
    assert report["batch_norms"] == {"kfd": 3 + 3 * 2, "prompt_learner": 2 * 4}
    assert report["language_lora"] == {"tensors": 16, "base_tensors_left_out": 2, "for": "lmsys/vicuna-7b-v1.5-16k"}
    assert report["families"]["image_decoder"] == {"tensors": 6, "numbers": 3 * (12 * 16 + 12)}
    assert set(report["written"]) == {"kfd", "prompt_learner", "language_model"}
    assert "/" not in report["source"]["file"]


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("is_merged", [False, True])
@torch.inference_mode()
def test_lora_is_folded_once_whatever_the_file_holds(tmp_path: Path, dtype: torch.dtype, is_merged: bool) -> None:
    state = release_state(SIZES, dtype=dtype)
    report = convert(merged(state) if is_merged else state, tmp_path, base_of(state), parts=("kfd",))
    assert report["encoder_lora"]["state"] == ("merged" if is_merged else "unmerged")
    ours = load_release(tmp_path / "out" / "kfd")[0](IMAGES).global_token
    tolerance = 0.02 if is_merged and dtype == torch.bfloat16 else 1e-5  # merging in bfloat16 rounds
    close(ours, reference_of(state).vision(IMAGES)[0], tolerance)


def test_lora_without_effect_or_without_any_needs_no_base(state: dict[str, Tensor], tmp_path: Path) -> None:
    for number, (content, found) in enumerate(
        (
            ({k: t * 0 if k.endswith("lora_B") else t for k, t in state.items()}, "no effect"),
            ({k: t for k, t in state.items() if not k.endswith(("lora_A", "lora_B"))}, "absent"),
        )
    ):
        (folder := tmp_path / str(number)).mkdir()
        assert convert(content, folder, parts=("kfd",))["encoder_lora"]["state"] == found


@torch.inference_mode()
def test_wrapped_names_give_the_same_detector(
    state: dict[str, Tensor], converted: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    def wrapped(name: str) -> str:
        family, _, rest = name.partition(".")
        if family == "visual_encoder":
            rest = "base_model.model." + rest.replace(".fc1.weight", ".fc1.base_layer.weight")
            rest = rest.replace("lora_A", "lora_A.default.weight").replace("lora_B", "lora_B.default.weight")
        return f"module.{family}.{rest}"

    content = {"model": {wrapped(name): t for name, t in state.items()}}
    report = convert(content, tmp_path, lora="unmerged", parts=("kfd",))  # pyright: ignore[reportArgumentType]
    assert report["source"]["wrappers"] == ["model", "module."]
    assert report["inner_wrappers"]["visual_encoder"] == ["base_model.model."]
    first, second = load_release(converted[0] / "kfd")[0], load_release(tmp_path / "out" / "kfd")[0]
    assert torch.equal(first(IMAGES).logits, second(IMAGES).logits)


@torch.inference_mode()
def test_context_in_the_file_enters_the_features(state: dict[str, Tensor], tmp_path: Path) -> None:
    context = torch.randn(16, 12) * 30
    report = convert({**state, "ctx": context}, tmp_path, lora="unmerged", parts=("kfd",))
    assert report["text_features"]["context_in_file"] == [16, 12]
    detector = load_release(tmp_path / "out" / "kfd")[0]
    reference = reference_of(state)
    ids = torch.zeros(4, 77, dtype=torch.long)
    ids[:, 0], ids[:, 1], ids[:, 2] = 49406, torch.tensor([337, 324, 320, 331]), 49407
    real = F.normalize(torch.cat([context, reference.words(ids)[0]]).mean(0), dim=0)
    close(detector.text.features[0], real, 1e-5)


def test_learned_context_goes_through_the_text_tower_and_is_cached(converted: tuple[Path, dict[str, Any]]) -> None:
    text = load_release(converted[0] / "kfd", with_text=True)[0].towers.text_tower
    torch.manual_seed(0)
    features = DescriptionFeatures(12, 5, {"real": ("a real face",), "fake": ("a forged face", "a mask")})
    features.attach(clip_sentence_encoder(text, "0" * 64, 5))
    with torch.no_grad():  # the same by hand: [start] context words [end]
        ids = torch.tensor([[49406, *words, 49407] for words in [_ids("a real face")]])
        embedded = text.token_embedding(ids)
        sequence = torch.cat([embedded[:, :1], features.context[:1], embedded[:, 1:]], 1)
        close(features.features[0], text.encode_embeddings(sequence, torch.tensor([sequence.shape[1] - 1]))[0], 1e-6)
    calls: list[int] = []
    text.transformer.register_forward_hook(lambda *_: calls.append(1))
    features.train()
    features()[0].sum().backward()
    assert features.context.grad is not None
    assert features.context.grad[0].abs().sum() > 0
    assert calls == [1]
    features.eval()  # stores the features once more
    stored = features()
    assert features() is stored
    assert calls == [1, 1]
    with pytest.raises(BadRequest, match=r"has 90 tokens; with 5 context vectors 70 fit"):
        clip_sentence_encoder(text, "0" * 64, 5).tokenizer(["face " * 90])


def _ids(sentence: str) -> list[int]:
    from open_clip.tokenizer import SimpleTokenizer

    return SimpleTokenizer().encode(sentence)


def test_prepared_pixels_are_normalised_as_the_encoder_wants(converted: tuple[Path, dict[str, Any]]) -> None:
    detector, _ = load_release(converted[0] / "kfd")
    x = detector.prepare(torch.full((1, 32, 32, 3), 255, dtype=torch.uint8))
    close(x[0, :, 0, 0], (1 - torch.tensor(Towers.mean)) / torch.tensor(Towers.std), 1e-6)
    with pytest.raises(ValueError, match="uint8"):
        detector.prepare(torch.zeros(1, 3, 32, 32))


def test_the_command(state: dict[str, Tensor], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    torch.save(state, tmp_path / "ckpt.pth")
    torch.save(base_of(state), tmp_path / "imagebind.pth")
    sizes = {
        "detector": SIZES.detector.to_dict(),
        "prompt": SIZES.prompt.__dict__,
        "language": SIZES.language.__dict__,
    }
    (tmp_path / "sizes.json").write_text(json.dumps(sizes))
    (tmp_path / "towers.json").write_text(json.dumps(SIZES.detector.towers.to_dict()))
    words = ["convert", "release", str(tmp_path / "ckpt.pth"), "--sizes", str(tmp_path / "sizes.json"), "--out"]
    assert main([*words, str(tmp_path / "no")]) == 2
    assert "may be in its weights already or not" in capsys.readouterr().err
    assert not (tmp_path / "no").exists()
    assert not list(tmp_path.glob("*.partial"))
    assert main([*words, str(tmp_path / "out"), "--base", str(tmp_path / "imagebind.pth")]) == 0
    assert json.loads(capsys.readouterr().out)["encoder_lora"]["decided_by"] == "base"
    words = ["convert", "imagebind", str(tmp_path / "imagebind.pth"), "--sizes", str(tmp_path / "towers.json")]
    assert main([*words, "--out", str(tmp_path / "towers"), "--compare", str(tmp_path / "imagebind.pth")]) == 0
    assert json.loads(capsys.readouterr().out)["compared"]["equal"]
    assert main([*words, "--out", str(tmp_path / "towers")]) == 2
    assert "nothing is overwritten" in capsys.readouterr().err
    assert main(["convert", "imagebind", str(tmp_path / "towers"), "--out", str(tmp_path / "again")]) == 2
    assert "not ImageBind's" in capsys.readouterr().err
    (tmp_path / "sizes.json").write_text('{"detector": {"towers": {"layers": 0}}}')
    assert main(["convert", "release", "x", "--sizes", str(tmp_path / "sizes.json"), "--out", "y"]) == 2
    assert "layers must be positive" in capsys.readouterr().err


def test_a_folder_that_does_not_fit(converted: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "kfd"
    shutil.copytree(converted[0] / "kfd", folder)
    config = json.loads((folder / "config.json").read_text())
    for change, message in (
        ({"format": "kfd-1"}, "not of format"),
        ({"locator_width": 7}, "does not fit its configuration"),
        ({"taps": [1, 2, 9]}, "does not fit its configuration"),
        ({"labels": ["fake", "real"]}, "does not fit its configuration"),
    ):
        (folder / "config.json").write_text(json.dumps({**config, **change}))
        with pytest.raises(MissingCheckpoint, match=message):
            load_release(folder)
    (folder / "config.json").unlink()
    with pytest.raises(MissingCheckpoint, match=r"lacks config\.json"):
        load_release(folder)
