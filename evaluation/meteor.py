"""METEOR (Banerjee and Lavie 2005) of a sentence against one reference, by nltk with our reading of WordNet's files.

Parameters alpha 0.9, beta 3, gamma 0.5, as in the published scripts. Two of them split words from punctuation, one
splits at white space only; here words are split from punctuation, in lower case. nltk's own reader cannot take the
files that Debian ships (they come without its list of lexicographers), hence wordnet.py.
"""

import re
from dataclasses import dataclass

from nltk.stem import PorterStemmer
from nltk.translate.meteor_score import single_meteor_score

from evaluation.wordnet import WordNet

_TOKEN = re.compile(r"\w+?(?=n't\b)|n't\b|'(?:s|m|d|ll|re|ve)\b|\w+(?:[-/.]\w+)*|\.{2,}|[^\w\s]")


def tokens(text: str) -> list[str]:
    """Words and signs in lower case; "isn't" gives "is" and "n't", hyphens stay inside words."""
    return _TOKEN.findall(text.lower())


def meteor(guess: str, truth: str, wordnet: WordNet) -> float:
    """The score in [0, 1]; synonyms are looked up by stems: "lips" finds "mouth", "blurry" (no word as stem) none."""
    g, t = tokens(guess), tokens(truth)
    if not g or not t:
        return 0.0
    return single_meteor_score(t, g, stemmer=PorterStemmer(), wordnet=_Synsets(wordnet), alpha=0.9, beta=3, gamma=0.5)  # type: ignore[arg-type]


@dataclass(frozen=True)
class _Lemma:
    text: str

    def name(self) -> str:
        return self.text


@dataclass(frozen=True)
class _Synset:
    words: frozenset[str]

    def lemmas(self) -> list[_Lemma]:
        return [_Lemma(word) for word in self.words]


@dataclass(frozen=True)
class _Synsets:
    """What nltk asks of a WordNet reader: here all synonyms of a word as one synset."""

    wordnet: WordNet

    def synsets(self, word: str) -> list[_Synset]:
        return [_Synset(self.wordnet.synonyms(word))]
