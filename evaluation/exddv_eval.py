"""Sentences about ExDDV's test videos against what people wrote: baselines, ablations, any system's predictions.

One item a split, system, seed and test row: the sentence, the reference, all scores. Figures are means over rows; with
several seeds the mean of the runs and their standard deviation (n - 1); overall, by annotator, by difficulty. On the
"identity" split no person of the test rows is in training. Predictions belong to the official test split.
"""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import stdev
from typing import Any

from evaluation.exddv_context import ExddvContext, Run
from evaluation.exddv_scores import METRICS
from evaluation.results import Bar, Figures, Item, ItemLog, batches, mean
from retrieval.splits import SplitKind

PART = "exddv"
SPLITS: tuple[SplitKind, ...] = ("official", "identity")
_BATCH = 64
NO_VIDEOS = "needs the annotated videos: --videos ROOT"


def run(context: ExddvContext) -> None:
    """Score what is not scored yet."""
    from evaluation.exddv_systems import text_runs

    log = context.log(PART, ("kfd",) if context.videos else (), **context.scorer.fingerprint(), **context.marks())
    for kind in SPLITS:
        if f"rows/{kind}" not in log:
            log.add(f"rows/{kind}", split=kind, rows=len(context.held_out(kind)))
        _score(context, log, kind, text_runs(context, kind))
    _score(context, log, "official", context.runs)
    missing = dict(context.scorer.not_measured)
    if context.videos is None:
        missing |= {"search by frames, ablations over level and mask radius": NO_VIDEOS}
    else:
        from evaluation.exddv_frames import frame_runs

        _score(context, log, "official", frame_runs(context))
    if not context.runs:
        missing |= {"systems with a language model": "needs their sentences: --predictions FILE"}
    for what, why in missing.items():
        if f"not measured/{what}" not in log:
            log.add(f"not measured/{what}", what=what, reason=why)


def _score(context: ExddvContext, log: ItemLog, kind: SplitKind, runs: Sequence[Run]) -> None:
    rows = {a.id: a for a in context.held_out(kind)}
    for one in runs:
        keys = {name: f"{kind}/{one.system}/{one.seed}/{name}" for name in one.texts if name in rows}
        todo = [name for name, key in keys.items() if key not in log]
        for group in context.track(batches(todo, _BATCH), -(-len(todo) // _BATCH), f"{kind}: {one.system}"):
            scores = context.scorer.score([one.texts[n] for n in group], [rows[n].text for n in group])
            for name, found in zip(group, scores, strict=True):
                row = rows[name]
                log.add(keys[name], split=kind, system=one.system, seed=one.seed, id=name, text=one.texts[name],
                        reference=row.text, annotator=row.annotator, difficulty=row.difficulty, label=row.label,
                        scores=found)  # fmt: skip


def figures(items: Sequence[Item]) -> Figures:
    """split -> system -> rows, scores, by annotator, by difficulty; and what was not measured."""
    wanted = {i["split"]: i["rows"] for i in items if "rows" in i}
    groups: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        if "scores" in item:
            groups[item["split"], item["system"]].append(item)
    table: dict[str, dict[str, Any]] = {}
    for (split, system), rows in groups.items():
        seeds = {i["seed"] for i in rows}
        table.setdefault(split, {})[system] = {
            "seeds": len(seeds),
            "rows": len(rows) / len(seeds),
            "missing": wanted[split] * len(seeds) - len(rows),
            "scores": summary(rows),
            "by_annotator": _by(rows, "annotator"),
            "by_difficulty": _by(rows, "difficulty"),
        }
    labels = [i["label"] for i in {i["id"]: i for i in items if "scores" in i and i["split"] == "official"}.values()]
    return {
        "splits": table,
        "test_rows": wanted,
        "real_rows": labels.count("real"),
        "not_measured": {i["what"]: i["reason"] for i in items if "reason" in i},
    }


def summary(items: Sequence[Item]) -> dict[str, dict[str, float | None]]:
    """Score -> mean over the runs, and their standard deviation where there are several."""
    runs: dict[Any, list[Item]] = defaultdict(list)
    for item in items:
        runs[item["seed"]].append(item)
    out = {}
    for metric in METRICS:
        means = [mean(i["scores"].get(metric) for i in rows) for rows in runs.values()]
        known = [m for m in means if m is not None]
        if known:
            out[metric] = {"mean": mean(known), "sd": stdev(known) if len(known) > 1 else None}
    return out


def _by(items: Sequence[Item], name: str) -> dict[str, Any]:
    values = sorted({str(i[name]) for i in items if i[name]})
    groups = {value: [i for i in items if i[name] == value] for value in values}
    return {value: {"rows": len({i["id"] for i in rows}), "scores": summary(rows)} for value, rows in groups.items()}


def bars(found: Figures) -> list[Bar]:
    """No promises: the figures stand beside the published ones."""
    return []


def draw(found: Figures, out: Path) -> None:
    """Write OUT/exddv.md and OUT/exddv.png."""
    from evaluation.exddv_table import plot, table_text

    (out / "exddv.md").write_text(table_text(found), encoding="utf-8")
    plot(found, out / "exddv.png")
