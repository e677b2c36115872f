"""What is laid over a picture: forgery maps on a fixed perceptual scale, and numbered face boxes."""

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from media.crops import paste_map
from media.records import Face, FaceExamination

Pixels = NDArray[np.uint8]
FULL_AT = 0.6  # map value from which the colour has the full opacity; lower values let the picture through
_INK, _PAPER = (255, 255, 255), (20, 20, 20)


def heat(values: NDArray[np.floating]) -> Pixels:
    """Colours (H, W, 3) RGB of a map (H, W) in [0, 1]; the scale is fixed, nothing is stretched to the map's range."""
    levels = np.round(np.clip(np.nan_to_num(values), 0.0, 1.0) * 255).astype(np.uint8)
    return cv2.cvtColor(cv2.applyColorMap(levels, cv2.COLORMAP_INFERNO), cv2.COLOR_BGR2RGB).astype(np.uint8)


def draw_overlay(pixels: Pixels, faces: Iterable[FaceExamination], opacity: float = 0.6) -> Pixels:
    """A copy of the picture with every assessed face's map over it; where maps overlap the higher value shows.

    Args:
        pixels: (H, W, 3) uint8 RGB, the frame the faces were found in.
        faces: examined faces; those without a map leave the picture as it is.
        opacity: 0 (nothing visible) to 1.
    """
    height, width = pixels.shape[:2]
    combined = np.zeros((height, width), dtype=np.float32)
    for face in faces:
        if face.evidence.map is not None:
            np.maximum(combined, paste_map(face.evidence.map, face.crop, (height, width)), out=combined)
    alpha = np.clip(opacity, 0.0, 1.0) * np.clip(combined / FULL_AT, 0.0, 1.0)[..., None]
    rows = np.flatnonzero(combined.any(axis=1))
    out = pixels.copy()
    if rows.size == 0 or opacity <= 0:
        return out
    part = slice(rows[0], rows[-1] + 1)
    mixed = pixels[part] * (1.0 - alpha[part]) + heat(combined[part]) * alpha[part]
    out[part] = np.round(mixed).astype(np.uint8)
    return out


def draw_boxes(pixels: Pixels, faces: Iterable[Face]) -> Pixels:
    """A copy of the picture with each face's box and its number in a corner, legible on any ground."""
    out = pixels.copy()
    thick = max(1, round(max(pixels.shape[:2]) / 500))
    for face in faces:
        x0, y0, x1, y1 = (round(v) for v in face.box)
        cv2.rectangle(out, (x0, y0), (x1, y1), _PAPER, thick + 2, cv2.LINE_AA)
        cv2.rectangle(out, (x0, y0), (x1, y1), _INK, thick, cv2.LINE_AA)
        _number(out, str(face.id), x0, y0, thick)
    return out


def _number(out: Pixels, text: str, x0: int, y0: int, thick: int) -> None:
    """A white number on a dark plate at a box's upper left corner, moved inside the picture."""
    scale = 0.35 + 0.25 * thick
    (width, height), base = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, scale, thick)
    pad = 2 + thick
    left = int(np.clip(x0, 0, max(0, out.shape[1] - width - 2 * pad)))
    top = int(np.clip(y0 - height - base - pad, 0, max(0, out.shape[0] - height - base - 2 * pad)))
    cv2.rectangle(out, (left, top), (left + width + 2 * pad, top + height + base + pad), _PAPER, cv2.FILLED)
    at = (left + pad, top + height + pad)
    cv2.putText(out, text, at, cv2.FONT_HERSHEY_SIMPLEX, scale, _INK, thick, cv2.LINE_AA)
