"""Other moments of a video: going there, coming back, the contact sheet, and what the page says of it."""

import re
from dataclasses import replace

import numpy as np
import pytest

from assistant.ui import moments, shown, text, view
from assistant.ui.contact_sheet import crop_with_map, listed_people, read_sheet
from assistant.ui.state import Picture, Session
from assistant.ui.timeline import last_second, timelines
from media.records import Evidence, Motion
from tests.media.builders import read_counter
from tests.ui.fake import CHIN, FakeExaminer, face_examination, video_examination
from tests.ui.test_cards import words
from tests.ui.test_handlers import KEY, Page


@pytest.fixture
def page(clip):
    page = Page()
    page.add(clip)
    return page


def session_of(clip) -> Session:
    examination = video_examination(clip)
    session = Session([Picture("clip.mp4", examination, 0, view.first_still(examination))])
    session.show(0)
    return session


def seen(page: Page) -> int:
    """Number burnt into the frame in the viewer, without the overlay."""
    still = page.session.still
    assert still is not None
    return read_counter(still.plain)


def sheets(page: Page) -> list[str]:
    return [updates["sheet"] for updates in page.handlers.worst_frames(KEY)]


# --- going to a moment


def test_a_moment_is_examined_shown_and_set_against_the_person(page):
    assert seen(page) == 10
    updates = page.handlers.look_at(0.55, None, KEY)
    assert seen(page) == 5
    said = words(updates["moment_said"])
    assert "Person 1 at 0:00.50: this frame alone 0.30, the whole person 0.72." in said
    assert text.ONE_FRAME in said
    assert updates["back"]["visible"]
    assert updates["moment_at"]["value"] == 0.5
    assert updates["moment_at"]["maximum"] == 3.0
    assert 'class="now" d="M52.7 0V48"' in updates["card"]


def test_back_to_the_worst_frame(page):
    page.handlers.look_at(0.5, None, KEY)
    updates = page.handlers.back(KEY)
    assert seen(page) == 10
    assert not updates["back"]["visible"]
    assert "at 0:01.00, the worst frame: this frame alone 0.90, the whole person 0.72." in updates["moment_said"]
    assert "now" not in updates["card"]


def test_a_moment_without_a_face_says_so_and_shows_the_frame(page):
    said = page.handlers.look_at(2.5, None, KEY)["moment_said"]
    assert f"At 0:02.50: {text.NO_FACE_HERE}" in said
    assert seen(page) == 25


@pytest.mark.parametrize(
    ("second", "problem"),
    [(9.0, "The video ends at 3.0"), (float("nan"), text.NO_MOMENT), (None, text.NO_MOMENT), ("1", text.NO_MOMENT)],
)
def test_a_moment_that_is_none_is_explained_and_changes_nothing(page, second, problem):
    said = page.handlers.look_at(second, None, KEY)["moment_said"]
    assert 'role="alert"' in said
    assert problem in said
    assert page.session.moment is None


def test_a_file_that_is_gone_says_so(page, clip):
    clip.unlink()
    said = page.handlers.look_at(0.5, None, KEY)["moment_said"]
    assert 'role="alert"' in said
    assert str(clip.parent) not in said
    assert seen(page) == 10
    assert 'role="alert"' in sheets(page)[-1]


def test_an_unforeseen_failure_is_told_plainly(page, monkeypatch):
    monkeypatch.setattr(page.assistant.examiner, "at", lambda *a: 1 / 0)
    assert text.FAILED in page.handlers.look_at(0.5, None, KEY)["moment_said"]
    assert text.FAILED in sheets(page)[-1]


def test_a_photo_has_no_moments(photo):
    page = Page()
    assert text.NO_VIDEO in page.handlers.look_at(0.5, None, KEY)["moment_said"]
    updates = page.add(photo)
    assert text.NO_VIDEO in page.handlers.look_at(0.5, None, KEY)["moment_said"]
    assert not any(updates[name]["visible"] for name in ("moments", "worst_frames", "ask_worst", "ask_motion"))
    assert sheets(page) == [f'<div class="sheet"><p class="limits" role="status">{text.SHEET_NONE}</p></div>']


def test_marks_belong_to_the_worst_frame(page):
    page.handlers.click([50, 20], text.MODE_SPOT, KEY)
    page.handlers.look_at(0.5, None, KEY)
    assert page.session.mark is None
    assert text.MARK_IN_WORST in page.handlers.click([50, 20], text.MODE_SPOT, KEY)["spot"]
    updates = page.handlers.choose_part(CHIN, KEY)
    assert page.session.mark is None
    assert not updates["part"]["interactive"]
    page.handlers.back(KEY)
    page.handlers.click([50, 20], text.MODE_SPOT, KEY)
    assert page.session.mark is not None


def test_another_picture_ends_the_moment(page, photo):
    page.handlers.look_at(0.5, None, KEY)
    page.add(photo)
    assert page.session.moment is None
    page.handlers.choose_picture(0, KEY)
    assert seen(page) == 10


# --- asking for a moment in the chat


def test_a_second_asked_about_comes_into_the_viewer(page):
    last = page.ask("What happens at 0:01?")[-1]
    assert page.session.moment.time == 1.0
    assert last["back"]["visible"]
    page.handlers.back(KEY)
    last = page.ask("Where?")[-1]
    assert page.session.moment is None
    assert "moment_at" not in last


def test_only_a_second_that_was_measured_comes_into_the_viewer(page):
    page.ask("What happens at 0:02?")
    assert page.session.moment is None


