import math

import cv2
import numpy as np
import pytest
import torch

from media.errors import BadRequest
from retrieval.masks import BLUR_KERNEL, BLUR_SIGMA, MaskKind, Placed, apply_mask, click_mask


def slow_mask(points: list[tuple[float, float]], shape: tuple[int, int], kind: str, radius: float) -> np.ndarray:
    """Pixel by pixel, click by click."""
    out = np.zeros(shape)
    for row in range(shape[0]):
        for column in range(shape[1]):
            for x, y in points:
                far = math.hypot(column + 0.5 - x * shape[1], row + 0.5 - y * shape[0])
                value = float(far <= radius) if kind == "hard" else math.exp(-(far**2) / (2 * radius**2))
                out[row, column] = max(out[row, column], value)
    return out


@pytest.mark.parametrize("kind", ["hard", "soft"])
@pytest.mark.parametrize("shape", [(40, 40), (30, 52)])
@pytest.mark.parametrize("points", [[(0.5, 0.5)], [(0.1, 0.2), (0.9, 0.7), (0.85, 0.7)], [(1.2, -0.1)]])
def test_masks_equal_the_slow_ones(kind: MaskKind, shape: tuple[int, int], points: list[tuple[float, float]]) -> None:
    found = click_mask(points, shape, kind)
    assert found.dtype == np.float32
    assert np.allclose(found, slow_mask(points, shape, kind, 75 * min(shape) / 224), atol=1e-6)


@pytest.mark.parametrize("side", [224, 336, 160])
def test_the_radius_grows_with_the_input(side: int) -> None:
    mask = click_mask([(0.5, 0.5)], (side, side), "hard")
    assert mask.sum() == pytest.approx(math.pi * (75 * side / 224) ** 2, rel=0.005)
    soft = click_mask([(0.5, 0.5)], (side, side), "soft")
    column = round(side * (0.5 + 75 / 224))
    assert soft[side // 2, column] == pytest.approx(math.exp(-0.5), abs=0.02)  # one sigma away


def test_the_blurred_disc_is_the_codes_at_its_own_size() -> None:
    y, x = np.mgrid[:224, :224] + 0.5
    disc = ((x - 90) ** 2 + (y - 130) ** 2 <= 75**2).astype(np.float32)
    soft = cv2.GaussianBlur(disc, (BLUR_KERNEL, BLUR_KERNEL), BLUR_SIGMA)
    soft = (soft - soft.min()) / (soft.max() - soft.min())
    wanted = np.array(soft)
    for dy, dx in ((1, 0), (-1, 0), (0, 1), (0, -1)):  # the 3 x 3 ellipse is a cross
        moved = np.full_like(soft, -1)
        moved[max(dy, 0) : 224 + min(dy, 0), max(dx, 0) : 224 + min(dx, 0)] = soft[
            max(-dy, 0) : 224 + min(-dy, 0), max(-dx, 0) : 224 + min(-dx, 0)
        ]
        wanted = np.maximum(wanted, moved)
    found = click_mask([(90 / 224, 130 / 224)], (224, 224), "blurred")
    assert np.allclose(found, wanted, atol=1e-6)
    assert found.max() == 1.0
    assert found[130, 90] > 0.97 > 0.1 > found[5, 220]
    assert (click_mask([(0.5, 0.5)], (64, 64), "blurred", radius=500) == 1).all()


def test_two_far_clicks_are_a_union_not_a_product() -> None:
    points = [(0.15, 0.15), (0.85, 0.85)]
    for kind in ("hard", "soft", "blurred"):
        one, other = (click_mask([p], (64, 64), kind, radius=10) for p in points)
        assert np.array_equal(click_mask(points, (64, 64), kind, radius=10), np.maximum(one, other))
    hard = click_mask(points, (64, 64), "hard", radius=10)
    assert hard.sum() == 2 * click_mask(points[:1], (64, 64), "hard", radius=10).sum()


def test_masked_pixels_take_the_mean_colour() -> None:
    mean, std = torch.tensor([0.5, 0.4, 0.3])[:, None, None], 0.25
    picture = torch.rand(2, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    mask = click_mask([(0.25, 0.25)], (32, 32), "hard", radius=6)
    seen = apply_mask((picture - mean) / std, mask) * std + mean
    inside = torch.from_numpy(mask) == 1
    assert torch.allclose(seen[:, :, inside], picture[:, :, inside], atol=1e-6)
    assert torch.allclose(seen[:, :, ~inside], mean[:, 0].expand(3, int((~inside).sum())).expand(2, -1, -1))
    with pytest.raises(BadRequest, match="make it for the input"):
        apply_mask(picture, mask[:5])


def test_without_clicks_nothing_is_hidden() -> None:
    assert (click_mask([], (8, 9), "hard") == 1).all()
    assert (click_mask([(0.1, 0.1)], (8, 9), "none") == 1).all()
    with pytest.raises(BadRequest, match="none, hard, soft, blurred"):
        click_mask([], (8, 8), "round")  # type: ignore[arg-type]
    with pytest.raises(BadRequest, match="radius"):
        click_mask([(0.1, 0.1)], (8, 8), radius=0)
    with pytest.raises(BadRequest, match="numbers"):
        click_mask([(np.nan, 0.1)], (8, 8))


WAYS = {
    "resized": lambda p: p.resized(64, 64),
    "padded, resized": lambda p: p.padded().resized(96, 96),
    "cut, flipped, resized": lambda p: p.cut(20, 10, 90, 70).flipped().resized(60, 60),
    "resized, cut": lambda p: p.resized(200, 140).cut(30, 20, 140, 100),
    "flipped, padded, cut": lambda p: p.flipped().padded(value=90).cut(10, 30, 100, 100),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("spot", [(60, 50), (90, 40)])
def test_a_click_stays_on_what_was_clicked(way, spot: tuple[int, int]) -> None:
    """A bright dot is painted where the click is; wherever the picture goes, the click is found on the dot."""
    frame = np.zeros((100, 160, 3), np.uint8)
    x, y = spot
    frame[y - 3 : y + 3, x - 3 : x + 3] = 255
    placed = way(Placed.of(frame))
    light = placed.pixels[..., 0].astype(float) * (placed.pixels[..., 0] > 120)
    rows, columns = np.indices(light.shape)
    dot = ((columns + 0.5) * light).sum() / light.sum(), ((rows + 0.5) * light).sum() / light.sum()
    height, width = light.shape
    (found,) = placed.points([(x, y)]) * (width, height)
    assert found == pytest.approx(dot, abs=0.6)
    mask = placed.mask([(x, y)], "hard", radius=4)
    assert mask[int(dot[1]), int(dot[0])] == 1
    assert mask.sum() < 80


def test_a_padded_wide_picture_moves_the_click_in_y() -> None:
    """The released code masks the padded square with the clicks of the frame."""
    placed = Placed.of(np.zeros((90, 160, 3), np.uint8)).padded()
    assert placed.points([(80, 0)]).tolist() == [[0.5, pytest.approx(35 / 160)]]
    with pytest.raises(BadRequest, match="inside"):
        placed.cut(100, 0, 61, 10)
