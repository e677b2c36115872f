import io
import json
from pathlib import Path

import pytest
import sentencepiece
import torch
from safetensors.torch import save_file

from assistant.assistant import Assistant
from assistant.options import PROFILE_NAMES
from assistant.profiles import PROFILES
from kfd.checkpoint import save_detector
from kfd.config import KFDConfig
from kfd.detector import KnowledgeGuidedDetector
from media.errors import MissingCheckpoint
from media.open import sha256_of
from prompt_learner.checkpoint import save_prompt_model
from prompt_learner.model import PromptModel


@pytest.fixture(scope="session")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of small random parts in the shipped layout."""
    from transformers import LlamaConfig, LlamaForCausalLM

    root = tmp_path_factory.mktemp("weights")
    config = KFDConfig.tiny()
    save_detector(KnowledgeGuidedDetector.create(config, 3), root / "kfd", {"licence": "test licence"})
    folder = root / "language_model"
    folder.mkdir()
    vocabulary = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([" Is this a deepfake image?", "### Human: Assistant: Yes No"] * 9),
        model_writer=vocabulary,
        vocab_size=320, hard_vocab_limit=False, byte_fallback=True, minloglevel=2, add_dummy_prefix=False, pad_id=3,
        num_threads=1, normalization_rule_name="identity", remove_extra_whitespaces=False,
    )  # fmt: skip
    (folder / "tokenizer.model").write_bytes(vocabulary.getvalue())
    size = sentencepiece.SentencePieceProcessor(model_proto=vocabulary.getvalue()).get_piece_size()
    torch.manual_seed(0)
    LlamaForCausalLM(
        LlamaConfig(
            vocab_size=size, hidden_size=16, intermediate_size=32, num_hidden_layers=1, num_attention_heads=2,
            num_key_value_heads=2, tie_word_embeddings=True, bos_token_id=1, eos_token_id=2, pad_token_id=3,
        )
    ).save_pretrained(folder)  # fmt: skip
    prompt = PromptModel.tiny(0, 16, config.encoder.global_dim, config.map_size)
    save_prompt_model(prompt, root / "prompt_learner", {"licence": "test licence"})
    return root


def test_saved_weights_answer_the_same_after_each_load(weights: Path, astronaut_png: Path) -> None:
    said = []
    for _ in range(2):
        assistant = Assistant.load("embedded", weights)
        conversation = assistant.conversation(assistant.examine(astronaut_png))
        said.append("".join(conversation.ask("Is this a deepfake image?")))
        assistant.close()
    assert said[0] == said[1] != ""
    assert assistant.examiner.checkpoint == "kfd-" + sha256_of(weights / "kfd" / "model.safetensors")[:12]


def test_describe_names_hash_size_and_licence(weights: Path) -> None:
    rows = Assistant.load("embedded", weights).describe()["parts"]
    assert [row["part"] for row in rows] == ["kfd", "prompt_learner", "language_model"]
    assert rows[0]["licence"] == "test licence"
    assert rows[1]["sha256"] == sha256_of(weights / "prompt_learner" / "model.safetensors")
    assert rows[2]["bytes"] == (weights / "language_model" / "model.safetensors").stat().st_size


def test_a_prompt_learner_of_another_width_is_refused(weights: Path, tmp_path: Path) -> None:
    for part in ("kfd", "language_model"):
        (tmp_path / part).symlink_to(weights / part)
    config = KFDConfig.tiny()
    wide = PromptModel.tiny(0, 24, config.encoder.global_dim, config.map_size)
    save_prompt_model(wide, tmp_path / "prompt_learner", {})
    with pytest.raises(MissingCheckpoint, match="width 24"):
        _ = Assistant.load("embedded", tmp_path).language


def test_a_detector_with_a_missing_tensor_is_refused(weights: Path, tmp_path: Path) -> None:
    from safetensors.torch import load_file

    for part in ("prompt_learner", "language_model"):
        (tmp_path / part).symlink_to(weights / part)
    folder = tmp_path / "kfd"
    folder.mkdir()
    for name in ("config.json", "meta.json"):
        (folder / name).write_text((weights / "kfd" / name).read_text())
    tensors = load_file(weights / "kfd" / "model.safetensors")
    tensors.pop(sorted(tensors)[0])
    save_file(tensors, folder / "model.safetensors")
    with pytest.raises(MissingCheckpoint):
        _ = Assistant.load("embedded", tmp_path).examiner


def test_meta_is_shown_whole(weights: Path) -> None:
    row = Assistant.load("embedded", weights).describe()["parts"][0]
    assert row["meta"] == json.loads((weights / "kfd" / "meta.json").read_text())


def test_the_options_offer_every_profile() -> None:
    assert set(PROFILE_NAMES) == set(PROFILES)
