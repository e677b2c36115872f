"""Simulated clip pairs and windows of real clips, scored by the clip detector and by the frame detector.

Both detectors see the same forgery, each at its own input size: one record, drawn once, rendered twice.
"""

import dataclasses
from collections.abc import Container, Iterator, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from evaluation.results import Item, mean
from fakestormer.predictor import ClipPredictor
from kfd.predictor import ForgeryPredictor
from simulation.families.common import Draw
from simulation.records import FaceRecord
from simulation.video_augment import draw_order
from simulation.video_clips import crop_clip
from simulation.video_presets import EVAL_VIDEO_SEED, EVAL_VIDEO_V1, VideoPreset
from simulation.video_records import Clip, ClipPair
from simulation.video_source import eval_clips

FRAMES = 4  # of a clip when there is no clip detector to ask
ON_BOUNDARY = 0.5  # vulnerability from which a cell lies on the boundary
CHANGED = 0.1  # change of it from frame to frame from which the boundary moved there
Variant = Literal["plain", "duplicated", "variable", "still"]
VARIANTS: tuple[Variant, ...] = ("plain", "duplicated", "variable", "still")


def frame_margins(predictor: ForgeryPredictor, frames: NDArray[np.uint8]) -> list[float]:
    """Raw logits of the frame detector for frames (T, S, S, 3) at its size."""
    return predictor.run(frames).margins.tolist()


def scored_pairs(
    frame: ForgeryPredictor,
    clip: ClipPredictor | None,
    photos: Sequence[FaceRecord],
    clips: Sequence[Clip],
    preset: VideoPreset = EVAL_VIDEO_V1,
    seed: int = EVAL_VIDEO_SEED,
    done: Container[str] = (),
) -> Iterator[Item]:
    """One item a pair: its name and case, and of "real" and "fake" each the raw logits of both detectors.

    Args:
        clip: None when there is no video checkpoint: then its values are None.
        done: names of photos and clips that are left out because they were scored before.
    """
    count = clip.frames if clip else FRAMES
    shown = eval_clips(photos, clips, count, frame.image_size, 14, preset, seed)
    own = eval_clips(photos, clips, count, clip.image_size, clip.grid, preset, seed) if clip else None
    for pair in shown:
        other = next(own) if own else None
        if other is not None and other.params != pair.params:
            raise RuntimeError(f"the two sizes of {pair.name} hold different forgeries")
        if pair.name not in done:
            yield _pair_item(frame, clip, pair, other)


def _pair_item(frame: ForgeryPredictor, clip: ClipPredictor | None, pair: ClipPair, own: ClipPair | None) -> Item:
    item: Item = {
        "name": pair.name,
        "case": pair.case,
        "motion_only": not pair.params.spatial,
        "animated": pair.animated,
        "frame_logits": {"real": frame_margins(frame, pair.real), "fake": frame_margins(frame, pair.fake)},
        "clip_logit": None,
        "map": None,
    }
    if clip is not None and own is not None:
        found = clip.run(np.stack([own.real, own.fake]))
        item["clip_logit"] = {"real": float(found.margins[0]), "fake": float(found.margins[1])}
        if found.changes is not None:
            places = true_places(own.targets.boundary)
            item["map"] = {name: map_mass(found.changes[1], here) for name, here in places.items()}
            item["map_of_truth"] = {name: map_mass(own.targets.derivative, here) for name, here in places.items()}
    return item


def true_places(boundary: NDArray[Any]) -> dict[str, NDArray[np.bool_]]:
    """Where a temporal map should be hot, (T-1, g, g) for the frames 1 on; from the boundary (T, g, g) in [0, 1].

    Returns:
        "boundary": cells on the boundary in the frame or the one before; "changing": cells where it changed in between.
    """
    both = np.maximum(boundary[1:], boundary[:-1])
    return {"boundary": both > ON_BOUNDARY, "changing": np.abs(np.diff(boundary, axis=0)) > CHANGED}


def map_mass(change: NDArray[Any], here: NDArray[np.bool_]) -> dict[str, float]:
    """How much of a temporal map lies on given places.

    Args:
        change: (T, g, g), only values above 0 count, as they are shown; frame 0 has none.
        here: (T-1, g, g) of `true_places`.

    Returns:
        "on" and "all": mass there and everywhere; "cells_on" and "cells": how many cells that is.
    """
    heat = np.maximum(change[1:], 0.0)
    return {"on": float(heat[here].sum()), "all": float(heat.sum()), "cells_on": int(here.sum()), "cells": here.size}


def times_chance(masses: Sequence[dict[str, float]]) -> tuple[float | None, float | None, int]:
    """Mean share of the mass on the places, mean share of cells that they are, and how many maps that counts.

    Maps without any heat and clips without such places are left out.
    """
    usable = [m for m in masses if m["all"] > 0 and m["cells_on"]]
    on, cells = mean(m["on"] / m["all"] for m in usable), mean(m["cells_on"] / m["cells"] for m in usable)
    return on, cells, len(usable)


def real_windows(
    frame: ForgeryPredictor, clip: ClipPredictor | None, clips: Sequence[Clip], every: int = 8
) -> Iterator[Item]:
    """Windows of real clips: as they are, with frames shown twice, with uneven gaps, and standing still.

    Args:
        every: frames between the starts of windows of one clip.
    """
    count = clip.frames if clip else FRAMES
    for source in clips:
        for start in range(0, len(source.frames) - 3 * count, every):
            for variant in VARIANTS:
                cut = shown_as(source, start, count, variant)
                large = crop_clip(cut, frame.image_size, frame.margin)
                item: Item = {"name": source.name, "start": start, "variant": variant, "clip_logit": None}
                item["frame_logits"] = frame_margins(frame, large.frames)
                if clip is not None:
                    own = crop_clip(cut, clip.image_size, clip.margin)
                    item["clip_logit"] = float(clip.run(own.frames[None]).margins[0])
                yield item


def shown_as(clip: Clip, start: int, count: int, variant: Variant) -> Clip:
    """`count` frames of a clip from `start` on, as players and phones show them; always the same for one name."""
    rng = np.random.default_rng([*clip.name.encode(), start])
    if variant == "still":
        steps = [0] * count
    elif variant == "duplicated":
        steps = list(draw_order(Draw(rng), count))
        if len(set(steps)) == count:  # no frame came twice by chance
            steps[-1] = steps[-2]
    elif variant == "variable":
        steps = [0, *np.cumsum(rng.integers(1, 4, count - 1)).tolist()]
    else:
        steps = list(range(count))
    index = [start + s for s in steps]
    return dataclasses.replace(clip, frames=clip.frames[index], landmarks=clip.landmarks[index])
