"""What the detector saw inside one region only: the input of a region question's soft tokens."""

import numpy as np
from numpy.typing import NDArray

from media.records import Signals


def mask_signals(signals: Signals, mask: NDArray[np.bool_]) -> Signals:
    """Signals with the maps kept inside `mask` (M, M) and neutral outside.

    Neutral is 0 for the forgery map and each channel's mean for the consistency maps. Probabilities and the global
    token stay: they belong to the whole face.
    """
    if mask.shape != signals.forgery_map.shape:
        raise ValueError(f"mask {mask.shape} does not fit maps {signals.forgery_map.shape}")
    mean = signals.consistency.mean(axis=(1, 2), keepdims=True)
    return Signals(
        consistency=np.where(mask, signals.consistency, mean).astype(np.float32),
        forgery_map=np.where(mask, signals.forgery_map, 0.0).astype(np.float32),
        probabilities=signals.probabilities,
        global_token=signals.global_token,
    )
