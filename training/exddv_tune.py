"""Tune a large model that reads pictures on human descriptions of manipulated videos (ExDDV), with published settings.

    uv run python training/exddv_tune.py --recipe llava-1.5-7b --model FOLDER --data DIR --videos VIDEOS \\
        --mask hard --device cuda --out runs/llava
    uv run accelerate launch training/exddv_tune.py --recipe blip-2 --model FOLDER ...       # several processes
    uv run python training/exddv_tune.py --recipe llava-1.5-7b --smoke --out runs/exddv-smoke  # no data, a minute

FOLDER is a Hugging Face model folder (a name of the hub is downloaded), DIR holds exddv/ExDDV.csv, VIDEOS the videos,
which their owners give out. The same command goes on where it was interrupted; RUN/adapter is what
training/exddv_predict.py writes sentences with. docs/exddv.md has the recipes.
"""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from training.options import add_large_model_options, add_run_options


def parse(argv: list[str] | None = None) -> argparse.Namespace:
    """The command's options."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_run_options(p, minutes=2880, validate_every=30, threads=2)
    add_large_model_options(p)
    p.add_argument("--mask", choices=("none", "hard", "soft", "blurred"), default="none", help="around the clicks")
    p.add_argument("--radius", type=float, help="of the mask, in pixels of a 224 px input (75)")
    p.add_argument("--no-originals", dest="originals", action="store_false", help="learn no real videos")
    p.add_argument("--epochs", type=int, help="default: the recipe's")
    p.add_argument("--lr", type=float, help="default: the recipe's")
    p.add_argument("--batch", type=int, help="rows of a batch; default: the recipe's")
    p.add_argument("--micro", type=int, default=2, help="rows in memory at a time; a step takes several such parts")
    p.add_argument("--checkpointing", action=argparse.BooleanOptionalAction, default=True, help="recompute activations")
    p.add_argument("--validate-rows", type=int, default=200, help="validation rows at a time")
    p.add_argument("--log-every", type=int, default=10, help="steps between lines of the log")
    args = p.parse_args(argv)
    numbers = (args.micro, args.validate_rows, args.log_every, args.epochs or 1, args.batch or 1)
    if min(numbers) < 1 or (args.lr is not None and args.lr <= 0) or (args.radius is not None and args.radius <= 0):
        p.error("--micro, --validate-rows, --log-every, --epochs, --batch, --lr and --radius are above 0")
    if not args.smoke and (args.data is None or args.model is None):
        p.error("--data DIR and --model FOLDER are needed (or --smoke for a trial without data)")
    args.csv = args.data / "exddv" / "ExDDV.csv" if args.data is not None else None
    return args


def main(argv: list[str] | None = None) -> int:
    """Tune and write the adapter; 0 when it went well, 2 for errors a user can act on."""
    args = parse(argv)
    from media.errors import ForgeryAssistantError
    from training.exddv_loop import ExddvRun
    from training.exddv_recipes import recipe_of
    from training.processes import leave

    try:
        recipe = recipe_of(args.recipe)
        changes = {name: getattr(args, name) for name in ("epochs", "lr", "batch") if getattr(args, name) is not None}
        recipe = replace(recipe, **changes)
        if args.smoke:
            from training.exddv_smoke import set_up

            recipe = set_up(args, recipe)
        run = ExddvRun.start(args, recipe)
        run.train()
        folder = run.finish()
    except ForgeryAssistantError as error:
        sys.stderr.write(f"exddv_tune.py: {error.message}\n")
        return 2
    run.log.write(event="end", folder=str(folder))
    leave()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
