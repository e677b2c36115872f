"""Celeb-DF v1 and v2: Celeb-real/, YouTube-real/, Celeb-synthesis/, List_of_testing_videos.txt.

A line of the list is `<number> <folder>/<file>` without a header, and its number is 1 for REAL and 0 for FAKE, the
other way round than elsewhere. The label is the folder's; a number that says otherwise is a contradiction.
"""

import re
from collections.abc import Iterator

from media.datasets.names import Origin, Parser, celeb_fake, celeb_real, celeb_youtube
from media.datasets.records import ORIGINAL, Label, Row
from media.datasets.tree import VIDEO, Tree, read_lines, stem

LIST = "List_of_testing_videos.txt"
MANIPULATION = "Celeb-synthesis"
_FOLDERS: tuple[tuple[str, Label, Parser], ...] = (
    ("Celeb-real", "real", celeb_real),
    ("YouTube-real", "real", celeb_youtube),
    ("Celeb-synthesis", "fake", celeb_fake),
)


def read_celeb_v1(tree: Tree) -> Iterator[Row]:
    """Every video of Celeb-DF (v1)."""
    return _read(tree, "Celeb-DF-v1")


def read_celeb_v2(tree: Tree) -> Iterator[Row]:
    """Every video of Celeb-DF v2."""
    return _read(tree, "Celeb-DF-v2")


def _read(tree: Tree, dataset: str) -> Iterator[Row]:
    test = _test_list(tree)
    waiting = set(test or ())
    originals: dict[str, str] = {}
    for folder, label, parse in _FOLDERS:
        for path, origin in _videos(tree, folder, parse):
            listed = f"{folder}/{stem(path)}".casefold()
            waiting.discard(listed)
            if test is not None and test.get(listed, label) != label:
                tree.report.note("lines of the test list whose number contradicts the folder (1 is REAL)", path)
            if folder == "Celeb-real":
                originals[stem(path)] = path
            original = originals.get(origin.original, "") if label == "fake" else ""
            if label == "fake" and not original:
                tree.report.note("forgeries whose original is not there", path)
            split = "none" if test is None else "test" if listed in test else "train"
            manipulation = MANIPULATION if label == "fake" else ORIGINAL
            yield Row(path, label, "video", dataset, manipulation, split=split, subset=folder, target=origin.target,
                      source=origin.source, original=original, identities=origin.identities)  # fmt: skip
    for listed in sorted(waiting):
        tree.report.note("videos of the test list that are not there", listed)


def _videos(tree: Tree, name: str, parse: Parser) -> Iterator[tuple[str, Origin]]:
    """Videos directly in the folder, and in videos/ below it, where some put them."""
    folder = tree.folder(name)
    if folder is None:
        tree.report.note("folders of the owner's tree missing", name)
        return
    seen: set[str] = set()
    for path in (*tree.files(folder, VIDEO), *tree.files(tree.folder("videos", start=folder), VIDEO)):
        origin = parse(stem(path))
        if origin is None:
            tree.report.note("videos refused: their name is not the owner's pattern", path)
        elif stem(path) in seen:
            tree.report.note("videos in the folder and in its videos/, the first is taken", path)
        else:
            seen.add(stem(path))
            yield path, origin


def _test_list(tree: Tree) -> dict[str, str] | None:
    """folder/name in lower case -> label by the line's number; None without a list."""
    path = tree.list_file(LIST)
    if path is None:
        tree.report.note("test lists missing: split none", LIST)
        return None
    found: dict[str, str] = {}
    for line in read_lines(path):
        match = re.fullmatch(r"([01])\s+(.+?)[/\\](?:videos[/\\])?([^/\\]+)\.mp4", line, re.I)
        if match is None:
            tree.report.note("lines of the test list that cannot be read", line)
            continue
        label = "real" if match[1] == "1" else "fake"
        if found.setdefault(f"{match[2]}/{match[3]}".casefold(), label) != label:
            tree.report.note("videos in the test list with both numbers", line)
    return found
