"""Human annotations listed under answers: what is searched, when, and with which errors."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.annotations import Annotations
from assistant.assistant import Assistant
from assistant.cli import answer_json, source_line
from assistant.conversation import Conversation
from media.errors import BadRequest, MissingCheckpoint
from media.records import Cue, Examination
from retrieval.annotations import Annotation
from retrieval.encoders import TextSide
from retrieval.storage import MANIFEST
from tests.assistant.conftest import ScriptedLM, evidence_at

MOUTH, NOSE = "face.lower.mouth.mouth", "face.middle.nose.nose"
SAID = {
    "1": "The mouth is blurry and not well defined.",
    "2": "Blurry artifacts around the mouth when speaking.",
    "3": "The nose has a different colour.",
    "4": "Strange light on the forehead.",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A saved index of four sentences."""
    pytest.importorskip("faiss")
    from retrieval.build import build_index, text_inputs

    rows = [
        Annotation(id=number, dataset="ExDDV", manipulation="Deepfakes", name=f"v{number}", label="fake", text=text,
                   annotator="A", split="train", licence="CC BY-NC-SA 4.0")
        for number, text in SAID.items()
    ]  # fmt: skip
    out = tmp_path_factory.mktemp("index")
    build_index(rows, TextSide.load(), out, text_inputs, "flat", lambda *_: None)
    return out


def test_sentences_that_name_the_place_come_first(folder: Path) -> None:
    annotations = Annotations.load(folder)
    evidence = replace(evidence_at(0.9, (MOUTH,)), cues=(Cue("smoother", MOUTH, 1.6, 1.6, "times"),))
    found = annotations.like(evidence, shown=2)
    assert {example.annotation.text for example in found} == {SAID["1"], SAID["2"]}
    assert found[0].similarity >= found[1].similarity
    assert {example.annotation.licence for example in found} == {"CC BY-NC-SA 4.0"}
    assert annotations.like(evidence_at(0.1)) == ()
    assert annotations.like(evidence_at(0.9)) == ()  # nothing flagged: nothing to search with


def test_answers_about_the_finding_have_examples(folder: Path, tiny: Assistant, examination: Examination) -> None:
    quoting = f'There is strong support for manipulation. People wrote of a similar forgery: "{SAID["3"]}"'
    llm = ScriptedLM([quoting, "Hello.", "At the nose."])
    llm.asked = {"Is it fake?": "verdict", "Hello": "greeting", "Where?": "where"}.get  # type: ignore[method-assign]
    face = replace(examination.faces[0], evidence=evidence_at(0.9, (NOSE,)))
    examination = replace(examination, faces=(face,), measurements=[])
    conversation = Conversation(examination, llm, tiny.language[1], annotations=Annotations.load(folder))
    for question in ("Is it fake?", "Hello"):
        list(conversation.ask(question))
    first, second = (turn.answer for turn in conversation.turns)
    assert first.text == quoting
    assert first.agrees_with_evidence
    assert first.regions == ()  # what people wrote of another video is said of that one
    assert first.examples[0]["text"] == SAID["3"]
    assert second.examples == ()
    assert f'"{SAID["3"]}"' in llm.prompts_seen[0]
    assert SAID["3"] not in llm.prompts_seen[1].rpartition("### Human:")[2]
    json.dumps(answer_json(first))
    assert source_line(first.examples[0]).startswith(f'  like it: "{SAID["3"]}" (A, ExDDV, CC BY-NC-SA 4.0; similarity')
    conversation.annotations = None
    list(conversation.ask("Where?"))
    assert conversation.last.examples == ()
    assert SAID["3"] not in llm.prompts_seen[2].rpartition("### Human:")[2]


def test_a_missing_index_names_the_command_that_builds_it(tmp_path: Path) -> None:
    with pytest.raises(MissingCheckpoint, match="python -m retrieval build"):
        Annotations.load(tmp_path)
    with pytest.raises(MissingCheckpoint):
        Assistant.load("tiny", annotations=tmp_path)


def test_an_index_of_pictures_is_refused(folder: Path, tmp_path: Path) -> None:
    manifest = folder / MANIFEST
    data = json.loads(manifest.read_text())
    data["encoder"]["level"] = "global"
    (tmp_path / manifest.name).write_text(json.dumps(data))
    with pytest.raises(BadRequest, match="index of sentences"):
        Annotations.load(tmp_path)
