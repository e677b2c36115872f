import dataclasses
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from assistant.records import Answer, TurnRecord
from assistant.ui import cards, text
from assistant.ui.state import Picture, Session
from media.errors import ReasonCode
from media.records import Evidence, Measurement
from tests.ui.fake import FakeAssistant

FORBIDDEN = re.compile(r"\b(authentic|verified|proof|pristine|genuine)", re.I)


def session_of(path, name: str = "one.png", **options) -> Session:
    session = Session([Picture(name, FakeAssistant(**options).examine(path), 0)])
    session.show(0)
    return session


def unassessed(session: Session, reason: ReasonCode) -> Session:
    evidence = Evidence("not_assessed", "could not be assessed", reason=reason)
    examination = session.pictures[0].examination
    faces = tuple(replace(face, evidence=evidence) for face in examination.faces)
    session.pictures = [replace(session.pictures[0], examination=replace(examination, faces=faces, reason=reason))]
    return session


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html))


def test_one_glance_gives_evidence_words_place_and_reason(photo):
    said = words(cards.finding_card(session_of(photo)))
    assert "Some support for manipulation" in said
    assert "Where chin" in said
    assert "the chin is smoother than the rest of the face" in said


def test_a_score_stands_only_inside_its_context(photo):
    said = words(cards.finding_card(session_of(photo)))
    assert said.count("0.72") == 1
    assert text.score_context(0.72) in said.replace("&#x27;", "'")


def test_a_score_that_nobody_calibrated_says_so(photo):
    session = session_of(photo)
    for face in session.pictures[0].examination.faces:
        object.__setattr__(face.evidence, "calibrated", False)
    said = words(cards.finding_card(session))
    assert "Score 0.72: the raw output of weights that were never measured here" in said
    assert "in 100 were forged" not in said


def test_little_support_names_no_place_and_does_not_clear_the_picture(photo):
    said = words(cards.finding_card(session_of(photo, score=0.1)))
    assert "Little support for manipulation" in said
    assert "No part is called out" in said
    assert "does not mean that nothing was changed" in text.MEANING["little support"]


def test_a_raised_map_is_not_called_low(photo):
    session = session_of(photo, score=0.1)
    assert "The detector's map stays low" in words(cards.finding_card(session)).replace("&#x27;", "'")
    for face in session.pictures[0].examination.faces:
        high = dataclasses.replace(face.evidence.regions[0], score=0.93)
        object.__setattr__(face.evidence, "regions", (high, *face.evidence.regions[1:]))
    said = words(cards.finding_card(session))
    assert "map is raised in places, highest on the" in said
    assert "stays low" not in said


def test_each_reason_has_a_cure_and_no_score(photo):
    for reason, (what, cure) in text.REASONS.items():
        said = words(cards.finding_card(unassessed(session_of(photo), reason)))
        assert "Could not be assessed" in said
        assert "Score" not in said
        assert cure in said
        assert what in said or reason == "face_too_small"


def test_without_a_face_the_card_says_so(photo):
    said = words(cards.finding_card(session_of(photo, faces=0)))
    assert "No face was found." in said


def test_every_evidence_word_has_a_legend():
    said = words(cards.legend(opened=True))
    for word in text.PHRASE:
        assert text.PHRASE[word] in said
        assert text.MEANING[word] in said
    assert '<details class="legend" open>' in cards.legend(opened=True)
    assert " open>" not in cards.legend(opened=False)


def test_what_came_from_outside_is_escaped(photo):
    session = session_of(photo, name="<script>x</script>.png")
    for html in (cards.finding_card(session), cards.measured(session), cards.notice("<i>")):
        assert "<script>" not in html
        assert "<i>" not in html


def test_the_measurements_are_complete(photo):
    session = session_of(photo)
    said = words(cards.measured(session))
    for part in ("chin 0.81 0.11 +0.70 called out", "left eye", "0.55 ratio of fine detail", "Face 220 px", "fake-1"):
        assert part in said
    assert session.pictures[0].examination.media.sha256 in said


