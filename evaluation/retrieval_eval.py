"""What the retrieval protocol works with: the annotations, their sentence vectors, the extra it needs."""

import importlib.util
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from evaluation.context import Context
from evaluation.results import ItemLog
from media.errors import MissingCheckpoint
from media.open import sha256_of

if TYPE_CHECKING:
    from retrieval.annotations import Annotation
    from retrieval.encoders import TextSide
    from retrieval.exddv import ReadReport

CSV = "exddv/ExDDV.csv"


@dataclass
class RetrievalContext(Context):
    """A run of the retrieval protocol.

    Args:
        clicks: folder of a click model; None looks in the weights folder, and leaves clicks unmeasured without one.
        million: also measure the approximate index with 1,000,000 vectors.
    """

    clicks: Path | None = None
    million: bool = False

    def __post_init__(self) -> None:
        if importlib.util.find_spec("faiss") is None:
            raise MissingCheckpoint("The retrieval protocol needs faiss: install it with `uv sync --extra retrieval`.")

    @property
    def csv(self) -> Path:
        """The annotations' file."""
        return self.need(CSV)

    @property
    def click_folder(self) -> Path | None:
        """Where the click model is, None when there is none."""
        folder = self.clicks or self.folder / "clicks"
        return folder if self.clicks is not None or folder.is_dir() else None

    @cached_property
    def read(self) -> "tuple[list[Annotation], ReadReport]":
        """Every annotation, and the reader's report."""
        from retrieval.exddv import read_exddv

        return read_exddv(self.csv)

    @cached_property
    def text_side(self) -> "TextSide":
        """The sentence encoder."""
        from retrieval.encoders import TextSide

        return TextSide.load()

    @cached_property
    def sentences(self) -> NDArray[np.float32]:
        """Unit vectors (N, D) of all annotations' texts, in the order of `read`."""
        return self.text_side.encode([a.text for a in self.read[0]])

    def text_log(self, part: str, **fingerprint: object) -> ItemLog:
        """The item file of a part that depends on the annotations and the sentence encoder, not on the detector."""
        mark = {"csv": sha256_of(self.csv), "encoder": self.text_side.key.sha256} | fingerprint
        return self.log(part, rooms=(), **mark)
