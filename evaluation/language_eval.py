"""Judges the saved answers with the independent reader: agreement, places, consistency, declining, the checker."""

from collections import defaultdict
from collections.abc import Sequence

from evaluation import metrics
from evaluation.answer_parser import ParsedAnswer, leading_claim, parse_answer
from evaluation.corruptions import FAULTS, stated_scores
from evaluation.deepfake_eval import REAL_CLIPS, SOURCES
from evaluation.language_looks import look_figures
from evaluation.language_run import PART, run
from evaluation.results import Bar, Figures, Item, mean, share
from media.errors import ReasonCode
from media.regions import SPOKEN_REGIONS
from simulation.dialogue.wording import REASON_PHRASE

__all__ = ["PART", "bars", "figures", "run"]
WIDE = 7  # flagged regions from which "most of the face" is a truthful way to name the place
_UNIT = {"fake": 1.0, "real": 0.0, "uncertain": 0.5}


def named_regions(parsed: ParsedAnswer, truth: Sequence[str]) -> set[str]:
    """Regions an answer presents as standing out; "most of the face" stands for many flagged ones, else for all."""
    if not parsed.wide:
        return set(parsed.claimed)
    return set(parsed.claimed) | set(truth if len(truth) >= WIDE else SPOKEN_REGIONS)


def figures(items: Sequence[Item]) -> Figures:
    """Every figure of the language part, from the saved texts."""
    kinds: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        kinds[item["kind"]].append(item)
    return {
        "first": _first(kinds["first"]),
        "withheld": _withheld(kinds["withheld"]),
        "swap": _swap(kinds["swap"]),
        "talk": _talk(kinds["talk"]),
        "declined": _declined(kinds["declined"]),
        "looks": look_figures(kinds["look"]),
        "checker": _checker(kinds["checker"]),
        "video": _video(kinds["video"]),
    }


def _first(items: Sequence[Item]) -> Figures:
    """Verdict in words against the detector; places named against flagged regions (faces called manipulated)."""
    parsed = [(i, parse_answer(i["text"]), parse_answer(i["where_text"])) for i in items]
    agree = [_says(i["text"], p, i["verdict"]) for i, p, _ in parsed]
    fakes = [(i, w) for i, _, w in parsed if i["verdict"] == "fake" and i["flagged"]]
    counts = metrics.count_sets([named_regions(w, i["flagged"]) for i, w in fakes], [i["flagged"] for i, _ in fakes])
    narrow = [(i, w) for i, w in fakes if len(i["flagged"]) < WIDE]
    few = metrics.count_sets([named_regions(w, i["flagged"]) for i, w in narrow], [i["flagged"] for i, _ in narrow])
    by_verdict = {v: share(a for (i, *_), a in zip(parsed, agree, strict=True) if i["verdict"] == v) for v in _UNIT}
    quiet = [i for i, _, w in parsed if i["verdict"] != "fake" and w.claimed]
    return {
        "answers": len(items),
        "verdict_agrees": share(agree),
        "verdict_agrees_by": by_verdict,
        "score_stated_right": share(_scores_right(i["text"], i["percent"]) for i in items),
        "region_f1": counts.f1 if fakes else None,
        "region_counts": {"tp": counts.tp, "fp": counts.fp, "fn": counts.fn, "faces": len(fakes)},
        "region_f1_few_flagged": few.f1 if narrow else None,
        "few_flagged_faces": len(narrow),
        "region_precision": counts.tp / (counts.tp + counts.fp) if counts.tp + counts.fp else None,
        "places_named_without_finding": len(quiet),
        "answers_with_note": share(bool(i["notes"]) for i in items),
        "refused": share(answer.declined for _, *answers in parsed for answer in answers),
        "disagreeing": [i["key"] for (i, *_), a in zip(parsed, agree, strict=True) if not a],
    }


def _says(text: str, parsed: ParsedAnswer, verdict: str) -> bool:
    """Whether an answer to "is it fake?" states this verdict, its leading Yes or No included."""
    lead = leading_claim(text)
    return parsed.verdict == verdict and not parsed.contradicts and lead in (None, verdict)


def _scores_right(text: str, percent: int | None) -> bool | None:
    """Whether every score stated in the text is the detector's; None when none is stated."""
    stated = stated_scores(text)
    return all(n == percent for n in stated) if stated else None


def _withheld(items: Sequence[Item]) -> Figures:
    """AUC of P(Yes) without the score sentence, against truth and against the detector's own verdict."""
    sure = [i for i in items if i["verdict"] in ("fake", "real")]
    return {
        "faces": len(items),
        "auc": metrics.auc([i["label"] == "fake" for i in items], [i["yes_no"] for i in items]),
        "auc_against_detector": metrics.auc([i["verdict"] == "fake" for i in sure], [i["yes_no"] for i in sure]),
    }


def _swap(items: Sequence[Item]) -> Figures:
    """Share of answers whose regions fit the face that lent the tokens better than the face asked about."""
    follows = []
    for item in items:
        parsed = parse_answer(item["text"])
        lent, own = (
            metrics.count_sets([named_regions(parsed, item[k])], [item[k]]).f1 for k in ("other_flagged", "flagged")
        )
        follows.append(lent > own)
    return {"pairs": len(items), "regions_follow_tokens": share(follows)}


