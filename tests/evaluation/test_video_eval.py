"""Clips of real videos, pairs at two sizes, maps against chance, false alarms, and what is not measured."""

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from evaluation import video_eval, video_real
from evaluation.context import Context
from evaluation.results import bar_table, read_items
from evaluation.video_clips import cut_clip, face_run, load_real_clips, to_clips, to_records
from evaluation.video_pairs import (
    VARIANTS,
    map_mass,
    real_windows,
    scored_pairs,
    shown_as,
    times_chance,
    true_places,
)
from fakestormer.checkpoint import save_video_model
from fakestormer.predictor import ClipPredictor, combined, log_odds
from kfd.calibration import Calibration
from kfd.checkpoint import save_detector
from kfd.predictor import ForgeryPredictor
from media.errors import UnreadableMedia
from media.records import Face, Frame, Quality
from media.video import Shown
from simulation.records import FaceRecord
from simulation.video_records import EVAL_FAULTS, Clip, Cutout
from simulation.video_targets import clip_targets
from tests.fakestormer.test_model import noisy
from tests.films import write_film


@pytest.fixture(scope="module")
def photos(astronaut_face) -> list[FaceRecord]:
    pixels, landmarks = astronaut_face
    return [FaceRecord(pixels, landmarks, f"p{i}", f"person {i}") for i in range(9)]


@pytest.fixture(scope="module")
def clip(astronaut_face) -> Clip:
    """Twenty frames of a picture that moves by a pixel a frame."""
    pixels, landmarks = astronaut_face
    frames = np.stack([np.roll(pixels, t, axis=1) for t in range(20)])
    points = np.stack([landmarks + np.array([t, 0], np.float32) for t in range(20)])
    return cut_clip([Frame(f) for f in frames], points, "clip.mp4#0", "someone")


@pytest.fixture(scope="module")
def detectors() -> tuple[ForgeryPredictor, ClipPredictor]:
    return ForgeryPredictor.tiny(0), ClipPredictor(noisy(), Calibration(), 0.5)


@pytest.fixture(scope="module")
def pairs(photos, clip, detectors) -> list[dict]:
    return list(scored_pairs(*detectors, photos, [clip]))


def face(astronaut_face, number: int, dx: float = 0.0) -> Face:
    quality = Quality(200, 0.5, 0, 0, 0, 1, 1)
    points = (astronaut_face[1] + np.array([dx, 0])).astype(np.float32)
    (x0, y0), (x1, y1) = points.min(0), points.max(0)
    return Face(number, (float(x0), float(y0), float(x1), float(y1)), points, 1.0, quality)


def test_people_of_a_run_are_those_seen_in_all_frames(astronaut_face):
    here = face(astronaut_face, 1)
    shown = [Shown(Frame(astronaut_face[0]), t, cut=False) for t in range(3)]
    whole = face_run(shown, lambda frame: [here])
    assert len(whole.people) == 1
    assert whole.people[0].shape == (3, 478, 2)
    assert whole.missing == 0
    answers = iter([[here], [], [here]])
    gap = face_run(shown, lambda frame: next(answers))
    assert (gap.people, gap.missing) == ((), 1)
    cut = [shown[0], dataclasses.replace(shown[1], cut=True), shown[2]]
    assert face_run(cut, lambda frame: [here]).people == ()


def test_a_clip_is_kept_with_room_and_comes_back_from_the_cache_form(clip):
    side = clip.frames.shape[1]
    assert side <= 256
    assert 1.6 < side / np.ptp(clip.landmarks[0], axis=0).max() < 1.9
    other = dataclasses.replace(clip, name="clip.mp4#1", frames=clip.frames[:2], landmarks=clip.landmarks[:2])
    again = to_clips([*to_records(clip), *to_records(other)])
    assert [(c.name, c.person, len(c.frames)) for c in again] == [
        ("clip.mp4#0", "someone", 20),
        ("clip.mp4#1", "someone", 2),
    ]
    assert np.array_equal(again[0].frames, clip.frames)
    assert np.array_equal(again[0].landmarks, clip.landmarks)


