"""A benchmark by its manifest: AUC and AP of the frame detector per data set and manipulation, at video level.

Protocol as in `deepfake_eval`: 32 uniform frames a video (of videos shipped as pictures, 32 pictures evenly spread), a
frame's score is that of its highest face, a video's the mean over its frames with a face. A method's forgeries stand
against the real videos of the same data set and compression; those of DeeperForensics-1.0 against FaceForensics++ c23,
as its owners ask. Videos that cannot be read or show no face are counted beside each figure. Nothing may be fitted or
chosen on the figures.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from evaluation import metrics
from evaluation.context import Context
from evaluation.deepfake_eval import FRAMES, Clip, count_looks, frame_figures, record_look, score_clip, video_scores
from evaluation.results import Bar, Figures, Item, ItemLog
from media.datasets.manifest import read_manifest, select
from media.datasets.readers import REALS_OF
from media.datasets.records import ORIGINAL, Row
from media.errors import BadRequest, ForgeryAssistantError
from media.sampling import uniform_positions

PART = "manifest"
MEASURED = ("test", "none")
"""Splits that are scored when none is asked for; "none" holds the data sets without an official split, such as DFD."""


@dataclass
class ManifestContext(Context):
    """A run over manifests; `data` is the root that their paths are relative to.

    Args:
        manifests: the files.
        splits, compressions, manipulations: what is scored; () of the last two is everything. Real videos of a kept
            compression are always scored: AUC needs them.

    Attributes:
        rows: the chosen rows.

    Raises:
        BadRequest: no such manifest or data root, or nothing of the manifest is chosen.
    """

    manifests: tuple[Path, ...] = ()
    splits: tuple[str, ...] = MEASURED
    compressions: tuple[str, ...] = ()
    manipulations: tuple[str, ...] = ()
    rows: list[Row] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if not self.data.is_dir():
            raise BadRequest(f"There is no folder {self.data.name}; --data is the root of the manifest's paths.")
        everything = read_manifest(*self.manifests)
        kept = (*self.manipulations, ORIGINAL) if self.manipulations else ()
        self.rows = select(everything, self.splits, self.compressions, kept)
        if not self.rows:
            there = ", ".join(sorted({f"{r.split} at {r.compression}" for r in everything}))
            raise BadRequest(
                f"Nothing in the manifest fits; it holds {there}. Choose with --splits and --compressions."
            )


@dataclass(frozen=True)
class ManifestClip(Clip):
    """A file of a manifest: `key` names it, because bare file names repeat."""

    key: str = ""

    @property
    def name(self) -> str:
        """The row's key."""
        return self.key


class Group(NamedTuple):
    """What a row belongs to; its parts hold no "/"."""

    dataset: str
    manipulation: str
    compression: str
    split: str


def clips_of(rows: Iterable[Row], root: Path, cut: Callable[[list[str]], list[str]]) -> list[ManifestClip]:
    """The files to score, in the manifest's order: at most `FRAMES` pictures of a video shipped as pictures.

    Args:
        cut: thins out the videos of one group and label.
    """
    videos: dict[str, list[Row]] = defaultdict(list)
    groups: dict[tuple[Group, str], list[str]] = defaultdict(list)
    for row in rows:
        if row.video_id not in videos:
            groups[_group(row), row.label].append(row.video_id)
        videos[row.video_id].append(row)
    kept = {video for members in groups.values() for video in cut(members)}
    clips = []
    for video, members in videos.items():
        for position in uniform_positions(len(members), FRAMES) if video in kept else ():
            row = members[position]
            clips.append(ManifestClip(root / row.path, "/".join(_group(row)), row.label, video, row.key))
    return clips


def _group(row: Row) -> Group:
    return Group(row.dataset, row.manipulation, row.compression, row.split)


def run(context: ManifestContext) -> None:
    """Score what is not scored yet; a new set of weights, or another choice of rows, is one more look."""
    clips = clips_of(context.rows, context.data, context.cut)
    digest = hashlib.sha256("\n".join(f"{c.name} {c.source} {c.label}" for c in clips).encode()).hexdigest()
    log = context.log(PART, frames=FRAMES, clips=digest)
    done = {item["file"] for item in log.items if item["last"]}
    todo = [clip for clip in clips if clip.name not in done]
    if not todo:
        return
    looks = count_looks(context.looks) if log.resumed else 0
    looks = looks or record_look(context.looks, context.weights_hash("kfd"), len(todo), "manifest")
    for clip in context.track(todo, len(todo), "manifest"):
        try:
            score_clip(context.predictor, context.finder, clip, log, looks)
        except ForgeryAssistantError as error:
            _add_unreadable(log, clip, error, looks)


