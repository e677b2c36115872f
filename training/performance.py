"""Measure speed and memory with random weights: detector, conversation, training steps of both stages.

    python training/performance.py --size full --device cuda --out results/performance     # real size, on a GPU
    python training/performance.py --size small --out results/performance                   # the shipped sizes

No weights, pictures or dialogues are needed: what stands in them changes no time. Everything comes from this one run,
so its ratios hold within it. OUT gets performance.json and performance.md.
"""

import argparse
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

if TYPE_CHECKING:
    from training.speed.meter import Meter
    from training.speed.sizes import Size

PARTS = ("detector", "language", "training")
NO_GPU = (
    "Full size needs a GPU, and none was found here; --device cpu tries it on the processor, with 40 GB of memory and "
    "much time."
)
NO_CUDA = "There is no CUDA device here; leave --device out or give --device cpu."
_LOG = logging.getLogger("performance")


def parse(argv: list[str] | None = None) -> argparse.Namespace:
    """The command's options."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--size", choices=("full", "small", "tiny"), required=True, help="full: ViT-H-14 and a 7B model")
    p.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for performance.json and .md")
    p.add_argument("--device", choices=("cuda", "cpu"), help="default: cuda where there is one")
    p.add_argument("--dtype", choices=("bf16", "fp32"), help="of passes; default: bf16 on a GPU, fp32 on a processor")
    p.add_argument("--only", metavar="PARTS", help=f"comma-separated: {', '.join(PARTS)}")
    p.add_argument("--language", metavar="NAME", help="size full: vicuna-7b (default), llama-3.2-3b, llama-3.2-1b")
    p.add_argument("--repeats", type=int, default=5, metavar="N", help="measurements of each figure")
    p.add_argument("--threads", type=int, metavar="N", help="threads on the processor; default: torch's choice")
    p.add_argument("--seed", type=int, default=0)
    args = p.parse_args(argv)
    if args.repeats < 1 or (args.threads is not None and args.threads < 1):
        p.error("--repeats and --threads must be at least 1")
    return args


def chosen_parts(text: str | None) -> tuple[str, ...]:
    """The parts of a comma-separated list, all when it is None; in the fixed order."""
    from media.errors import BadRequest

    wanted = {word.strip() for word in (text or ",".join(PARTS)).split(",") if word.strip()}
    unknown = sorted(wanted - set(PARTS))
    if unknown or not wanted:
        raise BadRequest(f"Unknown part: {', '.join(unknown) or '(none)'}; choose of {', '.join(PARTS)}.")
    return tuple(part for part in PARTS if part in wanted)


def meter_for(args: argparse.Namespace) -> "Meter":
    """Where and in which type to measure.

    Raises:
        BadRequest: a GPU is needed and there is none.
    """
    import torch

    from media.errors import BadRequest
    from training.speed.meter import Meter

    there = torch.cuda.is_available()
    if args.device == "cuda" and not there:
        raise BadRequest(NO_GPU if args.size == "full" else NO_CUDA)
    if args.size == "full" and args.device is None and not there:
        raise BadRequest(NO_GPU)
    device = torch.device(args.device or ("cuda" if there else "cpu"))
    half = args.dtype == "bf16" or (args.dtype is None and device.type == "cuda")
    return Meter(device, torch.bfloat16 if half else torch.float32, args.repeats, args.seed)


def size_for(args: argparse.Namespace) -> "tuple[Size, str]":
    """The size, and the name of its language model.

    Raises:
        BadRequest: a language model is named that does not belong to the size.
    """
    from media.errors import BadRequest
    from training.speed.sizes import full_size, small_size, tiny_size

    if args.size == "full":
        name = args.language or "vicuna-7b"
        return full_size(name), name
    if args.language is not None:
        raise BadRequest("--language belongs to --size full; the smaller sizes have their own language model.")
    return (small_size(), "embedded") if args.size == "small" else (tiny_size(), "tiny")


def measure(size: "Size", meter: "Meter", parts: tuple[str, ...], record: dict[str, Any], out: Path) -> None:
    """Measure the parts into `record`, which is written after each; one that fails does not stop the others."""
    import torch

    from training.speed.detector import measure_detectors
    from training.speed.language import measure_language
    from training.speed.report import write
    from training.speed.steps import measure_training

    types = {"bf16": torch.bfloat16} if meter.dtype == torch.bfloat16 else {"fp32": meter.dtype, "bf16": torch.bfloat16}
    rates = {name: meter.matrix_rate(size.matrix, dtype) for name, dtype in types.items()}
    own = rates["bf16" if meter.dtype == torch.bfloat16 else "fp32"]
    record["matrix_tflops"] = {name: rate / 1e12 for name, rate in rates.items()}
    work = {
        "detector": lambda: measure_detectors(size, meter, own),
        "language": lambda: measure_language(size, meter, own),
        "training": lambda: measure_training(size, meter, rates["bf16"], out),
    }
    write(out, record)
    for part in parts:
        try:
            record[part] = work[part]()
        except Exception as error:
            _LOG.exception("part %s failed", part)
            record.setdefault("failed", {})[part] = f"{type(error).__name__}: {error}"
        write(out, record)


def main(argv: list[str] | None = None) -> int:
    """Run the command; 0 when every part was measured, 1 when one failed, 2 for a wrong wish."""
    args = parse(argv)
    from media.errors import ForgeryAssistantError

    try:
        parts = chosen_parts(args.only)
        size, language = size_for(args)
        meter = meter_for(args)
    except ForgeryAssistantError as error:
        sys.stderr.write(f"{error.message}\n")
        return 2
    import torch

    from training.common import command_line
    from training.speed.report import about, markdown

    if args.threads is not None:
        torch.set_num_threads(args.threads)
    record: dict[str, Any] = {"about": about(meter, args.size, language, command_line(None, args.out))}
    measure(size, meter, parts, record, args.out)
    sys.stdout.write(markdown(record))
    return 1 if record.get("failed") else 0


if __name__ == "__main__":
    raise SystemExit(main())
