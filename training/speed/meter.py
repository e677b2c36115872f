"""Seconds, memory, floating-point operations and the device's own matrix rate, measured the same way everywhere."""

import gc
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from evaluation.serving_eval import timed

GIB = 2**30
OUT_OF_MEMORY = "out of memory"
_STATM = Path("/proc/self/statm")
_PAGE = 4096
_ALLOCATOR = ("can't allocate memory", "not enough memory")
_PRODUCTS = 10
"""Matrix products in one measurement of the rate, so that starting them hides behind their work."""


@dataclass(frozen=True)
class Meter:
    """How things are measured.

    Attributes:
        device: where; work on it is waited for before a clock is read.
        dtype: of frozen weights and passes: float32, or bfloat16 (with autocast for what stays float32).
        repeats: measurements of each figure, after one that warms up; the median is reported.
        seed: of every random weight and input.
    """

    device: torch.device
    dtype: torch.dtype
    repeats: int = 5
    seed: int = 0

    def __post_init__(self) -> None:
        if self.repeats < 1:
            raise ValueError(f"repeats must be at least 1, got {self.repeats}")

    @property
    def on_gpu(self) -> bool:
        """Whether the device is a CUDA one."""
        return self.device.type == "cuda"

    def autocast(self) -> AbstractContextManager[Any]:
        """Passes in `dtype`; nothing at all for float32."""
        return torch.autocast(self.device.type, torch.bfloat16, enabled=self.dtype == torch.bfloat16)

    @contextmanager
    def seeded(self, offset: int = 0) -> Iterator[None]:
        """Random numbers and new tensors of the block are made on the device, from the seed; the callers' are kept."""
        devices = [torch.cuda.current_device()] if self.on_gpu else []
        with torch.random.fork_rng(devices=devices), torch.device(self.device):
            torch.manual_seed(self.seed + offset)
            yield

    def wait(self) -> None:
        """Until all work on the device is done."""
        if self.on_gpu:
            torch.cuda.synchronize(self.device)

    def spent(self, do: Callable[[], Any]) -> dict[str, float]:
        """Seconds of do() and of the work that it started on the device: of the clock, and of the processor."""
        self.wait()
        return timed(lambda: (do(), self.wait()))[1]

    def once(self, do: Callable[[], Any]) -> float:
        """Seconds of the clock of do() and of the work that it started on the device."""
        return self.spent(do)["seconds"]

    def seconds(self, do: Callable[[], Any]) -> float:
        """Median seconds of do(), after one call that is not counted."""
        self.once(do)
        return statistics.median(self.once(do) for _ in range(self.repeats))

    def matrix_rate(self, side: int, dtype: torch.dtype) -> float:
        """Operations a second of a product of two square matrices, 2 side^3 each: the measured matrix rate."""
        with self.seeded():
            a, b = (torch.randn(side, side).to(dtype) for _ in range(2))
        return _PRODUCTS * 2 * side**3 / self.seconds(lambda: [a @ b for _ in range(_PRODUCTS)])

    def free(self) -> None:
        """Give memory that is no longer used back, and count its peak from now on."""
        gc.collect()
        if self.on_gpu:
            torch.cuda.empty_cache()
            torch.cuda.reset_peak_memory_stats(self.device)

    def memory(self) -> dict[str, float | None]:
        """GiB now: on a GPU allocated, reserved, and the peak of both since `free`; else resident, None if unknown."""
        if not self.on_gpu:
            pages = int(_STATM.read_text().split()[1]) if _STATM.is_file() else None
            return {"resident_gib": None if pages is None else pages * _PAGE / GIB}
        return {
            "allocated_gib": torch.cuda.memory_allocated(self.device) / GIB,
            "reserved_gib": torch.cuda.memory_reserved(self.device) / GIB,
            "peak_allocated_gib": torch.cuda.max_memory_allocated(self.device) / GIB,
            "peak_reserved_gib": torch.cuda.max_memory_reserved(self.device) / GIB,
        }

    def within_memory(self, do: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """What do() gives, or {"error": "out of memory"}; other errors are raised."""
        try:
            return do()
        except (RuntimeError, MemoryError) as error:
            if not _is_out_of_memory(error):
                raise
        self.free()  # here the error's frames, which hold the tensors, are gone
        return {"error": OUT_OF_MEMORY}

    def by_batch(self, batches: tuple[int, ...], do: Callable[[int], dict[str, Any]]) -> list[dict[str, Any]]:
        """{"batch": n, **do(n)} for rising n; after one that needs too much memory no larger one is tried."""
        rows: list[dict[str, Any]] = []
        for batch in sorted(batches):
            if rows and "error" in rows[-1]:
                rows.append({"batch": batch, "error": "not tried"})
            else:
                rows.append({"batch": batch, **self.within_memory(lambda n=batch: do(n))})
        return rows


def median_ratio(rounds: Sequence[Mapping[str, Mapping[str, float]]], way: str, base: str) -> dict[str, float]:
    """How many times longer `way` took than `base`: the median of the rounds' ratios, by clock and by processor."""
    units = {"ratio": "seconds", "cpu_ratio": "cpu_seconds"}
    return {name: statistics.median(r[way][u] / max(r[base][u], 1e-9) for r in rounds) for name, u in units.items()}


def _is_out_of_memory(error: BaseException) -> bool:
    known = isinstance(error, torch.OutOfMemoryError | MemoryError)
    return known or any(words in str(error) for words in _ALLOCATOR)


def flops(do: Callable[[], Any]) -> int:
    """Floating-point operations of matrix products, convolutions and attention in do(), forward and backward.

    A multiplication with its addition counts as two; everything else (norms, activations, additions) is not counted.
    """
    from torch.utils.flop_counter import FlopCounterMode

    mended = {torch.ops.aten.convolution_backward: _backward_operations}
    with FlopCounterMode(display=False, custom_mapping=mended) as counter:
        do()
    return int(counter.get_total_flops())


def _backward_operations(
    after: Sequence[int], before: Sequence[int], weight: Sequence[int], *rest: Any, **_: Any
) -> int:
    """Operations of a convolution's gradients from its shapes: each costs what the forward pass costs.

    PyTorch's own count takes no account of groups and gives a depthwise convolution too many.
    """
    from torch.utils.flop_counter import conv_flop_count

    transposed, wanted = rest[4], rest[7]
    return sum(wanted[:2]) * conv_flop_count(list(before), list(weight), list(after), transposed=transposed)


def parameters_of(*modules: nn.Module) -> int:
    """How many parameters the modules have."""
    return sum(p.numel() for module in modules for p in module.parameters())


def weights_gib(*modules: nn.Module) -> float:
    """GiB of the modules' parameters and buffers."""
    tensors = (t for module in modules for t in (*module.parameters(), *module.buffers()))
    return sum(t.numel() * t.element_size() for t in tensors) / GIB
