"""What every training script shares: the run folder, its log, resuming, averages of weights, and provenance."""

import argparse
import hashlib
import json
import shlex
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import torch
from torch import nn

from kfd.convert.about import git_commit


class RunLog:
    """Appends one JSON object a line to RUN/log.jsonl and mirrors it to a text stream.

    Args:
        folder: the run folder, made when missing.
        write: False makes it silent (for all but the first of several processes).
    """

    def __init__(self, folder: Path, write: bool = True) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / "log.jsonl"
        self.active = write

    def write(self, **values: Any) -> None:
        """Add one line; the wall-clock second is added by itself."""
        if not self.active:
            return
        line = json.dumps({"at": round(time.time(), 1), **values})
        with self.path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
        sys.stderr.write(line + "\n")
        sys.stderr.flush()

    def validation(self, steps: int, seconds: float, figures: Mapping[str, float], **more: Any) -> dict[str, float]:
        """Add a validation's line and return its figures, rounded as they were written."""
        rounded = {name: round(float(value), 4) for name, value in figures.items()}
        self.write(event="validation", step=steps, minutes=round(seconds / 60, 1), **rounded, **more)
        return rounded


class WeightAverage:
    """Exponential moving average of a module's parameters and floating-point buffers.

    The decay is warmed up as (1 + n) / (10 + n) so that early random weights are forgotten soon.
    """

    def __init__(self, module: nn.Module, decay: float = 0.998) -> None:
        self.decay = decay
        self.updates = 0
        self.state = {name: value.detach().clone().float() for name, value in _floating(module)}

    @torch.no_grad()
    def update(self, module: nn.Module) -> None:
        """Move the average towards the module's present weights."""
        self.updates += 1
        keep = min(self.decay, (1 + self.updates) / (10 + self.updates))
        for name, value in _floating(module):
            self.state[name].lerp_(value.detach().float(), 1.0 - keep)

    @torch.no_grad()
    def copy_to(self, module: nn.Module) -> None:
        """Write the average into `module` (of the same class and sizes)."""
        for name, value in module.state_dict(keep_vars=True).items():
            if name in self.state:
                value.copy_(self.state[name].to(value.dtype))

    def state_dict(self) -> dict[str, Any]:
        """Everything needed to resume."""
        return {"updates": self.updates, "state": self.state}

    def load_state_dict(self, saved: Mapping[str, Any]) -> None:
        """Resume from `state_dict()`."""
        self.updates = int(saved["updates"])
        self.state = {name: value.to(self.state[name].device) for name, value in saved["state"].items()}


def _floating(module: nn.Module) -> Iterable[tuple[str, torch.Tensor]]:
    for name, value in module.state_dict(keep_vars=True).items():
        if value.is_floating_point() and (value.requires_grad or "running" in name):
            yield name, value


def trained_state(module: nn.Module) -> dict[str, torch.Tensor]:
    """The module's state without its frozen parameters, which come from elsewhere."""
    frozen = {name for name, p in module.named_parameters() if not p.requires_grad}
    return {name: value for name, value in module.state_dict().items() if name not in frozen}


def load_trained(module: nn.Module, saved: Mapping[str, torch.Tensor]) -> None:
    """Take over a `trained_state`; ValueError when it is of another module."""
    missing, unexpected = module.load_state_dict(saved, strict=False)
    kept = {name for name, p in module.named_parameters() if not p.requires_grad} | {"lm.lm_head.weight"}  # tied
    if unexpected or set(missing) - kept:
        raise ValueError(f"state.pt is of another run: {unexpected[:3]} {sorted(set(missing) - kept)[:3]}")


def save_state(path: Path, state: Mapping[str, Any]) -> None:
    """Write a resumable state so that an interruption never leaves half a file."""
    partial = path.with_suffix(".partial")
    torch.save(dict(state), partial)
    partial.replace(path)


def load_state(path: Path) -> dict[str, Any] | None:
    """Read a state written by `save_state`, or None when there is none yet."""
    return torch.load(path, map_location="cpu", weights_only=True) if path.exists() else None


def used_share(args: argparse.Namespace, seconds: float, steps: int) -> float:
    """Share of --max-minutes or, where it is given and further on, of --max-steps that is used; 0 to 1."""
    share = seconds / (60 * args.max_minutes)
    return min(1.0, max(share, steps / args.max_steps) if args.max_steps else share)


def data_hash(names: Iterable[str]) -> str:
    """SHA-256 over the sorted names (with sizes or digests in them) of everything that entered training."""
    digest = hashlib.sha256()
    for name in sorted(names):
        digest.update(name.encode() + b"\n")
    return digest.hexdigest()


def command_line(data: Path | None, out: Path | None = None) -> str:
    """This process's command with the data folder written as DIR and the run folder as RUN.

    Of other absolute paths only the end is kept: a checkpoint goes to people whom its maker's folders do not concern.
    """
    named = {str(p): name for p, name in ((data, "DIR"), (out, "RUN")) if p is not None}
    return shlex.join(["python", *(named.get(word) or _end_of_path(word) for word in sys.argv)])


def _end_of_path(word: str) -> str:
    return ".../" + "/".join(Path(word).parts[-2:]) if len(Path(word).parts) > 3 and Path(word).is_absolute() else word


def provenance(args: argparse.Namespace, steps: int, seconds: float) -> dict[str, Any]:
    """What meta.json says of every run: command, seed, commit, steps and minutes of training, the table's row."""
    row = getattr(args, "row", None)
    return ({"experiment": row} if row else {}) | {
        "command": command_line(args.data, args.out),
        "seed": args.seed,
        "git_commit": git_commit(),
        "steps": steps,
        "minutes": round(seconds / 60, 1),
    }


def held_out_for_dialogue(name: str) -> bool:
    """Whether a training photo is kept from the detector and used to tune the language model (15 %, by name).

    The language model must see evidence as the detector gives it on faces that it has not learnt.
    """
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") % 100 < 15
