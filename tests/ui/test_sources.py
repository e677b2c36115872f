"""What the page says of annotations that a program wrote, and how to have those of people."""

from types import SimpleNamespace

import pytest

from assistant.annotations import BUILD_HUMAN
from assistant.records import Answer, TurnRecord
from assistant.ui import cards, text
from assistant.ui.handlers import Handlers
from assistant.ui.layout import build_page
from assistant.ui.state import Session, SessionStore
from tests.ui.fake import FakeAssistant

SOURCE = {"text": "The mouth: a doubled line.", "annotator": "simulated", "dataset": "simulated", "video": "v",
          "simulated": True, "licence": "research use", "label": "fake", "similarity": 0.8125}  # fmt: skip


def handlers(quotable: bool | None) -> Handlers:
    assistant = FakeAssistant()
    assistant.annotations = None if quotable is None else SimpleNamespace(quotable=quotable)
    return Handlers(assistant, SessionStore())  # type: ignore[arg-type]


def test_simulated_sources_are_called_so() -> None:
    session = Session()
    session.conversation = SimpleNamespace(
        turns=[TurnRecord("Where?", Answer("Where?", "There.", "fake", examples=(SOURCE,)))]
    )
    said = cards.sources(session)
    assert "(simulated" not in said
    assert "<small>simulated, research use; similarity 0.81</small>" in said
    assert text.SIMULATED_HELP in said
    assert text.SOURCES_HELP not in said


@pytest.mark.parametrize(("quotable", "shown"), [(False, True), (True, False), (None, False)])
def test_the_empty_part_names_the_command_for_human_ones(quotable: bool | None, shown: bool) -> None:
    made = handlers(quotable)
    assert made.simulated_annotations is shown
    assert made.offers_annotations is (quotable is not None)
    page = str(build_page(made, "limits").config)
    assert (BUILD_HUMAN in page) is shown
    assert (text.SIMULATED_TITLE in page) is shown
    assert (text.SOURCES_TITLE in page) is not shown
