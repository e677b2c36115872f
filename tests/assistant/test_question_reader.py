"""What a question is about, read by a linear layer on sentence vectors."""

import math
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

from assistant.assistant import Assistant
from assistant.question_reader import READER_FILE, Asked, QuestionReader, declined_chance, features_of, may_decline
from assistant.topic_gate import TopicGate, Vocabulary
from media.errors import MissingCheckpoint
from media.records import Examination
from simulation.dialogue.answers import where_openings
from simulation.dialogue.answers_talk import DECLINE_OPENINGS
from simulation.dialogue.facts import facts_of
from simulation.dialogue.wording import asked_evidence
from tests.assistant.conftest import ScriptedLM

WORDS = {"where": (1.0, 0.0), "who": (0.0, 1.0)}


def vectors(questions: list[str]) -> torch.Tensor:
    """Vectors that count two words."""
    return torch.tensor([[float(word in q.lower()) for word in WORDS] for q in questions])


def reader(threshold: float = 0.6) -> QuestionReader:
    weight = torch.tensor([[6.0, 0.0], [0.0, 6.0], [0.0, 0.0]])
    limits = (threshold, 0.9, 0.9)
    found = QuestionReader(weight, torch.zeros(3), ("where", "identity", "region"), limits, {"where": {"": 1.0}})
    found._encoder = SimpleNamespace(vectors=vectors)  # type: ignore[assignment]
    return found


def test_names_an_intent_only_when_sure() -> None:
    assert reader().intent("Where?") == "where"
    assert reader().intent("Who is she?") == "identity"
    assert reader().intent("Hm") is None
    assert asked_evidence(reader().intent("Who is she?")) == "[asked: who the person is]"
    assert asked_evidence(reader().intent("Hm")) == ""


def test_the_likely_intents_are_told_when_none_is_sure() -> None:
    """Best first, at most two, none that is too unlikely, and no place (its own evidence names it)."""
    one = reader(0.999)
    assert one.read("Where and who?") == Asked(None, ("where", "identity"))
    assert one.read("Where?") == Asked(None, ("where",))
    assert asked_evidence(None, one.read("Where and who?").likely) == "[perhaps asked: where or who the person is]"
    assert asked_evidence(None, ("where",)) == "[perhaps asked: where]"
    assert asked_evidence("where", ("why",)) == "[asked: where]"


@pytest.mark.parametrize("asked", [Asked(), Asked("where"), Asked(None, ("where",)), Asked(None, ("why", "where"))])
def test_what_is_asked_has_a_key(asked: Asked) -> None:
    assert Asked.of(asked.key) == asked


def test_what_cannot_be_meant_is_left_out() -> None:
    assert reader(0.9).read("Where and who?", ("where",)) == Asked(None, ("identity",))
    assert reader(0.9).read("Where and who?").likely == ("where", "identity")


def test_words_count_beside_the_vector(tmp_path: Path) -> None:
    """Two questions with the same vector differ by a word; the words travel with the file."""
    one = QuestionReader(
        torch.tensor([[0.0, 0.0, 40.0], [0.0, 0.0, 0.0]]), torch.tensor([-4.0, 0.0]), ("where", "why"), (0.9, 0.9),
        words=("spot",),
    )  # fmt: skip
    one._encoder = SimpleNamespace(vectors=vectors)  # type: ignore[assignment]
    assert one.intent("The Spot?") == "where"
    assert one.intent("Spotted?") == "why"
    one.save(tmp_path)
    again = QuestionReader.load(tmp_path)
    assert again is not None
    assert again.words == ("spot",)
    features = features_of(torch.eye(2), ["a spot", "the spots"], ("spot",))
    assert features.tolist() == [[1.0, 0.0, pytest.approx(0.2)], [0.0, 1.0, 0.0]]


def test_every_intent_has_its_own_threshold() -> None:
    assert reader(0.999).intent("Where?") is None
    assert reader(0.999).intent("Who is she?") == "identity"


def test_a_question_about_a_place_gets_no_hint() -> None:
    one = reader()
    one.bias = torch.tensor([0.0, 0.0, 20.0])
    assert one.intent("the nose") == "region"
    assert asked_evidence(one.intent("the nose")) == ""


