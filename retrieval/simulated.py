"""Annotations of simulated forgeries: a described forgery and its original, drawn from a number, pictures never kept.

What an index of them holds is vectors and these sentences, every source labelled simulated.
"""

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.annotations import Annotation, Label
from retrieval.index import Item
from retrieval.videos import REAL_TEXTS
from retrieval.vocabulary import FACE, FROM_SIMULATION, KIND_PHRASE
from simulation.dialogue.names import spoken_name
from simulation.presets import TRAIN
from simulation.records import FaceRecord, Pair
from simulation.source import PairMaker

DATASET = ANNOTATOR = "simulated"
LICENCE = "research use"
META = "meta.json"
_MANY = 6  # more regions than this are said as the whole face
_TEMPLATES = (
    "There is {what} around the {place}.",
    "The {place}: {what}.",
    "{What} can be seen around the {place}.",
    "Around the {place} there is {what}.",
)
_NOUN = KIND_PHRASE | {
    "blur": "a blurry, not well defined texture",
    "noise": "a different texture",
    "colour": "a different colour",
    "boundary": "a visible edge",
    "double": "a doubled line",
    "distortion": "a distorted shape",
    "unnatural": "an unnatural look",
}


class SimulatedAnnotations:
    """Described pairs. The n-th pair is the same at each call, so a stopped build goes on with the same pictures.

    Args:
        faces: real faces to forge.
        image_size: side of the crops the encoder takes; they are cut with margin 1.3.
        seed: of all draws.
        difficulty: of the forgeries, 0 to 1.
    """

    def __init__(self, faces: Sequence[FaceRecord], image_size: int, seed: int = 0, difficulty: float = 0.5) -> None:
        preset = dataclasses.replace(TRAIN, name="annotated", margin=(1.3, 1.3))
        self._maker = PairMaker(faces, image_size, preset)
        self._seed, self._difficulty = seed, difficulty
        self._last: tuple[int, Pair] | None = None

    def pair(self, number: int) -> Pair:
        """The pair of a number; the last one is kept, since its two rows are asked for one after the other."""
        if self._last is None or self._last[0] != number:
            self._last = number, self._maker.make(np.random.default_rng([self._seed, number]), self._difficulty)
        return self._last[1]

    def annotations(self, pairs: int, distinct: bool = False) -> list[Annotation]:
        """Two rows a pair: the forgery as described by its regions and kinds, and the original.

        Args:
            pairs: how many are drawn, from number 0.
            distinct: keep the first row of each sentence only, for an index in which sentences are compared.
        """
        rows: list[Annotation] = []
        for number in range(pairs):
            pair = self.pair(number)
            rng = np.random.default_rng([self._seed, number, 1])
            rows.append(self._row(number, pair, "fake", describe(pair.regions, pair.kinds, rng)))
            rows.append(self._row(number, pair, "real", REAL_TEXTS[int(rng.integers(len(REAL_TEXTS)))]))
        if not distinct:
            return rows
        first: dict[str, Annotation] = {}
        for row in rows:
            first.setdefault(row.text, row)
        return list(first.values())

    def inputs(self, annotation: Annotation) -> Iterator[tuple[Item, NDArray[np.uint8]]]:
        """The crop of an annotation, made again; for `retrieval.build.build_index`."""
        pair = self.pair(int(annotation.id.split("-")[2]))
        yield Item(annotation), pair.fake if annotation.label == "fake" else pair.real

    def _row(self, number: int, pair: Pair, label: Label, text: str) -> Annotation:
        row = Annotation(
            id=f"simulated-{self._seed}-{number}-{label}",
            text=text,
            dataset=DATASET,
            manipulation=pair.family if label == "fake" else "original",
            name=f"{number}-{label}",
            label=label,
            annotator=ANNOTATOR,
            licence=LICENCE,
            identities=(f"photo:{pair.name}",),
            simulated=True,
        ).with_words_read()
        return dataclasses.replace(row, kinds=_said(pair.kinds)) if label == "fake" else row


def _said(kinds: Sequence[str]) -> tuple[str, ...]:
    """The kinds that a sentence of `describe` says, in the order in which it says them."""
    return tuple(dict.fromkeys(FROM_SIMULATION[k] for k in kinds))[:2]


def describe(regions: Sequence[str], kinds: Sequence[str], rng: np.random.Generator) -> str:
    """A sentence that names the regions and up to two kinds of a forgery."""
    parts = tuple(r for r in regions if r != FACE)
    place = spoken_name(parts) if 0 < len(parts) <= _MANY else "whole face"
    words = [_NOUN[k] for k in _said(kinds)]
    what = " and ".join(words)
    template = _TEMPLATES[int(rng.integers(len(_TEMPLATES)))]
    sentence = template.format(what=what, What=what.capitalize(), place=place)
    return sentence[0].upper() + sentence[1:]


def write_meta(folder: Path, command: str, seed: int, pairs: int, faces: Sequence[FaceRecord]) -> None:
    """Write meta.json beside an index of simulated annotations: how it was made, of what, and what it may be used for.

    Args:
        folder: of the saved index.
        command: that makes it again, with DIR in the place of every folder.
        seed, pairs: of the draw.
        faces: that were forged; their names are hashed, sorted, one a line.
    """
    names = "\n".join(sorted(face.name for face in faces))
    meta: dict[str, Any] = {
        "source": "simulated",
        "command": command,
        "seed": seed,
        "pairs": pairs,
        "data": {
            "hash": hashlib.sha256(names.encode()).hexdigest(),
            "photos": len(faces),
            "sources": sorted({face.name.split("/")[0] for face in faces}),
            "split": "train",
        },
        "licence": "research use: made of photos under non-commercial licences; no photo is included",
        "intended_use": "sentences and vectors that describe pictures forged by this project's simulation; they say "
        "nothing about what people see, and are never put in a person's mouth",
    }
    file = folder / META
    file.write_text(json.dumps(meta, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    file.chmod(0o644)
