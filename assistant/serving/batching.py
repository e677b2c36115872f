"""A bounded queue that works off the jobs of many callers together, in one thread."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from media.errors import BadRequest

Job = TypeVar("Job")
Result = TypeVar("Result")
_LOOK_AGAIN_S = 0.01


class ServerBusy(BadRequest):
    """Too many callers are waiting already, or the queue has been closed."""


@dataclass(eq=False)
class Ticket(Generic[Job, Result]):
    """A job that waits. since: `time.monotonic()` of its arrival, seconds; done: where its result will stand."""

    job: Job
    since: float = field(default_factory=time.monotonic)
    done: Future[Result] = field(default_factory=Future)


class BatchQueue(Generic[Job, Result]):
    """Callers wait in `submit`; one thread takes what waits and does it in one go. It never waits for a fuller batch.

    A job that fails does not harm its companions: when a batch fails, each of its jobs is done once more by itself.

    Args:
        work: results of some jobs, in their order.
        choose: which of the waiting tickets (in order of arrival, at least one) come next; [] = none of them yet.
        most_waiting: tickets that may wait; further callers get ServerBusy at once.
        name: of the thread.
    """

    def __init__(
        self,
        work: Callable[[list[Job]], Sequence[Result]],
        choose: Callable[[list[Ticket[Job, Result]]], list[Ticket[Job, Result]]],
        most_waiting: int,
        name: str,
    ) -> None:
        if most_waiting < 1:
            raise BadRequest(f"A queue needs room for at least one caller, not {most_waiting}.")
        self._work, self._choose, self._most = work, choose, most_waiting
        self._waiting: list[Ticket[Job, Result]] = []
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._thread.start()

    def __len__(self) -> int:
        return len(self._waiting)

    def submit(self, job: Job, admitted: bool = False) -> Result:
        """Wait for the result of a job; what went wrong with it is raised here.

        Args:
            job: what `work` takes.
            admitted: let it in although the queue is full; for the next step of something that is under way.

        Raises:
            ServerBusy: the queue is full or closed.
        """
        ticket: Ticket[Job, Result] = Ticket(job)
        with self._changed:
            if self._closed:
                raise ServerBusy("This server is being shut down; please start it again.")
            if len(self._waiting) >= self._most and not admitted:
                raise ServerBusy(
                    "Too many people are asking at the moment; please try again in a moment.",
                    f"{len(self._waiting)} are waiting, {self._most} may",
                )
            self._waiting.append(ticket)
            self._changed.notify()
        try:
            return ticket.done.result()
        except BaseException:
            ticket.done.cancel()  # a caller interrupted while waiting takes its job along
            raise

    def close(self) -> None:
        """Finish the batch under way and turn away who waits."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def _serve(self) -> None:
        while (batch := self._next()) is not None:
            self._run([ticket for ticket in batch if ticket.done.set_running_or_notify_cancel()])
            batch = None  # results must not be kept alive while the queue is idle
        self._turn_away(ServerBusy("This server was shut down before it came to your question."))

    def _next(self) -> list[Ticket[Job, Result]] | None:
        """The next batch; None once the queue is closed."""
        with self._changed:
            while not self._closed:
                self._waiting = [ticket for ticket in self._waiting if not ticket.done.cancelled()]
                try:
                    chosen = self._choose(list(self._waiting)) if self._waiting else []
                except Exception as error:  # nobody may wait for ever because a choice failed
                    self._turn_away(error)
                    continue
                if chosen:
                    taken = set(map(id, chosen))
                    self._waiting = [ticket for ticket in self._waiting if id(ticket) not in taken]
                    return chosen
                self._changed.wait(_LOOK_AGAIN_S if self._waiting else None)
            return None

    def _run(self, batch: list[Ticket[Job, Result]]) -> None:
        if not batch:
            return
        try:
            results = list(zip(batch, self._work([ticket.job for ticket in batch]), strict=True))
        except Exception as error:  # whatever went wrong belongs to the caller whose job it was
            if len(batch) == 1:
                batch[0].done.set_exception(error)
                return
            for ticket in batch:
                self._run([ticket])
            return
        for ticket, result in results:
            ticket.done.set_result(result)

    def _turn_away(self, error: Exception) -> None:
        """Give everybody who waits this error."""
        waiting, self._waiting = self._waiting, []
        for ticket in waiting:
            if ticket.done.set_running_or_notify_cancel():
                ticket.done.set_exception(error)
