"""ROUGE with stems, METEOR, BERTScore and the scorer against values computed by hand."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("nltk", reason="needs the extra: uv sync --extra retrieval")
from nltk.stem import PorterStemmer

from evaluation.bertscore import BertScore, pair_f1, read_baseline
from evaluation.exddv_scores import METRICS, Scorer, wordnet_of
from evaluation.meteor import meteor, tokens
from evaluation.retrieval_scores import rouge
from evaluation.wordnet import WordNet
from media.errors import MissingCheckpoint
from tests.retrieval.conftest import WordEncoder

SYNSETS = {
    "noun": [["mouth", "oral_cavity", "rima_oris"], ["mouth", "lip"], ["man", "adult_male"]],
    "verb": [["be", "exist"], ["blur", "smear"]],
    "adj": [["blurry(p)", "hazy"], ["big", "large"]],
    "adv": [["well", "good"]],
}
IRREGULAR = {"verb": "are be\nis be\n", "noun": "oxen ox\n"}


@pytest.fixture(scope="module")
def wordnet_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A WordNet of seven synsets in the database's own format."""
    folder = tmp_path_factory.mktemp("wordnet")
    for part, synsets in SYNSETS.items():
        data, index = "  1 a line of the licence\n", {}
        for words in synsets:
            for word in words:
                index.setdefault(word.split("(")[0].lower(), []).append(len(data.encode()))
            listed = " ".join(f"{w} 0" for w in words)
            data += f"{len(data.encode()):08d} 03 {part[0]} {len(words):02x} {listed} 000 | a gloss\n"
        lines = [f"{w} {part[0]} {len(o)} 1 @ {len(o)} 0 {' '.join(f'{n:08d}' for n in o)}  " for w, o in index.items()]
        (folder / f"data.{part}").write_text(data)
        (folder / f"index.{part}").write_text("  1 a line of the licence\n" + "\n".join(sorted(lines)) + "\n")
        if part in IRREGULAR:
            (folder / f"{part}.exc").write_text(IRREGULAR[part])
    return folder


@pytest.fixture(scope="module")
def wordnet(wordnet_folder: Path) -> WordNet:
    return WordNet(wordnet_folder)


def test_rouge_with_stems_by_hand() -> None:
    """Words of more than three letters are stemmed: flickering/flickers meet, "big" and "the" stay."""
    found = rouge("The mouths flickering.", "the mouth flickers a bit", PorterStemmer().stem)
    assert found["rouge1"] == pytest.approx(2 * 3 / 8)
    assert found["rouge2"] == pytest.approx(2 * 2 / 6)
    assert found["rougeL"] == pytest.approx(2 * 3 / 8)
    assert rouge("The mouths flickering.", "the mouth flickers a bit")["rouge1"] == pytest.approx(2 * 1 / 8)


def test_base_forms_follow_exceptions_then_rules(wordnet: WordNet) -> None:
    assert wordnet.base_forms("mouths", "noun") == ["mouth"]
    assert wordnet.base_forms("are", "verb") == ["be"]
    assert wordnet.base_forms("smeared", "verb") == ["smear"]
    assert wordnet.base_forms("men", "noun") == ["man"]
    assert wordnet.base_forms("nothing", "noun") == []
    assert wordnet.base_forms("oxen", "noun") == []  # irregular, but its base is no lemma here


def test_synonyms_are_single_words_without_marks(wordnet: WordNet) -> None:
    assert wordnet.synonyms("mouths") == {"mouths", "mouth", "lip"}
    assert wordnet.synonyms("hazy") == {"hazy", "blurry"}
    assert wordnet.synonyms("unheard") == {"unheard"}
    assert len(wordnet.sha256) == 64


def test_tokens_split_words_from_signs() -> None:
    assert tokens("The eyes aren't cross-eyed, the man's are.") == [
        "the", "eyes", "are", "n't", "cross-eyed", ",", "the", "man", "'s", "are", ".",
    ]  # fmt: skip


def test_meteor_by_hand(wordnet: WordNet) -> None:
    """Exact "the" and "and", stem "eye", synonym "mouth": four of five words on both sides."""
    guess, truth = "The eyes and lips move", "the eye and mouth."
    assert meteor(guess, truth, wordnet) == pytest.approx(0.8 * (1 - 0.5 * (1 / 4) ** 3))
    # "and", "the eyes": precision 3/4, recall 3/5, two chunks
    guess, middle = "and so the eyes", 0.75 * 0.6 / (0.9 * 0.75 + 0.1 * 0.6)
    assert meteor(guess, truth, wordnet) == pytest.approx(middle * (1 - 0.5 * (2 / 3) ** 3))
    assert meteor("one two", "three", wordnet) == meteor("", "three", wordnet) == meteor("a", "", wordnet) == 0.0
    assert meteor("hazy", "blurry", wordnet) == 0.0  # synonyms are looked up by stems, and "hazi" is no word


