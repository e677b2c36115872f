"""The video detector's training run: steps, validation, resuming, calibration, checkpoint."""

import argparse
import copy
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import cv2
import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from evaluation.metrics import auc
from evaluation.video_pairs import map_mass, times_chance, true_places
from fakestormer.checkpoint import VideoModel, save_video_model
from fakestormer.experiments import Experiment
from fakestormer.losses import ClipTargetsBatch, video_loss
from fakestormer.predictor import ClipPredictor
from fakestormer.sam import SharpnessAware
from fakestormer.stem import Seen
from kfd.predictor import ForgeryPredictor
from training.common import RunLog, WeightAverage, load_state, provenance, save_state, used_share
from training.kfd_data import stream
from training.processes import Processes
from training.video_calibrate import calibrate_video
from training.video_data import (
    ClipBatch,
    VideoSources,
    collate,
    contact_sheet,
    load_video_sources,
    smoke_video_sources,
)
from training.video_model import (
    build_optimiser,
    chosen_experiment,
    fix_statistics,
    start_model,
    uses_sam,
)
from training.video_prepared import draw_batches, prepared_pairs

SAVE_EVERY = 120.0  # seconds
STATEFUL = ("model", "optimiser", "average")
SHIPPED_FRAME_DETECTOR = Path(__file__).resolve().parents[1] / "checkpoints" / "embedded" / "kfd"


