"""What follows from a track's frames: worst moments, gaps; progress with the time left, and stopping."""

import threading

import pytest

from assistant.progress import ExaminationCancelled, Watch
from assistant.tracks import spans, worst_moments


def test_worst_moments_lie_apart() -> None:
    scores = [(0.0, 0.2), (1.0, 0.9), (1.3, 0.8), (1.5, 0.7), (3.0, 0.1)]
    assert worst_moments(scores) == ((1.0, 0.9), (1.5, 0.7), (0.0, 0.2))
    assert worst_moments(scores, most=1) == ((1.0, 0.9),)
    assert worst_moments([(0.0, 0.5), (0.4, 0.5)]) == ((0.0, 0.5),)
    assert worst_moments([]) == ()


def test_adjoining_times_become_one_gap() -> None:
    assert spans([(0.0, 0.5), (0.5, 1.0), (2.0, 2.5)]) == ((0.0, 1.0), (2.0, 2.5))
    assert spans([]) == ()


def test_progress_says_how_long_it_may_take_once_it_can_tell() -> None:
    said: list[tuple[float, str]] = []
    now = iter([0.0, 0.5, 4.0, 8.0])
    watch = Watch(lambda share, what: said.append((share, what)), clock=lambda: next(now))
    for share in (0.0, 0.1, 0.25, 1.0):
        watch.step(share, "work")
    assert said == [(0.0, "work"), (0.1, "work"), (0.25, "work, about 12 s left"), (1.0, "work")]


@pytest.mark.parametrize("kind", ["event", "function"])
def test_both_ways_of_stopping(kind: str) -> None:
    event = threading.Event()
    watch = Watch(cancel=event if kind == "event" else event.is_set)
    watch.step(0.5, "work")
    event.set()
    with pytest.raises(ExaminationCancelled):
        watch.step(0.6, "work")
