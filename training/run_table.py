"""A table of the validations that runs logged: `python training/run_table.py docs/detector-trials/*.jsonl`."""

import argparse
import json
from pathlib import Path


def table(files: list[Path]) -> str:
    """Markdown: run, minutes, steps, AUC and map IoU of each validation; other lines of the logs are passed over."""
    lines = ["| run | minutes | steps | AUC | map IoU |", "|---|---|---|---|---|"]
    for file in files:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        for row in rows:
            if row.get("event") == "validation":
                figures = (row["minutes"], row["step"], f"{row['auc']:.3f}", f"{row['iou']:.3f}")
                lines.append(f"| {file.stem} | " + " | ".join(map(str, figures)) + " |")
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("logs", type=Path, nargs="+", help="log.jsonl of runs, or their validation lines")
    args = parser.parse_args(argv)
    print(table(args.logs))


if __name__ == "__main__":
    main()
