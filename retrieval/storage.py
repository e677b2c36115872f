"""An index's folder: manifest.json with checksums, the faiss file, items and annotations; replaced as a whole."""

import json
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from media.errors import ForgeryAssistantError, MissingCheckpoint
from media.open import sha256_of
from retrieval.annotations import Annotation, read_jsonl, write_jsonl
from retrieval.encoders import EncoderKey
from retrieval.shipped import HOW_TO_BUILD

IndexKind = Literal["flat", "hnsw", "ivfpq"]
INDEX_KINDS: tuple[IndexKind, ...] = ("flat", "hnsw", "ivfpq")
FORMAT = "annotation-index-1"
MANIFEST = "manifest.json"
_SUFFIX = {"vectors": ".faiss", "items": ".json", "annotations": ".jsonl"}


@dataclass
class Stored:
    """What a folder holds beside the vectors. items: (id, annotation id, frame, time)."""

    encoder: EncoderKey
    encoder_licence: str
    kind: IndexKind
    next_id: int
    removed: list[int]
    items: list[tuple[int, str, int | None, float | None]]
    annotations: list[Annotation]


def write_folder(folder: Path, stored: Stored, write_vectors: Callable[[Path], None]) -> None:
    """Write new files under names of their own, then replace the manifest, then drop the old files."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = {name: folder / f".{name}.{os.getpid()}.part" for name in _SUFFIX}
    write_vectors(parts["vectors"])
    parts["items"].write_text(json.dumps(stored.items), encoding="utf-8")
    write_jsonl(stored.annotations, parts["annotations"])
    files = {}
    for name, part in parts.items():
        digest = sha256_of(part)
        target = folder / f"{name}-{digest[:12]}{_SUFFIX[name]}"
        _sync(part)
        os.replace(part, target)
        files[name] = {"file": target.name, "sha256": digest}
    part = folder / f".{MANIFEST}.{os.getpid()}.part"
    part.write_text(json.dumps(_manifest(stored, files), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    _sync(part)
    os.replace(part, folder / MANIFEST)
    kept = {entry["file"] for entry in files.values()}
    for name, suffix in _SUFFIX.items():
        for old in folder.glob(f"{name}-*{suffix}"):
            if old.name not in kept:
                old.unlink(missing_ok=True)


def _manifest(stored: Stored, files: dict[str, dict[str, str]]) -> dict[str, Any]:
    annotations = stored.annotations
    return {
        "format": FORMAT,
        "encoder": asdict(stored.encoder),
        "metric": "inner product of unit vectors",
        "kind": stored.kind,
        "count": len(stored.items),
        "annotations": len(annotations),
        "next_id": stored.next_id,
        "removed": stored.removed,
        "licences": {
            "annotations": dict(Counter(a.licence for a in annotations)),
            "encoder": stored.encoder_licence,
        },
        "sources": dict(Counter(a.dataset + (" (simulated)" if a.simulated else "") for a in annotations)),
        "labels": dict(Counter(a.label for a in annotations)),
        "annotators": dict(Counter(a.annotator for a in annotations)),
        "splits": dict(Counter(a.split for a in annotations)),
        "files": files,
    }


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest; MissingCheckpoint names the command that builds an index when there is none."""
    path = folder / MANIFEST
    if not path.is_file():
        how = HOW_TO_BUILD.format(folder=folder)
        raise MissingCheckpoint(f"There is no index of annotations in {folder}. Build one with\n  {how}")
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        known = data.get("format") == FORMAT
    except (ValueError, AttributeError) as error:
        raise MissingCheckpoint(f"The manifest in {folder} is damaged; build the index again.", str(error)) from error
    if not known:
        raise MissingCheckpoint(f"The index in {folder} has an unknown format; expected {FORMAT}.", str(data)[:200])
    return data


def read_folder(folder: Path) -> tuple[Stored, Path]:
    """Everything of a folder but the vectors, and the path of their file, after its checksum was found right."""
    data = read_manifest(folder)
    try:
        paths = {name: folder / Path(data["files"][name]["file"]).name for name in _SUFFIX}
        wrong = [
            paths[name].name
            for name in _SUFFIX
            if not paths[name].is_file() or sha256_of(paths[name]) != data["files"][name]["sha256"]
        ]
        if wrong:
            raise MissingCheckpoint(f"The index in {folder} is damaged ({', '.join(wrong)}); build it again.")
        items = [tuple(row) for row in json.loads(paths["items"].read_text(encoding="utf-8"))]
        stored = Stored(
            encoder=EncoderKey(**data["encoder"]),
            encoder_licence=data["licences"]["encoder"],
            kind=data["kind"],
            next_id=data["next_id"],
            removed=data["removed"],
            items=items,
            annotations=read_jsonl(paths["annotations"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise MissingCheckpoint(f"The index in {folder} is damaged; build it again.", repr(error)) from error
    except MissingCheckpoint:
        raise
    except ForgeryAssistantError as error:
        raise MissingCheckpoint(f"The index in {folder} is damaged; build it again.", error.message) from error
    return stored, paths["vectors"]


def check_encoder(there: EncoderKey, asked: EncoderKey, folder: Path | str) -> None:
    """Refuse vectors of another encoder: their inner products would mean nothing."""
    if there == asked:
        return
    if there.id != asked.id:
        what = f"made by the encoder {there.id}, queries come from {asked.id}"
    elif there.level != asked.level:
        what = f"of the level {there.level!r}, queries are of {asked.level!r}"
    elif there.dim != asked.dim:
        what = f"of width {there.dim}, queries have {asked.dim}"
    else:
        what = f"made by {there.id} with other weights ({there.sha256[:12]}, queries: {asked.sha256[:12]})"
    raise MissingCheckpoint(f"The vectors in {folder} are {what}: build the index again, or use its encoder.")


def _sync(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
