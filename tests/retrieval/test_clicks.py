"""The click model: what it starts from, its checkpoint, its predictor, and the targets it learns."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from kfd.predictor import ForgeryPredictor
from media.crops import crop_square
from media.errors import BadRequest, MissingCheckpoint
from media.faces import FaceFinder
from retrieval.annotations import Click
from retrieval.clicks.checkpoint import build_clicks, load_clicks, save_clicks
from retrieval.clicks.config import RECIPES, ClickConfig
from retrieval.clicks.model import DetectorClicks, FrozenDetector, TimmClicks, middle_of
from retrieval.clicks.predictor import ClickPredictor, peaks
from retrieval.clicks.targets import measured_spread, scattered, strongest_points, video_examples
from retrieval.clicks_stats import click_spread
from retrieval.videos import find_videos
from tests.retrieval.conftest import annotation
from tests.retrieval.test_encoders_frames import write_video

SMALL = ClickConfig("timm", "test_resnet.r160_in1k", 64)


@pytest.fixture(scope="module")
def frozen() -> FrozenDetector:
    return FrozenDetector.of(ForgeryPredictor.tiny(0))


@pytest.fixture(scope="module")
def crops() -> NDArray[np.uint8]:
    return np.random.default_rng(0).integers(0, 256, (3, 64, 64, 3), dtype=np.uint8)


def shaken(model: torch.nn.Module, seed: int = 0) -> None:
    """Random weights everywhere, so that nothing is zero by construction."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for value in model.parameters():
            value.add_(0.1 * torch.randn(value.shape, generator=generator))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "other"}, "kind is 'other'"),
        ({"kind": "timm"}, "name is for kind 'timm'"),
        ({"name": "resnet50"}, "name is for kind 'timm'"),
        ({"image_size": 16}, "image_size"),
        ({"width": 12, "blocks": 0}, "width is a multiple of 8"),
        ({"crop_margin": 0.5}, "crop_margin"),
    ],
)
def test_wrong_sizes_are_said(changes: dict, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        ClickConfig(**changes)


def test_config_round_trip() -> None:
    for recipe in RECIPES.values():
        assert ClickConfig.from_dict(json.loads(json.dumps(recipe.model.to_dict()))) == recipe.model
    with pytest.raises(TypeError):
        ClickConfig.from_dict({"depth": 3})


@pytest.mark.parametrize("name", ["vit_base", "resnet50"])
def test_the_papers_recipes_are_timms(name: str) -> None:
    import timm

    recipe = RECIPES[name]
    known = timm.models.get_pretrained_cfg(recipe.model.name)
    assert known is not None
    assert (tuple(known.mean), tuple(known.std)) == (recipe.model.mean, recipe.model.std)
    assert (recipe.epochs, recipe.lr, recipe.schedule, recipe.patience) == (15, 9e-5, "plateau", 2)


def test_a_timm_model_gives_points_inside(crops: NDArray[np.uint8]) -> None:
    model = build_clicks(SMALL).eval()
    assert isinstance(model, TimmClicks)
    shaken(model)
    out = model(model.prepare(crops))
    assert out.heat is None
    assert out.points.shape == (3, 2)
    assert ((out.points > 0) & (out.points < 1)).all()
    with pytest.raises(ValueError, match="64"):
        model.prepare(crops[:, :32])


def test_imagenet_weights_are_taken_over_but_not_the_classifier() -> None:
    import timm

    other = timm.create_model("test_resnet.r160_in1k", pretrained=False, num_classes=1000)
    model = TimmClicks(SMALL)
    model.start_from(other.state_dict())
    taken = model.network.state_dict()
    assert torch.equal(taken["layer1.0.conv1.weight"], other.state_dict()["layer1.0.conv1.weight"])
    assert taken["fc.weight"].shape[0] == 2
    with pytest.raises(MissingCheckpoint, match="not of test_resnet"):
        model.start_from({k: v for k, v in other.state_dict().items() if "layer2" not in k})


def test_the_embedded_model_starts_as_the_detectors_map(frozen: FrozenDetector, crops: NDArray[np.uint8]) -> None:
    model = DetectorClicks.fitting(frozen, width=16, blocks=1).eval()
    images = model.prepare(crops)
    assert torch.allclose(images, frozen.detector.prepare(crops))
    out = model(images)
    assert out.heat is not None
    own = frozen.read(images, model.config.heat_size)[1][:, -1]
    flat = (out.heat - own).flatten(1)
    assert torch.allclose(flat, flat[:, :1].expand_as(flat), atol=1e-5)  # the same but for one constant
    margin = frozen.detector(images).map_logits[:, 1] - frozen.detector(images).map_logits[:, 0]
    assert np.corrcoef(own[0].flatten(), torch.nn.functional.adaptive_avg_pool2d(margin, 8)[0].flatten())[0, 1] > 0.9


def test_the_detector_is_not_changed_and_not_saved(frozen: FrozenDetector, crops: NDArray[np.uint8]) -> None:
    model = DetectorClicks.fitting(frozen, width=16, blocks=1).train()
    assert not any("detector" in name for name in model.state_dict())
    shaken(model)
    model(model.prepare(crops)).points.sum().backward()
    assert all(p.grad is None for p in frozen.detector.parameters())
    assert all(p.grad is not None for p in model.parameters())
    assert not frozen.detector.training


@pytest.mark.parametrize("size", [5, 8])
def test_the_point_minimises_the_absolute_error(size: int) -> None:
    """Against trying every point of a fine grid on many draws of the same distribution."""
    heat = torch.randn(2, size, size, generator=torch.Generator().manual_seed(size)) * 1.5
    found = middle_of(heat)
    rng = np.random.default_rng(0)
    for row in range(2):
        chance = heat[row].double().flatten().softmax(0).numpy()
        cells = rng.choice(size * size, 15_000, p=chance / chance.sum())
        draws = (np.stack([cells % size, cells // size], 1) + rng.random((15_000, 2))) / size
        grid = np.linspace(0, 1, 51)
        best = [grid[np.abs(draws[:, axis, None] - grid).mean(0).argmin()] for axis in (0, 1)]
        assert found[row].tolist() == pytest.approx(best, abs=0.03)


@pytest.mark.parametrize("kind", ["detector", "timm"])
def test_checkpoint_round_trip(kind: str, frozen: FrozenDetector, crops: NDArray[np.uint8], tmp_path: Path) -> None:
    model = DetectorClicks.fitting(frozen, width=16, blocks=2) if kind == "detector" else TimmClicks(SMALL)
    shaken(model)
    save_clicks(model.eval(), tmp_path, {"stage": "test"})
    again, meta = load_clicks(tmp_path, frozen if kind == "detector" else None)
    assert meta == {"stage": "test"}
    assert again.config == model.config
    with torch.no_grad():
        before, after = (m(m.prepare(crops)).points for m in (model, again))
    assert torch.allclose(before, after, atol=5e-3)
    assert not torch.allclose(before[0], torch.full((2,), 0.5), atol=1e-3)


def test_the_shipped_size_is_within_its_budget() -> None:
    config = ClickConfig()

    class Encoder:
        layer_channels, mean, std = config.layer_channels, (0.5,) * 3, (0.5,) * 3

    class Detector:
        encoder, config = Encoder(), type("C", (), {"image_size": 160, "crop_margin": 1.3})()

    model = DetectorClicks(config, FrozenDetector(Detector(), "0"))  # type: ignore[arg-type]
    assert 2 * sum(p.numel() for p in model.parameters()) < 3e6


def _without(folder: Path) -> None:
    (folder / "meta.json").unlink()


def _other_format(folder: Path) -> None:
    data = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(data | {"format": "clicks-9"}))


def _other_width(folder: Path) -> None:
    data = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(data | {"width": 24}))


def _cut_off(folder: Path) -> None:
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:200])


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_without, "meta.json not found"),
        (_other_format, "unknown format"),
        (_other_width, "does not fit"),
        (_cut_off, "does not fit"),
    ],
)
def test_damage_is_said(damage: Callable[[Path], None], said: str, frozen: FrozenDetector, tmp_path: Path) -> None:
    save_clicks(DetectorClicks.fitting(frozen, width=16, blocks=1), tmp_path, {})
    damage(tmp_path)
    with pytest.raises(MissingCheckpoint, match=said):
        load_clicks(tmp_path, frozen)


