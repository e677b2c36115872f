"""The same parity at the release's full size: 1.2 thousand million random numbers in bfloat16, some minutes on a CPU.

Run by `pytest -m full`.

Needs 4 GB of memory beside what the system keeps of mapped files, and 6 GB of disk. The reference reads one weight at a
time; the converter keeps files mapped.
"""

import gc
from pathlib import Path

import pytest
import torch
from torch import Tensor

from kfd.convert.release import ReleaseOptions, ReleaseSizes, convert_release
from kfd.release.checkpoint import load_release
from tests.kfd.release_reference import Reference, block_outputs
from tests.kfd.release_weights import release_state


@pytest.mark.full
@torch.inference_mode()
def test_full_size_parity(tmp_path: Path) -> None:
    sizes = ReleaseSizes()
    torch.save(release_state(sizes, dtype=torch.bfloat16), tmp_path / "ckpt.pth")
    gc.collect()
    report = convert_release(tmp_path / "ckpt.pth", tmp_path / "out", ReleaseOptions(sizes, lora="unmerged"))
    assert report["encoder_lora"]["pairs"] == 2 * (32 + 24) + 2
    images = torch.randn(1, 3, 224, 224, generator=torch.Generator().manual_seed(1))
    state = torch.load(tmp_path / "ckpt.pth", weights_only=True, mmap=True)
    reference = Reference(state, (16, 16), 14, 32)
    embedding, blocks = reference.vision(images)
    text = reference.descriptions()
    maps = reference.maps(blocks, sizes.detector.taps, text, 224)
    located, scores = reference.locate(maps), reference.classify(maps)

    detector, _ = load_release(tmp_path / "out" / "kfd")
    seen = block_outputs(detector.towers.visual)
    output = detector(images)
    found = {
        "image embedding": largest(output.global_token, embedding),
        "text features": largest(detector.text.features, text),
        "block outputs": max(largest(a, b.transpose(0, 1)) for a, b in zip(seen, blocks, strict=True)),
        "maps": largest(output.consistency, torch.cat(maps, 1)),
        "map logits, relative": largest(output.map_logits, located) / float(located.abs().max()),
        "logits, relative": largest(output.logits, scores) / float(scores.abs().max()),
    }
    scale = max(float(b.abs().max()) for b in blocks)
    assert found["image embedding"] < 1e-5, found
    assert found["text features"] < 1e-5, found
    assert found["block outputs"] < 1e-4, (found, scale)
    assert found["maps"] < 1e-3, found
    assert max(found["map logits, relative"], found["logits, relative"]) < 1e-5, found
    print(found, "largest block output", scale)


def largest(a: Tensor, b: Tensor) -> float:
    return float((a - b).abs().max())
