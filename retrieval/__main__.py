"""Annotations of manipulated videos, searchable.

`build` makes an index from the ExDDV CSV or from our own JSONL, `search` asks it, `info` describes an index or a file
of annotations, `annotate` opens a page to make annotations on, `agreement` compares the annotators of a file. Heavy
libraries are loaded by the command that needs them.

    python -m retrieval build --csv ExDDV.csv --out runs/annotations
    python -m retrieval search "the mouth is blurry" --index runs/annotations
    python -m retrieval search --regions "left eye,mouth" --kinds blur --index runs/annotations
    python -m retrieval info ExDDV.csv
    python -m retrieval annotate VIDEOS --annotator Ada
    python -m retrieval annotate VIDEOS --export annotations.csv
    python -m retrieval agreement annotations.jsonl
    python -m retrieval build --simulated 2000 --data DIR --out OUT
    python -m retrieval build --simulated 2000 --data DIR --encoder picture --weights checkpoints/embedded/kfd --out OUT
    python -m retrieval build --csv ExDDV.csv --videos DIR --encoder rn101 --clip-weights FILE --out OUT
    python -m retrieval search --video FILE --clip-weights FILE --index OUT
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from media.errors import ForgeryAssistantError
from retrieval.shipped import DEFAULT_INDEX

if TYPE_CHECKING:
    from retrieval.annotations import Click


def main(argv: list[str] | None = None) -> int:
    """Run a command; 0 when it went well, 2 for errors a user can act on."""
    args = _parser().parse_args(argv)
    from retrieval import commands

    try:
        return commands.COMMANDS[args.command](args)
    except ForgeryAssistantError as error:
        print(error.message, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from here.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m retrieval", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="{build,search,info,annotate,agreement}")
    _build(commands.add_parser("build", help="make an index; a stopped run is gone on with"))
    _search(commands.add_parser("search", help="find annotations by words, regions, a photo or a video"))
    info = commands.add_parser("info", help="describe an index, or a file of annotations with its oddities")
    info.add_argument(
        "path", type=Path, nargs="?", help=f"index folder, .csv or .jsonl ({DEFAULT_INDEX}, else the shipped)"
    )
    info.add_argument("--splits", default="official", choices=("official", "identity"), help="for a file's figures")
    info.add_argument(
        "--videos", type=Path, metavar="DIR", help="also say which annotated videos are below this folder"
    )
    info.add_argument("--json", action="store_true")
    _annotate(commands.add_parser("annotate", help="a local page: say what looks wrong in videos, and click where"))
    agreement = commands.add_parser("agreement", help="how far people agree who annotated the same videos")
    agreement.add_argument("path", type=Path, help=".csv or .jsonl file with two annotators or more")
    agreement.add_argument("--videos", type=Path, metavar="DIR", help="where the videos are: their sizes are read")
    agreement.add_argument("--no-text", action="store_true", help="do not load the sentence encoder")
    _encoder_options(agreement)
    return parser


def _encoder_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--weights", type=Path, metavar="DIR", help="folder of the detector (picture) or sentence encoder (text)"
    )
    parser.add_argument("--json", action="store_true", help="machine-readable output")


def _clip_weights(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--clip-weights", type=Path, metavar="FILE", help="CLIP's weights for rn50 or rn101; nothing is downloaded"
    )


def _click(text: str) -> "Click":
    """An argparse type: FRAME,X,Y."""
    from retrieval.annotations import Click

    try:
        frame, x, y = text.split(",")
        return Click(float(x), float(y), int(frame))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"expected FRAME,X,Y such as 12,0.5,0.4, got {text!r} ({error})") from error


def _build(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--csv", type=Path, metavar="FILE", help="annotations of ExDDV")
    parser.add_argument("--jsonl", type=Path, metavar="FILE", action="append", default=[], help="own annotations")
    parser.add_argument("--out", type=Path, metavar="DIR", default=DEFAULT_INDEX)
    parser.add_argument(
        "--encoder",
        default="text",
        choices=("text", "picture", "rn50", "rn101"),
        help="what is compared: sentences, face crops (a detector's encoder) or whole frames (CLIP's)",
    )
    parser.add_argument(
        "--level",
        choices=("first", "middle", "last", "global"),
        help="of a picture: global for a detector's encoder, last for CLIP's unless given",
    )
    parser.add_argument("--videos", type=Path, metavar="DIR", help="where the annotated videos are (picture)")
    parser.add_argument("--originals", action="store_true", help="add the FaceForensics++ originals below --videos")
    parser.add_argument("--simulated", type=int, default=0, metavar="N", help="instead: N pairs forged here, described")
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder that holds faces/ (for --simulated)")
    parser.add_argument("--seed", type=int, default=0, help="of the simulated pairs")
    parser.add_argument("--split", default="train", choices=("train", "val", "test", "all"), help="which rows")
    parser.add_argument("--splits", default="official", choices=("official", "identity"), help="what splits the rows")
    parser.add_argument("--kind", choices=("flat", "hnsw", "ivfpq"), help="default: exact below 100,000 vectors")
    _clip_weights(parser)
    _encoder_options(parser)


def _annotate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="with the videos; subfolders are searched")
    parser.add_argument("--originals", type=Path, metavar="DIR", help="their originals (else: FOLDER/.../original)")
    parser.add_argument("--list-originals", action="store_true", help="annotate originals below FOLDER too")
    parser.add_argument(
        "--db", metavar="URL", help="default: FOLDER/annotations.sqlite; or postgresql://user@host/name"
    )
    parser.add_argument("--annotator", default="", metavar="NAME", help="whose page it is; can be changed there")
    parser.add_argument("--dataset", metavar="NAME", help="that the videos belong to (else read from their names)")
    parser.add_argument("--split", default="train", choices=("train", "val", "test"), help="of exported annotations")
    parser.add_argument("--licence", default="not stated", help="of exported annotations")
    parser.add_argument("--index", type=Path, metavar="DIR", default=DEFAULT_INDEX, help="index that the page adds to")
    parser.add_argument("--export", type=Path, metavar="FILE", help="only write finished annotations: .csv or .jsonl")
    parser.add_argument("--host", default="127.0.0.1", help="address to serve on (this machine only)")
    parser.add_argument("--port", type=int, default=7870, help="0 takes a free one")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")


def _search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="?", default="", help="words to search with")
    parser.add_argument(
        "--index", type=Path, metavar="DIR", help=f"{DEFAULT_INDEX}, else the shipped one of simulated forgeries"
    )
    parser.add_argument("--regions", default="", metavar="A,B", help='e.g. "left eye,mouth"')
    parser.add_argument("--kinds", default="", metavar="A,B", help="e.g. blur,flicker")
    parser.add_argument("--image", type=Path, metavar="FILE", help="search with the face of a photo")
    parser.add_argument("--video", type=Path, metavar="FILE", help="search with a video")
    parser.add_argument(
        "--mode", default="middle", choices=("middle", "clicked", "track"), help="which frames of the video"
    )
    parser.add_argument(
        "--click", type=_click, action="append", default=[], metavar="FRAME,X,Y",
        help="for --mode clicked, may be repeated: a frame from 0, and a place from 0 to 1 of its width and height",
    )  # fmt: skip
    parser.add_argument("-k", type=int, default=5, help="distinct videos (5)")
    parser.add_argument("--balance", action="store_true", help="as many fake as real ones")
    parser.add_argument("--leave-out", default="", metavar="NAME", help="file name of the query's own video")
    parser.add_argument("--prompt", nargs="?", const="may_be_real", metavar="FAMILY", help="print the filled template")
    _clip_weights(parser)
    _encoder_options(parser)


if __name__ == "__main__":
    sys.exit(main())
