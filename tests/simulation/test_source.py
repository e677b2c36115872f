"""Pairs: crops, flips, curriculum, guards against unchanged fakes, the frozen evaluation preset, the cache of clips."""

import dataclasses
import json

import numpy as np
import pytest

from media.crops import crop_face, to_crop
from media.records import Face, Frame, Quality
from simulation.__main__ import main
from simulation.faces_data import load_clip_faces
from simulation.forge import draw_params, forge
from simulation.hulls import dlib68
from simulation.presets import EVAL_V1, TRAIN
from simulation.records import FAMILIES
from simulation.source import PairMaker, eval_pairs, group_of

EVAL_V1_DIGEST = "fa92f8fd28c603ccbda8f5d74c780d6de5d3c59ee978885cf439a387dd26503f"
# Mean grey level of the fake and mean of the mask in the four quarters (top left, top right, bottom left, bottom
# right) of forgeries of the astronaut, 192 px, seed 7, full difficulty; tolerance covers other processors.
PINNED = {
    "self_blend": ([134.151, 102.255, 137.473, 168.336], [0.196, 0.137, 0.119, 0.057]),
    "swap": ([111.573, 105.081, 117.787, 165.867], [0.424, 0.403, 0.363, 0.328]),
    "resynthesis": ([127.365, 97.287, 131.95, 161.568], [0.386, 0.386, 0.355, 0.333]),
    "local_edit": ([129.355, 98.543, 132.271, 161.614], [0.068, 0.057, 0.291, 0.221]),
    "region_blend": ([129.358, 96.798, 132.255, 161.606], [0.0, 0.114, 0.0, 0.0]),
}


def quarters(values):
    half = values.shape[0] // 2
    return [float(values[r : r + half, c : c + half].mean()) for r in (0, half) for c in (0, half)]


def test_pairs_share_everything_but_the_forgery(face, mirrored):
    maker = PairMaker([face, mirrored], 128)
    for seed in range(15):
        pair = maker.make(np.random.default_rng(seed), 0.3)
        assert pair.real.shape == pair.fake.shape == (128, 128, 3)
        assert pair.mask.shape == (128, 128)
        assert pair.mask.max() > 0.3
        assert pair.regions
        assert pair.kinds
        outside = np.abs(pair.real.astype(int) - pair.fake).mean(axis=2)[pair.mask < 1e-4]
        assert not outside.size or outside.mean() < 3.0


def test_the_same_seed_gives_the_same_pair(face, mirrored):
    first, second = (PairMaker([face, mirrored], 96).make(np.random.default_rng(5), 0.7) for _ in range(2))
    assert np.array_equal(first.fake, second.fake)
    assert first.params == second.params


def test_families_are_drawn_by_their_shares(face, mirrored):
    maker = PairMaker([face, mirrored], 48, working_size=64)
    rng = np.random.default_rng(0)
    drawn = [maker._family(rng) for _ in range(2000)]
    for family, share in TRAIN.shares:
        assert drawn.count(family) / 2000 == pytest.approx(share, abs=0.04)
    assert {f for f, _ in TRAIN.shares} == set(FAMILIES)


def test_flipped_pairs_keep_the_subjects_sides(face):
    always = dataclasses.replace(TRAIN, flip=1.0, jitter=0.0, margin=(1.3, 1.3))
    pixels, landmarks = PairMaker([face], 128, always)._prepare(face, np.random.default_rng(0), 0.0)
    straight = crop_face(face.pixels, face.landmarks, pixels.shape[0])
    assert np.array_equal(pixels, straight.pixels[:, ::-1])
    assert landmarks[263, 0] > landmarks[33, 0]  # the subject's left eye stays on the right


def test_unchanged_forgeries_are_replaced_and_counted(face):
    strict = dataclasses.replace(TRAIN, min_change=6.0)
    maker = PairMaker([face], 128, strict)
    for seed in range(8):
        maker.make(np.random.default_rng(seed), 1.0, "local_edit")
    assert maker.replaced > 0


