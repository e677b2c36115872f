"""Where the click predictor's run takes its crops and clicks from: annotated videos, or simulated forgeries."""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from retrieval.annotations import Annotation
from retrieval.clicks.targets import ClickExample, measured_spread, scattered, strongest_points, video_examples
from simulation.faces_data import load_faces
from simulation.source import PairMaker
from training.common import data_hash
from training.kfd_data import PairBatch, stream, training_records, validation_batches

VALIDATION_SEED, VALIDATION = 11, 256


@dataclass(frozen=True, eq=False)
class ClickBatch:
    """crops (B, S, S, 3) uint8 RGB; points (B, 2) where they are clicked, (x, y) in [0, 1] of the crop."""

    crops: NDArray[np.uint8]
    points: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.crops)


@dataclass
class ClickSources:
    """Crops to learn from and fixed ones to validate on.

    Attributes:
        validation: fixed; points are what a person would hit, scatter included.
        spread: sd of a click in (x, y), share of the crop.
        maker: forges pairs; examples: those of annotated videos, used instead when there are any.
        description: data hash, counts and licences for meta.json.
    """

    validation: ClickBatch
    spread: tuple[float, float]
    maker: PairMaker | None = None
    examples: list[ClickExample] = field(default_factory=list)
    description: dict[str, Any] = field(default_factory=dict)

    @property
    def simulated(self) -> bool:
        """Whether clicks are those of simulated forgeries (points come without scatter)."""
        return not self.examples

    @property
    def epoch(self) -> int:
        """Pictures that count as one pass."""
        return len(self.examples) or (len(self.maker.records) if self.maker else 0)

    def batches(self, size: int, seed: Sequence[int], workers: int) -> Iterator[ClickBatch]:
        """Endless batches of `size` clicked crops."""
        if self.maker is not None and self.simulated:
            hard = torch.ones(1, dtype=torch.float64)
            for pairs in stream(self.maker, size, list(seed), hard, workers):
                yield clicked(pairs, self.spread)
        rng = np.random.default_rng([*seed])
        while self.examples:
            rows = [self.examples[int(i)] for i in rng.integers(len(self.examples), size=size)]
            crops, points = np.stack([r.pixels for r in rows]), np.array([r.point for r in rows])
            turned = rng.random(size) < 0.5
            crops[turned] = crops[turned][:, :, ::-1]
            points[turned, 0] = 1 - points[turned, 0]
            yield ClickBatch(crops, points)


def clicked(pairs: PairBatch, spread: tuple[float, float]) -> ClickBatch:
    """The forged halves of a batch of pairs, with the place where each shows most."""
    count = len(pairs.images) // 2
    pictures = pairs.images.permute(0, 2, 3, 1).numpy()
    fake = np.ascontiguousarray(pictures[count:])
    points = strongest_points(pictures[:count], fake, pairs.masks[count:].numpy(), float(np.mean(spread)))
    return ClickBatch(fake, points)


def load_click_sources(args: argparse.Namespace, size: int, margin: float) -> ClickSources:
    """Clicks of annotated videos when args.videos is given, else simulated ones.

    Args:
        args: of train_clicks.py; size, margin: of the model's crops.
    """
    from retrieval.exddv import read_exddv

    rows, _ = read_exddv(args.csv)
    spread = measured_spread(rows)
    if args.videos is not None:
        return _video_sources(args, rows, spread, size, margin)
    photos, clips = training_records(args.data, args.out / "clips.npz")
    maker = PairMaker(photos, size, clips=clips)
    checker = PairMaker(load_faces(args.data, "val"), size)
    names = [f"{r.name} {r.pixels.shape}" for r in [*photos, *clips]]
    description = {
        "kind": "simulated forgeries; the click is where |fake - real| is largest",
        "hash": data_hash(names),
        "photos": len(photos),
        "clip_frames": len(clips),
        "sources": "MEBeauty (non-commercial), FFHQ sample, LFW, real clips; fakes are simulated",
        "click_spread": list(spread),
        "click_spread_source": "ExDDV.csv (CC BY-NC-SA 4.0)",
    }
    return ClickSources(_validation(checker, spread, VALIDATION), spread, maker, description=description)


def smoke_click_sources(seed: int) -> ClickSources:
    """The astronaut's photo, as in the detector's smoke run; nothing scatters."""
    from kfd.config import KFDConfig
    from training.kfd_sources import smoke_sources

    maker = smoke_sources(KFDConfig.tiny(), seed).maker
    description = {"kind": "smoke", "sources": "scikit-image"}
    return ClickSources(_validation(maker, (0.0, 0.0), 8), (0.0, 0.0), maker, description=description)


def _validation(maker: PairMaker, spread: tuple[float, float], count: int) -> ClickBatch:
    """Fixed held-out pairs, clicked as a person would."""
    parts = [clicked(pairs, spread) for pairs in validation_batches(maker, count, VALIDATION_SEED)]
    points = np.concatenate([p.points for p in parts])
    rng = np.random.default_rng(VALIDATION_SEED)
    return ClickBatch(np.concatenate([p.crops for p in parts]), scattered(points, spread, rng))


def _video_sources(
    args: argparse.Namespace, rows: Sequence[Annotation], spread: tuple[float, float], size: int, margin: float
) -> ClickSources:
    from media.faces import FaceFinder
    from retrieval.videos import find_videos

    search = find_videos(rows, args.videos)
    found: dict[str, list[ClickExample]] = {}
    with FaceFinder() as finder:
        for split in ("train", "val"):
            chosen = [a for a in rows if a.split == split]
            found[split] = list(video_examples(chosen, search, finder, size, margin))
    held = found["val"] or found["train"][-1:]
    description = {
        "kind": "clicks of ExDDV's annotators (CC BY-NC-SA 4.0)",
        "hash": data_hash(f"{e.name} {e.point}" for e in found["train"]),
        "clicks": {name: len(examples) for name, examples in found.items()},
        "videos_found": len(search.found),
        "videos_missing": len(search.missing),
        "click_spread": list(spread),
    }
    validation = ClickBatch(np.stack([e.pixels for e in held]), np.array([e.point for e in held]))
    return ClickSources(validation, spread, examples=found["train"], description=description)


def sheet(batch: ClickBatch, predicted: NDArray[np.float64] | None, path: Path, columns: int = 6) -> None:
    """Write the first crops with their clicks (green) and predicted ones (red) as one PNG."""
    tiles = []
    for number in range(min(len(batch), 4 * columns)):
        tile = batch.crops[number].copy()
        marks = [(batch.points[number], (0, 255, 0))]
        if predicted is not None:
            marks.append((predicted[number], (255, 40, 40)))
        for point, colour in marks:
            x, y = (int(v) for v in np.clip(point * len(tile), 0, len(tile) - 1))
            cv2.drawMarker(tile, (x, y), colour, cv2.MARKER_CROSS, max(7, len(tile) // 12), 2)
        tiles.append(tile)
    tiles += [np.zeros_like(tiles[0])] * (-len(tiles) % columns)
    rows = [np.hstack(tiles[i : i + columns]) for i in range(0, len(tiles), columns)]
    cv2.imwrite(str(path), cv2.cvtColor(np.vstack(rows), cv2.COLOR_RGB2BGR))
