"""Set a photo in motion: the head turns, the camera sways, the light and the expression change, all smoothly.

The head is an ellipsoid with a nose on it: a turn moves a mesh point by its depth, and the picture follows the mesh
points by a smooth warp that dies out in the background. Such clips are real ones for training, and said to be animated.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.expressions import ACTIONS, express
from simulation.families.common import Draw, face_centre
from simulation.hulls import extent, size_of
from simulation.records import Geometry, Warp
from simulation.video_records import AnimationParams, Clip, Wave
from simulation.warps import control_field, geometry_matrix, move_by_field, sample_field, transform, warp_affine

Points = NDArray[Any]
_DEPTH, _NOSE, _NOSE_REACH = 0.42, 0.10, 0.11  # depth of the ellipsoid and of the nose, width of the nose, times L
_REACH = 0.14  # of a control point, times L
_CONTROLS = slice(0, 468, 6)
_EXPRESSIONS = {  # largest amplitude, shortest and longest period in seconds
    "mouth_open": (0.03, 0.25, 0.9),
    "mouth_wide": (0.015, 0.4, 1.5),
    "smile": (0.015, 1.0, 4.0),
    "brow_raise": (0.015, 0.8, 4.0),
    "eye_open": (0.008, 0.3, 2.0),
    "jaw_shift": (0.006, 0.5, 2.0),
}
assert set(_EXPRESSIONS) <= set(ACTIONS)


def draw_animation(rng: np.random.Generator, liveliness: float = 1.0, stride: int = 1) -> AnimationParams:
    """Draw smooth motions; liveliness 0 is a still picture, stride counts 1/25 s between frames."""
    d = Draw(rng)

    def wave(amplitude: float, low: float, high: float) -> Wave:
        return Wave(round(liveliness * d.between(0, amplitude), 6), d.between(low, high), d.between(0, 1))

    chosen = d.some(tuple(_EXPRESSIONS), 1, 4)
    return AnimationParams(
        yaw=wave(12, 1.2, 5),
        pitch=wave(7, 1.2, 5),
        roll=wave(4, 1.5, 6),
        dx=wave(0.06, 1.0, 5),
        dy=wave(0.04, 1.0, 5),
        zoom=wave(0.04, 2.0, 6),
        gain=wave(0.06, 0.8, 5),
        side=wave(0.12, 1.0, 5),
        expressions=tuple((name, wave(*_EXPRESSIONS[name])) for name in chosen),
        step=round(0.04 * stride, 5),
    )


def animate(
    pixels: NDArray[np.uint8], landmarks: Points, params: AnimationParams, frames: int, name: str, person: str = ""
) -> Clip:
    """A clip of a photo.

    Args:
        pixels: uint8 (H, W, 3) RGB with room around the face.
        landmarks: (478, 2) in its pixels.
        frames: T.
    """
    points = np.asarray(landmarks, np.float32)
    shown = [animated_frame(pixels, points, params, i * params.step) for i in range(frames)]
    return Clip(np.stack([f for f, _ in shown]), np.stack([p for _, p in shown]), name, person, animated=True)


def animated_frame(
    pixels: NDArray[np.uint8], landmarks: Points, params: AnimationParams, seconds: float
) -> tuple[NDArray[np.uint8], Points]:
    """The photo and its landmarks at a time."""
    length, centre = extent(landmarks), face_centre(landmarks)
    warps = tuple(Warp(action, wave.at(seconds)) for action, wave in params.expressions if wave.amplitude)
    image, points = express(pixels.astype(np.float32), landmarks, warps)
    turn = turn_field(points, params.yaw.at(seconds), params.pitch.at(seconds), size_of(pixels))
    if turn.any():
        image, points = move_by_field(image, turn), points + sample_field(turn, points)
    zoom = 1 + params.zoom.at(seconds)
    camera = Geometry(params.dx.at(seconds), params.dy.at(seconds), zoom, params.roll.at(seconds))
    if camera != Geometry():
        matrix = geometry_matrix(camera, centre, length)
        image, points = warp_affine(image, matrix, size_of(pixels)), transform(points, matrix)
    light = 1 + params.gain.at(seconds)
    across = (np.arange(pixels.shape[1], dtype=np.float32) - centre[0]) / (0.5 * length)
    image = image * (light + params.side.at(seconds) * np.clip(across, -1.5, 1.5))[None, :, None]
    return np.clip(np.rint(image), 0, 255).astype(np.uint8), points.astype(np.float32)


def turn_field(landmarks: Points, yaw: float, pitch: float, size: tuple[int, int]) -> Points:
    """Forward displacement (2, H, W) in pixels of a head turn (degrees; yaw > 0 to the image's right, pitch > 0 up)."""
    if not yaw and not pitch:
        return np.zeros((2, *size), np.float32)
    length = extent(landmarks)
    points = landmarks[_CONTROLS]
    offset = points - face_centre(landmarks)
    radius = np.minimum((offset / (0.55 * length)) ** 2, 1).sum(axis=1)
    nose = np.exp(-((points - landmarks[4]) ** 2).sum(axis=1) / (2 * (_NOSE_REACH * length) ** 2))
    depth = length * (_DEPTH * np.sqrt(np.clip(1 - radius, 0, 1)) + _NOSE * nose)
    y, p = np.deg2rad(yaw), np.deg2rad(pitch)
    moves = np.column_stack(
        [depth * np.sin(y) + offset[:, 0] * (np.cos(y) - 1), -depth * np.sin(p) + offset[:, 1] * (np.cos(p) - 1)]
    )
    return control_field(points, moves, _REACH * length, size)
