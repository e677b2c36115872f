"""Pairs for training and evaluation: a real crop and its forgery, cropped and degraded alike."""

from collections.abc import Iterator, Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from media.crops import crop_square, landmark_square, to_crop
from media.errors import BadRequest
from media.regions import flip_landmarks
from simulation.appearance import lower_resolution
from simulation.degrade import degrade_all, draw_degradation
from simulation.faces_data import load_clip_faces, load_faces
from simulation.forge import draw_params, forge, mean_change
from simulation.hulls import dlib68
from simulation.presets import EVAL_SEED, EVAL_V1, TRAIN, Preset
from simulation.records import DegradeParams, FaceRecord, Family, Forgery, ForgeryParams, Pair

__all__ = ["FaceRecord", "Pair", "PairMaker", "eval_pairs", "group_of", "load_clip_faces", "load_faces"]

WORKING_SIZE = 192
_TRIES = 8
_CANDIDATES = 80
# Position in DLIB68 of each point's mirror image.
_DLIB_MIRROR = np.array(
    [*range(16, -1, -1), *range(26, 16, -1), *range(27, 31), *range(35, 30, -1), 45, 44, 43, 42, 47, 46, 39, 38, 37, 36,
     41, 40, 54, 53, 52, 51, 50, 49, 48, 59, 58, 57, 56, 55, 64, 63, 62, 61, 60, 67, 66, 65]
)  # fmt: skip


