"""Which frames of a video are looked at: the survey, a person's frames for the frame detector, windows for clips.

All positions count frames in display order from 0. A survey of evenly spread frames says who is seen when; it depends
on the length of the video, up to a bound that keeps time and memory in hand. A person's frames are spread evenly over
the time in which the survey saw that person, and taken from the survey where it has them.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from media.errors import BadRequest

WindowKind = Literal["consecutive", "uniform"]


@dataclass(frozen=True)
class Sampling:
    """A frozen protocol of which frames are read.

    Attributes:
        frames: evenly spread frames of a person for the frame detector.
        windows: clips of a person for the clip detector.
        window_frames: frames of a clip.
        window_kind: "consecutive": frames one after the other, from the middles of equal parts; "uniform": all
            windows x window_frames frames are evenly spread and cut into clips in order (FakeSTormer's protocol).
        survey_step: seconds between the frames in which faces are looked for.
        least_survey, most_survey: bounds on their number.
    """

    name: str
    frames: int = 32
    windows: int = 8
    window_frames: int = 4
    window_kind: WindowKind = "consecutive"
    survey_step: float = 0.5
    least_survey: int = 32
    most_survey: int = 192

    def __post_init__(self) -> None:
        least = min(self.frames, self.windows, self.window_frames, self.least_survey)
        if least < 1 or self.survey_step <= 0 or self.most_survey < self.least_survey:
            raise BadRequest(f"The sampling '{self.name}' must have positive counts and a positive step.")


PRESETS: Mapping[str, Sampling] = MappingProxyType(
    {
        "video_v1": Sampling("video_v1"),
        "fakestormer": Sampling("fakestormer", window_kind="uniform"),  # Nguyen et al. 2025: 32 frames, 8 clips of 4
    }
)


def uniform_positions(total: int, n: int, first: int = 0) -> list[int]:
    """Middles of n equal parts of `total` frames that begin at `first`; every frame when there are fewer than n."""
    if total <= n:
        return list(range(first, first + total))
    return [first + int((k + 0.5) * total / n) for k in range(n)]


def survey_positions(total: int, duration: float, sampling: Sampling) -> list[int]:
    """Evenly spread frames of a whole video in which faces are looked for.

    Args:
        total: frames of the video.
        duration: its length in seconds.
        sampling: the protocol.
    """
    wanted = math.ceil(duration / sampling.survey_step)
    return uniform_positions(total, min(max(wanted, sampling.least_survey), sampling.most_survey))


def survey_cells(survey: Sequence[int], total: int) -> list[tuple[int, int]]:
    """The frames [first, end) that each surveyed frame stands for: up to halfway to its neighbours."""
    borders = [0, *((a + b + 1) // 2 for a, b in zip(survey, survey[1:], strict=False)), total]
    return list(zip(borders, borders[1:], strict=False))


def track_positions(
    span: tuple[int, int], seen: Collection[int], survey: Collection[int], n: int, fit: Collection[int] | None = None
) -> list[int]:
    """At most n evenly spread frames of one person, ascending: one from each of n equal parts of the span.

    In each part the surveyed frame in which the person was seen nearest to its middle is taken, one with a face fit to
    be assessed first; a part without surveyed frames gives its middle; one in which only others were seen gives none.

    Args:
        span: frames [first, end) in which the person may be.
        seen: surveyed positions in which the person was seen.
        survey: all surveyed positions.
        n: parts.
        fit: those of `seen` whose face can be assessed; None = all.
    """
    first, end = span
    good = set(seen if fit is None else fit)
    middles = uniform_positions(end - first, n, first)
    width = (end - first) / max(len(middles), 1)
    chosen = []
    for part, middle in enumerate(middles):
        low, high = first + part * width, first + (part + 1) * width
        own = [p for p in seen if low <= p < high]
        if own:
            chosen.append(min(own, key=lambda p: (p not in good, abs(p - middle), p)))
        elif not any(low <= p < high for p in survey):
            chosen.append(middle)
    return chosen


def window_positions(span: tuple[int, int], sampling: Sampling) -> list[tuple[int, ...]]:
    """The clips of one person, each of `window_frames` ascending positions; fewer when the span is too short.

    Args:
        span: frames [first, end) in which the person was seen.
        sampling: how many clips of which kind.
    """
    first, length = span[0], span[1] - span[0]
    size = sampling.window_frames
    if length < size:
        return []
    if sampling.window_kind == "uniform":
        spread = uniform_positions(length, sampling.windows * size, first)
        return [tuple(spread[i : i + size]) for i in range(0, len(spread) - size + 1, size)]
    starts = uniform_positions(length - size + 1, min(sampling.windows, length // size), first)
    return [tuple(range(start, start + size)) for start in starts]
