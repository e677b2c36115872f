"""DFDCP, the DFDC preview: dataset.json at the root labels every video by its path; there is no validation split.

The method is the top folder of the path: folders further down repeat other methods' letters.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from media.datasets.dfdc import ABSENT, UNLABELLED
from media.datasets.records import ORIGINAL, Label, Row
from media.datasets.tree import VIDEO, Tree, join, read_json
from media.errors import BadRequest, UnreadableMedia

DATASET, LIST = "DFDCP", "dataset.json"
TOPS: dict[str, Label] = {"original_videos": "real", "method_A": "fake", "method_B": "fake"}


def read_dfdcp(tree: Tree) -> Iterator[Row]:
    """Every video that dataset.json labels.

    Raises:
        BadRequest: there is no dataset.json, so nothing is labelled.
    """
    path = tree.list_file(LIST)
    if path is None:
        raise BadRequest(
            f"DFDCP cannot be read without its {LIST}: it holds the labels. Put it at the data set's root."
        )
    data = read_json(path)
    if not isinstance(data, dict) or not all(isinstance(v, dict) for v in data.values()):
        raise UnreadableMedia(f"{LIST} must map paths to labels and sets; fetch it again.", str(path))
    taken = set()
    for key, entry in data.items():
        place = _place(tree, key)
        if place is None:
            tree.report.note(ABSENT, key)
            continue
        taken.add(place)
        row = _row(tree, key, place, entry)
        if row is not None:
            yield row
    for place in _all_videos(tree):
        if place not in taken:
            tree.report.note(UNLABELLED, place)


def _place(tree: Tree, key: str) -> str | None:
    """Where the video of a key is: at the key, or with videos/ below the top folder, where some put it."""
    top, *rest = key.replace("\\", "/").split("/")
    for way in ((top, *rest), (top, "videos", *rest)):
        path = join(tree.below, "/".join(way))
        if ".." not in way and tree.has(path):
            return path
    return None


def _row(tree: Tree, key: str, place: str, entry: Mapping[str, Any]) -> Row | None:
    top, *rest = key.replace("\\", "/").split("/")
    label, stated = TOPS.get(top), entry.get("label")
    if label is None or stated != label:
        tree.report.note("videos refused: label and top folder contradict each other", key)
        return None
    split = entry.get("set")
    if split not in ("train", "test"):
        tree.report.note("videos without a known set: split none", key)
        split = "none"
    people = [entry.get("target_id"), entry.get("swapped_id"), rest[0] if len(rest) > 1 else None]
    identities = tuple(sorted({f"dfdcp:{p}" for p in people if isinstance(p, str | int) and p != ""}))
    target = f"dfdcp:{key}" if label == "real" else ""  # which clip a forgery was made from is not said
    manipulation = top if label == "fake" else ORIGINAL
    return Row(place, label, "video", DATASET, manipulation, split=split, subset=top, target=target,
               identities=identities)  # fmt: skip


def _all_videos(tree: Tree) -> Iterator[str]:
    waiting = [f for top in TOPS if (f := tree.folder(top)) is not None]
    while waiting:
        folder = waiting.pop()
        yield from tree.files(folder, VIDEO)
        waiting += [join(folder, name) for name in tree.folders(folder)]
