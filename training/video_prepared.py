"""Clip pairs forged once, with what the fixed frame detector sees in them: few cores learn from them many times.

RUN/pairs/00000.pt ...    what was seen (16-bit) and the targets, 32 pairs a file; file k depends on the seed and k
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset
from tqdm import tqdm

from fakestormer.checkpoint import VideoModel
from fakestormer.losses import ClipTargetsBatch
from fakestormer.model import FakeSTormer
from fakestormer.stem import DetectorStem, Seen
from media.errors import BadRequest
from simulation.video_source import ClipMaker
from training.common import data_hash, load_state, save_state
from training.video_data import ClipBatch, collate, contact_sheet

SHARD, WORKERS = 32, 2  # pairs a file, processes that forge
TARGETS = ("fake", "soft", "derivative", "keep")
SEEN = ("pictures", "motion")
_AT_ONCE = 4  # pairs that the detector reads at a time


def prepared_pairs(model: VideoModel, maker: ClipMaker, folder: Path, pairs: int, seed: int) -> list[ClipBatch]:
    """Files of `pairs` pairs, read back; those that are missing are forged and looked at first.

    The difficulty of each pair is the root of a number drawn from 0 to 1.

    Raises:
        BadRequest: the model has no fixed frame detector whose findings could be kept, or the folder holds pairs that
            were made otherwise.
    """
    if not isinstance(model, FakeSTormer) or not isinstance(model.stem, DetectorStem):
        raise BadRequest("--prepare keeps what a frame detector sees; this model has none: give --detector DIR.")
    folder.mkdir(parents=True, exist_ok=True)
    _same_plan(folder / "plan.json", _plan(model, model.stem, maker, seed))
    numbers = range(-(-pairs // SHARD))
    missing = [k for k in numbers if not _path(folder, k).exists()]
    forged = DataLoader(Forging(maker, seed, missing), batch_size=None, num_workers=WORKERS,
                        multiprocessing_context="fork")  # fmt: skip
    for number, batch in zip(missing, tqdm(forged, unit="file", desc="forging clips"), strict=True):
        if number == 0:
            contact_sheet(batch, folder.parent / "first_batch.png")
        save_state(_path(folder, number), _kept(model, batch))
    return [_read(_path(folder, k)) for k in numbers]


def _plan(model: FakeSTormer, stem: DetectorStem, maker: ClipMaker, seed: int) -> dict[str, Any]:
    """What the files depend on beside their number."""
    digest = hashlib.sha256()
    for name, tensor in sorted(stem.detector.state_dict().items()):
        digest.update(name.encode() + tensor.cpu().contiguous().numpy().tobytes())
    sources = data_hash(f"{s.name} {len(s.landmarks)}" for s in (*maker.photos, *maker.clips))
    return {"seed": seed, "preset": maker.preset.digest(), "sources": sources, "clip_share": maker.clip_share,
            "frames": model.config.frames, "image_size": model.config.image_size, "grid": model.config.grid,
            "detector": digest.hexdigest()}  # fmt: skip


def _same_plan(file: Path, plan: dict[str, Any]) -> None:
    if not file.exists():
        file.write_text(json.dumps(plan, indent=2) + "\n")
        return
    before = json.loads(file.read_text())
    other = sorted(k for k in plan.keys() | before.keys() if plan.get(k) != before.get(k))
    if other:
        raise BadRequest(f"{file.parent} holds pairs made with another {', '.join(other)}; give another --out.")


def _path(folder: Path, number: int) -> Path:
    return folder / f"{number:05d}.pt"


class Forging(Dataset):
    """The pairs of each file, forged when asked for."""

    def __init__(self, maker: ClipMaker, seed: int, numbers: Sequence[int]) -> None:
        self.maker, self.seed, self.numbers = maker, seed, numbers

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, index: int) -> ClipBatch:
        rng = np.random.default_rng([self.seed, self.numbers[index]])
        return collate([self.maker.make(rng, float(rng.random() ** 0.5)) for _ in range(SHARD)])


def _kept(model: FakeSTormer, batch: ClipBatch) -> dict[str, Any]:
    assert isinstance(batch.clips, Tensor)
    seen = [_look(model, part) for part in batch.clips.split(2 * _AT_ONCE)]
    state: dict[str, Any] = {name: getattr(batch.targets, name) for name in TARGETS}
    state |= {name: torch.cat([getattr(s, name) for s in seen]) for name in SEEN}
    return state | {"cases": list(batch.cases), "motion_only": list(batch.motion_only)}


@torch.inference_mode()
def _look(model: FakeSTormer, clips: Tensor) -> Seen:
    """What the detector sees in uint8 clips (N, T, S, S, 3), as half-precision numbers."""
    assert isinstance(model.stem, DetectorStem)
    inputs = model.prepare(clips)
    with torch.autocast(inputs.device.type, dtype=torch.bfloat16):  # as training steps see them
        seen = model.stem.see(inputs)
    return Seen(seen.pictures.half().cpu(), seen.motion.half().cpu())


def _read(path: Path) -> ClipBatch:
    state = load_state(path)
    assert state is not None
    targets = ClipTargetsBatch(*(state[name] for name in TARGETS))
    nowhere = torch.zeros(0)  # the boundary itself is needed by validation only
    return ClipBatch(Seen(state["pictures"], state["motion"]), targets, nowhere, tuple(state["cases"]),
                     tuple(state["motion_only"]))  # fmt: skip


def draw_batches(kept: Sequence[ClipBatch], pairs: int, rng: np.random.Generator) -> Iterator[ClipBatch]:
    """Endless batches of pairs in random order, each pair once a round."""
    places = [(batch, row) for batch in kept for row in range(len(batch))]
    waiting: list[int] = []
    while True:
        while len(waiting) < pairs:
            waiting += rng.permutation(len(places)).tolist()
        chosen, waiting = [places[i] for i in waiting[:pairs]], waiting[pairs:]
        yield _join(chosen)


def _join(chosen: Sequence[tuple[ClipBatch, int]]) -> ClipBatch:
    """The real members of the chosen pairs, then their forgeries."""
    rows = [(batch, row + side * len(batch)) for side in (0, 1) for batch, row in chosen]

    def pick(name: str) -> Tensor:
        return torch.stack([getattr(batch.clips if name in SEEN else batch.targets, name)[row]
                            for batch, row in rows])  # fmt: skip

    targets = ClipTargetsBatch(*(pick(name) for name in TARGETS))
    return ClipBatch(Seen(pick("pictures"), pick("motion")), targets, torch.zeros(0),
                     tuple(batch.cases[row] for batch, row in chosen),
                     tuple(batch.motion_only[row] for batch, row in chosen))  # fmt: skip
