"""METEOR (Banerjee and Lavie 2005) of a sentence against one reference: exact words, then stems, then synonyms.

Parameters alpha 0.9, beta 3, gamma 0.5, as in the published scripts. Two of them split words from punctuation, one
splits at white space only; here words are split from punctuation, in lower case.
"""

import re
from collections.abc import Callable, Sequence

from evaluation.porter import stem
from evaluation.wordnet import WordNet

ALPHA, BETA, GAMMA = 0.9, 3.0, 0.5
_TOKEN = re.compile(r"\w+?(?=n't\b)|n't\b|'(?:s|m|d|ll|re|ve)\b|\w+(?:[-/.]\w+)*|\.{2,}|[^\w\s]")
_Word = tuple[int, str]
"""Place in its sentence, and the word."""


def tokens(text: str) -> list[str]:
    """Words and signs in lower case; "isn't" gives "is" and "n't", hyphens stay inside words."""
    return _TOKEN.findall(text.lower())


def meteor(guess: str, truth: str, wordnet: WordNet) -> float:
    """The score in [0, 1]."""
    g, t = tokens(guess), tokens(truth)
    matches = align(g, t, wordnet)
    if not matches:
        return 0.0
    precision, recall = len(matches) / len(g), len(matches) / len(t)
    middle = precision * recall / (ALPHA * precision + (1 - ALPHA) * recall)
    return (1 - GAMMA * (chunks(matches) / len(matches)) ** BETA) * middle


def align(guess: Sequence[str], truth: Sequence[str], wordnet: WordNet) -> list[tuple[int, int]]:
    """Pairs (place in the guess, place in the truth), by place in the guess; each word is in one pair at most.

    As in the library of the published scores, each stage goes through both sentences from their ends and takes the
    first match, and the third one looks up stems: "lips" finds "mouth", but "blurry", whose stem is no word, finds
    nothing.
    """
    left, right = list(enumerate(guess)), list(enumerate(truth))
    found: list[tuple[int, int]] = []
    stems = {word: stem(word) for word in (*guess, *truth)}
    synonyms = {word: wordnet.synonyms(stems[word]) for word in guess}
    stages: tuple[Callable[[str, str], bool], ...] = (
        lambda a, b: a == b,
        lambda a, b: stems[a] == stems[b],
        lambda a, b: stems[b] in synonyms[a],
    )
    for same in stages:
        found += _stage(left, right, same)
    return sorted(found)


def _stage(left: list[_Word], right: list[_Word], same: Callable[[str, str], bool]) -> list[tuple[int, int]]:
    """Matches of one stage; matched words are taken out of both lists."""
    found = []
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            if same(left[i][1], right[j][1]):
                found.append((left.pop(i)[0], right.pop(j)[0]))
                break
    return found


def chunks(matches: Sequence[tuple[int, int]]) -> int:
    """How many runs of neighbouring words, in the same order in both sentences, the matches make."""
    breaks = sum(b != (a[0] + 1, a[1] + 1) for a, b in zip(matches, matches[1:], strict=False))
    return breaks + 1 if matches else 0
