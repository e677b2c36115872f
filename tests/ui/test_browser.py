"""The page in a real browser: Debian's Chromium, cut off from everything but this machine."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest

from assistant.ui import text
from tests.films import write_film
from tests.ui.fake import WORDS, FakeAssistant

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
WIDTHS = [(1440, 900), (390, 844)]
SOON, PATIENT = 20_000, 90_000  # milliseconds


class Tab:
    """One browser tab with the page, and what it asked of the network outside."""

    def __init__(self, browser, address: str, size: tuple[int, int] = (1440, 900)) -> None:
        self.context = browser.new_context(viewport={"width": size[0], "height": size[1]})
        self.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address.rstrip("/"))
        self.page = self.context.new_page()
        self.page.set_default_timeout(SOON)
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.context.route("**/*", self._gate)
        self.page.goto(address)
        self.page.wait_for_selector(".finding", timeout=PATIENT)

    def _gate(self, route) -> None:
        url = urlparse(route.request.url)
        if url.scheme in ("http", "https", "ws", "wss") and url.hostname not in ("127.0.0.1", "localhost"):
            self.outside.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    def upload(self, path: Path, selector: str = "#upload input[type=file]") -> None:
        self.page.set_input_files(selector, str(path))

    def add(self, path: Path) -> None:
        self.upload(path)
        self.page.wait_for_selector(f".finding .of:has-text('{path.name[:6]}')", timeout=PATIENT)

    def button(self, name: str):
        return self.page.locator(f"button:text-is('{name}')")

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something that happens on the server."""
        for _ in range(PATIENT // 100):
            if condition():
                return
            self.page.wait_for_timeout(100)
        pytest.fail("waited in vain")

    def answers(self):
        return self.page.locator("#chat .bot.message")

    def answered(self, count: int, ending: str = WORDS[-1]) -> str:
        """Wait until `count` answers stand there and the last is complete; its text."""
        last = self.answers().nth(count - 1)
        last.get_by_text(ending).first.wait_for(timeout=PATIENT)
        self.button("Ask").wait_for()
        return last.inner_text()

    def ask(self, question: str) -> None:
        self.page.get_by_label("Your question").fill(question)
        self.page.get_by_label("Your question").press("Enter")

    def click_picture(self, x: float, y: float) -> None:
        """Click at shares x, y of the picture."""
        image = self.page.locator("#picture img").first
        image.scroll_into_view_if_needed()
        box = image.bounding_box()
        assert box is not None
        image.click(position={"x": x * box["width"], "y": y * box["height"]})


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant(faces=2, pause=0.02)


@pytest.fixture(params=WIDTHS, ids=["desktop", "phone"])
def tab(request, browser, serve_page, assistant) -> Iterator[Tab]:
    tab = Tab(browser, serve_page(assistant), request.param)
    yield tab
    assert tab.outside == []
    assert tab.errors == []
    tab.context.close()


@pytest.fixture
def desktop(browser, serve_page, assistant) -> Iterator[Tab]:
    tab = Tab(browser, serve_page(assistant))
    yield tab
    assert tab.outside == []
    assert tab.errors == []
    tab.context.close()


def test_the_empty_page_tells_what_it_is_and_its_limits(tab):
    said = tab.page.inner_text("body")
    for part in (*text.NOTICES, "megapixels", "What the words mean", text.MEANING["little support"]):
        assert part in said
    assert tab.button(text.FORGERY_LABEL).is_visible()


def test_one_glance_and_no_sideways_scrolling(tab, photo):
    tab.add(photo)
    tab.page.wait_for_timeout(1500)
    height = tab.page.viewport_size["height"]
    for selector in (".verdict", ".finding dd >> nth=0", ".finding dd >> nth=1"):
        box = tab.page.locator(selector).first.bounding_box()
        assert 0 <= box["y"]
        assert box["y"] + box["height"] <= height
    tab.page.get_by_text("What was measured").click()
    tab.page.wait_for_selector(".measured table")
    assert tab.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_click_a_known_pixel_and_ask_about_it(tab, photo, assistant):
    tab.add(photo)
    tab.click_picture(0.25, 0.75)
    tab.page.wait_for_selector("#spot >> text=Marked")
    tab.button(text.SPOT_QUESTION).click()
    tab.answered(1)
    question, region, _, _ = assistant.conversations[0].asked[0]
    assert question == text.SPOT_QUESTION
    assert region.point == pytest.approx((128, 384), abs=3)


def test_a_box_by_two_clicks(desktop, photo, assistant):
    desktop.add(photo)
    desktop.page.get_by_label(text.MODE_BOX).check()
    desktop.click_picture(0.25, 0.25)
    desktop.page.wait_for_selector("#spot >> text=First corner")
    desktop.click_picture(0.5, 0.75)
    desktop.page.wait_for_selector("#spot >> text=Marked: the box")
    desktop.ask("What about this part?")
    desktop.answered(1)
    assert assistant.conversations[0].asked[0][1].box == pytest.approx((128, 128, 256, 384), abs=3)


def test_chips_are_asked(tab, photo, assistant):
    tab.add(photo)
    for number, chip in enumerate(text.CHIPS[:2], 1):
        tab.button(chip).click()
        tab.answered(number)
    assert [asked[0] for asked in assistant.conversations[0].asked] == list(text.CHIPS[:2])


def test_stop_keeps_the_partial_answer(desktop, photo, assistant):
    assistant.pause = 0.5
    desktop.add(photo)
    desktop.ask("Where?")
    desktop.answers().first.get_by_text(WORDS[1]).wait_for(timeout=PATIENT)
    desktop.button("Stop").click()
    said = desktop.answered(1, "(stopped)")
    assert WORDS[0] in said
    assert WORDS[-1] not in said


def test_regenerate_and_edit(desktop, photo, assistant):
    desktop.add(photo)
    desktop.ask("Where?")
    desktop.answered(1)
    desktop.page.locator("#chat").get_by_role("button", name="Retry").click()
    desktop.until(lambda: len(assistant.conversations[0].turns) == 2)
    desktop.answered(1)
    desktop.page.locator("#chat").get_by_role("button", name="Edit").last.click()
    desktop.page.locator("#chat textarea").fill("Why?")
    desktop.page.locator("#chat").get_by_role("button", name="Submit").click()
    desktop.page.locator("#chat .user.message", has_text="Why?").wait_for()
    desktop.until(lambda: len(assistant.conversations[0].turns) == 3)
    desktop.answered(1)
    assert [turn.question for turn in assistant.conversations[0].turns if not turn.superseded] == ["Why?"]
    assert desktop.answers().count() == 1


def test_a_second_picture_and_back(desktop, photo, second_photo, assistant):
    desktop.add(photo)
    desktop.ask("Where?")
    desktop.answered(1)
    desktop.add(second_photo)
    desktop.ask("And here?")
    desktop.answered(2)
    desktop.page.get_by_label("Picture 1: astronaut.png").check()
    desktop.page.wait_for_selector(".finding .of:has-text('Picture 1')")
    desktop.ask("And in the first?")
    desktop.answered(3)
    assert [asked[2] for asked in assistant.conversations[0].asked] == [1, 2, 1]


def test_choose_a_face(desktop, photo):
    desktop.add(photo)
    desktop.page.get_by_label("Face 2: some support").check()
    desktop.page.wait_for_selector(".finding .of:has-text('face 2 of 2')")


def test_the_overlay_changes_with_the_slider(desktop, photo):
    desktop.add(photo)
    image = desktop.page.locator("#picture img").first
    before = image.get_attribute("src")
    slider = desktop.page.locator("input[type=range]")
    slider.focus()
    slider.press("Home")
    desktop.page.wait_for_function(
        "before => document.querySelector('#picture img').getAttribute('src') !== before", arg=before
    )


def test_a_bad_file_is_explained_and_a_good_one_still_works(tab, photo, tmp_path):
    bad = tmp_path / "letter.jpg"
    bad.write_bytes(b"no picture at all")
    tab.upload(bad)
    tab.page.wait_for_selector(".notice[role=alert]:has-text('letter.jpg: This is not a photo')", timeout=PATIENT)
    tab.add(photo)
    assert tab.page.locator(".notice").count() == 0


def test_a_picture_is_pasted(desktop):
    desktop.page.wait_for_selector("#upload input[type=file]", state="attached", timeout=PATIENT)
    desktop.page.evaluate(
        """async () => {
          const canvas = Object.assign(document.createElement('canvas'), {width: 320, height: 240});
          const blob = await new Promise(done => canvas.toBlob(done, 'image/png'));
          const data = new DataTransfer();
          data.items.add(new File([blob], 'pasted.png', {type: 'image/png'}));
          document.body.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true}));
        }"""
    )
    desktop.page.wait_for_selector(".finding .of:has-text('pasted.png')", timeout=PATIENT)


def test_the_simulated_forgery_says_what_it_is(desktop):
    desktop.button(text.FORGERY_LABEL).click()
    desktop.page.wait_for_selector(".finding .of:has-text('simulated-forgery')", timeout=PATIENT)


def test_everything_is_reached_by_keyboard_and_named(desktop, photo):
    desktop.add(photo)
    nameless = desktop.page.evaluate(
        """() => [...document.querySelectorAll('button, input, textarea, select')]
          .filter(e => e.offsetParent && !e.closest('.hide'))
          .filter(e => !(e.innerText || e.ariaLabel || e.title || e.labels?.length || e.alt ||
                         e.getAttribute('aria-labelledby') || e.querySelector('img[alt]')))
          .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert nameless == []
    reached = set()
    for _ in range(80):
        desktop.page.keyboard.press("Tab")
        reached.add(
            desktop.page.evaluate("document.activeElement.innerText || document.activeElement.ariaLabel || ''").strip()
        )
    assert {text.CHIPS[0], "Ask", "Add another picture to this conversation"} <= reached


def test_start_over_forgets(desktop, photo):
    desktop.add(photo)
    desktop.ask("Where?")
    desktop.answered(1)
    desktop.button("Delete this conversation and its findings").click()
    desktop.page.wait_for_selector(".finding.empty")
    assert desktop.answers().count() == 0


def looks_at(tab: Tab, said: str, number: int) -> None:
    """Wait until the viewer says that it shows a moment, and read the number burnt into the frame it shows."""
    tab.page.locator("#moment-said", has_text=said).wait_for(timeout=PATIENT)
    white = """bit => {
        const image = document.querySelector('#picture img');
        const canvas = Object.assign(document.createElement('canvas'), {width: 128, height: 48});
        canvas.getContext('2d').drawImage(image, 0, 0, 128, 48);
        return canvas.getContext('2d').getImageData(16 * bit + 8, 3, 1, 1).data[0] > 128;
    }"""
    tab.until(lambda: sum(1 << bit for bit in range(8) if tab.page.evaluate(white, bit)) == number)


def test_a_moment_is_reached_by_mouse_keyboard_sheet_and_question(tab, clip):
    tab.add(clip)
    looks_at(tab, "at 0:01.00, the worst frame: this frame alone 0.90, the whole person 0.72", 10)
    line = tab.page.locator(".timeline svg")
    line.scroll_into_view_if_needed()
    box = line.bounding_box()
    line.click(position={"x": 0.515 * box["width"], "y": 0.5 * box["height"]})
    looks_at(tab, "at 0:01.50", 15)
    slider = tab.page.locator("#moment-at input[type=range]")
    slider.focus()
    slider.press("Home")
    for _ in range(5):
        slider.press("ArrowRight")
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("Enter")
    looks_at(tab, "at 0:00.50: this frame alone 0.30", 5)
    tab.button(text.MOMENT_BACK).click()
    looks_at(tab, "the worst frame", 10)
    tab.page.locator("#worst-frames").get_by_text(text.SHEET_TITLE).click()
    tab.page.get_by_label("Person 1 at 0:00.00").click(timeout=PATIENT)
    looks_at(tab, "at 0:00.00", 0)
    tab.page.get_by_label(text.MOMENT_LABEL).first.fill("2.5")
    tab.button(text.MOMENT_LOOK).click()
    looks_at(tab, text.NO_FACE_HERE, 25)
    tab.ask("What happens at 0:01?")
    tab.answered(1)
    looks_at(tab, "at 0:01.00: this frame alone", 10)
    assert tab.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_video_offers_its_own_questions(desktop, clip, assistant):
    desktop.add(clip)
    desktop.button(text.MOTION_QUESTION).click()
    desktop.answered(1)
    assert assistant.conversations[0].asked[0][0] == text.MOTION_QUESTION


def test_a_jump_with_the_real_chain(browser, serve_page, astronaut, tmp_path):
    """The tiny assistant on a video of one face, five frames a second."""
    import numpy as np

    from assistant.assistant import Assistant

    moving = (np.roll(astronaut[:256, 96:352], shift, axis=1) for shift in range(10))
    path = write_film(tmp_path / "face.mp4", moving, rate=5)

    tab = Tab(browser, serve_page(Assistant.tiny()))
    tab.add(path)
    tab.page.locator("#moment-at input[type=number]").fill("1.3")
    tab.button(text.MOMENT_LOOK).click()
    said = tab.page.locator("#moment-said", has_text="Person 1 at 0:01.20: this frame alone 0.")
    said.wait_for(timeout=PATIENT)
    assert ", the whole person 0." in said.inner_text()
    assert tab.outside == tab.errors == []
    tab.context.close()
