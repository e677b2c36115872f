"""A language model on a server says what the same model says here, id by id."""

import threading
import time
from pathlib import Path

import pytest

from assistant.cache import KeyValueCache
from assistant.generation import Generation
from assistant.llm import LanguageModel
from assistant.prompts import EmbeddingSegment
from assistant.remote.errors import LanguageServerError
from assistant.remote.language import RemoteLanguageModel
from media.errors import BadRequest
from tests.assistant.remote_folder import connect, first_turn, picture, server_of, write_folder
from tests.assistant.vllm_server import VLLMServer, serving

pytestmark = pytest.mark.serves


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("remote") / "model", seed=3)


@pytest.fixture(scope="module")
def local(folder: Path) -> LanguageModel:
    return LanguageModel.load(folder)


@pytest.fixture
def server(folder: Path):
    with serving(server_of(folder)) as running:
        yield running


@pytest.fixture
def remote(folder: Path, server: VLLMServer) -> RemoteLanguageModel:
    return connect(folder, server)


def pair(local: LanguageModel, remote: LanguageModel, sequence: list, **options) -> tuple[Generation, Generation]:
    """The same answer here and there, both to their end."""
    both = tuple(lm.generate(sequence, KeyValueCache(), **options) for lm in (local, remote))
    for generation in both:
        assert "".join(generation) == generation.text
    return both[0], both[1]


def test_a_conversation_with_soft_tokens_is_the_same_id_by_id(local, remote, server) -> None:
    cache = KeyValueCache()
    sequence, seen = first_turn(local), 0
    for turn in (local.prompts.later_turn("Why?"), local.prompts.later_turn("This?", "", picture(32, 7, "b")), None):
        here = local.generate(sequence, cache, max_new_tokens=24)
        there = remote.generate(sequence, KeyValueCache(), max_new_tokens=24)
        assert list(here) == list(there)
        assert (here.ids, here.text, here.reason) == (there.ids, there.text, there.reason)
        seen += len(here.ids)
        if turn is not None:
            sequence = [*sequence, there.segment, *turn]
    assert seen > 40
    assert sum(isinstance(segment, EmbeddingSegment) for segment in sequence) == 4
    said = server.bodies[-1]
    assert said["prompt_embeds"]
    assert "prompt" not in said  # no text and no ids leave this side


@pytest.mark.parametrize("chunk", [2, 5])
def test_several_ids_of_one_line_and_odd_line_ends_change_nothing(local, remote, server, chunk) -> None:
    server.chunk, server.text = chunk, "a\u2028b\x85c\u2029"
    here, there = pair(local, remote, first_turn(local, 2), max_new_tokens=17)
    assert here.ids == there.ids
    assert len(there.ids) == 17
    assert there.reason == "length"


def test_stop_marks_and_end_tokens_end_the_answer(local, remote, server, monkeypatch) -> None:
    free, _ = pair(local, remote, first_turn(local), max_new_tokens=12)
    words = local.decode(free.ids[4:6])
    for lm in (local, remote):
        monkeypatch.setattr(lm.prompts, "style", type(lm.prompts.style)(stops=(words,)))
    here, there = pair(local, remote, first_turn(local), max_new_tokens=12)
    assert here.reason == there.reason == "end"
    assert here.ids == there.ids
    assert words not in there.text
    monkeypatch.undo()
    for lm in (local, remote):
        monkeypatch.setattr(lm, "_eos_ids", lambda: frozenset({free.ids[5]}))
    here, there = pair(local, remote, first_turn(local), max_new_tokens=12)
    assert here.reason == there.reason == "end"
    assert here.ids == there.ids == free.ids[: free.ids.index(free.ids[5])]
    assert server.bodies[-1]["stop_token_ids"] == [free.ids[5]]


@pytest.mark.parametrize("labels", [True, False], ids=["labels", "likeliest only"])
def test_yes_no_score_equals_the_local_one(local, remote, server, labels) -> None:
    server.knows_labels = labels
    for seed in range(3):
        sequence = first_turn(local, seed)
        here, there = (lm.yes_no_score(sequence, KeyValueCache()) for lm in (local, remote))
        assert there == pytest.approx(here, abs=1e-4)


def test_openings_are_chosen_as_locally(local, remote, server) -> None:
    openings = ("Never mind.", "Not now.", "Other things.", "Not new.")
    said = set()
    for seed in range(5):
        here, there = pair(local, remote, first_turn(local, seed), max_new_tokens=24, openings=openings)
        assert here.ids == there.ids
        assert there.text.startswith(openings)
        said.add(there.text[:6])
    one = len(server.bodies)
    here, there = pair(local, remote, first_turn(local), max_new_tokens=24, openings=openings[:1])
    assert here.ids == there.ids
    assert len(server.bodies) - one == 1  # nothing to choose: the opening is said here, and the rest is one stream
    assert len(said) > 1  # other pictures, other openings


