"""The annotation page in Debian's Chromium: from opening a video to the exported row."""

import base64
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import cv2
import numpy as np
import pytest

pytest.importorskip("sqlalchemy", reason="the extra `retrieval` is not installed")

import uvicorn

from retrieval.annotate.desk import Desk, Options
from retrieval.annotate.server import build_app
from retrieval.exddv import read_exddv
from tests.retrieval.conftest import WordEncoder
from tests.retrieval.test_annotate_server import until, write_folder
from tests.ui.conftest import browser as browser

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
PATIENT = 90_000  # milliseconds


class Served:
    """The page on a free port, which can be stopped and started again on the same one."""

    def __init__(self, options: Options) -> None:
        self.options, self.port = options, 0
        self.start()

    def start(self) -> None:
        self.desk = Desk(self.options, WordEncoder)
        config = uvicorn.Config(build_app(self.desk), port=self.port, log_level="error", timeout_graceful_shutdown=1)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        until(lambda: self.server.started)
        self.port = self.server.servers[0].sockets[0].getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}/"

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(30)
        self.desk.__exit__()


@pytest.fixture
def served(tmp_path: Path, astronaut: np.ndarray) -> Iterator[Served]:
    options = Options(write_folder(tmp_path / "clips", astronaut), index=tmp_path / "index", licence="CC0")
    page = Served(options)
    yield page
    page.stop()


@pytest.fixture(params=[(1440, 900), (390, 844)], ids=["desktop", "phone"])
def page(request, browser, served) -> Iterator:
    context = browser.new_context(viewport={"width": request.param[0], "height": request.param[1]})
    page = context.new_page()
    page.set_default_timeout(PATIENT)
    outside: list[str] = []
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda r: None if urlparse(r.url).hostname in ("127.0.0.1", None) else outside.append(r.url))
    page.goto(served.address)
    yield page
    assert (errors, outside) == ([], [])
    context.close()


def open_video(page, name: str = "000_003.mp4", annotator: str = "Ada") -> None:
    page.fill("#annotator", annotator)
    page.press("#annotator", "Enter")
    page.click(f"#videos a:has-text('{name}')")
    at(page, 0)


def at(page, frame: int) -> None:
    """Wait until a frame is on the screen."""
    page.wait_for_selector(f"#screen[data-frame='{frame}']")
    page.wait_for_selector(f"#where:has-text('frame {frame} of 20 · {frame / 10:.2f} s')")


def click_picture(page, x: float, y: float) -> None:
    box = page.locator("#fake canvas").bounding_box()
    page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])


def saved(page) -> None:
    page.wait_for_selector("#saved[data-state=saved]")


def test_from_opening_a_video_to_the_exported_row(page, served, tmp_path) -> None:
    open_video(page)
    page.locator("#screen").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    at(page, 11)
    click_picture(page, 0.25, 0.75)
    page.wait_for_selector("#clicks li:has-text('frame 11')")
    click_picture(page, 0.5, 0.5)  # moves it
    page.keyboard.press("ArrowLeft")
    at(page, 10)
    click_picture(page, 0.75, 0.25)
    page.wait_for_selector("#clicks li >> nth=1")
    page.keyboard.press("Control+z")
    page.wait_for_selector("#click-count:text-is('(1)')")
    page.keyboard.press("Control+z")  # back to where it was put first
    page.click("#done")
    page.wait_for_selector("#missing:has-text('a description and how difficult it was to see')")
    page.fill("#text", "The mouht is blurry.")
    page.click("#spelling summary:has-text('mouht')")
    page.click(".choices button:text-is('mouth')")
    page.click("#play")
    at(page, 19)
    page.wait_for_selector("#play:text-is('Play')")
    page.wait_for_selector("#hint:has-text('suggests medium')")
    page.get_by_label("Hard").check()
    page.click("#show-original")
    page.wait_for_selector("#original:not([hidden])")
    page.wait_for_selector("#hint:has-text('suggests hard')")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.click("#done")
    page.wait_for_selector("#title:text-is('001_870.mp4')")  # the next one
    page.click("#export summary")
    page.wait_for_selector("#export-count:has-text('1 finished annotation')")
    with page.expect_download() as download:
        page.click("#export-csv")
    download.value.save_as(tmp_path / "a.csv")
    (row,), report = read_exddv(tmp_path / "a.csv")
    assert (row.annotator, row.name, row.dataset) == ("Ada", "000_003.mp4", "FaceForensics++")
    assert (row.text, row.difficulty, report.dropped) == ("The mouth is blurry.", "hard", [])
    (click,) = row.clicks
    assert click.frame == 11
    assert (click.x, click.y) == (pytest.approx(0.25, abs=0.01), pytest.approx(0.75, abs=0.01))
    (entry,) = served.desk.store.entries(done=True)
    assert entry.draft.clicks[0].time == pytest.approx(1.1)
    assert entry.draft.used_original
    assert entry.draft.watched == pytest.approx(0.9)  # from frame 10 to 19


