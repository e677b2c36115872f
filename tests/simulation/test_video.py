"""Forged clips: same record same pixels, truth masks, consistency over time, faults that show in motion only."""

import dataclasses
import json

import numpy as np
import pytest

from media.errors import BadRequest
from simulation.records import FAMILIES, FaceRecord, ForgeryParams, MaskShape
from simulation.video import draw_clip_params, forge_clip, to_and_fro, visible_change
from simulation.video_animate import AnimationParams, animate, animated_frame, draw_animation
from simulation.video_clips import clip_square, crop_clip, flip_clip, mean_move, reinterpolate
from simulation.video_records import EVAL_FAULTS, FAULT_WORDS, TRAIN_FAULTS, Clip, ClipParams, Wave
from simulation.video_source import with_room
from simulation.video_temporal import motion_change

FAULTS = (*TRAIN_FAULTS, *EVAL_FAULTS)


@pytest.fixture(scope="module")
def clip(face) -> Clip:
    """The astronaut set in motion, 4 frames of 128 px."""
    return moving(face, 0)


@pytest.fixture(scope="module")
def other(mirrored) -> Clip:
    return moving(mirrored, 1)


def moving(record: FaceRecord, seed: int, frames: int = 4) -> Clip:
    photo = with_room(record)
    motion = draw_animation(np.random.default_rng(seed), stride=3)
    return crop_clip(animate(photo.pixels, photo.landmarks, motion, frames, record.name, record.person), 128)


def made(clip, other, seed, family=None, faults=(), difficulty=0.2, **more):
    params = draw_clip_params(np.random.default_rng(seed), clip, family, faults, difficulty, **more)
    return forge_clip(clip, params, other)


CASES = [*((f, ()) for f in FAMILIES), *((None, (k,)) for k in FAULTS), ("self_blend", ("jitter",))]


@pytest.mark.parametrize(("family", "faults"), CASES)
def test_same_record_same_pixels_and_nothing_changes_outside(clip, other, family, faults) -> None:
    first, again = (made(clip, other, 3, family, faults) for _ in range(2))
    assert first.params == again.params
    assert np.array_equal(first.fake, again.fake)
    assert np.array_equal(first.masks, again.masks)
    difference = np.abs(first.fake.astype(int) - first.real).max(axis=3)
    assert difference[first.masks < 1e-4].max(initial=0) <= 1
    assert difference.max() > 3
    assert not np.array_equal(made(clip, other, 4, family, faults).fake, first.fake)
    assert json.loads(json.dumps(first.params.as_dict()))["tau"] == 0.35


@pytest.mark.parametrize("kind", FAULTS)
def test_faults_show_in_motion_and_are_named(clip, kind) -> None:
    forged = [made(clip, None, seed, None, (kind,), 0.0) for seed in range(6)]
    assert max(motion_change(f.fake, f.real, f.masks) for f in forged) > 1.0
    assert all(f.kinds == (kind,) for f in forged)
    assert kind in FAULT_WORDS
    assert motion_change(clip.frames, clip.frames, np.ones_like(forged[0].masks)) == 0.0


def test_kinds_of_evaluation_are_never_trained_on() -> None:
    assert not set(TRAIN_FAULTS) & set(EVAL_FAULTS)
    assert set(FAULT_WORDS) == set(FAULTS)


def test_first_frame_of_a_drift_is_untouched_and_held_frames_repeat(clip) -> None:
    drift = made(clip, None, 1, None, ("identity_drift",), 0.0)
    assert np.abs(drift.fake[0].astype(int) - clip.frames[0]).max() <= 1
    assert visible_change(dataclasses.replace(drift, fake=drift.fake[1:], real=drift.real[1:], masks=drift.masks[1:]))
    drop = made(clip, None, 1, None, ("frame_drop",), 0.0)
    taken = [int(v[0]) for v in drop.params.faults[0].values]
    assert taken[0] == 0
    assert taken != list(range(4))
    assert all(i <= t for t, i in enumerate(taken))


def test_one_record_for_the_clip_changes_less_from_frame_to_frame(clip) -> None:
    """The consistent synthesis (one draw) against the ablation (one draw a frame)."""

    def trembling(consistent: bool) -> float:
        forged = [made(clip, None, s, "self_blend", (), 0.0, consistent=consistent) for s in range(6)]
        return float(np.mean([motion_change(f.fake, f.real, f.masks) for f in forged]))

    assert trembling(False) > 2 * trembling(True)
    assert len(draw_clip_params(np.random.default_rng(0), clip, "self_blend", consistent=False).spatial) == 4


def test_wrong_requests(clip) -> None:
    rng = np.random.default_rng(0)
    with pytest.raises(BadRequest):
        draw_clip_params(rng, clip, None)
    params = draw_clip_params(rng, clip, "swap")
    with pytest.raises(BadRequest, match="second face"):
        forge_clip(clip, params)
    short = draw_clip_params(rng, clip, None, ("jitter",))
    with pytest.raises(ValueError, match="drawn for 4 frames"):
        forge_clip(Clip(clip.frames[:3], clip.landmarks[:3], "short"), short)
    record = ForgeryParams("self_blend", "whole", 1, MaskShape())
    with pytest.raises(ValueError, match="1 or 4 records"):
        forge_clip(clip, ClipParams((record, record)))


