"""A face shown through a mask around clicks: what is masked, which turns use it, and what answers say of it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.assistant import Assistant
from assistant.cli import answer_json
from assistant.click_masks import KINDS, ClickMasks, look_through, masked_signals
from assistant.mentions import Subject
from assistant.profiles import CLICKS, has_clicks, load_click_predictor
from assistant.records import Answer, RegionQuery
from assistant.spots import Spot, find_spot
from assistant.turn import Turn, masked_view
from kfd.predictor import ForgeryPredictor
from media.crops import to_frame
from media.errors import BadRequest, MissingCheckpoint
from media.records import Examination, FaceExamination
from retrieval.clicks.model import DetectorClicks, FrozenDetector
from retrieval.clicks.predictor import ClickPredictor
from retrieval.masks import click_mask

NOSE = "face.middle.nose.nose"
READ: Callable[[str], str | None] = {"Where?": "where", "Why?": "why", "Explain it technically": "technical"}.get


@pytest.fixture(scope="module")
def predictor() -> ForgeryPredictor:
    return ForgeryPredictor.tiny(0)


@pytest.fixture(scope="module")
def clicks(predictor: ForgeryPredictor) -> ClickPredictor:
    return ClickPredictor(DetectorClicks.fitting(FrozenDetector.of(predictor)))


@pytest.fixture
def face(examination: Examination) -> FaceExamination:
    return examination.faces[0]


def turn(question: str = "Where?", query: RegionQuery | None = None, introduces: bool = False) -> Turn:
    return Turn(question, Subject(1, 1), query, introduces=introduces)


def test_the_mask_multiplies_the_normalised_input(predictor: ForgeryPredictor, face: FaceExamination) -> None:
    """Against the detector's own parts: what is masked away is 0 there, the mean colour and not black."""
    pixels, point = face.crop.pixels, [(0.3, 0.6)]
    images = predictor.detector.prepare(pixels[None])
    mask = images.new_tensor(click_mask(point, pixels.shape[:2], "hard"))
    wanted = predictor.detector(images * mask).global_token[0].detach().numpy()
    found = masked_signals(predictor, pixels, point, "hard")
    assert np.allclose(found.global_token, wanted, atol=1e-6)
    whole = predictor.run(pixels[None]).signals[0]
    assert not np.allclose(found.global_token, whole.global_token)
    for kind, points in (("none", point), ("soft", [])):
        same = masked_signals(predictor, pixels, points, kind)
        assert np.allclose(same.forgery_map, whole.forgery_map, atol=1e-6)
        assert np.allclose(same.probabilities, whole.probabilities, atol=1e-6)


def test_own_clicks_move_with_the_crop_and_several_are_joined(
    predictor: ForgeryPredictor, clicks: ClickPredictor, face: FaceExamination
) -> None:
    side = len(face.crop.pixels)
    inside = np.array([(0.25, 0.5), (0.8, 0.4)])
    for kind in KINDS:
        seen = ClickMasks(predictor, clicks, kind).around(face, to_frame(inside * side, face.crop))
        assert np.allclose(seen.points, inside, atol=1e-4)
        assert seen.said == f"{kind}, own clicks"
        wanted = predictor.run_masked(face.crop.pixels[None], click_mask(inside, (side, side), kind)).signals[0]
        assert np.allclose(seen.signals.consistency, wanted.consistency, atol=1e-3)


def test_predicted_clicks_are_the_click_models(
    predictor: ForgeryPredictor, clicks: ClickPredictor, face: FaceExamination
) -> None:
    seen = ClickMasks(predictor, clicks).predicted(face)
    assert np.allclose(seen.points, clicks.points(face.crop.pixels[None]), atol=1e-6)
    assert (seen.kind, seen.said) == ("soft", "soft, predicted click")
    several = ClickMasks(predictor, clicks, "hard", count=3).predicted(face)
    assert 1 <= len(several.points) <= 3
    assert several.key != seen.key


