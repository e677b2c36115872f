"""Clip pairs for the video detector's training and validation, forged on the fly, and where their faces come from."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from torch import Tensor

from evaluation.video_clips import load_real_clips
from fakestormer.batch import pair_batch
from fakestormer.checkpoint import VideoModel
from fakestormer.losses import ClipTargetsBatch
from fakestormer.predictor import grid_of
from fakestormer.stem import Seen
from simulation.commands import astronaut_face
from simulation.faces_data import load_faces
from simulation.records import FaceRecord
from simulation.video_presets import VideoPreset
from simulation.video_preview import FULL_SCALE
from simulation.video_records import Clip, ClipPair
from simulation.video_source import ClipMaker, still
from training.common import data_hash, held_out_for_dialogue
from training.kfd_data import validation_batches
from training.processes import Processes

VALIDATION_SEED, VALIDATION_PAIRS = 7, 192
FEW_CLIPS = 500
"""With fewer real clips photos are set in motion too."""


@dataclass(frozen=True)
class ClipBatch:
    """B real clips and their forgeries under the same augmentation and cutout.

    Attributes:
        clips: (2B, T, S, S, 3) uint8 RGB, the B real ones first, or what was seen in them; targets: of the same clips.
        boundary: (B, T, g, g) patch vulnerability of the forgeries.
        cases: family of each forgery, or the name of its fault when it shows in motion only.
        motion_only: whether each shows in motion only.
    """

    clips: Tensor | Seen
    targets: ClipTargetsBatch
    boundary: Tensor
    cases: tuple[str, ...]
    motion_only: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.cases)


def collate(pairs: Sequence[ClipPair]) -> ClipBatch:
    """Pairs as one batch."""
    clips, targets = pair_batch(pairs)
    boundary = torch.from_numpy(np.stack([p.targets.boundary for p in pairs]))
    motion = tuple(not p.params.spatial for p in pairs)
    return ClipBatch(torch.from_numpy(clips), targets, boundary, tuple(p.case for p in pairs), motion)


@dataclass
class VideoSources:
    """Pairs to learn from, fixed ones to validate on, and how they may be described.

    Attributes:
        description: data hash, counts, what was animated and licences, for meta.json.
        held: validation photos and clips for calibration; None in smoke runs.
    """

    maker: ClipMaker
    validation: list[ClipBatch]
    description: dict[str, Any] = field(default_factory=dict)
    held: tuple[list[FaceRecord], list[Clip]] | None = None


def load_video_sources(
    args: argparse.Namespace, model: VideoModel, preset: VideoPreset, processes: Processes
) -> VideoSources:
    """Real clips and photos of train persons; validation pairs from validation persons only. Never data/deepfakes.

    Faces of the clips are found once and kept in RUN/clips_train.npz and RUN/clips_val.npz.
    """
    with processes.first_goes_first():
        clips = load_real_clips(args.data, "train", args.out / "clips_train.npz", args.runs)
        held_clips = load_real_clips(args.data, "val", args.out / "clips_val.npz", args.runs)
    animated = len(clips) < FEW_CLIPS
    photos = [r for r in load_faces(args.data, "train") if not held_out_for_dialogue(r.name)] if animated else []
    held = load_faces(args.data, "val")
    maker = _maker(photos, clips, model, preset, args.clip_share)
    checker = _maker(held, held_clips, model, preset, args.clip_share)
    names = [f"{r.name} {r.pixels.shape}" for r in photos] + [f"{c.name} {c.frames.shape}" for c in clips]
    description = {
        "hash": data_hash(names),
        "real_clips": len(clips),
        "real_videos": len({c.name.split("#")[0] for c in clips}),
        "photos_set_in_motion": len(photos),
        "share_of_real_clips": maker.clip_share,
        "note": _note(len(clips), maker.clip_share) if animated else "real clips only; no photo was animated",
        "preset": preset.name,
        "preset_digest": preset.digest(),
        "sources": "real clips of videos_real; MEBeauty (non-commercial), FFHQ sample, LFW; fakes are simulated",
    }
    return VideoSources(maker, validation_batches(checker, VALIDATION_PAIRS, VALIDATION_SEED, 16, collate), description,
                        (held, held_clips))  # fmt: skip


def _note(clips: int, share: float) -> str:
    return (
        f"only {clips} real clips: {1 - share:.0%} of the pairs come from photos that were set in motion by simulation "
        "(smooth pose, light and expression by landmark warps), real members too"
    )


def _maker(
    photos: Sequence[FaceRecord], clips: Sequence[Clip], model: VideoModel, preset: VideoPreset, share: float
) -> ClipMaker:
    config = model.config
    return ClipMaker(photos, clips, config.frames, config.image_size, grid_of(model), preset, share)


def smoke_video_sources(model: VideoModel, preset: VideoPreset, seed: int) -> VideoSources:
    """The astronaut photo that scikit-image ships, set in motion and as a clip that stands still."""
    records = [astronaut_face()]
    clips = [still(records[0], 3 * model.config.frames)]
    maker = _maker(records, clips, model, preset, 0.2)
    description = {"hash": data_hash(r.name for r in records), "photos_set_in_motion": len(records),
                   "sources": "scikit-image", "preset": preset.name}  # fmt: skip
    return VideoSources(maker, validation_batches(maker, 8, seed, 4, collate), description)


def contact_sheet(batch: ClipBatch, path: Path, pairs: int = 6) -> None:
    """Write a PNG: a row a pair: its real frames, its forged frames, the target of the temporal head (0 to 3)."""
    assert isinstance(batch.clips, Tensor)
    size = batch.clips.shape[2]
    rows = []
    for i in range(min(len(batch), pairs)):
        real, fake = (list(batch.clips[k].numpy()) for k in (i, i + len(batch)))
        heat = np.clip(batch.targets.derivative[i + len(batch)].numpy() / FULL_SCALE, 0, 1)
        maps = [cv2.resize(m, (size, size), interpolation=cv2.INTER_NEAREST) for m in heat]
        grey = [np.repeat(np.round(m * 255).astype(np.uint8)[..., None], 3, axis=2) for m in maps]
        rows.append(np.hstack([*real, *fake, *grey]))
    cv2.imwrite(str(path), cv2.cvtColor(np.vstack(rows), cv2.COLOR_RGB2BGR))
