"""Shared fixtures: no network in any test, one real face photo that a library ships, and what is slow by marker."""

import numpy as np
import pytest
from numpy.typing import NDArray
from pytest_socket import disable_socket, enable_socket, socket_allow_hosts


@pytest.fixture(autouse=True)
def _no_network(request: pytest.FixtureRequest):
    """Block sockets; tests that serve a page on this machine (marker `serves`) may use the loopback address only."""
    if request.node.get_closest_marker("serves") or request.node.get_closest_marker("browser"):
        enable_socket()
        socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)
    else:
        disable_socket(allow_unix_socket=True)
    yield
    enable_socket()


@pytest.fixture(scope="session")
def astronaut() -> NDArray[np.uint8]:
    """A real photo of a face, uint8 RGB (512, 512, 3): Eileen Collins, NASA, public domain."""
    from skimage import data

    return data.astronaut()
