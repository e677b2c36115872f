"""A table of the validations that runs logged: `python training/run_table.py docs/detector-trials/*.jsonl`."""

import argparse
import json
from pathlib import Path

FIGURES = {
    "auc": "AUC", "iou": "map IoU", "auc_motion": "AUC, faults in motion", "map_times_chance": "map / chance",
    "truth_auc": "Yes/No AUC", "places_f1": "places F1", "kept_back_accuracy": "kept-back accuracy",
    "general_perplexity": "general perplexity",
}  # fmt: skip
"""What validations of frame detectors, of video detectors and of language models log, and its column."""


def table(files: list[Path]) -> str:
    """Markdown: run, minutes, steps and figures of each validation; other lines of the logs are passed over."""
    lines = ((f.stem, json.loads(line)) for f in files for line in f.read_text(encoding="utf-8").splitlines())
    rows = [(name, row) for name, row in lines if row.get("event") == "validation"]
    shown = [key for key in FIGURES if any(key in row for _, row in rows)]
    head = ["run", "minutes", "steps", *(FIGURES[key] for key in shown)]
    cells = [
        [name, str(row["minutes"]), str(row["step"]), *(f"{row[key]:.3f}" if key in row else "-" for key in shown)]
        for name, row in rows
    ]
    return "\n".join("| " + " | ".join(line) + " |" for line in (head, ["---"] * len(head), *cells))


def main(argv: list[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("logs", type=Path, nargs="+", help="log.jsonl of runs, or their validation lines")
    args = parser.parse_args(argv)
    print(table(args.logs))


if __name__ == "__main__":
    main()
