"""The video detector's training: options, batches, what learns when, SAM or not, run and resume, calibration."""

import dataclasses
import json
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import torch

from fakestormer.baseline import ClipCNN
from fakestormer.checkpoint import load_video_model
from fakestormer.config import FakeSTormerConfig
from fakestormer.experiments import shipped
from fakestormer.model import FakeSTormer
from fakestormer.predictor import ClipPredictor
from kfd.calibration import Calibration
from kfd.checkpoint import save_detector
from kfd.config import KFDConfig
from kfd.detector import KnowledgeGuidedDetector
from kfd.predictor import ForgeryPredictor
from media.errors import BadRequest
from simulation.records import FaceRecord
from simulation.video_presets import EVAL_VIDEO_V1, SELF_BLENDED
from simulation.video_records import EVAL_FAULTS, TRAIN_FAULTS
from simulation.video_source import ClipMaker, still
from tests.fakestormer.test_model import detector_config, noisy
from training import video_loop, video_prepared
from training.kfd_data import stream, validation_batches
from training.train_video import main, parse
from training.video_calibrate import FITTING, _with_limits, best_weight, calibrate_video
from training.video_data import VideoSources, collate, contact_sheet
from training.video_loop import VideoRun
from training.video_model import _config, build_optimiser, chosen_experiment, fix_statistics, uses_sam
from training.video_prepared import draw_batches, prepared_pairs

ROOT = Path(__file__).resolve().parents[2]


def options(*words: str, out: str = "runs/x"):
    return parse(["--out", out, *words])


@pytest.fixture(scope="module")
def face(astronaut) -> FaceRecord:
    landmarks = np.load(ROOT / "tests" / "simulation" / "astronaut_landmarks.npy")
    return FaceRecord(np.ascontiguousarray(astronaut), landmarks, "astronaut", "collins")


@pytest.fixture(scope="module")
def maker(face) -> ClipMaker:
    return ClipMaker([face], [still(face, 6)], frames=3, image_size=32, grid=4, clip_share=0.2)


@pytest.fixture(scope="module")
def sources(maker) -> VideoSources:
    return VideoSources(maker, validation_batches(maker, 4, 0, 2, collate), {"note": "library picture"})


def test_experiments_and_what_options_override():
    assert chosen_experiment(options()) == shipped()
    row = chosen_experiment(options("--experiment", "main-c23-t8", "--size", "base", "--lr", "1e-4", "--freeze", "0.1"))
    assert row.model.frames == 8
    assert (row.schedule.start, row.schedule.peak, row.schedule.freeze) == (1e-4, 1e-4, 10)
    with pytest.raises(BadRequest, match="known: shipped, main-c0-t4"):
        chosen_experiment(options("--experiment", "nothing"))


@pytest.mark.parametrize(("words", "sam"), [
    ((), False),
    (("--sam",), True),
    (("--experiment", "main-c23-t4"), True),
    (("--experiment", "main-c23-t4", "--no-sam"), False),
])  # fmt: skip
def test_sam_is_on_for_the_papers_rows(words, sam):
    assert uses_sam(options(*words)) is sam


def test_a_batch_holds_the_reals_first_and_says_what_each_pair_is(maker, tmp_path):
    pairs = [
        maker.make(np.random.default_rng(0), family="self_blend"),
        maker.make(np.random.default_rng(1), faults=("jitter",)),
    ]
    batch = collate(pairs)
    assert batch.cases == ("self_blend", "jitter")
    assert batch.motion_only == (False, True)
    assert batch.clips.shape == (4, 3, 32, 32, 3)
    assert batch.clips.dtype == torch.uint8
    assert batch.targets.fake.tolist() == [0, 0, 1, 1]
    assert torch.equal(batch.boundary[1], torch.from_numpy(pairs[1].targets.boundary))
    assert len(batch) == 2
    contact_sheet(batch, tmp_path / "sheet.png")
    assert (tmp_path / "sheet.png").stat().st_size > 500


