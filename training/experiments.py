"""The paper's tables as named settings of the two stages (LVLM-DFD, Tables 1-6), at its size or at the embedded one.

A name stands for values of options; whatever the command gives itself wins. `published` is the paper's video AUC in per
cent by benchmark, as far as it is known here. Cross-dataset tables (1 and 2) are one training, measured on other sets
(`python -m evaluation manifest`). The paper does not say how many steps or pictures a step has.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Stage = Literal["kfd", "tune"]
Size = Literal["base", "embedded"]
FEW = (50, 100, 200, 500)
ADAM = {"lr": 1e-4, "weight_decay": 1e-5}
"""Both stages' learning rate and decay (section 4.1 of the paper)."""
WIDTHS = {"narrow": (128, 344, 4), "embedded": (256, 688, 6), "wide": (384, 1032, 6)}
"""New language models: hidden size, size of the middle of an MLP, layers."""
LANGUAGE_MODELS = {
    "llama-3.2-1b": "meta-llama/Llama-3.2-1B",
    "llama-3.2-3b": "meta-llama/Llama-3.2-3B",
    "vicuna-7b": "lmsys/vicuna-7b-v1.5-16k",
}


@dataclass(frozen=True)
class Experiment:
    """One row of a table.

    Attributes:
        name, stage: what --experiment takes, and whose option it is. table: of the paper. says: what it varies.
        options: option -> value. published: benchmark -> AUC in per cent.
    """

    name: str
    stage: Stage
    table: str
    says: str
    options: Mapping[str, Any]
    published: Mapping[str, float] = field(default_factory=dict)


def experiments(stage: Stage, size: Size = "embedded") -> dict[str, Experiment]:
    """Every row of a stage by name."""
    rows = _kfd(size) if stage == "kfd" else _tune(size)
    return {row.name: row for row in rows}


def _kfd(size: Size) -> list[Experiment]:
    if size == "base":
        common: dict[str, Any] = {"config": "openclip", "loss": "paper", "encoder_lr": 1.0, "batch_pairs": 16, **ADAM}
    else:
        common = {"max_steps": 300, "batch_pairs": 8, "lr": 8e-4, "fix_norms": 0.2}
    main = {"FF++": 99.53, "CDF2": 94.71, "DFD": 99.64, "DFDC": 79.12, "CDF1": 97.62, "DFDCP": 91.81}
    of_set = {"FF++": 99.54, "CDF2": 94.32, "DFDCP": 92.39, "DFDC": 77.03}
    few = [
        Experiment(f"few-{n}", "kfd", "3", f"learns from {n} photos", {**common, "photos": n, "clip_share": 0.0})
        for n in FEW
    ]
    return [
        Experiment("main", "kfd", "1", "all photos", common, main if size == "base" else {}),
        *few,
        Experiment("few-all", "kfd", "3", "learns from all photos, no clips", {**common, "clip_share": 0.0}),
        Experiment(
            "manifest-only", "kfd", "5", "learns from the real videos of --manifest alone", {**common, "photos": 0},
            of_set if size == "base" else {},
        ),
    ]  # fmt: skip


def _tune(size: Size) -> list[Experiment]:
    base = size == "base"
    common: dict[str, Any] = {**ADAM, "lora_rank": 32} if base else {"max_steps": 250, "lr": 8e-4}
    main = {"FF++": 97.11, "CDF2": 89.90, "DFD": 92.26, "CDF1": 95.97, "DFDCP": 86.70, "DFDC": 68.77}
    fpl = {"FF++": 96.59, "CDF2": 89.25, "DFDC": 67.65}
    lora = "LoRA" if base else "language model"
    parts = (
        ("none", False, False, "neither prompt learner nor " + lora, {}),
        ("fpl", True, False, "prompt learner alone", fpl),
        ("lora", False, True, lora + " alone", {}),
        ("both", True, True, "prompt learner and " + lora, main),
    )
    rows = [Experiment("main", "tune", "1, 2", "everything", common, main if base else {})]
    rows += [Experiment(f"few-{n}", "tune", "3", f"{n} examined pictures", {**common, "samples": n}) for n in FEW]
    rows += [
        Experiment(f"parts-{name}", "tune", "4", says, {**common, "forgery_tokens": learner, "tune_lm": model},
                   auc if base else {})
        for name, learner, model, says, auc in parts
    ]  # fmt: skip
    if base:
        return rows + [
            Experiment(f"lm-{name}", "tune", "6", folder, {**common, "lm": folder},
                       {"DFDC": 67.65, "DFD": 84.26} if name == "vicuna-7b" else {})
            for name, folder in LANGUAGE_MODELS.items()
        ]  # fmt: skip
    return rows + [
        Experiment(f"lm-{name}", "tune", "6", f"a language model of width {sizes[0]}", {**common, "width": name})
        for name, sizes in WIDTHS.items()
    ]


def add_experiment_options(parser: argparse.ArgumentParser) -> None:
    """--experiment and the size it is meant for."""
    parser.add_argument("--experiment", metavar="NAME", help="a row of the paper's tables: sets the options below")
    parser.add_argument("--size", choices=("base", "embedded"), default="embedded", help="size of that row")


def parse_with_experiment(
    parser: argparse.ArgumentParser, stage: Stage, argv: Sequence[str] | None
) -> argparse.Namespace:
    """The options, those of the named row where the command does not give its own; `row` says which row it is."""
    early = argparse.ArgumentParser(add_help=False)
    add_experiment_options(early)
    chosen, _ = early.parse_known_args(argv)
    parser.set_defaults(row=None)
    if chosen.experiment is not None:
        rows = experiments(stage, chosen.size)
        if chosen.experiment not in rows:
            parser.error(f"no experiment {chosen.experiment!r} at size {chosen.size}; known: {', '.join(rows)}")
        row = rows[chosen.experiment]
        about = {"name": row.name, "table": row.table, "varies": row.says, "published": dict(row.published)}
        parser.set_defaults(**row.options, row=about)
    return parser.parse_args(argv)