def test_another_detector_is_refused(frozen: FrozenDetector, tmp_path: Path) -> None:
    save_clicks(DetectorClicks.fitting(frozen, width=16, blocks=1), tmp_path, {})
    with pytest.raises(MissingCheckpoint, match="another detector"):
        load_clicks(tmp_path, FrozenDetector.of(ForgeryPredictor.tiny(1)))
    with pytest.raises(MissingCheckpoint, match="give the detector's folder"):
        load_clicks(tmp_path)
    with pytest.raises(MissingCheckpoint, match="channels, size and margin"):
        DetectorClicks(ClickConfig(), frozen)


def test_clicks_are_in_pixels_of_the_frame(frozen: FrozenDetector) -> None:
    """Two crops of one frame: what is predicted in the crop lies at the same place of each crop's own square."""
    model = DetectorClicks.fitting(frozen, width=16, blocks=1)
    with torch.no_grad():
        model.own.zero_()
        model.place[1, 6] = 50.0  # row 1, column 6 of 8
    predictor = ClickPredictor(model, {})
    frame = np.random.default_rng(3).integers(0, 256, (200, 300, 3), dtype=np.uint8)
    for centre, side in (((100, 90), 80), ((210, 60), 128)):
        crop = crop_square(frame, centre, side, 64)
        ((click,),) = predictor.clicks([crop])
        assert (click.crop_x, click.crop_y) == pytest.approx((6.5 / 8, 1.5 / 8), abs=0.01)
        assert click.x == pytest.approx(centre[0] - side / 2 + side * 6.5 / 8, abs=1)
        assert click.y == pytest.approx(centre[1] - side / 2 + side * 1.5 / 8, abs=1)
    assert predictor.points(np.zeros((0, 64, 64, 3), np.uint8)).shape == (0, 2)
    with pytest.raises(BadRequest, match="At least one"):
        predictor.clicks([], 0)


