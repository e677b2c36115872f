"""A random Llama folder with a byte vocabulary, and its copies that differ, for tests of the language server."""

import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from transformers import LlamaConfig, LlamaForCausalLM

from assistant.llm import LanguageModel
from assistant.prompts import PictureTokens
from assistant.remote.address import LanguageServer
from assistant.remote.identity import served_name
from assistant.remote.language import RemoteLanguageModel
from tests.assistant.test_llm import hub_folder
from tests.assistant.vllm_server import VLLMServer


def write_folder(path: Path, seed: int = 0, tied: bool = False) -> Path:
    """A model of width 32 with 300 ids, of which 258 are in the vocabulary; ends are <|end|> alone."""
    path.mkdir(parents=True)
    hub_folder(path)
    config = LlamaConfig(
        vocab_size=300, hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, max_position_embeddings=1024, tie_word_embeddings=tied, initializer_range=0.2,
        bos_token_id=257, eos_token_id=256,
    )  # fmt: skip
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        LlamaForCausalLM(config).save_pretrained(path)
    return path


def other_embeddings(folder: Path, path: Path) -> Path:
    """A copy of a folder whose input embeddings are others."""
    shutil.copytree(folder, path)
    tensors = load_file(path / "model.safetensors")
    tensors["model.embed_tokens.weight"] = tensors["model.embed_tokens.weight"].flip(0).contiguous()
    save_file(tensors, path / "model.safetensors", metadata={"format": "pt"})
    return path


def server_of(folder: Path, **switches) -> VLLMServer:
    """A server that holds a folder and says so."""
    return VLLMServer(LanguageModel.load(folder).model, served_name(folder), **switches)


def connect(folder: Path, server: VLLMServer, key: str | None = None, patience_s: float = 20.0) -> RemoteLanguageModel:
    return RemoteLanguageModel.connect(folder, LanguageServer(server.url, key, patience_s))


def picture(width: int, seed: int, key: str = "a") -> PictureTokens:
    rng = torch.Generator().manual_seed(seed)
    return PictureTokens(torch.randn(1, width, generator=rng), torch.randn(9, width, generator=rng), key)


def first_turn(lm: LanguageModel, seed: int = 1) -> list:
    return lm.prompts.first_turn(
        picture(lm.hidden_size, seed), "Task.", "Score 93 percent.", "Is this a deepfake image?"
    )
