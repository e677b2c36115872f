"""The record of one annotation and its JSONL file; readers of other formats make the same record."""

import json
import math
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal, Self, get_args

from media.errors import BadRequest, UnreadableMedia
from media.records import tuples
from media.regions import REGIONS
from retrieval.vocabulary import KINDS, kinds_in, regions_in

Split = Literal["train", "val", "test", "left_out"]
Difficulty = Literal["easy", "medium", "hard"]
Label = Literal["fake", "real"]
SPLITS: tuple[Split, ...] = ("train", "val", "test")
VideoKey = tuple[str, str, str]
"""(dataset, manipulation, file name): what makes a video."""


@dataclass(frozen=True)
class Click:
    """A place a person pointed at: x, y in [0, 1] of the frame's width and height, and when.

    frame counts from 0; it is the frame shown, off by the person's delay. time is in seconds from exact pts. A reader
    fills what its source knows: at least one of the two.
    """

    x: float
    y: float
    frame: int | None = None
    time: float | None = None

    def __post_init__(self) -> None:
        if not (0.0 <= self.x <= 1.0 and 0.0 <= self.y <= 1.0):
            raise ValueError(f"a click lies in [0, 1] x [0, 1], got ({self.x}, {self.y})")
        if self.frame is None and self.time is None:
            raise ValueError("a click needs a frame or a time")
        if self.frame is not None and self.frame < 0:
            raise ValueError(f"frames count from 0, got {self.frame}")
        if self.time is not None and not (math.isfinite(self.time) and self.time >= 0):
            raise ValueError(f"a click's time is in seconds from the start, got {self.time}")


@dataclass(frozen=True)
class Annotation:
    """What one person wrote about one video.

    Attributes:
        id: unique over all sources, e.g. "exddv-17".
        text: the description; never empty.
        dataset, manipulation, name: the video; `dataset` in the project's spelling (retrieval/exddv.py).
        label: "fake" or "real", as the source states it.
        clicks: in order of time; empty when the person clicked nowhere.
        regions, kinds: registry ids and artifact kinds that the text names.
        split: the source's own split; identities: whose faces and footage are in it, e.g. "ffpp:553".
        licence: of the text and clicks; it goes wherever they go.
        simulated: whether the picture and its description were made by a program.
    """

    id: str
    text: str
    dataset: str
    manipulation: str
    name: str
    label: Label = "fake"
    clicks: tuple[Click, ...] = ()
    regions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    difficulty: Difficulty | None = None
    annotator: str = ""
    split: Split = "train"
    licence: str = ""
    identities: tuple[str, ...] = ()
    simulated: bool = False

    def __post_init__(self) -> None:
        empty = [n for n in ("id", "text", "dataset", "name", "licence") if not str(getattr(self, n)).strip()]
        unknown = [r for r in self.regions if r not in REGIONS] + [k for k in self.kinds if k not in KINDS]
        problems = [f"{name} is empty" for name in empty] + [f"unknown region or kind {name!r}" for name in unknown]
        if self.label not in get_args(Label):
            problems.append(f"label is fake or real, got {self.label!r}")
        if self.split not in get_args(Split):
            problems.append(f"split is one of {', '.join(get_args(Split))}, got {self.split!r}")
        if self.difficulty is not None and self.difficulty not in get_args(Difficulty):
            problems.append(f"difficulty is easy, medium or hard, got {self.difficulty!r}")
        if list(self.clicks) != sorted(self.clicks, key=click_order):
            problems.append("clicks are not in order of time")
        if problems:
            raise ValueError(f"annotation {self.id!r}: " + "; ".join(problems))

    @property
    def video(self) -> VideoKey:
        """(dataset, manipulation, name)."""
        return self.dataset, self.manipulation, self.name

    def with_words_read(self) -> Self:
        """The same annotation with regions and kinds taken from its text."""
        return replace(self, regions=regions_in(self.text), kinds=kinds_in(self.text))

    def to_dict(self) -> dict[str, Any]:
        """A JSON object; inverse of `from_dict`."""
        data = {field.name: getattr(self, field.name) for field in fields(self)}
        data["clicks"] = [{k: v for k, v in vars(click).items() if v is not None} for click in self.clicks]
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Rebuild and validate; unknown fields are an error."""
        data = tuples(data)
        data["clicks"] = tuple(Click(**click) for click in data.get("clicks", ()))
        return cls(**data)


def click_order(click: Click) -> tuple[float, float]:
    """Sort key: by frame, else by time."""
    return float(click.frame if click.frame is not None else -1), click.time or 0.0


def write_jsonl(annotations: Iterable[Annotation], path: Path) -> None:
    """One JSON object a line; the file appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with part.open("w", encoding="utf-8") as stream:
        for annotation in annotations:
            stream.write(json.dumps(annotation.to_dict(), ensure_ascii=False) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(part, path)


def read_jsonl(path: Path) -> list[Annotation]:
    """Annotations of a file written by `write_jsonl`; UnreadableMedia names the first wrong line."""
    found = list(_lines(path))
    ids = [a.id for a in found]
    if len(set(ids)) != len(ids):
        twice = next(i for i in ids if ids.count(i) > 1)
        raise UnreadableMedia(f"{path.name} holds the annotation {twice!r} twice.", str(path))
    return found


def _lines(path: Path) -> Iterator[Annotation]:
    if not path.is_file():
        raise BadRequest(f"There is no file {path}.")
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                yield Annotation.from_dict(json.loads(line))
            except (ValueError, TypeError, AttributeError) as error:
                raise UnreadableMedia(f"Line {number} of {path.name} is not an annotation.", str(error)) from error