@pytest.mark.parametrize("workers", [0, 1])
def test_the_stream_is_decided_by_its_seed(maker, workers):
    def first(seed: int):
        loader = stream(maker, 1, (seed, 0), torch.zeros(1, dtype=torch.float64), workers, join=collate)
        return next(iter(loader)).clips

    assert torch.equal(first(1), first(1))
    assert not torch.equal(first(1), first(2))


def test_a_frame_detector_inside_never_learns():
    model = FakeSTormer.create(detector_config())
    optimiser = build_optimiser(model, shipped())
    schedule = dataclasses.replace(shipped().schedule, freeze=4)
    inside = {n for n, _ in model.named_parameters() if n.startswith("stem.detector.")}
    for epoch, frozen in ((0.0, True), (10.0, False)):
        schedule.apply(optimiser, model, model.HEADS, epoch)
        held = {n for n, p in model.named_parameters() if not p.requires_grad}
        assert held > inside if frozen else held == inside
    counted = sum(p.numel() for g in optimiser.param_groups for p in g["params"])
    assert counted == sum(p.numel() for n, p in model.named_parameters() if n not in inside)


def test_only_the_heads_learn_while_frozen():
    model = noisy()
    shipped().schedule.apply(build_optimiser(model, shipped()), model, model.HEADS, 0.0)


def test_norm_statistics_are_fixed_everywhere():
    model = FakeSTormer.create(detector_config()).train()
    norms = {n: m for n, m in model.named_modules() if isinstance(m, torch.nn.modules.batchnorm._BatchNorm)}
    assert {m.training for n, m in norms.items() if n.startswith("stem.detector.")} == {False}
    assert {m.training for n, m in norms.items() if not n.startswith("stem.detector.")} == {True}
    fix_statistics(model)
    assert not any(m.training for m in norms.values())


def prepared(model, maker, folder: Path, pairs: int = 3, seed: int = 1):
    return prepared_pairs(model, maker, folder / "pairs", pairs, seed)


@pytest.fixture
def small_files(monkeypatch):
    monkeypatch.setattr(video_prepared, "SHARD", 2)


def test_prepared_pairs_are_those_forged_and_seen(maker, small_files, tmp_path):
    model = FakeSTormer.create(detector_config()).eval()
    kept = prepared(model, maker, tmp_path)
    assert [len(batch) for batch in kept] == [2, 2]
    rng = np.random.default_rng([1, 1])
    again = collate([maker.make(rng, float(rng.random() ** 0.5)) for _ in range(2)])
    assert kept[1].cases == again.cases
    assert torch.equal(kept[1].targets.derivative, again.targets.derivative)
    seen = model.stem.see(model.prepare(again.clips))
    torch.testing.assert_close(kept[1].clips.motion.float(), seen.motion, rtol=2e-2, atol=2e-2)
    torch.testing.assert_close(kept[1].clips.pictures.float(), seen.pictures, rtol=0.1, atol=0.1)
    assert (tmp_path / "first_batch.png").exists()
    missing = tmp_path / "pairs" / "00001.pt"
    before = missing.read_bytes()
    missing.unlink()
    prepared(model, maker, tmp_path)  # only what is missing is made again, and alike
    assert len(missing.read_bytes()) == len(before)


def test_pairs_that_were_made_otherwise_are_not_taken(maker, small_files, tmp_path):
    prepared(FakeSTormer.create(detector_config()).eval(), maker, tmp_path)
    with pytest.raises(BadRequest, match="made with another seed; give another --out"):
        prepared(FakeSTormer.create(detector_config()).eval(), maker, tmp_path, seed=2)
    with pytest.raises(BadRequest, match="made with another detector"):
        prepared(FakeSTormer.create(detector_config(), 1).eval(), maker, tmp_path)


def test_batches_of_prepared_pairs_hold_every_pair_once_a_round(maker, small_files, tmp_path):
    kept = prepared(FakeSTormer.create(detector_config()).eval(), maker, tmp_path, 6)
    batches = draw_batches(kept, 3, np.random.default_rng(0))
    first, second = next(batches), next(batches)
    together = torch.cat([b.clips.motion[:3].flatten(1).sum(1) for b in (first, second)])
    everything = torch.cat([b.clips.motion[:2].flatten(1).sum(1) for b in kept])
    assert sorted(together.tolist()) == sorted(everything.tolist())
    assert first.targets.fake.tolist() == [0, 0, 0, 1, 1, 1]
    assert len(first.cases) == len(first.motion_only) == 3


