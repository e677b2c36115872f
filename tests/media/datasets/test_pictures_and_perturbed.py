"""WildDeepfake, DeeperForensics-1.0 and DeepfakeBench's JSON."""

import pytest

from media.datasets.manifest import read_manifest, select, write_manifest
from media.datasets.readers import read_dataset
from media.errors import BadRequest, UnreadableMedia
from tests.media.datasets.trees import by_path, ffpp, put, touch


@pytest.mark.parametrize("inner", ["", "deepfake_in_the_wild/"])
def test_wilddeepfake_is_pictures_grouped_by_sequence(tmp_path, inner):
    touch(tmp_path, *(f"{inner}real_train/1/real/14/{n}.png" for n in (10, 2, 1)), f"{inner}fake_test/3/fake/2/0.png",
          f"{inner}real_train/1/real/15/1.png")  # fmt: skip
    rows, report = read_dataset("wilddeepfake", tmp_path)
    assert [r.path.rpartition("/")[2] for r in rows[:3]] == ["1.png", "2.png", "10.png"]
    assert {r.kind for r in rows} == {"image"}
    assert len({r.video_id for r in rows}) == 3
    assert rows[0].video_id == f"WildDeepfake/original/none/{inner}real_train/1/real/14"
    fake = next(r for r in rows if r.label == "fake")
    assert (fake.split, fake.manipulation, fake.compression, fake.original) == ("test", "unknown", "none", "")
    assert report.counts["folders of the owner's tree missing"] == 2


def test_wilddeepfake_archives_and_contradictions_are_counted(tmp_path):
    touch(tmp_path, "real_train/1.tar.gz", "real_train/1/real/14/1.png", "real_train/2.tar.gz", "real_train/lone.png",
          "real_test/3/fake/2/0.png", "fake_train/4/fake/0.png")  # fmt: skip
    rows, report = read_dataset("wilddeepfake", tmp_path)
    assert [r.path for r in rows] == ["real_train/1/real/14/1.png"]
    (archives,) = [v for k, v in report.to_dict().items() if k.startswith("archives")]
    assert archives == {"count": 1, "examples": ["real_train/2.tar.gz"]}
    assert report.counts["sequences refused: their path says both real and fake"] == 1
    assert report.counts["folders refused: their pictures are in no sequence's folder"] == 2


def deeper(root):
    for variant in ("end_to_end", "end_to_end_level_3"):
        touch(root, *(f"manipulated_videos/{variant}/{n}.mp4" for n in ("553_W040", "000_M101", "777_M101")))
    touch(root, "source_videos/W040/BlendShape/camera_down/W040_down.mp4")
    put(root / "lists/splits/train.txt", "553_W040.mp4\n")
    put(root / "lists/splits/test.txt", "000_M101.mp4\n042_W001.mp4\n")
    return root


def test_deeperforensics_is_fake_only_and_the_recordings_are_not_its_real_class(tmp_path):
    rows, report = read_dataset("deeperforensics", deeper(tmp_path))
    assert {r.label for r in rows} == {"fake"}
    row = by_path(rows)["manipulated_videos/end_to_end_level_3/553_W040.mp4"]
    assert (row.target, row.source, row.split) == ("ffpp:553", "actor:W040", "train")
    assert row.manipulation == "end_to_end_level_3"
    assert sorted(r.split for r in rows) == ["none", "none", "test", "test", "train", "train"]
    assert report.counts["folders that are not the real class, not read"] == 1
    assert report.counts["data set without real videos: they are FaceForensics++ youtube at c23"] == 1
    assert report.counts["official split lists missing: split none"] == 1
    assert report.counts["videos of the owner's lists that no variant holds"] == 1
    assert report.counts["videos that no official list names: split none"] == 2


def test_deeperforensics_joins_faceforensics_by_target(tmp_path):
    ffpp(tmp_path / "ff")
    deeper(tmp_path / "deeper")
    for name, folder in (("faceforensics", "ff"), ("deeperforensics", "deeper")):
        write_manifest(tmp_path / f"{name}.jsonl", read_dataset(name, tmp_path, folder)[0])
    rows = read_manifest(tmp_path / "faceforensics.jsonl", tmp_path / "deeperforensics.jsonl")
    reals = {r.target for r in select(rows, label=["real"], compression=["c23"])}
    assert {r.target for r in rows if r.dataset == "DeeperForensics-1.0"} & reals == {"ffpp:000"}
    assert all((tmp_path / r.path).is_file() for r in rows)


def test_deeperforensics_names_in_two_lists_and_odd_lines(tmp_path):
    deeper(tmp_path)
    put(tmp_path / "lists/splits/val.txt", "553_W040\nnonsense\n")
    rows, report = read_dataset("deeperforensics", tmp_path)
    assert {r.split for r in rows if "553_W040" in r.path} == {"none"}
    assert report.counts["names in two split lists: split none"] == 1
    assert report.counts["lines of the split lists that are no file name"] == 1


FRAMES = "FaceForensics++/{}/c23/frames/{}"


