"""One line of a manifest, and the report of what a reader found missing or contradictory.

Paths are relative to the data root, with "/" between their parts. Ids are strings and never numbers: "004" is not 4.
"""

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self, get_args

from media.records import tuples

Label = Literal["real", "fake"]
Kind = Literal["video", "image"]
Split = Literal["train", "val", "test", "none"]
SPLITS: tuple[Split, ...] = ("train", "val", "test")
"""The splits that an owner can name; "none" stands for no or no trustworthy split."""
COMPRESSIONS = ("raw", "c23", "c40", "none")
ORIGINAL = "original"
UNKNOWN = "unknown"
_EXAMPLES = 5


def video_key(dataset: str, manipulation: str, compression: str, path: str) -> str:
    """A video's name across data sets: bare file names repeat, this does not."""
    return f"{dataset}/{manipulation}/{compression}/{path}"


@dataclass(frozen=True, slots=True)
class Row:
    """A video, or one picture of a video that is shipped as pictures.

    Attributes:
        path: the file, relative to the data root.
        label: by name; 0 and 1 are for whoever computes with it (fake = 1).
        dataset: as written here, e.g. "FaceForensics++"; manipulation: the owner's word, "original" for real ones,
            "unknown" where the owner does not say.
        compression: "raw", "c23", "c40" of FaceForensics++, "none" for data sets without such levels.
        split: the owner's; subset: a named part of the owner's or of a paper.
        target: the footage whose scene is kept, for real ones their own; source: where the face or motion comes from.
            Both as "namespace:id" ("ffpp:004"), so that they can be compared across data sets. Empty: not known.
        original: path of the target's real video, only if that file is there; mask: path of the mask video or picture.
        video_id: groups the pictures of one video; of a video its own `key`.
        identities: people or footage ids seen or used, as "namespace:id".
    """

    path: str
    label: Label
    kind: Kind
    dataset: str
    manipulation: str
    compression: str = "none"
    split: Split = "none"
    subset: str = ""
    target: str = ""
    source: str = ""
    original: str = ""
    mask: str = ""
    video_id: str = ""
    identities: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, value, known in (
            ("label", self.label, get_args(Label)),
            ("kind", self.kind, get_args(Kind)),
            ("split", self.split, get_args(Split)),
            ("compression", self.compression, COMPRESSIONS),
        ):
            _require(value in known, f"{name} must be one of {', '.join(known)}, got {value!r}")
        for name in ("dataset", "manipulation"):  # parts of keys
            value = getattr(self, name)
            _require(bool(value) and "/" not in value, f"{name} must be a word without '/', got {value!r}")
        _require(bool(self.path), "path is empty")
        for name in ("path", "original", "mask"):
            value = getattr(self, name)
            inside = not value.startswith("/") and "\\" not in value and ".." not in value.split("/")
            _require(inside, f"{name} must be relative to the data root, with '/', got {value!r}")
            value.encode()  # a name that is no Unicode raises here
        real = self.label == "real"
        _require(real == (self.manipulation == ORIGINAL), f"label {self.label} but manipulation {self.manipulation!r}")
        _require(not (real and (self.source or self.original)), "a real row has no source and no original")
        if self.kind == "video":
            _require(self.video_id in ("", self.key), f"video_id of a video must be its key {self.key!r}")
            object.__setattr__(self, "video_id", self.key)
        _require(bool(self.video_id), "a picture needs the video_id of its video")

    @property
    def key(self) -> str:
        """Data set, manipulation, compression and path: one row each."""
        return video_key(self.dataset, self.manipulation, self.compression, self.path)

    def to_dict(self) -> dict[str, Any]:
        """For JSON; empty fields are left out."""
        return {f.name: value for f in dataclasses.fields(self) if (value := getattr(self, f.name))}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """From what `to_dict` gave.

        Raises:
            ValueError: unknown or missing fields, or values of the wrong type or outside the rules.
        """
        known = {f.name: f for f in dataclasses.fields(cls)}
        _require(not set(data) - set(known), f"unknown fields {sorted(set(data) - set(known))}")
        needed = {n for n, f in known.items() if f.default is dataclasses.MISSING}
        _require(not needed - set(data), f"missing fields {sorted(needed - set(data))}")
        for name, value in data.items():
            texts = value if name == "identities" else [value]
            fits = isinstance(texts, list) and all(isinstance(v, str) for v in texts)
            _require(fits, f"{name} must be text, got {value!r}")
        return cls(**tuples(data))


@dataclass
class Report:
    """What a reader or a check met, each kind of thing said once with its count and the first examples."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def note(self, what: str, example: str = "") -> None:
        """Count one more case of `what`, a phrase that reads after a number."""
        self.counts[what] += 1
        if example and len(self.examples[what]) < _EXAMPLES:
            self.examples[what].append(example)

    def to_dict(self) -> dict[str, Any]:
        """what -> {"count", "examples"}."""
        return {what: {"count": n, "examples": self.examples.get(what, [])} for what, n in self.counts.items()}

    def text(self) -> str:
        """One line a kind of thing; empty when there was nothing."""
        lines = []
        for what, count in self.counts.items():
            shown = self.examples.get(what, [])
            more = f" ({', '.join(shown)}{', ...' if count > len(shown) else ''})" if shown else ""
            lines.append(f"{count} x {what}{more}")
        return "\n".join(lines)


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise ValueError(message)
