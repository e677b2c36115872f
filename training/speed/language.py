"""Talking about a picture: memory at load, first tokens of three turns, tokens a second, reading, many at a time."""

import statistics
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from assistant.cache import KeyValueCache
from assistant.llm import LanguageModel
from assistant.prompts import EmbeddingSegment, Segment, TextSegment
from assistant.serving.caches import CacheShape
from assistant.serving.language import ServedLanguageModel
from evaluation.serving_eval import at_once
from training.speed.build import System, build_system, look, random_pictures
from training.speed.meter import Meter, flops, median_ratio, parameters_of, weights_gib
from training.speed.sizes import Lengths, Size

TURNS = (1, 2, 3)


def measure_language(size: Size, meter: Meter, rate: float) -> dict[str, Any]:
    """One record of the whole system; rate: measured operations a second in the meter's type."""
    meter.free()
    measured = meter.within_memory(lambda: _measure(size, meter, rate))
    meter.free()
    return measured


def _measure(size: Size, meter: Meter, rate: float) -> dict[str, Any]:
    system = build_system(size, meter)
    meter.free()
    names = ("detector", "prompt_learner", "language_model")
    parts = dict(zip(names, system.modules, strict=True))
    record: dict[str, Any] = {
        "parameters": {name: parameters_of(part) for name, part in parts.items()},
        "weights_gib": {name: weights_gib(part) for name, part in parts.items()},
        "memory_at_load": meter.memory(),
    }
    rounds = [talk(system, size.lengths, meter, number) for number in range(meter.repeats + 1)][1:]  # one warms up
    record |= figures_of(rounds) | {"rounds": rounds, "memory_after_talks": meter.memory()}
    record["reads"] = meter.by_batch(size.reads, lambda n: _read(system.lm, n, meter, rate))
    record["together"] = meter.by_batch(size.batches, lambda n: _together(system.lm, size.lengths, n, meter))
    return record


class _Talk:
    """A conversation about one picture: what was said, and the cache that is kept from turn to turn."""

    def __init__(self, system: System, lengths: Lengths, meter: Meter, number: int) -> None:
        self.system, self.lengths, self.meter, self.number = system, lengths, meter, number
        self.words = _Words(system.lm, [meter.seed, number])
        self.texts = [self.words.draw(n) for n in (lengths.before, lengths.between, lengths.after)]
        self.picture = random_pictures(1, system.predictor.image_size, meter, number)
        self.cache = KeyValueCache()
        self.opening: list[Segment] = []
        self.spoken: list[Segment] = []
        self.chosen: dict[str, int] = {}

    def encode(self) -> None:
        """The first turn from the picture's pixels: detector, prompt learner, and the text around their tokens."""
        seen = look(self.system.predictor, self.picture, self.meter)
        with torch.inference_mode():
            visual, forgery = self.system.prompt.encode([seen])
        before, between, after = self.texts
        tokens = EmbeddingSegment(visual[0], "visual", "0"), EmbeddingSegment(forgery[0], "forgery", "0")
        self.opening = [before, tokens[0], between, tokens[1], after]

    def kept(self) -> None:
        """The first token of the answer, going on from the cache."""
        self.chosen["kept"] = _first_token(self.system.lm, [*self.opening, *self.spoken], self.cache)

    def anew(self) -> None:
        """The same with picture and history encoded again."""
        self.encode()
        self.chosen["anew"] = _first_token(self.system.lm, [*self.opening, *self.spoken], KeyValueCache())

    def begin(self) -> None:
        """The first token of turn 1, from the pixels on."""
        self.encode()
        self.kept()

    def first_token(self, turn: int) -> dict[str, Any]:
        """Time of the first token: of turn 1 once, of later ones in both ways, in an order that changes."""
        self.chosen = {}
        ways = {"kept": self.begin} if turn == 1 else {"kept": self.kept, "anew": self.anew}
        if turn > 1:
            self.spoken.append(self.words.draw(self.lengths.question))
        order = list(ways) if self.number % 2 else list(ways)[::-1]
        spent = {way: self.meter.spent(ways[way]) for way in order}
        return {"turn": turn, **spent, "same_token": len(set(self.chosen.values())) == 1}

    def answer(self) -> tuple[int, float]:
        """The whole answer: its tokens and the seconds they took."""
        sequence = [*self.opening, *self.spoken]
        said = self.system.lm.generate(sequence, self.cache, max_new_tokens=self.lengths.answer)
        seconds = self.meter.once(lambda: "".join(said))
        self.spoken.append(said.segment)
        return len(said.ids), seconds


