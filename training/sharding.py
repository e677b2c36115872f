"""Runs whose weights or optimiser are spread over processes (FSDP, DeepSpeed ZeRO): what is whole, what is saved.

A run that is not spread is the simple case of the same calls: every process holds everything and the first one writes.
All calls are collective: every process has to make them.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from accelerate import Accelerator
from accelerate.utils import DistributedType
from torch import Tensor, nn
from torch.distributed.checkpoint.state_dict import (
    StateDictOptions,
    get_optimizer_state_dict,
    set_optimizer_state_dict,
)
from torch.distributed.fsdp import FSDPModule
from torch.distributed.tensor import DTensor, distribute_tensor

_WHOLE = StateDictOptions(full_state_dict=True, cpu_offload=True)
_LOADED = StateDictOptions(full_state_dict=True, cpu_offload=True, strict=False)  # what got no gradient has no state
ZERO_STATE = "zero"


def whole(value: Tensor) -> Tensor:
    """A tensor put together from its shards; one that is not sharded as it is."""
    return value.full_tensor() if isinstance(value, DTensor) else value


def whole_state(module: nn.Module, keep: bool = True) -> dict[str, Tensor]:
    """The module's state in main memory, put together tensor by tensor; empty where it is not to be kept."""
    found = {}
    for name, value in module.state_dict().items():
        put_together = whole(value).detach()
        if keep:
            found[name] = put_together.cpu()
    return found


def building_place(accelerator: Accelerator) -> str:
    """Where models are built: in main memory when they are to be spread, since no device may hold a whole one."""
    return "cpu" if accelerator.distributed_type == DistributedType.FSDP else str(accelerator.device)


def shard_like(value: Tensor, present: Tensor) -> Tensor:
    """`value` spread as `present` is."""
    if not isinstance(present, DTensor):
        return value
    return distribute_tensor(value.to(present.device), present.device_mesh, present.placements)


@contextmanager
def root_gathered(module: nn.Module) -> Iterator[None]:
    """Let parts of a sharded module be called without its `forward`: the layers gather themselves, the rest is here."""
    if not isinstance(module, FSDPModule):
        yield
        return
    module.unshard()
    try:
        yield
    finally:
        module.reshard()


def uses_zero(accelerator: Accelerator) -> bool:
    """Whether DeepSpeed holds the optimiser; it then keeps its own state beside the run's."""
    return accelerator.distributed_type == DistributedType.DEEPSPEED


def optimiser_state(accelerator: Accelerator, trained: Any, optimiser: Any, folder: Path) -> dict[str, Any] | None:
    """What RUN/state.pt keeps of the optimiser; None for DeepSpeed, which writes FOLDER/zero."""
    if uses_zero(accelerator):
        trained.save_checkpoint(str(folder / ZERO_STATE), tag="last", exclude_frozen_parameters=True)
        return None
    if isinstance(trained, nn.Module) and isinstance(trained, FSDPModule):
        return get_optimizer_state_dict(trained, optimiser.optimizer, options=_WHOLE)
    return optimiser.state_dict()


def restore_optimiser(
    accelerator: Accelerator, trained: Any, optimiser: Any, saved: Mapping[str, Any] | None, folder: Path
) -> None:
    """Take over what `optimiser_state` kept."""
    if uses_zero(accelerator):
        trained.load_checkpoint(str(folder / ZERO_STATE), tag="last", load_module_strict=False)
    elif isinstance(trained, nn.Module) and isinstance(trained, FSDPModule):
        set_optimizer_state_dict(trained, optimiser.optimizer, dict(saved or {}), options=_LOADED)
    else:
        optimiser.load_state_dict(saved)


def prepare_spreading(accelerator: Accelerator) -> None:
    """What the settings' files cannot say.

    FSDP: autocast alone decides about types, else BatchNorm has weights in bfloat16 beside statistics in float32.
    DeepSpeed asks for the size of a batch, which differs from step to step here: it is told 1 and counts nothing.
    """
    if accelerator.distributed_type == DistributedType.FSDP:
        plugin = accelerator.state.fsdp_plugin
        assert plugin is not None
        plugin.mixed_precision_policy = None
    if uses_zero(accelerator):
        plugin = accelerator.state.deepspeed_plugin
        assert plugin is not None
        plugin.deepspeed_config["train_micro_batch_size_per_gpu"] = 1


def norm_value(norm: Tensor | float | None) -> float:
    """A gradient's norm as a number, whatever holds it; 0 before DeepSpeed knows it."""
    return 0.0 if norm is None else float(whole(torch.as_tensor(norm)))
