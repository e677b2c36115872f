"""Train the video detector (FakeSTormer) on simulated forgeries of real clips and of photos set in motion.

    uv run python training/train_video.py --data DIR --out runs/video --detector checkpoints/embedded/kfd --prepare 5120
    uv run python training/train_video.py --data DIR --out runs/paper --experiment main-c23-t4 --size base --device cuda
    uv run python training/train_video.py --smoke --out runs/video-smoke       # library pictures, under 2 minutes

--experiment names a row of the paper's tables (fakestormer/experiments.py) or "shipped", the small detector's recipe.
Interrupt it whenever you like: the same command goes on from RUN/state.pt. --max-minutes is the time spent on steps
over all starts; freezing, ramp, decay and curriculum follow the share of it that is used. At its end the averaged
weights are calibrated on one half of the validation data and written to RUN/checkpoint.
Several processes: `torchrun --nproc_per_node N training/train_video.py ...`. See docs/video-training.md.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from training.options import add_forging_options, add_run_options


def parse(argv: list[str] | None = None) -> argparse.Namespace:
    """The command's options; None means: as the experiment says."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_run_options(p, minutes=30, validate_every=6, threads=1, workers=1)
    add_forging_options(p)
    p.add_argument("--data", type=Path, help="folder with videos_real/ and faces/ (not needed with --smoke)")
    p.add_argument("--experiment", default="shipped", help="row of the paper's tables, or shipped")
    p.add_argument("--size", choices=("base", "embedded"), default="embedded", help="size of the paper's rows")
    p.add_argument("--model", choices=("fakestormer", "cnn3d", "tiny"), default="fakestormer", help="kind of network")
    p.add_argument("--init", type=Path, help="a video detector's folder to start from instead of random weights")
    p.add_argument("--detector", type=Path, help="a frame detector's folder: build on it; it does not learn here")
    p.add_argument("--prepare", type=int, default=0, metavar="N", help="forge N pairs once, keep what the detector "
                   "sees in them and learn from that many times (with --detector; 0: always new pairs)")  # fmt: skip
    p.add_argument("--mae", type=Path, help="local .safetensors of MAE's ViT-B (size base)")
    p.add_argument("--kfd", type=Path, help="frame detector to be combined with (default: --detector, or the shipped)")
    p.add_argument("--batch-pairs", type=int, help="pairs (real + forged clip) a step")
    p.add_argument("--lr", type=float, help="peak learning rate")
    p.add_argument("--freeze", type=float, help="share of the time in which only the heads learn")
    p.add_argument("--sam", action=argparse.BooleanOptionalAction, help="two passes a step; default: the paper's rows")
    p.add_argument("--depth", type=int, help="transformer blocks of a new network (they cost the most time)")
    p.add_argument("--runs", type=int, default=3, help="clips of 32 frames kept of a real video")
    p.add_argument("--clip-share", type=float, default=0.4, help="share of pairs from real clips where there are both")
    p.add_argument("--clip-norm", type=float, default=5.0, help="largest norm of the gradient")
    return p.parse_args(argv)


def main(argv: list[str] | None = None) -> None:
    """Train, calibrate and write the checkpoint."""
    args = parse(argv)
    if not args.smoke and args.data is None:
        raise SystemExit("train_video.py: --data DIR is needed (or --smoke for a trial without data)")
    if args.prepare and not (args.detector or args.init):
        raise SystemExit("train_video.py: --prepare keeps what a frame detector sees; give --detector DIR")
    from media.errors import ForgeryAssistantError
    from training.processes import leave
    from training.video_loop import VideoRun

    start = time.time()
    try:
        run = VideoRun.start(args)
    except ForgeryAssistantError as error:
        raise SystemExit(f"train_video.py: {error.message}") from error
    run.train()
    run.finish()
    run.log.write(event="end", minutes=round((time.time() - start) / 60, 2))
    leave()


if __name__ == "__main__":
    main()
