"""What human sentences before the question change: the same questions with and without them, on simulated forgeries.

The index holds sentences that the language model was not tuned with (the validation and test splits). One item a face
and question: both answers, their claims as the independent parser reads them, what was quoted, and how near each answer
is to the most similar sentence. Answers ought to move towards it; the verdict must not.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from evaluation.answer_parser import verdict_claims
from evaluation.language_faces import TalkFace, evenly, say, talk_faces
from evaluation.results import Bar, Figures, Item, mean, share
from evaluation.retrieval_eval import RetrievalContext
from evaluation.retrieval_scores import bleu2, rouge

if TYPE_CHECKING:
    from assistant.annotations import Annotations

PART = "examples"
FACES, DRAWN = 20, 120
QUESTIONS = {
    "verdict": "Is this a deepfake image?",
    "where": "Where?",
    "why": "Why do you think so?",
    "technical": "Explain it technically",
}
_QUOTE = re.compile(r'"([^"]*)"')


def run(context: RetrievalContext) -> None:
    """Ask every question of each face twice, in a conversation of its own."""
    log = context.log(PART, ("kfd", "prompt_learner", "language_model"), questions=QUESTIONS)
    annotations = unseen_annotations(context)
    drawn = talk_faces(context, context.limit or DRAWN)
    faces = evenly([f for f in drawn if annotations.like(f.evidence)], context.limit or FACES)
    for face in context.track(faces, len(faces), "answers with and without examples"):
        for intent, question in QUESTIONS.items():
            key = f"{face.name}/{intent}"
            if key not in log:
                log.add(key, intent=intent, question=question, **_asked(context, face, question, annotations))


def unseen_annotations(context: RetrievalContext) -> "Annotations":
    """Sentences of the validation and test splits, which the language model was not tuned with."""
    from assistant.annotations import Annotations
    from retrieval.index import AnnotationIndex, Item

    rows = context.read[0]
    numbers = [n for n, a in enumerate(rows) if a.split in ("val", "test")]
    index = AnnotationIndex(context.text_side.key, "flat")
    index.add(context.sentences[numbers], [Item(rows[n]) for n in numbers])
    return Annotations(index, context.text_side)


def _asked(context: RetrievalContext, face: TalkFace, question: str, annotations: "Annotations") -> dict[str, Any]:
    from retrieval.examples import plain

    found: dict[str, Any] = {}
    near = ""
    for name, used in (("with", annotations), ("without", None)):
        talk = context.assistant.conversation(face.examination)
        talk.annotations = used
        text = say(talk, question)
        read = [plain(e["text"]) for e in talk.last.examples]
        near = near or (read[0] if read else "")
        quotes = _QUOTE.findall(text)
        found[name] = {
            "text": text,
            "verdicts": sorted(set(verdict_claims(_QUOTE.sub("", text)))),
            "examples": read,
            "quotes": quotes,
            "quoted_right": all(q in read for q in quotes),
            "agrees": talk.last.agrees_with_evidence,
        }
    for one in (found["with"], found["without"]):
        one |= {"bleu2": bleu2(one["text"], near), "rougeL": rouge(one["text"], near)["rougeL"]}
    return {"expected": face.evidence.verdict, **found}


def figures(items: Sequence[Item]) -> Figures:
    """Shares and means over all items, and over those whose answers are to quote."""
    read = [i for i in items if i["with"]["examples"]]
    told = [i for i in read if i["intent"] != "verdict"]
    return {
        "answers": len(items),
        "with_examples": len(read),
        "same_verdict": share(i["with"]["verdicts"] == i["without"]["verdicts"] for i in read),
        "verdict_is_the_detectors": {
            name: share(set(i[name]["verdicts"]) <= {i["expected"]} for i in items) for name in ("with", "without")
        },
        "quote": share(bool(i["with"]["quotes"]) for i in told),
        "quoted_right": share(i["with"]["quoted_right"] for i in read),
        "quoted_without_examples": share(bool(i["without"]["quotes"]) for i in items),
        "agrees": {name: share(i[name]["agrees"] for i in items) for name in ("with", "without")},
        **{f"{s}_to_nearest": {name: mean(i[name][s] for i in told) for name in ("with", "without")}
           for s in ("bleu2", "rougeL")},
    }  # fmt: skip


def bars(found: Figures) -> list[Bar]:
    """The verdict stays, the wording moves, quotes are true."""
    near = found["rougeL_to_nearest"]
    gain = None if near["with"] is None or near["without"] is None else near["with"] - near["without"]
    return [
        Bar(PART, "verdict in words the same with and without examples", found["same_verdict"], 0.98, ">="),
        Bar(PART, "quotes are sentences of people, word for word", found["quoted_right"], 1.0, ">="),
        Bar(PART, "ROUGE-L to the nearest sentence, gained by examples", gain, 0.05, ">="),
    ]
