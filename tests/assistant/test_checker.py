import re
from dataclasses import replace

import numpy as np
import pytest

from assistant.checker import check_answer
from media.records import Cue, Evidence, Measurement, RegionScore
from simulation.dialogue import Truth, make_dialogue, measure_from, random_evidence
from simulation.dialogue.facts import facts_of
from simulation.dialogue.moments import times_in
from simulation.dialogue.names import NAME, SPOKEN, region_spans
from simulation.dialogue.records import COMPOSERS
from simulation.dialogue.voice import Voice
from simulation.dialogue.wording import CURE, REASON_PHRASE

NOSE, MOUTH, CHIN = "face.middle.nose.nose", "face.lower.mouth.mouth", "face.lower.chin.chin"
SMALL_TALK = {"privacy", "greeting", "thanks", "about", "offtopic", "identity", "describe", "origin", "off_face"}
WORDS = ("strong support", "some support", "inconclusive", "little support")


def evidence(word, score, flagged=()):
    regions = tuple(RegionScore(i, NAME[i], 0.7 if i in flagged else 0.1, 0.1) for i in SPOKEN)
    return Evidence(
        "assessed", word, score=score, regions=regions, flagged=flagged, cues=(Cue("smoother", NOSE, 1.8, 1.8, ""),)
    )


FAKE, REAL, OPEN = (
    evidence("strong support", 0.87, (NOSE, MOUTH)),
    evidence("little support", 0.06),
    evidence("inconclusive", 0.5),
)
NOTHING = Evidence("not_assessed", "could not be assessed", reason="no_face")
MEASURED = [Measurement("region", 1, (NOSE,), 0.72, 0.18), Measurement("region", 1, (CHIN,), 0.11, 0.2)]


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (FAKE, "Yes, this face was very likely manipulated around the nose and the lips (87%)."),
        (FAKE, "The picture looks edited. The mouth does not match the rest of the face."),
        (FAKE, "It is not a real photo of a face: the score is 0.87."),
        (FAKE, "The nose is 72 percent and the rest is 18 percent, so it stands out."),
        (FAKE, "Not at the chin: it gives 11 % there and 20 % elsewhere."),
        (FAKE, "The skin of the nose is 1.8 times smoother than the rest."),
        (FAKE, "I would not call it proof."),
        (REAL, "No, I see no sign of manipulation in this picture. The score is 6 percent."),
        (REAL, "It does not look fake to me, though small edits can be missed."),
        (REAL, "Nothing stands out, neither at the eyes nor at the mouth."),
        (REAL, "I can't tell you whether the picture is authentic."),
        (OPEN, "Maybe. I can't decide between the two; the score is 50 %."),
        (OPEN, "Unclear. It could be manipulated or not."),
        (NOTHING, "I could not assess this picture: no face was found."),
        (NOTHING, "I can't say anything about the nose: no face was found, so nothing was measured."),
    ],
)
def test_free_words_that_agree(found, text):
    assert check_answer(text, found, MEASURED if found is not NOTHING else ()).agrees


@pytest.mark.parametrize(
    ("found", "text", "kind"),
    [
        (REAL, "Yes, this face was manipulated.", "verdict"),
        (REAL, "The image is fake.", "verdict"),
        (REAL, "There are clear signs of manipulation.", "verdict"),
        (REAL, "Someone manipulated this face.", "verdict"),
        (FAKE, "No, the picture is real.", "verdict"),
        (FAKE, "The face has not been edited.", "verdict"),
        (FAKE, "There is some support for manipulation.", "verdict"),
        (FAKE, "The evidence is inconclusive.", "verdict"),
        (OPEN, "The evidence clearly shows that the picture is a deepfake.", "verdict"),
        (REAL, "I could not assess this picture: no face was found.", "verdict"),
        (NOTHING, "Yes. There is strong support for manipulation.", "verdict"),
        (REAL, "The photo is verified.", "verdict"),
        (FAKE, "The person is Tom Cruise.", "verdict"),
        (FAKE, "The manipulation is located in the left eye.", "region"),
        (FAKE, "Both eyes look fake.", "region"),
        (FAKE, "Nothing is wrong with the nose.", "region"),
        (FAKE, "The nose is fine and fits the rest.", "region"),
        (FAKE, "Not at the nose, it looks like the rest.", "region"),
        (FAKE, "The chin is more suspicious than the nose.", "region"),
        (REAL, "The forehead stands out.", "region"),
        (NOTHING, "The nose stands out.", "region"),
        (FAKE, "The nose has 18 % inside and 72 % on the rest.", "number"),
        (FAKE, "The score is 0.55.", "number"),
        (FAKE, "The forgery score is 34 percent.", "number"),
        (FAKE, "The forgery score is 72 %.", "number"),
        (FAKE, "The nose is 3.5 times smoother than the rest.", "number"),
        (NOTHING, "The forgery score is 50 %.", "number"),
    ],
)
def test_free_words_that_contradict(found, text, kind):
    check = check_answer(text, found, MEASURED if found is not NOTHING else ())
    assert not check.agrees
    assert kind in {p.kind for p in check.problems}
    assert all(0 <= p.span[0] < p.span[1] <= len(text) for p in check.problems)