def test_swaps_take_another_person(face, mirrored):
    maker = PairMaker([face, dataclasses.replace(face, name="again"), mirrored], 128)
    rng = np.random.default_rng(0)
    assert all(maker._other(0, face.landmarks, rng)[0].mean() < 0.9 * face.pixels.mean() for _ in range(5))
    alone = PairMaker([face], 128).make(rng, 0.0, "swap")
    assert alone.family == "resynthesis"


def test_mirror_images_of_partners_are_offered(face, mirrored):
    maker = PairMaker([face, mirrored], 128)
    pixels, landmarks = maker._other(0, face.landmarks, np.random.default_rng(0))
    assert np.allclose(dlib68(landmarks), dlib68(face.landmarks), atol=0.1)
    assert np.array_equal(pixels, mirrored.pixels[:, ::-1])


def test_evaluation_preset_is_frozen():
    assert EVAL_V1.digest() == EVAL_V1_DIGEST
    assert dataclasses.replace(EVAL_V1, min_change=2.0).digest() != EVAL_V1_DIGEST


@pytest.mark.parametrize("family", FAMILIES)
def test_forgeries_of_the_astronaut_are_pinned(family, face, mirrored):
    cut = crop_face(face.pixels, face.landmarks, 192)
    landmarks = to_crop(face.landmarks, cut)
    params = draw_params(np.random.default_rng(7), family, 1.0, landmarks, EVAL_V1.ratios)
    made = forge(cut.pixels, landmarks, params, (mirrored.pixels, mirrored.landmarks))
    grey, mask = PINNED[family]
    assert quarters(made.image) == pytest.approx(grey, abs=0.3)
    assert quarters(made.mask) == pytest.approx(mask, abs=0.01)


def test_evaluation_pairs_are_deterministic_and_in_turn(face, mirrored):
    records = [face, mirrored] * 3
    first, second = list(eval_pairs(records, 96)), list(eval_pairs(records, 96))
    assert all(np.array_equal(a.fake, b.fake) for a, b in zip(first, second, strict=True))
    assert [p.family for p in first[:5]] == [name for name, _ in EVAL_V1.shares]
    assert {group_of(p.params) for p in first} == {"whole", "region"}


def test_clip_faces_are_found_once_and_read_back(face, tmp_path):
    (tmp_path / "videos_real").mkdir()
    manifest = "file,split,person,label\na.mp4,train,p0,real\nb.mp4,val,p1,real\n"
    (tmp_path / "videos_real" / "manifest.csv").write_text(manifest)
    quality = Quality(200.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0)
    box = (*face.landmarks.min(axis=0).tolist(), *face.landmarks.max(axis=0).tolist())
    calls = []

    def frames(path, every):
        calls.append((path.name, every))
        return [Frame(face.pixels, 0.0), Frame(face.pixels, every)]

    def find(frame):
        return [Face(1, box, face.landmarks, 1.0, quality)]

    cache = tmp_path / "clips.npz"
    found = load_clip_faces(tmp_path, "train", 0.5, cache, frames, find)
    read = load_clip_faces(tmp_path, "train", 0.5, cache, frames, find)
    assert calls == [("a.mp4", 0.5)]
    assert [r.name for r in read] == ["a.mp4#0", "a.mp4#1"]
    assert read[0].person == "p0"
    assert np.array_equal(read[1].pixels, found[1].pixels)
    assert np.allclose(read[1].landmarks, found[1].landmarks)
    assert max(read[0].pixels.shape) <= 288


def test_command_writes_samples_and_sheet(face, tmp_path, monkeypatch):
    monkeypatch.setattr("simulation.commands.astronaut_face", lambda: face)
    assert main(["--astronaut", "--out", str(tmp_path), "--count", "3", "--size", "96"]) == 0
    truth = [json.loads(line) for line in (tmp_path / "truth.jsonl").read_text().splitlines()]
    assert len(truth) == 3
    assert all(t["regions"] for t in truth)
    assert (tmp_path / "contact_sheet.png").stat().st_size > 10_000
    assert (tmp_path / "0002_mask.png").is_file()
    assert main(["--data", str(tmp_path), "--out", str(tmp_path)]) == 2
