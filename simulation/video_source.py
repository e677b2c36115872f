"""Clip pairs for training and evaluation, from real clips and from photos set in motion."""

import dataclasses
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from media.crops import crop_square, landmark_square, to_crop
from media.errors import BadRequest
from simulation.hulls import dlib68
from simulation.records import FaceRecord, Family
from simulation.video import draw_clip_params, forge_clip, visible_change
from simulation.video_animate import animate, draw_animation
from simulation.video_augment import degrade_clip, draw_augment, recolour
from simulation.video_clips import crop_clip, flip_clip, resize_all
from simulation.video_presets import EVAL_VIDEO_SEED, EVAL_VIDEO_V1, TRAIN_VIDEO, VideoPreset
from simulation.video_records import Clip, ClipAugment, ClipForgery, ClipPair, Cutout, TemporalKind
from simulation.video_targets import apply_cutout, boundary, clip_targets, draw_cutout, to_patches
from simulation.video_temporal import motion_change

WORKING_SIZE = 192
_TRIES, _CANDIDATES = 6, 40
_PHOTO_MARGIN, _PHOTO_SIZE = 1.75, 256  # room around a face that is to move


class ClipMaker:
    """Makes clip pairs. Deterministic given the generator; cheap to fork.

    Args:
        photos: real faces, set in motion; clips: real clips, at least `frames` long, with room around the face.
        frames, image_size, grid: T, S in pixels (even), and g cells a side of the targets.
        clip_share: probability of a real clip where there are photos too.

    Attributes:
        replaced: forgeries thrown away because they changed too little.
    """

    def __init__(
        self,
        photos: Sequence[FaceRecord],
        clips: Sequence[Clip] = (),
        frames: int = 4,
        image_size: int = 112,
        grid: int = 14,
        preset: VideoPreset = TRAIN_VIDEO,
        clip_share: float = 0.5,
    ) -> None:
        short = [c.name for c in clips if len(c.frames) < frames]
        if short:
            raise BadRequest(f"Clips shorter than {frames} frames: {', '.join(short[:5])}.")
        if not photos and not clips:
            raise BadRequest("No real faces were given to make forged clips from.")
        if frames < 2 or image_size % 2 or grid > image_size:
            raise ValueError(f"need 2 frames or more, an even size, grid <= size: {frames}, {image_size}, {grid}")
        self.photos, self.clips = list(photos), list(clips)
        self.frames, self.image_size, self.grid, self.preset = frames, image_size, grid, preset
        self.clip_share = clip_share if photos and clips else float(bool(clips))
        self.replaced = 0

    def make(
        self,
        rng: np.random.Generator,
        difficulty: float = 1.0,
        family: Family | None = None,
        faults: tuple[TemporalKind, ...] | None = None,
    ) -> ClipPair:
        """Draw one pair; family and faults are drawn too unless given (faults given, family None: motion only)."""
        while True:
            index = self._draw_index(rng)
            pair = self.make_from(index, rng, difficulty, family, faults)
            if pair is not None:
                return pair

    def _draw_index(self, rng: np.random.Generator) -> int:
        """Photos first, then clips."""
        if rng.random() < self.clip_share:
            return len(self.photos) + int(rng.integers(len(self.clips)))
        return int(rng.integers(len(self.photos)))

    def make_from(
        self,
        index: int,
        rng: np.random.Generator,
        difficulty: float = 1.0,
        family: Family | None = None,
        faults: tuple[TemporalKind, ...] | None = None,
    ) -> ClipPair | None:
        """One pair from photo or clip `index`; None when no attempt changed it enough."""
        preset = self.preset
        hardness = difficulty if preset.curriculum else 1.0
        clip = self._prepare(self._real(index, rng), rng)
        for _ in range(_TRIES):
            chosen, kinds = (family, faults or ()) if family or faults is not None else self._draw_kind(rng)
            other = self._other(index, clip, rng) if chosen == "swap" else None
            chosen = "resynthesis" if chosen == "swap" and other is None else chosen  # nobody else there
            params = draw_clip_params(rng, clip, chosen, kinds, hardness, preset.ratios, preset.consistent,
                                      (preset.tau, preset.step))  # fmt: skip
            forgery = forge_clip(clip, params, other)
            if forgery.regions and self._changed(forgery):
                return self._finish(forgery, clip, rng, difficulty)
            self.replaced += 1
        return None

    def _draw_kind(self, rng: np.random.Generator) -> tuple[Family | None, tuple[TemporalKind, ...]]:
        preset = self.preset
        where = rng.random()
        motion = where < preset.motion_only + preset.both
        kinds = (preset.faults[int(rng.integers(len(preset.faults)))],) if motion and preset.faults else ()
        if where < preset.motion_only and kinds:
            return None, kinds
        names, shares = zip(*preset.families, strict=True)
        return names[int(rng.choice(len(names), p=shares))], kinds

    def _changed(self, forgery: ClipForgery) -> bool:
        if forgery.params.spatial:
            return visible_change(forgery) >= self.preset.min_change
        return motion_change(forgery.fake, forgery.real, forgery.masks) >= self.preset.min_motion

    def _real(self, index: int, rng: np.random.Generator) -> Clip:
        """T frames of a clip, or of a photo set in motion."""
        low, high = self.preset.stride
        stride = int(rng.integers(low, high + 1))
        if index < len(self.photos):
            photo = with_room(self.photos[index])
            motion = draw_animation(rng, float(rng.uniform(*self.preset.liveliness)), stride)
            return animate(photo.pixels, photo.landmarks, motion, self.frames, photo.name, photo.person)
        clip = self.clips[index - len(self.photos)]
        stride = max(min(stride, (len(clip.frames) - 1) // (self.frames - 1)), 1)
        start = int(rng.integers(len(clip.frames) - stride * (self.frames - 1)))
        return window(clip, start, stride, self.frames)

    def _prepare(self, clip: Clip, rng: np.random.Generator) -> Clip:
        preset = self.preset
        margin = float(rng.uniform(*preset.margin))
        dx, dy = rng.uniform(-preset.jitter, preset.jitter, 2).tolist() if preset.jitter else (0.0, 0.0)
        cut = crop_clip(clip, max(WORKING_SIZE, self.image_size), margin, (dx, dy))
        return flip_clip(cut) if rng.random() < preset.flip else cut

    def _other(self, index: int, clip: Clip, rng: np.random.Generator) -> Clip | None:
        """The person most alike in shape and pose among random others, of the same kind (photo or clip)."""
        photos = len(self.photos)
        low, high = (0, photos) if index < photos else (photos, photos + len(self.clips))
        person = self._person(index)
        picked = [i for i in rng.integers(low, high, _CANDIDATES).tolist() if i != index]
        picked = [i for i in picked if not person or self._person(i) != person]
        if not picked:
            return None
        goal = _normalised(clip.landmarks[0])
        best = min(picked, key=lambda i: float(((_normalised(self._first(i)) - goal) ** 2).sum()))
        return self._real(best, rng)

    def _person(self, index: int) -> str:
        source = self.photos[index] if index < len(self.photos) else self.clips[index - len(self.photos)]
        return source.person

    def _first(self, index: int) -> NDArray[np.float32]:
        if index < len(self.photos):
            return self.photos[index].landmarks
        return self.clips[index - len(self.photos)].landmarks[0]

    def _finish(self, forgery: ClipForgery, clip: Clip, rng: np.random.Generator, difficulty: float) -> ClipPair:
        """Augment both members alike, resize, find the targets, cut out the same cells."""
        augment = draw_augment(rng, self.preset, self.frames, difficulty)
        order = list(augment.order)
        real, fake = (self._worn(frames[order], augment) for frames in (forgery.real, forgery.fake))
        masks = np.clip(resize_all(forgery.masks[order], self.image_size), 0, 1).astype(np.float32)
        patches = to_patches(boundary(masks), self.grid, self.preset.pool)
        cutout = Cutout()
        if self.preset.cutout:
            preset = self.preset
            cutout = draw_cutout(rng, patches[0], preset.cutout, preset.cutout_limits, preset.cutout_most)
        targets = clip_targets(patches, cutout, self.preset.normalise, self.preset.real_target)
        points = forgery.landmarks[order] * np.float32(self.image_size / clip.frames.shape[1])
        real, fake = (apply_cutout(frames, cutout, self.grid) for frames in (real, fake))
        return ClipPair(real, fake, masks, points, targets, forgery.regions, forgery.kinds, clip.name, clip.animated,
                        forgery.params, augment, cutout)  # fmt: skip

    def _worn(self, frames: NDArray[np.uint8], augment: ClipAugment) -> NDArray[np.uint8]:
        """Frames at the final size, coloured and degraded as the record says."""
        coloured = recolour(frames, augment.look)
        if augment.early:
            return resize_all(degrade_clip(coloured, augment.degradation, augment.lead), self.image_size)
        return degrade_clip(resize_all(coloured, self.image_size), augment.degradation, augment.lead)


def window(clip: Clip, start: int, stride: int, frames: int) -> Clip:
    """Every stride-th frame of a clip from `start` on."""
    index = [start + stride * i for i in range(frames)]
    return dataclasses.replace(clip, frames=clip.frames[index], landmarks=clip.landmarks[index])


def still(record: FaceRecord, frames: int) -> Clip:
    """A photo that does not move: a real clip on which motion detectors must stay calm."""
    return Clip(np.stack([record.pixels] * frames), np.stack([record.landmarks] * frames).astype(np.float32),
                record.name, record.person, animated=True)  # fmt: skip


def with_room(record: FaceRecord) -> FaceRecord:
    """A photo cut to a square with room around the face (mirrored border), at most 256 px."""
    centre, side = landmark_square(record.landmarks, _PHOTO_MARGIN)
    crop = crop_square(record.pixels, centre, side, min(round(side), _PHOTO_SIZE))
    return FaceRecord(crop.pixels, to_crop(record.landmarks, crop), record.name, record.person)


def eval_clips(
    photos: Sequence[FaceRecord],
    clips: Sequence[Clip] = (),
    frames: int = 4,
    image_size: int = 112,
    grid: int = 14,
    preset: VideoPreset = EVAL_VIDEO_V1,
    seed: int = EVAL_VIDEO_SEED,
) -> Iterator[ClipPair]:
    """One pair a photo and clip, families and faults in turn, always the same: pair i depends on seed, i and sources.

    A source that a case does not change enough (a fault in motion on a picture that hardly moves) is drawn again with
    other motion, at most 20 times, then left out.
    """
    maker = ClipMaker(photos, clips, frames, image_size, grid, preset)
    cases: list[tuple[Family | None, tuple[TemporalKind, ...]]] = [(f, ()) for f, _ in preset.families]
    cases.extend((None, (kind,)) for kind in preset.faults)
    for index in range(len(photos) + len(clips)):
        rng = np.random.default_rng([seed, index])
        family, faults = cases[index % len(cases)]
        for _ in range(20):
            pair = maker.make_from(index, rng, 1.0, family, faults)
            if pair is not None:
                yield pair
                break


def _normalised(landmarks: NDArray[np.float32]) -> NDArray[np.float32]:
    points = dlib68(landmarks)
    points = points - points.mean(axis=0)
    return points / max(float(np.sqrt((points**2).sum(axis=1).mean())), 1e-6)
