"""Second looks: what the words ask for, what is measured, and what the checker lets pass."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.assistant import Assistant
from assistant.checker import check_answer
from assistant.conversation import Conversation
from assistant.records import RegionQuery
from assistant.second_look import asks_to_hide, look_again, never_meant, time_named
from assistant.spots import Spot
from assistant.turn import openings_for
from media.records import Examination, FaceExamination, Measurement, Motion
from simulation.dialogue import moments, random_evidence
from simulation.dialogue.answers import where, where_openings
from simulation.dialogue.facts import facts_of
from simulation.dialogue.voice import Voice
from tests.assistant.conftest import ScriptedLM, evidence_at
from tests.films import write_film

MOUTH, NOSE = "face.lower.mouth.mouth", "face.middle.nose.nose"


def unread(question: str) -> None:
    """A reader that is never sure."""


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("what happens at 0:07?", 7), ("go to 1:02:03", 3723), ("at second 12", 12), ("after 7 s", 7),
     ("7.5 seconds", 7.5),
     ("minute 2", 120), ("1 minute 5 seconds", 65), ("score 83 %", None), ("is it 100 % fake", None),
     ("ratio 16:9:4:2", None), ("What about the nose?", None)],
)  # fmt: skip
def test_times_in_words(text: str, seconds: float | None) -> None:
    assert time_named(text) == seconds


@pytest.mark.parametrize(
    ("text", "hide"),
    [("What if I cover the mouth?", True), ("and without the nose", True), ("leave the left eye out", True),
     ("with the chin masked", True), ("What about the mouth?", False), ("where is it?", False)],
)  # fmt: skip
def test_asks_to_hide(text: str, hide: bool) -> None:
    assert asks_to_hide(text) is hide


def face_of(examination: Examination) -> FaceExamination:
    face = examination.worst
    assert face is not None
    return face


def test_hiding_a_place_is_measured_on_the_pixels(tiny: Assistant, examination: Examination) -> None:
    """The number is the detector's for the crop with that place filled, against the same crop with nothing hidden."""
    face = face_of(examination)
    spot = look_again("What if I cover the mouth?", None, unread, face, examination, tiny.examiner)
    assert spot is not None
    (found,) = spot.measurements
    assert (found.kind, found.region_ids) == ("hidden", (MOUTH,))
    assert found.rest == pytest.approx(face.evidence.score, abs=1e-4)
    assert found.score != pytest.approx(found.rest, abs=1e-9)
    assert spot.text == moments.hidden_evidence(found, "mouth")
    assert look_again("What about the mouth?", None, unread, face, examination, tiny.examiner) is None
    beside = RegionQuery(point=(1.0, 1.0))
    assert look_again("and if I cover it?", beside, unread, face, examination, tiny.examiner) is None


def test_a_photo_has_no_moments_and_one_person(tiny: Assistant, examination: Examination) -> None:
    face, read = face_of(examination), {"When was that?": "worst", "Is it all of them?": "persons"}.get
    found = look_again("When was that?", None, read, face, examination, tiny.examiner)
    assert found is not None
    assert found.text == moments.NO_TIME
    alone = look_again("Is it all of them?", None, read, face, examination, tiny.examiner)
    assert alone is not None
    assert alone.text == moments.ONE_PERSON
    assert look_again("Look at 0:07", None, read, face, examination, tiny.examiner) is None


def test_without_a_word_of_time_nobody_asks_a_photo_for_its_moments(tiny: Assistant, examination: Examination) -> None:
    """ "Where is it strongest?" reads like "when is it worst?"; of a video it may be that."""
    face, read = face_of(examination), {"Where is it strongest?": "worst"}.get
    assert look_again("Where is it strongest?", None, read, face, examination, tiny.examiner) is None
    video, watched = video_of(examination)
    assert look_again("Where is it strongest?", None, read, watched, video, None) is not None
    assert never_meant("Where is it strongest?", "image") == ("worst",)
    assert never_meant("At which moment is it strongest?", "image") == ()
    assert never_meant("Where is it strongest?", "video") == ()


def video_of(examination: Examination) -> tuple[Examination, FaceExamination]:
    face = replace(face_of(examination), worst_moments=((7.2, 0.93), (12.0, 0.88)))
    other = replace(face, face=replace(face.face, id=2), evidence=evidence_at(0.12))
    media = replace(examination.media, kind="video", duration=15.0)
    return replace(examination, media=media, faces=(face, other), measurements=[]), face


