"""Tower weights from files of four layouts: the same numbers come out, and what does not fit is refused by name."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from open_clip.tokenizer import SimpleTokenizer
from safetensors.torch import save_file
from torch import Tensor

from kfd.encoders.vit_weights.compare import compare_towers, refuse_transposed
from kfd.encoders.vit_weights.layouts import BY_NAME
from kfd.encoders.vit_weights.load import load_towers, map_towers, read_towers, save_towers
from kfd.encoders.vit_weights.mapping import layout_of
from kfd.encoders.vit_weights.sizes import TowerSizes
from media.errors import MissingCheckpoint
from tests.kfd.release_reference import Reference
from tests.kfd.release_weights import filled, imagebind_shapes, imagebind_state

SIZES = TowerSizes.tiny()
TAPS = (1, 2, 3)
IMAGES = torch.randn(2, 3, 32, 32, generator=torch.Generator().manual_seed(1))
IDS = SimpleTokenizer()(["a real face", "a forged face with seams"])
CONV = "modality_preprocessors.vision.rgbt_stem.proj.1.weight"
PROJECTION = "modality_heads.text.proj.1.weight"
Changed = Callable[[dict[str, Tensor]], object]


def randomised(model: torch.nn.Module) -> Any:
    generator = torch.Generator().manual_seed(5)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(0.3 * torch.randn(parameter.shape, generator=generator))
    return model.eval()


@pytest.fixture(scope="module")
def openclip() -> Any:
    """Open_clip's own model, as its files are written."""
    import open_clip

    vision = open_clip.CLIPVisionCfg(image_size=32, layers=4, width=16, head_width=8, patch_size=8, mlp_ratio=2.0)
    text = open_clip.CLIPTextCfg(context_length=77, vocab_size=49408, width=12, heads=2, layers=2, mlp_ratio=2.0)
    return randomised(open_clip.CLIP(12, vision, text))


@torch.no_grad()
def test_openclip_file_gives_its_own_models_numbers(openclip: Any, tmp_path: Path) -> None:
    torch.save(
        {"epoch": 3, "state_dict": {f"module.{k}": v for k, v in openclip.state_dict().items()}}, tmp_path / "f.pt"
    )
    found = read_towers(tmp_path / "f.pt", SIZES)
    assert (found.layout, found.sizes.norm_eps, found.wrappers) == ("openclip", 1e-5, ("state_dict", "module."))
    towers = load_towers(tmp_path / "f.pt", SIZES)
    torch.testing.assert_close(
        towers.encode_image(IMAGES), openclip.encode_image(IMAGES, normalize=True), rtol=0, atol=1e-6
    )
    torch.testing.assert_close(towers.encode_text(IDS), openclip.encode_text(IDS, normalize=True), rtol=0, atol=1e-6)
    seen: list[Tensor] = []
    handle = openclip.visual.transformer.resblocks[2].register_forward_hook(lambda _m, _i, out: seen.append(out))
    openclip.encode_image(IMAGES)
    handle.remove()
    layer = towers.encoder(TAPS)(IMAGES).layers[1]
    torch.testing.assert_close(layer.flatten(2).transpose(1, 2), seen[0][:, 1:], rtol=0, atol=1e-5)


@torch.no_grad()
def test_transformers_file_with_separate_q_k_v(tmp_path: Path) -> None:
    from transformers import CLIPConfig, CLIPModel

    shared = {"hidden_act": "gelu", "projection_dim": 12}
    vision = {"image_size": 32, "patch_size": 8, "hidden_size": 16, "num_hidden_layers": 4, "num_attention_heads": 2}
    text = {"hidden_size": 12, "num_hidden_layers": 2, "num_attention_heads": 2, "eos_token_id": 49407}
    config = CLIPConfig(
        vision_config={**vision, "intermediate_size": 32, **shared},
        text_config={**text, "intermediate_size": 24, **shared},
        projection_dim=12,
    )
    model = randomised(CLIPModel(config))
    save_file({k: v.contiguous() for k, v in model.state_dict().items()}, tmp_path / "model.safetensors")
    assert read_towers(tmp_path, SIZES).layout == "transformers"
    towers = load_towers(tmp_path, SIZES)
    both = model(input_ids=IDS, pixel_values=IMAGES)
    torch.testing.assert_close(towers.encode_image(IMAGES), both.image_embeds, rtol=0, atol=1e-6)
    torch.testing.assert_close(towers.encode_text(IDS), both.text_embeds, rtol=0, atol=1e-6)


