"""Addresses, hashes, the line for vLLM, the embedding matrix alone, and merged adapters; no server is needed."""

import hashlib
import json
import shlex
import shutil
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from assistant.cache import KeyValueCache
from assistant.cli import main
from assistant.llm import LanguageModel
from assistant.remote.address import LanguageServer
from assistant.remote.embeddings import read_matrix
from assistant.remote.identity import (
    INDEX_FILE,
    serve_command,
    served_dtype,
    served_name,
    weight_map,
    weights_digest,
    write_index,
)
from assistant.remote.merge import merge_adapter
from media.errors import BadRequest, MissingCheckpoint
from media.open import sha256_of
from tests.assistant.remote_folder import first_turn, write_folder

EMBEDDED = Path(__file__).resolve().parents[2] / "checkpoints" / "embedded" / "language_model"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("identity") / "model")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost:8000/v1/", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://models.example/some/v1", "https://models.example/some"),
    ],
)
def test_addresses(given: str, kept: str) -> None:
    server = LanguageServer.of(given, environment={"VLLM_API_KEY": "secret"})
    assert (server.url, server.key) == (kept, "secret")
    assert "secret" not in repr(server)
    assert LanguageServer.of(given, environment={}).key is None


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("http://models.example:8000", "in the clear"),
        ("http://127.0.0.1.example:8000", "in the clear"),
        ("http://192.168.0.4:8000", "in the clear"),
        ("127.0.0.1:8000", "no address"),
        ("file:///etc/passwd", "no address"),
        ("http://127.0.0.1:port", "no address"),
        ("http://127.0.0.1:0", "no address"),
        ("https://192.168.0.400:8000", "no address"),
        ("https://bü_ro", "no address"),
        ("https://models..example", "no address"),
        ("https://me:secret@models.example", "Leave the key out"),
    ],
)
def test_other_addresses_are_refused(given: str, sentence: str) -> None:
    with pytest.raises(BadRequest, match=sentence):
        LanguageServer.of(given)


@pytest.mark.parametrize("around", ["{}\r", " {}\n", "{} "])
def test_what_surrounds_a_key_is_dropped(around: str) -> None:
    assert LanguageServer.of("https://a.example", environment={"VLLM_API_KEY": around.format("SECRET")}).key == "SECRET"
    assert LanguageServer.of("https://a.example", environment={"VLLM_API_KEY": around.format("")}).key is None


@pytest.mark.parametrize("key", ["SECRÉT", "SEC\rRET", "SEC\x00RET", "SEC\tRET"])
def test_a_key_that_is_none_is_refused_without_being_shown(key: str) -> None:
    with pytest.raises(BadRequest, match="put the right one into VLLM_API_KEY") as caught:
        LanguageServer.of("https://a.example", environment={"VLLM_API_KEY": key})
    assert "SEC" not in caught.value.message + caught.value.detail
    with pytest.raises(BadRequest):
        LanguageServer("https://a.example", key)


def test_plain_http_elsewhere_only_when_asked_for() -> None:
    assert LanguageServer.of("http://192.168.0.4:8000", plain=True).url == "http://192.168.0.4:8000"


def sharded(folder: Path, path: Path) -> Path:
    """The same model in two files with an index."""
    shutil.copytree(folder, path)
    tensors = load_file(path / "model.safetensors")
    (path / "model.safetensors").unlink()
    where = {name: f"model-0000{1 + (i % 2)}-of-00002.safetensors" for i, name in enumerate(sorted(tensors))}
    for file in set(where.values()):
        save_file({n: t for n, t in tensors.items() if where[n] == file}, path / file, metadata={"format": "pt"})
    (path / INDEX_FILE).write_text(json.dumps({"metadata": {}, "weight_map": where}))
    return path


def test_the_hash_is_that_of_the_weights(folder: Path, tmp_path: Path) -> None:
    assert weights_digest(folder) == sha256_of(folder / "model.safetensors")
    assert served_name(folder) == f"model@sha256-{weights_digest(folder)[:12]}"
    parts = sharded(folder, tmp_path / "parts")
    files = [parts / f"model-0000{n}-of-00002.safetensors" for n in (1, 2)]
    lines = "".join(f"{sha256_of(file)}  {file.name}\n" for file in files)
    assert weights_digest(parts) == hashlib.sha256(lines.encode()).hexdigest()
    files[1].write_bytes(files[1].read_bytes()[:-1] + b"\x01")
    assert weights_digest(parts) != hashlib.sha256(lines.encode()).hexdigest()
    files[1].unlink()
    with pytest.raises(MissingCheckpoint, match="model-00002-of-00002"):
        weights_digest(parts)


