"""Text search as the assistant uses it: the query names regions and a kind of artifact, never the held-out sentence.

One item a held-out annotation and way to search. Only training rows answer, never the query's own video or people.
"random" is the mean over draws; "BM25" and "vectors" get the same words; "vectors and regions" also re-orders by the
regions that an annotation names, as `python -m retrieval search --regions` does. The bars stand on "vectors" alone.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from evaluation.results import Bar, Figures, Item, mean
from evaluation.retrieval_eval import RetrievalContext
from evaluation.retrieval_scores import BM25, bleu2, rouge
from retrieval.splits import SplitKind, with_split

if TYPE_CHECKING:
    from retrieval.annotations import Annotation
    from retrieval.select import Wish

PART = "text_search"
SPLITS: tuple[SplitKind, ...] = ("official", "identity")
WAYS = ("random", "BM25", "vectors", "vectors and regions")
DRAWS, SEED = 20, 3


def run(context: RetrievalContext) -> None:
    """Search for every held-out annotation that names a region."""
    from retrieval.select import sentence_query

    log = context.text_log(PART, seed=SEED)
    rows = context.read[0]
    for kind in SPLITS:
        split = with_split(rows, kind)
        held = [a for a in split if a.split == "test" and a.regions]
        bench = _Bench(context, split)
        texts = [sentence_query(a.regions, query_kinds(a)) for a in held]
        vectors = context.text_side.encode(texts)
        own = context.text_side.encode([a.text for a in held])
        chosen = context.cut(list(range(len(held))))
        for n in context.track(chosen, len(chosen), f"text search, {kind} split"):
            if f"{kind}/{held[n].id}/{WAYS[-1]}" in log:
                continue
            for way, found in bench.search(held[n], texts[n], vectors[n]).items():
                key = f"{kind}/{held[n].id}/{way}"
                if key not in log:
                    values = bench.judge(held[n], own[n], found)
                    log.add(key, split=kind, way=way, query=texts[n], wanted=list(held[n].regions),
                            annotator=held[n].annotator, **values)  # fmt: skip


def query_kinds(annotation: "Annotation") -> tuple[str, ...]:
    """The one kind that the query names: the first that the held-out sentence does (the generic ones come last)."""
    return annotation.kinds[:1]


class _Bench:
    """The training rows of a split, ready to be searched in every way."""

    def __init__(self, context: RetrievalContext, split: Sequence["Annotation"]) -> None:
        from retrieval.index import AnnotationIndex, Item

        numbers = [n for n, a in enumerate(split) if a.split == "train"]
        self.rows = [split[n] for n in numbers]
        self.vectors = context.sentences[numbers]
        self.place = {a.id: n for n, a in enumerate(self.rows)}
        self.words = BM25([a.text for a in self.rows])
        self.index: AnnotationIndex = AnnotationIndex(context.text_side.key, "flat")
        self.index.add(self.vectors, [Item(a) for a in self.rows])

    def search(self, query: "Annotation", text: str, vector: np.ndarray) -> dict[str, list[list[int]]]:
        """Numbers of the training rows found, by way: a list of draws for "random", of one for the others."""
        from retrieval.select import select, wish_for

        plain = wish_for(query)
        ways = {
            "vectors": select(self.index, vector[None], plain),
            "vectors and regions": select(self.index, vector[None], wish_for(query, regions=query.regions)),
        }
        found = {way: [[self.place[e.annotation.id] for e in examples]] for way, examples in ways.items()}
        order = np.argsort(-self.words.scores(text), kind="stable").tolist()
        rng = np.random.default_rng([SEED, *query.id.encode()])
        draws = [self._first(plain, rng.permutation(len(self.rows)).tolist()) for _ in range(DRAWS)]
        return {"random": draws, "BM25": [self._first(plain, order)], **found}

    def _first(self, wish: "Wish", order: Sequence[int]) -> list[int]:
        """The first admitted rows of distinct videos."""
        chosen: dict[tuple[str, str, str], int] = {}
        for n in order:
            if wish.admits(self.rows[n]) and self.rows[n].video not in chosen:
                chosen[self.rows[n].video] = n
                if len(chosen) == wish.k:
                    break
        return list(chosen.values())

    def judge(self, query: "Annotation", own: np.ndarray, draws: Sequence[Sequence[int]]) -> Item:
        """Agreement of regions, mean over the five and the draws, and how near the first sentence is."""
        from retrieval.select import overlap

        overlaps = [overlap(query.regions, self.rows[n].regions) for draw in draws for n in draw]
        firsts = [draw[0] for draw in draws if draw]
        texts = [self.rows[n].text for n in firsts]
        rouges = [rouge(text, query.text) for text in texts]
        return {
            "region_jaccard": mean(overlaps),
            "found": [self.rows[n].id for n in draws[0]] if len(draws) == 1 else None,
            "sentence_cosine": mean(float(self.vectors[n] @ own) for n in firsts),
            "bleu2": mean(bleu2(text, query.text) for text in texts),
            **{name: mean(r[name] for r in rouges) for name in ("rouge1", "rouge2", "rougeL")},
        }


def figures(items: Sequence[Item]) -> Figures:
    """Means by split and way, and by annotator."""
    groups: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        groups[item["split"], item["way"]].append(item)
    names = ("region_jaccard", "sentence_cosine", "bleu2", "rouge1", "rouge2", "rougeL")
    out: Figures = {}
    for (split, way), rows in groups.items():
        people = sorted({i["annotator"] for i in rows})
        out.setdefault(split, {})[way] = {
            "queries": len(rows),
            **{name: mean(i[name] for i in rows) for name in names},
            "region_jaccard_by_annotator": {
                p: mean(i["region_jaccard"] for i in rows if i["annotator"] == p) for p in people
            },
        }
    return out


def bars(found: Figures) -> list[Bar]:
    """Twice random, and above BM25, on each split."""
    out = []
    for split in SPLITS:
        table = found.get(split, {})
        value, chance, by_words = (table.get(way, {}).get("region_jaccard") for way in ("vectors", "random", "BM25"))
        twice = value / chance if value is not None and chance else None
        above = value - by_words if value is not None and by_words is not None else None
        out += [
            Bar(PART, f"region agreement of the top 5 / random, {split} split", twice, 2.0, ">="),
            Bar(PART, f"region agreement of the top 5 - BM25's, {split} split", above, 0.0, ">="),
        ]
    return out
