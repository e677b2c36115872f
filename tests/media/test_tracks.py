"""Faces joined into tracks, scene cuts, and which frames of a person are read."""

import math
from pathlib import Path

import numpy as np
import pytest

from media.errors import BadRequest
from media.records import Face, Frame
from media.sampling import (
    PRESETS,
    Sampling,
    survey_cells,
    survey_positions,
    track_positions,
    uniform_positions,
    window_positions,
)
from media.scenes import is_cut
from media.tracks import MAX_GAP, Look, Sighting, TrackLinker, follow, link_cost, look_of, sighting_cost
from media.video import VideoReader
from tests.media.builders import counter_video

Box = tuple[float, float, float, float]


def box(x: float, y: float = 0.0, side: float = 100.0) -> Box:
    return (x, y, x + side, y + side)


def at(x: float, look: Look | None = None) -> Sighting:
    return Sighting(box(x), look)


def link_tracks(frames: list[list[Box]], max_gap: int = MAX_GAP) -> list[list[int]]:
    """Track numbers of boxes by place and size alone."""
    linker = TrackLinker(max_gap)
    return [linker.add([Sighting(b) for b in boxes]) for boxes in frames]


def test_two_people_who_move_keep_their_numbers() -> None:
    frames = [[box(0), box(400)], [box(430), box(40)], [box(80)], [box(120), box(480)]]
    assert link_tracks(frames) == [[1, 2], [2, 1], [1], [1, 2]]


def test_numbers_go_left_to_right_at_first_sight_and_stay() -> None:
    assert link_tracks([[box(700), box(0)], [box(10), box(690), box(350)], []]) == [[2, 1], [1, 2, 3], []]


def test_after_a_long_gap_a_track_is_closed() -> None:
    frames = [[box(0)], [], [], [box(0)]]
    assert link_tracks(frames, max_gap=3)[-1] == [1]
    assert link_tracks(frames, max_gap=2)[-1] == [2]


def test_who_comes_back_goes_on_only_where_the_boxes_overlap() -> None:
    assert link_tracks([[box(0)], [box(80)]])[-1] == [1]  # no gap: a step to the side
    assert link_tracks([[box(0)], [], [box(80)]])[-1] == [2]
    assert link_tracks([[box(0)], [], [box(30)]])[-1] == [1]


def test_a_cut_ends_all_tracks() -> None:
    linker = TrackLinker()
    assert linker.add([at(0), at(300)]) == [1, 2]
    assert linker.add([at(0), at(300)], cut=True) == [3, 4]
    assert linker.add([at(0)]) == [3]


@pytest.mark.parametrize("other", [box(0, side=230.0), box(250.0)])
def test_another_size_or_a_far_place_is_another_person(other: Box) -> None:
    assert math.isinf(link_cost(box(0), other))


def test_the_best_assignment_wins_over_the_first() -> None:
    # Taking the nearest box for track 1 first would leave track 2 without a partner.
    assert link_tracks([[box(0), box(90)], [box(80), box(165)]]) == [[1, 2], [1, 2]]


def test_a_face_of_other_colours_and_proportions_in_the_same_place_is_another_track(
    face: Face, photo: np.ndarray
) -> None:
    look = look_of(Frame(photo), face)
    stretched = face.landmarks * np.float32([1.0, 0.8])
    other_face = Face(1, face.box, stretched, face.confidence, face.quality)
    other = look_of(Frame(np.ascontiguousarray(photo[..., ::-1])), other_face)
    assert look.unlike(look) == 0.0
    assert look.unlike(other) > 1.0
    assert math.isinf(sighting_cost(at(0, look), at(0, other)))
    darker = look_of(Frame((photo * 0.8).astype(np.uint8)), face)
    assert look.unlike(darker) < 0.5
    linker = TrackLinker()
    assert [linker.add([at(0, x)]) for x in (look, darker, other)] == [[1], [1], [2]]


def test_a_look_does_not_depend_on_place_and_size(face: Face, photo: np.ndarray) -> None:
    big = np.ascontiguousarray(photo.repeat(2, axis=0).repeat(2, axis=1))
    moved = Face(1, face.box, face.landmarks * 2, face.confidence, face.quality)
    assert look_of(Frame(photo), face).unlike(look_of(Frame(big), moved)) < 0.1


def test_follow_finds_the_known_people_of_a_frame() -> None:
    seen = [at(410), at(900), at(20)]
    assert follow({1: at(0), 2: at(400)}, seen) == {1: seen[2], 2: seen[0]}
    assert follow({}, seen) == {}
    assert follow({1: at(0)}, []) == {}


