"""The one real face photo that a library ships, and its landmarks."""

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from skimage import data

from media.faces import FaceFinder
from media.records import Face, Frame


@pytest.fixture(scope="session")
def finder() -> Iterator[FaceFinder]:
    with FaceFinder() as made:
        yield made


@pytest.fixture(scope="session")
def photo() -> NDArray[np.uint8]:
    return data.astronaut()


@pytest.fixture(scope="session")
def face(finder: FaceFinder, photo: NDArray[np.uint8]) -> Face:
    (only,) = finder.find(Frame(photo))
    return only