def test_moments_and_persons_of_a_video(tiny: Assistant, examination: Examination) -> None:
    video, face = video_of(examination)
    worst = look_again("When is it worst?", None, unread, face, video, None)
    assert worst is not None
    assert worst.text == "[highest: 0:07 with 93 %, 0:12 with 88 %]"
    close = replace(face, worst_moments=((7.2, 0.93), (7.9, 0.91), (12.0, 0.88)))
    told = look_again("When is it worst?", None, unread, close, video, None)
    assert told is not None
    assert told.text == worst.text  # two moments of one second cannot be told apart in words
    persons = look_again("Which of the two people is it?", None, unread, face, video, None)
    assert persons is not None
    assert {m.face for m in persons.measurements} == {1, 2}
    late = look_again("What happens at 0:31?", None, unread, face, video, tiny.examiner)
    assert late is not None
    assert late.text == "[0:31 is outside the video, which lasts 0:15]"
    assert moments.times_in(late.text) == ("0:31", "0:15")


def test_a_second_of_a_real_video_is_examined(tiny: Assistant, tmp_path: Path, astronaut: np.ndarray) -> None:
    path = write_film(tmp_path / "clip.mp4", [astronaut] * 12, rate=4)
    video = tiny.examine(path)
    face = face_of(video)
    spot = look_again("what do you see at 0:01?", None, unread, face, video, tiny.examiner)
    assert spot is not None
    (found,) = spot.measurements
    assert (found.kind, found.place, found.rest) == ("moment", (1.0,), face.evidence.score)
    assert found.score == pytest.approx(video.looked[0].evidence.score)
    path.unlink()
    assert look_again("what do you see at 0:02?", None, unread, face, video, tiny.examiner) is None


def test_the_look_stands_in_the_prompt_and_joins_the_measurements(tiny: Assistant, examination: Examination) -> None:
    llm = ScriptedLM(["So be it."])
    examination = replace(examination, measurements=[])
    conversation = Conversation(examination, llm, tiny.language[1], examiner=tiny.examiner)
    list(conversation.ask("Cover the mouth, please"))
    assert "[mouth hidden: " in llm.prompts_seen[0]
    assert [m.kind for m in examination.measurements] == ["hidden"]


def test_a_list_of_moments_is_told_to_its_end(tiny: Assistant, examination: Examination) -> None:
    video, _ = video_of(examination)
    llm = ScriptedLM(["The highest moment is 0:07 with 93 %. Look there.", "%."])
    conversation = Conversation(video, llm, tiny.language[1])
    assert (
        "".join(conversation.ask("When is it worst?")) == "The highest moment is 0:07 with 93 %, then 0:12 with 88 %."
    )
    assert conversation.last.agrees_with_evidence


EVIDENCE = evidence_at(0.83, (MOUTH,))
HIDDEN = Measurement("hidden", 1, (MOUTH,), 0.41, 0.83)
AT = Measurement("moment", 1, (), 0.80, 0.83, (7.0,))
WORST = (Measurement("moment", 1, (), 0.93, 0.83, (7.0,)), Measurement("moment", 1, (), 0.88, 0.83, (12.0,)))
MOTION = Measurement("motion", 1, (), 0.62, 0.83)
PERSONS = (Measurement("person", 1, (), 0.83, 0.83), Measurement("person", 4, (), 0.12, 0.12))


def times_of(text: str, asked: tuple[Measurement, ...]) -> tuple[str, ...]:
    """The moments of the looks; those of the two answers that measure nothing."""
    found = tuple(moments.clock(m.place[0]) for m in asked if m.kind == "moment")
    return found or (("0:31", "0:15") if "0:31" in text else ("0:07",))


