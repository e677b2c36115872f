"""DeepfakeBench's JSON: {data set: {class: {split: {[compression:] {video: {label, frames, masks?}}}}}}.

Its frames are aligned crops of 256 px, so rows are pictures. Target, source and people come from the videos' names.
Only the FaceForensics++ splits are the owner's: elsewhere the same videos stand in train, val and test at once, so the
split stays none and `subset` says where a video was listed ("deepfakebench:train+test").
"""

import ntpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from media.datasets import names
from media.datasets.celeb import MANIPULATION as SYNTHESIS
from media.datasets.dfdc import DATASET as DFDC
from media.datasets.dfdcp import DATASET as DFDCP
from media.datasets.faceforensics import DFD, DFD_FOLDER, FFPP, LEVELS
from media.datasets.names import Origin, Parser
from media.datasets.records import ORIGINAL, SPLITS, UNKNOWN, Label, Row, Split, video_key
from media.datasets.tree import Tree, join, read_json
from media.errors import BadRequest, UnreadableMedia


@dataclass(frozen=True)
class _Class:
    """What a class name of the JSON stands for."""

    label: Label
    dataset: str
    manipulation: str
    parse: Parser | None = None


def _ffpp(manipulation: str) -> _Class:
    return _Class("fake", FFPP, manipulation, names.ffpp_fake)


def _celeb(version: str) -> dict[str, _Class]:
    dataset = f"Celeb-DF-{version}"
    real = _Class("real", dataset, ORIGINAL, lambda name: names.celeb_real(name) or names.celeb_youtube(name))
    fake = _Class("fake", dataset, SYNTHESIS, names.celeb_fake)
    return {f"celebdf{version}_real": real, f"celebdf{version}_fake": fake}


CLASSES = {
    "ff-real": _Class("real", FFPP, ORIGINAL, names.ffpp_real),
    "ff-df": _ffpp("Deepfakes"),
    "ff-f2f": _ffpp("Face2Face"),
    "ff-fs": _ffpp("FaceSwap"),
    "ff-nt": _ffpp("NeuralTextures"),
    "ff-fh": _ffpp("FaceShifter"),
    "dfd_real": _Class("real", DFD, ORIGINAL, names.dfd_real),
    "dfd_fake": _Class("fake", DFD, DFD_FOLDER, names.dfd_fake),
    **_celeb("v1"),
    **_celeb("v2"),
    "dfdc_real": _Class("real", DFDC, ORIGINAL),
    "dfdc_fake": _Class("fake", DFDC, UNKNOWN),
    "dfdcp_real": _Class("real", DFDCP, ORIGINAL),
    "dfdcp_fakea": _Class("fake", DFDCP, "method_A"),
    "dfdcp_fakeb": _Class("fake", DFDCP, "method_B"),
    "df_fake": _Class("fake", "DeeperForensics-1.0", UNKNOWN, names.deeper_fake),
    "uadfv_real": _Class("real", "UADFV", ORIGINAL),
    "uadfv_fake": _Class("fake", "UADFV", UNKNOWN),
}
"""Class in lower case -> what it is. Not among them: DF_real, the actors' recordings of DeeperForensics-1.0."""
NOT_REAL = "df_real"


@dataclass
class _Video:
    """A video of the JSON files, which list it once a split and often in several files."""

    kind: _Class
    compression: str
    name: str
    frames: dict[str, str] = field(default_factory=dict)
    splits: set[Split] = field(default_factory=set)


def read_deepfakebench(tree: Tree) -> Iterator[Row]:
    """Every picture that a JSON file lists and that is there; JSON files of the list folder, or of the tree.

    Raises:
        BadRequest: there is no JSON file.
    """
    base = tree.root / tree.below
    folders = (tree.lists,) if tree.lists else (base, base / "dataset_json", base / "preprocessing" / "dataset_json")
    files = [path for folder in folders for path in sorted(folder.glob("*.json"))]
    if not files:
        raise BadRequest("There are no DeepfakeBench JSON files there; name their folder with --lists.", str(base))
    videos: dict[str, _Video] = {}
    for path in files:
        data = read_json(path)
        if not isinstance(data, dict):
            raise UnreadableMedia(f"{path.name} is not a DeepfakeBench JSON file.", str(path))
        for classes in data.values():
            for word, splits in _items(tree, classes, path.name):
                _collect(tree, videos, word, _items(tree, splits, f"{path.name}: {word}"))
    for key, video in videos.items():
        yield from _rows(tree, key, video)


