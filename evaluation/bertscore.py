"""BERTScore (Zhang et al. 2020) with a local model: weighted by the rarity of word pieces, rescaled with a baseline.

As the published scripts use it: distilbert-base-uncased, its fifth layer, rarity (idf) counted over the references,
F rescaled as (F - b) / (1 - b). The baseline b stands in a file "baseline.tsv" in the model's folder, in the form in
which the metric's authors publish them: comma-separated LAYER,P,R,F with a head line.
"""

import csv
import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from media.errors import MissingCheckpoint
from media.open import sha256_of

LAYER = 5
"""Of distilbert-base-uncased, as its authors chose it."""
BASELINE = "baseline.tsv"
_BATCH = 32


class BertScore:
    """Scores pairs of texts.

    Args:
        folder: config.json, model.safetensors and tokenizer files of an encoder, and `baseline.tsv`.
        references: all reference texts; the rarity of a word piece is counted over them.
        layer: whose output is compared, counted from 1; 0 are the embeddings.
        baseline: of F, in [0, 1); None reads the file.

    Raises:
        MissingCheckpoint: the model or its baseline is missing or does not fit.
    """

    def __init__(
        self, folder: Path, references: Sequence[str], layer: int = LAYER, baseline: float | None = None
    ) -> None:
        weights = folder / "model.safetensors"
        if not weights.is_file():
            raise MissingCheckpoint(
                f"BERTScore needs a local model: {folder} has no model.safetensors. Give a folder of "
                "distilbert-base-uncased."
            )
        self.baseline = read_baseline(folder / BASELINE, layer) if baseline is None else baseline
        if not 0 <= self.baseline < 1:
            raise MissingCheckpoint(f"The baseline of BERTScore must lie in [0, 1), got {self.baseline}.")
        self.sha256 = sha256_of(weights)
        self.layer = layer
        self._model, self._tokenizer = _load(folder)
        layers = int(getattr(self._model.config, "num_hidden_layers", layer))
        if not 0 <= layer <= layers:
            raise MissingCheckpoint(f"BERTScore reads layer {layer}, but this model has {layers}.")
        counts: Counter[int] = Counter()
        for text in references:
            counts.update(set(self._pieces(text)))
        self._total = len(references)
        self._rarity = {piece: math.log((self._total + 1) / (count + 1)) for piece, count in counts.items()}
        self._seen: dict[str, tuple[NDArray[np.float32], NDArray[np.float64]]] = {}

    def f1(self, guesses: Sequence[str], truths: Sequence[str]) -> list[float]:
        """Rescaled F of each pair; may be negative."""
        self._encode([*guesses, *truths])
        found = [pair_f1(*self._seen[g], *self._seen[t]) for g, t in zip(guesses, truths, strict=True)]
        return [(f - self.baseline) / (1 - self.baseline) for f in found]

    def _pieces(self, text: str) -> list[int]:
        return self._tokenizer(text.strip(), truncation=True, max_length=512)["input_ids"]

    def _encode(self, texts: Sequence[str]) -> None:
        """Unit vectors (T, D) and rarities (T,) of texts not seen before."""
        import torch

        new = sorted(dict.fromkeys(t for t in texts if t not in self._seen), key=len)
        for start in range(0, len(new), _BATCH):
            part = new[start : start + _BATCH]
            pieces = [self._pieces(t) for t in part]
            longest = max(map(len, pieces))
            ids = torch.zeros((len(part), longest), dtype=torch.long)
            mask = torch.zeros_like(ids)
            for n, row in enumerate(pieces):
                ids[n, : len(row)] = torch.tensor(row)
                mask[n, : len(row)] = 1
            with torch.inference_mode():
                states = self._model(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states
            for n, text in enumerate(part):
                vectors = states[self.layer][n, : len(pieces[n])].float().numpy()
                unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
                unseen = math.log(self._total + 1)
                self._seen[text] = unit, np.array([self._rarity.get(p, unseen) for p in pieces[n]])


def pair_f1(
    guess: NDArray[np.floating],
    guess_weights: NDArray[np.floating],
    truth: NDArray[np.floating],
    truth_weights: NDArray[np.floating],
) -> float:
    """F of one pair: each piece looks for its most similar one; precision and recall are weighted means.

    Args:
        guess, truth: unit vectors (T, D), those of the first and last sign of a text included.
        guess_weights, truth_weights: (T,) rarities; a text without weight, or of the two signs only, scores 0.
    """
    if min(len(guess), len(truth)) <= 2 or guess_weights.sum() <= 0 or truth_weights.sum() <= 0:
        return 0.0
    similar = guess @ truth.T
    precision = float((similar.max(1) * guess_weights).sum() / guess_weights.sum())
    recall = float((similar.max(0) * truth_weights).sum() / truth_weights.sum())
    return 2 * precision * recall / (precision + recall) if precision + recall > 0 else 0.0


def read_baseline(path: Path, layer: int) -> float:
    """The baseline of F of a layer; MissingCheckpoint when there is none."""
    if not path.is_file():
        raise MissingCheckpoint(f"BERTScore is rescaled with a baseline, and {path} is missing (LAYER,P,R,F).")
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            found = {int(row["LAYER"]): float(row["F"]) for row in csv.DictReader(stream)}
        return found[layer]
    except (KeyError, TypeError, ValueError) as error:
        raise MissingCheckpoint(f"{path} gives no baseline of layer {layer} (LAYER,P,R,F).", str(error)) from error


def _load(folder: Path) -> tuple[Any, Any]:
    from transformers import AutoModel, AutoTokenizer

    try:
        model = AutoModel.from_pretrained(folder, local_files_only=True)
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    except (OSError, ValueError) as error:
        raise MissingCheckpoint(f"The model for BERTScore in {folder} cannot be loaded.", str(error)) from error
    return model.eval().requires_grad_(False), tokenizer
