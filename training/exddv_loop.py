"""The run that tunes a large model on ExDDV's sentences: steps, validation, resuming, the adapter."""

import argparse
import math
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Self

import cv2
import torch
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader
from tqdm import tqdm

from media.errors import BadRequest, MediaTooLarge, UnreadableMedia
from retrieval.annotations import Annotation
from training.common import RunLog, load_state, provenance, save_state
from training.exddv_data import Rows, load_rows, row_stream, shots
from training.exddv_inputs import IGNORED, Batch, Prepared, Preparer
from training.exddv_model import LargeModel, load_model, make_trainable, save_trained
from training.exddv_recipes import Recipe
from training.exddv_sheet import sheet
from training.processes import Processes

SAVE_EVERY = 300.0  # seconds
MISSING_FILE = "missing_videos.txt"
LICENCE = (
    "CC BY-NC-SA 4.0, which goes wherever weights tuned on ExDDV's annotations go; the licence of the base model and "
    "the terms of the videos' owners hold beside it"
)


@dataclass(frozen=True)
class VideoRows:
    """Rows as a data loader reads them: a row number in, what the model reads out, or the reason why it cannot."""

    rows: Sequence[Annotation]
    data: Rows
    preparer: Preparer

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, number: int) -> Prepared | str:
        row, recipe = self.rows[number], self.preparer.recipe
        try:
            found = shots(self.data.videos[row.video], row.clicks, recipe.frames)
        except (UnreadableMedia, MediaTooLarge) as error:
            return f"{row.id}: {error.message}"
        return self.preparer.prepare(row, found, recipe.query)


def gathered(preparer: Preparer, rows: Sequence[Prepared | str]) -> tuple[Batch | None, list[str]]:
    """A batch of the rows that could be read (None without any), and why the others could not."""
    whole = [r for r in rows if isinstance(r, Prepared)]
    return preparer.collate(whole) if whole else None, [r for r in rows if isinstance(r, str)]


def answer_loss(model: Any, batch: Batch) -> tuple[Tensor, int]:
    """Sum of the cross-entropy over the answers' tokens, and their number."""
    logits = model(**batch.inputs, use_cache=False).logits[:, :-1]
    wanted = batch.labels[:, 1:]
    learnt = wanted != IGNORED
    return F.cross_entropy(logits[learnt].float(), wanted[learnt], reduction="sum"), int(learnt.sum())


