"""High dynamic range and wide colour to ordinary sRGB pixels, so that a detector sees what a viewer sees on a screen.

Sources: PQ is SMPTE ST 2084, HLG is ARIB STD-B67 with the system gamma of ITU-R BT.2100 for a 1000 cd/m2 display,
diffuse white lies at 203 cd/m2 (ITU-R BT.2408), the colour matrix is BT.2020 to BT.709 (ITU-R BT.2087).
"""

from functools import lru_cache

import cv2
import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

PQ, HLG = 16, 18  # transfer characteristics (ITU-T H.273)
WIDE = 9  # BT.2020 primaries
WHITE = 203.0  # cd/m2 shown as white
KNEE = 0.8  # share of white up to which light is kept as it is; brighter light is pressed into the rest
_LEVELS = 65536
_WIDE_TO_SRGB = np.array(
    [[1.660491, -0.587641, -0.072850], [-0.124550, 1.132900, -0.008349], [-0.018151, -0.100579, 1.118730]], np.float32
)
_LUMINANCE = np.array([[0.2627, 0.6780, 0.0593]], np.float32)


def needs_tone_mapping(frame: VideoFrame) -> bool:
    """Whether the frame states PQ, HLG or BT.2020 primaries."""
    return int(frame.color_trc) in (PQ, HLG) or int(frame.color_primaries) == WIDE


def to_srgb(codes: NDArray[np.uint16], transfer: int, wide: bool) -> NDArray[np.uint8]:
    """Pixels (H, W, 3) uint16 full-range RGB code values as uint8 sRGB.

    Args:
        codes: RGB after the YCbCr matrix, still under the transfer function.
        transfer: PQ, HLG, or another number for an ordinary gamma.
        wide: the primaries are those of BT.2020.
    """
    light = _linear(transfer)[codes]
    if transfer == HLG:  # system gamma 1.2: display light = luminance ** 0.2 x scene light, 1000 cd/m2 at the peak
        brightness = np.maximum(cv2.transform(light, _LUMINANCE), 1e-6)
        light = light * np.power(brightness, 0.2).reshape(*light.shape[:2], 1) * np.float32(1000.0 / WHITE)
    if wide:
        light = np.maximum(cv2.transform(light, _WIDE_TO_SRGB), 0.0)
    if transfer in (PQ, HLG):
        light = np.where(light > KNEE, 1.0 - (1.0 - KNEE) * np.exp((KNEE - light) / (1.0 - KNEE)), light)
    return _encoded()[np.round(np.clip(light, 0.0, 1.0) * (_LEVELS - 1)).astype(np.uint16)]


@lru_cache(maxsize=4)
def _linear(transfer: int) -> NDArray[np.float32]:
    """Light of each 16-bit code value: PQ in units of WHITE, HLG scene light in [0, 1], else sRGB light in [0, 1]."""
    code = np.arange(_LEVELS) / (_LEVELS - 1)
    if transfer == PQ:
        m1, m2, c1, c2, c3 = 2610 / 16384, 2523 / 32, 3424 / 4096, 2413 / 128, 2392 / 128
        root = code ** (1 / m2)
        light = 10000.0 / WHITE * (np.maximum(root - c1, 0) / (c2 - c3 * root)) ** (1 / m1)
    elif transfer == HLG:
        a, b, c = 0.17883277, 0.28466892, 0.55991073
        light = np.where(code <= 0.5, code**2 / 3, (np.exp((code - c) / a) + b) / 12)
    else:
        light = np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)
    return light.astype(np.float32)


@lru_cache(maxsize=1)
def _encoded() -> NDArray[np.uint8]:
    """The uint8 sRGB value of each 16-bit step of light."""
    light = np.arange(_LEVELS) / (_LEVELS - 1)
    code = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.round(255 * code).astype(np.uint8)
