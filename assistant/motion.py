"""What the clip detector reads from frames in a row of each person: windows found, cropped by one square, scored.

Only a window in which the person is found in every frame, each time fit to be assessed, counts. All windows are read in
one pass over the video, and a window's frames are let go when it is done.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fakestormer.predictor import ClipPredictor
from media.records import Frame, Motion
from media.sampling import Sampling, window_positions
from media.tracks import follow
from media.video import VideoReader
from simulation.video_clips import crop_clip
from simulation.video_records import Clip

if TYPE_CHECKING:
    from assistant.tracks import Person, Seen


@dataclass(eq=False)
class _Window:
    """A window while it is read: the frames so far and the person's face in each; dropped once the face is missing."""

    person: int
    positions: tuple[int, ...]
    frames: list[Frame] = field(default_factory=list)
    faces: "list[Seen]" = field(default_factory=list)
    dropped: bool = False

    @property
    def whole(self) -> bool:
        return len(self.faces) == len(self.positions) and not self.dropped

    def crop(self, size: int, margin: float) -> NDArray[np.uint8]:
        """(T, S, S, 3) by one square for all frames; the full frames are let go."""
        landmarks = np.stack([seen.face.landmarks for seen in self.faces])
        clip = crop_clip(Clip(np.stack([f.pixels for f in self.frames]), landmarks, ""), size, margin)
        self.frames.clear()
        return clip.frames


def read_motion(
    reader: VideoReader,
    people: "Mapping[int, Person]",
    look: "Callable[[Frame], Sequence[Seen]]",
    clip: ClipPredictor,
    sampling: Sampling,
    step: Callable[[float], None],
) -> dict[int, Motion]:
    """The motion of each person who has a whole window; the others are left out.

    Args:
        people: by track number, with the span of frames in which each may be.
        look: finds and crops the faces of a frame.
        clip: the video detector, calibrated.
        sampling: how many windows of which kind.
        step: called with the share of frames that were read.
    """
    calibration = clip.calibration
    if calibration is None:
        return {}
    windows = [_Window(n, p) for n, person in people.items() for p in window_positions(person.span, sampling)]
    crops: dict[int, list[tuple[float, NDArray[np.uint8]]]] = {}
    wanted = sorted({position for window in windows for position in window.positions})
    for count, shown in enumerate(reader.read(wanted)):
        step(count / len(wanted))
        faces = look(shown.frame)
        for window in (w for w in windows if shown.position in w.positions):
            _extend(window, shown.frame, shown.position, faces, people[window.person])
            if window.whole:
                cropped = window.crop(clip.image_size, clip.margin)
                crops.setdefault(window.person, []).append((window.faces[0].face.time or 0.0, cropped))
    found = {}
    for number, read in crops.items():
        margins = clip.run(np.stack([frames for _, frames in read])).margins
        scores = calibration.score(margins)
        by_time = tuple((time, float(score)) for (time, _), score in zip(read, scores, strict=True))
        found[number] = Motion(float(calibration.score(np.mean(margins))), by_time)
    return found


def _extend(window: _Window, frame: Frame, position: int, faces: "Sequence[Seen]", person: "Person") -> None:
    """Add the person's face of one more frame; a frame that is missing, or has no such face, drops the window."""
    if window.dropped or position != window.positions[len(window.faces)]:
        window.dropped = True
        window.frames.clear()
        return
    last = window.faces[-1].sighting if window.faces else person.nearest(position).sighting
    owner = follow({person.number: last}, [seen.sighting for seen in faces]).get(person.number)
    seen = next((seen for seen in faces if seen.sighting is owner), None)
    if seen is None or seen.reason is not None:
        window.dropped = True
        window.frames.clear()
        return
    window.frames.append(frame)
    window.faces.append(seen)
