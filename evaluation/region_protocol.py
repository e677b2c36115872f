"""Region polygons against hand-made region maps of frontal photos (NAME.jpg with NAME.png, indexed by classes.txt).

The maps know mouth, nose and eyes; brows carry the class `hair`. Both are separated by place here: hair pixels within
a box above an eye count as that eye's brow when they form a patch of their own.
Left and right are the subject's, so the left one of a pair lies further right in the picture.
"""

from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from media.faces import FaceFinder
from media.open import load_image
from media.records import Face
from media.regions import region_mask

Mask = NDArray[np.bool_]
_PAIRS = {"eyes": ("face.upper.eyes.left_eye", "face.upper.eyes.right_eye"),
          "brows": ("face.upper.brows.left_brow", "face.upper.brows.right_brow")}  # fmt: skip
_SINGLE = {"mouth": "face.lower.mouth.mouth", "nose": "face.middle.nose.nose"}
BARS = {"mouth": 0.75, "nose": 0.60, "eyes": 0.60, "brows": 0.40}


def measure_regions(data_dir: str | Path) -> dict:
    """Intersection over union of each region polygon with its hand-made map.

    Args:
        data_dir: folder with classes.txt and the pairs NAME.jpg, NAME.png.

    Returns:
        {"photos", "not_found": names, "mean_iou": {mouth, nose, eyes, brows}, "count": {...}, "exchanged": number of
        left/right pairs whose polygons overlap the other side's map more, "bars_met", "items": per photo}. A photo
        without a face counts 0 for each of its regions. An eye or brow that the map does not show is left out.
    """
    folder = Path(data_dir)
    classes = _classes(folder / "classes.txt")
    items: dict[str, dict[str, float]] = {}
    values: dict[str, list[float]] = defaultdict(list)
    not_found: list[str] = []
    exchanged = 0
    with FaceFinder() as finder:
        for photo in sorted(folder.glob("*.jpg")):
            frame = load_image(photo)
            labels = np.array(Image.open(photo.with_suffix(".png")))
            faces = finder.find(frame)
            face = max(faces, key=lambda f: f.quality.face_px) if faces else None
            truth = _truth(labels, classes)
            scores, swaps = _score(face, truth, (labels.shape[0], labels.shape[1]))
            exchanged += swaps
            if face is None:
                not_found.append(photo.stem)
            items[photo.stem] = scores
            for name, value in scores.items():
                values[name.split(":")[0]].append(value)
    means = {name: float(np.mean(v)) for name, v in values.items()}
    return {
        "photos": len(items),
        "not_found": not_found,
        "mean_iou": means,
        "count": {name: len(v) for name, v in values.items()},
        "exchanged": exchanged,
        "bars_met": all(means.get(name, 0.0) >= bar for name, bar in BARS.items()) and exchanged == 0,
        "items": items,
    }


def _classes(path: Path) -> dict[str, int]:
    pairs = (line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return {name: int(number) for number, name in pairs}


def _truth(labels: NDArray[np.uint8], classes: dict[str, int]) -> dict[str, Mask]:
    """Maps by name: mouth, nose, eyes:left, eyes:right, brows:left, brows:right (those that are there)."""
    truth = {name: labels == classes[name] for name in _SINGLE}
    eyes = _patches(labels == classes["eyes"], 2)
    if len(eyes) == 2:
        right, left = sorted(eyes, key=_centre_x)
        truth |= {"eyes:left": left, "eyes:right": right}
        hair = labels == classes["hair"]
        for side, eye in (("left", left), ("right", right)):
            brow = _brow(hair, eye, abs(_centre_x(left) - _centre_x(right)))
            if brow is not None:
                truth[f"brows:{side}"] = brow
    return truth


def _patches(mask: Mask, most: int) -> list[Mask]:
    """The largest connected patches."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    order = sorted(range(1, count), key=lambda k: -stats[k, cv2.CC_STAT_AREA])
    return [labels == k for k in order[:most]]


def _centre_x(mask: Mask) -> float:
    return float(np.nonzero(mask)[1].mean())


def _brow(hair: Mask, eye: Mask, eye_distance: float) -> Mask | None:
    """The patch of hair above an eye that is not the head's hair; None when there is none or it runs into that.

    The box reaches 0.6 eye distances up from the eye's centre and 0.65 to both sides; 90 % of the patch lie in it.
    """
    rows, columns = np.nonzero(eye)
    y, x = rows.mean(), columns.mean()
    box = np.zeros_like(hair)
    top = max(0, round(y - 0.6 * eye_distance))
    left, right = max(0, round(x - 0.65 * eye_distance)), max(0, round(x + 0.65 * eye_distance))
    box[top : round(y), left:right] = True
    best: Mask | None = None
    for patch in _patches(hair, 8):
        inside = int((patch & box).sum())
        if inside >= 0.9 * patch.sum() and inside > 30 and (best is None or inside > best.sum()):
            best = patch
    return best


def _score(face: Face | None, truth: dict[str, Mask], shape: tuple[int, int]) -> tuple[dict[str, float], int]:
    """IoU by name of the maps, and the number of pairs that fit better crossed over."""
    if face is None:
        return dict.fromkeys(truth, 0.0), 0
    ids = {name: _SINGLE[name] for name in _SINGLE}
    for group, (left, right) in _PAIRS.items():
        ids |= {f"{group}:left": left, f"{group}:right": right}
    masks = {name: region_mask(ids[name], face.landmarks, shape) for name in truth}
    swaps = 0
    for group in _PAIRS:
        left, right = f"{group}:left", f"{group}:right"
        if left in truth and right in truth:
            straight = iou(masks[left], truth[left]) + iou(masks[right], truth[right])
            crossed = iou(masks[left], truth[right]) + iou(masks[right], truth[left])
            swaps += crossed >= straight
    return {name: iou(masks[name], truth[name]) for name in truth}, swaps


def iou(a: Mask, b: Mask) -> float:
    """Intersection over union of two masks; 1 when both are empty."""
    union = int((a | b).sum())
    return float((a & b).sum() / union) if union else 1.0