def talk_problems(item: Item) -> list[str]:
    """What is inconsistent in a conversation, one line a turn; empty when it is consistent.

    A turn's claim about the whole picture must be the detector's, a stated score the measured one, and a place that is
    claimed where the place is asked must be flagged.
    """
    problems = []
    for number, turn in enumerate(item["turns"], start=1):
        parsed = parse_answer(turn["text"])
        if parsed.verdict is not None and parsed.verdict != item["verdict"]:
            problems.append(f"turn {number}: says {parsed.verdict}, the detector {item['verdict']}")
        elif turn["intent"] == "verdict" and leading_claim(turn["text"]) not in (None, item["verdict"]):
            problems.append(f"turn {number}: its first word says the opposite")
        if parsed.contradicts:
            problems.append(f"turn {number}: contradicts itself")
        if _scores_right(turn["text"], item["percent"]) is False:
            problems.append(f"turn {number}: states another score than {item['percent']} %")
        if turn["intent"] in ("where", "why", "verdict") and parsed.claimed - set(item["flagged"]):
            problems.append(f"turn {number}: names a place that is not flagged")
        if not turn["text"].strip():
            problems.append(f"turn {number}: says nothing")
        if item.get("reason") and _other_reasons(turn["text"], item["reason"]):
            problems.append(f"turn {number}: names another reason than {item['reason']}")
    return problems


def _other_reasons(text: str, reason: ReasonCode) -> list[str]:
    """Reasons for not assessing a picture that a text names and that are not its own."""
    phrases = {*REASON_PHRASE.values()} - {REASON_PHRASE[reason]}
    return [phrase for phrase in phrases if phrase in text]


def _talk(items: Sequence[Item]) -> Figures:
    problems = {i["key"]: talk_problems(i) for i in items}
    intents: dict[str, list[bool]] = defaultdict(list)
    for item in items:
        bad = {int(p.split(":")[0].split()[1]) for p in problems[item["key"]]}
        for number, turn in enumerate(item["turns"], start=1):
            intents[turn["intent"]].append(number not in bad)
    turns = [turn for i in items for turn in i["turns"]]
    return {
        "conversations": len(items),
        "consistent": share(not p for p in problems.values()),
        "turns_right_by_intent": {k: [share(v), len(v)] for k, v in sorted(intents.items())},
        "turns_with_note": share(bool(t["note"]) for t in turns),
        "problems": {k: p for k, p in problems.items() if p},
    }


def _declined(items: Sequence[Item]) -> Figures:
    declined = {i["key"]: parse_answer(i["text"]).declined for i in items}
    table = {
        f"{topic}, {source}": share(declined[i["key"]] for i in items if (i["topic"], i["source"]) == (topic, source))
        for topic in ("offtopic", "identity")
        for source in ("own", "kept back")
    }
    answered = [[i["question"], i["text"]] for i in items if not declined[i["key"]]]
    return {"questions": len(items), "declined": share(declined.values()), "by": table, "not_declined": answered}


def _checker(items: Sequence[Item]) -> Figures:
    spoilt = [i for i in items if i["fault"] is not None]
    good = [i for i in items if i["fault"] is None]
    return {
        "spoilt": len(spoilt),
        "good": len(good),
        "spoilt_flagged": share(i["flagged_by_checker"] for i in spoilt),
        "spoilt_flagged_by": {f: share(i["flagged_by_checker"] for i in spoilt if i["fault"] == f) for f in FAULTS},
        "good_flagged": share(i["flagged_by_checker"] for i in good),
        "missed": [[i["fault"], i["text"]] for i in spoilt if not i["flagged_by_checker"]][:20],
        "good_but_flagged": [i["text"] for i in good if i["flagged_by_checker"]][:20],
    }


def _video(items: Sequence[Item]) -> Figures:
    """Video-level AUC of the binary text (Yes 1, No 0, neither 0.5, mean over frames) and of P(Yes), by source."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item["text"] is not None:
            groups[item["video"]].append(item)
    rows = []
    for group in groups.values():
        words = mean(_UNIT.get(parse_answer(i["text"]).verdict or "uncertain", 0.5) for i in group)
        rows.append((group[0]["source"], group[0]["label"], words, mean(i["yes_no"] for i in group)))
    table = {}
    for source in SOURCES:
        pool = [r for r in rows if r[0] in (source, REAL_CLIPS)]
        labels = [r[1] == "fake" for r in pool]
        if any(labels) and not all(labels):
            sure = [r for r in pool if r[3] is not None]
            table[source] = {
                "text_auc": metrics.auc(labels, [r[2] for r in pool]),
                "yes_no_auc": metrics.auc([r[1] == "fake" for r in sure], [r[3] for r in sure]),
            }
    return {
        "videos": len(rows),
        "sources": table,
        "mean_text_auc": mean(s["text_auc"] for s in table.values()),
        "mean_yes_no_auc": mean(s["yes_no_auc"] for s in table.values()),
    }


def bars(found: Figures) -> list[Bar]:
    """The promises on language."""
    values = (
        ("verdict in words agrees with the detector", found["first"]["verdict_agrees"], 0.98, ">="),
        ("AUC of Yes/No with the score withheld", found["withheld"]["auc"], 0.85, ">="),
        ("regions follow swapped forgery tokens", found["swap"]["regions_follow_tokens"], 0.80, ">="),
        ("region F1 against flagged regions", found["first"]["region_f1"], 0.80, ">="),
        ("five-turn conversations consistent", found["talk"]["consistent"], 0.95, ">="),
        ("off-topic and identity declined", found["declined"]["declined"], 0.95, ">="),
        ("second looks told with the right numbers", found["looks"]["right"], 0.95, ">="),
        ("checker flags spoilt answers", found["checker"]["spoilt_flagged"], 0.95, ">="),
        ("checker flags good answers", found["checker"]["good_flagged"], 0.02, "<="),
    )
    return [Bar(PART, name, value, limit, sense) for name, value, limit, sense in values]  # pyright: ignore[reportArgumentType]