# --- words


def test_several_people_of_a_frame_the_chosen_one_first(clip):
    session = session_of(clip)
    examination = session.pictures[0].examination
    other = replace(examination.faces[0], face=replace(examination.faces[0].face, id=2, time=0.5))
    stranger = face_examination(7, (1.0, 1.0, 20.0, 20.0), 0.4)
    unfit = replace(
        face_examination(1, (1.0, 1.0, 20.0, 20.0)),
        evidence=Evidence("not_assessed", "could not be assessed", reason="too_blurred"),
    )
    examination = replace(examination, faces=(*examination.faces, other))
    session.pictures = [replace(session.pictures[0], examination=examination)]
    session.face = 2
    assert "The worst frame of person 2 is at 0:00.50." in moments.said(session)
    pixels = np.zeros((48, 128, 3), np.uint8)
    session.moment = view.make_still(pixels, (unfit, stranger), 1.2)
    said = words(moments.said(session))
    assert "Person 1 at 0:01.20: could not be assessed here. The face is too blurred." in said
    assert "Face 7, met nowhere else, at 0:01.20: this frame alone 0.40. Person 2 was not found in this frame." in said
    session.moment = view.make_still(pixels, (unfit, replace(stranger, face=replace(stranger.face, id=2))), 1.2)
    said = moments.said(session)
    assert said.index("Person 2") < said.index("Person 1")


@pytest.mark.parametrize(("seconds", "shown_at"), [(7.4, 7.4), (7.433333, 7.44), (0.0, 0.0), (1.1, 1.1)])
def test_the_slider_never_shows_a_time_before_the_frame(seconds, shown_at):
    assert moments.on_slider(seconds) == pytest.approx(shown_at)
    assert moments.on_slider(seconds) >= seconds


# --- timeline


def test_motion_is_a_second_dashed_line_with_its_own_label(clip):
    """x runs over 3 s: 0 s at 4, 1.5 s at 150."""
    examination = video_examination(clip)
    plain = timelines(examination, None)
    assert "motion" not in plain
    moving = replace(examination.faces[0], motion=Motion(0.62, ((0.0, 0.5), (1.5, 0.75))))
    said = timelines(replace(examination, faces=(moving,)), None)
    assert '<polyline class="motion" points="4.0,24.0 150.0,14.0"/>' in said
    assert said.count("motion 0.62, dashed") == 2  # for eyes and for screen readers
    single = replace(moving, motion=Motion(0.62, ((1.5, 0.75),)))
    said = timelines(replace(examination, faces=(single,)), None)
    assert 'class="motion" points="150.0,14.0 150.0,14.0"' in said


def test_a_timeline_says_where_a_click_leads(clip):
    examination = video_examination(clip)
    assert last_second(examination) == pytest.approx(3.0)
    assert 'data-last="3.000" data-person="1"' in timelines(examination, None)
    assert text.TIMELINE_HELP in timelines(examination, None)


# --- contact sheet


def test_the_sheet_shows_the_worst_frames_and_measures_each_once(page):
    said = sheets(page)
    assert [re.findall(r"Reading frame \d of 3", part) for part in said[:3]] == [
        [f"Reading frame {n} of 3"] for n in (1, 2, 3)
    ]
    assert re.findall(r'data-second="([\d.]+)"', said[-1]) == ["1.0", "1.5", "0.0"]
    assert re.findall(r"<span>(0\.\d\d)</span>", said[-1]) == ["0.90", "0.90", "0.30"]
    assert said[-1].count("data:image/jpeg;base64,") == 3
    assert 'aria-label="Person 1 at 0:01.00, this frame alone 0.90: look at it"' in said[-1]
    assert len(page.session.picture.examination.looked) == 3
    page.handlers.look_at(1.0, 1, KEY)
    assert len(page.session.picture.examination.looked) == 3
    assert sheets(page) == []
    assert shown.page(page.session)["sheet"] == said[-1]


def test_the_sheet_stops_when_it_is_no_longer_wanted(page):
    reading = page.handlers.worst_frames(KEY)
    next(reading)
    page.handlers.stop(KEY)
    assert list(reading) == []
    assert page.session.sheets == {}


def test_a_face_not_found_again_is_named(clip):
    examination = video_examination(clip)
    person = replace(examination.faces[0], worst_moments=((2.5, 0.8),))
    *_, last = read_sheet(FakeExaminer(), replace(examination, faces=(person,)))  # type: ignore[arg-type]
    assert text.NOT_FOUND_AGAIN in last
    assert "<img" not in last


def test_the_sheet_lists_the_strongest_person_first(clip):
    examination = video_examination(clip)
    weak = replace(face_examination(2, (1.0, 1.0, 20.0, 20.0), 0.2), worst_moments=((0.0, 0.2),))
    without = face_examination(3, (1.0, 1.0, 20.0, 20.0), 0.9)
    people = listed_people(replace(examination, faces=(weak, without, *examination.faces)))
    assert [p.face.id for p in people] == [1, 2]


def test_a_crop_carries_its_map():
    """The map of the fake face is high in rows 11 to 13 and columns 6 to 9 of 16; the crop is black."""
    pixels = np.asarray(crop_with_map(face_examination(1, (10.0, 10.0, 60.0, 60.0)))).astype(int).sum(axis=2)
    assert pixels.shape == (192, 192)
    assert pixels[12 * 12, 8 * 12] > 100
    assert pixels[:60].max() == 0