def test_a_video_has_a_timeline_with_its_highest_moment(photo):
    session = session_of(photo)
    examination = replace(session.pictures[0].examination, frames=((0.0, 0.2), (7.4, 0.9)), frames_without_face=3)
    session.pictures = [replace(session.pictures[0], examination=examination)]
    said = cards.finding_card(session)
    assert "highest 0.90 at 0:07.40" in said
    assert "no face in 3 frames" in said


def test_every_person_of_a_video_has_a_timeline_the_chosen_one_first(photo):
    """x runs over the whole video: 0 s at 4, its end at 296; a gap is a grey bar."""
    session = session_of(photo)
    old = session.pictures[0].examination
    one = replace(old.faces[0], frame_scores=((2.5, 0.2), (7.5, 0.9)), gaps=((5.0, 6.0),))
    two = replace(one, face=replace(one.face, id=7), frame_scores=((0.0, 0.1), (10.0, 0.1)), gaps=())
    media = replace(old.media, kind="video", duration=10.0)
    session.pictures = [replace(session.pictures[0], examination=replace(old, media=media, faces=(one, two)))]
    session.face = 7
    said = cards.finding_card(session)
    assert said.index("Person 7") < said.index(f"Person {one.face.id}")
    assert 'points="77.0,36.0 223.0,8.0"' in said
    assert '<rect x="150.0" y="0" width="29.2"' in said
    assert said.count("<rect") == 1
    assert "grey: not assessed" in said


def test_second_looks_are_told_in_words(photo):
    session = session_of(photo)
    looks = [Measurement("hidden", 1, ("face.lower.mouth.mouth",), 0.41, 0.83),
             Measurement("moment", 1, (), 0.5, 0.6, (7.4,)), Measurement("person", 2, (), 0.12, 0.12)]  # fmt: skip
    session.pictures[0].examination.measurements.extend(looks)
    said = words(cards.measured(session))
    assert "hidden, face 1, mouth: score 0.41, with nothing hidden 0.83" in said
    assert "moment 0:07.40, person 1: 0.50, whole video 0.60" in said
    assert "person 2: 0.12" in said


def test_a_score_is_shown_as_answers_say_it():
    assert text.score_context(0.9996).startswith("Score 0.99:")
    assert text.score_context(0.0001).startswith("Score 0.01:")


def test_the_page_never_promises_too_much():
    for name, value in vars(text).items():
        if name.isupper():
            assert not FORBIDDEN.search(str(value)), name
    assert not FORBIDDEN.search(text.score_context(0.5))


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0:00.00"), (7.4, "0:07.40"), (59.999, "1:00.00"), (125.25, "2:05.25")]
)
def test_clock(seconds, said):
    assert text.clock(seconds) == said


def sourced(session: Session) -> Session:
    source = {"text": "The <mouth> is blurred.", "annotator": "A1", "dataset": "ExDDV", "video": "v",
              "simulated": False, "licence": "CC BY-NC-SA 4.0", "label": "fake", "similarity": 0.8125}  # fmt: skip
    answer = Answer("Where?", "At the mouth.", "fake", examples=(source,))
    session.conversation = SimpleNamespace(turns=[TurnRecord("Where?", answer)])
    return session


def test_sources_are_listed_with_where_they_are_from(photo):
    session = sourced(session_of(photo))
    said = cards.sources(session)
    assert "The &lt;mouth&gt; is blurred." in said
    assert "annotator A1, ExDDV, CC BY-NC-SA 4.0; similarity 0.81" in said
    assert "no part of this finding" in said
    session.annotations = False
    assert words(cards.sources(session)).strip() == text.SOURCES_OFF
    assert words(cards.sources(session_of(photo))).strip() == text.NO_SOURCES
