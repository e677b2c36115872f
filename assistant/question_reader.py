"""Tells a small language model what a question is about, so that wordings it never read are understood too.

A frozen sentence encoder knows many more words than a model of ten million weights trained from scratch. A network
on its sentence vector, and on which usual words stand in the question ("where", "should"), names the intent. What it is
sure of goes into the prompt as turn evidence ("[asked: where]"), and where it is not sure the two likeliest ("[perhaps
asked: where or why]"). A gate (topic_gate.py) finds questions about something else. Both are trained by
training/question_reader.py on the training phrasings; large language models need none.
"""

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor
from torch.nn.functional import gelu

from assistant.mentions import asks_verdict
from assistant.topic_gate import TopicGate, words_of
from kfd.text import SentenceEncoder
from media.errors import MissingCheckpoint
from simulation.dialogue.wording import ASKED

READER_FILE = "question_reader.safetensors"
OFF_TOPIC, IDENTITY = "offtopic", "identity"
DECLINED = (OFF_TOPIC, IDENTITY, "describe")
"""Intents whose answer says that it does not do what was asked."""
_GATE = "gate."
_HIDDEN = ("hidden.weight", "hidden.bias")
_REMEMBERED = 64
_FINDING = ("verdict", "where", "why", "region", "next")
_NO_DOUBT = 0.8  # probability of all intents about the finding from which the gate is not heard
_WORD_WEIGHT = 0.2  # of a word beside a sentence vector of length 1
_LIKELY, _LEAST = 2, 0.1  # intents told when none is sure, and the least probability of each
_UNSURE, _OR = "?", "|"


def features_of(vectors: Tensor, questions: Sequence[str], words: Sequence[str]) -> Tensor:
    """(N, T + W): sentence vectors (N, T) of questions, and which of W words stand in each."""
    place = {word: i for i, word in enumerate(words)}
    counted = vectors.new_zeros(len(questions), len(words))
    for row, question in enumerate(questions):
        counted[row, [place[word] for word in words_of(question) if word in place]] = _WORD_WEIGHT
    return torch.cat([vectors, counted], 1)


def logits_of(features: Tensor, last: tuple[Tensor, Tensor], hidden: tuple[Tensor, Tensor] | None = None) -> Tensor:
    """(N, K) of features (N, F), by the last layer (weight, bias), after a hidden one with GELU if there is one."""
    inside = features if hidden is None else gelu(features @ hidden[0].T + hidden[1])
    return inside @ last[0].T + last[1]


@dataclass(frozen=True)
class Asked:
    """What a question is about: the intent when that is clear, else the likely ones, likeliest first."""

    intent: str | None = None
    likely: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """A name for tables: "where", "?where|why", or ""."""
        return self.intent or (_UNSURE + _OR.join(self.likely) if self.likely else "")

    @classmethod
    def of(cls, key: str) -> Self:
        """What a `key` stands for."""
        if key.startswith(_UNSURE):
            return cls(likely=tuple(key.removeprefix(_UNSURE).split(_OR)))
        return cls(key or None)


def may_decline(chances: Tensor, intents: Sequence[str]) -> Tensor:
    """(...): whether probabilities (..., K) leave room for declining: which question about the finding it is may be
    unclear while it is clear that it is one of them ("where should I look?")."""
    return chances[..., [i for i, name in enumerate(intents) if name in _FINDING]].sum(-1) < _NO_DOUBT


def declined_chance(chances: Tensor, intents: Sequence[str]) -> Tensor:
    """(...): how likely it is, by probabilities (..., K), that a question is one of those that are declined."""
    return chances[..., [i for i, name in enumerate(intents) if name in DECLINED]].sum(-1)


def read_off(chances: Tensor, intents: Sequence[str], thresholds: Sequence[float]) -> Asked:
    """What probabilities (K,) of K intents say, each named from its own least probability."""
    chance, index = chances.max(0)
    if float(chance) >= thresholds[int(index)]:
        return Asked(intents[int(index)])
    best = (int(i) for i in chances.argsort(descending=True))
    return Asked(None, tuple(intents[i] for i in best if intents[i] in ASKED and chances[i] >= _LEAST)[:_LIKELY])


