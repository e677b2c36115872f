"""What the frozen detector says about simulated pairs, computed once and kept beside the run."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from kfd.predictor import ForgeryPredictor
from media.errors import MissingCheckpoint
from media.records import Crop, Cue, Evidence, RegionScore, Signals
from media.regions import region_masks
from simulation.dialogue import Truth
from simulation.presets import TRAIN
from simulation.records import FaceRecord, Family
from simulation.source import PairMaker
from training.common import held_out_for_dialogue
from training.lm_data import Sample

CACHE = "signals.npz"
LOCAL_SHARES: tuple[tuple[Family, float], ...] = (
    ("self_blend", 0.15), ("swap", 0.15), ("resynthesis", 0.10), ("local_edit", 0.35), ("region_blend", 0.25),
)  # fmt: skip
"""Families of the pictures that are talked about: more local ones than the detector learns from, to have places."""
_IDENTITY = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])


def build_cache(
    predictor: ForgeryPredictor, maker: PairMaker, rng: np.random.Generator, count: int, path: Path
) -> None:
    """Examine both members of simulated pairs and store signals, evidence and truth.

    Args:
        maker: makes pairs from photos that the detector has not learnt, cropped as at inference.
        count: pictures, half of them real.
        path: the .npz file; written whole.
    """
    columns: dict[str, list] = {k: [] for k in ("consistency", "map", "probabilities", "token", "landmarks", "record")}
    bar = tqdm(total=count, desc="examining")
    while len(columns["map"]) < count:
        pairs = [maker.make(rng, float(rng.random())) for _ in range(8)]
        shown = [(pixels, pair, fake) for pair in pairs for pixels, fake in ((pair.real, False), (pair.fake, True))]
        crops = [Crop(pixels, _IDENTITY) for pixels, _, _ in shown]
        found = predictor.examine(crops, [pair.landmarks for _, pair, _ in shown])
        for (_, pair, fake), (evidence, signals) in zip(shown, found, strict=True):
            truth = Truth(True, pair.regions, pair.kinds) if fake else Truth(False)
            columns["consistency"].append(signals.consistency.astype(np.float16))
            columns["map"].append(signals.forgery_map.astype(np.float16))
            columns["probabilities"].append(signals.probabilities)
            columns["token"].append(signals.global_token)
            columns["landmarks"].append(pair.landmarks * np.float32(predictor.map_size / predictor.image_size))
            columns["record"].append(_record(evidence, truth))
        bar.update(len(shown))
    bar.close()
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name("partial-" + path.name)
    np.savez(partial, **{k: np.stack(v) if k != "record" else np.array(v) for k, v in columns.items()})
    partial.replace(path)


def _record(evidence: Evidence, truth: Truth) -> str:
    return json.dumps(
        {
            "word": evidence.word,
            "score": evidence.score,
            "regions": [asdict(r) for r in evidence.regions],
            "flagged": evidence.flagged,
            "cues": [asdict(c) for c in evidence.cues],
            "truth": asdict(truth),
        }
    )


def read_samples(path: Path) -> list[Sample]:
    """The stored pictures; maps stay float16."""
    with np.load(path, allow_pickle=False) as table:
        stored = {k: table[k] for k in table.files}
    rows = zip(
        *(stored[k] for k in ("consistency", "map", "probabilities", "token", "landmarks", "record")), strict=True
    )
    return [_sample(Signals(c, m, p, t), landmarks, json.loads(str(r))) for c, m, p, t, landmarks, r in rows]


def _sample(signals: Signals, landmarks: NDArray[np.float32], record: dict) -> Sample:
    evidence = Evidence(
        "assessed",
        record["word"],
        score=record["score"],
        map=signals.forgery_map,
        regions=tuple(RegionScore(**r) for r in record["regions"]),
        flagged=tuple(record["flagged"]),
        cues=tuple(Cue(**c) for c in record["cues"]),
    )
    truth = Truth(record["truth"]["fake"], tuple(record["truth"]["regions"]), tuple(record["truth"]["kinds"]))
    height, width = signals.forgery_map.shape

    def mask(ids: tuple[str, ...]) -> NDArray[np.bool_]:
        return np.any(list(region_masks(landmarks, (height, width), ids).values()), axis=0)

    return Sample(evidence, truth, signals, mask)


def load_samples(args: argparse.Namespace) -> tuple[list[Sample], list[Sample], list[str]]:
    """(training, validation) pictures and the photos' names: of --signals, from RUN/signals*.npz, or computed now."""
    folder = args.signals or args.out
    files = {"train": folder / CACHE, "val": folder / f"val-{CACHE}"}
    counts = {"train": args.samples, "val": min(400, max(args.samples // 10, 32))}
    if args.smoke:
        counts = {"train": 32, "val": 16}
    names = folder / "signals-photos.json"
    there = names.is_file() and all(f.is_file() for f in files.values())
    if args.signals is not None and not there:
        raise MissingCheckpoint(f"--signals: {folder.name} holds no examined pictures (signals.npz).", str(folder))
    if not there:
        predictor = ForgeryPredictor.tiny(args.seed) if args.smoke else ForgeryPredictor.load(args.kfd, args.device)
        preset = replace(TRAIN, shares=LOCAL_SHARES, margin=(predictor.margin, predictor.margin), jitter=0.01)
        used: list[str] = []
        for seed, (split, path) in enumerate(files.items()):
            records = photos(args, split, predictor)
            maker = PairMaker(records, image_size=predictor.image_size, preset=preset)
            if not path.is_file():  # an interrupted run has the first already
                build_cache(predictor, maker, np.random.default_rng([args.seed, seed]), counts[split], path)
            used += [f"{r.name} {r.pixels.shape}" for r in records]
        names.write_text(json.dumps(used))
    train = read_samples(files["train"])[: counts["train"]]
    return train, read_samples(files["val"]), json.loads(names.read_text())


def photos(args: argparse.Namespace, split: str, predictor: ForgeryPredictor) -> Sequence[FaceRecord]:
    """Photos that the detector did not learn from: the held-out part of "train", or all of "val"."""
    if args.smoke:
        from training.kfd_sources import smoke_sources

        return smoke_sources(predictor.detector.config, args.seed).maker.records
    from simulation.faces_data import load_faces

    records = [r for r in load_faces(args.data, split) if split != "train" or held_out_for_dialogue(r.name)]
    if not records:
        raise MissingCheckpoint("No photo is held out from the detector for the language model.", str(args.data))
    return records
