"""Tells a small language model what a question is about, so that wordings it never read are understood too.

A frozen sentence encoder knows many more words than a model of ten million weights trained from scratch. A linear layer
on its sentence vector names the intent; what it is sure of goes into the prompt as turn evidence ("[asked: where]").
Trained by training/question_reader.py on the training phrasings; large language models need none.
"""

import json
import threading
from pathlib import Path
from typing import Self

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor

from kfd.text import SentenceEncoder
from media.errors import MissingCheckpoint
from simulation.dialogue.wording import asked_evidence

READER_FILE = "question_reader.safetensors"


class QuestionReader:
    """Linear intent classifier on sentence vectors; the sentence encoder is loaded at the first question.

    Args:
        weight, bias: (K, T) and (K,).
        intents: K names.
        thresholds: K least probabilities at which an intent is named.
        noise: intent -> {named intent or "": share}, how it errs on phrasings it did not learn; for training only.
        encoder: the sentence encoder, None = the installed package's.
    """

    def __init__(
        self,
        weight: Tensor,
        bias: Tensor,
        intents: tuple[str, ...],
        thresholds: tuple[float, ...],
        noise: dict[str, dict[str, float]] | None = None,
        encoder: SentenceEncoder | None = None,
    ) -> None:
        self.weight, self.bias = weight.float(), bias.float()
        self.intents, self.thresholds, self.noise = intents, thresholds, noise or {}
        self._encoder = encoder
        self._lock = threading.Lock()

    @classmethod
    def load(cls, folder: Path) -> Self | None:
        """The reader that lies in a language model's folder, None when there is none."""
        file = folder / READER_FILE
        if not file.is_file():
            return None
        with safe_open(file, "pt") as stored:
            meta = stored.metadata() or {}
            if {"weight", "bias"} - set(stored.keys()) or {"intents", "thresholds", "noise"} - set(meta):
                raise MissingCheckpoint(f"{READER_FILE} is incomplete.", "made by training/question_reader.py")
            tensors = stored.get_tensor("weight"), stored.get_tensor("bias")
        intents = tuple(json.loads(meta["intents"]))
        return cls(*tensors, intents, tuple(json.loads(meta["thresholds"])), json.loads(meta["noise"]))

    def save(self, folder: Path, **more: str) -> None:
        """Write it into a language model's folder; `more` goes into the file's metadata."""
        meta = {
            "intents": json.dumps(self.intents),
            "thresholds": json.dumps(self.thresholds),
            "noise": json.dumps(self.noise),
        }
        tensors = {"weight": self.weight.half().contiguous(), "bias": self.bias.half().contiguous()}
        save_file(tensors, folder / READER_FILE, metadata=meta | more)

    def warm(self) -> SentenceEncoder:
        """Load the sentence encoder unless it is there."""
        with self._lock:
            self._encoder = self._encoder or SentenceEncoder.load()
            return self._encoder

    def probabilities(self, questions: list[str]) -> Tensor:
        """(N, K), each row summing to 1."""
        return torch.softmax(self.warm().vectors(questions) @ self.weight.T + self.bias, dim=1)

    def intent(self, question: str) -> str | None:
        """What the question is about, None when that is not clear."""
        chance, index = self.probabilities([question])[0].max(0)
        return self.intents[int(index)] if float(chance) >= self.thresholds[int(index)] else None

    def evidence(self, question: str) -> str:
        """Turn evidence for the question, "" when it is not clear or about a place (which has its own evidence)."""
        return asked_evidence(self.intent(question))
