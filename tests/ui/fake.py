"""A stand-in for the assistant with a fixed finding and slow, known words, so that the page is tested by itself."""

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

from assistant.records import Answer, RegionQuery, TurnRecord
from media.errors import BadRequest, MissingCheckpoint, UnreadableMedia
from media.records import (
    Crop,
    Cue,
    Evidence,
    Examination,
    Face,
    FaceExamination,
    Measurement,
    MediaFile,
    Quality,
    RegionScore,
)
from media.video import frame_at

CHIN, NOSE, LEFT_EYE = "face.lower.chin.chin", "face.middle.nose.nose", "face.upper.eyes.left_eye"
WORDS = "The picture gives some support for manipulation, above all at the chin.".split()


def quality(**changes: float) -> Quality:
    """An ordinary good face."""
    return replace(Quality(220.0, 0.8, 4.0, -3.0, 1.0, 1.1, 1.0), **changes)


def face_landmarks(box: tuple[float, float, float, float]) -> np.ndarray:
    """478 points that fill a box evenly."""
    x0, y0, x1, y1 = box
    grid = np.random.default_rng(0).uniform(size=(478, 2))
    grid[:4] = [[0, 0], [1, 0], [0, 1], [1, 1]]
    return (grid * [x1 - x0, y1 - y0] + [x0, y0]).astype(np.float32)


def face_examination(number: int, box: tuple[float, float, float, float], score: float = 0.72) -> FaceExamination:
    """A face with some support at the chin, or little support when the score is low."""
    fake = score >= 0.5
    heat = np.zeros((16, 16), np.float32)
    heat[11:14, 6:10] = 0.9 if fake else 0.2
    evidence = Evidence(
        status="assessed",
        word="some support" if fake else "little support",
        score=score,
        map=heat,
        regions=(
            RegionScore(CHIN, "chin", 0.81 if fake else 0.12, 0.11),
            RegionScore(NOSE, "nose", 0.09, 0.20),
            RegionScore(LEFT_EYE, "left eye", 0.05, 0.20),
        ),
        flagged=(CHIN,) if fake else (),
        cues=(Cue("smoother", CHIN, 1.6, 0.55, "ratio of fine detail"),) if fake else (),
    )
    side = 1.3 * max(box[2] - box[0], box[3] - box[1])
    x, y = (box[0] + box[2] - side) / 2, (box[1] + box[3] - side) / 2
    crop = Crop(
        np.zeros((128, 128, 3), np.uint8),
        np.array([[128 / side, 0, -x * 128 / side], [0, 128 / side, -y * 128 / side]]),
    )
    face = Face(number, box, face_landmarks(box), 0.98, quality())
    return FaceExamination(face, crop, evidence)


class FakeConversation:
    """Speaks WORDS with a pause between words; remembers what it was asked about."""

    def __init__(self, examination: Examination, pause: float, note: str | None) -> None:
        self.pictures = [examination]
        self.picture, self.face = 1, None
        self.turns: list[TurnRecord] = []
        self.asked: list[tuple[str, RegionQuery | None, int, int | None]] = []
        self.pause, self.note = pause, note

    def add(self, examination: Examination) -> None:
        self.pictures.append(examination)
        self.picture = len(self.pictures)

    def select_picture(self, number: int) -> None:
        self.picture = number

    def select_face(self, face: int) -> None:
        self.face = face

    def ask(
        self, question: str, region: RegionQuery | None = None, stop: threading.Event | None = None
    ) -> Iterator[str]:
        if "raise" in question:
            raise BadRequest("That question cannot be served.")
        self.asked.append((question, region, self.picture, self.face))
        if region is not None and region.point is not None:
            measurement = Measurement("point", self.face or 1, (NOSE,), 0.09, 0.2, region.point)
            self.pictures[self.picture - 1].measurements.append(measurement)
        if "0:01" in question:
            self.pictures[self.picture - 1].measurements.append(Measurement("moment", 1, (), 0.9, 0.72, (1.0,)))
        said, stopped = "", False
        try:
            for word in WORDS:
                if stop is not None and stop.is_set():
                    stopped = True
                    break
                time.sleep(self.pause)
                said += word + " "
                yield word + " "
        except GeneratorExit:
            stopped = True
            raise
        finally:
            answer = Answer(question, said.strip(), "fake", note=self.note, stopped=stopped, picture=self.picture)
            self.turns.append(TurnRecord(question, answer, picture=self.picture))

    def regenerate(self, stop: threading.Event | None = None) -> Iterator[str]:
        last = max(i for i, turn in enumerate(self.turns) if not turn.superseded)
        return self.edit(last, self.turns[last].question, stop)

    def edit(self, turn_index: int, question: str, stop: threading.Event | None = None) -> Iterator[str]:
        self.turns = [replace(t, superseded=t.superseded or i >= turn_index) for i, t in enumerate(self.turns)]
        yield from self.ask(question, None, stop)


