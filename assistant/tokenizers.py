"""Text to token ids and back. `encode` never yields a control token, whatever the text says."""

from pathlib import Path
from typing import Any, Protocol

from media.errors import MissingCheckpoint

SENTENCEPIECE_FILE = "tokenizer.model"


class Tokenizer(Protocol):
    """What the language model needs from a vocabulary.

    Attributes:
        vocab_size: number of ids. bos_id, eos_id: None when the vocabulary has none.
        control_ids: ids that are not text (bos, eos, padding, reserved marks).
    """

    vocab_size: int
    bos_id: int | None
    eos_id: int | None
    control_ids: frozenset[int]

    def encode(self, text: str) -> list[int]:
        """Ids of the text alone: nothing is added, control tokens written out in the text stay plain text."""
        ...

    def decode(self, ids: list[int]) -> str:
        """Text of the ids; an incomplete multi-byte character ends in U+FFFD."""
        ...

    def save(self, folder: Path) -> None:
        """Write what `load_tokenizer` needs into a model's folder."""
        ...


class SentencePieceTokenizer:
    """The embedded vocabulary (training/tokenizer.py). `decode(encode(text)) == text` for all text but U+2581."""

    def __init__(self, path: Path) -> None:
        import sentencepiece

        if not path.is_file():
            raise MissingCheckpoint(f"The vocabulary file {path.name} is missing.", f"looked for {path}")
        self._content = path.read_bytes()
        self._pieces = sentencepiece.SentencePieceProcessor(model_proto=self._content)
        self.vocab_size = self._pieces.get_piece_size()
        self.bos_id: int | None = self._pieces.bos_id()
        self.eos_id: int | None = self._pieces.eos_id()
        ids = range(self.vocab_size)
        self.control_ids = frozenset(i for i in ids if self._pieces.is_control(i) or self._pieces.is_unknown(i))

    def encode(self, text: str) -> list[int]:
        """Ids of the text alone."""
        return self._pieces.encode(text, add_bos=False, add_eos=False)

    def decode(self, ids: list[int]) -> str:
        """Text of the ids; control ids give nothing."""
        return self._pieces.decode([i for i in ids if i not in self.control_ids])

    def save(self, folder: Path) -> None:
        """Write the vocabulary's file."""
        (folder / SENTENCEPIECE_FILE).write_bytes(self._content)

    def piece_id(self, piece: str) -> int:
        """Id of a whole piece such as "<mask>"."""
        return self._pieces.piece_to_id(piece)


class ByteTokenizer:
    """UTF-8 bytes plus bos, eos and padding. Needs no file; for tests and `tiny` models."""

    def __init__(self) -> None:
        self.vocab_size = 259
        self.bos_id: int | None = 256
        self.eos_id: int | None = 257
        self.control_ids = frozenset({256, 257, 258})

    def encode(self, text: str) -> list[int]:
        """Ids of the text alone."""
        return list(text.encode())

    def decode(self, ids: list[int]) -> str:
        """Text of the ids."""
        return bytes(i for i in ids if i < 256).decode(errors="replace")

    def save(self, folder: Path) -> None:
        """Nothing: there is no file."""


class HubTokenizer:
    """Any tokenizer of the transformers package."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self.vocab_size = len(tokenizer)
        self.bos_id: int | None = tokenizer.bos_token_id
        self.eos_id: int | None = tokenizer.eos_token_id
        self.control_ids = frozenset(tokenizer.all_special_ids)

    def encode(self, text: str) -> list[int]:
        """Ids of the text alone; the names of special tokens are split like any other text."""
        ids = self._tokenizer.encode(text, add_special_tokens=False, split_special_tokens=True)
        return [i for i in ids if i not in self.control_ids]

    def decode(self, ids: list[int]) -> str:
        """Text of the ids without special tokens."""
        return self._tokenizer.decode(ids, skip_special_tokens=True, clean_up_tokenization_spaces=False)

    def save(self, folder: Path) -> None:
        """Write the tokenizer's files."""
        self._tokenizer.save_pretrained(str(folder))


def load_tokenizer(folder_or_name: str | Path) -> Tokenizer:
    """The vocabulary beside a model: ours (a SentencePiece file and no tokenizer_config.json) or transformers'."""
    folder = Path(folder_or_name)
    own = folder / SENTENCEPIECE_FILE
    if own.is_file() and not (folder / "tokenizer_config.json").exists() and not (folder / "tokenizer.json").exists():
        return SentencePieceTokenizer(own)
    from transformers import AutoTokenizer

    return HubTokenizer(AutoTokenizer.from_pretrained(str(folder_or_name), local_files_only=folder.is_dir()))
