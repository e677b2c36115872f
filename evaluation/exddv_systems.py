"""Baselines that need no language model: sentences of the training split, chosen without or by a search.

The text search knows the regions and the first kind of artifact that the held-out sentence names, but not the sentence.
It stands for a detector that finds both without an error, so its figures are an upper bound of such a baseline. The
query's own video and people never answer. A constant or random sentence knows nothing of the video.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from evaluation.exddv_context import ExddvContext, Run
from evaluation.retrieval_text import query_kinds
from retrieval.splits import SplitKind

if TYPE_CHECKING:
    from retrieval.annotations import Annotation
    from retrieval.select import Example

SEEDS = (0, 1, 2)
KS = (1, 3, 5, 10)
"""Neighbours of which the medoid is taken; of one it is the neighbour itself."""
FREQUENT, RANDOM = "most frequent sentence", "random training sentence"
BY_TEXT = "by regions and kind"


def medoid_name(k: int, search: str = BY_TEXT) -> str:
    """What the system is called that says the medoid of the first k found in a search."""
    return f"top-1 neighbour, {search}" if k == 1 else f"medoid of {k} neighbours, {search}"


def text_runs(context: ExddvContext, kind: SplitKind) -> list[Run]:
    """The sentences of all baselines for the held-out rows of a split."""
    rows, held = context.rows(kind), context.held_out(kind)
    train = [a for a in rows if a.split == "train"]
    common = most_frequent([a.text for a in train])
    runs = [Run(FREQUENT, None, {a.id: common for a in held})]
    runs += [Run(RANDOM, seed, random_texts(held, train, seed)) for seed in SEEDS]
    found = neighbours(context, rows, held)
    vectors = dict(zip([a.text for a in rows], context.sentences, strict=True))
    return runs + medoid_runs(found, vectors, BY_TEXT)


def most_frequent(texts: Sequence[str]) -> str:
    """The sentence that stands there most often, in any letter case; its first spelling, the first of equals."""
    counts = Counter(t.casefold() for t in texts)
    top = counts.most_common(1)[0][0]
    return next(t for t in texts if t.casefold() == top)


def random_texts(held: Sequence["Annotation"], train: Sequence["Annotation"], seed: int) -> dict[str, str]:
    """A training sentence for each held-out row, of another video and other people; it depends on seed and id alone."""
    from retrieval.select import wish_for

    out = {}
    for row in held:
        wish = wish_for(row)
        order = np.random.default_rng([seed, *row.id.encode()]).permutation(len(train))
        out[row.id] = next(train[n].text for n in order if wish.admits(train[n]))
    return out


def query_of(row: "Annotation") -> str:
    """What is searched for: regions and kind; the face where a row names nothing."""
    from retrieval.select import sentence_query
    from retrieval.vocabulary import FACE

    return sentence_query(row.regions or (FACE,), query_kinds(row))


def neighbours(
    context: ExddvContext, rows: Sequence["Annotation"], held: Sequence["Annotation"]
) -> "dict[str, list[Example]]":
    """id -> the nearest training sentences of distinct videos, most similar first."""
    from retrieval.index import AnnotationIndex, Item
    from retrieval.select import select, wish_for

    numbers = [n for n, a in enumerate(rows) if a.split == "train"]
    index = AnnotationIndex(context.text_side.key, "flat")
    index.add(context.sentences[numbers], [Item(rows[n]) for n in numbers])
    vectors = context.text_side.encode([query_of(a) for a in held])
    return {a.id: select(index, v[None], wish_for(a, max(KS))) for a, v in zip(held, vectors, strict=True)}


def medoid_runs(
    found: "Mapping[str, Sequence[Example]]", vectors: Mapping[str, NDArray[np.float32]], search: str
) -> list[Run]:
    """For each k the medoid of the first k; rows for which nothing was found are left out."""
    runs = []
    for k in KS:
        texts = {}
        for name, examples in found.items():
            first = [e.annotation.text for e in examples[:k]]
            if first:
                texts[name] = first[medoid(np.stack([vectors[t] for t in first]))]
        runs.append(Run(medoid_name(k, search), None, texts))
    return runs


def medoid(vectors: NDArray[np.floating]) -> int:
    """Which of unit vectors (N, D) is most similar to the others on average; the first of equals.

    The reference is not looked at: this is no oracle.
    """
    total = (vectors @ vectors.T).sum(1) - (vectors * vectors).sum(1)
    return int(np.flatnonzero(total >= total.max() - 1e-6)[0])
