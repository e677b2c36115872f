"""Joining the faces of sampled video frames into tracks, one a person, by place and size alone."""

import math
from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from media.records import Box

MIN_IOU = 0.1
MAX_SHIFT = 1.0  # centre distance in face sizes: people move between frames that lie a second apart
MAX_SIZE_RATIO = 2.0
MAX_GAP = 4  # sampled frames a person may be out of sight


def box_iou(a: Box, b: Box) -> float:
    """Intersection over union of two boxes, 0 to 1."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    inter = width * height
    area_a, area_b = (a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1])
    return inter / (area_a + area_b - inter)


def _size(box: Box) -> float:
    return max(box[2] - box[0], box[3] - box[1])


def link_cost(a: Box, b: Box) -> float:
    """How unlikely two boxes are the same person: 0 = same box, infinite = cannot be."""
    ratio = _size(a) / _size(b)
    if not 1 / MAX_SIZE_RATIO <= ratio <= MAX_SIZE_RATIO:
        return math.inf
    centre_a, centre_b = ((a[0] + a[2]) / 2, (a[1] + a[3]) / 2), ((b[0] + b[2]) / 2, (b[1] + b[3]) / 2)
    shift = math.dist(centre_a, centre_b) / (0.5 * (_size(a) + _size(b)))
    iou = box_iou(a, b)
    if iou < MIN_IOU and shift > MAX_SHIFT:
        return math.inf
    return (1.0 - iou) + shift


def link_tracks(frames: Sequence[Sequence[Box]], max_gap: int = MAX_GAP) -> list[list[int]]:
    """Give every box of every frame a track number, counted from 1 in order of first sight, left to right.

    Args:
        frames: face boxes of each sampled frame, in time order; a frame may be empty.
        max_gap: frames a track may miss before it is closed.

    Returns:
        The track number of each box, in the shape of `frames`.
    """
    open_tracks: dict[int, tuple[int, Box]] = {}  # track -> (frame last seen, box there)
    numbers: list[list[int]] = []
    count = 0
    for index, boxes in enumerate(frames):
        open_tracks = {t: seen for t, seen in open_tracks.items() if index - seen[0] <= max_gap}
        here = _assign(list(boxes), open_tracks)
        for place in sorted(range(len(boxes)), key=lambda i: boxes[i][0]):
            if here[place] == 0:
                count += 1
                here[place] = count
        for place, box in enumerate(boxes):
            open_tracks[here[place]] = (index, box)
        numbers.append(here)
    return numbers


def _assign(boxes: list[Box], open_tracks: dict[int, tuple[int, Box]]) -> list[int]:
    """The best one-to-one matching of boxes to open tracks; 0 = a new person."""
    here = [0] * len(boxes)
    if not boxes or not open_tracks:
        return here
    tracks = list(open_tracks)
    cost = np.array([[link_cost(open_tracks[t][1], box) for t in tracks] for box in boxes])
    blocked = 1e6
    rows, columns = linear_sum_assignment(np.where(np.isfinite(cost), cost, blocked))
    for row, column in zip(rows, columns, strict=True):
        if math.isfinite(cost[row, column]):
            here[row] = tracks[column]
    return here
