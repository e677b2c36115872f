"""Videos: the clip detector on EVAL_VIDEO_V1, its maps, unseen faults in motion, false alarms, and real videos.

One pair is forged from each validation photo (set in motion) and each run of a validation clip by the frozen preset.
The frame detector reads the same clips: its clip score is the mean of its logits over the frames. Without a video
checkpoint the frame detector's figures stand alone and the others say "not measured".
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from evaluation import deepfake_eval, metrics, video_real
from evaluation.context import Context
from evaluation.detector_eval import half_of
from evaluation.results import Bar, Figures, Item, ItemLog, share
from evaluation.video_clips import load_real_clips
from evaluation.video_pairs import VARIANTS, real_windows, scored_pairs, times_chance
from evaluation.video_real import Tagged
from fakestormer.predictor import ClipPredictor, combined
from kfd.calibration import Calibration
from simulation.faces_data import load_faces
from simulation.video_presets import EVAL_VIDEO_SEED, EVAL_VIDEO_V1

PART = "video"
ROOM = "fakestormer"  # of the weights, beside kfd
DETECTORS = ("clip", "frame")
CHANCE = 3.0  # the map's mass on the boundary must be so many times the boundary's share of cells


def load_clip_predictor(context: Context) -> ClipPredictor | None:
    """The video detector beside the others, None when the profile has none."""
    folder = context.folder / ROOM
    return ClipPredictor.load(folder) if folder.is_dir() else None


def run(context: Context) -> None:
    """Score what is not scored yet: pairs, windows of real clips, real videos."""
    clip = load_clip_predictor(context)
    context.need("faces")
    reading = _reading(clip) | {"frame_calibration": context.predictor.calibration.to_dict()}
    log = context.log(PART, ("kfd", ROOM), preset=EVAL_VIDEO_V1.digest(), seed=EVAL_VIDEO_SEED, reading=reading)
    if "reading" not in log:
        log.add("reading", kind="reading", **reading)
    clips = context.cut(load_real_clips(context.data, "val", context.out / "clips_val.npz"))
    photos = context.cut(load_faces(context.data, "val"))
    if "pairs_done" not in log:
        done = {i["name"] for i in log.items if i["kind"] == "pair"}
        pairs = scored_pairs(context.predictor, clip, photos, clips, done=done)
        for item in context.track(pairs, len(photos) + len(clips) - len(done), "simulated clips"):
            log.add(f"pair/{item['name']}", kind="pair", half=half_of(item["name"]), **item)
        log.add("pairs_done", kind="mark")
    if "windows_done" not in log:
        for item in context.track(real_windows(context.predictor, clip, clips), None, "windows of real clips"):
            key = f"real/{item['name']}/{item['start']}/{item['variant']}"
            if key not in log:
                log.add(key, kind="real", half=half_of(item["name"]), **item)
        log.add("windows_done", kind="mark")
    _real_videos(context, clip, log)


def _reading(clip: ClipPredictor | None) -> Item:
    """What turns the clip detector's logits into scores; saved so that figures need the items only."""
    calibration = clip.calibration.to_dict() if clip and clip.calibration else None
    return {"measured": clip is not None, "calibration": calibration, "clip_weight": clip.clip_weight if clip else None}


def _real_videos(context: Context, clip: ClipPredictor | None, log: ItemLog) -> None:
    if not (context.data / "deepfakes").is_dir() or "videos_done" in log:
        return
    videos = context.cut(video_real.list_videos(context.data))
    looks = next((i["looks"] for i in log.items if i["kind"] == "frame"), 0)  # an interrupted run goes on: one look
    weights = context.weights_hash("kfd", ROOM)
    looks = looks or deepfake_eval.record_look(context.looks, weights, len(videos), "evaluation of videos")
    frames: Any = Tagged(log, "frame")
    done = {i["file"] for i in log.items if i["kind"] == "frame" and i["last"]}
    for video in context.track(videos, len(videos), "real videos"):
        if video.name not in done:
            deepfake_eval.score_clip(context.predictor, context.finder, video, frames, looks)
        if clip is not None:
            for name in video_real.PROTOCOLS:
                video_real.score_windows(clip, context.finder, video, log, name)
    log.add("videos_done", kind="mark")


