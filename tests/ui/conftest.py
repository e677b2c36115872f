"""A served page for each test that asks for one, and a browser that may only speak with this machine."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.media.builders import counter_video

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def photo(tmp_path, astronaut) -> Path:
    path = tmp_path / "astronaut.png"
    Image.fromarray(astronaut).save(path)
    return path


@pytest.fixture
def second_photo(tmp_path, astronaut) -> Path:
    path = tmp_path / "mirrored <b>.png"
    Image.fromarray(astronaut[:, ::-1].copy()).save(path)
    return path


@pytest.fixture
def clip(tmp_path) -> Path:
    """Three seconds, ten frames a second."""
    return counter_video(tmp_path / "clip.mp4", list(range(0, 3000, 100)))


@pytest.fixture
def serve_page() -> Iterator[Callable]:
    """`serve_page(assistant)` gives the address of its page."""
    from assistant.ui.launch import serve

    pages = []

    def start(assistant) -> str:
        served = serve(assistant)
        pages.append(served.page)
        served.ready.result(timeout=300)
        return served.address

    yield start
    for page in pages:
        page.close(verbose=False)


@pytest.fixture
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        pytest.skip("Debian's chromium is not installed: apt-get install chromium")
    with playwright.sync_playwright() as manager:
        chromium = manager.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_ARGS)
        yield chromium
        chromium.close()
