"""The detector's training run: steps, validation, resuming, calibration, checkpoint."""

import argparse
import copy
import math
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import cv2
import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from evaluation.metrics import auc
from kfd.checkpoint import save_detector
from kfd.detector import KnowledgeGuidedDetector
from kfd.losses import detector_loss, resize_mask
from training.common import (
    RunLog,
    WeightAverage,
    load_state,
    load_trained,
    provenance,
    save_state,
    trained_state,
    used_share,
)
from training.kfd_data import PairBatch, stream
from training.kfd_model import LOSSES, merge_low_rank, parameter_groups, start_detector
from training.kfd_sources import WEAR, Sources, load_sources, smoke_sources
from training.processes import Processes

TEXT_EVERY = 4


@dataclass
class KfdRun:
    """One training run and everything it carries from step to step."""

    args: argparse.Namespace
    detector: KnowledgeGuidedDetector
    optimiser: torch.optim.Optimizer
    average: WeightAverage
    sources: Sources
    log: RunLog
    difficulty: Tensor
    processes: Processes
    steps: int = 0
    seconds: float = 0.0
    norms_fixed: bool = False

    @classmethod
    def start(cls, args: argparse.Namespace) -> Self:
        """Build the run, or go on from RUN/state.pt when there is one."""
        torch.set_num_threads(args.threads)
        cv2.setNumThreads(1)  # before any worker is forked: doing it in the child hangs
        processes = Processes.join(args.device)
        detector, about = start_detector(args)
        config = detector.config
        log = RunLog(args.out, write=processes.first)
        sources = (
            smoke_sources(config, args.seed, WEAR[args.wear]) if args.smoke else load_sources(args, config, processes)
        )
        sources.description |= about
        if args.smoke:
            args.max_minutes, args.batch_pairs, args.validate_every = min(args.max_minutes, 0.4), 4, 0.2
        groups = parameter_groups(detector, args.weight_decay, args.encoder_lr)
        optimiser = torch.optim.AdamW(groups, lr=args.lr)
        hard = torch.zeros(1, dtype=torch.float64)
        run = cls(args, detector, optimiser, WeightAverage(detector), sources, log, hard, processes)
        saved = load_state(args.out / "state.pt")
        if saved is not None:
            run.restore(saved)
        log.write(event="start", steps=run.steps, seconds=run.seconds, photos=sources.photos, clips=sources.clips)
        return run

    def restore(self, saved: dict[str, Any]) -> None:
        """Take over a saved state."""
        load_trained(self.detector, saved["detector"])
        self.optimiser.load_state_dict(saved["optimiser"])
        self.average.load_state_dict(saved["average"])
        self.steps, self.seconds = saved["steps"], saved["seconds"]

    def save(self) -> None:
        """Write RUN/state.pt (the first process)."""
        if not self.processes.first:
            return
        self.detector.text.context.requires_grad_(True)  # it learns, though not on every step
        state = {
            "detector": trained_state(self.detector),
            "optimiser": self.optimiser.state_dict(),
            "average": self.average.state_dict(),
            "steps": self.steps,
            "seconds": self.seconds,
        }
        save_state(self.args.out / "state.pt", state)

    @property
    def progress(self) -> float:
        """Share of the budget of minutes or steps that is used, 0 to 1."""
        return used_share(self.args, self.seconds, self.steps)

    def train(self) -> None:
        """Steps until the time budget is used up; two validation batches come first."""
        if self.progress >= 1:
            return
        self.validate(limit=2)
        self.difficulty[0] = self._hardness()
        seed = [self.args.seed, self.steps, self.processes.index]
        loader = stream(self.sources.maker, self.args.batch_pairs, seed, self.difficulty, self.args.workers)
        bar = tqdm(total=100, initial=int(100 * self.progress), unit="%", disable=not self.processes.first)
        last_save = last_validation = self.seconds
        self.detector.train()
        clock = time.perf_counter()
        for batch in loader:
            if self.steps == 0:
                self.sources.contact_sheet(batch, self.args.out / "first_batch.png")
            terms = self.step(batch)
            now = time.perf_counter()
            self.seconds, clock = self.processes.agree(self.seconds + now - clock), now
            bar.update(int(100 * self.progress) - bar.n)
            if self.steps % 50 == 0:
                self.log.write(event="step", step=self.steps, minutes=round(self.seconds / 60, 2), **terms)
            if self.seconds - last_save > 120:
                last_save = self.seconds
                self.save()
            if self.seconds - last_validation > 60 * self.args.validate_every:
                last_validation = self.seconds
                self.validate()
                clock = time.perf_counter()
            if self.progress >= 1:
                break
        bar.close()
        self.save()
        self.validate()

    def _hardness(self) -> float:
        return min(1.0, self.progress / max(self.args.curriculum, 1e-6))

    def step(self, batch: PairBatch) -> dict[str, float]:
        """One optimiser step on a batch; returns the loss terms."""
        for group in self.optimiser.param_groups:
            group["lr"] = group["share"] * self.args.lr * learning_rate_factor(self.progress, self.steps)
        self.difficulty[0] = self._hardness()
        if not self.norms_fixed and self.progress >= self.args.fix_norms:
            self.norms_fixed = fix_norms(self.detector)
        device = self.args.device
        images = self.detector.prepare(batch.images.permute(0, 2, 3, 1))
        masks = batch.masks.to(device).float() / 255
        pairs = len(batch.images) // 2
        fake = torch.arange(2 * pairs, device=device) >= pairs
        reference = torch.cat([torch.full((pairs,), -1), torch.arange(pairs)]).to(device)
        # The descriptions go through the sentence encoder on every fourth step only; between, their features are kept.
        self.detector.text.context.requires_grad_(self.steps % TEXT_EVERY == 0)
        if self.steps % TEXT_EVERY == 1:
            self.detector.text.refresh()
        with torch.autocast(torch.device(device).type, dtype=torch.bfloat16):
            output = self.detector(images, reference)
        loss, terms = detector_loss(output, fake, masks, LOSSES[self.args.loss])
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        self.processes.average_gradients(self.detector)
        norm = torch.nn.utils.clip_grad_norm_(self.detector.parameters(), 5.0)
        if torch.isfinite(norm):
            self.optimiser.step()
            self.average.update(self.detector)
        self.steps += 1
        accuracy = (output.logits.argmax(1) == fake).float().mean()
        return {
            "loss": round(float(loss.detach()), 4),
            "grad": round(float(norm), 3),
            "acc": round(float(accuracy), 3),
            "hard": round(self._hardness(), 3),
            **{k: round(float(v), 4) for k, v in terms.items()},
        }

    def averaged(self) -> KnowledgeGuidedDetector:
        """A copy of the detector with the averaged weights, in evaluation mode."""
        averaged = copy.deepcopy(self.detector)
        self.average.copy_to(averaged)
        return merge_low_rank(averaged).to(memory_format=torch.channels_last).eval()

    @torch.no_grad()
    def validate(self, limit: int | None = None) -> dict[str, float]:
        """AUC (all, by family), map IoU and the spread of real scores on fixed validation pairs."""
        if not self.processes.first:
            return {}
        detector = self.averaged()
        batches = self.sources.validation[:limit]
        scores, masks, families = [], [], []
        for batch in batches:
            out = detector(detector.prepare(batch.images.permute(0, 2, 3, 1)))
            scores.append(out.logits.float().softmax(1)[:, 1].cpu().numpy())
            pairs = len(batch.families)
            truth = (resize_mask(batch.masks.float() / 255, out.map_logits.shape[-1]) > 0.5)[pairs:]
            found = (out.map_logits.softmax(1)[:, 1] > 0.5).cpu()[pairs:]
            masks.append(((truth & found).sum((1, 2)) / (truth | found).sum((1, 2)).clamp_min(1)).numpy())
            families += batch.families
        real = np.concatenate([s[: len(s) // 2] for s in scores])
        fake = np.concatenate([s[len(s) // 2 :] for s in scores])
        iou, kind = np.concatenate(masks), np.array(families)
        figures = {"auc": auc(_labels(real, fake), np.concatenate([real, fake])), "iou": float(iou.mean())}
        for name in sorted(set(families)):
            chosen = fake[kind == name]
            figures[f"auc_{name}"] = auc(_labels(real, chosen), np.concatenate([real, chosen]))
            figures[f"iou_{name}"] = float(iou[kind == name].mean())
        return self.log.validation(self.steps, self.seconds, figures, pairs=len(real))

    def finish(self) -> Path:
        """Calibrate the averaged weights and write RUN/checkpoint."""
        folder = self.args.out / "checkpoint"
        if not self.processes.first:
            return folder
        detector = self.averaged()
        meta = {
            "stage": "kfd",
            **provenance(self.args, self.steps, self.seconds),
            "data": self.sources.description,
            "licence": "research use: trained on photos under non-commercial and unstated licences",
            "intended_use": "support for a human examiner; not a proof; faces in photos and video frames",
            "processes": self.processes.count,
            "validation": self.validate(),
        }
        meta |= self.sources.calibrate(detector, self.args.out / "clips_val.npz")
        save_detector(detector, folder, meta, storage="fp16")
        self.log.write(event="checkpoint", folder=str(folder), calibration=meta.get("calibration"))
        return folder


def _labels(real: np.ndarray, fake: np.ndarray) -> np.ndarray:
    return np.concatenate([np.zeros(len(real)), np.ones(len(fake))])


def fix_norms(detector: torch.nn.Module) -> bool:
    """Let every BatchNorm use its running statistics from now on; scale and shift go on learning.

    A batch holds each photo beside its own forgery. Batch statistics let a network compare the two, which nobody can do
    in use: the score then looks much better in training than it is.
    """
    for module in detector.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.eval()
    return True


def learning_rate_factor(progress: float, step: int, warm_steps: int = 100) -> float:
    """Linear warm-up over the first steps, then a half cosine over the time budget, ending at 1 %."""
    warm = min(1.0, (step + 1) / warm_steps)
    return warm * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * progress)))