def bench_tree(root):
    fake = FRAMES.format("manipulated_sequences/Deepfakes", "012_026")
    real = FRAMES.format("original_sequences/youtube", "012")
    mask = fake.replace("frames", "masks")
    touch(root, *(f"{p}/{n:03d}.png" for p in (fake, real, mask) for n in (0, 11)))
    windows = [f".\\{fake}\\{n:03d}.png".replace("/", "\\") for n in (0, 11)]
    entry = {"label": "FF-DF", "frames": windows, "masks": [f"{mask}/{n:03d}.png" for n in (0, 11)]}
    original = {"label": "FF-real", "frames": [f"{real}/000.png", f"{real}/011.png", f"{real}/022.png"]}
    put(root / "FF-DF.json", {"FF-DF": {"FF-DF": {"test": {"c23": {"012_026": entry}}, "train": {"c23": {}}},
                                        "FF-real": {"test": {"c23": {"012": original}}}}})  # fmt: skip
    plain = {k: v for k, v in entry.items() if k != "masks"}
    put(root / "FaceForensics++.json", {"FaceForensics++": {"FF-DF": {"test": {"c23": {"012_026": plain}}}}})
    return root


def test_deepfakebench_frames_are_pictures_and_are_listed_once(tmp_path):
    rows, report = read_dataset("deepfakebench", bench_tree(tmp_path))
    assert len(by_path(rows)) == 4
    fakes = [r for r in rows if r.label == "fake"]
    row = fakes[0]
    folder = FRAMES.format("manipulated_sequences/Deepfakes", "012_026")
    assert (row.path, row.kind, row.split) == (f"{folder}/000.png", "image", "test")
    assert (row.target, row.source, row.compression) == ("ffpp:012", "ffpp:026", "c23")
    assert row.mask == f"{folder.replace('frames', 'masks')}/000.png"  # though the other file has none
    assert {r.video_id for r in fakes} == {f"FaceForensics++/Deepfakes/c23/{folder}"}
    assert {r.label for r in rows if r.manipulation == "original"} == {"real"}
    assert report.to_dict()["frames and masks of the JSON that are not below the root"]["count"] == 1


def bench_celeb(root, **changes):
    touch(
        root, "Celeb-DF-v2/Celeb-synthesis/frames/id0_id1_0000/000.png", "Celeb-DF-v2/YouTube-real/frames/00170/0.png"
    )
    fake = {"label": "CelebDFv2_fake", "frames": ["Celeb-DF-v2/Celeb-synthesis/frames/id0_id1_0000/000.png"]}
    real = {"label": "celebdfv2_real", "frames": ["Celeb-DF-v2/YouTube-real/frames/00170/0.png"]}
    videos = {"id0_id1_0000": fake | changes}
    data = {
        "CelebDFv2_fake": {s: videos for s in ("train", "val", "test")},
        "CelebDFv2_real": {"train": {"00170": real}},
    }
    put(root / "preprocessing/dataset_json/Celeb-DF-v2.json", {"Celeb-DF-v2": data})
    return root


def test_deepfakebench_splits_outside_faceforensics_are_not_trusted(tmp_path):
    rows, report = read_dataset("deepfakebench", bench_celeb(tmp_path))
    assert [(r.label, r.split, r.subset) for r in rows] == [
        ("fake", "none", "deepfakebench:train+val+test"), ("real", "none", "deepfakebench:train")
    ]  # fmt: skip
    assert rows[0].target == "celeb-df:id0_0000"
    assert rows[1].target == "celeb-df:00170"
    assert report.counts["videos in splits that are not the owner's: split none, see subset"] == 2


@pytest.mark.parametrize(
    ("change", "what", "count"),
    [
        ({"label": "CelebDFv2_real"}, "videos refused: their label contradicts their class", 3),
        ({"frames": None}, "videos whose list of frames is malformed, not read", 3),
        ({"frames": ["/elsewhere/000.png", "C:\\x\\000.png", "../up.png"]}, "videos without any of their frames", 3),
        ({"masks": ["gone.png"]}, "videos whose masks are not there or do not match their frames", 3),
    ],
)
def test_deepfakebench_contradictions_are_counted(tmp_path, change, what, count):
    _, report = read_dataset("deepfakebench", bench_celeb(tmp_path, **change))
    assert report.counts[what] == count


def test_deepfakebench_malformed_parts_and_refused_classes(tmp_path):
    bench_celeb(tmp_path)
    touch(tmp_path, "dfdc/x/0.png")
    video = {"label": "DFDC_Fake", "frames": ["dfdc/x/0.png"]}
    put(tmp_path / "preprocessing/dataset_json/more.json", {
        "DFDC": {"DFDC_Fake": {"test": {"x": video}, "val": video, "dev": {"x": video}, "train": []}},
        "DeeperForensics-1.0": {"DF_real": {"train": {}}, "Mystery": {}}, "broken": None,
    })  # fmt: skip
    rows, report = read_dataset("deepfakebench", tmp_path)
    assert [(r.manipulation, r.subset) for r in rows if r.dataset == "DFDC"] == [("unknown", "deepfakebench:test")]
    assert report.counts["parts of the JSON that are malformed, not read"] == 4
    refused = [what for what in report.counts if what.startswith("classes refused")]
    assert len(refused) == 2


def test_deepfakebench_needs_its_json(tmp_path):
    touch(tmp_path, "a/b.png")
    with pytest.raises(BadRequest, match="--lists"):
        read_dataset("deepfakebench", tmp_path)
    put(tmp_path / "list.json", [1])
    with pytest.raises(UnreadableMedia, match=r"list\.json"):
        read_dataset("deepfakebench", tmp_path)
