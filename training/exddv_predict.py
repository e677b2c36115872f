"""Write a large model's sentences about ExDDV's test videos, for `python -m evaluation exddv --predictions FILE`.

    uv run python training/exddv_predict.py --adapter runs/llava/adapter --model FOLDER --data DIR --videos VIDEOS \\
        --device cuda --out llava-tuned.jsonl
    uv run python training/exddv_predict.py --recipe llava-1.5-7b --model FOLDER ... --out llava-zero-shot.jsonl
    uv run python training/exddv_predict.py --recipe llava-1.5-7b --model FOLDER ... --out llava-in-context.jsonl \\
        --examples runs/frames --clip-weights RN101.safetensors                           # needs the extra `retrieval`

Greedy: temperature 0, one beam. Click masks take the annotators' own clicks on the test rows, as the released scripts
do: an oracle. A stopped command goes on when it is given again.
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from training.options import add_large_model_options

if TYPE_CHECKING:
    from training.exddv_answers import Asker
    from training.exddv_recipes import Recipe


def parse(argv: list[str] | None = None) -> argparse.Namespace:
    """The command's options."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--out", type=Path, required=True, help="file of sentences, JSONL")
    add_large_model_options(p)
    p.add_argument("--adapter", type=Path, help="RUN/adapter of exddv_tune.py; its recipe and mask are taken over")
    p.add_argument("--mask", choices=("none", "hard", "soft", "blurred"), help="default: the adapter's, else none")
    p.add_argument("--radius", type=float, help="of the mask, in pixels of a 224 px input")
    p.add_argument("--examples", type=Path, help="index of frames whose sentences are shown with the question")
    p.add_argument("--weights", type=Path, help="detector's folder that the index was made with")
    p.add_argument("--clip-weights", type=Path, help="CLIP's file that the index was made with")
    p.add_argument("-k", type=int, default=5, help="sentences shown")
    p.add_argument("--template", help="family of the question with sentences; default: the recipe's")
    p.add_argument("--batch", type=int, default=4, help="rows at a time")
    p.add_argument("--longest", type=int, help="tokens of an answer at most; default: the recipe's")
    p.add_argument("--seed", type=int, default=0, help="names the run in the file; answers have no randomness")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--device", default="cpu")
    args = p.parse_args(argv)
    if args.data is None or args.model is None:
        p.error("--data DIR and --model FOLDER are needed")
    if min(args.batch, args.k, args.longest or 1) < 1 or (args.radius is not None and args.radius <= 0):
        p.error("--batch, -k, --longest and --radius are above 0")
    if args.adapter is not None and args.examples is not None:
        p.error("a tuned model is asked without examples, as published: leave out --adapter or --examples")
    return args


def main(argv: list[str] | None = None) -> int:
    """Write the file; 0 when it went well, 2 for errors a user can act on."""
    args = parse(argv)
    from media.errors import ForgeryAssistantError

    try:
        done, left_out = predict(args)
    except ForgeryAssistantError as error:
        sys.stderr.write(f"exddv_predict.py: {error.message}\n")
        return 2
    sys.stderr.write(f"{args.out}: {done} sentences, {left_out} test rows without a video that can be read\n")
    return 0


def predict(args: argparse.Namespace) -> tuple[int, int]:
    """Sentences in the file, and test rows left out because their video is missing or damaged."""
    import torch

    from training.exddv_answers import Answers, answer
    from training.exddv_data import load_rows
    from training.exddv_inputs import Preparer
    from training.exddv_model import load_model, load_trained, read_meta
    from training.exddv_recipes import recipe_of

    torch.set_num_threads(args.threads)
    meta = read_meta(args.adapter) if args.adapter is not None else {}
    recipe = recipe_of(meta["recipe"]["name"] if meta else args.recipe)
    args.mask = args.mask or meta.get("mask", {}).get("kind", "none")
    args.radius = args.radius or meta.get("mask", {}).get("radius_at_224")
    args.longest = args.longest or recipe.max_new_tokens
    ask = _asker(args, recipe)
    rows = load_rows(args.data / "exddv" / "ExDDV.csv", args.videos, originals=False)
    large = load_model(args.model, recipe, args.device, args.int8, args.trust_remote_code, args.precision)
    if args.adapter is not None:
        load_trained(large, args.adapter)
    preparer = Preparer(large.processor, large.model_type, recipe, args.mask, args.radius)
    out = Answers(args.out, _about(args, recipe))
    total, lost = len(rows.split["test"]), rows.lost["test"]
    try:
        for done, unreadable in answer(args, large, preparer, rows, ask, out):
            sys.stderr.write("".join(f"{reason}\n" for reason in unreadable) + f"{done} of {total}\n")
            lost += len(unreadable)
    finally:
        ask.close()
    return len(out.done), lost


def _asker(args: argparse.Namespace, recipe: "Recipe") -> "Asker":
    """What is asked of each video."""
    from retrieval.examples import ZERO_SHOT_QUERY, template_of
    from training.exddv_answers import Fixed, Neighbours

    args.template = args.template or recipe.template
    template_of(args.template)
    if args.examples is not None:
        return Neighbours(args.examples, args.weights, args.clip_weights, args.template, args.k)
    return Fixed(recipe.query if args.adapter is not None else ZERO_SHOT_QUERY)


def _about(args: argparse.Namespace, recipe: "Recipe") -> dict[str, Any]:
    """How the sentences are made, for the file beside them."""
    from media.open import sha256_of
    from retrieval.storage import MANIFEST
    from training.common import command_line
    from training.exddv_model import weights_file

    way = "tuned" if args.adapter else "in context" if args.examples else "zero-shot"
    return {
        "command": command_line(args.data, args.out),
        "recipe": recipe.name,
        "way": way,
        "mask": args.mask if args.mask == "none" else f"{args.mask}, oracle clicks",
        "radius_at_224": args.radius,
        "model": args.model,
        "adapter_sha256": sha256_of(weights_file(args.adapter)) if args.adapter else None,
        "template": args.template if args.examples else None,
        "k": args.k if args.examples else None,
        "examples_sha256": sha256_of(args.examples / MANIFEST) if args.examples else None,
        "precision": args.precision,
        "int8": recipe.int8 if args.int8 is None else args.int8,
        "longest": args.longest,
        "seed": args.seed,
    }


if __name__ == "__main__":
    raise SystemExit(main())
