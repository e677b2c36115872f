"""What moves from frame to frame, measured: local flow by least squares, and what no local flow explains.

In each small window the change between two frames is fitted by one shift and one change of brightness (Lucas and
Kanade, 1981, with an offset). A face that was made frame by frame differs from its surroundings in the fitted motion,
or leaves a rest that no motion explains.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

SCALES = (1, 2)  # how much a picture is shrunk before its motion is read
CHANNELS = 6  # numbers a window and scale: shift x, shift y, offset, texture, change, share unexplained
WINDOW = 8  # pixels of the input; four windows fill a cell of 16
_FLOOR = 1e-3  # variance of the sensor noise in normalised pixels: below it nothing is measured
_REACH = 4.0  # pixels at a scale beyond which a fitted shift means nothing


def local_motion(clips: Tensor, window: int = WINDOW) -> Tensor:
    """Fit shift and offset in each window of each pair of neighbouring frames.

    Args:
        clips: normalised (B, T, 3, S, S).
        window: side in pixels of the input; S is a multiple of it.

    Returns:
        (B, T-1, CHANNELS * len(SCALES), S / window, S / window), all of the order of 1.
    """
    grey = clips.float().mean(2)
    return torch.cat([_at_scale(grey, scale, window) for scale in SCALES], 2)


def _at_scale(grey: Tensor, scale: int, window: int) -> Tensor:
    b, t, size, _ = grey.shape
    frames = F.avg_pool2d(grey, scale) if scale > 1 else grey
    frames = F.avg_pool2d(F.pad(frames, (1, 1, 1, 1), mode="replicate"), 3, 1)
    change = (frames[:, 1:] - frames[:, :-1]).flatten(0, 1)
    middle = ((frames[:, 1:] + frames[:, :-1]) / 2).flatten(0, 1)
    padded = F.pad(middle, (1, 1, 1, 1), mode="replicate")
    x = (padded[:, 1:-1, 2:] - padded[:, 1:-1, :-2]) / 2
    y = (padded[:, 2:, 1:-1] - padded[:, :-2, 1:-1]) / 2

    def mean(values: Tensor) -> Tensor:
        """Weighted by a window twice as wide: neighbouring windows share pixels, so the fits are steadier."""
        near = F.avg_pool2d(values[:, None], window // scale)
        return F.avg_pool2d(F.pad(near, (1, 1, 1, 1), mode="replicate"), 3, 1)[:, 0]

    mx, my, mt = mean(x), mean(y), mean(change)
    xx, yy, xy = mean(x * x) - mx * mx + _FLOOR, mean(y * y) - my * my + _FLOOR, mean(x * y) - mx * my
    xt, yt, tt = mean(x * change) - mx * mt, mean(y * change) - my * mt, mean(change * change) - mt * mt
    det = (xx * yy - xy * xy).clamp(min=_FLOOR**2)
    u = ((-yy * xt + xy * yt) / det).clamp(-_REACH, _REACH)
    v = ((xy * xt - xx * yt) / det).clamp(-_REACH, _REACH)
    offset = mt + u * mx + v * my
    rest = (tt + 2 * (u * xt + v * yt) + u * u * xx + v * v * yy + 2 * u * v * xy).clamp(min=0)
    texture, changed = ((torch.log(a + _FLOOR) + 5) / 2 for a in (det.sqrt(), tt.clamp(min=0)))
    found = torch.stack([u, v, 4 * offset, texture, changed, rest / (tt.clamp(min=0) + _FLOOR)], 1)
    return found.unflatten(0, (b, t - 1))


class MotionStem(nn.Module):
    """Measured motion as tokens: each cell sees its windows and those near it, at this step, the one before and after.

    A small network of convolutions: it learns what fits together in motion from a few thousand clips, which attention
    alone does not (docs/video-training.md).
    """

    def __init__(self, patch_size: int, dim: int) -> None:
        super().__init__()
        self.fold = patch_size // WINDOW
        seen = 3 * CHANNELS * len(SCALES) * self.fold**2
        layers: list[nn.Module] = [nn.BatchNorm2d(seen), nn.Conv2d(seen, dim, 1), nn.GELU()]
        for _ in range(2):
            layers += [nn.Conv2d(dim, dim, 3, padding=1, bias=False), nn.BatchNorm2d(dim), nn.GELU()]
        self.layers = nn.Sequential(*layers, nn.Conv2d(dim, dim, 1))

    def forward(self, steps: Tensor) -> Tensor:
        """Of `local_motion` (B, T-1, K, W, W) -> (B, T, D, g, g), a frame's tokens from the step that led to it."""
        b, count = steps.shape[:2]
        folded = F.pixel_unshuffle(steps.flatten(0, 1), self.fold).unflatten(0, (b, count))
        led = [max(t - 1, 0) for t in range(count + 1)]  # the first frame has the first step
        near = [folded[:, [min(max(t + k, 0), count - 1) for t in led]] for k in (-1, 0, 1)]
        return self.layers(torch.cat(near, 2).flatten(0, 1)).unflatten(0, (b, count + 1))
