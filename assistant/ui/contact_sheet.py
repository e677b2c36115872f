"""The contact sheet of a video: the highest frames of each person side by side, as crops with their maps."""

import base64
import io
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from assistant.ui import text
from assistant.ui.timeline import MOST_PEOPLE
from media.overlay import draw_overlay
from media.records import Examination, FaceExamination

if TYPE_CHECKING:
    from assistant.examiner import Examiner

_SIDE, _OPACITY = 192, 0.5  # pixels of a crop on the sheet; opacity of its map


def listed_people(examination: Examination) -> list[FaceExamination]:
    """The people on the sheet, strongest first, at most six; empty for a photo."""
    people = [f for f in examination.faces if f.worst_moments]
    return sorted(people, key=lambda f: -(f.evidence.score or 0.0))[:MOST_PEOPLE]


def read_sheet(examiner: "Examiner", examination: Examination) -> Iterator[str]:
    """The sheet as HTML: first what is being read, with the crops so far, and last the whole sheet.

    Every frame is examined once and kept in `examination.looked`.

    Raises:
        UnreadableMedia: the file is gone, is another one now, or is damaged there.
    """
    people = listed_people(examination)
    count, number = sum(len(p.worst_moments) for p in people), 0
    rows: list[str] = []
    for person in people:
        cells: list[str] = []
        for time, _ in person.worst_moments:
            number += 1
            reading = text.SHEET_READING.format(number=number, count=count)
            yield _sheet([*rows, _row(person, cells, len(people))], reading)
            seen = examiner.at(examination, time)
            cells.append(_cell(person, time, next((f for f in seen if f.track == person.face.id), None)))
        rows.append(_row(person, cells, len(people)))
    yield _sheet(rows, text.SHEET_HELP if rows else text.SHEET_NONE)


def crop_with_map(face: FaceExamination) -> Image.Image:
    """A face's crop with its map over it, (192, 192) RGB."""
    upright = replace(face, crop=replace(face.crop, matrix=np.eye(2, 3)))  # the crop as the whole frame
    return Image.fromarray(draw_overlay(face.crop.pixels, [upright], _OPACITY)).resize((_SIDE, _SIDE))


def _sheet(rows: list[str], words: str) -> str:
    return f'<div class="sheet"><p class="limits" role="status">{words}</p>{"".join(rows)}</div>'


def _row(person: FaceExamination, cells: list[str], people: int) -> str:
    if not cells:
        return ""
    head = f"<h4>Person {person.face.id}</h4>" if people > 1 else ""
    return f'{head}<div class="frames">{"".join(cells)}</div>'


def _cell(person: FaceExamination, time: float, found: FaceExamination | None) -> str:
    """One frame as a button that goes to it."""
    if found is None or found.evidence.score is None:
        picture, score = "", text.NOT_FOUND_AGAIN
    else:
        file = io.BytesIO()
        crop_with_map(found).save(file, "JPEG", quality=85)
        source = base64.b64encode(file.getvalue()).decode("ascii")
        picture, score = f'<img alt="" src="data:image/jpeg;base64,{source}">', text.shown_score(found.evidence.score)
    label = escape(f"Person {person.face.id} at {text.clock(time)}, this frame alone {score}: look at it")
    return (
        f'<button type="button" data-second="{time!r}" data-person="{person.face.id}" aria-label="{label}">{picture}'
        f"<span>{text.clock(time)}</span><span>{score}</span></button>"
    )
