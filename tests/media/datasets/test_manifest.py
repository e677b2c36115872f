"""Rows, manifests on disk, filters, checks, crossings, and the command."""

import dataclasses
import json

import pytest

from media.__main__ import main
from media.datasets.manifest import check_rows, count_table, crossings, read_manifest, select, write_manifest
from media.datasets.readers import read_dataset
from media.datasets.records import Row
from media.errors import BadRequest, UnreadableMedia
from tests.media.datasets.trees import celeb, ffpp, put

FAKE = Row("a/000_003.mp4", "fake", "video", "Set", "Swap", target="x:000", source="x:003", identities=("x:000",))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"label": "1"}, "label must be one of real, fake"),
        ({"split": "dev"}, "split must be"),
        ({"compression": "c0"}, "compression must be"),
        ({"kind": "gif"}, "kind must be"),
        ({"path": "/abs.mp4"}, "relative"),
        ({"path": "a/../b.mp4"}, "relative"),
        ({"path": "a\\b.mp4"}, "relative"),
        ({"path": ""}, "empty"),
        ({"path": "bad\udcff.mp4"}, "surrogates"),
        ({"mask": "../m.mp4"}, "mask must be relative"),
        ({"manipulation": "original"}, "label fake"),
        ({"manipulation": "a/b"}, "manipulation must be"),
        ({"label": "real", "manipulation": "original"}, "no source"),
        ({"kind": "image", "video_id": ""}, "video_id"),
        ({"video_id": "another"}, "must be its key"),
    ],
)
def test_a_row_outside_the_rules_is_refused(change, words):
    with pytest.raises(ValueError, match=words):
        dataclasses.replace(FAKE, **({"video_id": ""} | change))


def test_rows_survive_the_way_through_a_file(tmp_path):
    rows, _ = read_dataset("faceforensics", ffpp(tmp_path))
    write_manifest(tmp_path / "m.jsonl", rows)
    assert read_manifest(tmp_path / "m.jsonl") == rows
    assert not (tmp_path / "m.jsonl.partial").exists()
    line = json.loads((tmp_path / "m.jsonl").read_text().splitlines()[0])
    assert line["label"] == "real"
    assert "mask" not in line


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "Line 2"),
        ("[]", "not a JSON object"),
        ('{"path": "a.mp4"}', "missing fields"),
        (json.dumps(FAKE.to_dict() | {"label": 1}), "label must be text"),
        (json.dumps(FAKE.to_dict() | {"identities": "x"}), "identities must be text"),
        (json.dumps(FAKE.to_dict() | {"score": "1"}), "unknown fields"),
        (json.dumps(FAKE.to_dict() | {"split": "dev"}), "split must be"),
    ],
)
def test_a_damaged_line_is_named(tmp_path, line, words):
    put(tmp_path / "m.jsonl", json.dumps(FAKE.to_dict()) + "\n" + line + "\n")
    with pytest.raises(UnreadableMedia, match=words):
        read_manifest(tmp_path / "m.jsonl")


def test_missing_and_empty_manifests_are_errors(tmp_path):
    with pytest.raises(BadRequest, match="no manifest"):
        read_manifest(tmp_path / "m.jsonl")
    put(tmp_path / "m.jsonl", "")
    with pytest.raises(BadRequest, match="is empty"):
        read_manifest(tmp_path / "m.jsonl")


def test_select_by_split_compression_and_manipulation(tmp_path):
    rows, _ = read_dataset("faceforensics", ffpp(tmp_path))
    chosen = select(rows, split=["test"], compression=["c23"], manipulation=["Deepfakes", "original"])
    assert sorted(r.path.rpartition("/")[2] for r in chosen) == ["012.mp4", "012_026.mp4", "026.mp4", "026_012.mp4"]
    assert select(rows) == rows
    assert not select(rows, dataset=["Celeb-DF-v2"])


def test_counts_are_of_videos_and_files():
    frames = [Row(f"s/{n}.png", "real", "image", "Wild", "original", split="test", video_id="s") for n in range(3)]
    assert count_table([*frames, FAKE]).splitlines()[1:] == [
        "Set      Swap          none         none   fake   1       1",
        "Wild     original      none         test   real   1       3",
    ]


