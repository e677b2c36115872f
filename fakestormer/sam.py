"""Sharpness-aware minimisation around Adam, and the schedule: freeze, ramp, decay (sheet §8).

SAM (Foret et al., 2021): climb to w + rho g / |g|, take the gradient there, return to w and let Adam step with it.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

import torch
from torch import Tensor, nn


class SharpnessAware:
    """Two-step optimiser: `step(closure)` runs forward and backward twice.

    Args:
        base: the optimiser that makes the step; parameters without a gradient (frozen ones) are left alone.
        rho: radius of the climb.
    """

    def __init__(self, base: torch.optim.Optimizer, rho: float = 0.05) -> None:
        if rho < 0:
            raise ValueError(f"rho must not be negative, got {rho}")
        self.base = base
        self.rho = rho
        self._climbed: list[tuple[nn.Parameter, Tensor]] = []

    @classmethod
    def adam(cls, parameters: Iterable[nn.Parameter] | Iterable[dict], lr: float = 5e-5, rho: float = 0.05) -> Self:
        """Around Adam with the sheet's betas (.9, .995) and weight decay 1e-4; parameters or groups of them."""
        params: Any = list(parameters)
        return cls(torch.optim.Adam(params, lr=lr, betas=(0.9, 0.995), weight_decay=1e-4), rho)

    @property
    def param_groups(self) -> list[dict]:
        """Groups of the base optimiser, for schedules."""
        return self.base.param_groups

    def zero_grad(self) -> None:
        """Drop all gradients."""
        self.base.zero_grad(set_to_none=True)

    @torch.no_grad()
    def climb(self) -> None:
        """First step: to the neighbour at distance rho where the loss rises most."""
        moving = [p for group in self.param_groups for p in group["params"] if p.grad is not None]
        if self._climbed:
            raise RuntimeError("climb() was called twice without descend()")
        if not moving:
            return
        norm = torch.linalg.vector_norm(torch.stack([torch.linalg.vector_norm(_grad(p)) for p in moving]))
        for p in moving:
            here = p.detach().clone()
            p.add_(_grad(p) * (self.rho / (norm + 1e-12)))
            self._climbed.append((p, here))

    @torch.no_grad()
    def descend(self) -> None:
        """Second step: back to where it was, then the base optimiser's step with the gradient found above."""
        for p, here in self._climbed:
            p.copy_(here)
        self._climbed = []
        self.base.step()

    def step(self, closure: Callable[[], Tensor], model: nn.Module | None = None) -> Tensor:
        """Both steps. The closure zeroes nothing, computes the loss, calls backward and returns the loss.

        Args:
            closure: run twice.
            model: its BatchNorm statistics are taken from the first pass only.

        Returns:
            The loss before the climb.
        """
        self.zero_grad()
        with torch.enable_grad():
            loss = closure()
        self.climb()
        self.zero_grad()
        with torch.enable_grad(), fixed_statistics(model):
            closure()
        self.descend()
        return loss.detach()

    def state_dict(self) -> dict:
        """State of the base optimiser (between steps SAM has none of its own)."""
        return self.base.state_dict()

    def load_state_dict(self, state: dict) -> None:
        """Inverse of `state_dict`."""
        self.base.load_state_dict(state)


def _grad(parameter: nn.Parameter) -> Tensor:
    assert parameter.grad is not None
    return parameter.grad


@contextmanager
def fixed_statistics(model: nn.Module | None) -> Iterator[None]:
    """While open, BatchNorm uses its batch as always but does not move its running statistics."""
    norms = [m for m in model.modules() if isinstance(m, nn.modules.batchnorm._BatchNorm)] if model else []
    kept = [(m, m.momentum, None if m.num_batches_tracked is None else m.num_batches_tracked.clone()) for m in norms]
    try:
        for norm in norms:
            norm.momentum = 0.0
        yield
    finally:
        for norm, momentum, count in kept:
            norm.momentum = momentum
            if count is not None and norm.num_batches_tracked is not None:
                norm.num_batches_tracked.copy_(count)


@dataclass(frozen=True)
class Schedule:
    """Learning rate and freezing over a run, in epochs (sheet §8).

    Attributes:
        epochs: length of the run; freeze: epochs in which only the heads learn.
        start, peak: the rate rises linearly from start to peak over the first `ramp` of the run, then falls linearly
            to 0. start = peak gives the paper's constant first quarter.
    """

    epochs: float = 100.0
    freeze: float = 5.0
    ramp: float = 0.25
    start: float = 5e-4
    peak: float = 5e-4

    def __post_init__(self) -> None:
        if not (self.epochs > 0 and 0 <= self.freeze < self.epochs and 0 < self.ramp < 1):
            raise ValueError(f"need 0 <= freeze < epochs and 0 < ramp < 1: {self}")
        if not 0 < self.start <= self.peak:
            raise ValueError(f"need 0 < start <= peak, got {self.start}, {self.peak}")

    def rate(self, epoch: float) -> float:
        """Learning rate at a (fractional) epoch; 0 from the end on."""
        share = min(max(epoch / self.epochs, 0.0), 1.0)
        if share < self.ramp:
            return self.start + (self.peak - self.start) * share / self.ramp
        return self.peak * (1 - share) / (1 - self.ramp)

    def apply(self, optimiser: SharpnessAware, model: nn.Module, heads: tuple[str, ...], epoch: float) -> None:
        """Set the rate, and freeze or free everything that the optimiser holds but the heads.

        Args:
            heads: names of submodules that always learn ("class_head").
        """
        for group in optimiser.param_groups:
            group["lr"] = self.rate(epoch)
        frozen = epoch < self.freeze
        learning = {id(p) for group in optimiser.param_groups for p in group["params"]}
        for name, parameter in model.named_parameters():
            if id(parameter) not in learning:
                continue
            parameter.requires_grad_(not frozen or f"{name}.".startswith(tuple(f"{head}." for head in heads)))