def test_real_clips_are_tracked_once_then_read(tmp_path, astronaut_face):
    folder = tmp_path / "videos_real"
    write_film(folder / "a.mp4", [astronaut_face[0]] * 12, rate=10)
    (folder / "manifest.csv").write_text("file,split,person,label\na.mp4,val,q1,real\nb.mp4,train,q2,real\n")
    looks: list[float | None] = []
    here = face(astronaut_face, 1)

    def find(frame: Frame) -> list[Face]:
        looks.append(frame.time)
        return [here]

    clips = load_real_clips(tmp_path, "val", tmp_path / "cache.npz", runs=2, length=5, find=find)
    assert [(c.name, c.person, len(c.frames)) for c in clips] == [("a.mp4#0", "q1", 5), ("a.mp4#1", "q1", 5)]
    assert len(looks) == 10
    again = load_real_clips(tmp_path, "val", tmp_path / "cache.npz", find=find)
    assert len(looks) == 10
    assert np.array_equal(again[1].frames, clips[1].frames)
    with pytest.raises(UnreadableMedia, match=r"manifest\.csv"):
        load_real_clips(tmp_path / "nowhere", "val", tmp_path / "none.npz")


def test_map_mass_by_hand():
    change = np.array([[[9.0, 9.0], [9.0, 9.0]], [[3.0, 1.0], [-5.0, 0.0]]])
    boundary = np.array([[[0.0, 0.6], [0.0, 0.0]], [[0.9, 0.65], [0.05, 0.2]]])
    places = true_places(boundary)
    assert places["boundary"].tolist() == [[[True, True], [False, False]]]
    assert places["changing"].tolist() == [[[True, False], [False, True]]]
    assert map_mass(change, places["changing"]) == {"on": 3.0, "all": 4.0, "cells_on": 2, "cells": 4}
    empty = {"on": 0.0, "all": 0.0, "cells_on": 1, "cells": 4}
    assert times_chance([map_mass(change, places["changing"]), empty]) == (0.75, 0.5, 1)
    assert times_chance([empty]) == (None, None, 0)


def test_every_case_is_forged_and_both_detectors_see_it(pairs):
    assert len(pairs) == 10
    assert set(EVAL_FAULTS) < {p["case"] for p in pairs}
    assert {p["motion_only"] for p in pairs if p["case"] in EVAL_FAULTS} == {True}
    for p in pairs:
        assert len(p["frame_logits"]["fake"]) == 3  # as many frames as the clip detector takes
        assert isinstance(p["clip_logit"]["real"], float)
        assert p["map"]["boundary"]["cells"] == 2 * 4 * 4
    assert [p["animated"] for p in pairs] == [True] * 9 + [False]


def test_the_truth_itself_lies_where_the_boundary_changes():
    boundary = np.zeros((3, 6, 6), np.float32)
    boundary[[0, 1, 2], 1, [1, 2, 3]] = 1.0  # moves by a cell a frame
    found = map_mass(clip_targets(boundary, Cutout()).derivative, true_places(boundary)["changing"])
    assert found["on"] == found["all"] > 0
    assert found["cells_on"] == 4


def test_without_a_clip_detector_the_frame_detector_is_still_measured(photos, detectors):
    (item,) = list(scored_pairs(detectors[0], None, photos[:1], []))
    assert item["clip_logit"] is None
    assert len(item["frame_logits"]["real"]) == 4
    assert not list(scored_pairs(detectors[0], None, photos[:1], [], done={"p0"}))


def test_variants_of_a_real_clip(clip):
    cut = {v: shown_as(clip, 2, 4, v) for v in VARIANTS}
    assert np.array_equal(cut["plain"].frames, clip.frames[2:6])
    assert len(np.unique(cut["still"].frames, axis=0)) == 1
    assert len(np.unique(cut["duplicated"].frames, axis=0)) < 4
    steps = np.diff(cut["variable"].landmarks[:, 0, 0]) / np.diff(clip.landmarks[:2, 0, 0])
    assert steps.round().min() >= 1
    assert np.array_equal(shown_as(clip, 2, 4, "variable").frames, cut["variable"].frames)


def test_windows_of_real_clips(clip, detectors):
    items = list(real_windows(*detectors, [clip]))
    assert {i["variant"] for i in items} == set(VARIANTS)
    assert {i["start"] for i in items} == {0, 8}
    assert len({(i["start"], i["variant"]) for i in items}) == len(items)


def test_the_combination_is_the_weighted_mean_of_log_odds():
    assert combined(0.8, 0.3, 0.0) == pytest.approx(0.8)
    assert combined(0.8, 0.3, 1.0) == pytest.approx(0.3)
    assert log_odds(combined(0.8, 0.3, 0.25)) == pytest.approx(0.75 * log_odds(0.8) + 0.25 * log_odds(0.3))


def rows(scores: dict[str, float]) -> tuple[list[dict], list[dict]]:
    """Frame items and window items of videos: name -> frame score; the clip detector has it the other way round."""
    frames, windows = [], []
    for name, score in scores.items():
        source, label, _ = name.split("/")
        base = {"source": source, "label": label, "video": name}
        frames += [{**base, "kind": "frame", "score": s} for s in (score, None, score)]
        windows += [{**base, "kind": "window", "sampling": "consecutive", "logit": x} for x in (1 - score, None)]
    return frames, windows


