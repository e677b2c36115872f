"""The tiny model served, and what several callers do at the same time."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import torch

from assistant.cache import KeyValueCache
from assistant.llm import LanguageModel
from assistant.prompts import PictureTokens
from assistant.serving.language import ServedLanguageModel
from tests.assistant.conftest import _examined, astronaut_png, examination, tiny

__all__ = ["_examined", "astronaut_png", "examination", "tiny"]


def start(lm: LanguageModel, number: int) -> list:
    """The first turn of conversation `number`: its own soft tokens and a prompt of its own length."""
    rng = torch.Generator().manual_seed(number)
    picture = PictureTokens(
        torch.randn(1, lm.hidden_size, generator=rng), torch.randn(9, lm.hidden_size, generator=rng), f"p{number}"
    )
    said = "Score 93 percent. " + "The nose scores high. " * (number % 5)
    return lm.prompts.first_turn(picture, "Task.", said, f"Is picture {number} a deepfake image?")


def talk(lm: LanguageModel, number: int, handle: KeyValueCache | None = None, tokens: int = 12) -> list[list[int]]:
    """Ids of the answers of three turns of a conversation."""
    handle = handle or KeyValueCache()
    sequence, said = start(lm, number), []
    for question in ("Why?", "Where is it, then?", None):
        answer = lm.generate(sequence, handle, max_new_tokens=tokens)
        list(answer)
        said.append(answer.ids)
        if question:
            sequence = [*sequence, answer.segment, *lm.prompts.later_turn(question)]
    return said


def at_once(count: int, do: Callable[[int], Any]) -> list[Any]:
    """Results of do(0), do(1), ... called from `count` threads that begin together."""
    gate = threading.Barrier(count)

    def one(number: int) -> Any:
        gate.wait(10)
        return do(number)

    with ThreadPoolExecutor(count) as pool:
        return [f.result(60) for f in [pool.submit(one, n) for n in range(count)]]


@pytest.fixture
def served() -> Iterator[ServedLanguageModel]:
    lm = ServedLanguageModel(LanguageModel.tiny(3), cache_bytes=32 * 2**20)
    yield lm
    lm.close()
