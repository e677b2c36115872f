"""The records of a conversation: what a person points at, what was answered, and the turns that are kept."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from media.errors import BadRequest
from media.records import Box, Signals, Verdict
from retrieval.masks import MaskKind


@dataclass(frozen=True)
class Span:
    """A stretch text[start:end] of an answer that names a region; time in seconds for a video, None for a photo."""

    start: int
    end: int
    region: str | None
    time: float | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"empty span {self.start}..{self.end}")


@dataclass(frozen=True, eq=False)
class Masked:
    """What a look at the face through a click mask gave.

    Attributes:
        kind: of the mask.
        points: (N, 2) the clicks as (x, y) in [0, 1] of the face crop.
        signals: of the detector on the masked crop.
        predicted: whether the clicks are predicted; else the person clicked.
    """

    kind: MaskKind
    points: NDArray[np.float64]
    signals: Signals
    predicted: bool = True

    @property
    def key(self) -> str:
        """Names this look among those at the same face."""
        return f"{self.kind}:{np.round(self.points, 6).tolist()}"

    @property
    def said(self) -> str:
        """Mask and clicks in words, as answers list them: "soft, predicted click"."""
        clicks = "click" if len(self.points) == 1 else "clicks"
        return f"{self.kind}, {'predicted' if self.predicted else 'own'} {clicks}"


@dataclass(frozen=True, eq=False)
class RegionQuery:
    """A spot that a person asks about: exactly one of a click, a box, a brush mask or region ids.

    Attributes:
        point: (x, y) in pixels of the picture shown.
        box: (x0, y0, x1, y1) in pixels of the picture shown; the corners may come in any order.
        mask: (H, W) bool of the picture shown, True where the brush went.
        region_ids: ids of media.regions.
        face: id of the face meant; None = the one under the spot, else the face under discussion.
    """

    point: tuple[float, float] | None = None
    box: Box | None = None
    mask: NDArray[np.bool_] | None = None
    region_ids: tuple[str, ...] = ()
    face: int | None = None

    def __post_init__(self) -> None:
        given = [self.point is not None, self.box is not None, self.mask is not None, bool(self.region_ids)]
        if sum(given) != 1:
            raise BadRequest("Point at one thing: a click, a box, a brushed area or a named region.")
        numbers = (self.point or ()) + (self.box or ())
        if not all(math.isfinite(number) for number in numbers):
            raise BadRequest("The coordinates of the spot must be ordinary numbers.", detail=str(numbers))
        if self.box is not None:
            x0, y0, x1, y1 = self.box
            if x0 == x1 or y0 == y1:
                raise BadRequest("The box is empty: give two different corners, X0,Y0,X1,Y1.", detail=str(self.box))
            object.__setattr__(self, "box", (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
        if self.mask is not None and (self.mask.ndim != 2 or not self.mask.any()):
            raise BadRequest("The brushed area is empty.", detail=str(self.mask.shape))


@dataclass(frozen=True)
class Answer:
    """One finished answer.

    Attributes:
        verdict: the calibrated evidence's verdict for the face asked about, never read from the words.
        regions: ids of the regions that the text names, in order of first mention.
        agrees_with_evidence: whether the checker found no contradiction in the text as it stands.
        note: what the user must be told about this answer, None when nothing.
        examples: annotations of forgeries like the one found, listed under the answer; those that people wrote the
            language model read before the question. See assistant/annotations.py.
        masked: mask and clicks through which the language model saw the face in this turn, such as "soft, predicted
            click"; "" when none. See assistant/click_masks.py.
        stopped: a person stopped it; the text is as far as it came.
        yes_no: the language model's continuous P(Yes) for a question about manipulation, None for other questions.
        face, picture: which face (id, None when there is none) of which picture (from 1) it speaks of.
    """

    question: str
    text: str
    verdict: Verdict
    regions: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    agrees_with_evidence: bool = True
    note: str | None = None
    examples: tuple[dict[str, Any], ...] = ()
    stopped: bool = False
    yes_no: float | None = None
    face: int | None = None
    picture: int = 1
    masked: str = ""

    @property
    def aids(self) -> str:
        """What the language model was given besides the finding: human sentences, a click mask; "" when nothing."""
        read = sum(not example.get("simulated") for example in self.examples)
        sentences = f"{read} human sentence{'s' if read > 1 else ''}"
        parts = [sentences if read else "", f"click mask ({self.masked})" if self.masked else ""]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class TurnRecord:
    """One turn as it is kept. A regenerated or edited turn stays in the record, marked superseded."""

    question: str
    answer: Answer
    superseded: bool = False
    picture: int = 1
