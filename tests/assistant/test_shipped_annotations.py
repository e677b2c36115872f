"""The index of simulated sentences that comes with the weights: what is in it, when it is used, what is said of it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import app
from assistant.annotations import BUILD_HUMAN, Annotations, chosen
from assistant.assistant import Assistant
from assistant.cli import build_parser, main, source_lines
from assistant.conversation import Conversation
from media.errors import BadRequest
from media.records import Cue, Examination
from retrieval.encoders import PictureSide, TextSide
from tests.assistant.conftest import ScriptedLM, evidence_at

pytest.importorskip("faiss", reason="the extra `retrieval` (faiss) is not installed")

from retrieval.index import AnnotationIndex
from retrieval.shipped import SHIPPED

MOUTH = "face.lower.mouth.mouth"
EVIDENCE = replace(evidence_at(0.9, (MOUTH,)), cues=(Cue("smoother", MOUTH, 1.6, 1.6, "times"),))


@pytest.fixture(scope="module")
def side() -> TextSide:
    return TextSide.load()


@pytest.fixture(scope="module")
def annotations() -> Annotations:
    return Annotations.load(SHIPPED)


def test_sentences_of_simulated_forgeries_and_nothing_else(side: TextSide) -> None:
    index = AnnotationIndex.load(SHIPPED, side.key)
    rows = [item.annotation for item in index.items.values()]
    assert 800 <= len(rows) == len({a.text for a in rows}) <= 1500
    assert {(a.simulated, a.dataset, a.annotator, a.split, a.licence) for a in rows} == {
        (True, "simulated", "simulated", "train", "research use")
    }
    assert all(a.regions and a.kinds for a in rows if a.label == "fake")
    assert all("/train/" in name for a in rows for name in a.identities)


def test_frames_of_simulated_forgeries_belong_to_the_shipped_detector() -> None:
    encoder = PictureSide.load(SHIPPED.parent / "kfd")
    index = AnnotationIndex.load(SHIPPED / "frames", encoder.key)  # a new detector needs a new index
    assert len(index) >= 400
    assert all(item.annotation.simulated for item in index.items.values())


def test_the_folder_is_small_and_holds_no_pictures() -> None:
    files = [p for p in SHIPPED.rglob("*") if p.is_file()]
    assert sum(p.stat().st_size for p in files) <= 5_000_000
    assert {p.suffix for p in files} == {".json", ".jsonl", ".faiss"}
    for folder in (SHIPPED, SHIPPED / "frames"):
        meta = json.loads((folder / "meta.json").read_text())
        assert meta["source"] == "simulated"
        assert meta["licence"].startswith("research use")
        assert "--data DIR" in meta["command"]
        assert f"--seed {meta['seed']}" in meta["command"]
        assert "/work" not in json.dumps(meta)
        assert len(meta["data"]["hash"]) == 64


def test_when_it_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert chosen(None) == SHIPPED
    assert chosen(tmp_path) == tmp_path
    assert chosen(None, none=True) is None
    assert chosen(None, profile="tiny") is None
    monkeypatch.setattr("assistant.annotations.find_spec", lambda name: None)  # without the extra
    assert chosen(None) is None
    assert Assistant.load("tiny").annotations is None  # from Python only when asked for


def test_the_options_exclude_each_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for parse in (app.parse_arguments, lambda options: build_parser().parse_args(["ask", "a.png", "Where?", *options])):
        assert parse([]).annotations is None
        assert not parse([]).no_annotations
        assert parse(["--no-annotations"]).no_annotations
        with pytest.raises(SystemExit):
            parse(["--no-annotations", "--annotations", str(tmp_path)])
        assert "not allowed with" in capsys.readouterr().err


def test_the_commands_hand_it_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def load(*_: object, annotations: Path | None = None, **__: object) -> None:
        asked.append(annotations)
        raise BadRequest("stopped here")

    monkeypatch.setattr(Assistant, "load", load)
    (tmp_path / "a.png").write_bytes(b"x")
    ask = ["ask", str(tmp_path / "a.png"), "Where?"]
    for options in ([], ["--no-annotations"], ["--annotations", str(tmp_path)]):
        assert main([*ask, *options]) == 2
        assert app.main(options) == 2
    assert asked == [SHIPPED, SHIPPED, None, None, tmp_path, tmp_path]


def test_they_are_listed_and_never_quoted(annotations: Annotations) -> None:
    assert not annotations.quotable
    prompt = annotations.prompt(EVIDENCE)
    assert len(prompt.examples) == 3
    assert prompt.text == ""
    assert prompt.quotable == ()
    assert all(MOUTH in e.annotation.regions for e in prompt.examples)
    assert annotations.prompt(evidence_at(0.1)).examples == ()
    lines = source_lines(tuple(prompt.sources()))
    assert len(lines) == 4
    assert all("(simulated, research use; similarity" in line for line in lines[:3])
    assert BUILD_HUMAN in lines[3]
    assert source_lines(()) == []


def test_an_answer_lists_them_and_the_model_reads_none(
    annotations: Annotations, tiny: Assistant, examination: Examination
) -> None:
    llm = ScriptedLM(["There is strong support for manipulation."])
    llm.asked = {"Is it fake?": "verdict"}.get  # type: ignore[method-assign]
    face = replace(examination.faces[0], evidence=EVIDENCE)
    conversation = Conversation(
        replace(examination, faces=(face,), measurements=[]), llm, tiny.language[1], annotations=annotations
    )
    list(conversation.ask("Is it fake?"))
    found = conversation.last.examples
    assert len(found) == 3
    assert all(source["simulated"] for source in found)
    assert not any(str(source["text"]) in llm.prompts_seen[0] for source in found)
    assert "similar videos" not in llm.prompts_seen[0]