def figures(items: Sequence[Item]) -> Figures:
    """Everything that is reported, from the saved items alone."""
    by_kind: dict[str, list[Item]] = {k: [i for i in items if i["kind"] == k] for k in ("pair", "real", "frame")}
    reading = next((i for i in items if i["kind"] == "reading"), {"measured": False, "calibration": None})
    pairs = by_kind["pair"]
    windows = [i for i in items if i["kind"] == "window"]
    return {
        "measured": bool(reading["measured"]),
        "pairs": len(pairs),
        "animated": sum(i["animated"] for i in pairs),
        "auc": {d: _auc(pairs, d) for d in DETECTORS},
        "auc_measure_half": _auc_measured([i for i in pairs if i["half"] == "measure"], reading),
        "cases": {c: {d: _auc(pairs, d, c) for d in DETECTORS} for c in sorted({i["case"] for i in pairs})},
        "motion_only": {d: _auc(pairs, d, motion=True) for d in DETECTORS},
        "in_frames": {d: _auc(pairs, d, motion=False) for d in DETECTORS},
        "map": _map(pairs),
        "false_alarms": _false_alarms(pairs, by_kind["real"], reading),
        "real_videos": video_real.figures(by_kind["frame"], windows, reading) if by_kind["frame"] else None,
    }


def _logit(item: Item, detector: str, label: str | None = None) -> float | None:
    """A clip's logit; the frame detector's is the mean over its frames."""
    value = item[f"{detector}_logit" if detector == "clip" else "frame_logits"]
    if isinstance(value, dict):
        value = value[label]
    return float(np.mean(value)) if value is not None else None


def _auc(pairs: Sequence[Item], detector: str, case: str | None = None, motion: bool | None = None) -> float | None:
    """Forged clips of a case (or all that show in motion only, or in single frames) against all real members."""
    real = [_logit(i, detector, "real") for i in pairs]
    chosen = [i for i in pairs if case in (None, i["case"]) and motion in (None, i["motion_only"])]
    fake = [_logit(i, detector, "fake") for i in chosen]
    known = [(0, x) for x in real if x is not None] + [(1, x) for x in fake if x is not None]
    return metrics.auc([y for y, _ in known], [x for _, x in known]) if known else None


def _auc_measured(pairs: Sequence[Item], reading: Item) -> dict[str, float | None]:
    """AUC of both detectors and of their combination by the fitted rule, on the half that nothing was fitted on."""
    found = {d: _auc(pairs, d) for d in DETECTORS}
    found["combined"] = None
    if pairs and reading["calibration"] and reading.get("clip_weight") is not None:
        clip, frame = (Calibration.from_dict(reading[k]) for k in ("calibration", "frame_calibration"))
        by_label = [
            [combined(frame.score(i["frame_logits"][label]).mean(), clip.score(i["clip_logit"][label]),
                      reading["clip_weight"]) for i in pairs]
            for label in ("real", "fake")
        ]  # fmt: skip
        found["combined"] = metrics.auc(np.repeat([0, 1], len(pairs)), np.ravel(by_label))
    return found


def _map(pairs: Sequence[Item]) -> Figures:
    """Shares of the map's mass on true places over the shares of cells that these are; the truth's own beside it."""
    found: Figures = {}
    for place in ("boundary", "changing"):
        for name in ("map", "map_of_truth"):
            on, cells, count = times_chance([i[name][place] for i in pairs if i.get(name)])
            times = on / cells if on is not None and cells else None
            found.setdefault(place, {})[name] = {"pairs": count, "mass": on, "cells": cells, "times_chance": times}
    return found


