"""Asks the questions of the language part and saves every answer; nothing is judged here."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from evaluation.context import Context
from evaluation.corruptions import FAULTS, corrupt
from evaluation.deepfake_eval import VIDEO_SUFFIXES, list_clips, record_look
from evaluation.language_faces import (
    TalkFace,
    evenly,
    say,
    spoken_flagged,
    swapped_partners,
    talk_faces,
    unassessed_faces,
)
from evaluation.language_looks import second_looks
from evaluation.offtopic import IDENTITY, OFF_TOPIC
from evaluation.results import ItemLog

PART = "language"
SEED = 7
VERDICT_QUESTION = "Is this a deepfake image?"
FACES, TALKS, SWAPS, TURNS, KEPT_BACK = 320, 60, 60, 5, 20
FIRSTS = 160
A_FAULT, GOOD = 100, 300
VIDEO_FRAMES = 8


def run(context: Context) -> None:
    """Ask what was not asked yet."""
    rooms = ("kfd", "prompt_learner", "language_model")
    log = context.log(PART, rooms=rooms, seed=SEED)
    faces = talk_faces(context, context.limit or FACES)
    first_answers(context, evenly(faces, FIRSTS), log)
    withheld_scores(context, faces, log)
    swapped_tokens(context, faces, log)
    conversations(context, faces, log)
    declined_questions(context, faces, log)
    second_looks(context, faces, log)
    checker_answers(context, faces, log)
    if (context.data / "deepfakes").is_dir():
        video_answers(context, log)


def _finding(face: TalkFace) -> dict[str, Any]:
    """What the detector found, as every item needs it."""
    evidence = face.evidence
    return {
        "face": face.name, "label": face.label, "verdict": evidence.verdict, "word": evidence.word,
        "percent": face.percent, "flagged": spoken_flagged(evidence), "reason": evidence.reason,
    }  # fmt: skip


def _kept_back(rng: np.random.Generator, intent: str) -> str:
    from simulation.dialogue.questions import ask

    return ask(rng, intent, "eval")


def first_answers(context: Context, faces: Sequence[TalkFace], log: ItemLog) -> None:
    """Verdict and place, asked in phrasings kept back from training."""
    for number, face in enumerate(context.track(faces, len(faces), "first answers")):
        key = f"first/{face.name}"
        if key in log:
            continue
        rng = np.random.default_rng([SEED, 1, number])
        question, where = _kept_back(rng, "verdict"), _kept_back(rng, "where")
        talk = context.assistant.conversation(face.examination)
        text = say(talk, question)
        first = talk.last
        place = say(talk, where)
        notes = [a.note for a in (first, talk.last) if a.note]
        log.add(
            key, kind="first", **_finding(face), question=question, text=text, where=where, where_text=place,
            notes=notes, agrees=first.agrees_with_evidence and talk.last.agrees_with_evidence,
        )  # fmt: skip


def _sequence(context: Context, face: TalkFace, question: str, result: str, forgery_of: TalkFace | None = None) -> Any:
    """The first turn's segments, with a chosen result sentence and perhaps another face's forgery tokens."""
    import torch

    from assistant.prompts import PictureTokens
    from assistant.second_look import never_meant
    from simulation.dialogue.wording import task_description

    llm, prompts = context.assistant.language
    with torch.inference_mode():
        visual, forgery = prompts.encode([face.signals])
        if forgery_of is not None:
            forgery = prompts.encode([forgery_of.signals])[1]
    name = face.name + (f"<{forgery_of.name}" if forgery_of else "")
    tokens = PictureTokens(visual[0], forgery[0], name)
    hint = llm.hint(question, never_meant(question, "image"))
    return llm.prompts.first_turn(tokens, task_description(), result, question, hint)


def withheld_scores(context: Context, faces: Sequence[TalkFace], log: ItemLog) -> None:
    """P(Yes) against No when the sentence with score and evidence words is left out."""
    from assistant.cache import KeyValueCache

    llm = context.assistant.language[0]
    for face in context.track(faces, len(faces), "score withheld"):
        if f"withheld/{face.name}" not in log:
            sequence = _sequence(context, face, VERDICT_QUESTION, "")
            score = llm.yes_no_score(sequence, KeyValueCache())
            log.add(f"withheld/{face.name}", kind="withheld", **_finding(face), yes_no=score)


def swapped_tokens(context: Context, faces: Sequence[TalkFace], log: ItemLog) -> None:
    """The place of one face asked with the forgery tokens of another: whose regions are named? No checker between."""
    from assistant.cache import KeyValueCache
    from simulation.dialogue.wording import result_sentence

    llm = context.assistant.language[0]
    pairs = list(swapped_partners(faces, min(SWAPS, context.limit or SWAPS)))
    for number, (own, other) in enumerate(context.track(pairs, len(pairs), "forgery tokens swapped")):
        key = f"swap/{own.name}/{other.name}"
        if key in log:
            continue
        question = _kept_back(np.random.default_rng([SEED, 3, number]), "where")
        sequence = _sequence(context, own, question, result_sentence(own.evidence), other)
        text = "".join(llm.generate(sequence, KeyValueCache()))
        values = {"other": other.name, "other_flagged": spoken_flagged(other.evidence)}
        log.add(key, kind="swap", **_finding(own), **values, question=question, text=text)


def conversations(context: Context, faces: Sequence[TalkFace], log: ItemLog) -> None:
    """Conversations of five turns in kept-back phrasings, spots included; some about pictures not assessed."""
    from simulation.dialogue import make_dialogue

    chosen = evenly(faces, min(TALKS, context.limit or TALKS))
    chosen += unassessed_faces(chosen)
    for number, face in enumerate(context.track(chosen, len(chosen), "conversations of five turns")):
        key = f"talk/{number:03d}/{face.name}"
        if key in log:
            continue
        rng = np.random.default_rng([SEED, 4, number])
        script = make_dialogue(rng, face.evidence, split="eval", turns=TURNS)
        talk = context.assistant.conversation(face.examination)
        turns = []
        for turn in script.turns:
            text = say(talk, turn.question, _spot(face, turn))
            last = talk.last
            turns.append({
                "question": turn.question, "intent": turn.intent, "regions": turn.region_ids, "text": text,
                "agrees": last.agrees_with_evidence, "note": last.note,
            })  # fmt: skip
        log.add(key, kind="talk", **_finding(face), turns=turns)


def _spot(face: TalkFace, turn: Any) -> Any:
    """The click or box of a scripted turn: the middle of its region, or a corner beside the face."""
    if turn.intent not in ("point", "box", "off_face"):
        return None
    from assistant.records import RegionQuery
    from media.regions import region_mask

    shape = (face.face.crop.pixels.shape[0], face.face.crop.pixels.shape[1])
    masks = [region_mask(i, face.face.face.landmarks, shape) for i in turn.region_ids]
    mask = np.any(masks, axis=0) if masks else np.zeros(shape, bool)
    if not mask.any():
        return RegionQuery(point=(1.0, 1.0))
    rows, columns = np.nonzero(mask)
    if turn.intent == "box":
        return RegionQuery(box=(float(columns.min()), float(rows.min()), columns.max() + 1.0, rows.max() + 1.0))
    nearest = np.argmin((rows - rows.mean()) ** 2 + (columns - columns.mean()) ** 2)
    return RegionQuery(point=(columns[nearest] + 0.5, rows[nearest] + 0.5))


def declined_questions(context: Context, faces: Sequence[TalkFace], log: ItemLog) -> None:
    """Off-topic and identity questions: our own and kept-back phrasings, as first question or after the verdict."""
    asked = [("offtopic", q, "own") for q in OFF_TOPIC] + [("identity", q, "own") for q in IDENTITY]
    for number in range(KEPT_BACK):
        for intent in ("offtopic", "identity"):
            asked.append((intent, _kept_back(np.random.default_rng([SEED, 5, number]), intent), "kept back"))
    asked = context.cut(asked)
    for number, (topic, question, source) in enumerate(context.track(asked, len(asked), "questions to decline")):
        key = f"declined/{number:03d}"
        if key in log:
            continue
        talk = context.assistant.conversation(faces[number % len(faces)].examination)
        if number % 2:
            say(talk, VERDICT_QUESTION)
        text = say(talk, question)
        log.add(key, kind="declined", topic=topic, source=source, question=question, text=text, second=bool(number % 2))


def checker_answers(context: Context, faces: Sequence[TalkFace], log: ItemLog) -> None:
    """Truthful answers, and the same with one verdict, region or number exchanged: what does the checker say?"""
    from assistant.checker import check_answer
    from simulation.dialogue import make_dialogue, measure_from

    seen = [item["fault"] for item in log.items if item.get("kind") == "checker"]
    counts = {fault: seen.count(fault) for fault in (*FAULTS, None)}
    if counts[None] or not faces:
        return
    wanted = {fault: A_FAULT for fault in FAULTS} | {None: GOOD}
    rng = np.random.default_rng([SEED, 6])
    for number in range(20 * GOOD):
        if all(counts[fault] >= limit for fault, limit in wanted.items()):
            break
        face = faces[number % len(faces)]
        known: list[Any] = []
        measure = _recording(measure_from(face.evidence), known)
        (turn,) = make_dialogue(rng, face.evidence, measurements_fn=measure, split="eval", turns=1).turns
        if not re.search(r"support|inconclusive|\d ?%", turn.answer):
            continue  # small talk: nothing to check
        for fault in (*FAULTS, None):
            if counts[fault] >= wanted[fault]:
                continue
            allowed = () if turn.region_ids else spoken_flagged(face.evidence)
            text = turn.answer if fault is None else corrupt(turn.answer, fault, allowed, rng)
            if text is None:
                continue
            check = check_answer(text, face.evidence, known)
            log.add(
                f"checker/{fault or 'good'}/{counts[fault]:03d}", kind="checker", fault=fault, **_finding(face),
                intent=turn.intent, text=text, original=turn.answer, flagged_by_checker=not check.agrees,
                problems=[p.kind for p in check.problems],
            )  # fmt: skip
            counts[fault] += 1


def _recording(measure: Any, known: list[Any]) -> Any:
    """The same measurements function, which also notes what was measured."""

    def measured(kind: str, ids: tuple[str, ...]) -> Any:
        known.append(measure(kind, ids))
        return known[-1]

    return measured


def video_answers(context: Context, log: ItemLog) -> None:
    """The binary question on frames of the real deepfakes, as the paper measures the language model."""
    from media.open import load_image
    from media.video import uniform_frames

    clips = [c for c in list_clips(context.data) if c.source != "stylegan2"]
    clips = context.cut(clips)
    done = {i["file"] for i in log.items if i["kind"] == "video" and i["last"]}
    todo = [c for c in clips if c.name not in done]
    if todo and not done:
        record_look(context.looks, context.weights_hash("kfd", "language_model"), len(todo), "evaluation of the words")
    for clip in context.track(todo, len(todo), "yes or no on real deepfakes"):
        video = clip.path.suffix.lower() in VIDEO_SUFFIXES
        frames = list(uniform_frames(clip.path, VIDEO_FRAMES)) if video else [load_image(clip.path)]
        for index, frame in enumerate(frames):
            key = f"video/{clip.name}#{index}"
            if key in log:
                continue
            answer = _answer_frame(context, clip, frame)
            log.add(
                key, kind="video", file=clip.name, source=clip.source, label=clip.label, video=clip.video,
                last=index == len(frames) - 1, **answer,
            )  # fmt: skip


def _answer_frame(context: Context, clip: Any, frame: Any) -> dict[str, Any]:
    """The answer about the highest face of a frame; no text when there is none."""
    from evaluation.language_faces import examination_of
    from media.crops import crop_face, to_crop

    faces = context.finder.find(frame)
    if not faces:
        return {"text": None, "yes_no": None}
    crops = [crop_face(frame.pixels, f.landmarks, context.predictor.image_size) for f in faces]
    found = context.predictor.examine(crops, [f.landmarks for f in faces])
    best = max(range(len(faces)), key=lambda i: found[i][0].score or 0.0)
    points = to_crop(faces[best].landmarks, crops[best])
    talk = context.assistant.conversation(examination_of(clip.name, crops[best], points, *found[best]))
    text = say(talk, VERDICT_QUESTION)
    return {"text": text, "yes_no": talk.last.yes_no, "verdict": found[best][0].verdict}
