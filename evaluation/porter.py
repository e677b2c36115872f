"""Word stems by Porter's algorithm (Program 14(3), 1980), with the extensions that the ROUGE and METEOR scores use.

The published scores stem through a library whose variant differs from the paper of 1980: some irregular words, short
words on "ies" and "ied", "y" kept after a vowel, and three more endings. Those differences are here too.
"""

from collections.abc import Callable, Sequence

_IRREGULAR = {
    "skies": "sky", "sky": "sky", "dying": "die", "lying": "lie", "tying": "tie", "news": "news",
    "innings": "inning", "inning": "inning", "outings": "outing", "outing": "outing", "cannings": "canning",
    "canning": "canning", "howe": "howe", "proceed": "proceed", "exceed": "exceed", "succeed": "succeed",
}  # fmt: skip
_STEP2 = (
    ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("bli", "ble"),
    ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"),
    ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"),
    ("biliti", "ble"), ("fulli", "ful"),
)  # fmt: skip
_STEP3 = (("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""))
_STEP4 = ("al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate",
          "iti", "ous", "ive", "ize")  # fmt: skip


def stem(word: str) -> str:
    """The stem of one word, in lower case."""
    word = word.lower()
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 2:
        return word
    for step in (_plural, _past, _last_y, _double, _step3, _step4, _final):
        word = step(word)
    return word


def _consonant(word: str, i: int) -> bool:
    if word[i] == "y":
        return i == 0 or not _consonant(word, i - 1)
    return word[i] not in "aeiou"


def _measure(word: str) -> int:
    """How many times a consonant follows a vowel."""
    kinds = [_consonant(word, i) for i in range(len(word))]
    return sum(not a and b for a, b in zip(kinds, kinds[1:], strict=False))


def _has_vowel(word: str) -> bool:
    return any(not _consonant(word, i) for i in range(len(word)))


def _closed(word: str) -> bool:
    """Whether it ends on consonant, vowel, consonant (not w, x, y), or is one vowel and one consonant."""
    if len(word) == 2:
        return not _consonant(word, 0) and _consonant(word, 1)
    if len(word) < 3 or word[-1] in "wxy":
        return False
    return _consonant(word, len(word) - 3) and not _consonant(word, len(word) - 2) and _consonant(word, len(word) - 1)


def _replaced(word: str, rules: Sequence[tuple[str, str]], fits: Callable[[str], bool]) -> str:
    """The first ending found is replaced if what stands before it fits; no other is tried."""
    for ending, new in rules:
        if word.endswith(ending):
            before = word[: len(word) - len(ending)]
            return before + new if fits(before) else word
    return word


def _plural(word: str) -> str:
    if word.endswith("ies") and len(word) == 4:
        return word[:-1]
    return _replaced(word, (("sses", "ss"), ("ies", "i"), ("ss", "ss"), ("s", "")), lambda _: True)


def _past(word: str) -> str:
    if word.endswith("ied"):
        return word[:-1] if len(word) == 4 else word[:-2]
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for ending in ("ed", "ing"):
        before = word[: len(word) - len(ending)]
        if word.endswith(ending) and _has_vowel(before):
            return _mended(before)
    return word


def _mended(word: str) -> str:
    if word.endswith(("at", "bl", "iz")):
        return word + "e"
    if len(word) > 1 and word[-1] == word[-2] and _consonant(word, len(word) - 1):
        return word if word[-1] in "lsz" else word[:-1]
    return word + "e" if _measure(word) == 1 and _closed(word) else word


def _last_y(word: str) -> str:
    long_enough = word.endswith("y") and len(word) > 2 and _consonant(word, len(word) - 2)
    return word[:-1] + "i" if long_enough else word


def _double(word: str) -> str:
    if word.endswith("alli") and _measure(word[:-4]) > 0:
        return _double(word[:-2])
    if word.endswith("alli"):
        return word
    if word.endswith("logi"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    return _replaced(word, _STEP2, lambda before: _measure(before) > 0)


def _step3(word: str) -> str:
    return _replaced(word, _STEP3, lambda before: _measure(before) > 0)


def _step4(word: str) -> str:
    for ending in _STEP4:
        if word.endswith(ending):
            before = word[: len(word) - len(ending)]
            fits = _measure(before) > 1 and (ending != "ion" or before[-1] in "st")
            return before if fits else word
    return word


def _final(word: str) -> str:
    if word.endswith("e"):
        before = word[:-1]
        if _measure(before) > 1 or (_measure(before) == 1 and not _closed(before)):
            word = before
    return word[:-1] if word.endswith("ll") and _measure(word[:-1]) > 1 else word
