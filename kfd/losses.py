"""Training losses of the detector (LVLM-DFD §3.2): Dice with a reference term, cross-entropy, and small helpers."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from kfd.detector import DetectorOutput


@dataclass(frozen=True)
class LossConfig:
    """Weights of the loss terms; 0 switches one off.

    Attributes:
        dice: Dice of the forgery map; reference: lambda, Dice of the reference branch's map.
        classification: cross-entropy of the crop's logits.
        pixel: cross-entropy of the map's logits; focal: focal loss of the same, with exponent focal_gamma.
        auxiliary: cross-entropy of the encoder's own forged and boundary maps (boundary = 4 m (1 - m)).
        mask_threshold: soft masks above it count as forged.
    """

    dice: float = 1.0
    reference: float = 0.5
    classification: float = 1.0
    pixel: float = 1.0
    focal: float = 0.0
    focal_gamma: float = 2.0
    auxiliary: float = 0.5
    mask_threshold: float = 0.5


def dice_loss(probabilities: Tensor, target: Tensor, smooth: float = 1.0) -> Tensor:
    """1 - (2 sum(p t) + s) / (sum(p) + sum(t) + s) a sample, then the mean; both (B, M, M).

    With an empty mask it is sum(p) / (sum(p) + 1): a few false pixels already cost nearly as much as many.
    """
    p, t = probabilities.flatten(1).float(), target.flatten(1).float()
    return (1 - (2 * (p * t).sum(1) + smooth) / (p.sum(1) + t.sum(1) + smooth)).mean()


def focal_loss(map_logits: Tensor, target: Tensor, gamma: float = 2.0) -> Tensor:
    """Focal loss of (B, 2, M, M) logits against a 0/1 mask (B, M, M), mean over pixels."""
    log_pt = -F.cross_entropy(map_logits.float(), target.long(), reduction="none")
    return (-((1 - log_pt.exp()) ** gamma) * log_pt).mean()


def resize_mask(mask: Tensor, size: int) -> Tensor:
    """Soft mask (B, S, S) -> (B, size, size) by area averaging."""
    return F.adaptive_avg_pool2d(mask[:, None].float(), size)[:, 0]


def detector_loss(
    output: DetectorOutput, fake: Tensor, mask: Tensor, config: LossConfig | None = None
) -> tuple[Tensor, dict[str, Tensor]]:
    """Weighted sum and its (unweighted, detached) terms.

    Args:
        output: of the detector in training mode.
        fake: (B,) bool or 0/1, True for a forged crop.
        mask: (B, S, S) float in [0, 1], soft mask of the forged area, before any blend ratio.
        config: the weights.
    """
    config = config or LossConfig()
    target = (resize_mask(mask, output.map_logits.shape[-1]) > config.mask_threshold).long()
    forged = output.map_logits.float().softmax(1)[:, 1]
    terms = {
        "classification": F.cross_entropy(output.logits.float(), fake.long()),
        "dice": dice_loss(forged, target),
        "pixel": F.cross_entropy(output.map_logits.float(), target),
    }
    if config.focal:
        terms["focal"] = focal_loss(output.map_logits, target, config.focal_gamma)
    if output.reference_map_logits is not None and output.reference_rows is not None and config.reference:
        forged = output.reference_map_logits.float().softmax(1)[:, 1]
        terms["reference"] = dice_loss(forged, target[output.reference_rows])
    if output.auxiliary is not None and config.auxiliary:
        soft = resize_mask(mask, output.auxiliary.shape[-1])
        aux_target = torch.stack([(soft > config.mask_threshold).float(), 4 * soft * (1 - soft)], 1)
        terms["auxiliary"] = F.binary_cross_entropy_with_logits(output.auxiliary.float(), aux_target)
    total = torch.stack([getattr(config, name) * term for name, term in terms.items()]).sum()
    return total, {name: term.detach() for name, term in terms.items()}
