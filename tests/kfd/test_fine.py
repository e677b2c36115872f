"""The path that keeps every pixel, beside the encoder that halves the picture at once."""

import pytest
import torch

from kfd.config import KFDConfig
from kfd.encoders.base import EncoderConfig
from kfd.encoders.efficientnet import EfficientNetLite
from kfd.encoders.fine import FineDetail

WIDTHS = (6, 8)


def _encoder(fine: tuple[int, int] | None) -> EfficientNetLite:
    torch.manual_seed(0)
    return EfficientNetLite(EncoderConfig(fine=fine)).eval()


def test_shapes_follow_the_layers_at_strides_4_and_8() -> None:
    near, far = FineDetail(9, WIDTHS, (24, 40))(torch.randn(2, 9, 64, 64))
    assert (near.shape, far.shape) == ((2, 24, 16, 16), (2, 40, 8, 8))


def test_an_encoder_that_gets_the_path_starts_as_it_was() -> None:
    plain, fine = _encoder(None), _encoder(WIDTHS)
    missing = fine.load_state_dict(plain.state_dict(), strict=False).missing_keys
    assert missing
    assert all(name.startswith("fine.") for name in missing)
    x = torch.randn(1, 3, 64, 64)
    with torch.no_grad():
        for a, b in zip(plain(x).layers, fine(x).layers, strict=True):
            torch.testing.assert_close(a, b)


def test_a_pattern_of_single_pixels_reaches_every_layer_once_learned() -> None:
    fine = _encoder(WIDTHS)
    assert fine.fine is not None
    x = torch.randn(1, 3, 64, 64)
    with torch.no_grad():
        before = fine(x).layers
        for out in fine.fine.outs:
            torch.nn.init.normal_(out.weight, std=0.3)
        after = fine(x).layers
    assert all(not torch.allclose(a, b) for a, b in zip(before, after, strict=True))


def test_all_its_weights_learn_within_three_steps() -> None:
    torch.manual_seed(1)
    path = FineDetail(3, WIDTHS, (4, 5))
    optimiser = torch.optim.SGD(path.parameters(), lr=0.1)
    start = {name: p.detach().clone() for name, p in path.named_parameters()}
    x, goals = torch.randn(4, 3, 32, 32), (torch.randn(4, 4, 8, 8), torch.randn(4, 5, 4, 4))
    for _ in range(3):
        optimiser.zero_grad()
        sum(((out - goal) ** 2).mean() for out, goal in zip(path(x), goals, strict=True)).backward()
        optimiser.step()
    assert not [name for name, p in path.named_parameters() if torch.equal(p, start[name])]


def test_settings_travel_and_wrong_ones_are_refused() -> None:
    config = KFDConfig(encoder=EncoderConfig(fine=WIDTHS))
    assert KFDConfig.from_dict(config.to_dict()).encoder.fine == WIDTHS
    with pytest.raises(ValueError, match="multiple of 8"):
        KFDConfig(encoder=EncoderConfig(fine=WIDTHS), image_size=100, head_size=25)
    with pytest.raises(ValueError, match=r"encoder\.fine"):
        EncoderConfig("embedded", fine=WIDTHS)
    with pytest.raises(ValueError, match=r"encoder\.fine"):
        EncoderConfig(fine=(0, 8))
