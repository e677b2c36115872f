"""The assistant for many people at a time: one detector and one language model, each shared through a queue."""

import itertools
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.assistant import Assistant
from assistant.examiner import Cancel, Examiner, Progress
from assistant.serving.detector import ServedPredictor
from assistant.serving.language import CACHE_BYTES, MOST_WAITING, ServedLanguageModel
from media.errors import BadRequest
from media.records import Examination

if TYPE_CHECKING:
    from assistant.llm import LanguageModel
    from prompt_learner.model import PromptModel


class ServedAssistant(Assistant):
    """Use it as an Assistant, from as many threads as there are people; `close` it at the end.

    Files are examined `examiners` at a time (each examiner has its own face finder), and their detector passes are put
    together. Conversations go on together, see ServedLanguageModel.

    Args:
        assistant: whose profile, weights and settings are taken.
        examiners: files examined at a time, 1 or more.
        cache_bytes: memory for keys and values of all conversations.
        most_waiting: callers that may wait for the detector, and for the language model.
    """

    def __init__(
        self,
        assistant: Assistant,
        examiners: int = 4,
        cache_bytes: int = CACHE_BYTES,
        most_waiting: int = MOST_WAITING,
    ) -> None:
        if examiners < 1:
            raise BadRequest(f"At least one examiner is needed, not {examiners}.")
        self._plain = assistant
        super().__init__(
            assistant.profile, assistant.weights, assistant.frames,
            annotations=assistant.annotations, masks=assistant.masks, server=assistant.server,
        )  # fmt: skip
        self._count, self._cache_bytes, self._most_waiting = examiners, cache_bytes, most_waiting
        self._examiners: list[Examiner] = []
        self._free: queue.SimpleQueue[Examiner] = queue.SimpleQueue()
        self._turn: Iterator[Any] = itertools.count()
        self._model: ServedLanguageModel | None = None
        self._making = threading.Lock()

    @property
    def examiner(self) -> Examiner:
        """One of the examiners, in turn; conversations take their second looks with it."""
        return self._all()[next(self._turn) % self._count]

    @property
    def language(self) -> "tuple[LanguageModel, PromptModel]":
        """The shared language model and the prompt learner. A language server batches by itself."""
        plain, prompts = self._plain.language
        if self.server is not None:
            return plain, prompts
        with self._making:
            if self._model is None:
                self._model = ServedLanguageModel(plain, self._cache_bytes, self._most_waiting)
            return self._model, prompts

    def examine(
        self,
        path: str | Path,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
        at: float | None = None,
    ) -> Examination:
        """Everything that depends on the file alone, by the next free examiner; see `Examiner.examine`."""
        with self._one() as examiner:
            return examiner.examine(path, progress, cancel, at)

    def close(self) -> None:
        """Turn away who waits, free face finders and caches."""
        for examiner in self._examiners:
            examiner.close()
        if self._examiners:
            self._examiners[0].predictor.close()  # type: ignore[attr-defined]
        if self._model is not None:
            self._model.close()
        self._plain.close()

    @contextmanager
    def _one(self) -> Iterator[Examiner]:
        self._all()
        examiner = self._free.get()
        try:
            yield examiner
        finally:
            self._free.put(examiner)

    def _all(self) -> list[Examiner]:
        with self._making:
            if not self._examiners:
                plain = self._plain.examiner
                shared = ServedPredictor(plain.predictor, self._most_waiting)
                for _ in range(self._count):
                    made = Examiner(shared, plain.profile, plain.checkpoint, plain.frames, plain.limits, plain.clip)
                    self._examiners.append(made)
                    self._free.put(made)
            return self._examiners
