"""A data folder of the real layout, made from one photo that a library ships."""

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from media.crops import crop_square, landmark_square, to_crop
from media.faces import FaceFinder
from media.records import Frame
from tests.films import write_film

PHOTOS = 6


@pytest.fixture(scope="session")
def astronaut_face(astronaut):
    """(photo, landmarks) of the only face."""
    with FaceFinder() as finder:
        (face,) = finder.find(Frame(astronaut))
    return astronaut, face.landmarks


@pytest.fixture(scope="session")
def tiny_data(astronaut_face, tmp_path_factory) -> Path:
    """faces/mebeauty with six validation photos, one real clip, and a source of real deepfakes of two pictures."""
    data = tmp_path_factory.mktemp("data")
    pixels, landmarks = astronaut_face
    centre, side = landmark_square(landmarks, 1.5)
    crop = crop_square(pixels, centre, side, 220)
    folder = data / "faces" / "mebeauty"
    (folder / "val").mkdir(parents=True)
    rows, table = [], {}
    for i in range(PHOTOS):
        name = f"val/{i:05d}.jpg"
        tinted = np.clip(crop.pixels.astype(np.int16) + 6 * i, 0, 255).astype(np.uint8)
        Image.fromarray(tinted).save(folder / name, quality=95)
        rows.append({"file": name, "split": "val", "size": 220})
        table[name] = to_crop(landmarks, crop).astype(np.float16)
    np.savez(folder / "landmarks.npz", **table)
    _write_csv(folder / "manifest.csv", rows)
    for label in ("fake", "real"):
        path = data / "deepfakes" / "mesonet" / label / f"{label}.jpg"
        path.parent.mkdir(parents=True)
        Image.fromarray(crop.pixels).save(path)
    write_film(data / "videos_real" / "clip.mp4", [crop.pixels] * 3, rate=10)
    row = {"file": "clip.mp4", "split": "val", "person": "p", "label": "real"}
    _write_csv(data / "videos_real" / "manifest.csv", [row])
    return data


@pytest.fixture
def words_for_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentence vectors of words: no weights are read."""
    from retrieval.encoders import TextSide
    from tests.retrieval.conftest import WordEncoder

    monkeypatch.setattr(TextSide, "load", lambda folder=None: WordEncoder(64))


def exddv_folder(data: Path, rows: list[dict]) -> Path:
    """A data folder with these rows as its annotations."""
    from tests.retrieval.conftest import write_csv

    (data / "exddv").mkdir()
    write_csv(data / "exddv" / "ExDDV.csv", rows)
    return data


def _write_csv(path: Path, rows: list[dict]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
