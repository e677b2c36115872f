from dataclasses import replace

import numpy as np
import pytest

from assistant.records import RegionQuery
from assistant.region_query import OffFace, locate_face, measure, region_cells
from media.errors import BadRequest
from media.records import Examination, FaceExamination
from media.regions import SPOKEN_REGIONS, region_mask

NOSE = "face.middle.nose.nose"
LEFT_CHEEK, RIGHT_CHEEK = "face.middle.cheeks.left_cheek", "face.middle.cheeks.right_cheek"


@pytest.fixture
def face(examination: Examination) -> FaceExamination:
    return examination.faces[0]


def centre_of(region: str, face: FaceExamination) -> tuple[float, float]:
    rows, columns = np.nonzero(region_mask(region, face.face.landmarks, (512, 512)))
    return float(columns.mean()), float(rows.mean())


def hot_at(region: str, face: FaceExamination) -> FaceExamination:
    """The face with a forgery map of 0.9 inside a region and 0.1 elsewhere."""
    assert face.signals is not None
    cells = face.signals.forgery_map.shape[0]
    hot = np.where(region_cells((region,), face, cells), 0.9, 0.1).astype(np.float32)
    return replace(face, evidence=replace(face.evidence, map=hot), signals=replace(face.signals, forgery_map=hot))


@pytest.mark.parametrize("kind", ["point", "box", "mask", "region_ids"])
def test_a_hot_nose_stands_out_however_it_is_pointed_at(kind: str, face: FaceExamination) -> None:
    face = hot_at(NOSE, face)
    x, y = centre_of(NOSE, face)
    mask = np.zeros((512, 512), dtype=bool)
    mask[int(y) - 6 : int(y) + 6, int(x) - 6 : int(x) + 6] = True
    value = {"point": (x, y), "box": (x - 8, y - 8, x + 8, y + 8), "mask": mask, "region_ids": (NOSE,)}[kind]
    found, signals = measure(RegionQuery(**{kind: value}), face)
    assert found.score > 0.6
    assert found.rest < 0.25
    assert found.region_ids[0] == NOSE
    assert found.face == face.face.id
    assert found.kind == {"point": "point", "region_ids": "region"}.get(kind, "box")
    assert np.count_nonzero(signals.forgery_map) < 0.3 * signals.forgery_map.size


def test_a_cold_cheek_is_lower_than_the_rest(face: FaceExamination) -> None:
    found, _ = measure(RegionQuery(region_ids=(LEFT_CHEEK,)), hot_at(NOSE, face))
    assert found.score < found.rest


def test_left_is_the_subjects_left(face: FaceExamination) -> None:
    """Her left cheek is on the right side of the picture."""
    left, right = centre_of(LEFT_CHEEK, face), centre_of(RIGHT_CHEEK, face)
    assert left[0] > right[0]
    found, _ = measure(RegionQuery(point=left), face)
    assert LEFT_CHEEK in found.region_ids
    assert RIGHT_CHEEK not in found.region_ids


def test_masked_signals_keep_the_maps_inside_only(face: FaceExamination) -> None:
    assert face.signals is not None
    _, signals = measure(RegionQuery(region_ids=(NOSE,)), face)
    inside = signals.forgery_map > 0
    assert np.array_equal(signals.forgery_map[inside], face.signals.forgery_map[inside])
    assert np.array_equal(signals.consistency[:, inside], face.signals.consistency[:, inside])
    outside = signals.consistency[:, ~inside]
    assert np.allclose(outside, outside[:, :1])
    assert np.array_equal(signals.global_token, face.signals.global_token)


def test_a_region_smaller_than_a_cell_still_counts(face: FaceExamination) -> None:
    assert face.signals is not None
    missed = next(i for i in SPOKEN_REGIONS if not region_cells((i,), face, 4).any())
    coarse = replace(
        face.signals,
        forgery_map=face.signals.forgery_map[::8, ::8].copy(),
        consistency=face.signals.consistency[:, ::8, ::8].copy(),
    )
    assert coarse.forgery_map.shape == (4, 4)
    blurred = replace(face, evidence=replace(face.evidence, map=coarse.forgery_map), signals=coarse)
    _, signals = measure(RegionQuery(region_ids=(missed,)), blurred)
    assert np.count_nonzero(signals.forgery_map) == 1


def test_a_named_region_has_the_score_the_evidence_gave_it(face: FaceExamination) -> None:
    for region in face.evidence.regions:
        found, _ = measure(RegionQuery(region_ids=(region.id,)), face)
        assert (found.score, found.rest) == pytest.approx((region.score, region.rest))


@pytest.mark.parametrize("query", [{"point": (5.0, 5.0)}, {"box": (0.0, 400.0, 60.0, 500.0)}, {"point": (9e5, -3.0)}])
def test_off_the_face_is_said(query: dict, examination: Examination) -> None:
    with pytest.raises(OffFace):
        measure(RegionQuery(**query), examination.faces[0])
    with pytest.raises(OffFace):
        locate_face(RegionQuery(**query), examination.faces, 1)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"point": (1.0, 2.0), "box": (1.0, 2.0, 3.0, 4.0)},
        {"box": (1.0, 2.0, 1.0, 4.0)},
        {"point": (float("nan"), 2.0)},
        {"mask": np.zeros((4, 4), dtype=bool)},
    ],
)
def test_a_query_is_one_real_place(query: dict) -> None:
    with pytest.raises(BadRequest):
        RegionQuery(**query)


def test_a_box_drawn_upwards_is_turned_round() -> None:
    assert RegionQuery(box=(9.0, 8.0, 1.0, 2.0)).box == (1.0, 2.0, 9.0, 8.0)


def test_an_unknown_face_or_region_is_named(examination: Examination) -> None:
    with pytest.raises(BadRequest, match="no face 4"):
        locate_face(RegionQuery(region_ids=(NOSE,), face=4), examination.faces, 1)
    with pytest.raises(BadRequest, match="antenna"):
        measure(RegionQuery(region_ids=("face.upper.antenna",)), examination.faces[0])


def test_the_whole_face_has_no_rest(face: FaceExamination) -> None:
    found, _ = measure(RegionQuery(region_ids=("face.whole.face.face",)), face)
    assert found.rest == found.score
