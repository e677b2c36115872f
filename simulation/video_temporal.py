"""Forgeries that show in motion: each frame looks plausible alone, the frames do not fit each other.

What a fault's `values` mean, a frame:
    mouth_motion    mouth_open, mouth_wide, jaw_shift as fractions of L: the mouth speaks something else
    flicker         gain - 1, R, G, B shift in grey levels, blur in pixels at 150 px extent
    jitter          dx, dy as fractions of L, scale - 1, degrees: of the face against the head
    breathing       the same four, but a slow swing of the scale
    identity_drift  progress in [0, 1] of the change of shape in `warps`, then R, G, B shift at that moment
    frame_drop, frozen_eyes, reversed_mouth    number of the frame that the area is taken from
    texture_swim    dx, dy as fractions of L by which the fine texture has swum
"""

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from simulation.appearance import change_look
from simulation.expressions import express
from simulation.families.common import Draw, face_centre
from simulation.hulls import blend_mask, dlib68, extent, size_of
from simulation.records import Appearance, Geometry, HullKind, MaskShape, Warp
from simulation.video_records import TemporalFault, TemporalKind
from simulation.warps import fit_matrix, geometry_matrix, transform, warp_affine

Image = NDArray[Any]
Points = NDArray[Any]
Values = tuple[tuple[float, ...], ...]
_EYES = ("face.upper.eyes.left_eye", "face.upper.eyes.right_eye", "face.upper.brows.left_brow",
         "face.upper.brows.right_brow")  # fmt: skip
_MOUTH = ("face.lower.mouth.mouth", "face.lower.chin.chin")
_DRIFTS = {"nose_width": 0.03, "nose_length": 0.03, "eye_shift": 0.018, "mouth_wide": 0.035, "lip_thick": 0.018,
           "brow_raise": 0.035, "eye_open": 0.014}  # fmt: skip
_REACH: dict[TemporalKind, tuple[HullKind, tuple[str, ...]]] = {
    "mouth_motion": ("lower", ()),
    "frozen_eyes": ("regions", _EYES),
    "reversed_mouth": ("regions", _MOUTH),
}


def draw_fault(d: Draw, kind: TemporalKind, difficulty: float, frames: int) -> TemporalFault:
    """Draw a fault; its strength falls to 40 % with difficulty."""
    strength = d.between(1.0 - 0.6 * difficulty, 1.0)
    hull, regions = _REACH.get(kind) or (d.pick("oval", "inner", "extended"), ())
    if kind == "mouth_motion" and d.chance(0.5):
        hull, regions = "regions", _MOUTH
    mask = MaskShape(
        hull=hull,
        regions=regions,
        grow=d.between(0.03, 0.07) if regions else d.between(-0.04, 0.0),
        wobble=d.between(0.003, 0.012) if d.chance(0.6) else 0.0,
        wobble_size=d.between(0.08, 0.2),
        feather=d.between(0.01, 0.045),
    )
    warps: tuple[Warp, ...] = ()
    if kind == "identity_drift":
        names = d.some(tuple(_DRIFTS), 2, 4)
        warps = tuple(Warp(n, round(strength * d.signed(0.6, 1.0) * _DRIFTS[n], 5)) for n in names)
    return TemporalFault(kind, d.seed(), mask, _values(d, kind, strength, frames), warps)


def _values(d: Draw, kind: TemporalKind, strength: float, frames: int) -> Values:
    s = strength
    if kind == "mouth_motion":
        rows = [(d.between(-0.02, 0.05) * s, d.signed(0.0, 0.03) * s, d.signed(0.0, 0.015) * s) for _ in range(frames)]
    elif kind == "flicker":
        sharp = d.chance(0.4)
        rows = [
            (d.signed(0.0, 0.1) * s, *(v * s for v in d.rgb(10)), d.between(0, 1.6) * s if sharp else 0.0)
            for _ in range(frames)
        ]
    elif kind == "jitter":
        rows = [
            (d.signed(0.0, 0.02) * s, d.signed(0.0, 0.02) * s, d.signed(0.0, 0.015) * s, d.signed(0.0, 1.5) * s)
            for _ in range(frames)
        ]
    elif kind == "breathing":
        period, phase, size = d.between(3.0, 8.0), d.between(0, 1), d.between(0.02, 0.05) * s
        rows = [(0.0, 0.0, size * float(np.sin(2 * np.pi * (t / period + phase))), 0.0) for t in range(frames)]
    elif kind == "identity_drift":
        tint = d.rgb(9)
        rows = [(t / max(frames - 1, 1), *(s * t / max(frames - 1, 1) * c for c in tint)) for t in range(frames)]
    elif kind == "texture_swim":
        angle, speed = d.between(0, 2 * np.pi), d.between(0.008, 0.02) * s
        rows = [(t * speed * float(np.cos(angle)), t * speed * float(np.sin(angle))) for t in range(frames)]
    else:
        rows = [(float(i),) for i in _held(d, kind, frames)]
    return tuple(tuple(round(float(v), 5) for v in row) for row in rows)


