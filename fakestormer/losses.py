"""Training loss (sheet §8): 0.8 x class + 100 x temporal derivative + 0.2 x soft label."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from fakestormer.model import ClipOutput


@dataclass(frozen=True)
class VideoLossConfig:
    """Weights of the terms (0 switches one off) and how the two published variants differ.

    Attributes:
        classification, temporal, spatial: lambda_c, lambda_h, lambda_g.
        temperature: divides the class logit inside its cross-entropy; 1 as in the paper, 2 in the released code.
        half: halve the squared error, as the released code does.
    """

    classification: float = 0.8
    temporal: float = 100.0
    spatial: float = 0.2
    temperature: float = 1.0
    half: bool = False

    def __post_init__(self) -> None:
        if min(self.classification, self.temporal, self.spatial) < 0 or self.temperature <= 0:
            raise ValueError(f"loss weights must not be negative and the temperature positive: {self}")


@dataclass(frozen=True)
class ClipTargetsBatch:
    """Truth of a batch as tensors.

    Attributes:
        fake: (B,) float, 1 for a forged clip.
        soft: (B, T) float in [0, 1], soft label a frame.
        derivative: (B, T, g, g) float, standardised change of the boundary.
        keep: (B, g, g) float, 0 where cutout took a cell away (it does not count in the temporal term).
    """

    fake: Tensor
    soft: Tensor
    derivative: Tensor
    keep: Tensor


def temporal_loss(predicted: Tensor, target: Tensor, keep: Tensor) -> Tensor:
    """Mean squared error over all frames of the cells that are kept.

    Args:
        predicted, target: (B, T, g, g).
        keep: (B, g, g), 0 or 1.
    """
    weight = keep[:, None].expand_as(predicted)
    return ((predicted - target) ** 2 * weight).sum() / weight.sum().clamp(min=1)


def video_loss(
    output: ClipOutput, targets: ClipTargetsBatch, config: VideoLossConfig | None = None
) -> tuple[Tensor, dict[str, Tensor]]:
    """Weighted sum and its (unweighted, detached) terms; a head that the model lacks gives no term."""
    config = config or VideoLossConfig()
    terms = {
        "classification": F.binary_cross_entropy_with_logits(output.logits / config.temperature, targets.fake.float())
    }
    if output.derivative is not None and config.temporal:
        error = temporal_loss(output.derivative, targets.derivative, targets.keep)
        terms["temporal"] = 0.5 * error if config.half else error
    if output.frame_logits is not None and config.spatial:
        terms["spatial"] = F.binary_cross_entropy_with_logits(output.frame_logits, targets.soft.float())
    total = torch.stack([getattr(config, name) * term for name, term in terms.items()]).sum()
    return total, {name: term.detach() for name, term in terms.items()}
