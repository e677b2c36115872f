"""The examination of a video: a survey of who is seen when, a person's frames, their scores, and what follows.

A track's score is the mean of the calibrated scores of its examined frames, and the file's score that of its highest
track. Memory does not grow with the length of a video: frames are let go as soon as their faces are cropped.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from assistant.motion import read_motion
from assistant.progress import Watch
from fakestormer.predictor import ClipPredictor
from kfd.predictor import ForgeryPredictor, not_assessed
from media.crops import crop_face
from media.errors import ReasonCode, UnreadableMedia
from media.records import VERDICT_OF, Box, Crop, Face, FaceExamination, Frame, Motion
from media.sampling import Sampling, survey_cells, survey_positions, track_positions
from media.tracks import Sighting, TrackLinker, follow, look_of
from media.video import VideoReader

MAX_FACES = 16  # the largest faces of a picture; the rest are listed as too_many_faces
MOMENTS, MOMENT_APART = 3, 0.5  # worst moments of a track, seconds between them
NEAR = 1.0  # seconds around a track in which a face looked at later may belong to it
_BATCH = 16
_SURVEY, _MORE, _MOTION, _SCORE = 0.5, 0.65, 0.88, 0.98  # shares of the work done after each part, for the progress
Span = tuple[float, float]
Find = Callable[[Frame], list[Face]]


@dataclass(frozen=True, eq=False)
class Seen:
    """A person in one frame: the face, its crop where it can be assessed, else why not, and how it looked."""

    face: Face
    sighting: Sighting
    crop: Crop
    reason: ReasonCode | None


@dataclass(eq=False)
class Person:
    """One track while the video is read: what was seen at which position, and between which frames it may be."""

    number: int
    seen: dict[int, Seen] = field(default_factory=dict)
    span: tuple[int, int] = (0, 0)

    def nearest(self, position: int) -> Seen:
        """The sighting closest to a position."""
        return self.seen[min(self.seen, key=lambda p: (abs(p - position), p))]


@dataclass(frozen=True, eq=False)
class VideoFindings:
    """What was found in a video.

    Attributes:
        tracks: one FaceExamination a person, numbered from 1.
        frames: (time, highest score) of each frame with a score.
        gaps: times without an assessable face.
        empty: surveyed frames without a face.
        shown: position of the frame to show.
    """

    tracks: tuple[FaceExamination, ...]
    frames: tuple[tuple[float, float], ...]
    gaps: tuple[Span, ...]
    empty: int
    shown: int


def examine_video(
    reader: VideoReader,
    find: Find,
    predictor: ForgeryPredictor,
    sampling: Sampling,
    watch: Watch,
    clip: ClipPredictor | None = None,
) -> VideoFindings:
    """Survey, read what is missing, read frames in a row where there is a clip detector, score.

    Raises:
        UnreadableMedia: not one frame can be decoded.
    """
    survey = survey_positions(len(reader), reader.duration, sampling)
    people, read = _survey(reader, survey, find, predictor, watch)
    if not read:
        raise UnreadableMedia("The video is damaged and no frame of it can be decoded.", str(reader.path))
    cells = dict(zip(survey, survey_cells(survey, len(reader)), strict=True))
    for person in people.values():
        positions = sorted(person.seen)
        person.span = (cells[positions[0]][0], cells[positions[-1]][1])
    wanted = {number: _wanted(person, survey, sampling.frames) for number, person in people.items()}
    _read_more(reader, people, wanted, find, predictor, watch)
    motions = _motions(reader, people, find, predictor, sampling, watch, clip)
    scores = _scores(predictor, people, wanted, watch)
    times = {position: (reader.time(a), reader.time(b)) for position, (a, b) in cells.items()}
    tracks = tuple(
        _track(person, scores.get(n, {}), predictor, times, motions.get(n)) for n, person in sorted(people.items())
    )
    fit = {p for person in people.values() for p, seen in person.seen.items() if seen.reason is None}
    first = min((p for person in people.values() for p in person.seen), default=min(read))
    shown = _position_shown(tracks, people, first)
    gaps = spans(times[p] for p in survey if p not in fit)
    return VideoFindings(tracks, frame_scores(tracks), gaps, sum(not n for n in read.values()), shown)


def seen_faces(frame: Frame, faces: Sequence[Face], predictor: ForgeryPredictor, looks: bool = True) -> list[Seen]:
    """Crops of a frame's faces and why, if at all, they cannot be assessed, in the faces' order."""
    by_size = sorted(faces, key=lambda face: -face.quality.face_px)
    crowd = {face.id for face in by_size[MAX_FACES:]}
    size, margin = predictor.image_size, predictor.margin
    found = []
    for face in faces:
        reasons: tuple[ReasonCode, ...] = ("too_many_faces",) if face.id in crowd else face.quality.reasons
        sighting = Sighting(face.box, look_of(frame, face) if looks else None)
        crop = crop_face(frame.pixels, face.landmarks, size, margin)
        found.append(Seen(face, sighting, crop, reasons[0] if reasons else None))
    return found


def _survey(
    reader: VideoReader, survey: Sequence[int], find: Find, predictor: ForgeryPredictor, watch: Watch
) -> tuple[dict[int, Person], dict[int, int]]:
    """People by track number, and how many faces each frame had that could be decoded."""
    people: dict[int, Person] = {}
    read: dict[int, int] = {}
    linker = TrackLinker()
    for count, shown in enumerate(reader.read(survey, cuts=True)):
        watch.step(_SURVEY * count / len(survey), f"looking for people, frame {count + 1} of {len(survey)}")
        found = seen_faces(shown.frame, find(shown.frame), predictor)
        read[shown.position] = len(found)
        for seen, number in zip(found, linker.add([s.sighting for s in found], shown.cut), strict=True):
            people.setdefault(number, Person(number)).seen[shown.position] = seen
    return people, read


def _wanted(person: Person, survey: Sequence[int], count: int) -> list[int]:
    fit = {position for position, seen in person.seen.items() if seen.reason is None}
    return track_positions(person.span, person.seen.keys(), survey, count, fit)


def _read_more(
    reader: VideoReader,
    people: Mapping[int, Person],
    wanted: Mapping[int, list[int]],
    find: Find,
    predictor: ForgeryPredictor,
    watch: Watch,
) -> None:
    """Frames of people that the survey did not read; where the person is not found again, there is nothing to add."""
    askers: dict[int, list[Person]] = {}
    for number, positions in wanted.items():
        for position in positions:
            if position not in people[number].seen:
                askers.setdefault(position, []).append(people[number])
    for count, shown in enumerate(reader.read(sorted(askers))):
        watch.step(_SURVEY + (_MORE - _SURVEY) * count / len(askers), f"further frame {count + 1} of {len(askers)}")
        found = seen_faces(shown.frame, find(shown.frame), predictor)
        near = {person.number: person.nearest(shown.position).sighting for person in askers[shown.position]}
        by_sighting = {id(seen.sighting): seen for seen in found}
        for number, sighting in follow(near, [seen.sighting for seen in found]).items():
            people[number].seen[shown.position] = by_sighting[id(sighting)]


def _motions(
    reader: VideoReader,
    people: Mapping[int, Person],
    find: Find,
    predictor: ForgeryPredictor,
    sampling: Sampling,
    watch: Watch,
    clip: ClipPredictor | None,
) -> dict[int, Motion]:
    if clip is None:
        return {}

    def step(share: float) -> None:
        watch.step(_MORE + (_MOTION - _MORE) * share, "reading frames in a row")

    def look(frame: Frame) -> list[Seen]:
        return seen_faces(frame, find(frame), predictor)

    sampling = replace(sampling, window_frames=clip.frames)
    return read_motion(reader, people, look, clip, sampling, step)


def _scores(
    predictor: ForgeryPredictor, people: Mapping[int, Person], wanted: Mapping[int, list[int]], watch: Watch
) -> dict[int, dict[int, float]]:
    """Calibrated scores by track and position of the wanted frames whose face is fit, in batches over all people."""
    todo = [
        (number, position, people[number].seen[position].crop)
        for number, positions in wanted.items()
        for position in positions
        if position in people[number].seen and people[number].seen[position].reason is None
    ]
    scores: dict[int, dict[int, float]] = {}
    for start in range(0, len(todo), _BATCH):
        watch.step(_MOTION + (_SCORE - _MOTION) * start / len(todo), f"examining faces, {start + 1} of {len(todo)}")
        batch = todo[start : start + _BATCH]
        margins = predictor.run(np.stack([crop.pixels for _, _, crop in batch]), _BATCH).margins
        for (number, position, _), score in zip(batch, predictor.calibration.score(margins), strict=True):
            scores.setdefault(number, {})[position] = float(score)
    return scores


def _track(
    person: Person,
    scores: Mapping[int, float],
    predictor: ForgeryPredictor,
    cells: Mapping[int, Span],
    motion: Motion | None = None,
) -> FaceExamination:
    """A person at the worst frame; the score is the mean over the examined frames."""
    seen = dict(sorted(person.seen.items()))
    places = tuple((_time(s.face), s.face.box) for s in seen.values())
    gaps = spans(cell for position, cell in cells.items() if position in seen and seen[position].reason is not None)
    if not scores:
        largest = max(seen.values(), key=lambda s: s.face.quality.face_px)
        face = replace(largest.face, id=person.number)
        evidence = not_assessed(largest.reason or "too_blurred")
        return FaceExamination(face, largest.crop, evidence, track=person.number, gaps=gaps, places=places)
    worst = seen[max(scores, key=lambda position: (scores[position], -position))]
    ((evidence, signals),) = predictor.examine([worst.crop], [worst.face.landmarks])
    mean = sum(scores.values()) / len(scores)
    word = predictor.calibration.word(mean)
    flagged = evidence.flagged if VERDICT_OF[word] == "fake" else ()
    by_time = tuple((_time(seen[position].face), scores[position]) for position in sorted(scores))
    return FaceExamination(
        face=replace(worst.face, id=person.number),
        crop=worst.crop,
        evidence=replace(evidence, score=mean, word=word, flagged=flagged),
        signals=signals,
        track=person.number,
        frame_scores=by_time,
        worst_moments=worst_moments(by_time),
        gaps=gaps,
        places=places,
        motion=motion,
    )


def worst_moments(
    scores: Iterable[tuple[float, float]], most: int = MOMENTS, apart: float = MOMENT_APART
) -> tuple[tuple[float, float], ...]:
    """The highest of (time, score), highest first, none nearer than `apart` seconds to a higher one."""
    kept: list[tuple[float, float]] = []
    for time, score in sorted(scores, key=lambda pair: (-pair[1], pair[0])):
        if len(kept) < most and all(abs(time - other) >= apart - 1e-9 for other, _ in kept):
            kept.append((time, score))
    return tuple(kept)


def spans(cells: Iterable[Span]) -> tuple[Span, ...]:
    """Adjoining stretches of time (start, end), in order, joined into one."""
    joined: list[Span] = []
    for start, end in cells:
        if joined and abs(joined[-1][1] - start) < 1e-9:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def frame_scores(tracks: Iterable[FaceExamination]) -> tuple[tuple[float, float], ...]:
    """(time, highest score) of each frame in which someone was examined (SBI's frame rule)."""
    highest: dict[float, float] = {}
    for track in tracks:
        for time, score in track.frame_scores:
            highest[time] = max(score, highest.get(time, 0.0))
    return tuple(sorted(highest.items()))


def whose(faces: Sequence[Seen], tracks: Sequence[FaceExamination]) -> list[int | None]:
    """Track of each face of one frame that was looked at later, None where it belongs to no one seen before.

    Args:
        faces: of that frame.
        tracks: of the video; only those seen within a second before or after can be meant.
    """
    if not faces:
        return []
    now = _time(faces[0].face)
    known: dict[int, Sighting] = {}
    for track in tracks:
        if track.track is None or not track.places:
            continue
        if track.places[0][0] - NEAR <= now <= track.places[-1][0] + NEAR:
            known[track.track] = Sighting(_place_at(track.places, now))
    owners = {id(s): number for number, s in follow(known, [f.sighting for f in faces]).items()}
    return [owners.get(id(f.sighting)) for f in faces]


def _place_at(places: Sequence[tuple[float, Box]], time: float) -> Box:
    """The box of a track at a time, between two sightings on the straight line."""
    values = np.array([box for _, box in places])
    x0, y0, x1, y1 = (float(np.interp(time, [t for t, _ in places], values[:, i])) for i in range(4))
    return (x0, y0, x1, y1)


def _position_shown(tracks: Sequence[FaceExamination], people: Mapping[int, Person], first: int) -> int:
    """Position of the worst frame of the worst track; without scores the first one with a face, else the first."""
    scored = [t for t in tracks if t.evidence.score is not None]
    chosen = max(scored, key=lambda t: t.evidence.score or 0.0) if scored else next(iter(tracks), None)
    if chosen is None or chosen.track is None:
        return first
    seen = people[chosen.track].seen
    return next((p for p in sorted(seen) if seen[p].face.time == chosen.face.time), first)


def _time(face: Face) -> float:
    return face.time or 0.0
