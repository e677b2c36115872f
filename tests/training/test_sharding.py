"""Runs in shards: what is whole, and a run of two processes that stops, goes on and leaves a checkpoint that loads."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from torch import nn

from assistant.cache import KeyValueCache
from assistant.llm import LanguageModel
from assistant.prompts import TextSegment
from training.common import WeightAverage, load_trained, trained_state
from training.sharding import norm_value, root_gathered, shard_like, whole, whole_state

ROOT = Path(__file__).resolve().parents[2]
VOCABULARY = ROOT / "checkpoints" / "embedded" / "language_model" / "tokenizer.model"


def test_what_is_not_in_shards_stays_as_it_is() -> None:
    layer = nn.Linear(3, 2)
    assert whole(layer.weight) is layer.weight
    assert shard_like(layer.bias, layer.bias) is layer.bias
    assert {k: v.tolist() for k, v in whole_state(layer).items()} == {
        k: v.tolist() for k, v in layer.state_dict().items()
    }
    assert norm_value(None) == 0.0
    assert norm_value(torch.tensor(2.5)) == norm_value(2.5) == 2.5
    with root_gathered(layer):
        assert layer(torch.zeros(1, 3)).shape == (1, 2)


def test_frozen_weights_are_left_out_and_another_run_is_refused() -> None:
    model = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2))
    model[0].requires_grad_(False)
    saved = trained_state(model)
    assert set(saved) == {"1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked"}
    load_trained(model, saved)
    with pytest.raises(ValueError, match="of another run"):
        load_trained(model, {**saved, "2.weight": torch.zeros(1)})
    model[0].requires_grad_(True)
    with pytest.raises(ValueError, match=r"0\.bias"):
        load_trained(model, saved)


def test_an_average_is_gone_on_with_where_the_weights_are() -> None:
    layer = nn.Linear(3, 2)
    saved = WeightAverage(layer).state_dict()
    average = WeightAverage(layer.to("meta"))
    average.load_state_dict(saved)
    average.update(layer)
    assert {value.device.type for value in average.state.values()} == {"meta"}


def launch(out: Path, steps: int) -> list[dict]:
    """Two processes that go on to so many steps; the lines of their log."""
    words = ["--stage", "tune", "--smoke", "--threads", "1", "--max-minutes", "9", "--vocabulary", str(VOCABULARY)]
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc_per_node", "2"]
    script = str(Path(__file__).with_name("sharded_run.py"))
    done = subprocess.run(
        [*command, script, *words, "--max-steps", str(steps), "--out", str(out)],
        capture_output=True, text=True, timeout=600, cwd=ROOT, env=None,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()]


@pytest.mark.slow
def test_a_run_in_shards_goes_on_and_leaves_a_checkpoint_that_loads(tmp_path: Path) -> None:
    assert launch(tmp_path, 2)[-1]["event"] == "checkpoint"
    saved = torch.load(tmp_path / "state.pt", weights_only=True)
    lines = launch(tmp_path, 4)
    assert [line["steps"] for line in lines if line["event"] == "start"] == [0, 2]
    after = torch.load(tmp_path / "state.pt", weights_only=True)
    assert (saved["steps"], after["steps"]) == (2, 4)
    lm = LanguageModel.load(tmp_path / "checkpoint" / "language_model")
    shapes = {name: p.shape for name, p in lm.model.named_parameters()}
    for name, shape in shapes.items():  # whole, not a shard, in weights, averages and the optimiser
        assert after["model"][f"lm.{name}"].shape == after["average"]["state"][f"lm.{name}"].shape == shape
        assert after["optimiser"]["state"][f"lm.{name}"]["exp_avg"].shape == shape
    assert any(not torch.equal(after["model"][k], v) for k, v in saved["model"].items())
    counted = {int(state["step"]) for state in after["optimiser"]["state"].values() if "step" in state}
    assert max(counted) == 4  # it went on from its own state
    name = "model.layers.0.self_attn.q_proj.weight"
    expected = after["average"]["state"][f"lm.{name}"].half().float()
    torch.testing.assert_close(lm.model.get_parameter(name).detach(), expected)
    assert lm.next_logits([TextSegment((5, 6))], KeyValueCache()).isfinite().all()
