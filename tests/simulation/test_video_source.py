"""Targets against plain loops, cutout, augmentation from one record, clip pairs, the frozen evaluation preset."""

import dataclasses
import math

import av
import numpy as np
import pytest

from media.errors import BadRequest
from simulation.records import Appearance, DegradeParams
from simulation.video_augment import degrade_clip, draw_augment, draw_order, recolour
from simulation.video_presets import EVAL_VIDEO_V1, SELF_BLENDED, TRAIN_VIDEO, compressed
from simulation.video_preview import preview_frames, write_video
from simulation.video_records import EVAL_FAULTS, Clip, Cutout
from simulation.video_source import ClipMaker, eval_clips, still, window
from simulation.video_targets import (
    apply_cutout,
    boundary,
    clip_targets,
    derivative,
    draw_cutout,
    keep_matrix,
    normalise,
    soft_labels,
    to_patches,
)

EVAL_DIGEST = "bda4fbcc27d3270ecac594fe57464b11f9a5f5073a3a8eb9a127b95496bb7c17"


@pytest.fixture(scope="module")
def maker(face, mirrored) -> ClipMaker:
    return ClipMaker([face, mirrored], image_size=64, grid=8)


def masks(t: int = 3, size: int = 30, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).uniform(0, 1, (t, size, size)).astype(np.float32)


def test_boundary_peaks_at_half() -> None:
    assert boundary(np.array([0.0, 0.5, 1.0, 0.25], np.float32)).tolist() == [0.0, 1.0, 0.0, 0.75]


@pytest.mark.parametrize(("size", "grid"), [(28, 14), (30, 7)])
def test_patches_are_the_plain_loop(size: int, grid: int) -> None:
    values = masks(2, size)
    high, mean = to_patches(values, grid), to_patches(values, grid, "mean")
    for t in range(2):
        for row in range(grid):
            for column in range(grid):
                y = [i for i in range(size) if i + 1 > row * size / grid and i < (row + 1) * size / grid]
                x = [i for i in range(size) if i + 1 > column * size / grid and i < (column + 1) * size / grid]
                cell = [values[t, i, j] for i in y for j in x]
                assert high[t, row, column] == max(cell)
                assert mean[t, row, column] == pytest.approx(sum(cell) / len(cell), rel=1e-4)


def test_targets_are_the_plain_loop() -> None:
    patches = masks(4, 6)
    cutout = Cutout(0.7, ((1, 2), (5, 5)))
    targets = clip_targets(patches, cutout)
    kept = [[[0.0 if (i, j) in cutout.cells else float(patches[t, i, j]) for j in range(6)] for i in range(6)]
            for t in range(4)]  # fmt: skip
    steps = [abs(kept[t][i][j] - kept[t - 1][i][j]) for t in range(1, 4) for i in range(6) for j in range(6)]
    mean = sum(steps) / len(steps)
    std = math.sqrt(sum((s - mean) ** 2 for s in steps) / len(steps))
    for t in range(4):
        assert targets.soft[t] == pytest.approx(max(max(row) for row in kept[t]))
        for i in range(6):
            for j in range(6):
                expected = (abs(kept[t][i][j] - kept[t - 1][i][j]) - mean) / std if t else 0.0
                assert targets.derivative[t, i, j] == pytest.approx(expected, abs=1e-4)
                assert targets.real_derivative[t, i, j] == pytest.approx(-mean / std if t else 0.0, abs=1e-4)
    assert targets.keep[1, 2] == targets.keep[5, 5] == 0
    assert targets.keep.sum() == 34


def test_other_normalisations() -> None:
    change = derivative(masks(3, 5))
    low, _ = normalise(change, "minmax")
    assert low[1:].min() == 0
    assert low[1:].max() == 1
    smooth, none = normalise(change, "gaussian")
    assert 0 < smooth[1:].std() < change[1:].std()
    assert not smooth[0].any()
    assert not none.any()
    assert not normalise(change, "standard", "zero")[1].any()
    still_fake, still_real = normalise(np.zeros_like(change))
    assert not still_fake.any()
    assert not still_real.any()


