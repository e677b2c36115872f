import re
from dataclasses import replace

import numpy as np
import pytest

from media.records import Evidence, Measurement, RegionScore
from simulation.dialogue import Truth, dialogue_stats, make_dialogue, measure_from, random_evidence
from simulation.dialogue.facts import MOST_NAMED, WIDE, facts_of
from simulation.dialogue.names import NAME, SPOKEN, region_names_in
from simulation.dialogue.records import COMPOSERS
from simulation.dialogue.voice import STYLES, Voice
from simulation.dialogue.wording import (
    EVIDENCE_PHRASE,
    OFF_FACE,
    RETELL,
    comparison_evidence,
    evidence_line,
    region_evidence,
    relation,
    result_sentence,
    task_description,
)

NOSE, MOUTH, CHIN = "face.middle.nose.nose", "face.lower.mouth.mouth", "face.lower.chin.chin"


def evidence(word="strong support", score=0.87, flagged=(NOSE, MOUTH)) -> Evidence:
    scores = {i: 0.8 - 0.1 * flagged.index(i) if i in flagged else 0.1 for i in SPOKEN}
    regions = tuple(RegionScore(i, NAME[i], s, 0.15) for i, s in scores.items())
    return Evidence("assessed", word, score=score, regions=regions, flagged=flagged)


def dialogues(count, seed=0, **options):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        found = random_evidence(rng)
        yield found, make_dialogue(rng, found, **options)


def answer(intent, found, truth=None, style=0, targets="detector"):
    return COMPOSERS[intent](facts_of(found, truth, targets), Voice(np.random.default_rng(0), style))


@pytest.mark.parametrize("split", ["train", "eval"])
def test_verdict_words_and_numbers_come_from_the_evidence(split):
    starts = {
        "fake": "Yes. ",
        "real": "No. ",
        "uncertain": "Unclear. ",
        "not_assessed": "I could not assess this picture",
    }
    seen = set()
    for found, dialogue in dialogues(400, split=split):
        for turn in dialogue.turns:
            if turn.intent == "verdict":
                seen.add(found.verdict)
                assert turn.answer.startswith(starts[found.verdict])
            score = re.search(r"forgery score (?:is|of) (\d+) %", turn.answer)
            if score:
                assert found.score is not None
                assert abs(int(score.group(1)) - 100 * found.score) <= 1
    assert seen == set(starts)


def test_answers_are_short_plain_and_claim_nothing_forbidden():
    lengths = []
    for _, dialogue in dialogues(500, seed=1):
        assert 1 <= len(dialogue.turns) <= 6
        for turn in dialogue.turns:
            text = turn.answer
            lengths.append(len(text.split()))
            assert not re.search(r"\b(authentic|verified|proof|proven|pristine|genuine)\b", text, re.IGNORECASE)
            assert not re.search(r"[{}<>#]|\s[.,:;]|\.\.|  |None", text), text
            assert text[0].isupper()
            assert text.endswith((".", "?"))
    assert max(lengths) <= 60
    assert np.percentile(lengths, 5) >= 12


def test_only_verdict_answers_begin_with_yes_or_no():
    for _, dialogue in dialogues(400, seed=2):
        said = ""
        for turn in dialogue.turns:
            if turn.intent != "retell":
                said = turn.intent
            if re.match(r"(Yes|No|Unclear)[.,]", turn.answer):
                assert said == "verdict"


def test_places_are_named_where_truth_and_map_agree():
    found = evidence()
    assert region_names_in(answer("where", found, Truth(True, (MOUTH, CHIN)))) == (MOUTH,)
    assert "uncertain" in answer("verdict", found, Truth(True, (CHIN,)))
    assert region_names_in(answer("verdict", found, Truth(True, (CHIN,)))) == ()
    assert region_names_in(answer("verdict", found, Truth(True, ("face.whole.face.face",)))) == (NOSE, MOUTH)
    assert answer("verdict", found, Truth(False)).startswith("Yes.")
    assert answer("verdict", found, Truth(False), targets="truth").startswith("No.")
    assert region_names_in(answer("where", found, Truth(True, (CHIN,)), targets="truth")) == (CHIN,)


def test_a_wide_place_is_called_most_of_the_face():
    flagged = SPOKEN[:WIDE]
    assert "most of the face, strongest at the forehead and the left brow" in answer(
        "verdict", evidence(flagged=flagged)
    )
    named = answer("verdict", evidence(flagged=SPOKEN[: WIDE - 1]))
    assert "most of the face" not in named
    assert len(region_names_in(named)) == MOST_NAMED


