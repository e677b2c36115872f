"""What `python -m retrieval annotate` and `agreement` do."""

import argparse
import json
import socket
import sys
import webbrowser
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from media.errors import BadRequest, MissingCheckpoint
from retrieval.annotate.agreement import (
    PUBLISHED_SHARES,
    Facts,
    PairAgreement,
    agreement,
    read_annotations,
    sentence_scorer,
    video_facts,
)
from retrieval.annotations import Annotation, VideoKey, write_jsonl
from retrieval.encoders import TextSide
from retrieval.videos import find_videos

if TYPE_CHECKING:
    from retrieval.annotate.desk import Desk

_LOCAL = ("127.0.0.1", "localhost", "::1")


def annotate(args: argparse.Namespace) -> int:
    """`annotate`: serve the page until it is stopped, or export and end."""
    try:
        from retrieval.annotate.desk import Desk, Options
    except ImportError as error:
        raise MissingCheckpoint(f"{error.name} is missing: install it with `uv sync --extra retrieval`.") from error
    options = Options(
        folder=args.folder,
        originals=args.originals,
        db=args.db,
        annotator=args.annotator,
        dataset=args.dataset,
        list_originals=args.list_originals,
        split=args.split,
        licence=args.licence,
        index=args.index,
    )
    with Desk(options) as desk:
        if args.export is not None:
            return _export(desk, args.export)
        return _serve(desk, args.host, args.port, not args.no_browser)


def _export(desk: "Desk", path: Path) -> int:
    from retrieval.annotate.export import write_csv

    finished = desk.finished()
    if path.suffix.lower() == ".csv":
        made = write_csv(finished, path)
        for line in made.left_out:
            print(f"left out: {line}", file=sys.stderr)
        count = made.rows
    elif path.suffix.lower() == ".jsonl":
        write_jsonl(finished, path)
        count = len(finished)
    else:
        raise BadRequest(f"Annotations are exported to a .csv or a .jsonl file, not {path.name}.")
    print(f"{count} annotations in {path}")
    return 0


def _serve(desk: "Desk", host: str, port: int, browse: bool) -> int:
    import uvicorn

    from retrieval.annotate.server import build_app

    if host not in _LOCAL:
        print(f"Whoever reaches {host} can read and change the annotations: there is no login.", file=sys.stderr)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
        except (OSError, OverflowError) as error:
            raise BadRequest(f"The address {host}:{port} cannot be used; give another --port.", str(error)) from error
        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{listening.getsockname()[1]}/"
        print(f"{len(desk.videos)} videos; annotations are kept in {desk.store}", flush=True)
        print(f"Open {address} - stop with Ctrl+C", flush=True)
        if browse and sys.stdout.isatty():
            webbrowser.open(address)
        server = uvicorn.Server(uvicorn.Config(build_app(desk, host), log_level="warning", timeout_graceful_shutdown=3))
        server.run(sockets=[listening])
    return 0


def show_agreement(args: argparse.Namespace, say_missing: Callable[..., None]) -> int:
    """`agreement`: of any file in which two people annotated the same videos."""
    annotations = read_annotations(args.path)
    facts: dict[VideoKey, Facts] = {}
    if args.videos is not None:
        found = find_videos(annotations, args.videos)
        say_missing(found)
        facts = video_facts(found.found)
    scorers = {} if args.no_text else {"sentence": sentence_scorer(TextSide.load(args.weights))}
    pairs = agreement(_of_several(annotations), scorers, facts)
    if not pairs:
        raise BadRequest(f"No video of {args.path.name} was annotated by two people.")
    for pair in pairs:
        if args.json:
            print(json.dumps(asdict(pair), ensure_ascii=False))
        else:
            _say(pair)
    return 0


def _of_several(annotations: list[Annotation]) -> list[Annotation]:
    """Only what is about videos with more than one annotator."""
    people: dict[VideoKey, set[str]] = {}
    for a in annotations:
        people.setdefault(a.video, set()).add(a.annotator)
    return [a for a in annotations if len(people[a.video]) > 1]


def _say(pair: PairAgreement) -> None:
    print(
        f"{pair.annotators[0]} and {pair.annotators[1]}: {pair.videos} videos, {pair.clicks} clicks on {pair.clicked}"
    )
    print("  text: " + ", ".join(f"{name} {value:.4f}" for name, value in pair.text.items()))
    if pair.same_difficulty is not None:
        print(f"  same difficulty: {pair.same_difficulty:.2%}")
    if pair.nominal:
        print(f"  {pair.nominal} videos of unknown size: pixels of a frame of 1280 x 720")
    for share, published in zip(pair.windows, PUBLISHED_SHARES, strict=False):
        theirs = " / ".join(f"{value:.1%}" for value in published)
        ours = f"{share.temporal:.1%} / {share.spatial:.1%} / {share.joint:.1%}"
        print(f"  within {share.frames} frames / {share.pixels} px / both: {ours} (published: {theirs})")
