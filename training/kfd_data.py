"""Pairs for the detector's training and validation, forged on the fly by simulation/."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, IterableDataset

from simulation.faces_data import load_clip_faces, load_faces
from simulation.records import FaceRecord
from training.common import held_out_for_dialogue

CLIP_EVERY = 0.4  # seconds between the frames of real clips that enter training


@dataclass(frozen=True)
class PairBatch:
    """B photos, each with its forgery, under the same degradation.

    Attributes:
        images: (2B, 3, S, S) uint8 RGB, the B real ones first.
        masks: (2B, S, S) uint8 0..255, what was changed; zero for the real ones.
        families: family of each of the B forgeries.
    """

    images: Tensor
    masks: Tensor
    families: tuple[str, ...]


def collate(pairs: Sequence) -> PairBatch:
    """Stack simulation pairs into one batch, reals first."""
    real = np.stack([p.real for p in pairs])
    fake = np.stack([p.fake for p in pairs])
    mask = np.stack([np.round(p.mask * 255).astype(np.uint8) for p in pairs])
    images = torch.from_numpy(np.concatenate([real, fake])).permute(0, 3, 1, 2)
    masks = torch.from_numpy(np.concatenate([np.zeros_like(mask), mask]))
    return PairBatch(images, masks, tuple(p.family for p in pairs))


class PairStream(IterableDataset):
    """Endless batches; each worker forges with its own generator, derived from seed, worker and start step.

    Args:
        maker: makes one pair (of photos or of clips) from a generator and a difficulty; join: pairs to a batch.
        batch_pairs: pairs a batch.
        seed: numbers that seed the run (seed, start step, process).
        difficulty: shared float64 tensor of one element that the training loop raises from 0 to 1.
    """

    def __init__(
        self, maker: Any, batch_pairs: int, seed: Sequence[int], difficulty: Tensor, join: Callable[[list], Any]
    ) -> None:
        self.maker, self.join = maker, join
        self.batch_pairs = batch_pairs
        self.seed = seed
        self.difficulty = difficulty

    def __iter__(self) -> Iterator[Any]:
        info = torch.utils.data.get_worker_info()
        rng = np.random.default_rng([*self.seed, info.id if info else 0])
        while True:
            hard = float(self.difficulty)
            yield self.join([self.maker.make(rng, hard) for _ in range(self.batch_pairs)])


def stream(
    maker: Any,
    batch_pairs: int,
    seed: Sequence[int],
    difficulty: Tensor,
    workers: int,
    join: Callable[[list], Any] = collate,
    ahead: int = 6,
) -> DataLoader:
    """A loader over `PairStream`; the difficulty is shared with its workers, each `ahead` batches ahead."""
    difficulty.share_memory_()
    data = PairStream(maker, batch_pairs, seed, difficulty, join)
    extra = {"prefetch_factor": ahead, "multiprocessing_context": "fork"} if workers else {}
    return DataLoader(data, batch_size=None, num_workers=workers, **extra)


def training_records(data: Path, cache: Path) -> tuple[list[FaceRecord], list[FaceRecord]]:
    """(photos, clip frames) of the training split, without the photos held out for the language model."""
    photos = [r for r in load_faces(data, "train") if not held_out_for_dialogue(r.name)]
    return photos, load_clip_faces(data, "train", CLIP_EVERY, cache)


def validation_batches(
    maker: Any, count: int, seed: int, batch_pairs: int = 32, join: Callable[[list], Any] = collate
) -> list[Any]:
    """A fixed set of validation pairs at the hardest setting: same seed, same pixels."""
    rng = np.random.default_rng(seed)
    pairs = [maker.make(rng, 1.0) for _ in range(count)]
    return [join(pairs[i : i + batch_pairs]) for i in range(0, count, batch_pairs)]
