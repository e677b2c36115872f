"""Crops in, evidence out, with a random tiny detector and made-up landmarks."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from skimage.data import astronaut

from kfd.calibration import Calibration
from kfd.checkpoint import save_detector
from kfd.predictor import ForgeryPredictor, fill_region, not_assessed, region_scores
from kfd.readings import read_thrice
from media.crops import crop_square, to_crop
from media.faces import FaceFinder
from media.records import Crop, Frame
from media.regions import SPOKEN_REGIONS, region_mask


@pytest.fixture(scope="module")
def landmarks() -> np.ndarray:
    """(478, 2) points of the astronaut's face in pixels of the photo."""
    with FaceFinder() as finder:
        return finder.find(Frame(np.ascontiguousarray(astronaut())))[0].landmarks


def _crops(landmarks: np.ndarray, size: int) -> list[Crop]:
    low, high = landmarks.min(0), landmarks.max(0)
    centre, extent = (low + high) / 2, float((high - low).max())
    return [crop_square(astronaut(), tuple(centre), extent * m, size) for m in (1.2, 1.3, 1.4)]


def test_examine_is_batched_and_complete(landmarks: np.ndarray) -> None:
    predictor = ForgeryPredictor.tiny()
    crops = _crops(landmarks, predictor.image_size)
    found = predictor.examine(crops, [landmarks] * 3, batch_size=2)
    for crop, (evidence, signals) in zip(crops, found, strict=True):
        ((single, _),) = predictor.examine([crop], [landmarks])
        assert evidence.score == pytest.approx(single.score, abs=1e-5)
        assert {r.id for r in evidence.regions} == set(SPOKEN_REGIONS)
        scores = [r.score for r in evidence.regions]
        assert scores == sorted(scores, reverse=True)
        assert signals.forgery_map.shape == (predictor.map_size,) * 2
        assert signals.consistency.dtype == np.float32
        assert signals.probabilities.sum() == pytest.approx(1.0, abs=1e-5)
    assert predictor.examine([], []) == []


def test_a_mask_keeps_a_part_of_the_normalised_input(landmarks: np.ndarray) -> None:
    predictor = ForgeryPredictor.tiny()
    pixels = np.stack([c.pixels for c in _crops(landmarks, predictor.image_size)])
    size = predictor.image_size
    whole, kept = predictor.run(pixels), predictor.run_masked(pixels, np.ones((size, size), np.float32))
    assert kept.margins == pytest.approx(whole.margins, abs=1e-5)
    assert np.allclose(kept.signals[1].forgery_map, whole.signals[1].forgery_map, atol=1e-5)
    none = predictor.run_masked(pixels, np.zeros((len(pixels), size, size), np.float32))
    assert none.margins == pytest.approx([none.margins[0]] * 3, abs=1e-5)  # nothing is left of any of them
    each = np.zeros((len(pixels), size, size), np.float32)
    each[1] = 1
    found = predictor.run_masked(pixels, each).margins
    assert found == pytest.approx([none.margins[0], whole.margins[1], none.margins[0]], abs=1e-5)
    with pytest.raises(ValueError, match="masks"):
        predictor.run_masked(pixels, np.ones((2, size, size), np.float32))


def test_verdict_and_flagged_regions_follow_the_calibration(landmarks: np.ndarray) -> None:
    predictor = ForgeryPredictor.tiny()
    crops = _crops(landmarks, predictor.image_size)[:1]
    sure = ForgeryPredictor(predictor.detector, Calibration(bias=50.0, region=2.0))
    evidence = sure.examine(crops, [landmarks])[0][0]
    assert evidence.word == "strong support"
    assert evidence.flagged == (evidence.regions[0].id,)
    every = ForgeryPredictor(predictor.detector, Calibration(bias=50.0, region=0.0))
    assert len(every.examine(crops, [landmarks])[0][0].flagged) == len(SPOKEN_REGIONS)
    calm = ForgeryPredictor(predictor.detector, Calibration(bias=-50.0, region=0.0))
    evidence = calm.examine(crops, [landmarks])[0][0]
    assert evidence.verdict == "real"
    assert evidence.flagged == ()


def test_a_hot_region_of_the_map_is_the_strongest(landmarks: np.ndarray) -> None:
    crop = _crops(landmarks, 64)[1]
    points = to_crop(landmarks, crop)
    for region in ("face.lower.mouth.mouth", "face.upper.eyes.left_eye"):
        hot = np.where(region_mask(region, points, (64, 64)), 0.9, 0.1).astype(np.float32)
        first = region_scores(hot, points)[0]
        assert first.id == region
        assert first.score == pytest.approx(0.9)
        assert first.rest == pytest.approx(0.1, abs=0.02)


