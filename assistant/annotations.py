"""Descriptions of forgeries like the one found, listed under the answer; human ones are read by the language model too.

They are searched by what the detector found (region ids and kinds of measured cues), never by the answer's words. They
are no part of the finding: only a finding that supports manipulation has any, and the verdict is the detector's.

The index that comes with the weights is of forgeries simulated here: its sentences are listed as such and never quoted,
since an answer's quotes say that people wrote them.
"""

import threading
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Self

from media.errors import BadRequest
from media.records import Evidence
from retrieval.examples import DEFAULT_TEMPLATE, ExamplePrompt, fill
from retrieval.shipped import HOW_TO_BUILD, SHIPPED
from simulation.dialogue.facts import cue_kinds, flagged_by_strength

if TYPE_CHECKING:
    from retrieval.annotations import Annotation
    from retrieval.encoders import TextSide
    from retrieval.index import AnnotationIndex
    from retrieval.select import Example

SHOWN, PLACES, LONGEST = 3, 3, 30
"""Sentences for one answer, places they are searched by, words of the longest one taken."""


BUILD_HUMAN = HOW_TO_BUILD.format(folder="FOLDER")
"""How to make the index of what people wrote."""
HOW_TO_HUMAN = f"Sentences that people wrote: {BUILD_HUMAN}, then --annotations FOLDER."


class Annotations:
    """An index of sentences and its encoder. Safe to use from several threads.

    Args:
        index: of sentences.
        encoder: that made it; None = the installed one, read at first use.

    Attributes:
        quotable: whether people wrote the sentences of forgeries; only then the language model reads and quotes them.
    """

    def __init__(self, index: "AnnotationIndex", encoder: "TextSide | None" = None) -> None:
        self._index, self._encoder = index, encoder
        self._lock = threading.Lock()
        found = (item.annotation for item in index.items.values())
        self.quotable = not any(a.simulated and a.label == "fake" for a in found)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The index of sentences in a folder; of the one that comes with the weights the encoder is read at first use.

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
                f"The index in {folder} is of pictures; under answers an index of sentences is searched: {BUILD_HUMAN}"
            )
        if Path(folder) == SHIPPED:
            return cls(AnnotationIndex.load(folder))
        encoder = TextSide.load()
        return cls(AnnotationIndex.load(folder, encoder.key), encoder)

    def warm(self) -> None:
        """Read the encoder now; MissingCheckpoint when the index is of another one."""
        self._side()

    def _side(self) -> "TextSide":
        from retrieval.encoders import TextSide
        from retrieval.storage import check_encoder

        with self._lock:
            if self._encoder is None:
                encoder = TextSide.load()
                check_encoder(self._index.encoder, encoder.key, "the index of annotations")
                self._encoder = encoder
            return self._encoder

    def prompt(self, evidence: Evidence) -> ExamplePrompt:
        """What is listed under an answer about this finding; its text, which the language model reads, may be empty."""
        found = self.like(evidence)
        return fill(found) if self.quotable else ExamplePrompt("", DEFAULT_TEMPLATE, found)

    def like(self, evidence: Evidence, shown: int = SHOWN) -> "tuple[Example, ...]":
        """Sentences of distinct videos that name such places and kinds, most similar first; () without a finding."""
        from retrieval.select import Wish, select, sentence_query
        from retrieval.vocabulary import FROM_SIMULATION

        regions = flagged_by_strength(evidence)[:PLACES]
        if evidence.verdict != "fake" or not regions:
            return ()
        kinds = tuple(dict.fromkeys(FROM_SIMULATION[k] for k in cue_kinds(evidence) if k in FROM_SIMULATION))
        vectors = self._side().encode([sentence_query(regions, kinds)])
        wish = Wish(shown, distinct_texts=True, regions=regions, wanted=_fits)
        return tuple(select(self._index, vectors, wish))


def shipped() -> Path | None:
    """The folder of the index that comes with the weights; None without it or without the extra `retrieval`."""
    from retrieval.storage import MANIFEST

    return SHIPPED if find_spec("faiss") is not None and (SHIPPED / MANIFEST).is_file() else None


def chosen(folder: Path | None, none: bool = False, profile: str = "") -> Path | None:
    """The index that a command uses.

    Args:
        folder: of --annotations.
        none: whether --no-annotations was given.
        profile: of the weights; the random one for tests has no index of its own.
    """
    if none or folder is not None:
        return folder
    return None if profile == "tiny" else shipped()


def _fits(annotation: "Annotation") -> bool:
    return annotation.label == "fake" and len(annotation.text.split()) <= LONGEST