def test_several_clicks_are_separate_peaks(frozen: FrozenDetector) -> None:
    model = DetectorClicks.fitting(frozen, width=16, blocks=1)
    with torch.no_grad():
        model.own.zero_()
        model.place[0, 0], model.place[7, 7], model.place[7, 6] = 20.0, 21.0, 20.9
    crop = crop_square(np.zeros((64, 64, 3), np.uint8), (32, 32), 64, 64)
    (clicks,) = ClickPredictor(model).clicks([crop], 2)
    assert [(round(c.crop_x * 8 - 0.5), round(c.crop_y * 8 - 0.5)) for c in clicks] == [(7, 7), (0, 0)]
    assert clicks[0].weight == pytest.approx(1 - clicks[1].weight, abs=1e-6)
    assert clicks[0].weight > 0.7


def test_peaks_stop_when_nothing_is_left() -> None:
    chance = np.full((4, 4), 1 / 16)
    assert len(peaks(chance, 50, apart=0.3)) < 16
    assert sum(w for _, _, w in peaks(chance, 50, apart=0.3)) == pytest.approx(1)


def test_the_click_lies_where_the_change_is_largest_inside_the_mask() -> None:
    real = np.full((2, 60, 60, 3), 100, np.uint8)
    fake, mask = real.copy(), np.zeros((2, 60, 60), np.uint8)
    mask[:, 10:50, 10:50] = 255
    fake[0, 18:24, 40:46] = 140  # a patch
    fake[0, 30:32, 15:17] = 160  # stronger, but small
    fake[0, 52:60, 0:20] = 255  # outside the mask
    fake[1, 30:32, 15:17] = 160
    points = strongest_points(real, fake, mask, 0.06) * 60
    assert points[0] == pytest.approx((43, 21), abs=1.6)
    assert points[1] == pytest.approx((16, 31), abs=1.6)
    small = strongest_points(real, fake, mask, 0.005) * 60
    assert small[0] == pytest.approx((16, 31), abs=1.6)  # without smoothing the strongest pixel wins
    floats = strongest_points(real, fake, mask / np.float32(255), 0.06) * 60
    assert np.array_equal(floats, points)


def test_scatter_is_the_measured_one() -> None:
    rows = [
        annotation(k, clicks=tuple(Click(x, y, frame=n) for n, (x, y) in enumerate(points)))
        for k, points in enumerate(0.5 + np.random.default_rng(1).normal(0, (0.03, 0.06), (200, 3, 2)))
    ]
    spread = measured_spread(rows)
    assert spread == click_spread(rows).sd
    hits = scattered(np.full((4000, 2), 0.5), spread, np.random.default_rng(2))
    assert hits.std(0) == pytest.approx(spread, rel=0.05)
    edge = scattered(np.ones((50, 2)), spread, np.random.default_rng(2))
    assert edge.max() <= 1


def test_clicks_of_a_video_move_into_the_crop(astronaut: NDArray[np.uint8], tmp_path: Path) -> None:
    video = tmp_path / "FaceForensics" / "FaceSwap" / "000_003.mp4"
    write_video(video, [astronaut[:400, :400]] * 3)
    values = {"dataset": "FaceForensics++", "manipulation": "FaceSwap", "name": "000_003.mp4"}
    clicks = (Click(220 / 400, 150 / 400, 0), Click(0.01, 0.99, 1))  # the nose; far from the face
    rows = [annotation(1, clicks=clicks, **values), annotation(2, clicks=clicks, name="gone.mp4")]
    search = find_videos(rows, tmp_path)
    with FaceFinder() as finder:
        (example,) = video_examples(rows, search, finder, 96, 1.3)
        with pytest.raises(BadRequest, match="simulated"):
            list(video_examples(rows[1:], search, finder, 96, 1.3))
    x, y = (int(v * 96) for v in example.point)
    assert example.pixels.shape == (96, 96, 3)
    assert 30 < x < 66
    assert 40 < y < 80
    near = astronaut[145:156, 215:226].mean((0, 1))
    assert np.abs(example.pixels[y - 2 : y + 3, x - 2 : x + 3].mean((0, 1)) - near).max() < 12
