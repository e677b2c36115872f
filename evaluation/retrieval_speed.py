"""How long a search takes: warm with 50,000 vectors, and while 10,000 more are added by another thread.

Idle and adding take turns on one index, so that other work on the machine weighs on both alike.
"""

import threading
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from evaluation.results import Bar, Figures, Item
from evaluation.retrieval_eval import RetrievalContext
from evaluation.retrieval_index import K, perturbed

if TYPE_CHECKING:
    from retrieval.index import AnnotationIndex

PART = "index_speed"
VECTORS, ADDED = 50_000, 10_000
PART_SIZE = 100  # vectors given to one `add`
ENOUGH, ROUNDS, WARM_UP = 600, 200, 50  # searches while adding; rounds at most; searches before the first round
SEED = 6


def run(context: RetrievalContext) -> None:
    """One item a search. Measured anew each time: times of another day are not continued."""
    from retrieval.index import AnnotationIndex, Item

    log = context.text_log(PART, at=str(time.time()))
    rng = np.random.default_rng(SEED)
    count, added = (200 * context.limit, 200 * context.limit) if context.limit else (VECTORS, ADDED)
    vectors = perturbed(context.sentences, count + added, rng)
    index = AnnotationIndex(context.text_side.key, "flat")
    first = context.read[0][0]
    index.add(vectors[:count], [Item(first)] * count)
    queries = perturbed(context.sentences, 256, rng)
    for number in range(WARM_UP):
        index.search(queries[number % len(queries), None], K)
    guest = Item(context.read[0][1])
    rounds, enough, seen = (3, 0, 0) if context.limit else (ROUNDS, ENOUGH, 0)
    for turn in context.track(range(rounds), rounds, "searches"):
        if enough and seen >= enough:
            break
        busy = searches_while_adding(index, queries, vectors[count:], guest)
        index.remove([guest.annotation.id])
        seen += len(busy)
        idle = [timed(index, queries[n % len(queries)]) for n in range(max(len(busy), 5))]
        for state, seconds in (("adding", busy), ("idle", idle)):
            for number, value in enumerate(seconds):
                log.add(f"{turn:02d}/{state}/{number:05d}", state=state, vectors=count, added=added, seconds=value)


def timed(index: "AnnotationIndex", query: NDArray[np.float32]) -> float:
    """Seconds of one search."""
    start = time.perf_counter()
    index.search(query[None], K)
    return time.perf_counter() - start


def searches_while_adding(
    index: "AnnotationIndex", queries: NDArray[np.float32], vectors: NDArray[np.float32], item: object
) -> list[float]:
    """Times of searches made, one after the other, as long as another thread adds all the vectors."""

    def add() -> None:
        for start in range(0, len(vectors), PART_SIZE):
            part = vectors[start : start + PART_SIZE]
            index.add(part, [item] * len(part))  # pyright: ignore[reportArgumentType]

    thread = threading.Thread(target=add)
    seconds: list[float] = []
    thread.start()
    while thread.is_alive():
        seconds.append(timed(index, queries[len(seconds) % len(queries)]))
    thread.join()
    return seconds


def figures(items: Sequence[Item]) -> Figures:
    """Median and 99th percentile in milliseconds of each state."""
    out: Figures = {}
    for state in ("idle", "adding"):
        values = [1000 * i["seconds"] for i in items if i["state"] == state]
        out[state] = {
            "searches": len(values),
            "p50_ms": float(np.percentile(values, 50)) if values else None,
            "p99_ms": float(np.percentile(values, 99)) if values else None,
        }
    out["vectors"] = items[0]["vectors"] if items else 0
    idle, adding = out["idle"]["p99_ms"], out["adding"]["p99_ms"]
    out["p99_ratio"] = adding / idle if idle and adding else None
    return out


def bars(found: Figures) -> list[Bar]:
    """The promises on speed."""
    many = f"{found['vectors']:,}"
    return [
        Bar(PART, f"median of a warm search among {many} vectors (ms)", found["idle"]["p50_ms"], 10.0, "<="),
        Bar(PART, "p99 while vectors are added / p99 idle", found["p99_ratio"], 2.0, "<="),
    ]
