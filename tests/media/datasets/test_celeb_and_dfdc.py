"""Celeb-DF v1 and v2, DFDC and its preview."""

import pytest

from media.datasets.manifest import crossings
from media.datasets.readers import read_dataset
from media.errors import BadRequest, UnreadableMedia
from tests.media.datasets.trees import by_path, celeb, put, touch


@pytest.mark.parametrize(("inner", "youtube"), [("", "YouTube-real"), ("videos/", "Youtube-real")])
@pytest.mark.parametrize(("name", "dataset"), [("celeb-df-v1", "Celeb-DF-v1"), ("celeb-df-v2", "Celeb-DF-v2")])
def test_celeb_labels_come_from_folders_and_the_test_list_has_no_header(tmp_path, inner, youtube, name, dataset):
    rows, report = read_dataset(name, celeb(tmp_path, inner, youtube))
    found = by_path(rows)
    assert {r.dataset for r in rows} == {dataset}
    assert {p for p, r in found.items() if r.split == "test"} == {
        f"{youtube}/{inner}00170.mp4", f"Celeb-real/{inner}id0_0001.mp4", f"Celeb-synthesis/{inner}id0_id1_0000.mp4"
    }  # fmt: skip
    assert {r.split for r in rows} == {"train", "test"}
    fake = found[f"Celeb-synthesis/{inner}id0_id1_0000.mp4"]
    assert (fake.target, fake.source) == ("celeb-df:id0_0000", "celeb-df:id1")
    assert fake.original == f"Celeb-real/{inner}id0_0000.mp4"
    assert fake.identities == ("celeb-df:id0", "celeb-df:id1")
    assert found[f"{youtube}/{inner}00170.mp4"].label == "real"
    assert found[f"Celeb-synthesis/{inner}id1_id0_0007.mp4"].original == ""
    assert report.counts["forgeries whose original is not there"] == 1
    assert not any("contradicts" in what or "cannot be read" in what for what in report.counts)


def test_celeb_sources_that_cross_are_named(tmp_path):
    rows, _ = read_dataset("celeb-df-v2", celeb(tmp_path))
    found = crossings(rows, "train", "test")
    assert found.shared == {"celeb-df:id0_0000": (1, 1)}  # the test forgery's original is a training video
    people = crossings(rows, "train", "test", "identity")
    assert set(people.shared) == {"celeb-df:id0", "celeb-df:id1"}
    assert people.silent == (0, 1)  # who is seen on YouTube is not said


def test_celeb_list_with_contradictions(tmp_path):
    celeb(tmp_path)
    put(tmp_path / "List_of_testing_videos.txt",
        "\ufeff0 YouTube-real/00170.mp4\r\n1 Celeb-real\\id0_0001.mp4\r\n0 Celeb-synthesis/videos/id9_id1_0000.mp4\r\n"
        "label path\n1 Celeb-synthesis/id0_id1_0000.mp4\n0 Celeb-synthesis/id0_id1_0000.mp4\n")  # fmt: skip
    rows, report = read_dataset("celeb-df-v2", tmp_path)
    found, noted = by_path(rows), report.to_dict()
    contradicting = noted["lines of the test list whose number contradicts the folder (1 is REAL)"]["examples"]
    assert contradicting == ["YouTube-real/00170.mp4", "Celeb-synthesis/id0_id1_0000.mp4"]
    assert found["YouTube-real/00170.mp4"].label == "real"
    assert found["YouTube-real/00170.mp4"].split == "test"
    assert found["Celeb-real/id0_0001.mp4"].split == "test"
    assert noted["videos of the test list that are not there"]["examples"] == ["celeb-synthesis/id9_id1_0000"]
    assert noted["lines of the test list that cannot be read"]["examples"] == ["label path"]
    assert noted["videos in the test list with both numbers"]["count"] == 1


def test_celeb_without_list_or_with_odd_files(tmp_path):
    celeb(tmp_path)
    (tmp_path / "List_of_testing_videos.txt").unlink()
    touch(tmp_path, "Celeb-real/videos/id0_0000.mp4", "Celeb-real/id0_id1_0000.mp4", "YouTube-real/170.mp4")
    rows, report = read_dataset("celeb-df-v2", tmp_path)
    assert {r.split for r in rows} == {"none"}
    assert report.counts["test lists missing: split none"] == 1
    assert report.counts["videos refused: their name is not the owner's pattern"] == 2
    assert report.counts["videos in the folder and in its videos/, the first is taken"] == 1
    totals = report.to_dict()["groups with another number of videos than their owner states"]["examples"]
    assert "Celeb-DF-v2 original: 4 of 890" in totals


def dfdc_part(root, part, data):
    put(root / part / "metadata.json", data)
    touch(root, *(f"{part}/{name}" for name in data))


@pytest.mark.parametrize("nested", ["", "train/"])
def test_dfdc_parts_above_nine_and_originals_in_the_same_part(tmp_path, nested):
    for number in (0, 10):
        dfdc_part(tmp_path, f"{nested}dfdc_train_part_{number}", {
            f"real{number}.mp4": {"label": "REAL", "split": "train", "original": None},
            f"fake{number}.mp4": {"label": "FAKE", "split": "train", "original": f"real{number}.mp4"},
            f"other{number}.mp4": {"label": "FAKE", "split": "train", "original": "real0.mp4"},
        })  # fmt: skip
    rows, report = read_dataset("dfdc", tmp_path)
    found = by_path(rows)
    assert [r.subset for r in rows] == ["dfdc_train_part_0"] * 3 + ["dfdc_train_part_10"] * 3
    fake = found[f"{nested}dfdc_train_part_10/fake10.mp4"]
    assert (fake.label, fake.split, fake.manipulation) == ("fake", "train", "unknown")
    assert fake.original == f"{nested}dfdc_train_part_10/real10.mp4"
    assert fake.target == found[fake.original].target == "dfdc:dfdc_train_part_10/real10.mp4"
    other = found[f"{nested}dfdc_train_part_10/other10.mp4"]  # its original lies in another part
    assert (other.original, other.target) == ("", "dfdc:dfdc_train_part_10/real0.mp4")
    assert report.counts["forgeries whose original is not in their part"] == 1


