import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from kfd.predictor import ForgeryPredictor
from media.faces import FaceFinder
from media.records import Frame
from media.regions import SPOKEN_REGIONS
from retrieval.__main__ import main
from retrieval.encoders import PictureSide
from retrieval.simulated import SimulatedAnnotations, describe
from retrieval.vocabulary import FROM_SIMULATION, kinds_in, regions_in
from simulation.records import FaceRecord
from tests.retrieval.conftest import WordEncoder

pytest.importorskip("faiss", reason="the extra `retrieval` (faiss) is not installed")

from retrieval.build import build_index
from retrieval.index import AnnotationIndex


@pytest.fixture(scope="module")
def made(astronaut: NDArray[np.uint8]) -> SimulatedAnnotations:
    with FaceFinder() as finder:
        landmarks = finder.find(Frame(astronaut))[0].landmarks
    return SimulatedAnnotations([FaceRecord(astronaut, landmarks, "astronaut")], 64)


def test_pairs_of_a_number_are_the_same(made: SimulatedAnnotations) -> None:
    one, again, other = made.pair(3), made.pair(3), made.pair(4)
    assert (one.fake == again.fake).all()
    assert not np.array_equal(one.fake, other.fake)
    assert one.fake.shape == (64, 64, 3)


def test_rows_are_labelled_simulated(made: SimulatedAnnotations) -> None:
    rows = made.annotations(4)
    assert [a.label for a in rows] == ["fake", "real"] * 4
    assert all(a.simulated and a.dataset == "simulated" and a.identities == ("photo:astronaut",) for a in rows)
    assert len({a.video for a in rows}) == 8
    assert all(a.regions and a.kinds for a in rows if a.label == "fake")
    for number, a in enumerate(rows[::2]):  # what was done, not every word that a phrase happens to hold
        assert a.kinds == tuple(dict.fromkeys(FROM_SIMULATION[k] for k in made.pair(number).kinds))[:2]
    assert {(a.annotator, a.licence, a.split) for a in rows} == {("simulated", "research use", "train")}
    assert rows == made.annotations(4)


def test_sentences_once(made: SimulatedAnnotations) -> None:
    rows, distinct = made.annotations(20), made.annotations(20, distinct=True)
    assert len({a.text for a in rows}) == len(distinct) < len(rows)
    assert [a for a in rows if a in distinct] == distinct  # in order, the first of each
    assert {a.label for a in distinct} == {"fake", "real"}


@pytest.mark.parametrize("kind", sorted(FROM_SIMULATION))
@pytest.mark.parametrize("region", [SPOKEN_REGIONS[0], SPOKEN_REGIONS[4], "face.lower.mouth.mouth"])
def test_a_description_says_what_was_done(kind: str, region: str) -> None:
    for seed in range(6):
        text = describe((region,), (kind,), np.random.default_rng(seed))
        assert regions_in(text) == (region,)
        assert FROM_SIMULATION[kind] in kinds_in(text)
        assert text[0].isupper()
        assert text.endswith(".")
    assert "whole face" in describe(SPOKEN_REGIONS, (kind,), np.random.default_rng(0))


def test_an_index_of_their_crops(made: SimulatedAnnotations, tmp_path: Path) -> None:
    side = PictureSide(ForgeryPredictor.tiny(0))
    rows = made.annotations(5)
    index, report = build_index(rows, side, tmp_path, made.inputs)
    assert report.items == 10
    vectors = side.encode([made.pair(2).fake, made.pair(2).real])
    assert index.search(vectors, 1)[1].ravel().tolist() == [4, 5]
    manifest = (tmp_path / "manifest.json").read_text()
    assert '"simulated (simulated)": 10' in manifest


@pytest.fixture
def folder(astronaut: NDArray[np.uint8], made: SimulatedAnnotations, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Splits asked for, with one photo as the collection and the word encoder in place of the sentence encoder."""
    asked: list[str] = []

    def load_faces(data: Path, split: str) -> list[FaceRecord]:
        asked.append(split)
        return made._maker.records

    monkeypatch.setattr("simulation.source.load_faces", load_faces)
    monkeypatch.setattr("retrieval.encoders.TextSide.load", lambda folder: WordEncoder())
    monkeypatch.setattr("retrieval.encoders.PictureSide.load", lambda *_: PictureSide(ForgeryPredictor.tiny(0)))
    return asked


def test_the_command_writes_sentences_and_how_they_were_made(
    folder: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["build", "--simulated", "12", "--data", str(tmp_path), "--seed", "5"]
    assert main([*command, "--out", str(tmp_path / "i")]) == 0
    assert folder == ["train"]
    index = AnnotationIndex.load(tmp_path / "i", WordEncoder().key)
    texts = [item.annotation.text for item in index.items.values()]
    assert len(texts) == len(set(texts)) > 5
    meta = json.loads((tmp_path / "i" / "meta.json").read_text())
    assert meta["command"] == "python -m retrieval build --simulated 12 --data DIR --seed 5 --out DIR"
    assert (meta["source"], meta["seed"], meta["data"]["photos"]) == ("simulated", 5, 1)
    assert len(meta["data"]["hash"]) == 64
    assert main([*command, "--encoder", "picture", "--weights", "kfd", "--out", str(tmp_path / "p")]) == 0
    assert len(AnnotationIndex.load(tmp_path / "p")) == 24  # every picture, whatever its sentence
    meta = json.loads((tmp_path / "p" / "meta.json").read_text())
    assert meta["command"].endswith("--seed 5 --encoder picture --weights DIR --out DIR")
    assert str(tmp_path) not in json.dumps(meta)
    assert {p.suffix for p in (tmp_path / "p").iterdir()} == {".json", ".jsonl", ".faiss"}  # no pictures
    capsys.readouterr()
    assert main(["search", "--regions", "mouth", "--index", str(tmp_path / "i"), "-k", "1"]) == 0
    assert "simulated, simulated" in capsys.readouterr().out


@pytest.mark.parametrize("split", ["val", "test"])
def test_only_training_photos_are_forged(
    folder: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], split: str
) -> None:
    assert main(["build", "--simulated", "2", "--data", str(tmp_path), "--split", split, "--out", str(tmp_path)]) == 2
    assert "training photos only" in capsys.readouterr().err
    assert main(["build", "--simulated", "2", "--out", str(tmp_path)]) == 2
    assert "--data DIR" in capsys.readouterr().err
    assert folder == []