@pytest.mark.parametrize("tied", [False, True])
def test_the_embedding_matrix_alone_is_read(tmp_path: Path, tied: bool) -> None:
    folder = write_folder(tmp_path / "model", tied=tied)
    expected = LanguageModel.load(folder).model.get_input_embeddings().weight
    assert torch.equal(read_matrix(folder), expected)
    assert torch.equal(read_matrix(sharded(folder, tmp_path / "parts")), expected)
    if tied:  # some writers keep the one matrix under the output's name
        tensors = load_file(folder / "model.safetensors")
        tensors["lm_head.weight"] = tensors.pop("model.embed_tokens.weight")
        save_file(tensors, folder / "model.safetensors")
        assert torch.equal(read_matrix(folder), expected)
    else:
        save_file({"a": torch.zeros(2)}, folder / "model.safetensors")
        with pytest.raises(MissingCheckpoint, match="input embeddings"):
            read_matrix(folder)


def test_the_line_for_vllm(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve-command", str(folder), "--port", "8100"]) == 0
    words = shlex.split(capsys.readouterr().out)
    assert words[:3] == ["vllm", "serve", str(folder.resolve())]
    options = dict(zip(words, words[1:], strict=False))
    assert options["--served-model-name"] == served_name(folder)
    assert (options["--dtype"], options["--host"], options["--port"]) == ("float32", "127.0.0.1", "8100")
    assert "--enable-prompt-embeds" in words
    assert "--skip-tokenizer-init" not in words
    assert not any("key" in word for word in words)
    adapter = tmp_path / "adapter"
    adapter.mkdir()
    (adapter / "adapter_config.json").write_text("{}")
    assert main(["serve-command", str(adapter)]) == 2
    assert "merge-adapter" in capsys.readouterr().err


def test_files_beside_the_model_are_kept_from_vllm_by_an_index(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = shutil.copytree(folder, tmp_path / "model")
    save_file({"reader": torch.zeros(2)}, copy / "question_reader.safetensors")
    assert main(["serve-command", str(copy)]) == 2
    assert "question_reader.safetensors" in capsys.readouterr().err
    assert main(["serve-command", str(copy), "--write-index"]) == 0
    assert set(weight_map(copy)) == set(load_file(copy / "model.safetensors"))
    assert set(weight_map(copy).values()) == {"model.safetensors"}
    text = (copy / INDEX_FILE).read_text()
    write_index(copy)
    assert (copy / INDEX_FILE).read_text() == text


def test_the_shipped_model_can_be_served_as_it_lies() -> None:
    words = shlex.split(serve_command(EMBEDDED))
    assert served_name(EMBEDDED) == f"embedded@sha256-{sha256_of(EMBEDDED / 'model.safetensors')[:12]}"
    assert "--skip-tokenizer-init" in words  # its vocabulary is ours
    assert served_dtype(EMBEDDED) == "float32"


def adapter_of(folder: Path, path: Path) -> Path:
    """A LoRA of random weights for a folder, with a style, a reader's file and meta.json beside it."""
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    model = AutoModelForCausalLM.from_pretrained(folder)
    config = LoraConfig(task_type="CAUSAL_LM", r=4, target_modules=["q_proj", "v_proj"], init_lora_weights=False)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        get_peft_model(model, config).save_pretrained(str(path))
    about = json.loads((path / "adapter_config.json").read_text())
    (path / "adapter_config.json").write_text(json.dumps(about | {"base_model_name_or_path": str(folder)}))
    (path / "prompt_style.json").write_text(json.dumps({"human": " User:"}))
    (path / "meta.json").write_text(json.dumps({"licence": "test licence"}))
    return path


def test_a_merged_folder_computes_as_its_adapter(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    adapter, out = adapter_of(folder, tmp_path / "adapter"), tmp_path / "new" / "merged"
    assert main(["merge-adapter", str(adapter), "--out", str(out)]) == 0
    assert str(out) in capsys.readouterr().out
    plain, tuned, merged = (LanguageModel.load(f) for f in (folder, adapter, out))
    logits = [lm.next_logits(first_turn(lm), KeyValueCache()) for lm in (tuned, merged)]
    torch.testing.assert_close(logits[0], logits[1], atol=1e-5, rtol=1e-5)
    assert not torch.allclose(logits[1], plain.next_logits(first_turn(tuned), KeyValueCache()), atol=1e-2)
    assert merged.prompts.style.human == " User:"
    assert merged.tokenize("größer") == plain.tokenize("größer")
    about = json.loads((out / "meta.json").read_text())
    assert about == {"licence": "test licence", "merged_from": {"adapter": "adapter", "model": "model"}}
    assert shlex.split(serve_command(out))[4] == served_name(out)
    assert [p.name for p in out.parent.iterdir()] == ["merged"]
    with pytest.raises(BadRequest, match="exists already"):
        merge_adapter(adapter, out)
    with pytest.raises(BadRequest, match="is no adapter"):
        merge_adapter(folder, tmp_path / "never")
    assert not (tmp_path / "never").exists()