def test_true_answers_of_second_looks_pass() -> None:
    facts = facts_of(EVIDENCE)
    for seed in range(60):
        v = Voice(np.random.default_rng(seed))
        for text, asked in (
            (moments.hidden(facts, HIDDEN, v), (HIDDEN,)),
            (moments.moment(facts, AT, v), (AT,)),
            (moments.worst(facts, WORST, v), WORST),
            (moments.persons(facts, PERSONS, v), PERSONS),
            (moments.motion(facts, MOTION, v), (MOTION,)),
            (moments.not_there(moments.NO_MOTION, facts, v), ()),
            (moments.not_there(moments.MOTION_UNKNOWN, facts, v), ()),
            (moments.not_there(moments.NO_TIME, facts, v), ()),
            (moments.not_there(moments.ONE_PERSON, facts, v), ()),
            (moments.no_face_then(facts, 7.0, v), ()),
            (moments.outside(facts, 31.0, 15.0, v), ()),
        ):
            check = check_answer(text, EVIDENCE, asked, asked, times_of(text, asked))
            assert check.agrees, (text, check.problems)


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("With the mouth hidden I get 47 % instead of 83 %.", (HIDDEN,), "41 %"),
        ("With the mouth hidden I get 41 % instead of 83 %. So hiding it changes little.", (HIDDEN,),
         "So much of it comes from there."),
        ("With the mouth hidden I get 41 % instead of 41 %.", (HIDDEN,), "83 %"),
        ("With the chin hidden I get 41 % instead of 83 %.", (HIDDEN,), "mouth"),
        ("The highest moment is 0:07 with 93 %, then 0:07 with 93 %.", WORST, "0:12"),
        ("At 0:09 I get 80 %, for the whole video 83 %.", (AT,), "0:07"),
        ("At 0:07 I get 80 %, for the whole video 83 %. So it is a weaker moment.", (AT,),
         "So that moment is much like the whole."),
        ("The highest moment is 0:07 with 88 %, then 0:12 with 88 %.", WORST, "93"),
        ("The highest moment is 0:31 with 93 %, then 0:12 with 88 %.", WORST, "0:07"),
        ("The highest moment is 0:07 with 93 %, then 0:31 with 88 %.", WORST, "0:12"),
        ("The highest moment is 0:07 with 93 %.", WORST, "93 %, then 0:12 with 88"),
        ("With the right brow hidden I get 80 % instead of 83 %.", (AT,), None),
        ("Read as motion it gives 80 %, single frames alone 83 %.", (AT,), None),
        ("At 0:07 I get 80 %, for the whole video 83 %. So motion adds little.", (AT,),
         "So that moment is much like the whole."),
        ("Person 1 comes first with 93 %, then 0:12 with 88 %.", WORST, None),
        ("Read as motion it gives 90 %, single frames alone 83 %.", (MOTION,), "62 %"),
        ("Read as motion it gives 62 %, single frames alone 83 %. So motion adds little.", (MOTION,),
         "So motion shows less than single frames."),
        ("Person 1 has the highest value with 83 %, person 4 60 %.", PERSONS, "12"),
        ("Person 2 has the highest value with 83 %, person 4 12 %.", PERSONS, None),
    ],
)  # fmt: skip
def test_wrong_answers_of_second_looks_are_found(
    text: str, asked: tuple[Measurement, ...], expected: str | None
) -> None:
    check = check_answer(text, EVIDENCE, asked, asked, [moments.clock(m.place[0]) for m in asked if m.kind == "moment"])
    assert not check.agrees
    assert check.problems[0].expected == expected


def test_times_are_checked_also_where_nothing_was_measured() -> None:
    text = "The video has no 1:10; it lasts 0:13."
    problems = check_answer(text, EVIDENCE, times=("1:39", "0:30")).problems
    assert [p.expected for p in problems] == ["1:39", "0:30"]


def test_what_a_hidden_place_gave_says_nothing_about_the_place_on_the_map() -> None:
    text = "The mouth stands out: the map gives 41 % there and 83 % on the rest of the face."
    assert not check_answer(text, EVIDENCE, (HIDDEN,), ()).agrees


def test_a_time_without_a_look_has_no_ground() -> None:
    (problem,) = check_answer("At 1:30 I get 83 %.", EVIDENCE).problems
    assert (problem.kind, problem.expected) == ("number", None)


def test_an_answer_that_may_not_decline_begins_as_a_finding() -> None:
    text = "I can't help with that."
    assert check_answer(text, EVIDENCE).agrees
    (problem,) = check_answer(text, EVIDENCE, refusable=False).problems
    assert problem.expected == "There is"


@pytest.mark.parametrize(
    ("question", "intent", "seen"),
    [
        ("Does the mouth flicker?", None, "motion"),
        ("Is she moving like a puppet?", "motion", "motion"),
        ("What about the mouth?", "region", None),
        ("Does it flicker at 0:07?", "motion", "moment"),
    ],
)
def test_motion_is_read_from_the_examination(
    examination: Examination, question: str, intent: str | None, seen: str | None
) -> None:
    """A time in the words asks for that moment; a place in them does not keep motion from being meant."""
    face = replace(
        examination.faces[0],
        frame_scores=((0.0, 0.2), (1.0, 0.4)),
        motion=Motion(0.62, ((0.0, 0.5), (4.0, 0.7))),
    )
    film = replace(examination, media=replace(examination.media, kind="video", duration=3.0), faces=(face,))
    found = look_again(question, None, lambda _: intent, face, film, None)
    if seen == "motion":
        assert found is not None
        assert found.text == "[motion: 62 %, single frames 30 %, clearly higher]"
        of_photo = look_again(question, None, lambda _: "motion", face, examination, None)
        assert of_photo is not None
        assert of_photo.text == moments.NO_MOTION
        still = replace(face, motion=None)
        unknown = look_again(question, None, lambda _: intent, still, film, None)
        assert unknown is not None
        assert unknown.text == moments.MOTION_UNKNOWN
    elif seen == "moment":
        assert found is not None
        assert found.text.startswith("[0:07 is outside")
    else:
        assert found is None


