"""Clips of consecutive frames from video files: faces found, joined to people, cropped by one square a clip.

A run is a stretch of consecutive frames; a person seen in all of them gives one clip. Runs with gaps give nothing and
are counted. Found once, then read from a cache.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from media.crops import crop_square, to_crop
from media.records import Face, Frame
from media.sampling import Sampling, window_positions
from media.tracks import Sighting, TrackLinker, look_of
from media.video import Shown, VideoReader
from simulation.faces_data import clip_paths, read_cache, write_cache
from simulation.records import FaceRecord
from simulation.video_clips import clip_square
from simulation.video_records import Clip

ROOM, LARGEST = 1.75, 256  # square around the face extent that is kept of real clips, and its largest side in pixels
Find = Callable[[Frame], Sequence[Face]]


@dataclass(frozen=True, eq=False)
class FaceRun:
    """One stretch of frames with the people who are in all of them.

    Attributes:
        frames: T decoded frames; people: landmarks (T, 478, 2) of each person, largest face first.
        missing: frames without any face.
    """

    frames: tuple[Frame, ...]
    people: tuple[np.ndarray, ...]
    missing: int


def face_run(shown: Sequence[Shown], find: Find) -> FaceRun:
    """Find faces in every frame and join them to people by place, size and look; a scene cut ends all tracks."""
    linker = TrackLinker()
    tracks: dict[int, list[np.ndarray]] = defaultdict(list)
    missing = 0
    for one in shown:
        faces = list(find(one.frame))
        missing += not faces
        numbers = linker.add([Sighting(f.box, look_of(one.frame, f)) for f in faces], one.cut)
        for face, track in zip(faces, numbers, strict=True):
            tracks[track].append(face.landmarks)
    whole = [np.stack(points) for points in tracks.values() if len(points) == len(shown)]
    whole.sort(key=lambda points: -float(np.ptp(points[0], axis=0).max()))
    return FaceRun(tuple(one.frame for one in shown), tuple(whole), missing)


def cut_clip(frames: Sequence[Frame], landmarks: np.ndarray, name: str, person: str = "") -> Clip:
    """One person's clip at native resolution, shrunk to at most 256 px, with room around the face."""
    centre, side = clip_square(landmarks, ROOM)
    size = min(round(side), LARGEST)
    crops = [crop_square(frame.pixels, centre, side, size) for frame in frames]
    points = np.stack([to_crop(p, c) for p, c in zip(landmarks, crops, strict=True)])
    return Clip(np.stack([c.pixels for c in crops]), points.astype(np.float32), name, person)


def video_runs(path: Path, sampling: Sampling, find: Find) -> Iterator[FaceRun]:
    """The windows of a video that a sampling asks for; those that cannot be decoded in full are left out."""
    reader = VideoReader(path)
    for positions in window_positions((0, len(reader)), sampling):
        shown = list(reader.read(positions, cuts=True))
        if len(shown) == len(positions):
            # the cut before the first frame belongs to what came before it
            yield face_run([replace(shown[0], cut=False), *shown[1:]], find)


def load_real_clips(
    data: Path, split: str, cache: Path, runs: int = 3, length: int = 32, find: Find | None = None
) -> list[Clip]:
    """Clips of the people in DATA/videos_real; faces are found on the first call, then read from `cache`.

    Args:
        split: "train" or "val" of manifest.csv (person-disjoint).
        cache: .npz file to read, or to write when it is missing.
        runs, length: clips a video, frames a clip.
        find: frame -> faces; the default is media.faces.FaceFinder.

    Raises:
        UnreadableMedia: there is no manifest of real clips.
    """
    if cache.is_file():
        return to_clips(read_cache(cache))
    paths = clip_paths(data, split)
    sampling = Sampling("clips", windows=runs, window_frames=length)
    if find is None:
        from media.faces import FaceFinder

        with FaceFinder() as finder:
            clips = list(_clips_of(paths, sampling, finder.find))
    else:
        clips = list(_clips_of(paths, sampling, find))
    write_cache(cache, [record for clip in clips for record in to_records(clip)])
    return clips


def _clips_of(paths: Iterable[tuple[Path, str]], sampling: Sampling, find: Find) -> Iterator[Clip]:
    for path, person in paths:
        for number, run in enumerate(video_runs(path, sampling, find)):
            if run.people:
                yield cut_clip(run.frames, run.people[0], f"{path.name}#{number}", person)


def to_records(clip: Clip) -> list[FaceRecord]:
    """A clip's frames as single faces, for the cache; the frame's number follows the name after a colon."""
    return [
        FaceRecord(pixels, points, f"{clip.name}:{t:04d}", clip.person)
        for t, (pixels, points) in enumerate(zip(clip.frames, clip.landmarks, strict=True))
    ]


def to_clips(records: Iterable[FaceRecord]) -> list[Clip]:
    """Inverse of `to_records`, for any number of clips one after the other."""
    groups: dict[str, list[FaceRecord]] = defaultdict(list)
    for record in records:
        groups[record.name.rpartition(":")[0]].append(record)
    return [
        Clip(np.stack([r.pixels for r in g]), np.stack([r.landmarks for r in g]), name, g[0].person)
        for name, g in groups.items()
    ]
