"""Per-item results on disk: written item by item, continued after an interruption, and the source of every figure.

OUT/items/PART.jsonl holds a head line (part, fingerprint) and then one JSON object an item with a unique "key".
OUT/figures.json and OUT/bars.md are computed from these files alone, so `from-items` reproduces them.
"""

import json
import math
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

Item = dict[str, Any]
Figures = dict[str, Any]


def plain(value: Any) -> Any:
    """Turn numpy values, tuples and NaN into what JSON can hold; floats keep nine significant digits."""
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v) for v in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float):
        return float(f"{value:.9g}") if math.isfinite(value) else None
    return value


def read_items(path: Path) -> tuple[Item, list[Item]]:
    """Read a per-item file.

    Returns:
        its head and its items; a half-written last line (an interrupted run) is left out.
    """
    head: Item = {}
    items: list[Item] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            record = json.loads(line)
        except json.JSONDecodeError:
            continue
        if record.get("record") == "head":
            head = record
        else:
            items.append(record)
    return head, items


class ItemLog:
    """The items of one part, appended as they are measured.

    A file written under another fingerprint (other weights, preset or limit) is kept as PART.old.jsonl and begun anew.

    Args:
        folder: OUT/items, made when missing.
        part: name of the part.
        fingerprint: what the items depend on; JSON values.
    """

    def __init__(self, folder: Path, part: str, fingerprint: Mapping[str, Any]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"{part}.jsonl"
        wanted = plain(fingerprint)
        self.items: list[Item] = []
        if self.path.exists():
            head, self.items = read_items(self.path)
            if head.get("fingerprint") != wanted:
                self.path.replace(folder / f"{part}.old.jsonl")
                self.items = []
        self.resumed = len(self.items)
        self.keys = {item["key"] for item in self.items}
        partial = self.path.with_suffix(".partial")
        lines = [{"record": "head", "part": part, "fingerprint": wanted}, *self.items]
        partial.write_text("".join(_line(record) for record in lines), encoding="utf-8")
        os.replace(partial, self.path)

    def __contains__(self, key: str) -> bool:
        return key in self.keys

    def add(self, key: str, **values: Any) -> Item:
        """Append one item; a key may come only once."""
        if key in self.keys:
            raise ValueError(f"item {key!r} was already saved in {self.path.name}")
        item = plain({"key": key, **values})
        with self.path.open("a", encoding="utf-8") as file:
            file.write(_line(item))
        self.keys.add(key)
        self.items.append(item)
        return item


def _line(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n"


def batches(values: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Cut a stream into lists of `size`; the last may be shorter."""
    group: list[Any] = []
    for value in values:
        group.append(value)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group


@dataclass(frozen=True)
class Bar:
    """One promise: a figure, its direction and its limit. value None means it was not measured."""

    part: str
    name: str
    value: float | None
    limit: float
    sense: Literal[">=", "<="]
    aim: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the bar is met; None when it was not measured."""
        if self.value is None or not math.isfinite(self.value):
            return None
        return self.value >= self.limit if self.sense == ">=" else self.value <= self.limit


def bar_table(bars: Sequence[Bar]) -> str:
    """The bars as a markdown table: what, measured value, limit, met or not."""
    words = {True: "met", False: "**not met**", None: "not measured"}
    lines = ["| part | what | value | bar | |", "|---|---|---|---|---|"]
    for bar in bars:
        value = "-" if bar.value is None else f"{bar.value:.4g}"
        aim = f" (aim {bar.aim:g})" if bar.aim is not None else ""
        lines.append(f"| {bar.part} | {bar.name} | {value} | {bar.sense} {bar.limit:g}{aim} | {words[bar.met]} |")
    return "\n".join(lines) + "\n"


def write_figures(out: Path, figures: Mapping[str, Figures], bars: Sequence[Bar]) -> None:
    """Write OUT/figures.json and OUT/bars.md; the same items always give the same bytes."""
    record = {"figures": plain(figures), "bars": [plain(asdict(bar)) | {"met": bar.met} for bar in bars]}
    text = json.dumps(record, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False)
    (out / "figures.json").write_text(text + "\n", encoding="utf-8")
    (out / "bars.md").write_text(bar_table(bars), encoding="utf-8")


def mean(values: Iterable[float | None]) -> float | None:
    """Mean of what was measured, None when nothing was."""
    known = [float(v) for v in values if v is not None]
    return sum(known) / len(known) if known else None


def share(flags: Iterable[bool | None]) -> float | None:
    """Share of true ones, None for an empty list; None among the flags counts as not asked and is left out."""
    return mean(None if flag is None else float(flag) for flag in flags)