def test_dfdc_oddities(tmp_path):
    dfdc_part(tmp_path, "dfdc_train_part_1", {
        "a.mp4": {"label": "REAL", "split": "train", "original": "x.mp4"}, "b.mp4": {"label": "FAKE", "split": "demo"},
        "c.mp4": {"label": 1, "split": "train"},
    })  # fmt: skip
    (tmp_path / "dfdc_train_part_1/a.mp4").unlink()
    touch(tmp_path, "dfdc_train_part_1/unlisted.mp4", "dfdc_train_part_2/z.mp4", "train_sample_videos/q.mp4")
    rows, report = read_dataset("dfdc", tmp_path)
    assert [(r.path, r.split, r.target) for r in rows] == [("dfdc_train_part_1/b.mp4", "none", "")]
    assert report.counts["videos refused: the owner's list does not label them"] == 2
    assert report.counts["videos of the owner's list that are not there"] == 1
    assert report.counts["parts without metadata.json, all their videos refused"] == 1
    assert report.counts["videos without a known split in metadata.json: split none"] == 1
    assert report.counts["forgeries whose original is not stated"] == 1
    assert report.counts["test lists missing: no test videos are read"] == 1


@pytest.mark.parametrize("videos", ["", "videos/", "download_videos/"])
def test_dfdc_test_folder_has_zero_for_real(tmp_path, videos):
    put(tmp_path / "test/labels.csv", "filename,label\na.mp4,0\nb.mp4,1\nc.mp4,2\nd.mp4,1\ne.mp4,0\ne.mp4,1\n")
    touch(tmp_path, *(f"test/{videos}{n}.mp4" for n in "abcef"))
    rows, report = read_dataset("dfdc", tmp_path)
    assert {(r.path, r.label, r.split, r.subset) for r in rows} == {
        (f"test/{videos}a.mp4", "real", "test", "test"), (f"test/{videos}b.mp4", "fake", "test", "test")
    }  # fmt: skip
    assert report.to_dict()["videos of the owner's list that are not there"]["examples"] == ["d.mp4"]
    assert report.counts["videos refused: the owner's list does not label them"] == 3
    assert report.counts["videos with both labels in labels.csv, refused"] == 1


def test_dfdc_labels_without_their_columns_are_refused(tmp_path):
    put(tmp_path / "labels.csv", "name,label\na.mp4,0\n")
    with pytest.raises(UnreadableMedia, match="lacks the columns filename"):
        read_dataset("dfdc", tmp_path)


DFDCP = {
    "original_videos/643669/643669_A_001.mp4": {"label": "real", "set": "train", "augmentations": []},
    "method_A/643669/643669_C/643669_001.mp4": {"label": "fake", "set": "test", "target_id": 643669, "swapped_id": 12},
    "method_B/643669/643669_C/643669_001.mp4": {"label": "fake", "set": "train"},
}


@pytest.mark.parametrize("inner", ["", "videos/"])
def test_dfdcp_takes_the_method_from_the_top_folder_and_keys_by_the_whole_path(tmp_path, inner):
    put(tmp_path / "dataset.json", DFDCP)
    places = ["/".join((k.split("/")[0], inner + k.split("/", 1)[1])) for k in DFDCP]
    touch(tmp_path, *places)
    rows, report = read_dataset("dfdcp", tmp_path)
    assert [(r.path, r.manipulation, r.split) for r in rows] == [
        (places[0], "original", "train"), (places[1], "method_A", "test"), (places[2], "method_B", "train")
    ]  # fmt: skip
    assert rows[1].identities == ("dfdcp:12", "dfdcp:643669")
    assert rows[2].identities == ("dfdcp:643669",)
    assert set(crossings(rows, "train", "test", "identity").shared) == {"dfdcp:643669"}
    assert list(report.counts) == ["groups with another number of videos than their owner states"]


def test_dfdcp_contradictions_are_refused(tmp_path):
    put(tmp_path / "dataset.json", DFDCP | {
        "method_A/1/1_A/a.mp4": {"label": "real", "set": "train"},
        "method_C/1/1_A/a.mp4": {"label": "fake", "set": "x"},
        "method_A/1/1_A/b.mp4": {"label": "fake", "set": "val"}, "../outside/a.mp4": {"label": "fake", "set": "test"},
    })  # fmt: skip
    touch(tmp_path, *(k for k in DFDCP if "original" in k), "method_A/1/1_A/a.mp4", "method_C/1/1_A/a.mp4",
          "method_A/1/1_A/b.mp4", "method_B/new.mp4")  # fmt: skip
    touch(tmp_path.parent / "outside", "a.mp4")
    rows, report = read_dataset("dfdcp", tmp_path)
    assert [(r.path, r.split) for r in rows][1:] == [("method_A/1/1_A/b.mp4", "none")]
    assert report.counts["videos refused: label and top folder contradict each other"] == 2
    assert report.counts["videos of the owner's list that are not there"] == 3
    assert report.counts["videos without a known set: split none"] == 1
    assert "method_B/new.mp4" in report.examples["videos refused: the owner's list does not label them"]


def test_dfdcp_without_its_list_is_refused(tmp_path):
    touch(tmp_path, "original_videos/1/a.mp4")
    with pytest.raises(BadRequest, match=r"dataset\.json"):
        read_dataset("dfdcp", tmp_path)
