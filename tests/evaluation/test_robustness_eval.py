"""Perturbations against the published numbers, and the table of the frame detector under them."""

import cv2
import numpy as np
import pytest

from evaluation import robustness_eval
from evaluation.context import Context
from evaluation.perturbations import PERTURBATIONS, does_nothing, perturb
from evaluation.results import read_items
from kfd.checkpoint import save_detector
from kfd.predictor import ForgeryPredictor
from media.errors import BadRequest

PUBLISHED = {
    "saturation": (0.4, 0.3, 0.2, 0.1, 0.0),
    "contrast": (0.85, 0.725, 0.6, 0.475, 0.35),
    "block_wise": (16, 32, 48, 64, 80),
    "noise": (0.001, 0.002, 0.005, 0.01, 0.05),
    "blur": (7, 9, 13, 17, 21),
    "pixelation": (2, 3, 4, 5, 6),
}
LEVELS = (1, 2, 3, 4, 5)


def rng() -> np.random.Generator:
    return np.random.default_rng(3)


@pytest.fixture(scope="module")
def picture(astronaut) -> np.ndarray:
    return astronaut[:256, 100:356]


def test_the_six_have_the_published_values():
    assert {k: p.values for k, p in PERTURBATIONS.items() if p.published} == PUBLISHED


@pytest.mark.parametrize("level", LEVELS)
def test_contrast_darkens(picture, level):
    out = perturb(picture, "contrast", level, rng())
    assert out.mean() / picture.mean() == pytest.approx(PUBLISHED["contrast"][level - 1], abs=0.01)


