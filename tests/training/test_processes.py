"""Two processes that average their gradients make the steps of one that accumulates the same micro-batches."""

import subprocess
import sys
from pathlib import Path

import pytest
import torch

from tests.training.two_processes import PARTS, models, trained


@pytest.mark.slow
def test_two_gloo_processes_equal_one_that_accumulates(tmp_path: Path) -> None:
    script = Path(__file__).with_name("two_processes.py")
    launch = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc_per_node", str(PARTS)]
    done = subprocess.run([*launch, str(script), str(tmp_path / "two.pt")], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    two = torch.load(tmp_path / "two.pt", weights_only=True)
    one = trained(range(PARTS), lambda model: None)
    assert two.keys() == one.keys()
    for name, value in one.items():
        torch.testing.assert_close(two[name], value, rtol=1e-4, atol=1e-6, msg=name)
    start = {f"{kind}.{n}": p for kind, (model, _) in models().items() for n, p in model.named_parameters()}
    assert sum(not torch.equal(one[n], p) for n, p in start.items()) > 0.8 * len(start)
    alone = trained([0], lambda model: None)
    assert any(not torch.allclose(alone[n], v, atol=1e-4) for n, v in one.items())  # the other half mattered
