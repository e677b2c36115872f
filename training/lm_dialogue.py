"""General dialogue that keeps a language model's language: the data folder's own, or a file in PandaGPT's format."""

import hashlib
import json
from pathlib import Path
from typing import Any

from media.errors import BadRequest

Parts = tuple[list[list[str]], list[list[str]]]
_WANTED = "--dialogue takes a file in PandaGPT's format."
_PANDAGPT = {"human": 0, "gpt": 1}


def read_general(data: Path, held: int = 5) -> Parts:
    """(training, held-out) conversations of DIR/dialogue/general.jsonl, `held` percent by the hash of their id."""
    parts: Parts = ([], [])
    for line in (data / "dialogue" / "general.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        turns = [t["text"] for t in record["turns"]]
        if len(turns) < 2 or any(t["role"] != ("user", "assistant")[i % 2] for i, t in enumerate(record["turns"])):
            continue
        parts[_bucket(record["id"]) < held].append(turns)
    return parts


def read_pandagpt(file: Path, held: int = 5) -> Parts:
    """(training, held-out) conversations of a PandaGPT file, all turns of each; `held` percent by their content.

    The file is a list of {"image_name", "conversation": [{"from": "human" | "gpt", "value"}]}. Its pictures are not
    read: the dialogue is there for the language. A conversation counts up to where it stops alternating or is empty.

    Raises:
        BadRequest: the file is no such list, or holds no usable conversation.
    """
    try:
        records = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadRequest(f"{file.name} cannot be read as JSON; {_WANTED}", str(error)) from error
    if not isinstance(records, list):
        raise BadRequest(f"{file.name} is no list of conversations; {_WANTED}")
    parts: Parts = ([], [])
    for record in records:
        turns = _alternating(record)
        if turns:
            parts[_bucket("\n".join(turns)) < held].append(turns)
    if not parts[0] or not parts[1]:
        raise BadRequest(
            f"{file.name} has {len(parts[0])} usable conversations to learn from and {len(parts[1])} to check with; "
            'both are needed. A record is {"conversation": [{"from": "human" or "gpt", "value": text}]}.'
        )
    return parts


def _alternating(record: Any) -> list[str]:
    """The texts of a conversation that goes human, gpt, human, ...; [] for any other."""
    said = record.get("conversation") if isinstance(record, dict) else None
    if not isinstance(said, list):
        return []
    texts = []
    for number, turn in enumerate(said):
        text = turn.get("value") if isinstance(turn, dict) else None
        if not isinstance(text, str) or not text.strip() or _PANDAGPT.get(str(turn.get("from"))) != number % 2:
            break
        texts.append(text.strip())
    return texts[: len(texts) // 2 * 2]


def _bucket(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") % 100