@dataclass
class VideoRun:
    """One training run and everything it carries from step to step."""

    args: argparse.Namespace
    experiment: Experiment
    model: VideoModel
    optimiser: SharpnessAware
    average: WeightAverage
    sources: VideoSources
    log: RunLog
    processes: Processes
    difficulty: Tensor = field(default_factory=lambda: torch.zeros(1, dtype=torch.float64))
    steps: int = 0
    seconds: float = 0.0

    @classmethod
    def start(cls, args: argparse.Namespace) -> Self:
        """Build the run, or go on from RUN/state.pt when there is one."""
        torch.set_num_threads(args.threads)
        cv2.setNumThreads(1)  # before any worker is forked: doing it in the child hangs
        if args.smoke:
            args.max_minutes, args.batch_pairs, args.validate_every = min(args.max_minutes, 0.3), 2, 0.2
        processes = Processes.join(args.device)
        torch.manual_seed(args.seed + processes.index)  # dropout and stochastic depth
        experiment = chosen_experiment(args)
        model = start_model(args, experiment)
        if args.smoke:
            sources = smoke_video_sources(model, experiment.data, args.seed)
        else:
            sources = load_video_sources(args, model, experiment.data, processes)
        optimiser = build_optimiser(model, experiment)
        log = RunLog(args.out, write=processes.first)
        run = cls(args, experiment, model, optimiser, WeightAverage(model), sources, log, processes)
        saved = load_state(args.out / "state.pt")
        if saved is not None:
            for name in STATEFUL:
                getattr(run, name).load_state_dict(saved[name])
            run.steps, run.seconds = saved["steps"], saved["seconds"]
        size = sum(p.numel() for p in model.parameters())
        log.write(event="start", steps=run.steps, seconds=run.seconds, parameters=size, **sources.description)
        return run

    @property
    def progress(self) -> float:
        """Share of the budget of minutes or steps that is used, 0 to 1."""
        return used_share(self.args, self.seconds, self.steps)

    def save(self) -> None:
        """Write RUN/state.pt (the first process)."""
        if self.processes.first:
            state = {name: getattr(self, name).state_dict() for name in STATEFUL}
            save_state(self.args.out / "state.pt", {**state, "steps": self.steps, "seconds": self.seconds})

    def train(self) -> None:
        """Steps until the time budget is used up; two validation batches come before the first."""
        if self.progress >= 1:
            return
        self.validate(limit=2)
        self.difficulty[0] = self._hardness()
        batches = self.batches((self.args.seed, self.steps, self.processes.index))
        due = {self.save: SAVE_EVERY, self.validate: 60 * self.args.validate_every}
        last = dict.fromkeys(due, self.seconds)
        clock = waited = time.perf_counter()
        bar = tqdm(total=100, initial=int(100 * self.progress), unit="%", disable=not self.processes.first)
        for batch in batches:
            waited = time.perf_counter() - clock
            if self.steps == 0 and self.processes.first and not isinstance(batch.clips, Seen):
                contact_sheet(batch, self.args.out / "first_batch.png")
            terms = self.step(batch)
            spent = time.perf_counter() - clock
            self.seconds = self.processes.agree(self.seconds + spent)
            bar.update(int(100 * self.progress) - bar.n)
            if self.steps % 20 == 1 or self.progress >= 1:
                times = {"step_s": round(spent, 3), "waited_s": round(waited, 3)}
                self.log.write(event="step", step=self.steps, minutes=round(self.seconds / 60, 2), **times, **terms)
            if self.progress >= 1:
                break
            for what, every in due.items():
                if self.seconds - last[what] > every:
                    last[what] = self.seconds
                    what()
            clock = time.perf_counter()
        bar.close()
        self.save()

    def batches(self, seed: tuple[int, ...]) -> Iterable[ClipBatch]:
        """Endless batches, forged on the fly or, with --prepare, drawn from pairs that were forged once."""
        maker, pairs, workers = self.sources.maker, self.experiment.batch, self.args.workers
        if not self.args.prepare:
            return stream(maker, pairs, seed, self.difficulty, workers, join=collate, ahead=3)
        with self.processes.first_goes_first():
            kept = prepared_pairs(self.model, maker, self.args.out / "pairs", self.args.prepare, self.args.seed)
        return draw_batches(kept, pairs, np.random.default_rng(seed))

    def _hardness(self) -> float:
        return min(1.0, self.progress / max(self.args.curriculum, 1e-6))

    def step(self, batch: ClipBatch) -> dict[str, float]:
        """One optimiser step on a batch (two passes with SAM); returns the loss terms."""
        schedule = self.experiment.schedule
        schedule.apply(self.optimiser, self.model, self.model.HEADS, self.progress * schedule.epochs)
        self.difficulty[0] = self._hardness()
        self.model.train()
        if self.progress >= self.args.fix_norms:
            fix_statistics(self.model)
        device = torch.device(self.args.device)
        clips = batch.clips.to(device) if isinstance(batch.clips, Seen) else self.model.prepare(batch.clips)
        targets = ClipTargetsBatch(*(t.to(device) for t in vars(batch.targets).values()))
        seen: dict[str, Any] = {}

        def closure() -> Tensor:
            with torch.autocast(device.type, dtype=torch.bfloat16):
                output = self.model(clips)
            loss, terms = video_loss(output, targets, self.experiment.loss)
            loss.backward()
            self.processes.average_gradients(self.model)
            norm = torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.args.clip_norm)
            if not seen:  # with SAM the first pass is the one at the weights themselves
                hits = (output.logits > 0) == (targets.fake > 0.5)
                seen.update(loss=loss.detach(), grad=norm, acc=hits.float().mean(), **terms)
            if not torch.isfinite(norm):
                self.optimiser.zero_grad()  # then nothing moves
            return loss

        self._descend(closure)
        self.steps += 1
        shown = {k: round(float(v), 4) for k, v in seen.items()}
        return shown | {"hard": round(self._hardness(), 3), "lr": self.optimiser.param_groups[0]["lr"]}

    def _descend(self, closure: Any) -> None:
        if uses_sam(self.args):
            self.optimiser.step(closure, self.model)
        else:
            self.optimiser.zero_grad()
            closure()
            self.optimiser.base.step()
        self.average.update(self.model)

    def averaged(self) -> VideoModel:
        """A copy of the model with the averaged weights, in evaluation mode."""
        model = copy.deepcopy(self.model)
        self.average.copy_to(model)
        return model.eval()

    @torch.no_grad()
    def validate(self, limit: int | None = None) -> dict[str, float]:
        """AUC (all, by case, in motion only) and the temporal map's mass on the boundary, on fixed validation pairs."""
        if not self.processes.first:
            return {}
        predictor = ClipPredictor(self.averaged())
        real, fake, cases, motion, masses = [], [], [], [], []
        for batch in self.sources.validation[:limit]:
            assert isinstance(batch.clips, Tensor)  # validation pairs are always forged anew
            found, pairs = predictor.run(batch.clips.numpy()), len(batch)
            real, fake = [*real, *found.margins[:pairs]], [*fake, *found.margins[pairs:]]
            cases, motion = [*cases, *batch.cases], [*motion, *batch.motion_only]
            if found.changes is not None:
                places = [true_places(b)["changing"] for b in batch.boundary.numpy()]
                masses += [map_mass(c, p) for c, p in zip(found.changes[pairs:], places, strict=True)]
        chosen = {"auc": np.ones(len(fake), bool), "auc_motion": np.array(motion, bool)}
        chosen |= {f"auc_{case}": np.array(cases) == case for case in sorted(set(cases))}
        figures = {name: _auc(np.array(real), np.array(fake)[rows]) for name, rows in chosen.items() if rows.any()}
        on, cells, _ = times_chance(masses)
        if on is not None and cells:
            figures["map_times_chance"] = on / cells
        return self.log.validation(self.steps, self.seconds, figures)

    def finish(self) -> Path:
        """Calibrate the averaged weights and write RUN/checkpoint."""
        folder = self.args.out / "checkpoint"
        if not self.processes.first:
            return folder
        model = self.averaged()
        meta = {
            "stage": "video",
            **provenance(self.args, self.steps, self.seconds),
            "experiment": self.experiment.as_dict() | {"model": model.config.to_dict()},
            "sam": uses_sam(self.args),
            "data": self.sources.description,
            "replaced_forgeries": self.sources.maker.replaced,
            "licence": "research use: trained on photos and clips under non-commercial and unstated licences",
            "intended_use": "support for a human examiner; not a proof; faces in videos, consecutive frames",
            "processes": self.processes.count,
            "validation": self.validate(),
        }
        if self.sources.held is not None:
            frame = ForgeryPredictor.load(self.args.kfd or self.args.detector or SHIPPED_FRAME_DETECTOR)
            meta |= calibrate_video(ClipPredictor(model), frame, *self.sources.held)
        save_video_model(model, folder, meta, storage="fp16")
        self.log.write(event="checkpoint", folder=str(folder), calibration=meta.get("calibration"))
        return folder


def _auc(real: np.ndarray, fake: np.ndarray) -> float:
    return auc(np.repeat([0, 1], [len(real), len(fake)]), np.concatenate([real, fake]))
