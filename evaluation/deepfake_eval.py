"""Real deepfakes: AUC and AP per source at video level, aligned pairs, and a count of how often we looked at them.

Protocol: 32 uniform frames a video; a frame's score is that of its highest face (SBI §4), a video's the mean over its
frames with a face. A source's fakes stand against its own reals and the validation real clips. Single pictures of one
clip count as its frames. Faces that the product would decline to assess are scored too; their share is reported.
These files are for measuring only: nothing is fitted or chosen on them.
"""

import csv
import json
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evaluation import metrics
from evaluation.context import Context
from evaluation.results import Bar, Figures, Item, ItemLog, mean, share

PART = "deepfakes"
SOURCES = ("ffpp", "dfdc_pair", "dfdc_frames", "mesonet", "clips")
SYNTHETIC = "stylegan2"
REAL_CLIPS = "videos_real"
FRAMES = 32
ALIGNED = (("ffpp/fake/519_515.mp4", "ffpp/real/519.mp4"),)
VIDEO_SUFFIXES = (".mp4", ".avi", ".mov", ".mkv", ".webm")


@dataclass(frozen=True)
class Clip:
    """One file to score: its source, "real" or "fake", and the video it is a part of."""

    path: Path
    source: str
    label: str
    video: str

    @property
    def name(self) -> str:
        """Path-like name that does not depend on where the data lies."""
        return f"{self.source}/{self.label}/{self.path.name}"


def list_clips(data: Path) -> list[Clip]:
    """All files of data/deepfakes that have a label, and the validation real clips."""
    clips = []
    for source in (*SOURCES, SYNTHETIC):
        for label in ("fake", "real"):
            for path in sorted((data / "deepfakes" / source / label).glob("*")):
                clips.append(Clip(path, source, label, f"{source}/{label}/{_video_of(source, path)}"))
    manifest = data / REAL_CLIPS / "manifest.csv"
    with manifest.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == "val"]
    for row in rows:
        path = data / REAL_CLIPS / row["file"]
        clips.append(Clip(path, REAL_CLIPS, "real", f"{REAL_CLIPS}/real/{path.stem}"))
    return clips


def _video_of(source: str, path: Path) -> str:
    """The clip a picture was taken from: DFDC frame names begin with it, all others stand alone."""
    return path.stem.split("-")[0] if source == "dfdc_frames" else path.stem


def record_look(looks: Path, weights: str, files: int, purpose: str) -> int:
    """Append one line to the file that counts looks at real deepfakes; returns how many there are now."""
    looks.parent.mkdir(parents=True, exist_ok=True)
    line = {"at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "weights": weights, "files": files}
    with looks.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line | {"purpose": purpose}) + "\n")
    return count_looks(looks)


def count_looks(looks: Path) -> int:
    """Number of looks so far."""
    return len(looks.read_text(encoding="utf-8").splitlines()) if looks.exists() else 0


def run(context: Context) -> None:
    """Score what is not scored yet; a new set of weights is one more look."""
    context.need("deepfakes")
    clips = list_clips(context.data)
    log = context.log(PART, frames=FRAMES)
    done = {item["file"] for item in log.items if item.get("last")}
    todo = [clip for clip in _limited(context, clips) if clip.name not in done]
    if not todo:
        return
    looks = count_looks(context.looks) if log.resumed else 0
    looks = looks or record_look(context.looks, context.weights_hash("kfd"), len(todo), "evaluation")
    for clip in context.track(todo, len(todo), "real deepfakes"):
        score_clip(context.predictor, context.finder, clip, log, looks)


def _limited(context: Context, clips: list[Clip]) -> list[Clip]:
    """With a limit: that many files of each source and label."""
    if context.limit is None:
        return clips
    seen: dict[tuple[str, str], int] = defaultdict(int)
    kept = []
    for clip in clips:
        seen[clip.source, clip.label] += 1
        if seen[clip.source, clip.label] <= context.limit:
            kept.append(clip)
    return kept


def _frames(clip: Clip) -> Iterator[Any]:
    from media.open import load_image
    from media.video import uniform_frames

    if clip.path.suffix.lower() in VIDEO_SUFFIXES:
        yield from uniform_frames(clip.path, FRAMES)
    else:
        yield load_image(clip.path)


