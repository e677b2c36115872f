"""Fit what turns logits into evidence words, on the fitting half of the validation data; nothing else touches it.

uv run python training/kfd_calibrate.py --data DIR --checkpoint checkpoints/embedded/kfd     # fits it anew
"""

import argparse
import dataclasses
import json
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from evaluation.context import in_fitting_half
from evaluation.detector_eval import as_crop, protocol_pairs
from evaluation.metrics import iou_of, overlap
from kfd.calibration import Calibration, fit_calibration, word_shares
from kfd.checkpoint import load_detector
from kfd.detector import KnowledgeGuidedDetector
from kfd.predictor import ForgeryPredictor
from media.crops import crop_face
from simulation.faces_data import load_clip_faces, load_faces
from simulation.presets import EVAL_SEED
from simulation.records import FaceRecord, Pair
from simulation.source import eval_pairs

FURTHER_SEEDS = (EVAL_SEED + 1, EVAL_SEED + 2, EVAL_SEED + 3, EVAL_SEED + 4)
FALSE_ALARMS = 0.04
CLIP_FALSE_ALARMS = 0.08
"""Frames of one clip say nearly the same, so few clips give few independent frames; a video's verdict pools frames."""
MAP_MIDDLES = np.arange(0.2, 0.71, 0.05)
REGION_THRESHOLDS = np.arange(0.25, 0.76, 0.05)


def calibrate_on_validation(detector: KnowledgeGuidedDetector, data: Path, clip_cache: Path) -> dict[str, Any]:
    """What meta.json keeps: "calibration", and "calibration_shares" (share of each evidence word, fitting half).

    Temperature and bias come from the frozen evaluation pairs of the fitting half. The limits of "some" and "strong"
    support hold for each kind of untouched picture by itself: the pairs' real members, whole photos, frames of clips.
    """
    predictor = ForgeryPredictor(detector, Calibration())
    size = predictor.image_size
    pairs = _fitting_pairs(data, size)
    clips = load_clip_faces(data, "val", 0.4, clip_cache)
    untouched = {
        "pairs": predictor.run(np.stack([p.real for p in pairs])).margins,
        "photos": _margins(predictor, [r for r in load_faces(data, "val") if in_fitting_half(r.name)]),
        "clips": _margins(predictor, [r for r in clips if in_fitting_half(r.name.split("#")[0])]),
    }
    fake = predictor.run(np.stack([p.fake for p in pairs])).margins
    limits = {"pairs": FALSE_ALARMS, "photos": FALSE_ALARMS, "clips": CLIP_FALSE_ALARMS}
    fits = [_fit(real, fake, limits[name]) for name, real in untouched.items() if len(real) >= 20]
    base = _fit(untouched["pairs"], fake, FALSE_ALARMS)
    # the score is fitted on the pairs; margins at which the words begin are compared on one scale
    some = max(_margin(f, f.some) for f in fits)
    strong = max(_margin(f, f.strong) for f in fits)
    calibration = dataclasses.replace(
        base,
        some=float(np.clip(base.score(some), base.little + 0.05, 0.95)),
        strong=float(np.clip(base.score(strong), base.score(some), 0.99)),
    )
    calibration = dataclasses.replace(calibration, map_middle=_map_middle(predictor, pairs))
    calibration = dataclasses.replace(calibration, region=_region_threshold(predictor, pairs, calibration))
    shares = {name: word_shares(calibration, z, np.zeros(len(z), bool))["real"] for name, z in untouched.items()}
    shares["fakes"] = word_shares(calibration, fake, np.ones(len(fake), bool))["fake"]
    return {"calibration": calibration.to_dict(), "calibration_shares": shares}


def _fitting_pairs(data: Path, size: int) -> list[Pair]:
    """The fitting half's pairs of the frozen protocol, and further ones of the same photos with other seeds."""
    records = [r for r in load_faces(data, "val") if in_fitting_half(r.name)]
    more = (pair for seed in FURTHER_SEEDS for pair in eval_pairs(records, size, seed=seed))
    return [*(e.pair for e in protocol_pairs(data, size, half="fit")), *more]


def _fit(real: NDArray[np.float64], fake: NDArray[np.float64], false_alarms: float) -> Calibration:
    labels = np.concatenate([np.zeros(len(real), bool), np.ones(len(fake), bool)])
    return fit_calibration(np.concatenate([real, fake]), labels, false_alarms=false_alarms)


def _margin(calibration: Calibration, score: float) -> float:
    """The logit difference at which a calibration reaches a score."""
    score = float(np.clip(score, 1e-6, 1 - 1e-6))
    return (float(np.log(score / (1 - score))) - calibration.bias) * calibration.temperature


def _margins(predictor: ForgeryPredictor, records: list[FaceRecord]) -> NDArray[np.float64]:
    if not records:
        return np.zeros(0)
    crops = [crop_face(r.pixels, r.landmarks, predictor.image_size, predictor.margin).pixels for r in records]
    return predictor.run(np.stack(crops)).margins


def _map_middle(predictor: ForgeryPredictor, pairs: list[Pair]) -> float:
    """The value of the raw map at which it overlaps best (mean IoU) with what was really changed."""
    found = predictor.run(np.stack([p.fake for p in pairs])).signals
    size = predictor.image_size
    maps = [cv2.resize(s.forgery_map, (size, size), interpolation=cv2.INTER_LINEAR) for s in found]
    mean_iou = {
        middle: np.mean([iou_of(*overlap(m >= middle, p.mask >= 0.5)) for m, p in zip(maps, pairs, strict=True)])
        for middle in MAP_MIDDLES
    }
    return round(float(max(mean_iou, key=lambda middle: mean_iou[middle])), 3)


def _region_threshold(predictor: ForgeryPredictor, pairs: list[Pair], calibration: Calibration) -> float:
    """The map mean from which naming a region agrees best (F1) with the regions really changed."""
    found = ForgeryPredictor(predictor.detector, calibration).examine(
        [as_crop(p.fake) for p in pairs], [p.landmarks for p in pairs]
    )
    best = (-1.0, calibration.region)
    for threshold in REGION_THRESHOLDS:
        hits = named = true = 0
        for pair, (evidence, _) in zip(pairs, found, strict=True):
            if evidence.verdict != "fake":
                continue
            chosen = {r.id for r in evidence.regions if r.score >= threshold}
            hits, named, true = hits + len(chosen & set(pair.regions)), named + len(chosen), true + len(pair.regions)
        f1 = 2 * hits / max(named + true, 1)
        best = max(best, (f1, round(float(threshold), 3)))
    return best[1]


def main() -> None:
    """Calibrate an existing checkpoint again and store the result in its meta.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True, help="a detector's folder")
    parser.add_argument("--cache", type=Path, default=Path("runs/clips_val.npz"), help="faces of the real clips")
    args = parser.parse_args()
    detector, meta = load_detector(args.checkpoint)
    meta.update(calibrate_on_validation(detector, args.data, args.cache))
    path = args.checkpoint / "meta.json"
    path.write_text(json.dumps(meta, indent=2, sort_keys=True) + "\n")
    sys.stdout.write(json.dumps(meta["calibration"], indent=2) + "\n")


if __name__ == "__main__":
    main()
