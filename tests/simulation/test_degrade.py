"""Degradations: true codecs, alike for both members, within the preset's limits."""

import dataclasses

import cv2
import numpy as np
import pytest

from media.crops import crop_face
from simulation.degrade import degrade, degrade_all, draw_degradation
from simulation.presets import EVAL_V1, TRAIN
from simulation.records import DegradeParams


@pytest.fixture(scope="module")
def picture(face):
    return crop_face(face.pixels, face.landmarks, 186).pixels


def error(a, b):
    return float(np.abs(a.astype(int) - b).mean())


@pytest.mark.parametrize(("codec", "fine", "coarse"), [("h264", 14, 40), ("jpeg", 95, 35)])
def test_codecs_lose_more_at_coarser_settings(picture, codec, fine, coarse):
    better = degrade(picture, DegradeParams(codec=codec, quality=fine))
    worse = degrade(picture, DegradeParams(codec=codec, quality=coarse))
    assert better.shape == picture.shape
    assert better.dtype == np.uint8
    assert 0 < error(better, picture) < error(worse, picture) < 15


@pytest.mark.parametrize("seed", [2, 3])
def test_side_by_side_coding_keeps_order_and_place(picture, seed):
    dark = (picture // 2).astype(np.uint8)
    params = DegradeParams(codec="h264", quality=16, seed=seed, motion=(1, -2))
    a, b = degrade_all([picture, dark], params)
    assert error(a, picture) < 4
    assert error(b, dark) < 4


def test_noise_and_brightness_are_the_same_for_both(picture):
    params = DegradeParams(gain=0.9, shift=(5.0, -5.0, 0.0), noise=0.8, seed=4)
    a, b = degrade_all([picture, picture.copy()], params)
    assert np.array_equal(a, b)
    assert error(a, picture) > 2


def test_lower_resolution_removes_detail(picture):
    def detail(p):
        return cv2.Laplacian(p, cv2.CV_32F).std()

    assert detail(degrade(picture, DegradeParams(resolution=0.5))) < 0.7 * detail(picture)


def test_limits_follow_difficulty():
    def drawn(difficulty, preset):
        return [draw_degradation(np.random.default_rng(s), difficulty, preset) for s in range(300)]

    easy = drawn(0.0, TRAIN.degradation)
    hard = drawn(1.0, TRAIN.degradation)
    assert max(p.quality for p in easy if p.codec == "h264") <= 20
    assert max(p.quality for p in hard if p.codec == "h264") > 35
    assert min(p.quality for p in easy if p.codec == "jpeg") >= 85
    assert min(p.quality for p in hard if p.codec == "jpeg") < 45
    assert np.mean([p.codec == "none" for p in easy]) > 0.8


def test_evaluation_uses_three_equal_shares():
    drawn = [draw_degradation(np.random.default_rng(s), 0.0, EVAL_V1.degradation) for s in range(600)]
    for codec in ("none", "jpeg", "h264"):
        assert np.mean([p.codec == codec for p in drawn]) == pytest.approx(1 / 3, abs=0.06)
    assert {p.quality for p in drawn if p.codec == "h264"} <= set(range(18, 36))
    assert all(dataclasses.replace(p, codec="none", quality=0).noise == 0 for p in drawn)
