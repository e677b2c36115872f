"""Writes what stage 2 made: language model, prompt learner, and the helpers for a run that goes on."""

import argparse
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from safetensors.torch import save_file
from torch import Tensor

from assistant.question_reader import READER_FILE
from assistant.remote.identity import write_index
from prompt_learner.checkpoint import save_prompt_model
from prompt_learner.model import PromptModel
from training.common import provenance
from training.lm_model import HELPERS

if TYPE_CHECKING:
    from training.lm_sources import TuneSources


def write_checkpoint(
    args: argparse.Namespace,
    sources: "TuneSources",
    state: Mapping[str, Tensor],
    before: dict[str, float],
    after: dict[str, float],
    steps: int,
    seconds: float,
) -> Path:
    """RUN/checkpoint/{language_model,prompt_learner} and helpers.safetensors; fp16 of `state`, the module's weights."""
    folder = args.out / "checkpoint"
    meta = {
        "stage": args.stage,
        **provenance(args, steps, seconds),
        "data": sources.description,
        "targets": args.targets,
        "prompt_style": vars(sources.lm.prompts.style) | {"task": sources.maker.task},
        "metrics": {"before": before, "after": after},
        "licence": f"research use: trained on {sources.description['sources']}; signals of photos under non-commercial "
        f"licences; annotations under {sources.description['examples']['human']}",
        "intended_use": "words around a detector's finding; never the finding itself",
    }
    _save_language_model(args, sources, _under(state, "lm."), folder / "language_model", meta)
    helpers = {k: v for k, v in state.items() if k.startswith(("fact_tokens.", "fact_head."))}
    blank = state.get("blank", state.get("prompt.no_picture"))
    if blank is not None:
        helpers["blank"] = blank
    save_file({k: v.float().contiguous().cpu() for k, v in helpers.items()}, folder / HELPERS)
    if sources.model.prompt is not None:
        prompt = PromptModel(sources.model.prompt.cfg)
        prompt.load_state_dict(_under(state, "prompt."))
        save_prompt_model(prompt, folder / "prompt_learner", meta)
    return folder


def _under(state: Mapping[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): value for name, value in state.items() if name.startswith(prefix)}


def _save_language_model(
    args: argparse.Namespace, sources: "TuneSources", weights: dict[str, Tensor], folder: Path, meta: dict[str, Any]
) -> None:
    lm = sources.lm
    folder.mkdir(parents=True, exist_ok=True)
    if hasattr(lm.model, "peft_config"):
        lm.model.save_pretrained(folder, state_dict=weights)
    else:
        dtype = next(lm.model.parameters()).dtype
        state = {k: v.to(torch.float16) for k, v in weights.items()}
        lm.model.config.dtype = torch.float16
        lm.model.save_pretrained(folder, state_dict=state)
        lm.model.config.dtype = dtype
        write_index(folder)
        lm.tokenizer.save(folder)
    if args.init is not None and (args.init / "language_model" / READER_FILE).is_file():
        shutil.copyfile(args.init / "language_model" / READER_FILE, folder / READER_FILE)
    (folder / "meta.json").write_text(json.dumps(meta, indent=1, sort_keys=True) + "\n")
