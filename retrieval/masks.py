"""Masks around clicks for the picture that a model reads (ExDDV §4.3), and clicks that move with their picture.

Masks multiply the *normalised* picture, so what is masked becomes 0 there: the mean colour, not black. The radius is
75 px of a 224 px input and grows with the input. Several clicks give the union (the largest value at each place): a
product, as in the released notebooks, would erase everything where two discs do not overlap.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self, get_args

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from media.errors import BadRequest

if TYPE_CHECKING:
    from torch import Tensor

MaskKind = Literal["none", "hard", "soft", "blurred"]
RADIUS, REFERENCE_SIDE = 75.0, 224
"""Best radius of the paper's search from 50 to 150 px, and the input side that it belongs to."""
BLUR_KERNEL, BLUR_SIGMA = 83, 83.0
"""Of the released code's blurred disc, in pixels of the same input."""


def click_mask(
    points: ArrayLike, shape: tuple[int, int], kind: MaskKind = "soft", radius: float | None = None
) -> NDArray[np.float32]:
    """What of a picture is kept around clicks.

    Args:
        points: (N, 2) clicks as (x, y) in [0, 1] of the input; none keeps the whole picture.
        shape: (height, width) of the input in pixels.
        kind: "hard" = a disc; "soft" = a Gaussian with sigma = radius, as the paper says; "blurred" = a disc, blurred,
            stretched to [0, 1] and dilated once, as the released code does; "none" keeps everything.
        radius: in pixels of the input; None scales 75 px at 224 px with the shorter side.

    Returns:
        (height, width) float32 in [0, 1].
    """
    if kind not in get_args(MaskKind):
        raise BadRequest(f"A click mask is one of {', '.join(get_args(MaskKind))}, not {kind!r}.")
    xy = np.asarray(points, np.float64).reshape(-1, 2)
    if not len(xy) or kind == "none":
        return np.ones(shape, np.float32)
    scale = min(shape) / REFERENCE_SIDE
    reach = RADIUS * scale if radius is None else radius
    if reach <= 0 or not np.isfinite(xy).all():
        raise BadRequest("A click mask needs clicks that are numbers and a radius above 0.")
    dx = np.arange(shape[1]) + 0.5 - xy[:, :1] * shape[1]  # (N, W)
    dy = np.arange(shape[0]) + 0.5 - xy[:, 1:] * shape[0]  # (N, H)
    if kind == "soft":
        rows, columns = (np.exp(-(d**2) / (2 * reach**2)) for d in (dy, dx))
        return (rows[:, :, None] * columns[:, None, :]).max(axis=0).astype(np.float32)
    discs = ((dy[:, :, None] ** 2 + dx[:, None, :] ** 2) <= reach**2).astype(np.float32)
    if kind == "blurred":
        discs = np.stack([_blurred(disc, scale) for disc in discs])
    return discs.max(axis=0)


def _blurred(disc: NDArray[np.float32], scale: float) -> NDArray[np.float32]:
    """The released code's soft mask; its 83 px kernel grows with the input and stays odd."""
    side = 2 * round(BLUR_KERNEL * scale / 2 - 0.5) + 1
    soft = cv2.GaussianBlur(disc, (side, side), BLUR_SIGMA * scale)
    low, high = float(soft.min()), float(soft.max())
    if high <= low:  # the disc covers the whole picture, or none of it
        return disc
    cross = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))
    return np.asarray(cv2.dilate((soft - low) / (high - low), cross), np.float32)


def apply_mask(images: "Tensor", mask: NDArray[np.float32]) -> "Tensor":
    """Normalised pictures (..., C, H, W) times a mask (H, W)."""
    if tuple(images.shape[-2:]) != mask.shape:
        raise BadRequest(f"The mask is {mask.shape}, the picture {tuple(images.shape[-2:])}: make it for the input.")
    return images * images.new_tensor(mask)


@dataclass(frozen=True, eq=False)
class Placed:
    """A picture on its way to a model's input, and where each point of the frame has gone.

    Attributes:
        pixels: (H, W, 3) uint8 RGB.
        matrix: (2, 3) float64, from pixels of the original frame to pixels of this picture.
    """

    pixels: NDArray[np.uint8]
    matrix: NDArray[np.float64]

    @classmethod
    def of(cls, frame: NDArray[np.uint8]) -> Self:
        """A whole frame."""
        return cls(frame, np.eye(2, 3))

    def _moved(self, pixels: NDArray[np.uint8], step: ArrayLike) -> Self:
        both = np.vstack([self.matrix, [0.0, 0.0, 1.0]])
        return type(self)(np.ascontiguousarray(pixels, np.uint8), np.asarray(step, np.float64) @ both)

    def padded(self, value: int | tuple[int, int, int] = 0) -> Self:
        """Made square by equal bars of one grey or colour on both sides, as LLaVA prepares its input."""
        height, width = self.pixels.shape[:2]
        side = max(height, width)
        top, left = (side - height) // 2, (side - width) // 2
        out = np.full((side, side, 3), value, np.uint8)
        out[top : top + height, left : left + width] = self.pixels
        return self._moved(out, [[1, 0, left], [0, 1, top]])

    def cut(self, x0: int, y0: int, width: int, height: int) -> Self:
        """A part of the picture, e.g. a random or a centre crop."""
        inside = 0 <= x0 and 0 <= y0 and x0 + width <= self.pixels.shape[1] and y0 + height <= self.pixels.shape[0]
        if not inside or width < 1 or height < 1:
            raise BadRequest(f"The part {x0}, {y0}, {width} x {height} does not lie inside the picture.")
        return self._moved(self.pixels[y0 : y0 + height, x0 : x0 + width], [[1, 0, -x0], [0, 1, -y0]])

    def flipped(self) -> Self:
        """Left and right exchanged."""
        return self._moved(self.pixels[:, ::-1], [[-1, 0, self.pixels.shape[1]], [0, 1, 0]])

    def resized(self, width: int, height: int) -> Self:
        """In another size."""
        x, y = width / self.pixels.shape[1], height / self.pixels.shape[0]
        how = cv2.INTER_AREA if x < 1 or y < 1 else cv2.INTER_LINEAR
        pixels = np.asarray(cv2.resize(self.pixels, (width, height), interpolation=how), np.uint8)
        return self._moved(pixels, [[x, 0, 0], [0, y, 0]])

    def points(self, frame_points: ArrayLike) -> NDArray[np.float64]:
        """Points (N, 2) of the frame, in its pixels, as they lie here in [0, 1]; those cut off lie outside."""
        xy = np.asarray(frame_points, np.float64).reshape(-1, 2)
        height, width = self.pixels.shape[:2]
        return (xy @ self.matrix[:, :2].T + self.matrix[:, 2]) / (width, height)

    def mask(
        self, frame_points: ArrayLike, kind: MaskKind = "soft", radius: float | None = None
    ) -> NDArray[np.float32]:
        """The click mask of this picture for clicks in pixels of the frame; clicks that were cut off still count."""
        height, width = self.pixels.shape[:2]
        return click_mask(self.points(frame_points), (height, width), kind, radius)
