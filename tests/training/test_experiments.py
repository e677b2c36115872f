"""Rows of the paper's tables as options; general dialogue in PandaGPT's format; budgets of steps."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from media.errors import BadRequest
from prompt_learner.config import PromptLearnerConfig
from prompt_learner.model import PromptModel
from training import prompt_tune, train_kfd
from training.common import command_line, provenance, used_share
from training.experiments import FEW, LANGUAGE_MODELS, WIDTHS, Size, Stage, experiments
from training.lm_dialogue import read_pandagpt
from training.speed import sizes


@pytest.mark.parametrize("size", ["base", "embedded"])
@pytest.mark.parametrize("stage", ["kfd", "tune"])
def test_every_row_is_taken_by_its_script(stage: Stage, size: Size) -> None:
    parse = train_kfd.parse if stage == "kfd" else prompt_tune.parse
    needed = [] if stage == "kfd" else ["--stage", "tune", "--data", "d", "--kfd", "k"]
    rows = experiments(stage, size)
    assert {f"few-{n}" for n in FEW} < set(rows)
    for name, row in rows.items():
        start = [] if stage == "kfd" or "lm" in row.options else ["--init", "i"]
        args = parse(["--out", "o", "--experiment", name, "--size", size, *needed, *start])
        assert {key: getattr(args, key) for key in row.options} == dict(row.options), name
        assert row.stage == stage
        assert args.row["name"] == name
        assert provenance(args, 3, 60.0)["experiment"]["table"] == row.table
        assert size == "base" or not row.published


def test_the_folders_of_who_trained_do_not_travel(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["training/train_clicks.py", "--data", "/home/me/faces", "--out", "r/c", "--kfd", "/home/me/runs/9/kfd"]
    monkeypatch.setattr("sys.argv", [*words, "--init", "runs/a/checkpoint", "--lr", "1e-3"])
    found = command_line(Path("/home/me/faces"), Path("r/c"))
    assert found == (
        "python training/train_clicks.py --data DIR --out RUN --kfd .../9/kfd --init runs/a/checkpoint --lr 1e-3"
    )


def test_what_the_command_gives_wins_over_the_row() -> None:
    args = train_kfd.parse(["--out", "o", "--experiment", "few-100", "--photos", "7"])
    assert (args.photos, args.max_steps) == (7, 300)
    plain = train_kfd.parse(["--out", "o"])
    assert (plain.photos, plain.max_steps) == (None, None)
    assert "experiment" not in provenance(plain, 3, 60.0)


def test_an_unknown_row_is_named_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        train_kfd.parse(["--out", "o", "--experiment", "few-7"])
    assert "few-50" in capsys.readouterr().err


def test_published_figures_are_the_papers() -> None:
    rows = experiments("tune", "base")
    assert rows["parts-fpl"].published["DFDC"] == 67.65
    assert rows["main"].published["CDF2"] == 89.90
    assert {name for name in rows if name.startswith("lm-")} == {"lm-llama-3.2-1b", "lm-llama-3.2-3b", "lm-vicuna-7b"}
    assert {f"lm-{name}" for name in WIDTHS} < set(experiments("tune"))
    assert LANGUAGE_MODELS.keys() == sizes.LANGUAGE_MODELS.keys()  # what is trained is what is timed


def test_steps_or_minutes_whichever_are_used_up_first() -> None:
    args: Any = SimpleNamespace(max_minutes=1.0, max_steps=10)
    assert used_share(args, 30, 2) == 0.5
    assert used_share(args, 30, 8) == 0.8
    assert used_share(args, 90, 0) == 1.0
    args.max_steps = None
    assert used_share(args, 30, 1000) == 0.5


def test_without_prompt_learner_all_pictures_give_the_same_tokens() -> None:
    sizes = {"hidden_size": 8, "visual_dim": 4, "map_size": 16, "channels": (4, 8)}
    torch.manual_seed(0)
    for learns in (True, False):
        model = PromptModel(PromptLearnerConfig(**sizes, learns=learns)).eval()
        visual, forgery = model(torch.randn(2, 6, 16, 16), torch.rand(2, 1, 16, 16), torch.rand(2, 2), torch.rand(2, 4))
        assert forgery.shape == (2, 9, 8)
        assert torch.equal(forgery[0], forgery[1]) != learns
        assert not torch.equal(visual[0], visual[1])  # the picture's own token stays
        if not learns:
            assert torch.equal(forgery[0], model.no_picture[1:])


def written(folder: Path, records: Any) -> Path:
    file = folder / "dialogue.json"
    file.write_text(json.dumps(records))
    return file


def said(*texts: str) -> dict[str, Any]:
    turns = [{"from": ("human", "gpt")[i % 2], "value": text} for i, text in enumerate(texts)]
    return {"image_name": "000", "conversation": turns}


def test_pandagpt_conversations_keep_all_turns(tmp_path: Path) -> None:
    good = [said(f"What is number {n}?", f"It is {n}.", "Sure?", "Yes.") for n in range(60)]
    odd = [said("Only a question"), {"conversation": "no list"}, {"image_name": "1"}, 7]
    two_humans = {"conversation": [{"from": "human", "value": "A"}, {"from": "human", "value": "B"}]}
    train, held = read_pandagpt(written(tmp_path, [*good, *odd, two_humans]))
    assert len(train) + len(held) == 60
    assert 0 < len(held) < 12
    assert all(len(turns) == 4 for turns in [*train, *held])
    assert train == read_pandagpt(written(tmp_path, good[::-1]))[0][::-1]  # by content, not by place


def test_a_conversation_is_read_up_to_where_it_stops_alternating(tmp_path: Path) -> None:
    broken = [said(f"A{n}", "B", "C", "", "E", "F") for n in range(60)]
    train, _ = read_pandagpt(written(tmp_path, broken))
    assert all(len(turns) == 2 for turns in train)


@pytest.mark.parametrize(
    ("records", "message"),
    [({"a": 1}, "is no list of conversations"), ([], "0 usable conversations"), ([said("A")], "0 usable")],
)
def test_what_is_no_dialogue_is_said(tmp_path: Path, records: Any, message: str) -> None:
    with pytest.raises(BadRequest, match=message):
        read_pandagpt(written(tmp_path, records))


def test_a_file_that_is_no_json_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{")
    with pytest.raises(BadRequest, match=r"x\.json cannot be read as JSON"):
        read_pandagpt(tmp_path / "x.json")
