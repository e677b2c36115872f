"""The click predictor's run: its loss, that it learns, that it goes on, what it says about wrong options."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from retrieval.clicks.checkpoint import load_clicks
from retrieval.clicks.model import DetectorClicks, FrozenDetector
from retrieval.clicks.targets import ClickExample
from training import click_loop
from training.click_data import ClickBatch, ClickSources, sheet
from training.click_loop import ClickRun, heat_loss
from training.train_clicks import main, parse


def test_the_loss_is_least_at_the_scattered_click() -> None:
    """The Gaussian of the click itself has the least loss; moved, widened and flat maps have more."""
    size, spread, point = 16, (0.08, 0.12), torch.tensor([[0.3, 0.6]])
    cells = (torch.arange(size) + 0.5) / size

    def heat(x: float, y: float, factor: float = 1.0) -> torch.Tensor:
        across = -((cells - x) ** 2) / (2 * (factor * spread[0]) ** 2)
        down = -((cells - y) ** 2) / (2 * (factor * spread[1]) ** 2)
        return (down[:, None] + across[None, :])[None]

    def loss(maps: torch.Tensor) -> float:
        return float(sum(heat_loss(maps, point, spread).values()))

    best = loss(heat(0.3, 0.6))
    others = [heat(0.45, 0.6), heat(0.3, 0.4), heat(0.3, 0.6, 2.0), heat(0.3, 0.6, 0.4), torch.zeros(1, size, size)]
    assert all(loss(other) > best + 1e-3 for other in others)
    assert heat_loss(heat(0.3, 0.6), point, spread)["middle"] < 1e-8
    assert loss(heat(0.6, 0.3)) > best + 0.5  # x and y are not exchanged


def dotted(count: int, seed: int) -> list[ClickExample]:
    """Grey crops with a bright patch, clicked there."""
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(count):
        x, y = rng.integers(8, 56, 2)
        pixels = rng.integers(100, 130, (64, 64, 3), dtype=np.uint8)
        pixels[y - 6 : y + 6, x - 6 : x + 6] = rng.integers(0, 256, (12, 12, 3), dtype=np.uint8)
        rows.append(ClickExample(pixels, (float(x / 64), float(y / 64)), str(number)))
    return rows


@pytest.fixture
def sources() -> ClickSources:
    held = dotted(24, 1)
    validation = ClickBatch(np.stack([e.pixels for e in held]), np.array([e.point for e in held]))
    return ClickSources(validation, (0.05, 0.05), examples=dotted(64, 0), description={"kind": "dots"})


def start(folder: Path, sources: ClickSources, patch: pytest.MonkeyPatch, *more: str) -> ClickRun:
    patch.setattr(click_loop, "smoke_click_sources", lambda seed: sources)
    run = ClickRun.start(
        parse(["--smoke", "--out", str(folder), "--workers", "0", "--threads", "1", "--lr", "5e-3", *more])
    )
    run.args.batch = 8
    return run


def test_a_run_learns_saves_and_goes_on(tmp_path: Path, sources: ClickSources, monkeypatch: pytest.MonkeyPatch) -> None:
    run = start(tmp_path, sources, monkeypatch)
    for batch, _ in zip(run.sources.batches(8, [0], 0), range(60), strict=False):
        run.step(batch)
    figures = run.validate()
    assert figures["mae"] < 0.6 * figures["mae_own_median"]
    run.seconds = 60 * run.args.max_minutes + 1
    run.save()
    again = start(tmp_path, sources, monkeypatch)
    assert again.steps == 60
    assert again.average.updates == 60
    assert again.progress == 1
    assert again.validate() == pytest.approx(figures)
    again.train()  # the time is used up: nothing happens
    assert again.steps == 60
    folder = again.finish()
    frozen = again.model._frozen
    model, meta = load_clicks(folder, frozen)
    assert meta["steps"] == 60
    assert meta["validation"]["mae"] == pytest.approx(figures["mae"])
    assert isinstance(model, DetectorClicks)
    held = sources.validation
    with torch.no_grad():
        points = model(model.prepare(held.crops)).points.numpy()
    assert np.abs(points - held.points).mean() == pytest.approx(figures["mae"], abs=0.01)
    assert (tmp_path / "held_out.png").stat().st_size > 1000


def test_flipped_crops_take_their_clicks_along(sources: ClickSources) -> None:
    batch = next(sources.batches(200, [3], 0))
    size = batch.crops.shape[1]
    for crop, point in zip(batch.crops, batch.points, strict=True):
        x, y = (int(v) for v in point * size)
        rough = np.abs(crop.astype(int) - 115).max(2)
        assert rough[max(y - 5, 0) : y + 5, max(x - 5, 0) : x + 5].mean() > 40
    assert len({tuple(p) for p in batch.points}) > 64  # some are turned


def test_simulated_sources_say_where_the_forgery_shows() -> None:
    from training.click_data import smoke_click_sources

    made = smoke_click_sources(0)
    assert made.simulated
    assert made.validation.crops.shape == (8, 64, 64, 3)
    assert ((made.validation.points >= 0) & (made.validation.points <= 1)).all()
    assert np.ptp(made.validation.points, axis=0).max() > 0.1


def test_sheet(tmp_path: Path, sources: ClickSources) -> None:
    import cv2

    sheet(sources.validation, sources.validation.points, tmp_path / "s.png", columns=5)
    assert cv2.imread(str(tmp_path / "s.png")).shape == (4 * 64, 5 * 64, 3)  # four rows at most


def test_wrong_options_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="--data"):
        main(["--out", str(tmp_path)])
    assert main(["--data", str(tmp_path), "--out", str(tmp_path / "r"), "--kfd", str(tmp_path / "none")]) == 2
    assert "lacks" in capsys.readouterr().err


def test_the_papers_network_needs_its_weights(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--data", str(tmp_path), "--out", str(tmp_path / "r"), "--config", "resnet50", "--threads", "1"]
    assert main(options) == 2
    assert "--init" in capsys.readouterr().err
    assert main([*options, "--init", str(tmp_path / "no.safetensors")]) == 2
    assert "no file" in capsys.readouterr().err


def test_log_is_json_lines(tmp_path: Path, sources: ClickSources, monkeypatch: pytest.MonkeyPatch) -> None:
    run = start(tmp_path, sources, monkeypatch)
    run.validate()
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [line["event"] for line in lines] == ["start", "validation"]
    assert lines[0]["parameters"] == sum(p.numel() for p in run.model.parameters())
    assert isinstance(run.model, DetectorClicks)
    assert isinstance(run.model._frozen, FrozenDetector)
