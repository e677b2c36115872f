"""The commands of `python -m assistant`. Heavy imports happen inside the commands so that --help is instant."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.options import add_answering_options, add_weights_options, language_server
from media.errors import BadRequest, ForgeryAssistantError

if TYPE_CHECKING:
    from assistant.records import Answer

MASKS = ("none", "hard", "soft", "blurred")
EXIT_CODES = """exit codes:
  0  every file was assessed
  1  at least one file was not assessed or could not be read (the reason is in its line)
  2  the command itself could not run: wrong options, missing file or missing weights
  130  stopped with Ctrl+C
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    args = build_parser().parse_args(argv)
    try:
        return args.run(args)
    except ForgeryAssistantError as error:
        print(f"assistant: {error.message}", file=sys.stderr)
        if error.detail and args.verbose:
            print(error.detail, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("assistant: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 1


def build_parser() -> argparse.ArgumentParser:
    """All options of all commands."""
    common = argparse.ArgumentParser(add_help=False)
    add_weights_options(common)
    common.add_argument("--frames", type=int, default=32, metavar="N", help="frames of each person in a video, 1-32")
    common.add_argument("-v", "--verbose", action="store_true", help="also show technical details of errors")
    parser = argparse.ArgumentParser(
        prog="python -m assistant",
        description="Say how strongly pictures of faces support manipulation, where and why.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    raw = argparse.RawDescriptionHelpFormatter
    text = "examine files and folders; one JSON object a line"
    shared: dict[str, Any] = {"parents": [common], "epilog": EXIT_CODES, "formatter_class": raw}
    scan = commands.add_parser("scan", help=text, description=text, **shared)
    scan.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="file or folder (folders are searched)")
    scan.add_argument("--out", type=Path, metavar="F.jsonl", help="append here and skip what is already there")
    scan.add_argument("--maps", type=Path, metavar="DIR", help="write each picture with its map laid over as PNG")
    scan.add_argument(
        "--engine", choices=("local", "ray"), default="local",
        help="local: this process; ray: many processes or machines, needs the extra `cluster` (default: local)",
    )  # fmt: skip
    scan.add_argument("--device", choices=("cpu", "cuda"), default="cpu", help="of --engine local (default: cpu)")
    scan.add_argument("--workers", type=int, metavar="N", help="processes of --engine ray (default: 2)")
    scan.add_argument(
        "--ray-address", metavar="HOST:PORT", help="a running Ray cluster (default: --engine ray starts one here)"
    )
    scan.set_defaults(run=run_scan)
    text = "ask questions about one file"
    ask = commands.add_parser("ask", help=text, description=text, **shared)
    ask.add_argument("file", type=Path, metavar="FILE")
    ask.add_argument("questions", nargs="+", metavar="QUESTION", help="asked one after another in one conversation")
    spot = ask.add_mutually_exclusive_group()
    spot.add_argument("--click", type=_numbers(2), metavar="X,Y", help="the first question is about this pixel")
    spot.add_argument("--box", type=_numbers(4), metavar="X0,Y0,X1,Y1", help="the first question is about this box")
    ask.add_argument("--face", type=int, metavar="N", help="the number of the face that is meant")
    ask.add_argument("--time", type=float, metavar="S", help="look at the frame of a video at this second")
    add_answering_options(ask, spread=True)
    ask.add_argument(
        "--mask", default="none", choices=MASKS, help="show the face around clicks in later questions (default: none)"
    )
    ask.add_argument("--json", action="store_true", help="print one JSON object instead of text")
    ask.set_defaults(run=run_ask)
    _add_serving(commands)
    return parser


def _add_serving(commands: Any) -> None:
    """The commands that bring a language model onto a vLLM server; see docs/vllm.md."""
    text = "print the line that serves a language model folder with vLLM"
    serve = commands.add_parser("serve-command", help=text, description=text)
    serve.add_argument("folder", type=Path, metavar="FOLDER", help="a model folder, such as DIR/language_model")
    serve.add_argument("--port", type=int, default=8000, metavar="N", help="port of the server (default: 8000)")
    serve.add_argument(
        "--write-index", action="store_true", help="first write model.safetensors.index.json into the folder, so that "
        "vLLM reads the model alone",
    )  # fmt: skip
    serve.set_defaults(run=run_serve_command, verbose=False)
    text = "write the whole model of a PEFT adapter folder, with the adapter folded in"
    merge = commands.add_parser("merge-adapter", help=text, description=text)
    merge.add_argument("folder", type=Path, metavar="ADAPTER")
    merge.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder")
    merge.set_defaults(run=run_merge_adapter, verbose=False)


def _numbers(count: int) -> Any:
    """An argparse type: `count` numbers with commas between."""

    def parse(text: str) -> tuple[float, ...]:
        values = tuple(float(part) for part in text.split(","))
        if len(values) != count:
            raise argparse.ArgumentTypeError(f"expected {count} numbers with commas between, got {text!r}")
        return values

    parse.__name__ = "coordinates"
    return parse


def run_scan(args: argparse.Namespace) -> int:
    """`scan`: see assistant/scan.py."""
    from assistant.scan import run_scan as run

    return run(args)


def run_serve_command(args: argparse.Namespace) -> int:
    """`serve-command`: see assistant/remote/identity.py."""
    from assistant.remote.identity import require_merged, serve_command, write_index

    if args.write_index:
        require_merged(args.folder)
        write_index(args.folder)
    print(serve_command(args.folder, args.port))
    return 0


def run_merge_adapter(args: argparse.Namespace) -> int:
    """`merge-adapter`: see assistant/remote/merge.py."""
    from assistant.remote.merge import merge_adapter

    print(f"written: {merge_adapter(args.folder, args.out)}")
    return 0


def run_ask(args: argparse.Namespace) -> int:
    """`ask`: a conversation about one file, streamed as text or printed as one JSON object."""
    if not args.file.is_file():
        raise BadRequest(f"There is no file {args.file}.")
    from assistant.annotations import chosen
    from assistant.assistant import Assistant
    from assistant.placement import Placement
    from assistant.records import RegionQuery
    from assistant.scan import json_line

    annotations = chosen(args.annotations, args.no_annotations, args.profile)
    assistant = Assistant.load(
        args.profile,
        args.weights,
        frames=args.frames,
        annotations=annotations,
        masks=args.mask,
        server=language_server(args),
        place=Placement(args.device, args.bits),
    )
    query = None
    if args.click or args.box:
        query = RegionQuery(point=args.click, box=args.box, face=args.face)
    try:
        examination = assistant.examine(args.file, at=args.time)
    except ForgeryAssistantError as error:
        return _unreadable(args, error)
    conversation = assistant.conversation(examination)
    if args.face is not None:
        conversation.select_face(args.face)
    for number, question in enumerate(args.questions):
        pieces = conversation.ask(question, query if number == 0 else None)
        if args.json:
            for _ in pieces:
                pass
            continue
        print(f"> {question}")
        for piece in pieces:
            print(piece, end="", flush=True)
        note = conversation.last.note
        print(f"\n[{note}]" if note else "")
        for line in source_lines(conversation.last.examples):
            print(line)
        if conversation.last.aids:
            print(f"  with: {conversation.last.aids}")
        print()
    if args.json:
        turns = [answer_json(turn.answer) for turn in conversation.turns if not turn.superseded]
        print(json_line({"path": str(args.file), "sha256": examination.media.sha256, "turns": turns}))
    return 0 if examination.score is not None else 1


def source_lines(sources: Sequence[dict[str, Any]]) -> list[str]:
    """The annotations under an answer, a line each; after simulated ones how to have those that people wrote."""
    from assistant.annotations import HOW_TO_HUMAN

    lines = [source_line(source) for source in sources]
    if any(source["simulated"] for source in sources):
        lines.append(f"  These describe forgeries simulated by this project. {HOW_TO_HUMAN}")
    return lines


def source_line(source: dict[str, Any]) -> str:
    """An annotation with where it is from, as one line."""
    names = [source[name] for name in ("annotator", "dataset", "licence") if source[name]]
    by = ", ".join(dict.fromkeys(map(str, [*names, "simulated"] if source["simulated"] else names)))
    return f'  like it: "{source["text"]}" ({by}; similarity {source["similarity"]:.2f})'


def _unreadable(args: argparse.Namespace, error: ForgeryAssistantError) -> int:
    from media.open import sha256_of

    print(f"assistant: {args.file}: {error.message} [{error.code}]", file=sys.stderr)
    if isinstance(error, BadRequest):
        return 2
    if args.json:
        print(json.dumps({"path": str(args.file), "sha256": sha256_of(args.file), "turns": [], "reason": error.code}))
    return 1


def answer_json(answer: "Answer") -> dict[str, Any]:
    """One turn of `ask --json`."""
    return {
        "question": answer.question,
        "answer": answer.text,
        "verdict": answer.verdict,
        "regions": list(answer.regions),
        "spans": [{"start": s.start, "end": s.end, "region": s.region, "time": s.time} for s in answer.spans],
        "agrees_with_evidence": answer.agrees_with_evidence,
        "note": answer.note,
        "examples": list(answer.examples),
        "masked": answer.masked,
    }
