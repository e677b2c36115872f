"""The registry: ids, symmetry, containment, flips, look-ups, masks against a slow obvious test."""

import numpy as np
import pytest

from media.records import Face, Frame
from media.regions import (
    FLIP_INDEX,
    REGIONS,
    SPOKEN_REGIONS,
    flip_landmarks,
    mirror_region,
    polygon_mask,
    region_by_name,
    region_mask,
    region_masks,
    region_polygons,
    regions_at,
    regions_in_box,
)

SHAPE = (512, 512)


def _id(leaf: str) -> str:
    (found,) = [i for i in REGIONS if i.endswith("." + leaf)]
    return found


def test_registry_is_complete_and_consistent() -> None:
    assert len(REGIONS) == 16
    assert len(SPOKEN_REGIONS) == 13
    assert set(REGIONS) - set(SPOKEN_REGIONS) == {_id("lips"), _id("teeth"), _id("face")}
    for i, region in REGIONS.items():
        assert region.id == i
        assert i.startswith(region.parent + ".")
        assert region_by_name(region.name) == i == region_by_name(i)


def test_flip_index_is_an_involution_that_knows_the_face() -> None:
    assert (FLIP_INDEX[FLIP_INDEX] == np.arange(478)).all()
    known = {33: 263, 133: 362, 61: 291, 468: 473, 70: 300, 234: 454, 64: 294, 159: 386, 149: 378, 10: 10, 1: 1}
    assert {k: int(FLIP_INDEX[k]) for k in known} == known


def test_flipped_landmarks_fit_the_flipped_photo(finder, photo, face: Face) -> None:
    (mirrored,) = finder.find(Frame(np.ascontiguousarray(photo[:, ::-1])))
    expected = flip_landmarks(face.landmarks, photo.shape[1])
    distance = np.linalg.norm(mirrored.landmarks - expected, axis=1) / face.quality.face_px
    assert distance.mean() < 0.02
    unswapped = np.column_stack([photo.shape[1] - face.landmarks[:, 0], face.landmarks[:, 1]])
    assert np.linalg.norm(mirrored.landmarks - unswapped, axis=1).mean() / face.quality.face_px > 0.2


@pytest.mark.parametrize("region_id", list(REGIONS))
def test_mask_of_the_flip_is_the_flip_of_the_mirror_regions_mask(region_id: str, face: Face) -> None:
    flipped = flip_landmarks(face.landmarks, SHAPE[1])
    mask = region_mask(region_id, face.landmarks, SHAPE)
    again = region_mask(mirror_region(region_id), flipped, SHAPE)[:, ::-1]
    assert mask.sum() > 20 or region_id.endswith("teeth")
    assert (mask != again).sum() <= 2  # float32 rounding on an edge
    assert mirror_region(mirror_region(region_id)) == region_id


def test_left_is_the_subjects_left(face: Face) -> None:
    for pair in ("brow", "eye", "cheek", "jaw"):
        left, right = (region_mask(_id(f"{side}_{pair}"), face.landmarks, SHAPE) for side in ("left", "right"))
        assert np.nonzero(left)[1].mean() > np.nonzero(right)[1].mean()
        assert not (left & right).any()


def test_containment_and_order_of_places(face: Face) -> None:
    masks = region_masks(face.landmarks, SHAPE, tuple(REGIONS))
    assert not (masks[_id("lips")] & ~masks[_id("mouth")]).any()
    assert not (masks[_id("teeth")] & ~masks[_id("mouth")]).any()
    assert ((masks[_id("lips")] | masks[_id("teeth")]) == masks[_id("mouth")]).all()
    inner = [i for i in SPOKEN_REGIONS if not i.endswith("face_boundary")]
    for i in inner:
        assert (masks[i] & masks[_id("face")]).sum() >= 0.99 * masks[i].sum()
    overlap = sum(masks[i].astype(int) for i in inner)
    assert (overlap > 1).sum() <= 0.01 * masks[_id("face")].sum()
    assert (overlap > 0).sum() >= 0.7 * masks[_id("face")].sum()
    ring = masks[_id("face_boundary")]
    assert not ring[int(face.landmarks[1, 1]), int(face.landmarks[1, 0])]
    assert 0.05 < (ring & masks[_id("face")]).sum() / masks[_id("face")].sum() < 0.4
    downwards = ("forehead", "left_brow", "left_eye", "nose", "mouth", "chin")
    heights = [np.nonzero(masks[_id(n)])[0].mean() for n in downwards]
    assert heights == sorted(heights)


