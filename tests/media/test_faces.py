"""Faces: one, several, tight, dark, small in a 4K frame, none; quality and its reasons; threads."""

from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import pytest
from skimage import data

from media.faces import FaceFinder
from media.pose import head_pose
from media.quality import assess_quality
from media.records import Face, Frame
from media.regions import flip_landmarks


def _resized(pixels: np.ndarray, side: int) -> np.ndarray:
    return cv2.resize(pixels, (side, side), interpolation=cv2.INTER_AREA)


def test_one_face_where_it_is(face: Face) -> None:
    x0, y0, x1, y1 = face.box
    assert (170 < x0 < 195, 60 < y0 < 90, 255 < x1 < 285, 165 < y1 < 190) == (True,) * 4
    assert face.confidence > 0.7
    assert face.quality.reasons == ()
    assert face.landmarks.dtype == np.float32


def test_several_faces_are_numbered_from_left_to_right(finder: FaceFinder, photo: np.ndarray) -> None:
    wide = np.hstack([_resized(photo, 300), photo[:300, :], _resized(photo, 300)[:, ::-1]])
    faces = finder.find(Frame(np.ascontiguousarray(wide), time=1.5))
    assert [f.id for f in faces] == [1, 2, 3]
    assert [f.box[0] for f in faces] == sorted(f.box[0] for f in faces)
    assert all(f.time == 1.5 for f in faces)


def test_a_face_that_fills_the_picture(finder: FaceFinder, photo: np.ndarray) -> None:
    (tight,) = finder.find(Frame(np.ascontiguousarray(photo[70:180, 175:278])))
    assert tight.quality.face_px > 90
    assert tight.quality.reasons == ()


def test_a_dark_picture(finder: FaceFinder, photo: np.ndarray, face: Face) -> None:
    (dark,) = finder.find(Frame((photo * 0.12).astype(np.uint8)))
    assert np.abs(dark.landmarks - face.landmarks).mean() < 4


def test_no_face(finder: FaceFinder) -> None:
    assert finder.find(Frame(np.full((300, 400, 3), 130, np.uint8))) == []
    assert finder.find(Frame(np.ascontiguousarray(data.coffee()))) == []
    assert finder.find(Frame(np.zeros((1, 1, 3), np.uint8))) == []


def test_small_faces_in_a_4k_frame(finder: FaceFinder, photo: np.ndarray) -> None:
    frame = np.full((2160, 3840, 3), 120, np.uint8)
    places = [(400, 300, 220), (1700, 1400, 260), (3000, 700, 300)]
    for x, y, side in places:
        frame[y : y + side, x : x + side] = _resized(photo, side)
    faces = [f for f in finder.find(Frame(frame)) if f.quality.face_px >= 40]
    assert len(faces) == 3
    for found, (x, y, side) in zip(faces, places, strict=True):
        centre = found.landmarks.mean(axis=0)
        assert centre == pytest.approx((x + 0.44 * side, y + 0.245 * side), abs=0.06 * side)


def test_same_result_from_many_threads(finder: FaceFinder, photo: np.ndarray, face: Face) -> None:
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: finder.find(Frame(photo)), range(8)):
            assert np.abs(found[0].landmarks - face.landmarks).max() < 1e-3


def test_a_finder_can_be_used_again_after_closing(photo: np.ndarray) -> None:
    with FaceFinder() as finder:
        assert len(finder.find(Frame(photo))) == 1
    assert len(finder.find(Frame(photo))) == 1
    finder.close()


