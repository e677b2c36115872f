"""Unknown words of a description, and what they may have been meant to be."""

import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass

DOMAIN_WORDS = (
    "aliasing artefact artefacts artifact artifacts asymmetrical bangs blurriness blurry deepfake deepfakes deepfaked "
    "disproportionate eyeball eyebrow eyebrows eyelash eyelashes eyelid eyelids facial flicker flickers flickering "
    "forehead ghosting glitches glitching glitchy hairline hijab jawline jitter jittering jitters lighting misaligned "
    "moustache mustache nasolabial nostril nostrils occluded philtrum pixelated pixelation pixelations pupils "
    "sideburns smeared unnaturally unsharp uncanny warped wobble wobbles wobbly"
).split()
MOST_SUGGESTIONS = 5
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LONG = 12  # letters from which on only one change is tried: two take seconds


@dataclass(frozen=True)
class UnknownWord:
    """A word and where it stands, in characters (UTF-16 is the page's affair: it searches the word itself)."""

    word: str
    start: int
    end: int


class Speller:
    """English words by pyspellchecker, and words that were kept. Safe to use from several threads.

    Args:
        kept: words that count as known.
    """

    def __init__(self, kept: Iterable[str] = ()) -> None:
        from spellchecker import SpellChecker

        self._checker = SpellChecker(language="en")
        self._checker.word_frequency.load_words([*DOMAIN_WORDS, *kept])
        self._lock = threading.Lock()

    def unknown(self, text: str) -> list[UnknownWord]:
        """Words that are not known, in order; single letters and words in capitals are let pass."""
        found = []
        for match in _WORD.finditer(text):
            word = re.sub(r"['’]s$", "", match[0])
            if len(word) > 1 and not word.isupper() and word.lower().replace("’", "'") not in self._checker:
                found.append(UnknownWord(word, match.start(), match.start() + len(word)))
        return found

    def suggestions(self, word: str) -> list[str]:
        """Known words near an unknown one, those of the subject and the most usual first; a capital letter is kept."""
        with self._lock:
            self._checker.distance = 1 if len(word) >= _LONG else 2
            near = self._checker.candidates(word.lower()) or set()
        ours = frozenset(DOMAIN_WORDS)
        best = sorted(near - {word.lower()}, key=lambda w: (w not in ours, -self._checker[w], w))
        return [w.capitalize() if word[:1].isupper() else w for w in best[:MOST_SUGGESTIONS]]

    def keep(self, word: str) -> None:
        """Count a word as known from now on."""
        with self._lock:
            self._checker.word_frequency.load_words([word])
