"""The input embedding matrix of a model folder, read alone."""

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from assistant.remote.identity import served_dtype, weight_map
from media.errors import MissingCheckpoint

_NAMES = ("embed_tokens.weight", "wte.weight", "embed_in.weight", "word_embeddings.weight", "tok_embeddings.weight")
_TIED = "lm_head.weight"


class EmbeddingTable(nn.Module):
    """Stands where a language model stands, but can only embed.

    Attributes:
        config: the model's configuration.

    Args:
        matrix: (V, d) rows of the ids.
    """

    def __init__(self, matrix: Tensor, config: Any) -> None:
        super().__init__()
        self.config = config
        self._rows = nn.Embedding.from_pretrained(matrix, freeze=True)

    @classmethod
    def load(cls, folder: Path) -> "EmbeddingTable":
        """The table of a model folder, in the type that its server computes in.

        Raises:
            MissingCheckpoint: no tensor of the folder is the matrix.
        """
        from transformers import AutoConfig

        matrix = read_matrix(folder).to(getattr(torch, served_dtype(folder)))
        return cls(matrix, AutoConfig.from_pretrained(str(folder), local_files_only=True))

    def get_input_embeddings(self) -> nn.Embedding:
        """The table as a layer, as models of transformers give it."""
        return self._rows


def read_matrix(folder: Path) -> Tensor:
    """(V, d) input embeddings as stored; no other tensor is read. A tied matrix may go by the output's name.

    Raises:
        MissingCheckpoint: no tensor, or more than one, goes by such a name.
    """
    from safetensors import safe_open

    files = weight_map(folder)
    found = sorted(name for name in files if name.endswith(_NAMES))
    if not found and _TIED in files:
        found = [_TIED]
    if len(found) != 1:
        raise MissingCheckpoint(
            f"The input embeddings of {folder.name} were not found.", f"candidates: {found or sorted(files)[:8]}"
        )
    with safe_open(str(folder / files[found[0]]), framework="pt") as stored:
        rows = stored.get_slice(found[0])
        if len(rows.get_shape()) != 2:
            raise MissingCheckpoint(f"{found[0]} of {folder.name} is no matrix.", str(rows.get_shape()))
        return rows[:]
