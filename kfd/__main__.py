"""Weights of other people, made ours.

`convert imagebind` writes ImageBind's vision and text towers once as a folder of ours; `convert release` writes the
authors' checkpoint of LVLM-DFD as the folders kfd, prompt_learner and language_model. Nothing is fetched, a pickle is
read as tensors only, and what does not fit is refused. docs/full-size.md tells where the files are from.

    python -m kfd convert imagebind imagebind_huge.pth --out runs/imagebind --compare open_clip_model.safetensors
    python -m kfd convert release ckpt.pth --out runs/lvlm-dfd --base imagebind_huge.pth
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from kfd.convert import PARTS
from media.errors import BadRequest, ForgeryAssistantError

S = TypeVar("S")


def main(argv: list[str] | None = None) -> int:
    """Run a command; 0 when it went well, 2 for errors a user can act on."""
    args = _parser().parse_args(argv)
    try:
        report = _imagebind(args) if args.kind == "imagebind" else _release(args)
    except ForgeryAssistantError as error:
        print(error.message, file=sys.stderr)
        return 2
    print(json.dumps(report, indent=2, sort_keys=True))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m kfd", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    convert = parser.add_subparsers(dest="command", required=True).add_parser("convert", help="other people's weights")
    kinds = convert.add_subparsers(dest="kind", required=True)
    imagebind = kinds.add_parser("imagebind", help="ImageBind's vision and text towers")
    imagebind.add_argument(
        "--compare", type=Path, metavar="FILE", help="OpenCLIP's ViT-H-14: also say whether the towers are the same"
    )
    release = kinds.add_parser("release", help="the authors' checkpoint of LVLM-DFD")
    release.add_argument(
        "--base", type=Path, metavar="FILE", help="weights before LoRA (ImageBind or OpenCLIP): shows if LoRA is merged"
    )
    release.add_argument(
        "--lora", choices=("auto", "unmerged", "merged"), default="auto", help="what to believe without --base"
    )
    release.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="which parts the file holds")
    release.add_argument("--language-model", metavar="NAME", help="what its LoRA is for (vicuna-7b-v1.5-16k)")
    for kind in (imagebind, release):
        kind.add_argument("source", type=Path, metavar="SOURCE", help="a weights file")
        kind.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="must not exist")
        kind.add_argument("--sizes", type=Path, metavar="FILE", help="JSON of other sizes than the published ones")
    return parser


def _imagebind(args: argparse.Namespace) -> dict[str, Any]:
    from kfd.convert.imagebind import convert_imagebind
    from kfd.encoders.vit_weights.sizes import TowerSizes

    return convert_imagebind(args.source, args.out, _sizes(args.sizes, lambda data: TowerSizes(**data)), args.compare)


def _release(args: argparse.Namespace) -> dict[str, Any]:
    from kfd.convert.release import ReleaseOptions, ReleaseSizes, convert_release

    given = {"sizes": _sizes(args.sizes, ReleaseSizes.from_dict), "language_model": args.language_model}
    options = ReleaseOptions(
        parts=tuple(args.parts), base=args.base, lora=args.lora, **{k: v for k, v in given.items() if v is not None}
    )
    return convert_release(args.source, args.out, options)


def _sizes(path: Path | None, made: Callable[[dict[str, Any]], S]) -> S | None:
    """Sizes from a JSON file; None without one."""
    if path is None:
        return None
    try:
        return made(json.loads(path.read_text()))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BadRequest(f"The sizes in {path.name} cannot be used: {error}.") from error


if __name__ == "__main__":
    sys.exit(main())
