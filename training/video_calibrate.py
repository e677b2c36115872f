"""Fit what turns the video detector's logits into scores, on the fitting half of the validation data.

uv run python training/video_calibrate.py --data DIR --checkpoint RUN/checkpoint --kfd checkpoints/embedded/kfd
"""

import argparse
import dataclasses
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from evaluation.context import in_fitting_half
from evaluation.results import Item
from evaluation.video_clips import load_real_clips
from evaluation.video_pairs import real_windows, scored_pairs
from fakestormer.predictor import ClipPredictor, combined
from kfd.calibration import Calibration, fit_calibration, word_shares
from kfd.predictor import ForgeryPredictor
from simulation.faces_data import load_faces
from simulation.records import FaceRecord
from simulation.video_presets import EVAL_VIDEO_SEED, EVAL_VIDEO_V1
from simulation.video_records import TRAIN_FAULTS, Clip

FALSE_ALARMS = 0.04
# Like the frozen evaluation, but with the faults that training knows: the unseen kinds stay unseen.
FITTING = dataclasses.replace(EVAL_VIDEO_V1, name="fitting-video", faults=TRAIN_FAULTS)
WEIGHTS = np.linspace(0, 1, 21)


def calibrate_video(
    clip: ClipPredictor, frame: ForgeryPredictor, photos: Sequence[FaceRecord], clips: Sequence[Clip]
) -> dict[str, Any]:
    """What meta.json keeps: "calibration", "calibration_shares" and "combination".

    Temperature and bias come from pairs of the fitting half. "Some" and "strong" support hold for the pairs' real
    members and for windows of real clips, repeated and uneven frames too. The combination's weight is the one of least
    cross-entropy on the pairs.
    """
    photos = [p for p in photos if in_fitting_half(p.name)]
    clips = [c for c in clips if in_fitting_half(c.name)]
    pairs = list(scored_pairs(frame, clip, photos, clips, FITTING, EVAL_VIDEO_SEED + 1))
    windows = list(real_windows(frame, clip, clips))
    logits = np.array([[i["clip_logit"]["real"], i["clip_logit"]["fake"]] for i in pairs])
    still = np.array([i["clip_logit"] for i in windows], np.float64)
    calibration = _with_limits(_fit(logits), still)
    shares = {name: word_shares(calibration, z, np.zeros(len(z), bool))["real"] for name, z in
              (("pairs", logits[:, 0]), ("real_clips", still))}  # fmt: skip
    shares["fakes"] = word_shares(calibration, logits[:, 1], np.ones(len(logits), bool))["fake"]
    weight = best_weight(_frame_scores(pairs, frame), calibration.score(logits))
    return {
        "calibration": calibration.to_dict(),
        "calibration_shares": shares,
        "combination": {"clip_weight": weight, "rule": "weighted mean of both calibrated log-odds"},
    }


def _fit(logits: NDArray[np.float64]) -> Calibration:
    fake = np.repeat([False, True], len(logits))
    return fit_calibration(logits.T.ravel(), fake, false_alarms=FALSE_ALARMS)


def _with_limits(base: Calibration, real: NDArray[np.float64]) -> Calibration:
    """Raised limits where windows of real clips would be called manipulated too often."""
    if not len(real):
        return base
    scores = base.score(real)
    some = max(base.some, float(np.quantile(scores, 1 - FALSE_ALARMS)))
    strong = max(base.strong, some, float(np.quantile(scores, 1 - FALSE_ALARMS / 4)))
    return dataclasses.replace(base, some=some, strong=strong)


def _frame_scores(pairs: Sequence[Item], frame: ForgeryPredictor) -> NDArray[np.float64]:
    """(N, 2) calibrated scores of the frame detector, real and fake: means over a clip's frames."""
    rows = [[frame.calibration.score(i["frame_logits"][k]).mean() for k in ("real", "fake")] for i in pairs]
    return np.array(rows)


def best_weight(frame: NDArray[np.float64], clip: NDArray[np.float64]) -> float:
    """The clip detector's share in the combined log-odds with the least cross-entropy; scores (N, 2) real and fake."""

    def cross_entropy(weight: float) -> float:
        p = np.clip(combined(frame, clip, weight), 1e-6, 1 - 1e-6)
        return float(-np.log(1 - p[:, 0]).mean() - np.log(p[:, 1]).mean())

    return round(float(min(WEIGHTS, key=cross_entropy)), 3)


def main(argv: list[str] | None = None) -> None:
    """Calibrate an existing checkpoint again and store the result in its meta.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True, help="a video detector's folder")
    parser.add_argument("--kfd", type=Path, required=True, help="the frame detector's folder")
    parser.add_argument("--cache", type=Path, default=Path("runs/video_clips_val.npz"), help="tracked real clips")
    args = parser.parse_args(argv)
    clips = load_real_clips(args.data, "val", args.cache)
    found = calibrate_video(
        ClipPredictor.load(args.checkpoint), ForgeryPredictor.load(args.kfd), load_faces(args.data, "val"), clips
    )
    path = args.checkpoint / "meta.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | found, indent=2, sort_keys=True) + "\n")
    sys.stdout.write(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
