"""The page over HTTP, as a program speaks with it."""

import pytest

from assistant.ui import text
from tests.ui.fake import CHIN, WORDS, FakeAssistant

# gradio itself calls old names of numpy and pandas while it serves; that is its makers' to mend.
pytestmark = [pytest.mark.serves, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


def connect(address: str):
    from gradio_client import Client

    return Client(address, verbose=False, analytics_enabled=False)


def said(messages: list[dict]) -> list[str]:
    return [part["text"] for message in messages for part in message["content"]]


def chat_of(result: tuple) -> list[str]:
    return said(next((part for part in result if isinstance(part, list)), []))


@pytest.fixture
def client(serve_page):
    return connect(serve_page(FakeAssistant(faces=2, pause=0.05, note="Look at the numbers again.")))


def test_a_conversation_over_http(client, photo):
    from gradio_client import handle_file

    result = client.predict(handle_file(str(photo)), api_name="/examine")
    assert any("Some support for manipulation" in str(part) for part in result)
    job = client.submit("Where?", api_name="/ask")
    answers = [chat_of(part)[-1] for part in job if chat_of(part)]
    assert len(answers) > 4
    assert answers[-1].startswith(" ".join(WORDS))
    assert "Look at the numbers again." in answers[-1]
    face = client.predict(2, api_name="/face")
    assert any("face 2 of 2" in str(part) for part in face)
    part = client.predict(CHIN, api_name="/part")
    assert any("Marked: the chin" in str(p) for p in part)
    assert len(chat_of(client.predict(api_name="/regenerate"))) == 3
    assert client.predict(api_name="/restart")[0] == []


def test_visitors_do_not_see_each_other(serve_page, photo):
    from gradio_client import handle_file

    address = serve_page(FakeAssistant())
    first, second = connect(address), connect(address)
    first.predict(handle_file(str(photo)), api_name="/examine")
    assert any(text.NO_PICTURE in str(part) for part in second.predict("Where?", api_name="/ask"))


def test_the_privacy_settings(serve_page):
    import httpx

    address = serve_page(FakeAssistant())
    config = httpx.get(f"{address}config").json()
    assert config["analytics_enabled"] is False
    assert not config.get("run_history")
    assert not config["footer_links"]
    assert config["show_error"] is False
    assert httpx.get(f"{address}monitoring").status_code in (403, 404)
    assert httpx.get(f"{address}gradio_api/file=/etc/passwd").status_code in (403, 404)
    page = httpx.get(address).text
    assert "fonts.googleapis" not in page
    assert "cdnjs" not in page


def test_a_program_stops_an_answer(serve_page, photo):
    from gradio_client import handle_file

    client = connect(serve_page(FakeAssistant(pause=0.3)))
    client.predict(handle_file(str(photo)), api_name="/examine")
    job = client.submit("Where?", api_name="/ask")
    for number, _ in enumerate(job):
        if number == 3:
            client.predict(api_name="/stop")
    answer = chat_of(job.outputs()[-1])[-1]
    assert text.STOPPED in answer
    assert WORDS[-1] not in answer


@pytest.mark.slow
def test_the_real_chain_with_random_weights(serve_page, photo):
    from gradio_client import handle_file

    from assistant.assistant import Assistant

    client = connect(serve_page(Assistant.tiny()))
    client.predict(handle_file(str(photo)), api_name="/examine")
    assert len(chat_of(client.predict("Is this a deepfake image?", api_name="/ask"))) == 3
    assert len(chat_of(client.predict("Where?", api_name="/ask"))) == 5
    assert len(chat_of(client.predict(api_name="/regenerate"))) == 5
