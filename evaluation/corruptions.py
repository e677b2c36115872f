"""Spoilt answers for measuring the answer checker: one verdict, region or number exchanged."""

import re
from collections.abc import Sequence
from typing import Literal

import numpy as np

from media.regions import REGIONS, SPOKEN_REGIONS

Fault = Literal["verdict", "region", "number"]
FAULTS: tuple[Fault, Fault, Fault] = ("verdict", "region", "number")
_STRONG = re.compile(r"\b(?:strong|some) support\b", re.I)
_LITTLE = re.compile(r"\blittle support\b", re.I)
_UNSURE = re.compile(r"\b(?:the evidence is )?inconclusive(?: evidence)?\b", re.I)
_NUMBER = re.compile(r"\b(\d{1,3})(?= ?%)")
_SCORE = re.compile(r"\bscore\b[^.%]{0,40}?\b(\d{1,3}) ?%", re.I)


def corrupt(text: str, fault: Fault, flagged: Sequence[str], rng: np.random.Generator) -> str | None:
    """The answer with one fault, or None when there is nothing of that kind to exchange.

    Args:
        flagged: ids of the regions that may be named truthfully.
    """
    return {"verdict": _verdict, "region": _region, "number": _number}[fault](text, flagged, rng)


def _verdict(text: str, flagged: Sequence[str], rng: np.random.Generator) -> str | None:
    del flagged
    turned = text
    if _STRONG.search(text):
        turned = _STRONG.sub("little support", text)
    elif _LITTLE.search(text):
        turned = _LITTLE.sub("strong support", text)
    elif _UNSURE.search(text):
        turned = _UNSURE.sub("there is strong support for manipulation", text)
    if turned == text:
        return None
    lead = re.match(r"(Yes|No|Unclear)\.", text)
    if lead:
        other = {"Yes": "No", "No": "Yes", "Unclear": "Yes"}[lead[1]]
        turned = re.sub(r"^(?:Yes|No|Unclear)\.", f"{other}.", turned)
    return turned


def _region(text: str, flagged: Sequence[str], rng: np.random.Generator) -> str | None:
    """Exchange one truthfully named region for one that is neither flagged nor named."""
    low = text.lower()
    named = [i for i in flagged if i in SPOKEN_REGIONS and re.search(rf"\b{REGIONS[i].name}\b", low)]
    free = [i for i in SPOKEN_REGIONS if i not in flagged and REGIONS[i].name.rsplit(" ", 1)[-1] not in low]
    if not named or not free:
        return None
    old, new = (REGIONS[group[int(rng.integers(len(group)))]].name for group in (named, free))
    return re.sub(rf"\b{old}\b", new, text, flags=re.I)


def _number(text: str, flagged: Sequence[str], rng: np.random.Generator) -> str | None:
    """Exchange the score (or the first percentage) for one that is at least 12 points away."""
    del flagged
    hit = _SCORE.search(text) or _NUMBER.search(text)
    if hit is None or int(hit[1]) > 100:
        return None
    old = int(hit[1])
    choices = [n for n in range(1, 100) if abs(n - old) >= 12]
    new = choices[int(rng.integers(len(choices)))]
    return text[: hit.start(1)] + str(new) + text[hit.end(1) :]


def stated_scores(text: str) -> list[int]:
    """Whole percents that the text gives as the score."""
    return [int(m[1]) for m in _SCORE.finditer(text)]
