"""Stage 2: what is learned and what is not, padding, soft tokens, vocabulary, signals on disk."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from assistant.cache import KeyValueCache
from assistant.llm import LanguageModel
from assistant.prompts import PictureTokens, TextSegment
from assistant.tokenizers import SentencePieceTokenizer
from kfd.predictor import ForgeryPredictor
from media.records import Evidence, RegionScore, Signals
from media.regions import REGIONS, SPOKEN_REGIONS
from prompt_learner.model import PromptModel
from simulation.dialogue import Truth
from training.lm_data import ConversationMaker, Options, Sample, bucketed, to_batch
from training.lm_evidence import draw_finding, facts_vector
from training.lm_model import TuneModel
from training.signal_cache import build_cache, read_samples
from training.tokenizer import RESERVED, train_tokenizer

NOSE, MOUTH = "face.middle.nose.nose", "face.lower.mouth.mouth"
PLAIN = Options(withhold=0.0, longer=0.0, second=0.0, max_tokens=3000)


def evidence(score: float = 0.93, flagged: tuple[str, ...] = (NOSE,)) -> Evidence:
    regions = tuple(RegionScore(i, REGIONS[i].name, 0.9 if i in flagged else 0.1, 0.2) for i in SPOKEN_REGIONS)
    word = "strong support" if flagged else "little support"
    return Evidence("assessed", word, score=score, map=np.zeros((8, 8)), regions=regions, flagged=flagged)


def signals(seed: int, dim: int = 16, size: int = 16) -> Signals:
    rng = np.random.default_rng(seed)
    return Signals(
        rng.normal(0, 20, (6, size, size)).astype(np.float32),
        rng.random((size, size), np.float32),
        np.array([0.2, 0.8], np.float32),
        rng.random(dim, np.float32),
    )


def maker(lm: LanguageModel, options: Options = PLAIN) -> ConversationMaker:
    return ConversationMaker(lm.prompts, options)


def learned(lm: LanguageModel, labels: list[int]) -> str:
    return lm.decode([i for i in labels if i >= 0])


def test_only_answers_and_their_closing_mark_are_learned() -> None:
    lm = LanguageModel.tiny()
    example = maker(lm).general(["Hi ### there", "Hello.", "Bye", "See you."])
    assert (
        lm.decode(example.ids)
        == "### Human: Hi there\n### Assistant: Hello.\n### Human: Bye\n### Assistant: See you.\n###"
    )
    assert learned(lm, example.labels) == " Hello.\n### See you.\n###"
    assert all(label in (-100, i) for i, label in zip(example.ids, example.labels, strict=True))


def test_training_reads_the_same_ids_as_a_conversation() -> None:
    lm = LanguageModel.tiny()
    example, tokens = maker(lm).opening(Sample(evidence(), None))
    ask = lm.prompts.first_turn(tokens, "Task.", "Result.", "Is it fake?")
    example.add(ask)
    shown = [i for s in ask for i in (s.ids if isinstance(s, TextSegment) else [0] * len(s))]
    assert example.ids == shown
    assert [t for _, _, t in example.slots] == list(range(10))
    assert all(example.ids[p] == 0 for p, _, _ in example.slots)
    text = lm.decode(example.ids[: example.slots[0][0]]) + "*" + lm.decode(example.ids[example.slots[0][0] + 1 :])
    assert text.startswith("### Human: <Img>*</Img>")


def test_withheld_result_leaves_no_unknowable_number_to_learn() -> None:
    lm = LanguageModel.tiny()
    for seed in range(30):
        rng = np.random.default_rng(seed)
        for withhold in (0.0, 1.0):
            example = maker(lm, replace(PLAIN, withhold=withhold)).about(rng, Sample(evidence(), None))
            text = lm.decode(example.ids)
            assert ("The forgery score is 93 %: strong" in text.split("Assistant")[0]) == (withhold == 0.0)
            if withhold and "[" not in text:
                assert not any(c.isdigit() for c in learned(lm, example.labels)), text


def test_long_conversations_end_at_a_turn_within_the_limit() -> None:
    lm = LanguageModel.tiny()
    free, short = maker(lm, replace(PLAIN, longer=1.0)), maker(lm, replace(PLAIN, longer=1.0, max_tokens=1500))
    lengths = []
    for seed in range(12):
        whole = free.about(np.random.default_rng(seed), Sample(evidence(), None))
        cut = short.about(np.random.default_rng(seed), Sample(evidence(), None))
        lengths.append(len(whole))
        assert len(cut) <= 1500 + len("\n###")
        said = lm.decode(cut.ids).removesuffix("\n###")
        assert lm.decode(whole.ids).startswith(said)
        assert lm.decode(whole.ids)[len(said) :].startswith("\n###")
    assert max(lengths) > 1600


def test_second_picture_gets_its_own_tokens() -> None:
    lm = LanguageModel.tiny()
    both = maker(lm, replace(PLAIN, second=1.0))
    example = both.about(np.random.default_rng(0), Sample(evidence(), None), Sample(evidence(0.02, ()), None))
    kinds = {p for _, p, _ in example.slots}
    assert len(kinds) >= 2
    assert lm.decode(example.ids).count("<Img>") == len(kinds)
    assert "2 %: little support" in lm.decode(example.ids)


def test_facts_vector() -> None:
    whole = facts_vector(evidence(0.93, (NOSE, MOUTH)))
    nose, mouth = SPOKEN_REGIONS.index(NOSE), SPOKEN_REGIONS.index(MOUTH)
    assert whole.shape == (27,)
    assert whole[:13].sum() == 2
    assert whole[nose] == whole[mouth] == 1
    assert whole[13 + nose] == pytest.approx(0.9)
    assert whole[26] == pytest.approx(0.93)
    only = facts_vector(evidence(0.93, (NOSE, MOUTH)), (NOSE,))
    assert only[mouth] == 0 == only[13 + mouth]
    assert only[nose] == 1


def test_padding_changes_nothing() -> None:
    lm = LanguageModel.tiny(2)
    model = TuneModel(lm.model, PromptModel.tiny(0)).eval()
    rng, talk = np.random.default_rng(0), maker(lm, replace(PLAIN, facts_only=0.0))
    one = talk.about(rng, Sample(evidence(), None, signals(1)))
    two = talk.general(["Hi", "Hello."])
    together = model.logits(to_batch([one, two]))
    torch.testing.assert_close(
        together[0, : len(one)], model.logits(to_batch([one]))[0, : len(one)], atol=1e-4, rtol=1e-4
    )
    torch.testing.assert_close(
        together[1, : len(two)], model.logits(to_batch([two]))[0, : len(two)], atol=1e-4, rtol=1e-4
    )


def test_training_logits_equal_those_of_a_conversation() -> None:
    lm = LanguageModel.tiny(3)
    prompt = PromptModel.tiny(0)
    model = TuneModel(lm.model, prompt).eval()
    sample = Sample(evidence(), None, signals(1))
    example, tokens = maker(lm).opening(sample)
    example.add(lm.prompts.first_turn(tokens, "Task.", "", "Fake?"))
    visual, forgery = prompt.encode([sample.signals])
    real = PictureTokens(visual[0].detach(), forgery[0].detach(), "x")
    expected = lm.next_logits(lm.prompts.first_turn(real, "Task.", "", "Fake?"), KeyValueCache())
    torch.testing.assert_close(model.logits(to_batch([example]))[0, len(example) - 1], expected, atol=1e-4, rtol=1e-4)


def test_soft_tokens_by_kind_and_their_gradients() -> None:
    lm = LanguageModel.tiny()
    prompt = PromptModel.tiny(0).train()
    model = TuneModel(lm.model, prompt)
    talk, unknown = maker(lm), Evidence("not_assessed", "could not be assessed", reason="no_face")
    samples = [Sample(unknown, None), Sample(evidence(), None), Sample(evidence(), None, signals(1))]
    examples = [talk.opening(s)[0] for s in samples]
    for example, sample in zip(examples, samples, strict=True):
        example.add([])
        example.ids, example.labels, example.slots = [1, 0, 2], [-100, -100, 2], [(1, 0, 0)]
        assert example.pictures[0].kind == samples.index(sample)
    batch = to_batch(examples)
    tokens, _ = model.soft_tokens(batch.pictures)
    assert torch.equal(tokens[0, 1:], prompt.no_picture[1:])
    assert torch.equal(tokens[1, :1], prompt.no_picture[:1])
    torch.testing.assert_close(tokens[1, 1:], model.fact_tokens(batch.pictures.facts)[1])
    losses = model(batch)
    (losses["lm"] + losses["facts"] + losses["teacher"]).backward()
    assert prompt.learner.base_prompts.grad.abs().sum() > 0
    assert prompt.projector.linear.weight.grad.abs().sum() > 0
    assert lm.model.get_input_embeddings().weight.grad.abs().sum() > 0


def test_a_few_steps_learn_to_tell_yes_from_no_by_the_tokens_alone() -> None:
    lm = LanguageModel.tiny(1)
    model = TuneModel(lm.model.train(), None)
    talk = maker(lm)
    optimiser = torch.optim.AdamW(model.parameters(), lr=3e-3)
    batch_examples = []
    for fake in (True, False) * 4:
        example, tokens = talk.opening(Sample(evidence(0.9 if fake else 0.1, (NOSE,) if fake else ()), None))
        example.add(lm.prompts.first_turn(tokens, "", "", "Fake?"))
        example.learn(lm.prompts.answer("Yes" if fake else "No").ids)
        batch_examples.append(example)
    batch = to_batch(batch_examples)
    first = model(batch)["lm"].item()
    for _ in range(60):
        loss = model(batch)["lm"]
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    assert first > 3
    assert loss.item() < 0.1


def test_batches_are_of_like_length_and_bounded() -> None:
    lm, rng = LanguageModel.tiny(), np.random.default_rng(0)
    talk = maker(lm)
    batches = bucketed(rng, lambda: talk.about(rng, Sample(*draw_finding(rng))), 4000, pool=40)
    for _ in range(5):
        batch = next(batches)
        assert len(batch) == 1 or len(batch) * max(map(len, batch)) <= 4000


def test_vocabulary_reserves_marks_and_round_trips(tmp_path) -> None:
    path = tmp_path / "tokenizer.model"
    train_tokenizer([" Yes. The nose stands out: 12 %.", " No. Nothing was found at the mouth 7."] * 50, path, 420)
    vocabulary = SentencePieceTokenizer(path)
    reserved = {vocabulary.piece_id(p) for p in RESERVED}
    assert len(reserved) == 5 + 64
    assert reserved <= vocabulary.control_ids
    for text in (" Yes.\n### Human: <mask> <spare_07> <s>", "größer ✓  x\t", " 93 %", "\n###"):
        ids = vocabulary.encode(text)
        assert vocabulary.decode(ids) == text
        assert not set(ids) & vocabulary.control_ids
    assert len(vocabulary.encode("1234")) == 4
    assert len(vocabulary.encode("\n###")) == 2
    assert vocabulary.decode(vocabulary.encode(" ✓")[:-1]).endswith("\ufffd")


class FakeMaker:
    """Gives pairs without a photo."""

    def make(self, rng: np.random.Generator, difficulty: float) -> SimpleNamespace:
        size = ForgeryPredictor.tiny(0).image_size
        real, fake = (rng.integers(0, 255, (size, size, 3), dtype=np.uint8) for _ in range(2))
        landmarks = rng.uniform(0.2, 0.8, (478, 2)).astype(np.float32) * size
        return SimpleNamespace(real=real, fake=fake, landmarks=landmarks, regions=(NOSE,), kinds=("smoother",))


def test_signals_survive_the_disk(tmp_path) -> None:
    predictor = ForgeryPredictor.tiny(0)
    build_cache(predictor, FakeMaker(), np.random.default_rng(0), 16, tmp_path / "s.npz")
    samples = read_samples(tmp_path / "s.npz")
    assert len(samples) == 16
    assert [s.truth.fake for s in samples[:4]] == [False, True, False, True]
    assert samples[1].truth == Truth(True, (NOSE,), ("smoother",))
    pair = FakeMaker().make(np.random.default_rng([0]), 0.0)
    from media.records import Crop

    crop = Crop(pair.fake, np.array([[1.0, 0, 0], [0, 1.0, 0]]))
    direct, seen = predictor.examine([crop], [pair.landmarks])[0]
    build_cache(predictor, SimpleNamespace(make=lambda *_: pair), np.random.default_rng(0), 2, tmp_path / "one.npz")
    stored = read_samples(tmp_path / "one.npz")[1]
    assert stored.evidence.score == pytest.approx(direct.score, abs=1e-5)
    assert stored.evidence.word == direct.word
    assert [r.id for r in stored.evidence.regions] == [r.id for r in direct.regions]
    np.testing.assert_allclose(stored.signals.forgery_map, seen.forgery_map, atol=1e-3)
    mask = stored.region_mask((NOSE,))
    assert mask.shape == seen.forgery_map.shape
    assert mask.any()
    assert not mask.all()
