"""The picture as it is shown: overlay, numbered boxes and the mark, at a size that a browser handles quickly."""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from assistant.records import RegionQuery
from assistant.region_query import faces_in_picture
from assistant.ui.state import Session, Still
from media.overlay import draw_boxes, draw_overlay
from media.records import Examination, Face, FaceExamination
from media.regions import region_polygons

Pixels = NDArray[np.uint8]

SHOWN_PX = 1280  # longest side of the copy that is sent to the browser
INK, PAPER = (255, 255, 255), (0, 0, 0)


def shown_scale(width: int, height: int) -> float:
    """Pixels of the shown copy per pixel of the original frame, at most 1."""
    return min(1.0, SHOWN_PX / max(width, height))


def to_original(session: Session, index: object) -> tuple[float, float] | None:
    """A click in the shown copy as a point of the original frame; None when it is outside the picture or empty."""
    still = session.still
    if still is None or not isinstance(index, (list, tuple)) or len(index) != 2:
        return None
    if not all(isinstance(v, (int, float)) and np.isfinite(v) for v in index):
        return None
    width, height = still.size
    scale = shown_scale(width, height)
    x, y = ((float(v) + 0.5) / scale - 0.5 for v in index)
    inside = -0.5 <= x <= width - 0.5 and -0.5 <= y <= height - 0.5
    return (min(max(x, 0.0), width - 1.0), min(max(y, 0.0), height - 1.0)) if inside else None


def make_still(pixels: Pixels, faces: tuple[FaceExamination, ...], time: float | None) -> Still:
    """A frame (H, W, 3) uint8 with the faces examined in it; its layers are made once, so that the slider is quick."""
    height, width = pixels.shape[:2]
    return Still(faces, (width, height), _shrunk(pixels), _shrunk(draw_overlay(pixels, faces, 1.0)), time)


def first_still(examination: Examination) -> Still | None:
    """The photo, or the frame of a video in which its strongest person is strongest."""
    if examination.picture is None:
        return None
    worst = examination.worst
    return make_still(examination.picture, faces_in_picture(examination), worst.face.time if worst else None)


def shown_picture(session: Session) -> Pixels | None:
    """The frame in the viewer (h, w, 3) uint8 with overlay, boxes when there are several faces, and the mark."""
    picture, shown = session.picture, session.still
    if picture is None or shown is None:
        return None
    pixels = cv2.addWeighted(shown.heated, session.opacity, shown.plain, 1.0 - session.opacity, 0.0)
    scale = shown_scale(*shown.size)
    if max(len(picture.examination.faces), len(shown.faces)) > 1:
        pixels = draw_boxes(np.asarray(pixels, np.uint8), [_scaled(f.face, scale) for f in shown.faces])
    image = Image.fromarray(np.asarray(pixels, np.uint8))
    _draw_mark(ImageDraw.Draw(image), session, scale, max(image.size))
    return np.asarray(image)


def _shrunk(pixels: Pixels) -> Pixels:
    height, width = pixels.shape[:2]
    scale = shown_scale(width, height)
    if scale == 1.0:
        return pixels
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _scaled(face: Face, scale: float) -> Face:
    x0, y0, x1, y1 = (v * scale for v in face.box)
    return replace(face, box=(x0, y0, x1, y1))


def _draw_mark(draw: ImageDraw.ImageDraw, session: Session, scale: float, size: int) -> None:
    thick = max(2, size // 400)
    if session.corner is not None:
        _cross(draw, session.corner, scale, size // 60, thick)
    mark = session.mark
    if mark is None:
        return
    if mark.point is not None:
        _cross(draw, mark.point, scale, max(6, size // 40), thick)
    if mark.box is not None:
        box = [v * scale for v in mark.box]
        draw.rectangle(box, outline=PAPER, width=thick + 2)
        draw.rectangle([box[0] + 1, box[1] + 1, box[2] - 1, box[3] - 1], outline=INK, width=thick)
    for outline in _outlines(session, mark):
        points = [(float(x) * scale, float(y) * scale) for x, y in outline]
        draw.line([*points, points[0]], fill=PAPER, width=thick + 2)
        draw.line([*points, points[0]], fill=INK, width=thick)


def _outlines(session: Session, mark: RegionQuery) -> list[NDArray[np.float32]]:
    if session.chosen is None:
        return []
    return [p for r in mark.region_ids for p in region_polygons(r, session.chosen.face.landmarks)]


def _cross(draw: ImageDraw.ImageDraw, point: tuple[float, float], scale: float, reach: int, thick: int) -> None:
    """A ring with four strokes, white on black so that it is seen on any skin and any overlay."""
    x, y = point[0] * scale, point[1] * scale
    for colour, width in ((PAPER, thick + 2), (INK, thick)):
        draw.ellipse([x - reach, y - reach, x + reach, y + reach], outline=colour, width=width)
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            ends = (x + dx * reach * 0.6, y + dy * reach * 0.6, x + dx * reach * 1.5, y + dy * reach * 1.5)
            draw.line(ends, fill=colour, width=width)
