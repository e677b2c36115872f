"""A contact sheet of what a large model is shown: one line a row, one picture a frame, masked, with its click."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from training.exddv_inputs import Prepared, Preparer

SHEET_FILE = "first_batch.png"
_TILE, _LINES, _STRIP = 168, 8, 18


def shown_pixels(prepared: Prepared, preparer: Preparer) -> NDArray[np.uint8]:
    """(F, H, W, 3) uint8 RGB of the normalised, masked pictures; hidden places have the mean colour."""
    pixels = prepared.pixels if prepared.pixels.ndim == 4 else prepared.pixels[:, 0]  # Phi-3-V: the whole picture
    values = pixels.permute(0, 2, 3, 1).numpy() * preparer.std + preparer.mean
    return np.clip(np.rint(values * 255), 0, 255).astype(np.uint8)


def sheet(rows: Sequence[Prepared], preparer: Preparer, folder: Path) -> Path:
    """Write FOLDER/first_batch.png: up to eight rows with their sentences."""
    lines = []
    for prepared in rows[:_LINES]:
        tiles = []
        for pixels, point in zip(shown_pixels(prepared, preparer), prepared.points, strict=True):
            tile = cv2.resize(pixels, (_TILE, _TILE), interpolation=cv2.INTER_NEAREST)
            place = tuple(int(v) for v in np.clip(point * _TILE, 0, _TILE - 1))
            cv2.drawMarker(tile, (place[0], place[1]), (0, 255, 0), cv2.MARKER_CROSS, 13, 1)
            tiles.append(tile)
        line = np.hstack(tiles)
        strip = np.full((_STRIP, line.shape[1], 3), 255, np.uint8)
        said = f"{prepared.row.id} ({prepared.row.label}): {prepared.row.text}".encode("ascii", "replace").decode()
        cv2.putText(strip, said, (3, 13), cv2.FONT_HERSHEY_SIMPLEX, 0.4, (0, 0, 0), 1, cv2.LINE_AA)
        lines += [strip, line]
    path = folder / SHEET_FILE
    if lines:
        cv2.imwrite(str(path), cv2.cvtColor(np.vstack(lines), cv2.COLOR_RGB2BGR))
    return path
