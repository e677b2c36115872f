"""Progress of an examination out, a wish to stop in."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from media.errors import ForgeryAssistantError

Progress = Callable[[float, str], None]
Cancel = threading.Event | Callable[[], bool]
_SOONEST = 1.0  # seconds of work before a guess at the time left is worth showing
_SHARE = 0.03  # of the work


class ExaminationCancelled(ForgeryAssistantError):
    """A person stopped the examination."""


@dataclass(frozen=True)
class Watch:
    """Progress out, cancel in.

    Attributes:
        progress: called with the share done in [0, 1] and words that end in the seconds left once that can be told.
        cancel: an event that is set, or a function that returns True, to stop.
        clock: seconds, for tests.
    """

    progress: Progress | None = None
    cancel: Cancel | None = None
    clock: Callable[[], float] = time.perf_counter
    _start: list[float] = field(default_factory=list)

    def step(self, share: float, what: str) -> None:
        """Report `share` in [0, 1]; raises ExaminationCancelled when asked to stop."""
        stop = self.cancel.is_set() if isinstance(self.cancel, threading.Event) else self.cancel and self.cancel()
        if stop:
            raise ExaminationCancelled("The examination was stopped.")
        if self.progress is not None:
            left = self.seconds_left(share)
            said = what if left is None else f"{what}, about {max(1, round(left))} s left"
            self.progress(min(1.0, share), said)

    def seconds_left(self, share: float) -> float | None:
        """Seconds still needed if the rest goes on as it did since the first step; None while too little is done."""
        now = self.clock()
        if not self._start:
            self._start.append(now)
        spent = now - self._start[0]
        if spent < _SOONEST or share < _SHARE or share >= 1.0:
            return None
        return spent * (1.0 - share) / share