def test_a_folder_that_is_no_wordnet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingCheckpoint, match=r"lacks index\.noun"):
        wordnet_of(tmp_path)


def unit(*rows: tuple[float, float]) -> np.ndarray:
    values = np.array(rows, np.float64)
    return values / np.linalg.norm(values, axis=1, keepdims=True)


def test_pair_f1_by_hand() -> None:
    """The outer pieces weigh nothing but can be the most similar ones."""
    guess, truth = unit((1, 0), (0, 1), (1, 0)), unit((1, 0), (3, 4), (4, 3), (1, 0))
    precision = 0.8  # (0, 1) against (0.6, 0.8)
    recall = (2 * 0.8 + 1 * 0.8) / 3  # (0.6, 0.8) best with (0, 1); (0.8, 0.6) best with (1, 0)
    found = pair_f1(guess, np.array([0, 5.0, 0]), truth, np.array([0, 2.0, 1.0, 0]))
    assert found == pytest.approx(2 * precision * recall / (precision + recall))
    assert pair_f1(guess[:2], np.array([0, 0]), truth, np.array([0, 2.0, 1.0, 0])) == 0.0
    assert pair_f1(guess, np.zeros(3), truth, np.array([0, 2.0, 1.0, 0])) == 0.0


@pytest.fixture(scope="module")
def bert_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random two-layer DistilBERT that knows six words, with a baseline."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import DistilBertConfig, DistilBertModel, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("bert")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "mouth", "nose", "is", "blurred", "red"]
    made = Tokenizer(models.WordLevel({w: n for n, w in enumerate(words)}, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.Whitespace()  # type: ignore[assignment]
    marks = [("[CLS]", 2), ("[SEP]", 3)]
    made.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=marks)  # type: ignore
    PreTrainedTokenizerFast(
        tokenizer_object=made, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    ).save_pretrained(folder)
    torch.manual_seed(0)
    config = DistilBertConfig(vocab_size=len(words), dim=16, n_layers=2, n_heads=2, hidden_dim=32)
    DistilBertModel(config).save_pretrained(folder)
    (folder / "baseline.tsv").write_text("LAYER,P,R,F\n0,0.1,0.1,0.1\n1,0.2,0.2,0.2\n2,0.3,0.3,0.3\n")
    return folder


def test_bertscore_weighs_by_rarity_and_rescales(bert_folder: Path) -> None:
    references = ["the mouth is blurred", "the nose is red", "the mouth is red"]
    score = BertScore(bert_folder, references, layer=1)
    assert score.baseline == 0.2
    assert score.f1(["the mouth is red"], ["the mouth is red"]) == pytest.approx([1.0], abs=1e-5)
    assert score.f1([""], ["the mouth"]) == pytest.approx([-0.25])  # 0, rescaled
    score._encode(["the mouth nose"])
    wanted = [0, 0, math.log(4 / 3), math.log(4 / 2), 0]  # of 3 references 3 hold "the", 2 "mouth", 1 "nose"
    assert score._seen["the mouth nose"][1] == pytest.approx(wanted)
    near, far = score.f1(["the mouth is red", "the red"], ["the mouth is blurred"] * 2)
    assert near > far


def test_bertscore_does_not_depend_on_the_batch(bert_folder: Path) -> None:
    together = BertScore(bert_folder, ["the mouth"], layer=2).f1(["the nose is red", "red"], ["the mouth", "is"])
    alone = BertScore(bert_folder, ["the mouth"], layer=2).f1(["red"], ["is"])
    assert together[1] == pytest.approx(alone[0], abs=1e-5)


def test_bertscore_says_what_it_lacks(bert_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(MissingCheckpoint, match="no model.safetensors"):
        BertScore(tmp_path, ["a"])
    with pytest.raises(MissingCheckpoint, match="no baseline of layer 5"):
        BertScore(bert_folder, ["a"])
    with pytest.raises(MissingCheckpoint, match="reads layer 3"):
        BertScore(bert_folder, ["a"], layer=3, baseline=0.0)
    with pytest.raises(MissingCheckpoint, match="is missing"):
        read_baseline(tmp_path / "baseline.tsv", 5)


def test_the_scorer_leaves_out_what_it_lacks(wordnet: WordNet) -> None:
    encoder = WordEncoder(64)
    plain = Scorer(encoder)
    (row,) = plain.score(["the mouth"], ["the mouth"])
    assert list(row) == ["sbert", "bleu2", "rouge1", "rouge2", "rougeL"]
    assert set(plain.not_measured) == {"bertscore", "meteor"}
    assert row["sbert"] == pytest.approx(1.0, abs=1e-5)
    full = Scorer(encoder, wordnet=wordnet)
    (row,) = full.score(["the mouth"], ["the mouth"])
    assert list(row) == [m for m in METRICS if m != "bertscore"]
    assert full.score([], []) == []
    assert json.dumps(full.fingerprint())
    before = encoder.calls
    full.score(["the mouth"], ["the mouth"])
    assert encoder.calls == before  # encoded once
