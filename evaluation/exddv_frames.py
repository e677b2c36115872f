"""The search by frames, where the annotated videos are on this disk: ablations over level, number and mask radius.

As published, every clicked training frame is one item, the query is the test video's middle frame, and one item a video
counts; unlike there, the detector's own encoder looks at face crops, not CLIP at whole frames. Nothing of the reference
is known to this search. With a mask there must be a click on the query: that of the annotator nearest in time, an
oracle, as in the released scripts. Masks keep a disc of R px at 224 px of input; the rest takes the mean colour.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, product
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from evaluation.exddv_context import ExddvContext, Run
from evaluation.exddv_systems import KS, medoid_runs
from media.crops import to_crop
from media.errors import BadRequest, UnreadableMedia
from media.records import Crop
from retrieval.encoders import PICTURE_LEVELS, Level, PictureSide
from retrieval.masks import REFERENCE_SIDE, click_mask

if TYPE_CHECKING:
    from media.faces import FaceFinder
    from retrieval.annotations import Annotation, Click
    from retrieval.build import Inputs
    from retrieval.videos import VideoSearch

RADII = (50, 75, 100, 125, 150)
"""Of the disc, in pixels of a 224 px input; the paper tried 50 to 150 in steps of 5."""
MASKED_LEVEL: Level = "last"


def search_name(level: Level, radius: int | None) -> str:
    """What a search by frames is called."""
    return f"by frames ({level})" if radius is None else f"by frames ({level}, disc of {radius} px, oracle click)"


def frame_runs(context: ExddvContext) -> list[Run]:
    """The sentences found by frames for the held-out rows of the official split whose videos are there.

    Raises:
        BadRequest: no video of the training or of the test rows was found.
    """
    from media.faces import FaceFinder
    from retrieval.videos import find_videos

    assert context.videos is not None, "the caller looks for videos"
    rows = context.rows("official")
    search = find_videos(rows, context.videos)
    train = [a for a in rows if a.split == "train" and a.video in search.found]
    held = [a for a in context.held_out("official") if a.video in search.found]
    if not train or not held:
        raise BadRequest(f"{context.videos} holds no annotated video of the training rows, or none of the test rows.")
    vectors = dict(zip([a.text for a in rows], context.sentences, strict=True))
    wanted = chain(product(PICTURE_LEVELS, (None,)), product((MASKED_LEVEL,), RADII))
    runs = []
    with FaceFinder() as finder:
        for level, radius in wanted:
            looks = _Looks(PictureSide(context.predictor, level), finder, search, radius)
            found = _neighbours(context, looks, train, held, level)
            runs += medoid_runs(found, vectors, search_name(level, radius))
    return runs


class _Looks:
    """Crops of annotated videos as one search compares them."""

    def __init__(
        self, side: PictureSide, finder: "FaceFinder", search: "VideoSearch", radius: int | None = None
    ) -> None:
        self.side, self.finder, self.search, self.radius = side, finder, search, radius

    @property
    def inputs(self) -> "Inputs":
        """Items of training rows."""
        from retrieval.build import picture_inputs

        return self._clicked if self.radius is not None else picture_inputs(self.search, self.side, self.finder)

    def query(self, row: "Annotation") -> list[Any]:
        """The crop of the middle frame; with a mask, that of the click nearest to it in time. [] without a face."""
        from retrieval.frames import query_crops

        path = self.search.found[row.video]
        size, margin = self.side.predictor.image_size, self.side.predictor.margin
        try:
            if self.radius is not None:
                return [pixels for _, _, pixels in self._masked(row, self._middle_click(row))]
            return list(query_crops(self.finder, path, size, margin))
        except UnreadableMedia:
            return []

    def _middle_click(self, row: "Annotation") -> "list[Click]":
        from media.video import probe

        info = probe(self.search.found[row.video])
        times = [c.time if c.time is not None else (c.frame or 0) / info.rate for c in row.clicks]
        order = np.argsort(np.abs(np.array(times) - info.duration / 2), kind="stable")
        return [row.clicks[n] for n in order[:1]]

    def _clicked(self, row: "Annotation") -> Iterator[tuple[Any, Any]]:
        from retrieval.index import Item

        try:
            for click, at, pixels in self._masked(row, row.clicks):
                yield Item(row, click.frame, at), pixels
        except UnreadableMedia:
            return

    def _masked(
        self, row: "Annotation", clicks: "Sequence[Click]"
    ) -> "Iterator[tuple[Click, float | None, NDArray[np.uint8]]]":
        """Each click, its frame's time, and the masked face crop."""
        from retrieval.frames import clicked_frames, face_crop

        size, margin = self.side.predictor.image_size, self.side.predictor.margin
        for click, frame in clicked_frames(self.search.found[row.video], clicks):
            found = face_crop(self.finder, frame, size, margin, (click.x, click.y))
            if found is not None:
                height, width = frame.pixels.shape[:2]
                point = click.x * width, click.y * height
                mean = np.asarray(self.side.predictor.detector.encoder.mean, np.float64).reshape(-1)
                yield click, frame.time, masked_crop(found[0], point, float(self.radius or 0), mean)


def masked_crop(crop: Crop, point: tuple[float, float], radius: float, mean: NDArray[np.float64]) -> NDArray[np.uint8]:
    """A crop in which only a disc around a click is kept.

    Args:
        crop: of the face.
        point: the click in pixels of the frame; the nearest place of the crop where it lies outside.
        radius: in pixels of a 224 px input.
        mean: (3,) colour in [0, 1] that becomes zero when the encoder normalises.
    """
    side = crop.pixels.shape[0]
    place = np.clip(to_crop([point], crop) / side, 0, 1)
    mask = click_mask(place, (side, side), "hard", radius * side / REFERENCE_SIDE)[..., None]
    return np.rint(crop.pixels * mask + 255 * mean * (1 - mask)).astype(np.uint8)


def _neighbours(
    context: ExddvContext, looks: _Looks, train: Sequence["Annotation"], held: Sequence["Annotation"], level: Level
) -> dict[str, Any]:
    """id -> nearest training items; rows whose query shows no face are left out. The index is kept below OUT."""
    from retrieval.build import build_index
    from retrieval.select import select, wish_for

    folder = context.out / "frame-index" / f"{level}-{looks.radius or 'whole'}"
    places = [str(looks.search.found[key]) for key in sorted({a.video for a in train})]
    index, _ = build_index(train, looks.side, folder, looks.inputs, "flat", places=places)
    found = {}
    for row in context.track(held, len(held), search_name(level, looks.radius)):
        crops = looks.query(row)
        if crops:
            found[row.id] = select(index, looks.side.encode(crops), wish_for(row, max(KS)))
    return found
