"""A conversation with click masks: where the masked tokens stand, what the answers say, and the switch."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.cli import main
from assistant.conversation import Conversation
from assistant.prompts import EmbeddingSegment
from assistant.records import RegionQuery
from media.records import Examination
from tests.assistant.conftest import ScriptedLM, evidence_at

NOSE = "face.middle.nose.nose"


def talk(tiny: Assistant, examination: Examination, kind: str = "soft") -> Conversation:
    llm = ScriptedLM(["At the nose."] * 6)
    llm.asked = {"Where?": "where", "Why?": "why", "Hello": "greeting"}.get  # type: ignore[method-assign]
    face = replace(examination.faces[0], evidence=evidence_at(0.9, (NOSE,)))
    examination = replace(examination, faces=(face,), measurements=[])
    return Conversation(examination, llm, tiny.language[1], masks=tiny.click_masks(kind))  # type: ignore[arg-type]


def pictures(conversation: Conversation, turn: int) -> list[str]:
    """Keys of the soft tokens in a turn's prompt."""
    prompt = conversation._details[turn].prompt
    return [s.key for s in prompt if isinstance(s, EmbeddingSegment)]


def test_later_questions_show_the_face_around_the_predicted_click(tiny: Assistant, examination: Examination) -> None:
    conversation = talk(tiny, examination)
    for question in ("Where?", "Where?", "Hello", "Why?"):
        list(conversation.ask(question))
    said = [turn.answer.masked for turn in conversation.turns]
    assert said == ["", "soft, predicted click", "", "soft, predicted click"]
    whole, first, none, second = (pictures(conversation, turn) for turn in range(4))
    assert len(whole) == len(first) == 2  # visual and forgery
    assert none == []
    assert whole != first == second
    masked = tiny.click_masks("soft")
    assert masked is not None
    assert first[0] == f"1#1:{masked.predicted(conversation.pictures[0].faces[0]).key}"


def test_switched_off_nothing_is_masked(tiny: Assistant, examination: Examination) -> None:
    conversation = talk(tiny, examination, "none")
    for question in ("Where?", "Where?"):
        list(conversation.ask(question))
    assert [turn.answer.masked for turn in conversation.turns] == ["", ""]
    assert pictures(conversation, 1) == []
    conversation.masks = tiny.click_masks("hard")
    list(conversation.ask("Why?"))
    assert conversation.last.masked == "hard, predicted click"
    list(conversation.regenerate())
    assert conversation.last.masked == "hard, predicted click"


def test_the_persons_click_is_masked_alike(tiny: Assistant, examination: Examination) -> None:
    conversation = talk(tiny, examination, "hard")
    list(conversation.ask("Where?"))
    x, y = examination.faces[0].face.landmarks.mean(axis=0).tolist()
    list(conversation.ask("What is here?", RegionQuery(point=(x, y))))
    assert conversation.last.masked == "hard, own click"
    assert pictures(conversation, 1)[0].startswith("1#1:hard:")
    list(conversation.ask("And the nose?"))
    assert conversation.last.masked == ""


def test_ask_takes_the_kind_of_mask(astronaut_png: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["ask", str(astronaut_png), "Where?", "--profile", "tiny", "--mask", "soft"]
    assert main([*arguments, "--json"]) == 0
    (turn,) = json.loads(capsys.readouterr().out)["turns"]
    assert turn["masked"] == ""  # a first question shows the whole face