def score_clip(predictor: Any, finder: Any, clip: Clip, log: ItemLog, looks: int = 0) -> None:
    """Save one item a frame: highest face score (None without a face) and why the product would decline, if it would.

    The clip's frames are found first and examined as one batch.
    """
    from media.crops import crop_face

    found = []
    crops, landmarks = [], []
    for frame in _frames(clip):
        faces = finder.find(frame)
        found.append((frame.time, [face.quality.reasons for face in faces]))
        crops += [crop_face(frame.pixels, face.landmarks, predictor.image_size) for face in faces]
        landmarks += [face.landmarks for face in faces]
    results = iter(examine_in_batches(predictor, crops, landmarks))
    rows = []
    for time_s, reasons in found:
        scored = [(next(results), why) for why in reasons]
        rows.append((time_s, len(scored), max(scored, key=lambda pair: pair[0][0]) if scored else None))
    for index, (time_s, faces, best) in enumerate(rows):
        key = f"{clip.name}#{index:02d}"
        if key in log:
            continue
        (score, logit, word), why = best if best else ((None, None, None), ())
        log.add(
            key, file=clip.name, source=clip.source, label=clip.label, video=clip.video, frame=index, time=time_s,
            faces=faces, score=score, logit=logit, word=word, reasons=why, looks=looks, last=index == len(rows) - 1,
        )  # fmt: skip


def examine_in_batches(
    predictor: Any, crops: Sequence[Any], landmarks: Sequence[Any], size: int = 64
) -> Iterator[tuple[float, float, str]]:
    """(calibrated score, raw logit, evidence word) of each crop, in order."""
    for start in range(0, len(crops), size):
        part = predictor.examine(list(crops[start : start + size]), list(landmarks[start : start + size]))
        for evidence, signals in part:
            yield float(evidence.score), raw_logit(signals.probabilities), evidence.word


def raw_logit(probabilities: Any) -> float:
    """log P(fake)/P(real) before calibration; [real, fake] are clipped at 1e-30."""
    real, fake = np.clip(np.asarray(probabilities, dtype=np.float64), 1e-30, 1.0)
    return float(np.log(fake) - np.log(real))


def video_scores(items: Sequence[Item]) -> dict[str, tuple[str, str, float | None]]:
    """video -> (source, label, mean of its frames' scores; None when no frame had a face)."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        groups[item["video"]].append(item)
    return {v: (g[0]["source"], g[0]["label"], mean(i["score"] for i in g)) for v, g in groups.items()}


def figures(items: Sequence[Item], seed: int = 0) -> Figures:
    """Everything that is reported, from the saved frames alone."""
    videos = video_scores(items)
    scored: Scored = {v: (s, lab, x) for v, (s, lab, x) in videos.items() if x is not None}
    pools = {source: _pool(scored, source) for source in SOURCES}
    pools = {source: pool for source, pool in pools.items() if 1 in pool[0] and 0 in pool[0]}
    sources = {source: _source_figures(pool, items, source, seed) for source, pool in pools.items()}
    return {
        "sources": sources,
        "mean_auc": mean(s["auc"] for s in sources.values()),
        "mean_ap": mean(s["ap"] for s in sources.values()),
        "mean_auc_interval": _mean_interval(scored, list(pools), seed),
        "overall_auc": _overall(scored),
        "aligned": [_aligned(items, fake, real) for fake, real in ALIGNED],
        "wholly_synthetic": _synthetic(scored, items),
        "real_clips_called_manipulated": _called(items, REAL_CLIPS, "real"),
        "videos": {v: x for v, (_, _, x) in sorted(videos.items())},
        "videos_without_decision": sorted(v for v, (_, _, x) in videos.items() if x is None),
        **frame_figures(items),
    }


def frame_figures(items: Sequence[Item]) -> Figures:
    """How videos were read: frames, those without a face, those the product would not assess, looks so far."""
    read = [i for i in items if "error" not in i]
    return {
        "frames": len(read),
        "frames_without_face": sum(i["score"] is None for i in read),
        "frames_product_declines": share(bool(i["reasons"]) for i in read if i["score"] is not None),
        "looks": max((i["looks"] for i in items), default=0),
        "protocol": f"{FRAMES} uniform frames, highest face, mean over frames, calibrated score, video level",
    }


Scored = dict[str, tuple[str, str, float | None]]


def _pool(scored: Scored, source: str) -> tuple[list[int], list[float], list[str]]:
    """Labels, scores and names of a source's videos and the validation real clips."""
    rows = [(v, lab, x) for v, (s, lab, x) in sorted(scored.items()) if s == source or s == REAL_CLIPS]
    return [int(lab == "fake") for _, lab, _ in rows], [float(x or 0.0) for *_, x in rows], [v for v, *_ in rows]


