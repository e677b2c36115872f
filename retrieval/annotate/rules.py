"""How difficult a manipulation was to see: the rule of ExDDV (arXiv 2503.14421), and a hint from what was done.

Published rule: easy when more than one artifact was seen in one play; hard when two or more plays or the real video
were needed; medium otherwise. The person decides; the page only suggests, and never sets a value.
"""

import math
from dataclasses import dataclass

from retrieval.annotations import Difficulty
from retrieval.vocabulary import kinds_in, regions_in

RULE = (
    "easy: more than one artifact seen in one play; hard: two or more plays, or the original, were needed; "
    "medium: everything else"
)
_GENERIC = ("artifact", "unnatural")


@dataclass(frozen=True)
class Hint:
    """A suggested difficulty, None while there is nothing to go by, and the reason in words."""

    difficulty: Difficulty | None
    reason: str


def plays_of(watched_s: float, duration_s: float) -> int:
    """Plays that the seconds of video played amount to, to the nearest whole; at least one once anything was played.

    Slow motion counts by the video's time, scrubbing and stepping do not count.
    """
    if watched_s <= 0 or not math.isfinite(watched_s):
        return 0
    return max(1, math.floor(watched_s / duration_s + 0.5)) if duration_s > 0 else 1


def artifacts_in(text: str) -> int:
    """How many artifacts a text names: its places (both eyes are one) or its kinds, whichever are more."""
    places = {region.rsplit(".", 1)[0] for region in regions_in(text)}
    kinds = set(kinds_in(text)) - set(_GENERIC)
    return max(len(places), len(kinds), 1 if text.strip() else 0)


def suggest(plays: int, artifacts: int, used_original: bool) -> Hint:
    """The published rule.

    Args:
        plays: how often the video was played through.
        artifacts: how many artifacts were described.
        used_original: whether the original was looked at.
    """
    if used_original:
        return Hint("hard", "the original was looked at")
    if plays >= 2:
        return Hint("hard", f"the video was played {plays} times")
    if plays < 1:
        return Hint(None, "the video has not been played yet")
    if artifacts > 1:
        return Hint("easy", f"one play, {artifacts} artifacts named")
    return Hint("medium", "one play, one artifact named" if artifacts else "one play, nothing written yet")
