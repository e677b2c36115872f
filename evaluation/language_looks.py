"""Questions that need another look (a hidden place, a moment, the strongest, motion, several persons), and the answers.

Asked in phrasings kept back from training, of validation faces and validation clips of real people. An answer is right
when it gives every number that the look measured and no other, besides the score of the whole, and the checker agrees.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np

from assistant.look_checker import LOOKS
from evaluation.context import Context
from evaluation.language_faces import TalkFace, evenly, say
from evaluation.results import Figures, Item, ItemLog, share
from simulation.dialogue.moments import clock, times_in

HIDDEN, CLIPS = 40, 7
SEED = 70
_PERCENT = re.compile(r"(?<![\w.])(\d+) ?%")


def second_looks(context: Context, faces: Sequence[TalkFace], log: ItemLog) -> None:
    """Ask and save: the question, the answer, what the look measured."""
    assessed = [f for f in faces if f.evidence.score is not None]
    hidden = evenly(assessed, min(HIDDEN, context.limit or HIDDEN))
    for number, face in enumerate(context.track(hidden, len(hidden), "a place hidden")):
        key = f"look/hide/{face.name}"
        if key in log:
            continue
        rng = np.random.default_rng([SEED, 1, number])
        talk = context.assistant.conversation(face.examination)
        _ask(log, key, talk, "hide", _question(rng, "hide", _place(rng, face)), face.percent)
    _clips(context, log)


def _place(rng: np.random.Generator, face: TalkFace) -> tuple[str, ...]:
    from media.regions import SPOKEN_REGIONS

    flagged = [i for i in face.evidence.flagged if i in SPOKEN_REGIONS]
    pool = flagged if flagged and rng.random() < 0.5 else SPOKEN_REGIONS
    return (str(pool[int(rng.integers(len(pool)))]),)


def _question(rng: np.random.Generator, intent: str, place: tuple[str, ...] = (), time: str = "") -> str:
    from simulation.dialogue.questions import ask

    return ask(rng, intent, "eval", place, time=time)


def _clips(context: Context, log: ItemLog) -> None:
    from simulation.dialogue.facts import percent_of
    from simulation.dialogue.moment_turns import spoken_time
    from simulation.faces_data import clip_paths

    paths = context.cut(clip_paths(context.data, "val")[:CLIPS])
    for number, (path, _) in enumerate(context.track(paths, len(paths), "moments of real clips")):
        if f"look/motion/{path.name}" in log:
            continue
        rng = np.random.default_rng([SEED, 2, number])
        examination = context.assistant.examine(path)
        if examination.score is None:
            continue
        inside = spoken_time(rng, float(rng.uniform(0, examination.media.duration or 1.0)))
        questions = {"worst": _question(rng, "worst"), "moment": _question(rng, "moment", time=inside),
                     "persons": _question(rng, "persons"), "motion": _question(rng, "motion")}  # fmt: skip
        for intent, question in questions.items():
            talk = context.assistant.conversation(examination)
            _ask(log, f"look/{intent}/{path.name}", talk, intent, question, percent_of(examination.score))


def _ask(log: ItemLog, key: str, talk: Any, intent: str, question: str, percent: int | None) -> None:
    if key in log:
        return
    from simulation.dialogue.facts import percent_of

    kept = talk.pictures[0].measurements
    before = len(kept)
    text = say(talk, question)
    looks = [m for m in kept[before:] if m.kind in LOOKS]
    both = intent in ("hide", "moment", "motion")
    numbers = [[percent_of(m.score), percent_of(m.rest) if both else None] for m in looks]
    times = [clock(m.place[0]) for m in looks if m.kind == "moment"]
    log.add(key, kind="look", intent=intent, question=question, text=text, percent=percent, numbers=numbers,
            times=times, agrees=talk.last.agrees_with_evidence)  # fmt: skip


def look_right(item: Item) -> bool:
    """Every measured number and time is told and no other; without a look no number but the score is."""
    wanted = {n for pair in item["numbers"] for n in pair if n is not None}
    said = {int(n) for n in _PERCENT.findall(item["text"])}
    free = {item["percent"]} if item["percent"] is not None else set()
    near = all(any(abs(n - s) <= 1 for s in said) for n in wanted)
    founded = all(any(abs(n - w) <= 1 for w in wanted | free) for n in said)
    return near and founded and set(times_in(item["text"])) == set(item["times"]) and item["agrees"]


def look_figures(items: Sequence[Item]) -> Figures:
    """Share of right answers and of questions that were taken for such, by intent."""
    by: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by[item["intent"]].append(item)
    return {
        "answers": len(items),
        "right": share(look_right(i) for i in items),
        "by_intent": {k: [share(look_right(i) for i in v), len(v)] for k, v in sorted(by.items())},
        "hidden_measured": share(bool(i["numbers"]) for i in by["hide"]),
        "wrong": [[i["question"], i["text"]] for i in items if not look_right(i)],
    }
