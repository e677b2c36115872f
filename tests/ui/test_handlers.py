import threading
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.records import Answer, TurnRecord
from assistant.ui import shown, text
from assistant.ui.handlers import Handlers
from assistant.ui.state import Session, SessionStore, chat_messages
from tests.ui.fake import CHIN, WORDS, FakeAssistant

KEY = "visitor"


class Page:
    """The handlers of one visitor, with everything they updated."""

    def __init__(self, **options) -> None:
        self.assistant = FakeAssistant(pause=0.0, **options)
        self.store = SessionStore()
        self.handlers = Handlers(self.assistant, self.store)  # type: ignore[arg-type]

    @property
    def session(self):
        return self.store.get(KEY)

    @property
    def conversation(self):
        return self.assistant.conversations[-1]

    def add(self, path: Path) -> dict:
        return list(self.handlers.examine(str(path), KEY, lambda share, what: None))[-1]

    def ask(self, question: str) -> list[dict]:
        return list(self.handlers.ask(question, KEY))


@pytest.fixture
def page(photo):
    page = Page(faces=2)
    page.add(photo)
    return page


def test_a_bad_file_is_named_with_its_remedy_and_changes_nothing(page, tmp_path):
    bad = tmp_path / "letter.png"
    bad.write_bytes(b"no picture")
    page.ask("Where?")
    last = page.add(bad)
    assert "letter.png: This is not a photo or video that can be read. Save it as JPEG or MP4." in last["notice"]
    assert len(page.session.pictures) == 1
    assert "Some support" in last["card"]
    assert len(last["chat"]) == 3


def test_an_unforeseen_failure_tells_no_secrets(page, photo, monkeypatch):
    monkeypatch.setattr(page.assistant, "examine", lambda *a, **k: 1 / 0)
    assert text.FAILED in page.add(photo)["notice"]


def test_a_second_picture_keeps_the_first_and_one_conversation(page, second_photo):
    page.ask("Where?")
    last = page.add(second_photo)
    assert [c[0] for c in last["pictures"]["choices"]] == [
        "Picture 1: astronaut.png",
        f"Picture 2: {second_photo.name}",
    ]
    assert len(page.assistant.conversations) == 1
    assert page.conversation.picture == 2
    page.ask("And here?")
    page.handlers.choose_picture(0, KEY)
    page.ask("And in the first one?")
    assert [turn.picture for turn in page.conversation.turns] == [1, 2, 1]


def test_the_same_file_again_only_shows_it(page, photo, second_photo):
    page.add(second_photo)
    page.add(photo)
    assert len(page.session.pictures) == 2
    assert page.session.active == 0
    assert page.conversation.picture == 1


def test_a_face_is_chosen_for_card_and_question(page):
    updates = page.handlers.choose_face(2, KEY)
    assert "face 2 of 2" in updates["card"]
    page.ask("Where?")
    assert page.conversation.asked[-1][3] == 2
    assert page.handlers.choose_face(9, KEY)["card"] == updates["card"]


def test_a_click_is_marked_asked_about_once_and_then_forgotten(page):
    updates = page.handlers.click([250, 120], text.MODE_SPOT, KEY)
    assert "(250, 120)" in updates["spot"]
    assert updates["ask_spot"]["interactive"]
    last = page.ask(text.SPOT_QUESTION)[-1]
    assert page.conversation.asked[-1][1].point == (250, 120)
    assert "Measured because you asked" in last["measured"]
    assert text.SPOT_NONE in last["spot"]
    page.ask("Where?")
    assert page.conversation.asked[-1][1] is None


def test_a_box_takes_two_clicks_and_no_empty_box(page):
    first = page.handlers.click([200, 200], text.MODE_BOX, KEY)
    assert "First corner" in first["spot"]
    assert not first["ask_spot"]["interactive"]
    page.handlers.click([200, 150], text.MODE_BOX, KEY)
    assert page.session.mark is None
    page.handlers.click([100, 150], text.MODE_BOX, KEY)
    page.ask("What about this?")
    assert page.conversation.asked[-1][1].box == (100, 150, 200, 200)


def test_a_part_is_chosen_without_a_mouse(page):
    assert "Marked: the chin" in page.handlers.choose_part(CHIN, KEY)["spot"]
    page.ask("Tell me about it")
    assert page.conversation.asked[-1][1].region_ids == (CHIN,)
    page.handlers.choose_part(CHIN, KEY)
    assert text.SPOT_NONE in page.handlers.unmark(KEY)["spot"]


def test_a_click_beside_the_picture_marks_nothing(page):
    page.handlers.click([None, None], text.MODE_SPOT, KEY)
    assert page.session.mark is None


def test_a_mark_does_not_outlive_its_picture(page, second_photo):
    page.handlers.click([250, 120], text.MODE_SPOT, KEY)
    page.add(second_photo)
    assert page.session.mark is None


def test_asking_without_a_picture_or_words_says_what_to_do(page):
    assert text.NO_QUESTION in page.ask("  ")[-1]["notice"]
    assert text.NO_PICTURE in Page().ask("Where?")[-1]["notice"]
    assert page.conversation.asked == []


def test_words_are_streamed_and_the_buttons_change(photo):
    page = Page()
    page.assistant.pause = 0.06
    page.add(photo)
    updates = page.ask("Where?")
    partial = [u["chat"][-1]["content"] for u in updates if "chat" in u]
    assert len(partial) > 4
    assert partial[0] == "..."
    assert partial[-1] == " ".join(WORDS)
    shown = [u["stop"]["visible"] for u in updates if "stop" in u]
    assert shown == [True, False]


