"""What an answer may say about one face: verdict, number, place and cues, settled once for a whole dialogue."""

from dataclasses import dataclass
from typing import Literal

from media.errors import ReasonCode
from media.records import VERDICT_OF, Evidence, EvidenceWord, Verdict
from simulation.dialogue.names import SPOKEN, spoken_ids

WIDE = 7
"""From this many flagged spoken regions on, an answer says "most of the face"."""
RAISED_PERCENT = 50
"""Mean of the map in a region from which a low or open finding must not be told as if the map were low."""
MOST_NAMED = 4
NOTICEABLE = 1.0
Targets = Literal["detector", "truth"]


@dataclass(frozen=True)
class Truth:
    """What was done to a simulated picture: regions are registry ids, kinds artifact kinds; both empty when real."""

    fake: bool
    regions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """The settled facts of one examined face.

    Attributes:
        percent: the score as a whole percent from 1 to 99; None when not assessed.
        place: region ids an answer names, strongest first, at most four (two when wide); empty when uncertain.
        wide: the manipulation covers most of the face.
        cues: kinds of measured cues an answer may name.
        raised: without such a finding, the map is high in some region all the same.
    """

    verdict: Verdict
    word: EvidenceWord
    percent: int | None
    place: tuple[str, ...]
    wide: bool
    cues: tuple[str, ...]
    reason: ReasonCode | None
    raised: bool = False


def percent_of(score: float) -> int:
    """A score in [0, 1] as a whole percent, kept off 0 and 100: no measurement here is certain."""
    return min(99, max(1, round(100 * score)))


def share_of(value: float) -> int:
    """A map mean in [0, 1] as a whole percent, 0 to 100."""
    return min(100, max(0, round(100 * value)))


def flagged_by_strength(evidence: Evidence) -> tuple[str, ...]:
    """The flagged spoken regions, strongest first."""
    order = {region.id: -region.score for region in evidence.regions}
    return tuple(sorted(spoken_ids(evidence.flagged), key=lambda i: (order.get(i, 0.0), SPOKEN.index(i))))


def place_of(regions: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """(ids to name, wide) for the agreed regions, strongest first."""
    wide = len(regions) >= WIDE
    return regions[: 2 if wide else MOST_NAMED], wide


def cue_kinds(evidence: Evidence, most: int = 2) -> tuple[str, ...]:
    """Kinds of the noticeable cues measured in flagged regions, strongest first, each once."""
    if evidence.verdict != "fake":
        return ()
    flagged = set(spoken_ids(evidence.flagged))
    found = [c.kind for c in evidence.cues if c.strength >= NOTICEABLE and flagged & set(spoken_ids((c.region,)))]
    kinds = list(dict.fromkeys(found))
    if "smoother" in kinds and "sharper" in kinds:  # of different places; one sentence names the stronger only
        kinds.remove(max("smoother", "sharper", key=kinds.index))
    return tuple(kinds[:most])


def is_raised(evidence: Evidence) -> bool:
    """The map is high in a region although the finding as a whole is not "manipulated"."""
    high = any(share_of(region.score) >= RAISED_PERCENT for region in evidence.regions)
    return high and evidence.verdict in ("real", "uncertain")


def facts_of(evidence: Evidence, truth: Truth | None = None, targets: Targets = "detector") -> Facts:
    """Settle the facts. In "detector" mode truth only withholds; in "truth" mode it gives verdict and place."""
    if evidence.score is None:
        return Facts("not_assessed", evidence.word, None, (), False, (), evidence.reason)
    word = evidence.word
    regions = flagged_by_strength(evidence)
    cues = cue_kinds(evidence)
    if targets == "truth":
        if truth is None:
            raise ValueError("targets='truth' needs a Truth")
        word = "strong support" if truth.fake else "little support"
        order = {region.id: -region.score for region in evidence.regions}
        regions = tuple(sorted(spoken_ids(truth.regions), key=lambda i: order.get(i, 0.0)))
    elif truth is not None:
        true = set(spoken_ids(truth.regions))
        regions = tuple(r for r in regions if r in true)
    if truth is not None:
        true_kinds = {"seam" if kind == "double_edge" else kind for kind in truth.kinds}
        cues = tuple(c for c in cues if c in true_kinds)
    if VERDICT_OF[word] != "fake":
        regions, cues = (), ()
    place, wide = place_of(regions)
    raised = targets == "detector" and is_raised(evidence)
    percent = percent_of(evidence.score)
    return Facts(VERDICT_OF[word], word, percent, place, wide, cues if place else (), None, raised)
