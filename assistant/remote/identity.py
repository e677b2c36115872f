"""Which weights a language model folder holds, the name they are served under, and the command that serves them.

Embeddings made here are read there, so both sides must hold identical weights. The name of a served model carries the
start of its weights' SHA-256; a client that finds another one refuses.
"""

import hashlib
import json
import shlex
from pathlib import Path
from typing import Any

from assistant.tokenizers import SENTENCEPIECE_FILE
from media.errors import MissingCheckpoint
from media.open import sha256_of

INDEX_FILE = "model.safetensors.index.json"
WEIGHTS_FILE = "model.safetensors"
DTYPES = ("float32", "float16", "bfloat16")
_HASH_DIGITS = 12
_STORED = {"F32": "float32", "F16": "float16", "BF16": "bfloat16"}


def require_merged(folder: Path) -> None:
    """Refuse a folder that a server with prompt embeddings cannot hold.

    Raises:
        MissingCheckpoint: it does not exist, has no config.json, or is an adapter.
    """
    if not folder.is_dir():
        raise MissingCheckpoint(f"The language model folder {folder.name} does not exist.", str(folder))
    if (folder / "adapter_config.json").is_file():
        raise MissingCheckpoint(
            f"{folder} is an adapter; a server with prompt embeddings needs it merged into its model. Run "
            f"`python -m assistant merge-adapter {shlex.quote(str(folder))} --out DIR` and use DIR."
        )
    if not (folder / "config.json").is_file():
        raise MissingCheckpoint(f"The language model folder {folder.name} lacks config.json.", str(folder))


def read_config(folder: Path) -> dict[str, Any]:
    """config.json of a model folder; MissingCheckpoint when it cannot be read."""
    try:
        return json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise MissingCheckpoint(f"config.json of {folder.name} cannot be read.", str(error)) from error


def weight_map(folder: Path) -> dict[str, str]:
    """File of each tensor of the model, by the index or by model.safetensors itself.

    Raises:
        MissingCheckpoint: there is neither, or a file of the index is missing.
    """
    if (folder / INDEX_FILE).is_file():
        try:
            found = dict(json.loads((folder / INDEX_FILE).read_text(encoding="utf-8"))["weight_map"])
        except (ValueError, KeyError, TypeError) as error:
            raise MissingCheckpoint(f"{INDEX_FILE} of {folder.name} cannot be read.", str(error)) from error
    elif (folder / WEIGHTS_FILE).is_file():
        found = dict.fromkeys(tensor_headers(folder / WEIGHTS_FILE), WEIGHTS_FILE)
    else:
        raise MissingCheckpoint(f"The language model folder {folder.name} lacks {WEIGHTS_FILE}.", str(folder))
    lacking = sorted(name for name in set(found.values()) if not (folder / name).is_file())
    if lacking:
        raise MissingCheckpoint(f"The language model folder {folder.name} lacks {', '.join(lacking)}.")
    return found


def tensor_headers(file: Path) -> dict[str, dict[str, Any]]:
    """dtype and shape of each tensor in a safetensors file; the tensors are not read.

    Raises:
        MissingCheckpoint: it is no safetensors file.
    """
    try:
        with open(file, "rb") as stream:
            length = int.from_bytes(stream.read(8), "little")
            if length > file.stat().st_size:
                raise ValueError(f"a header of {length} bytes")
            header = json.loads(stream.read(length))
        return {name: about for name, about in header.items() if name != "__metadata__"}
    except (OSError, ValueError, AttributeError) as error:
        raise MissingCheckpoint(f"{file.name} is no safetensors file.", f"{file}: {error}") from error


def weights_digest(folder: Path) -> str:
    """SHA-256 of a model's weights, 64 hexadecimal digits; every byte of its files is read.

    That of the file where there is one; of the lines "SHA-256  name" in the order of names where there are several.
    """
    files = sorted(set(weight_map(folder).values()))
    each = [sha256_of(folder / name) for name in files]
    if len(files) == 1:
        return each[0]
    lines = "".join(f"{digest}  {name}\n" for digest, name in zip(each, files, strict=True))
    return hashlib.sha256(lines.encode()).hexdigest()


def hash_mark(digest: str) -> str:
    """The end of a served name that stands for weights: "@sha256-" and the first twelve digits."""
    return f"@sha256-{digest[:_HASH_DIGITS]}"


def served_name(folder: Path) -> str:
    """NAME@sha256-123456789abc: the folder's name, or its parent's for a part of a profile, and the weights' hash."""
    resolved = folder.resolve()
    name = resolved.parent.name if resolved.name == "language_model" else resolved.name
    return f"{name or 'model'}{hash_mark(weights_digest(folder))}"


def served_dtype(folder: Path) -> str:
    """The type that a server computes in and embeddings are sent in: that of config.json, else of the first tensor.

    Raises:
        MissingCheckpoint: it is none of float32, float16, bfloat16.
    """
    config = read_config(folder)
    dtype = config.get("dtype") or config.get("torch_dtype")
    if dtype is None:
        name, file = sorted(weight_map(folder).items())[0]
        stored = tensor_headers(folder / file)[name]["dtype"]
        dtype = _STORED.get(stored, stored)
    if dtype not in DTYPES:
        raise MissingCheckpoint(
            f"The language model in {folder.name} is {dtype}; it must be one of {', '.join(DTYPES)}."
        )
    return dtype


def write_index(folder: Path) -> None:
    """Write model.safetensors.index.json for a model in one file, unless there is an index.

    With it vLLM reads the model alone and not, say, a question reader that lies beside it.
    """
    if (folder / INDEX_FILE).is_file():
        return
    found = weight_map(folder)
    total = sum(
        about["data_offsets"][1] - about["data_offsets"][0] for about in tensor_headers(folder / WEIGHTS_FILE).values()
    )
    text = json.dumps({"metadata": {"total_size": total}, "weight_map": found}, indent=1, sort_keys=True)
    (folder / INDEX_FILE).write_text(text + "\n", encoding="utf-8")


def serve_command(folder: Path, port: int = 8000) -> str:
    """The line that serves a model folder to callers on this machine.

    Raises:
        MissingCheckpoint: the folder is none that vLLM would read as it is here.
    """
    require_merged(folder)
    others = sorted({p.name for p in folder.glob("*.safetensors")} - set(weight_map(folder).values()))
    if others and not (folder / INDEX_FILE).is_file():
        raise MissingCheckpoint(
            f"vLLM would take {', '.join(others)} in {folder} for weights of the model; run this again with "
            f"--write-index, which writes {INDEX_FILE} there."
        )
    words = [
        "vllm", "serve", str(folder.resolve()),
        "--served-model-name", served_name(folder),
        "--enable-prompt-embeds",
        "--dtype", served_dtype(folder),
        "--generation-config", "vllm",
        "--host", "127.0.0.1",
        "--port", str(port),
    ]  # fmt: skip
    known = any((folder / name).is_file() for name in ("tokenizer.json", "tokenizer_config.json"))
    if (folder / SENTENCEPIECE_FILE).is_file() and not known:  # a vocabulary of ours, which vLLM cannot read
        words.append("--skip-tokenizer-init")
    return shlex.join(words)
