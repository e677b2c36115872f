"""Where an answer speaks of a region: character spans with region ids."""

import re

from assistant.records import Span
from media.regions import REGIONS, SPOKEN_REGIONS

_BOTH = {"eyes": "eye", "eye": "eye", "brows": "brow", "brow": "brow", "cheeks": "cheek", "cheek": "cheek"}
_BOTH |= {"jaws": "jaw", "jaw": "jaw", "eyebrows": "brow", "eyebrow": "brow", "jawline": "jaw"}
_SINGLE = {"edge of the face": "face boundary", "outline of the face": "face boundary"}


def _table() -> dict[str, tuple[str, ...]]:
    """Words -> region ids; a word without a side stands for both sides."""
    by_name = {REGIONS[i].name: i for i in REGIONS if i in SPOKEN_REGIONS or REGIONS[i].name in ("lips", "teeth")}
    table: dict[str, tuple[str, ...]] = {name: (i,) for name, i in by_name.items()}
    table |= {words: (by_name[name],) for words, name in _SINGLE.items()}
    for noun, part in _BOTH.items():
        sides = (by_name[f"left {part}"], by_name[f"right {part}"])
        table[noun] = sides
        table[f"left {noun}"], table[f"right {noun}"] = (sides[0],), (sides[1],)
    return table


_TABLE = _table()
_WORDS = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(_TABLE, key=len, reverse=True))
_NAMES = re.compile(rf"\b({_WORDS})\b", re.IGNORECASE)


def find_spans(text: str, time: float | None = None) -> tuple[Span, ...]:
    """Every mention of a region in reading order; "the eyes" gives two spans over the same words.

    Args:
        text: an answer.
        time: seconds of the video frame spoken of, None for a photo.
    """
    spans = []
    for match in _NAMES.finditer(text):
        for region_id in _TABLE[re.sub(r"\s+", " ", match.group(1).lower())]:
            spans.append(Span(match.start(), match.end(), region_id, time))
    return tuple(spans)
