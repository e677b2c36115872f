"""Joining the faces of a video's frames into tracks, one a person, by place, size and look; no identity is learnt.

A face goes on with a track when its box lies where the track's last one was, is about as large, and looks alike: the
same proportions and the same colours. A scene cut ends all tracks. A person who was out of sight for some frames goes
on with the track only where the boxes overlap clearly; else it is a new track. Numbers count from 1 in order of first
sight, left to right in a frame.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from media.crops import crop_face
from media.landmarks import intersection_shares
from media.records import Box, Face, Frame

MIN_IOU = 0.1
RETURN_IOU = 0.3  # after frames out of sight
MAX_SHIFT = 1.0  # centre distance in face sizes: people move between frames that lie a second apart
MAX_SIZE_RATIO = 2.0
MAX_GAP = 4  # looked-at frames a person may be out of sight
PATCH = 8  # cells a side of the colours of a face
# training/track_limits.py, 21 real clips: both are exceeded by 0 of 179 pairs of one person a second apart, and by
# 74 % of pairs of two people.
MAX_SHAPE = 0.05  # root mean square distance of landmarks in face sizes; turning the head alone can exceed it
MAX_COLOUR = 15.0  # mean difference in CIELAB of 8 bits
_BLOCKED = 1e6
_EYES = (33, 263)  # outer corners, the subject's right and left
_STEADY = (10, 152, 234, 454, 33, 133, 362, 263, 1, 4, 6, 168, 5, 98, 327, 70, 300, 127, 356, 132, 361, 172, 397)


@dataclass(frozen=True, eq=False)
class Look:
    """How a face looks, for telling it from another one in the next frames; not an identity.

    Attributes:
        shape: (K, 2) float32, steady landmarks after removing place, size and tilt.
        colour: (PATCH, PATCH, 3) float32, CIELAB over the face, its mean lightness removed.
    """

    shape: NDArray[np.float32]
    colour: NDArray[np.float32]

    def unlike(self, other: "Look") -> float:
        """0 = the same look; above 1 both proportions and colours differ more than they do within one person's."""
        shape = float(np.sqrt(((self.shape - other.shape) ** 2).sum(axis=1).mean()))
        colour = float(np.abs(self.colour - other.colour).mean())
        return min(shape / MAX_SHAPE, colour / MAX_COLOUR)


@dataclass(frozen=True, eq=False)
class Sighting:
    """Where a face is in one frame, and how it looks (None: place and size alone decide)."""

    box: Box
    look: Look | None = None


def look_of(frame: Frame, face: Face) -> Look:
    """Proportions and colours of a face."""
    points = face.landmarks[list(_STEADY)].astype(np.float64)
    across = face.landmarks[_EYES[1]].astype(np.float64) - face.landmarks[_EYES[0]]
    angle = math.atan2(across[1], across[0])
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    upright = (points - points.mean(axis=0)) @ turn.T
    shape = upright / max(float(np.sqrt((upright**2).sum(axis=1).mean())), 1e-6)
    patch = crop_face(frame.pixels, face.landmarks, PATCH, margin=1.0).pixels
    lab = cv2.cvtColor(patch, cv2.COLOR_RGB2LAB).astype(np.float32)
    lab[..., 0] -= lab[..., 0].mean()
    return Look(shape.astype(np.float32), lab)


def _size(box: Box) -> float:
    return max(box[2] - box[0], box[3] - box[1])


def link_cost(a: Box, b: Box, least_iou: float | None = None) -> float:
    """How unlikely two boxes are the same person: 0 = same box, infinite = cannot be.

    Args:
        a, b: boxes in two frames.
        least_iou: overlap that is needed; None = MIN_IOU, or a move by at most MAX_SHIFT.
    """
    ratio = _size(a) / _size(b)
    if not 1 / MAX_SIZE_RATIO <= ratio <= MAX_SIZE_RATIO:
        return math.inf
    centre_a, centre_b = ((a[0] + a[2]) / 2, (a[1] + a[3]) / 2), ((b[0] + b[2]) / 2, (b[1] + b[3]) / 2)
    shift = math.dist(centre_a, centre_b) / (0.5 * (_size(a) + _size(b)))
    iou = intersection_shares(a, b)[0]
    if iou < least_iou if least_iou is not None else (iou < MIN_IOU and shift > MAX_SHIFT):
        return math.inf
    return (1.0 - iou) + shift


def sighting_cost(a: Sighting, b: Sighting, returned: bool = False) -> float:
    """How unlikely two sightings are the same person, by place and look; infinite = cannot be.

    Args:
        returned: the person was out of sight in between.
    """
    cost = link_cost(a.box, b.box, RETURN_IOU if returned else None)
    if a.look is None or b.look is None or math.isinf(cost):
        return cost
    unlike = a.look.unlike(b.look)
    return math.inf if unlike > 1.0 else cost + unlike


def assign(costs: Sequence[Sequence[float]]) -> dict[int, int]:
    """The best one-to-one matching row -> column; pairs of infinite cost are left out."""
    table = np.array(costs, dtype=np.float64)
    if table.size == 0:
        return {}
    rows, columns = linear_sum_assignment(np.where(np.isfinite(table), table, _BLOCKED))
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return {row: column for row, column in pairs if math.isfinite(table[row, column])}


class TrackLinker:
    """Gives every face a track number, frame after frame.

    Args:
        max_gap: frames a person may be out of sight before the track is closed.
    """

    def __init__(self, max_gap: int = MAX_GAP) -> None:
        self._max_gap = max_gap
        self._open: dict[int, tuple[int, Sighting]] = {}  # track -> (frame last seen in, sighting there)
        self._frames = 0
        self._count = 0

    def add(self, seen: Sequence[Sighting], cut: bool = False) -> list[int]:
        """Track numbers of the faces of the next frame, in their order.

        Args:
            seen: its faces.
            cut: a scene ended before this frame.
        """
        now = self._frames
        self._frames += 1
        alive = {} if cut else {t: v for t, v in self._open.items() if now - v[0] <= self._max_gap}
        tracks = list(alive)
        costs = [[sighting_cost(alive[t][1], s, returned=now - alive[t][0] > 1) for t in tracks] for s in seen]
        here = {place: tracks[column] for place, column in assign(costs).items()}
        for place in sorted(range(len(seen)), key=lambda i: seen[i].box[0]):
            if place not in here:
                self._count += 1
                here[place] = self._count
            alive[here[place]] = (now, seen[place])
        self._open = alive
        return [here[place] for place in range(len(seen))]


def follow(known: Mapping[int, Sighting], seen: Sequence[Sighting]) -> dict[int, Sighting]:
    """Which of some faces belong to known tracks: track -> face; tracks without one are left out.

    Args:
        known: a sighting of each track that lies near in time.
        seen: the faces of one frame.
    """
    tracks = list(known)
    pairs = assign([[sighting_cost(known[t], s) for t in tracks] for s in seen])
    return {tracks[column]: seen[row] for row, column in pairs.items()}
