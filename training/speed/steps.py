"""Training steps a second of both stages: the steps of the training scripts themselves, on random inputs."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from accelerate import Accelerator

from kfd.detector import KnowledgeGuidedDetector
from media.records import Signals
from training.common import RunLog, WeightAverage
from training.kfd_data import PairBatch
from training.kfd_loop import TEXT_EVERY, KfdRun
from training.kfd_model import parameter_groups as detector_groups
from training.kfd_sources import Sources
from training.lm_data import IGNORED, SIGNALS, ConversationMaker, Example, Options, Picture
from training.lm_loop import TuneRun
from training.lm_loop import parameter_groups as tune_groups
from training.lm_model import FACTS, TuneModel
from training.lm_sources import TuneSources, with_lora
from training.processes import Processes
from training.speed.build import (
    attach_text,
    build_detector,
    build_language,
    build_predictor,
    build_prompt,
    encoder_of,
    look,
    random_pictures,
)
from training.speed.meter import Meter, flops, parameters_of
from training.speed.sizes import Size

_ENDLESS_MINUTES = 1e9


def measure_training(size: Size, meter: Meter, rate: float, out: Path) -> dict[str, Any]:
    """Records "stage1" and "stage2"; rate: measured operations a second in bfloat16, in which both stages compute."""
    stages = {"stage1": detector_steps, "stage2": language_steps}
    found: dict[str, Any] = {}
    for name, stage in stages.items():
        meter.free()
        found[name] = meter.within_memory(lambda do=stage: do(size, meter, rate, out))
    meter.free()
    return found


def _steps(do: Callable[[], Any], count: int, meter: Meter, rate: float, *modules: torch.nn.Module) -> dict[str, Any]:
    """What do() costs, which makes `count` steps."""
    seconds = meter.seconds(do) / count
    work = flops(do) / count
    learned = sum(p.numel() for m in modules for p in m.parameters() if p.requires_grad)
    return {
        "seconds_per_step": seconds, "steps_per_s": 1 / seconds, "tflop_per_step": work / 1e12,
        "matrix_share": work / seconds / rate, "memory": meter.memory(),
        "parameters": parameters_of(*modules), "learned": learned,
    }  # fmt: skip


def detector_steps(size: Size, meter: Meter, rate: float, out: Path) -> dict[str, Any]:
    """Stage 1: forward, losses, backward, optimiser, average; the text encoder at every fourth step, as in training."""
    detector = build_detector(size.detectors[size.trained], meter)
    assert isinstance(detector, KnowledgeGuidedDetector)
    attach_text(detector, size.text, meter)
    if size.frozen:
        encoder_of(detector).requires_grad_(False)
    else:  # what learns keeps its weights in float32; the passes are in bfloat16
        encoder_of(detector).float()
    detector.train()
    args = argparse.Namespace(
        device=meter.device.type,
        lr=1e-3,
        max_minutes=_ENDLESS_MINUTES,
        max_steps=None,
        curriculum=0.4,
        fix_norms=1.0,
        loss="paper" if size.frozen else "shipped",
    )
    optimiser = torch.optim.AdamW(detector_groups(detector, 0.02, 0.5), lr=args.lr)
    run = KfdRun(
        args, detector, optimiser, WeightAverage(detector),
        cast(Sources, None),  # a step is given its batch
        RunLog(out, write=False), torch.zeros(1, dtype=torch.float64), Processes.join(args.device),
    )  # fmt: skip
    batch = _pairs(size.pairs, detector.config.image_size, meter)
    found = _steps(lambda: [run.step(batch) for _ in range(TEXT_EVERY)], TEXT_EVERY, meter, rate, detector)
    images = len(batch.images)
    return {"images": images, "images_per_s": images * found["steps_per_s"], "encoder_learns": not size.frozen, **found}


def _pairs(pairs: int, side: int, meter: Meter) -> PairBatch:
    """Noise as real and forged pictures, a square as what was changed."""
    images = torch.from_numpy(random_pictures(2 * pairs, side, meter)).permute(0, 3, 1, 2)
    masks = torch.zeros(2 * pairs, side, side, dtype=torch.uint8)
    masks[pairs:, : side // 2, : side // 2] = 255
    return PairBatch(images, masks, ("random",) * pairs)


def language_steps(size: Size, meter: Meter, rate: float, out: Path) -> dict[str, Any]:
    """Stage 2 on conversations about pictures: prompt learner, and LoRA or the whole language model."""
    predictor = build_predictor(next(iter(size.detectors.values())), meter)
    seen = look(predictor, random_pictures(1, predictor.image_size, meter), meter)
    del predictor  # in training its signals are computed once, before the first step
    lm = build_language(size.language, meter, meter.dtype if size.lora else torch.float32)
    if size.checkpointing:
        lm.model.activation_checkpointing_enable()
    if size.lora:
        lm.model = with_lora(lm.model, size.lora)
    prompt = build_prompt(size.prompt, seen, lm.hidden_size, meter)
    with meter.seeded(4):
        model = TuneModel(lm.model, prompt, prompt.cfg.n_forgery + prompt.cfg.raw_score)
    model.to(meter.device)
    meter.free()
    accelerator = Accelerator(cpu=not meter.on_gpu, mixed_precision="bf16")
    args = argparse.Namespace(device=str(accelerator.device), lr=1e-4, max_minutes=_ENDLESS_MINUTES, max_steps=None)
    optimiser = torch.optim.AdamW(tune_groups(model, 0.05), lr=args.lr, betas=(0.9, 0.95))
    trained, optimiser = accelerator.prepare(model, optimiser)
    sources = TuneSources(lm, model, ConversationMaker(lm.prompts, Options()), None, None, {}, [], {})
    run = TuneRun(args, accelerator, sources, trained, optimiser, WeightAverage(model), RunLog(out, write=False))
    rng = np.random.default_rng(meter.seed)
    examples = [_conversation(rng, size, seen, lm.tokenizer.vocab_size, model) for _ in range(size.conversations)]
    found = _steps(lambda: run.step(examples), 1, meter, rate, model)
    accelerator.free_memory()
    tokens = sum(map(len, examples))
    return {
        "tokens": tokens, "tokens_per_s": tokens * found["steps_per_s"], "conversations": size.conversations,
        "lora_rank": size.lora, "gradient_checkpointing": size.checkpointing, **found,
    }  # fmt: skip


def _conversation(rng: np.random.Generator, size: Size, seen: Signals, vocabulary: int, model: TuneModel) -> Example:
    """Random ids with a picture's tokens near the beginning; every second position is learned."""
    assert model.prompt is not None
    soft, start = len(model.prompt.no_picture), size.lengths.before
    ids = rng.integers(0, vocabulary, size.tokens).tolist()
    labels = [token if place % 2 and place >= start + soft else IGNORED for place, token in enumerate(ids)]
    slots = [(start + token, 0, token) for token in range(soft)]
    picture = Picture(SIGNALS, rng.random(FACTS, np.float32), seen)
    return Example(ids, labels, slots, [picture])