@dataclass
class ExddvRun:
    """One training run and everything it carries from step to step."""

    args: argparse.Namespace
    recipe: Recipe
    processes: Processes
    large: LargeModel
    preparer: Preparer
    rows: Rows
    optimiser: torch.optim.Optimizer
    log: RunLog
    steps: int = 0
    seconds: float = 0.0
    unreadable: set[str] = field(default_factory=set)

    @classmethod
    def start(cls, args: argparse.Namespace, recipe: Recipe) -> Self:
        """Build the run, or go on from RUN/state.pt when there is one."""
        torch.set_num_threads(args.threads)
        cv2.setNumThreads(1)  # before any worker is forked
        processes = Processes.join(args.device)
        args.device = str(processes.state.device)
        if recipe.rows_a_step % processes.count:
            raise BadRequest(
                f"{recipe.rows_a_step} rows a step cannot be shared by {processes.count} processes evenly."
            )
        log = RunLog(args.out, write=processes.first)
        rows = load_rows(args.csv, args.videos, args.originals)
        if not rows.split["train"]:
            raise BadRequest("None of the videos that were found is of a training row.")
        large = load_model(args.model, recipe, args.device, args.int8, args.trust_remote_code, args.precision)
        make_trainable(large, recipe, args.seed)
        if args.checkpointing:
            large.model.activation_checkpointing_enable({"use_reentrant": False})
        preparer = Preparer(large.processor, large.model_type, recipe, args.mask, args.radius)
        learnt = [p for _, p in large.trained()]
        optimiser = torch.optim.AdamW(learnt, lr=recipe.lr, weight_decay=recipe.weight_decay)
        run = cls(args, recipe, processes, large, preparer, rows, optimiser, log)
        run.resume(load_state(args.out / "state.pt"))
        run.say_start()
        return run

    @property
    def marks(self) -> dict[str, Any]:
        """What a state must agree in to be gone on with."""
        base = {"recipe": asdict(self.recipe), "mask": self.args.mask, "radius": self.args.radius}
        return base | {"data": self.rows.hash, "seed": self.args.seed}

    def resume(self, saved: dict[str, Any] | None) -> None:
        """Take over a saved state; BadRequest when it is of other settings or data."""
        if saved is None:
            return
        own = dict(self.large.trained())
        if saved["marks"] != self.marks or saved["trained"].keys() != own.keys():
            raise BadRequest(f"{self.args.out} holds a run with other settings or data; give another --out.")
        for name, value in saved["trained"].items():
            own[name].data.copy_(value)
        self.optimiser.load_state_dict(saved["optimiser"])
        self.steps, self.seconds = saved["steps"], saved["seconds"]
        self.unreadable = set(saved["unreadable"])

    def save(self) -> None:
        """Write RUN/state.pt: what learns, the optimiser, the place in the run."""
        unreadable = self.processes.all_of(self.unreadable)
        if not self.processes.first:
            return
        trained = {name: p.detach().cpu() for name, p in self.large.trained()}
        state = {"trained": trained, "optimiser": self.optimiser.state_dict(), "marks": self.marks}
        save_state(
            self.args.out / "state.pt", state | {"steps": self.steps, "seconds": self.seconds, "unreadable": unreadable}
        )

    def say_start(self) -> None:
        """Log what is there, and list the missing videos once."""
        if self.processes.first and self.rows.missing:
            lines = "".join("/".join(key) + "\n" for key in self.rows.missing)
            (self.args.out / MISSING_FILE).write_text(lines, encoding="utf-8")
        size = sum(p.numel() for _, p in self.large.trained())
        described = self.rows.description() | {"listed_in": MISSING_FILE if self.rows.missing else None}
        self.log.write(
            event="start", recipe=self.recipe.name, steps=self.steps, of=self.total_steps, learns=size, **described
        )

    @property
    def total_steps(self) -> int:
        """Optimiser steps of the recipe's epochs, or --max-steps where that is fewer."""
        steps = math.ceil(self.recipe.epochs * len(self.rows.split["train"]) / self.recipe.rows_a_step)
        return min(steps, self.args.max_steps or steps)

    @property
    def finished(self) -> bool:
        """Whether all steps are done or the time is used up."""
        return self.steps >= self.total_steps or self.seconds >= 60 * self.args.max_minutes

    def autocast(self) -> AbstractContextManager[Any]:
        """bfloat16, unless --precision fp32."""
        kind = torch.device(self.args.device).type
        return torch.autocast(kind, dtype=torch.bfloat16, enabled=self.args.precision == "bf16")

    def batches(self) -> Iterator[list[tuple[Batch | None, list[str]]]]:
        """This process's micro-batches of each step, from the present one on."""
        rows, share = self.rows.split["train"], self.recipe.rows_a_step // self.processes.count
        micro = [min(self.args.micro, share - n) for n in range(0, share, self.args.micro)]

        def numbers() -> Iterator[list[int]]:
            stream = row_stream(len(rows), self.args.seed, self.steps * self.recipe.rows_a_step)
            while True:
                step = [next(stream) for _ in range(self.recipe.rows_a_step)][
                    self.processes.index :: self.processes.count
                ]
                for n, size in enumerate(micro):
                    yield step[n * self.args.micro :][:size]

        loader = self._loader(rows, numbers())
        parts = iter(loader)
        while True:
            yield [next(parts) for _ in micro]

    def _loader(self, rows: Sequence[Annotation], numbers: Any) -> "DataLoader[Any]":
        source: Any = VideoRows(rows, self.rows, self.preparer)
        join: Any = partial(gathered, self.preparer)
        return DataLoader(source, batch_sampler=numbers, collate_fn=join, num_workers=self.args.workers)

    def train(self) -> None:
        """Steps until the epochs or the time are used up; two validation batches come before the first."""
        if self.finished:
            return
        self.validate(2 * self.args.micro)
        bar = tqdm(total=self.total_steps, initial=self.steps, unit="step", disable=not self.processes.first)
        saved = checked = self.seconds
        clock = time.perf_counter()
        for parts in self.batches():
            if self.steps == 0 and self.processes.first:
                sheet([r for batch, _ in parts if batch for r in batch.rows], self.preparer, self.args.out)
            figures = self.step(parts)
            self.seconds = self.processes.agree(self.seconds + time.perf_counter() - clock)
            bar.update(1)
            if self.steps % self.args.log_every == 0 or self.steps == 1:
                self.log.write(event="step", step=self.steps, minutes=round(self.seconds / 60, 2), **figures)
            if self.seconds - saved > SAVE_EVERY:
                saved = self.seconds
                self.save()
            if self.seconds - checked > 60 * self.args.validate_every:
                checked = self.seconds
                self.validate(self.args.validate_rows)
            if self.finished:
                break
            clock = time.perf_counter()
        bar.close()
        self.save()

    def step(self, parts: Sequence[tuple[Batch | None, list[str]]]) -> dict[str, float]:
        """One optimiser step on this process's micro-batches; returns loss, gradient norm and learning rate."""
        rate = self.recipe.lr * 0.5 * (1 + math.cos(math.pi * self.steps / self.total_steps))
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        self.large.model.train()
        total, tokens = 0.0, 0
        with torch.random.fork_rng():  # dropout depends on seed, step and process only, so a resumed run has the same
            torch.manual_seed((self.args.seed * 1_000_003 + self.steps) * 64 + self.processes.index)
            for batch, unreadable in parts:
                self._note(unreadable)
                if batch is None:
                    continue
                with self.autocast():
                    loss, count = answer_loss(self.large.model, batch.to(self.args.device))
                loss.backward()
                total, tokens = total + float(loss.detach()), tokens + count
        norm = self._apply(max(self.processes.mean(tokens), 1.0))
        self.steps += 1
        return {"loss": round(total / max(tokens, 1), 4), "grad": round(norm, 4), "lr": rate, "tokens": tokens}

    def _apply(self, tokens: float) -> float:
        """Divide the gradients by the tokens they are of, cut them, and step; the norm before."""
        learnt = [p for _, p in self.large.trained()]
        for p in learnt:  # a process whose videos were all unreadable has none
            p.grad = torch.zeros_like(p) if p.grad is None else p.grad
        self.processes.average_gradients(self.large.model)
        for p in learnt:
            assert p.grad is not None
            p.grad /= tokens
        norm = torch.nn.utils.clip_grad_norm_(learnt, self.recipe.clip)
        if torch.isfinite(norm):
            self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        return float(norm)

    def _note(self, unreadable: Sequence[str]) -> None:
        """Log each row once whose video cannot be read (the first process's; meta.json has those of all)."""
        for reason in unreadable:
            if reason not in self.unreadable:
                self.unreadable.add(reason)
                self.log.write(event="unreadable", row=reason)

    @torch.no_grad()
    def validate(self, limit: int) -> dict[str, float]:
        """Loss an answer token on the first rows of the validation split; {} without any, and in other processes."""
        rows = self.rows.split["val"][:limit]
        if not self.processes.first or not rows:
            return {}
        self.large.model.eval()
        total, tokens, micro = 0.0, 0, self.args.micro
        numbers = [list(range(n, min(n + micro, len(rows)))) for n in range(0, len(rows), micro)]
        for batch, unreadable in self._loader(rows, numbers):
            self._note(unreadable)
            if batch is not None:
                with self.autocast():
                    loss, count = answer_loss(self.large.model, batch.to(self.args.device))
                total, tokens = total + float(loss), tokens + count
        figures = {"val_loss": total / max(tokens, 1), "val_tokens": tokens}
        return self.log.validation(self.steps, self.seconds, figures, rows=len(rows))

    def finish(self) -> Path:
        """Write RUN/adapter: what was learnt, and meta.json."""
        figures = self.validate(self.args.validate_rows)
        folder = self.args.out / "adapter"
        unreadable = self.processes.all_of(self.unreadable)
        if self.processes.first:
            meta = {
                "stage": f"exddv, {self.recipe.name}",
                **provenance(self.args, self.steps, self.seconds),
                "recipe": asdict(self.recipe),
                "steps_of_recipe": self.total_steps,
                "base_model": self.large.source,
                "mask": {"kind": self.args.mask, "radius_at_224": self.args.radius or 75},
                "data": self.rows.description(),
                "unreadable": unreadable,
                "validation": figures,
                "licence": LICENCE,
                "intended_use": "sentences about manipulated videos, for research; never a finding",
            }
            save_trained(self.large, folder, meta)
        self.processes.state.wait_for_everyone()
        return folder
