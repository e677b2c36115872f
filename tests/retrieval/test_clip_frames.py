"""CLIP's ResNets for whole frames: against open_clip itself and a forward written out by hand; files of all kinds."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from media.errors import BadRequest, MissingCheckpoint
from retrieval.__main__ import main
from retrieval.annotations import write_jsonl
from retrieval.clip_frames import CLIP_LEVELS, ClipFrames, TowerShape, read_tower, tower_shape
from retrieval.encoders import unit
from retrieval.sides import side_for, side_of
from retrieval.storage import check_encoder
from tests.retrieval.conftest import annotation
from tests.retrieval.test_encoders_frames import grey, write_video

SHAPE = TowerShape((1, 1, 1, 1), 16, 24, 64)
DIMS = {"first": 16, "middle": 256, "last": 24}


def tiny_clip(seed: int = 0) -> Any:
    """A random CLIP of open_clip with a ResNet of four blocks; its norms are as if it had been trained."""
    import torch
    from open_clip.model import CLIP, CLIPTextCfg, CLIPVisionCfg

    torch.manual_seed(seed)
    vision = CLIPVisionCfg(layers=SHAPE.layers, width=SHAPE.width, image_size=SHAPE.image_size)
    model = CLIP(SHAPE.embed_dim, vision, CLIPTextCfg(8, 50, width=16, heads=2, layers=1)).eval()
    for module in model.visual.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(module.weight, 0.5, 1.5)
            torch.nn.init.uniform_(module.running_mean, -0.2, 0.2)
    return model


@pytest.fixture(scope="module")
def model() -> Any:
    return tiny_clip()


@pytest.fixture(scope="module")
def file(model: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole model as open_clip's files have it: tower under `visual.`, text side at the root."""
    from safetensors.torch import save_file

    path = tmp_path_factory.mktemp("clip") / "open_clip_model.safetensors"
    save_file({k: v.contiguous() for k, v in model.state_dict().items()}, path)
    return path


@pytest.fixture(autouse=True)
def _small_towers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.clip_frames.tower_shape", lambda name: SHAPE)