def test_what_cannot_be_shown_is_refused(predictor: ForgeryPredictor, clicks: ClickPredictor) -> None:
    with pytest.raises(BadRequest, match="hard, soft, blurred"):
        ClickMasks(predictor, clicks, "none")
    with pytest.raises(BadRequest, match="At least one click"):
        ClickMasks(predictor, clicks, count=0)
    other = ClickPredictor(clicks.model)
    other.model.config, kept = replace(clicks.model.config, crop_margin=2.0), clicks.model.config
    try:
        with pytest.raises(BadRequest, match="margin 2.0"):
            ClickMasks(predictor, other)
    finally:
        clicks.model.config = kept


def test_only_later_questions_where_or_why_are_masked(
    predictor: ForgeryPredictor, clicks: ClickPredictor, face: FaceExamination
) -> None:
    masks, nowhere = ClickMasks(predictor, clicks), Spot()
    for question in ("Where?", "Why?", "Explain it technically"):
        assert look_through(masks, turn(question), nowhere, face, READ) is not None
    off = [
        (None, turn(), nowhere, face),
        (masks, turn("Hello"), nowhere, face),
        (masks, turn(introduces=True), nowhere, face),
        (masks, turn(), Spot("[nose: high]"), face),
        (masks, turn(), nowhere, None),
        (masks, turn(), nowhere, replace(face, signals=None)),
        (masks, turn("Where?", RegionQuery(region_ids=(NOSE,))), nowhere, face),
    ]
    for case in off:
        assert look_through(*case, READ) is None


def test_a_persons_click_takes_the_same_path(
    predictor: ForgeryPredictor, clicks: ClickPredictor, face: FaceExamination
) -> None:
    masks = ClickMasks(predictor, clicks, "hard")
    middle = face.face.landmarks.mean(axis=0).tolist()
    query = RegionQuery(point=(middle[0], middle[1]))
    spot = find_spot("What about this spot?", query, face)
    asked = turn("What about this spot?", query)
    seen = look_through(masks, asked, spot, face, READ)
    assert seen is not None
    assert not seen.predicted
    asked.masked = seen
    shown, key = masked_view(asked, spot) or (None, "")
    assert shown is seen.signals
    assert key == f"1#1:{seen.key}"
    beside = RegionQuery(point=(0.0, 0.0))
    assert look_through(masks, turn("", beside), find_spot("", beside, face), face, READ) is None


def test_without_masks_a_spot_is_shown_as_before(face: FaceExamination) -> None:
    assert masked_view(turn(), Spot()) is None
    query = RegionQuery(region_ids=(NOSE,))
    spot = find_spot("", query, face)
    assert masked_view(turn("", query), spot) == (spot.signals, f"1#1:{(NOSE,)}")


def test_an_answer_says_what_was_on() -> None:
    answer = Answer("Where?", "At the nose.", "fake")
    assert answer.aids == ""
    source = {"text": "The nose is blurry."}
    both = replace(answer, masked="soft, predicted click", examples=(source,))
    assert both.aids == "1 human sentence, click mask (soft, predicted click)"
    assert replace(both, masked="", examples=(source, source)).aids == "2 human sentences"
    assert answer_json(both)["masked"] == "soft, predicted click"


def test_the_assistant_makes_masks_once_its_profile_has_clicks(tiny: Assistant, tmp_path: Path) -> None:
    assert tiny.offers_masks
    assert tiny.click_masks("none") is None
    one, other = tiny.click_masks("soft"), tiny.click_masks("hard")
    assert one is not None
    assert other is not None
    assert (one.kind, other.kind) == ("soft", "hard")
    assert one._clicks is other._clicks
    assert not has_clicks("embedded", tmp_path)
    with pytest.raises(MissingCheckpoint, match=r"lacks clicks .*\n.*train_clicks\.py"):
        load_click_predictor("embedded", ForgeryPredictor.tiny(0), tmp_path)
    with pytest.raises(MissingCheckpoint, match=CLICKS):
        Assistant.load("embedded", tmp_path, masks="soft")
