"""Made-up evidence without a picture, for text warm-up and tests."""

from typing import get_args

import numpy as np

from media.errors import ReasonCode
from media.records import Cue, Evidence, EvidenceWord, RegionScore
from simulation.dialogue.facts import WIDE
from simulation.dialogue.names import NAME, SPOKEN
from simulation.dialogue.wording import CUE_PHRASE

_WORDS: tuple[tuple[EvidenceWord, float, float, float], ...] = (  # word, share, lowest and highest score
    ("strong support", 0.34, 0.85, 0.999),
    ("some support", 0.14, 0.60, 0.85),
    ("inconclusive", 0.12, 0.40, 0.60),
    ("little support", 0.40, 0.001, 0.40),
)


def _cues(rng: np.random.Generator, flagged: tuple[str, ...]) -> tuple[Cue, ...]:
    kinds = list(CUE_PHRASE)
    cues = []
    for _ in range(int(rng.integers(0, 4))):
        kind = kinds[int(rng.integers(len(kinds)))]
        near = flagged if flagged and rng.random() < 0.7 else SPOKEN
        strength = float(rng.uniform(0.3, 2.5))
        cues.append(Cue(kind, near[int(rng.integers(len(near)))], strength, 1.0 + strength, "times"))
    return tuple(sorted(cues, key=lambda c: -c.strength))


def random_evidence(rng: np.random.Generator) -> Evidence:
    """Evidence as the detector gives it, drawn at random: all evidence words, reason codes, narrow and wide places."""
    if rng.random() < 0.08:
        codes = get_args(ReasonCode)
        return Evidence("not_assessed", "could not be assessed", reason=codes[int(rng.integers(len(codes)))])
    word, _, low, high = _WORDS[int(rng.choice(len(_WORDS), p=[w[1] for w in _WORDS]))]
    score = float(rng.uniform(low, high))
    if word == "little support" and rng.random() < 0.6:
        score = float(rng.beta(1.2, 20)) * 0.8
    order = list(rng.permutation(len(SPOKEN)))
    count = 0
    if word in ("strong support", "some support"):
        count = (
            int(rng.integers(WIDE, 14))
            if rng.random() < 0.3
            else int(rng.choice(6, p=(0.06, 0.3, 0.28, 0.18, 0.12, 0.06)))
        )
    values = np.clip(
        rng.beta(1.5, 12, len(SPOKEN)) + (0.25 * rng.random() if word == "inconclusive" else 0.0), 0.0, 1.0
    )
    if not count and rng.random() < {"inconclusive": 0.4, "little support": 0.08}.get(word, 0.0):
        values[order[-int(rng.integers(1, 4)) :]] = rng.uniform(0.5, 0.95)  # high in places without a finding
    top = np.sort(rng.uniform(0.45, 0.97, count))[::-1]
    values[order[:count]] = top
    scores = [
        RegionScore(i, NAME[i], float(values[n]), float(np.delete(values, n).mean())) for n, i in enumerate(SPOKEN)
    ]
    flagged = tuple(SPOKEN[n] for n in order[:count])
    return Evidence(
        "assessed",
        word,
        score=score,
        map=np.zeros((8, 8), np.float32),
        regions=tuple(sorted(scores, key=lambda r: -r.score)),
        flagged=flagged,
        cues=_cues(rng, flagged),
    )
