"""What retrieved sentences and click masks change: {off, on} x {none, hard, soft} x {predicted, oracle click}.

Simulated forgeries of the held half that the detector calls manipulated, with a sentence made from their true regions
and kinds as the reference. Each question is asked first in a conversation of its own; a mask shows the language model
nothing but the masked face, as ExDDV masks its models' picture (arXiv 2503.14421 §4.3). The finding stays that of the
whole face. The oracle clicks where the forgery shows most, the other click is a click model's. The sentences that can
be retrieved are of the validation and test splits. Quotes count for the scores of text, not for regions and verdicts.
A cell without gain is a finding, so nothing is promised but that all cells were measured.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from evaluation import metrics
from evaluation.answer_parser import parse_answer, verdict_claims
from evaluation.language_eval import named_regions
from evaluation.language_faces import TalkFace, evenly, examination_of, say
from evaluation.results import Bar, Figures, Item, batches, mean, share
from evaluation.retrieval_eval import RetrievalContext
from evaluation.retrieval_examples import unseen_annotations
from evaluation.retrieval_scores import bleu2, rouge

if TYPE_CHECKING:
    from assistant.annotations import Annotations
    from media.records import Signals

PART = "ablation"
FACES, DRAWN, SEED, ROUNDS = 40, 120, 23, 1000
QUESTIONS = {"why": "Why do you think so?", "where": "Where?"}
RETRIEVAL = ("off", "on")
MASKS = ("hard", "soft")
CLICKS = ("predicted", "oracle")
VIEWS = ("none", *(f"{mask}, {click}" for click in CLICKS for mask in MASKS))
CELLS = tuple(f"{found}, {view}" for found in RETRIEVAL for view in VIEWS)
BASE = CELLS[0]
"""Without sentences and without a mask: what every other cell is compared with."""
SCORES = ("sentence_bert", "bleu2", "rougeL", "region_f1")
NO_CLICKS = "no click model: give --clicks FOLDER, or train one with training/train_clicks.py"
_QUOTE = re.compile(r'"[^"]*"?')


@dataclass(frozen=True, eq=False)
class Forged:
    """A forgery to ask about.

    Attributes:
        face: as the detector examined it.
        photo: name of the photo it is made of.
        truth: sentence made from the true regions and kinds.
        regions: ids of the regions that were forged.
        oracle: (2,) where it shows most, as (x, y) in [0, 1] of the crop.
    """

    face: TalkFace
    photo: str
    truth: str
    regions: tuple[str, ...]
    oracle: NDArray[np.float64]


def run(context: RetrievalContext) -> None:
    """Ask every question of each forgery in every cell; without a click model its cells stay unmeasured."""
    from retrieval.clicks.predictor import ClickPredictor
    from retrieval.encoders import weights_hash

    context.need("faces")
    folder = context.click_folder
    clicks = ClickPredictor.load(folder, context.predictor) if folder is not None else None
    log = context.log(
        PART, ("kfd", "prompt_learner", "language_model"), questions=QUESTIONS, seed=SEED,
        clicks=weights_hash(clicks.model) if clicks is not None else None,
    )  # fmt: skip
    annotations = unseen_annotations(context)
    drawn = list(forgeries(context, context.limit or DRAWN))
    called = [f for f in drawn if annotations.like(f.face.evidence)]
    names = {face.name for face in evenly([f.face for f in called], context.limit or FACES)}
    chosen = [f for f in called if f.face.name in names]
    for one in context.track(chosen, len(chosen), "ablation"):
        wanted = {intent: f"{one.face.name}/{intent}" for intent in QUESTIONS}
        if all(key in log for key in wanted.values()):
            continue
        points = {"oracle": one.oracle}
        if clicks is not None:
            points["predicted"] = clicks.points(one.face.face.crop.pixels[None])[0]
        seen = views(context, one.face, points)
        for intent, key in wanted.items():
            if key not in log:
                cells = _cells(context, one, QUESTIONS[intent], seen, annotations)
                log.add(key, photo=one.photo, intent=intent, truth=one.truth, regions=one.regions, points=points,
                        drawn=len(drawn), called=len(called), cells=cells)  # fmt: skip


def forgeries(context: RetrievalContext, count: int) -> Iterator[Forged]:
    """At most `count` forgeries of the held half, examined, with what is true of them."""
    from evaluation.detector_eval import as_crop, protocol_pairs
    from retrieval.clicks.targets import measured_spread, strongest_points
    from retrieval.simulated import describe

    spread = float(np.mean(measured_spread(context.read[0])))
    pairs = protocol_pairs(context.data, context.predictor.image_size, "measure", count)
    for group in batches(context.track(pairs, count, "forgeries to ask about"), 16):
        made = [e.pair for e in group]
        crops = [as_crop(pair.fake) for pair in made]
        found = context.predictor.examine(crops, [pair.landmarks for pair in made])
        real, fake, masks = (np.stack([getattr(p, name) for p in made]) for name in ("real", "fake", "mask"))
        oracle = strongest_points(real, fake, masks, spread)
        for e, pair, crop, (evidence, signals), point in zip(group, made, crops, found, oracle, strict=True):
            name = f"{e.number:04d}/fake"
            truth = describe(pair.regions, pair.kinds, np.random.default_rng([SEED, e.number]))
            face = TalkFace(name, "fake", examination_of(name, crop, pair.landmarks, evidence, signals))
            yield Forged(face, pair.name, truth, tuple(pair.regions), point)


def views(context: RetrievalContext, face: TalkFace, points: dict[str, NDArray[np.float64]]) -> "dict[str, Signals]":
    """View -> what the detector saw: the whole face, and each mask around each click that there is."""
    from assistant.click_masks import masked_signals

    pixels = face.face.crop.pixels
    found = {"none": face.signals}
    for mask in MASKS:
        for click, point in points.items():
            found[f"{mask}, {click}"] = masked_signals(context.predictor, pixels, point[None], mask)
    return found


def _cells(
    context: RetrievalContext, one: Forged, question: str, seen: "dict[str, Signals]", annotations: "Annotations"
) -> dict[str, Item]:
    """Cell -> answer and scores, for every cell whose view there is."""
    answers: dict[str, tuple[str, list[Any]]] = {}
    for retrieval in RETRIEVAL:
        for view in VIEWS:
            if view not in seen:
                continue
            shown = replace(one.face.face, signals=seen[view])
            talk = context.assistant.conversation(replace(one.face.examination, faces=(shown,), measurements=[]))
            talk.annotations = annotations if retrieval == "on" else None
            answers[f"{retrieval}, {view}"] = say(talk, question), list(talk.last.examples)
    texts = [text or "(nothing)" for text, _ in answers.values()]
    truth, *vectors = context.text_side.encode([one.truth, *texts])
    return {
        cell: {"text": text, "examples": [e["text"] for e in examples], "sentence_bert": float(vector @ truth)}
        | scores(text, one.truth, one.regions)
        for (cell, (text, examples)), vector in zip(answers.items(), vectors, strict=True)
    }


def scores(text: str, truth: str, regions: Sequence[str]) -> Item:
    """Scores of one answer against the true sentence and the true regions, as the independent parser reads it.

    "Most of the face" names regions as in the language part.
    """
    own = _QUOTE.sub("", text)
    named = named_regions(parse_answer(own), regions)
    return {
        "bleu2": bleu2(text, truth),
        "rougeL": rouge(text, truth)["rougeL"],
        "region_f1": metrics.count_sets([named], [regions]).f1,
        "named": sorted(named),
        "verdicts": sorted(set(verdict_claims(own))),
    }


def figures(items: Sequence[Item]) -> Figures:
    """Means of every cell, and differences to the first one with bootstrap intervals that resample photos."""
    first = items[0] if items else {"drawn": 0, "called": 0}
    table: Figures = {}
    for number, cell in enumerate(CELLS):
        rows = [i for i in items if cell in i["cells"]]
        if not rows:
            table[cell] = {"not_measured": NO_CLICKS if "predicted" in cell else "no items"}
            continue
        table[cell] = {
            "answers": len(rows),
            "same_verdict": share(i["cells"][cell]["verdicts"] == i["cells"][BASE]["verdicts"] for i in rows),
            "same_words": share(i["cells"][cell]["text"] == i["cells"][BASE]["text"] for i in rows),
            "with_sentences": share(bool(i["cells"][cell]["examples"]) for i in rows),
        } | {name: _compared(rows, cell, name, [SEED, number]) for name in SCORES}
    return {
        "drawn": first["drawn"],
        "called_manipulated": first["called"],
        "faces": len({i["photo"] for i in items}),
        "cells": table,
        "measured": mean(float("answers" in found) for found in table.values()) if items else None,
    }


def _compared(rows: Sequence[Item], cell: str, name: str, seed: Sequence[int]) -> Figures:
    """Mean of a score in a cell, its difference to the base, and the interval of the difference."""
    gains = [i["cells"][cell][name] - i["cells"][BASE][name] for i in rows]
    out = {"mean": mean(i["cells"][cell][name] for i in rows), "gain": mean(gains)}
    if cell == BASE:
        return out
    found = metrics.bootstrap_by_group(
        np.ones(len(gains)), gains, [i["photo"] for i in rows], lambda _, values: float(np.mean(values)),
        np.random.default_rng(seed), ROUNDS,
    )  # fmt: skip
    return out | {"low": found.low, "high": found.high}


def bars(found: Figures) -> list[Bar]:
    """Only that it is measured."""
    return [Bar(PART, "ablation cells measured (share)", found["measured"], 1.0, ">=")]
