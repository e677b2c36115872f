"""Reader of the ExDDV annotations (arXiv 2503.14421): every row and click, and a count of each oddity.

The published CSV spells its data sets in its own way, counts frames from 1, leaves clicks unsorted, holds a click
outside the picture and one video twice. All of it is read; `ReadReport` says what was found.
"""

import csv
import json
import math
import re
from collections import Counter
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from media.errors import BadRequest, UnreadableMedia
from retrieval.annotations import SPLITS, Annotation, Click, Difficulty, Label, VideoKey
from retrieval.vocabulary import kinds_in, regions_in

LICENCE = "CC BY-NC-SA 4.0"
COLUMNS = ("id", "username", "movie_name", "text", "dataset", "manipulation", "click_locations", "difficulty", "split")
DATASETS: dict[str, str] = {
    "farceforensics++": "FaceForensics++",
    "faceforensics++": "FaceForensics++",
    "deeperforensics": "DeeperForensics-1.0",
    "deeperforensics-1.0": "DeeperForensics-1.0",
    "deepfakedetection": "DFDC",
    "dfdc": "DFDC",
    "biodeepav": "BioDeepAV",
    "original": "FaceForensics++",
}
"""Data set names as found, in lower case, and as written here ("DeepfakeDetection" holds clips of the DFDC)."""
ORIGINAL = "original"
DIFFICULTIES: dict[str, Difficulty] = {"1": "easy", "2": "medium", "3": "hard"}


