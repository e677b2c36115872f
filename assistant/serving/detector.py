"""A detector that examines the crops of several callers together, behind the calls of a ForgeryPredictor."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.serving.batching import BatchQueue, Ticket
from kfd.predictor import ForgeryPredictor, Raw

MOST_WAITING = 256
MOST_CROPS = 16


class ServedPredictor(ForgeryPredictor):
    """The same detector for several callers at a time; give it to each Examiner in the place of a ForgeryPredictor.

    Attributes:
        passes, crops: how often the detector was run, and on how many crops.

    Args:
        predictor: the detector.
        most_waiting: callers that may wait; further ones get ServerBusy.
        most_crops: crops of one pass.
    """

    def __init__(
        self, predictor: ForgeryPredictor, most_waiting: int = MOST_WAITING, most_crops: int = MOST_CROPS
    ) -> None:
        super().__init__(predictor.detector, predictor.calibration, predictor.meta, predictor.thrice)
        self._most_crops = most_crops
        self.passes = self.crops = 0
        self._queue: BatchQueue[NDArray[np.uint8], Raw] = BatchQueue(self._work, self._choose, most_waiting, "detector")

    def run(self, pixels: NDArray[np.uint8], batch_size: int = 16) -> Raw:
        """Raw outputs for uint8 RGB crops (N, S, S, 3); waits until it has been their turn.

        Many crops are handed over `batch_size` at a time, so that a long video lets others in between.

        Raises:
            ServerBusy: too many are waiting.
        """
        starts = range(0, max(1, len(pixels)), batch_size)
        parts = [self._queue.submit(pixels[start : start + batch_size], admitted=start > 0) for start in starts]
        return Raw(np.concatenate([p.margins for p in parts]), [s for p in parts for s in p.signals])

    def close(self) -> None:
        """Turn away who waits."""
        self._queue.close()

    def _choose(self, waiting: list[Ticket[NDArray[np.uint8], Raw]]) -> list[Ticket[NDArray[np.uint8], Raw]]:
        """In the order of arrival, up to `most_crops`; a caller's own batch is never cut."""
        chosen, crops = waiting[:1], len(waiting[0].job)
        for ticket in waiting[1:]:
            crops += len(ticket.job)
            if crops > self._most_crops:
                break
            chosen.append(ticket)
        return chosen

    def _work(self, groups: list[NDArray[np.uint8]]) -> Sequence[Raw]:
        raw = super().run(np.concatenate(groups), max(1, sum(map(len, groups))))
        self.passes += 1
        self.crops += len(raw.signals)
        ends = np.cumsum([len(group) for group in groups]).tolist()
        return [
            Raw(raw.margins[end - len(group) : end], raw.signals[end - len(group) : end])
            for group, end in zip(groups, ends, strict=True)
        ]
