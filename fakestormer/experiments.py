"""The paper's tables as configurations, at its own size or at the shipped one (sheet §8, §11).

`published` is the paper's video AUC in per cent: for "main" rows on Celeb-DF v2, else the mean of its five sets. Rows
at other sizes have none. Losses of the table of weights other than the best are not in the sheet; ours stand in.
"""

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

from fakestormer.config import BaselineConfig, FakeSTormerConfig
from fakestormer.losses import VideoLossConfig
from fakestormer.sam import Schedule
from simulation.video_presets import SELF_BLENDED, TRAIN_VIDEO, VideoPreset, compressed

Size = Literal["base", "embedded"]


@dataclass(frozen=True)
class Experiment:
    """One training run.

    Attributes:
        model, data, loss, schedule: its parts; rho: radius of SAM; batch: clip pairs a step.
        published: see the module; None where the paper has no such row.
    """

    name: str
    model: FakeSTormerConfig | BaselineConfig
    data: VideoPreset
    loss: VideoLossConfig = VideoLossConfig()
    schedule: Schedule = Schedule()
    rho: float = 0.05
    batch: int = 32
    published: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain dictionary for meta.json."""
        return dataclasses.asdict(self)


def experiments(size: Size = "base") -> dict[str, Experiment]:
    """Every row by name: "main-c23-t4", "parts-...", "branches-...", "weights-...", "targets-...", "baseline"."""
    if size not in ("base", "embedded"):
        raise ValueError(f"size is {size!r}, known: base, embedded")
    rows = [*_main(size), *_parts(size), *_branches(size), *_weights(size), *_targets(size), _baseline(size)]
    if size != "base":
        rows = [dataclasses.replace(row, published=None) for row in rows]
    return {row.name: row for row in rows}


def shipped() -> Experiment:
    """For the shipped weights: all families and faults, embedded size, no freezing (from scratch).

    The temporal weight is 1: on a toy task, 100 kept a small model's class head from learning for 60 steps.
    """
    schedule = Schedule(epochs=40, freeze=0, ramp=0.1, start=1e-5, peak=5e-4)
    loss = VideoLossConfig(temporal=1.0)
    return Experiment("shipped", FakeSTormerConfig.embedded(), TRAIN_VIDEO, loss, schedule, batch=16)


def _model(size: Size, frames: int = 4) -> FakeSTormerConfig:
    return FakeSTormerConfig.base(frames) if size == "base" else FakeSTormerConfig.embedded(frames)


def _main(size: Size) -> list[Experiment]:
    """Compression of the training clips and length of a clip; real clips that are already coded stay as they are."""
    published = {("c23", 4): 92.4, ("c23", 8): 92.4, ("c23", 16): 92.8, ("c0", 4): 96.5}
    return [
        Experiment(f"main-c{crf}-t{t}", _model(size, t), compressed(SELF_BLENDED, crf), published=p)
        for crf in (0, 23, 40)
        for t in (4, 8, 16)
        for p in [published.get((f"c{crf}", t))]
    ]


def _parts(size: Size) -> list[Experiment]:
    """Parts of self-blending: no consistency over frames, with it, and with re-interpolated landmarks too."""
    plain = dataclasses.replace(_model(size), temporal_head=False, spatial_head=False)
    data = dataclasses.replace(SELF_BLENDED, cutout=0.0)
    rows = (("none", False, 0.0, 50.2), ("consistent", True, 0.0, 78.9), ("all", True, 0.35, 83.5))
    return [
        Experiment(
            f"parts-{name}",
            plain,
            dataclasses.replace(data, name=f"self-blended-{name}", consistent=consistent, tau=tau),
            published=published,
        )
        for name, consistent, tau, published in rows
    ]


def _branches(size: Size) -> list[Experiment]:
    """Heads and cutout: class only, + cutout, + spatial head; temporal head alone; all."""
    rows = (
        ("class", False, False, 0.0, 83.5),
        ("cutout", False, False, 0.5, 83.7),
        ("cutout-spatial", False, True, 0.5, 84.0),
        ("temporal", True, False, 0.0, 84.6),
        ("all", True, True, 0.5, 85.9),
    )
    return [
        Experiment(
            f"branches-{name}",
            dataclasses.replace(_model(size), temporal_head=temporal, spatial_head=spatial),
            dataclasses.replace(SELF_BLENDED, name=f"self-blended-cutout-{cutout}", cutout=cutout),
            published=published,
        )
        for name, temporal, spatial, cutout, published in rows
    ]


def _weights(size: Size) -> list[Experiment]:
    """Loss weights around the best, 0.8 / 100 / 0.2."""
    rows = ((0.8, 100.0, 0.2), (1.0, 1.0, 1.0), (0.8, 10.0, 0.2), (0.5, 100.0, 0.5), (0.2, 100.0, 0.8))
    return [
        Experiment(
            f"weights-{c:g}-{h:g}-{g:g}",
            _model(size),
            SELF_BLENDED,
            VideoLossConfig(c, h, g),
            published=85.9 if (c, h, g) == rows[0] else None,
        )
        for c, h, g in rows
    ]


def _targets(size: Size) -> list[Experiment]:
    """Normalisation of the derivative, and what the real partner of a clip is taught."""
    base = Experiment("targets-standard", _model(size), SELF_BLENDED, published=85.9)
    named = {"targets-gaussian": {"normalise": "gaussian"}, "targets-minmax": {"normalise": "minmax"},
             "targets-real-zero": {"real_target": "zero"}}  # fmt: skip
    published = {"targets-gaussian": 83.9, "targets-minmax": 83.4}
    return [base] + [
        Experiment(
            name, base.model, dataclasses.replace(SELF_BLENDED, name=name, **change), published=published.get(name)
        )
        for name, change in named.items()
    ]


def _baseline(size: Size) -> Experiment:
    """A plain 3-D convolutional network on self-blended clips (the paper's is a ResNet3D)."""
    model = BaselineConfig(image_size=224 if size == "base" else 112, widths=(16, 32, 64, 128))
    return Experiment("baseline", model, SELF_BLENDED, schedule=Schedule(freeze=0), published=79.6)
