"""Contact sheets: real, forged, mask and difference side by side, with the truth in words underneath."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from media.regions import REGIONS
from simulation.records import Pair

_CAPTION = 34


def contact_sheet(pairs: Sequence[Pair], columns: int = 3) -> NDArray[np.uint8]:
    """Tile pairs into one RGB picture."""
    tiles = [_tile(pair) for pair in pairs]
    rows = []
    for start in range(0, len(tiles), columns):
        row = tiles[start : start + columns]
        row += [np.zeros_like(tiles[0])] * (columns - len(row))
        rows.append(np.concatenate(row, axis=1))
    return np.concatenate(rows)


def _tile(pair: Pair) -> NDArray[np.uint8]:
    """real | fake | mask over fake | difference x4, and a caption."""
    red = pair.fake.astype(np.float32)
    red += pair.mask[..., None] * (np.array([255, 40, 40], np.float32) - red) * 0.5
    difference = np.clip(cv2.absdiff(pair.real, pair.fake).astype(np.int32) * 4, 0, 255).astype(np.uint8)
    picture = np.concatenate([pair.real, pair.fake, red.astype(np.uint8), difference], axis=1)
    picture = np.pad(picture, ((0, 0), (0, 6), (0, 0)))
    caption = np.zeros((_CAPTION, picture.shape[1], 3), np.uint8)
    deg = pair.degradation
    what = f"{pair.family}/{pair.params.method} {','.join(pair.kinds)}"
    title = f"{what} [{deg.codec} {deg.quality}] x{pair.params.mask.ratio}"
    names = ", ".join(REGIONS[r].name for r in pair.regions)
    for line, text in enumerate((title, names)):
        cv2.putText(caption, text, (3, 13 + 15 * line), cv2.FONT_HERSHEY_SIMPLEX, 0.36, (235, 235, 235), 1, cv2.LINE_AA)
    return np.concatenate([picture, caption])
