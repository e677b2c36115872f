"""Plain measurements of each face region against the rest of the face: texture, grain, colour, seam.

They explain, they do not decide. Each raw measure is compared with what photos usually show at that region: the usual
value and the deviations that only rare photos exceed are constants in media/cue_norms.py, with how they were obtained.
Trials on 120 validation photos with one region changed: blur of sigma 1.2 px found in 49-80 % of mouths, noses, cheeks
and chins (eyes 16 %), grain of 6 levels in 54-98 % (eyes 2 %), a tint in 41-67 % (mouth 8 %), mild sharpening in 9-28
%, a hard step of 20 levels in 48-58 % of cheeks and chins, hardly ever at noses, eyes and mouths.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from media.cue_norms import NORMS
from media.records import Cue
from media.regions import SPOKEN_REGIONS, region_masks, region_polygons

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
WORK_SIDE = 128  # crops are brought to this side first, so that the constants fit every caller
LEAST_PIXELS = 30  # smaller regions (turned away) are not measured
PLACES = 72  # evenly spaced places along an outline at which a seam is measured
REPORTED_FROM = 0.5  # weaker cues are left out
FACE, BOUNDARY = "face.whole.face.face", "face.whole.boundary.face_boundary"
MEASURES = ("grain", "detail", "colour_a", "colour_b", "seam")
_LAPLACIAN_PAIR = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32) / 6  # blind to edges along the axes
_UNITS = {
    "smoother": "times the usual fine grain against the rest of the face",
    "noise": "times the usual fine grain against the rest of the face",
    "sharper": "times the usual finest detail against the rest of the face",
    "seam": "times the usual step across the region's outline",
    "colour_shift": "CIELAB a*b* units from the usual difference to the skin around",
}


def measure_cues(
    crop_pixels: NDArray[np.uint8], landmarks_in_crop: NDArray[np.floating], ids: Sequence[str] = SPOKEN_REGIONS
) -> tuple[Cue, ...]:
    """Cues of a face crop, strongest first; strength >= 1 means beyond what 99 % of photos show at that region.

    Args:
        crop_pixels: (S, S, 3) uint8 RGB square face crop of margin about 1.3.
        landmarks_in_crop: (478, 2) in pixels of that crop.
        ids: regions to measure; "grain" tells smoother (too little) from noise (too much).
    """
    cues: list[Cue] = []
    for region, raw in raw_measures(crop_pixels, landmarks_in_crop, ids).items():
        if region in NORMS:
            cues += _read(region, raw, NORMS[region])
    return tuple(sorted((c for c in cues if c.strength >= REPORTED_FROM), key=lambda c: -c.strength))


def _read(region: str, raw: dict[str, float], norms: dict[str, tuple[float, float, float]]) -> list[Cue]:
    """Cues of one region: how far each measure lies off its usual value, in units of the rare deviation."""
    off = {name: raw[name] - norms[name][0] for name in MEASURES}
    share = {name: d / norms[name][1 if d < 0 else 2] for name, d in off.items()}
    found = {
        "smoother": (-share["grain"] if off["grain"] < 0 else 0.0, float(np.exp(off["grain"]))),
        "noise": (share["grain"] if off["grain"] > 0 else 0.0, float(np.exp(off["grain"]))),
        "sharper": (share["detail"] if off["detail"] > 0 else 0.0, float(np.exp(off["detail"]))),
        "seam": (share["seam"] if off["seam"] > 0 else 0.0, float(np.exp(off["seam"]))),
        "colour_shift": (
            max(abs(share["colour_a"]), abs(share["colour_b"])),
            float(np.hypot(off["colour_a"], off["colour_b"])),
        ),
    }
    return [Cue(kind, region, float(strength), value, _UNITS[kind]) for kind, (strength, value) in found.items()]


def raw_measures(
    crop_pixels: NDArray[np.uint8], landmarks: NDArray[np.floating], ids: Sequence[str] = SPOKEN_REGIONS
) -> dict[str, dict[str, float]]:
    """Raw measures (MEASURES, logarithms of ratios or CIELAB units) of every region large enough to be measured."""
    scale = WORK_SIDE / crop_pixels.shape[0]
    points = np.asarray(landmarks, dtype=np.float32) * np.float32(scale)
    interpolation = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    pixels = cv2.resize(crop_pixels, (WORK_SIDE, WORK_SIDE), interpolation=interpolation).astype(np.uint8)
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    lab = cv2.cvtColor(pixels.astype(np.float32) / 255.0, cv2.COLOR_RGB2LAB).astype(np.float32)
    grain = np.abs(cv2.filter2D(grey, -1, _LAPLACIAN_PAIR)).astype(np.float32)
    masks = region_masks(points, (WORK_SIDE, WORK_SIDE), (*ids, FACE))
    face = masks[FACE]
    measured: dict[str, dict[str, float]] = {}
    for region in ids:
        inside = masks[region] & face if region == BOUNDARY else masks[region]
        rest = face & ~inside
        around = cv2.dilate(inside.astype(np.uint8), np.ones((17, 17), np.uint8)).astype(bool) & rest
        if min(int(inside.sum()), int(around.sum())) < LEAST_PIXELS:
            continue
        a, b = np.median(lab[inside][:, 1:], axis=0) - np.median(lab[around][:, 1:], axis=0)
        measured[region] = {
            "grain": _log_ratio(float(np.median(grain[inside])), float(np.median(grain[rest]))),
            "detail": _log_ratio(float(grain[inside].mean()), float(grain[rest].mean())),
            "colour_a": float(a),
            "colour_b": float(b),
            "seam": _seam(pixels, region, points),
        }
    return measured


def _log_ratio(inside: float, rest: float) -> float:
    """Logarithm of a ratio of grey level differences; 0.1 levels keep flat pictures tame."""
    return float(np.log((inside + 0.1) / (rest + 0.1)))


def _seam(pixels: NDArray[np.uint8], region: str, points: Floats) -> float:
    """Median, over the places of an outline, of the logarithm of the colour step there over that across a smaller and
    a larger outline at the same place; natural edges on part of the outline so do not decide.

    The face boundary's own outline is the face oval, compared with two ovals inside it.
    """
    outline = region_polygons(FACE if region == BOUNDARY else region, points)[0].astype(np.float64)
    scales = (0.97, 0.9, 0.83) if region == BOUNDARY else (1.0, 0.8, 1.2)
    steps = [_step(pixels, _scaled(outline, s)) for s in scales]
    return float(np.median(np.log(steps[0] / (0.5 * (steps[1] + steps[2])))))


def _scaled(outline: NDArray[np.float64], scale: float) -> NDArray[np.float64]:
    centre = outline.mean(axis=0)
    return centre + scale * (outline - centre)


def _step(pixels: NDArray[np.uint8], outline: NDArray[np.float64]) -> Floats:
    """Absolute colour differences, in grey levels + 1, 1.5 px to either side, at places along a closed outline."""
    closed = np.vstack([outline, outline[:1]])
    length = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))])
    places = np.linspace(0, length[-1], PLACES, endpoint=False)
    at = np.column_stack([np.interp(places, length, closed[:, k]) for k in (0, 1)])
    along = np.roll(at, -1, axis=0) - np.roll(at, 1, axis=0)
    normal = np.column_stack([-along[:, 1], along[:, 0]]) / np.maximum(np.linalg.norm(along, axis=1), 1e-6)[:, None]
    sides = [(at + k * normal - 0.5).astype(np.float32) for k in (-1.5, 1.5)]
    inner, outer = (
        cv2.remap(pixels, s[None, :, 0], s[None, :, 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)[0]
        for s in sides
    )
    return np.abs(inner.astype(np.float32) - outer.astype(np.float32)).mean(axis=1) + np.float32(1.0)
