"""Measure a profile, or compute the figures again from saved items.

python -m evaluation embedded --data DIR --out results/ [--only detector,language] [--limit N] [--weights FOLDER]
python -m evaluation retrieval --data DIR --out results/ [--clicks FOLDER] [--million]
python -m evaluation video|robustness|serving --data DIR --out results/ [--limit N]
python -m evaluation manifest --manifest FILE --data ROOT --out results/ [--splits test none] [--compressions c23]
python -m evaluation exddv --data DIR --out results/ [--predictions FILE.jsonl] [--bertscore FOLDER] [--agreement FILE]
python -m evaluation from-items results/
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaluation.context import Context


def build_parser() -> argparse.ArgumentParser:
    """The command line; nothing heavy is imported for it."""
    from evaluation.parts import PROTOCOLS

    parser = argparse.ArgumentParser(prog="python -m evaluation", description=(__doc__ or "").split("\n")[0])
    commands = parser.add_subparsers(dest="protocol", required=True, metavar="PROTOCOL")
    for name, text in (
        ("embedded", "measure the weights of the embedded profile"),
        ("video", "measure the detectors on videos"),
        ("robustness", "measure the frame detector under perturbations"),
        ("serving", "measure many conversations at a time"),
        ("manifest", "measure the frame detector on benchmarks, by their manifests"),
    ):
        one = commands.add_parser(name, help=text)
        _common(one, PROTOCOLS[name])
        one.add_argument("--looks", type=Path, metavar="FILE", help="where looks at real deepfakes are counted")
        if name == "manifest":
            _manifest(one)
    retrieval = commands.add_parser("retrieval", help="measure annotations, search and click prediction")
    _common(retrieval, PROTOCOLS["retrieval"])
    retrieval.add_argument("--clicks", type=Path, metavar="FOLDER", help="a click model (clicks/ of --weights)")
    retrieval.add_argument("--million", action="store_true", help="also search among 1,000,000 vectors (an hour)")
    exddv = commands.add_parser("exddv", help="measure sentences about ExDDV's test videos, and how far people agree")
    _common(exddv, PROTOCOLS["exddv"])
    _exddv(exddv)
    again = commands.add_parser("from-items", help="compute figures.json and bars.md again from OUT/items")
    again.add_argument("out", type=Path, metavar="OUT")
    return parser


def _manifest(measure: argparse.ArgumentParser) -> None:
    """What is scored of the manifests; their paths are relative to --data."""
    measure.add_argument("--manifest", type=Path, nargs="+", required=True, metavar="FILE", dest="manifests")
    measure.add_argument("--splits", nargs="+", metavar="S", default=("test", "none"), help="train, val, test, none")
    measure.add_argument("--compressions", nargs="+", metavar="C", default=(), help="raw, c23, c40, none; default: all")
    measure.add_argument("--manipulations", nargs="+", metavar="M", default=(), help="by name; default: all")


def _exddv(measure: argparse.ArgumentParser) -> None:
    """Whose sentences are scored, and with what."""
    sentences = 'JSONL of a system\'s sentences: {"id", "text"} and, for several runs, "seed"'
    measure.add_argument("--predictions", type=Path, nargs="+", default=(), metavar="FILE", help=sentences)
    measure.add_argument("--agreement", type=Path, metavar="FILE", help=".csv or .jsonl with two annotators a video")
    measure.add_argument("--videos", type=Path, metavar="ROOT", help="where the annotated videos are")
    measure.add_argument("--bertscore", type=Path, metavar="FOLDER", help="distilbert-base-uncased and baseline.tsv")
    measure.add_argument("--wordnet", type=Path, metavar="DIR", help="WordNet's files (default: the system's)")


def _common(measure: argparse.ArgumentParser, parts: Sequence[str]) -> None:
    """What every protocol takes."""
    measure.add_argument("--data", type=Path, required=True, metavar="DIR", help="data folder")
    measure.add_argument("--out", type=Path, required=True, metavar="DIR", help="result folder; continued if it exists")
    measure.add_argument("--only", metavar="PARTS", help=f"comma-separated: {', '.join(parts)}")
    measure.add_argument("--limit", type=int, metavar="N", help="at most N photos, videos, conversations a part")
    measure.add_argument("--weights", type=Path, metavar="FOLDER", help="folder of the weight folders")
    measure.add_argument("--quiet", action="store_true", help="no progress bars")


def _context(args: argparse.Namespace) -> "Context":
    """The run that the options ask for."""
    if args.protocol == "retrieval":
        from evaluation.retrieval_eval import RetrievalContext

        return RetrievalContext(
            args.data, args.out, weights=args.weights, limit=args.limit, quiet=args.quiet,
            clicks=args.clicks, million=args.million,
        )  # fmt: skip
    if args.protocol == "exddv":
        from evaluation.exddv_context import ExddvContext

        return ExddvContext(
            args.data, args.out, weights=args.weights, limit=args.limit, quiet=args.quiet,
            predictions=tuple(args.predictions), agreement=args.agreement, videos=args.videos,
            bertscore=args.bertscore, wordnet=args.wordnet,
        )  # fmt: skip
    common = {"weights": args.weights, "limit": args.limit, "quiet": args.quiet}
    if args.protocol == "manifest":
        from evaluation.manifest_eval import ManifestContext

        context = ManifestContext(
            args.data, args.out, **common, manifests=tuple(args.manifests), splits=tuple(args.splits),
            compressions=tuple(args.compressions), manipulations=tuple(args.manipulations),
        )  # fmt: skip
    else:
        from evaluation.context import Context

        context = Context(args.data, args.out, **common)
    if args.looks is not None:
        context.looks = args.looks
    return context


def main(argv: list[str] | None = None) -> int:
    """Run the command; 0 when every asked part was measured, 1 when one failed, 2 for wrong arguments."""
    args = build_parser().parse_args(argv)
    from evaluation.parts import from_items, measure_parts, parse_parts
    from evaluation.results import bar_table
    from media.errors import ForgeryAssistantError

    try:
        if args.protocol == "from-items":
            sys.stdout.write(bar_table(from_items(args.out)))
            return 0
        parts = parse_parts(args.only, args.protocol)
        context = _context(args)
        try:
            failed = measure_parts(context, parts)
        finally:
            context.close()
        bars, tables = from_items(args.out), [args.out / f"{part}.md" for part in parts]
        shown = [] if bars else [table.read_text(encoding="utf-8") for table in tables if table.is_file()]
        sys.stdout.write("\n".join(shown) or bar_table(bars))
    except ForgeryAssistantError as error:
        sys.stderr.write(f"{error.message}\n")
        return 2
    for part, reason in failed.items():
        sys.stderr.write(f"{part} failed: {reason}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
