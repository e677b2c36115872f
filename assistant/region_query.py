"""Evidence about a spot that a person asks about: pooled map values, and the detector's signals masked to that spot."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.records import RegionQuery
from media.crops import to_crop, to_frame
from media.errors import BadRequest
from media.records import Examination, FaceExamination, Measurement, Signals
from media.regions import REGIONS, region_mask, region_polygons, regions_at, regions_in_box
from prompt_learner.masking import mask_signals
from simulation.dialogue.names import spoken_ids

FACE_ID = "face.whole.face.face"
BOUNDARY_ID = "face.whole.boundary.face_boundary"
CLICK_RADIUS = 0.07  # of the face's longer side: about an iris and its lids
_LOOK = 32  # cells a side when a spot's face or regions are looked up

Cells = NDArray[np.bool_]


class OffFace(BadRequest):
    """The spot is not on a face that could be examined."""


def faces_in_picture(examination: Examination) -> tuple[FaceExamination, ...]:
    """The faces seen in the picture shown: in a video, those whose worst frame it is."""
    worst = examination.worst
    return tuple(f for f in examination.faces if worst is None or f.face.time == worst.face.time)


def locate_face(query: RegionQuery, faces: Sequence[FaceExamination], default: int | None) -> FaceExamination:
    """The face that a query is about: the one it names, the one under the spot, else the one under discussion.

    Args:
        query: what the person pointed at.
        faces: the faces of the picture shown.
        default: id of the face under discussion.
    """
    by_id = {face.face.id: face for face in faces}
    if query.face is not None:
        if query.face not in by_id:
            raise BadRequest(f"There is no face {query.face}; the faces here are {_listed(by_id)}.")
        return by_id[query.face]
    if not by_id:
        raise OffFace("No face was found in this picture, so no spot of a face can be looked at.")
    if not query.region_ids:
        centre = _centre(query)
        under = [f for f in faces if spot_cells(query, f, _LOOK).any()]
        if not under:
            raise OffFace("That spot is not on a face that was found. Click on a face, or draw a box over one.")
        return min(under, key=lambda f: float(np.hypot(*(np.mean(f.face.landmarks, axis=0) - centre))))
    return by_id.get(default or 0, faces[0])


def measure(query: RegionQuery, face: FaceExamination) -> tuple[Measurement, Signals]:
    """The pooled evidence of a spot against the rest of the face, and the signals masked to it.

    Returns:
        The measurement (score = mean of the forgery map inside, rest = mean over the rest of the face, the same pooling
        as the evidence's region scores), and signals for the masked forgery tokens.
    """
    forgery_map = face.evidence.map
    if face.signals is None or forgery_map is None:
        raise OffFace(f"Face {face.face.id} could not be assessed ({face.evidence.reason}), so no spot of it can be.")
    inside = spot_cells(query, face, forgery_map.shape[0])
    if not inside.any():
        raise OffFace("That spot is not on the face. Click on the face, or draw a box over a part of it.")
    rest = region_cells((FACE_ID,), face, forgery_map.shape[0]) & ~inside
    score = float(forgery_map[inside].mean())
    measurement = Measurement(
        kind="point" if query.point is not None else "region" if query.region_ids else "box",
        face=face.face.id,
        region_ids=region_ids_of(query, face),
        score=score,
        rest=float(forgery_map[rest].mean()) if rest.any() else score,
        place=_place(query),
    )
    return measurement, mask_signals(face.signals, inside)


def region_cells(region_ids: Sequence[str], face: FaceExamination, cells: int) -> Cells:
    """Map cells (cells, cells) whose centres lie in one of the regions."""
    unknown = [i for i in region_ids if i not in REGIONS]
    if unknown:
        raise BadRequest(f"Unknown face region {unknown[0]!r}; known are {', '.join(REGIONS)}.")
    landmarks = _map_landmarks(face, cells)
    masks = [region_mask(i, landmarks, (cells, cells)) for i in region_ids]
    return np.logical_or.reduce(masks)


def spot_cells(query: RegionQuery, face: FaceExamination, cells: int) -> Cells:
    """Map cells (cells, cells) of a spot on the face or its boundary; all False when it lies beside the face.

    A spot smaller than a cell gets the cell that its middle lies in.
    """
    on_face = region_cells((FACE_ID, BOUNDARY_ID), face, cells)
    if query.region_ids:
        inside = region_cells(query.region_ids, face, cells)
        outlines = [o for i in query.region_ids for o in region_polygons(i, _map_landmarks(face, cells))]
        middle = np.concatenate(outlines).mean(axis=0)
    else:
        axis = np.arange(cells) + 0.5
        grid = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
        scale = face.crop.pixels.shape[0] / cells
        inside = _contains(query, face, to_frame(grid * scale, face.crop)).reshape(cells, cells)
        middle = to_crop(_centre(query), face.crop)[0] / scale
    column, row = np.floor(middle).astype(int)
    if not inside.any() and 0 <= row < cells and 0 <= column < cells:
        inside[row, column] = True
    return inside & on_face


def _map_landmarks(face: FaceExamination, cells: int) -> NDArray[np.float32]:
    """Landmarks (478, 2) in units of map cells."""
    return to_crop(face.face.landmarks, face.crop) * (cells / face.crop.pixels.shape[0])


def _contains(query: RegionQuery, face: FaceExamination, points: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which frame points (N, 2) lie in the click's disc, the box or the brushed area."""
    if query.point is not None:
        extent = float(np.ptp(face.face.landmarks, axis=0).max())
        return np.hypot(points[:, 0] - query.point[0], points[:, 1] - query.point[1]) <= CLICK_RADIUS * extent
    if query.box is not None:
        x0, y0, x1, y1 = query.box
        return (points[:, 0] >= x0) & (points[:, 0] <= x1) & (points[:, 1] >= y0) & (points[:, 1] <= y1)
    assert query.mask is not None
    height, width = query.mask.shape
    columns, rows = np.floor(points[:, 0]).astype(int), np.floor(points[:, 1]).astype(int)
    valid = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
    inside = np.zeros(len(points), dtype=bool)
    inside[valid] = query.mask[rows[valid], columns[valid]]
    return inside


def _place(query: RegionQuery) -> tuple[float, ...]:
    """Where the spot is in the picture: a point, a box, or the box around the brush; empty for named regions."""
    if query.mask is not None:
        rows, columns = np.nonzero(query.mask)
        return (float(columns.min()), float(rows.min()), float(columns.max() + 1), float(rows.max() + 1))
    return tuple(float(v) for v in query.point or query.box or ())


def _centre(query: RegionQuery) -> NDArray[np.float64]:
    """Middle (2,) of a click, box or brush in frame pixels."""
    return np.array(_place(query), dtype=np.float64).reshape(-1, 2).mean(axis=0)


def region_ids_of(query: RegionQuery, face: FaceExamination) -> tuple[str, ...]:
    """The regions that name the spot: one of a click, at most two of a box or brush, none beside all named parts."""
    landmarks = face.face.landmarks
    if query.region_ids:
        return tuple(query.region_ids)
    if query.point is not None:
        return spoken_ids(i for i in regions_at(query.point, landmarks) if i != FACE_ID)[:1]
    if query.box is not None:
        return spoken_ids(regions_in_box(query.box, landmarks))[:2]
    return spoken_ids(_brushed_regions(query, face))[:2]


def _brushed_regions(query: RegionQuery, face: FaceExamination) -> tuple[str, ...]:
    """Regions of which the brush covers a quarter, or that hold a quarter of the brush; largest overlap first."""
    brush = spot_cells(query, face, _LOOK)
    overlaps = []
    for region_id in REGIONS:
        region = region_cells((region_id,), face, _LOOK)
        shared = int((brush & region).sum())
        if region_id != FACE_ID and shared > 0.25 * min(int(brush.sum()), int(region.sum())):
            overlaps.append((shared, region_id))
    return tuple(region_id for _, region_id in sorted(overlaps, reverse=True))


def _listed(by_id: dict[int, FaceExamination]) -> str:
    return ", ".join(str(i) for i in sorted(by_id)) or "none"
