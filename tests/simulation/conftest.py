"""The astronaut's face as a record (its mesh is stored, so that these tests need no face finder)."""

from pathlib import Path

import numpy as np
import pytest

from media.regions import flip_landmarks
from simulation.records import FaceRecord


@pytest.fixture(scope="session")
def face(astronaut) -> FaceRecord:
    """The astronaut's photo with stored landmarks."""
    landmarks = np.load(Path(__file__).parent / "astronaut_landmarks.npy")
    return FaceRecord(np.ascontiguousarray(astronaut), landmarks, "astronaut", "collins")


@pytest.fixture(scope="session")
def mirrored(face) -> FaceRecord:
    """The same photo mirrored and dimmed, as if it were somebody else."""
    pixels = np.ascontiguousarray(face.pixels[:, ::-1] // 2 + 20).astype(np.uint8)
    return FaceRecord(pixels, flip_landmarks(face.landmarks, face.pixels.shape[1]), "mirror", "other")
