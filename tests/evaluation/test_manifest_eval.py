"""The evaluation over manifests: which files are scored, what is counted, figures by hand."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from evaluation import manifest_eval
from evaluation.manifest_eval import ManifestContext, clips_of
from evaluation.results import read_items
from media.datasets.manifest import write_manifest
from media.datasets.records import Row
from media.errors import BadRequest
from tests.evaluation.test_deepfake_eval import BrightnessPredictor, GridFinder
from tests.films import write_film

FF = {"dataset": "FaceForensics++", "compression": "c23", "split": "test", "kind": "video"}


def clip(path: Path, grey: int) -> None:
    write_film(path, [np.full((64, 128, 3), grey, np.uint8)] * 3, rate=10)


def ff(path: str, manipulation: str = "original", **more) -> Row:
    label = "real" if manipulation == "original" else "fake"
    return Row(path=path, label=label, manipulation=manipulation, **(FF | more))


@pytest.fixture
def rows() -> list[Row]:
    """Same bare names in two methods, a missing file, a clip of 0 bytes, DeeperForensics, pictures, a training row."""
    wild = {"kind": "image", "dataset": "WildDeepfake", "split": "test"}
    pictures = [
        Row(f"w/{label}/{n}.png", label, manipulation=m, video_id=f"w/{label}", **wild)
        for label, m in (("real", "original"), ("fake", "unknown"))
        for n in range(40)
    ]
    return [
        ff("real/000.mp4"), ff("real/001.mp4"), ff("real/gone.mp4"), ff("train/002.mp4", split="train"),
        ff("df/000_001.mp4", "Deepfakes"), ff("fs/000_001.mp4", "FaceSwap"), ff("fs/empty.mp4", "FaceSwap"),
        Row("deep/000_W040.mp4", "fake", "video", "DeeperForensics-1.0", "end_to_end", split="test"), *pictures,
    ]  # fmt: skip


@pytest.fixture
def context(rows, tmp_path) -> ManifestContext:
    root = tmp_path / "data"
    for path, grey in (
        ("real/000", 40),
        ("real/001", 120),
        ("df/000_001", 200),
        ("fs/000_001", 80),
        ("deep/000_W040", 230),
    ):
        clip(root / f"{path}.mp4", grey)
    (root / "fs/empty.mp4").touch()
    for row in rows:
        if row.kind == "image":
            (root / row.path).parent.mkdir(parents=True, exist_ok=True)
            grey = 60 if row.label == "real" else 90
            Image.fromarray(np.full((64, 128, 3), grey, np.uint8)).save(root / row.path)
    write_manifest(tmp_path / "m.jsonl", rows)
    made = ManifestContext(root, tmp_path / "out", weights=tmp_path, quiet=True, manifests=(tmp_path / "m.jsonl",))
    made.looks = tmp_path / "looks.jsonl"
    made.__dict__ |= {"predictor": BrightnessPredictor(), "finder": GridFinder()}
    return made


def measured(context: ManifestContext) -> dict:
    manifest_eval.run(context)
    return manifest_eval.figures(read_items(context.out / "items" / "manifest.jsonl")[1])


def test_every_video_is_scored_at_video_level_by_data_set_and_manipulation(context):
    found = measured(context)
    methods = found["manipulations"]
    assert set(methods) == {
        "FaceForensics++/Deepfakes/c23", "FaceForensics++/FaceSwap/c23", "DeeperForensics-1.0/end_to_end/none",
        "WildDeepfake/unknown/none",
    }  # fmt: skip
    deepfakes, swap = methods["FaceForensics++/Deepfakes/c23"], methods["FaceForensics++/FaceSwap/c23"]
    assert deepfakes["auc"] == 1.0
    assert deepfakes["ap"] == 1.0
    assert swap["auc"] == 0.5  # 80 lies between the reals of 40 and 120
    assert swap["ap"] == 0.5
    assert (swap["fakes"], swap["fakes_without_score"]) == (2, 1)
    assert (swap["reals"], swap["reals_without_score"]) == (3, 1)
    assert swap["share_fake"] == pytest.approx(1 / 3)
    assert found["datasets"]["FaceForensics++/all/c23"]["auc"] == 0.75
    low, high = found["datasets"]["FaceForensics++/all/c23"]["auc_interval"]
    assert low < 0.75 < high
    assert set(found["unreadable"]) == {ff("real/gone.mp4").key, ff("fs/empty.mp4", "FaceSwap").key}
    assert not any("train/" in video for video in found["videos"])
    assert found["looks"] == 1


def test_deeperforensics_stands_against_faceforensics(context):
    found = measured(context)["manipulations"]["DeeperForensics-1.0/end_to_end/none"]
    assert found["real_class"] == "FaceForensics++/c23"
    assert (found["auc"], found["reals"]) == (1.0, 3)


def test_pictures_are_grouped_and_at_most_32_of_a_video_are_read(context):
    found = measured(context)
    wild = found["manipulations"]["WildDeepfake/unknown/none"]
    assert (wild["fakes"], wild["reals"], wild["auc"]) == (1, 1, 1.0)
    items = read_items(context.out / "items" / "manifest.jsonl")[1]
    files = [i["file"] for i in items if i["video"] == "w/fake"]
    assert len(files) == 32
    assert files[0].endswith("w/fake/0.png")
    assert files[-1].endswith("w/fake/39.png")


def test_a_second_run_scores_nothing_and_another_choice_is_another_look(context):
    manifest_eval.run(context)
    path = context.out / "items" / "manifest.jsonl"
    before = path.read_bytes()
    manifest_eval.run(context)
    assert path.read_bytes() == before
    only = dataclasses.replace(context, manipulations=("Deepfakes",), compressions=("c23",))
    assert {r.manipulation for r in only.rows} == {"original", "Deepfakes"}
    only.__dict__ |= {"predictor": context.predictor, "finder": context.finder}
    found = measured(only)
    assert set(found["manipulations"]) == {"FaceForensics++/Deepfakes/c23"}
    assert found["manipulations"]["FaceForensics++/Deepfakes/c23"]["reals"] == 3
    assert found["looks"] == 2


def test_forgeries_without_their_real_class_have_no_auc(context, rows):
    context.rows = [r for r in rows if r.label == "fake" and r.kind == "video"]
    found = measured(context)
    assert found["manipulations"]["FaceForensics++/Deepfakes/c23"]["auc"] is None
    assert found["manipulations"]["FaceForensics++/Deepfakes/c23"]["ap"] is None
    manifest_eval.draw(found, context.out)
    text = (context.out / "manifest.md").read_text()
    assert "| FaceForensics++/Deepfakes/c23 | FaceForensics++/c23 | - | - | - | 1 / 0 | 0 / 0 | test 1 |" in text
    assert "could not be read: 1" in text
    assert manifest_eval.bars(found) == []


def test_the_table_names_intervals_and_splits(context):
    text = manifest_eval.table_text(measured(context))
    assert "| FaceForensics++/all/c23 | FaceForensics++/c23 | 0.750 (0." in text
    assert "| 3 / 3 | 1 / 1 | test 6 |" in text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"splits": ("val",)}, "it holds test at c23, test at none, train at c23"),
        ({"compressions": ("c40",)}, "Nothing in the manifest fits"),
        ({"data": Path("nowhere")}, "no folder nowhere"),
        ({"manifests": (Path("none.jsonl"),)}, r"no manifest none\.jsonl"),
    ],
)
def test_what_cannot_be_measured_is_refused_before_anything_is_loaded(context, change, words):
    with pytest.raises(BadRequest, match=words):
        dataclasses.replace(context, **change)


def test_a_limit_thins_out_videos_by_group_and_label(context):
    context.limit = 1
    clips = clips_of(context.rows, context.data, context.cut)
    videos = {c.video for c in clips}
    assert len(videos) == 6  # reals and two methods of FF++, DeeperForensics, two of WildDeepfake
    assert len({c.name for c in clips}) == len(clips)
