"""A converted release behind `--profile lvlm-dfd`: its score, its prompt, a conversation; all parts tiny and random."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from torch import Tensor
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from assistant.assistant import Assistant
from assistant.cli import main
from assistant.llm import STYLE_FILE, LanguageModel
from assistant.prompts import EmbeddingSegment, PictureTokens, PromptBuilder, PromptStyle
from kfd.predictor import ForgeryPredictor
from media.errors import BadRequest, MissingCheckpoint
from retrieval.clicks.model import FrozenDetector
from retrieval.encoders import PictureSide
from tests.kfd.release_reference import Reference
from tests.kfd.release_weights import RANK, base_of, convert, release_state, tiny_sizes

SIZES = tiny_sizes()


def base_language_model(folder: Path) -> Path:
    """A Llama of the adapter's sizes over bytes."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocab = {c: i for i, c in enumerate(alphabet)} | {"</s>": 256, "<s>": 257}
    inner = Tokenizer(models.BPE(vocab=vocab, merges=[]))
    inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)  # type: ignore[assignment]
    inner.decoder = decoders.ByteLevel()  # type: ignore[assignment]
    PreTrainedTokenizerFast(tokenizer_object=inner, eos_token="</s>", bos_token="<s>").save_pretrained(folder)
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=258, hidden_size=20, intermediate_size=24, num_hidden_layers=2, num_attention_heads=2,
        num_key_value_heads=2, max_position_embeddings=4096, bos_token_id=257, eos_token_id=256, initializer_range=0.2,
    )  # fmt: skip
    LlamaForCausalLM(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def state() -> dict[str, Tensor]:
    return release_state(SIZES)


@pytest.fixture(scope="module")
def weights(state: dict[str, Tensor], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    (folder / "base").mkdir()
    convert(state, folder, base_of(state), language_model=str(base_language_model(folder / "base")))
    return folder / "out"


@pytest.fixture(scope="module")
def photo(astronaut: np.ndarray, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("photo") / "astronaut.png"
    Image.fromarray(astronaut).save(path)
    return path


@torch.inference_mode()
def test_the_score_is_the_releases_own(state: dict[str, Tensor], weights: Path) -> None:
    """One pass over the crop, not the mean with its mirror image, and no calibration."""
    predictor = ForgeryPredictor.load(weights / "kfd")
    pixels = np.random.default_rng(0).integers(0, 256, (2, 32, 32, 3), np.uint8)
    reference = Reference(state, (2, 2), 8, RANK)
    _, blocks = reference.vision(predictor.detector.prepare(pixels))
    maps = reference.maps(blocks, SIZES.detector.taps, reference.descriptions(), 32)
    wanted = reference.classify(maps).softmax(1)[:, 1].numpy()
    raw = predictor.run(pixels)
    assert predictor.calibration.score(raw.margins) == pytest.approx(wanted, abs=1e-4)
    assert raw.signals[0].forgery_map == pytest.approx(reference.locate(maps).softmax(1)[0, 1].numpy(), abs=1e-4)


def test_a_conversation_has_the_releases_prompt(weights: Path, photo: Path) -> None:
    assistant = Assistant.load("lvlm-dfd", weights)
    try:
        examination = assistant.examine(photo)
        talk = assistant.conversation(examination)
        for question in ("Is this a deepfake image?", "Where?"):
            assert "".join(talk.ask(question)).strip()
    finally:
        assistant.close()
    assert examination.score is not None
    assert examination.worst is not None
    assert not examination.worst.evidence.calibrated
    llm = assistant.language[0]
    segments = talk._details[0].prompt
    shown = ["<E>" if isinstance(s, EmbeddingSegment) else llm.decode(list(s.ids)) for s in segments]
    sentence = f" According to deepfake prediction, the forgery score is {int(100 * examination.score)}%. "
    assert shown[:5] == ["### Human:", " <Img>", "<E>", f"</Img>{sentence}", "<E>"]
    assert shown[5].endswith(" Is this a deepfake image?\n### Assistant:")
    assert "forgery score is" not in shown[5].lower()
    assert len(segments[4]) == 10  # nine forgery tokens and the raw scores
    scores = segments[4].tensor[9]
    assert scores[0] + scores[1] == pytest.approx(1.0, abs=1e-5)
    assert torch.equal(scores[::2], scores[:1].expand(10))
    assert scores[1] == pytest.approx(examination.score, abs=1e-5)


def test_the_command_takes_the_converted_folder(weights: Path, photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--profile", "lvlm-dfd", "--weights", str(weights), str(photo), "Is it real?", "--json"]) == 0
    (turn,) = json.loads(capsys.readouterr().out)["turns"]
    assert turn["answer"]


def test_an_adapter_without_its_model_says_what_to_do(weights: Path, tmp_path: Path) -> None:
    for name in ("adapter_model.safetensors", "adapter_config.json"):
        (tmp_path / name).write_bytes((weights / "language_model" / name).read_bytes())
    config = json.loads((tmp_path / "adapter_config.json").read_text())
    config["base_model_name_or_path"] = "/nowhere/vicuna"
    (tmp_path / "adapter_config.json").write_text(json.dumps(config))
    with pytest.raises(MissingCheckpoint, match="is for /nowhere/vicuna, which is not here"):
        LanguageModel.load(tmp_path)


def test_parts_that_read_our_encoder_refuse_the_release(weights: Path) -> None:
    predictor = ForgeryPredictor.load(weights / "kfd")
    with pytest.raises(BadRequest, match="not on the authors' release"):
        FrozenDetector.of(predictor)
    with pytest.raises(BadRequest, match="not by the authors' release"):
        PictureSide(predictor)


def test_styles_are_read_and_wrong_ones_named(tmp_path: Path) -> None:
    assert PromptStyle.read(tmp_path / STYLE_FILE) == PromptStyle()
    file = tmp_path / STYLE_FILE
    file.write_text(json.dumps({"human": " USER:", "stops": ["</s>"]}))
    assert PromptStyle.read(file) == PromptStyle(human=" USER:", stops=("</s>",))
    for content in ("{", "[1]", json.dumps({"colour": "red"}), json.dumps({"score_sentence": "{other}"})):
        file.write_text(content)
        with pytest.raises(MissingCheckpoint, match="is no prompt style"):
            PromptStyle.read(file)


def test_without_a_score_the_result_stays_in_words() -> None:
    tokens = PictureTokens(torch.zeros(1, 4), torch.zeros(9, 4), "k")
    builder = PromptBuilder(lambda text: list(text.encode()), style=PromptStyle(score_sentence="Score {percent}%."))
    said = [bytes(s.ids).decode() for s in builder.first_turn(tokens, "Task.", "Not assessed.", "Why?")
            if not isinstance(s, EmbeddingSegment)]  # fmt: skip
    assert said == ["### Human:", " <Img>", "</Img>", " Task. Not assessed. Why?\n### Assistant:"]
    later = builder.later_turn("And?", picture=tokens, result="Result.", score=0.999)
    said = [bytes(s.ids).decode() for s in later if not isinstance(s, EmbeddingSegment)]
    assert said == ["\n### Human:", " <Img>", "</Img> Score 99%. ", " And?\n### Assistant:"]
