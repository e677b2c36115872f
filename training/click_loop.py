"""The click predictor's training run: steps, validation, resuming, checkpoint."""

import argparse
import copy
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor
from tqdm import tqdm

from kfd.predictor import ForgeryPredictor
from media.errors import BadRequest
from retrieval.clicks.checkpoint import build_clicks, save_clicks
from retrieval.clicks.config import RECIPES, ClickRecipe
from retrieval.clicks.model import Clicked, ClickModel, DetectorClicks, FrozenDetector, TimmClicks
from retrieval.clicks.predictor import ClickPredictor
from retrieval.clicks.targets import scattered
from retrieval.clicks_stats import mae
from training.click_data import ClickBatch, ClickSources, load_click_sources, sheet, smoke_click_sources
from training.common import RunLog, WeightAverage, load_state, provenance, save_state, used_share
from training.kfd_loop import learning_rate_factor

SAVE_EVERY = 120.0  # seconds
CRPS_WEIGHT = 4.0


def heat_loss(heat: Tensor, points: Tensor, spread: tuple[float, float]) -> dict[str, Tensor]:
    """Terms of a heat map's loss against clicks that scatter.

    "place": cross-entropy with the Gaussian of the click; "middle": squared difference of the cumulated marginals,
    whose best point forecast is the median (Gneiting and Raftery 2007, continuous ranked probability score).

    Args:
        heat: (B, h, h) logits.
        points: (B, 2) in [0, 1], without scatter; spread: its sd in (x, y), at least half a cell.
    """
    size = heat.shape[-1]
    cells = (torch.arange(size, device=heat.device) + 0.5) / size
    sides = []
    for axis in (0, 1):
        sd = max(spread[axis], 0.5 / size)
        sides.append(torch.softmax(-((cells - points[:, axis, None]) ** 2) / (2 * sd**2), 1))  # (B, h)
    across, down = sides
    target = (down[:, :, None] * across[:, None, :]).flatten(1)
    chance = heat.float().flatten(1).log_softmax(1)
    given = chance.exp().reshape(heat.shape)
    off = [((given.sum(1) - across).cumsum(1) ** 2).mean(), ((given.sum(2) - down).cumsum(1) ** 2).mean()]
    return {"place": -(target * chance).sum(1).mean(), "middle": CRPS_WEIGHT * (off[0] + off[1])}


