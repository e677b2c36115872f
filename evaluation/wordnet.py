"""Synonyms from a folder of WordNet's own database files (Debian: package `wordnet-base`, /usr/share/wordnet).

index.POS names the synsets of each lemma, data.POS holds them at byte offsets, POS.exc lists irregular forms; other
forms are found by WordNet's rules of detachment (manual page morphy(7WN)), applied once.
"""

import hashlib
from functools import lru_cache
from pathlib import Path

from media.errors import MissingCheckpoint
from media.open import sha256_of

SYSTEM_FOLDER = Path("/usr/share/wordnet")
"""Where Debian's package puts the files."""
_ENDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "noun": (("s", ""), ("ses", "s"), ("ves", "f"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"),
             ("men", "man"), ("ies", "y")),
    "verb": (("s", ""), ("ies", "y"), ("es", "e"), ("es", ""), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", "")),
    "adj": (("er", ""), ("est", ""), ("er", "e"), ("est", "e")),
    "adv": (),
}  # fmt: skip
PARTS = tuple(_ENDINGS)
_NEEDED = tuple(f"{kind}.{part}" for part in PARTS for kind in ("index", "data"))


class WordNet:
    """Single-word synonyms.

    Args:
        folder: with index.noun, data.noun and so on; POS.exc files are read where they are.

    Raises:
        MissingCheckpoint: a file is missing.
    """

    def __init__(self, folder: Path) -> None:
        lacking = [name for name in _NEEDED if not (folder / name).is_file()]
        if lacking:
            raise MissingCheckpoint(f"{folder} is no WordNet folder: it lacks {', '.join(lacking)}.")
        self._folder = folder
        self._index = {part: _read_index(folder / f"index.{part}") for part in PARTS}
        self._irregular = {part: _read_exceptions(folder / f"{part}.exc") for part in PARTS}
        self._data = {part: (folder / f"data.{part}").read_bytes() for part in PARTS}
        self._cached = lru_cache(maxsize=20_000)(self._synonyms)

    @property
    def sha256(self) -> str:
        """Over all files that are read."""
        names = [*_NEEDED, *(f"{part}.exc" for part in PARTS if (self._folder / f"{part}.exc").is_file())]
        return hashlib.sha256("".join(sha256_of(self._folder / n) for n in names).encode()).hexdigest()

    def synonyms(self, word: str) -> frozenset[str]:
        """The word itself and all single-word lemmas of its synsets, of every part of speech, as WordNet spells them.

        Args:
            word: in lower case.
        """
        return self._cached(word)

    def base_forms(self, word: str, part: str) -> list[str]:
        """Lemmas of a part of speech ("noun", "verb", "adj", "adv") that a word may be a form of."""
        known = self._index[part]
        forms = self._irregular[part].get(word)
        if forms is None:
            forms = [word[: -len(old)] + new for old, new in _ENDINGS[part] if word.endswith(old)]
        return [f for f in dict.fromkeys([word, *forms]) if f in known]

    def _synonyms(self, word: str) -> frozenset[str]:
        found = {word}
        for part in PARTS:
            for form in self.base_forms(word, part):
                for offset in self._index[part][form]:
                    found.update(self._words(part, offset))
        return frozenset(found)

    def _words(self, part: str, offset: int) -> list[str]:
        """Words of the synset at a byte offset, without collocations and without adjectives' marks such as "(p)"."""
        data = self._data[part]
        fields = data[offset : data.find(b"\n", offset)].decode("utf-8").split(" ")
        names = (fields[4 + 2 * i].split("(")[0] for i in range(int(fields[3], 16)))
        return [name for name in names if "_" not in name]


def _read_index(path: Path) -> dict[str, tuple[int, ...]]:
    """lemma -> byte offsets of its synsets in the data file; lines of the licence begin with a space."""
    found = {}
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            if not line.startswith(" "):
                fields = line.split()
                count, pointers = int(fields[2]), int(fields[3])
                found[fields[0]] = tuple(int(f) for f in fields[6 + pointers : 6 + pointers + count])
    return found


def _read_exceptions(path: Path) -> dict[str, list[str]]:
    if not path.is_file():
        return {}
    rows = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
    return {row[0]: row[1:] for row in rows if row}
