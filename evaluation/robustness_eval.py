"""The frame detector under perturbations: AUC by type and level on EVAL_V1's pairs, against its own clean AUC.

Perturbed are the finished face crops at the detector's input size, real and forged members alike (the same noise).
Block-wise distortion does nothing to crops below 256 px and is left out there. Training knows H.264, JPEG, sensor
noise, lower resolution and changes of light of other strengths; none of the six as they are made here.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from evaluation import metrics
from evaluation.context import Context
from evaluation.detector_eval import protocol_pairs
from evaluation.perturbations import LEVELS, PERTURBATIONS, does_nothing, perturb
from evaluation.results import Bar, Figures, Item, mean
from simulation.faces_data import load_faces
from simulation.presets import EVAL_SEED, EVAL_V1

PART = "robustness"
CLEAN = "clean"
GRADED = (1, 2, 3)  # levels of the bar


def kinds_for(side: int) -> list[str]:
    """Perturbations that change crops of this side."""
    return [kind for kind in PERTURBATIONS if not does_nothing(kind, side)]


def run(context: Context) -> None:
    """Score what is not scored yet."""
    context.need("faces")
    size = context.predictor.image_size
    values = repr({name: p.values for name, p in PERTURBATIONS.items()})  # of functions, repr gives the address
    log = context.log(PART, preset=EVAL_V1.digest(), seed=EVAL_SEED, image_size=size, values=values)
    chosen = set(context.cut(list(range(len(load_faces(context.data, "val"))))))
    todo = {n for n in chosen if f"{n:04d}/fake" not in log}
    for e in context.track(protocol_pairs(context.data, size, limit=max(todo) + 1) if todo else (), None, "pairs"):
        for label, image in (("real", e.pair.real), ("fake", e.pair.fake)) if e.number in todo else ():
            key = f"{e.number:04d}/{label}"
            if key not in log:
                logits = logits_of(context.predictor, image, e.number)
                log.add(key, photo=e.pair.name, half=e.half, label=label, family=e.pair.family, size=size, **logits)


def logits_of(predictor, image: np.ndarray, number: int) -> Item:
    """ "clean" -> raw logit and "logits" -> type -> one raw logit a level.

    Args:
        number: of the pair; noise and blocks depend on it, the type and the level alone.
    """
    kinds = kinds_for(image.shape[0])
    shown = [image]
    for kind in kinds:
        place = list(PERTURBATIONS).index(kind)
        shown += [perturb(image, kind, level, np.random.default_rng([number, place, level])) for level in LEVELS]
    margins = predictor.run(np.stack(shown)).margins.tolist()
    steps = len(LEVELS)
    return {CLEAN: margins[0], "logits": {k: margins[1 + i * steps : 1 + (i + 1) * steps] for i, k in enumerate(kinds)}}


def figures(items: Sequence[Item]) -> Figures:
    """AUC of the clean pairs, of each type and level, and the mean over types of levels 1 to 3."""
    labels = [i["label"] == "fake" for i in items]
    kinds = list(items[0]["logits"]) if items else []
    table = {k: [metrics.auc(labels, [i["logits"][k][n] for i in items]) for n in range(len(LEVELS))] for k in kinds}
    clean = metrics.auc(labels, [i[CLEAN] for i in items])
    graded = {k: mean(row[level - 1] for level in GRADED) for k, row in table.items()}
    size = items[0]["size"] if items else 0
    return {
        "clean_auc": clean,
        "auc": table,
        "mean_levels_1_to_3": graded,
        "mean_over_types_levels_1_to_3": mean(graded.values()),
        "mean_of_published_levels_1_to_3": mean(v for k, v in graded.items() if PERTURBATIONS[k].published),
        "left_out": {k: f"does nothing to crops of {size} px" for k in PERTURBATIONS if k not in table},
        "values": {k: [str(v) for v in PERTURBATIONS[k].values] for k in kinds if k != "social_media"},
        "pairs": sum(labels),
        "crop": f"face crops of {size} px, perturbed at that size",
    }


def bars(found: Figures) -> list[Bar]:
    """The promise: little is lost at levels 1 to 3."""
    kept = found["mean_over_types_levels_1_to_3"]
    lost = found["clean_auc"] - kept if kept is not None else None
    return [Bar(PART, "AUC lost, mean over types, levels 1-3", lost, 0.05, "<=")]


def draw(found: Figures, out: Path) -> None:
    """Write OUT/robustness.md and OUT/robustness.png."""
    (out / "robustness.md").write_text(table_text(found), encoding="utf-8")
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4.5), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    for kind, row in found["auc"].items():
        style = "-" if PERTURBATIONS[kind].published else "--"
        axes.plot((0, *LEVELS), [found["clean_auc"], *row], style, marker="o", markersize=3, label=kind)
    axes.axhline(0.5, color="0.7", linewidth=1)
    axes.set(xlabel="level (0 = as it is)", ylabel="AUC", title=f"Frame detector, {found['pairs']} pairs")
    axes.legend(fontsize=8)
    axes.grid(alpha=0.3)
    figure.savefig(out / "robustness.png", dpi=120)


def table_text(found: Figures) -> str:
    """A markdown table of AUC by type and level."""
    lines = [f"# Robustness of the frame detector ({found['pairs']} pairs, {found['crop']})", ""]
    lines += [f"Clean: AUC {found['clean_auc']:.3f}.", ""]
    lines += ["| type | 1 | 2 | 3 | 4 | 5 | mean 1-3 |", "|---|---|---|---|---|---|---|"]
    for kind, row in found["auc"].items():
        cells = [f"{v:.3f}" for v in (*row, found["mean_levels_1_to_3"][kind])]
        lines.append(f"| {kind} | " + " | ".join(cells) + " |")
    lines += [""] + [f"Left out: {kind}: it {why}." for kind, why in found["left_out"].items()]
    return "\n".join(lines) + "\n"
