"""One model and many conversations: whether answers stay apart, what memory they take, and what sharing gains.

Each conversation is about its own simulated forgery, and its third question is about the region forged in it. All talk
at the same time; every answer is compared with the one that an ordinary LanguageModel gives to the conversation alone.
Times are compared within one run only, alone and together in turns. Where other programs run beside, seconds of the
processor tell more than those of the clock; both are kept.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from evaluation.context import Context
from evaluation.detector_eval import as_crop, protocol_pairs
from evaluation.language_faces import examination_of, say
from evaluation.results import Bar, Figures, Item, ItemLog
from evaluation.speed_eval import first_token_clock
from media.records import Examination
from simulation.dialogue.names import spoken_ids, with_article
from simulation.presets import EVAL_SEED, EVAL_V1

if TYPE_CHECKING:
    from assistant.conversation import Conversation
    from assistant.llm import LanguageModel
    from assistant.serving.detector import ServedPredictor
    from assistant.serving.language import ServedLanguageModel

PART = "serving"
CONVERSATIONS = 64
ROUNDS = 3
CACHE_BYTES_EACH = 3 * 2**19
"""Memory set aside for each conversation: less than they take, so that caches are dropped and read again."""
FIRST_TOKENS = 12
CALLERS = 16
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Planted:
    """A forged crop, the regions it was forged in, and the questions of its conversation."""

    name: str
    regions: tuple[str, ...]
    questions: tuple[str, ...]
    examination: Examination

    def fresh(self) -> Examination:
        """The examination without measurements of earlier conversations."""
        return replace(self.examination, measurements=[])


def run(context: Context) -> None:
    """Measure anew each time; times of another day and machine are not continued."""
    from assistant.serving.detector import ServedPredictor
    from assistant.serving.language import ServedLanguageModel

    context.need("faces")
    rooms = ("kfd", "prompt_learner", "language_model")
    log = context.log(PART, rooms=rooms, preset=EVAL_V1.digest(), seed=EVAL_SEED, at=str(time.time()))
    planted = planted_regions(context, context.limit or CONVERSATIONS)
    served = ServedLanguageModel(context.assistant.language[0], CACHE_BYTES_EACH * len(planted))
    predictor = ServedPredictor(context.predictor)
    try:
        _talks(context, planted, served, log)
        _images(context, planted, predictor, log)
        _first_tokens(context, planted[:FIRST_TOKENS], served, log)
    finally:
        served.close()
        predictor.close()


def planted_regions(context: Context, count: int) -> list[Planted]:
    """Forgeries of the held half, each examined by itself."""
    found = []
    for e in context.track(
        protocol_pairs(context.data, context.predictor.image_size, "measure", count), count, "faces"
    ):
        crop = as_crop(e.pair.fake)
        ((evidence, signals),) = context.predictor.examine([crop], [e.pair.landmarks])
        name = f"{e.number:04d}/fake"
        asked = spoken_ids(e.pair.regions)[:1]
        place = f"What about {with_article(asked)}?" if asked else "Where is it?"
        questions = ("Is this a deepfake image?", "Why do you think so?", place)
        examination = examination_of(name, crop, e.pair.landmarks, evidence, signals)
        found.append(Planted(name, tuple(e.pair.regions), questions, examination))
    return found


def timed(do: Callable[[], T]) -> tuple[T, dict[str, float]]:
    """The result of do(), and its seconds of the clock and of the processor (all threads of this process)."""
    start, cpu = time.perf_counter(), time.process_time()
    done = do()
    return done, {"seconds": time.perf_counter() - start, "cpu_seconds": time.process_time() - cpu}


def at_once(count: int, do: Callable[[int], T]) -> list[T]:
    """Results of do(0), do(1), ... from `count` threads."""
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(do, range(count)))


def _conversation(context: Context, planted: Planted, llm: "LanguageModel") -> "Conversation":
    from assistant.conversation import Conversation
    from assistant.profiles import profile_of

    tokens = profile_of(context.profile).context_tokens
    return Conversation(planted.fresh(), llm, context.assistant.language[1], tokens)


def _answers(context: Context, planted: Planted, llm: "LanguageModel") -> list[str]:
    """The answers of a whole conversation."""
    talk = _conversation(context, planted, llm)
    return [say(talk, question) for question in planted.questions]


def _shared(context: Context, planted: Sequence[Planted], llm: "LanguageModel", number: int) -> list[str]:
    """The answers of one conversation of many."""
    return _answers(context, planted[number], llm)


def _margins(predictor: "ServedPredictor", crops: Sequence[NDArray[np.uint8]], step: int, first: int) -> list[float]:
    """Margins of every `step`-th crop from `first` on, one pass each."""
    return [float(predictor.run(crop).margins[0]) for crop in crops[first::step]]


def _talks(context: Context, planted: Sequence[Planted], served: "ServedLanguageModel", log: ItemLog) -> None:
    """All conversations alone and together, in turns; which comes first changes from round to round."""
    plain = context.assistant.language[0]
    _answers(context, planted[0], plain)  # warms up
    alone: list[list[str]] = []
    together: list[list[str]] = []
    for number in context.track(range(ROUNDS), ROUNDS, "conversations"):
        spent: dict[str, dict[str, float]] = {}
        for way in ("alone", "together") if number % 2 else ("together", "alone"):
            if way == "alone":
                alone, spent[way] = timed(lambda: [_answers(context, one, plain) for one in planted])
            else:
                together, spent[way] = timed(lambda: at_once(len(planted), partial(_shared, context, planted, served)))
        for one, own, shared in zip(planted, alone, together, strict=True):
            log.add(
                f"talk/{number}/{one.name}", kind="talk", round=number, regions=one.regions,
                questions=one.questions, alone=own, together=shared,
            )  # fmt: skip
        tokens = {
            way: sum(len(plain.tokenize(text)) for answers in said for text in answers)
            for way, said in (("alone", alone), ("together", together))
        }
        log.add(
            f"round/{number}", kind="round", tokens=tokens, spent=spent, evicted=served.caches.evicted,
            peak=served.caches.peak, cache_limit=served.caches.limit, passes=served.passes, steps=served.steps,
        )  # fmt: skip


def _images(context: Context, planted: Sequence[Planted], predictor: "ServedPredictor", log: ItemLog) -> None:
    """Detector passes over all crops, one after another by one caller, and by several callers at a time."""
    crops = [one.examination.faces[0].crop.pixels[None] for one in planted]
    callers = min(CALLERS, len(crops))
    context.predictor.run(crops[0])
    for number in range(ROUNDS):
        alone, spent = timed(lambda: [float(context.predictor.run(crop).margins[0]) for crop in crops])
        shares, shared = timed(lambda: at_once(callers, partial(_margins, predictor, crops, callers)))
        together = [shares[place % callers][place // callers] for place in range(len(crops))]
        log.add(
            f"images/{number}", kind="images", images=len(crops),
            spent={"alone": spent, "together": shared},
            margin_difference=float(np.abs(np.subtract(alone, together)).max()),
            passes=predictor.passes, crops=predictor.crops,
        )  # fmt: skip


def _first_tokens(context: Context, planted: Sequence[Planted], served: "ServedLanguageModel", log: ItemLog) -> None:
    """First token of turns 2 and 3, with what was read kept, and with image and history encoded again.

    The questions ask for no new measurement: that would take the same time in both ways.
    """
    for one in planted:
        kept, again = (_conversation(context, one, served) for _ in range(2))
        say(kept, one.questions[0])
        say(again, one.questions[0])
        for turn, question in ((2, "Why do you think so?"), (3, "How sure are you?")):
            seconds = _until_token(served, kept, question, lambda: None)
            anew = _until_token(served, again, question, partial(_encode_again, context, one, served))
            log.add(f"first/{turn}/{one.name}", kind="first", turn=turn, seconds=seconds, anew_seconds=anew)


def _encode_again(context: Context, planted: Planted, served: "ServedLanguageModel") -> None:
    """What a program without caches does before each answer: detector, prompt learner, and the history (dropped)."""
    import torch

    face = planted.examination.faces[0]
    ((_, signals),) = context.predictor.examine([face.crop], [face.face.landmarks])
    with torch.inference_mode():
        context.assistant.language[1].encode([signals])
    served.caches.drop_all()


def _until_token(llm: Any, talk: "Conversation", question: str, first: Callable[[], None]) -> float:
    """Seconds from the question to the choice of the answer's first token, `first` included."""
    start = time.perf_counter()
    first()
    with first_token_clock(llm) as token:
        say(talk, question)
    return token[0] - start


