"""Word-based search and scores of sentences, small enough to read: BM25, BLEU-2, ROUGE.

BLEU as ExDDV's scripts score it: tokens by white space, weights (0.5, 0.5), 0.1 in place of a numerator of zero. ROUGE
as F-measure over lower-case words of letters and digits; the published figures stem them too (exddv_scores.py).
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

K1, B = 1.5, 0.75
_EPSILON = 0.1


def words(text: str) -> list[str]:
    """Lower-case runs of letters and digits."""
    return re.findall(r"[a-z0-9]+", text.lower())


class BM25:
    """Robertson and Zaragoza 2009, over a fixed list of texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(words(t)) for t in texts]
        self.lengths = np.array([c.total() for c in counts], np.float64)
        self.rows: dict[str, tuple[NDArray[np.int64], NDArray[np.float64]]] = {}
        places: dict[str, list[tuple[int, int]]] = {}
        for number, count in enumerate(counts):
            for word, times in count.items():
                places.setdefault(word, []).append((number, times))
        for word, found in places.items():
            self.rows[word] = np.array([n for n, _ in found]), np.array([t for _, t in found], np.float64)

    def scores(self, query: str) -> NDArray[np.float64]:
        """(N,) score of each text; a word said twice in the query counts twice."""
        total = len(self.lengths)
        out = np.zeros(total)
        norm = K1 * (1 - B + B * self.lengths / max(self.lengths.mean(), 1e-9))
        for word in words(query):
            if word in self.rows:
                rows, times = self.rows[word]
                rarity = math.log(1 + (total - len(rows) + 0.5) / (len(rows) + 0.5))
                out[rows] += rarity * times * (K1 + 1) / (times + norm[rows])
        return out


def bleu2(guess: str, truth: str) -> float:
    """BLEU of single words and pairs with brevity penalty (Papineni et al. 2002), smoothing "method 1"."""
    g, t = guess.split(), truth.split()
    if not g:
        return 0.0
    logs = []
    for n in (1, 2):
        given, wanted = _grams(g, n), _grams(t, n)
        hits = sum((given & wanted).values())
        if n == 1 and not hits:
            return 0.0
        logs.append(math.log((hits or _EPSILON) / max(given.total(), 1)))
    penalty = 1.0 if len(g) > len(t) else math.exp(1 - len(t) / len(g))
    return penalty * math.exp(0.5 * sum(logs))


def rouge(guess: str, truth: str, stem: Callable[[str], str] | None = None) -> dict[str, float]:
    """F-measures "rouge1", "rouge2" and "rougeL" (Lin 2004).

    Args:
        guess: what is scored.
        truth: the reference.
        stem: of a word; used on words of more than three letters, as in the library of the published figures.
    """
    g, t = words(guess), words(truth)
    if stem is not None:
        g, t = ([stem(w) if len(w) > 3 else w for w in sentence] for sentence in (g, t))
    out = {}
    for n in (1, 2):
        given, wanted = _grams(g, n), _grams(t, n)
        out[f"rouge{n}"] = _f((given & wanted).total(), given.total(), wanted.total())
    return out | {"rougeL": _f(_common(g, t), len(g), len(t))}


def _grams(tokens: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def _f(hits: int, given: int, wanted: int) -> float:
    return 2 * hits / (given + wanted) if hits else 0.0


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for a in one:
        before = 0
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], before + 1 if a == b else max(row[j], row[j - 1])
    return row[-1]
