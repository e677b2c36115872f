"""A data set's folders and files: listed in a fixed order, folder names matched loosely in case, oddities noted."""

import csv
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from media.datasets.records import Report
from media.errors import UnreadableMedia

VIDEO = (".mp4",)
PICTURE = (".png", ".jpg", ".jpeg")


@dataclass
class Tree:
    """The part of the data root in which one data set lies.

    Args:
        root: the data root; every path that is given out is relative to it.
        report: where oddities are noted.
        below: folder of the data set below the root, "" for the root itself.
        lists: folder of the owner's lists, when they do not lie in the tree.
    """

    root: Path
    report: Report
    below: str = ""
    lists: Path | None = None
    _seen: dict[str, tuple[list[str], dict[str, None]]] = field(default_factory=dict, repr=False)

    def folder(self, *names: str, start: str | None = None) -> str | None:
        """The folder with these names, one below the other, in any case; None when there is none."""
        place = self.below if start is None else start
        for name in names:
            fits = [d for d in self.folders(place) if d == name] or [
                d for d in self.folders(place) if d.casefold() == name.casefold()
            ]
            if not fits:
                return None
            place = join(place, fits[0])
        return place

    def folders(self, folder: str) -> list[str]:
        """Names of the folders in a folder."""
        return self._list(folder)[0]

    def files(self, folder: str | None, suffixes: tuple[str, ...]) -> list[str]:
        """Paths of the files with one of the suffixes directly in a folder; [] for None."""
        names = self._list(folder)[1] if folder is not None else ()
        return [join(folder or "", name) for name in names if name.lower().endswith(suffixes)]

    def has(self, path: str) -> bool:
        """Whether there is such a file."""
        folder, _, name = path.rpartition("/")
        return name in self._list(folder)[1]

    def list_file(self, *places: str) -> Path | None:
        """The first that exists of the owner's list files, looked for in `lists` and then in the tree."""
        for base in (self.lists, self.root / self.below):
            for place in places:
                if base is not None and (base / place).is_file():
                    return base / place
        return None

    def _list(self, folder: str) -> tuple[list[str], dict[str, None]]:
        """(folders, files), both in natural order; hidden ones are left out."""
        if folder not in self._seen:
            folders, files = [], []
            path = self.root / folder
            for entry in os.scandir(path) if path.is_dir() else ():
                if entry.name.startswith("."):
                    continue
                if entry.is_dir():
                    folders.append(entry.name)
                elif entry.is_file():
                    files.append(entry.name)
                else:
                    self.report.note("links that lead nowhere", join(folder, entry.name))
            self._seen[folder] = sorted(folders, key=natural), dict.fromkeys(sorted(files, key=natural))
        return self._seen[folder]

    def forget(self, folder: str) -> None:
        """Drop the listing of a folder that will not be asked for again (data sets of a million pictures)."""
        self._seen.pop(folder, None)


def join(folder: str, name: str) -> str:
    """folder/name, or name alone at the root."""
    return f"{folder}/{name}" if folder else name


def stem(path: str) -> str:
    """File name without its suffix."""
    return path.rpartition("/")[2].rpartition(".")[0]


def natural(name: str) -> list[tuple[int, int, str]]:
    """Sort key in which 2 comes before 10."""
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.split(r"(\d+)", name) if part]


def read_json(path: Path) -> Any:
    """The content of a JSON file.

    Raises:
        UnreadableMedia: it is none.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, OSError) as error:
        raise UnreadableMedia(
            f"{path.name} is not a readable JSON file; fetch it again.", f"{path}: {error}"
        ) from error


def read_lines(path: Path) -> list[str]:
    """Lines of a text file without the empty ones; a byte order mark is dropped.

    Raises:
        UnreadableMedia: it is no text.
    """
    try:
        return [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    except (UnicodeDecodeError, OSError) as error:
        raise UnreadableMedia(f"{path.name} is not a readable text file.", f"{path}: {error}") from error


def read_table(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Rows of a CSV file that has these columns.

    Raises:
        UnreadableMedia: it is no CSV or lacks a column.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = [c for c in columns if c not in (reader.fieldnames or ())]
            if missing:
                raise UnreadableMedia(f"{path.name} lacks the columns {', '.join(missing)}.", str(path))
            yield from reader
    except (csv.Error, UnicodeDecodeError) as error:
        raise UnreadableMedia(f"{path.name} is not a readable CSV file.", f"{path}: {error}") from error
