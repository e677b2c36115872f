"""An adapter folder becomes a folder of a whole model, as a server with prompt embeddings needs it."""

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from assistant.llm import STYLE_FILE, LanguageModel
from assistant.question_reader import READER_FILE
from assistant.remote.identity import write_index
from assistant.tokenizers import SENTENCEPIECE_FILE
from media.errors import BadRequest, MissingCheckpoint

_VOCABULARY = (
    SENTENCEPIECE_FILE, "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json",
    "vocab.json", "merges.txt", "chat_template.jinja",
)  # fmt: skip
_META = "meta.json"


def merge_adapter(folder: Path, out: Path) -> Path:
    """Write the model of a PEFT adapter folder with the adapter folded into its weights.

    It is computed in float32 and stored in the type of the adapter's model. Vocabulary, prompt style, question reader
    and meta.json come along. The folder is written whole or not at all.

    Args:
        folder: adapter_config.json, adapter_model.safetensors and what lies beside them.
        out: a folder that does not exist yet; it is returned.

    Raises:
        BadRequest: `folder` is no adapter, or `out` exists.
        MissingCheckpoint: the adapter's model is not here, or cannot hold what the adapter changes.
    """
    if not (folder / "adapter_config.json").is_file():
        raise BadRequest(f"{folder} is no adapter: it has no adapter_config.json.")
    if out.exists():
        raise BadRequest(f"{out} exists already; name a new folder.")
    lm = LanguageModel.load(folder)
    base = str(json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))["base_model_name_or_path"])
    _require_tied(lm.model)
    out.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        _save_model(lm.model, base, made)
        _copy_vocabulary(folder, base, made)
        for name in (STYLE_FILE, READER_FILE):
            if (folder / name).is_file():
                shutil.copyfile(folder / name, made / name)
        _write_meta(folder, base, made)
        made.chmod(0o755)
        os.replace(made, out)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return out


def _require_tied(model: Any) -> None:
    """Refuse a model whose two embedding matrices should be one, but are not after merging."""
    head = model.get_output_embeddings()
    if head is None or not getattr(model.config, "tie_word_embeddings", False):
        return
    if not head.weight.equal(model.get_input_embeddings().weight):
        raise MissingCheckpoint("The adapter changes one of two embedding matrices that its model holds as one.")


def _save_model(model: Any, base: str, made: Path) -> None:
    import torch
    from transformers import AutoConfig

    local = Path(base).is_dir()
    dtype = AutoConfig.from_pretrained(base, local_files_only=local).dtype
    dtype = getattr(torch, dtype) if isinstance(dtype, str) else dtype or torch.float32
    model.to(dtype)
    model.config.dtype = dtype
    model.save_pretrained(made)
    write_index(made)


def _copy_vocabulary(folder: Path, base: str, made: Path) -> None:
    """The vocabulary that LanguageModel.load would read: the adapter's own, else the model's."""
    own = any((folder / name).exists() for name in ("tokenizer.json", SENTENCEPIECE_FILE))
    source = folder if own else Path(base)
    if source.is_dir():
        for name in _VOCABULARY:
            if (source / name).is_file():
                shutil.copyfile(source / name, made / name)
        return
    from transformers import AutoTokenizer

    AutoTokenizer.from_pretrained(base).save_pretrained(str(made))


def _write_meta(folder: Path, base: str, made: Path) -> None:
    meta: dict[str, Any] = {}
    if (folder / _META).is_file():
        meta = json.loads((folder / _META).read_text(encoding="utf-8"))
    meta["merged_from"] = {"adapter": folder.name, "model": Path(base).name}
    (made / _META).write_text(json.dumps(meta, indent=1, sort_keys=True) + "\n", encoding="utf-8")
