from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from kfd.predictor import ForgeryPredictor
from media.faces import FaceFinder
from media.records import Frame
from media.regions import SPOKEN_REGIONS
from retrieval.encoders import PictureSide
from retrieval.simulated import SimulatedAnnotations, describe
from retrieval.vocabulary import FROM_SIMULATION, kinds_in, regions_in
from simulation.records import FaceRecord

pytest.importorskip("faiss", reason="the extra `retrieval` (faiss) is not installed")

from retrieval.build import build_index


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
    assert rows == made.annotations(4)


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
