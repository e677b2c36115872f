import threading
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.conversation import Conversation
from assistant.mentions import face_named, picture_named
from assistant.prompts import EmbeddingSegment
from assistant.records import RegionQuery
from assistant.responder import MAX_REPLACED
from media.errors import BadRequest
from media.records import Evidence, Examination
from simulation.dialogue.wording import RETELL
from tests.assistant.conftest import ScriptedLM, evidence_at

NOSE = "face.middle.nose.nose"
GOOD = "Yes, there is strong support for manipulation, at the nose."
BAD = "No, this gives little support for manipulation."


def drain(pieces) -> str:
    return "".join(pieces)


def with_evidence(examination: Examination, evidence: Evidence) -> Examination:
    return replace(examination, faces=(replace(examination.faces[0], evidence=evidence),))


def keys_of(conversation: Conversation) -> list[tuple]:
    """Cache keys of everything that the next turn would be read after."""
    segments = [s for t in conversation._kept("") for s in (*t.prompt, *([t.reply] if t.reply else []))]
    return [key for s in segments for key in s.keys]


@pytest.fixture
def fake(examination: Examination) -> Examination:
    return with_evidence(examination, evidence_at(0.93, (NOSE,)))


def scripted(tiny: Assistant, examination: Examination, *answers: str) -> tuple[Conversation, ScriptedLM]:
    llm = ScriptedLM(answers)
    return Conversation(examination, llm, tiny.language[1]), llm


def test_the_tiny_assistant_answers_and_continues_from_its_cache(tiny: Assistant, examination: Examination) -> None:
    conversation = tiny.conversation(examination)
    text = drain(conversation.ask("Is this a deepfake image?"))
    assert conversation.last.text == text != ""
    assert conversation.last.verdict == examination.verdict
    assert 0.0 < (conversation.last.yes_no or -1) < 1.0
    before, keys = conversation._cache.fed, list(conversation._cache.keys)
    drain(conversation.ask("How sure are you?"))
    assert conversation._cache.keys[: len(keys)] == keys  # the prefix did not change
    assert conversation._cache.fed - before < len(conversation._cache.keys) - len(keys) + 20  # and was not read again
    assert [t.question for t in conversation.turns] == ["Is this a deepfake image?", "How sure are you?"]


def test_the_first_prompt_has_the_papers_order(tiny: Assistant, fake: Examination) -> None:
    conversation, llm = scripted(tiny, fake, GOOD)
    drain(conversation.ask("Is it fake?"))
    assert llm.prompts_seen[0].startswith("### Human: <Img></Img> ")
    assert llm.prompts_seen[0].endswith(" Is it fake?\n### Assistant:")
    assert "93 %" in llm.prompts_seen[0]
    kinds = [s.kind for s in conversation._details[0].prompt if isinstance(s, EmbeddingSegment)]
    assert kinds == ["visual", "forgery"]


def test_spans_and_regions_of_an_answer(tiny: Assistant, fake: Examination) -> None:
    conversation, _ = scripted(tiny, fake, GOOD)
    drain(conversation.ask("Is it fake?"))
    answer = conversation.last
    assert answer.regions == (NOSE,)
    assert answer.text[answer.spans[0].start : answer.spans[0].end] == "nose"
    assert answer.agrees_with_evidence
    assert answer.note is None


def test_a_contradiction_is_never_shown_when_the_retry_is_right(tiny: Assistant, fake: Examination) -> None:
    conversation, llm = scripted(tiny, fake, BAD, GOOD)
    assert drain(conversation.ask("Is it fake?")) == GOOD
    assert "[evidence: 93 %" in llm.prompts_seen[1]
    assert BAD.startswith(llm.decode(llm.avoid_seen[1]).strip())
    assert conversation.last.agrees_with_evidence
    assert conversation.last.verdict == "fake"


def test_a_lasting_contradiction_is_shown_with_a_note(tiny: Assistant, fake: Examination) -> None:
    conversation, _ = scripted(tiny, fake, BAD, BAD)
    drain(conversation.ask("Is it fake?"))
    answer = conversation.last
    assert not answer.agrees_with_evidence
    assert answer.verdict == "fake"  # never read off the words
    assert "does not agree" in (answer.note or "")
    assert "93 %" in (answer.note or "")


