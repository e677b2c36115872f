"""What the ExDDV protocol works with: the annotations, the scorer, and other systems' sentences from files."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from evaluation.exddv_scores import Scorer, wordnet_of
from evaluation.retrieval_eval import RetrievalContext
from media.errors import BadRequest
from media.open import sha256_of
from retrieval.splits import SplitKind, with_split

if TYPE_CHECKING:
    from retrieval.annotations import Annotation

ID_PREFIX = "exddv-"


class Run(NamedTuple):
    """A system's sentences: its name, the seed of the run (None: it has no randomness), and id -> sentence."""

    system: str
    seed: int | None
    texts: dict[str, str]


@dataclass
class ExddvContext(RetrievalContext):
    """A run of the ExDDV protocol.

    Args:
        predictions: JSONL files of a system's sentences, see `read_predictions`.
        agreement: CSV or JSONL file in which two people annotated the same videos.
        videos: folder below which the annotated videos are searched.
        bertscore: folder of distilbert-base-uncased with its baseline.
        wordnet: folder of WordNet's files; None takes the system's where it is installed.

    Attributes:
        runs: the sentences of all prediction files.

    Raises:
        BadRequest, MissingCheckpoint: a file is missing or does not fit.
    """

    predictions: tuple[Path, ...] = ()
    agreement: Path | None = None
    videos: Path | None = None
    bertscore: Path | None = None
    wordnet: Path | None = None
    runs: list[Run] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        names = [path.stem for path in self.predictions]
        if len(set(names)) < len(names):
            raise BadRequest("Two prediction files have the same name; systems are called by their files' names.")
        if self.videos is not None and not self.videos.is_dir():
            raise BadRequest(f"There is no folder {self.videos}.")
        allowed = {a.id for a in self.rows("official") if a.split == "test"}
        self.runs = [run for path in self.predictions for run in read_predictions(path, allowed)]

    def rows(self, kind: SplitKind) -> "list[Annotation]":
        """All annotations in the order of the file, with this split."""
        return with_split(self.read[0], kind)

    def held_out(self, kind: SplitKind) -> "list[Annotation]":
        """The test rows, cut to the limit."""
        return self.cut([a for a in self.rows(kind) if a.split == "test"])

    @cached_property
    def scorer(self) -> Scorer:
        """Scores sentences; BERTScore counts rarity over the references of the whole official test split."""
        references = [a.text for a in self.rows("official") if a.split == "test"]
        known = dict(zip([a.text for a in self.read[0]], self.sentences, strict=True))
        return self.bare_scorer(references, known)

    def bare_scorer(self, references: Sequence[str], known: dict | None = None) -> Scorer:
        """A scorer whose BERTScore counts rarity over these references."""
        bert = None
        if self.bertscore is not None:
            from evaluation.bertscore import BertScore

            bert = BertScore(self.bertscore, references)
        return Scorer(self.text_side, known, bert, wordnet_of(self.wordnet))

    def marks(self) -> dict[str, object]:
        """What the items depend on beside the scorer."""
        files = {path.stem: sha256_of(path) for path in self.predictions}
        videos = None if self.videos is None else str(self.videos.resolve())
        return {"csv": sha256_of(self.csv), "predictions": files, "videos": videos}


def read_predictions(path: Path, allowed: set[str]) -> list[Run]:
    """The runs of a JSONL file: one object a line with "id", "text" and, where there are several runs, "seed".

    Args:
        path: of the file; the system is called by its name without the ending.
        allowed: ids of the test rows. An id may be written as in the CSV ("17") or as in our records ("exddv-17").

    Raises:
        BadRequest: no such file, a line that is no such object, an id that is no test row's or comes twice in a run.
    """
    if not path.is_file():
        raise BadRequest(f"There is no file {path}.")
    runs: dict[int | None, dict[str, str]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        name, text, seed = _prediction(line, f"Line {number} of {path.name}")
        if name not in allowed:
            raise BadRequest(f"Line {number} of {path.name}: {name} is no row of the test split.")
        if name in runs.setdefault(seed, {}):
            raise BadRequest(f"Line {number} of {path.name}: {name} comes twice in one run; give runs a seed each.")
        runs[seed][name] = text
    if not runs:
        raise BadRequest(f"{path.name} holds no sentences.")
    return [Run(path.stem, seed, texts) for seed, texts in runs.items()]


def _prediction(line: str, where: str) -> tuple[str, str, int | None]:
    try:
        record = json.loads(line)
        name, text, seed = str(record["id"]), record["text"], record.get("seed")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadRequest(f'{where} is no object with "id" and "text".', str(error)) from error
    whole = seed is None or (isinstance(seed, int) and not isinstance(seed, bool))
    if not isinstance(text, str) or not whole:
        raise BadRequest(f"{where}: the text must be a string and the seed a whole number.")
    return name if name.startswith(ID_PREFIX) else ID_PREFIX + name, text, seed
