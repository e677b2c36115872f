"""Examined faces to talk about: simulated forgeries and their originals from the half that nothing was fitted on."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluation.context import Context
from evaluation.detector_eval import as_crop, protocol_pairs
from evaluation.results import batches
from media.errors import ReasonCode
from media.landmarks import landmark_box
from media.records import Crop, Evidence, Examination, Face, FaceExamination, MediaFile, Quality, Signals

REASONS: tuple[ReasonCode, ...] = ("no_face", "face_too_small", "too_blurred", "extreme_pose", "occluded")


@dataclass(frozen=True, eq=False)
class TalkFace:
    """One examined crop: its name, what it truly is, and the examination that a conversation starts from."""

    name: str
    label: str
    examination: Examination

    @property
    def face(self) -> FaceExamination:
        """The only face."""
        return self.examination.faces[0]

    @property
    def evidence(self) -> Evidence:
        """The detector's finding."""
        return self.face.evidence

    @property
    def signals(self) -> Signals:
        """What the detector saw; asking for those of an unassessed face is a mistake."""
        assert self.face.signals is not None
        return self.face.signals

    @property
    def percent(self) -> int | None:
        """The score as answers show it: whole percent, kept off 0 and 100."""
        score = self.evidence.score
        return None if score is None else min(99, max(1, round(100 * score)))


def examination_of(
    name: str, crop: Crop, landmarks: NDArray[np.float32], evidence: Evidence, signals: Signals | None
) -> Examination:
    """An examination of a crop taken as a whole picture."""
    size = crop.pixels.shape[0]
    digest = hashlib.sha256(name.encode() + crop.pixels.tobytes()).hexdigest()
    box = landmark_box(landmarks)
    quality = Quality(float(max(box[2] - box[0], box[3] - box[1])), 1.0, 0.0, 0.0, 0.0, 1.0, 1.0)
    face = FaceExamination(Face(1, box, landmarks, 1.0, quality), crop, evidence, signals)
    media = MediaFile(name, digest, "image", size, size)
    return Examination(media, (face,), "embedded", "evaluation", 0.0, reason=evidence.reason, picture=crop.pixels)


def talk_faces(context: Context, count: int) -> list[TalkFace]:
    """At most `count` crops of the held half, original and forgery in turn, examined by the frozen detector."""
    faces: list[TalkFace] = []
    pairs = protocol_pairs(context.data, context.predictor.image_size, "measure", (count + 1) // 2)
    for group in batches(context.track(pairs, (count + 1) // 2, "faces to talk about"), 32):
        crops = [as_crop(image) for e in group for image in (e.pair.real, e.pair.fake)]
        landmarks = [e.pair.landmarks for e in group for _ in (0, 1)]
        labels = ["real", "fake"] * len(group)
        names = [f"{e.number:04d}/{label}" for e in group for label in ("real", "fake")]
        found = context.predictor.examine(crops, landmarks)
        for name, label, crop, points, (evidence, signals) in zip(names, labels, crops, landmarks, found, strict=True):
            faces.append(TalkFace(name, label, examination_of(name, crop, points, evidence, signals)))
    return faces[:count]


def unassessed_faces(faces: Sequence[TalkFace]) -> list[TalkFace]:
    """The same crops as if they could not be assessed, one for each reason."""
    made = []
    for reason, base in zip(REASONS, faces, strict=False):
        evidence = Evidence("not_assessed", "could not be assessed", reason=reason)
        face = base.face
        examination = examination_of(f"{base.name}/{reason}", face.crop, face.face.landmarks, evidence, None)
        made.append(TalkFace(f"{base.name}/{reason}", "unknown", examination))
    return made


def say(conversation: Any, question: str, region: Any = None) -> str:
    """Ask and read the whole answer."""
    return "".join(conversation.ask(question, region=region))


def spoken_flagged(evidence: Evidence) -> list[str]:
    """Flagged regions that answers can name."""
    from media.regions import SPOKEN_REGIONS

    return [i for i in evidence.flagged if i in SPOKEN_REGIONS]


def evenly(faces: Sequence[TalkFace], count: int | None) -> list[TalkFace]:
    """At most `count` of the faces, spread over the list."""
    if count is None or len(faces) <= count:
        return list(faces)
    return [faces[i] for i in np.linspace(0, len(faces) - 1, count).round().astype(int)]


def swapped_partners(faces: Sequence[TalkFace], count: int) -> Iterator[tuple[TalkFace, TalkFace]]:
    """Pairs of faces called manipulated whose flagged places differ: at most a third in common, one to six each.

    First every face with the next one after it that fits, then with the next but one, so that no face lends often.
    """
    chosen = [f for f in faces if f.evidence.verdict == "fake" and 1 <= len(spoken_flagged(f.evidence)) <= 6]
    lenders = [[s for s in chosen[n + 1 :] + chosen[:n] if _differ(first, s)] for n, first in enumerate(chosen)]
    rounds = (zip(chosen, lent, strict=True) for lent in zip_longest(*lenders))
    yield from islice((pair for pairs in rounds for pair in pairs if pair[1] is not None), count)


def _differ(first: TalkFace, second: TalkFace) -> bool:
    own, other = set(spoken_flagged(first.evidence)), set(spoken_flagged(second.evidence))
    return len(own & other) <= len(own | other) / 3