def test_check_finds_what_rows_cannot_know_of_each_other(tmp_path):
    real = Row("r/000.mp4", "real", "video", "Set", "original", target="x:000")
    frame = Row("s/0.png", "fake", "image", "Wild", "unknown", split="train", video_id="s")
    rows = [
        FAKE, FAKE, real, frame, dataclasses.replace(frame, path="s/1.png", split="test"),
        dataclasses.replace(FAKE, path="a/1.mp4", original="r/001.mp4", video_id=""),
        Row("r/000.mp4", "fake", "video", "Set", "Swap"),
    ]  # fmt: skip
    assert check_rows(rows).to_dict() == {
        "rows that repeat another": {"count": 1, "examples": [FAKE.key]},
        "pictures whose video has another label or split elsewhere": {
            "count": 1, "examples": ["Wild/unknown/none/s/1.png"],
        },
        "originals that are no real row": {"count": 1, "examples": ["r/001.mp4"]},
        "files that stand there as real and as fake": {"count": 1, "examples": ["r/000.mp4"]},
    }  # fmt: skip
    (tmp_path / "r").mkdir()
    (tmp_path / "r/000.mp4").touch()
    found = check_rows([real, FAKE], tmp_path)
    assert found.counts == {"files of 0 bytes": 1, "files that are not below the data root": 1}


def test_a_source_pair_must_not_cross():
    """Forgeries a_b in training and b_a in the test share both videos though no path repeats."""
    one = Row("1.mp4", "fake", "video", "S", "M", split="train", target="x:a", source="x:b")
    two = Row("2.mp4", "fake", "video", "S", "M", split="test", target="x:b", source="x:a")
    real = Row("3.mp4", "real", "video", "S", "original", split="test", target="x:a")
    apart = Row("4.mp4", "fake", "video", "S", "M", split="test", target="x:c", source="x:d")
    assert crossings([one, apart], "train", "test").disjoint
    assert crossings([one, two, real], "train", "test").shared == {"x:a": (1, 2), "x:b": (1, 1)}
    assert crossings([one, two], "train", "test", "identity").silent == (1, 1)
    with pytest.raises(BadRequest, match="different"):
        crossings([one], "train", "train")


def test_the_command_writes_manifest_and_report(tmp_path, capsys):
    out = tmp_path / "out" / "celeb.jsonl"
    celeb(tmp_path / "data" / "celeb")
    argv = ["datasets", str(tmp_path / "data"), "--folder", "celeb", "--dataset", "celeb-df-v2", "--out", str(out)]
    assert main(argv) == 0
    shown = capsys.readouterr().out
    assert "Celeb-DF-v2  Celeb-synthesis  none         train  fake   2" in shown
    assert "1 x forgeries whose original is not there (celeb/Celeb-synthesis/id1_id0_0007.mp4)" in shown
    report = json.loads((tmp_path / "out" / "celeb.report.json").read_text())
    assert report["rows"] == 7
    assert report["found"]["forgeries whose original is not there"]["count"] == 1
    assert report["problems"] == {}
    assert main(["manifest", str(out), "--data", str(tmp_path / "data")]) == 0
    assert "No problems." in capsys.readouterr().out
    assert main(["manifest", str(out), "--disjoint", "train", "test"]) == 1
    assert "celeb-df:id0_0000: 1 videos in train, 1 in test" in capsys.readouterr().out
    (tmp_path / "data/celeb/YouTube-real/00170.mp4").unlink()
    assert main(["manifest", str(out), "--data", str(tmp_path / "data")]) == 1
    assert "1 x files that are not below the data root" in capsys.readouterr().out


def test_the_command_says_what_is_wrong(tmp_path, capsys):
    assert main(["manifest", str(tmp_path / "none.jsonl")]) == 2
    assert "no manifest none.jsonl" in capsys.readouterr().err
    argv = ["datasets", str(tmp_path), "--dataset", "dfdc", "--out", str(tmp_path / "m.jsonl")]
    assert main(argv) == 2
    assert "Nothing of dfdc" in capsys.readouterr().err
    assert not (tmp_path / "m.jsonl").exists()
