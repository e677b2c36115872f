"""The commands `python -m media datasets` and `python -m media manifest`."""

import argparse
import json
from pathlib import Path

from media.datasets.manifest import check_rows, count_table, crossings, read_manifest, write_manifest
from media.datasets.readers import READERS, read_dataset
from media.datasets.records import SPLITS


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both commands to a command line; each sets `act`, which returns the exit status."""
    make = commands.add_parser("datasets", help="read a benchmark as its owner ships it and write its manifest")
    make.add_argument("root", type=Path, metavar="ROOT", help="data root; paths in the manifest are relative to it")
    make.add_argument("--dataset", required=True, choices=tuple(READERS), metavar="NAME", help=", ".join(READERS))
    make.add_argument("--out", type=Path, required=True, metavar="FILE", help="manifest; the report stands beside it")
    make.add_argument("--folder", default="", metavar="DIR", help="where the data set lies below ROOT, if not there")
    make.add_argument("--lists", type=Path, metavar="DIR", help="the owner's split lists, if not in the tree")
    make.set_defaults(act=_make)
    check = commands.add_parser("manifest", help="check manifests, count them, compare two splits")
    check.add_argument("files", type=Path, nargs="+", metavar="FILE", help="manifests under one data root")
    check.add_argument("--data", type=Path, metavar="ROOT", help="also look whether the files are there")
    check.add_argument("--disjoint", nargs=2, choices=(*SPLITS, "none"), metavar=("A", "B"), help="what both share")
    check.add_argument("--by", choices=("source", "identity"), default="source", help="what must not be shared")
    check.set_defaults(act=_check)


def _make(args: argparse.Namespace) -> int:
    rows, report = read_dataset(args.dataset, args.root, args.folder, args.lists)
    write_manifest(args.out, rows)
    problems = check_rows(read_manifest(args.out), args.root)
    beside = args.out.with_suffix(".report.json")
    record = {"dataset": args.dataset, "rows": len(rows), "found": report.to_dict(), "problems": problems.to_dict()}
    beside.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(count_table(rows))
    for title, text in (("Missing or contradictory", report.text()), ("Problems of the manifest", problems.text())):
        print(f"\n{title}:\n{text}" if text else f"\n{title}: nothing.")
    print(f"\n{len(rows)} rows in {args.out}, the report in {beside}.")
    return 0


def _check(args: argparse.Namespace) -> int:
    rows = read_manifest(*args.files)
    problems = check_rows(rows, args.data)
    print(count_table(rows))
    print(f"\nProblems:\n{problems.text()}" if problems.text() else "\nNo problems.")
    if args.disjoint is None:
        return int(bool(problems.counts))
    found = crossings(rows, *args.disjoint, by=args.by)
    one, other = args.disjoint
    print(f"\nBoth in {one} and in {other}, by {args.by}: {len(found.shared)}")
    for name, (left, right) in list(found.shared.items())[:20]:
        print(f"  {name}: {left} videos in {one}, {right} in {other}")
    if any(found.silent):
        print(f"Videos that name nothing to compare: {found.silent[0]} in {one}, {found.silent[1]} in {other}.")
    return int(bool(problems.counts) or not found.disjoint)