def test_a_box_is_one_place():
    measured = [Measurement("box", 1, (CHIN, NOSE), 0.3, 0.28), Measurement("region", 1, (NOSE,), 0.72, 0.18)]
    text = "The box with the chin and the nose looks like the rest: 30 % there and 28 % on the rest."
    assert check_answer(text, FAKE, measured).agrees
    assert not check_answer(
        text.replace("looks like", "is higher than"), FAKE, [Measurement("box", 1, (CHIN, NOSE), 0.2, 0.4)]
    ).agrees


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("The manipulation shows at the left jaw and the left jaw.", "left jaw"),
        ("I see it at the nose, the right eye and the right eye.", "right eye"),
        ("I see it at the nose, the eyes and the left eye.", "left eye"),
        ("I see it at the nose, the right eye and the mouth. The right eye stands out.", None),
        ("The nose shows more than the mouth: the map gives 97 % at the nose and 64 % at the mouth.", None),
        ("I see it at the left eye and the right eye.", None),
    ],
)
def test_a_place_named_twice_in_a_list_is_seen(text, again):
    found = check_answer(text, replace(FAKE, flagged=SPOKEN), [])
    twice = [text[slice(*p.span)] for p in found.problems if "came twice" in p.message]
    assert twice == ([again] if again else [])


def conversations(count, seed):
    """(evidence, measurements, turn) of simulated conversations of both splits, with and without truth."""
    rng = np.random.default_rng(seed)
    for number in range(count):
        found, measured = random_evidence(rng), []
        truth = None
        if found.score is not None and rng.random() < 0.4:
            truth = Truth(found.verdict == "fake", tuple(r for r in found.flagged if rng.random() < 0.6))
        measure = measure_from(found)

        def note(kind, ids, measure=measure, measured=measured):
            measured.append(measure(kind, ids))
            return measured[-1]

        for turn in make_dialogue(rng, found, truth, note, split=("train", "eval")[number % 2]).turns:
            yield found, measured, turn


def test_good_answers_pass():
    checks = [
        check_answer(turn.answer, found, measured, turn.looked, times_in(turn.turn_evidence)).agrees
        for found, measured, turn in conversations(300, 0)
    ]
    assert np.mean(checks) >= 0.98


def swap_number(text, rng):
    numbers = [m for m in re.finditer(r"\d+(?= %)", text) if "from 0 %" not in text]
    if not numbers:
        return None
    match = numbers[int(rng.integers(len(numbers)))]
    other = (int(match.group()) + int(rng.integers(4, 96))) % 100
    return f"{text[: match.start()]}{other}{text[match.end() :]}" if abs(other - int(match.group())) >= 4 else None


def swap_region(text, found, rng):
    spans = [s for s in region_spans(text) if len(s[0]) == 1]
    free = [i for i in SPOKEN if i not in found.flagged and NAME[i] not in text]
    if not spans or not free or found.score is None:
        return None
    _, start, end = spans[int(rng.integers(len(spans)))]
    return text[:start] + NAME[free[int(rng.integers(len(free)))]] + text[end:]


def swap_verdict(turn, found, rng):
    if turn.intent not in COMPOSERS or found.score is None:
        return None
    words = [w for w in WORDS if w != found.word]
    other = facts_of(replace(found, word=words[int(rng.integers(len(words)))]))
    return COMPOSERS[turn.intent](other, Voice(rng))


