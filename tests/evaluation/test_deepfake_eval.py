import json

import numpy as np
import pytest
from PIL import Image

from evaluation import deepfake_eval
from evaluation.context import Context, in_fitting_half
from evaluation.results import ItemLog
from media.records import Evidence, Face, Quality, Signals


class BrightnessPredictor:
    """P(fake) = mean brightness of the crop: lets a test decide every score."""

    image_size = 32

    def examine(self, crops, landmarks):
        assert len(crops) == len(landmarks)
        return [self._one(float(c.pixels.mean()) / 255) for c in crops]

    def _one(self, p):
        word = "strong support" if p > 0.8 else "little support"
        maps = np.zeros((6, 8, 8), np.float32)
        signals = Signals(maps, maps[0], np.array([1 - p, p], np.float32), np.zeros(4, np.float32))
        return Evidence("assessed", word, score=p, map=maps[0]), signals


class GridFinder:
    """Two faces, the left and the right half of each frame."""

    def find(self, frame):
        h, w = frame.pixels.shape[:2]
        grid = np.stack(np.meshgrid(np.linspace(0, 1, 239), [0.0, 1.0]), -1).reshape(-1, 2)
        faces = []
        for i, x0 in enumerate((0.0, w / 2), start=1):
            points = (grid * [w / 2, h] * 0.5 + [x0 + w / 8, h / 4]).astype(np.float32)
            quality = Quality(40, 1, 0, 0, 0, 1, 1)
            faces.append(Face(i, (x0, 0, x0 + w / 2, h), points, 0.9, quality, frame.time))
        return faces


def test_the_highest_face_of_a_frame_counts(tmp_path):
    pixels = np.full((64, 128, 3), 40, np.uint8)
    pixels[:, 64:] = 230
    Image.fromarray(pixels).save(tmp_path / "a.png")
    clip = deepfake_eval.Clip(tmp_path / "a.png", "mesonet", "fake", "mesonet/fake/a")
    log = ItemLog(tmp_path / "items", "x", {})
    deepfake_eval.score_clip(BrightnessPredictor(), GridFinder(), clip, log)
    (item,) = log.items
    assert item["faces"] == 2
    assert item["score"] == pytest.approx(230 / 255, abs=0.02)
    assert item["last"]
    assert item["word"] == "strong support"
    assert item["logit"] > 0


def item(source, label, video, frame, score, time=None, reasons=()):
    file = f"{source}/{label}/{video}"
    word = None if score is None else "strong support" if score > 0.5 else "little support"
    return {
        "key": f"{file}#{frame}", "file": file, "source": source, "label": label, "video": file, "frame": frame,
        "time": time, "score": score, "logit": None if score is None else score * 4 - 2, "word": word,
        "reasons": list(reasons), "looks": 3,
    }  # fmt: skip


def sample():
    items = []
    for t, (fake, real) in enumerate([(0.9, 0.2), (0.8, 0.3), (0.3, 0.4), (None, 0.1)]):
        items.append(item("ffpp", "fake", "519_515.mp4", t, fake, float(t)))
        items.append(item("ffpp", "real", "519.mp4", t, real, float(t)))
    items += [item("mesonet", "fake", "a.jpg", 0, 0.1), item("mesonet", "real", "b.jpg", 0, 0.2)]
    items += [item("videos_real", "real", "c", i, 0.5 * i) for i in range(2)]
    items += [item("stylegan2", "fake", "00.jpg", 0, 0.05)]
    return items


def test_figures_by_hand():
    found = deepfake_eval.figures(sample())
    ffpp, meso = found["sources"]["ffpp"], found["sources"]["mesonet"]
    # ffpp fake 2/3 against 0.25 and the real clip 0.25; mesonet fake 0.1 below both of its reals
    assert ffpp["auc"] == 1.0
    assert (ffpp["fakes"], ffpp["reals"]) == (1, 2)
    assert meso["auc"] == 0.0
    assert found["mean_auc"] == 0.5
    assert found["aligned"][0] == {
        "fake": "ffpp/fake/519_515.mp4", "original": "ffpp/real/519.mp4", "frames": 3,
        "fake_above_original": pytest.approx(2 / 3),
    }  # fmt: skip
    assert found["frames_without_face"] == 1
    assert found["looks"] == 3
    assert found["wholly_synthetic"]["auc_against_all_reals"] == 0.0
    assert "stylegan2" not in found["sources"]
    low, high = found["mean_auc_interval"]
    assert low <= 0.5 <= high


def test_figures_survive_a_round_trip_through_the_file(tmp_path):
    log = ItemLog(tmp_path, "deepfakes", {})
    for entry in sample():
        log.add(**entry)
    again = ItemLog(tmp_path, "deepfakes", {})
    assert deepfake_eval.figures(again.items) == deepfake_eval.figures(sample())


def test_bars_take_the_figures():
    bars = {bar.name: bar for bar in deepfake_eval.bars(deepfake_eval.figures(sample()))}
    assert [bar.met for bar in bars.values()] == [False, False]


def test_looks_are_counted(tmp_path):
    looks = tmp_path / "looks.jsonl"
    assert deepfake_eval.count_looks(looks) == 0
    deepfake_eval.record_look(looks, "abc", 3, "evaluation")
    assert deepfake_eval.record_look(looks, "abc", 3, "evaluation") == 2
    assert json.loads(looks.read_text().splitlines()[0])["weights"] == "abc"


def test_clips_come_from_the_folders_and_only_validation_reals(tmp_path):
    for name in ("ffpp/fake/x.mp4", "dfdc_frames/fake/abc-001-00.png", "dfdc_frames/fake/abc-002-00.png"):
        path = tmp_path / "deepfakes" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "videos_real").mkdir()
    (tmp_path / "videos_real/manifest.csv").write_text(
        "file,split,person,label\na.mp4,train,p,real\nb.mp4,val,q,real\n"
    )
    clips = deepfake_eval.list_clips(tmp_path)
    assert {c.video for c in clips} == {"ffpp/fake/x", "dfdc_frames/fake/abc", "videos_real/real/b"}
    assert len(clips) == 4


def test_fitting_half_is_about_half_and_does_not_depend_on_the_place():
    names = [f"val/{i:05d}.jpg" for i in range(400)]
    chosen = [in_fitting_half(n) for n in names]
    assert 160 < sum(chosen) < 240
    assert [in_fitting_half("/anywhere/lfw/" + n) for n in names] == chosen


def test_limit_takes_evenly(tmp_path):
    context = Context(tmp_path, tmp_path, limit=3)
    assert context.cut(list(range(11))) == [0, 5, 10]
    assert Context(tmp_path, tmp_path).cut([1, 2]) == [1, 2]
