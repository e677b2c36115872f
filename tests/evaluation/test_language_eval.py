from types import SimpleNamespace

import numpy as np
import pytest

from evaluation import language_eval, language_looks
from evaluation.answer_parser import parse_answer
from evaluation.corruptions import FAULTS, corrupt, stated_scores
from evaluation.language_faces import swapped_partners
from evaluation.offtopic import IDENTITY, OFF_TOPIC
from simulation.dialogue import make_dialogue, random_evidence

MOUTH, NOSE, CHIN = "face.lower.mouth.mouth", "face.middle.nose.nose", "face.lower.chin.chin"
FAKE = "Yes. There is strong support for manipulation at the mouth. The forgery score is 93 %."


@pytest.mark.parametrize(
    ("fault", "change"),
    [
        ("verdict", lambda t: parse_answer(t).verdict == "real"),
        ("region", lambda t: MOUTH not in parse_answer(t).claimed and len(parse_answer(t).claimed) == 1),
        ("number", lambda t: abs(stated_scores(t)[0] - 93) >= 12),
    ],
)
def test_each_fault_changes_what_it_says(fault, change):
    for seed in range(20):
        spoilt = corrupt(FAKE, fault, [MOUTH], np.random.default_rng(seed))
        assert spoilt is not None
        assert spoilt != FAKE
        assert change(spoilt)


def test_nothing_to_spoil_gives_none():
    rng = np.random.default_rng(0)
    assert all(corrupt("Hello! Ask me about the picture.", fault, [MOUTH], rng) is None for fault in FAULTS)


def test_reader_agrees_with_true_answers_and_sees_a_turned_verdict():
    rng = np.random.default_rng(5)
    read = turned = seen = 0
    for _ in range(150):
        evidence = random_evidence(rng)
        (turn,) = make_dialogue(rng, evidence, split="eval", turns=1).turns
        verdict = parse_answer(turn.answer).verdict
        if verdict is None:
            continue
        assert verdict == evidence.verdict, turn.answer
        read += 1
        spoilt = corrupt(turn.answer, "verdict", (), rng)
        if spoilt is not None:
            turned += 1
            parsed = parse_answer(spoilt)
            seen += parsed.verdict != evidence.verdict or parsed.contradicts
    assert read > 60
    assert seen >= 0.95 * turned > 0


def talk(*texts, verdict="fake", percent=93, flagged=(MOUTH,), intent="where"):
    turns = [{"text": t, "intent": intent, "note": None} for t in texts]
    return {"key": "k", "verdict": verdict, "percent": percent, "flagged": list(flagged), "turns": turns}


@pytest.mark.parametrize(
    ("item", "wrong"),
    [
        (talk(FAKE, FAKE), 0),
        (talk(FAKE, "No. There is little support for manipulation."), 1),
        (talk(FAKE, "The forgery score is 40 %."), 1),
        (talk("The manipulation shows at the nose."), 1),
        (talk("The nose is unremarkable."), 0),
        (talk("No. There is strong support for manipulation.", intent="verdict"), 1),
        (talk("No place on the nose is better. There is strong support for manipulation.", intent="verdict"), 0),
        (talk(FAKE, " "), 1),
        (talk("The nose stands out.", intent="region"), 0),
    ],
)
def test_inconsistencies_in_a_conversation(item, wrong):
    assert len(language_eval.talk_problems(item)) == wrong


def test_most_of_the_face_stands_for_many_flagged_regions():
    wide = parse_answer("It lies over most of the face, strongest at the mouth.")
    many = [f"r{i}" for i in range(8)]
    assert language_eval.named_regions(wide, many) == {MOUTH, *many}
    assert len(language_eval.named_regions(wide, [NOSE])) == 13
    assert language_eval.named_regions(parse_answer("At the mouth."), many) == {MOUTH}


def look(**given):
    return {"kind": "look", "intent": "hide", "question": "q", "percent": 83, "numbers": [[41, 83]], "times": [],
            "agrees": True} | given  # fmt: skip


@pytest.mark.parametrize(
    ("item", "right"),
    [
        (look(text="With the mouth hidden I get 41 % instead of 83 %."), True),
        (look(text="With the mouth hidden I get 83 %."), False),
        (look(text="With the mouth hidden I get 41 % instead of 83 %, or 12 %."), False),
        (look(text="With the mouth hidden I get 41 % instead of 83 %.", agrees=False), False),
        (look(text="At 0:07 I get 41 %, the whole 83 %.", times=["0:07"]), True),
        (look(text="At 0:09 I get 41 %, the whole 83 %.", times=["0:07"]), False),
        (look(text="The forgery score is 83 %.", numbers=[]), True),
        (look(text="Here I get 12 %.", numbers=[]), False),
    ],
)
def test_a_second_look_is_right_when_its_numbers_and_times_are(item, right):
    assert language_looks.look_right(item) is right