def test_reinterpolation_is_the_plain_rule(clip) -> None:
    """By hand on 81 points of a face as large as in the paper's crop, where the sheet's units are pixels."""
    base = np.random.default_rng(0).uniform(0, 1, (81, 2)).astype(np.float32)
    base = (base - base.min(0)) / np.ptp(base, axis=0) * np.float32(256 / 1.5)
    step = np.array([7.0, 0.0], np.float32)  # every point moves by 7 px: d = 7 sqrt(81) / 81
    moving_points = np.stack([base, base + 1.0, base + 1.0 + step])
    d = np.linalg.norm(np.repeat(step[None], 81, axis=0)) / 81
    assert mean_move(moving_points[1], moving_points[2]) == pytest.approx(d, rel=1e-5)
    out = reinterpolate(moving_points)
    assert np.array_equal(out[:2], moving_points[:2])  # a small move stays
    assert np.allclose(out[2], out[1] + step / round(d / 0.2), atol=1e-4)
    further = np.concatenate([moving_points, moving_points[2:]])  # the face rests, the hull catches up from where it is
    gap = further[3] - out[2]
    caught = out[2] + gap / round(float(np.linalg.norm(gap)) / 81 / 0.2)
    assert np.allclose(reinterpolate(further)[3], caught, atol=1e-4)
    assert np.allclose(reinterpolate(3 * moving_points), 3 * out, atol=1e-3)  # scales with resolution
    many = np.repeat(moving_points, 5, axis=1)  # and not with the number of points
    assert np.allclose(reinterpolate(many), np.repeat(out, 5, axis=1), atol=1e-4)
    assert np.array_equal(reinterpolate(moving_points, tau=0.0), moving_points)


def test_reinterpolation_moves_the_hull_but_not_the_face(clip) -> None:
    jump = clip.landmarks.copy()
    jump[2:] += 9.0
    jumping = Clip(clip.frames, jump, "jump")
    params = draw_clip_params(np.random.default_rng(5), clip, "self_blend")
    with_lag, without = forge_clip(jumping, params), forge_clip(jumping, dataclasses.replace(params, tau=0.0))
    assert not np.array_equal(with_lag.masks[2], without.masks[2])
    assert np.array_equal(with_lag.masks[0], without.masks[0])
    assert np.array_equal(with_lag.landmarks, jump)


def test_animation_is_smooth_and_the_mesh_follows_the_picture(face) -> None:
    photo = with_room(face)
    wave = Wave(0.0, 1.0, 0.0)
    turn = AnimationParams(Wave(10, 2, 0.25), wave, wave, wave, wave, wave, wave, wave)
    image, points = animated_frame(photo.pixels, photo.landmarks, turn, 0.0)
    moved = points - photo.landmarks
    assert moved[4, 0] > moved[127, 0] + 1  # the nose moves to the image's right, more than the ear
    assert moved[4, 0] > moved[356, 0] + 1
    x, y = photo.landmarks[33].astype(int)  # an eye's corner: the same patch is found where the mesh says
    dx, dy = np.rint(moved[33]).astype(int)
    patch = photo.pixels[y - 4 : y + 5, x - 4 : x + 5].astype(float)
    there = image[y + dy - 4 : y + dy + 5, x + dx - 4 : x + dx + 5].astype(float)
    stayed = image[y - 4 : y + 5, x - 4 : x + 5].astype(float)
    assert np.abs(there - patch).mean() < 0.7 * np.abs(stayed - patch).mean()
    still = dataclasses.replace(turn, yaw=wave)
    assert np.array_equal(animated_frame(photo.pixels, photo.landmarks, still, 0.3)[0], photo.pixels)
    motion = draw_animation(np.random.default_rng(2))
    steps = [
        np.abs(np.diff(animate(photo.pixels, photo.landmarks, m, 3, "a").landmarks, axis=0)).mean()
        for m in (dataclasses.replace(motion, step=0.01), dataclasses.replace(motion, step=0.04))
    ]
    assert 0 < steps[0] < 0.5 * steps[1]


def test_one_square_for_a_clip(clip) -> None:
    centre, side = clip_square(clip.landmarks, 1.2)
    cut = crop_clip(clip, 64, 1.2)
    assert cut.frames.shape == (4, 64, 64, 3)
    expected = (clip.landmarks - (np.array(centre) - side / 2)) * 64 / side
    assert np.abs(cut.landmarks - expected).max() < 0.6  # the same square in every frame, rounded to whole pixels
    twice = flip_clip(flip_clip(clip))
    assert np.array_equal(twice.frames, clip.frames)
    assert np.allclose(twice.landmarks, clip.landmarks, atol=1e-3)


def test_to_and_fro() -> None:
    assert [to_and_fro(i, 3) for i in range(7)] == [0, 1, 2, 1, 0, 1, 2]
    assert to_and_fro(5, 1) == 0


def test_records_refuse_wrong_shapes(clip) -> None:
    with pytest.raises(ValueError, match="landmarks must be"):
        Clip(clip.frames, clip.landmarks[:2], "x")
    with pytest.raises(ValueError, match="uint8"):
        Clip(clip.frames.astype(np.float32), clip.landmarks, "x")  # type: ignore[arg-type]