def test_a_wrong_number_is_replaced_by_the_measured_one(tiny: Assistant, fake: Examination) -> None:
    start = "There is strong support for manipulation. The forgery score is "
    conversation, llm = scripted(tiny, fake, start + "68 %, I think. More.", "and it is at the nose.")
    pieces = list(conversation.ask("What is the score?"))
    assert "".join(pieces) == start + "93 % and it is at the nose."
    assert llm.prompts_seen[1].endswith(start + "93 %")  # the model goes on after the number
    assert "[evidence" not in llm.prompts_seen[1]
    assert conversation.last.agrees_with_evidence
    assert conversation.last.note is None
    reply = conversation._details[0].reply
    assert reply is not None
    assert llm.decode(reply.ids).strip() == conversation.last.text  # what the next turn reads is what was shown


def test_a_wrong_name_in_a_comparison_is_replaced(tiny: Assistant, fake: Examination) -> None:
    conversation, llm = scripted(tiny, fake, "The chin and the chin are about the same. More.", "shows more.")
    drain(conversation.ask("Is the nose worse than the mouth?"))
    assert conversation.last.text.startswith("The nose ") or conversation.last.text.startswith("The mouth ")
    assert conversation.last.text.endswith("shows more.")
    assert llm.prompts_seen[1].endswith(conversation.last.text.removesuffix(" shows more."))


def test_a_wrong_number_of_the_retry_is_replaced_too(tiny: Assistant, fake: Examination) -> None:
    conversation, llm = scripted(tiny, fake, BAD, "The forgery score is 68 % now. More.", "and it is at the nose.")
    drain(conversation.ask("Is it fake?"))
    assert conversation.last.text == "The forgery score is 93 % and it is at the nose."
    assert ["[evidence" in prompt for prompt in llm.prompts_seen] == [False, True, True]
    assert not llm.avoid_seen[2]
    assert conversation.last.agrees_with_evidence
    assert conversation.last.note is None


def test_a_wrong_number_after_a_lasting_contradiction_is_replaced_too(tiny: Assistant, fake: Examination) -> None:
    """A sentence that nothing can put right is shown with a note; those after it are put right all the same."""
    retry = f"{BAD} The forgery score is 68 % now. More."
    conversation, llm = scripted(tiny, fake, BAD, retry, "in all.")
    pieces = list(conversation.ask("Is it fake?"))
    assert conversation.last.text == f"{BAD} The forgery score is 93 % in all." == "".join(pieces)
    assert llm.prompts_seen[2].endswith("The forgery score is 93 %")
    assert not conversation.last.agrees_with_evidence
    assert "does not agree" in (conversation.last.note or "")
    reply = conversation._details[0].reply
    assert reply is not None
    assert llm.decode(reply.ids).strip() == conversation.last.text


def test_numbers_that_stay_wrong_end_in_a_note(tiny: Assistant, fake: Examination) -> None:
    wrong = "The forgery score is 68 % now. "
    conversation, llm = scripted(tiny, fake, *[wrong] * (MAX_REPLACED + 2))
    drain(conversation.ask("What is the score?"))
    assert len(llm.prompts_seen) == MAX_REPLACED + 2
    assert not conversation.last.agrees_with_evidence
    assert "68 %" in (conversation.last.note or "")


def test_sentences_already_shown_stay_when_a_later_one_is_retried(tiny: Assistant, fake: Examination) -> None:
    first = "Yes, there is strong support for manipulation. "
    conversation, llm = scripted(tiny, fake, first + BAD + " So it goes.", "It is at the nose.")
    pieces = list(conversation.ask("Is it fake?"))
    assert "".join(pieces) == first + "It is at the nose."
    assert llm.prompts_seen[1].rstrip().endswith(first.strip())  # the retry goes on from what was said
    assert conversation.last.text == "".join(pieces)


@pytest.mark.parametrize(("said", "note"), [("", "gave no answer"), ("FAIL", "failed")])
def test_without_words_the_finding_is_said_plainly(tiny: Assistant, fake: Examination, said: str, note: str) -> None:
    conversation, _ = scripted(tiny, fake, said, "All is well.")
    text = drain(conversation.ask("Is it fake?"))
    assert "93 %" in text
    assert "strong support for manipulation" in text
    assert note in (conversation.last.note or "")
    drain(conversation.ask("Thank you"))  # and the conversation goes on
    assert len(conversation.turns) == 2


