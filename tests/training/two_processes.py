"""Three steps of each detector, by two gloo processes or by one that accumulates; run by test_processes.py.

python -m torch.distributed.run --standalone --nproc_per_node 2 tests/training/two_processes.py OUT.pt
"""

import dataclasses
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fakestormer.config import FakeSTormerConfig
from fakestormer.model import FakeSTormer
from fakestormer.sam import SharpnessAware
from kfd.config import KFDConfig
from kfd.detector import KnowledgeGuidedDetector
from training.processes import Processes, leave

STEPS, PARTS = 3, 2


def frame_loss(model: nn.Module, step: int, part: int) -> Tensor:
    """Of a micro-batch of pictures that depends on step and part only."""
    generator = torch.Generator().manual_seed(10 * step + part)
    out = model(torch.randn(3, 3, 64, 64, generator=generator))
    return F.softplus(out.logits).mean() + F.softplus(out.map_logits).mean()


def clip_loss(model: nn.Module, step: int, part: int) -> Tensor:
    """The same of clips."""
    generator = torch.Generator().manual_seed(10 * step + part)
    out = model(torch.randn(2, 3, 3, 32, 32, generator=generator))
    return F.softplus(out.logits).mean() + out.derivative.square().mean() + F.softplus(out.frame_logits).mean()


def models() -> dict[str, tuple[nn.Module, Callable[[nn.Module, int, int], Tensor]]]:
    """Tiny detectors without dropout and with fixed norm statistics, and their losses."""
    config = dataclasses.replace(FakeSTormerConfig.tiny(), drop_path=0.0, head_dropout=0.0)
    frame = KnowledgeGuidedDetector.create(KFDConfig.tiny(), 0).eval()
    return {"frame": (frame, frame_loss), "clip": (FakeSTormer.create(config, 0).eval(), clip_loss)}


def trained(parts: Sequence[int], average: Callable[[nn.Module], None]) -> dict[str, Tensor]:
    """All parameters after the steps, each over the mean of the losses of `parts`."""
    found = {}
    for name, (model, loss) in models().items():
        # plain descent: Adam would blow rounding up where a gradient is zero but for it (biases of attention's keys)
        optimiser = SharpnessAware(torch.optim.SGD(model.parameters(), lr=1e-2), 0.05)
        for step in range(STEPS):
            optimiser.step(lambda: _pass(model, loss, step, parts, average), model)  # noqa: B023 (called at once)
        found |= {f"{name}.{key}": value.detach() for key, value in model.named_parameters()}
    return found


def _pass(model: nn.Module, loss: Callable, step: int, parts: Sequence[int], average: Callable) -> Tensor:
    total = torch.stack([loss(model, step, part) for part in parts]).mean()
    total.backward()
    average(model)
    return total


def main() -> None:
    """This process's share of the micro-batches; the first writes its parameters."""
    processes = Processes.join("cpu")
    found = trained([processes.index], processes.average_gradients)
    assert processes.count == PARTS
    if processes.first:
        torch.save(found, sys.argv[1])
    leave()


if __name__ == "__main__":
    main()
