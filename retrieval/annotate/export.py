"""Finished annotations as our records, as a CSV of ExDDV's schema, and in a search index.

The CSV has the published columns and spellings: frames count from 1, one click a frame, a difficulty of 1 to 3. What it
cannot hold (two clicks on a frame, no difficulty, a real video of another source) is left out and named, never bent.
"""

import csv
import hashlib
import io
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from media.errors import BadRequest
from retrieval.annotate.store import Entry
from retrieval.annotations import SPLITS, Annotation, Split
from retrieval.encoders import Encoder
from retrieval.exddv import COLUMNS, DATASETS, DIFFICULTIES, ORIGINAL, identities_of
from retrieval.storage import MANIFEST

PUBLISHED = {
    "FaceForensics++": "Farceforensics++",
    "DeeperForensics-1.0": "Deeperforensics",
    "DFDC": "DeepfakeDetection",
    "BioDeepAV": "BioDeepAV",
}
"""Our names of the data sets as the published file spells them."""
_LEVEL = {name: number for number, name in DIFFICULTIES.items()}
_FROM_CSV = "exddv-"
_NO_CLICK = {"0": {"x": 0.0, "y": 0.0}}  # how the published code says that a real video has none


@dataclass(frozen=True)
class CsvExport:
    """A CSV's text, how many rows it has, and why others are not in it."""

    text: str
    rows: int
    left_out: tuple[str, ...]


def as_annotation(entry: Entry, licence: str, split: Split = "train") -> Annotation:
    """The record of a finished annotation; its id depends on the video and the annotator alone.

    Raises:
        BadRequest: it is not finished, or there is no such split.
    """
    if not entry.draft.done:
        raise BadRequest(f"The annotation of {entry.video.path} by {entry.annotator} is not done yet.")
    if split not in SPLITS:
        raise BadRequest(f"A split is one of {', '.join(SPLITS)}, not {split!r}.")
    dataset, manipulation, name = entry.video.key
    digest = hashlib.sha256("\n".join((*entry.video.key, entry.video.path, entry.annotator)).encode()).hexdigest()
    return Annotation(
        id=f"own-{digest[:16]}",
        text=" ".join(entry.draft.text.split()),
        dataset=dataset,
        manipulation=manipulation,
        name=name,
        label=entry.video.label,
        clicks=entry.draft.clicks,
        difficulty=entry.draft.difficulty,
        annotator=entry.annotator,
        split=split,
        licence=licence,
        identities=identities_of(dataset, name),
    ).with_words_read()


def to_csv(annotations: Iterable[Annotation]) -> CsvExport:
    """Annotations as a CSV of ExDDV's schema; ids that came from such a file are kept, others are numbered on."""
    stream = io.StringIO()
    writer: csv.DictWriter[str] = csv.DictWriter(stream, list(COLUMNS), lineterminator="\n")
    writer.writeheader()
    rows, left_out = list(annotations), []
    taken = {a.id.removeprefix(_FROM_CSV) for a in rows if a.id.startswith(_FROM_CSV)}
    number = max((int(i) for i in taken if i.isdecimal()), default=-1)
    written = 0
    for annotation in rows:
        reason = _unfit(annotation)
        if reason:
            left_out.append(f"{annotation.name} by {annotation.annotator or 'nobody'}: {reason}")
            continue
        if annotation.id.startswith(_FROM_CSV):
            identifier = annotation.id.removeprefix(_FROM_CSV)
        else:
            number += 1
            identifier = str(number)
        writer.writerow(_row(annotation, identifier))
        written += 1
    return CsvExport(stream.getvalue(), written, tuple(left_out))


def write_csv(annotations: Iterable[Annotation], path: Path) -> CsvExport:
    """`to_csv` into a file that appears whole or not at all."""
    made = to_csv(annotations)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with part.open("w", encoding="utf-8", newline="") as stream:
        stream.write(made.text)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(part, path)
    return made


def into_index(annotations: Sequence[Annotation], folder: Path, encoder: Encoder) -> tuple[int, int]:
    """Put the sentences into an index, in place of earlier ones of the same ids; one is made when there is none.

    Args:
        annotations: at least one, each with an id of its own.
        folder: of the index.
        encoder: of sentences; another than the index's is refused.

    Returns:
        How many were put in, and how many items the index has now.
    """
    from retrieval.build import build_index
    from retrieval.index import AnnotationIndex, Item

    if not (folder / MANIFEST).is_file():
        index, _ = build_index(annotations, encoder, folder)
        return len(annotations), len(index)
    index = AnnotationIndex.load(folder, encoder.key)
    index.remove([a.id for a in annotations])
    index.add(encoder.encode([a.text for a in annotations]), [Item(a) for a in annotations])
    index.save(folder)
    return len(annotations), len(index)


def _unfit(annotation: Annotation) -> str:
    """Why the CSV cannot hold an annotation; empty when it can."""
    frames = [click.frame for click in annotation.clicks]
    if None in frames:
        return "a click has a time but no frame"
    if len(set(frames)) < len(frames):
        return "two clicks on one frame"
    if annotation.difficulty is None:
        return "no difficulty"
    if annotation.split not in SPLITS:
        return f"the split {annotation.split!r}"
    if annotation.label == "real" and (annotation.dataset != DATASETS[ORIGINAL] or annotation.manipulation != ORIGINAL):
        return "real, but no original of FaceForensics++"
    return ""


def _row(annotation: Annotation, identifier: str) -> dict[str, str]:
    real = annotation.label == "real"
    clicks = {str((click.frame or 0) + 1): {"x": click.x, "y": click.y} for click in annotation.clicks}
    return {
        "id": identifier,
        "username": annotation.annotator,
        "movie_name": annotation.name,
        "text": annotation.text,
        "dataset": ORIGINAL.capitalize() if real else PUBLISHED.get(annotation.dataset, annotation.dataset),
        "manipulation": annotation.manipulation,
        "click_locations": json.dumps(clicks or (_NO_CLICK if real else {})),
        "difficulty": _LEVEL[annotation.difficulty or "medium"],
        "split": annotation.split,
    }
