"""Examine a photo or video once: find faces, crop them, ask the detector, join frames into tracks."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from assistant.tracks import link_tracks
from kfd.predictor import ForgeryPredictor, not_assessed
from media.crops import crop_face
from media.errors import BadRequest, ForgeryAssistantError, ReasonCode
from media.faces import FaceFinder
from media.open import Limits, load_image, open_media
from media.records import VERDICT_OF, Examination, Face, FaceExamination, Frame, MediaFile
from media.video import frame_at, uniform_frames

Progress = Callable[[float, str], None]
MAX_FACES = 16  # the largest faces of a picture; the rest are listed as too_many_faces
MAX_FRAMES = 32


class ExaminationCancelled(ForgeryAssistantError):
    """A person stopped the examination."""


@dataclass(frozen=True)
class _Watch:
    """Progress out, cancel in."""

    progress: Progress | None = None
    cancel: threading.Event | None = None

    def step(self, share: float, what: str) -> None:
        """Report `share` in [0, 1]; raises ExaminationCancelled when asked to stop."""
        if self.cancel is not None and self.cancel.is_set():
            raise ExaminationCancelled("The examination was stopped.")
        if self.progress is not None:
            self.progress(min(1.0, share), what)


class Examiner:
    """Photos and videos in, `Examination` out. Keeps the face finder warm; one thread at a time.

    Args:
        predictor: the detector.
        profile, checkpoint: names written into every examination.
        frames: uniformly spaced frames of a video, 1 to 32.
        limits: bytes, pixels and seconds accepted.
    """

    def __init__(
        self,
        predictor: ForgeryPredictor,
        profile: str,
        checkpoint: str,
        frames: int = 16,
        limits: Limits | None = None,
    ) -> None:
        if not 1 <= frames <= MAX_FRAMES:
            raise BadRequest(f"A video is examined at 1 to {MAX_FRAMES} frames, not {frames}.")
        self.predictor = predictor
        self.profile = profile
        self.checkpoint = checkpoint
        self.frames = frames
        self.limits = limits or Limits()
        self._finder: FaceFinder | None = None
        self._lock = threading.Lock()

    def warm(self) -> None:
        """Load what the first file would wait for: the face finder's graphs and the detector's first pass."""
        size = self.predictor.image_size
        with self._lock:
            self._find(Frame(np.zeros((64, 64, 3), np.uint8)))
            self.predictor.run(np.zeros((1, size, size, 3), np.uint8))

    def close(self) -> None:
        """Free the face finder."""
        if self._finder is not None:
            self._finder.close()
            self._finder = None

    def examine(
        self,
        path: str | Path,
        progress: Progress | None = None,
        cancel: threading.Event | None = None,
        at: float | None = None,
    ) -> Examination:
        """Everything that depends on the file alone.

        Args:
            path: a photo or video; its type is read from its content.
            progress: called with a share in [0, 1] and a word on what is being done.
            cancel: set it to stop; ExaminationCancelled is raised.
            at: for a video, look only at the frame at this second.
        """
        watch = _Watch(progress, cancel)
        start = time.perf_counter()
        watch.step(0.0, "reading the file")
        with self._lock:
            media = open_media(path, self.limits)
            if media.kind == "image":
                if at:
                    raise BadRequest("A photo has no time to look at; leave --time out.")
                done = self._photo(media, load_image(path), watch)
            elif at is not None:
                done = self._photo(media, frame_at(path, at), watch)
            else:
                done = self._video(media, watch)
        watch.step(1.0, "done")
        return replace(done, elapsed_s=round(time.perf_counter() - start, 3))

    def _photo(self, media: MediaFile, frame: Frame, watch: _Watch) -> Examination:
        watch.step(0.2, "looking for faces")
        faces = self._find(frame)
        watch.step(0.5, "examining the faces")
        found = self._examine_faces(frame, faces)
        return self._examination(media, tuple(found), picture=frame)

    def _video(self, media: MediaFile, watch: _Watch) -> Examination:
        per_frame: list[list[FaceExamination]] = []
        best: tuple[float, Frame] | None = None
        shown: Frame | None = None
        empty = 0
        for index, frame in enumerate(uniform_frames(media.path, self.frames)):
            watch.step((index + 0.5) / (self.frames + 1), f"frame {index + 1} of {self.frames}")
            found = self._examine_faces(frame, self._find(frame))
            per_frame.append(found)
            empty += not found
            top = max((f.evidence.score for f in found if f.evidence.score is not None), default=None)
            if top is not None and (best is None or top > best[0]):
                best = (top, frame)
            if shown is None or (found and not any(per_frame[:-1])):
                shown = frame
        watch.step(self.frames / (self.frames + 1), "following people")
        tracks = self._tracks(per_frame)
        picture = best[1] if best else shown
        examination = self._examination(
            media, tuple(tracks), picture=picture, frames=_frame_scores(per_frame), without_face=empty
        )
        worst = examination.worst
        if (
            worst is not None
            and picture is not None
            and worst.face.time != picture.time
            and worst.face.time is not None
        ):
            examination = replace(examination, picture=frame_at(media.path, worst.face.time).pixels)
        return examination

    def _find(self, frame: Frame) -> list[Face]:
        if self._finder is None:
            self._finder = FaceFinder()
        return self._finder.find(frame)

    def _examine_faces(self, frame: Frame, faces: Sequence[Face]) -> list[FaceExamination]:
        """One detector batch for the faces that are fit, in the faces' order."""
        by_size = sorted(faces, key=lambda face: -face.quality.face_px)
        crowd = {face.id for face in by_size[MAX_FACES:]}
        size, margin = self.predictor.image_size, self.predictor.margin
        crops = [crop_face(frame.pixels, face.landmarks, size, margin) for face in faces]
        reasons: list[tuple[ReasonCode, ...]] = [
            ("too_many_faces",) if f.id in crowd else f.quality.reasons for f in faces
        ]
        fit = [i for i, reason in enumerate(reasons) if not reason]
        results = self.predictor.examine([crops[i] for i in fit], [faces[i].landmarks for i in fit]) if fit else []
        assessed = dict(zip(fit, results, strict=True))
        found = []
        for i, face in enumerate(faces):
            evidence, signals = assessed[i] if i in assessed else (not_assessed(reasons[i][0]), None)
            found.append(FaceExamination(face=face, crop=crops[i], evidence=evidence, signals=signals))
        return found

    def _tracks(self, per_frame: list[list[FaceExamination]]) -> list[FaceExamination]:
        """One FaceExamination a track: mean score over its frames, shown at its worst frame, numbered from 1."""
        numbers = link_tracks([[f.face.box for f in found] for found in per_frame])
        members: dict[int, list[FaceExamination]] = {}
        for found, here in zip(per_frame, numbers, strict=True):
            for face, track in zip(found, here, strict=True):
                members.setdefault(track, []).append(face)
        return [self._track(track, members[track]) for track in sorted(members)]

    def _track(self, number: int, faces: list[FaceExamination]) -> FaceExamination:
        assessed = [f for f in faces if f.evidence.score is not None]
        if not assessed:
            largest = max(faces, key=lambda f: f.face.quality.face_px)
            return replace(largest, face=replace(largest.face, id=number), track=number)
        worst = max(assessed, key=lambda f: f.evidence.score or 0.0)
        mean = sum(f.evidence.score or 0.0 for f in assessed) / len(assessed)
        scores = tuple((f.face.time or 0.0, f.evidence.score or 0.0) for f in assessed)
        word = self.predictor.calibration.word(mean)
        flagged = worst.evidence.flagged if VERDICT_OF[word] == "fake" else ()
        evidence = replace(worst.evidence, score=mean, word=word, flagged=flagged)
        face = replace(worst.face, id=number)
        return replace(worst, face=face, evidence=evidence, track=number, frame_scores=scores)

    def _examination(
        self,
        media: MediaFile,
        faces: tuple[FaceExamination, ...],
        picture: Frame | None,
        frames: tuple[tuple[float, float], ...] = (),
        without_face: int = 0,
    ) -> Examination:
        return Examination(
            media=media,
            faces=faces,
            profile=self.profile,
            checkpoint=self.checkpoint,
            elapsed_s=0.0,
            reason=_common_reason(faces),
            frames=frames,
            picture=None if picture is None else picture.pixels,
            frames_without_face=without_face,
        )


def _frame_scores(per_frame: Iterable[list[FaceExamination]]) -> tuple[tuple[float, float], ...]:
    """(time, highest face score) of each frame with an assessed face (SBI's frame rule)."""
    rows = []
    for found in per_frame:
        scored = [f for f in found if f.evidence.score is not None]
        if scored:
            rows.append((scored[0].face.time or 0.0, max(f.evidence.score or 0.0 for f in scored)))
    return tuple(rows)


def _common_reason(faces: Sequence[FaceExamination]) -> ReasonCode | None:
    """Why nothing could be assessed: no_face, else the reason met most often; None when something was assessed."""
    if any(f.evidence.score is not None for f in faces):
        return None
    reasons: Counter[ReasonCode] = Counter(f.evidence.reason for f in faces if f.evidence.reason)
    return reasons.most_common(1)[0][0] if reasons else "no_face"
