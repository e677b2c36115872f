"""Planted faults: each usual mistake, put into the running code, makes a check fail that passes without it."""

from collections.abc import Callable

import numpy as np
import pytest
import torch

import assistant.tracks
import kfd.predictor
import media.open
from assistant.cache import KeyValueCache
from kfd.alignment import Alignment
from kfd.calibration import Calibration
from kfd.config import KFDConfig
from kfd.detector import KnowledgeGuidedDetector
from kfd.predictor import ForgeryPredictor
from kfd.text import DescriptionFeatures
from media import regions
from media.crops import crop_face
from media.records import Frame
from tests import checks
from tests.checks import Bench

Plant = Callable[[pytest.MonkeyPatch], None]


@pytest.fixture(scope="module")
def photo(request):
    """(pixels, landmarks, two faces side by side), found once."""
    from skimage.data import astronaut

    from media.faces import FaceFinder

    pixels = astronaut()
    with FaceFinder() as finder:
        (face,) = finder.find(Frame(pixels))
    half = pixels[:300, 80:380]
    darker = (half[:, ::-1] * 0.7).astype(np.uint8)
    return pixels, face.landmarks, np.concatenate([half, darker], axis=1)


@pytest.fixture
def bench(photo, tmp_path) -> Bench:
    return Bench(*photo, tmp_path)


def _wrap(patch: pytest.MonkeyPatch, owner: object, name: str, change: Callable) -> None:
    """Replace owner.name by change(original)."""
    patch.setattr(owner, name, change(getattr(owner, name)))


def label_order_flipped(patch: pytest.MonkeyPatch) -> None:
    def flipped(forward):
        def wrong(self, *args, **kwargs):
            output = forward(self, *args, **kwargs)
            object.__setattr__(output, "logits", output.logits.flip(1))
            return output

        return wrong

    _wrap(patch, KnowledgeGuidedDetector, "forward", flipped)


def blue_first(patch: pytest.MonkeyPatch) -> None:
    turned = lambda old: lambda self, x: old(self, np.asarray(x)[..., ::-1].copy())  # noqa: E731
    _wrap(patch, KnowledgeGuidedDetector, "prepare", turned)


def blue_first_when_read(patch: pytest.MonkeyPatch) -> None:
    _wrap(patch, media.open, "load_image", lambda old: lambda path: Frame(old(path).pixels[..., ::-1].copy()))


def left_and_right_exchanged(patch: pytest.MonkeyPatch) -> None:
    swap = {"left": "right", "right": "left"}
    table = {k: regions._OUTLINES[swap[k[: k.index("_")]] + k[k.index("_") :]] if "_" in k else v
             for k, v in regions._OUTLINES.items()}  # fmt: skip
    patch.setattr(regions, "_OUTLINES", table)


def mirror_without_renaming(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(regions, "FLIP_INDEX", np.arange(478))


def normalisation_missing(patch: pytest.MonkeyPatch) -> None:
    plain = lambda self, images: torch.as_tensor(images).permute(0, 3, 1, 2).float() / 255.0  # noqa: E731
    patch.setattr(KnowledgeGuidedDetector, "prepare", plain)


def another_crop_margin_in_use(patch: pytest.MonkeyPatch) -> None:
    wide = lambda pixels, landmarks, size, margin=1.7: crop_face(pixels, landmarks, size, 1.7)  # noqa: E731
    patch.setattr(assistant.tracks, "crop_face", wide)


def stale_cache(patch: pytest.MonkeyPatch) -> None:
    def trusting(self, keys, owner):
        self._owner = owner
        self.crop(min(len(self.keys), len(keys) - 1))
        return len(self.keys)

    patch.setattr(KeyValueCache, "align", trusting)


def points_as_row_and_column(patch: pytest.MonkeyPatch) -> None:
    _wrap(patch, kfd.predictor, "to_crop", lambda old: lambda points, crop: old(points, crop)[:, ::-1].copy())


def map_transposed(patch: pytest.MonkeyPatch) -> None:
    real = kfd.predictor.Signals
    patch.setattr(kfd.predictor, "Signals", lambda c, m, p, g: real(c, np.ascontiguousarray(m.T), p, g))


def map_pasted_upside_down(patch: pytest.MonkeyPatch) -> None:
    _wrap(patch, checks, "paste_map", lambda old: lambda values, crop, shape: old(values[::-1].copy(), crop, shape))


def score_is_probability_of_real(patch: pytest.MonkeyPatch) -> None:
    _wrap(patch, Calibration, "score", lambda old: lambda self, margins: 1.0 - old(self, margins))


def labels_of_checkpoint_not_looked_at(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(KFDConfig, "__post_init__", lambda self: None)


def descriptions_swapped(patch: pytest.MonkeyPatch) -> None:
    _wrap(patch, Alignment, "forward", lambda old: lambda self, layers, text: old(self, layers, text.flip(0)))


def stored_descriptions_swapped(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(DescriptionFeatures, "forward", lambda self: self.features.flip(0))


def orientation_ignored(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(media.open.ImageOps, "exif_transpose", lambda image, **_: image)


def evidence_of_another_face(patch: pytest.MonkeyPatch) -> None:
    def crossed(old):
        return lambda self, crops, landmarks, *rest: old(self, crops, landmarks, *rest)[::-1]

    _wrap(patch, ForgeryPredictor, "examine", crossed)


FAULTS: tuple[tuple[Plant, Callable[[Bench], None]], ...] = (
    (label_order_flipped, checks.label_order_of_detector),
    (blue_first, checks.colours_reach_the_detector_as_rgb),
    (blue_first_when_read, checks.colours_reach_the_detector_as_rgb),
    (left_and_right_exchanged, checks.left_is_the_subjects_left),
    (mirror_without_renaming, checks.left_is_the_subjects_left),
    (normalisation_missing, checks.colours_reach_the_detector_as_rgb),
    (another_crop_margin_in_use, checks.crops_are_alike_in_training_and_use),
    (stale_cache, checks.cached_reading_equals_fresh_reading),
    (points_as_row_and_column, checks.hot_place_is_found_where_it_is),
    (map_transposed, checks.map_corner_stays_in_its_corner),
    (map_pasted_upside_down, checks.map_corner_stays_in_its_corner),
    (score_is_probability_of_real, checks.fake_logit_means_high_score),
    (labels_of_checkpoint_not_looked_at, checks.wrong_label_order_is_refused),
    (descriptions_swapped, checks.consistency_maps_follow_descriptions),
    (stored_descriptions_swapped, checks.consistency_maps_follow_descriptions),
    (orientation_ignored, checks.rotated_photo_is_turned_upright),
    (evidence_of_another_face, checks.each_face_has_its_own_evidence),
)
CHECKS = tuple(dict.fromkeys(check for _, check in FAULTS))


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.__name__)
def test_running_code_passes(check, bench):
    check(bench)


@pytest.mark.parametrize(("plant", "check"), FAULTS, ids=lambda f: f.__name__)
def test_planted_fault_is_noticed(plant, check, bench, monkeypatch):
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        check(bench)


def test_at_least_twelve_kinds_of_fault_are_planted():
    assert len(FAULTS) >= 12
