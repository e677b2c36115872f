import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.assistant import Assistant
from assistant.examiner import ExaminationCancelled, Examiner
from assistant.profiles import load_examiner
from media.errors import BadRequest, ForgeryAssistantError, MissingCheckpoint, UnreadableMedia
from media.records import Examination
from tests.films import write_film


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory, astronaut: np.ndarray) -> Path:
    """Two seconds at 10 pictures a second: the astronaut moves slowly; the last half second shows no face."""
    moving = [np.roll(astronaut, 2 * number, axis=1)[:384, 64:448] for number in range(15)]
    empty = np.full((384, 384, 3), 90, np.uint8)
    return write_film(tmp_path_factory.mktemp("clips") / "clip.mp4", [*moving, *[empty] * 5], rate=10)


def test_a_photo_is_found_cropped_and_assessed(examination: Examination) -> None:
    face = examination.faces[0]
    assert len(examination.faces) == 1
    assert examination.reason is None
    assert examination.score == face.evidence.score
    assert face.signals is not None
    x0, y0, x1, y1 = face.face.box
    assert 150 < (x0 + x1) / 2 < 290  # where Eileen Collins' face is
    assert 60 < (y0 + y1) / 2 < 200
    assert examination.picture is not None
    assert examination.picture.shape == (512, 512, 3)
    assert examination.elapsed_s > 0
    assert len(examination.media.sha256) == 64


def test_the_same_file_gives_the_same_finding(tiny: Assistant, astronaut_png: Path, examination: Examination) -> None:
    again = tiny.examine(astronaut_png)
    assert again.score == examination.score
    assert np.array_equal(again.faces[0].evidence.map, examination.faces[0].evidence.map)


def test_faces_are_numbered_left_to_right(tiny: Assistant, two_faces_png: Path) -> None:
    found = tiny.examine(two_faces_png)
    assert [f.face.id for f in found.faces] == [1, 2]
    assert found.faces[0].face.box[0] < 512 < found.faces[1].face.box[0]
    assert found.score == max(f.evidence.score for f in found.faces)


def test_a_picture_without_a_face_is_not_assessed(tiny: Assistant, no_face_png: Path) -> None:
    found = tiny.examine(no_face_png)
    assert found.reason == "no_face"
    assert found.score is None
    assert found.verdict == "not_assessed"
    assert found.picture is not None


def test_a_face_too_small_is_typed(tiny: Assistant, astronaut: np.ndarray, tmp_path: Path) -> None:
    from PIL import Image

    canvas = np.full((300, 300, 3), 120, np.uint8)
    canvas[100:228, 100:228] = np.asarray(Image.fromarray(astronaut).resize((128, 128)))
    path = tmp_path / "small.png"
    Image.fromarray(canvas).save(path)
    found = tiny.examine(path)
    assert found.score is None
    assert found.reason in ("face_too_small", "too_blurred", "no_face")
    assert all(f.signals is None for f in found.faces)


def test_an_unreadable_file_is_a_typed_error(tiny: Assistant, tmp_path: Path) -> None:
    path = tmp_path / "broken.jpg"
    path.write_bytes(b"not a picture at all")
    with pytest.raises(ForgeryAssistantError) as caught:
        tiny.examine(path)
    assert caught.value.code == "decode_error"


def test_progress_rises_to_one_and_cancel_stops(tiny: Assistant, astronaut_png: Path) -> None:
    shares: list[float] = []
    tiny.examine(astronaut_png, progress=lambda share, _: shares.append(share))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    stop = threading.Event()
    with pytest.raises(ExaminationCancelled):
        tiny.examine(astronaut_png, progress=lambda share, _: stop.set(), cancel=stop)


@pytest.fixture(scope="session")
def watched(clip: Path) -> Iterator[tuple[Examiner, Examination, list[tuple[float, str]]]]:
    """The clip examined once at 8 frames a person, with the progress that was shown."""
    examiner = load_examiner("tiny", frames=8)
    said: list[tuple[float, str]] = []
    yield examiner, examiner.examine(clip, progress=lambda share, what: said.append((share, what))), said
    examiner.close()


def test_a_video_has_a_track_its_worst_frame_and_empty_frames(watched: Any) -> None:
    _, found, said = watched
    assert found.media.kind == "video"
    assert [f.track for f in found.faces] == [f.face.id for f in found.faces] == [1]
    track = found.faces[0]
    assert found.frames_without_face == 5  # the survey of so short a clip takes every frame
    assert found.gaps == (pytest.approx((1.5, 2.0), abs=0.01),)
    assert len(track.frame_scores) == len(found.frames) == 8
    assert track.frame_scores[-1][0] == pytest.approx(1.35, abs=0.16)
    scores = [score for _, score in track.frame_scores]
    assert track.evidence.score == pytest.approx(np.mean(scores))
    assert track.face.time == dict(map(reversed, track.frame_scores))[max(scores)]
    assert track.worst_moments[0] == (track.face.time, max(scores))
    assert found.frames == track.frame_scores  # one person: the frame's highest face is this one
    assert dict(track.places)[track.face.time] == track.face.box
    assert found.picture is not None
    assert found.picture.shape == (384, 384, 3)
    shares = [share for share, _ in said]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_second_asked_for_is_measured_once_and_kept(watched: Any) -> None:
    examiner, examination, _ = watched
    found = replace(examination, looked=[])
    (face,) = examiner.at(found, 1.04)
    assert (face.face.id, face.track) == (1, 1)
    assert face.face.time == pytest.approx(1.0, abs=0.01)
    assert found.looked == [face]
    assert examiner.at(found, 1.06) == (face,)  # the same frame
    assert found.looked == [face]
    assert examiner.at(found, 1.8) == ()
    with pytest.raises(BadRequest, match="ends at 2.00 s"):
        examiner.at(found, 60.0)
    stranger = replace(found, faces=(), looked=[])
    assert [(f.face.id, f.track) for f in examiner.at(stranger, 0.0)] == [(1, None)]


