"""The seven text scores of ExDDV's tables, pair by pair, with the settings of its released scripts.

Sentence-BERT: cosine of all-MiniLM-L6-v2. BERTScore: see evaluation/bertscore.py. BLEU-2: white-space tokens, weights
(0.5, 0.5), smoothing "method 1", capitals kept. METEOR: see evaluation/meteor.py. ROUGE-1, -2, -L: F-measure over
stemmed words. What lacks its model or dictionary is not measured, and `not_measured` says why.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from evaluation.retrieval_scores import bleu2, rouge
from evaluation.wordnet import SYSTEM_FOLDER, WordNet

if TYPE_CHECKING:
    from evaluation.bertscore import BertScore
    from retrieval.encoders import Encoder

METRICS = {
    "sbert": "SBERT", "bertscore": "BERTScore", "bleu2": "BLEU-2", "meteor": "METEOR", "rouge1": "ROUGE-1",
    "rouge2": "ROUGE-2", "rougeL": "ROUGE-L",
}  # fmt: skip
"""Names in the items, and as they are written in tables, in the order of the published table."""
NO_BERTSCORE = "needs --bertscore FOLDER: distilbert-base-uncased with its baseline.tsv"
NO_WORDNET = "needs WordNet: install Debian's wordnet-base, or give --wordnet DIR"


class Scorer:
    """Scores guesses against references.

    Args:
        encoder: of sentences.
        known: unit vectors of texts that were encoded before.
        bertscore, wordnet: None leaves the score out.

    Attributes:
        not_measured: name of a score -> what it lacks.
    """

    def __init__(
        self,
        encoder: "Encoder",
        known: Mapping[str, NDArray[np.float32]] | None = None,
        bertscore: "BertScore | None" = None,
        wordnet: WordNet | None = None,
    ) -> None:
        self._encoder = encoder
        self._vectors = dict(known or {})
        self._bertscore, self._wordnet = bertscore, wordnet
        reasons = {"bertscore": (bertscore, NO_BERTSCORE), "meteor": (wordnet, NO_WORDNET)}
        self.not_measured = {name: why for name, (tool, why) in reasons.items() if tool is None}

    def fingerprint(self) -> dict[str, str | None]:
        """What the scores depend on."""
        b = self._bertscore
        return {
            "encoder": self._encoder.key.sha256,
            "bertscore": None if b is None else f"{b.sha256} layer {b.layer} baseline {b.baseline}",
            "wordnet": None if self._wordnet is None else self._wordnet.sha256,
        }

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors (N, D); each text is encoded once."""
        new = list(dict.fromkeys(t for t in texts if t not in self._vectors))
        if new:
            self._vectors.update(zip(new, self._encoder.encode(new), strict=True))
        return np.stack([self._vectors[t] for t in texts])

    def score(self, guesses: Sequence[str], truths: Sequence[str]) -> list[dict[str, float]]:
        """Every measured score of each pair; texts as they are, neither lower-cased nor stripped."""
        if not guesses:
            return []
        cosines = (self.vectors(guesses) * self.vectors(truths)).sum(1)
        from nltk.stem import PorterStemmer

        from evaluation.meteor import meteor

        stem = PorterStemmer().stem
        rows = [{"sbert": float(c), "bleu2": bleu2(g, t), **rouge(g, t, stem)}
                for c, g, t in zip(cosines, guesses, truths, strict=True)]  # fmt: skip
        if self._bertscore is not None:
            for row, value in zip(rows, self._bertscore.f1(guesses, truths), strict=True):
                row["bertscore"] = value
        if self._wordnet is not None:
            for row, guess, truth in zip(rows, guesses, truths, strict=True):
                row["meteor"] = meteor(guess, truth, self._wordnet)
        return [{name: row[name] for name in METRICS if name in row} for row in rows]


def wordnet_of(folder: Path | None) -> WordNet | None:
    """WordNet from a folder, else from where Debian puts it, else None.

    Raises:
        MissingCheckpoint: the folder that was asked for is no WordNet folder.
    """
    if folder is None and not SYSTEM_FOLDER.is_dir():
        return None
    return WordNet(folder or SYSTEM_FOLDER)