def test_cutout_takes_the_vulnerable_cells_of_frame_0_in_all_frames() -> None:
    patches = masks(3, 8)
    sizes = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        cutout = draw_cutout(rng, patches[0], probability=1.0, extra=0.0)
        assert 0.5 < cutout.threshold <= 1.0
        assert set(cutout.cells) == {(i, j) for i in range(8) for j in range(8) if patches[0, i, j] > cutout.threshold}
        left = patches * keep_matrix(cutout, 8)
        assert soft_labels(left)[0] <= cutout.threshold
        sizes.append(len(cutout.cells))
    assert len(set(sizes)) > 5
    assert draw_cutout(np.random.default_rng(0), patches[0], probability=0.0) == Cutout()
    limited = draw_cutout(np.random.default_rng(0), np.ones((8, 8), np.float32), 1.0, (0.2, 0.4), most=0.1, extra=0.0)
    assert len(limited.cells) == 6
    random_only = draw_cutout(np.random.default_rng(0), np.zeros((8, 8), np.float32), 1.0)
    assert len(random_only.cells) == 1
    frames = np.full((3, 16, 16, 3), 200, np.uint8)
    black = apply_cutout(frames, Cutout(0.5, ((0, 1), (7, 7))), 8)
    assert not black[:, 0:2, 2:4].any()
    assert not black[:, 14:, 14:].any()
    assert (black == 0).sum() == 2 * 4 * 3 * 3
    assert (frames == 200).all()


def test_pairs_share_crop_cutout_and_order(maker) -> None:
    for seed in range(8):
        pair = maker.make(np.random.default_rng(seed))
        again = maker.make(np.random.default_rng(seed))
        assert np.array_equal(pair.fake, again.fake)
        assert np.array_equal(pair.targets.derivative, again.targets.derivative)
        assert pair.real.shape == pair.fake.shape == (4, 64, 64, 3)
        assert pair.targets.boundary.shape == (4, 8, 8)
        for row, column in pair.cutout.cells:
            block = (slice(None), slice(row * 8, row * 8 + 8), slice(column * 8, column * 8 + 8))
            assert not pair.real[block].any()
            assert not pair.fake[block].any()
        assert pair.animated
        assert pair.regions
        expected = to_patches(boundary(pair.masks), 8) * pair.targets.keep
        assert np.array_equal(pair.targets.boundary, expected)


def test_masks_lie_where_the_pair_differs(maker) -> None:
    plain = dataclasses.replace(TRAIN_VIDEO, compress=0.0, noise=0.0, resize=0.0, cutout=0.0, recolour=0.0)
    quiet = ClipMaker(maker.photos, image_size=64, grid=8, preset=plain)
    for seed in range(6):
        pair = quiet.make(np.random.default_rng(seed), 0.0)
        difference = np.abs(pair.real.astype(int) - pair.fake).max(axis=3)
        assert difference[pair.masks > 0.5].mean() > 4 * (difference[pair.masks < 1e-3].mean() + 0.05)


def test_repeated_frames_repeat_in_both_members(maker) -> None:
    preset = dataclasses.replace(TRAIN_VIDEO, repeat=1.0, compress=0.0, noise=0.0, cutout=0.0)
    repeating = ClipMaker(maker.photos, image_size=64, grid=8, preset=preset)
    found = 0
    for seed in range(6):
        pair = repeating.make(np.random.default_rng(seed))
        for t in range(1, 4):
            if pair.augment.order[t] == pair.augment.order[t - 1]:
                found += 1
                assert np.array_equal(pair.real[t], pair.real[t - 1])
                assert np.array_equal(pair.fake[t], pair.fake[t - 1])
    assert found > 2


def test_augmentation_is_one_draw_for_all_frames(maker) -> None:
    frame = maker.photos[0].pixels[:128, :128]
    frames = np.stack([frame] * 3)
    changed = recolour(frames, Appearance(shift=(10.0, -5.0, 0.0), gain=1.1, contrast=0.9, hue=4.0))
    assert np.array_equal(changed[0], changed[2])
    assert not np.array_equal(changed[0], frame)
    noisy = degrade_clip(frames, DegradeParams(noise=0.5, seed=3))
    assert np.array_equal(noisy, degrade_clip(frames, DegradeParams(noise=0.5, seed=3)))
    assert not np.array_equal(noisy[0], noisy[1])  # sensor noise is new in every frame
    record = draw_augment(np.random.default_rng(1), TRAIN_VIDEO, 4)
    assert record == draw_augment(np.random.default_rng(1), TRAIN_VIDEO, 4)
    assert record != draw_augment(np.random.default_rng(2), TRAIN_VIDEO, 4)


