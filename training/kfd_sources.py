"""Where the detector's run takes its pictures from: a data folder, or what libraries ship (smoke)."""

import argparse
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from kfd.config import KFDConfig
from kfd.detector import KnowledgeGuidedDetector
from simulation.presets import TRAIN, TRAIN_WORN, Preset
from simulation.records import FaceRecord
from simulation.source import PairMaker
from training.common import data_hash
from training.kfd_data import CLIP_EVERY, PairBatch, training_records, validation_batches
from training.manifest_data import ManifestFaces, load_manifest_faces
from training.processes import Processes

VALIDATION_SEED = 7
WEAR = {"usual": TRAIN, "strong": TRAIN_WORN}
"""--wear: what training pairs are drawn from; validation pairs always come from the usual."""
PHOTOS = "MEBeauty (non-commercial), FFHQ sample, LFW"


@dataclass
class Sources:
    """Pairs to learn from, fixed pairs to validate on, and how they may be described.

    Attributes:
        maker: forges training pairs.
        validation: fixed batches of validation photos' pairs.
        description: data hash, counts and licences for meta.json.
        calibration_data: the data folder, None in smoke runs (then nothing is calibrated).
    """

    maker: PairMaker
    validation: list[PairBatch]
    description: dict[str, Any] = field(default_factory=dict)
    calibration_data: Path | None = None
    photos: int = 0
    clips: int = 0

    def contact_sheet(self, batch: PairBatch, path: Path) -> None:
        """Write real | fake | mask of the batch's first pairs as one PNG."""
        pairs = len(batch.images) // 2
        rows = []
        for i in range(min(pairs, 12)):
            real, fake = (batch.images[k].permute(1, 2, 0).numpy() for k in (i, i + pairs))
            mask = np.repeat(batch.masks[i + pairs].numpy()[..., None], 3, 2)
            rows.append(np.hstack([real, fake, mask]))
        half = [np.hstack(rows[i : i + 3]) for i in range(0, len(rows) - len(rows) % 3, 3)]
        cv2.imwrite(str(path), cv2.cvtColor(np.vstack(half or rows), cv2.COLOR_RGB2BGR))

    def calibrate(self, detector: KnowledgeGuidedDetector, clip_cache: Path) -> dict[str, Any]:
        """Fit temperature and evidence bands on one half of the validation photos; {} in smoke runs."""
        if self.calibration_data is None:
            return {}
        from training.kfd_calibrate import calibrate_on_validation

        return calibrate_on_validation(detector, self.calibration_data, clip_cache)


def load_sources(args: argparse.Namespace, config: KFDConfig, processes: Processes) -> Sources:
    """Photos and clip frames of the training split; validation pairs from validation photos only."""
    from simulation.faces_data import load_clip_faces, load_faces

    with processes.first_goes_first():  # it finds the clips' faces once, the others read them
        photos, clips = training_records(args.data, args.out / "clips.npz")
        val_clips = load_clip_faces(args.data, "val", CLIP_EVERY, args.out / "clips_val.npz")
        extra = _manifest_faces(args)
    photos = _some(photos, args.photos, args.seed)
    clips = [*(clips if args.photos != 0 else ()), *extra.train]
    val_clips = [*val_clips, *extra.val]
    if args.clip_share == 0 and photos:
        clips = []
    maker = PairMaker(photos, config.image_size, WEAR[args.wear], clips=clips, clip_share=args.clip_share)
    checker = PairMaker(load_faces(args.data, "val"), config.image_size, clips=val_clips)
    names = [f"{r.name} {r.pixels.shape}" for r in [*photos, *clips]]
    description = {
        "hash": data_hash(names),
        "photos": len(photos),
        "clip_frames": len(clips),
        "sources": f"{PHOTOS if photos else 'no photos'}{', real clips' if clips else ''}; fakes are simulated",
    }
    if args.manifest:
        description["manifest"] = extra.description
    validation = validation_batches(checker, 640, VALIDATION_SEED)
    return Sources(maker, validation, description, args.data, len(photos), len(clips))


def _some(photos: list[FaceRecord], count: int | None, seed: int) -> list[FaceRecord]:
    """`count` of the photos, drawn by the seed; all when None."""
    if count is None or count >= len(photos):
        return photos
    chosen = np.random.default_rng(seed).permutation(len(photos))[:count]
    return [photos[i] for i in sorted(chosen)]


def _manifest_faces(args: argparse.Namespace) -> ManifestFaces:
    """Real faces of the manifests; none without --manifest."""
    if not args.manifest:
        return ManifestFaces()
    root = args.manifest_root or args.data
    return load_manifest_faces(args.manifest, root, args.out, args.manifest_compressions)


def smoke_sources(config: KFDConfig, seed: int, preset: Preset = TRAIN) -> Sources:
    """The astronaut photo that scikit-image ships, in a few sizes and mirrored, as both training and validation."""
    from media.regions import flip_landmarks
    from simulation.commands import astronaut_face

    face = astronaut_face()
    (x0, y0), (x1, y1) = (face.landmarks.min(0) - 40).astype(int), (face.landmarks.max(0) + 40).astype(int)
    crop, marks = face.pixels[y0:y1, x0:x1], face.landmarks - np.array([x0, y0], np.float32)
    records = []
    for scale in (0.8, 1.0, 1.25):
        sized = np.asarray(cv2.resize(crop, None, fx=scale, fy=scale), np.uint8)
        scaled = (marks * scale).astype(np.float32)
        records.append(FaceRecord(sized, scaled, f"astronaut-{scale}"))
        mirrored = np.ascontiguousarray(sized[:, ::-1])
        records.append(FaceRecord(mirrored, flip_landmarks(scaled, sized.shape[1]), f"astronaut-{scale}-mirrored"))
    maker = PairMaker(records, config.image_size, preset)
    validation = validation_batches(maker, 8, seed, batch_pairs=4)
    description = {"hash": data_hash(r.name for r in records), "photos": len(records), "sources": "scikit-image"}
    return Sources(maker, validation, description, photos=len(records))