def test_only_an_unchanged_video_has_seconds_to_ask_for(
    watched: Any, examination: Examination, clip: Path, tmp_path: Path
) -> None:
    examiner, found, _ = watched
    with pytest.raises(BadRequest):
        examiner.at(examination, 0.0)  # a photo
    other = tmp_path / "other.mp4"
    other.write_bytes(clip.read_bytes() + b"0")
    with pytest.raises(UnreadableMedia):
        examiner.at(replace(found, media=replace(found.media, path=str(other))), 0.0)


def test_a_video_can_be_stopped_at_any_step(watched: Any, clip: Path) -> None:
    examiner, _, said = watched
    for steps in (1, 10, len(said) - 1):
        left = iter(range(steps))
        with pytest.raises(ExaminationCancelled):
            examiner.examine(clip, cancel=lambda left=left: next(left, None) is None)


def test_a_cut_ends_a_person_and_frames_are_found_between_the_surveyed_ones(
    watched: Any, clip: Path, tmp_path: Path, astronaut: np.ndarray
) -> None:
    """A second scene shows her elsewhere: two tracks; a thin survey is filled up to the frames asked for."""
    examiner = watched[0]
    first, second = astronaut[:384, 64:448], astronaut[:384, 100:484][:, ::-1]
    path = write_film(tmp_path / "cut.mp4", [*[first] * 8, *[second] * 8], rate=10)
    thin = Examiner(examiner.predictor, "tiny", "tiny-0", frames=4)
    thin.sampling = replace(thin.sampling, least_survey=4, most_survey=4)
    thin._finder = examiner._finder
    found = thin.examine(path)
    assert [f.track for f in found.faces] == [1, 2]
    assert [len(f.frame_scores) for f in found.faces] == [4, 4]
    assert all(t < 0.8 for t, _ in found.faces[0].frame_scores)
    assert all(t >= 0.79 for t, _ in found.faces[1].frame_scores)


def test_one_second_of_a_video_can_be_looked_at(tiny: Assistant, clip: Path) -> None:
    found = tiny.examine(clip, at=1.0)
    assert found.faces[0].face.time == pytest.approx(1.0, abs=0.06)
    assert tiny.examine(clip, at=1.8).reason == "no_face"


def test_a_crowd_keeps_its_largest_faces(tiny: Assistant, two_faces_png: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.tracks.MAX_FACES", 1)
    found = tiny.examine(two_faces_png)
    assert [f.evidence.reason for f in found.faces] == [None, "too_many_faces"]


def test_a_face_with_a_reason_is_never_scored(tiny: Assistant, astronaut_png: Path) -> None:
    finder = tiny.examiner._finder
    assert finder is not None

    class Blurred:
        def find(self, frame):
            return [replace(f, quality=replace(f.quality, reasons=("too_blurred",))) for f in finder.find(frame)]

    examiner = Examiner(tiny.examiner.predictor, "tiny", "tiny-0")
    examiner._finder = Blurred()  # type: ignore[assignment]
    found = examiner.examine(astronaut_png)
    assert (found.reason, found.score, found.word) == ("too_blurred", None, "could not be assessed")


@pytest.mark.parametrize("frames", [0, 33])
def test_frames_have_limits(frames: int) -> None:
    with pytest.raises(BadRequest):
        load_examiner("tiny", frames=frames)


def test_missing_weights_name_the_part_and_the_command(tmp_path: Path) -> None:
    (tmp_path / "kfd").mkdir()
    (tmp_path / "kfd" / "config.json").write_text("{}")
    with pytest.raises(MissingCheckpoint, match=r"prompt_learner, language_model(.|\n)*prompt_tune\.py"):
        Assistant.load("embedded", tmp_path)
    with pytest.raises(MissingCheckpoint, match="--weights DIR"):
        Assistant.load("lvlm-dfd")
    with pytest.raises(BadRequest, match="embedded, openclip, lvlm-dfd, tiny"):
        Assistant.load("huge")


def test_describe_names_every_part(tiny: Assistant) -> None:
    said = tiny.describe()
    assert said["profile"] == "tiny"
    assert [row["part"] for row in said["parts"]] == ["kfd", "prompt_learner", "language_model"]
