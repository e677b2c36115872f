"""Frames in a row of each person: the same score as a slow reading window by window, and what drops a window."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from assistant.assistant import Assistant
from assistant.examiner import Examiner
from fakestormer.config import FakeSTormerConfig
from fakestormer.model import FakeSTormer
from fakestormer.predictor import ClipPredictor
from kfd.calibration import Calibration
from media.sampling import window_positions
from media.video import VideoReader
from simulation.video_clips import crop_clip
from simulation.video_records import Clip
from tests.films import write_film

HIDDEN = range(9, 12)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory, astronaut: np.ndarray) -> Path:
    """24 frames of a face that moves to the side, three of them with the face covered."""
    pictures = [astronaut[:384, 50 + number : 434 + number].copy() for number in range(24)]
    for number in HIDDEN:
        pictures[number][30:230, 70:260] = 90
    return write_film(tmp_path_factory.mktemp("film") / "moving.mp4", pictures, rate=12)


def predictor() -> ClipPredictor:
    torch.manual_seed(0)
    return ClipPredictor(FakeSTormer.create(FakeSTormerConfig.tiny(), 0), Calibration(temperature=0.01))


@pytest.fixture(scope="module")
def watcher(tiny: Assistant) -> Examiner:
    examiner = Examiner(tiny.examiner.predictor, "tiny", "tiny-0", frames=4, clip=predictor())
    examiner.sampling = replace(examiner.sampling, windows=6, least_survey=12, most_survey=12)
    examiner._finder = tiny.examiner._finder
    return examiner


def test_motion_is_what_the_slow_way_gives(watcher: Examiner, tiny: Assistant, film: Path) -> None:
    found = watcher.examine(film)
    (face,) = found.faces
    assert face.motion is not None
    clip = watcher.clip
    assert clip is not None
    reader, margins, times = VideoReader(film), [], []
    for positions in window_positions((0, 24), replace(watcher.sampling, window_frames=clip.frames)):
        frames = [shown.frame for shown in reader.read(positions)]
        seen = [watcher._find(frame) for frame in frames]
        if all(len(faces) == 1 and not faces[0].quality.reasons for faces in seen):
            points = np.stack([faces[0].landmarks for faces in seen])
            whole = Clip(np.stack([f.pixels for f in frames]), points, "")
            margins.append(float(clip.run(crop_clip(whole, clip.image_size, clip.margin).frames[None]).margins[0]))
            times.append(frames[0].time)
    assert clip.calibration is not None
    assert 2 <= len(margins) < 6  # the frames without a face cost windows
    assert [t for t, _ in face.motion.windows] == pytest.approx(times)
    np.testing.assert_allclose([s for _, s in face.motion.windows], clip.calibration.score(margins), atol=1e-6)
    assert face.motion.score == pytest.approx(float(clip.calibration.score(np.mean(margins))), abs=1e-6)


def test_without_a_calibrated_clip_detector_there_is_no_motion(tiny: Assistant, film: Path) -> None:
    for clip in (None, ClipPredictor(predictor().model)):
        examiner = Examiner(tiny.examiner.predictor, "tiny", "tiny-0", frames=4, clip=clip)
        examiner._finder = tiny.examiner._finder
        assert all(face.motion is None for face in examiner.examine(film).faces)


def test_a_photo_and_a_short_video_have_none(
    watcher: Examiner, astronaut_png: Path, astronaut: np.ndarray, tmp_path: Path
) -> None:
    assert watcher.examine(astronaut_png).faces[0].motion is None
    path = write_film(tmp_path / "two.mp4", [astronaut[:384, 64:448]] * 2, rate=10)
    assert watcher.examine(path).faces[0].motion is None
