"""Several readings of one crop: as it is, its mirror image, and its middle enlarged.

A detector of few weights judges the same face a little differently each time; what the readings agree on is more often
right (docs/detector-trials.md has what it brings). The enlarged middle tells places more finely, but it is closer to
the face than any crop of the training (margin 1.14; 1.15 to 1.45 are drawn there), so it has no say in the score.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from kfd.detector import DetectorOutput, KnowledgeGuidedDetector

CLOSER = 8 / 7


@dataclass(frozen=True, eq=False)
class Reading:
    """What N crops show.

    Attributes:
        plain: of the crops as they are.
        logits: (N, 2) float64, real and fake; forgery_map: (N, M, M) float32, P(forged) at each place.
    """

    plain: DetectorOutput
    logits: Tensor
    forgery_map: Tensor


def read_once(detector: KnowledgeGuidedDetector, images: Tensor) -> Reading:
    """Normalised crops (N, 3, S, S) as they are."""
    plain = detector(images)
    return Reading(plain, plain.logits.double(), _forged(plain))


def read_thrice(detector: KnowledgeGuidedDetector, images: Tensor) -> Reading:
    """Logits: the mean over normalised crops (N, 3, S, S) and their mirror images. Map: also their middle, enlarged.

    At the rim, which the enlarged middle does not show, the map is the mean of the other two.
    """
    first = read_once(detector, images)
    mirrored = read_once(detector, images.flip(-1))
    closer = read_once(detector, resampled(images, 1 / CLOSER, "bicubic"))
    logits = (first.logits + mirrored.logits) / 2
    maps = first.forgery_map + mirrored.forgery_map.flip(-1)
    inner = resampled(closer.forgery_map[:, None], CLOSER)[:, 0]
    shown = resampled(torch.ones_like(inner[:1, None]), CLOSER, "nearest")[0]
    return Reading(first.plain, logits, (maps + shown * inner) / (2 + shown))


def resampled(images: Tensor, scale: float, mode: str = "bilinear") -> Tensor:
    """Pictures (N, C, S, S) whose point p is the given pictures' point p * scale, both from the middle.

    Below 1 the middle is enlarged; above 1 the picture shrinks. What lies outside of the given pictures is 0, and their
    border counts as going on for half a pixel.
    """
    theta = torch.tensor([[scale, 0.0, 0.0], [0.0, scale, 0.0]], device=images.device, dtype=images.dtype)
    grid = functional.affine_grid(theta[None].expand(len(images), 2, 3), list(images.shape), align_corners=False)
    moved = functional.grid_sample(images, grid, mode, "border", align_corners=False)
    return moved * (grid.abs() <= 1).all(-1)[:, None]


def _forged(output: DetectorOutput) -> Tensor:
    return output.map_logits.float().softmax(1)[:, 1]