class QuestionReader:
    """Intent classifier on sentence vectors and words; the sentence encoder is loaded at the first question.

    Args:
        weight, bias: (K, H) and (K,), on H hidden values; (K, T + W) without a hidden layer.
        intents: K names.
        thresholds: K least probabilities at which an intent is named.
        noise: intent -> {`Asked.key`: share}, how it reads phrasings that it did not learn; for training only.
        encoder: the sentence encoder, None = the installed package's.
        gate: finds questions about something else; None = the network alone does.
        words: W words whose presence counts.
        hidden: weight (H, T + W) and bias (H,) of the layer before, GELU after it; None = a linear classifier.
    """

    def __init__(
        self,
        weight: Tensor,
        bias: Tensor,
        intents: tuple[str, ...],
        thresholds: tuple[float, ...],
        noise: dict[str, dict[str, float]] | None = None,
        encoder: SentenceEncoder | None = None,
        gate: TopicGate | None = None,
        words: Sequence[str] = (),
        hidden: tuple[Tensor, Tensor] | None = None,
    ) -> None:
        self.weight, self.bias = weight.float(), bias.float()
        self.hidden = None if hidden is None else (hidden[0].float(), hidden[1].float())
        self.intents, self.thresholds, self.noise = intents, thresholds, noise or {}
        self._encoder, self.gate, self.words = encoder, gate, tuple(words)
        self._lock, self._remembering = threading.Lock(), threading.Lock()
        self._read: dict[tuple[str, tuple[str, ...]], Asked] = {}  # of the latest questions

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
            tensors = {name: stored.get_tensor(name) for name in stored.keys()}  # noqa: SIM118
        gate = None
        if "words" in meta:
            own = {name.removeprefix(_GATE): tensor for name, tensor in tensors.items() if name.startswith(_GATE)}
            gate = TopicGate.from_tensors(own, json.loads(meta["words"]))
        intents, limits, noise = (json.loads(meta[name]) for name in ("intents", "thresholds", "noise"))
        words = json.loads(meta.get("counted", "[]"))
        before = (tensors[_HIDDEN[0]], tensors[_HIDDEN[1]]) if _HIDDEN[0] in tensors else None
        return cls(
            tensors["weight"], tensors["bias"], tuple(intents), tuple(limits), noise, gate=gate, words=words,
            hidden=before,
        )  # fmt: skip

    def save(self, folder: Path, **more: str) -> None:
        """Write it into a language model's folder; `more` goes into the file's metadata."""
        meta = {
            "intents": json.dumps(self.intents),
            "thresholds": json.dumps(self.thresholds),
            "noise": json.dumps(self.noise),
            "counted": json.dumps(self.words),
        }
        tensors = {"weight": self.weight.half().contiguous(), "bias": self.bias.half().contiguous()}
        if self.hidden is not None:
            tensors |= {name: part.half().contiguous() for name, part in zip(_HIDDEN, self.hidden, strict=True)}
        if self.gate is not None:
            tensors |= {_GATE + name: tensor for name, tensor in self.gate.tensors().items()}
            meta["words"] = json.dumps(self.gate.vocabulary.words)
        save_file(tensors, folder / READER_FILE, metadata=meta | more)

    def warm(self) -> SentenceEncoder:
        """Load the sentence encoder unless it is there."""
        with self._lock:
            self._encoder = self._encoder or SentenceEncoder.load()
            return self._encoder

    def probabilities(self, vectors: Tensor, questions: Sequence[str]) -> Tensor:
        """(N, K) of questions and their sentence vectors (N, T), each row summing to 1."""
        features = features_of(vectors, questions, self.words)
        return torch.softmax(logits_of(features, (self.weight, self.bias), self.hidden), dim=1)

    def intent(self, question: str, never: tuple[str, ...] = ()) -> str | None:
        """What the question is about, none of the intents in `never`; None when that is not clear."""
        return self.read(question, never).intent

    def read(self, question: str, never: tuple[str, ...] = ()) -> Asked:
        """What the question is about, or what it may be about; it has none of the intents in `never`."""
        with self._remembering:
            if (question, never) in self._read:
                return self._read[question, never]
        found = self._asked(question, never)
        with self._remembering:
            while len(self._read) >= _REMEMBERED:
                self._read.pop(next(iter(self._read)))
            self._read[question, never] = found
        return found

    def _asked(self, question: str, never: tuple[str, ...]) -> Asked:
        vectors = self.warm().vectors([question])
        chances = self.probabilities(vectors, [question])[0]
        refusable = not asks_verdict(question)  # whoever asks about manipulation is not refused
        declined, room = declined_chance(chances, self.intents), bool(may_decline(chances, self.intents))
        without = never if refusable else (*never, *DECLINED)
        chances[[i for i, name in enumerate(self.intents) if name in without]] = 0.0
        found = read_off(chances, self.intents, self.thresholds)
        if refusable and room and found.intent not in DECLINED and self.gate is not None:
            return Asked(OFF_TOPIC) if self.gate.elsewhere(vectors, [question], declined[None])[0] else found
        return found
