"""What goes wrong with a language server is said in a sentence, and a conversation goes on."""

import re
import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path

import httpx
import pytest
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse

from assistant.cache import KeyValueCache
from assistant.conversation import Conversation
from assistant.remote.address import WRITE_S, LanguageServer
from assistant.remote.client import CompletionsClient
from assistant.remote.errors import LanguageServerError, failed
from assistant.remote.identity import served_name
from assistant.remote.language import RemoteLanguageModel
from assistant.responder import FAILED
from media.errors import MissingCheckpoint
from tests.assistant.remote_folder import connect, first_turn, other_embeddings, server_of, write_folder
from tests.assistant.vllm_server import VLLMServer, serving

pytestmark = pytest.mark.serves


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("refusals") / "model", seed=3)


@pytest.fixture
def server(folder: Path):
    with serving(server_of(folder, key="right")) as running:
        yield running


def refusal(folder: Path, server: VLLMServer, key: str | None = "right") -> str:
    with pytest.raises(LanguageServerError) as caught:
        connect(folder, server, key)
    assert "right" not in caught.value.message + caught.value.detail
    return caught.value.message


def test_a_server_with_other_weights_is_refused_by_its_name(folder, server, tmp_path) -> None:
    mine = write_folder(tmp_path / "mine", seed=4)
    said = refusal(mine, server)
    assert server.name in said
    assert served_name(mine).removeprefix("mine") in said
    assert "serve-command" in said
    assert server.bodies == []  # nothing was sent to it


def test_a_server_whose_embeddings_differ_under_the_right_name_is_refused(folder, server, tmp_path) -> None:
    other = server_of(other_embeddings(folder, tmp_path / "other"), key="right")
    server.model = other.model
    assert "differ from those here" in refusal(folder, server)
    assert [sorted({"prompt", "prompt_embeds"} & set(body)) for body in server.bodies] == [
        ["prompt"],
        ["prompt_embeds"],
    ]


def test_an_adapter_is_refused_before_anything_is_asked(server, tmp_path) -> None:
    adapter = tmp_path / "adapter"
    adapter.mkdir()
    (adapter / "adapter_config.json").write_text("{}")
    with pytest.raises(MissingCheckpoint, match="merge-adapter"):
        connect(adapter, server, "right")


def test_keys_are_asked_for_and_refused(folder, server) -> None:
    assert "wants a key; put the right one into VLLM_API_KEY" in refusal_of(folder, server, None)
    assert "refuses the key" in refusal_of(folder, server, "wrong")


def refusal_of(folder: Path, server: VLLMServer, key: str | None) -> str:
    with pytest.raises(LanguageServerError) as caught:
        connect(folder, server, key)
    return caught.value.message


def test_a_server_without_embeddings_ids_or_vllm_is_refused(folder, server) -> None:
    server.takes_embeddings = False
    assert "start it with --enable-prompt-embeds" in refusal(folder, server)
    server.takes_embeddings, server.sends_ids = True, False
    assert "sends no token ids" in refusal(folder, server)
    for answer, sentence in [
        (PlainTextResponse("<html>hello</html>"), "does not speak as a vLLM server"),
        (JSONResponse({"models": []}), "does not speak as a vLLM server"),
        (JSONResponse({"data": ["a"]}), "does not speak as a vLLM server"),
        (JSONResponse({"data": [{"id": "a", "max_model_len": "4096"}]}), "does not speak as a vLLM server"),
        (JSONResponse({"data": [{"id": "a", "max_model_len": -1}]}), "does not speak as a vLLM server"),
        (JSONResponse(None), "does not speak as a vLLM server"),
        (RedirectResponse("http://127.0.0.1:9/"), "is no vLLM server"),
        (PlainTextResponse("Not Found", 404), "refuses the request: Not Found"),
        (PlainTextResponse("out of order", 503), r"failed \(status 503\)"),
    ]:
        server.raw = answer
        assert re.search(sentence, refusal(folder, server))