def test_a_region_outside_the_picture_is_nothing_special(landmarks: np.ndarray) -> None:
    points = landmarks - landmarks.min(0) - np.array([0, 1000])
    assert all(r.score == pytest.approx(r.rest) for r in region_scores(np.full((64, 64), 0.3, np.float32), points))


def test_wrong_crop_size_is_refused() -> None:
    with pytest.raises(ValueError, match="64 px"):
        ForgeryPredictor.tiny().run(np.zeros((1, 128, 128, 3), np.uint8))


def test_fill_region_removes_content_keeps_the_rest_and_the_grain() -> None:
    rng = np.random.default_rng(0)
    pixels = np.clip(120 + 6 * rng.standard_normal((96, 96, 3)), 0, 255).astype(np.uint8)
    mask = np.zeros((96, 96), bool)
    mask[30:55, 40:65] = True
    marked = pixels.copy()
    marked[35:50, 45:60] = (255, 0, 0)
    filled = fill_region(marked, mask)
    assert np.abs(filled[mask].mean(0) - 120).max() < 6
    inner, outer = filled[34:51, 44:61].std(), pixels[60:90, 5:35].std()
    assert 0.6 < inner / outer < 1.6
    far = ~cv2.dilate(mask.astype(np.uint8), np.ones((9, 9))).astype(bool)
    assert np.array_equal(filled[far], marked[far])
    assert np.array_equal(fill_region(marked, np.zeros_like(mask)), marked)
    assert fill_region(marked, np.ones_like(mask)).std() < marked.std()


def test_hide_changes_the_score_and_is_repeatable(landmarks: np.ndarray) -> None:
    predictor = ForgeryPredictor.tiny()
    crop = _crops(landmarks, predictor.image_size)[1]
    points = to_crop(landmarks, crop)
    mask = region_mask("face.lower.mouth.mouth", points, (64, 64))
    plain = predictor.examine([crop], [landmarks])[0][0].score
    hidden, signals = predictor.hide(crop, mask)
    assert hidden != plain
    assert hidden == predictor.hide(crop, mask)[0]
    assert signals.forgery_map.shape == (predictor.map_size,) * 2
    assert predictor.hide(crop, np.zeros((64, 64), bool))[0] == pytest.approx(plain, abs=1e-6)


def test_load_reads_the_calibration(tmp_path: Path) -> None:
    predictor = ForgeryPredictor.tiny(seed=4)
    calibration = replace(Calibration(), temperature=2.5, some=0.66, fitted_on=(5, 6))
    save_detector(predictor.detector, tmp_path, {"calibration": calibration.to_dict()})
    loaded = ForgeryPredictor.load(tmp_path)
    assert loaded.calibration == calibration
    pixels = np.random.default_rng(0).integers(0, 256, (1, 64, 64, 3), dtype=np.uint8)
    np.testing.assert_array_equal(loaded.run(pixels).margins, predictor.run(pixels).margins)


def test_not_assessed_has_a_reason_and_no_score() -> None:
    evidence = not_assessed("face_too_small")
    assert evidence.verdict == "not_assessed"
    assert evidence.score is None
    assert evidence.reason == "face_too_small"


def test_score_and_map_are_means_over_the_readings_of_a_crop() -> None:
    """Consistency maps and the global token stay those of the crop as it is; read once, so does everything."""
    predictor = ForgeryPredictor.tiny()
    size, detector = predictor.image_size, predictor.detector
    pixels = np.random.default_rng(3).integers(0, 256, (3, size, size, 3), dtype=np.uint8)
    found = predictor.run(pixels)
    with torch.inference_mode():
        means, plain = read_thrice(detector, detector.prepare(pixels)), detector(detector.prepare(pixels))
    np.testing.assert_allclose(found.margins, (means.logits[:, 1] - means.logits[:, 0]).numpy(), atol=1e-6)
    np.testing.assert_allclose(found.signals[1].forgery_map, means.forgery_map[1].numpy(), atol=1e-6)
    np.testing.assert_allclose(found.signals[1].probabilities, means.logits.softmax(1)[1].numpy(), atol=1e-6)
    np.testing.assert_allclose(found.signals[1].consistency, plain.consistency[1].numpy(), atol=1e-6)
    once = ForgeryPredictor(detector, predictor.calibration, thrice=False).run(pixels)
    np.testing.assert_allclose(once.margins, (plain.logits[:, 1] - plain.logits[:, 0]).numpy(), atol=1e-6)
    assert not np.allclose(once.margins, found.margins, atol=1e-6)