VIDEO_BOX = (40.0, 6.0, 76.0, 42.0)
SURVEY = ((0.0, 0.3), (1.0, 0.9), (1.5, 0.6))


class FakeExaminer:
    """Person 1 scores 0.9 from second 1 on and 0.3 before; from second 2 on there is no face."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def at(self, examination: Examination, seconds: float) -> tuple[FaceExamination, ...]:
        time = frame_at(examination.media.path, seconds).time
        assert time is not None
        self.seconds.append(seconds)
        known = tuple(found for found in examination.looked if found.face.time == time)
        if time >= 2.0 or known:
            return known
        found = face_examination(1, VIDEO_BOX, 0.9 if time >= 1.0 else 0.3)
        examination.looked.append(replace(found, face=replace(found.face, time=time), track=1))
        return (examination.looked[-1],)


def video_examination(path: Path) -> Examination:
    """One person in a video of three seconds, worst at second 1."""
    person = face_examination(1, VIDEO_BOX)
    person = replace(
        person, face=replace(person.face, time=1.0), track=1, frame_scores=SURVEY,
        worst_moments=((1.0, 0.9), (1.5, 0.6), (0.0, 0.3)),
    )  # fmt: skip
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    picture = frame_at(path, 1.0).pixels
    media = MediaFile(str(path), digest, "video", picture.shape[1], picture.shape[0], 3.0)
    return Examination(media, (person,), "fake", "fake-1", 0.1, frames=SURVEY, picture=picture)


class FakeAssistant:
    """Finds `faces` faces side by side in any photo that Pillow opens, and one person in an MP4 file."""

    def __init__(self, faces: int = 1, pause: float = 0.01, note: str | None = None, score: float = 0.72) -> None:
        self.faces, self.pause, self.note, self.score = faces, pause, note, score
        self.conversations: list[FakeConversation] = []
        self.annotations: object | None = None
        self.offers_masks = False
        self.examiner = FakeExaminer()

    def examine(
        self,
        path: str | Path,
        progress: Callable[[float, str], None] | None = None,
        cancel: threading.Event | None = None,
    ) -> Examination:
        if Path(path).suffix == ".mp4":
            return video_examination(Path(path))
        try:
            pixels = np.asarray(Image.open(path).convert("RGB"))
        except UnidentifiedImageError as error:
            raise UnreadableMedia("This is not a photo or video that can be read. Save it as JPEG or MP4.") from error
        if progress is not None:
            progress(0.5, "examining the faces")
        height, width = pixels.shape[:2]
        step = width / max(1, self.faces)
        boxes = [(step * (i + 0.3), 0.1 * height, step * (i + 0.7), 0.6 * height) for i in range(self.faces)]
        return Examination(
            media=MediaFile(str(path), hashlib.sha256(Path(path).read_bytes()).hexdigest(), "image", width, height),
            faces=tuple(face_examination(i + 1, box, self.score) for i, box in enumerate(boxes)),
            profile="fake",
            checkpoint="fake-1",
            elapsed_s=0.1,
            reason=None if self.faces else "no_face",
            picture=pixels,
        )

    def warm(self) -> None:
        """Nothing to load."""

    def click_masks(self, kind: str) -> str | None:
        """Its name in the place of masks; a page that does not offer them has a click model that does not fit."""
        if kind != "none" and not self.offers_masks:
            raise MissingCheckpoint("The click model was trained on another detector.")
        return None if kind == "none" else kind

    def conversation(self, examination: Examination) -> FakeConversation:
        self.conversations.append(FakeConversation(examination, self.pause, self.note))
        return self.conversations[-1]
