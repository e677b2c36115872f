"""Where models are put: what cannot be is said, what is asked for reaches the libraries."""

from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import AutoModelForCausalLM

from assistant import placement
from assistant.assistant import Assistant
from assistant.cache import KeyValueCache
from assistant.cli import main
from assistant.llm import LanguageModel
from assistant.placement import Placement, loading_options
from assistant.prompts import TextSegment
from assistant.remote.address import LanguageServer
from media.errors import BadRequest

SHIPPED = Path(__file__).resolve().parents[2] / "checkpoints" / "embedded" / "language_model"


@pytest.fixture
def gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)


def test_what_cannot_be_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Placement().detector == "cpu"
    with pytest.raises(BadRequest, match="add --device cuda"):
        Placement("cpu", 8)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    for device in ("cuda", "auto"):
        with pytest.raises(BadRequest, match="There is no GPU here"):
            Placement(device)


def test_bits_need_their_package(gpu: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placement, "find_spec", lambda name: None)
    assert Placement("auto").detector == "cuda"
    with pytest.raises(BadRequest, match="4 bits need the package bitsandbytes"):
        Placement("cuda", 4)
    monkeypatch.setattr(placement, "find_spec", lambda name: object())
    assert Placement("cuda", 4).bits == 4


def test_what_transformers_is_told() -> None:
    assert loading_options("cpu", None) == loading_options("cuda", None) == {}
    assert loading_options("auto", None) == {"device_map": "auto"}
    eight, four = loading_options("cuda", 8), loading_options("auto", 4)
    assert (eight["device_map"], four["device_map"]) == ({"": "cuda"}, "auto")
    assert eight["quantization_config"].load_in_8bit
    assert four["quantization_config"].load_in_4bit
    assert four["quantization_config"].bnb_4bit_compute_dtype == torch.bfloat16


def test_a_spread_model_answers_as_one_on_a_device() -> None:
    """Without a GPU accelerate puts everything into main memory; its hooks are there all the same."""
    alone, spread = (LanguageModel.load(SHIPPED, device, torch.float32) for device in ("cpu", "auto"))
    ids = alone.tokenize(" Yes. The nose")
    assert spread.device.type == "cpu"
    said = [lm.next_logits([TextSegment(tuple(ids))], KeyValueCache()) for lm in (alone, spread)]
    torch.testing.assert_close(said[0], said[1])


def test_bits_of_a_server_are_its_own(gpu: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placement, "find_spec", lambda name: object())
    with pytest.raises(BadRequest, match="leave --bits out"):
        Assistant.load("embedded", server=LanguageServer("http://127.0.0.1:1"), place=Placement("cuda", 8))


def test_options_reach_the_loader(gpu: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told: dict[str, Any] = {}

    def loaded(source: str, **options: Any) -> Any:
        told.update(options)
        raise KeyboardInterrupt

    monkeypatch.setattr(placement, "find_spec", lambda name: object())
    monkeypatch.setattr(AutoModelForCausalLM, "from_pretrained", loaded)
    with pytest.raises(KeyboardInterrupt):
        LanguageModel.load(SHIPPED, "cuda", bits=8)
    assert told["quantization_config"].load_in_8bit
    assert told["dtype"] == "auto"
    (tmp_path / "adapter_config.json").write_text('{"peft_type": "LORA", "base_model_name_or_path": "x"}')
    (tmp_path / "adapter_model.safetensors").write_bytes(b"")
    with pytest.raises(BadRequest, match="merge-adapter"):
        LanguageModel.load(tmp_path, "cuda", bits=8)


@pytest.mark.parametrize(
    "command", [["scan", "x.png", "--device", "cuda"], ["ask", "x.png", "Fake?", "--device", "auto"]]
)
def test_commands_refuse_a_gpu_that_is_not_there(
    command: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    (tmp_path / "x.png").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    assert main(command) == 2
    assert "There is no GPU here" in capsys.readouterr().err
