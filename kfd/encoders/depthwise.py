"""Depthwise convolution whose backward pass is quick on a CPU.

In bfloat16 on a CPU the library's own gradients of strided and of 5x5 depthwise convolutions take 5 to 20 times as long
as their forward pass. Here the input's gradient is a forward convolution (with the kernel turned round, on the
gradient spread by the stride), and a large kernel's gradient is put together from those of 3x3 windows of it.
"""

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

_WINDOW = 3


class _Depthwise(torch.autograd.Function):
    """Unpadded depthwise convolution (B, C, H, W) * (C, 1, k, k), k odd."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, stride: int) -> Tensor:
        ctx.save_for_backward(x, weight)
        ctx.stride = stride
        return F.conv2d(x, weight, stride=stride, groups=x.shape[1])

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, Tensor | None, None]:  # pyright: ignore[reportIncompatibleMethodOverride]
        x, weight = ctx.saved_tensors
        gradient = gradients[0].contiguous(memory_format=torch.channels_last)
        for_x = _input_gradient(gradient, weight, ctx.stride, x.shape) if ctx.needs_input_grad[0] else None
        for_weight = _weight_gradient(gradient, x, weight, ctx.stride) if ctx.needs_input_grad[1] else None
        return for_x, for_weight, None


def _input_gradient(gradient: Tensor, weight: Tensor, stride: int, shape: torch.Size) -> Tensor:
    batch, channels, height, width = gradient.shape
    spread = gradient
    if stride > 1:
        sides = ((height - 1) * stride + 1, (width - 1) * stride + 1)
        spread = gradient.new_zeros(batch, channels, *sides).contiguous(memory_format=torch.channels_last)
        spread[:, :, ::stride, ::stride] = gradient
    out = F.conv2d(spread, weight.flip(2, 3), padding=weight.shape[-1] - 1, groups=channels)
    unread = (0, shape[3] - out.shape[3], 0, shape[2] - out.shape[2])  # what the last stride did not reach
    return F.pad(out, unread) if any(unread) else out


def _weight_gradient(gradient: Tensor, x: Tensor, weight: Tensor, stride: int) -> Tensor:
    out = torch.empty_like(weight)
    rows, columns = ((n - 1) * stride + _WINDOW for n in gradient.shape[2:])
    for i in range(0, weight.shape[-1] - _WINDOW + 1, _WINDOW - 1):
        for j in range(0, weight.shape[-1] - _WINDOW + 1, _WINDOW - 1):
            seen = x[:, :, i : i + rows, j : j + columns].contiguous(memory_format=torch.channels_last)
            window = weight[:, :, i : i + _WINDOW, j : j + _WINDOW].contiguous()
            out[:, :, i : i + _WINDOW, j : j + _WINDOW] = torch.ops.aten.convolution_backward(
                gradient, seen, window, None, [stride, stride], [0, 0], [1, 1], False, [0, 0], x.shape[1],
                [False, True, False],
            )[1]  # fmt: skip
    return out


def depthwise(x: Tensor, weight: Tensor, stride: int) -> Tensor:
    """Depthwise convolution without padding; the same values and gradients as `conv2d(groups=C)`.

    Args:
        x: (B, C, H, W), H, W >= k.
        weight: (C, 1, k, k), k odd.

    Returns:
        (B, C, (H - k) // stride + 1, (W - k) // stride + 1) in the autocast type, if there is one.
    """
    if not torch.is_grad_enabled() or x.device.type != "cpu" or weight.shape[-1] < _WINDOW:
        return F.conv2d(x, weight, stride=stride, groups=x.shape[1])
    if torch.is_autocast_enabled("cpu"):
        kind = torch.get_autocast_dtype("cpu")
        x, weight = x.to(kind), weight.to(kind)
    return _Depthwise.apply(x, weight, stride)  # pyright: ignore[reportReturnType]
