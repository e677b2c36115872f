import pytest

from assistant.records import Answer, TurnRecord
from assistant.ui.state import MAX_SESSIONS, MessageKey, Picture, SessionStore, chat_messages, message_keys
from tests.ui.fake import FakeAssistant


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def turn(question: str, answer: str = "words", **more) -> TurnRecord:
    kept = {k: more.pop(k) for k in ("superseded", "picture") if k in more}
    return TurnRecord(question, Answer(question, answer, "fake", **more), **kept)


@pytest.fixture
def session(photo):
    """A session with one picture and a conversation without turns."""
    assistant = FakeAssistant()
    examination = assistant.examine(photo)
    session = SessionStore().get("a")
    session.conversation = assistant.conversation(examination)
    session.pictures.append(Picture("one.png", examination, 0))
    return session


def test_a_session_is_kept_until_its_time_is_over():
    clock = Clock()
    store = SessionStore(time_limit=10, clock=clock)
    first = store.get("a")
    clock.now = 9
    assert store.get("a") is first
    clock.now = 18
    assert store.get("a") is first
    clock.now = 28.5
    store.get("b")
    assert len(store) == 1
    assert first.stop.is_set()
    assert store.get("a") is not first


def test_sessions_are_apart_and_bounded():
    clock = Clock()
    store = SessionStore(clock=clock)
    first = store.get("0")
    for number in range(1, MAX_SESSIONS + 1):
        clock.now = number
        assert store.get(str(number)) is not first
    assert len(store) == MAX_SESSIONS
    assert first.stop.is_set()


def test_dropping_a_session_stops_its_work():
    store = SessionStore()
    stop = store.get("a").begin()
    store.drop("a")
    store.drop("never seen")
    assert stop.is_set()
    assert len(store) == 0


def test_a_session_needs_an_id():
    with pytest.raises(ValueError, match="id"):
        SessionStore().get("")


def test_messages_leave_out_superseded_turns_and_keep_their_numbers(session):
    session.conversation.turns = [turn("old", superseded=True), turn("new")]
    assert [m["role"] for m in chat_messages(session)] == ["user", "user", "assistant"]
    assert message_keys(session)[1:] == [MessageKey("question", 1), MessageKey("answer", 1)]
    assert "old" not in str(chat_messages(session))


def test_messages_cannot_carry_markup(session):
    session.conversation.turns = [turn("<img src=x onerror=1>", "<script>", note="<b>")]
    said = str(chat_messages(session))
    assert "<img" not in said
    assert "<script" not in said
    assert "<b>" not in said


def test_the_checkers_note_and_a_stop_are_visible(session):
    session.conversation.turns = [turn("q", "half an", note="The number is wrong.", stopped=True)]
    said = chat_messages(session)[-1]["content"]
    assert "(stopped)" in said
    assert "Note" in said
    assert "The number is wrong." in said


def test_a_second_picture_stands_where_it_was_added_and_answers_name_theirs(session):
    session.conversation.turns = [turn("first"), turn("second", picture=2)]
    session.pictures.append(Picture("two.png", session.pictures[0].examination, 1))
    kinds = [(k.kind, k.index) for k in message_keys(session)]
    assert kinds == [("picture", 0), ("question", 0), ("answer", 0), ("picture", 1), ("question", 1), ("answer", 1)]
    said = chat_messages(session)
    assert "Picture 1" in said[2]["content"]
    assert "Picture 2" in said[5]["content"]
    assert said[4]["content"] == "second"


def test_messages_before_a_turn(session):
    session.conversation.turns = [turn("first"), turn("second")]
    assert [m["content"] for m in chat_messages(session, before=1)][1:] == ["first", "words"]
