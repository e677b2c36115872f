"""What a question is about, read by a linear layer on sentence vectors."""

from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

from assistant.assistant import Assistant
from assistant.question_reader import READER_FILE, QuestionReader
from media.errors import MissingCheckpoint
from media.records import Examination
from tests.assistant.conftest import ScriptedLM

WORDS = {"where": (1.0, 0.0), "who": (0.0, 1.0)}


def vectors(questions: list[str]) -> torch.Tensor:
    """Vectors that count two words."""
    return torch.tensor([[float(word in q.lower()) for word in WORDS] for q in questions])


def reader(threshold: float = 0.6) -> QuestionReader:
    weight = torch.tensor([[6.0, 0.0], [0.0, 6.0], [0.0, 0.0]])
    limits = (threshold, 0.9, 0.9)
    found = QuestionReader(weight, torch.zeros(3), ("where", "identity", "region"), limits, {"where": {"": 1.0}})
    found._encoder = SimpleNamespace(vectors=vectors)  # type: ignore[assignment]
    return found


def test_names_an_intent_only_when_sure() -> None:
    assert reader().intent("Where?") == "where"
    assert reader().intent("Who is she?") == "identity"
    assert reader().intent("Hm") is None
    assert reader().evidence("Who is she?") == "[asked: who the person is]"
    assert reader().evidence("Hm") == ""


def test_every_intent_has_its_own_threshold() -> None:
    assert reader(0.999).intent("Where?") is None
    assert reader(0.999).intent("Who is she?") == "identity"


def test_a_question_about_a_place_gets_no_hint() -> None:
    one = reader()
    one.bias = torch.tensor([0.0, 0.0, 20.0])
    assert one.intent("the nose") == "region"
    assert one.evidence("the nose") == ""


def test_is_stored_and_read_again(tmp_path: Path) -> None:
    assert QuestionReader.load(tmp_path) is None
    reader(0.4).save(tmp_path, seed="3")
    again = QuestionReader.load(tmp_path)
    assert again is not None
    assert again.intents == ("where", "identity", "region")
    assert (again.thresholds, again.noise) == ((0.4, 0.9, 0.9), {"where": {"": 1.0}})
    assert torch.equal(again.weight, reader().weight)


def test_an_incomplete_file_is_refused(tmp_path: Path) -> None:
    from safetensors.torch import save_file

    save_file({"weight": torch.zeros(1, 2)}, tmp_path / READER_FILE)
    with pytest.raises(MissingCheckpoint, match="incomplete"):
        QuestionReader.load(tmp_path)


def test_the_hint_stands_before_the_question(tiny: Assistant, examination: Examination) -> None:
    from assistant.conversation import Conversation

    llm = ScriptedLM(["Hello."] * 3)
    llm.reader = reader()
    conversation = Conversation(examination, llm, tiny.language[1])
    list(conversation.ask("Where is it?"))
    list(conversation.ask("And?"))
    list(conversation.ask("Where at the nose?"))
    assert "[asked: where] Where is it?" in llm.prompts_seen[0]
    assert "[asked" not in llm.prompts_seen[1].rsplit("Human:", 1)[1]
    assert "[asked" not in llm.prompts_seen[2].rsplit("Human:", 1)[1]  # a named place has its own evidence
