"""Served conversations: token for token what one-by-one decoding says, whoever else is asking, also after eviction."""

import threading

import pytest
import torch

from assistant.cache import KeyValueCache
from assistant.llm import LanguageModel
from assistant.prompts import EmbeddingSegment, TextSegment
from assistant.serving.batching import ServerBusy
from assistant.serving.language import ServedLanguageModel
from media.errors import BadRequest
from tests.serving.conftest import at_once, start, talk

COUNT = 8


def test_together_equals_one_by_one_token_for_token(served: ServedLanguageModel) -> None:
    plain = LanguageModel.tiny(3)
    alone = [talk(plain, n) for n in range(COUNT)]
    together = at_once(COUNT, lambda n: talk(served, n))
    assert together == alone
    assert len({str(said) for said in alone}) == COUNT  # a mix-up would show
    assert served.steps > served.passes  # some passes held several conversations


def test_logits_of_a_mixed_pass_are_those_of_the_model(served: ServedLanguageModel) -> None:
    """Prompts of different lengths and one that goes on, in a single pass, against one plain pass each."""
    plain = LanguageModel.tiny(3)
    begun, text = KeyValueCache(), TextSegment((65, 66, 67))
    served.next_logits(start(served, 0), begun)
    sequences = [[*start(served, 0), text], start(served, 1), start(served, 4)]
    handles = [begun, KeyValueCache(), KeyValueCache()]
    steps = []
    for sequence, handle in zip(sequences, handles, strict=True):
        keys = [key for segment in sequence for key in segment.keys]
        from assistant.serving.language import Step

        steps.append(Step(sequence, keys, handle, served.caches.admit(handle, len(keys))))
    for found, sequence in zip(served._work(steps), sequences, strict=True):
        torch.testing.assert_close(found, plain.next_logits(sequence, KeyValueCache()), atol=1e-4, rtol=1e-4)


def test_only_new_positions_are_computed(served: ServedLanguageModel) -> None:
    handle = KeyValueCache()
    sequence = start(served, 1)
    answer = served.generate(sequence, handle, max_new_tokens=8)
    list(answer)
    held = served.caches._entries[id(handle)].cache
    fed = held.fed
    later = served.prompts.later_turn("Why?")
    served.next_logits([*sequence, answer.segment, *later], handle)
    assert held.fed - fed == sum(map(len, later)) + 1  # and the last token of the answer
    served.next_logits(sequence, handle)  # an earlier turn again: the cache is shortened
    assert held.fed - fed == sum(map(len, later)) + 2


def test_an_evicted_conversation_gives_the_same_answers() -> None:
    plain = LanguageModel.tiny(3)
    alone = [talk(plain, n) for n in range(COUNT)]
    served = ServedLanguageModel(LanguageModel.tiny(3), cache_bytes=400_000)
    assert [talk(served, n) for n in range(3)] == alone[:3]
    assert at_once(COUNT, lambda n: talk(served, n)) == alone
    assert served.caches.evicted > 0
    assert 0 < served.caches.peak <= served.caches.limit
    handle = KeyValueCache()
    sequence = start(served, 5)
    first = served.generate(sequence, handle, max_new_tokens=10)
    next(first)
    served.caches.drop_all()  # in the middle of an answer
    list(first)
    assert first.ids == alone[5][0][:10]
    served.close()


def test_a_caller_that_stops_or_fails_blocks_nobody(served: ServedLanguageModel) -> None:
    alone = [talk(LanguageModel.tiny(3), n) for n in range(COUNT)]
    stop = threading.Event()

    def one(number: int):
        if number == 0:  # stops after its first piece
            answer = served.generate(start(served, 0), KeyValueCache(), stop=stop, max_new_tokens=100)
            next(answer)
            stop.set()
            list(answer)
            return answer.reason
        if number == 1:  # soft tokens of another model's width
            wrong = EmbeddingSegment(torch.zeros(2, 7), "visual", "x")
            with pytest.raises(RuntimeError):
                served.next_logits([*start(served, 1), wrong], KeyValueCache())
            return "failed"
        if number == 2:  # walks away from an answer
            next(served.generate(start(served, 2), KeyValueCache(), max_new_tokens=100))
            return "left"
        return talk(served, number)

    said = at_once(COUNT, one)
    assert said[:3] == ["stopped", "failed", "left"]
    assert said[3:] == alone[3:]


def test_a_failed_pass_leaves_no_half_written_cache(served: ServedLanguageModel, monkeypatch) -> None:
    alone = talk(LanguageModel.tiny(3), 1)
    handle = KeyValueCache()
    served.next_logits(start(served, 1), handle)
    real = served._packed
    monkeypatch.setattr(served, "_packed", lambda rows, caches: (real(rows, caches), 1 / 0))
    with pytest.raises(ZeroDivisionError):
        served.next_logits([*start(served, 1), TextSegment((65,))], handle)
    monkeypatch.setattr(served, "_packed", real)
    assert talk(served, 1, handle) == alone


def test_the_same_conversation_asked_twice_at_a_time(served: ServedLanguageModel) -> None:
    handle = KeyValueCache()
    plain = LanguageModel.tiny(3)
    for number, logits in enumerate(at_once(6, lambda n: served.next_logits(start(served, n), handle))):
        expected = plain.next_logits(start(plain, number), KeyValueCache())
        torch.testing.assert_close(logits, expected, atol=1e-4, rtol=1e-4)


def test_a_full_queue_refuses_new_questions_but_not_those_under_way(monkeypatch) -> None:
    served = ServedLanguageModel(LanguageModel.tiny(3), most_waiting=1)
    begun = KeyValueCache()
    served.next_logits(start(served, 0), begun)
    gate, inside = threading.Event(), threading.Event()
    real = served._packed

    def held_up(rows, caches):
        inside.set()
        assert gate.wait(10)
        return real(rows, caches)

    monkeypatch.setattr(served, "_packed", held_up)
    threads = [threading.Thread(target=served.next_logits, args=(start(served, 1), KeyValueCache()))]
    threads[0].start()
    assert inside.wait(10)
    threads.append(threading.Thread(target=served.next_logits, args=(start(served, 2), KeyValueCache())))
    threads[1].start()
    while not len(served._queue):
        pass
    with pytest.raises(ServerBusy):
        served.next_logits(start(served, 3), KeyValueCache())
    threads.append(threading.Thread(target=served.next_logits, args=([*start(served, 0), TextSegment((65,))], begun)))
    threads[2].start()
    while len(served._queue) < 2:
        pass
    gate.set()
    for thread in threads:
        thread.join(10)
    assert served.steps == 4
    served.close()


def test_what_cannot_be_served_is_said(served: ServedLanguageModel) -> None:
    from transformers import GPT2Config, GPT2LMHeadModel

    with pytest.raises(BadRequest, match="too long"):
        served.next_logits([TextSegment((65,) * 3000)], KeyValueCache())
    with pytest.raises(ValueError, match="empty"):
        served.next_logits([], KeyValueCache())
    plain = LanguageModel.tiny()
    other = GPT2LMHeadModel(GPT2Config(vocab_size=260, n_embd=32, n_layer=1, n_head=2))
    with pytest.raises(BadRequest, match="Llama-type"):
        ServedLanguageModel(LanguageModel(other, plain.tokenizer))