def test_a_named_region_is_measured_and_spliced_into_that_turn(tiny: Assistant, fake: Examination) -> None:
    conversation, llm = scripted(tiny, fake, GOOD, "The nose was measured.")
    drain(conversation.ask("Is it fake?"))
    before = keys_of(conversation)
    drain(conversation.ask("What about the nose?"))
    assert fake.measurements[-1].region_ids == (NOSE,)
    assert llm.prompts_seen[1].count("[nose: ") == 1
    kinds = [s.kind for s in conversation._details[1].prompt if isinstance(s, EmbeddingSegment)]
    assert kinds == ["visual", "forgery"]
    assert keys_of(conversation)[: len(before)] == before


def test_a_click_beside_the_face_is_said_to_the_model(tiny: Assistant, fake: Examination) -> None:
    conversation, llm = scripted(tiny, fake, "That spot was not examined.")
    drain(conversation.ask("What is here?", RegionQuery(point=(3.0, 3.0))))
    assert "not on an examined face" in llm.prompts_seen[0]
    assert fake.measurements == []


def test_regenerate_asks_for_other_words_and_keeps_the_old_turn(tiny: Assistant, fake: Examination) -> None:
    conversation, llm = scripted(tiny, fake, GOOD, "Strong support for manipulation, in other words.")
    drain(conversation.ask("Is it fake?"))
    drain(conversation.regenerate())
    assert [t.superseded for t in conversation.turns] == [True, False]
    assert conversation.turns[1].question == "Is it fake?"
    assert RETELL in llm.prompts_seen[1]
    assert GOOD not in llm.prompts_seen[1]


def test_edit_supersedes_the_turn_and_all_after_it(tiny: Assistant, fake: Examination) -> None:
    conversation, llm = scripted(tiny, fake, GOOD, "Because of the nose.", "Where else.", "At the nose.")
    for question in ("Is it fake?", "Why?", "Where else?"):
        drain(conversation.ask(question))
    drain(conversation.edit(1, "Where is it?"))
    assert [t.superseded for t in conversation.turns] == [False, True, True, False]
    assert "Why?" not in llm.prompts_seen[-1]
    assert GOOD in llm.prompts_seen[-1]
    with pytest.raises(BadRequest):
        conversation.edit(1, "Where?")


def test_an_unusable_edit_costs_nothing(tiny: Assistant, fake: Examination) -> None:
    conversation, _ = scripted(tiny, fake, GOOD)
    drain(conversation.ask("Is it fake?"))
    with pytest.raises(BadRequest):
        conversation.edit(0, "  ")
    with pytest.raises(BadRequest):
        conversation.ask("###")
    assert [t.superseded for t in conversation.turns] == [False]


def test_stop_keeps_what_was_said(tiny: Assistant, fake: Examination) -> None:
    long = "Yes, there is strong support for manipulation. It is at the nose. And so it goes on."
    conversation, _ = scripted(tiny, fake, long, "Fine.")
    stop = threading.Event()
    said = ""
    for piece in conversation.ask("Is it fake?", stop=stop):
        said += piece
        stop.set()
    assert conversation.last.stopped
    assert conversation.last.text == said
    assert long.startswith(said)
    assert len(said) < len(long)
    drain(conversation.ask("Thanks"))
    assert not conversation.last.stopped


def test_a_closed_iterator_leaves_a_stopped_turn(tiny: Assistant, fake: Examination) -> None:
    conversation, _ = scripted(tiny, fake, "Yes, there is strong support for manipulation. More follows. And more.")
    pieces = conversation.ask("Is it fake?")
    first = next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    assert conversation.last.text == first
    assert conversation.last.stopped


