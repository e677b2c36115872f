"""Examine a photo or video once: find faces, crop them, ask the detector; of a video, person by person."""

import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.progress import Cancel, ExaminationCancelled, Progress, Watch
from assistant.tracks import examine_video, seen_faces, whose
from fakestormer.predictor import ClipPredictor
from kfd.predictor import ForgeryPredictor, not_assessed
from media.errors import BadRequest, ReasonCode, UnreadableMedia
from media.faces import FaceFinder
from media.open import Limits, load_image, open_media, sha256_of
from media.records import Crop, Examination, Face, FaceExamination, Frame, MediaFile
from media.sampling import PRESETS
from media.video import VideoReader, frame_at

__all__ = ["Cancel", "ExaminationCancelled", "Examiner", "Progress"]
MAX_FRAMES = 32


class Examiner:
    """Photos and videos in, `Examination` out. Keeps the face finder warm; one thread at a time.

    Args:
        predictor: the detector.
        profile, checkpoint: names written into every examination.
        frames: most evenly spread frames of each person in a video, 1 to 32; `PRESETS` has the rest of the protocol.
        limits: bytes, pixels and seconds accepted.
        clip: reads frames in a row of a video; None = the motion of videos is not measured.
    """

    def __init__(
        self,
        predictor: ForgeryPredictor,
        profile: str,
        checkpoint: str,
        frames: int = 32,
        limits: Limits | None = None,
        clip: ClipPredictor | None = None,
    ) -> None:
        if not 1 <= frames <= MAX_FRAMES:
            raise BadRequest(f"A video is examined at 1 to {MAX_FRAMES} frames, not {frames}.")
        self.predictor = predictor
        self.profile = profile
        self.checkpoint = checkpoint
        self.frames = frames
        self.sampling = replace(PRESETS["video_v1"], frames=frames)
        self.limits = limits or Limits()
        self.clip = clip
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
        cancel: Cancel | None = None,
        at: float | None = None,
    ) -> Examination:
        """Everything that depends on the file alone.

        Args:
            path: a photo or video; its type is read from its content.
            progress: called with a share in [0, 1] and words on what is being done and how long it may still take.
            cancel: an event to set, or a function that returns True, to stop; ExaminationCancelled is raised.
            at: for a video, look only at the frame at this second.
        """
        watch = Watch(progress, cancel)
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

    def _photo(self, media: MediaFile, frame: Frame, watch: Watch) -> Examination:
        watch.step(0.2, "looking for faces")
        faces = self._find(frame)
        watch.step(0.5, "examining the faces")
        found = self._examine_faces(frame, faces)
        return self._examination(media, tuple(found), picture=frame)

    def at(self, examination: Examination, seconds: float) -> tuple[FaceExamination, ...]:
        """The faces of the frame of an examined video on display at a second, each examined by itself.

        What is found joins `examination.looked` and is taken from there when that frame is asked for again. A face
        keeps the number of the person it belongs to; one that belongs to nobody seen before gets a new number and no
        track. Its score is that of this one frame, not of the person.

        Raises:
            BadRequest: a photo, or a time outside the video.
            UnreadableMedia: the file is gone, is another one now, or is damaged there.
        """
        media = examination.media
        if media.kind != "video":
            raise BadRequest("A photo has no time to look at; ask about a place in it instead.")
        if not Path(media.path).is_file() or sha256_of(media.path) != media.sha256:
            raise UnreadableMedia("The video is no longer where it was examined; please give it again.", media.path)
        frame = VideoReader(media.path).at(seconds)
        known = tuple(found for found in examination.looked if found.face.time == frame.time)
        if known:
            return known
        with self._lock:
            faces = self._find(frame)
            found = self._examine_faces(frame, faces)
        numbers = whose(seen_faces(frame, faces, self.predictor, looks=False), examination.faces)
        free = max((f.face.id for f in (*examination.faces, *examination.looked)), default=0)
        looked = []
        for face, number in zip(found, numbers, strict=True):
            free += number is None
            looked.append(replace(face, face=replace(face.face, id=number or free), track=number))
        examination.looked.extend(looked)
        return tuple(looked)

    def hidden(self, crop: Crop, mask: NDArray[np.bool_]) -> tuple[float, float]:
        """(score with the place under mask (S, S) hidden, score of the same crop with nothing hidden)."""
        with self._lock:
            score, _ = self.predictor.hide(crop, mask)
            whole = self.predictor.calibration.score(self.predictor.run(crop.pixels[None]).margins)
        return score, float(whole[0])

    def _video(self, media: MediaFile, watch: Watch) -> Examination:
        reader = VideoReader(media.path)
        found = examine_video(reader, self._find, self.predictor, self.sampling, watch, self.clip)
        shown = next(reader.read([found.shown]), None)
        picture = None if shown is None else shown.frame
        done = self._examination(media, found.tracks, picture)
        return replace(done, frames=found.frames, frames_without_face=found.empty, gaps=found.gaps)

    def _find(self, frame: Frame) -> list[Face]:
        if self._finder is None:
            self._finder = FaceFinder()
        return self._finder.find(frame)

    def _examine_faces(self, frame: Frame, faces: Sequence[Face]) -> list[FaceExamination]:
        """One detector batch for the faces that are fit, in the faces' order."""
        seen = seen_faces(frame, faces, self.predictor, looks=False)
        fit = [one for one in seen if one.reason is None]
        results = self.predictor.examine([one.crop for one in fit], [one.face.landmarks for one in fit]) if fit else []
        assessed = iter(results)
        found = []
        for one in seen:
            evidence, signals = next(assessed) if one.reason is None else (not_assessed(one.reason), None)
            found.append(FaceExamination(face=one.face, crop=one.crop, evidence=evidence, signals=signals))
        return found

    def _examination(self, media: MediaFile, faces: tuple[FaceExamination, ...], picture: Frame | None) -> Examination:
        return Examination(
            media=media,
            faces=faces,
            profile=self.profile,
            checkpoint=self.checkpoint,
            elapsed_s=0.0,
            reason=_common_reason(faces),
            picture=None if picture is None else picture.pixels,
        )


def _common_reason(faces: Sequence[FaceExamination]) -> ReasonCode | None:
    """Why nothing could be assessed: no_face, else the reason met most often; None when something was assessed."""
    if any(f.evidence.score is not None for f in faces):
        return None
    reasons: Counter[ReasonCode] = Counter(f.evidence.reason for f in faces if f.evidence.reason)
    return reasons.most_common(1)[0][0] if reasons else "no_face"