def test_an_opening_that_begins_another_one_leaves_no_old_stream(local, remote) -> None:
    sequence = first_turn(local)
    free, _ = pair(local, remote, sequence, max_new_tokens=8)
    short, other = tuple(free.ids[:2]), next(i for i in range(40, 120) if i not in free.ids)
    openings = [short, (*free.ids[:3], other, other)]  # after the short one, the model begins the long one by itself
    here, there = (
        lm._answers(lm, sequence, KeyValueCache(), None, 12, lm._banned, lm._eos_ids(), openings)
        for lm in (local, remote)
    )
    assert list(here) == list(there)
    assert tuple(here.ids[:5]) == openings[1]
    assert here.ids == there.ids


def test_what_is_to_be_avoided_goes_on_otherwise_as_locally(local, remote, server) -> None:
    sequence = first_turn(local, 4)
    free, _ = pair(local, remote, sequence, max_new_tokens=10)
    for length in (1, 3, 10):
        here, there = pair(local, remote, sequence, max_new_tokens=10, avoid=free.ids[:length])
        assert here.ids == there.ids
        assert there.ids[length - 1] != free.ids[length - 1]
    never_begun = [free.ids[0] + 1, free.ids[1]]
    assert pair(local, remote, sequence, max_new_tokens=10, avoid=never_begun)[1].ids == free.ids
    opened = pair(
        local, remote, sequence, max_new_tokens=10, openings=["Yes.", "No."], avoid=local.tokenize(" Yes.")[:2]
    )
    assert opened[0].ids == opened[1].ids
    assert opened[1].text.startswith("No.")


def test_ids_outside_the_vocabulary_are_never_said(local, remote, server) -> None:
    _, there = pair(local, remote, first_turn(local), max_new_tokens=30)
    assert set(server.bodies[-1]["logit_bias"]) == {str(i) for i in (257, *range(258, 300))}
    assert max(there.ids) < 257
    server.keeps_bias = False
    with pytest.raises(LanguageServerError, match="does not keep to the bias"):
        pair(local, remote, first_turn(local), max_new_tokens=12, avoid=there.ids[:1])


@pytest.mark.parametrize(
    ("odd", "sentence"),
    [
        (300, "ids that the vocabulary does not have"),
        (-1, "ids that the vocabulary does not have"),
        ("65", "does not speak as a vLLM server"),
        (6.5, "does not speak as a vLLM server"),
    ],
)
def test_ids_that_are_none_are_refused(local, remote, server, odd, sentence) -> None:
    sequence = first_turn(local)
    server.odd = odd
    answer = remote.generate(sequence, KeyValueCache(), max_new_tokens=12)
    with pytest.raises(LanguageServerError, match=sentence):
        list(answer)
    server.odd = None
    again = remote.generate([*sequence, answer.segment], KeyValueCache(), max_new_tokens=4)
    assert "".join(again) == again.text  # what was refused is not read again


def until(condition, seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    return condition()


@pytest.mark.parametrize("way", ["event", "close"])
def test_stopping_ends_the_work_of_the_server(local, remote, server, way) -> None:
    server.pause_s = 0.05
    event = threading.Event()
    answer = remote.generate(first_turn(local), KeyValueCache(), stop=event, max_new_tokens=150)
    next(answer)
    said = list(answer.ids)
    if way == "event":
        event.set()
        list(answer)
    else:
        answer.close()
    assert answer.reason == "stopped"
    assert answer.ids[: len(said)] == said
    assert until(lambda: server.dropped == 1)
    done = server.tokens
    time.sleep(0.3)
    assert server.tokens == done < 100


def test_an_event_is_heard_while_the_next_token_is_waited_for(local, remote, server) -> None:
    server.pause_s = 3.0
    event = threading.Event()
    answer = remote.generate(first_turn(local), KeyValueCache(), stop=event)
    threading.Timer(0.2, event.set).start()
    start = time.monotonic()
    assert list(answer) == []
    assert time.monotonic() - start < 2.0
    assert answer.reason == "stopped"


def test_a_stop_is_heard_while_yes_or_no_is_waited_for(local, remote, server) -> None:
    server.pause_s = 3.0
    event = threading.Event()
    threading.Timer(0.2, event.set).start()
    start = time.monotonic()
    with pytest.raises(LanguageServerError, match="was stopped"):
        remote.yes_no_score(first_turn(local), KeyValueCache(), event)
    assert time.monotonic() - start < 2.0
    assert until(lambda: server.dropped == 1)
    assert server.bodies[-1]["allowed_token_ids"]
    server.pause_s = 0.0
    assert 0.0 < remote.yes_no_score(first_turn(local), KeyValueCache(), threading.Event()) < 1.0


def test_the_servers_shorter_context_counts(folder, local, server) -> None:
    length = sum(len(segment) for segment in first_turn(local))
    server.max_model_len = length + 5
    remote = connect(folder, server)
    assert remote.max_positions == length + 5
    answer = remote.generate(first_turn(local), KeyValueCache())
    list(answer)
    assert (len(answer.ids), answer.reason) == (5, "length")
    with pytest.raises(BadRequest, match="too long"):
        remote.yes_no_score([*first_turn(local), answer.segment], KeyValueCache())


def test_logits_of_all_tokens_are_not_to_be_had(local, remote) -> None:
    with pytest.raises(LanguageServerError, match="not the logits"):
        remote.next_logits(first_turn(local), KeyValueCache())