def test_h264_is_a_stream_and_its_lead_is_dropped(maker) -> None:
    frame = maker.photos[0].pixels[60:188, 160:288]
    frames = np.stack([np.roll(frame, i, axis=1) for i in range(4)])
    coded = {lead: degrade_clip(frames, DegradeParams(codec="h264", quality=36), lead) for lead in (0, 2)}
    for out in coded.values():
        assert out.shape == frames.shape
        errors = [[np.abs(a.astype(int) - b).mean() for b in frames] for a in out]
        assert [int(np.argmin(e)) for e in errors] == [0, 1, 2, 3]
    assert not np.array_equal(coded[0][0], coded[2][0])
    softer = degrade_clip(frames, DegradeParams(codec="h264", quality=20), 0)
    assert np.abs(softer.astype(int) - frames).mean() < 0.7 * np.abs(coded[0].astype(int) - frames).mean()


def test_real_clips_are_windows_of_the_source(face, mirrored) -> None:
    count = 12
    frames = np.stack([np.roll(face.pixels, i, axis=1) for i in range(count)])
    points = np.stack([face.landmarks + np.array([i, 0], np.float32) for i in range(count)]).astype(np.float32)
    long = Clip(frames, points, "long", "collins")
    cut = window(long, 3, 2, 4)
    assert np.array_equal(cut.frames[2], frames[7])
    pair = ClipMaker([], [long], image_size=64, grid=8).make(np.random.default_rng(0), family="resynthesis")
    assert not pair.animated
    assert pair.case == "resynthesis"
    with pytest.raises(BadRequest, match="shorter than 4 frames: short"):
        ClipMaker([], [Clip(frames[:3], points[:3], "short")])
    with pytest.raises(BadRequest):
        ClipMaker([])
    assert np.array_equal(still(face, 3).frames[2], face.pixels)


def test_a_swap_takes_another_person(maker, face) -> None:
    assert maker.make(np.random.default_rng(0), family="swap").case == "swap"
    alone = ClipMaker([face, dataclasses.replace(face, name="again")], image_size=64, grid=8)
    assert alone.make(np.random.default_rng(0), family="swap").case == "resynthesis"


def test_evaluation_preset_is_frozen(face, mirrored) -> None:
    assert EVAL_VIDEO_V1.digest() == EVAL_DIGEST
    assert dataclasses.replace(EVAL_VIDEO_V1, step=0.3).digest() != EVAL_DIGEST
    assert set(EVAL_VIDEO_V1.faults) == set(EVAL_FAULTS)
    assert not set(EVAL_VIDEO_V1.faults) & set(TRAIN_VIDEO.faults)
    photos = [face, mirrored] * 5
    pairs = list(eval_clips(photos, image_size=64, grid=8))
    again = next(eval_clips(photos, image_size=64, grid=8))
    assert np.array_equal(pairs[0].fake, again.fake)
    assert {p.case for p in pairs} >= {"self_blend", "swap", *EVAL_FAULTS}
    assert not any(p.cutout.cells for p in pairs)


def test_compression_presets() -> None:
    rng = np.random.default_rng(0)
    assert {draw_augment(rng, compressed(SELF_BLENDED, 23), 4).degradation.quality for _ in range(5)} == {23}
    assert {draw_augment(rng, compressed(SELF_BLENDED, 0), 4).degradation.codec for _ in range(5)} == {"none"}


def test_order_starts_at_the_first_frame_and_never_goes_back() -> None:
    from simulation.families.common import Draw

    orders = [draw_order(Draw(np.random.default_rng(s)), 6) for s in range(20)]
    assert all(o[0] == 0 and list(o) == sorted(o) for o in orders)
    assert len(set(orders)) > 5


def test_preview_writes_a_video(maker, tmp_path) -> None:
    pair = maker.make(np.random.default_rng(0), faults=("jitter",))
    frames = preview_frames(pair, 1)
    assert frames[0].shape == (64, 4 * 64, 3)
    assert not frames[0][:, 192:].any()  # no change before the first frame
    write_video(tmp_path / "a.mp4", frames)
    with av.open(str(tmp_path / "a.mp4")) as container:
        assert sum(1 for _ in container.decode(video=0)) == 4
