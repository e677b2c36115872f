"""Forgeries: each family changes what its mask says, nothing else, and names the right places."""

import dataclasses
import json

import numpy as np
import pytest

from media.crops import crop_face, to_crop
from media.errors import BadRequest
from media.regions import mirror_region
from simulation.families.common import artifact_kinds
from simulation.forge import draw_params, forge, mean_change
from simulation.hulls import blend_mask, covered_regions, extent, hull_mask
from simulation.records import FAMILIES, Appearance, ForgeryParams, MaskShape, Warp

LEFT_EYE = "face.upper.eyes.left_eye"


@pytest.fixture(scope="module")
def crop(face):
    """Crop of 192 px and its landmarks."""
    cut = crop_face(face.pixels, face.landmarks, 192)
    return cut.pixels, to_crop(face.landmarks, cut)


def drawn(family, crop, mirrored, seed, difficulty=0.5):
    params = draw_params(np.random.default_rng(seed), family, difficulty, crop[1])
    return forge(crop[0], crop[1], params, (mirrored.pixels, mirrored.landmarks))


@pytest.mark.parametrize("family", FAMILIES)
def test_same_record_same_pixels(family, crop, mirrored):
    params = draw_params(np.random.default_rng(3), family, 0.5, crop[1])
    again = draw_params(np.random.default_rng(3), family, 0.5, crop[1])
    other = (mirrored.pixels, mirrored.landmarks)
    first, second = forge(*crop, params, other), forge(*crop, again, other)
    assert params == again
    assert np.array_equal(first.image, second.image)
    assert np.array_equal(first.mask, second.mask)


@pytest.mark.parametrize("family", FAMILIES)
def test_nothing_changes_outside_the_mask(family, crop, mirrored):
    for seed in range(12):
        made = drawn(family, crop, mirrored, seed)
        difference = np.abs(made.image.astype(int) - made.real).max(axis=2)
        assert difference[made.mask < 1e-4].max(initial=0) <= 1, made.params


@pytest.mark.parametrize("family", FAMILIES)
def test_forgeries_change_the_face_where_they_say(family, crop, mirrored):
    changes = [mean_change(drawn(family, crop, mirrored, seed, 0.0)) for seed in range(12)]
    assert np.median(changes) > 2.0
    assert all(drawn(family, crop, mirrored, seed).regions for seed in range(4))


@pytest.mark.parametrize("family", FAMILIES)
def test_parameters_are_plain_json(family, crop):
    params = draw_params(np.random.default_rng(0), family, 1.0, crop[1])
    back = json.loads(json.dumps(params.as_dict()))
    assert back["family"] == family
    assert back["mask"]["hull"] == params.mask.hull


def test_left_eye_is_on_the_right_of_the_picture(crop):
    mask = hull_mask("regions", crop[1], (192, 192), (LEFT_EYE,))
    assert np.nonzero(mask)[1].mean() > crop[1][:, 0].mean()
    grown = blend_mask(MaskShape("regions", (LEFT_EYE,), grow=0.03, feather=0.01), crop[1], (192, 192), 0)
    found = covered_regions(grown, crop[1])
    assert LEFT_EYE in found
    assert mirror_region(LEFT_EYE) not in found


def test_blend_ratio_scales_the_picture_but_not_the_mask(crop):
    look = Appearance(shift=(20.0, 20.0, 20.0))
    full = ForgeryParams("region_blend", "smoother", 1, MaskShape("regions", (LEFT_EYE,), grow=0.03), look)
    quarter = dataclasses.replace(full, mask=dataclasses.replace(full.mask, ratio=0.25))
    a, b = forge(*crop, full), forge(*crop, quarter)
    assert np.array_equal(a.mask, b.mask)
    assert mean_change(b) == pytest.approx(mean_change(a) / 4, rel=0.15)


def test_poisson_cloning_of_the_same_face_changes_nothing(crop, face):
    shape = MaskShape("inner", feather=0.0, seam="poisson")
    params = ForgeryParams("swap", "whole", 0, shape, match=0.0)
    made = forge(*crop, params, (crop[0], crop[1]))
    assert np.abs(made.image.astype(int) - crop[0])[made.mask > 0.9].mean() < 1.0


def test_opening_the_mouth_lowers_the_lower_lip_and_darkens_the_gap(crop):
    shape = MaskShape("lower", feather=0.02)
    params = ForgeryParams("local_edit", "lip_sync", 0, shape, warps=(Warp("mouth_open", 0.06),))
    made = forge(*crop, params)
    move = made.landmarks - crop[1]
    assert move[17, 1] > 0.02 * extent(crop[1])
    assert abs(move[33, 1]) < 0.01 * extent(crop[1])


def test_swap_needs_a_second_face(crop):
    params = draw_params(np.random.default_rng(0), "swap", 0.5, crop[1])
    with pytest.raises(BadRequest):
        forge(*crop, params)


def test_smoothing_the_surroundings_makes_the_region_sharper():
    look = Appearance(resolution=0.5)
    params = ForgeryParams("self_blend", "whole", 0, MaskShape(), look)
    assert "smoother" in artifact_kinds(params)
    assert "sharper" in artifact_kinds(dataclasses.replace(params, on_target=True))


def test_easy_forgeries_are_blended_fully(crop):
    ratios = [draw_params(np.random.default_rng(s), "self_blend", 0.0, crop[1]).mask.ratio for s in range(30)]
    assert min(ratios) == 1.0
    hard = [draw_params(np.random.default_rng(s), "self_blend", 1.0, crop[1]).mask.ratio for s in range(60)]
    assert min(hard) == 0.25