# --- scene cuts ---------------------------------------------------------------------------------------------------


def pictures(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    a, b = rng.uniform(0, 255, (2, 18, 32)).astype(np.float32)
    return a, b


def test_another_place_is_a_cut_and_a_flash_or_noise_is_not() -> None:
    a, b = pictures()
    noise = np.random.default_rng(1).normal(0, 3, a.shape).astype(np.float32)
    assert is_cut(a, b, True)
    assert is_cut(a, b, False)
    assert not is_cut(a, np.clip(0.5 * a + 120, 0, 255), True)  # a flash: the same shapes, brighter
    assert not is_cut(a, a + noise, True)
    dark = np.full_like(a, 16)
    assert not is_cut(dark, dark + noise, True)
    assert is_cut(a, dark, True)


@pytest.mark.parametrize("pixel_format", ["yuv420p", "yuv420p10le"])
def test_cuts_are_found_between_frames_that_are_not_asked_for(tmp_path: Path, pixel_format: str) -> None:
    path = counter_video(tmp_path / "a.mp4", [40 * k for k in range(20)], pixel_format=pixel_format)
    reader = VideoReader(path)
    # Of the counters 0..19, most change few cells; 15 -> 16 changes five of eight.
    cuts = [shown.position for shown in reader.read(range(20), cuts=True) if shown.cut]
    assert 16 in cuts
    assert [s.cut for s in reader.read([13, 19], cuts=True)][1]
    assert not any(s.cut for s in reader.read([13, 19]))


# --- sampling -----------------------------------------------------------------------------------------------------


def test_uniform_positions_are_middles_of_equal_parts() -> None:
    assert uniform_positions(100, 10) == [5, 15, 25, 35, 45, 55, 65, 75, 85, 95]
    assert uniform_positions(3, 10, first=7) == [7, 8, 9]


def test_a_survey_grows_with_the_length_up_to_a_bound() -> None:
    sampling = PRESETS["video_v1"]
    counts = [len(survey_positions(round(25 * s), s, sampling)) for s in (0.4, 10.0, 60.0, 1800.0)]
    assert counts == [10, 32, 120, 192]


def test_cells_of_a_survey_cover_the_video_without_overlap() -> None:
    cells = survey_cells([5, 15, 25], 30)
    assert cells == [(0, 10), (10, 20), (20, 30)]


def test_frames_of_a_person_come_from_the_survey_where_it_has_them() -> None:
    survey = uniform_positions(800, 32)
    assert track_positions((0, 800), survey, survey, 32) == survey
    half = track_positions((0, 800), survey, survey, 16)
    assert len(half) == 16
    assert set(half) <= set(survey)


def test_a_short_track_is_filled_between_surveyed_frames() -> None:
    survey = uniform_positions(3200, 32)
    chosen = track_positions((300, 500), [350, 450], survey, 32)
    assert len(chosen) == 32
    assert {350, 450} <= set(chosen)
    assert chosen == sorted(set(chosen))
    assert all(300 <= p < 500 for p in chosen)
    assert max(np.diff(chosen)) <= 2 * 200 / 32


def test_no_frames_are_taken_where_only_others_were_seen() -> None:
    survey = list(range(5, 100, 10))
    seen = [p for p in survey if p < 30 or p > 70]
    assert track_positions((0, 100), seen, survey, 10) == seen


def test_a_face_fit_to_be_assessed_is_taken_first() -> None:
    survey = [2, 4, 6, 8]
    assert track_positions((0, 10), survey, survey, 2, fit=[4, 6, 8]) == [4, 6]
    assert track_positions((0, 10), survey, survey, 2, fit=[]) == [2, 6]


def test_windows_of_both_presets() -> None:
    windows = window_positions((100, 420), PRESETS["video_v1"])
    assert len(windows) == 8
    assert all(np.diff(w).tolist() == [1, 1, 1] for w in windows)
    assert windows[0][0] >= 100
    assert windows[-1][-1] < 420
    paper = window_positions((100, 420), PRESETS["fakestormer"])
    assert [p for w in paper for p in w] == uniform_positions(320, 32, 100)
    assert [len(w) for w in paper] == [4] * 8
    assert window_positions((0, 9), PRESETS["video_v1"]) == [(1, 2, 3, 4), (4, 5, 6, 7)]
    assert window_positions((0, 3), PRESETS["video_v1"]) == []


def test_a_preset_without_frames_is_refused() -> None:
    with pytest.raises(BadRequest):
        Sampling("none", frames=0)
