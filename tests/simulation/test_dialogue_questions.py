import numpy as np
import pytest

from media.regions import SPOKEN_REGIONS
from simulation.dialogue import asks_comparison, region_mentions, region_names_in, spoken_name
from simulation.dialogue.grammar import count_forms, expand, slip
from simulation.dialogue.names import NAME, with_article
from simulation.dialogue.questions import (
    EVAL_DIGEST,
    EVAL_FAMILIES,
    FAMILIES,
    INTENTS,
    ask,
    eval_digest,
    families,
    form_counts,
    place_name,
)

ID = {name: i for i, name in NAME.items()}


def test_the_kept_back_families_are_frozen():
    assert eval_digest() == EVAL_DIGEST
    assert len(set(EVAL_FAMILIES)) == len(EVAL_FAMILIES)


@pytest.mark.parametrize("intent", INTENTS)
def test_splits_share_no_family_and_forms_are_many(intent):
    train, kept = families(intent, "train"), families(intent, "eval")
    assert not set(train) & set(kept)
    assert set(train) | set(kept) == set(FAMILIES[intent])
    assert form_counts()[intent]["forms"] >= 60
    rng = np.random.default_rng(0)
    a, b = (ID["nose"],), (ID["left eye"],)
    assert len({ask(rng, intent, "train", a, b, 87) for _ in range(400)}) >= 60
    assert all("{" not in ask(rng, intent, s, a, b) for s in ("train", "eval") for _ in range(50))


def test_kept_back_questions_are_not_derivable_from_training_templates():
    rng = np.random.default_rng(1)
    for intent in INTENTS:
        train = [t for ts in families(intent, "train").values() for t in ts]
        drawn = {expand(t, rng).lower().strip("?.! ") for t in train for _ in range(300)}
        kept = {
            expand(t, rng).lower().strip("?.! ")
            for ts in families(intent, "eval").values()
            for t in ts
            for _ in range(30)
        }
        assert len(kept & drawn) <= 0.05 * len(kept), (intent, kept & drawn)


def test_grammar():
    rng = np.random.default_rng(2)
    assert {expand("(a|b(c|d)) x?", rng) for _ in range(50)} == {"A x?", "Bc x?", "Bd x?"}
    assert count_forms("(a|b(c|d)) (x|)?") == 6
    with pytest.raises(ValueError, match="unbalanced"):
        expand("(a|b", rng)
    assert slip("is it?", rng) == "is it?"
    assert sum(slip("where is it", rng) != "where is it" for _ in range(20)) >= 15


@pytest.mark.parametrize("region", SPOKEN_REGIONS)
def test_every_way_to_write_a_region_is_understood(region):
    rng = np.random.default_rng(3)
    for _ in range(60):
        text = f"What about the {place_name((region,), rng)}?"
        assert region_names_in(text) == (region,), text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What about her lips?", ["mouth"]),
        ("the teeth look odd", ["mouth"]),
        ("is his left eyebrow ok", ["left brow"]),
        ("left side of the jaw?", ["left jaw"]),
        ("the eye on the right", ["right eye"]),
        ("jawline", ["left jaw", "right jaw"]),
        ("cheekbones?", ["left cheek", "right cheek"]),
        ("the hairline", ["face boundary"]),
        ("left and right eye", ["left eye", "right eye"]),
        ("RIGHT CHEEK", ["right cheek"]),
        ("the mouth and the chin", ["mouth", "chin"]),
        ("waht about the rihgt chek", ["right cheek"]),
        ("and the forehaed or teh nsoe", ["forehead", "nose"]),
        ("please check it, yes or no, only the edge", []),
        ("is this face real?", []),
        ("am i right that it left no trace", []),
        ("which nosey neighbour", []),
    ],
)
def test_region_names_in(text, names):
    assert region_names_in(text) == tuple(ID[n] for n in names)


def test_mentions_and_comparisons():
    assert region_mentions("the eyes or the mouth?") == ((ID["left eye"], ID["right eye"]), (ID["mouth"],))
    assert len(region_mentions("is the left or the right cheek worse")) == 2
    assert asks_comparison("Is the nose worse than the chin?")
    assert not asks_comparison("What about the nose and the chin?")
    assert not asks_comparison("Which part of the nose?")


def test_spoken_names():
    assert spoken_name((ID["left eye"], ID["right eye"])) == "eyes"
    assert spoken_name((ID["nose"], ID["mouth"], ID["chin"])) == "nose, mouth and chin"
    assert with_article((ID["nose"], ID["mouth"])) == "the nose and the mouth"
