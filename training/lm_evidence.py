"""The fact vector that stands for a finding, and findings drawn at random for the language warm-up."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from media.records import Evidence
from media.regions import SPOKEN_REGIONS
from simulation.dialogue import Truth, random_evidence


def facts_vector(evidence: Evidence, only: Collection[str] | None = None) -> NDArray[np.float32]:
    """(27,): flag and score of each spoken region, P(fake). `only`: regions that a masked question looks at."""
    flagged = set(evidence.flagged)
    scores = {r.id: r.score for r in evidence.regions}
    shown = set(SPOKEN_REGIONS if only is None else only)
    flags = [float(i in flagged and i in shown) for i in SPOKEN_REGIONS]
    values = [float(np.clip(scores.get(i, 0.0), 0.0, 1.0)) * (i in shown) for i in SPOKEN_REGIONS]
    return np.array([*flags, *values, evidence.score or 0.0], np.float32)


def draw_finding(rng: np.random.Generator) -> tuple[Evidence, Truth | None]:
    """A finding without a picture and a truth that agrees with it (None when not assessed)."""
    evidence = random_evidence(rng)
    if evidence.score is None:
        return evidence, None
    fake = evidence.verdict == "fake"
    return evidence, Truth(fake, evidence.flagged if fake else (), tuple({c.kind for c in evidence.cues}))
