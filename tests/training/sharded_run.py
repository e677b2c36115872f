"""training/prompt_tune.py by two processes on a CPU whose weights are in shards (FSDP 2); run by test_sharding.py.

accelerate lets only accelerators shard, so it is told that this is one; what follows is the script's own run.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from accelerate import PartialState
from accelerate.utils import DistributedType


def main() -> None:
    """Run it with the command's options; the settings are those of training/configs/fsdp.yaml."""
    import yaml

    config = yaml.safe_load((Path(__file__).resolve().parents[2] / "training/configs/fsdp.yaml").read_text())
    fsdp = config["fsdp_config"]
    os.environ |= {
        "ACCELERATE_USE_FSDP": "true",
        "FSDP_VERSION": str(fsdp["fsdp_version"]),
        "FSDP_AUTO_WRAP_POLICY": fsdp["fsdp_auto_wrap_policy"],
        "FSDP_TRANSFORMER_CLS_TO_WRAP": fsdp["fsdp_transformer_layer_cls_to_wrap"],
        "FSDP_RESHARD_AFTER_FORWARD": str(fsdp["fsdp_reshard_after_forward"]).lower(),
        "FSDP_CPU_RAM_EFFICIENT_LOADING": str(fsdp.get("fsdp_cpu_ram_efficient_loading", True)).lower(),
    }
    PartialState(cpu=True)
    PartialState._shared_state["distributed_type"] = DistributedType.MULTI_GPU
    from training.prompt_tune import main

    main(sys.argv[1:])


if __name__ == "__main__":
    main()