def test_is_stored_and_read_again(tmp_path: Path) -> None:
    assert QuestionReader.load(tmp_path) is None
    reader(0.4).save(tmp_path, seed="3")
    again = QuestionReader.load(tmp_path)
    assert again is not None
    assert again.intents == ("where", "identity", "region")
    assert (again.thresholds, again.noise) == ((0.4, 0.9, 0.9), {"where": {"": 1.0}})
    assert torch.equal(again.weight, reader().weight)


def test_an_incomplete_file_is_refused(tmp_path: Path) -> None:
    from safetensors.torch import save_file

    save_file({"weight": torch.zeros(1, 2)}, tmp_path / READER_FILE)
    with pytest.raises(MissingCheckpoint, match="incomplete"):
        QuestionReader.load(tmp_path)


def test_the_hint_stands_before_the_question(tiny: Assistant, examination: Examination) -> None:
    from assistant.conversation import Conversation

    llm = ScriptedLM(["Hello."] * 3)
    llm.reader = reader()
    conversation = Conversation(examination, llm, tiny.language[1])
    list(conversation.ask("Where is it?"))
    list(conversation.ask("And?"))
    list(conversation.ask("Where at the nose?"))
    assert "[asked: where] Where is it?" in llm.prompts_seen[0]
    assert "[asked" not in llm.prompts_seen[1].rsplit("Human:", 1)[1]
    assert "[asked" not in llm.prompts_seen[2].rsplit("Human:", 1)[1]  # a named place has its own evidence
    assert llm.openings_seen == [where_openings(facts_of(examination.faces[0].evidence)), (), ()]


def test_a_question_to_decline_is_answered_with_one_of_the_declining_openings(
    tiny: Assistant, examination: Examination
) -> None:
    from assistant.conversation import Conversation

    llm = ScriptedLM(["Hello."] * 2)
    llm.reader = reader()
    conversation = Conversation(examination, llm, tiny.language[1])
    list(conversation.ask("Who is it?"))
    list(conversation.ask("Who has this nose?"))
    assert llm.openings_seen == [DECLINE_OPENINGS["identity"], ()]  # a place that is named is measured instead


def test_a_question_about_manipulation_is_answered_on_the_second_try(tiny: Assistant, examination: Examination) -> None:
    from assistant.conversation import Conversation

    refusal = "I don't identify people. Ask me more."
    llm = ScriptedLM([refusal, "so.", refusal])
    conversation = Conversation(examination, llm, tiny.language[1])
    list(conversation.ask("I saw her in a chat. Fake?"))
    assert "identify" not in conversation.last.text
    assert conversation.last.text == "There is so."  # begun again the way the finding begins
    list(conversation.ask("Who is she?"))
    assert conversation.last.text.startswith("I don't identify people.")


def test_a_question_is_read_once_and_old_ones_are_forgotten() -> None:
    one, read = reader(), []
    one._encoder = SimpleNamespace(vectors=lambda q: (read.append(q), vectors(q))[1])  # type: ignore[assignment]
    for question in ["Where?", "Where?", *(f"Where {i}?" for i in range(70))]:
        one.intent(question)
    assert len(read) == 71
    assert len(one._read) <= 64


def gate(threshold: float = 1.0, weight: float = 0.0) -> TopicGate:
    """Off-topic from one unknown word on; of the other signs only the reader's own chances weigh anything."""
    zero = torch.zeros(1)
    return TopicGate(torch.zeros(1, 2), zero, zero, torch.zeros(1, 2), torch.tensor([0.0, 0.0, 1.0, 0.0, weight]), zero,
                     torch.tensor([threshold]), torch.ones(1), Vocabulary(("where", "who", "manipulated")))  # fmt: skip


def test_the_gate_names_off_topic_unless_a_declined_intent_is_sure(tmp_path: Path) -> None:
    one = reader()
    one.gate, one.bias = gate(), torch.tensor([0.0, 5.0, 0.0])  # declining is possible in any question
    assert one.intent("Where?") == "where"
    assert one.intent("Where to buy cheese") == "offtopic"
    assert one.intent("Who sings this") == "identity"
    one.save(tmp_path)
    again = QuestionReader.load(tmp_path)
    assert again is not None
    again._encoder = one._encoder
    assert again.gate is not None
    assert again.gate.vocabulary.words == ("manipulated", "where", "who")
    assert again.intent("Where to buy cheese") == "offtopic"