def figures(items: Sequence[Item]) -> Figures:
    """Counts over all rounds; of times the median of the single rounds' or turns' ratios."""
    talks = [i for i in items if i["kind"] == "talk"]
    rounds = [i for i in items if i["kind"] == "round"]
    images = [i for i in items if i["kind"] == "images"]
    first = {turn: [i for i in items if i["kind"] == "first" and i["turn"] == turn] for turn in (2, 3)}
    answers = [(i["round"], own, shared) for i in talks for own, shared in zip(i["alone"], i["together"], strict=True)]
    whole = {str(i["alone"]) for i in talks if i["round"] == 0}
    people = sum(i["round"] == 0 for i in talks)
    return {
        "conversations": people,
        "answers": len(answers),
        "unlike_alone": sum(own != shared for _, own, shared in answers) if answers else None,
        "telling_apart": len(whole) / people if people else None,
        "cache_peak_mb": max(i["peak"] for i in rounds) / 2**20 if rounds else None,
        "cache_share": max(i["peak"] / i["cache_limit"] for i in rounds) if rounds else None,
        "caches_dropped": max(i["evicted"] for i in rounds) if rounds else None,
        "steps_a_pass": rounds[-1]["steps"] / rounds[-1]["passes"] if rounds else None,
        **_speeds(rounds, lambda i, way: i["tokens"][way], "tokens"),
        **_speeds(images, lambda i, way: i["images"], "images"),
        "margin_difference": max(i["margin_difference"] for i in images) if images else None,
        **{f"first_token_{turn}_s": _median(i["seconds"] for i in rows) for turn, rows in first.items()},
        **{f"first_token_{turn}_anew_s": _median(i["anew_seconds"] for i in rows) for turn, rows in first.items()},
        **{f"first_token_{turn}_ratio": _median(i["anew_seconds"] / i["seconds"] for i in rows)
           for turn, rows in first.items()},
    }  # fmt: skip