def _false_alarms(pairs: Sequence[Item], windows: Sequence[Item], reading: Item) -> Figures:
    """Shares of real clips whose calibrated score has some or strong support, by kind of clip."""
    groups = {"real members of pairs, half not fitted on": [i for i in pairs if i["half"] == "measure"]}
    groups |= {f"real clips, {v}": [i for i in windows if i["variant"] == v] for v in VARIANTS}
    groups["real clips, all"] = list(windows)
    if not reading["calibration"]:
        return {"clips": {name: len(group) for name, group in groups.items()}, "called_manipulated": None}
    called = partial(_called, Calibration.from_dict(reading["calibration"]))
    return {
        "clips": {name: len(group) for name, group in groups.items()},
        "called_manipulated": {name: share(called(i) for i in group) for name, group in groups.items()},
    }


def _called(calibration: Calibration, item: Item) -> bool | None:
    logit = _logit(item, "clip", "real")
    return None if logit is None else bool(calibration.score(logit) >= calibration.some)


def bars(found: Figures) -> list[Bar]:
    """The promises on videos; None (not measured) where there is no video checkpoint or no data."""
    clip, frame = found["motion_only"]["clip"], found["motion_only"]["frame"]
    called = found["false_alarms"]["called_manipulated"] or {}
    gain = clip - frame if clip is not None and frame is not None else None
    bars = [
        Bar(PART, "clip AUC, eval_video_v1", found["auc"]["clip"], 0.95, ">="),
        *(Bar(PART, f"map mass on true {what} patches / chance", found["map"][key]["map"]["times_chance"], CHANCE, ">=")
          for key, what in (("boundary", "boundary"), ("changing", "changing boundary"))),
        Bar(PART, "AUC of unseen faults in motion, above the frame detector", gain, 0.15, ">="),
        Bar(PART, "real clips called manipulated, repeated and uneven frames too", called.get("real clips, all"), 0.05,
            "<="),
    ]  # fmt: skip
    half = found["auc_measure_half"]
    best = max((half[d] for d in DETECTORS if half[d] is not None), default=None)
    lost = best - half["combined"] if best is not None and half["combined"] is not None else None
    return [*bars, Bar(PART, "combined AUC below the better single detector, validation", lost, 0.0, "<=")]


def draw(found: Figures, out: Path) -> None:
    """Write OUT/video.md: AUC of each case, false alarms and real videos, by detector."""
    lines = ["# Videos", "", f"{found['pairs']} pairs, {found['animated']} of them photos set in motion.", ""]
    lines += ["| forged how | clip detector | frame detector |", "|---|---|---|"]
    rows = [("all", found["auc"]), ("in motion only (unseen kinds)", found["motion_only"]), *found["cases"].items()]
    lines += [f"| {name} | {_shown(v['clip'])} | {_shown(v['frame'])} |" for name, v in rows]
    lines += ["", "| temporal map | times chance | the truth's own |", "|---|---|---|"]
    for place, maps in found["map"].items():
        own, truth = maps["map"]["times_chance"], maps["map_of_truth"]["times_chance"]
        lines.append(f"| mass on true {place} cells | {_shown(own)} | {_shown(truth)} |")
    called = found["false_alarms"]["called_manipulated"] or {}
    lines += ["", "| real clips | how many | called manipulated |", "|---|---|---|"]
    lines += [f"| {n} | {k} | {_shown(called.get(n))} |" for n, k in found["false_alarms"]["clips"].items()]
    if found["real_videos"]:
        lines += _real_table(found["real_videos"])
    (out / "video.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _real_table(real: Figures) -> list[str]:
    """Rows of AUC (interval), a source each, a column a detector."""
    names = list(real["detectors"])
    lines = ["", "| real videos | " + " | ".join(names) + " |", "|---" * (1 + len(names)) + "|"]
    for source in sorted({s for d in real["detectors"].values() for s in d["sources"]}):
        found = [real["detectors"][name]["sources"].get(source) for name in names]
        cells = [f"{c['auc']:.2f} ({c['auc_interval'][0]:.2f}-{c['auc_interval'][1]:.2f})" if c else "-" for c in found]
        lines.append(f"| {source} | " + " | ".join(cells) + " |")
    if real["not_measured"]:
        lines += ["", f"Not measured: {', '.join(real['not_measured'])}."]
    return lines


def _shown(value: float | None) -> str:
    return "not measured" if value is None or not np.isfinite(value) else f"{value:.3f}"
