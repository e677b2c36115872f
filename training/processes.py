"""Several training processes side by side (`accelerate launch`), or one; the same code for both."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

import torch
from accelerate import PartialState
from accelerate.utils import gather_object
from torch import nn


@dataclass(frozen=True)
class Processes:
    """This process's place among the training processes.

    Every process works on its own share of a batch; gradients are averaged, so n processes with b pairs each do one
    step on n*b pairs.
    """

    state: PartialState

    @classmethod
    def join(cls, device: str) -> Self:
        """Join the group that `accelerate launch` or `torchrun` started; alone otherwise."""
        return cls(PartialState(cpu=device == "cpu"))

    @property
    def index(self) -> int:
        """0 for the first process."""
        return self.state.process_index

    @property
    def count(self) -> int:
        """How many processes train together."""
        return self.state.num_processes

    @property
    def first(self) -> bool:
        """Whether this process writes logs and files."""
        return self.state.is_main_process

    @contextmanager
    def first_goes_first(self) -> Iterator[None]:
        """Run the block in the first process, then in the others."""
        with self.state.main_process_first():
            yield

    def average_gradients(self, module: nn.Module) -> None:
        """Replace every gradient by its mean over the processes."""
        if self.count == 1:
            return
        grads = [p.grad for p in module.parameters() if p.grad is not None]
        flat = torch.cat([g.reshape(-1).float() for g in grads])
        torch.distributed.all_reduce(flat)
        flat /= self.count
        for grad, part in zip(grads, flat.split([g.numel() for g in grads]), strict=True):
            grad.copy_(part.view_as(grad))

    def all_of(self, found: set[str]) -> list[str]:
        """What any of the processes found, sorted."""
        return sorted(set(gather_object(sorted(found))))

    def mean(self, value: float) -> float:
        """The mean of a value over the processes."""
        if self.count == 1:
            return value
        shared = torch.tensor([value], dtype=torch.float64, device=self.state.device)
        torch.distributed.all_reduce(shared)
        return float(shared) / self.count

    def agree(self, value: float) -> float:
        """The first process's value, in every process."""
        if self.count == 1:
            return value
        shared = torch.tensor([value], dtype=torch.float64, device=self.state.device)
        torch.distributed.broadcast(shared, 0)
        return float(shared)


def leave() -> None:
    """Wait for the other processes, then part from them; nothing for one that is alone.

    A process that just ends may abort in its threads; the others, perhaps still writing, are then stopped.
    """
    if torch.distributed.is_initialized():
        torch.distributed.barrier()
        torch.distributed.destroy_process_group()
