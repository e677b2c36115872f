"""The released detector: ViT-H-14 towers, linear adapters, consistency maps, locator, classifier.

It differs from kfd/detector.py in its heads: raw maps at full size, no exchange of classes, no smoothing. Everything is
float32; `ReleaseConfig.rounded_maps` multiplies features and descriptions in bfloat16 as the release does.
"""

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from kfd.alignment import enlarge
from kfd.detector import DetectorOutput
from kfd.encoders.base import normalised
from kfd.encoders.openclip import check_taps, look
from kfd.encoders.vit_weights.towers import Towers
from kfd.release.config import ReleaseConfig
from kfd.release.heads import ReleaseClassifier, ReleaseLocator
from kfd.text import DescriptionFeatures


class ReleaseDetector(nn.Module):
    """Gives what kfd's own detector gives, so that the predictor can use either.

    The text tower is needed only to make new text features; `text.features` are stored with the weights.
    """

    def __init__(self, config: ReleaseConfig, with_text: bool = False) -> None:
        super().__init__()
        self.config = config
        self.towers = Towers(config.towers, with_text)
        check_taps(self.towers.visual, config.taps)
        sizes, layers = config.towers, len(config.taps)
        self.adapters = nn.ModuleList(nn.Linear(sizes.width, sizes.embed_dim) for _ in range(layers))
        self.text = DescriptionFeatures(sizes.embed_dim, config.context)
        self.locator = ReleaseLocator(layers, config.locator_width)
        self.classifier = ReleaseClassifier(layers, config.classifier_widths, config.classifier_hidden)

    def prepare(self, images: NDArray[np.uint8] | Tensor) -> Tensor:
        """uint8 RGB (B, S, S, 3) -> normalised float32 (B, 3, S, S) on the detector's device."""
        return normalised(images, self.towers.mean, self.towers.std, self.text.features.device)

    def forward(self, images: Tensor) -> DetectorOutput:
        """Detect in normalised images (B, 3, S, S); the global token is the unit image embedding."""
        encoding = look(self.towers.visual, images, self.config.taps)
        text = self.text().float()
        maps = []
        with torch.autocast(images.device.type, enabled=False):
            for adapter, layer in zip(self.adapters, encoding.layers, strict=True):
                patches = F.normalize(adapter(layer.permute(0, 2, 3, 1).float()), dim=-1)  # (B, g, g, D)
                a, b = (patches.bfloat16(), text.bfloat16()) if self.config.rounded_maps else (patches, text)
                similarity = (self.config.temperature * (a @ b.T)).permute(0, 3, 1, 2)  # (B, 2, g, g)
                maps.append(enlarge([similarity.float()], self.config.map_size))
            return DetectorOutput(
                logits=self.classifier(maps),
                map_logits=self.locator(maps),
                consistency=torch.cat(maps, 1),
                global_token=F.normalize(encoding.global_token.float(), dim=-1),
            )
