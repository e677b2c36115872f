"""Head pose from 2-D landmarks by fitting an affine camera to a mean head.

The mean head below (17 points of the subject's right side and midline; the left side is their mirror) was averaged and
made symmetric from the mesh's own depth over 129 near-frontal photos; unit = distance of the outer eye corners, x to
the image's right, y down, z away from the camera. Zero pitch therefore means the mean pose of those photos.
"""

import numpy as np
from numpy.typing import NDArray

from media.mesh_symmetry import FLIP_INDEX

_MEAN_HEAD: dict[int, tuple[float, float, float]] = {
    2: (0.0, 0.501, -0.298),
    4: (0.0, 0.368, -0.494),
    5: (0.0, 0.274, -0.468),
    6: (0.0, 0.047, -0.291),
    9: (0.0, -0.210, -0.261),
    10: (0.0, -0.557, -0.194),
    151: (0.0, -0.389, -0.232),
    168: (0.0, -0.037, -0.243),
    197: (0.0, 0.124, -0.346),
    33: (-0.499, 0.0, 0.0),
    50: (-0.551, 0.349, -0.065),
    70: (-0.638, -0.157, 0.007),
    93: (-0.763, 0.363, 0.602),
    103: (-0.556, -0.459, 0.016),
    127: (-0.779, 0.050, 0.545),
    129: (-0.244, 0.397, -0.169),
    133: (-0.195, 0.020, -0.057),
    234: (-0.773, 0.205, 0.597),
}


def _head() -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    both = dict(_MEAN_HEAD)
    for index, (x, y, z) in _MEAN_HEAD.items():
        both[int(FLIP_INDEX[index])] = (-x, y, z)
    points = np.array(list(both.values()))
    return np.array(list(both)), points - points.mean(axis=0)


_INDICES, _POINTS = _head()


def head_pose(landmarks: NDArray[np.floating]) -> tuple[float, float, float]:
    """Yaw, pitch and roll in degrees.

    Args:
        landmarks: (478, 2) in pixels, any scale.

    Returns:
        yaw > 0: turned to the subject's left (image right); pitch > 0: looking up; roll > 0: the head leans to the
        subject's left shoulder (clockwise in the image). About right up to 60 degrees, a coarse guess beyond.
    """
    seen = np.asarray(landmarks, dtype=np.float64)[_INDICES]
    camera = np.linalg.lstsq(_POINTS, seen - seen.mean(axis=0), rcond=None)[0].T  # (2, 3)
    u, _, vt = np.linalg.svd(camera, full_matrices=False)
    rows = u @ vt  # nearest two orthonormal rows of a rotation
    rotation = np.vstack([rows, np.cross(rows[0], rows[1])])
    forward, across = -rotation[:, 2], rotation[:, 0]
    yaw = np.degrees(np.arctan2(forward[0], -forward[2]))
    pitch = np.degrees(np.arctan2(-forward[1], np.hypot(forward[0], forward[2])))
    roll = np.degrees(np.arctan2(across[1], across[0]))
    return float(yaw), float(pitch), float(roll)