@pytest.fixture(scope="module")
def pictures(astronaut: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """Wide, high, square, and smaller than what CLIP takes."""
    return [astronaut[:300], astronaut[:, 100:333], astronaut, np.ascontiguousarray(astronaut[:50, :41])]


def prepared(pictures: list[NDArray[np.uint8]]) -> Any:
    """What open_clip's own preprocessing makes of them."""
    import torch
    from open_clip.transform import image_transform
    from PIL import Image

    transform = image_transform(SHAPE.image_size, is_train=False)
    return torch.stack([transform(Image.fromarray(p)) for p in pictures])  # type: ignore[operator]


def by_hand(visual: Any, x: Any, level: str) -> Any:
    """The depths written out, without the tower's own methods."""
    import torch.nn.functional as F

    for conv, norm in ((visual.conv1, visual.bn1), (visual.conv2, visual.bn2), (visual.conv3, visual.bn3)):
        x = F.relu(F.batch_norm(conv(x), norm.running_mean, norm.running_var, norm.weight, norm.bias))
    if level == "middle":
        x = F.avg_pool2d(x, 2)
        for stage in (visual.layer1, visual.layer2, visual.layer3):
            for block in stage:
                x = block(x)
    return x.flatten(2).mean(2)


def test_each_level_is_what_open_clip_gives(model: Any, file: Path, pictures: list[NDArray[np.uint8]]) -> None:
    import torch

    with torch.inference_mode():
        given = prepared(pictures)
        expected = {"last": model.encode_image(given)}
        expected |= {level: by_hand(model.visual, given, level) for level in ("first", "middle")}
    for level in CLIP_LEVELS:
        side = ClipFrames.load("rn50", file, level)
        vectors = side.encode(pictures)
        assert vectors.shape == (4, DIMS[level]) == (4, side.key.dim)
        assert np.allclose(vectors, unit(expected[level].numpy()), atol=2e-5), level
        assert (side.key.id, side.key.level) == ("openclip-rn50", level)


def test_a_vector_does_not_depend_on_its_batch(file: Path, astronaut: NDArray[np.uint8]) -> None:
    side = ClipFrames.load("rn101", file)
    many = [np.ascontiguousarray(astronaut[k : k + 100, k : k + 90]) for k in range(0, 380, 20)]
    together = side.encode(many)
    assert np.allclose(np.concatenate([side.encode([p]) for p in many]), together, atol=1e-5)
    assert np.allclose(side.encode([side.crop(many[17])])[0], together[17], atol=1e-5)  # a square is taken as it is
    assert side.encode([]).shape == (0, 24)
    for wrong in (many[0][..., :1], many[0].astype(np.float32)):
        with pytest.raises(BadRequest, match="uint8 RGB"):
            side.encode([wrong])


def test_the_published_towers() -> None:
    assert tower_shape("rn50") == TowerShape((3, 4, 6, 3), 64, 1024, 224)
    assert tower_shape("rn101") == TowerShape((3, 4, 23, 3), 64, 512, 224)
    with pytest.raises(BadRequest, match="rn50, rn101"):
        tower_shape("rn7")


def test_the_same_weights_from_other_files(model: Any, file: Path, tmp_path: Path) -> None:
    import torch

    key = ClipFrames.load("rn50", file).key
    state = model.state_dict()
    torch.save({"epoch": 3, "state_dict": {f"module.{k}": v for k, v in state.items()}}, tmp_path / "trained.pt")
    visual = {k: v for k, v in state.items() if k.startswith("visual.") and "num_batches" not in k}
    torch.save(visual, tmp_path / "visual.pt")
    assert ClipFrames.load("rn50", tmp_path / "trained.pt").key == key
    assert ClipFrames.load("rn50", tmp_path / "visual.pt").key == key
    with pytest.raises(MissingCheckpoint, match="other weights"):
        check_encoder(key, ClipFrames(tiny_clip(1).visual, "rn50").key, "x")
    with pytest.raises(MissingCheckpoint, match="level 'last'"):
        check_encoder(key, ClipFrames.load("rn50", file, "middle").key, "x")


def test_other_files_are_refused_by_name(model: Any, tmp_path: Path) -> None:
    import torch

    state = {k: v for k, v in model.state_dict().items() if k.startswith("visual.")}

    def refused(name: str, content: dict[str, Any], message: str) -> None:
        torch.save(content, tmp_path / name)
        with pytest.raises(MissingCheckpoint, match=message):
            read_tower(tmp_path / name, SHAPE, "rn50")

    without = {k: v for k, v in state.items() if "attnpool" not in k}
    refused("a.pt", without, r"a.pt does not hold CLIP's rn50: visual.attnpool.c_proj.bias, .* more are missing")
    refused("b.pt", state | {"visual.layer1.1.conv1.weight": torch.ones(1)}, "layer1.1.conv1.weight is too many")
    refused(
        "c.pt", state | {"visual.conv1.weight": torch.ones(4, 3, 3, 3)}, r"conv1.weight has the shape \(4, 3, 3, 3\)"
    )
    refused("d.pt", state | {"visual.bn1.bias": torch.full((8,), torch.nan)}, "bn1.bias holds values")
    refused("e.pt", {"text.weight": torch.ones(1)}, "missing")
    with pytest.raises(MissingCheckpoint, match="no weights file"):
        read_tower(tmp_path / "none.pt", SHAPE)
    (tmp_path / "text.pt").write_text("hello")
    with pytest.raises(MissingCheckpoint, match="no weights file"):
        read_tower(tmp_path / "text.pt", SHAPE)


def test_a_program_is_not_opened(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "RN50.pt", "w") as archive:
        archive.writestr("RN50/data.pkl", b"x")
        archive.writestr("RN50/code/__torch__.py", "import os")
    with pytest.raises(MissingCheckpoint, match="TorchScript archive"):
        read_tower(tmp_path / "RN50.pt", SHAPE)


def test_which_encoder_options_name(file: Path) -> None:
    side = side_of("rn50", None, clip_weights=file)
    assert side.key.level == "last"
    assert side_for(side.key, clip_weights=file).key == side.key
    for options, message in (
        (("rn50",), "--clip-weights FILE"),
        (("rn50", "global", None, file), "first, middle, last"),
        (("picture",), "--weights DIR"),
        (("text", "first"), "sentences have one"),
        (("rn50", "deep", None, file), "not 'deep'"),
        (("rn7",), "no encoder 'rn7'"),
    ):
        with pytest.raises(BadRequest, match=message):
            side_of(*options)  # type: ignore[arg-type]


def bars(seed: int) -> NDArray[np.uint8]:
    """A picture of its own for each seed."""
    return np.random.default_rng(seed).integers(0, 255, (6, 8, 3), np.uint8).repeat(16, 0).repeat(16, 1)


def test_build_search_and_info(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("faiss", reason="the extra `retrieval` (faiss) is not installed")
    from retrieval.annotations import Click

    for k in range(4):
        write_video(tmp_path / "videos" / "part_0" / f"{k}.mp4", [bars(10 * k + n // 4) for n in range(12)])
    rows = [annotation(k, clicks=() if k else (Click(0.5, 0.5, 1), Click(0.5, 0.5, 6))) for k in range(4)]
    write_jsonl(rows, tmp_path / "a.jsonl")
    out, clip = tmp_path / "i", ["--clip-weights", str(file)]
    made = ["build", "--jsonl", str(tmp_path / "a.jsonl"), "--videos", str(tmp_path / "videos"), "--out", str(out)]
    assert main([*made, "--encoder", "rn50", "--level", "middle", *clip]) == 0
    assert "5 items of 4 annotations" in capsys.readouterr().out  # two clicked frames, three middle ones
    assert main(["info", str(out), "--json"]) == 0
    encoder = json.loads(capsys.readouterr().out)["encoder"]
    assert (encoder["id"], encoder["level"], encoder["dim"]) == ("openclip-rn50", "middle", 256)
    video = str(tmp_path / "videos" / "part_0" / "2.mp4")
    for mode in (["--mode", "middle"], ["--mode", "track"], ["--mode", "clicked", "--click", "6,0.5,0.4"]):
        assert main(["search", "--video", video, *mode, "--index", str(out), "--json", "-k", "1", *clip]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["video"] == "2.mp4"
        assert found["similarity"] > 0.999
    assert main(["search", "--video", video, "--index", str(out)]) == 2
    assert "--clip-weights FILE" in capsys.readouterr().err
    assert main(["search", "--video", video, "--mode", "clicked", "--index", str(out), *clip]) == 2
    assert "--click FRAME,X,Y" in capsys.readouterr().err
    from safetensors.torch import save_file

    save_file({k: v.contiguous() for k, v in tiny_clip(1).state_dict().items()}, tmp_path / "other.safetensors")
    other = ["--clip-weights", str(tmp_path / "other.safetensors")]
    assert main(["search", "--video", video, "--index", str(out), *other]) == 2
    assert "other weights" in capsys.readouterr().err
    assert main([*made, "--encoder", "rn50"]) == 2
    assert "nothing is downloaded" in capsys.readouterr().err


def test_the_langchain_selector_takes_frames_too(file: Path) -> None:
    pytest.importorskip("faiss", reason="the extra `retrieval` (faiss) is not installed")
    pytest.importorskip("langchain_core", reason="the extra `retrieval` (langchain-core) is not installed")
    from retrieval.index import AnnotationIndex, Item
    from retrieval.select import Wish
    from retrieval.selector import AnnotationExampleSelector, few_shot_prompt

    side = ClipFrames.load("rn50", file)
    index = AnnotationIndex(side.key)
    index.add(side.encode([bars(k) for k in range(4)]), [Item(annotation(k, text=f"Bars {k}.")) for k in range(4)])
    selector = AnnotationExampleSelector(index, side, Wish(1))
    selector.add_example({"annotation": annotation(9, text="Grey."), "crop": grey(90)})
    assert selector.select_examples({"query": bars(2)}) == [{"text": "Bars 2."}]
    assert '"Grey."' in few_shot_prompt(selector).format(query=[grey(90)])


def test_frames_without_a_face_count_too(file: Path) -> None:
    assert np.isfinite(ClipFrames.load("rn50", file).encode([grey(90)])).all()  # the whole frame, no face finder
