"""Building an index: annotations in, vectors out, in small parts on disk so that a stopped run goes on where it was."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from media.errors import BadRequest, UnreadableMedia
from media.records import Crop, Frame
from retrieval.annotations import Annotation
from retrieval.clip_frames import ClipFrames
from retrieval.encoders import Encoder, PictureSide
from retrieval.frames import clicked_frames, face_crop, query_frames
from retrieval.index import AnnotationIndex, Item, choose_kind
from retrieval.storage import IndexKind
from retrieval.videos import VideoSearch

if TYPE_CHECKING:
    from media.faces import FaceFinder

Progress = Callable[[int, int], None]
Inputs = Callable[[Annotation], Iterator[tuple[Item, Any]]]
"""From an annotation to its items, each with what the encoder takes."""
PARTIAL = ".partial"
_TEXTS, _VIDEOS = 64, 8  # annotations a part


@dataclass
class BuildReport:
    """What went into an index: resumed counts annotations taken over from a stopped run."""

    annotations: int = 0
    items: int = 0
    resumed: int = 0
    without_items: int = 0


def text_inputs(annotation: Annotation) -> Iterator[tuple[Item, str]]:
    """One item: the sentence."""
    yield Item(annotation), annotation.text


def picture_inputs(search: VideoSearch, side: PictureSide, finder: "FaceFinder") -> Inputs:
    """One item for each clicked frame with a face on it; the middle frame where nobody clicked."""
    size, margin = side.predictor.image_size, side.predictor.margin

    def cut(frame: Frame, at: tuple[float, float] | None) -> Crop | None:
        found = face_crop(finder, frame, size, margin, at)
        return None if found is None else found[0]

    return partial(_cut_frames, search, cut)


def frame_inputs(search: VideoSearch, side: ClipFrames) -> Inputs:
    """One item for each clicked frame, whole as published; the middle frame where nobody clicked."""
    return partial(_cut_frames, search, lambda frame, at: side.crop(frame.pixels))


def _cut_frames(
    search: VideoSearch, cut: Callable[[Frame, tuple[float, float] | None], Any], annotation: Annotation
) -> Iterator[tuple[Item, Any]]:
    """Items of an annotation's frames of which `cut` (given the click as a place) leaves something."""
    path = search.found.get(annotation.video)
    if path is None:
        return
    shown = (
        ((frame, click.frame, (click.x, click.y)) for click, frame in clicked_frames(path, annotation.clicks))
        if annotation.clicks
        else ((frame, None, None) for frame in query_frames(path))
    )
    try:
        for frame, number, at in shown:
            value = cut(frame, at)
            if value is not None:
                yield Item(annotation, number, frame.time), value
    except UnreadableMedia:
        return


def build_index(
    annotations: Sequence[Annotation],
    encoder: Encoder,
    out: Path,
    inputs: Inputs = text_inputs,
    kind: IndexKind | None = None,
    progress: Progress | None = None,
    places: Sequence[str] = (),
) -> tuple[AnnotationIndex, BuildReport]:
    """Encode, index and save.

    Args:
        annotations: each with an id of its own.
        encoder: makes the vectors.
        out: the index's folder; its subfolder `.partial` keeps what is done until the whole is saved.
        inputs: what of an annotation is encoded.
        kind: of index; None chooses by size.
        progress: called with (done, all) annotations after each part.
        places: files that `inputs` reads; other files mean that a stopped run cannot be gone on with.
    """
    if not annotations:
        raise BadRequest("There are no annotations to index; check the split and the files.")
    step = _TEXTS if encoder.key.level == "text" else _VIDEOS
    begun = out / PARTIAL
    _prepare(begun, {"format": 1, "step": step, "encoder": asdict(encoder.key), "data": _digest(annotations, places)})
    report = BuildReport(annotations=len(annotations))
    vectors: list[np.ndarray] = []
    items: list[Item] = []
    for start in range(0, len(annotations), step):
        part = annotations[start : start + step]
        file = begun / f"{start:09d}.npz"
        report.resumed += len(part) if file.is_file() else 0
        rows, made = _part(file, part, encoder, inputs)
        vectors.append(rows)
        items += [Item(part[int(i)], *_place(frame, at)) for i, frame, at in made]
        report.without_items += len(part) - len({int(i) for i, _, _ in made})
        if progress is not None:
            progress(min(start + step, len(annotations)), len(annotations))
    report.items = len(items)
    if not items:
        raise BadRequest("Nothing could be indexed: no video was found or no face in any of them.")
    index = AnnotationIndex(encoder.key, kind or choose_kind(len(items)), encoder.licence)
    index.add(np.concatenate(vectors), items)
    index.save(out)
    shutil.rmtree(begun, ignore_errors=True)
    return index, report


def _part(file: Path, part: Sequence[Annotation], encoder: Encoder, inputs: Inputs) -> tuple[np.ndarray, np.ndarray]:
    """Vectors (N, D) and (N, 3) places: annotation in the part, frame or -1, time or nan; from disk if done before."""
    if file.is_file():
        with np.load(file) as data:
            return data["vectors"], data["places"]
    given = [(k, item, value) for k, a in enumerate(part) for item, value in inputs(a)]
    rows = encoder.encode([value for _, _, value in given])
    places = np.array(
        [(k, -1 if i.frame is None else i.frame, np.nan if i.time is None else i.time) for k, i, _ in given],
        dtype=np.float64,
    ).reshape(-1, 3)
    writing = file.with_suffix(f".{os.getpid()}.part")
    with writing.open("wb") as stream:
        np.savez(stream, vectors=rows, places=places)
    os.replace(writing, file)
    return rows, places


def _place(frame: float, at: float) -> tuple[int | None, float | None]:
    return (None if frame < 0 else int(frame)), (None if np.isnan(at) else float(at))


def _prepare(partial: Path, plan: dict[str, Any]) -> None:
    """Keep the parts of the same plan; throw away those of another."""
    file = partial / "plan.json"
    text = json.dumps(plan, sort_keys=True)
    if partial.is_dir() and not (file.is_file() and file.read_text(encoding="utf-8") == text):
        shutil.rmtree(partial)
    partial.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _digest(annotations: Sequence[Annotation], places: Sequence[str]) -> str:
    digest = hashlib.sha256("\n".join(places).encode())
    for annotation in annotations:
        digest.update(json.dumps(annotation.to_dict(), sort_keys=True).encode())
    return digest.hexdigest()