def _add_unreadable(log: ItemLog, clip: Clip, error: ForgeryAssistantError, looks: int) -> None:
    """An item for a file that could not be read: counted, never dropped."""
    log.add(
        f"{clip.name}#unreadable", file=clip.name, source=clip.source, label=clip.label, video=clip.video, score=None,
        logit=None, word=None, reasons=(), looks=looks, last=True, error=error.message,
    )  # fmt: skip


def figures(items: Sequence[Item], seed: int = 0) -> Figures:
    """Everything that is reported, from the saved items alone."""
    videos = {v: (Group(*s.split("/")), label, score) for v, (s, label, score) in video_scores(items).items()}
    frames: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        frames[item["video"]].append(item)
    methods: dict[str, list[str]] = defaultdict(list)
    whole: dict[str, list[str]] = defaultdict(list)
    reals: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, (group, label, _) in sorted(videos.items()):
        if label == "real":
            reals[group.dataset, group.compression].append(name)
        else:
            methods["/".join(group[:3])].append(name)
            whole[f"{group.dataset}/all/{group.compression}"].append(name)

    def compare(fakes: list[str]) -> Figures:
        group = videos[fakes[0]][0]
        own = (group.dataset, group.compression)
        against = REALS_OF.get(own, own)
        return _compare(fakes, reals[against], "/".join(against), videos, frames, seed)

    return {
        "manipulations": {name: compare(fakes) for name, fakes in sorted(methods.items())},
        "datasets": {name: compare(fakes) for name, fakes in sorted(whole.items())},
        "videos": {name: score for name, (*_, score) in sorted(videos.items())},
        "unreadable": {i["file"]: i["error"] for i in items if "error" in i},
        **frame_figures(items),
    }


Videos = dict[str, tuple[Group, str, float | None]]


def _compare(
    fakes: list[str], reals: list[str], against: str, videos: Videos, frames: dict[str, list[Item]], seed: int
) -> Figures:
    """Forgeries against real videos, with the videos that gave no score counted; values are None without a class."""
    scored = [name for name in (*fakes, *reals) if videos[name][2] is not None]
    labels = [int(videos[name][1] == "fake") for name in scored]
    scores = [float(videos[name][2] or 0.0) for name in scored]
    found: Figures = {
        "real_class": against,
        "fakes": len(fakes),
        "reals": len(reals),
        "share_fake": sum(labels) / len(labels) if labels else None,
        "fakes_without_score": sum(videos[name][2] is None for name in fakes),
        "reals_without_score": sum(videos[name][2] is None for name in reals),
        "splits": dict(Counter(videos[name][0].split for name in (*fakes, *reals))),
    }
    single = [i for name in scored for i in frames[name] if i["score"] is not None]
    found["frame_auc"] = metrics.auc([i["label"] == "fake" for i in single], [i["score"] for i in single])
    for name, statistic in (("auc", metrics.auc), ("ap", metrics.average_precision)):
        both = 0 in labels and 1 in labels  # AP of forgeries alone would be 1 whatever their scores
        rng = np.random.default_rng(seed)
        interval = metrics.bootstrap_by_group(labels, scores, scored, statistic, rng) if both else None
        found[name] = interval.value if interval else None
        found[f"{name}_interval"] = [interval.low, interval.high] if interval else None
    return found


def bars(found: Figures) -> list[Bar]:
    """No promise is made on data sets that a user brings."""
    return []


def draw(found: Figures, out: Path) -> None:
    """Write OUT/manifest.md."""
    (out / "manifest.md").write_text(table_text(found), encoding="utf-8")


def table_text(found: Figures) -> str:
    """A markdown table: data sets first, then their manipulations."""
    lines = [f"# By manifest ({found['protocol']})", ""]
    lines += ["| forgeries | against | AUC (95 %) | AP (95 %) | frame AUC | fake / real | no score | splits |"]
    lines += ["|---|---|---|---|---|---|---|---|"]
    for name, row in (*found["datasets"].items(), *found["manipulations"].items()):
        cells = [name, row["real_class"], *(_cell(row, key) for key in ("auc", "ap", "frame_auc"))]
        cells += [f"{row['fakes']} / {row['reals']}", f"{row['fakes_without_score']} / {row['reals_without_score']}"]
        cells += [", ".join(f"{split} {count}" for split, count in sorted(row["splits"].items()))]
        lines.append("| " + " | ".join(cells) + " |")
    lines += ["", f"Files that could not be read: {len(found['unreadable'])}; they count as videos without a score."]
    return "\n".join(lines) + "\n"


def _cell(row: dict[str, Any], key: str) -> str:
    if row[key] is None or not np.isfinite(row[key]):
        return "-"
    interval = row.get(f"{key}_interval")
    return f"{row[key]:.3f}" + (f" ({interval[0]:.3f}-{interval[1]:.3f})" if interval else "")
