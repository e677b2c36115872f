"""Word search and sentence scores against counts by hand and slow, obvious versions."""

import math
from itertools import combinations

import numpy as np
import pytest

from evaluation.retrieval_scores import BM25, K1, B, bleu2, rouge, words

TEXTS = ["the mouth is blurred", "the left eye flickers and the mouth moves", "a red nose", "the the the"]


def slow_bm25(query: str, number: int) -> float:
    docs = [words(t) for t in TEXTS]
    mean = sum(map(len, docs)) / len(docs)
    total = 0.0
    for word in words(query):
        having = sum(word in d for d in docs)
        times = docs[number].count(word)
        rarity = math.log(1 + (len(docs) - having + 0.5) / (having + 0.5))
        total += rarity * times * (K1 + 1) / (times + K1 * (1 - B + B * len(docs[number]) / mean))
    return total


@pytest.mark.parametrize("query", ["the mouth", "Red, red nose!", "nothing known", ""])
def test_bm25_equals_the_slow_one(query: str) -> None:
    found = BM25(TEXTS).scores(query)
    assert found == pytest.approx([slow_bm25(query, n) for n in range(len(TEXTS))])


@pytest.mark.parametrize(
    ("guess", "truth", "value"),
    [
        ("the mouth is blurred", "the mouth is blurred", 1.0),
        # 3 of 4 words, 1 of 3 pairs ("the mouth"), same length
        ("the mouth looks blurred", "the mouth is blurred", math.sqrt(3 / 4 * 1 / 3)),
        # shorter: 2 of 2 and 1 of 1, penalty exp(1 - 4 / 2)
        ("the mouth", "the mouth is blurred", math.exp(-1)),
        # words met, pairs not: 0.1 of 1 instead of 0
        ("mouth the", "the mouth", math.sqrt(2 / 2 * 0.1 / 1)),
        ("nose", "the mouth", 0.0),
        ("", "the mouth", 0.0),
        ("The mouth", "the mouth", math.sqrt(1 / 2 * 0.1 / 1)),  # capitals count
        ("the the the", "the mouth is", math.sqrt(1 / 3 * 0.1 / 2)),  # a word counts as often as it is there
    ],
)
def test_bleu2_by_hand(guess: str, truth: str, value: float) -> None:
    assert bleu2(guess, truth) == pytest.approx(value)


def slow_common(one: list[str], other: list[str]) -> int:
    """Tries every subsequence."""
    for length in range(len(one), 0, -1):
        for kept in combinations(one, length):
            rest = iter(other)
            if all(word in rest for word in kept):
                return length
    return 0


def test_rouge_by_hand_and_against_trying_all() -> None:
    found = rouge("The mouth, it is blurred!", "the mouth is very blurred")
    assert found["rouge1"] == pytest.approx(2 * 4 / 10)
    assert found["rouge2"] == pytest.approx(2 * 1 / 8)
    assert found["rougeL"] == pytest.approx(2 * 4 / 10)
    assert rouge("nose", "mouth") == {"rouge1": 0.0, "rouge2": 0.0, "rougeL": 0.0}
    rng = np.random.default_rng(0)
    for _ in range(30):
        one, other = (list(rng.choice(list("abcd"), rng.integers(1, 8))) for _ in range(2))
        wanted = slow_common(one, other)
        expected = 2 * wanted / (len(one) + len(other))
        assert rouge(" ".join(one), " ".join(other))["rougeL"] == pytest.approx(expected)
