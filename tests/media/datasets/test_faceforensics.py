"""FaceForensics++ and DFD in one tree."""

import pytest

from media.datasets.manifest import crossings
from media.datasets.names import dfd_fake, ffpp_fake
from media.datasets.readers import read_dataset
from media.errors import BadRequest, UnreadableMedia
from tests.media.datasets.trees import by_path, ffpp, ffpp_lists, put, touch

REAL = "original_sequences/youtube/c23/videos/{}.mp4"
FAKE = "manipulated_sequences/{}/c23/videos/{}.mp4"


def test_a_name_is_target_then_source_and_the_original_has_its_compression(tmp_path):
    rows, _ = read_dataset("faceforensics", ffpp(tmp_path))
    row = by_path(rows)[FAKE.format("Deepfakes", "012_026")]
    assert (row.label, row.kind, row.dataset, row.manipulation) == ("fake", "video", "FaceForensics++", "Deepfakes")
    assert (row.target, row.source, row.identities) == ("ffpp:012", "ffpp:026", ("ffpp:012", "ffpp:026"))
    assert row.original == REAL.format("012")
    assert row.mask == "manipulated_sequences/Deepfakes/masks/videos/012_026.mp4"
    assert row.video_id == row.key == f"FaceForensics++/Deepfakes/c23/{row.path}"
    raw = by_path(rows)["manipulated_sequences/Deepfakes/raw/videos/012_026.mp4"]
    assert raw.original == "original_sequences/youtube/raw/videos/012.mp4"
    assert raw.mask == row.mask
    real = by_path(rows)[REAL.format("012")]
    assert (real.label, real.manipulation, real.target, real.source) == ("real", "original", "ffpp:012", "")


def test_a_pair_stands_for_both_reals_and_both_orders_in_every_method(tmp_path):
    rows, _ = read_dataset("faceforensics", ffpp(tmp_path))
    official = [r for r in rows if r.dataset == "FaceForensics++" and r.compression == "c23"]
    test = {r.path for r in official if r.split == "test"}
    assert test == {REAL.format("012"), REAL.format("026")} | {
        FAKE.format(m, n) for m in ("Deepfakes", "FaceShifter") for n in ("012_026", "026_012")
    }
    assert {r.split for r in official} == {"train", "test"}
    assert crossings(rows, "train", "test").disjoint
    assert crossings(rows, "train", "test", "identity").disjoint


@pytest.mark.parametrize("place", ["splits", "dataset/splits"])
def test_lists_may_lie_in_the_owners_folders_or_elsewhere(tmp_path, place):
    root = ffpp(tmp_path / "data", lists=False)
    ffpp_lists(root / place)
    assert {r.split for r in read_dataset("faceforensics", root)[0]} == {"train", "test", "none"}
    (root / place).rename(tmp_path / "elsewhere")
    assert {r.split for r in read_dataset("faceforensics", root)[0]} == {"none"}
    rows, _ = read_dataset("faceforensics", root, lists=tmp_path / "elsewhere")
    assert {r.split for r in rows} == {"train", "test", "none"}


def test_missing_lists_give_no_split_and_are_said_once(tmp_path):
    rows, report = read_dataset("faceforensics", ffpp(tmp_path, lists=False))
    assert {r.split for r in rows} == {"none"}
    missing = [what for what in report.counts if what.startswith("official split lists missing")]
    assert len(missing) == 1
    assert report.counts[missing[0]] == 3
    assert not any("no official list names" in what for what in report.counts)


def test_c0_is_raw_and_raw_goes_first(tmp_path):
    youtube = "original_sequences/youtube"
    touch(tmp_path, *(f"{youtube}/{v}.mp4" for v in ("c0/videos/000", "c0/videos/001", "raw/videos/000")))
    touch(tmp_path, "manipulated_sequences/FaceSwap/c0/videos/000_003.mp4")
    rows, report = read_dataset("faceforensics", tmp_path)
    found = by_path(rows)
    assert {r.compression for r in rows} == {"raw"}
    assert "original_sequences/youtube/c0/videos/000.mp4" not in found
    assert report.counts["videos in raw/ and c0/, the one in raw/ is taken"] == 1
    assert found["manipulated_sequences/FaceSwap/c0/videos/000_003.mp4"].original.endswith("raw/videos/000.mp4")


def test_dfd_is_parted_at_the_double_underscore_and_never_split(tmp_path):
    rows, report = read_dataset("faceforensics", ffpp(tmp_path))
    dfd = [r for r in rows if r.dataset == "DFD"]
    assert len(dfd) == 4
    assert {r.split for r in dfd} == {"none"}
    cafe = next(r for r in dfd if r.path.endswith("YVGY8LOK.mp4"))
    assert cafe.original == "original_sequences/actors/c23/videos/01__walking_outside_cafe_disgusted.mp4"
    assert (cafe.target, cafe.source) == ("dfd:01__walking_outside_cafe_disgusted", "dfd:02")
    assert cafe.mask.endswith("YVGY8LOK.mp4")
    phone = next(r for r in dfd if r.path.endswith("0XUW13RW.mp4"))
    assert (phone.original, phone.mask) == ("", "")
    assert report.counts["forgeries whose original is not there at the same compression"] == 1


@pytest.mark.parametrize(
    ("parse", "name"),
    [
        (ffpp_fake, "4_982"), (ffpp_fake, "000_000"), (ffpp_fake, "000"), (ffpp_fake, "000_003_x"),
        (dfd_fake, "01_02_walking__YVGY8LOK"), (dfd_fake, "01_02__a__b__YVGY8LOK"), (dfd_fake, "1_2__a__YVGY8LOK"),
        (dfd_fake, "01_02__walking__SHORT"), (dfd_fake, "01__walking"),
    ],
)  # fmt: skip
def test_other_names_are_refused(parse, name):
    assert parse(name) is None


