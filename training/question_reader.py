"""Train the question reader: which intent a question has, from a frozen sentence encoder's vector.

    uv run python training/question_reader.py --data DIR --out runs/text/checkpoint/language_model

Learns from the training phrasings of simulation/dialogue and from what people say in general dialogue (off-topic).
Families of phrasings, and whole subjects of off-topic ones, are left out in turn to see how it errs on what it did not
learn; the language model is trained with hints that err in the same way (prompt_tune.py). The evaluation's phrasings
are never used here.
"""

import argparse
import json
import logging
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import cross_entropy, gelu

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from assistant.question_reader import (
    DECLINED,
    IDENTITY,
    OFF_TOPIC,
    Asked,
    QuestionReader,
    declined_chance,
    features_of,
    logits_of,
    may_decline,
    read_off,
)
from assistant.topic_gate import words_of
from kfd.text import MINILM_SHA256, SentenceEncoder
from media.regions import SPOKEN_REGIONS
from simulation.dialogue.moment_turns import spoken_time
from simulation.dialogue.questions import INTENTS, PLAIN, families, phrase
from training.lm_data import said_elsewhere
from training.lm_dialogue import read_general
from training.topic_gate import FOLDS, fit_gate, folds_of

WORDS = 1000
"""How many words count beside the sentence vector: the most frequent ones."""
HIDDEN, DROPOUT, SMOOTHING = 256, (0.18, 0.6), 0.05
RATE, BATCH, EPOCHS = 2e-3, 256, 20
GATED = 200
"""Questions an intent that thresholds, noise and the gate are found on; the network learns from all."""
IDENTITY_ACCURACY = 0.75
"""Wanted share of right hints that a person's identity is asked: a needless refusal costs less than a person named."""
_LOG = logging.getLogger("question_reader")


def parse(argv: list[str] | None = None) -> argparse.Namespace:
    """The command's options."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, help="folder with dialogue/general.jsonl (none: off-topic templates only)")
    p.add_argument("--out", type=Path, required=True, help="language model folder that gets the reader")
    p.add_argument("--questions", type=int, default=1000, help="questions an intent")
    p.add_argument(
        "--declined", type=int, default=12, help="questions a family of off-topic and identity ones, at least"
    )
    p.add_argument("--general", type=int, default=800, help="off-topic questions from general dialogue")
    p.add_argument("--accuracy", type=float, default=0.87, help="wanted share of right hints, by intent")
    p.add_argument("--seed", type=int, default=42)
    return p.parse_args(argv)


def draw_questions(rng: np.random.Generator, count: int, declined: int = 12) -> list[tuple[str, str, str]]:
    """(question, intent, family), `count` an intent spread evenly over its training families, two a family at least.

    declined: of each family of what is declined, at least; a family there stands for a whole subject.
    """
    rows = []
    for intent in INTENTS:
        names = sorted(families(intent, "train"))
        wanted = max(count, (declined if intent in DECLINED else 2) * len(names))
        for number in range(wanted):
            family = names[number % len(names)]
            a, b = ((str(rng.choice(SPOKEN_REGIONS)),) for _ in (0, 1))
            time = spoken_time(rng, float(rng.integers(0, 600)))
            rows.append((phrase(rng, intent, family, a, b, time=time), intent, family))
        rows += [(text, intent, "plain") for text in PLAIN.get(intent, ()) if "{" not in text]
    return rows


@dataclass(frozen=True)
class Fitted:
    """What `fit` found: two layers, each weight and bias, and the intents that the last one's rows name."""

    hidden: tuple[torch.Tensor, torch.Tensor]
    last: tuple[torch.Tensor, torch.Tensor]
    intents: tuple[str, ...]

    def chances(self, features: torch.Tensor) -> torch.Tensor:
        """(N, K) probabilities of features (N, F)."""
        return torch.softmax(logits_of(features, self.last, self.hidden), 1)