def test_cues_are_named_only_when_measured_and_true():
    from media.records import Cue

    cues = (Cue("smoother", NOSE, 1.4, 1.4, "times"), Cue("noise", NOSE, 0.5, 0.1, ""), Cue("seam", CHIN, 2.0, 2.0, ""))
    found = replace(evidence(), cues=cues)
    assert "smoother texture" in answer("why", found)
    assert "grain" not in answer("why", found)
    assert "seam" not in answer("why", found)
    assert "smoother" not in answer("why", found, Truth(True, (NOSE,), ("seam",)))
    assert "smoother texture" in result_sentence(found)


def test_result_sentence_names_no_region():
    rng = np.random.default_rng(3)
    for _ in range(300):
        found = random_evidence(rng)
        sentence = result_sentence(found)
        assert region_names_in(sentence) == ()
        assert EVIDENCE_PHRASE[found.word] in sentence
        assert (found.score is None) == ("%" not in sentence)
    assert region_names_in(task_description()) == ()


def test_every_style_of_an_answer_is_different():
    rng = np.random.default_rng(4)
    for found in [evidence(), evidence("little support", 0.04, ()), evidence("inconclusive", 0.5, ())]:
        for intent, compose in COMPOSERS.items():
            texts = [{compose(facts_of(found), Voice(rng, s)) for _ in range(30)} for s in range(STYLES)]
            assert not texts[0] & texts[1], intent
            assert not texts[0] & texts[2], intent


def test_region_answers_use_the_numbers_of_the_turn_evidence():
    places, understood = 0, []
    for found, dialogue in dialogues(500, seed=5):
        for turn in dialogue.turns:
            if turn.intent in ("region", "point", "box", "compare", "both") and found.score is not None:
                places += 1
                shown = re.findall(r"\d+ %", turn.turn_evidence.split("[say")[0])
                assert set(re.findall(r"\d+ %", turn.answer)) == set(shown)
                assert turn.masked == (turn.intent in ("region", "point", "box"))
                if turn.intent in ("region", "compare", "both"):
                    understood.append(set(region_names_in(turn.question)) == set(turn.region_ids))
            if turn.intent == "off_face":
                assert turn.turn_evidence.startswith(OFF_FACE)
    assert places > 200
    assert np.mean(understood) >= 0.97  # the rest is mistyped beyond recognition


def test_turn_evidence_texts():
    m = Measurement("region", 1, (NOSE,), 0.72, 0.18)
    assert region_evidence(m, "nose") == "[nose: 72 % inside, 18 % on the rest of the face, stands out]"
    assert region_evidence(replace(m, kind="point"), "").startswith("[clicked spot, outside the named regions: 72 %")
    low = replace(m, region_ids=(CHIN,), score=0.1)
    assert comparison_evidence(low, "chin", m, "nose") == "[chin: 10 %; nose: 72 %; nose higher]"
    assert "at the nose and the mouth" in evidence_line(evidence())
    assert evidence_line(Evidence("not_assessed", "could not be assessed", reason="no_face")).endswith(
        "no face was found]"
    )


@pytest.mark.parametrize(
    ("inside", "rest", "expected"),
    [
        (0.7, 0.2, "stands out"),
        (0.1, 0.4, "lower than the rest"),
        (0.7, 0.68, "as high as the rest"),
        (0.2, 0.05, "low"),
        (0.35, 0.3, "like the rest"),
    ],
)
def test_relation(inside, rest, expected):
    assert relation(inside, rest) == expected


def test_a_dialogue_is_repeatable_and_retellings_occur():
    found = evidence()
    first = make_dialogue(np.random.default_rng(6), found)
    assert first == make_dialogue(np.random.default_rng(6), found)
    marked = [t for _, d in dialogues(200, seed=7) for t in d.turns if RETELL in t.turn_evidence]
    assert marked
    assert [len(make_dialogue(np.random.default_rng(8), found, turns=n).turns) for n in (1, 5)] == [1, 5]


def test_measure_from_reads_the_region_scores():
    m = measure_from(evidence())("region", (NOSE,))
    assert (m.score, m.rest, m.region_ids) == (pytest.approx(0.8), pytest.approx(0.15), (NOSE,))


def test_statistics_cover_every_intent():
    stats = dialogue_stats(count=1000)
    assert set(COMPOSERS) | {"region", "point", "box", "compare", "both", "retell", "off_face"} <= set(stats["intents"])
    assert stats["answer_vocabulary"] < 1500