def test_the_gate_hears_how_likely_the_reader_finds_declining() -> None:
    """ "who" one time in four: with weight 2 its odds of e to the -1 outweigh the unknown words."""
    for weight, intent in ((0.0, "offtopic"), (2.0, "where")):
        one = reader()
        one.gate, one.bias = gate(weight=weight), torch.tensor([0.0, 5.0, 0.0])
        assert one.intent("Where to buy cheese") == intent


def test_the_gate_is_not_heard_where_declining_is_out_of_the_question() -> None:
    one = reader()
    one.gate = gate()
    assert one.intent("Where to buy cheese") == "where"
    chances = torch.tensor([[0.9, 0.05, 0.05], [0.45, 0.1, 0.45], [0.5, 0.3, 0.2]])
    assert declined_chance(chances, one.intents).tolist() == pytest.approx([0.05, 0.1, 0.3])
    assert may_decline(chances, one.intents).tolist() == [False, False, True]


def test_whoever_asks_about_manipulation_is_not_refused() -> None:
    one = reader()
    one.gate, one.bias = gate(), torch.tensor([0.0, 5.0, 0.0])
    assert one.intent("Who sings this") == "identity"
    assert one.intent("Who says this cheese is fake") is None
    assert one.intent("Where is the cheese edited") == "where"


def test_a_vocabulary_knows_other_forms_and_single_slips() -> None:
    words = Vocabulary(("manipulated", "fake", "eye"))
    known = {w: words.knows(w) for w in ("manipulation", "maniplated", "fakes", "fsake", "eye", "eyes", "wine", "lye")}
    assert known == {"manipulation": True, "maniplated": True, "fakes": True, "fsake": True, "eye": True,
                     "eyes": False, "wine": False, "lye": False}  # fmt: skip
    assert words.unknown("Fake wine, please") == (2.0, pytest.approx(10 / 14))
    assert words.unknown("...") == (0.0, 0.0)


def test_the_signs_of_the_gate_against_sums_by_hand() -> None:
    one = TopicGate(torch.tensor([[1.0, 0.0], [0.0, 1.0]]), torch.tensor([0.5, -0.25]), torch.tensor([0.1]),
                    torch.tensor([[0.0, 1.0]]), torch.ones(5), torch.zeros(1), torch.zeros(1), torch.tensor([2.0]),
                    Vocabulary(()))  # fmt: skip
    found = one.signs(torch.tensor([[0.6, 0.8]]), ["ab"], torch.tensor([0.8]))[0].tolist()
    kernel = 0.5 * math.exp(-2 * (0.4**2 + 0.8**2)) - 0.25 * math.exp(-2 * (0.6**2 + 0.2**2)) + 0.1
    assert found == pytest.approx([kernel, 0.8, 1.0, 1.0, math.log(4)], abs=1e-5)


def test_a_hidden_layer_travels_with_the_file(tmp_path: Path) -> None:
    """By hand: GELU(3 - 1) is taken by "where", GELU(-3) is next to nothing, so the bias of "why" decides."""
    hidden = (torch.tensor([[3.0, -3.0]]), torch.tensor([-1.0]))
    one = QuestionReader(
        torch.tensor([[1.0], [0.0]]), torch.tensor([0.0, 1.0]), ("where", "why"), (0.5, 0.5), hidden=hidden
    )
    chances = one.probabilities(torch.eye(2), ["a", "b"])
    x = 2.0 * 0.5 * (1 + math.erf(2.0 / 2**0.5))
    assert chances[0].tolist() == pytest.approx([1 / (1 + math.exp(1 - x)), 1 / (1 + math.exp(x - 1))], abs=1e-5)
    assert chances[1].argmax() == 1
    one.save(tmp_path)
    again = QuestionReader.load(tmp_path)
    assert again is not None
    assert torch.allclose(again.probabilities(torch.eye(2), ["a", "b"]), chances, atol=1e-3)
