"""Stage 2's run: alternating steps, validation, resuming, checkpoint."""

import argparse
import math
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

import torch
from accelerate import Accelerator
from accelerate.utils import DistributedDataParallelKwargs, broadcast
from tqdm import tqdm

from training.common import (
    RunLog,
    WeightAverage,
    _floating,
    load_state,
    load_trained,
    save_state,
    trained_state,
    used_share,
)
from training.lm_checks import Checks
from training.lm_data import Example, Sample, to_batch
from training.lm_save import write_checkpoint
from training.lm_sources import TuneSources, build_sources
from training.sharding import (
    building_place,
    norm_value,
    optimiser_state,
    prepare_spreading,
    restore_optimiser,
    root_gathered,
    shard_like,
    whole,
    whole_state,
)

FACTS_WEIGHT = 0.5
TEACHER_WEIGHT = 0.3


@dataclass
class TuneRun:
    """One run and everything it carries from step to step."""

    args: argparse.Namespace
    accelerator: Accelerator
    sources: TuneSources
    trained: Any
    optimiser: Any
    average: WeightAverage
    log: RunLog
    steps: int = 0
    seconds: float = 0.0
    before: dict[str, float] | None = None

    @classmethod
    def start(cls, args: argparse.Namespace) -> Self:
        """Build the run, or go on from RUN/state.pt when there is one."""
        torch.set_num_threads(args.threads)
        if args.smoke:
            args.max_minutes, args.batch_tokens, args.validate_every = min(args.max_minutes, 0.3), 1024, 0.2
        unused = DistributedDataParallelKwargs(find_unused_parameters=True)  # general dialogue uses no picture
        accelerator = Accelerator(cpu=args.device == "cpu", mixed_precision="bf16", kwargs_handlers=[unused])
        args.device = str(accelerator.device)
        args.lr = args.lr or (1e-4 if args.lm else 1.5e-3 if args.stage == "text" else 5e-4)
        log = RunLog(args.out, write=accelerator.is_main_process)
        saved = load_state(args.out / "state.pt")
        done = saved["steps"] if saved is not None else 0
        with accelerator.main_process_first():  # the first makes vocabulary and signals, the others read them
            sources = build_sources(args, building_place(accelerator), accelerator.process_index, done)
        if saved is not None:
            load_trained(sources.model, saved["model"])
        optimiser = torch.optim.AdamW(parameter_groups(sources.model, args.weight_decay), lr=args.lr, betas=(0.9, 0.95))
        prepare_spreading(accelerator)
        trained, optimiser = accelerator.prepare(sources.model, optimiser)
        sources.model = accelerator.unwrap_model(trained)
        run = cls(args, accelerator, sources, trained, optimiser, WeightAverage(sources.model), log)
        if saved is not None:
            run.restore(saved)
        size = sum(p.numel() for p in sources.lm.model.parameters())
        run.log.write(event="start", stage=args.stage, steps=run.steps, lm_parameters=size, **sources.description)
        return run

    def restore(self, saved: dict[str, Any]) -> None:
        """Take over the rest of a saved state; the weights were taken over before they were spread."""
        restore_optimiser(self.accelerator, self.trained, self.optimiser, saved["optimiser"], self.args.out)
        present = self.average.state
        kept = {name: shard_like(value, present[name]) for name, value in saved["average"]["state"].items()}
        self.average.load_state_dict({**saved["average"], "state": kept})
        self.steps, self.seconds, self.before = saved["steps"], saved["seconds"], saved["before"]

    def save(self) -> None:
        """Write RUN/state.pt: trained weights and buffers only."""
        model = self.sources.model
        average = {name: whole(value) for name, value in self.average.state.items()}
        state = {
            "model": {name: whole(value) for name, value in trained_state(model).items()},
            "optimiser": optimiser_state(self.accelerator, self.trained, self.optimiser, self.args.out),
            "average": {"updates": self.average.updates, "state": average},
            "steps": self.steps,
            "seconds": self.seconds,
            "before": self.before,
        }
        if self.accelerator.is_main_process:
            save_state(self.args.out / "state.pt", state)

    @property
    def progress(self) -> float:
        """Share of the budget of minutes or steps that is used, 0 to 1."""
        return used_share(self.args, self.seconds, self.steps)

    def train(self) -> None:
        """Alternate a batch about pictures and one of general dialogue until the time is used up."""
        first = self.validate(2 if self.before else None)  # the very first one on all checks, to compare with the end
        self.before = self.before or first
        bar = tqdm(total=100, initial=int(100 * self.progress), desc=self.args.stage, unit="%", file=sys.stderr)
        last_save = last_validation = self.seconds
        clock = time.perf_counter()
        while self.progress < 1:
            pictures = self.steps % 2 == 0 or not self.args.tune_lm  # a frozen model learns nothing from dialogue
            examples = next(self.sources.pictures if pictures else self.sources.general)
            terms = self.step(examples)
            now = time.perf_counter()
            spent, clock = now - clock, now
            self.seconds = self._agreed(self.seconds + spent)
            bar.update(int(100 * self.progress) - bar.n)
            if self.steps % 50 < 2:
                read = sum(map(len, examples))
                self.log.write(
                    event="step", step=self.steps, kind="pictures" if pictures else "general",
                    minutes=round(self.seconds / 60, 2), tokens_per_s=round(read / spent), **terms,
                )  # fmt: skip
            if self.seconds - last_save > 120:
                last_save = self.seconds
                self.save()
            if self.seconds - last_validation > 60 * self.args.validate_every:
                last_validation = self.seconds
                self.validate()
                clock = time.perf_counter()
        bar.close()
        self.save()

    def _agreed(self, seconds: float) -> float:
        """The first process's clock, so that all stop at the same step."""
        if self.accelerator.num_processes == 1:
            return seconds
        clock: Any = broadcast(torch.tensor([seconds], dtype=torch.float64, device=self.accelerator.device))
        return float(clock)

    def step(self, examples: Sequence[Example]) -> dict[str, float]:
        """One optimiser step; returns the loss terms."""
        for group in self.optimiser.param_groups:
            group["lr"] = self.args.lr * group["scale"] * rate(self.progress, self.steps)
        self.trained.train()
        with self.accelerator.autocast():
            terms = self.trained(to_batch(examples, self.args.device))
            helpers = FACTS_WEIGHT * terms.get("facts", 0.0)
            helpers = helpers + TEACHER_WEIGHT * (1 - self.progress) * terms.get("teacher", 0.0)
        self.accelerator.backward(terms["lm"] + helpers)
        norm = norm_value(self.accelerator.clip_grad_norm_(self.trained.parameters(), 1.0))
        if math.isfinite(norm):
            self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.average.update(self.sources.model)
        self.steps += 1
        return {k: round(float(v.detach()), 4) for k, v in terms.items()} | {"grad": round(norm, 3)}

    @contextmanager
    def averaged(self) -> Iterator[None]:
        """Within the block the model holds the averaged weights and is in evaluation mode."""
        model = self.sources.model
        present = {name: value.detach().clone() for name, value in _floating(model)}
        self.average.copy_to(model)
        model.eval()
        try:
            yield
        finally:
            with torch.no_grad():
                for name, value in _floating(model):
                    value.copy_(present[name])
            model.train()

    @torch.no_grad()
    def validate(self, limit: int | None = None) -> dict[str, float]:
        """Figures of the fixed examples and pictures, and one answer; `limit` batches of each set when given."""
        checks = Checks(self.sources, self.args.device, self.accelerator.autocast)
        chosen = self.sources.samples[: 16 if limit or self.args.smoke else 400]
        figures: dict[str, float] = {}
        with self.averaged(), root_gathered(self.sources.model):
            for name, examples in self.sources.checks.items():
                figures |= checks.loss(name, examples, limit)
            figures |= checks.yes_no(chosen)
            figures |= {} if limit else checks.places(chosen)
            said = "" if limit else checks.say(_first_fake(chosen))
        return self.log.validation(self.steps, self.seconds, figures, said=said)

    def finish(self) -> None:
        """Write RUN/checkpoint with the averaged weights and the figures before and after."""
        after = self.validate()
        self.accelerator.wait_for_everyone()
        with self.averaged():
            state = whole_state(self.sources.model, self.accelerator.is_main_process)
        if self.accelerator.is_main_process:
            before = self.before or {}
            folder = write_checkpoint(self.args, self.sources, state, before, after, self.steps, self.seconds)
            self.log.write(event="checkpoint", folder=str(folder), before=before, after=after)


def _first_fake(samples: Sequence[Sample]) -> Sample:
    return next((s for s in samples if s.evidence.verdict == "fake"), samples[0])


def parameter_groups(model: torch.nn.Module, decay: float) -> list[dict[str, Any]]:
    """Language model matrices, its vectors, and the prompt side at twice the rate."""
    parts: dict[str, list] = {"matrices": [], "vectors": [], "prompt": []}
    for name, p in model.named_parameters():
        if p.requires_grad:
            kind = "prompt" if not name.startswith("lm.") else "matrices" if p.ndim > 1 else "vectors"
            parts[kind].append(p)
    return [
        {"params": parts["matrices"], "weight_decay": decay, "scale": 1.0},
        {"params": parts["vectors"], "weight_decay": 0.0, "scale": 1.0},
        {"params": parts["prompt"], "weight_decay": 0.0, "scale": 2.0},
    ]


def rate(progress: float, step: int, warm_steps: int = 100) -> float:
    """Linear warm-up over the first steps, then a half cosine over the time budget, ending at 3 %."""
    return min(1.0, (step + 1) / warm_steps) * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * progress)))
