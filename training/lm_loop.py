"""Stage 2's run: alternating steps, validation, resuming, checkpoint."""

import argparse
import math
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import torch
from accelerate import Accelerator
from accelerate.utils import DistributedDataParallelKwargs, broadcast
from tqdm import tqdm

from assistant.cache import KeyValueCache
from evaluation.metrics import auc
from training.common import RunLog, WeightAverage, _floating, load_state, save_state
from training.lm_data import Example, Sample, to_batch
from training.lm_save import write_checkpoint
from training.lm_sources import TuneSources, build_sources

QUESTION = "Is this a deepfake image?"
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
        with accelerator.main_process_first():  # the first makes vocabulary and signals, the others read them
            sources = build_sources(args, accelerator.process_index)
        optimiser = torch.optim.AdamW(_groups(sources.model, args.weight_decay), lr=args.lr, betas=(0.9, 0.95))
        trained, optimiser = accelerator.prepare(sources.model, optimiser)
        run = cls(args, accelerator, sources, trained, optimiser, WeightAverage(sources.model), log)
        saved = load_state(args.out / "state.pt")
        if saved is not None:
            run.restore(saved)
        size = sum(p.numel() for p in sources.lm.model.parameters())
        run.log.write(event="start", stage=args.stage, steps=run.steps, lm_parameters=size, **sources.description)
        return run

    def restore(self, saved: dict[str, Any]) -> None:
        """Take over a saved state."""
        model = self.sources.model
        missing, unexpected = model.load_state_dict(saved["model"], strict=False)
        kept = {name for name, p in model.named_parameters() if not p.requires_grad}
        tied = {"lm.lm_head.weight"}
        if unexpected or set(missing) - kept - tied:
            raise ValueError(f"state.pt is of another run: {unexpected[:3]} {sorted(set(missing) - kept)[:3]}")
        self.optimiser.load_state_dict(saved["optimiser"])
        self.average.load_state_dict(saved["average"])
        self.steps, self.seconds, self.before = saved["steps"], saved["seconds"], saved["before"]

    def save(self) -> None:
        """Write RUN/state.pt: trained weights and buffers only."""
        if not self.accelerator.is_main_process:
            return
        model = self.sources.model
        frozen = {name for name, p in model.named_parameters() if not p.requires_grad}
        state = {
            "model": {k: v for k, v in model.state_dict().items() if k not in frozen},
            "optimiser": self.optimiser.state_dict(),
            "average": self.average.state_dict(),
            "steps": self.steps,
            "seconds": self.seconds,
            "before": self.before,
        }
        save_state(self.args.out / "state.pt", state)

    @property
    def progress(self) -> float:
        """Share of the time budget that is used, 0 to 1."""
        return min(1.0, self.seconds / (60 * self.args.max_minutes))

    def train(self) -> None:
        """Alternate a batch about pictures and one of general dialogue until the time is used up."""
        first = self.validate(2 if self.before else None)  # the very first one on all checks, to compare with the end
        self.before = self.before or first
        bar = tqdm(total=100, initial=int(100 * self.progress), desc=self.args.stage, unit="%", file=sys.stderr)
        last_save = last_validation = self.seconds
        clock = time.perf_counter()
        while self.progress < 1:
            source = self.sources.pictures if self.steps % 2 == 0 else self.sources.general
            examples = next(source)
            terms = self.step(examples)
            now = time.perf_counter()
            spent, clock = now - clock, now
            self.seconds = self._agreed(self.seconds + spent)
            bar.update(int(100 * self.progress) - bar.n)
            if self.steps % 50 < 2:
                read = sum(map(len, examples))
                self.log.write(
                    event="step", step=self.steps, kind="general" if self.steps % 2 == 0 else "pictures",
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
        norm = torch.as_tensor(self.accelerator.clip_grad_norm_(self.trained.parameters(), 1.0))
        if torch.isfinite(norm):
            self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.average.update(self.sources.model)
        self.steps += 1
        return {k: round(float(v.detach()), 4) for k, v in terms.items()} | {"grad": round(float(norm), 3)}

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
        """Perplexity and token accuracy of each fixed set, the Yes/No AUC without the result sentence, a sample."""
        figures: dict[str, float] = {}
        with self.averaged():
            for name, examples in self.sources.checks.items():
                figures |= self._measure(name, examples, limit)
            chosen = self.sources.samples[: 16 if limit else 200]
            figures |= self._yes_no(chosen)
            said = "" if limit else self._say(chosen)
        return self.log.validation(self.steps, self.seconds, figures, said=said)

    def _measure(self, name: str, examples: Sequence[Example], limit: int | None) -> dict[str, float]:
        total = count = right = 0.0
        parts = [examples[i : i + 8] for i in range(0, len(examples), 8)][:limit]
        for part in parts:
            with self.accelerator.autocast():
                terms = self.sources.model(to_batch(part, self.args.device))
            n = float(terms["tokens"])
            total, right, count = total + float(terms["lm"]) * n, right + float(terms["right"]) * n, count + n
        return {
            f"{name}_perplexity": round(math.exp(min(total / count, 20.0)), 3),
            f"{name}_accuracy": round(right / count, 4),
        }

    def _yes_no(self, samples: Sequence[Sample]) -> dict[str, float]:
        """AUC of P(Yes) against the detector's verdict, from the soft tokens alone."""
        kept = [s for s in samples if s.evidence.verdict in ("fake", "real")]
        truth = np.array([s.evidence.verdict == "fake" for s in kept], float)
        if truth.min(initial=1) == truth.max(initial=0):
            return {}
        scores = np.concatenate([self._yes_scores(kept[i : i + 32]) for i in range(0, len(kept), 32)])
        return {"yes_no_auc": round(float(auc(truth, scores)), 4)}

    def _yes_scores(self, samples: Sequence[Sample]) -> np.ndarray:
        shared, yes, no = self.sources.lm.answer_ids()
        model, examples = self.sources.model, []
        for sample in samples:
            example, tokens = self.sources.maker.opening(sample)
            example.add(self.sources.lm.prompts.first_turn(tokens, self.sources.maker.task, "", QUESTION))
            example.learn([*shared, yes])  # the last id is only there to be predicted
            examples.append(example)
        batch = to_batch(examples, self.args.device)
        ends = batch.mask.sum(1) - 2
        with self.accelerator.autocast():
            logits = model.logits(batch)[torch.arange(len(samples)), ends].float()
        return (logits[:, yes] - logits[:, no]).cpu().numpy()

    def _say(self, samples: Sequence[Sample]) -> str:
        """The present answer to the first picture, for the log's reader."""
        sample = next((s for s in samples if s.evidence.verdict == "fake"), samples[0])
        example, tokens = self.sources.maker.opening(sample)
        pictures = to_batch([example], self.args.device).pictures
        assert pictures is not None
        soft = self.sources.model.soft_tokens(pictures)[0][0]
        tokens = type(tokens)(soft[:1], soft[1:], "sample")
        ask = self.sources.lm.prompts.first_turn(tokens, self.sources.maker.task, "", QUESTION)
        return "".join(self.sources.lm.generate(ask, KeyValueCache(), max_new_tokens=60))

    def finish(self) -> None:
        """Write RUN/checkpoint with the averaged weights and the figures before and after."""
        after = self.validate()
        self.accelerator.wait_for_everyone()
        if not self.accelerator.is_main_process:
            return
        with self.averaged():
            folder = write_checkpoint(self.args, self.sources, self.before or {}, after, self.steps, self.seconds)
        self.log.write(event="checkpoint", folder=str(folder), before=self.before, after=after)


def _groups(model: torch.nn.Module, decay: float) -> list[dict[str, Any]]:
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
