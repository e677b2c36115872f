"""Forge clips: self-blended videos, the other families made consistent over a clip, and forgeries in motion.

The paper's consistent synthesis (sheet §3): one record is drawn on the first frame and used for every frame.
"""

import numpy as np

from media.errors import BadRequest
from simulation.families.common import Draw
from simulation.forge import draw_params, forge
from simulation.hulls import covered_regions
from simulation.records import Family, Forgery, ForgeryParams
from simulation.video_clips import STEP, TAU, reinterpolate
from simulation.video_records import Clip, ClipForgery, ClipParams, TemporalKind
from simulation.video_temporal import apply_fault, draw_fault

_RATIOS = (0.25, 0.5, 0.75, 1.0, 1.0, 1.0)
_SMOOTHED: tuple[Family, ...] = ("self_blend", "region_blend", "resynthesis")  # blends of a face with itself


def draw_clip_params(
    rng: np.random.Generator,
    clip: Clip,
    family: Family | None,
    faults: tuple[TemporalKind, ...] = (),
    difficulty: float = 0.5,
    ratios: tuple[float, ...] = _RATIOS,
    consistent: bool = True,
    smoothing: tuple[float, float] = (TAU, STEP),
) -> ClipParams:
    """Draw the record of one forged clip.

    Args:
        family: of the forgery in each frame; None for one that shows in motion only.
        faults: kinds of forgeries in motion.
        consistent: one record for the whole clip; False draws one a frame (the ablation without it).
        smoothing: tau and step of the landmark re-interpolation; (0, step) = none.
    """
    if family is None and not faults:
        raise BadRequest("A forged clip needs a family or a fault in motion.")
    spatial: tuple[ForgeryParams, ...] = ()
    if family is not None:
        frames = range(1 if consistent else len(clip.frames))
        spatial = tuple(draw_params(rng, family, difficulty, clip.landmarks[t], ratios) for t in frames)
    draw = Draw(rng)
    drawn = tuple(draw_fault(draw, kind, difficulty, len(clip.frames)) for kind in faults)
    return ClipParams(spatial, drawn, *smoothing)


def forge_clip(clip: Clip, params: ClipParams, other: Clip | None = None) -> ClipForgery:
    """Make the forged clip that `params` describes.

    Args:
        other: clip of another person, needed by family "swap"; a shorter one is played to and fro.
    """
    fake, real = clip.frames, clip.frames
    masks = np.zeros(clip.frames.shape[:3], np.float32)
    points, kinds = clip.landmarks, [fault.kind for fault in params.faults]
    words: tuple[str, ...] = ()
    if params.spatial:
        made = _forge_frames(clip, params, other)
        fake, real = np.stack([m.image for m in made]), np.stack([m.real for m in made])
        masks = np.stack([m.mask for m in made])
        points, words = _true_landmarks(clip, made), made[0].kinds
    for fault in params.faults:
        fake, more = apply_fault(fake, points, fault)
        masks = np.maximum(masks, more)
    middle = len(masks) // 2
    regions = covered_regions(masks[middle], points[middle])
    names = tuple(dict.fromkeys([*kinds, *words]))
    return ClipForgery(fake, real, masks, points, regions, names, params)


def _forge_frames(clip: Clip, params: ClipParams, other: Clip | None) -> list[Forgery]:
    count = len(clip.frames)
    if len(params.spatial) not in (1, count):
        raise ValueError(f"a clip of {count} frames needs 1 or {count} records, got {len(params.spatial)}")
    smooth = params.spatial[0].family in _SMOOTHED
    points = reinterpolate(clip.landmarks, params.tau, params.step) if smooth else clip.landmarks
    made = []
    for t in range(count):
        second = None
        if other is not None:
            k = to_and_fro(t, len(other.frames))
            second = (other.frames[k], other.landmarks[k])
        record = params.spatial[t if len(params.spatial) > 1 else 0]
        made.append(forge(clip.frames[t], points[t], record, second))
    return made


def _true_landmarks(clip: Clip, made: list[Forgery]) -> np.ndarray:
    """Landmarks of the forged face: as the family moved them, without the lag of re-interpolation."""
    if made[0].params.family in _SMOOTHED:
        return clip.landmarks
    return np.stack([m.landmarks for m in made])


def to_and_fro(index: int, length: int) -> int:
    """0 1 2 1 0 1 2 ... for length 3."""
    if length == 1:
        return 0
    index %= 2 * (length - 1)
    return index if index < length else 2 * (length - 1) - index


def visible_change(forgery: ClipForgery) -> float:
    """Mean change in grey levels inside the mask, of the frame in which it is least."""
    inside = forgery.masks > 0.3
    per_frame = [
        float(np.abs(f.astype(np.int16) - r)[i].mean()) if i.any() else 0.0
        for f, r, i in zip(forgery.fake, forgery.real, inside, strict=True)
    ]
    return min(per_frame)
