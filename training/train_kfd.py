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


def parse(argv: list[str] | None = None) -> argparse.Namespace:
    """The command's options."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, help="folder with faces/ and videos_real/ (not needed with --smoke)")
    p.add_argument("--out", type=Path, required=True, help="run folder: state, log, contact sheet, checkpoint")
    p.add_argument("--init", type=Path, help="a detector's folder to start from instead of random weights")
    p.add_argument("--config", default="embedded", help="detector size: embedded or tiny")
    p.add_argument("--max-minutes", type=float, default=75, help="training time over all starts")
    p.add_argument("--batch-pairs", type=int, default=32, help="pairs (real + forgery) a step")
    p.add_argument("--lr", type=float, default=2e-3, help="peak learning rate")
    p.add_argument("--encoder-lr", type=float, default=0.5, help="the encoder's share of the learning rate")
    p.add_argument("--image-size", type=int, help="side of the crops; default: the configuration's, or that of --init")
    p.add_argument("--weight-decay", type=float, default=0.02)
    p.add_argument("--workers", type=int, default=2, help="forging processes")
    p.add_argument("--threads", type=int, default=2, help="threads of the training process")
    p.add_argument("--validate-every", type=float, default=6, help="minutes between validations")
    p.add_argument("--curriculum", type=float, default=0.4, help="share of the time until the hardest setting")
    p.add_argument("--fix-norms", type=float, default=0.15, help="share of the time until norm statistics are fixed")
    p.add_argument("--seed", type=int, default=42)
    p.add_argument("--device", default="cpu")
    p.add_argument("--smoke", action="store_true", help="tiny model on the picture that scikit-image ships")
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
