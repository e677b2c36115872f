"""Options that the training scripts share; nothing heavy is imported, so that --help is there at once."""

import argparse
from pathlib import Path


def add_run_options(
    parser: argparse.ArgumentParser, minutes: float, validate_every: float, threads: int, workers: int | None = None
) -> None:
    """The options that every training script has, with this script's defaults; workers None: it forges nothing."""
    parser.add_argument("--out", type=Path, required=True, help="run folder: state, log, caches, checkpoint")
    parser.add_argument("--max-minutes", type=float, default=minutes, help="time spent on steps over all starts")
    parser.add_argument("--max-steps", type=int, help="end after so many steps, whichever is used up first")
    parser.add_argument("--validate-every", type=float, default=validate_every, help="minutes between validations")
    if workers is not None:
        parser.add_argument("--workers", type=int, default=workers, help="forging processes")
    parser.add_argument("--threads", type=int, default=threads, help="threads of the training process")
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--device", type=device_kind, default="cpu", help="cpu or cuda; CUDA_VISIBLE_DEVICES chooses")
    parser.add_argument("--smoke", action="store_true", help="tiny model on the picture that scikit-image ships")


def device_kind(text: str) -> str:
    """A kind of device; which one of them is for the environment, since several processes share the command."""
    if ":" in text:
        kind, _, number = text.partition(":")
        raise argparse.ArgumentTypeError(f"give {kind}, and choose the device with CUDA_VISIBLE_DEVICES={number}")
    return text


def add_forging_options(parser: argparse.ArgumentParser) -> None:
    """The options of detectors that learn from simulated forgeries."""
    parser.add_argument("--curriculum", type=float, default=0.4, help="share of the time until the hardest setting")
    parser.add_argument(
        "--fix-norms", type=float, default=0.15, help="share of the time until norm statistics are fixed"
    )
    parser.add_argument("--image-size", type=int, help="side of the crops; default: the configuration's, or --init's")


def add_large_model_options(parser: argparse.ArgumentParser) -> None:
    """The options of scripts that read a large model of pictures and text, and annotated videos."""
    parser.add_argument("--recipe", default="llava-1.5-7b", help="llava-1.5-7b, phi-3-v or blip-2")
    parser.add_argument("--model", help="folder of the model, or its name on the hub, which is then downloaded")
    parser.add_argument("--data", type=Path, help="folder with exddv/ExDDV.csv")
    parser.add_argument("--videos", type=Path, help="folder below which the annotated videos are searched")
    parser.add_argument("--int8", action=argparse.BooleanOptionalAction, help="8-bit weights; default: the recipe's")
    parser.add_argument("--precision", choices=("bf16", "fp32"), default="bf16")
    parser.add_argument("--trust-remote-code", action="store_true", help="run the program in the model's folder")
    parser.add_argument("--workers", type=int, default=2, help="processes that decode videos")
