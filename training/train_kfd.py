"""Train the knowledge-guided forgery detector (stage 1) on simulated forgeries of real photos.

    uv run python training/train_kfd.py --data DIR --out runs/kfd --max-minutes 75
    uv run python training/train_kfd.py --smoke --out runs/kfd-smoke          # library pictures, under 2 minutes

Interrupt it whenever you like: the same command goes on from RUN/state.pt. --max-minutes is the time spent on steps
over all starts; learning rate and curriculum follow the share of it that is used. When it is used up the averaged
weights are calibrated on one half of the validation photos and written to RUN/checkpoint.
Several processes: `accelerate launch training/train_kfd.py ...`.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from training.options import add_forging_options, add_run_options


def parse(argv: list[str] | None = None) -> argparse.Namespace:
    """The command's options."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_run_options(p, minutes=75, validate_every=6, threads=2, workers=2)
    add_forging_options(p)
    p.add_argument("--data", type=Path, help="folder with faces/ and videos_real/ (not needed with --smoke)")
    p.add_argument(
        "--manifest", type=Path, nargs="+", metavar="FILE", help="real videos of benchmarks too (docs/datasets.md)"
    )
    p.add_argument(
        "--manifest-root", type=Path, metavar="ROOT", help="what the manifests' paths are relative to; default: --data"
    )
    p.add_argument(
        "--manifest-compressions", nargs="+", default=(), metavar="C", help="raw, c23, c40, none; default: all"
    )
    p.add_argument("--init", type=Path, help="a detector's folder to start from instead of random weights")
    p.add_argument("--config", default="embedded", help="detector size: embedded or tiny")
    p.add_argument("--batch-pairs", type=int, default=32, help="pairs (real + forgery) a step")
    p.add_argument("--lr", type=float, default=2e-3, help="peak learning rate")
    p.add_argument("--encoder-lr", type=float, default=0.5, help="the encoder's share of the learning rate")
    p.add_argument("--weight-decay", type=float, default=0.02)
    return p.parse_args(argv)


def main(argv: list[str] | None = None) -> None:
    """Train, calibrate and write the checkpoint."""
    args = parse(argv)
    if not args.smoke and args.data is None:
        raise SystemExit("train_kfd.py: --data DIR is needed (or --smoke for a trial without data)")
    from training.kfd_loop import KfdRun

    start = time.time()
    run = KfdRun.start(args)
    run.train()
    run.finish()
    run.log.write(event="end", minutes=round((time.time() - start) / 60, 2))


if __name__ == "__main__":
    main()
