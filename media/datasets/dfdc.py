"""DFDC: training parts with metadata.json, and the released test folder with labels.csv.

A label is the video's: a clip can show several people of whom one is swapped, and FAKE may mean the voice only. No
method is named. The parts are the safe unit to divide by, so each row's subset is its part.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from media.datasets.records import ORIGINAL, SPLITS, UNKNOWN, Label, Row
from media.datasets.tree import VIDEO, Tree, join, read_json, read_table
from media.errors import UnreadableMedia

DATASET = "DFDC"
LABELS: dict[str, Label] = {"REAL": "real", "FAKE": "fake"}
NUMBERS: dict[str, Label] = {"0": "real", "1": "fake"}
UNLABELLED = "videos refused: the owner's list does not label them"
ABSENT = "videos of the owner's list that are not there"
_TEST_FOLDERS = ("videos", "download_videos")


def read_dfdc(tree: Tree) -> Iterator[Row]:
    """Every labelled video of the training parts and of the test folder."""
    base = tree.below
    places = [base, *(join(base, name) for name in tree.folders(base))]
    parts = [join(place, name) for place in places for name in tree.folders(place) if _is_part(name)]
    if not parts:
        tree.report.note("folders of the owner's tree missing", "dfdc_train_part_N")
    for part in parts:
        yield from _part(tree, part)
    tests = [place for place in places if tree.has(join(place, "labels.csv"))]
    if not tests:
        tree.report.note("test lists missing: no test videos are read", "labels.csv")
    for place in tests:
        yield from _test(tree, place)


def _is_part(name: str) -> bool:
    return re.fullmatch(r"dfdc_train_part_\d+", name, re.I) is not None


def _part(tree: Tree, part: str) -> Iterator[Row]:
    videos, subset = tree.files(part, VIDEO), part.rpartition("/")[2]
    data = read_json(tree.root / part / "metadata.json") if tree.has(join(part, "metadata.json")) else None
    if data is None:
        tree.report.note("parts without metadata.json, all their videos refused", part)
        return
    if not isinstance(data, dict) or not all(isinstance(v, dict) for v in data.values()):
        raise UnreadableMedia(f"{part}/metadata.json must map file names to their labels; fetch it again.")
    there = {path.rpartition("/")[2] for path in videos}
    for name in data:
        if name not in there:
            tree.report.note(ABSENT, join(part, name))
    for path in videos:
        entry = data.get(path.rpartition("/")[2], {})
        label = LABELS.get(str(entry.get("label")))
        if label is None:
            tree.report.note(UNLABELLED, path)
            continue
        split = entry.get("split")
        if split not in SPLITS:
            tree.report.note("videos without a known split in metadata.json: split none", path)
            split = "none"
        target, original = _origin(tree, part, path, label, entry, there)
        manipulation = UNKNOWN if label == "fake" else ORIGINAL
        yield Row(path, label, "video", DATASET, manipulation, split=split, subset=subset, target=target,
                  original=original)  # fmt: skip


def _origin(
    tree: Tree, part: str, path: str, label: Label, entry: Mapping[str, Any], there: set[str]
) -> tuple[str, str]:
    """(target, original) of a video; the original of a forgery lies in the same part."""
    named, own = entry.get("original"), path.rpartition("/")[2]
    if label == "real":
        if named:
            tree.report.note("real videos for which an original is stated", path)
        named = own
    if not named:
        tree.report.note("forgeries whose original is not stated", path)
        return "", ""
    target = f"dfdc:{part.rpartition('/')[2]}/{named}"
    if named not in there:
        tree.report.note("forgeries whose original is not in their part", path)
    return target, join(part, named) if label == "fake" and named in there else ""


def _test(tree: Tree, place: str) -> Iterator[Row]:
    """The test folder: labels.csv beside the videos, or beside videos/ or download_videos/."""
    labels: dict[str, Label | None] = {}
    for line in read_table(tree.root / place / "labels.csv", ("filename", "label")):
        label = NUMBERS.get((line["label"] or "").strip())
        if labels.setdefault(line["filename"], label) != label:
            tree.report.note("videos with both labels in labels.csv, refused", line["filename"])
            labels[line["filename"]] = None
    folders = [place, *(tree.folder(name, start=place) for name in _TEST_FOLDERS)]
    seen: set[str] = set()
    for path in (path for folder in folders for path in tree.files(folder, VIDEO)):
        name = path.rpartition("/")[2]
        label = labels.get(name)
        if label is None:
            tree.report.note(UNLABELLED, path)
        elif name in seen:
            tree.report.note("test videos in two folders, the first is taken", path)
        else:
            manipulation, target = (UNKNOWN, "") if label == "fake" else (ORIGINAL, f"dfdc:test/{name}")
            yield Row(path, label, "video", DATASET, manipulation, split="test", subset="test", target=target)
        seen.add(name)
    for name in sorted(labels.keys() - seen):
        tree.report.note(ABSENT, name)
