"""The queue: what waits is done together, a bad job harms nobody, a full queue says so."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.serving.batching import BatchQueue, ServerBusy, Ticket
from media.errors import BadRequest


class Slow:
    """Doubles numbers, a batch at a time, once the gate is open; refuses 13."""

    def __init__(self, most: int = 8) -> None:
        self.gate, self.begun = threading.Event(), threading.Event()
        self.batches: list[list[int]] = []
        self.queue: BatchQueue[int, int] = BatchQueue(self.work, lambda waiting: waiting[:4], most, "test")

    def work(self, numbers: list[int]) -> list[int]:
        self.begun.set()
        assert self.gate.wait(10)
        self.batches.append(numbers)
        if 13 in numbers:
            raise ValueError("unlucky")
        return [2 * n for n in numbers]


@pytest.fixture
def slow():
    made = Slow()
    yield made
    made.gate.set()
    made.queue.close()


def waiting(queue: BatchQueue, count: int) -> None:
    """Until so many wait."""
    end = time.monotonic() + 10
    while len(queue) != count:
        assert time.monotonic() < end
        time.sleep(0.001)


def test_what_waits_is_done_together_and_in_order(slow: Slow) -> None:
    with ThreadPoolExecutor(6) as pool:
        results = [pool.submit(slow.queue.submit, 0)]
        assert slow.begun.wait(10)
        for number in range(1, 6):
            results.append(pool.submit(slow.queue.submit, number))
            waiting(slow.queue, number)
        slow.gate.set()
        assert [r.result(10) for r in results] == [0, 2, 4, 6, 8, 10]
    assert slow.batches == [[0], [1, 2, 3, 4], [5]]


def test_only_the_culprit_of_a_failed_batch_gets_the_error(slow: Slow) -> None:
    with ThreadPoolExecutor(5) as pool:
        first = pool.submit(slow.queue.submit, 0)
        assert slow.begun.wait(10)
        others = [pool.submit(slow.queue.submit, n) for n in (1, 13, 2)]
        waiting(slow.queue, 3)
        slow.gate.set()
        assert first.result(10) == 0
        assert (others[0].result(10), others[2].result(10)) == (2, 4)
        with pytest.raises(ValueError, match="unlucky"):
            others[1].result(10)
        assert slow.queue.submit(4) == 8  # and it goes on


def test_a_full_queue_says_so_at_once_and_lets_go_on_what_is_under_way() -> None:
    slow = Slow(most=2)
    with ThreadPoolExecutor(5) as pool:
        results = [pool.submit(slow.queue.submit, 0)]
        assert slow.begun.wait(10)
        results += [pool.submit(slow.queue.submit, n) for n in (1, 2)]
        waiting(slow.queue, 2)
        with pytest.raises(ServerBusy, match="Too many") as caught:
            slow.queue.submit(3)
        assert isinstance(caught.value, BadRequest)
        results.append(pool.submit(slow.queue.submit, 3, True))
        waiting(slow.queue, 3)
        slow.gate.set()
        assert [r.result(10) for r in results] == [0, 2, 4, 6]
    slow.queue.close()


def test_a_caller_that_gave_up_is_not_computed(slow: Slow) -> None:
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(slow.queue.submit, 0)
        assert slow.begun.wait(10)
        given_up: Ticket[int, int] = Ticket(1)
        given_up.done.cancel()
        slow.queue._waiting.append(given_up)
        last = pool.submit(slow.queue.submit, 2)
        waiting(slow.queue, 2)
        slow.gate.set()
        assert (first.result(10), last.result(10)) == (0, 4)
    assert slow.batches == [[0], [2]]


def test_closing_turns_away_who_waits(slow: Slow) -> None:
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(slow.queue.submit, 0)
        assert slow.begun.wait(10)
        second = pool.submit(slow.queue.submit, 1)
        waiting(slow.queue, 1)
        closing = pool.submit(slow.queue.close)
        while not slow.queue._closed:
            time.sleep(0.001)
        slow.gate.set()
        closing.result(10)
        assert first.result(10) == 0
        with pytest.raises(ServerBusy, match="shut down"):
            second.result(10)
    with pytest.raises(ServerBusy, match="shut down"):
        slow.queue.submit(2)


def test_a_chooser_that_takes_none_yet_is_asked_again() -> None:
    ready = threading.Event()
    queue: BatchQueue[int, int] = BatchQueue(lambda n: n, lambda w: w if ready.is_set() else [], 2, "test")
    threading.Timer(0.05, ready.set).start()
    assert queue.submit(7) == 7
    queue.close()


def test_a_queue_without_room_is_refused() -> None:
    with pytest.raises(BadRequest, match="at least one"):
        BatchQueue(lambda n: n, lambda w: w, 0, "test")


def test_a_failing_choice_or_a_wrong_count_leaves_nobody_waiting() -> None:
    broken = [True]

    def choose(waiting: list[Ticket[int, int]]) -> list[Ticket[int, int]]:
        if broken.pop() if broken else False:
            raise MemoryError("no room")
        return waiting

    queue: BatchQueue[int, int] = BatchQueue(lambda n: n if 5 not in n else [], choose, 4, "test")
    with pytest.raises(MemoryError, match="no room"):
        queue.submit(1)
    with pytest.raises(ValueError, match="shorter"):
        queue.submit(5)
    assert queue.submit(2) == 2
    queue.close()