def _items(tree: Tree, node: Any, where: str) -> list[tuple[str, Any]]:
    if isinstance(node, dict):
        return list(node.items())
    tree.report.note("parts of the JSON that are malformed, not read", where)
    return []


def _collect(tree: Tree, videos: dict[str, _Video], word: str, splits: list[tuple[str, Any]]) -> None:
    """Add the videos of one class."""
    kind = CLASSES.get(word.casefold())
    if kind is None:
        what = "the actors' recordings of DeeperForensics-1.0, which are not its real class"
        tree.report.note(f"classes refused: {what if word.casefold() == NOT_REAL else 'not known'}", word)
        return
    for split, node in splits:
        if split not in SPLITS or (isinstance(node, dict) and "frames" in node):
            tree.report.note("parts of the JSON that are malformed, not read", f"{word}: {split}")
            continue
        for name, entry in _items(tree, node, f"{word}: {split}"):
            if name in LEVELS and isinstance(entry, dict) and "frames" not in entry:
                for inner, deeper in _items(tree, entry, word):
                    _add(tree, videos, _Video(kind, LEVELS[name], inner), word, split, deeper)
            else:
                _add(tree, videos, _Video(kind, "none", name), word, split, entry)


def _add(tree: Tree, videos: dict[str, _Video], video: _Video, word: str, split: Split, entry: Any) -> None:
    """Merge one entry into the video with the same folder of frames."""
    frames = entry.get("frames") if isinstance(entry, dict) else None
    if not isinstance(frames, list) or not all(isinstance(f, str) for f in frames):
        tree.report.note("videos whose list of frames is malformed, not read", f"{word}: {video.name}")
        return
    if str(entry.get("label", "")).casefold() != word.casefold():
        tree.report.note("videos refused: their label contradicts their class", f"{word}: {video.name}")
        return
    found = _there(tree, frames)
    masks = entry.get("masks") or []
    aligned = _there(tree, masks) if isinstance(masks, list) and len(masks) == len(frames) else {}
    if masks and not aligned:
        tree.report.note("videos whose masks are not there or do not match their frames", f"{word}: {video.name}")
    if not found:
        tree.report.note("videos without any of their frames", f"{word}: {video.name}")
        return
    folder = PurePosixPath(next(iter(found.values()))).parent.as_posix()
    key = video_key(video.kind.dataset, video.kind.manipulation, video.compression, folder)
    video = videos.setdefault(key, video)
    video.splits.add(split)
    for number, path in found.items():  # another file may list the same frames without their masks
        video.frames[path] = video.frames.get(path) or aligned.get(number, "")


def _there(tree: Tree, paths: list[str]) -> dict[int, str]:
    """Position in the list -> path below the root, of those files that exist; Windows separators are turned."""
    found = {}
    base = (tree.root / tree.below).as_posix()
    for number, raw in enumerate(paths):
        path = ntpath.normpath(raw).replace("\\", "/").removeprefix(f"{base}/")
        place = join(tree.below, path)
        if not path.startswith(("/", "../")) and ":" not in path and tree.has(place):
            found[number] = place
        else:
            tree.report.note("frames and masks of the JSON that are not below the root", raw)
    return found


def _rows(tree: Tree, key: str, video: _Video) -> Iterator[Row]:
    kind = video.kind
    origin = kind.parse(video.name) if kind.parse else Origin()
    if origin is None:
        tree.report.note("videos whose name is not the owner's pattern: nobody is named", f"{key}: {video.name}")
        origin = Origin()
    split: Split = "none"
    if kind.dataset == FFPP and len(video.splits) == 1:
        (split,) = video.splits
    else:
        tree.report.note("videos in splits that are not the owner's: split none, see subset", key)
    subset = "deepfakebench:" + "+".join(s for s in SPLITS if s in video.splits)
    for path, mask in video.frames.items():
        yield Row(
            path, kind.label, "image", kind.dataset, kind.manipulation, video.compression, split, subset,
            origin.target, origin.source, "", mask, key, origin.identities,
        )  # fmt: skip
