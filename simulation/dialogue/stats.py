"""Figures about the dialogue language: families, forms, lengths, words."""

from collections import Counter

import numpy as np

from simulation.dialogue.evidence import random_evidence
from simulation.dialogue.questions import Split, form_counts
from simulation.dialogue.records import make_dialogue


def dialogue_stats(seed: int = 0, count: int = 500, split: Split = "train") -> dict[str, object]:
    """Figures over `count` drawn dialogues: shares of intents, answer lengths in words, distinct texts, forms."""
    rng = np.random.default_rng(seed)
    turns = [t for _ in range(count) for t in make_dialogue(rng, random_evidence(rng), split=split).turns]
    lengths = np.array([len(t.answer.split()) for t in turns])
    words = Counter(w for t in turns for w in t.answer.lower().split())
    return {
        "dialogues": count,
        "turns": len(turns),
        "intents": dict(Counter(t.intent for t in turns).most_common()),
        "answer_words": {str(q): float(np.percentile(lengths, q)) for q in (0, 5, 50, 95, 100)},
        "distinct_questions": len({t.question for t in turns}),
        "distinct_answers": len({t.answer for t in turns}),
        "answer_vocabulary": len(words),
        "forms": form_counts(),
    }
