"""Real faces from manifests: whose frames enter training, what is counted, and the cache."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from media.datasets.manifest import write_manifest
from media.datasets.records import Row
from media.errors import BadRequest
from media.records import Face, Quality
from simulation.source import PairMaker
from tests.films import write_film
from training.manifest_data import find_faces, load_manifest_faces

LANDMARKS = Path(__file__).resolve().parents[1] / "simulation" / "astronaut_landmarks.npy"
FF = {"kind": "video", "dataset": "FaceForensics++", "compression": "c23"}


def real(name: str, split: str = "train", **more) -> Row:
    values = {"path": f"r/{name}.mp4", "label": "real", "manipulation": "original", "target": f"ffpp:{name}",
              "identities": (f"ffpp:{name}", "youtube:x"), "split": split}  # fmt: skip
    return Row(**(FF | values | more))


class OneFace:
    """The astronaut's face in every bright frame; counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.landmarks = np.load(LANDMARKS) * 0.5  # frames are half the photo's size

    def find(self, frame):
        self.asked += 1
        if frame.pixels.mean() < 20:
            return []
        (x0, y0), (x1, y1) = self.landmarks.min(0), self.landmarks.max(0)
        return [Face(1, (x0, y0, x1, y1), self.landmarks.astype(np.float32), 0.9, Quality(90, 1, 0, 0, 0, 1, 1))]


@pytest.fixture
def photo(astronaut) -> np.ndarray:
    return np.asarray(cv2.resize(astronaut, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)


def clip(path: Path, frames: list[np.ndarray]) -> None:
    write_film(path, frames, rate=10)


@pytest.fixture
def data(tmp_path, photo) -> Path:
    """Reals 000 (train, a black frame in it), 001 (val), 002 (test), 003 damaged (train), and a forgery."""
    root = tmp_path / "data"
    clip(root / "r/000.mp4", [photo, photo, np.zeros_like(photo), photo])
    clip(root / "r/001.mp4", [photo] * 4)
    (root / "r/003.mp4").write_bytes(b"damaged")
    fake = Row("f/001_000.mp4", "fake", "video", "FaceForensics++", "Deepfakes", "c23", "test", target="ffpp:001",
               source="ffpp:000")  # fmt: skip
    rows = [real("000"), real("001", "val"), real("002", "test"), real("003"), fake]
    write_manifest(tmp_path / "m.jsonl", rows)
    return root


def test_training_takes_real_rows_of_train_and_val_only(tmp_path, data):
    finder = OneFace()
    found = load_manifest_faces([tmp_path / "m.jsonl"], data, tmp_path / "run", per_video=4, find=finder.find)
    assert [r.name.rpartition("/")[2] for r in found.train] == ["000.mp4#0", "000.mp4#1", "000.mp4#3"]
    assert {r.person for r in found.train} == {"ffpp:000"}
    assert {r.person for r in found.val} == {"ffpp:001"}
    train = found.description["found"]["train"]
    assert train == {"videos": 2, "frames": 4, "frames_without_face": 1, "videos_unreadable": 1}
    assert found.description["shared"] == {"footage of train in val": 0, "footage of train in test": 1}
    assert found.description["datasets"] == ["FaceForensics++"]


def test_found_faces_can_be_forged(tmp_path, data):
    found = load_manifest_faces([tmp_path / "m.jsonl"], data, tmp_path / "run", per_video=2, find=OneFace().find)
    maker = PairMaker([], 64, clips=[*found.train, *found.val])
    pair = maker.make(np.random.default_rng(0), 0.5)
    assert pair.real.shape == (64, 64, 3)
    assert np.abs(pair.real.astype(int) - pair.fake).mean() > 0.1


def test_what_was_found_is_kept_and_another_choice_is_found_anew(tmp_path, data):
    finder = OneFace()
    first = load_manifest_faces([tmp_path / "m.jsonl"], data, tmp_path / "run", per_video=2, find=finder.find)
    asked = finder.asked
    again = load_manifest_faces([tmp_path / "m.jsonl"], data, tmp_path / "run", per_video=2, find=finder.find)
    assert finder.asked == asked
    assert again.description == first.description
    assert all(np.array_equal(a.pixels, b.pixels) for a, b in zip(first.train, again.train, strict=True))
    for half in (tmp_path / "run").glob("manifest_train_*.json"):  # an interrupted run leaves no such file
        half.unlink()
    load_manifest_faces([tmp_path / "m.jsonl"], data, tmp_path / "run", per_video=2, find=finder.find)
    assert finder.asked == asked * 3 // 2  # the training video again, the validation's cache is whole
    load_manifest_faces([tmp_path / "m.jsonl"], data, tmp_path / "run", per_video=3, find=finder.find)
    assert len(list((tmp_path / "run").glob("manifest_train_*.npz"))) == 2


def test_pictures_of_a_video_are_spread_evenly_and_nameless_videos_stand_for_themselves(tmp_path, photo):
    rows = []
    for number in range(9):
        path = f"w/1/real/14/{number}.png"
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(photo).save(tmp_path / path)
        rows.append(Row(path, "real", "image", "WildDeepfake", "original", split="train", video_id="w/14"))
    records, counts = find_faces(rows, tmp_path, 3, OneFace().find)
    assert [r.name for r in records] == ["w/14#0", "w/14#1", "w/14#2"]
    assert {r.person for r in records} == {"w/14"}
    assert counts["frames"] == 3


def test_the_default_finder_finds_the_face(tmp_path, data):
    records = load_manifest_faces([tmp_path / "m.jsonl"], data, tmp_path / "run", per_video=2).train
    assert len(records) == 2
    assert np.abs(records[0].landmarks.mean(0) - np.array(records[0].pixels.shape[1::-1]) / 2).max() < 40


def test_a_manifest_that_cannot_be_trained_on_is_refused(tmp_path, data):
    write_manifest(tmp_path / "none.jsonl", [real("000", "none")])
    with pytest.raises(BadRequest, match="split train is needed, there are none"):
        load_manifest_faces([tmp_path / "none.jsonl"], data, tmp_path / "run")
    with pytest.raises(BadRequest, match="split train is needed"):
        load_manifest_faces([tmp_path / "m.jsonl"], data, tmp_path / "run", compressions=["c40"])
    write_manifest(tmp_path / "bad.jsonl", [real("003")])
    with pytest.raises(BadRequest, match="'videos_unreadable': 1"):
        load_manifest_faces([tmp_path / "bad.jsonl"], data, tmp_path / "run", find=OneFace().find)
