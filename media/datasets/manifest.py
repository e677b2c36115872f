"""Manifests on disk: JSON lines of rows, written whole or not at all; filters, checks, and what crosses splits."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from media.datasets.records import Report, Row, Split
from media.errors import BadRequest, UnreadableMedia

By = Literal["source", "identity"]


def write_manifest(path: Path, rows: Iterable[Row]) -> None:
    """Write one JSON object a row; an interruption leaves no half file under the name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    with partial.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row.to_dict(), ensure_ascii=False) + "\n")
    partial.replace(path)


def read_manifest(*paths: Path) -> list[Row]:
    """All rows of one or several manifests under the same data root.

    Raises:
        BadRequest: no such file, or no row in it.
        UnreadableMedia: a line that is no row; the sentence names it.
    """
    rows = []
    for path in paths:
        if not path.is_file():
            raise BadRequest(f"There is no manifest {path.name}; make one with `python -m media datasets`.", str(path))
        before = len(rows)
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                try:
                    data = json.loads(line)
                    if not isinstance(data, dict):
                        raise ValueError("not a JSON object")
                    rows.append(Row.from_dict(data))
                except ValueError as error:
                    raise UnreadableMedia(f"Line {number} of {path.name} is no row of a manifest: {error}.") from error
        if len(rows) == before:
            raise BadRequest(f"The manifest {path.name} is empty.", str(path))
    return rows


def select(
    rows: Iterable[Row],
    split: Collection[str] = (),
    compression: Collection[str] = (),
    manipulation: Collection[str] = (),
    dataset: Collection[str] = (),
    label: Collection[str] = (),
) -> list[Row]:
    """The rows whose values are among the given ones; an empty filter lets everything through.

    "original" counts as a manipulation: a filter by method that shall keep the real ones names it too.
    """
    filters = {
        "split": split, "compression": compression, "manipulation": manipulation, "dataset": dataset, "label": label,
    }  # fmt: skip
    active = {name: set(values) for name, values in filters.items() if values}
    return [row for row in rows if all(getattr(row, name) in values for name, values in active.items())]


def count_table(rows: Iterable[Row]) -> str:
    """Videos and pictures by data set, manipulation, compression, split and label, as a text table."""
    files: Counter[tuple[str, ...]] = Counter()
    videos: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in rows:
        group = (row.dataset, row.manipulation, row.compression, row.split, row.label)
        files[group] += 1
        videos[group].add(row.video_id)
    head = ("dataset", "manipulation", "compression", "split", "label", "videos", "files")
    lines = [head, *((*group, str(len(videos[group])), str(files[group])) for group in sorted(files))]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in lines)


def check_rows(rows: Sequence[Row], root: Path | None = None) -> Report:
    """What is wrong with a manifest as a whole; an empty report means that nothing was found.

    Args:
        root: the data root; with it, files, originals and masks that are missing or empty are noted too.
    """
    report, seen = Report(), set()
    meant: dict[str, tuple[str, ...]] = {}
    reals = {row.path for row in rows if row.label == "real"}
    labels: dict[str, str] = {}
    datasets = {row.dataset for row in rows if row.label == "real"}
    for row in rows:
        if row.key in seen:
            report.note("rows that repeat another", row.key)
        seen.add(row.key)
        if labels.setdefault(row.path, row.label) != row.label:
            report.note("files that stand there as real and as fake", row.path)
        if meant.setdefault(row.video_id, (row.label, row.split)) != (row.label, row.split):
            report.note("pictures whose video has another label or split elsewhere", row.key)
        if row.original and row.dataset in datasets and row.original not in reals:
            report.note("originals that are no real row", row.original)
        if root is not None:
            _check_files(row, root, report)
    return report


def _check_files(row: Row, root: Path, report: Report) -> None:
    for what, path in (("files", row.path), ("originals", row.original), ("masks", row.mask)):
        if path and not (root / path).is_file():
            report.note(f"{what} that are not below the data root", path)
        elif path and (root / path).stat().st_size == 0:
            report.note(f"{what} of 0 bytes", path)


@dataclass(frozen=True)
class Crossing:
    """What two splits share.

    Attributes:
        shared: id -> videos that carry it in the first and in the second split.
        silent: videos of either split that name no id at all, of which nothing can be said.
    """

    shared: dict[str, tuple[int, int]]
    silent: tuple[int, int]

    @property
    def disjoint(self) -> bool:
        """Whether nothing that is known crosses."""
        return not self.shared


def marks(row: Row, by: By) -> set[str]:
    """The ids of a row: "source" its footage (target and source), "identity" also people and shared downloads."""
    return {i for i in (row.target, row.source) if i} if by == "source" else set(row.identities)


def crossings(rows: Iterable[Row], first: Split, second: Split, by: By = "source") -> Crossing:
    """What occurs in both splits: a forgery's target or source must not be a scene, face or motion of the other."""
    if first == second:
        raise BadRequest(f"Two different splits are needed, not {first} twice.")
    videos: dict[str, dict[str, set[str]]] = {first: defaultdict(set), second: defaultdict(set)}
    silent: dict[str, set[str]] = {first: set(), second: set()}
    for row in rows:
        if row.split in videos:
            for mark in marks(row, by):
                videos[row.split][mark].add(row.video_id)
            if not marks(row, by):
                silent[row.split].add(row.video_id)
    one, other = videos[first], videos[second]
    shared = {mark: (len(one[mark]), len(other[mark])) for mark in sorted(one.keys() & other.keys())}
    return Crossing(shared, (len(silent[first]), len(silent[second])))