class PairMaker:
    """Makes pairs from real faces. Deterministic given the generator; cheap to fork.

    Args:
        records: real faces.
        image_size: side of the pairs in pixels.
        preset: shares of families and limits.
        clips: further real faces (frames of clips), drawn with probability `clip_share`.
        working_size: largest side at which forging is done.

    Attributes:
        replaced: forgeries thrown away because their mask was empty or they changed too little.
    """

    def __init__(
        self,
        records: Sequence[FaceRecord],
        image_size: int = 128,
        preset: Preset = TRAIN,
        clips: Sequence[FaceRecord] = (),
        clip_share: float = 0.35,
        working_size: int = WORKING_SIZE,
    ) -> None:
        if not records and not clips:
            raise BadRequest("No real faces were given to make forgeries from.")
        self.records = [*records, *clips]
        self.photos = len(records)
        self.clip_share = clip_share if records and clips else float(bool(clips))
        self.image_size = image_size
        self.working_size = max(working_size, image_size)
        self.preset = preset
        self.replaced = 0
        self._shapes = np.stack([_normalised(r.landmarks) for r in self.records])

    def make(self, rng: np.random.Generator, difficulty: float = 1.0, family: Family | None = None) -> Pair:
        """Draw one pair.

        Args:
            difficulty: 0..1; ignored limits of non-curriculum presets stay at their full width.
            family: makes this family instead of drawing one.
        """
        while True:
            if self.clip_share and rng.random() < self.clip_share:
                index = int(rng.integers(self.photos, len(self.records)))
            else:
                index = int(rng.integers(self.photos))
            pair = self.make_from(index, rng, difficulty, family)
            if pair is not None:
                return pair

    def make_from(
        self, index: int, rng: np.random.Generator, difficulty: float = 1.0, family: Family | None = None
    ) -> Pair | None:
        """One pair from record `index`; None when no attempt changed the picture enough."""
        record = self.records[index]
        pixels, landmarks = self._prepare(record, rng, difficulty)
        chosen = family or self._family(rng)
        hardness = difficulty if self.preset.curriculum else 1.0
        for _ in range(_TRIES):
            other = self._other(index, landmarks, rng) if chosen == "swap" else None
            if chosen == "swap" and other is None:  # nobody else there
                chosen = "resynthesis"
            params = draw_params(rng, chosen, hardness, landmarks, self.preset.ratios)
            forgery = forge(pixels, landmarks, params, other)
            if forgery.regions and mean_change(forgery) >= self.preset.min_change:
                degradation = draw_degradation(rng, difficulty, self.preset.degradation)
                return self._finish(forgery, record, degradation, bool(rng.random() < 0.5))
            self.replaced += 1
        return None

    def _family(self, rng: np.random.Generator) -> Family:
        names, shares = zip(*self.preset.shares, strict=True)
        return names[int(rng.choice(len(names), p=shares))]

    def _prepare(
        self, record: FaceRecord, rng: np.random.Generator, difficulty: float
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """Crop at the working size, flipped and worn as the preset asks, with its landmarks."""
        preset = self.preset
        (x, y), side = landmark_square(record.landmarks, float(rng.uniform(*preset.margin)))
        dx, dy = rng.uniform(-preset.jitter, preset.jitter, 2) * side
        size = int(np.clip(round(side), self.image_size, self.working_size))
        crop = crop_square(record.pixels, (x + float(dx), y + float(dy)), side, size)
        pixels: NDArray[Any] = crop.pixels
        landmarks = to_crop(record.landmarks, crop)
        if rng.random() < preset.flip:
            pixels, landmarks = np.ascontiguousarray(pixels[:, ::-1]), flip_landmarks(landmarks, size)
        if rng.random() < preset.pre_shrink * (difficulty if preset.curriculum else 1.0):
            factor = float(rng.uniform(preset.pre_shrink_to, 1.0))
            pixels = lower_resolution(pixels, factor)
        return pixels, np.asarray(landmarks, np.float32)

    def _other(
        self, index: int, landmarks: NDArray[np.float32], rng: np.random.Generator
    ) -> tuple[NDArray[np.uint8], NDArray[np.float32]] | None:
        """The face most alike in shape and pose among random faces of other people and their mirror images.

        Args:
            index: record of the face to be replaced; landmarks: that face as it lies in the crop.
        """
        near = rng.random() < 0.7  # photos with photos, clips with clips
        low, high = (0, self.photos) if index < self.photos else (self.photos, len(self.records))
        candidates = rng.integers(low, high, _CANDIDATES) if near else rng.integers(0, len(self.records), _CANDIDATES)
        own = self.records[index]
        others = [i for i in candidates.tolist() if i != index and not _same_person(own, self.records[i])]
        if not others:
            return None
        goal = _normalised(landmarks)
        shapes = self._shapes[others]
        mirrored = shapes[:, _DLIB_MIRROR] * np.array([-1, 1], np.float32)
        straight = ((shapes - goal) ** 2).sum(axis=(1, 2))
        turned = ((mirrored - goal) ** 2).sum(axis=(1, 2))
        best = int(np.argmin(np.minimum(straight, turned)))
        record = self.records[others[best]]
        if straight[best] <= turned[best]:
            return record.pixels, record.landmarks
        flipped = np.ascontiguousarray(record.pixels[:, ::-1])
        return flipped, flip_landmarks(record.landmarks, record.pixels.shape[1])

    def _finish(self, forgery: Forgery, record: FaceRecord, degradation: DegradeParams, early: bool) -> Pair:
        """Degrade both members alike, before or after resizing to the asked size."""
        size, working = self.image_size, forgery.image.shape[0]
        both: list[NDArray[Any]] = [forgery.real, forgery.image]
        early = early or working == size
        both = degrade_all(both, degradation) if early else both
        mask: NDArray[Any] = forgery.mask
        if working != size:
            both = [cv2.resize(p, (size, size), interpolation=cv2.INTER_AREA) for p in both]
            mask = cv2.resize(mask, (size, size), interpolation=cv2.INTER_AREA)
        both = both if early else degrade_all(both, degradation)
        landmarks = (forgery.landmarks * np.float32(size / working)).astype(np.float32)
        return Pair(both[0], both[1], mask, landmarks, forgery.regions, forgery.kinds, forgery.params.family,
                    record.name, forgery.params, degradation)  # fmt: skip


def eval_pairs(
    records: Sequence[FaceRecord], image_size: int = 128, preset: Preset = EVAL_V1, seed: int = EVAL_SEED
) -> Iterator[Pair]:
    """One pair a record, families in turn, always the same: pair i depends on the seed, i and the records only."""
    maker = PairMaker(records, image_size, preset)
    names: list[Family] = [name for name, _ in preset.shares]
    for index in range(len(records)):
        rng = np.random.default_rng([seed, index])
        pair = None
        while pair is None:
            pair = maker.make_from(index, rng, 1.0, names[index % len(names)])
        yield pair


def group_of(params: ForgeryParams) -> str:
    """ "whole" for forgeries of the whole face (self-blend, swap, re-synthesis), else "region"."""
    return "whole" if params.method == "whole" else "region"


def _normalised(landmarks: NDArray[np.float32]) -> NDArray[np.float32]:
    points = dlib68(landmarks)
    points = points - points.mean(axis=0)
    return points / max(float(np.sqrt((points**2).sum(axis=1).mean())), 1e-6)


def _same_person(a: FaceRecord, b: FaceRecord) -> bool:
    return bool(a.person) and a.person == b.person