@pytest.mark.parametrize("kind", ["verdict", "region", "number"])
def test_swapped_answers_are_flagged(kind):
    rng = np.random.default_rng(1)
    flagged = []
    for found, measured, turn in conversations(1200, 2):
        if turn.intent in SMALL_TALK or len(flagged) == 300:
            continue
        if kind == "number":
            text = swap_number(turn.answer, rng)
        elif kind == "region":
            text = swap_region(turn.answer, found, rng)
        else:
            text = swap_verdict(turn, found, rng)
        if text is not None:
            flagged.append(not check_answer(text, found, measured, times=times_in(turn.turn_evidence)).agrees)
    assert len(flagged) == 300
    assert np.mean(flagged) >= 0.95


def test_sentence_by_sentence_good_answers_pass():
    for found, measured, turn in conversations(150, 3):
        for end in (m.end() for m in re.finditer(r"[.!?](?= )", turn.answer)):
            said = turn.answer[:end]
            assert check_answer(said, found, measured, turn.looked, times_in(turn.turn_evidence)).agrees, said


EYE = "face.upper.eyes.right_eye"


@pytest.mark.parametrize(
    ("text", "wrong", "meant"),
    [
        ("The nose and the nose are about the same:", "nose", "chin"),
        ("The right eye and the chin are about the same:", "right eye", "nose"),
        ("The right eye shows more than the chin:", "right eye", "nose"),
        ("The nose shows more than the right eye:", "right eye", "chin"),
        ("The chin shows more than the nose:", "chin", "nose"),
        ("The right eye shows less than the nose:", "right eye", "chin"),
    ],
)
def test_a_wrong_name_in_a_comparison_has_one_right_one(text, wrong, meant):
    check = check_answer(text, FAKE, MEASURED, asked=MEASURED)
    problem = check.problems[0]
    assert text[slice(*problem.span)] == wrong
    assert problem.expected == meant


def test_two_places_are_compared_not_another_measured_one():
    known = [*MEASURED, Measurement("region", 1, (EYE,), 0.12, 0.2)]
    said = "The chin and the right eye are about the same:"
    assert check_answer(said, FAKE, known).agrees
    assert check_answer(said, FAKE, known, asked=[known[1], known[2]]).agrees
    assert not check_answer(said, FAKE, known, asked=MEASURED).agrees


def test_which_name_is_meant_is_not_guessed():
    said = "The right eye shows more than the chin:"
    for asked in ([], MEASURED[:1], [*MEASURED, Measurement("region", 1, (EYE,), 0.3, 0.2)], [MEASURED[0]] * 2):
        assert check_answer(said, FAKE, MEASURED, asked=asked).problems[0].expected is None
    same = check_answer("The nose and the chin are about the same:", FAKE, MEASURED, asked=MEASURED)
    assert same.problems[0].expected is None  # right names, wrong comparison


def test_a_number_of_a_place_not_asked_about_becomes_that_of_the_other_one():
    said = "The nose shows more than the chin: the map gives 72 % at the nose and 30 % at the right eye."
    (problem,) = check_answer(said, FAKE, MEASURED, asked=MEASURED).problems
    assert said[: problem.span[0]] + (problem.expected or "") == (
        "The nose shows more than the chin: the map gives 72 % at the nose and 11 % at the chin"
    )
    assert check_answer(said, FAKE, MEASURED).problems[0].expected is None
    twice = "The nose shows more than the chin: the map gives 72 % at the nose and 72 % at the nose."
    (problem,) = check_answer(twice, FAKE, MEASURED, asked=MEASURED).problems
    assert (problem.span[0], problem.expected) == (twice.rindex("72"), "11 % at the chin")


@pytest.mark.parametrize("code", sorted(REASON_PHRASE))
def test_the_reason_why_nothing_was_assessed_is_the_right_one(code):
    found = Evidence("not_assessed", "could not be assessed", reason=code)
    said = "I could not assess this picture: {}. Please try {}."
    assert check_answer(said.format(REASON_PHRASE[code], CURE[code]), found).agrees
    other = "occluded" if code != "occluded" else "too_blurred"
    wrong = check_answer(said.format(REASON_PHRASE[other], CURE[other]), found).problems
    assert [p.expected for p in wrong] == [REASON_PHRASE[code], CURE[code]]
    assert {p.kind for p in wrong} == {"reason"}
    assert check_answer(said.format(REASON_PHRASE[other], CURE[other]), FAKE).problems[0].kind != "reason"


def test_a_finding_about_a_picture_not_assessed_gives_way_to_the_reason():
    said = "Hello. The forgery score is 12 %, which is little support for manipulation."
    first = check_answer(said, NOTHING).problems[0]
    assert said[: first.span[0]] == "Hello. "
    assert first.expected == "The picture could not be assessed: no face was found."
