"""The videos of a folder: which are to be annotated, what they are called, and which original belongs to which."""

import os
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from media.errors import BadRequest
from retrieval.annotations import Label
from retrieval.exddv import DATASETS, ORIGINAL, identities_of

SUFFIXES = frozenset((".mp4", ".avi", ".mov", ".mkv", ".webm", ".m4v"))
ORIGINAL_FOLDERS = frozenset(("original", "originals", "originalsequences", "real", "reals"))
_PATTERNED = ("FaceForensics++", "DeeperForensics-1.0")


@dataclass(frozen=True)
class FolderVideo:
    """One video to annotate.

    Attributes:
        path: below the folder, with forward slashes; what the store knows it by.
        file: where it is now.
        dataset, manipulation, name: as in an annotation; the manipulation is the name of the folder it lies in.
        label: "real" for a listed original.
        original: the original's file, when there is one.
    """

    path: str
    file: Path
    dataset: str
    manipulation: str
    name: str
    label: Label = "fake"
    original: Path | None = None


def scan(
    folder: Path, originals: Path | None = None, dataset: str | None = None, list_originals: bool = False
) -> list[FolderVideo]:
    """The videos below a folder in the order of their paths.

    Videos in a folder called "original(s)", "original_sequences" or "real" are counterparts, as are those below
    `originals`. A video's original has its name, or the name of its footage (FaceForensics++: 000_003 -> 000).

    Args:
        folder: with the videos.
        originals: where the originals are, when they are not below `folder`.
        dataset: what all videos belong to; otherwise read from folder and file names.
        list_originals: whether originals below `folder` are annotated too.

    Raises:
        BadRequest: a folder is missing or holds no video.
    """
    files = _videos(folder)
    inside = {p for p in files if _below_originals(p, folder)}
    counterparts: dict[str, list[Path]] = defaultdict(list)
    for path in (*sorted(inside), *(_videos(originals) if originals is not None else ())):
        counterparts[path.stem.lower()].append(path)
    chosen = [p for p in files if list_originals or p not in inside]
    if not chosen:
        kinds = ", ".join(sorted(SUFFIXES))
        raise BadRequest(f"There is no video to annotate in {folder}: it is searched, with subfolders, for {kinds}.")
    return [_entry(p, folder, dataset, p in inside, counterparts) for p in chosen]


def _entry(path: Path, root: Path, dataset: str | None, real: bool, counterparts: dict[str, list[Path]]) -> FolderVideo:
    relative = path.relative_to(root)
    parent = relative.parent.name or root.resolve().name
    known = dataset or _guess(relative, root)
    original = None
    if not real:
        stems = [path.stem.lower(), *(i.removeprefix("ffpp:") for i in identities_of(known, path.name)[:1])]
        fits = (f for stem in stems for f in counterparts.get(stem, ()))
        original = next((f for f in fits if f.resolve() != path.resolve()), None)
    return FolderVideo(
        relative.as_posix(),
        path,
        known,
        ORIGINAL if real else parent,
        path.name,
        "real" if real else "fake",
        original,
    )


def _guess(relative: Path, root: Path) -> str:
    """The data set: a folder of its name, a file name in its pattern, or else the folder's own name."""
    for part in (*reversed(relative.parts[:-1]), root.resolve().name):
        if part.lower() != ORIGINAL and part.lower() in DATASETS:
            return DATASETS[part.lower()]
    for name in _PATTERNED:
        if len(identities_of(name, relative.name)) == 2:  # footage and face, or footage and actor
            return name
    return root.resolve().name or "own"


def _videos(root: Path) -> list[Path]:
    """All video files below a folder, sorted; hidden ones and loops of links are passed over."""
    if not root.is_dir():
        raise BadRequest(f"There is no folder {root}.")
    found, seen = [], set()
    for place, folders, names in os.walk(root, followlinks=True):
        real = os.path.realpath(place)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        found += [Path(place) / n for n in names if Path(n).suffix.lower() in SUFFIXES and not n.startswith(".")]
    return sorted(found)


def _below_originals(path: Path, root: Path) -> bool:
    parts = path.relative_to(root).parts[:-1]
    return any(re.sub(r"[^a-z]", "", part.lower()) in ORIGINAL_FOLDERS for part in parts)