def test_prepared_pairs_need_a_frame_detector(maker, tmp_path):
    with pytest.raises(BadRequest, match="give --detector DIR"):
        prepared(noisy(), maker, tmp_path)
    with pytest.raises(SystemExit, match="give --detector DIR"):
        main(["--out", str(tmp_path), "--prepare", "4", "--data", "DIR"])


def test_a_row_keeps_its_branches_on_a_frame_detector(tmp_path):
    save_detector(KnowledgeGuidedDetector.create(KFDConfig(), 5).eval(), tmp_path, {}, storage="fp16")
    for name, branches in (("branches-class", (False, False)), ("branches-cutout-spatial", (False, True)),
                           ("branches-temporal", (True, False)), ("shipped", (True, True))):  # fmt: skip
        args = parse(["--out", "o", "--data", "d", "--experiment", name, "--detector", str(tmp_path)])
        found = _config(args, chosen_experiment(args))
        assert isinstance(found, FakeSTormerConfig)
        assert (found.temporal_head, found.spatial_head) == branches
        assert found.detector is not None
    args = parse(["--out", "o", "--data", "d", "--experiment", "baseline", "--detector", str(tmp_path)])
    with pytest.raises(BadRequest, match="leave out --detector"):
        _config(args, chosen_experiment(args))


def test_a_run_learns_from_prepared_pairs(monkeypatch, sources, small_files, tmp_path):
    detector = KnowledgeGuidedDetector.create(detector_config().detector, 5).eval()
    save_detector(detector, tmp_path / "kfd", {})
    config = detector_config()
    monkeypatch.setattr("training.video_model._config", lambda *_: config)
    run = start(monkeypatch, sources, tmp_path, "--detector", str(tmp_path / "kfd"), "--prepare", "4")
    assert not run.model.stem.detector.training
    run.train()
    assert run.steps >= 1
    model, _ = load_video_model(run.finish())
    for name, value in detector.state_dict().items():
        assert torch.allclose(model.state_dict()[f"stem.detector.{name}"], value, atol=1e-3), name


def start(monkeypatch, sources, out: Path, *words: str) -> VideoRun:
    monkeypatch.setattr(video_loop, "smoke_video_sources", lambda *_: sources)
    return VideoRun.start(options("--smoke", "--workers", "0", "--max-minutes", "0.02", *words, out=str(out)))


def test_a_run_validates_first_stops_in_time_and_goes_on(monkeypatch, sources, tmp_path):
    run = start(monkeypatch, sources, tmp_path)
    run.train()
    folder = run.finish()
    log = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    events = [line["event"] for line in log]
    assert events[:3] == ["start", "validation", "step"]
    assert events[-1] == "checkpoint"
    assert "auc" in log[1]
    assert {"loss", "classification", "temporal", "spatial", "grad", "step_s", "waited_s"} <= log[2].keys()
    assert (tmp_path / "first_batch.png").exists()
    assert run.steps >= 1
    model, meta = load_video_model(folder)
    assert model.config == run.model.config
    assert meta["data"]["note"] == "library picture"
    assert meta["stage"] == "video"
    again = start(monkeypatch, sources, tmp_path)
    assert (again.steps, again.seconds) == (run.steps, run.seconds)
    assert all(torch.equal(a, b) for a, b in zip(again.model.parameters(), run.model.parameters(), strict=True))
    again.train()
    assert again.steps == run.steps  # nothing is left to do
    longer = start(monkeypatch, sources, tmp_path)
    longer.args.max_minutes = 1.5 * run.seconds / 60
    longer.train()
    assert longer.steps > run.steps