def test_what_is_not_the_owners_is_counted_and_not_read(tmp_path):
    ffpp(tmp_path)
    touch(tmp_path, FAKE.format("Deepfakes", "hello"), FAKE.format("Deepfakes", "555_556"), FAKE.format("Mine", "0_1"))
    youtube = "original_sequences/youtube"
    touch(tmp_path, f"{youtube}/c30/videos/000.mp4", f"{youtube}/c40/images/000/0000.png")
    touch(tmp_path, f"{youtube}/c23/videos/._000.mp4", f"{youtube}/c23/videos/notes.txt")
    (tmp_path / youtube / "c23/videos/017.mp4").symlink_to("gone.mp4")
    rows, report = read_dataset("faceforensics", tmp_path)
    paths = {r.path for r in rows}
    assert not any("hello" in p or "Mine" in p or "c30" in p or "._" in p or "017" in p for p in paths)
    noted = report.to_dict()
    assert noted["videos refused: their name is not the owner's pattern"]["count"] == 1
    assert noted["folders that are not the owner's, not read"]["examples"] == ["manipulated_sequences/Mine"]
    assert noted["folders of an unknown compression, not read"]["count"] == 1
    assert noted["folders of extracted frames without the videos, not read"]["count"] == 1
    assert noted["links that lead nowhere"]["count"] == 1
    # FaceShifter has no masks and none are missed; Deepfakes lacks 026_012 (twice) and 555_556, DFD one
    assert noted["forgeries without their mask video"]["count"] == 4
    assert by_path(rows)[FAKE.format("Deepfakes", "555_556")].split == "none"
    assert noted["videos that no official list names: split none"]["count"] == 1
    totals = noted["groups with another number of videos than their owner states"]
    assert "FaceForensics++ original c23: 4 of 1000" in totals["examples"]
    assert noted["official lists of another length than the owner's"]["count"] == 3


def test_folders_in_another_case_and_below_a_folder(tmp_path):
    touch(tmp_path, "Sets/Original_Sequences/YouTube/C23/Videos/000.mp4",
          "Sets/manipulated_sequences/deepfakes/c23/videos/000_003.MP4")  # fmt: skip
    rows, _ = read_dataset("faceforensics", tmp_path, "Sets")
    assert {r.path for r in rows} == {"Sets/Original_Sequences/YouTube/C23/Videos/000.mp4",
                                      "Sets/manipulated_sequences/deepfakes/c23/videos/000_003.MP4"}  # fmt: skip
    assert next(r for r in rows if r.label == "fake").manipulation == "Deepfakes"
    assert next(r for r in rows if r.label == "fake").original == "Sets/Original_Sequences/YouTube/C23/Videos/000.mp4"


def test_an_id_in_two_lists_gets_no_split(tmp_path):
    ffpp(tmp_path)
    put(tmp_path / "val.json", [["012", "101"]])
    rows, report = read_dataset("faceforensics", tmp_path)
    found = by_path(rows)
    assert report.to_dict()["ids in two official lists: split none"] == {"count": 1, "examples": ["012"]}
    assert found[REAL.format("012")].split == "none"
    assert found[FAKE.format("Deepfakes", "012_026")].split == "none"
    assert found[REAL.format("026")].split == "test"


def test_a_forgery_that_is_no_official_pair_gets_no_split(tmp_path):
    ffpp(tmp_path)
    put(tmp_path / "train.json", [["000", "003"], ["555", "556"]])
    touch(tmp_path, FAKE.format("Deepfakes", "000_555"))
    assert by_path(read_dataset("faceforensics", tmp_path)[0])[FAKE.format("Deepfakes", "000_555")].split == "none"


@pytest.mark.parametrize("bad", ["{", {"000": "003"}, [[0, 3]], [["000"]], [["000", "3"]], ["000"], [[100, 101]]])
def test_a_damaged_list_is_refused(tmp_path, bad):
    ffpp(tmp_path)
    put(tmp_path / "train.json", bad)
    with pytest.raises(UnreadableMedia, match="train.json"):
        read_dataset("faceforensics", tmp_path)


def test_clips_of_one_download_share_an_identity(tmp_path):
    ffpp(tmp_path)
    put(tmp_path / "conversion_dict.json", {"000": "R03Sko97IDE 0", "012": "R03Sko97IDE 1", "003": "-a b 0"})
    rows, _ = read_dataset("faceforensics", tmp_path)
    row = by_path(rows)[FAKE.format("Deepfakes", "000_003")]
    assert row.identities == ("ffpp:000", "ffpp:003", "youtube:R03Sko97IDE", "youtube:-a b")
    assert crossings(rows, "train", "test").disjoint
    assert set(crossings(rows, "train", "test", "identity").shared) == {"youtube:R03Sko97IDE"}


@pytest.mark.parametrize(
    ("name", "below", "message"),
    [("faceforensics", "", "there are holiday"), ("faceforensics", "nowhere", "no folder nowhere"),
     ("faceforensics", "../x", "no folder"), ("mine", "", "choose of faceforensics")],
)  # fmt: skip
def test_nothing_there_is_an_error_that_says_what_is_there(tmp_path, name, below, message):
    touch(tmp_path, "holiday/a.mp4")
    with pytest.raises(BadRequest, match=message):
        read_dataset(name, tmp_path, below)
