"""Fit the topic gate (assistant/topic_gate.py) on the question reader's training questions.

What it adds up is weighed on questions left out: on-topic ones by family of phrasings, off-topic ones by subject
(clusters of families), so that weights and threshold hold for wordings and subjects it never met.
"""

from dataclasses import replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.topic_gate import TopicGate, Vocabulary, words_of

FOLDS = 4
SUBJECTS = 10
CENTRES = 400
PENALTY, GAMMA = 5.0, 1.0
REFUSED = 0.03
"""Share of questions of unknown wording that are to be answered and may be taken for off-topic ones."""
GENERAL = 0.3
"""Weight of an off-topic question from general dialogue in the sum of signs, where they would outnumber the others."""

Vectors = NDArray[np.float32]
Flags = NDArray[np.bool_]


def folds_of(vectors: Vectors, off: Flags, groups: NDArray[np.str_]) -> NDArray[np.int_]:
    """A fold for every question: on-topic families in turn, off-topic families together with those of like subject.

    groups: family of each question, "general-1" and the like for general dialogue.
    """
    from sklearn.cluster import KMeans

    fold = np.zeros(len(off), int)
    for number, group in enumerate(sorted(set(groups[~off].tolist()))):
        fold[groups == group] = number % FOLDS
    names = sorted(set(groups[off].tolist()))
    means = np.stack([vectors[groups == name].mean(0) for name in names])
    cluster: Any = KMeans(min(SUBJECTS, len(names)), random_state=0)
    subjects = cluster.set_params(n_init=4).fit_predict(means)
    for name, subject in zip(names, subjects.tolist(), strict=True):
        fold[groups == name] = subject % FOLDS
    return fold


def _unweighed(vectors: Vectors, off: Flags, questions: list[str]) -> TopicGate:
    """The parts fitted, not yet added up."""
    from sklearn.cluster import KMeans
    from sklearn.svm import SVC

    on = vectors[~off]
    kernel: Any = SVC(C=PENALTY, class_weight="balanced")
    model = kernel.set_params(gamma=GAMMA).fit(vectors, off)
    cluster: Any = KMeans(min(CENTRES, len(on)), random_state=0)
    centres = cluster.set_params(n_init=1).fit(on).cluster_centers_
    words = {w for question, away in zip(questions, off.tolist(), strict=True) if not away for w in words_of(question)}
    parts = (model.support_vectors_, model.dual_coef_[0], model.intercept_, centres)
    support, dual, offset, middle = (torch.from_numpy(np.asarray(part, np.float32)) for part in parts)
    return TopicGate(support, dual, offset, middle, torch.zeros(5), torch.zeros(1), torch.zeros(1),
                     torch.tensor([GAMMA]), Vocabulary(tuple(words)))  # fmt: skip


def fit_gate(
    vectors: Vectors,
    off: Flags,
    fold: NDArray[np.int_],
    questions: list[str],
    declined: NDArray[np.float32],
    room: Flags,
    general: Flags,
    answered: Flags,
) -> tuple[TopicGate, Flags]:
    """The gate, and for every question whether gates that learned neither its family nor its subject refuse it.

    Args:
        vectors: (N, T) unit sentence vectors of the questions.
        off: which are about something else; general: those of them that come from general dialogue.
        fold: of `folds_of`.
        questions: as typed; declined: probability that each is one that is declined, by a reader that learned other
            folds only; room: where it leaves room for that (`may_decline`), elsewhere the gate is not heard.
        answered: which are to be answered; the rest (about identity, say) is declined anyway, so that the gate may
            refuse it.
    """
    from sklearn.linear_model import LogisticRegression

    signs = np.zeros((len(off), 5), np.float32)
    for k in range(FOLDS):
        inside, outside = fold == k, fold != k
        left = _unweighed(vectors[outside], off[outside], [q for q, use in zip(questions, outside, strict=True) if use])
        asked = [q for q, use in zip(questions, inside, strict=True) if use]
        chances = torch.from_numpy(declined[inside])
        signs[inside] = left.signs(torch.from_numpy(vectors[inside]), asked, chances).numpy()
    spread = signs.std(0) + 1e-6
    counted = np.where(general, GENERAL, 1.0)
    sums = LogisticRegression(class_weight="balanced").fit(signs / spread, off, sample_weight=counted)
    weights = (sums.coef_[0] / spread).astype(np.float32)
    values = signs @ weights + float(sums.intercept_[0])
    values[~room] = -np.inf
    threshold = float(np.quantile(values[answered], 1 - REFUSED))
    gate = replace(
        _unweighed(vectors, off, questions),
        weights=torch.from_numpy(weights),
        bias=torch.tensor([float(sums.intercept_[0])]),
        threshold=torch.tensor([threshold]),
    )
    return gate, values >= threshold