def _speeds(items: Sequence[Item], count: Callable[[Item, str], int], what: str) -> Figures:
    """How many a second of clock and processor, alone and together, and how many times more together."""
    found: Figures = {}
    for unit, name in (("seconds", "s"), ("cpu_seconds", "cpu_s")):
        rows = [{way: count(i, way) / i["spent"][way][unit] for way in ("alone", "together")} for i in items]
        found |= {f"{what}_{name}_{way}": _median(row[way] for row in rows) for way in ("alone", "together")}
        found[f"{what}_{name}_ratio"] = _median(row["together"] / row["alone"] for row in rows)
    return found


def _median(values: Any) -> float | None:
    known = list(values)
    return statistics.median(known) if known else None


def bars(found: Figures) -> list[Bar]:
    """The promises on many conversations at a time."""
    return [
        Bar(PART, "answers unlike those given alone", found["unlike_alone"], 0, "<="),
        Bar(PART, "conversations whose answers tell them from all others", found["telling_apart"], 0.9, ">="),
        Bar(PART, "memory of caches / its limit", found["cache_share"], 1.0, "<="),
        Bar(PART, "tokens/s, together / alone", found["tokens_s_ratio"], 2.0, ">="),
        Bar(PART, "tokens a processor second, together / alone", found["tokens_cpu_s_ratio"], 2.0, ">="),
        Bar(PART, "images/s of the detector, together / alone", found["images_s_ratio"], 1.0, ">="),
        Bar(PART, "turn 2, first token: encoding again / going on", found["first_token_2_ratio"], 3.0, ">="),
        Bar(PART, "turn 3, first token: encoding again / going on", found["first_token_3_ratio"], 3.0, ">="),
    ]
