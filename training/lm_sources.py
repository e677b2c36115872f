"""Where stage 2 takes its conversations, pictures and models from."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file

from assistant.llm import LanguageModel
from assistant.tokenizers import SENTENCEPIECE_FILE, SentencePieceTokenizer
from media.errors import BadRequest, MissingCheckpoint
from prompt_learner.checkpoint import load_prompt_model
from prompt_learner.config import PromptLearnerConfig
from prompt_learner.model import PromptModel
from training.common import data_hash
from training.experiments import WIDTHS
from training.lm_data import ConversationMaker, Example, Options, Sample, bucketed, general_drawer
from training.lm_dialogue import read_general, read_pandagpt
from training.lm_evidence import draw_finding
from training.lm_examples import ExamplePool
from training.lm_model import HELPERS, TuneModel

VALIDATION_SEED = 7

SMALL_TALK = (
    ["Good morning! How are you?", "I am well, thank you. How can I help?", "What is two plus two?", "Four."],
    ["Please book a table for two.", "At what time would you like to eat?", "At 7 pm.", "Your table is booked."],
    ["Write a short line about the sea.", "The sea sings to the shore all night."],
)
Draw = Callable[[], Example | None]


@dataclass
class TuneSources:
    """Models and conversations of one run.

    Attributes:
        lm: language model and vocabulary. model: what is trained.
        pictures, general: endless batches of examples. checks: fixed validation examples by name.
        samples: validation pictures for the Yes/No score. maker: builds conversations.
        description: for meta.json.
    """

    lm: LanguageModel
    model: TuneModel
    maker: ConversationMaker
    pictures: Any
    general: Any
    checks: dict[str, list[Example]]
    samples: list[Sample]
    description: dict[str, Any]


def build_sources(args: argparse.Namespace, place: str, rank: int = 0, done: int = 0) -> TuneSources:
    """Load or make the models, the vocabulary, the signals and the conversations.

    Args:
        args: the options of prompt_tune.py.
        place: device on which the models are built.
        rank, done: the process's place and the steps behind it; each pair reads conversations of its own.
    """
    if args.smoke:
        corpus, held = [*SMALL_TALK], [*SMALL_TALK]
    else:
        corpus, held = read_general(args.data) if args.dialogue is None else read_pandagpt(args.dialogue)
    lm = build_language_model(args, place, [] if args.smoke else corpus)
    train, check, known = _samples(args)
    options = Options(
        withhold=args.withhold,
        targets=args.targets,
        max_tokens=min(640, lm.max_positions),
        noise=lm.reader.noise if lm.reader is not None else {},
    )
    examples = ExamplePool.load(None if args.smoke else args.data, args.seed)
    maker = ConversationMaker(lm.prompts, options, corpus, examples)
    model = build_tune_model(args, lm, [s for s in train[:32] if s.signals is not None]).to(place)
    rng = np.random.default_rng([args.seed, rank, done])
    draw = _picture_drawer(rng, maker, train)
    return TuneSources(
        lm,
        model,
        maker,
        bucketed(rng, draw, args.batch_tokens),
        bucketed(rng, general_drawer(rng, maker, corpus), args.batch_tokens),
        _checks(maker, check, held, 12 if args.smoke else 96),
        check,
        {
            "hash": data_hash([*(f"{len(t)} {t[0]}" for t in corpus), *known, *(s.text for s in examples.sentences)]),
            "examples": {"sentences": len(examples.sentences), "human": examples.licence or "none"},
            "general_dialogues": len(corpus),
            "pictures": len(train),
            "sources": f"{_dialogue_source(args)}; simulated dialogues",
        },
    )


def _dialogue_source(args: argparse.Namespace) -> str:
    if args.smoke:
        return "a few made-up sentences"
    if args.dialogue is not None:
        return f"{args.dialogue.name} (PandaGPT's data is CC BY-NC 4.0)"
    return "Schema-Guided Dialogue (CC BY-SA 4.0), self-instruct seeds (Apache-2.0)"


def build_language_model(args: argparse.Namespace, place: str, general: Sequence[Sequence[str]]) -> LanguageModel:
    """The --init run's model, or --lm, or a new small one over its own vocabulary (made with the `general` dialogue).

    Raises:
        BadRequest: the --init run's model is an adapter, or has another size than --width.
    """
    if args.init is not None:
        return _earlier(args, place)
    if args.lm is not None:
        half = torch.bfloat16 if place != args.device else None  # main memory is to hold a copy for each process
        return LanguageModel.load(args.lm, device=place, dtype=half)
    from transformers import LlamaConfig, LlamaForCausalLM

    tokenizer = SentencePieceTokenizer(vocabulary(args, general))
    sizes = (64, 172, 2) if args.smoke else WIDTHS[args.width or "embedded"]
    config = LlamaConfig(
        vocab_size=tokenizer.vocab_size,
        hidden_size=sizes[0],
        intermediate_size=sizes[1],
        num_hidden_layers=sizes[2],
        num_attention_heads=8,
        num_key_value_heads=4,
        max_position_embeddings=2048,
        tie_word_embeddings=True,
        bos_token_id=tokenizer.bos_id,
        eos_token_id=tokenizer.eos_id,
        pad_token_id=3,
    )
    torch.manual_seed(args.seed)
    model: Any = LlamaForCausalLM(config)
    return LanguageModel(model.to(place), tokenizer)


def _earlier(args: argparse.Namespace, place: str) -> LanguageModel:
    folder = args.init / "language_model"
    if (folder / "adapter_config.json").is_file():
        raise BadRequest(
            f"The language model in {args.init} is an adapter: fold it in with `python -m assistant merge-adapter`, "
            "and put the whole model in its place."
        )
    lm = LanguageModel.load(folder, device=place)
    if args.width is not None and lm.hidden_size != WIDTHS[args.width][0]:
        raise BadRequest(
            f"--width {args.width} is {WIDTHS[args.width][0]} wide, but the language model in {args.init} is "
            f"{lm.hidden_size}: give the run of that width with --init."
        )
    return lm


def vocabulary(args: argparse.Namespace, general: Sequence[Sequence[str]]) -> Path:
    """--vocabulary, or RUN/tokenizer.model, trained when it is not there on simulated and `general` dialogue."""
    path = args.vocabulary or args.out / SENTENCEPIECE_FILE
    if not path.is_file():
        from training.tokenizer import corpus, train_tokenizer

        train_tokenizer(corpus(general, 300 if args.smoke else 3000, args.seed), path)
    return path


def build_tune_model(args: argparse.Namespace, lm: LanguageModel, examined: Sequence[Sample]) -> TuneModel:
    """The module to train, with what --init brings: helpers, learned blank tokens, prompt learner."""
    torch.manual_seed(args.seed + 1)
    if not args.tune_lm:
        lm.model.requires_grad_(False)
    elif args.lm is not None:
        lm.model = with_lora(lm.model, args.lora_rank)
    if args.checkpointing:
        lm.model.activation_checkpointing_enable()
    lm.model.train()
    if args.stage == "text":
        model = TuneModel(lm.model, None)
    else:
        model = TuneModel(lm.model, _prompt_model(args, lm, examined))
    if args.init is not None:
        _load_helpers(model, args.init / HELPERS)
    return model


def _prompt_model(args: argparse.Namespace, lm: LanguageModel, examined: Sequence[Sample]) -> PromptModel:
    if args.init is not None and (args.init / "prompt_learner").is_dir():
        model = load_prompt_model(args.init / "prompt_learner", lm.hidden_size)
        if model.cfg.learns != args.forgery_tokens:
            told = "learns: leave out --no-forgery-tokens" if model.cfg.learns else "does not: add --no-forgery-tokens"
            raise BadRequest(f"The prompt learner in {args.init} {told}, or give an --init without prompt learner.")
        return model
    signals = [s.signals for s in examined if s.signals is not None]
    if not signals:
        raise MissingCheckpoint("No examined picture is there to build the prompt learner for.")
    channels, side = signals[0].consistency.shape[:2]
    stages = (16, 32, 64, 128, 256)
    while side >> len(stages) < 3:
        stages = stages[:-1]
    cfg = PromptLearnerConfig(
        lm.hidden_size, signals[0].global_token.shape[0], side, channels, stages, learns=args.forgery_tokens
    )
    model = PromptModel(cfg)
    model.match_scale(signals, lm.model.get_input_embeddings().weight.std().item())
    return model


def _load_helpers(model: TuneModel, path: Path) -> None:
    """Training-only parts and the "no picture" tokens of the run before."""
    if not path.is_file():
        return
    state = load_file(path)
    blank = state.pop("blank", None)
    for name in ("fact_tokens", "fact_head"):
        part = {k.removeprefix(name + "."): v for k, v in state.items() if k.startswith(name + ".")}
        getattr(model, name).load_state_dict(part)
    target = model.blank if model.prompt is None else model.prompt.no_picture
    if blank is not None and target is not None:
        with torch.no_grad():
            target.copy_(blank)


def with_lora(model: Any, rank: int) -> Any:
    """A causal language model whose q, k, v and o learn through LoRA (all linear layers where there are none such)."""
    from peft import LoraConfig, TaskType, get_peft_model

    names = {name.rsplit(".", 1)[-1] for name, _ in model.named_modules()}
    wanted = [n for n in ("q_proj", "k_proj", "v_proj", "o_proj") if n in names] or "all-linear"
    config = LoraConfig(task_type=TaskType.CAUSAL_LM, r=rank, lora_alpha=rank, lora_dropout=0.1, target_modules=wanted)
    return get_peft_model(model, config)


def _samples(args: argparse.Namespace) -> tuple[list[Sample], list[Sample], list[str]]:
    """(training, validation) pictures and names for the data hash. Stage text draws findings instead."""
    rng = np.random.default_rng(VALIDATION_SEED)
    if args.stage == "text":
        return [], [Sample(*draw_finding(rng)) for _ in range(200)], []
    from training.signal_cache import load_samples

    return load_samples(args)


def _picture_drawer(rng: np.random.Generator, maker: ConversationMaker, samples: Sequence[Sample]) -> Draw:
    """Draws a conversation about an examined picture, or (always in stage text, else 1 in 4) a drawn finding.

    Drawn findings have all scores and places evenly; a trained detector is mostly sure, and copying any number has to
    be learnt. Pictures with few flagged places are drawn most often, for they are rare and say most about where.
    """
    weights = np.array([_place_weight(s) for s in samples])
    limits = np.cumsum(weights / weights.sum()) if len(weights) else weights

    def one() -> Sample:
        if samples and rng.random() < 0.75:
            return samples[min(int(np.searchsorted(limits, rng.random())), len(samples) - 1)]
        return Sample(*draw_finding(rng))

    return lambda: maker.about(rng, one(), one())


def _place_weight(sample: Sample) -> float:
    flagged = len(sample.evidence.flagged)
    return 1.0 if not flagged else 6.0 if flagged <= 5 else 3.0 if flagged <= 7 else 1.5


def _checks(
    maker: ConversationMaker, samples: Sequence[Sample], held: Sequence[Sequence[str]], count: int
) -> dict[str, list[Example]]:
    """Fixed examples: held-out general dialogue, dialogues in training phrasings and in kept-back ones."""
    rng = np.random.default_rng(VALIDATION_SEED)
    found: dict[str, list[Example]] = {}
    draw = general_drawer(rng, maker, held)
    found["general"] = [e for e in (draw() for _ in range(count)) if e is not None]
    for name in ("train", "eval"):
        fixed = replace(maker.options, split=name, withhold=0.0, longer=0.0, second=0.0, facts_only=0.0)
        teller = ConversationMaker(maker.prompts, fixed)
        chosen = [samples[i % len(samples)] for i in range(count)]
        found["pictures" if name == "train" else "kept_back"] = [teller.about(rng, s) for s in chosen]
    return found
