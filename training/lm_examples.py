"""Human sentences about forgeries for training: which stand before a question, and the answer that quotes one.

Only sentences of ExDDV's train split and made-up ones of simulated forgeries are used; a conversation draws those that
name places of the finding, as retrieval does in use, or any.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from media.records import Evidence
from retrieval.examples import DEFAULT_TEMPLATE, SLOT, TEMPLATES, plain, slot_text
from retrieval.exddv import LICENCE, read_exddv
from retrieval.simulated import describe
from retrieval.vocabulary import FROM_SIMULATION, regions_in
from simulation.dialogue.facts import flagged_by_strength
from simulation.dialogue.names import SPOKEN

MADE_UP, LONGEST, MOST, PLACES = 1500, 30, 3, 3
"""Made-up sentences; words of the longest sentence taken; sentences before a question; places looked for."""
STRAY = 0.6
"""Share of draws that disregard the finding: where the sentences always named its places, the language model would
read the places off them instead of off its soft tokens."""


@dataclass(frozen=True)
class Described:
    """A sentence and the spoken regions it names."""

    text: str
    regions: frozenset[str]


class ExamplePool:
    """Sentences to draw from.

    Attributes:
        licence: what the human ones add to the terms of weights trained with them; "" without any.
    """

    def __init__(self, sentences: Sequence[Described], licence: str = "") -> None:
        self.sentences, self.licence = list(sentences), licence
        self._naming = {i: [n for n, s in enumerate(self.sentences) if i in s.regions] for i in SPOKEN}

    @classmethod
    def load(cls, data: Path | None, seed: int = 0) -> "ExamplePool":
        """Made-up sentences, and those of DATA/exddv/ExDDV.csv where it is."""
        rng = np.random.default_rng([seed, 5])
        kinds = list(FROM_SIMULATION)
        found = []
        for _ in range(MADE_UP):
            regions = [SPOKEN[int(i)] for i in rng.permutation(len(SPOKEN))[: int(rng.integers(1, 4))]]
            chosen = [kinds[int(i)] for i in rng.permutation(len(kinds))[: int(rng.integers(1, 3))]]
            found.append(describe(regions, chosen, rng))
        csv = None if data is None else data / "exddv" / "ExDDV.csv"
        human = csv is not None and csv.is_file()
        if csv is not None and human:
            found += [a.text for a in read_exddv(csv)[0] if a.split == "train" and a.label == "fake"]
        texts = dict.fromkeys(t for t in map(plain, found) if len(t.split()) <= LONGEST)
        return cls([Described(t, frozenset(regions_in(t)) & set(SPOKEN)) for t in texts], LICENCE if human else "")

    def draw(self, rng: np.random.Generator, evidence: Evidence) -> list[str]:
        """One to three sentences, often such that name the strongest places of a finding; [] when it has no place."""
        places = flagged_by_strength(evidence)[:PLACES] if evidence.verdict == "fake" else ()
        naming = sorted({n for place in places for n in self._naming[place]})
        if naming and rng.random() < STRAY:
            naming = list(range(len(self.sentences)))
        if not naming:
            return []
        chosen = rng.choice(naming, min(len(naming), int(rng.integers(1, MOST + 1))), replace=False)
        return [self.sentences[int(n)].text for n in chosen]


def as_context(rng: np.random.Generator, sentences: Sequence[str]) -> str:
    """The sentences in one of the template families, mostly the default one."""
    names = list(TEMPLATES)
    name = DEFAULT_TEMPLATE if rng.random() < 0.6 else names[int(rng.integers(len(names)))]
    return TEMPLATES[name].replace(SLOT, slot_text(sentences))