def _damaged(kind: str, photo: np.ndarray, face: Face) -> tuple[np.ndarray, np.ndarray]:
    large = cv2.resize(photo, (1024, 1024), interpolation=cv2.INTER_CUBIC)
    points = face.landmarks * 2
    if kind == "face_too_small":
        return _resized(photo, 160), face.landmarks * (160 / 512)
    if kind == "too_blurred":
        return cv2.GaussianBlur(large, (0, 0), 7), points
    if kind == "over_compressed":
        coded = cv2.imencode(".jpg", large, [cv2.IMWRITE_JPEG_QUALITY, 3])[1]
        return cv2.imdecode(coded, cv2.IMREAD_COLOR), points
    if kind == "occluded":
        y, (x0, x1) = int(points[5, 1]), (int(points[:, 0].min()) - 5, int(points[:, 0].max()) + 5)
        large[y : int(points[:, 1].max()) + 9, x0:x1] = (60, 110, 190)
        grain = np.random.default_rng(0).normal(0, 4, large.shape)
        large[y:, x0:x1] = np.clip(large + grain, 0, 255)[y:, x0:x1]
        return large, points
    if kind == "not_photographic":
        return cv2.bilateralFilter(photo, 9, 60, 5) // 48 * 48, face.landmarks
    return photo, face.landmarks


@pytest.mark.parametrize(
    "reason", ["face_too_small", "too_blurred", "over_compressed", "occluded", "not_photographic", "none"]
)
def test_reasons_to_abstain(reason: str, photo: np.ndarray, face: Face) -> None:
    pixels, points = _damaged(reason, photo, face)
    quality = assess_quality(Frame(np.ascontiguousarray(pixels)), points)
    assert (quality.reasons[:1] or ("none",)) == (reason,)


def test_blur_lowers_sharpness_step_by_step(photo: np.ndarray, face: Face) -> None:
    levels = [
        assess_quality(Frame(cv2.GaussianBlur(photo, (0, 0), s) if s else photo), face.landmarks).sharpness
        for s in (0, 1, 2, 3)
    ]
    assert levels == sorted(levels, reverse=True)
    assert levels[0] > 2 * levels[3]


def test_a_face_cut_by_the_border_is_less_visible(photo: np.ndarray, face: Face) -> None:
    middle = int(face.landmarks[:, 0].mean())
    half = np.ascontiguousarray(photo[:, middle:])
    shifted = face.landmarks - np.array([middle, 0], np.float32)
    assert assess_quality(Frame(half), shifted).visible == pytest.approx(0.5, abs=0.08)


def _turned(degrees_yaw: float, degrees_pitch: float) -> np.ndarray:
    """The mean head seen by a plain camera after turning to the subject's left and up."""
    from media import pose

    yaw, pitch = np.radians(degrees_yaw), np.radians(degrees_pitch)
    about_y = np.array([[np.cos(yaw), 0, -np.sin(yaw)], [0, 1, 0], [np.sin(yaw), 0, np.cos(yaw)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(pitch), np.sin(pitch)], [0, -np.sin(pitch), np.cos(pitch)]])
    points = np.zeros((478, 2))
    points[pose._INDICES] = (pose._POINTS @ (about_y @ about_x).T)[:, :2] * 90 + 200
    return points


@pytest.mark.parametrize(("yaw", "pitch"), [(0, 0), (30, 0), (-45, 0), (0, 20), (20, -15)])
def test_pose_of_a_turned_mean_head(yaw: float, pitch: float) -> None:
    seen = head_pose(_turned(yaw, pitch))
    assert seen[:2] == pytest.approx((yaw, pitch), abs=0.5)


def test_yaw_is_positive_when_the_nose_points_to_the_image_right(face: Face) -> None:
    turned = _turned(30, 0)
    assert turned[4, 0] > (turned[33, 0] + turned[263, 0]) / 2  # nose tip between the outer eye corners
    yaw, _, roll = head_pose(face.landmarks)
    mirrored = head_pose(flip_landmarks(face.landmarks, 512))
    assert (mirrored[0], mirrored[2]) == pytest.approx((-yaw, -roll), abs=0.2)


def test_extreme_pose_is_a_reason(photo: np.ndarray) -> None:
    assert "extreme_pose" in assess_quality(Frame(photo), _turned(70, 0).astype(np.float32)).reasons
