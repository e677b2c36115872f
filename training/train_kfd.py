"""Train the knowledge-guided forgery detector (stage 1) on simulated forgeries of real photos.

    uv run python training/train_kfd.py --data DIR --out runs/kfd --max-minutes 75
    uv run python training/train_kfd.py --smoke --out runs/kfd-smoke          # library pictures, under 2 minutes

Interrupt it whenever you like: the same command goes on from RUN/state.pt. --max-minutes is the time spent on steps
over all starts; learning rate and curriculum follow the share of it that is used. When it is used up the averaged
weights are calibrated on one half of the validation photos and written to RUN/checkpoint.
Several processes: `accelerate launch training/train_kfd.py ...`. --experiment names a row of the paper's tables
(training/experiments.py); at their size --towers FILE brings the encoder. See docs/full-size.md.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from training.experiments import add_experiment_options, parse_with_experiment
from training.options import add_forging_options, add_run_options


def parse(argv: list[str] | None = None) -> argparse.Namespace:
    """The command's options."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_run_options(p, minutes=75, validate_every=6, threads=2, workers=2)
    add_experiment_options(p)
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
    p.add_argument("--fine", action="store_true", help="a path that keeps every pixel in the small encoder, added to "
                   "--init's if it has none")  # fmt: skip
    p.add_argument("--wear", choices=("usual", "strong"), default="usual", help="strong: more pictures with sensor "
                   "noise or lost resolution")  # fmt: skip
    p.add_argument("--config", choices=("embedded", "openclip", "tiny"), default="embedded", help="detector size")
    p.add_argument("--towers", type=Path, metavar="FILE", help="weights of OpenCLIP's ViT-H-14 or ImageBind: the "
                   "detector is built on them, and they do not learn (docs/full-size.md)")  # fmt: skip
    p.add_argument("--encoder-lora", type=int, default=0, metavar="R", help="low rank that learns in their MLPs "
                   "(the authors' release: 32; the paper: none)")  # fmt: skip
    p.add_argument("--checkpointing", action="store_true", help="compute activations again: less memory, more time")
    p.add_argument("--loss", choices=("shipped", "paper"), default="shipped", help="terms of the loss")
    p.add_argument("--photos", type=int, help="learn from so many photos; 0: from the manifests' videos alone")
    p.add_argument("--clip-share", type=float, default=0.35, help="share of pairs from real clips")
    p.add_argument("--batch-pairs", type=int, default=32, help="pairs (real + forgery) a step")
    p.add_argument("--lr", type=float, default=2e-3, help="peak learning rate")
    p.add_argument("--encoder-lr", type=float, default=0.5, help="the encoder's share of the learning rate")
    p.add_argument("--weight-decay", type=float, default=0.02)
    return parse_with_experiment(p, "kfd", argv)


def main(argv: list[str] | None = None) -> None:
    """Train, calibrate and write the checkpoint."""
    args = parse(argv)
    if not args.smoke and args.data is None:
        raise SystemExit("train_kfd.py: --data DIR is needed (or --smoke for a trial without data)")
    from media.errors import ForgeryAssistantError
    from training.kfd_loop import KfdRun
    from training.processes import leave

    start = time.time()
    try:
        run = KfdRun.start(args)
        run.train()
        run.finish()
        run.log.write(event="end", minutes=round((time.time() - start) / 60, 2))
        leave()
    except ForgeryAssistantError as error:
        raise SystemExit(f"train_kfd.py: {error.message}") from error


if __name__ == "__main__":
    main()
