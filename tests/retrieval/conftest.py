"""A small CSV with every oddity of the published one, and an encoder that needs no weights."""

import csv
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval.annotations import Annotation
from retrieval.encoders import EncoderKey, unit
from retrieval.exddv import COLUMNS

Row = dict[str, str]


def row(number: int, name: str = "000_003.mp4", text: str = "The mouth is blurred.", **changes: object) -> Row:
    """A row of the CSV; clicks are given as {frame: (x, y)}."""
    clicks = changes.pop("clicks", {"10": (0.5, 0.4)})
    found = {
        "id": str(number),
        "username": "Annotator1",
        "movie_name": name,
        "text": text,
        "dataset": "Farceforensics++",
        "manipulation": "FaceSwap",
        "click_locations": json.dumps({k: {"x": x, "y": y} for k, (x, y) in clicks.items()}),  # type: ignore[attr-defined]
        "difficulty": "2",
        "split": "train",
    }
    return found | {k: str(v) for k, v in changes.items()}


def write_csv(path: Path, rows: Sequence[Row]) -> Path:
    """The rows as a file."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def annotation(number: int, **changes: object) -> Annotation:
    """An annotation of a video of its own."""
    values = {
        "id": f"a-{number}",
        "text": f"text {number}",
        "dataset": "DFDC",
        "manipulation": "part_0",
        "name": f"{number}.mp4",
        "licence": "CC BY-NC-SA 4.0",
        "annotator": "Annotator1",
        "identities": (f"dfdc:{number}",),
    }
    return Annotation(**(values | changes))  # type: ignore[arg-type]


class WordEncoder:
    """Texts as bags of hashed words: equal sentences are equal, shared words are near."""

    licence = "none"

    def __init__(self, dim: int = 32, name: str = "words", digest: str = "0" * 64) -> None:
        self.key = EncoderKey(name, digest, "text", dim)
        self.calls = 0

    def encode(self, batch: Sequence[str]) -> NDArray[np.float32]:
        self.calls += 1
        out = np.full((len(batch), self.key.dim), 1e-3)
        for vector, text in zip(out, batch, strict=True):
            for word in text.lower().replace(".", "").split():
                vector[int(hashlib.sha256(word.encode()).hexdigest(), 16) % self.key.dim] += 1
        return unit(out)


@pytest.fixture
def encoder() -> WordEncoder:
    return WordEncoder()


def random_unit(count: int, dim: int, seed: int = 0) -> NDArray[np.float32]:
    return unit(np.random.default_rng(seed).standard_normal((count, dim)))
