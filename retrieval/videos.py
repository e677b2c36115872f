"""Where the annotated videos are on this disk, and rows for the originals that the published annotations lack."""

import os
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from media.errors import BadRequest
from retrieval.annotations import Annotation, Split, VideoKey
from retrieval.exddv import ORIGINAL, identities_of
from retrieval.splits import name_hash

_SUFFIXES = frozenset((".mp4", ".avi", ".mov", ".mkv", ".webm"))
_DATASET_WORDS = {
    "FaceForensics++": ("faceforensics", "ffpp", "ff"),
    "DeeperForensics-1.0": ("deeperforensics", "deeperforensics10"),
    "DFDC": ("dfdc", "deepfakedetection"),
    "BioDeepAV": ("biodeepav",),
}
_ORIGINAL_FOLDERS = ("original", "originals", "originalsequences", "youtube")
REAL_SPLIT_OF_1000: dict[Split, int] = {"train": 818, "val": 93, "test": 89}
"""Real rows by split that the paper counts and the published file lacks."""
REAL_TEXTS = (
    "Nothing in the face stands out: skin, light and sharpness agree everywhere.",
    "There are no visible artifacts around the eyes, the nose or the mouth.",
    "The mouth and the teeth look consistent while talking, and the eyes move naturally.",
    "The edge of the face is continuous and nothing flickers.",
)
"""Descriptions of videos that their source states to be unmanipulated; written here, not by annotators."""


@dataclass(frozen=True)
class VideoSearch:
    """Videos found; missing ones, each once; ambiguous: those with several equally good files (the first is used)."""

    found: dict[VideoKey, Path]
    missing: tuple[VideoKey, ...]
    ambiguous: tuple[VideoKey, ...]


def find_videos(annotations: Sequence[Annotation], root: Path) -> VideoSearch:
    """Find the video of each annotation below a folder by file name and by the folders above it.

    A file fits when its name is the video's and the manipulation is the name of a folder above it (upper and lower case
    and punctuation do not matter). The file name alone is not enough: FaceForensics++ uses each name several times.
    """
    by_name = _files(root)
    found: dict[VideoKey, Path] = {}
    missing, ambiguous = set(), set()
    for key in sorted({a.video for a in annotations}):
        fits = [p for p in by_name.get(key[2].lower(), ()) if _fits(p, root, key)]
        if not fits:
            missing.add(key)
            continue
        ranked = sorted(fits, key=lambda p: (_rank(p, root, key), str(p)))
        if len(ranked) > 1 and _rank(ranked[0], root, key) == _rank(ranked[1], root, key):
            ambiguous.add(key)
        found[key] = ranked[0]
    return VideoSearch(found, tuple(sorted(missing)), tuple(sorted(ambiguous)))


def real_annotations(root: Path, licence: str = "Apache-2.0") -> list[Annotation]:
    """One row for each FaceForensics++ original below a folder, split as the paper counts them.

    The published annotations hold no real videos. Text is made here (`simulated`), in turn from `REAL_TEXTS`.
    """
    names: dict[str, Path] = {}
    for name, paths in _files(root).items():
        for path in paths:
            if re.fullmatch(r"\d{3}\.\w+", name) and _folders(path, root) & set(_ORIGINAL_FOLDERS):
                names[path.name] = path
    order = sorted(names, key=lambda n: name_hash(n, 0))
    tests = round(REAL_SPLIT_OF_1000["test"] * len(order) / 1000)
    vals = tests + round(REAL_SPLIT_OF_1000["val"] * len(order) / 1000)
    return [
        Annotation(
            id=f"original-{Path(name).stem}",
            text=REAL_TEXTS[k % len(REAL_TEXTS)],
            dataset="FaceForensics++",
            manipulation=ORIGINAL,
            name=name,
            label="real",
            split="test" if k < tests else "val" if k < vals else "train",
            licence=licence,
            identities=identities_of("FaceForensics++", name),
            simulated=True,
        ).with_words_read()
        for k, name in enumerate(order)
    ]


def _files(root: Path) -> dict[str, list[Path]]:
    """All videos below a folder by file name in lower case."""
    if not root.is_dir():
        raise BadRequest(f"There is no folder {root}.")
    found: dict[str, list[Path]] = defaultdict(list)
    for folder, _, names in os.walk(root, followlinks=True):
        for name in names:
            if Path(name).suffix.lower() in _SUFFIXES:
                found[name.lower()].append(Path(folder) / name)
    return found


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _folders(path: Path, root: Path) -> set[str]:
    """Names of the folders from the root (its own name too) down to the file, without case and punctuation."""
    return {_plain(part) for part in (root.resolve().name, *path.relative_to(root).parts[:-1])}


def _fits(path: Path, root: Path, key: VideoKey) -> bool:
    folders = _folders(path, root)
    if key[1] == ORIGINAL:
        return bool(folders & set(_ORIGINAL_FOLDERS))
    return _plain(key[1]) in folders or key[0] == "BioDeepAV"


def _rank(path: Path, root: Path, key: VideoKey) -> tuple[bool, bool]:
    """Better first: below a folder named after the data set, then compressed as the annotators saw it (c23)."""
    folders = _folders(path, root)
    return not folders & set(_DATASET_WORDS.get(key[0], ())), "c23" not in folders
