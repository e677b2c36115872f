"""Degradations that both members of a pair share: resolution, brightness, sensor noise, chroma, JPEG, true H.264.

H.264 is coded and decoded in memory by PyAV; JPEG and chromatic aberration are functional operations of albumentations
with numbers from our own record.
"""

import os
from fractions import Fraction
from types import ModuleType
from typing import Any, cast

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from simulation.appearance import grain
from simulation.presets import DegradationPreset
from simulation.records import Codec, DegradeParams

Pixels = NDArray[Any]
_GAP = 16


def pixel_operations() -> ModuleType:
    """albumentations' functional pixel operations, imported on first use without its look-up for updates."""
    os.environ.setdefault("NO_ALBUMENTATIONS_UPDATE", "1")
    import albumentations.augmentations.pixel.functional as functional

    return functional


def draw_degradation(rng: np.random.Generator, difficulty: float, preset: DegradationPreset) -> DegradeParams:
    """Draw a degradation; the limits of a curriculum preset widen with difficulty 0..1."""
    d = difficulty if preset.curriculum else 1.0
    floor, limit = preset.jpeg_easiest + (preset.jpeg[0] - preset.jpeg_easiest) * d, preset.jpeg[1]
    low, easy, high = preset.crf[0], preset.crf_easiest, preset.crf[1]
    likely = preset.probability_easiest + (1 - preset.probability_easiest) * d
    codec = str(rng.choice(["h264", "jpeg", "none"], p=preset.codec_shares)) if rng.random() < likely else "none"
    quality = 0
    motion = (0, 0)
    if codec == "jpeg":
        quality = int(rng.integers(round(floor), limit + 1))
    elif codec == "h264":
        quality = int(rng.integers(low, round(easy + (high - easy) * d) + 1))
        if rng.random() < preset.motion:
            motion = (int(rng.integers(-2, 3)), int(rng.integers(-2, 3)))
    recolour = rng.random() < preset.recolour
    return DegradeParams(
        resolution=float(rng.uniform(preset.resolution, 1)) if rng.random() < preset.resize * d else 1.0,
        gain=float(rng.uniform(0.8, 1.2)) if recolour else 1.0,
        shift=_shift(rng, 15) if recolour else (0.0, 0.0, 0.0),
        noise=float(rng.uniform(0.1, 1.0)) if rng.random() < preset.noise * d else 0.0,
        chroma=float(rng.uniform(0.2, 1.0)) if rng.random() < preset.chroma * d else 0.0,
        codec=cast(Codec, codec),
        quality=quality,
        preset=str(rng.choice(["ultrafast", "veryfast"])),
        motion=motion,
        seed=int(rng.integers(2**31)),
    )


def _shift(rng: np.random.Generator, limit: float) -> tuple[float, float, float]:
    r, g, b = rng.uniform(-limit, limit, 3).tolist()
    return r, g, b


def degrade(image: Pixels, params: DegradeParams) -> Pixels:
    """Degrade one RGB picture (H, W, 3); same record and picture, same pixels."""
    return degrade_all([image], params)[0]


def degrade_all(images: list[Pixels], params: DegradeParams) -> list[Pixels]:
    """Degrade pictures of one size alike; H.264 codes them side by side as one video frame."""
    prepared = [_before_codec(image, params) for image in images]
    if params.codec == "jpeg":
        jpeg = pixel_operations().image_compression
        return [jpeg(image, params.quality, ".jpg") for image in prepared]
    if params.codec == "h264":
        return _code_side_by_side(prepared, params)
    return prepared


def _before_codec(image: Pixels, params: DegradeParams) -> Pixels:
    out = image
    h, w = image.shape[:2]
    if params.gain != 1 or any(params.shift):
        changed = out * np.float32(params.gain) + np.asarray(params.shift, np.float32)
        out = np.clip(np.rint(changed), 0, 255).astype(np.uint8)
    if params.resolution < 1:
        small = (max(round(w * params.resolution), 8), max(round(h * params.resolution), 8))
        out = cv2.resize(cv2.resize(out, small, interpolation=cv2.INTER_AREA), (w, h), interpolation=cv2.INTER_LINEAR)
    if params.chroma > 0:
        amount = 0.02 * params.chroma
        out = pixel_operations().chromatic_aberration(out, amount, 0.0, -amount, 0.0, cv2.INTER_LINEAR)
    if params.noise > 0:
        sigma = 1.0 + 7.0 * params.noise
        speckle = grain(np.random.default_rng(params.seed), (h, w), sigma)
        speckle *= 0.5 + np.sqrt(out.mean(axis=2, keepdims=True, dtype=np.float32) / 255)  # shot noise grows with light
        out = np.clip(np.rint(out + speckle), 0, 255).astype(np.uint8)
    return np.ascontiguousarray(out)


def _code_side_by_side(images: list[Pixels], params: DegradeParams) -> list[Pixels]:
    """Put pictures next to each other with a gap, in an order drawn from the seed, code them, cut them out again."""
    order = list(range(len(images)))
    if len(order) > 1 and params.seed % 2:
        order.reverse()
    h, w = images[0].shape[:2]
    step = -(-w // 16) * 16 + _GAP
    height = -(-h // 16) * 16
    frame = np.zeros((height, step * len(images) - (_GAP if len(images) > 1 else 0), 3), np.uint8)
    for place, i in enumerate(order):
        x0 = place * step
        x1 = min(x0 + step, frame.shape[1])
        frame[:, x0:x1] = cv2.copyMakeBorder(images[i], 0, height - h, 0, x1 - x0 - w, cv2.BORDER_REFLECT_101)
    frames = [frame]
    if params.motion != (0, 0):
        frames.insert(0, np.roll(frame, params.motion[::-1], axis=(0, 1)))
    decoded = h264(frames, params.quality, params.preset)[-1]
    out = [images[0]] * len(images)
    for place, i in enumerate(order):
        out[i] = np.ascontiguousarray(decoded[:h, place * step : place * step + w])
    return out


def h264(frames: list[Pixels], crf: int, preset: str = "veryfast") -> list[Pixels]:
    """Code RGB frames of one even size as H.264 4:2:0 in memory and decode them.

    Args:
        crf: x264 constant rate factor, 0 to 51.
    """
    encoder = cast(av.VideoCodecContext, av.CodecContext.create("libx264", "w"))
    encoder.height, encoder.width = frames[0].shape[:2]
    encoder.pix_fmt = "yuv420p"
    encoder.time_base = Fraction(1, 25)
    encoder.thread_count = 1
    encoder.options = {"crf": str(crf), "preset": preset, "tune": "zerolatency"}
    packets = []
    for index, pixels in enumerate(frames):
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")
        frame.pts = index
        packets += encoder.encode(frame)
    packets += encoder.encode(None)
    decoder = cast(av.VideoCodecContext, av.CodecContext.create("h264", "r"))
    decoder.thread_count = 1
    decoded = [frame for packet in packets for frame in decoder.decode(packet)] + decoder.decode(None)
    return [frame.to_ndarray(format="rgb24") for frame in decoded]