@pytest.mark.parametrize(("words", "passes"), [((), 1), (("--sam",), 2)])
def test_sam_doubles_the_passes_and_weights_move(monkeypatch, sources, tmp_path, words, passes):
    run = start(monkeypatch, sources, tmp_path, *words)
    before = [p.detach().clone() for p in run.model.parameters()]
    calls: list[int] = []
    run.model.register_forward_hook(lambda *_: calls.append(1))
    terms = run.step(sources.validation[0])
    assert len(calls) == passes
    assert np.isfinite(terms["loss"])
    assert any(not torch.equal(a, b) for a, b in zip(before, run.model.parameters(), strict=True))
    assert not torch.equal(
        run.average.state["time"], before[[n for n, _ in run.model.named_parameters()].index("time")]
    )


def test_a_step_that_is_not_finite_moves_nothing(monkeypatch, sources, tmp_path):
    run = start(monkeypatch, sources, tmp_path)
    before = [p.detach().clone() for p in run.model.parameters()]
    broken = dataclasses.replace(sources.validation[0].targets, soft=torch.full((4, 3), float("nan")))
    run.step(dataclasses.replace(sources.validation[0], targets=broken))
    assert all(torch.equal(a, b) for a, b in zip(before, run.model.parameters(), strict=True))


def test_the_baseline_trains_on_the_same_clips(monkeypatch, sources, tmp_path):
    assert len(start(monkeypatch, sources, tmp_path / "a", "--depth", "1").model.blocks) == 1
    run = start(monkeypatch, sources, tmp_path / "b", "--model", "cnn3d")
    assert isinstance(run.model, ClipCNN)
    assert np.isfinite(run.step(sources.validation[0])["loss"])
    assert "map_times_chance" not in run.validate(1)


def test_init_takes_over_every_weight(monkeypatch, sources, tmp_path):
    first = start(monkeypatch, sources, tmp_path / "a")
    first.step(sources.validation[0])
    folder = first.finish()
    second = start(monkeypatch, sources, tmp_path / "b", "--init", str(folder), "--seed", "5")
    stored = load_video_model(folder)[0]
    assert all(torch.equal(a, b) for a, b in zip(stored.parameters(), second.model.parameters(), strict=True))


def test_calibration_never_sees_the_unseen_faults():
    assert not set(FITTING.faults) & set(EVAL_FAULTS)
    assert FITTING.faults == TRAIN_FAULTS
    assert not set(SELF_BLENDED.faults) & set(EVAL_FAULTS)
    assert FITTING.families == EVAL_VIDEO_V1.families


def test_the_better_detector_gets_the_weight():
    rng = np.random.default_rng(0)
    good = np.stack([rng.uniform(0.02, 0.3, 60), rng.uniform(0.7, 0.98, 60)], 1)
    coin = rng.uniform(0.2, 0.8, (60, 2))
    assert best_weight(coin, good) > 0.8
    assert best_weight(good, coin) < 0.2


def test_limits_rise_with_real_clips_and_never_fall():
    base = Calibration(some=0.7, strong=0.9)
    assert _with_limits(base, np.zeros(0)) == base
    assert _with_limits(base, np.full(50, -4.0)) == base
    raised = _with_limits(base, np.linspace(-2, 3, 200))
    assert raised.some > 0.7
    assert (base.score(np.linspace(-2, 3, 200)) >= raised.some).mean() <= 0.05


def test_calibrating_says_what_meta_needs(face, monkeypatch):
    monkeypatch.setattr("training.video_calibrate.in_fitting_half", lambda name: True)
    photos = [dataclasses.replace(face, name=f"p{i}", person=f"{i}") for i in range(3)]
    found = calibrate_video(ClipPredictor(noisy()), ForgeryPredictor.tiny(0), photos, [])
    assert Calibration.from_dict(found["calibration"]).fitted_on == (3, 3)
    assert 0 <= found["combination"]["clip_weight"] <= 1
    json.dumps(found)


def test_help_is_quick_and_data_is_asked_for():
    begin = time.process_time()
    with pytest.raises(SystemExit, match="--data DIR is needed"):
        main(["--out", "runs/none"])
    assert time.process_time() - begin < 1


@pytest.mark.slow
def test_smoke_takes_less_than_two_minutes(tmp_path):
    command = [sys.executable, "training/train_video.py", "--smoke", "--out", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=120, capture_output=True)
    assert load_video_model(tmp_path / "checkpoint")[1]["steps"] > 0
