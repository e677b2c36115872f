"""What training/performance.py measures: all figures are there, operations are counted, too little memory is told.

No test asserts a time.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import torch
from torch import nn

from assistant.llm import LanguageModel
from kfd.config import KFDConfig
from media.errors import BadRequest
from training.performance import NO_CUDA, NO_GPU, chosen_parts, main
from training.speed.build import WideBytes, attach_text, build_detector, build_language, encoder_of, random_pictures
from training.speed.detector import one_pass
from training.speed.meter import OUT_OF_MEMORY, Meter, flops, parameters_of, weights_gib
from training.speed.report import bars, markdown
from training.speed.sizes import LANGUAGE_MODELS, TOGETHER, full_size, small_size, tiny_size

METER = Meter(torch.device("cpu"), torch.float32, repeats=1)


@pytest.fixture(scope="module")
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)  # two threads wait for each other on a busy machine
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def run(one_thread: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    out = tmp_path_factory.mktemp("performance")
    assert main(["--size", "tiny", "--device", "cpu", "--repeats", "2", "--out", str(out)]) == 0
    record = json.loads((out / "performance.json").read_text())
    assert (out / "performance.md").read_text() == markdown(record)
    return record


def numbers(value: Any, path: str = "") -> Iterator[tuple[str, float]]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from numbers(one, f"{path}/{name}")
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from numbers(one, f"{path}/{place}")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield path, value


def test_every_figure_is_there_and_positive(run: dict[str, Any]) -> None:
    assert "failed" not in run
    assert [one["name"] for one in run["detector"]] == ["release", "own"]
    assert set(run["training"]) == {"stage1", "stage2"}
    for one in run["detector"]:
        assert [row["batch"] for row in one["batches"]] == [1, 2, 4]
        assert all(set(row) >= {"seconds", "seconds_per_image", "matrix_share"} for row in one["batches"])
    assert [row["batch"] for row in run["language"]["reads"]] == [16, 32]
    assert [row["batch"] for row in run["language"]["together"]] == [1, 2, 4]
    kept_out = ("/seed", "/threads", "cpu")  # a processor's clock may not have moved between two readings
    low = [path for path, value in numbers(run) if value <= 0 and not any(word in path for word in kept_out)]
    assert low == []
    assert "error" not in json.dumps(run)


def test_ratios_are_those_of_the_items(run: dict[str, Any]) -> None:
    for one in run["detector"]:
        text = one["text"]
        assert text["pictures"] == TOGETHER
        rounds = [(r["anew"]["seconds"], r["batch"]["seconds"]) for r in text["rounds"]]
        assert text["ratio"] == pytest.approx(median(a / b for a, b in rounds), rel=1e-6)
        assert text["batch_s"] == pytest.approx(median(b for _, b in rounds) / TOGETHER, rel=1e-6)
        for row in one["batches"]:
            assert row["seconds_per_image"] * row["batch"] == pytest.approx(row["seconds"], rel=1e-6)
            rate = run["matrix_tflops"]["fp32"] * 1e12
            work = one["gflop_per_image"] * 1e9 * row["batch"]
            assert row["matrix_share"] == pytest.approx(work / row["seconds"] / rate, rel=1e-6)
    found = run["language"]
    for turn in (2, 3):
        own = [r["turns"][turn - 1] for r in found["rounds"]]
        ratio = median(t["anew"]["seconds"] / t["kept"]["seconds"] for t in own)
        assert found[f"first_token_{turn}_ratio"] == pytest.approx(ratio, rel=1e-6)
    rates = [r["tokens"] / r["seconds"] for r in found["rounds"]]
    assert found["tokens_per_s"] == pytest.approx(median(rates), rel=1e-6)
    values = [bar.value for bar in bars(run)]
    assert values == [
        found["first_token_2_ratio"],
        found["first_token_3_ratio"],
        *(d["text"]["ratio"] for d in run["detector"]),
    ]


def test_going_on_and_stating_again_mean_the_same(run: dict[str, Any]) -> None:
    lengths, found = tiny_size().lengths, run["language"]
    assert found["same_first_token"] is True
    soft = 1 + 9 + 1
    text = lengths.before + lengths.between + lengths.after + 2 * lengths.question + 3 * lengths.answer
    assert found["positions_at_end"] == soft + text - 1  # the last token was said, not read
    assert all(r["tokens"] == 3 * lengths.answer for r in found["rounds"])
    assert [row["tokens"] for row in found["together"]] == [n * lengths.answer for n in (1, 2, 4)]


def test_only_what_should_learn_learns(run: dict[str, Any]) -> None:
    first, second = run["training"]["stage1"], run["training"]["stage2"]
    assert 0 < first["learned"] < first["parameters"]
    assert first["encoder_learns"] is False
    layers, rank, width, keys = 2, tiny_size().lora, 32, 16
    lora = layers * rank * (2 * (width + width) + 2 * (width + keys))
    frozen = second["parameters"] - second["learned"]
    assert frozen == parameters_of(build_language(tiny_size().language, METER, torch.float32).model)
    assert second["learned"] > lora
    assert second["gradient_checkpointing"] is True


def test_operations_are_counted_like_by_hand() -> None:
    net = nn.Sequential(nn.Conv2d(3, 5, 3, padding=1), nn.ReLU(), nn.Flatten(), nn.Linear(5 * 8 * 8, 7))
    by_hand = 2 * (2 * (5 * 8 * 8) * (3 * 3 * 3) + 2 * (5 * 8 * 8) * 7)
    with torch.inference_mode():
        assert flops(lambda: net(torch.zeros(2, 3, 8, 8))) == by_hand
    # backward: the last layer twice again; the convolution once, for nobody asks for the picture's gradient
    by_hand += 2 * (2 * (5 * 8 * 8) * (3 * 3 * 3) + 2 * 2 * (5 * 8 * 8) * 7)
    assert flops(lambda: net(torch.zeros(2, 3, 8, 8)).sum().backward()) == by_hand


@pytest.mark.parametrize(("groups", "each"), [(1, 2 * 2 * 14 * 14 * 8 * 8 * 9), (8, 2 * 2 * 14 * 14 * 8 * 9)])
def test_gradients_of_a_convolution_cost_twice_the_forward_pass(groups: int, each: int) -> None:
    layer = nn.Conv2d(8, 8, 3, groups=groups)
    images = torch.randn(2, 8, 16, 16, requires_grad=True)
    assert flops(lambda: layer(images)) == each
    assert flops(lambda: layer(images).sum().backward()) == 3 * each
    assert flops(lambda: layer(images.detach()).sum().backward()) == 2 * each  # the pictures' gradient is not wanted


def test_a_llamas_operations_are_those_of_its_matrices_and_attention() -> None:
    shape, n = tiny_size().language, 10
    lm = build_language(shape, METER, torch.float32)
    d, keys, wide = shape.hidden, shape.hidden * shape.key_heads // shape.heads, shape.intermediate
    matrices = 2 * n * (d * d + 2 * d * keys + d * d + 3 * d * wide)
    attention = 2 * 2 * n * n * d
    head = 2 * n * d * shape.vocabulary
    ids = torch.arange(n)[None]
    with torch.inference_mode():
        assert flops(lambda: lm.model(ids)) == shape.layers * (matrices + attention) + head


def test_too_little_memory_is_told_and_larger_batches_are_left() -> None:
    tried = []

    def fake(batch: int) -> dict[str, Any]:
        tried.append(batch)
        if batch >= 4:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")
        return {"seconds": 1.0}

    rows = METER.by_batch((1, 2, 4, 8, 16), fake)
    assert rows[:2] == [{"batch": 1, "seconds": 1.0}, {"batch": 2, "seconds": 1.0}]
    assert [row.get("error") for row in rows[2:]] == [OUT_OF_MEMORY, "not tried", "not tried"]
    assert tried == [1, 2, 4]


@pytest.mark.parametrize(
    "error", [MemoryError(), RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes")]
)
def test_a_processors_lack_of_memory_is_known(error: Exception) -> None:
    def fail() -> dict[str, Any]:
        raise error

    assert METER.within_memory(fail) == {"error": OUT_OF_MEMORY}


def test_other_errors_are_raised() -> None:
    def fail() -> dict[str, Any]:
        raise RuntimeError("mat1 and mat2 shapes cannot be multiplied")

    with pytest.raises(RuntimeError, match="shapes"):
        METER.within_memory(fail)


def test_lack_of_memory_stands_in_the_table(run: dict[str, Any]) -> None:
    short = {
        **run,
        "detector": [{"name": "release", "error": OUT_OF_MEMORY}],
        "language": {"error": OUT_OF_MEMORY},
        "training": {"stage1": {"error": OUT_OF_MEMORY}},
    }
    text = markdown(short)
    assert text.count(OUT_OF_MEMORY) == 3
    assert text.count("not measured") == 3
    batches = [
        run["detector"][0] | {"batches": [{"batch": 1, "error": OUT_OF_MEMORY}, {"batch": 2, "error": "not tried"}]}
    ]
    assert f"| 1 | {OUT_OF_MEMORY} | - | - |" in markdown({**run, "detector": batches})


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--size", "full"], NO_GPU),
        (["--size", "full", "--device", "cuda"], NO_GPU),
        (["--size", "tiny", "--device", "cuda"], NO_CUDA),
    ],
)
def test_without_a_gpu_it_says_so(
    options: list[str],
    sentence: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert main([*options, "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.strip() == sentence
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--size", "tiny", "--only", "detector,speed"], "Unknown part: speed"),
        (["--size", "tiny", "--only", ","], "Unknown part: (none)"),
        (["--size", "small", "--language", "vicuna-7b"], "belongs to --size full"),
        (["--size", "full", "--language", "gpt"], "no language model 'gpt'"),
    ],
)
def test_wrong_wishes_are_refused(
    options: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*options, "--out", str(tmp_path)]) == 2
    assert words in capsys.readouterr().err


def test_a_part_that_fails_leaves_the_others(one_thread: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> Any:
        raise ValueError("broken")

    monkeypatch.setattr("training.speed.detector.measure_detectors", fail)
    monkeypatch.setattr("training.speed.language.measure_language", lambda *_: {"error": OUT_OF_MEMORY})
    assert main(["--size", "tiny", "--device", "cpu", "--only", "language,detector", "--out", str(tmp_path)]) == 1
    record = json.loads((tmp_path / "performance.json").read_text())
    assert record["failed"] == {"detector": "ValueError: broken"}
    assert record["language"] == {"error": OUT_OF_MEMORY}
    assert "detector failed: ValueError: broken" in (tmp_path / "performance.md").read_text()


def test_parts_keep_their_order() -> None:
    assert chosen_parts("training, detector") == ("detector", "training")
    with pytest.raises(BadRequest):
        chosen_parts("words")


def test_full_size_has_the_published_shapes() -> None:
    """Made without numbers: parameters of both detectors and of the three language models."""
    size = full_size()
    with torch.device("meta"):
        from transformers import LlamaConfig, LlamaForCausalLM

        from kfd.release.detector import ReleaseDetector

        release = ReleaseDetector(size.detectors["release"])  # type: ignore[arg-type]
        tower = parameters_of(release.towers.visual)
        assert 630e6 < tower < 633e6  # ViT-H-14's vision tower
        counts = {}
        for name, s in LANGUAGE_MODELS.items():
            config = LlamaConfig(
                vocab_size=s.vocabulary, hidden_size=s.hidden, intermediate_size=s.intermediate,
                num_hidden_layers=s.layers, num_attention_heads=s.heads, num_key_value_heads=s.key_heads,
                tie_word_embeddings=s.tied,
            )  # fmt: skip
            counts[name] = parameters_of(LlamaForCausalLM(config))
    assert counts == {"vicuna-7b": 6738415616, "llama-3.2-3b": 3212749824, "llama-3.2-1b": 1235814400}


def test_small_size_has_the_shipped_shapes() -> None:
    size, root = small_size(), Path(__file__).resolve().parents[2] / "checkpoints" / "embedded"
    shipped = LanguageModel.load(root / "language_model")
    made = build_language(size.language, METER, torch.float32)
    assert parameters_of(made.model) == parameters_of(shipped.model)
    config = json.loads((root / "kfd" / "config.json").read_text())
    config.pop("format")
    assert KFDConfig.from_dict(config) == size.detectors["own"]
    prompt = json.loads((root / "prompt_learner" / "config.json").read_text())
    shape = (tuple(prompt["channels"]), prompt["extra_channels"], prompt.get("raw_score", False))
    assert shape == (size.prompt.channels, size.prompt.extra_channels, size.prompt.raw_score)


@pytest.mark.parametrize("name", ["release", "own"])
def test_text_features_made_anew_are_stored(name: str) -> None:
    size = tiny_size()
    detector = build_detector(size.detectors[name], METER)
    again = attach_text(detector, size.text, METER)
    detector.text.features.zero_()
    again()
    assert torch.linalg.vector_norm(detector.text.features, dim=1) == pytest.approx([1, 1], abs=1e-4)


def test_the_same_seed_makes_the_same_weights_and_leaves_the_callers_numbers_alone() -> None:
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    one, two = (build_detector(tiny_size().detectors["own"], METER) for _ in range(2))
    assert torch.equal(torch.rand(3), expected)
    assert all(torch.equal(a, b) for a, b in zip(one.state_dict().values(), two.state_dict().values(), strict=True))


@pytest.mark.parametrize(("name", "dtype"), [("release", torch.bfloat16), ("own", torch.float32)])
def test_only_vision_transformers_are_halved(name: str, dtype: torch.dtype) -> None:
    half = Meter(torch.device("cpu"), torch.bfloat16)
    config = tiny_size().detectors[name]
    detector = build_detector(config, half)
    assert {p.dtype for p in encoder_of(detector).parameters()} == {dtype}
    assert {p.dtype for p in detector.classifier.parameters()} == {torch.float32}
    assert (weights_gib(detector) < weights_gib(build_detector(config, METER))) == (name == "release")
    one_pass(detector, random_pictures(2, config.image_size, half), half)
    attach_text(detector, tiny_size().text, half)()
    assert torch.isfinite(detector.text.features).all()


def test_a_vocabulary_too_small_for_bytes_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 259"):
        WideBytes(200)


def test_help_is_there_at_once() -> None:
    code = "import sys\nfrom training.performance import parse\nassert 'torch' not in sys.modules\nparse(['--help'])"
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0
    assert "--size" in done.stdout
