"""Train the language side (stage 2). First the words, without pictures, then everything with the detector frozen.

    uv run python training/prompt_tune.py --stage text --data DIR --out runs/text --max-minutes 40
    uv run python training/prompt_tune.py --stage tune --data DIR --out runs/tune --max-minutes 40 \\
        --kfd runs/kfd/checkpoint --init runs/text/checkpoint
    uv run python training/prompt_tune.py --stage tune --smoke --out runs/tune-smoke      # under 2 minutes, no data
    uv run python training/prompt_tune.py --stage tune --data DIR --kfd ... --lm NAME --out runs/large   # LoRA

`text`: dialogues about findings drawn at random, alternated 1:1 with general dialogue; facts stand in for a picture.
`tune`: the detector's signals on photos that it has not learnt (computed once, RUN/signals.npz); prompt learner,
projector and language model learn. Interrupt it whenever you like: the same command goes on from RUN/state.pt.
Several processes: `accelerate launch --config_file training/configs/NAME.yaml training/prompt_tune.py ...`.
--experiment names a row of the paper's tables (training/experiments.py). See docs/full-size.md.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from training.experiments import WIDTHS, add_experiment_options, parse_with_experiment
from training.options import add_run_options


def parse(argv: list[str] | None = None) -> argparse.Namespace:
    """The command's options."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_run_options(p, minutes=40, validate_every=6, threads=2)
    add_experiment_options(p)
    p.add_argument("--stage", choices=("text", "tune"), required=True)
    p.add_argument("--data", type=Path, help="folder with dialogue/ and faces/ (not needed with --smoke)")
    p.add_argument("--init", type=Path, help="checkpoint folder of an earlier run to start from")
    p.add_argument("--kfd", type=Path, help="detector folder (stage tune)")
    p.add_argument("--lm", help="another causal language model, folder or name; tuned by LoRA")
    p.add_argument("--lora-rank", type=int, default=32)
    p.add_argument("--width", choices=tuple(WIDTHS), help="size of a new language model (embedded), or that --init has")
    p.add_argument("--checkpointing", action="store_true", help="compute activations again: less memory, more time")
    p.add_argument("--tune-lm", action=argparse.BooleanOptionalAction, default=True, help="whether the LM learns")
    p.add_argument("--forgery-tokens", action=argparse.BooleanOptionalAction, default=True,
                   help="off: the same tokens for every picture, no prompt learner")  # fmt: skip
    p.add_argument("--dialogue", type=Path, metavar="FILE", help="general dialogue in PandaGPT's format, full turns")
    p.add_argument("--vocabulary", type=Path, help="SentencePiece file; trained into RUN when missing")
    p.add_argument("--samples", type=int, default=4000, help="examined pictures (stage tune)")
    p.add_argument("--signals", type=Path, metavar="RUN", help="take the pictures that another run examined")
    p.add_argument("--targets", choices=("detector", "truth"), default="detector", help="who decides in the answers")
    p.add_argument("--withhold", type=float, default=0.3, help="share of dialogues without the result sentence")
    p.add_argument("--batch-tokens", type=int, default=2560, help="positions a step, padding included")
    p.add_argument("--lr", type=float, help="peak learning rate (text 1.5e-3, tune 5e-4, LoRA 1e-4)")
    p.add_argument("--weight-decay", type=float, default=0.05)
    args = parse_with_experiment(p, "tune", argv)
    problems = []
    if not args.smoke and args.data is None:
        problems.append("--data DIR is needed (or --smoke for a trial without data)")
    if not args.smoke and args.stage == "tune" and args.kfd is None:
        problems.append("--stage tune needs --kfd, the detector's checkpoint folder")
    if not args.smoke and args.stage == "tune" and args.init is None and args.lm is None:
        problems.append("--stage tune needs --init (checkpoint of --stage text) or --lm")
    if args.init is not None and args.lm is not None:
        problems.append("--init brings its own language model: leave out --lm, or --init")
    if problems:
        p.error("; ".join(problems))
    return args


def main(argv: list[str] | None = None) -> None:
    """Train and write the checkpoint."""
    args = parse(argv)
    from media.errors import ForgeryAssistantError
    from training.lm_loop import TuneRun
    from training.processes import leave

    try:
        run = TuneRun.start(args)
        run.train()
        run.finish()
        leave()
    except ForgeryAssistantError as error:
        raise SystemExit(f"prompt_tune.py: {error.message}") from error


if __name__ == "__main__":
    main()