def fit(features: NDArray[np.float32], labels: NDArray[np.str_], generator: torch.Generator) -> Fitted:
    """A network of one hidden layer, every intent weighing the same, with dropout before both layers."""
    names, rows = np.unique(labels, return_inverse=True)
    given, wanted = torch.from_numpy(features), torch.from_numpy(rows)
    balance = len(rows) / (len(names) * torch.bincount(wanted).float())
    shapes = (HIDDEN, given.shape[1]), (HIDDEN,), (len(names), HIDDEN), (len(names),)
    edges = (given.shape[1], given.shape[1], HIDDEN, HIDDEN)
    parts = [
        ((torch.rand(s, generator=generator) * 2 - 1) / n**0.5).requires_grad_()
        for s, n in zip(shapes, edges, strict=True)
    ]
    optimiser = torch.optim.AdamW(parts, lr=RATE, weight_decay=1e-4)
    steps = EPOCHS * -(-len(rows) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(rows), generator=generator).split(BATCH):
            inside = gelu(_dropped(given[batch], DROPOUT[0], generator) @ parts[0].T + parts[1])
            told = _dropped(inside, DROPOUT[1], generator) @ parts[2].T + parts[3]
            loss = cross_entropy(told, wanted[batch], weight=balance, label_smoothing=SMOOTHING)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    one, two, three, four = (part.detach() for part in parts)
    return Fitted((one, two), (three, four), tuple(names.tolist()))


def _dropped(values: torch.Tensor, share: float, generator: torch.Generator) -> torch.Tensor:
    return values * (torch.rand(values.shape, generator=generator) >= share) / (1 - share)


def left_out(
    features: NDArray[np.float32], labels: NDArray[np.str_], fold: NDArray[np.int_], generator: torch.Generator
) -> tuple[NDArray[np.float32], tuple[str, ...]]:
    """(N, K) probabilities of every question, from models that learned none of its fold, and the K intents."""
    intents = tuple(sorted(set(labels.tolist())))
    chances = np.zeros((len(labels), len(intents)), np.float32)
    for k in range(FOLDS):
        found = fit(features[fold != k], labels[fold != k], generator)
        columns = [intents.index(name) for name in found.intents]
        chances[np.ix_(fold == k, columns)] = found.chances(torch.from_numpy(features[fold == k])).numpy()
    return chances, intents


def thresholds_for(
    labels: NDArray[np.str_], named: NDArray[np.str_], sure: NDArray[np.float32], accuracy: float
) -> dict[str, float]:
    """For each intent the lowest probability from which the wanted share of its namings is right (0.9 if none does)."""
    limits: dict[str, float] = {}
    for intent in sorted(set(labels.tolist())):
        wanted = min(accuracy, IDENTITY_ACCURACY) if intent == IDENTITY else accuracy
        chance, right = sure[named == intent], labels[named == intent] == intent
        grid = (float(limit) for limit in np.arange(0.2, 0.9, 0.02) if (chance >= limit).any())
        limits[intent] = next((round(x, 2) for x in grid if right[chance >= x].mean() >= wanted), 0.9)
    return limits


def noise_table(labels: NDArray[np.str_], told: Sequence[str]) -> dict[str, dict[str, float]]:
    """intent -> {what is told of its questions (`Asked.key`): share} on phrasings that were not learned."""
    table: dict[str, dict[str, float]] = {}
    for intent in sorted(set(labels.tolist())):
        counts = Counter(key for key, label in zip(told, labels.tolist(), strict=True) if label == intent)
        table[intent] = {key: round(n / counts.total(), 4) for key, n in sorted(counts.items())}
    return table


def told_of(
    chances: NDArray[np.float32], intents: Sequence[str], limits: dict[str, float], refused: NDArray[np.bool_]
) -> list[str]:
    """What would be told of each question (`Asked.key`), from its probabilities (N, K) and the gate's refusals."""
    thresholds = [limits[name] for name in intents]
    read = [read_off(torch.from_numpy(row), intents, thresholds) for row in chances]
    return [OFF_TOPIC if gone and r.intent not in DECLINED else r.key for r, gone in zip(read, refused, strict=True)]


def reading_figures(labels: NDArray[np.str_], told: Sequence[str], off: NDArray[np.bool_]) -> dict[str, float]:
    """How often an intent is named and right, or among the likely ones; `off`: off-topic questions of our own."""
    read = [Asked.of(key) for key in told]
    named = np.array([r.intent is not None for r in read])
    right = np.array([r.intent == label for r, label in zip(read, labels.tolist(), strict=True)])
    among = np.array([label in r.likely for r, label in zip(read, labels.tolist(), strict=True)])
    declined = np.array([r.intent == OFF_TOPIC for r in read])
    answered = ~np.isin(labels, DECLINED)
    shares = {
        "named": named,
        "right_when_named": right[named],
        "among_the_likely_when_not": among[~named],
        "off_topic_named": declined[off],
        "answered_taken_for_off_topic": declined[answered],
    }
    return {name: round(float(rows.mean()), 4) for name, rows in shares.items()}


