"""How far two people agree who annotated the same videos: their sentences, and their clicks within windows.

One item a pair of annotators and video, with both annotations and the scores of one sentence against the other. BLEU
and METEOR depend on which of the two is the reference: every score is the mean of both directions. Windows are computed
by retrieval/annotate/agreement.py, which says how clicks are paired; the paper does not.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaluation.exddv_context import ExddvContext
from evaluation.exddv_scores import METRICS
from evaluation.exddv_table import PUBLISHED_PEOPLE
from evaluation.results import Bar, Figures, Item, mean
from media.errors import BadRequest
from media.open import sha256_of

if TYPE_CHECKING:
    from retrieval.annotate.agreement import Facts
    from retrieval.annotations import Annotation, VideoKey

PART = "exddv_agreement"
NO_FILE = "needs a file in which two people annotated the same videos: --agreement FILE"
_NOMINAL = "pixels of a frame of 1280 x 720: the videos' sizes are not known"
_Pair = tuple["Annotation", "Annotation"]


def run(context: ExddvContext) -> None:
    """Score every video that two people annotated; without a file one item says so."""
    if context.agreement is None:
        log = context.log(PART, rooms=(), file=None)
        if "none" not in log:
            log.add("none", reason=NO_FILE)
        return
    from retrieval.annotate.agreement import read_annotations

    pairs = pairs_of(read_annotations(context.agreement))
    if not pairs:
        raise BadRequest(f"No video of {context.agreement.name} was annotated by two people.")
    scorer = context.bare_scorer([a.text for pair in pairs for a in pair])
    facts = facts_of(context, pairs)
    sizes = {"/".join(key): asdict(value) for key, value in facts.items()}
    log = context.log(PART, rooms=(), file=sha256_of(context.agreement), sizes=sizes, **scorer.fingerprint())
    pairs = context.cut(pairs)
    ones, others = [a.text for a, _ in pairs], [b.text for _, b in pairs]
    scored = zip(scorer.score(ones, others), scorer.score(others, ones), strict=True)
    for (one, other), (there, back) in zip(pairs, scored, strict=True):
        key = f"{one.annotator}/{other.annotator}/" + "/".join(one.video)
        if key not in log:
            size = facts.get(one.video)
            log.add(key, one=one.to_dict(), other=other.to_dict(), facts=asdict(size) if size else None,
                    scores={name: (there[name] + back[name]) / 2 for name in there})  # fmt: skip


def pairs_of(annotations: "Sequence[Annotation]") -> list[_Pair]:
    """Both annotations of every video and every two people, the names in alphabetical order; first ones count."""
    people: dict[VideoKey, dict[str, Annotation]] = defaultdict(dict)
    for a in annotations:
        people[a.video].setdefault(a.annotator, a)
    return [
        (by_name[one], by_name[other])
        for _, by_name in sorted(people.items())
        for one, other in combinations(sorted(by_name), 2)
    ]


def facts_of(context: ExddvContext, pairs: Sequence[_Pair]) -> "dict[VideoKey, Facts]":
    """Sizes and rates of the pairs' videos that are there and can be read."""
    from retrieval.annotate.agreement import video_facts
    from retrieval.videos import find_videos

    return video_facts(find_videos([a for a, _ in pairs], context.videos).found) if context.videos is not None else {}


def figures(items: Sequence[Item]) -> Figures:
    """Pair of annotators -> text scores, windows and further counts."""
    groups: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        if "one" in item:
            groups[item["one"]["annotator"], item["other"]["annotator"]].append(item)
    if not groups:
        return {"not_measured": [i["reason"] for i in items if "reason" in i]}
    return {"pairs": [_pair_figures(rows) for rows in groups.values()]}


def _pair_figures(items: Sequence[Item]) -> dict[str, Any]:
    from retrieval.annotate.agreement import Facts, agreement
    from retrieval.annotations import Annotation

    pairs = [(Annotation.from_dict(i["one"]), Annotation.from_dict(i["other"])) for i in items]
    facts = {a.video: Facts(**i["facts"]) for (a, _), i in zip(pairs, items, strict=True) if i["facts"]}
    (found,) = agreement([a for pair in pairs for a in pair], facts=facts)
    text = {name: mean(i["scores"].get(name) for i in items) for name in METRICS}
    return asdict(found) | {"text": found.text | {name: v for name, v in text.items() if v is not None}}


def bars(found: Figures) -> list[Bar]:
    """No promises: people agree as far as they do."""
    return []


def draw(found: Figures, out: Path) -> None:
    """Write OUT/exddv_agreement.md."""
    (out / "exddv_agreement.md").write_text(table_text(found), encoding="utf-8")


def table_text(found: Figures) -> str:
    """Measured agreement beside the published one (100 videos), as markdown."""
    from retrieval.annotate.agreement import PUBLISHED_SHARES, WINDOWS

    if "not_measured" in found:
        return "# Agreement of two annotators\n\nNot measured: " + "; ".join(found["not_measured"]) + ".\n"
    lines = ["# Agreement of two annotators", ""]
    head = " | ".join(METRICS.values())
    lines += [f"| who | videos | {head} |", "|---|---|" + "---|" * len(METRICS)]
    for pair in found["pairs"]:
        cells = [f"{pair['text'][m]:.4f}" if m in pair["text"] else "not measured" for m in METRICS]
        lines.append(f"| {' and '.join(pair['annotators'])} | {pair['videos']} | " + " | ".join(cells) + " |")
    lines.append("| published | 100 | " + " | ".join(f"{v:.4f}" for v in PUBLISHED_PEOPLE.scores) + " |")
    lines += ["", "| who | clicks | frames / px | temporal | spatial | joint |", "|---|---|---|---|---|---|"]
    for pair in found["pairs"]:
        for w in pair["windows"]:
            shares = " | ".join(f"{w[name]:.2%}" for name in ("temporal", "spatial", "joint"))
            lines.append(
                f"| {' and '.join(pair['annotators'])} | {pair['clicks']} | {w['frames']} / {w['pixels']} | {shares} |"
            )
    for (frames, pixels), shares in zip(WINDOWS, PUBLISHED_SHARES, strict=True):
        lines.append(f"| published | - | {frames} / {pixels} | " + " | ".join(f"{v:.2%}" for v in shares) + " |")
    for pair in found["pairs"]:
        if pair["nominal"]:
            lines += ["", f"{' and '.join(pair['annotators'])}: of {pair['nominal']} videos {_NOMINAL}."]
    return "\n".join(lines) + "\n"
