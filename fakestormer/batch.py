"""From clip pairs to what the model and the loss take: every real clip and its forgery in one batch."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from fakestormer.losses import ClipTargetsBatch
from simulation.video_records import ClipPair


def pair_batch(
    pairs: Sequence[ClipPair], device: torch.device | str = "cpu"
) -> tuple[NDArray[np.uint8], ClipTargetsBatch]:
    """Clips uint8 (2B, T, S, S, 3), the B real ones first, and their targets; a pair's cutout counts for both."""
    clips = np.stack([p.real for p in pairs] + [p.fake for p in pairs])
    soft = np.stack([np.zeros_like(p.targets.soft) for p in pairs] + [p.targets.soft for p in pairs])
    change = np.stack([p.targets.real_derivative for p in pairs] + [p.targets.derivative for p in pairs])
    keep = np.stack([p.targets.keep for p in pairs] * 2)
    fake = np.repeat(np.array([0, 1], np.float32), len(pairs))
    tensors = (torch.from_numpy(a).to(device) for a in (fake, soft, change, keep))
    return clips, ClipTargetsBatch(*tensors)
