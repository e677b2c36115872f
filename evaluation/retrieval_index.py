"""Whether the index finds what comparing with every vector finds: exact, and HNSW on many perturbed real vectors."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evaluation.results import Bar, Figures, Item, mean
from evaluation.retrieval_eval import RetrievalContext
from retrieval.encoders import unit

PART = "index"
K = 5
MANY, MILLION = 200_000, 1_000_000
QUERIES, MANY_QUERIES = 400, 1000
NOISE = 0.35  # length of the noise added to a unit vector
SEED = 5
_TIE = 1e-6
_STEP = 4096  # vectors made, or added, at once


def run(context: RetrievalContext) -> None:
    """One item a query."""
    log = context.text_log(PART, noise=NOISE, seed=SEED)
    own = np.unique(context.sentences, axis=0)
    measured = {item["set"] for item in log.items}
    wanted = [("exact", len(own), QUERIES), ("hnsw", MANY, MANY_QUERIES)]
    if context.million:
        wanted.append(("hnsw", MILLION, MANY_QUERIES))
    for kind, count, asked in wanted:
        count = min(count, 50 * context.limit) if context.limit else count
        name = f"{kind} {count}"
        if name in measured:
            continue
        rng = np.random.default_rng([SEED, count])
        vectors = own if kind == "exact" else perturbed(own, count, rng)
        queries = perturbed(own, min(asked, context.limit or asked), rng)
        found = recalls(context, vectors, queries, kind)
        for number, value in enumerate(found):
            log.add(f"{name}/{number:04d}", set=name, kind=kind, vectors=len(vectors), recall=value)


def perturbed(vectors: NDArray[np.float32], count: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """`count` unit vectors: real ones in turn, each moved by noise of length `NOISE` in a random direction."""
    out = np.empty((count, vectors.shape[1]), np.float32)
    for start in range(0, count, _STEP):
        rows = vectors[np.arange(start, min(start + _STEP, count)) % len(vectors)]
        noise = rng.standard_normal(rows.shape, dtype=np.float32)
        out[start : start + _STEP] = unit(rows + NOISE * noise / np.linalg.norm(noise, axis=1, keepdims=True))
    return out


def recalls(
    context: RetrievalContext, vectors: NDArray[np.float32], queries: NDArray[np.float32], kind: str
) -> list[float]:
    """Recall@5 of each query against brute force; what is as near as the fifth counts as found."""
    from retrieval.index import AnnotationIndex, Item

    index = AnnotationIndex(context.text_side.key, "flat" if kind == "exact" else "hnsw")
    anything = Item(context.read[0][0])
    starts = range(0, len(vectors), _STEP)
    for start in context.track(starts, len(starts), f"index {kind}"):
        part = vectors[start : start + _STEP]
        index.add(part, [anything] * len(part))
    _, ids = index.search(queries, K)
    return [recall_at_k(vectors, query, row) for query, row in zip(queries, ids, strict=True)]


def recall_at_k(vectors: NDArray[np.float32], query: NDArray[np.float32], ids: NDArray[np.int64]) -> float:
    """Share of the k nearest by brute force among the ids found (-1 = nothing)."""
    similarity = vectors @ query
    fifth = np.partition(similarity, -len(ids))[-len(ids)]
    kept = np.unique(ids[ids >= 0])
    return float((similarity[kept] >= fifth - _TIE).sum() / len(ids))


def figures(items: Sequence[Item]) -> Figures:
    """Mean recall of each set, and its worst query."""
    sets = list(dict.fromkeys(i["set"] for i in items))
    groups = {name: [i for i in items if i["set"] == name] for name in sets}
    return {
        name: {
            "kind": rows[0]["kind"],
            "vectors": rows[0]["vectors"],
            "queries": len(rows),
            "recall_at_5": mean(i["recall"] for i in rows),
            "worst": min(i["recall"] for i in rows),
        }
        for name, rows in groups.items()
    }


def bars(found: Figures) -> list[Bar]:
    """Exact search is exact; HNSW nearly."""
    exact = [f["recall_at_5"] for f in found.values() if f["kind"] == "exact"]
    graphs = {f["vectors"]: f["recall_at_5"] for f in found.values() if f["kind"] == "hnsw"}
    out = [Bar(PART, "recall@5 of the exact index", exact[0] if exact else None, 1.0, ">=")]
    for count, value in sorted(graphs.items()) or [(MANY, None)]:
        out.append(Bar(PART, f"recall@5 of HNSW, {count:,} perturbed real vectors", value, 0.95, ">="))
    return out