def _held(d: Draw, kind: TemporalKind, frames: int) -> list[int]:
    """Which frame each frame's area is taken from."""
    if kind == "frozen_eyes":
        return [0] * frames
    if kind == "reversed_mouth":
        return list(range(frames))[::-1]
    out = [0]
    for t in range(1, frames):  # frame_drop: the picture of the face is late again and again
        out.append(out[-1] if d.chance(0.55) else t)
    if out == list(range(frames)):
        out[-1] = max(frames - 2, 0)
    return out


def apply_fault(frames: Image, landmarks: Points, fault: TemporalFault) -> tuple[Image, Image]:
    """Forge a clip in motion.

    Args:
        frames: uint8 (T, H, W, 3); landmarks: (T, 478, 2) in their pixels.
        fault: with T rows of values.

    Returns:
        Forged frames uint8 (T, H, W, 3) and masks float32 (T, H, W).
    """
    if len(fault.values) != len(frames):
        raise ValueError(f"{fault.kind} was drawn for {len(fault.values)} frames, the clip has {len(frames)}")
    shown, masks = [], []
    for t in range(len(frames)):
        source, outline = _SOURCES[fault.kind](frames, landmarks, fault, t)
        mask = blend_mask(fault.mask, outline, size_of(frames[t]), fault.seed)
        base = frames[t].astype(np.float32)
        shown.append(np.clip(np.rint(base + mask[..., None] * (source - base)), 0, 255).astype(np.uint8))
        masks.append(mask)
    return np.stack(shown), np.stack(masks).astype(np.float32)


def _mouth(frames: Image, landmarks: Points, fault: TemporalFault, t: int) -> tuple[Image, Points]:
    actions = ("mouth_open", "mouth_wide", "jaw_shift")
    warps = tuple(Warp(a, v) for a, v in zip(actions, fault.values[t], strict=True))
    source, points = express(frames[t].astype(np.float32), landmarks[t], warps)
    outline = points.copy()
    outline[:, 1] = np.maximum(points[:, 1], landmarks[t][:, 1])  # covers the old chin and the new
    return source, outline


def _flicker(frames: Image, landmarks: Points, fault: TemporalFault, t: int) -> tuple[Image, Points]:
    gain, r, g, b, blur = fault.values[t]
    look = Appearance(shift=(r, g, b), gain=1 + gain, blur=blur)
    return change_look(frames[t], look, extent(landmarks[t]), 0), landmarks[t]


def _moved(frames: Image, landmarks: Points, fault: TemporalFault, t: int) -> tuple[Image, Points]:
    dx, dy, scale, rotation = fault.values[t]
    length = extent(landmarks[t])
    matrix = geometry_matrix(Geometry(dx, dy, 1 + scale, rotation), face_centre(landmarks[t]), length)
    source = warp_affine(frames[t].astype(np.float32), matrix, size_of(frames[t]))
    return source, transform(landmarks[t], matrix)


def _drift(frames: Image, landmarks: Points, fault: TemporalFault, t: int) -> tuple[Image, Points]:
    progress, *tint = fault.values[t]
    warps = tuple(Warp(w.action, progress * w.amount) for w in fault.warps)
    source, points = express(frames[t].astype(np.float32), landmarks[t], warps)
    return source + np.asarray(tint, np.float32), points


def _from_frame(frames: Image, landmarks: Points, fault: TemporalFault, t: int) -> tuple[Image, Points]:
    origin = int(fault.values[t][0])
    if origin == t:
        return frames[t].astype(np.float32), landmarks[t]
    matrix = fit_matrix(dlib68(landmarks[origin]), dlib68(landmarks[t]), "similarity")
    source = warp_affine(frames[origin].astype(np.float32), matrix, size_of(frames[t]))
    return source, landmarks[t]


def _swim(frames: Image, landmarks: Points, fault: TemporalFault, t: int) -> tuple[Image, Points]:
    length = extent(landmarks[t])
    frame = frames[t].astype(np.float32)
    smooth = cv2.GaussianBlur(frame, (0, 0), 0.02 * length)
    dx, dy = (v * length for v in fault.values[t])
    shift = np.array([[1.0, 0.0, dx], [0.0, 1.0, dy]])
    return smooth + warp_affine(frame - smooth, shift, size_of(frame)), landmarks[t]


_SOURCES: dict[TemporalKind, Callable[[Image, Points, TemporalFault, int], tuple[Image, Points]]] = {
    "mouth_motion": _mouth,
    "flicker": _flicker,
    "jitter": _moved,
    "breathing": _moved,
    "identity_drift": _drift,
    "frame_drop": _from_frame,
    "frozen_eyes": _from_frame,
    "reversed_mouth": _from_frame,
    "texture_swim": _swim,
}


def motion_change(fake: Image, real: Image, masks: Image) -> float:
    """Mean change of the frame-to-frame difference in grey levels where a mask exceeds 0.3; 0 when there is none."""
    inside = np.minimum(masks[1:], masks[:-1]) > 0.3
    if not inside.any():
        return 0.0
    steps = np.diff(fake.astype(np.float32), axis=0) - np.diff(real.astype(np.float32), axis=0)
    return float(np.abs(steps)[inside].mean())
