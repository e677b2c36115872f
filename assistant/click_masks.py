"""A second look at a face through a mask around clicks: the predicted ones, or the person's own (ExDDV §4.3).

The mask multiplies the detector's normalised input and the detector reads it again, so everything that the language
model gets of that look (maps, global token, probabilities) comes from what the clicks leave. The finding is not
touched: verdict, score and regions are those of the whole face.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assistant.records import Masked
from assistant.spots import Spot
from media.crops import to_crop
from media.errors import BadRequest
from media.records import Crop, FaceExamination, Signals
from retrieval.masks import MaskKind, Placed, click_mask
from simulation.dialogue.quotes import QUOTING

if TYPE_CHECKING:
    from assistant.turn import Turn
    from kfd.predictor import ForgeryPredictor
    from retrieval.clicks.predictor import ClickPredictor

KINDS: tuple[MaskKind, ...] = ("hard", "soft", "blurred")
"""What a switched-on mask can be."""


def masked_signals(
    predictor: "ForgeryPredictor", pixels: NDArray[np.uint8], points: ArrayLike, kind: MaskKind
) -> Signals:
    """The detector's signals on a crop of which a click mask keeps a part.

    Args:
        predictor: the detector.
        pixels: (S, S, 3) uint8 RGB crop of its size.
        points: (N, 2) clicks as (x, y) in [0, 1] of the crop; none keeps the whole crop.
        kind: of the mask; its radius is 75 px of 224 px, scaled with S.
    """
    height, width = pixels.shape[:2]
    return predictor.run_masked(pixels[None], click_mask(points, (height, width), kind)).signals[0]


class ClickMasks:
    """Looks at faces through masks of one kind. Safe to share between threads.

    Args:
        predictor: the detector that examined the faces.
        clicks: predicts clicks; its crops must be cut with the detector's margin.
        kind: of the masks.
        count: at most so many predicted clicks a face; the mask is their union.
    """

    def __init__(
        self, predictor: "ForgeryPredictor", clicks: "ClickPredictor", kind: MaskKind = "soft", count: int = 1
    ) -> None:
        if clicks.margin != predictor.margin:
            raise BadRequest(
                f"The click model takes crops of margin {clicks.margin}, the detector {predictor.margin}: "
                "they must be the same for masks."
            )
        if kind not in KINDS:
            raise BadRequest(f"A face is shown through a mask of kind {', '.join(KINDS)}, not {kind!r}.")
        if count < 1:
            raise BadRequest(f"At least one click must be asked for, got {count}.")
        self._predictor, self._clicks, self._count = predictor, clicks, count
        self.kind: MaskKind = kind

    def points(self, pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
        """Predicted clicks (N, 2) on a crop (S, S, 3), as (x, y) in [0, 1] of it, the likeliest first."""
        size = self._clicks.image_size
        shown = pixels if len(pixels) == size else Placed.of(pixels).resized(size, size).pixels
        (found,) = self._clicks.clicks([Crop(shown, np.eye(2, 3))], self._count)
        return np.array([(c.crop_x, c.crop_y) for c in found], np.float64).reshape(-1, 2)

    def predicted(self, face: FaceExamination) -> Masked:
        """The face around its predicted clicks."""
        return self._look(face, self.points(face.crop.pixels), predicted=True)

    def around(self, face: FaceExamination, frame_points: ArrayLike) -> Masked:
        """The face around clicks (N, 2) in pixels of the original frame; they move with the crop."""
        inside = to_crop(np.asarray(frame_points, np.float64).reshape(-1, 2), face.crop)
        return self._look(face, np.asarray(inside, np.float64) / len(face.crop.pixels), predicted=False)

    def _look(self, face: FaceExamination, points: NDArray[np.float64], predicted: bool) -> Masked:
        signals = masked_signals(self._predictor, face.crop.pixels, points, self.kind)
        return Masked(self.kind, points, signals, predicted)


def look_through(
    masks: ClickMasks | None,
    turn: "Turn",
    spot: Spot,
    face: FaceExamination | None,
    read: Callable[[str], str | None],
) -> Masked | None:
    """What a turn shows of its face through a click mask; None when masks are off or the turn has no use for one.

    A turn that brings in its face shows the whole of it. A later one that asks where or why, about no spot, is shown
    the predicted clicks; a person's own click on the face takes the same path.

    Args:
        masks: None = switched off.
        turn: the turn, with `introduces` decided.
        spot: what it points at, names or asks to look at.
        face: the face under discussion, None when the picture has none.
        read: names the intent of a question, or None.
    """
    if masks is None or turn.introduces or face is None or face.signals is None:
        return None
    if turn.query is not None:
        point = turn.query.point
        return masks.around(face, [point]) if point is not None and spot.signals is not None else None
    return None if spot.text or read(turn.question) not in QUOTING else masks.predicted(face)
