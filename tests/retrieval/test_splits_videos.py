from collections import Counter
from pathlib import Path

import pytest

from media.errors import BadRequest
from retrieval.annotations import Annotation
from retrieval.exddv import identities_of
from retrieval.splits import components, identity_splits, shared_identities, with_split
from retrieval.videos import find_videos, real_annotations
from tests.retrieval.conftest import annotation


def ffpp(number: int, name: str, manipulation: str = "FaceSwap", dataset: str = "FaceForensics++") -> Annotation:
    people = identities_of(dataset, name)
    return annotation(number, dataset=dataset, name=name, manipulation=manipulation, identities=people)


def test_components_are_transitive() -> None:
    found = components([["a", "b"], ["c"], ["d", "b"], ["e", "c"]])
    assert found["a"] == found["b"] == found["d"]
    assert found["c"] == found["e"] != found["a"]


def many() -> list[Annotation]:
    rows = []
    for k in range(100):
        one, two = f"{2 * k:03d}", f"{2 * k + 1:03d}"
        for manipulation in ("FaceSwap", "Face2Face"):
            rows.append(ffpp(len(rows), f"{one}_{two}.mp4", manipulation))
            rows.append(ffpp(len(rows), f"{two}_{one}.mp4", manipulation))
        rows.append(ffpp(len(rows), f"{one}_M{k % 10:03d}.mp4", "end_to_end", "DeeperForensics-1.0"))
    rows += [annotation(1000 + k) for k in range(50)]
    return rows


def test_no_identity_on_two_sides() -> None:
    rows = many()
    official = [a for k, a in enumerate(rows)]
    assert shared_identities(official) == 0  # all are "train"
    new = with_split(rows, "identity")
    assert shared_identities(new) == 0
    counts = Counter(a.split for a in new)
    kept = sum(counts[s] for s in ("train", "val", "test"))
    assert kept >= 0.9 * len(rows)
    assert counts["train"] / kept == pytest.approx(0.8, abs=0.05)
    assert counts["test"] / kept == pytest.approx(0.1, abs=0.04)
    for dataset in ("FaceForensics++", "DFDC"):  # each kind of data on each side
        assert {a.split for a in new if a.dataset == dataset} >= {"train", "val", "test"}


def test_a_shared_identity_is_seen() -> None:
    rows = [annotation(1, identities=("x",)), annotation(2, identities=("x",), split="test")]
    assert shared_identities(rows) == 1
    assert with_split(rows, "official") == rows


def test_the_split_does_not_depend_on_the_order() -> None:
    rows = many()
    assert identity_splits(rows) == identity_splits(rows[::-1])
    assert identity_splits(rows) != identity_splits(rows, seed=1)


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    return path


def test_videos_are_found_by_manipulation_not_by_name_alone(tmp_path: Path) -> None:
    swap = touch(tmp_path / "ffpp" / "FaceSwap" / "c23" / "videos" / "000_003.mp4")
    touch(tmp_path / "ffpp" / "FaceSwap" / "c40" / "videos" / "000_003.mp4")
    touch(tmp_path / "ffpp" / "Deepfakes" / "519_515.mp4")
    deeper = touch(tmp_path / "df" / "end_to_end" / "553_W040.MP4")
    touch(tmp_path / "df" / "end_to_end_random_level" / "554_W040.mp4")
    bio = touch(tmp_path / "bio" / "d0.mp4")
    rows = [
        ffpp(0, "000_003.mp4"),
        ffpp(1, "000_003.mp4"),
        ffpp(2, "519_515.mp4"),
        ffpp(3, "519_515.mp4", "Face2Face"),
        ffpp(4, "553_W040.mp4", "end_to_end", "DeeperForensics-1.0"),
        ffpp(5, "554_W040.mp4", "end_to_end", "DeeperForensics-1.0"),
        annotation(6, dataset="BioDeepAV", manipulation="videos", name="d0.mp4"),
        ffpp(7, "519_515.mp4"),
    ]
    search = find_videos(rows, tmp_path)
    assert set(search.found.values()) == {swap, deeper, bio}
    assert search.missing == (  # each once
        ("DeeperForensics-1.0", "end_to_end", "554_W040.mp4"),
        ("FaceForensics++", "Face2Face", "519_515.mp4"),
        ("FaceForensics++", "FaceSwap", "519_515.mp4"),
    )
    assert search.ambiguous == ()
    touch(tmp_path / "copy" / "FaceSwap" / "c23" / "000_003.mp4")
    assert find_videos(rows[:1], tmp_path).found[rows[0].video] == swap  # below a folder of the data set's name
    with pytest.raises(BadRequest, match="no folder"):
        find_videos(rows, tmp_path / "none")


def test_originals_become_real_rows(tmp_path: Path) -> None:
    for k in range(1000):
        touch(tmp_path / "original_sequences" / "youtube" / "c23" / "videos" / f"{k:03d}.mp4")
    touch(tmp_path / "FaceSwap" / "001.mp4")
    rows = real_annotations(tmp_path)
    assert Counter(a.split for a in rows) == {"train": 818, "val": 93, "test": 89}
    assert all(a.label == "real" and a.simulated and not a.clicks for a in rows)
    search = find_videos(rows, tmp_path)
    assert len(search.found) == 1000
    assert rows == real_annotations(tmp_path)
