"""Clip pairs forged once and kept on disk, so that a machine with few cores can learn from them many times.

RUN/pairs/00000.npz ...    uint8 clips and their targets, 32 pairs a file; file k depends on the seed and k only
"""

import multiprocessing
import os
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import torch
from tqdm import tqdm

from fakestormer.losses import ClipTargetsBatch
from simulation.video_source import ClipMaker
from training.video_data import ClipBatch, collate

SHARD = 32  # pairs a file
TARGETS = ("fake", "soft", "derivative", "keep")


def prepare_pairs(maker: ClipMaker, folder: Path, pairs: int, seed: int, workers: int) -> list[Path]:
    """Forge what is missing of `pairs` pairs; the difficulty of each is the root of a number drawn from 0 to 1."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{k:05d}.npz" for k in range(-(-pairs // SHARD))]
    missing = [k for k, path in enumerate(paths) if not path.exists()]
    work = partial(_forge_shard, maker, folder, seed)
    with multiprocessing.get_context("fork").Pool(max(workers, 1)) as pool:
        for _ in tqdm(pool.imap_unordered(work, missing), total=len(missing), unit="file", desc="forging clips"):
            pass
    return paths


def _forge_shard(maker: ClipMaker, folder: Path, seed: int, number: int) -> None:
    cv2.setNumThreads(1)
    rng = np.random.default_rng([seed, number])
    batch = collate([maker.make(rng, float(rng.random() ** 0.5)) for _ in range(SHARD)])
    arrays = {name: getattr(batch.targets, name).numpy() for name in TARGETS}
    partial_path = folder / f"{number:05d}.{os.getpid()}.partial.npz"
    np.savez(partial_path, clips=batch.clips.numpy(), boundary=batch.boundary.numpy(), cases=np.array(batch.cases),
             motion_only=np.array(batch.motion_only), **arrays)  # fmt: skip
    partial_path.replace(folder / f"{number:05d}.npz")


def read_shard(path: Path) -> ClipBatch:
    """All pairs of one file as one batch."""
    with np.load(path) as data:
        tensors = {name: torch.from_numpy(data[name]) for name in ("clips", "boundary", *TARGETS)}
        cases, motion = tuple(data["cases"].tolist()), tuple(data["motion_only"].tolist())
    targets = ClipTargetsBatch(*(tensors[name] for name in TARGETS))
    return ClipBatch(tensors["clips"], targets, tensors["boundary"], cases, motion)
