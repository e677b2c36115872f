"""What every visual encoder offers: preprocessing constants, a global token and three depths of features."""

from dataclasses import dataclass
from typing import Any, Literal, Protocol, Self, get_args, runtime_checkable

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from kfd.encoders.vit_weights.sizes import TowerSizes
from media.records import tuples

LAYERS = 3
RGB = tuple[float, float, float]
EncoderKind = Literal["embedded", "efficientnet_lite0", "openclip"]


@dataclass(frozen=True)
class Encoding:
    """What an encoder saw.

    Attributes:
        global_token: (B, D), one vector for the whole crop.
        layers: three feature maps (B, C_i, H_i, W_i), finest (or shallowest) first.
    """

    global_token: Tensor
    layers: tuple[Tensor, ...]


@dataclass(frozen=True)
class EncoderConfig:
    """Which encoder, and its sizes.

    Attributes:
        kind: "efficientnet_lite0" (started from ImageNet weights), "embedded" (a small residual network from
            scratch) or "openclip" (a vision transformer of the open_clip package).
        widths, blocks: channels and residual blocks of the four stages at strides 2, 4, 8 and 16 (embedded).
        global_dim: D, width of the global token (all but openclip).
        fine: channels at strides 2 and 4 of a path that keeps every pixel (kfd/encoders/fine.py); None: no such path
            (efficientnet_lite0).
        tower: its sizes; taps: 0-based transformer blocks whose output is read (openclip).
    """

    kind: EncoderKind = "efficientnet_lite0"
    widths: tuple[int, int, int, int] = (16, 32, 64, 128)
    blocks: tuple[int, int, int, int] = (1, 1, 2, 3)
    global_dim: int = 192
    taps: tuple[int, int, int] = (15, 23, 31)
    tower: TowerSizes | None = None
    fine: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if self.kind not in get_args(EncoderKind):
            raise ValueError(f"encoder.kind is {self.kind!r}, known: {', '.join(get_args(EncoderKind))}")
        if len(self.widths) != 4 or len(self.blocks) != 4 or min(*self.widths, *self.blocks, self.global_dim) < 1:
            raise ValueError(f"encoder needs four positive widths and blocks, got {self.widths}, {self.blocks}")
        if len(self.taps) != LAYERS or list(self.taps) != sorted(set(self.taps)):
            raise ValueError(f"encoder.taps must be three rising block indices, got {self.taps}")
        if self.fine is not None and (self.kind != "efficientnet_lite0" or len(self.fine) != 2 or min(self.fine) < 1):
            raise ValueError(f"encoder.fine takes two positive widths, for efficientnet_lite0 only, got {self.fine}")
        if self.kind == "openclip" and self.tower is None:
            raise ValueError("encoder.tower is missing: an openclip encoder needs the sizes of its tower")

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Rebuild from a dictionary (lists become tuples); unknown fields are an error."""
        data = tuples(data)
        tower = data.pop("tower", None)
        data.pop("name", None)  # earlier versions named an architecture here
        return cls(tower=TowerSizes(**tower) if tower else None, **data)


@runtime_checkable
class VisualEncoder(Protocol):
    """The contract of an encoder; mean and std are for RGB in [0, 1] and travel with its checkpoint."""

    mean: RGB
    std: RGB
    global_dim: int
    layer_channels: tuple[int, ...]

    def __call__(self, images: Tensor) -> Encoding:
        """Encode normalised RGB images (B, 3, S, S)."""
        ...


def normalised(images: NDArray[np.uint8] | Tensor, mean: RGB, std: RGB, device: torch.device) -> Tensor:
    """uint8 RGB (B, S, S, 3) -> float32 (B, 3, S, S) with an encoder's constants, channels last, on a device.

    Raises:
        ValueError: other numbers or another shape, such as pictures that were normalised already.
    """
    pixels = torch.as_tensor(images)
    if pixels.dtype != torch.uint8 or pixels.ndim != 4 or pixels.shape[3] != 3:
        raise ValueError(f"images must be uint8 (B, S, S, 3) RGB, got {pixels.dtype} {tuple(pixels.shape)}")
    x = pixels.to(device).permute(0, 3, 1, 2).float() / 255.0
    return (x - x.new_tensor(mean)[:, None, None]) / x.new_tensor(std)[:, None, None]
