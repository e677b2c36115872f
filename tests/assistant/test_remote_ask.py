"""The shipped model on a server of vLLM's protocol answers `ask` as it does here."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import parse_arguments, where
from assistant.assistant import Assistant
from assistant.cli import main
from assistant.llm import LanguageModel
from assistant.options import language_server
from assistant.remote.address import LanguageServer
from assistant.remote.identity import served_name
from assistant.serving.assistant import ServedAssistant
from media.errors import BadRequest
from tests.assistant.vllm_server import VLLMServer, serving

EMBEDDED = Path(__file__).resolve().parents[2] / "checkpoints" / "embedded" / "language_model"
QUESTIONS = ("Is this a deepfake image?", "Where?", "What about the nose?", "What is the capital of France?")


@pytest.fixture(scope="module")
def shipped() -> VLLMServer:
    return VLLMServer(LanguageModel.load(EMBEDDED).model, served_name(EMBEDDED), key="right")


@pytest.fixture
def server(shipped: VLLMServer) -> Iterator[VLLMServer]:
    with serving(shipped) as running:
        yield running


@pytest.mark.serves
def test_ask_through_a_server_gives_the_same_answers(
    server: VLLMServer, astronaut_png: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ["ask", str(astronaut_png), *QUESTIONS, "--json", "--no-annotations"]
    assert main(command) == 0
    here = json.loads(capsys.readouterr().out)
    assert server.tokens == 0
    monkeypatch.setenv("VLLM_API_KEY", "right")
    assert main([*command, "--language-server", f"{server.url}/v1"]) == 0
    assert json.loads(capsys.readouterr().out) == here
    assert len(here["turns"]) == len(QUESTIONS)
    assert server.tokens > 50
    assert all(("prompt_embeds" in body) or len(body["prompt"]) < 40 for body in server.bodies)


@pytest.mark.serves
def test_a_server_that_is_away_ends_the_command_with_a_sentence(
    astronaut_png: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["ask", str(astronaut_png), "Why?", "--no-annotations", "--language-server"]
    assert main([*command, "http://127.0.0.1:9"]) == 2
    assert "http://127.0.0.1:9 cannot be reached" in capsys.readouterr().err
    assert main([*command, "http://models.example:8000"]) == 2
    assert "in the clear" in capsys.readouterr().err


@pytest.mark.serves
def test_a_served_assistant_leaves_batching_to_the_server(server: VLLMServer) -> None:
    plain = Assistant.load("embedded", server=LanguageServer(server.url, "right"))
    served = ServedAssistant(plain)
    assert served.language[0] is plain.language[0]
    assert served.describe()["language_server"] == server.url
    assert where(served) == f"on cpu, the language model at {server.url},"
    assert where(Assistant.tiny()) == "on cpu"
    served.close()


def test_the_page_and_profiles_without_a_folder() -> None:
    args = parse_arguments(["--language-server", "http://192.168.0.4:8000", "--plain-language-server"])
    server = language_server(args)
    assert server is not None
    assert server.url == "http://192.168.0.4:8000"
    assert language_server(parse_arguments([])) is None
    with pytest.raises(BadRequest, match="is for --language-server URL"):
        language_server(parse_arguments(["--plain-language-server"]))
    with pytest.raises(BadRequest, match="no language model folder"):
        Assistant.load("tiny", server=server)
