"""The knowledge-guided forgery detector: encoder, descriptions, consistency maps, locator, classifier (LVLM-DFD)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from kfd.alignment import Alignment, enlarge
from kfd.config import KFDConfig
from kfd.encoders.base import Encoding, normalised
from kfd.encoders.build import build_encoder
from kfd.heads import Classifier, Locator, Source
from kfd.text import DescriptionFeatures, SentenceEncoder


@dataclass(frozen=True)
class DetectorOutput:
    """Everything one pass gives; class order is always [real, fake].

    Attributes:
        logits: (B, 2), of the whole crop.
        map_logits: (B, 2, M, M), by place.
        consistency: (B, 2L, M, M), temperature * cosine.
        global_token: (B, D) of the encoder.
        auxiliary: (B, 2, h, w) logits [forged, boundary] straight from the middle layer; training only.
        reference_map_logits: (R, 2, M, M) from the reference branch; reference_rows (R,) says for which rows.
    """

    logits: Tensor
    map_logits: Tensor
    consistency: Tensor
    global_token: Tensor
    auxiliary: Tensor | None = None
    reference_map_logits: Tensor | None = None
    reference_rows: Tensor | None = None


class KnowledgeGuidedDetector(nn.Module):
    """Scores and localises face forgery by comparing image features with descriptions of real and forged faces."""

    def __init__(self, config: KFDConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = build_encoder(config.encoder)
        channels, layers = self.encoder.layer_channels, len(self.encoder.layer_channels)
        self.text = DescriptionFeatures(config.text_dim, config.context)
        self.alignment = Alignment(channels, self.encoder.global_dim, config.text_dim, config.temperature)
        self.locator = Locator(layers, config.locator_width, config.locator_hidden)
        self.classifier = Classifier(layers, config.classifier_widths, config.classifier_hidden)
        self.global_scale = nn.Parameter(torch.tensor(0.2))
        self.auxiliary = nn.Conv2d(channels[1], 2, 1)

    @classmethod
    def create(cls, config: KFDConfig | None = None, seed: int = 0, sentence_encoder: Path | None = None) -> Self:
        """A detector ready to train: random weights from the seed, the sentence encoder attached (see text.py)."""
        config = config or KFDConfig()
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            detector = cls(config)
        if config.text_encoder == "minilm":
            detector.text.attach(SentenceEncoder.load(sentence_encoder))
        return detector.to(memory_format=torch.channels_last)

    def prepare(self, images: NDArray[np.uint8] | Tensor) -> Tensor:
        """uint8 RGB (B, S, S, 3) -> normalised float32 (B, 3, S, S), channels last, on the detector's device."""
        return normalised(images, self.encoder.mean, self.encoder.std, self.global_scale.device)

    def forward(self, images: Tensor, reference: Tensor | None = None) -> DetectorOutput:
        """Detect in normalised images (B, 3, S, S).

        Args:
            images: as `prepare` gives them.
            reference: unforged pictures of the same places, training only: images (B, 3, S, S), or row numbers (B,)
                of this batch (-1 = none), which cost no second encoding.
        """
        return self.read(self.encoder(images), reference)

    def read(self, encoding: Encoding, reference: Tensor | None = None) -> DetectorOutput:
        """What follows the encoder; for `reference` see `forward`."""
        text = self.text()
        maps = self.alignment(encoding.layers, text)
        head_input = enlarge(maps, self.config.head_size)
        similarity = self.alignment.global_similarity(encoding.global_token, text)
        ref_logits, rows = (None, None) if reference is None else self._reference(encoding, reference)
        return DetectorOutput(
            logits=self.classifier(head_input) + self.global_scale * similarity,
            map_logits=self._locate(head_input),
            consistency=enlarge(maps, self.config.map_size),
            global_token=encoding.global_token,
            auxiliary=self.auxiliary(encoding.layers[1]).float() if self.training else None,
            reference_map_logits=ref_logits,
            reference_rows=rows,
        )

    def _reference(self, encoding: Encoding, reference: Tensor) -> tuple[Tensor | None, Tensor | None]:
        if reference.ndim == 1:
            rows = torch.nonzero(reference >= 0)[:, 0]
            if not len(rows):
                return None, None
            others = [layer[reference[rows]] for layer in encoding.layers]
        else:
            rows = torch.arange(len(reference), device=reference.device)
            others = list(self.encoder(reference).layers)
        maps = self.alignment.to_reference([layer[rows] for layer in encoding.layers], others)
        return self._locate(enlarge(maps, self.config.head_size), "reference"), rows

    def _locate(self, maps: Tensor, source: Source = "text") -> Tensor:
        """(B, 2L, h, h) -> (B, 2, M, M)."""
        return enlarge([self.locator(maps, source)], self.config.map_size)
