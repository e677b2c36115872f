"""The real rows that the published annotations lack, from the folder of originals into an index."""

import json
from pathlib import Path

import pytest

from retrieval.__main__ import main
from tests.retrieval.conftest import WordEncoder, row, write_csv
from tests.retrieval.test_splits_videos import touch

pytest.importorskip("faiss", reason="the extra `retrieval` (faiss) is not installed")


@pytest.mark.parametrize(("split", "real"), [("train", 818), ("all", 1000)])
def test_a_thousand_originals_are_indexed_with_the_forgeries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], split: str, real: int
) -> None:
    monkeypatch.setattr("retrieval.encoders.TextSide.load", lambda folder: WordEncoder())
    videos = tmp_path / "videos"
    for k in range(1000):
        touch(videos / "original_sequences" / "youtube" / "c23" / "videos" / f"{k:03d}.mp4")
    made = write_csv(tmp_path / "e.csv", [row(k, f"{k:03d}_{k + 1:03d}.mp4") for k in range(20)])
    command = ["build", "--csv", str(made), "--originals", "--videos", str(videos), "--split", split]
    assert main([*command, "--out", str(tmp_path / "i")]) == 0
    capsys.readouterr()
    assert main(["info", str(tmp_path / "i"), "--json"]) == 0
    info = json.loads(capsys.readouterr().out)
    assert info["labels"] == {"fake": 20, "real": real}
    counts = {"train": 838, "val": 93, "test": 89} if split == "all" else {"train": 838}
    assert info["splits"] == counts
    assert main(["search", "the mouth", "--index", str(tmp_path / "i"), "--balance", "-k", "4", "--json"]) == 0
    labels = [json.loads(line)["label"] for line in capsys.readouterr().out.splitlines()]
    assert sorted(labels) == ["fake", "fake", "real", "real"]