def test_stop_keeps_what_was_said(photo):
    page = Page()
    page.assistant.pause = 0.06
    page.add(photo)
    updates = []
    for update in page.handlers.ask("Where?", KEY):
        updates.append(update)
        if len(updates) == 5:
            page.handlers.stop(KEY)
    said = updates[-1]["chat"][-1]["content"]
    assert said.startswith(WORDS[0])
    assert text.STOPPED in said
    assert WORDS[-1] not in said


def test_a_listener_who_leaves_stops_the_model(photo):
    page = Page()
    page.assistant.pause = 0.06
    page.add(photo)
    stream = page.handlers.ask("Where?", KEY)
    for _ in range(4):
        next(stream)
    stop = page.session.stop
    stream.close()  # type: ignore[attr-defined]
    assert stop.is_set()
    assert page.conversation.turns[-1].answer.stopped


def test_regenerate_replaces_the_last_answer_and_keeps_the_record(page):
    page.ask("Where?")
    page.ask("Why?")
    last = list(page.handlers.regenerate(KEY))[-1]
    assert len(page.conversation.turns) == 3
    assert [m["content"] for m in last["chat"] if m["role"] == "user"][1:] == ["Where?", "Why?"]


def test_regenerate_before_any_question_does_nothing(page):
    assert len(list(page.handlers.regenerate(KEY))) == 1
    assert page.conversation.asked == []


def test_edit_drops_what_came_after(page):
    page.ask("Where?")
    page.ask("Why?")
    last = list(page.handlers.edit(1, "Is it &lt;fake&gt;?", KEY))[-1]
    assert page.conversation.asked[-1][0] == "Is it <fake>?"
    assert len(last["chat"]) == 3
    assert [turn.superseded for turn in page.conversation.turns] == [True, True, False]


@pytest.mark.parametrize("index", [0, 2, 99])
def test_only_questions_can_be_edited(page, index):
    page.ask("Where?")
    last = list(page.handlers.edit(index, "Something else", KEY))[-1]
    assert len(page.conversation.asked) == 1
    assert len(last["chat"]) == 3


def test_a_refused_question_gives_its_message_and_frees_the_buttons(page):
    last = page.ask("please raise")[-1]
    assert "That question cannot be served." in last["notice"]
    assert last["send"]["visible"]


def test_restart_forgets_everything(page):
    page.ask("Where?")
    updates = page.handlers.restart(KEY)
    assert updates["chat"] == []
    assert not updates["viewer"]["visible"]
    assert page.session.pictures == []


def test_an_examination_can_be_stopped(photo):
    page = Page()
    seen: list[threading.Event | None] = []
    examine = page.assistant.examine

    def slow(path, progress=None, cancel=None):
        seen.append(cancel)
        return examine(path, progress, cancel)

    page.assistant.examine = slow  # type: ignore[method-assign]
    stream = page.handlers.examine(str(photo), KEY, lambda share, what: None)
    first = next(stream)
    assert first["cancel"]["visible"]
    page.handlers.stop(KEY)
    list(stream)
    assert seen[0] is not None
    assert seen[0].is_set()


def test_the_slider_is_quick_on_a_large_picture(tmp_path, astronaut):
    from PIL import Image

    Image.fromarray(astronaut).resize((4000, 3000)).save(tmp_path / "large.png")
    page = Page()
    page.add(tmp_path / "large.png")
    start = time.process_time()
    shown = page.handlers.set_opacity(0.8, KEY)["picture"]["value"]
    assert time.process_time() - start < 0.5
    assert max(shown.shape) == 1280


def test_the_switch_of_the_annotations_holds_for_this_conversation_and_the_next(page):
    page.handlers._assistant.annotations = index = object()
    assert page.handlers.offers_annotations
    said = page.handlers.set_annotations(False, KEY)["sources"]
    assert text.SOURCES_OFF in said
    assert page.conversation.annotations is None
    page.handlers.set_annotations(True, KEY)
    assert page.conversation.annotations is index


def test_the_switch_of_the_masks_needs_a_click_model_that_fits(page, photo, second_photo):
    assert not page.handlers.offers_masks
    refused = page.handlers.set_masks(True, KEY)
    assert refused["with_masks"] is False
    assert "trained on another detector" in refused["notice"]
    page.assistant.offers_masks = True
    assert page.handlers.set_masks(True, KEY) == {"with_masks": True, "notice": ""}
    assert page.conversation.masks == "soft"
    page.handlers.set_masks(False, KEY)
    assert page.conversation.masks is None
    page.handlers.set_masks(True, KEY)
    assert page.handlers.restart(KEY)["with_masks"] is False
    page.handlers.set_masks(True, KEY)
    page.add(second_photo)
    assert page.conversation.masks == "soft"  # switched on before there was a conversation


def test_an_answer_on_the_page_says_what_was_on():
    session = Session()
    answer = Answer("Where?", "At the mouth.", "fake", masked="soft, predicted click", examples=({"text": "A."},))
    session.conversation = SimpleNamespace(turns=[TurnRecord("Where?", answer)])
    assert chat_messages(session)[-1]["content"].endswith(
        "*With: 1 human sentence, click mask (soft, predicted click)*"
    )


def test_a_marked_spot_can_be_hidden_and_a_video_asked_for_its_worst_moment(page):
    updates = page.handlers.click([250, 120], text.MODE_SPOT, KEY)
    assert updates["hide_spot"]["interactive"]
    page.ask(text.HIDE_QUESTION)
    assert page.conversation.asked[-1][0] == text.HIDE_QUESTION
    assert page.conversation.asked[-1][1].point == (250, 120)
    assert not shown.page(page.session)["ask_worst"]["visible"]
    picture = page.session.pictures[0]
    media = replace(picture.examination.media, kind="video", duration=4.0)
    page.session.pictures[0] = replace(picture, examination=replace(picture.examination, media=media))
    assert shown.page(page.session)["ask_worst"]["visible"]
