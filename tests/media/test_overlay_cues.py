"""Overlays keep a fixed scale; cues find planted differences and stay quiet on an untouched photo."""

import cv2
import numpy as np
import pytest

from media.crops import crop_face, to_crop
from media.cues import measure_cues
from media.overlay import draw_boxes, draw_overlay, heat
from media.records import Crop, Evidence, Face, FaceExamination
from media.regions import SPOKEN_REGIONS, region_mask

NOSE, CHEEK, MOUTH = "face.middle.nose.nose", "face.middle.cheeks.left_cheek", "face.lower.mouth.mouth"


def _examined(photo: np.ndarray, face: Face, values: np.ndarray | None) -> FaceExamination:
    crop = crop_face(photo, face.landmarks, 64)
    if values is None:
        return FaceExamination(face, crop, Evidence("not_assessed", "could not be assessed", "too_blurred"))
    return FaceExamination(face, crop, Evidence("assessed", "strong support", score=0.9, map=values))


def test_heat_is_fixed_monotone_and_tolerates_bad_values() -> None:
    steps = heat(np.linspace(0, 1, 50, dtype=np.float32)[None])[0]
    light = cv2.cvtColor(steps[None], cv2.COLOR_RGB2LAB)[0, :, 0].astype(int)
    assert (np.diff(light) >= -1).all()
    assert light[-1] - light[0] > 150
    assert (heat(np.full((2, 2), 0.3, np.float32)) == heat(np.array([[0.3, 1.0]], np.float32))[0, 0]).all()
    assert (heat(np.array([[np.nan, -3.0, 7.0]])) == heat(np.array([[0.0, 0.0, 1.0]]))).all()


def test_overlay_touches_only_where_the_map_is(photo: np.ndarray, face: Face) -> None:
    values = np.zeros((16, 16), np.float32)
    values[12:, :4] = 1.0  # lower left of the crop: the subject's right jaw
    out = draw_overlay(photo, [_examined(photo, face, values)], opacity=0.8)
    changed = np.nonzero((out != photo).any(axis=2))
    centre = face.landmarks.mean(axis=0)
    assert changed[1].max() < centre[0]
    assert changed[0].min() > centre[1] - 5
    assert (out != photo).any()
    before = photo.copy()
    assert (draw_overlay(photo, [_examined(photo, face, values)], opacity=0.0) == before).all()
    assert (draw_overlay(photo, [_examined(photo, face, None)]) == before).all()
    assert (photo == before).all()


def test_numbers_and_boxes_are_drawn(photo: np.ndarray, face: Face) -> None:
    out = draw_boxes(photo, [face])
    x0, y0 = round(face.box[0]), round((face.box[1] + face.box[3]) / 2)
    assert (out[y0, x0] > 200).all()
    assert (out[300:] == photo[300:]).all()


def _crop(photo: np.ndarray, face: Face) -> tuple[Crop, np.ndarray]:
    crop = crop_face(photo, face.landmarks, 128)
    return crop, to_crop(face.landmarks, crop)


def _edited(kind: str, pixels: np.ndarray) -> np.ndarray:
    values = pixels.astype(np.float32)
    if kind == "smoother":
        return cv2.GaussianBlur(values, (0, 0), 2.0)
    if kind == "sharper":
        return values + 3.0 * (values - cv2.GaussianBlur(values, (0, 0), 1.2))
    if kind == "noise":
        return values + np.random.default_rng(0).normal(0, 14, values.shape)
    return values + np.array([30, 0, -30], np.float32)


@pytest.mark.parametrize(
    ("kind", "region"),
    [("smoother", MOUTH), ("smoother", NOSE), ("sharper", NOSE), ("noise", CHEEK), ("noise", NOSE),
     ("colour_shift", NOSE), ("colour_shift", CHEEK)],
)  # fmt: skip
def test_a_planted_difference_is_measured_where_it_is(kind: str, region: str, photo: np.ndarray, face: Face) -> None:
    crop, points = _crop(photo, face)
    mask = cv2.GaussianBlur(region_mask(region, points, (128, 128)).astype(np.float32), (0, 0), 1.0)[..., None]
    pixels = np.clip(crop.pixels * (1 - mask) + _edited(kind, crop.pixels) * mask, 0, 255).astype(np.uint8)
    before = {(c.kind, c.region): c.strength for c in measure_cues(crop.pixels, points)}
    after = {(c.kind, c.region): c.strength for c in measure_cues(pixels, points)}
    assert after[kind, region] >= 1.0
    assert after[kind, region] > before.get((kind, region), 0.0) + 0.3


@pytest.mark.parametrize(
    ("region", "step"), [(CHEEK, 30), ("face.lower.chin.chin", 30), ("face.upper.forehead.forehead", -35)]
)
def test_a_hard_edged_patch_of_skin_shows_a_seam(region: str, step: int, photo: np.ndarray, face: Face) -> None:
    crop, points = _crop(photo, face)
    pixels = crop.pixels.astype(int)
    pixels[region_mask(region, points, (128, 128))] += step
    cues = measure_cues(np.clip(pixels, 0, 255).astype(np.uint8), points)
    strength = {c.region: c.strength for c in cues if c.kind == "seam"}
    assert strength.get(region, 0.0) >= 1.0
    untouched = {c.region: c.strength for c in measure_cues(crop.pixels, points) if c.kind == "seam"}
    assert untouched.get(region, 0.0) < 1.0


def test_an_untouched_photo_shows_few_cues_strongest_first(photo: np.ndarray, face: Face) -> None:
    crop, points = _crop(photo, face)
    cues = measure_cues(crop.pixels, points)
    assert [c.strength for c in cues] == sorted((c.strength for c in cues), reverse=True)
    assert sum(c.strength >= 1 for c in cues) <= 3
    assert {c.region for c in cues} <= set(SPOKEN_REGIONS)
    assert all(c.unit for c in cues)


def test_cues_hardly_depend_on_the_size_of_the_crop(photo: np.ndarray, face: Face) -> None:
    def strengths(size: int) -> dict[tuple[str, str], float]:
        crop = crop_face(photo, face.landmarks, size)
        return {(c.kind, c.region): c.strength for c in measure_cues(crop.pixels, to_crop(face.landmarks, crop))}

    small, large = strengths(128), strengths(192)
    common = small.keys() & large.keys()
    assert np.mean([abs(small[k] - large[k]) for k in common]) < 0.3