@dataclass
class ClickRun:
    """One training run and everything it carries from step to step."""

    args: argparse.Namespace
    recipe: ClickRecipe
    model: ClickModel
    optimiser: torch.optim.Optimizer
    plateau: torch.optim.lr_scheduler.ReduceLROnPlateau
    average: WeightAverage
    sources: ClickSources
    log: RunLog
    rng: np.random.Generator
    steps: int = 0
    seconds: float = 0.0

    @classmethod
    def start(cls, args: argparse.Namespace) -> Self:
        """Build the run, or go on from RUN/state.pt when there is one."""
        torch.set_num_threads(args.threads)
        cv2.setNumThreads(1)  # before any worker is forked
        recipe = RECIPES[args.config]
        if args.smoke:
            args.max_minutes, args.batch, args.validate_every = min(args.max_minutes, 0.1), 4, 1
        model = _model(args, recipe)
        config = model.config
        if args.smoke:
            sources = smoke_click_sources(args.seed)
        else:
            sources = load_click_sources(args, config.image_size, config.crop_margin)
        lr = args.lr or recipe.lr
        optimiser = torch.optim.AdamW(model.parameters(), lr=lr, weight_decay=recipe.weight_decay)
        plateau = torch.optim.lr_scheduler.ReduceLROnPlateau(optimiser, factor=0.5, patience=recipe.patience)
        log, rng = RunLog(args.out), np.random.default_rng(args.seed)
        run = cls(args, recipe, model, optimiser, plateau, WeightAverage(model), sources, log, rng)
        saved = load_state(args.out / "state.pt")
        if saved is not None:
            for name in ("model", "optimiser", "plateau", "average"):
                getattr(run, name).load_state_dict(saved[name])
            run.steps, run.seconds = saved["steps"], saved["seconds"]
        size = sum(p.numel() for p in model.parameters())
        log.write(event="start", steps=run.steps, parameters=size, **sources.description)
        return run

    def save(self) -> None:
        """Write RUN/state.pt."""
        parts = {name: getattr(self, name).state_dict() for name in ("model", "optimiser", "plateau", "average")}
        save_state(self.args.out / "state.pt", parts | {"steps": self.steps, "seconds": self.seconds})

    @property
    def batch(self) -> int:
        """Pictures a step."""
        return self.args.batch or self.recipe.batch

    @property
    def progress(self) -> float:
        """Share of the minutes, the steps or the recipe's epochs that is used; 0 to 1."""
        share = used_share(self.args, self.seconds, self.steps)
        if self.recipe.epochs is not None:
            share = max(share, self.steps * self.batch / (self.recipe.epochs * self.sources.epoch))
        return min(1.0, share)

    def train(self) -> None:
        """Steps until the time or the epochs are used up."""
        if self.progress >= 1:
            return
        self.validate()
        bar = tqdm(total=100, unit="%")
        saved = checked = self.seconds
        an_epoch = max(1, self.sources.epoch // self.batch)
        self.model.train()
        clock = time.perf_counter()
        for batch in self.sources.batches(self.batch, [self.args.seed, self.steps], self.args.workers):
            if self.steps == 0:
                sheet(batch, None, self.args.out / "first_batch.png")
            terms = self.step(batch)
            self.seconds += time.perf_counter() - clock
            bar.update(int(100 * self.progress) - bar.n)
            if self.steps % 50 == 0:
                self.log.write(event="step", step=self.steps, minutes=round(self.seconds / 60, 2), **terms)
            if self.seconds - saved > SAVE_EVERY:
                saved = self.seconds
                self.save()
            on_plateau = self.recipe.schedule == "plateau"
            late = self.seconds - checked > 60 * self.args.validate_every
            if (self.steps % an_epoch == 0) if on_plateau else late:
                checked = self.seconds
                error = self.validate()["mae"]
                if on_plateau:
                    self.plateau.step(error)
            if self.progress >= 1:
                break
            clock = time.perf_counter()
        bar.close()
        self.save()

    def step(self, batch: ClickBatch) -> dict[str, float]:
        """One optimiser step on a batch; returns the loss terms."""
        if self.recipe.schedule == "cosine":
            for group in self.optimiser.param_groups:
                group["lr"] = (self.args.lr or self.recipe.lr) * learning_rate_factor(self.progress, self.steps)
        images = self.model.prepare(batch.crops)
        with torch.autocast(images.device.type, dtype=torch.bfloat16):
            output = self.model(images)
        terms = self._loss(output, batch)
        loss = torch.stack(list(terms.values())).sum()
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(self.model.parameters(), 5.0)
        if torch.isfinite(norm):
            self.optimiser.step()
            self.average.update(self.model)
        self.steps += 1
        return {k: round(float(v.detach()), 5) for k, v in ({"loss": loss, "grad": norm} | terms).items()}

    def _loss(self, output: Clicked, batch: ClickBatch) -> dict[str, Tensor]:
        spread = self.sources.spread if self.sources.simulated else (0.0, 0.0)  # a real click has its scatter in it
        if output.heat is not None:
            points = torch.as_tensor(batch.points, dtype=torch.float32, device=output.heat.device)
            return heat_loss(output.heat, points, spread)
        hit = scattered(batch.points, spread, self.rng)
        return {"distance": F.l1_loss(output.points, torch.as_tensor(hit).to(output.points))}

    def averaged(self) -> ClickPredictor:
        """The averaged weights, ready to predict; what they read is shared."""
        model = copy.deepcopy(self.model)
        self.average.copy_to(model)
        return ClickPredictor(model)

    def validate(self) -> dict[str, float]:
        """Mean absolute error of the averaged weights on the fixed held-out clicks, and of their median."""
        held = self.sources.validation
        found = self.averaged().points(held.crops)
        figures = {"mae": mae(found, held.points), "mae_own_median": mae(np.median(held.points, 0), held.points)}
        return self.log.validation(self.steps, self.seconds, figures)

    def finish(self) -> Path:
        """Write RUN/checkpoint and the contact sheet of held-out predictions."""
        predictor = self.averaged()
        held = self.sources.validation
        sheet(held, predictor.points(held.crops), self.args.out / "held_out.png")
        meta: dict[str, Any] = {
            "stage": f"clicks, {self.args.config}",
            **provenance(self.args, self.steps, self.seconds),
            "data": self.sources.description,
            "validation": self.validate(),
            "licence": "research use, non-commercial: photos under such terms, spread of clicks from ExDDV",
            "intended_use": "where to look at first; not a finding",
        }
        folder = self.args.out / "checkpoint"
        save_clicks(predictor.model, folder, meta)
        return folder


def _model(args: argparse.Namespace, recipe: ClickRecipe) -> ClickModel:
    """The model to train: on the named detector, or of timm with the given ImageNet weights."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(args.seed)
        if args.smoke:
            return DetectorClicks.fitting(FrozenDetector.of(ForgeryPredictor.tiny(args.seed)), width=16, blocks=1)
        if recipe.model.kind == "detector":
            sizes = recipe.model
            frozen = FrozenDetector.of(ForgeryPredictor.load(args.kfd, args.device))
            model = DetectorClicks.fitting(frozen, width=sizes.width, blocks=sizes.blocks)
            return model.to(args.device)
        if args.init is None:
            raise BadRequest(f"{args.config} starts from ImageNet weights of {recipe.model.name}: give them by --init.")
        state, model = _state(args.init), build_clicks(recipe.model)
        assert isinstance(model, TimmClicks)
        model.start_from(state)
    return model.to(args.device)


def _state(path: Path) -> dict[str, Tensor]:
    from safetensors.torch import load_file

    if not path.is_file():
        raise BadRequest(f"There is no file {path}.")
    if path.suffix == ".safetensors":
        return load_file(path)
    return torch.load(path, map_location="cpu", weights_only=True)
