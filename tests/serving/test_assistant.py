"""The whole assistant for several people: the same findings and answers as for one alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.records import Answer
from assistant.serving.assistant import ServedAssistant
from media.errors import BadRequest
from tests.serving.conftest import at_once


@pytest.fixture
def served(tiny: Assistant) -> Iterator[ServedAssistant]:
    made = ServedAssistant(Assistant.tiny(seed=0), examiners=2)
    yield made
    made.close()


def answers(assistant: Assistant, path: Path, number: int) -> list[Answer]:
    conversation = assistant.conversation(assistant.examine(path))
    conversation._responder.max_new_tokens = 16
    said = []
    for question in (f"{number} - is this a deepfake image?", "What if I cover the mouth?"):
        list(conversation.ask(question))
        said.append(conversation.last)
    return said


@pytest.mark.slow
def test_several_people_get_what_each_gets_alone(tiny: Assistant, served: ServedAssistant, astronaut_png: Path) -> None:
    alone = [answers(tiny, astronaut_png, n) for n in range(3)]
    together = at_once(3, lambda n: answers(served, astronaut_png, n))
    for own, other in zip(together, alone, strict=True):
        assert [a.text for a in own] == [a.text for a in other]
        assert [a.verdict for a in own] == [a.verdict for a in other]
        assert [a.yes_no for a in own] == pytest.approx([a.yes_no for a in other], abs=1e-4)
    assert len({a[0].text for a in alone}) > 1
    assert served.language[0].caches.nbytes > 0


def test_examiners_share_one_detector(served: ServedAssistant) -> None:
    first, second, third = (served.examiner for _ in range(3))
    assert first is not second
    assert first is third
    assert first.predictor is second.predictor


def test_settings_are_checked(tiny: Assistant) -> None:
    with pytest.raises(BadRequest, match="examiner"):
        ServedAssistant(tiny, examiners=0)