def decoded(data: bytes) -> np.ndarray:
    """Pixels of a JPEG or PNG."""
    return cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR).astype(int)


def test_the_picture_under_a_number_is_that_frame(page, served) -> None:
    open_video(page)
    tape = served.desk.tape(1, "video")
    for press, number in (("End", 19), ("ArrowLeft", 18), ("Home", 0), ("ArrowRight", 1)):
        page.locator("#screen").focus()
        page.keyboard.press(press)
        at(page, number)
        url = page.evaluate("document.querySelector('#fake canvas').toDataURL('image/png')")
        got = decoded(base64.b64decode(url.split(",")[1]))
        wanted = decoded(tape.read(number, 1)[0][1])
        other = decoded(tape.read((number + 1) % 20, 1)[0][1])
        assert np.abs(got - wanted).mean() < 2 < np.abs(other - wanted).mean()


def test_work_is_resumed_and_outlives_the_server(page, served) -> None:
    open_video(page)
    page.locator("#screen").focus()
    page.keyboard.press("c")
    page.keyboard.press("Alt+ArrowRight")
    page.fill("#text", "First sentence.")
    page.get_by_label("Easy").check()
    saved(page)
    page.reload()
    at(page, 0)
    assert page.input_value("#text") == "First sentence."
    assert page.get_by_label("Easy").is_checked()
    assert page.inner_text("#click-count") == "(1)"
    served.stop()
    page.fill("#text", "First sentence. Second")
    page.wait_for_selector("#saved[data-state=failed]")
    page.wait_for_selector("#notice:has-text('does not answer')")
    served.start()
    saved(page)
    page.wait_for_selector("#notice", state="hidden")
    draft = served.desk.store.load(1, "Ada")
    assert (draft.text, draft.clicks[0].x) == ("First sentence. Second", pytest.approx(0.51))


def test_several_annotators_and_their_agreement(page, served) -> None:
    for annotator in ("Ada", "Bob"):
        page.goto(served.address)
        open_video(page, annotator=annotator)
        assert page.input_value("#text") == ""
        page.locator("#screen").focus()
        page.keyboard.press("c")
        page.fill("#text", "The mouth is blurry.")
        page.get_by_label("Medium").check()
        page.click("#done")
        page.wait_for_selector("#title:text-is('001_870.mp4')")
    page.goto(f"{served.address}agreement")
    page.wait_for_selector("h3:text-is('Ada and Bob')")
    assert "100.0 % (35.1 %)" in page.inner_text("#pairs")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_empty_states_and_a_second_tab(page, served) -> None:
    page.wait_for_selector("#empty:has-text('Choose a video')")
    assert page.inner_text("#progress") == "0 of 2 done"
    page.click("#videos a >> nth=0")
    page.wait_for_selector("#notice:has-text('Write your name first')")
    page.goto(f"{served.address}agreement")
    page.wait_for_selector("#state:has-text('No video has been finished by two annotators')")
    page.goto(served.address)
    page.click("#export summary")
    page.wait_for_selector("#export-count:has-text('nothing to export')")
    page.keyboard.press("Escape")
    page.click("h1")
    open_video(page)
    other = page.context.new_page()
    other.set_default_timeout(PATIENT)
    other.goto(page.url)
    at(other, 0)
    other.fill("#text", "From the second tab.")
    saved(other)
    page.fill("#text", "From the first tab.")
    page.wait_for_selector("#notice:has-text('load it again')")
    assert served.desk.store.load(1, "Ada").text == "From the second tab."


def test_every_control_has_a_name(page) -> None:
    open_video(page)
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('button, input, textarea, select, a')].filter(e => e.offsetParent)
          .filter(e => !(e.textContent.trim() || e.ariaLabel || e.title || e.labels?.length)).map(e => e.outerHTML)"""
    )
    assert nameless == []
    page.locator("#screen").focus()
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open]:has-text('play or pause')")
