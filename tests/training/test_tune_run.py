"""Stage 2's runs: options, resuming, LoRA, what is refused, from pixels to a checkpoint."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from assistant.cache import KeyValueCache
from assistant.llm import LanguageModel
from assistant.prompts import TextSegment
from assistant.tokenizers import SentencePieceTokenizer
from media.errors import BadRequest
from prompt_learner.checkpoint import load_prompt_model, save_prompt_model
from prompt_learner.config import PromptLearnerConfig
from prompt_learner.model import PromptModel
from training.lm_loop import TuneRun
from training.lm_sources import _prompt_model, build_sources
from training.prompt_tune import parse
from training.signal_cache import read_samples
from training.tokenizer import corpus, train_tokenizer


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--stage", "text"], "--data DIR is needed"),
        (["--stage", "tune", "--data", "x", "--init", "y"], "--kfd"),
        (["--stage", "tune", "--data", "x", "--kfd", "k"], "--init"),
        (["--stage", "talk"], "invalid choice"),
        (["--stage", "text", "--data", "x", "--init", "y", "--lm", "z"], "leave out --lm"),
        (["--stage", "text", "--data", "x", "--device", "cuda:1"], "CUDA_VISIBLE_DEVICES=1"),
    ],
)
def test_wrong_options_are_named(words: list[str], message: str, capsys) -> None:
    with pytest.raises(SystemExit):
        parse([*words, "--out", "o"])
    assert message in capsys.readouterr().err


def test_run_resumes_and_leaves_a_loadable_checkpoint(tmp_path) -> None:
    words = ["--stage", "text", "--smoke", "--threads", "1", "--max-minutes", "0.03", "--out", str(tmp_path)]
    run = TuneRun.start(parse(words))
    run.train()
    run.finish()
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    events = [line["event"] for line in lines]
    assert events.index("validation") < events.index("step")
    assert events[-1] == "checkpoint"
    lm = LanguageModel.load(tmp_path / "checkpoint" / "language_model")
    assert lm.hidden_size == 64
    assert lm.next_logits([TextSegment((5, 6))], KeyValueCache()).isfinite().all()
    meta = json.loads((tmp_path / "checkpoint" / "language_model" / "meta.json").read_text())
    assert {"command", "seed", "git_commit", "data", "metrics", "licence"} <= set(meta)
    assert meta["metrics"]["after"]["general_perplexity"] < meta["metrics"]["before"]["general_perplexity"]
    again = TuneRun.start(parse([*words[:6], "0.05", *words[7:]]))
    assert again.steps == run.steps > 0
    assert again.before == run.before
    for ours, theirs in zip(again.sources.model.parameters(), run.sources.model.parameters(), strict=True):
        assert torch.equal(ours, theirs)
    wide = parse([*words[:8], str(tmp_path / "b"), "--init", str(tmp_path / "checkpoint"), "--width", "wide"])
    with pytest.raises(BadRequest, match="wide, but the language model"):
        TuneRun.start(wide)


def test_a_run_that_goes_on_reads_other_conversations(tmp_path) -> None:
    args = parse(["--stage", "text", "--smoke", "--out", str(tmp_path)])
    first, same, later = (next(build_sources(args, "cpu", 0, done).pictures) for done in (0, 0, 7))
    assert first[0].ids == same[0].ids != later[0].ids


def test_the_vocabulary_reads_the_dialogue_that_is_given() -> None:
    assert set(corpus([["Zebra?", "Quagga."]], 3, 1)) - set(corpus([], 3, 1)) == {" Zebra?", " Quagga."}


def test_a_prompt_learner_of_the_other_kind_is_refused(tmp_path) -> None:
    model = PromptModel(PromptLearnerConfig(64, 16, 16, channels=(4, 8)))
    save_prompt_model(model, tmp_path / "prompt_learner", {})
    words = ["--stage", "tune", "--smoke", "--out", str(tmp_path / "run"), "--init", str(tmp_path)]
    lm: Any = SimpleNamespace(hidden_size=64)
    assert _prompt_model(parse(words), lm, []).cfg.learns
    with pytest.raises(BadRequest, match="leave out --no-forgery-tokens"):
        _prompt_model(parse([*words, "--no-forgery-tokens"]), lm, [])


def test_another_language_model_is_tuned_by_lora(tmp_path) -> None:
    base = tmp_path / "base"
    train_tokenizer(
        [" Yes. The nose stands out: 12 %.", " No. Nothing was found at the mouth 7."] * 50,
        base / "tokenizer.model",
        420,
    )
    rows = SentencePieceTokenizer(base / "tokenizer.model").vocab_size
    sizes = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 4}
    LlamaForCausalLM(LlamaConfig(vocab_size=rows, **sizes)).save_pretrained(base)
    words = ["--stage", "text", "--smoke", "--threads", "1", "--max-minutes", "0.02", "--lora-rank", "2"]
    run = TuneRun.start(parse([*words, "--lm", str(base), "--out", str(tmp_path / "run")]))
    trained = {n for n, p in run.sources.model.lm.named_parameters() if p.requires_grad}
    assert len(trained) == 8
    assert all("lora_" in n for n in trained)
    run.train()
    run.finish()
    TuneRun.start(parse([*words, "--lm", str(base), "--out", str(tmp_path / "run")]))
    with pytest.raises(BadRequest, match="is an adapter"):
        TuneRun.start(parse([*words, "--init", str(tmp_path / "run" / "checkpoint"), "--out", str(tmp_path / "on")]))
    before, after = LanguageModel.load(base), LanguageModel.load(tmp_path / "run" / "checkpoint" / "language_model")
    texts = [TextSegment(tuple(after.tokenize(" Yes. The nose")))]
    assert not torch.equal(before.next_logits(texts, KeyValueCache()), after.next_logits(texts, KeyValueCache()))
    frozen = TuneRun.start(parse([*words, "--lm", str(base), "--no-tune-lm", "--out", str(tmp_path / "frozen")]))
    frozen.finish()
    kept = LanguageModel.load(tmp_path / "frozen" / "checkpoint" / "language_model")
    assert kept.tokenize(" Yes. The nose") == before.tokenize(" Yes. The nose")


@pytest.mark.slow
def test_tune_smoke_from_pixels_to_checkpoint(tmp_path) -> None:
    words = ["--stage", "tune", "--smoke", "--threads", "1", "--max-minutes", "0.05", "--out", str(tmp_path)]
    run = TuneRun.start(parse(words))
    run.train()
    run.finish()
    lm = LanguageModel.load(tmp_path / "checkpoint" / "language_model")
    prompt = load_prompt_model(tmp_path / "checkpoint" / "prompt_learner", lm.hidden_size)
    sample = read_samples(tmp_path / "signals.npz")[0]
    assert prompt.encode([sample.signals])[1].shape == (1, 9, lm.hidden_size)