def test_a_second_picture_joins_without_losing_the_first(tiny: Assistant, fake: Examination) -> None:
    low = with_evidence(replace(fake, media=replace(fake.media, sha256="f" * 64)), evidence_at(0.05))
    conversation, llm = scripted(tiny, fake, GOOD, "Little support for manipulation.", "Little support.", GOOD)
    drain(conversation.ask("Is it fake?"))
    assert conversation.add(low) == 2
    drain(conversation.ask("And this one?"))
    assert (conversation.last.picture, conversation.last.verdict) == (2, "real")
    assert "5 %" in llm.prompts_seen[1]
    assert llm.prompts_seen[1].count("<Img></Img>") == 2
    drain(conversation.ask("Why?"))
    assert llm.prompts_seen[2].count("<Img></Img>") == 2  # nothing new to look at
    drain(conversation.ask("And what of the first picture?"))
    assert (conversation.last.picture, conversation.last.verdict) == (1, "fake")
    assert llm.prompts_seen[3].count("<Img></Img>") == 3
    assert [t.picture for t in conversation.turns] == [1, 2, 2, 1]


def test_faces_are_chosen_by_words_click_or_hand(tiny: Assistant, two_faces_png: Path) -> None:
    found = tiny.examine(two_faces_png)
    first = replace(found.faces[0], evidence=evidence_at(0.9, (NOSE,)))
    found = replace(found, faces=(first, replace(found.faces[1], evidence=evidence_at(0.1))))
    conversation, _ = scripted(tiny, found, *["It was measured."] * 5)
    drain(conversation.ask("How is it?"))
    assert conversation.last.face == 1  # the strongest
    drain(conversation.ask("And face 2?"))
    assert (conversation.last.face, conversation.last.verdict) == (2, "real")
    x0, y0, x1, y1 = found.faces[0].face.box
    drain(conversation.ask("Here?", RegionQuery(point=((x0 + x1) / 2, (y0 + y1) / 2))))
    assert conversation.last.face == 1
    conversation.select_face(2)
    drain(conversation.ask("How sure?"))
    assert conversation.last.face == 2
    for bad in (lambda: conversation.select_face(3), lambda: conversation.ask("What of #7?")):
        with pytest.raises(BadRequest, match="no face"):
            bad()


def test_a_picture_without_a_face_can_be_talked_about(tiny: Assistant, no_face_png: Path) -> None:
    found = tiny.examine(no_face_png)
    conversation, llm = scripted(tiny, found, "It could not be assessed, because no face was found.", "No.")
    drain(conversation.ask("Is this a deepfake?"))
    assert "no face was found" in llm.prompts_seen[0]
    assert conversation.last.verdict == "not_assessed"
    assert conversation.last.yes_no is None
    drain(conversation.ask("And here?", RegionQuery(point=(10.0, 10.0))))


def test_a_long_conversation_keeps_its_beginning_and_goes_on(tiny: Assistant, fake: Examination) -> None:
    conversation, llm = scripted(tiny, fake, *["A sentence that was said. " * 5] * 20)
    for number in range(20):
        drain(conversation.ask(f"Question number {number}, with some more words in it?"))
    assert all(t.answer.note is None for t in conversation.turns)
    assert "Question number 0," in llm.prompts_seen[-1]
    assert "Question number 2," not in llm.prompts_seen[-1]
    assert "Question number 18," in llm.prompts_seen[-1]


def test_a_subject_whose_tokens_were_dropped_is_shown_again(tiny: Assistant, fake: Examination) -> None:
    other = replace(fake, media=replace(fake.media, sha256="e" * 64))
    conversation, llm = scripted(tiny, fake, *["A sentence that was said. " * 5] * 20)
    drain(conversation.ask("The beginning."))
    conversation.add(other)
    for number in range(16):
        drain(conversation.ask(f"Question number {number}, with some more words in it?"))
    assert "Question number 0," not in llm.prompts_seen[-1]
    assert llm.prompts_seen[-1].count("<Img></Img>") == 2  # the first picture's and, again, the second one's


@pytest.mark.parametrize(
    ("text", "face"),
    [("what about #2", 2), ("Face 3?", 3), ("person number 1", 1), ("the faces", None), ("20 %", None)],
)
def test_face_numbers_in_words(text: str, face: int | None) -> None:
    assert face_named(text) == face


@pytest.mark.parametrize(
    ("text", "count", "picture"),
    [("picture 2", 2, 2), ("the first photo", 2, 1), ("picture 2", 1, None), ("photo 9", 2, None), ("why?", 2, None)],
)
def test_picture_numbers_in_words(text: str, count: int, picture: int | None) -> None:
    assert picture_named(text, count) == picture
