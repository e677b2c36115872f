"""Measured motion: known shifts and light are read back, stillness is nothing, what no shift explains is seen."""

import numpy as np
import pytest
import torch
from scipy.ndimage import gaussian_filter, shift

from fakestormer.motion import CHANNELS, SCALES, MotionStem, local_motion

X, Y, OFFSET, _, _, REST = range(CHANNELS)
INNER = (slice(4, 20), slice(4, 20))  # windows away from the border


@pytest.fixture(scope="module")
def texture() -> np.ndarray:
    return gaussian_filter(np.random.default_rng(0).normal(size=(192, 192)), 3) * 8


def measure(*frames: np.ndarray) -> torch.Tensor:
    clip = torch.from_numpy(np.stack(frames)).float()[None, :, None].expand(1, -1, 3, -1, -1)
    return local_motion(clip)[0]


def test_a_known_shift_and_light_are_read_back(texture) -> None:
    moved = shift(texture, (-0.5, 0.8), order=3, mode="reflect") + 0.1  # rows (y) first
    found = measure(texture, moved)
    assert found.shape == (1, CHANNELS * len(SCALES), 24, 24)
    for k, scale in enumerate(SCALES):
        part = found[0, k * CHANNELS : (k + 1) * CHANNELS]
        assert part[X][INNER].mean() * scale == pytest.approx(0.8, abs=0.1)
        assert part[Y][INNER].mean() * scale == pytest.approx(-0.5, abs=0.1)
        assert part[OFFSET][INNER].mean() == pytest.approx(0.4, abs=0.02)
        assert part[REST][INNER].mean() < 0.1


def test_nothing_moves_in_a_still_clip(texture) -> None:
    found = measure(texture, texture, texture)
    for channel in (X, Y, OFFSET, REST):
        assert found[:, channel].abs().max() < 1e-5


def test_what_no_shift_explains_is_left_over(texture) -> None:
    other = texture.copy()
    other[80:112, 80:112] = texture[20:52, 140:172]  # another texture in one place
    found = measure(texture, other)[0, REST]
    assert found[11:13, 11:13].min() > 0.5
    assert found[:6].max() < 0.05


def test_tokens_follow_their_step() -> None:
    torch.manual_seed(0)
    stem = MotionStem(16, 8).eval()
    steps = torch.randn(1, 5, CHANNELS * len(SCALES), 8, 8)
    base = stem(steps)
    assert base.shape == (1, 6, 8, 4, 4)
    steps[0, 0] += 1.0
    changed = (stem(steps) - base).abs().amax((0, 2, 3, 4)) > 1e-6
    assert changed.tolist() == [True, True, True, False, False, False]  # the first step leads to frames 0 and 1
