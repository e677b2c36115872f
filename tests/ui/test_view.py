import math

import numpy as np
import pytest
from PIL import Image

from assistant.records import RegionQuery
from assistant.ui import view
from assistant.ui.state import Picture, Session
from tests.ui.fake import NOSE, FakeAssistant


def drawn(session: Session) -> np.ndarray:
    """The shown picture, which must be there."""
    shown = view.shown_picture(session)
    assert shown is not None
    return shown


def session_of(path, faces: int = 1) -> Session:
    examination = FakeAssistant(faces).examine(path)
    session = Session([Picture(path.name, examination, 0, view.first_still(examination))])
    session.show(0)
    return session


@pytest.fixture
def session(photo):
    return session_of(photo)


@pytest.fixture
def large(tmp_path, astronaut):
    """A picture of 4000 x 1000 pixels, shown smaller."""
    Image.fromarray(astronaut).resize((4000, 1000)).save(tmp_path / "large.png")
    return session_of(tmp_path / "large.png")


@pytest.mark.parametrize("index", [None, [math.nan, math.nan], [None, None], [5], "ab", [512, 3], [-1, 3]])
def test_a_click_outside_the_picture_is_no_point(session, index):
    assert view.to_original(session, index) is None


def test_a_click_is_in_pixels_of_the_original(session, large):
    assert view.to_original(session, [10, 20]) == (10, 20)
    assert view.to_original(Session(), [10, 20]) is None
    shown = drawn(large)
    assert shown.shape == (320, 1280, 3)
    assert view.to_original(large, [640, 160]) == pytest.approx((2001, 501), abs=1)
    assert view.to_original(large, [1279, 319]) == pytest.approx((3998, 998), abs=2)


def test_opacity_mixes_the_overlay(session, astronaut):
    session.opacity = 0.0
    assert np.array_equal(drawn(session), astronaut)
    session.opacity = 0.5
    half = np.abs(drawn(session).astype(int) - astronaut).sum()
    session.opacity = 1.0
    full = np.abs(drawn(session).astype(int) - astronaut).sum()
    assert full > 1.5 * half > 0


@pytest.mark.parametrize(
    "mark", [RegionQuery(point=(300, 400)), RegionQuery(box=(280, 380, 330, 420)), RegionQuery(region_ids=(NOSE,))]
)
def test_the_mark_is_drawn(session, mark):
    before = drawn(session)
    session.mark = mark
    after = drawn(session)
    changed = np.argwhere((before != after).any(axis=2))
    assert len(changed) > 20
    if mark.point:
        assert np.abs(changed.mean(axis=0) - [400, 300]).max() < 3


def test_several_faces_are_numbered_boxes(photo):
    one, two = session_of(photo, 1), session_of(photo, 2)
    two.opacity = one.opacity = 0.0
    assert not np.array_equal(drawn(one), drawn(two))


def test_the_picture_itself_is_never_drawn_upon(session, astronaut):
    session.mark = RegionQuery(point=(300, 400))
    drawn(session)
    assert np.array_equal(session.picture.examination.picture, astronaut)
