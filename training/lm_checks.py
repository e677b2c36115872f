"""What stage 2 measures on pictures and conversations that it does not learn from."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from assistant.cache import KeyValueCache
from evaluation.answer_parser import parse_answer
from evaluation.metrics import auc, count_sets
from simulation.dialogue.wording import result_sentence
from training.lm_data import Example, Sample, to_batch
from training.lm_sources import TuneSources

QUESTION = "Is this a deepfake image?"
WHERE = "Where in the picture do you see signs of manipulation?"
FEW_PLACES = 5
"""A picture with at most so many raised places has places to tell apart."""


class Checks:
    """Figures of the present weights; the model must be in evaluation mode.

    Args:
        sources: models, fixed examples and validation pictures. device: where the batches go.
        autocast: makes the context in which the model computes.
    """

    def __init__(self, sources: TuneSources, device: str, autocast: Any) -> None:
        self.sources, self.device, self.autocast = sources, device, autocast

    def loss(self, name: str, examples: Sequence[Example], limit: int | None) -> dict[str, float]:
        """Perplexity and token accuracy of a set of examples, in batches of 8, at most `limit` of them."""
        total = count = right = 0.0
        for part in [examples[i : i + 8] for i in range(0, len(examples), 8)][:limit]:
            with self.autocast():
                terms = self.sources.model(to_batch(part, self.device))
            n = float(terms["tokens"])
            total, right, count = total + float(terms["lm"]) * n, right + float(terms["right"]) * n, count + n
        return {
            f"{name}_perplexity": round(math.exp(min(total / count, 20.0)), 3),
            f"{name}_accuracy": round(right / count, 4),
        }

    def yes_no(self, samples: Sequence[Sample]) -> dict[str, float]:
        """AUC of P(Yes) without the result sentence: against the detector's verdict and against the truth."""
        scores = np.concatenate([self._yes_scores(samples[i : i + 32]) for i in range(0, len(samples), 32)])
        verdict = np.array([{"fake": 1.0, "real": 0.0}.get(s.evidence.verdict, np.nan) for s in samples])
        truth = np.array([np.nan if s.truth is None else float(s.truth.fake) for s in samples])
        found = {}
        for name, labels in (("yes_no_auc", verdict), ("truth_auc", truth)):
            known = ~np.isnan(labels)
            if len(set(labels[known])) == 2:
                found[name] = round(float(auc(labels[known], scores[known])), 4)
        return found

    def _yes_scores(self, samples: Sequence[Sample]) -> np.ndarray:
        shared, yes, no = self.sources.lm.answer_ids()
        examples = []
        for sample in samples:
            example, tokens = self.sources.maker.opening(sample)
            example.add(self.sources.lm.prompts.first_turn(tokens, self.sources.maker.task, "", QUESTION))
            example.learn([*shared, yes])  # the last id is only there to be predicted
            examples.append(example)
        batch = to_batch(examples, self.device)
        ends = batch.mask.sum(1) - 2
        with self.autocast():
            logits = self.sources.model.logits(batch)[torch.arange(len(samples)), ends].float()
        return (logits[:, yes] - logits[:, no]).cpu().numpy()

    def places(self, samples: Sequence[Sample]) -> dict[str, float]:
        """F1 of the places that answers name against those that the detector flags, where it flags few."""
        chosen = [s for s in samples if s.evidence.verdict == "fake" and 0 < len(s.evidence.flagged) <= FEW_PLACES]
        if not chosen:
            return {}
        named = [set(parse_answer(self.say(s, WHERE, result_sentence(s.evidence))).claimed) for s in chosen]
        counts = count_sets(named, [set(s.evidence.flagged) for s in chosen])
        return {"places_f1": round(float(counts.f1), 4), "places_pictures": len(chosen)}

    def say(self, sample: Sample, question: str = QUESTION, result: str = "") -> str:
        """The present answer to a question about a picture."""
        example, tokens = self.sources.maker.opening(sample)
        pictures = to_batch([example], self.device).pictures
        assert pictures is not None
        soft, lm = self.sources.model.soft_tokens(pictures)[0][0], self.sources.lm
        tokens = type(tokens)(soft[:1], soft[1:], "sample")
        ask = lm.prompts.first_turn(tokens, self.sources.maker.task, result, question, lm.hint(question))
        return "".join(lm.generate(ask, KeyValueCache(), max_new_tokens=60))