def test_polygon_mask_equals_a_slow_obvious_test() -> None:
    rng = np.random.default_rng(3)
    polygons = [rng.uniform(-4, 24, (7, 2)), rng.uniform(2, 14, (4, 2))]
    fast = polygon_mask(polygons, (18, 20))
    for row in range(18):
        for column in range(20):
            x, y = column + 0.5, row + 0.5
            crossings = 0
            for p in polygons:
                for (x0, y0), (x1, y1) in zip(p, np.roll(p, -1, axis=0), strict=True):
                    if (y0 <= y) != (y1 <= y) and x0 + (y - y0) / (y1 - y0) * (x1 - x0) <= x:
                        crossings += 1
            assert fast[row, column] == (crossings % 2 == 1)


@pytest.mark.parametrize("leaf", ["nose", "left_eye", "right_cheek", "mouth", "chin", "forehead", "left_jaw"])
def test_a_click_in_a_region_names_it_before_the_face(leaf: str, face: Face) -> None:
    mask = region_mask(_id(leaf), face.landmarks, SHAPE)
    rows, columns = np.nonzero(mask)
    distance = np.hypot(rows - rows.mean(), columns - columns.mean())
    k = int(np.argmin(distance))
    hits = regions_at((columns[k] + 0.5, rows[k] + 0.5), face.landmarks)
    assert _id(leaf) in hits
    assert hits[-1] == _id("face")
    assert regions_at((2.0, 2.0), face.landmarks) == ()


def test_lips_are_more_specific_than_the_mouth(face: Face) -> None:
    x, y = face.landmarks[[17, 14]].mean(axis=0)
    assert regions_at((float(x), float(y)), face.landmarks)[:2] == (_id("lips"), _id("mouth"))


def test_boxes_name_what_they_cover(face: Face) -> None:
    nose = region_polygons(_id("nose"), face.landmarks)[0]
    box = (*nose.min(axis=0).tolist(), *nose.max(axis=0).tolist())
    assert regions_in_box(box, face.landmarks)[0] == _id("nose")
    assert regions_in_box((box[2], box[3], box[0], box[1]), face.landmarks)[0] == _id("nose")
    assert regions_in_box((0, 0, 20, 20), face.landmarks) == ()
    assert set(regions_in_box((0, 0, 512, 512), face.landmarks)) == set(SPOKEN_REGIONS)


@pytest.mark.parametrize(
    ("text", "leaf"),
    [("Left  Eyebrow", "left_brow"), ("the nose", "nose"), ("face_boundary", "face_boundary"),
     ("left jawline", "left_jaw"), ("lip", "lips"), ("ear", None), ("", None)],
)  # fmt: skip
def test_names(text: str, leaf: str | None) -> None:
    assert region_by_name(text) == (_id(leaf) if leaf else None)


@pytest.mark.parametrize("bad", [np.zeros((468, 2)), np.zeros((478, 3))])
def test_wrong_landmarks_are_refused(bad: np.ndarray) -> None:
    with pytest.raises(ValueError, match="478"):
        region_mask(_id("nose"), bad, (10, 10))
    with pytest.raises(ValueError, match="unknown face region"):
        region_mask("face.ear", np.zeros((478, 2)), (10, 10))