@torch.no_grad()
def test_imagebind_file_gives_the_re_stated_numbers(tmp_path: Path) -> None:
    state = imagebind_state(SIZES)
    torch.save(state, tmp_path / "imagebind_huge.pth")
    found = read_towers(tmp_path, SIZES)
    assert (found.layout, found.sizes.norm_eps) == ("imagebind", 1e-6)
    assert "non-commercial" in found.licence
    towers = load_towers(tmp_path, SIZES)
    reference = Reference({f"visual_encoder.{k}": v for k, v in state.items()}, (2, 2), 8, 1)
    embedding, blocks = reference.vision(IMAGES)
    torch.testing.assert_close(towers.encode_image(IMAGES), embedding, rtol=0, atol=1e-6)
    for layer, tap in zip(towers.encoder(TAPS)(IMAGES).layers, TAPS, strict=True):
        torch.testing.assert_close(layer.flatten(2), blocks[tap][1:].permute(1, 2, 0), rtol=0, atol=1e-5)
    torch.testing.assert_close(towers.encode_text(IDS), F.normalize(reference.words(IDS)[0], dim=-1), rtol=0, atol=1e-6)


def drop(key: str) -> Changed:
    return lambda state: state.pop(key)


def put(key: str, change: Callable[[Tensor], Tensor]) -> Changed:
    return lambda state: state.update({key: change(state[key])})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (drop(CONV), f"lacks 1 tensors of the towers .imagebind layout.: {CONV}"),
        (drop("modality_trunks.text.blocks.1.norm_2.bias"), r"lacks 1 .*blocks\.1\.norm_2\.bias"),
        (
            lambda s: s.update({"modality_trunks.vision.blocks.4.norm_1.weight": torch.ones(16)}),
            r"do not have: modality_trunks\.vision\.blocks\.4\.norm_1\.weight",
        ),
        (put(CONV, lambda t: t.sum(2)), r"proj\.1\.weight .* has shape \(16, 3, 8, 8\), expected \(16, 3, 2, 8, 8\)"),
        (put("modality_heads.vision.2.weight", lambda t: t.T), r"vision\.2\.weight .*it is stored transposed"),
        (put("modality_heads.vision.0.bias", lambda t: t * float("nan")), r"vision\.0\.bias .* not finite"),
        (put("modality_heads.vision.0.bias", lambda t: t.long()), r"vision\.0\.bias .*expected floating point"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(tmp_path: Path, change: Changed, message: str) -> None:
    state = imagebind_state(SIZES)
    change(state)
    torch.save(state, tmp_path / "f.pth")
    with pytest.raises(MissingCheckpoint, match=message):
        read_towers(tmp_path / "f.pth", SIZES)


def test_an_unknown_layout_is_refused() -> None:
    with pytest.raises(MissingCheckpoint, match=r"no layout is known .* backbone\.weight"):
        layout_of(["backbone.weight"])


def as_openclip(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """ImageBind's towers as OpenCLIP would have had them: one convolution, of which ImageBind has two halves."""
    ours = map_towers({k: v for k, v in state.items()}, BY_NAME["imagebind"], SIZES)
    return {k.removeprefix("text."): v for k, v in ours.items()}


def test_comparison_tells_equal_towers_from_others(tmp_path: Path) -> None:
    state = imagebind_state(SIZES)
    torch.save(state, tmp_path / "imagebind.pth")
    save_file(as_openclip(state), tmp_path / "openclip.safetensors")
    ours, others = (read_towers(tmp_path / n, SIZES) for n in ("imagebind.pth", "openclip.safetensors"))
    same = compare_towers(ours.tensors, others.tensors)
    assert same.equal
    assert same.exact == same.same == same.tensors == len(ours.tensors)
    half = {k: v.bfloat16() for k, v in others.tensors.items()}
    assert compare_towers(ours.tensors, half).equal
    assert compare_towers(ours.tensors, half).exact < same.tensors
    moved = {**others.tensors, "visual.ln_pre.bias": others.tensors["visual.ln_pre.bias"] + 0.01}
    found = compare_towers(ours.tensors, moved)
    assert (found.equal, found.differing, found.transposed) == (False, ("visual.ln_pre.bias",), ())
    assert found.largest_difference == pytest.approx(0.01, rel=1e-3)
    with pytest.raises(MissingCheckpoint, match="have no tensor in common"):
        compare_towers({"a": torch.ones(1)}, {"b": torch.ones(1)})


def test_a_transposed_square_matrix_shows_beside_other_towers() -> None:
    state = imagebind_state(SIZES)
    ours = map_towers(state, BY_NAME["imagebind"], SIZES)
    turned = map_towers({**state, PROJECTION: state[PROJECTION].T.contiguous()}, BY_NAME["imagebind"], SIZES)
    with pytest.raises(MissingCheckpoint, match=r"text\.text_projection is transposed"):
        refuse_transposed(compare_towers(turned, ours))


@torch.no_grad()
def test_a_folder_of_ours_gives_the_same_towers(tmp_path: Path) -> None:
    torch.save(dict(filled(imagebind_shapes(SIZES), 2, torch.bfloat16)), tmp_path / "f.pth")
    found = read_towers(tmp_path / "f.pth", SIZES)
    digest = save_towers(found, tmp_path / "towers", {"command": "made for a test"})
    assert len(digest) == 64
    again = read_towers(tmp_path / "towers")  # the sizes come from the folder
    assert (again.layout, again.sizes, again.licence) == ("own", replace(SIZES, norm_eps=1e-6), found.licence)
    assert all(torch.equal(again.tensors[name], t) for name, t in found.tensors.items())
    before, after = load_towers(tmp_path / "f.pth", SIZES), load_towers(tmp_path / "towers", with_text=False)
    assert torch.equal(before.encode_image(IMAGES), after.encode_image(IMAGES))
    with pytest.raises(ValueError, match="without the text tower"):
        after.encode_text(IDS)
    with pytest.raises(MissingCheckpoint, match="nothing is overwritten"):
        save_towers(found, tmp_path / "towers", {})
    (tmp_path / "towers" / "meta.json").write_text("{")
    with pytest.raises(MissingCheckpoint, match="damaged"):
        read_towers(tmp_path / "towers")


@torch.no_grad()
def test_text_after_its_end_has_no_effect_and_too_long_is_refused(tmp_path: Path) -> None:
    torch.save(imagebind_state(SIZES), tmp_path / "f.pth")
    text = load_towers(tmp_path / "f.pth", SIZES).text_tower
    ends = IDS.argmax(-1)
    noisy = text.token_embedding(IDS)
    torch.testing.assert_close(text.encode_embeddings(noisy, ends), text.encode_ids(IDS))
    noisy[0, ends[0] + 1 :] = 9.0
    torch.testing.assert_close(text.encode_embeddings(noisy, ends), text.encode_ids(IDS))
    noisy[0, ends[0] - 1] = 9.0
    assert not torch.allclose(text.encode_embeddings(noisy, ends), text.encode_ids(IDS))
    with pytest.raises(ValueError, match="78 tokens"):
        text.encode_embeddings(torch.zeros(1, 80, 12), torch.tensor([77]))


@pytest.mark.parametrize("change", [{"width": 15}, {"layers": 0}, {"image_size": 30}])
def test_impossible_sizes_are_refused(change: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=next(iter(change))):
        replace(SIZES, **change)
