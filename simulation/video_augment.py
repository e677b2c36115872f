"""Augmentation of a clip from one record: colour, resolution, noise, H.264 as a stream, repeats and gaps."""

import dataclasses
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.appearance import change_look
from simulation.degrade import degrade, h264
from simulation.families.common import Draw
from simulation.records import Appearance, DegradeParams
from simulation.video_presets import VideoPreset
from simulation.video_records import ClipAugment

Frames = NDArray[Any]


def draw_augment(rng: np.random.Generator, preset: VideoPreset, frames: int, difficulty: float = 1.0) -> ClipAugment:
    """Draw one record for a whole clip; a curriculum preset codes less at low difficulty."""
    d = Draw(rng)
    hardness = difficulty if preset.curriculum else 1.0
    low, high = preset.crf
    high = max(low, round(preset.crf_easiest + (high - preset.crf_easiest) * hardness))
    coded = d.chance(preset.compress)
    degradation = DegradeParams(
        resolution=d.between(0.5, 1.0) if d.chance(preset.resize * hardness) else 1.0,
        noise=d.between(0.1, 0.8) if d.chance(preset.noise * hardness) else 0.0,
        codec="h264" if coded else "none",
        quality=int(rng.integers(low, high + 1)) if coded else 0,
        preset=d.pick("ultrafast", "veryfast"),
        seed=d.seed(),
    )
    look = Appearance()
    if d.chance(preset.recolour):
        look = Appearance(
            shift=d.rgb(20) if d.chance(0.5) else (0.0, 0.0, 0.0),
            hue=d.between(-6, 6) if d.chance(0.3) else 0.0,
            saturation=d.between(-0.3, 0.3) if d.chance(0.5) else 0.0,
            gain=d.between(0.8, 1.2),
            contrast=d.between(0.8, 1.2),
        )
    order = draw_order(d, frames) if d.chance(preset.repeat) else tuple(range(frames))
    return ClipAugment(order, look, degradation, int(rng.integers(preset.lead + 1)), d.chance(0.5))


def draw_order(d: Draw, frames: int) -> tuple[int, ...]:
    """Some frames are shown again instead of the next, as by a slow or lossy player; frame 0 stays first."""
    out = [0]
    for t in range(1, frames):
        out.append(out[-1] if d.chance(0.4) else t)
    return tuple(out)


def recolour(frames: Frames, look: Appearance) -> Frames:
    """The same change of colour in all frames uint8 (T, H, W, 3), as if they were one tall picture."""
    if look == Appearance():
        return frames
    t, h, w, c = frames.shape
    changed = change_look(frames.reshape(t * h, w, c), look, float(h), 0)
    return np.clip(np.rint(changed), 0, 255).astype(np.uint8).reshape(t, h, w, c)


def degrade_clip(frames: Frames, params: DegradeParams, lead: int = 0) -> Frames:
    """Lower resolution, noise (new in every frame) and H.264 over the clip as one stream.

    Args:
        frames: uint8 (T, H, W, 3), H and W even.
        lead: so many frames are coded before the first and dropped again: the clip's own, played backwards.
    """
    plain = dataclasses.replace(params, codec="none")
    out = [degrade(f, dataclasses.replace(plain, seed=params.seed + t)) for t, f in enumerate(frames)]
    if params.codec == "h264":
        lead = min(lead, len(out) - 1)
        out = h264([*out[lead:0:-1], *out], params.quality, params.preset)[lead:]
    return np.stack(out)
