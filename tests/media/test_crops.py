"""The face crop, its point maps and the exact way back, against slow obvious code."""

import cv2
import numpy as np
import pytest

from media.crops import crop_face, crop_square, paste_map, to_crop, to_frame
from media.records import Face


def test_whole_pixel_crops_are_copies(photo: np.ndarray) -> None:
    crop = crop_square(photo, (300.2, 200.4), 64.3, 64)
    assert (crop.pixels == photo[168:232, 268:332]).all()


@pytest.mark.parametrize(("centre", "side"), [((5.0, 8.0), 60), ((505.0, 500.0), 90), ((250.0, 250.0), 700)])
def test_outside_is_reflected_as_opencv_does(photo: np.ndarray, centre: tuple[float, float], side: int) -> None:
    crop = crop_square(photo, centre, side, side)
    padded = cv2.copyMakeBorder(photo, 400, 400, 400, 400, cv2.BORDER_REFLECT_101)
    x0, y0 = (int(np.floor(c - side / 2 + 0.5)) + 400 for c in centre)
    assert (crop.pixels == padded[y0 : y0 + side, x0 : x0 + side]).all()


def test_a_picture_smaller_than_the_crop_is_folded_as_often_as_needed() -> None:
    tiny = np.arange(12, dtype=np.uint8).reshape(2, 2, 3)
    assert crop_square(tiny, (1, 1), 50, 50).pixels.shape == (50, 50, 3)


def test_face_crop_has_the_fixed_geometry(photo: np.ndarray, face: Face) -> None:
    crop = crop_face(photo, face.landmarks, 128, margin=1.3)
    inside = to_crop(face.landmarks, crop)
    low, high = inside.min(axis=0), inside.max(axis=0)
    assert (high - low).max() == pytest.approx(128 / 1.3, rel=0.02)
    assert (low + high) / 2 == pytest.approx(64, abs=1.0)


@pytest.mark.parametrize("size", [48, 128, 300])
def test_points_go_there_and_back(photo: np.ndarray, face: Face, size: int) -> None:
    crop = crop_face(photo, face.landmarks, size)
    assert to_frame(to_crop(face.landmarks, crop), crop) == pytest.approx(face.landmarks, abs=1e-3)


def test_a_pixel_lands_where_the_points_say() -> None:
    pixels = np.zeros((200, 240, 3), np.uint8)
    pixels[90:94, 120:124] = 255
    crop = crop_square(pixels, (110, 100), 80, 160)
    rows, columns = np.nonzero(crop.pixels[..., 0] > 128)
    seen = (columns.mean() + 0.5, rows.mean() + 0.5)
    assert to_crop([[122.0, 92.0]], crop)[0] == pytest.approx(seen, abs=0.51)


@pytest.mark.parametrize(
    ("centre", "side", "cells"),
    [((60, 50), 40, 8), ((10, 95), 50, 32), ((60, 50), 300, 16), ((60, 50), 7, 32)],
)
def test_paste_map_equals_slow_sampling(centre: tuple[int, int], side: int, cells: int) -> None:
    rng = np.random.default_rng(1)
    frame = np.zeros((100, 120, 3), np.uint8)
    crop = crop_square(frame, centre, side, 96)
    values = rng.random((cells, cells)).astype(np.float32)
    pasted = paste_map(values, crop, (100, 120))
    slow = np.zeros((100, 120), np.float32)
    for row in range(100):
        for column in range(120):
            x, y = (v * cells / 96 for v in to_crop([[column + 0.5, row + 0.5]], crop)[0])
            if 0 <= x < cells and 0 <= y < cells:
                u, v = np.clip(x - 0.5, 0, cells - 1), np.clip(y - 0.5, 0, cells - 1)
                i, j = min(int(v), cells - 2), min(int(u), cells - 2)
                a, b = v - i, u - j
                slow[row, column] = (
                    values[i, j] * (1 - a) * (1 - b)
                    + values[i, j + 1] * (1 - a) * b
                    + values[i + 1, j] * a * (1 - b)
                    + values[i + 1, j + 1] * a * b
                )
    assert pasted == pytest.approx(slow, abs=1e-4)
    assert pasted.dtype == np.float32


def test_a_map_of_the_crops_own_size_comes_back_exactly() -> None:
    rng = np.random.default_rng(2)
    frame = np.zeros((100, 120, 3), np.uint8)
    crop = crop_square(frame, (50, 40), 32, 32)
    values = rng.random((32, 32)).astype(np.float32)
    pasted = paste_map(values, crop, (100, 120))
    assert pasted[24:56, 34:66] == pytest.approx(values, abs=1e-6)
    assert np.count_nonzero(pasted) == np.count_nonzero(values)


def test_a_map_far_outside_the_picture_is_nothing() -> None:
    crop = crop_square(np.zeros((50, 50, 3), np.uint8), (500, 500), 30, 30)
    assert not paste_map(np.ones((4, 4), np.float32), crop, (50, 50)).any()
