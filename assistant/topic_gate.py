"""Tells whether a question is about something else than the picture, also on subjects that no training question had.

Four signs that fail in different ways are added up: a kernel classifier on sentence vectors (on- against off-topic
questions), how near the sentence is to anything known to be on-topic, how many of its words no on-topic question ever
used, and how likely the question reader finds it to be one of those that are declined. Fitted by
training/topic_gate.py; part of the question reader's file.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import torch
from torch import Tensor

_WORD = re.compile(r"[a-z]+")
_STEM = 5  # letters: longer words that share as many first letters count as forms of one word
_TYPO = 4  # letters: from this length on one letter may be wrong, missing or too many
UNKNOWN_MOST = 3
_SUREST = 1e-3  # a probability counts as at least this far from 0 and 1


def words_of(question: str) -> list[str]:
    """Its words in small letters, without apostrophes and "'s"."""
    return _WORD.findall(question.lower().replace("\u2019", "'").replace("'s", "").replace("'", ""))


def _shorter(word: str) -> set[str]:
    """The word with one letter taken out, in every way."""
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


class Vocabulary:
    """The words of on-topic questions; other forms and single typing slips of them are known too."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(sorted(set(words)))
        self._known = set(self.words)
        self._stems = {w[:_STEM] for w in self.words if len(w) >= _STEM - 1}
        self._slips = {s for w in self.words if len(w) >= _TYPO for s in (w, *_shorter(w))}

    def knows(self, word: str) -> bool:
        """Whether it is one of the words, a form of one or a slip."""
        if word in self._known or (len(word) >= _STEM and word[:_STEM] in self._stems):
            return True
        return len(word) >= _TYPO and (word in self._slips or bool(_shorter(word) & self._slips))

    def unknown(self, question: str) -> tuple[float, float]:
        """(unknown words, at most UNKNOWN_MOST; their share of all letters)."""
        words = words_of(question)
        strange = [w for w in words if not self.knows(w)]
        letters = sum(map(len, words)) or 1
        return float(min(len(strange), UNKNOWN_MOST)), sum(map(len, strange)) / letters


@dataclass(frozen=True, eq=False)
class TopicGate:
    """Off-topic when weights . (kernel, nearness, unknown words, their share, declined) + bias >= threshold.

    Attributes:
        support: (S, T) sentence vectors of the kernel classifier; dual (S,), offset (1,): its weights.
        centres: (K, T) of on-topic questions.
        weights: (5,); bias, threshold (1,): so that few on-topic questions of unknown wording are refused.
        gamma: (1,) of the kernel exp(-gamma |a - b|^2).
        vocabulary: words of on-topic questions.
    """

    support: Tensor
    dual: Tensor
    offset: Tensor
    centres: Tensor
    weights: Tensor
    bias: Tensor
    threshold: Tensor
    gamma: Tensor
    vocabulary: Vocabulary

    def signs(self, vectors: Tensor, questions: Sequence[str], declined: Tensor) -> Tensor:
        """(N, 5) from unit sentence vectors (N, T), the questions, and P (N,) that each is one that is declined."""
        apart = torch.cdist(vectors.float(), self.support).square()
        kernel = torch.exp(-self.gamma * apart) @ self.dual + self.offset
        near = (vectors.float() @ self.centres.T).amax(1)
        words = torch.tensor([self.vocabulary.unknown(q) for q in questions]).reshape(len(questions), 2)
        odds = torch.logit(declined.float(), eps=_SUREST)
        return torch.cat([kernel[:, None], near[:, None], words, odds[:, None]], 1)

    def elsewhere(self, vectors: Tensor, questions: Sequence[str], declined: Tensor) -> list[bool]:
        """Whether each question is about something else."""
        return (self.signs(vectors, questions, declined) @ self.weights + self.bias >= self.threshold).tolist()

    TENSORS = ("support", "dual", "offset", "centres", "weights", "bias", "threshold", "gamma")

    def tensors(self) -> dict[str, Tensor]:
        """What is stored, by name; the vocabulary is stored beside them."""
        large = {"support", "centres"}
        return {n: (t.half() if n in large else t.float()).clone().contiguous() for n in self.TENSORS
                for t in (getattr(self, n),)}  # fmt: skip

    @classmethod
    def from_tensors(cls, tensors: Mapping[str, Tensor], words: Sequence[str]) -> Self:
        """Rebuild from `tensors` and the words."""
        return cls(**{n: tensors[n].float() for n in cls.TENSORS}, vocabulary=Vocabulary(words))