@dataclass
class ReadReport:
    """What a reader met. Counters are by name; `dropped` lists rows that could not be read, with the reason.

    Attributes:
        renamed: data set names that were respelt; unsorted: rows whose clicks were put in order.
        clamped: clicks outside the picture, moved to its edge; lost_clicks: clicks that are no numbers.
        placeholders: rows whose only click means "none" (real videos).
        repeated: videos with more than one row; pairs_across_splits: FaceForensics++ pair names in several splits.
    """

    rows: int = 0
    clicks: int = 0
    splits: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    datasets: Counter[str] = field(default_factory=Counter)
    annotators: Counter[str] = field(default_factory=Counter)
    difficulties: Counter[str] = field(default_factory=Counter)
    renamed: Counter[str] = field(default_factory=Counter)
    unsorted: int = 0
    clamped: int = 0
    lost_clicks: int = 0
    placeholders: int = 0
    non_ascii: int = 0
    repeated: list[VideoKey] = field(default_factory=list)
    pair_names: int = 0
    pairs_across_splits: int = 0
    same_texts: int = 0
    without_region: int = 0
    dropped: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """For JSON; inner Counters become plain dictionaries."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return {k: dict(v) if isinstance(v, Counter) else v for k, v in values.items()}


def read_exddv(path: Path) -> tuple[list[Annotation], ReadReport]:
    """All annotations of an ExDDV CSV in the order of the file, and what was odd about it.

    Raises:
        BadRequest: no such file.
        UnreadableMedia: the file is not such a CSV.
    """
    if not path.is_file():
        raise BadRequest(f"There is no file {path}.")
    report, found = ReadReport(), {}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        missing = [c for c in COLUMNS if c not in (reader.fieldnames or ())]
        if missing:
            raise UnreadableMedia(
                f"{path.name} is no ExDDV file: it lacks the columns {', '.join(missing)}.", str(path)
            )
        try:
            for row in reader:
                _read_row(row, reader.line_num, found, report)
        except (csv.Error, UnicodeDecodeError) as error:
            raise UnreadableMedia(f"{path.name} is not a CSV file in UTF-8.", str(error)) from error
    annotations = list(found.values())
    _summarise(annotations, report)
    return annotations, report


def _read_row(row: dict[str, str], line: int, found: dict[str, Annotation], report: ReadReport) -> None:
    report.rows += 1
    before = (report.unsorted, report.clamped, report.lost_clicks, report.placeholders)
    try:
        annotation = _annotation(row, report)
    except (ValueError, TypeError, AttributeError) as error:
        report.unsorted, report.clamped, report.lost_clicks, report.placeholders = before
        report.dropped.append(f"line {line}: {error}")
        return
    if annotation.id in found:
        report.dropped.append(f"line {line}: the id {row['id']!r} was there already")
        return
    found[annotation.id] = annotation
    raw = row["dataset"].strip()
    if raw != annotation.dataset:
        report.renamed[f"{raw} -> {annotation.dataset}"] += 1


def _annotation(row: dict[str, str], report: ReadReport) -> Annotation:
    raw = row["dataset"].strip()
    dataset = DATASETS.get(raw.lower())
    if dataset is None:
        raise ValueError(f"unknown data set {raw!r}")
    split = row["split"].strip().lower()
    if split not in SPLITS:
        raise ValueError(f"unknown split {split!r}")
    level = row["difficulty"].strip()
    if level not in DIFFICULTIES:
        raise ValueError(f"unknown difficulty {level!r}")
    label: Label = "real" if raw.lower() == ORIGINAL else "fake"
    manipulation, name = row["manipulation"].strip() or ORIGINAL, row["movie_name"].strip()
    text = " ".join(row["text"].split())
    return Annotation(
        id=f"exddv-{row['id'].strip()}",
        text=text,
        dataset=dataset,
        manipulation=ORIGINAL if label == "real" else manipulation,
        name=name,
        label=label,
        clicks=read_clicks(row["click_locations"], report),
        difficulty=DIFFICULTIES[level],
        annotator=row["username"].strip(),
        split=split,
        licence=LICENCE,
        identities=identities_of(dataset, name),
        regions=regions_in(text),
        kinds=kinds_in(text),
    )


def read_clicks(text: str, report: ReadReport) -> tuple[Click, ...]:
    """Clicks of the JSON object {frame counted from 1: {"x", "y"}}, in order, frames counted from 0."""
    data = json.loads(text or "{}")
    items = [(int(key), value.get("x"), value.get("y")) for key, value in data.items()]
    if [k for k, _, _ in items] != sorted(k for k, _, _ in items):
        report.unsorted += 1
    if items == [(0, 0.0, 0.0)]:
        report.placeholders += 1
        return ()
    clicks = []
    for key, x, y in sorted(items, key=lambda item: item[0]):
        if not all(isinstance(v, int | float) and math.isfinite(v) for v in (x, y)):
            report.lost_clicks += 1
            continue
        inside = min(max(float(x), 0.0), 1.0), min(max(float(y), 0.0), 1.0)
        report.clamped += inside != (x, y)
        clicks.append(Click(*inside, frame=max(key - 1, 0)))
    return tuple(clicks)


def identities_of(dataset: str, name: str) -> tuple[str, ...]:
    """Whose footage and faces a video shows, from its name.

    FaceForensics++ names are TARGET_SOURCE.mp4, DeeperForensics ones TARGET_ACTOR.mp4 with a FaceForensics++ target;
    names of the others say nothing, so each video stands for itself.
    """
    stem = Path(name).stem
    if dataset == "FaceForensics++" and re.fullmatch(r"\d{3}(_\d{3})?", stem):
        return tuple(f"ffpp:{part}" for part in stem.split("_"))
    if dataset == "DeeperForensics-1.0" and (match := re.fullmatch(r"(\d{3})_([MW]\d+)", stem)):
        return f"ffpp:{match[1]}", f"actor:{match[2]}"
    return (f"{dataset.lower()}:{stem}",)


def _summarise(annotations: list[Annotation], report: ReadReport) -> None:
    pairs: dict[str, set[str]] = {}
    videos: Counter[VideoKey] = Counter()
    for a in annotations:
        report.clicks += len(a.clicks)
        report.splits[a.split] += 1
        report.labels[a.label] += 1
        report.datasets[a.dataset] += 1
        report.annotators[a.annotator] += 1
        report.difficulties[str(a.difficulty)] += 1
        report.non_ascii += not a.text.isascii()
        report.without_region += not a.regions
        videos[a.video] += 1
        if a.dataset == "FaceForensics++" and a.label == "fake":
            pairs.setdefault(a.name, set()).add(a.split)
    report.repeated = [video for video, count in videos.items() if count > 1]
    report.pair_names = len(pairs)
    report.pairs_across_splits = sum(len(splits) > 1 for splits in pairs.values())
    report.same_texts = len(annotations) - len({a.text for a in annotations})
