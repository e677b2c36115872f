"""Several readings of one crop: what is enlarged lands where it belongs, and the means are means."""

import numpy as np
import pytest
import torch

from kfd.config import KFDConfig
from kfd.detector import KnowledgeGuidedDetector
from kfd.readings import CLOSER, read_once, read_thrice, resampled


@pytest.fixture(scope="module")
def detector() -> KnowledgeGuidedDetector:
    return KnowledgeGuidedDetector.create(KFDConfig.tiny(), 2).eval()


@pytest.fixture(scope="module")
def images(detector: KnowledgeGuidedDetector) -> torch.Tensor:
    side = detector.config.image_size
    pixels = np.random.default_rng(3).integers(0, 256, (3, side, side, 3), dtype=np.uint8)
    return detector.prepare(pixels)


def test_enlarging_shows_the_middle() -> None:
    row = torch.arange(32, dtype=torch.float32) + 0.5  # a ramp tells where each pixel comes from
    ramp = row.expand(1, 1, 32, 32)
    larger = resampled(ramp, 1 / CLOSER, "bicubic")[0, 0, 16]
    expected = 16 + (row - 16) / CLOSER
    torch.testing.assert_close(larger[1:-1], expected[1:-1], atol=0.06, rtol=0)
    upright = resampled(ramp.transpose(2, 3), 1 / CLOSER, "bicubic")[0, 0, :, 16]
    torch.testing.assert_close(upright[1:-1], expected[1:-1], atol=0.06, rtol=0)


def test_shrinking_undoes_it_and_leaves_the_rim_empty() -> None:
    ramp = (torch.arange(64, dtype=torch.float32) + 0.5).expand(1, 1, 64, 64)
    back = resampled(resampled(ramp, 1 / CLOSER, "bicubic"), CLOSER)[0, 0, 32]
    torch.testing.assert_close(back[5:-5], ramp[0, 0, 32, 5:-5], atol=0.1, rtol=0)
    assert back[:4].tolist() == [0.0] * 4
    assert back[-4:].tolist() == [0.0] * 4


@torch.inference_mode()
def test_the_means_are_those_of_three_passes(detector: KnowledgeGuidedDetector, images: torch.Tensor) -> None:
    found = read_thrice(detector, images)
    closer_images = resampled(images, 1 / CLOSER, "bicubic")
    plain, mirrored, closer = (detector(x) for x in (images, images.flip(-1), closer_images))
    logits = torch.stack([o.logits.double() for o in (plain, mirrored)]).mean(0)
    torch.testing.assert_close(found.logits, logits)
    torch.testing.assert_close(found.plain.consistency, plain.consistency)
    side = detector.config.map_size
    here, there, inner = (o.map_logits.softmax(1)[:, 1] for o in (plain, mirrored, closer))
    middle, corner = side // 2, 0
    near = resampled(inner[:, None], CLOSER)[:, 0, middle, middle]
    torch.testing.assert_close(
        found.forgery_map[:, middle, middle],
        (here[:, middle, middle] + there[:, middle, side - 1 - middle] + near) / 3,
    )
    torch.testing.assert_close(
        found.forgery_map[:, corner, corner], (here[:, corner, corner] + there[:, corner, side - 1]) / 2
    )


@torch.inference_mode()
def test_one_reading_is_the_crop_as_it_is(detector: KnowledgeGuidedDetector, images: torch.Tensor) -> None:
    found, plain = read_once(detector, images), detector(images)
    torch.testing.assert_close(found.logits, plain.logits.double())
    torch.testing.assert_close(found.forgery_map, plain.map_logits.softmax(1)[:, 1])


@torch.inference_mode()
def test_an_even_map_stays_even_up_to_the_rim(detector: KnowledgeGuidedDetector, images: torch.Tensor) -> None:
    """No seam where the enlarged middle ends: a detector that says the same everywhere gives a flat map."""

    class Flat(torch.nn.Module):
        def forward(self, x: torch.Tensor) -> object:
            output = detector(x)
            level = torch.tensor([0.0, 1.0])[None, :, None, None].expand_as(output.map_logits)
            return type(output)(**{**vars(output), "map_logits": level})

    flat = read_thrice(Flat(), images).forgery_map  # pyright: ignore[reportArgumentType]
    torch.testing.assert_close(flat, torch.full_like(flat, 0.7310586))
