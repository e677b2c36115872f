"""Human descriptions of forgeries like the one found: examples for the language model, listed under the answer.

They are searched by what the detector found (region ids and kinds of measured cues), never by the answer's words. They
are no part of the finding: only a finding that supports manipulation has any, and the verdict is the detector's.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Self

from media.errors import BadRequest
from media.records import Evidence
from simulation.dialogue.facts import cue_kinds, flagged_by_strength

if TYPE_CHECKING:
    from retrieval.annotations import Annotation
    from retrieval.encoders import TextSide
    from retrieval.index import AnnotationIndex
    from retrieval.select import Example

SHOWN, PLACES, LONGEST = 3, 3, 30
"""Sentences for one answer, places they are searched by, words of the longest one taken."""


class Annotations:
    """An index of sentences and its encoder."""

    def __init__(self, index: "AnnotationIndex", encoder: "TextSide") -> None:
        self._index, self._encoder = index, encoder

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The index of sentences in a folder.

        Raises:
            MissingCheckpoint: there is none, or the extra `retrieval` is not installed; the message names the command.
            BadRequest: it is an index of pictures.
        """
        from retrieval.encoders import EncoderKey, TextSide
        from retrieval.index import AnnotationIndex
        from retrieval.storage import read_manifest

        key = EncoderKey(**read_manifest(folder)["encoder"])
        if key.level != "text":
            raise BadRequest(
                f"The index in {folder} is of pictures; under answers an index of sentences is searched: "
                "python -m retrieval build --csv ExDDV.csv --out FOLDER"
            )
        encoder = TextSide.load()
        return cls(AnnotationIndex.load(folder, encoder.key), encoder)

    def like(self, evidence: Evidence, shown: int = SHOWN) -> "tuple[Example, ...]":
        """Sentences of distinct videos that name such places and kinds, most similar first; () without a finding."""
        from retrieval.select import Wish, select, sentence_query
        from retrieval.vocabulary import FROM_SIMULATION

        regions = flagged_by_strength(evidence)[:PLACES]
        if evidence.verdict != "fake" or not regions:
            return ()
        kinds = tuple(dict.fromkeys(FROM_SIMULATION[k] for k in cue_kinds(evidence) if k in FROM_SIMULATION))
        vectors = self._encoder.encode([sentence_query(regions, kinds)])
        wish = Wish(shown, distinct_texts=True, regions=regions, wanted=_fits)
        return tuple(select(self._index, vectors, wish))


def _fits(annotation: "Annotation") -> bool:
    return annotation.label == "fake" and len(annotation.text.split()) <= LONGEST
