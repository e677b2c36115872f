"""Real videos: the frame detector on 32 uniform frames, the clip detector on 8 windows, and both combined, a source.

Measuring only: nothing is fitted or chosen on these files, and every new set of weights is counted as a look.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from evaluation import deepfake_eval, metrics
from evaluation.results import Figures, Item, ItemLog, mean
from evaluation.video_clips import FaceRun, video_runs
from fakestormer.predictor import ClipPredictor, combined
from media.sampling import PRESETS, Sampling
from simulation.video_clips import crop_clip
from simulation.video_records import Clip

Scores = dict[str, tuple[str, str, float | None]]


@dataclass(frozen=True)
class VideoProtocol:
    """How a video becomes one score; it is saved with the figures.

    Attributes:
        sampling: frames for the frame detector, windows for the clip detector (media/sampling.py).
        crop, frame_rule, clip_rule, combination, missing: in words.
    """

    sampling: Sampling
    crop: str = "one square a window: mean centre, median side of the faces' boxes x the checkpoint's margin"
    frame_rule: str = "highest face of a frame, mean of calibrated scores over frames with a face"
    clip_rule: str = "highest person of a window, mean of logits over windows with a person in all frames, sigmoid"
    combination: str = "weighted mean of both calibrated log-odds, weight fitted on validation (meta.json)"
    missing: str = "frames without a face and windows without a whole track are left out and counted; no 0.5 for them"


PROTOCOLS = {
    "consecutive": VideoProtocol(PRESETS["video_v1"]),
    "uniform": VideoProtocol(PRESETS["fakestormer"]),  # the paper's (sheet §9)
}


class Tagged:
    """An item log whose items all carry one kind."""

    def __init__(self, log: ItemLog, kind: str) -> None:
        self.log, self.kind = log, kind

    def __contains__(self, key: str) -> bool:
        return key in self.log

    def add(self, key: str, **values: Any) -> Item:
        """Append one item."""
        return self.log.add(key, **values, kind=self.kind)


def list_videos(data: Path) -> list[deepfake_eval.Clip]:
    """The files of deepfake_eval that are videos (single pictures have no motion), validation real clips too."""
    suffixes = deepfake_eval.VIDEO_SUFFIXES
    return [clip for clip in deepfake_eval.list_clips(data) if clip.path.suffix.lower() in suffixes]


def score_windows(clip: ClipPredictor, finder: Any, video: deepfake_eval.Clip, log: ItemLog, name: str) -> None:
    """Save one item a window of the named protocol: logit of its highest person (None without one), faces missed."""
    sampling = replace(PROTOCOLS[name].sampling, window_frames=clip.frames)
    for number, run in enumerate(video_runs(video.path, sampling, finder.find)):
        key = f"window/{name}/{video.name}#{number:02d}"
        if key in log:
            continue
        logits = clip.run(_crops(run, clip)).margins.tolist() if run.people else []
        log.add(
            key, kind="window", sampling=name, source=video.source, label=video.label, video=video.video,
            time=run.frames[0].time, people=len(run.people), frames_without_face=run.missing,
            logit=max(logits, default=None),
        )  # fmt: skip


def _crops(run: FaceRun, clip: ClipPredictor) -> np.ndarray:
    """(people, T, S, S, 3), each person by one square."""
    pixels = np.stack([frame.pixels for frame in run.frames])
    return np.stack([crop_clip(Clip(pixels, p, ""), clip.image_size, clip.margin).frames for p in run.people])


def window_scores(items: Sequence[Item], sampling: str) -> Scores:
    """video -> (source, label, mean logit over its windows; None when no window had a person)."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item["sampling"] == sampling:
            groups[item["video"]].append(item)
    return {v: (g[0]["source"], g[0]["label"], mean(i["logit"] for i in g)) for v, g in groups.items()}


def figures(frames: Sequence[Item], windows: Sequence[Item], reading: dict[str, Any] | None, seed: int = 0) -> Figures:
    """AUC and AP a source and detector, from saved frames and windows.

    Args:
        reading: the clip detector's "calibration" and "clip_weight"; None when it was not measured or not calibrated.
    """
    by_detector: dict[str, Scores] = {"frame": deepfake_eval.video_scores(frames)} if frames else {}
    for sampling in PROTOCOLS:
        found = window_scores(windows, sampling)
        if found:
            by_detector[f"clip_{sampling}"] = found
    joined = _combined(by_detector.get("frame", {}), by_detector.get("clip_consecutive", {}), reading)
    if joined:
        by_detector["combined"] = joined
    videos = {v: (s, label) for scores in by_detector.values() for v, (s, label, _) in scores.items()}
    return {
        "detectors": {name: _per_source(scores, seed) for name, scores in by_detector.items()},
        "not_measured": [n for n in ("frame", "clip_consecutive", "clip_uniform", "combined") if n not in by_detector],
        "videos": {v: {n: by_detector[n].get(v, (0, 0, None))[2] for n in by_detector} for v in sorted(videos)},
        "videos_without_decision": {
            n: sorted(v for v, (_, _, x) in scores.items() if x is None) for n, scores in by_detector.items()
        },
        "frames": len(frames),
        "frames_without_face": sum(i["score"] is None for i in frames),
        "windows": len(windows),
        "windows_without_person": sum(i["logit"] is None for i in windows),
        "protocols": {name: asdict(protocol) for name, protocol in PROTOCOLS.items()},
    }


def _combined(frame: Scores, clip: Scores, reading: dict[str, Any] | None) -> Scores:
    """Videos that both detectors scored, by the stated rule; {} when the rule was not fitted."""
    if not reading or reading.get("clip_weight") is None:
        return {}
    from kfd.calibration import Calibration

    calibration = Calibration.from_dict(reading["calibration"])
    out: Scores = {}
    for video in sorted(set(frame) & set(clip)):
        source, label, score = frame[video]
        logit = clip[video][2]
        if score is not None and logit is not None:
            both = combined(score, calibration.score(logit), reading["clip_weight"])
            out[video] = (source, label, float(both))
    return out


def _per_source(scores: Scores, seed: int) -> Figures:
    """Each source's fakes against its own reals and the validation real clips, video level."""
    known = [(v, s, label, float(x)) for v, (s, label, x) in sorted(scores.items()) if x is not None]
    sources: Figures = {}
    for source in deepfake_eval.SOURCES:
        rows = [row for row in known if row[1] in (source, deepfake_eval.REAL_CLIPS)]
        labels = [int(label == "fake") for _, _, label, _ in rows]
        if 0 in labels and 1 in labels:
            values, names = [x for *_, x in rows], [v for v, *_ in rows]
            rng = np.random.default_rng(seed)
            found = metrics.bootstrap_by_group(labels, values, names, metrics.auc, rng)
            sources[source] = {
                "auc": found.value,
                "auc_interval": [found.low, found.high],
                "ap": metrics.average_precision(labels, values),
                "fakes": sum(labels),
                "reals": len(labels) - sum(labels),
            }
    everything = [(int(label == "fake"), x) for _, _, label, x in known]
    return {
        "sources": sources,
        "mean_auc": mean(s["auc"] for s in sources.values()),
        "overall_auc": metrics.auc([y for y, _ in everything], [x for _, x in everything]),
    }
