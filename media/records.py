"""The records that travel between the rooms: one frozen dataclass a stage, validated when made.

Conventions: pixels are RGB uint8 (H, W, 3); points are (x, y) in pixels of the original frame, origin top left;
boxes are (x0, y0, x1, y1); times are seconds from exact pts; left and right are the subject's; score is P(fake).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from media.errors import ReasonCode

MediaKind = Literal["image", "video"]
Status = Literal["assessed", "not_assessed"]
Verdict = Literal["fake", "uncertain", "real", "not_assessed"]
EvidenceWord = Literal["strong support", "some support", "inconclusive", "little support", "could not be assessed"]
Box = tuple[float, float, float, float]

VERDICT_OF: dict[EvidenceWord, Verdict] = {
    "strong support": "fake",
    "some support": "fake",
    "inconclusive": "uncertain",
    "little support": "real",
    "could not be assessed": "not_assessed",
}
LANDMARKS = 478


def tuples(data: Mapping[str, Any]) -> dict[str, Any]:
    """Values read from JSON for a record: lists become tuples."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise ValueError(message)


@dataclass(frozen=True)
class MediaFile:
    """One file as received. `sha256` is of its exact bytes; width and height are after EXIF or container rotation."""

    path: str
    sha256: str
    kind: MediaKind
    width: int
    height: int
    duration: float | None = None
    note: str = ""

    def __post_init__(self) -> None:
        _require(self.width > 0 and self.height > 0, f"media size must be positive, got {self.width}x{self.height}")
        _require(len(self.sha256) == 64, "sha256 must be 64 hexadecimal digits")


@dataclass(frozen=True, eq=False)
class Frame:
    """One decoded picture. pixels (H, W, 3) uint8 RGB; time in seconds, None for a photo."""

    pixels: NDArray[np.uint8]
    time: float | None = None

    def __post_init__(self) -> None:
        ok = self.pixels.dtype == np.uint8 and self.pixels.ndim == 3 and self.pixels.shape[2] == 3
        _require(ok, f"a frame is uint8 (H, W, 3) RGB, got {self.pixels.dtype} {self.pixels.shape}")


@dataclass(frozen=True)
class Quality:
    """How fit a face is for assessment.

    Attributes:
        face_px: longer side of the landmark box in pixels of the original frame.
        sharpness: share of fine detail left, 0 (blurred away) to 1; see media/quality.py.
        yaw, pitch, roll: head pose in degrees, positive yaw = turned to the subject's left.
        blockiness: strength of 8x8 codec block edges relative to other edges (1 = none).
        visible: share of the face that lies inside the picture and is not covered, 0 to 1.
        reasons: reason codes that make the face unfit, empty when it can be assessed.
    """

    face_px: float
    sharpness: float
    yaw: float
    pitch: float
    roll: float
    blockiness: float
    visible: float
    reasons: tuple[ReasonCode, ...] = ()


@dataclass(frozen=True, eq=False)
class Face:
    """A face found in a frame. id counts from 1; landmarks (478, 2) float32 in frame pixels; box encloses them."""

    id: int
    box: Box
    landmarks: NDArray[np.float32]
    confidence: float
    quality: Quality
    time: float | None = None

    def __post_init__(self) -> None:
        _require(self.landmarks.shape == (LANDMARKS, 2), f"landmarks must be (478, 2), got {self.landmarks.shape}")
        _require(self.box[2] > self.box[0] and self.box[3] > self.box[1], f"empty face box {self.box}")


@dataclass(frozen=True, eq=False)
class Crop:
    """A square face crop. pixels (S, S, 3) uint8 RGB; matrix (2, 3) float64 maps frame pixels to crop pixels."""

    pixels: NDArray[np.uint8]
    matrix: NDArray[np.float64]

    def __post_init__(self) -> None:
        h, w, c = self.pixels.shape
        _require(h == w and c == 3 and self.pixels.dtype == np.uint8, f"crop must be square RGB, got {h}x{w}x{c}")
        _require(self.matrix.shape == (2, 3), "crop matrix must be (2, 3)")


@dataclass(frozen=True, eq=False)
class Signals:
    """What the detector saw in one crop, as plain arrays for the prompt learner.

    Attributes:
        consistency: (6, M, M) float32, 100*cos to the descriptions of real and fake: [L1 real, L1 fake, L2 real, ...]
        forgery_map: (M, M) float32 in [0, 1], P(forged) by place in the crop, not calibrated.
        probabilities: (2,) float32, uncalibrated [real, fake].
        global_token: (D,) float32, the encoder's token for the whole crop.
    """

    consistency: NDArray[np.float32]
    forgery_map: NDArray[np.float32]
    probabilities: NDArray[np.float32]
    global_token: NDArray[np.float32]

    def __post_init__(self) -> None:
        _require(self.consistency.ndim == 3 and self.consistency.shape[0] % 2 == 0, "consistency must be (2L, M, M)")
        _require(self.forgery_map.shape == self.consistency.shape[1:], "forgery map and consistency maps differ")
        _require(self.probabilities.shape == (2,), "probabilities must be [real, fake]")


@dataclass(frozen=True)
class RegionScore:
    """A region's pooled evidence. score = mean of the forgery map inside, rest = mean over the rest of the face."""

    id: str
    name: str
    score: float
    rest: float


