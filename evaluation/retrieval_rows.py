"""Whether every row and click of the ExDDV CSV is read, and every oddity counted as plain counting finds it.

One item a row: what stands in the file, taken with the standard library alone, beside what the reader made of it.
"""

import csv
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from evaluation.results import Bar, Figures, Item
from evaluation.retrieval_eval import RetrievalContext
from media.open import sha256_of
from retrieval.annotations import Annotation
from retrieval.exddv import DATASETS, LICENCE

PART = "annotations"
PUBLISHED = {"rows": 4347, "clicks": 21282, "unsorted": 542, "out_of_range": 1, "repeated_videos": 1, "non_ascii": 2,
             "pairs_in_several_splits": 446, "real_rows": 0}  # fmt: skip
"""Counts of the file as published (commit dd9ce40), to compare a copy with."""
ODDITIES = ("misspelt_datasets", "unsorted", "out_of_range", "counted_from_one", "repeated_videos", "non_ascii",
            "pairs_in_several_splits", "real_rows_missing", "same_texts")  # fmt: skip


def run(context: RetrievalContext) -> None:
    """One item a row, and one with the reader's own report."""
    log = context.log(PART, rooms=(), csv=sha256_of(context.csv))
    annotations, report = context.read
    by_id = {a.id: a for a in annotations}
    with context.csv.open(encoding="utf-8", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream)):
            if f"{number:05d}" not in log:
                log.add(f"{number:05d}", kind="row", raw=raw_row(row), read=read_row(by_id.get(f"exddv-{row['id']}")))
    if "report" not in log:
        log.add("report", kind="report", report=report.to_dict())


def raw_row(row: dict[str, str]) -> Item:
    """A row of the file, counted without the project's reader."""
    clicks = json.loads(row["click_locations"])
    frames = [int(k) for k in clicks]
    points = [(v["x"], v["y"]) for v in clicks.values()]
    return {
        "id": row["id"], "video": [row["dataset"], row["manipulation"], row["movie_name"]], "text": row["text"],
        "split": row["split"], "annotator": row["username"], "difficulty": row["difficulty"], "clicks": len(points),
        "first_frame": min(frames, default=None), "last_frame": max(frames, default=None),
        "unsorted": frames != sorted(frames),
        "out_of_range": sum(not (0 <= x <= 1 and 0 <= y <= 1) for x, y in points),
    }  # fmt: skip


def read_row(annotation: Annotation | None) -> Item | None:
    """The same of what the reader made; None for a row that it dropped."""
    if annotation is None:
        return None
    frames = [c.frame for c in annotation.clicks if c.frame is not None]
    return {
        "video": list(annotation.video), "text": annotation.text, "split": annotation.split, "label": annotation.label,
        "annotator": annotation.annotator, "difficulty": annotation.difficulty, "clicks": len(annotation.clicks),
        "first_frame": min(frames, default=None), "last_frame": max(frames, default=None),
        "licence": annotation.licence, "regions": list(annotation.regions), "kinds": list(annotation.kinds),
    }  # fmt: skip


def figures(items: Sequence[Item]) -> Figures:
    """Counts of the file, of the reader, and where they differ."""
    rows = [i for i in items if i["kind"] == "row"]
    raw = [i["raw"] for i in rows]
    counted = count_raw(raw)
    reports = [i["report"] for i in items if i["kind"] == "report"]
    told = count_report(reports[0]) if reports else {}
    differing = sorted(k for k, v in told.items() if counted[k] != v)
    lost = [i["raw"]["id"] for i in rows if i["read"] is None]
    return {
        "counted": counted,
        "reader": told,
        "differing": differing,
        "rows_lost": lost,
        "clicks_lost": counted["clicks"] - sum(i["read"]["clicks"] for i in rows if i["read"]),
        "rows_misread": [i["raw"]["id"] for i in rows if i["read"] and misread(i["raw"], i["read"])],
        "oddities_found": [name for name in ODDITIES if counted[name]],
        "rows_fewer_than_published": {k: v - counted[k] for k, v in PUBLISHED.items()},
        "splits": dict(Counter(r["split"] for r in raw)),
        "annotators": dict(Counter(r["annotator"] for r in raw)),
        "difficulties": dict(Counter(r["difficulty"] for r in raw)),
        "datasets": dict(Counter(r["video"][0] for r in raw)),
        "frames": [min(r["first_frame"] for r in raw), max(r["last_frame"] for r in raw)] if raw else None,
    }


