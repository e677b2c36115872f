"""What turns sentences or face crops into unit vectors: MiniLM for text, any detector's encoder for faces.

retrieval/clip_frames.py has CLIP's ResNets for whole frames, retrieval/sides.py chooses. torch is
imported when an encoder is loaded, not before.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from media.errors import BadRequest
from media.records import Crop

if TYPE_CHECKING:
    from kfd.predictor import ForgeryPredictor
    from kfd.text import SentenceEncoder

Level = Literal["text", "first", "middle", "last", "global"]
PICTURE_LEVELS: tuple[Level, ...] = ("first", "middle", "last", "global")


@dataclass(frozen=True)
class EncoderKey:
    """Which encoder made a vector: its name, the SHA-256 of its weights, the level read, the vector's width."""

    id: str
    sha256: str
    level: Level
    dim: int


class Encoder(Protocol):
    """Anything that makes unit vectors of texts, of crops or of whole frames."""

    @property
    def key(self) -> EncoderKey:
        """Name, hash, level, width."""
        ...

    @property
    def licence(self) -> str:
        """Of its weights."""
        ...

    def encode(self, batch: Sequence[Any]) -> NDArray[np.float32]:
        """Unit vectors (N, D) float32 of N texts, N crops or N frames."""
        ...


class TextSide:
    """Sentences through all-MiniLM-L6-v2."""

    licence = "Apache-2.0"

    def __init__(self, encoder: "SentenceEncoder") -> None:
        self._encoder = encoder
        dim = int(encoder.model.config.hidden_size)
        self.key = EncoderKey("all-MiniLM-L6-v2", encoder.sha256, "text", dim)

    @classmethod
    def load(cls, folder: Path | None = None) -> "TextSide":
        """From the installed package, or a folder of the same model."""
        from kfd.text import SentenceEncoder

        return cls(SentenceEncoder.load(folder))

    def encode(self, batch: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors (N, 384)."""
        if not len(batch):
            return np.zeros((0, self.key.dim), np.float32)
        return unit(self._encoder.vectors(batch).float().numpy())


class PictureSide:
    """Face crops through a detector's visual encoder.

    Args:
        predictor: the detector; crops must have its `image_size` and be cut with its `margin`.
        level: "global" is the encoder's own token; "first", "middle", "last" are means over its feature maps.
    """

    def __init__(self, predictor: "ForgeryPredictor", level: Level = "global", licence: str = "") -> None:
        if level not in PICTURE_LEVELS:
            raise BadRequest(f"A picture is encoded at one of the levels {', '.join(PICTURE_LEVELS)}, not {level!r}.")
        from kfd.detector import KnowledgeGuidedDetector

        if not isinstance(predictor.detector, KnowledgeGuidedDetector):
            raise BadRequest("Pictures are encoded by a detector that was trained here, not by the authors' release.")
        self.predictor = predictor
        encoder, kind = predictor.detector.encoder, predictor.detector.config.encoder.kind
        dims = dict(zip(PICTURE_LEVELS, (*encoder.layer_channels, encoder.global_dim), strict=True))
        self.key = EncoderKey(f"kfd-{kind}", weights_hash(encoder), level, int(dims[level]))
        self.licence = licence or str(predictor.meta.get("licence", "research use"))

    @classmethod
    def load(cls, folder: Path, level: Level = "global") -> "PictureSide":
        """From a detector's checkpoint folder."""
        from kfd.predictor import ForgeryPredictor

        return cls(ForgeryPredictor.load(folder), level)

    def encode(self, batch: Sequence[Crop | NDArray[np.uint8]]) -> NDArray[np.float32]:
        """Unit vectors (N, D) of crops, or of their uint8 RGB pixels (S, S, 3)."""
        import torch

        detector, size = self.predictor.detector, self.predictor.image_size
        pixels = [c.pixels if isinstance(c, Crop) else np.asarray(c) for c in batch]
        wrong = next((p.shape for p in pixels if p.shape != (size, size, 3)), None)
        if wrong is not None:
            raise BadRequest(f"This encoder takes face crops of {size} x {size} pixels, got {wrong}.")
        rows = [np.zeros((0, self.key.dim), np.float32)]
        with torch.inference_mode():
            for start in range(0, len(pixels), 16):
                encoding = detector.encoder(detector.prepare(np.stack(pixels[start : start + 16])))
                if self.key.level == "global":
                    found = encoding.global_token
                else:
                    found = encoding.layers[PICTURE_LEVELS.index(self.key.level)].mean((2, 3))
                rows.append(found.float().cpu().numpy())
        return unit(np.concatenate(rows))


def unit(vectors: NDArray[np.floating]) -> NDArray[np.float32]:
    """Rows scaled to length 1, float32, contiguous; a row of zeros or not finite is an error."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not np.all(np.isfinite(norms)) or np.any(norms == 0):
        raise ValueError("a vector is zero or not finite; it cannot be compared by direction")
    return np.ascontiguousarray(vectors / norms, dtype=np.float32)


def weights_hash(module: Any) -> str:
    """SHA-256 over the names and float32 values of a module's state, whatever the file it came from."""
    digest = hashlib.sha256()
    for name, tensor in sorted(module.state_dict().items()):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(tensor.detach().float().cpu().numpy()).tobytes())
    return digest.hexdigest()
