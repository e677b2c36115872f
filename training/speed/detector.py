"""The detector: seconds a picture by batch, its share of the matrix rate, and what keeping text features is worth."""

import statistics
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from training.speed.build import Detector, attach_text, build_detector, encoder_of, random_pictures
from training.speed.meter import Meter, flops, median_ratio, parameters_of, weights_gib
from training.speed.sizes import TOGETHER, DetectorConfig, Size


def measure_detectors(size: Size, meter: Meter, rate: float) -> list[dict[str, Any]]:
    """One record a detector of the size; rate: measured operations a second in the meter's type."""
    found = []
    for name, config in size.detectors.items():
        meter.free()
        measured = meter.within_memory(lambda c=config: _measure(c, size, meter, rate))
        found.append({"name": name, **measured})
    meter.free()
    return found


def _measure(config: DetectorConfig, size: Size, meter: Meter, rate: float) -> dict[str, Any]:
    detector = build_detector(config, meter)
    meter.free()
    memory = meter.memory()
    pictures = random_pictures(max(*size.batches, TOGETHER), config.image_size, meter)
    work = flops(lambda: one_pass(detector, pictures[:1], meter))

    def batch(count: int) -> dict[str, Any]:
        seconds = meter.seconds(lambda: one_pass(detector, pictures[:count], meter))
        return {
            "seconds": seconds, "seconds_per_image": seconds / count, "images_per_s": count / seconds,
            "matrix_share": work * count / seconds / rate,
        }  # fmt: skip

    rows = meter.by_batch(size.batches, batch)
    peak = meter.memory()

    def text() -> dict[str, Any]:
        again = attach_text(detector, size.text, meter)
        return compare_text(detector, again, pictures[:TOGETHER], meter)

    return {
        "image_px": config.image_size, "parameters": parameters_of(detector), "weights_gib": weights_gib(detector),
        "encoder_dtype": str(next(encoder_of(detector).parameters()).dtype).removeprefix("torch."),
        "memory_at_load": memory, "memory_after_batches": peak, "gflop_per_image": work / 1e9, "batches": rows,
        "text": meter.within_memory(text),
    }  # fmt: skip


@torch.inference_mode()
def one_pass(detector: Detector, pictures: NDArray[np.uint8], meter: Meter) -> None:
    """Pictures, uint8 (B, S, S, 3) in main memory, through the detector once; what comes out stays on the device."""
    with meter.autocast():
        detector(detector.prepare(pictures))


def compare_text(
    detector: Detector, again: Callable[[], None], pictures: NDArray[np.uint8], meter: Meter
) -> dict[str, Any]:
    """All pictures one by one with text features made anew for each, one by one with kept ones, and in one batch.

    The three follow each other in every round.

    Returns:
        rounds; medians of the clock's seconds an image; "ratio" and "cpu_ratio" of anew / batch.
    """

    def anew() -> None:
        for picture in pictures:
            again()
            one_pass(detector, picture[None], meter)

    def kept() -> None:
        for picture in pictures:
            one_pass(detector, picture[None], meter)

    ways = {"anew": anew, "kept": kept, "batch": lambda: one_pass(detector, pictures, meter)}
    for do in ways.values():
        meter.once(do)
    rounds = [{name: meter.spent(do) for name, do in ways.items()} for _ in range(meter.repeats)]
    medians = {f"{name}_s": statistics.median(r[name]["seconds"] for r in rounds) / len(pictures) for name in ways}
    return {"pictures": len(pictures), "rounds": rounds, **medians, **median_ratio(rounds, "anew", "batch")}