def _source_figures(pool: tuple[list[int], list[float], list[str]], items: Sequence[Item], source: str, seed: int):
    labels, scores, names = pool
    rng = np.random.default_rng(seed)
    interval = metrics.bootstrap_by_group(labels, scores, names, metrics.auc, rng)
    frames = [i for i in items if i["source"] in (source, REAL_CLIPS) and i["score"] is not None]
    return {
        "auc": interval.value,
        "auc_interval": [interval.low, interval.high],
        "ap": metrics.average_precision(labels, scores),
        "frame_auc": metrics.auc([i["label"] == "fake" for i in frames], [i["score"] for i in frames]),
        "fakes": sum(labels),
        "reals": len(labels) - sum(labels),
        "fakes_called_manipulated": _called(items, source, "fake"),
        "own_reals_called_manipulated": _called(items, source, "real"),
    }


def _called(items: Sequence[Item], source: str, label: str) -> float | None:
    """Share of frames called manipulated (strong or some support)."""
    chosen = [i for i in items if i["source"] == source and i["label"] == label and i["score"] is not None]
    return share(i["word"] in ("strong support", "some support") for i in chosen)


def _mean_interval(scored: Scored, sources: list[str], seed: int, rounds: int = 1000) -> list[float] | None:
    """Interval of the mean over sources: videos resampled inside each source and label, real clips shared by all."""
    groups: dict[tuple[str, str], list[float]] = defaultdict(list)
    for source, label, score in scored.values():
        groups[source, label].append(float(score or 0.0))
    if not sources:
        return None
    rng = np.random.default_rng(seed)
    values = []
    for _ in range(rounds):
        drawn = {key: [group[i] for i in rng.integers(0, len(group), len(group))] for key, group in groups.items()}
        aucs = []
        for source in sources:
            fakes = drawn.get((source, "fake"), [])
            reals = drawn.get((source, "real"), []) + drawn.get((REAL_CLIPS, "real"), [])
            aucs.append(metrics.auc([1] * len(fakes) + [0] * len(reals), fakes + reals))
        values.append(float(np.mean(aucs)))
    return [float(q) for q in np.quantile(values, [0.025, 0.975])]


def _overall(scored: Scored) -> float:
    rows = [(lab == "fake", float(x or 0.0)) for s, lab, x in scored.values() if s != SYNTHETIC]
    return metrics.auc([y for y, _ in rows], [x for _, x in rows])


def _aligned(items: Sequence[Item], fake: str, real: str) -> Figures:
    """Share of frames in which the fake scores above its own original's frame of the same time."""
    by_file = {
        name: {i["time"]: i["logit"] for i in items if i["file"] == name and i["score"] is not None}
        for name in (fake, real)
    }
    times = sorted(set(by_file[fake]) & set(by_file[real]))
    above = share(by_file[fake][t] > by_file[real][t] for t in times)
    return {"fake": fake, "original": real, "frames": len(times), "fake_above_original": above}


def _synthetic(scored: Scored, items: Sequence[Item]) -> Figures:
    rows = [(lab == "fake", float(x or 0.0)) for s, lab, x in scored.values() if s == SYNTHETIC or lab == "real"]
    value = metrics.auc([y for y, _ in rows], [x for _, x in rows]) if any(y for y, _ in rows) else None
    return {"auc_against_all_reals": value, "called_manipulated": _called(items, SYNTHETIC, "fake")}


def bars(found: Figures) -> list[Bar]:
    """The promises on real deepfakes."""
    aligned = mean(pair["fake_above_original"] for pair in found["aligned"])
    return [
        Bar(PART, "mean AUC over sources, video level", found["mean_auc"], 0.90, ">=", aim=0.97),
        Bar(PART, "aligned pairs: fake frame above its own original", aligned, 0.95, ">="),
    ]