def test_nobody_there_and_nobody_answering(folder) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(LanguageServerError, match="was silent for 1 seconds"):
            RemoteLanguageModel.connect(folder, LanguageServer(address, patience_s=1.0))
    with pytest.raises(LanguageServerError, match="cannot be reached; is it running"):
        RemoteLanguageModel.connect(folder, LanguageServer(address))


def test_an_untrusted_certificate_is_named(server, tmp_path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl to make a certificate with")
    made = [str(tmp_path / name) for name in ("key.pem", "certificate.pem")]
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=127.0.0.1".split()
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", made[0], "-out", made[1]]
    subprocess.run(command, check=True, capture_output=True)
    with serving(server, ssl_keyfile=made[0], ssl_certfile=made[1]) as secure:
        with pytest.raises(LanguageServerError) as caught:
            CompletionsClient(LanguageServer(secure.url, "right")).models()
    said = caught.value.message
    assert re.search(r"certificate of .* is not trusted \(self.signed certificate\); .* SSL_CERT_FILE", said)
    assert "running" not in said


def test_a_server_that_takes_no_request_is_not_called_silent() -> None:
    server = LanguageServer("http://127.0.0.1:8000")
    assert f"did not take the request within {WRITE_S:.0f} seconds" in str(failed(server, httpx.WriteTimeout("")))
    assert "was silent for 120 seconds" in str(failed(server, httpx.ReadTimeout("")))


def test_what_goes_wrong_in_an_answer_is_said_and_what_was_said_stays(folder, server) -> None:
    remote = connect(folder, server, "right")
    whole = remote.generate(first_turn(remote), KeyValueCache(), max_new_tokens=20)
    list(whole)
    for switches, sentence in [
        ({"breaks_after": 5}, "lost in the middle of an answer"),
        ({"fails_after": 5}, r"failed \(status 500\)"),
        ({"name": "other"}, "no longer serves this model"),
        ({"key": "changed"}, "refuses the key"),
        ({"takes_embeddings": False}, "--enable-prompt-embeds"),
        ({"sends_ids": False}, "sends no token ids"),
        ({"max_model_len": 20}, "too long; please start a new one"),
        ({"raw": PlainTextResponse("data: {broken\n\n")}, "does not speak as a vLLM server"),
        ({"raw": PlainTextResponse("data: [DONE]\n\n")}, "lost in the middle"),
    ]:
        before = {name: getattr(server, name) for name in switches}
        vars(server).update(switches)
        answer = remote.generate(first_turn(remote), KeyValueCache(), max_new_tokens=20)
        with pytest.raises(LanguageServerError, match=sentence):
            list(answer)
        assert answer.ids == whole.ids[: len(answer.ids)]
        assert len(answer.ids) == (5 if "after" in next(iter(switches)) else 0)
        vars(server).update(before)
    again = remote.generate(first_turn(remote), KeyValueCache(), max_new_tokens=20)
    list(again)
    assert again.ids == whole.ids


def test_a_conversation_survives_a_lost_server(folder, server, tiny, examination) -> None:
    remote = connect(folder, server, "right")
    talk = Conversation(examination, remote, tiny.language[1], examiner=tiny.examiner)
    server.breaks_after = 5
    said = "".join(talk.ask("Is this a deepfake image?"))
    assert said == talk.last.text != ""
    assert talk.last.note.startswith(FAILED)
    assert "lost in the middle of an answer" in talk.last.note
    server.breaks_after = None
    "".join(talk.ask("Where?"))
    assert FAILED not in (talk.last.note or "")
    assert len(talk.turns) == 2


def test_a_stop_before_the_first_word_ends_the_turn(folder, server, tiny, examination) -> None:
    remote = connect(folder, server, "right")
    talk = Conversation(examination, remote, tiny.language[1], examiner=tiny.examiner)
    server.pause_s = 6.0
    event = threading.Event()
    threading.Timer(0.5, event.set).start()
    start = time.monotonic()
    assert "".join(talk.ask("Is this a deepfake image?", stop=event)) == ""
    assert time.monotonic() - start < 5.0  # Yes or No alone would take longer
    assert talk.last.stopped
    assert talk.last.yes_no is None
    assert not talk.last.note
