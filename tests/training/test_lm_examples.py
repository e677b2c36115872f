"""Human sentences in training conversations: drawn by place, quoted word for word, never without a finding."""

import re

import numpy as np

from assistant.llm import LanguageModel
from media.records import Evidence
from retrieval.examples import TEMPLATES
from simulation.dialogue import random_evidence
from simulation.dialogue.facts import flagged_by_strength
from training.lm_data import ConversationMaker, Options, Sample
from training.lm_examples import ExamplePool, as_context


def findings(count: int) -> list[Evidence]:
    rng = np.random.default_rng(2)
    return [random_evidence(rng) for _ in range(count)]


def test_made_up_sentences_stand_in_without_data() -> None:
    pool = ExamplePool.load(None)
    assert pool.licence == ""
    assert len(pool.sentences) > 500
    assert len({s.text for s in pool.sentences}) == len(pool.sentences)
    assert not any('"' in s.text for s in pool.sentences)


def test_sentences_often_name_a_strong_place_and_often_do_not() -> None:
    """Where they always did, the places could be read off them; without a finding there are none."""
    pool, rng = ExamplePool.load(None), np.random.default_rng(1)
    regions = {s.text: s.regions for s in pool.sentences}
    fitting = []
    for evidence in findings(300):
        sentences = pool.draw(rng, evidence)
        places = set(flagged_by_strength(evidence)[:3])
        if evidence.verdict != "fake" or not places:
            assert sentences == []
        elif sentences:
            fitting.append(all(regions[s] & places for s in sentences))
    assert len(fitting) > 50
    assert 0.3 < np.mean(fitting) < 0.8


def test_every_family_is_learnt() -> None:
    rng = np.random.default_rng(0)
    starts = {as_context(rng, ["A."])[:20] for _ in range(200)}
    assert starts == {t.replace("{descriptions}", '"A."')[:20] for t in TEMPLATES.values()}
    assert '"A.", "B."' in as_context(rng, ["A.", "B."])


def test_explaining_answers_quote_the_first_sentence_word_for_word() -> None:
    """With examples always on, an answer about where or why ends in the first sentence of its context; off, in none."""
    lm = LanguageModel.tiny()
    pool, quoted = ExamplePool.load(None), 0
    for seed, evidence in enumerate(findings(250)):
        for share in (0.0, 1.0):
            options = Options(withhold=0.0, longer=0.0, second=0.0, max_tokens=6000, examples=share)
            maker = ConversationMaker(lm.prompts, options, (), pool)
            example = maker.about(np.random.default_rng(seed), Sample(evidence, None))
            for turn in lm.decode(example.ids).split("### Human:")[1:]:
                asked, answer = turn.split("### Assistant:")
                said = re.findall(r'"([^"]*)"', answer)
                assert len(said) <= share
                if said:
                    assert re.findall(r'"([^"]*)"', asked)[0] == said[0]
                    quoted += 1
    assert quoted > 20