def misread(raw: Item, read: Item) -> bool:
    """Whether any field of a row came out otherwise than it stands in the file."""
    wanted = {
        "text": " ".join(raw["text"].split()), "split": raw["split"], "annotator": raw["annotator"],
        "difficulty": {"1": "easy", "2": "medium", "3": "hard"}[raw["difficulty"]], "clicks": raw["clicks"],
        "first_frame": raw["first_frame"] - 1, "last_frame": raw["last_frame"] - 1, "licence": LICENCE,
        "video": [DATASETS[raw["video"][0].lower()], *raw["video"][1:]],
    }  # fmt: skip
    return any(read[name] != value for name, value in wanted.items())


def count_raw(raw: Sequence[Item]) -> dict[str, Any]:
    """Everything the fact sheet lists, from the rows alone."""
    videos = Counter(tuple(r["video"]) for r in raw)
    pairs: dict[str, set[str]] = {}
    for r in raw:
        if r["video"][0] == "Farceforensics++":
            pairs.setdefault(r["video"][2], set()).add(r["split"])
    return {
        "rows": len(raw),
        "clicks": sum(r["clicks"] for r in raw),
        "misspelt_datasets": sum(r["video"][0] != DATASETS[r["video"][0].lower()] for r in raw),
        "unsorted": sum(r["unsorted"] for r in raw),
        "out_of_range": sum(r["out_of_range"] for r in raw),
        "counted_from_one": sum(r["first_frame"] >= 1 for r in raw if r["first_frame"] is not None),
        "repeated_videos": sum(n > 1 for n in videos.values()),
        "non_ascii": sum(not r["text"].isascii() for r in raw),
        "pair_names": len(pairs),
        "pairs_in_several_splits": sum(len(s) > 1 for s in pairs.values()),
        "real_rows": sum(r["video"][0] == "Original" for r in raw),
        "real_rows_missing": int(all(r["video"][0] != "Original" for r in raw)),
        "same_texts": len(raw) - len({" ".join(r["text"].split()) for r in raw}),
    }


def count_report(report: dict[str, Any]) -> dict[str, Any]:
    """The reader's report under the same names, as far as it has them."""
    return {
        "rows": report["rows"],
        "clicks": report["clicks"] + report["lost_clicks"],
        "misspelt_datasets": sum(report["renamed"].values()),
        "unsorted": report["unsorted"],
        "out_of_range": report["clamped"],
        "repeated_videos": len(report["repeated"]),
        "non_ascii": report["non_ascii"],
        "pair_names": report["pair_names"],
        "pairs_in_several_splits": report["pairs_across_splits"],
        "real_rows": report["labels"].get("real", 0),
        "same_texts": report["same_texts"],
    }


def bars(found: Figures) -> list[Bar]:
    """Nothing lost, nothing counted otherwise, every kind of oddity there."""
    return [
        Bar(PART, "rows of the CSV that were not read", len(found["rows_lost"]), 0, "<="),
        Bar(PART, "clicks of the CSV that were not read", found["clicks_lost"], 0, "<="),
        Bar(PART, "rows read otherwise than they stand there", len(found["rows_misread"]), 0, "<="),
        Bar(PART, "oddities that the reader counts otherwise", len(found["differing"]), 0, "<="),
        Bar(PART, "kinds of oddities found", len(found["oddities_found"]), len(ODDITIES), ">="),
    ]
