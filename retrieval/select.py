"""Which annotations to show for a query: the best item of each video, until there are k videos.

As in the code released with ExDDV: neighbours by cosine, descending, one item a video, k = 5; the same pair of people
under another manipulation is another video. Unlike there, the query's own video and its people never answer for it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from media.errors import BadRequest
from retrieval.annotations import Annotation, VideoKey
from retrieval.index import AnnotationIndex
from retrieval.vocabulary import FACE, KIND_PHRASE
from simulation.dialogue.names import spoken_name

DEFAULT_K = 5
REGION_WEIGHT = 0.3
"""What a full agreement of regions adds to the cosine when `Wish.regions` is given."""


@dataclass(frozen=True)
class Example:
    """A retrieved annotation. similarity is the cosine with the query; frame or time tells the item of a video."""

    annotation: Annotation
    similarity: float
    frame: int | None = None
    time: float | None = None

    def source(self) -> dict[str, Any]:
        """What is listed under an answer."""
        a = self.annotation
        return {
            "text": a.text,
            "annotator": a.annotator or ("a program" if a.simulated else ""),
            "dataset": a.dataset,
            "video": a.name,
            "licence": a.licence,
            "label": a.label,
            "simulated": a.simulated,
            "similarity": round(self.similarity, 4),
        }


@dataclass(frozen=True)
class Wish:
    """What to select.

    Attributes:
        k: how many distinct videos.
        own_videos, own_identities: of the query; whatever shares one of them is left out.
        balance: as many fake as real ones, as far as there are both; the odd one goes to the nearer label.
        distinct_texts: no sentence twice (the released code allows it).
        regions: registry ids the query is about; annotations naming the same ones move up.
        wanted: keeps only some annotations, e.g. those of the training split.
    """

    k: int = DEFAULT_K
    own_videos: frozenset[VideoKey] = frozenset()
    own_identities: frozenset[str] = frozenset()
    balance: bool = False
    distinct_texts: bool = False
    regions: tuple[str, ...] = ()
    wanted: Callable[[Annotation], bool] | None = None

    def __post_init__(self) -> None:
        if self.k < 1:
            raise BadRequest(f"At least one example must be asked for, got {self.k}.")

    def admits(self, annotation: Annotation) -> bool:
        """Whether an annotation may answer at all."""
        own = annotation.video in self.own_videos or bool(self.own_identities & set(annotation.identities))
        return not own and (self.wanted is None or self.wanted(annotation))


def wish_for(annotation: Annotation, k: int = DEFAULT_K, **options: Any) -> Wish:
    """The wish of a query that is itself an annotated video: its own video and people are left out."""
    own = frozenset([annotation.video]), frozenset(annotation.identities)
    return Wish(k, *own, **options)


def select(index: AnnotationIndex, queries: NDArray[np.float32], wish: Wish | None = None) -> list[Example]:
    """The k best examples, most similar first.

    Args:
        index: to search.
        queries: (Q, D) unit vectors of one query: its middle frame, its clicked frames, or a track; an item's
            similarity is the highest over them.
        wish: what to leave out, and how many.
    """
    wish = wish or Wish()
    total, n = len(index), max(50, 10 * wish.k)
    if wish.regions:
        n = max(n, 500)  # re-ordering needs more than the nearest few
    while True:
        ranked = _ranked(index, queries, min(n, total), wish)
        chosen = _balanced(ranked, wish) if wish.balance else _distinct(ranked, wish, wish.k)
        enough = len(chosen) >= wish.k and (not wish.balance or _both(chosen))
        if enough or n >= total:
            return sorted(chosen, key=lambda e: -e.similarity)
        n *= 4


def _ranked(index: AnnotationIndex, queries: NDArray[np.float32], n: int, wish: Wish) -> list[Example]:
    """Admitted items, best first."""
    similarities, ids = index.search(np.atleast_2d(queries), n)
    best: dict[int, float] = {}
    for similarity, i in zip(similarities.ravel().tolist(), ids.ravel().tolist(), strict=True):
        if i >= 0:
            best[i] = max(similarity, best.get(i, -np.inf))
    found: list[tuple[float, int, Example]] = []
    for i, similarity in best.items():
        item = index.items.get(i)
        if item is not None and wish.admits(item.annotation):
            extra = REGION_WEIGHT * overlap(wish.regions, item.annotation.regions) if wish.regions else 0.0
            found.append((-similarity - extra, i, Example(item.annotation, similarity, item.frame, item.time)))
    return [example for _, _, example in sorted(found, key=lambda row: row[:2])]


def _distinct(ranked: Sequence[Example], wish: Wish, k: int) -> list[Example]:
    """The first k of distinct videos (and texts, when wished)."""
    videos: set[VideoKey] = set()
    texts: set[str] = set()
    chosen = []
    for example in ranked:
        a = example.annotation
        if len(chosen) == k:
            break
        if a.video in videos or (wish.distinct_texts and a.text.lower() in texts):
            continue
        videos.add(a.video)
        texts.add(a.text.lower())
        chosen.append(example)
    return chosen


def _balanced(ranked: Sequence[Example], wish: Wish) -> list[Example]:
    """Half fake, half real; what one label lacks the other fills."""
    by_label = {}
    for label in ("fake", "real"):
        by_label[label] = _distinct([e for e in ranked if e.annotation.label == label], wish, wish.k)
    near, far = sorted(by_label.values(), key=lambda rows: -rows[0].similarity if rows else np.inf)
    take_far = min(len(far), wish.k // 2)
    return near[: wish.k - take_far] + far[:take_far]


def _both(chosen: Sequence[Example]) -> bool:
    labels = [e.annotation.label for e in chosen]
    return min(labels.count("fake"), labels.count("real")) >= len(labels) // 2


def overlap(one: Sequence[str], other: Sequence[str]) -> float:
    """Jaccard overlap of two sets of ids; 0 when both are empty."""
    both = set(one) | set(other)
    return len(set(one) & set(other)) / len(both) if both else 0.0


def sentence_query(regions: Sequence[str], kinds: Sequence[str], draft: str = "") -> str:
    """A sentence to search with, in the annotators' manner, from what the detector found and a draft of the answer."""
    places = spoken_name(tuple(r for r in regions if r != FACE)).replace(" and ", ", ").split(", ")
    words = [KIND_PHRASE[k] for k in kinds] or ["artifacts"]
    found = []
    if regions or kinds:  # a sentence for each place, with the kinds in turn; then kinds that are left over
        count = max(len(places), len(words))
        pairs = [(words[min(n, len(words) - 1)], places[min(n, len(places) - 1)] or "face") for n in range(count)]
        found = [f"{what.capitalize()} around the {place}." for what, place in pairs]
    query = " ".join(part for part in (*found, draft.strip()) if part)
    if not query:
        raise BadRequest("A search by text needs a region, a kind of artifact, or words.")
    return query