def test_real_videos_by_source_and_detector():
    scores = {"ffpp/fake/1": 0.9, "ffpp/real/1": 0.2, "videos_real/real/a": 0.1, "videos_real/real/b": 0.3}
    frames, windows = rows(scores)
    reading = {"calibration": Calibration().to_dict(), "clip_weight": 0.0}
    found = video_real.figures(frames, windows, reading)
    assert found["detectors"]["frame"]["sources"]["ffpp"]["auc"] == 1.0
    assert found["detectors"]["clip_consecutive"]["sources"]["ffpp"]["auc"] == 0.0
    assert found["detectors"]["combined"]["sources"]["ffpp"]["auc"] == 1.0  # all the weight on the frame detector
    assert found["not_measured"] == ["clip_uniform"]
    assert (found["frames_without_face"], found["windows_without_person"]) == (4, 4)
    assert found["protocols"]["uniform"]["sampling"]["window_kind"] == "uniform"
    alone = video_real.figures(frames, [], None)
    assert alone["not_measured"] == ["clip_consecutive", "clip_uniform", "combined"]


def item(number: int, case: str, frame: float, clip: float | None, motion: bool = False) -> dict:
    return {
        "key": f"pair/{number}", "kind": "pair", "half": "measure", "name": str(number), "case": case,
        "motion_only": motion, "animated": True, "frame_logits": {"real": [0.0, 0.0], "fake": [frame, frame]},
        "clip_logit": None if clip is None else {"real": 0.0, "fake": clip},
        "map": {k: {"on": 6.0, "all": 8.0, "cells_on": n, "cells": 100}
                for k, n in (("boundary", 50), ("changing", 25))},
    }  # fmt: skip


def test_figures_and_bars_by_hand():
    fitted = Calibration(some=0.7).to_dict()
    reading = {"kind": "reading", "measured": True, "calibration": fitted, "frame_calibration": fitted,
               "clip_weight": 0.5}  # fmt: skip
    items = [reading, item(0, "swap", 2.0, 1.0), item(1, "breathing", -1.0, 3.0, motion=True)]
    items += [{"kind": "real", "variant": v, "clip_logit": x, "frame_logits": [0.0], "half": "fit"}
              for v, x in (("plain", -2.0), ("duplicated", 3.0), ("variable", 0.0), ("still", -1.0))]  # fmt: skip
    found = video_eval.figures(items)
    assert found["auc"] == {"clip": 1.0, "frame": 0.5}
    assert found["motion_only"] == {"clip": 1.0, "frame": 0.0}
    assert found["map"]["changing"]["map"]["times_chance"] == pytest.approx(3.0)
    assert found["false_alarms"]["called_manipulated"]["real clips, all"] == 0.25
    assert found["false_alarms"]["called_manipulated"]["real clips, duplicated"] == 1.0
    assert found["auc_measure_half"] == {"clip": 1.0, "frame": 0.5, "combined": 1.0}
    assert [b.met for b in video_eval.bars(found)] == [True, False, True, True, False, True]


@pytest.fixture(scope="module")
def weights(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("weights")
    save_detector(ForgeryPredictor.tiny(0).detector, root / "kfd", {"calibration": {}})
    return root


@pytest.mark.parametrize("with_clip", [False, True])
def test_a_run_is_written_item_by_item_and_says_what_is_not_measured(tiny_data, weights, tmp_path, with_clip):
    if with_clip:
        save_video_model(noisy(), weights / "fakestormer", {"calibration": Calibration().to_dict()})
    looks = tmp_path / "looks.jsonl"
    context = Context(tiny_data, tmp_path, weights=weights, limit=2, quiet=True, looks=looks)
    video_eval.run(context)
    path = tmp_path / "items" / "video.jsonl"
    items = read_items(path)[1]
    assert sum(i["kind"] == "pair" for i in items) == 2
    assert sum(i["kind"] == "frame" for i in items) > 0
    found = video_eval.figures(items)
    json.dumps(found)
    video_eval.draw(found, tmp_path)
    text = (tmp_path / "video.md").read_text()
    assert found["measured"] is with_clip
    assert ("| all | not measured |" in text) is not with_clip
    assert ("not measured" in bar_table(video_eval.bars(found)[:1])) is not with_clip
    before = path.read_bytes()
    video_eval.run(context)
    context.close()
    assert path.read_bytes() == before
    assert len(looks.read_text().splitlines()) == 1