@pytest.mark.parametrize("level", LEVELS)
def test_saturation_scales_the_distance_from_grey(picture, level):
    calm = (picture // 2 + 64).astype(np.uint8)  # far from the limits, so that nothing is clipped
    chroma = [cv2.cvtColor(p, cv2.COLOR_RGB2YCrCb)[..., 1:].astype(float) - 128 for p in
              (calm, perturb(calm, "saturation", level, rng()))]  # fmt: skip
    assert chroma[1].std() / chroma[0].std() == pytest.approx(PUBLISHED["saturation"][level - 1], abs=0.05)
    if level == 5:
        assert np.ptp(perturb(calm, "saturation", 5, rng()), axis=2).max() <= 1


def test_saturation_never_wraps_around():
    red = np.zeros((16, 16, 3), np.uint8)
    red[..., 0] = 255
    out = perturb(red, "saturation", 1, rng())
    assert out[..., 0].min() > out[..., 1].max()


@pytest.mark.parametrize(("side", "times"), [(255, 0), (160, 0), (256, 1), (512, 2), (767, 2)])
def test_blocks_only_from_256_pixels_on(side, times):
    black = np.zeros((side, side + 40, 3), np.uint8)
    grey = [int((perturb(black, "block_wise", level, rng()) == 128).all(2).sum()) for level in LEVELS]
    for count, painted in zip(PUBLISHED["block_wise"], grey, strict=True):
        assert painted <= count * times * 64
        assert painted >= 0.7 * count * times * 64  # some blocks overlap
    assert does_nothing("block_wise", side) == (times == 0)


@pytest.mark.parametrize("level", LEVELS)
def test_noise_has_the_published_variance(level):
    flat = np.full((200, 200, 3), 128, np.uint8)
    out = perturb(flat, "noise", level, rng())
    luma = (out @ np.array([0.299, 0.587, 0.114])) / 255
    assert luma.var() == pytest.approx(PUBLISHED["noise"][level - 1], rel=0.25)  # strong noise is clipped


@pytest.mark.parametrize("level", LEVELS)
def test_blur_has_the_published_kernel(level):
    point = np.zeros((61, 61, 3), np.uint8)
    point[30, 30] = 255
    flat = np.full_like(point, 90)
    kernel = PUBLISHED["blur"][level - 1]
    plain = cv2.getGaussianKernel(kernel, kernel / 6)
    assert np.abs(perturb(point, "blur", level, rng())[30, :, 0] - 255 * plain.max() * np.pad(plain[:, 0], 30)[
        kernel // 2 : kernel // 2 + 61]).max() <= 1.5  # fmt: skip
    assert (perturb(flat, "blur", level, rng()) == 90).all()


@pytest.mark.parametrize("level", LEVELS)
def test_pixelation_is_a_downscale_and_no_jpeg(picture, level):
    factor = PUBLISHED["pixelation"][level - 1]
    small = cv2.resize(picture, (256 // factor, 256 // factor), interpolation=cv2.INTER_LINEAR)
    back = cv2.resize(small, (256, 256), interpolation=cv2.INTER_LINEAR)
    assert np.array_equal(perturb(picture, "pixelation", level, rng()), back)


@pytest.mark.parametrize("kind", ["jpeg", "h264", "social_media"])
def test_true_codecs_lose_more_at_higher_levels(picture, kind):
    lost = [float(np.abs(perturb(picture, kind, n, rng()).astype(int) - picture).mean()) for n in (1, 3, 5)]
    assert 0 < lost[0] < lost[1] < lost[2]


@pytest.mark.parametrize("kind", PERTURBATIONS)
def test_same_generator_same_pixels_and_the_input_is_left_alone(picture, kind):
    before = picture.copy()
    first, again = (perturb(picture, kind, 2, np.random.default_rng(5)) for _ in range(2))
    assert np.array_equal(first, again)
    assert first.dtype == np.uint8
    assert first.shape == picture.shape
    assert np.array_equal(picture, before)


def test_unknown_kinds_and_levels_are_refused(picture):
    with pytest.raises(BadRequest, match="known: saturation"):
        perturb(picture, "fog", 1, rng())
    with pytest.raises(BadRequest, match="level 6"):
        perturb(picture, "blur", 6, rng())


@pytest.fixture(scope="module")
def measured(tiny_data, tmp_path_factory):
    root = tmp_path_factory.mktemp("robust")
    save_detector(ForgeryPredictor.tiny(0).detector, root / "weights" / "kfd", {"calibration": {}})
    context = Context(tiny_data, root / "out", weights=root / "weights", limit=2, quiet=True)
    robustness_eval.run(context)
    return context


def test_every_type_and_level_is_scored_and_a_second_run_scores_nothing(measured):
    path = measured.out / "items" / "robustness.jsonl"
    items = read_items(path)[1]
    assert {i["key"] for i in items} == {"0000/real", "0000/fake", "0005/real", "0005/fake"}
    assert set(items[0]["logits"]) == set(PERTURBATIONS) - {"block_wise"}
    assert all(len(v) == 5 for i in items for v in i["logits"].values())
    before = path.read_bytes()
    assert b" at 0x" not in before  # an address would differ in the next process, which could not go on
    robustness_eval.run(measured)
    assert path.read_bytes() == before


def test_figures_by_hand_and_what_is_written(tmp_path):
    items = [
        {"key": f"{n}/{label}", "label": label, "size": 160, "clean": 2.0 * (label == "fake") + n / 10,
         "logits": {"blur": [sign * (label == "fake") + n / 10 for sign in (1, 1, 0, -1, -1)]}}
        for n in range(4) for label in ("real", "fake")
    ]  # fmt: skip
    found = robustness_eval.figures(items)
    assert found["clean_auc"] == 1.0
    assert found["auc"]["blur"] == [1.0, 1.0, 0.5, 0.0, 0.0]
    (bar,) = robustness_eval.bars(found)
    assert bar.value == pytest.approx(1 - 2.5 / 3)
    assert bar.met is False
    assert "does nothing to crops of 160 px" in found["left_out"]["block_wise"]
    robustness_eval.draw(found, tmp_path)
    assert "| blur | 1.000 | 1.000 | 0.500 |" in (tmp_path / "robustness.md").read_text()
    assert (tmp_path / "robustness.png").stat().st_size > 5000
