"""Train the click predictor: where a person would click on a manipulated face.

    uv run python training/train_clicks.py --data DIR --out runs/clicks --max-minutes 15
    uv run python training/train_clicks.py --data DIR --videos VIDEOS --config vit_base --init vit.safetensors --out RUN
    uv run python training/train_clicks.py --smoke --out runs/clicks-smoke       # library pictures, under a minute

Learns the clicks of ExDDV's annotators where its videos are given, else simulated forgeries: the click lies where the
forgery shows most, and scatters as the annotators' clicks do (measured in DIR/exddv/ExDDV.csv). The same command goes
on where it was interrupted; the averaged weights are written to RUN/checkpoint.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from training.options import add_run_options

ROOT = Path(__file__).resolve().parents[1]


def parse(argv: list[str] | None = None) -> argparse.Namespace:
    """The command's options."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_run_options(p, minutes=15, validate_every=3, threads=2, workers=1)
    p.add_argument("--data", type=Path, help="folder with faces/ and exddv/ (not needed with --smoke)")
    p.add_argument("--config", default="embedded", choices=("embedded", "vit_base", "resnet50"), help="which recipe")
    p.add_argument("--kfd", type=Path, help="the detector that `embedded` reads (checkpoints/embedded/kfd)")
    p.add_argument("--csv", type=Path, help="annotations (DIR/exddv/ExDDV.csv)")
    p.add_argument("--videos", type=Path, help="folder of the annotated videos; without it forgeries are simulated")
    p.add_argument("--init", type=Path, help="file of ImageNet weights for vit_base and resnet50")
    p.add_argument("--batch", type=int, help="pictures a step; default: the recipe's")
    p.add_argument("--lr", type=float, help="peak learning rate; default: the recipe's")
    args = p.parse_args(argv)
    args.kfd = args.kfd or ROOT / "checkpoints" / "embedded" / "kfd"
    if args.csv is None and args.data is not None:
        args.csv = args.data / "exddv" / "ExDDV.csv"
    return args


def main(argv: list[str] | None = None) -> int:
    """Train and write the checkpoint; 0 when it went well, 2 for errors a user can act on."""
    args = parse(argv)
    if not args.smoke and args.data is None:
        raise SystemExit("train_clicks.py: --data DIR is needed (or --smoke for a trial without data)")
    from media.errors import ForgeryAssistantError
    from training.click_loop import ClickRun

    try:
        run = ClickRun.start(args)
        run.train()
        folder = run.finish()
    except ForgeryAssistantError as error:
        sys.stderr.write(f"train_clicks.py: {error.message}\n")
        return 2
    run.log.write(event="end", folder=str(folder))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