class _Face:
    """Stands for an examined face in the choice of pairs."""

    def __init__(self, name, flagged, verdict="fake"):
        self.name = name
        self.evidence = SimpleNamespace(verdict=verdict, flagged=flagged)


def test_tokens_are_lent_in_turn_by_faces_whose_places_differ():
    flagged = [[MOUTH], [NOSE], [CHIN], [MOUTH, NOSE], []]
    faces = [_Face(name, places) for name, places in zip("abcde", flagged, strict=True)]
    faces.insert(0, _Face("r", [CHIN], verdict="real"))
    pairs = [first.name + second.name for first, second in swapped_partners(faces, 100)]
    assert pairs[:4] == ["ab", "bc", "cd", "dc"]  # "d" shares half of its places with "a" and "b"
    assert sorted(pairs) == ["ab", "ac", "ba", "bc", "ca", "cb", "cd", "dc"]
    assert [first.name + second.name for first, second in swapped_partners(faces, 3)] == pairs[:3]


def items():
    base = {"label": "fake", "word": "strong support", "percent": 93, "verdict": "fake", "flagged": [MOUTH, NOSE]}
    calm = base | {"label": "real", "verdict": "real", "percent": 4, "flagged": []}
    quiet = "No. There is little support for manipulation. The forgery score is 4 %."
    rows = [
        base | {"kind": "first", "text": FAKE, "where_text": "At the mouth.", "notes": []},
        calm | {"kind": "first", "text": quiet, "where_text": "No place stands out.", "notes": ["x"]},
        base | {"kind": "withheld", "yes_no": 0.8},
        calm | {"kind": "withheld", "yes_no": 0.3},
        base | {"kind": "swap", "other_flagged": [CHIN], "text": "I see it at the chin."},
        base | {"kind": "swap", "other_flagged": [CHIN], "text": "I see it at the nose."},
        talk(FAKE) | {"kind": "talk"},
        {"kind": "declined", "topic": "identity", "source": "own", "question": "q", "text": "I don't identify people."},
        {"kind": "declined", "topic": "offtopic", "source": "own", "question": "q", "text": "Lisbon."},
        look(text="With the mouth hidden I get 41 % instead of 83 %."),
        look(text="With the mouth hidden I get 47 % instead of 83 %."),
        base | {"kind": "checker", "fault": "region", "flagged_by_checker": True, "text": "t"},
        base | {"kind": "checker", "fault": None, "flagged_by_checker": False, "text": "t"},
    ]
    videos = (("mesonet", "fake", "Yes."), ("mesonet", "real", "No."), ("videos_real", "real", "Yes."))
    for source, label, text in videos:
        rows.append({"kind": "video", "source": source, "label": label, "video": f"{source}/{label}", "text": text,
                     "yes_no": 0.5})  # fmt: skip
    return [row | {"key": str(i)} for i, row in enumerate(rows)]


def test_figures_by_hand():
    found = language_eval.figures(items())
    assert found["first"]["verdict_agrees"] == 1.0
    assert found["first"]["region_f1"] == pytest.approx(2 / 3)
    assert found["first"]["answers_with_note"] == 0.5
    assert found["first"]["refused"] == 0.0
    refusal = [i | {"where_text": "I can't help with that."} for i in items() if i["kind"] == "first"]
    assert language_eval.figures(refusal)["first"]["refused"] == 0.5  # of two questions about each face
    assert found["withheld"]["auc"] == 1.0
    assert found["swap"]["regions_follow_tokens"] == 0.5
    assert found["talk"]["consistent"] == 1.0
    assert found["declined"]["declined"] == 0.5
    assert found["looks"]["right"] == 0.5
    assert found["looks"]["by_intent"] == {"hide": [0.5, 2]}
    assert found["checker"]["spoilt_flagged"] == 1.0
    assert found["checker"]["good_flagged"] == 0.0
    assert found["video"]["mean_text_auc"] == 0.75
    met = {bar.name: bar.met for bar in language_eval.bars(found)}
    assert met["verdict in words agrees with the detector"] is True
    assert met["regions follow swapped forgery tokens"] is False


def test_our_questions_are_not_among_the_training_phrasings():
    from simulation.dialogue.questions import ask

    rng = np.random.default_rng(0)
    drawn = {ask(rng, i, "train").lower().strip("?!. ") for i in ("offtopic", "identity") for _ in range(2000)}
    own = {q.lower().strip("?!. ") for q in (*OFF_TOPIC, *IDENTITY)}
    shared = own & drawn
    assert len(shared) <= 0.2 * len(own), shared


def test_another_reason_than_the_measured_one_is_inconsistent():
    from evaluation.language_eval import talk_problems

    turn = {"intent": "verdict", "text": "I could not assess this picture: the face is too small."}
    item = {"verdict": "not_assessed", "percent": None, "flagged": [], "turns": [turn]}
    assert talk_problems(item | {"reason": "face_too_small"}) == []
    assert any("another reason" in p for p in talk_problems(item | {"reason": "no_face"}))