def test_a_raised_map_is_not_told_as_low() -> None:
    quiet, raised = evidence_at(0.10), evidence_at(0.10, (MOUTH,))
    raised = replace(raised, flagged=())
    text = (
        "The map stays low over the whole face. The forgery score is 10 %, so there is little support for manipulation."
    )
    assert check_answer(text, quiet).agrees
    found = check_answer(text, raised).problems
    assert [p.expected for p in found] == ["The map is raised in places, but the face as a whole does not bear it out"]


def test_the_strongest_places_are_the_strongest() -> None:
    """A wrong name is replaced by the highest place that is not named; nearly equal ones pass."""
    evidence = evidence_at(0.9, (MOUTH, NOSE))
    regions = [replace(r, score={MOUTH: 0.9, NOSE: 0.6}.get(r.id, r.score)) for r in evidence.regions]
    evidence = replace(evidence, regions=tuple(sorted(regions, key=lambda r: -r.score)))
    wrong = check_answer("Yes, over most of the face, strongest at the nose.", evidence).problems
    assert [p.expected for p in wrong if p.message == "Other places are higher."] == ["mouth"]
    right = check_answer("Yes, over most of the face, strongest at the mouth and the nose.", evidence).problems
    assert not [p for p in right if p.message == "Other places are higher."]


def test_answers_to_second_looks_begin_as_the_usual_ones() -> None:
    """What must be said first is how the composed answers begin, so that the model goes on as it learnt."""
    facts, v = facts_of(EVIDENCE), Voice(np.random.default_rng(0))
    for evidence, looks, usual in (
        (moments.hidden_evidence(HIDDEN, "mouth"), (HIDDEN,), moments.hidden(facts, HIDDEN, v)),
        (moments.moment_evidence(AT), (AT,), moments.moment(facts, AT, v)),
        (moments.worst_evidence(WORST), WORST, moments.worst(facts, WORST, v)),
        (moments.worst_evidence(WORST[:1]), WORST[:1], moments.worst(facts, WORST[:1], v)),
        (moments.motion_evidence(MOTION), (MOTION,), moments.motion(facts, MOTION, v)),
        (moments.persons_evidence(PERSONS), PERSONS, moments.persons(facts, PERSONS, v)),
        (moments.NO_TIME, (), moments.not_there(moments.NO_TIME, facts, v)),
        (moments.NO_MOTION, (), moments.not_there(moments.NO_MOTION, facts, v)),
        (moments.MOTION_UNKNOWN, (), moments.not_there(moments.MOTION_UNKNOWN, facts, v)),
        (moments.ONE_PERSON, (), moments.not_there(moments.ONE_PERSON, facts, v)),
    ):
        (opening,) = openings_for(Spot(evidence, looks), 0, "offtopic", EVIDENCE)
        assert usual.startswith(opening), usual
        assert openings_for(Spot(evidence, looks), 1, None, EVIDENCE) == ()
    assert len(openings_for(Spot(), 0, "offtopic", EVIDENCE)) > 1
    assert openings_for(Spot("[mouth: 80 % inside]", ()), 0, None, EVIDENCE) == ()


def test_answers_about_the_place_begin_as_the_usual_ones() -> None:
    """Whatever the finding, what may be said first is how some composed answer begins, and every one begins so."""
    rng = np.random.default_rng(0)
    asked = 0
    for _ in range(150):
        evidence = random_evidence(rng)
        facts, openings = facts_of(evidence), openings_for(Spot(), 0, "where", evidence)
        assert openings == where_openings(facts)
        usual = [where(facts, Voice(rng)) for _ in range(40)]
        asked += bool(openings)
        if openings:
            assert all(text.startswith(tuple(openings)) for text in usual)
        assert openings_for(Spot(), 1, "where", evidence) == openings_for(Spot(), 0, "why", evidence) == ()
    assert asked > 100