@dataclass(frozen=True)
class Cue:
    """A property measured by plain image arithmetic in a region against the rest of the face.

    kind is an artifact kind of simulation (e.g. "smoother", "sharper", "colour_shift", "seam"); strength >= 1 means
    noticeable; value is the measured ratio or difference, unit says what it is.
    """

    kind: str
    region: str
    strength: float
    value: float
    unit: str


@dataclass(frozen=True, eq=False)
class Evidence:
    """The calibrated finding for one face, or why there is none.

    Attributes:
        score: calibrated P(fake); None exactly when not assessed.
        map: (M, M) float32 in [0, 1] over the crop, calibrated; None when not assessed.
        regions: every registered face region, strongest first; empty when not assessed.
        flagged: ids of the regions that the map supports as manipulated (only filled when verdict is "fake").
        cues: measured properties, strongest first.
        calibrated: whether the score was fitted on validation pictures; else it is the detector's raw output.
    """

    status: Status
    word: EvidenceWord
    reason: ReasonCode | None = None
    score: float | None = None
    map: NDArray[np.float32] | None = None
    regions: tuple[RegionScore, ...] = ()
    flagged: tuple[str, ...] = ()
    cues: tuple[Cue, ...] = ()
    calibrated: bool = True

    def __post_init__(self) -> None:
        assessed = self.status == "assessed"
        _require(assessed == (self.score is not None), "score is given exactly when assessed")
        _require(assessed == (self.reason is None), "a reason is given exactly when not assessed")
        _require(assessed == (self.word != "could not be assessed"), "evidence word and status disagree")
        _require(self.score is None or 0.0 <= self.score <= 1.0, f"score must be in [0, 1], got {self.score}")

    @property
    def verdict(self) -> Verdict:
        """fake, uncertain, real or not_assessed."""
        return VERDICT_OF[self.word]


@dataclass(frozen=True)
class Motion:
    """What the clip detector read from frames in a row of one person.

    Attributes:
        score: P(fake) in [0, 1], calibrated, from the mean logit over the windows.
        windows: (time of the first frame, score) of each window.
    """

    score: float
    windows: tuple[tuple[float, float], ...]


@dataclass(frozen=True, eq=False)
class FaceExamination:
    """One face (photo) or one person's track (video, shown at its worst frame) with all that was measured.

    Attributes:
        frame_scores: (time, score) of each examined frame of a track.
        worst_moments: the highest of them, at most 3, at least half a second apart, highest first.
        gaps: (start, end) in seconds in which the person of a track could not be assessed.
        places: (time, box) of each frame in which the person of a track was seen.
        motion: what the frames in a row gave; None for a photo, or when it could not be read.
    """

    face: Face
    crop: Crop
    evidence: Evidence
    signals: Signals | None = None
    track: int | None = None
    frame_scores: tuple[tuple[float, float], ...] = ()
    worst_moments: tuple[tuple[float, float], ...] = ()
    gaps: tuple[tuple[float, float], ...] = ()
    places: tuple[tuple[float, Box], ...] = ()
    motion: Motion | None = None


@dataclass(frozen=True)
class Measurement:
    """A measurement made because someone asked; face is the face id.

    Attributes:
        kind: a spot, a box or a region (score inside, rest on the rest of the face); a hidden region (score with it
            hidden, rest without hiding); a moment of a video (score there, rest of the whole, place (seconds,)); the
            motion of a person (score, rest of single frames); a person among others (score).
        place: where, as the kind needs it.
    """

    kind: Literal["point", "box", "region", "hidden", "moment", "motion", "person"]
    face: int
    region_ids: tuple[str, ...]
    score: float
    rest: float
    place: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False)
class Examination:
    """All that depends on the media alone. Examine once, ask many times.

    Attributes:
        faces: strongest evidence first is NOT implied; faces keep their ids, left to right in a photo.
        frames: (time, highest face score) of each examined frame of a video.
        reason: set exactly when nothing could be assessed.
        picture: the frame shown to the user, RGB uint8 (H, W, 3); worst frame for a video.
        frames_without_face: frames of a video's survey in which no face was found.
        gaps: (start, end) in seconds of a video in which no face could be assessed.
        looked: faces of single frames of a video that were examined because someone asked for that second.
    """

    media: MediaFile
    faces: tuple[FaceExamination, ...]
    profile: str
    checkpoint: str
    elapsed_s: float
    reason: ReasonCode | None = None
    frames: tuple[tuple[float, float], ...] = ()
    picture: NDArray[np.uint8] | None = None
    frames_without_face: int = 0
    measurements: list[Measurement] = field(default_factory=list)
    gaps: tuple[tuple[float, float], ...] = ()
    looked: list[FaceExamination] = field(default_factory=list)

    @property
    def worst(self) -> FaceExamination | None:
        """The assessed face with the highest score, or the first face when none was assessed."""
        assessed = [f for f in self.faces if f.evidence.score is not None]
        if assessed:
            return max(assessed, key=lambda f: f.evidence.score or 0.0)
        return self.faces[0] if self.faces else None

    @property
    def score(self) -> float | None:
        """The file's score: that of its highest face or track."""
        return self.worst.evidence.score if self.worst else None

    @property
    def word(self) -> EvidenceWord:
        """The file's evidence word: that of its highest face or track."""
        return self.worst.evidence.word if self.worst else "could not be assessed"

    @property
    def verdict(self) -> Verdict:
        """The file's verdict."""
        return VERDICT_OF[self.word]