def talk(system: System, lengths: Lengths, meter: Meter, number: int) -> dict[str, Any]:
    """A conversation of three turns; before each later answer its first token is chosen in both ways."""
    one, turns, tokens, seconds = _Talk(system, lengths, meter, number), [], 0, 0.0
    for turn in TURNS:
        turns.append(one.first_token(turn))
        count, spent = one.answer()
        tokens, seconds = tokens + count, seconds + spent
    record = {"turns": turns, "tokens": tokens, "seconds": seconds, "positions": len(one.cache)}
    return record | {"picture_s": meter.once(one.encode)}


def figures_of(rounds: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Medians over the rounds; of ratios the median of the single rounds' ratios."""
    found: dict[str, Any] = {
        "tokens_per_s": statistics.median(r["tokens"] / r["seconds"] for r in rounds),
        "picture_s": statistics.median(r["picture_s"] for r in rounds),
        "positions_at_end": statistics.median(r["positions"] for r in rounds),
        "same_first_token": all(turn["same_token"] for r in rounds for turn in r["turns"]),
    }
    for place, turn in enumerate(TURNS):
        own = [r["turns"][place] for r in rounds]
        found[f"first_token_{turn}_s"] = statistics.median(t["kept"]["seconds"] for t in own)
        if turn > 1:
            found[f"first_token_{turn}_anew_s"] = statistics.median(t["anew"]["seconds"] for t in own)
            ratios = median_ratio(own, "anew", "kept")
            found |= {f"first_token_{turn}_{name}": value for name, value in ratios.items()}
    return found


class _Words:
    """Random stretches of text, any ids of a model's vocabulary."""

    def __init__(self, lm: LanguageModel, seed: Sequence[int]) -> None:
        self.rng, self.rows = np.random.default_rng(seed), lm.tokenizer.vocab_size

    def draw(self, length: int) -> TextSegment:
        """So many ids."""
        return TextSegment(tuple(self.rng.integers(0, self.rows, length).tolist()))


def _first_token(lm: LanguageModel, sequence: Sequence[Segment], cache: KeyValueCache) -> int:
    return int(lm.next_logits(sequence, cache).argmax())


def _read(lm: LanguageModel, positions: int, meter: Meter, rate: float) -> dict[str, Any]:
    """Seconds to read so many positions in one pass from nothing, and the share of the matrix rate."""
    sequence = [_Words(lm, [meter.seed]).draw(positions)]
    work = flops(lambda: _first_token(lm, sequence, KeyValueCache()))
    seconds = meter.seconds(lambda: _first_token(lm, sequence, KeyValueCache()))
    return {"seconds": seconds, "positions_per_s": positions / seconds, "matrix_share": work / seconds / rate}


def _together(lm: LanguageModel, lengths: Lengths, count: int, meter: Meter) -> dict[str, Any]:
    """Tokens a second of `count` conversations at a time through the served model, their reading included."""
    length = lengths.before + lengths.between + lengths.after + lengths.answer
    served = ServedLanguageModel(lm, count * CacheShape.of(lm.model).bytes_of(length + 1))
    prompts = [_Words(lm, [meter.seed, n]).draw(length - lengths.answer) for n in range(count)]
    said: list[int] = []

    def answer(number: int) -> int:
        generation = served.generate([prompts[number]], KeyValueCache(), max_new_tokens=lengths.answer)
        "".join(generation)
        return len(generation.ids)

    try:
        at_once(count, answer)  # warms up
        seconds = meter.once(lambda: said.extend(at_once(count, answer)))
    finally:
        served.close()
    return {"tokens": sum(said), "seconds": seconds, "tokens_per_s": sum(said) / seconds}
