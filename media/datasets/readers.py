"""Every data set by its name: its reader, and the totals its owner states."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from media.datasets import celeb, deeperforensics, deepfakebench, dfdc, dfdcp, faceforensics, wilddeepfake
from media.datasets.records import Report, Row
from media.datasets.tree import Tree
from media.errors import BadRequest, UnreadableMedia

READERS: Mapping[str, Callable[[Tree], Iterator[Row]]] = {
    "faceforensics": faceforensics.read_faceforensics,
    "celeb-df-v1": celeb.read_celeb_v1,
    "celeb-df-v2": celeb.read_celeb_v2,
    "dfdc": dfdc.read_dfdc,
    "dfdcp": dfdcp.read_dfdcp,
    "wilddeepfake": wilddeepfake.read_wilddeepfake,
    "deeperforensics": deeperforensics.read_deeperforensics,
    "deepfakebench": deepfakebench.read_deepfakebench,
}
REALS_OF = {(deeperforensics.DATASET, "none"): (faceforensics.FFPP, "c23")}
"""(data set, compression) of forgeries -> those of their real class, where it is another data set's."""
_STATED: Mapping[tuple[str, str], int] = {
    **{(faceforensics.FFPP, m): 1000 for m in ("original", *faceforensics.METHODS)},
    (faceforensics.DFD, "original"): 363,
    (faceforensics.DFD, faceforensics.DFD_FOLDER): 3068,
    ("Celeb-DF-v1", "original"): 408,
    ("Celeb-DF-v1", celeb.MANIPULATION): 795,
    ("Celeb-DF-v2", "original"): 890,
    ("Celeb-DF-v2", celeb.MANIPULATION): 5639,
    (dfdc.DATASET, "original"): 23654,
    (dfdc.DATASET, "unknown"): 104500,
    (dfdcp.DATASET, "original"): 1131,
    **{(deeperforensics.DATASET, f"end_to_end{v}"): 1000 for v in (
        "", *(f"_level_{n}" for n in range(1, 6)), "_random_level",
        *(f"_mix_{n}_distortions" for n in (2, 3, 4)))},
    (deeperforensics.DATASET, "reenact_postprocess"): 1000,
}  # fmt: skip
"""Videos of a (data set, manipulation) at one compression, as the owners' own pages count them."""


def read_dataset(name: str, root: Path, below: str = "", lists: Path | None = None) -> tuple[list[Row], Report]:
    """All rows of a data set in a fixed order, and what was missing or contradictory.

    Args:
        name: one of `READERS`.
        root: the data root; below: folder of the data set below it.
        lists: folder of the owner's lists, when they do not lie in the tree.

    Raises:
        BadRequest: unknown name, no such folder, or nothing of the data set in it.
        UnreadableMedia: a list of the owner is damaged.
    """
    if name not in READERS:
        raise BadRequest(f"The data set {name!r} is not known; choose of {', '.join(READERS)}.")
    below = below.strip("/")
    if not (root / below).is_dir() or ".." in below.split("/"):
        raise BadRequest(f"There is no folder {below or root.name} below the data root.", str(root / below))
    report = Report()
    tree = Tree(root, report, below, lists)
    try:
        rows = list(READERS[name](tree))
    except ValueError as error:  # a name on disk that no row can hold, such as one with a backslash
        raise UnreadableMedia(
            "A file or folder name there cannot stand in a manifest; rename it.", str(error)
        ) from error
    except OSError as error:
        raise UnreadableMedia(f"A folder of {name} cannot be read: {error.strerror}.", str(error)) from error
    if not rows:
        there = ", ".join(tree.folders(below)[:8]) or "no folders"
        raise BadRequest(f"Nothing of {name} was found there: there are {there}. {report.text()}", str(root / below))
    _check_totals(rows, report)
    return rows, report


def _check_totals(rows: Sequence[Row], report: Report) -> None:
    """Note every group whose number of videos is not the one its owner states."""
    found = Counter((r.dataset, r.manipulation, r.compression) for r in rows if r.kind == "video")
    for (dataset, manipulation, level), count in found.items():
        stated = _STATED.get((dataset, manipulation))
        if stated is not None and count != stated:
            named = f"{dataset} {manipulation}{'' if level == 'none' else ' ' + level}"
            report.note("groups with another number of videos than their owner states", f"{named}: {count} of {stated}")