def general_questions(data: Path | None, rng: np.random.Generator, count: int) -> list[str]:
    """Turns of people in general dialogue, none of them about the picture."""
    if data is None:
        return []
    said = sorted(set(said_elsewhere(read_general(data)[0])))
    return [said[i] for i in rng.choice(len(said), min(count, len(said)), replace=False)]


def some_of_each(labels: NDArray[np.str_], count: int) -> NDArray[np.bool_]:
    """The first `count` questions of every intent, and all of those that are declined."""
    number = np.zeros(len(labels), int)
    for intent in set(labels.tolist()):
        number[labels == intent] = np.arange((labels == intent).sum())
    return (number < count) | np.isin(labels, DECLINED)


def learn(
    questions: Sequence[str], labels: NDArray[np.str_], groups: NDArray[np.str_], args: argparse.Namespace
) -> tuple[QuestionReader, dict[str, float]]:
    """The reader of questions with these intents and families, and how it did on families that it did not learn."""
    generator = torch.Generator().manual_seed(args.seed)
    vectors = SentenceEncoder.load().vectors(list(questions)).numpy()
    seen = Counter(word for question in questions for word in set(words_of(question)))
    words = [word for word, _ in seen.most_common(WORDS)]
    features = features_of(torch.from_numpy(vectors), questions, words).numpy()
    fold = folds_of(vectors, labels == OFF_TOPIC, groups)
    chances, intents = left_out(features, labels, fold, generator)
    found = fit(features, labels, generator)

    some = some_of_each(labels, GATED)
    asked = [question for question, use in zip(questions, some, strict=True) if use]
    vectors, labels, groups, fold, chances = vectors[some], labels[some], groups[some], fold[some], chances[some]
    off, general = labels == OFF_TOPIC, np.array(["/general-" in group for group in groups])
    first = np.array(intents)[chances.argmax(1)]
    limits = thresholds_for(labels, first, chances.max(1), args.accuracy)
    declined = declined_chance(torch.from_numpy(chances), intents).numpy()
    room = may_decline(torch.from_numpy(chances), intents).numpy()
    gate, refused = fit_gate(vectors, off, fold, asked, declined, room, general, ~np.isin(labels, DECLINED))
    told = told_of(chances, intents, limits, refused)
    figures = {"questions": len(questions)} | reading_figures(labels, told, off & ~general)
    figures["right_on_families_left_out"] = round(float((first == labels).mean()), 4)
    figures["answered_right_on_families_left_out"] = round(
        float((first == labels)[~np.isin(labels, DECLINED)].mean()), 4
    )
    figures["off_topic_named_unknown_subjects"] = round(float(refused[off & ~general].mean()), 4)
    figures["general_dialogue_named_unknown_subjects"] = round(float(refused[general].mean()), 4)
    thresholds = tuple(limits[name] for name in found.intents)
    reader = QuestionReader(*found.last, found.intents, thresholds, noise_table(labels, told), gate=gate, words=words,
                            hidden=found.hidden)  # fmt: skip
    return reader, figures


def main(argv: list[str] | None = None) -> None:
    """Train and write the reader."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    args = parse(argv)
    rng = np.random.default_rng(args.seed)
    rows = draw_questions(rng, args.questions, args.declined)
    rows += [(text, OFF_TOPIC, f"general-{i % 40}") for i, text in
             enumerate(general_questions(args.data, rng, args.general))]  # fmt: skip
    labels = np.array([intent for _, intent, _ in rows])
    groups = np.array([f"{intent}/{family}" for _, intent, family in rows])
    reader, figures = learn([question for question, _, _ in rows], labels, groups, args)
    args.out.mkdir(parents=True, exist_ok=True)
    reader.save(args.out, encoder_sha256=MINILM_SHA256, figures=json.dumps(figures), seed=str(args.seed))
    _LOG.info(json.dumps(figures))


if __name__ == "__main__":
    main()
