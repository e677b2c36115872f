import math

import pytest

from assistant.tracks import box_iou, link_cost, link_tracks


def box(x: float, y: float = 0.0, side: float = 100.0) -> tuple[float, float, float, float]:
    return (x, y, x + side, y + side)


def test_iou_of_a_half_shifted_box() -> None:
    assert box_iou(box(0), box(50)) == pytest.approx(1 / 3)
    assert box_iou(box(0), box(100)) == 0.0


def test_two_people_who_move_keep_their_numbers() -> None:
    frames = [[box(0), box(400)], [box(430), box(40)], [box(80)], [box(120), box(480)]]
    assert link_tracks(frames) == [[1, 2], [2, 1], [1], [1, 2]]


def test_a_person_who_enters_later_gets_a_new_number() -> None:
    assert link_tracks([[box(0)], [box(10), box(700)], []]) == [[1], [1, 2], []]


def test_after_a_long_gap_a_track_is_closed() -> None:
    frames = [[box(0)], [], [], [box(0)]]
    assert link_tracks(frames, max_gap=3)[-1] == [1]
    assert link_tracks(frames, max_gap=2)[-1] == [2]


@pytest.mark.parametrize("other", [box(0, side=230.0), box(250.0)])
def test_another_size_or_a_far_place_is_another_person(other: tuple[float, float, float, float]) -> None:
    assert math.isinf(link_cost(box(0), other))


def test_the_best_assignment_wins_over_the_first() -> None:
    # Taking the nearest box for track 1 first would leave track 2 without a partner.
    assert link_tracks([[box(0), box(90)], [box(80), box(165)]]) == [[1, 2], [1, 2]]
