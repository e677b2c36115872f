"""The system with random weights, made on the device itself; no file of weights is read.

The one exception is the small detector's sentence encoder, which comes with its package.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from open_clip.transformer import VisionTransformer
from torch import nn

from assistant.llm import LanguageModel
from assistant.tokenizers import ByteTokenizer
from kfd.calibration import Calibration
from kfd.detector import KnowledgeGuidedDetector
from kfd.encoders.openclip import OpenClipEncoder
from kfd.encoders.vit_weights.sizes import TowerSizes
from kfd.encoders.vit_weights.towers import TextTower
from kfd.predictor import ForgeryPredictor
from kfd.release.config import ReleaseConfig
from kfd.release.descriptions import clip_sentence_encoder
from kfd.release.detector import ReleaseDetector
from kfd.release.letters import letter_features, letter_ids
from kfd.text import SentenceEncoder
from media.records import Signals
from prompt_learner.config import PromptLearnerConfig
from prompt_learner.model import PromptModel
from training.speed.meter import Meter
from training.speed.sizes import DetectorConfig, LlamaShape, PromptShape, Size

Detector = KnowledgeGuidedDetector | ReleaseDetector
_LOGIT_SCALE = math.log(100.0)


class WideBytes(ByteTokenizer):
    """Bytes in a vocabulary as wide as a model's; no id ends an answer, so that answers have the length asked for.

    Args:
        rows: embeddings of the model, at least 259.
    """

    def __init__(self, rows: int) -> None:
        super().__init__()
        if rows < self.vocab_size:
            raise ValueError(f"the vocabulary must have at least {self.vocab_size} ids, got {rows}")
        self.vocab_size = rows
        self.eos_id: int | None = None


def encoder_of(detector: Detector) -> nn.Module:
    """The part of a detector that reads pictures."""
    if isinstance(detector, ReleaseDetector):
        return detector.towers.visual
    assert isinstance(detector.encoder, nn.Module)
    return detector.encoder


def build_detector(config: DetectorConfig, meter: Meter) -> Detector:
    """A detector for use, without text encoder: a vision transformer in the meter's type, all else float32 as ever."""
    with meter.seeded():
        made = ReleaseDetector(config) if isinstance(config, ReleaseConfig) else KnowledgeGuidedDetector(config)
    encoder = encoder_of(made)
    if isinstance(encoder, OpenClipEncoder | VisionTransformer):
        encoder.to(meter.dtype)
    return made.to(memory_format=torch.channels_last).eval()


def attach_text(detector: Detector, sizes: TowerSizes | None, meter: Meter) -> Callable[[], None]:
    """Give a detector what makes its text features anew.

    Args:
        detector: ours takes a sentence encoder in float32; the authors' a text tower in the meter's type.
        sizes: of our detector's text tower; None: all-MiniLM-L6-v2.

    Returns:
        A function that computes the features and stores them in the detector.
    """
    if isinstance(detector, KnowledgeGuidedDetector):
        if sizes is None:
            encoder = SentenceEncoder.load()
        else:
            encoder = clip_sentence_encoder(_tower(sizes, meter), "random", detector.config.context)
        detector.text.attach(encoder)
        return detector.text.refresh
    tower = _tower(detector.config.towers, meter).to(meter.dtype)
    scale, features = torch.tensor(_LOGIT_SCALE, device=meter.device), detector.text.features
    ids = [one.to(meter.device) for one in letter_ids(tower.context_length)]

    @torch.no_grad()
    def again() -> None:
        features.copy_(letter_features(tower, scale, ids=ids))

    return again


def _tower(sizes: TowerSizes, meter: Meter) -> TextTower:
    with meter.seeded(1):
        return TextTower(sizes).eval()


def build_language(shape: LlamaShape, meter: Meter, dtype: torch.dtype) -> LanguageModel:
    """A random Llama whose numbers are made on the device in their final type."""
    from transformers import LlamaConfig, LlamaForCausalLM

    config = LlamaConfig(
        vocab_size=shape.vocabulary, hidden_size=shape.hidden, intermediate_size=shape.intermediate,
        num_hidden_layers=shape.layers, num_attention_heads=shape.heads, num_key_value_heads=shape.key_heads,
        max_position_embeddings=shape.positions, tie_word_embeddings=shape.tied,
        bos_token_id=256, eos_token_id=257, pad_token_id=258,
    )  # fmt: skip
    with meter.seeded(2):
        model = LlamaForCausalLM._from_config(config, dtype=dtype)
    return LanguageModel(model, WideBytes(shape.vocabulary))


def build_prompt(shape: PromptShape, seen: Signals, hidden: int, meter: Meter) -> PromptModel:
    """A prompt learner (float32) between a detector that gives `seen` and a language model of width `hidden`."""
    channels, side = seen.consistency.shape[:2]
    cfg = PromptLearnerConfig(
        hidden, len(seen.global_token), side, channels, shape.channels, shape.extra_channels, raw_score=shape.raw_score
    )
    with meter.seeded(3):
        return PromptModel(cfg).eval()


@dataclass(frozen=True)
class System:
    """What talks about a picture: detector with its predictor, prompt learner, language model."""

    predictor: ForgeryPredictor
    prompt: PromptModel
    lm: LanguageModel

    @property
    def modules(self) -> tuple[nn.Module, nn.Module, nn.Module]:
        """Detector, prompt learner and language model."""
        return self.predictor.detector, self.prompt, self.lm.model


def build_predictor(config: DetectorConfig, meter: Meter) -> ForgeryPredictor:
    """A detector without calibration; the authors' reads a crop once, ours three times."""
    detector = build_detector(config, meter)
    thrice = isinstance(detector, KnowledgeGuidedDetector)
    return ForgeryPredictor(cast(KnowledgeGuidedDetector, detector), Calibration(), thrice=thrice)


def build_system(size: Size, meter: Meter) -> System:
    """Everything that a conversation needs, with the first detector of the size."""
    predictor = build_predictor(next(iter(size.detectors.values())), meter)
    seen = look(predictor, random_pictures(1, predictor.image_size, meter), meter)
    lm = build_language(size.language, meter, meter.dtype)
    return System(predictor, build_prompt(size.prompt, seen, lm.hidden_size, meter), lm)


def look(predictor: ForgeryPredictor, picture: NDArray[np.uint8], meter: Meter) -> Signals:
    """What the detector sees in one crop, uint8 (1, S, S, 3)."""
    with meter.autocast():
        return predictor.run(picture).signals[0]


def random_pictures(count: int, side: int, meter: Meter, offset: int = 0) -> NDArray[np.uint8]:
    """Noise, uint8 RGB (count, side, side, 3); what is in a picture changes no time."""
    rng = np.random.default_rng([meter.seed, offset])
    return rng.integers(0, 256, (count, side, side, 3), dtype=np.uint8)
