import json
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest

from media.errors import BadRequest, MissingCheckpoint
from retrieval.encoders import EncoderKey, unit
from retrieval.storage import MANIFEST, IndexKind
from tests.retrieval.conftest import annotation, random_unit

pytest.importorskip("faiss", reason="the extra `retrieval` (faiss) is not installed")

from retrieval import index as index_file
from retrieval.index import AnnotationIndex, Item, choose_kind

DIM = 16
KEY = EncoderKey("words", "0" * 64, "text", DIM)


def filled(count: int = 200, kind: IndexKind = "flat") -> tuple[AnnotationIndex, np.ndarray]:
    vectors = random_unit(count, DIM)
    index = AnnotationIndex(KEY, kind, "MIT")
    index.add(vectors, [Item(annotation(i), frame=i) for i in range(count)])
    return index, vectors


def brute(vectors: np.ndarray, queries: np.ndarray, n: int) -> np.ndarray:
    return np.argsort(-(queries @ vectors.T), axis=1)[:, :n]


def test_exact_search_equals_brute_force() -> None:
    index, vectors = filled(1000)
    queries = random_unit(50, DIM, 1)
    similarities, ids = index.search(queries, 5)
    assert (ids == brute(vectors, queries, 5)).all()
    assert np.allclose(similarities, np.sort(queries @ vectors.T, axis=1)[:, ::-1][:, :5], atol=1e-6)


def test_hnsw_finds_nearly_all_and_hides_what_was_removed() -> None:
    index, vectors = filled(2000, "hnsw")
    queries = random_unit(100, DIM, 1)
    truth = brute(vectors, queries, 5)
    _, ids = index.search(queries, 5)
    recall = np.mean([len(set(a) & set(b)) / 5 for a, b in zip(ids, truth, strict=True)])
    assert recall >= 0.95
    gone = sorted({int(row[0]) for row in truth})
    assert index.remove([f"a-{i}" for i in gone]) == len(gone)
    _, ids = index.search(queries, 5)
    assert not set(ids.ravel().tolist()) & set(gone)
    assert len(index) == 2000 - len(gone)
    index.compact()
    _, ids = index.search(queries, 5)
    assert not set(ids.ravel().tolist()) & set(gone)


def test_ivfpq_is_trained_by_its_first_vectors() -> None:
    index = AnnotationIndex(KEY, "ivfpq")
    with pytest.raises(BadRequest, match="9984"):
        index.add(random_unit(10, DIM), [Item(annotation(i)) for i in range(10)])
    rng = np.random.default_rng(0)
    centres = random_unit(300, DIM, 3)
    vectors = unit(np.repeat(centres, 34, axis=0) + rng.normal(0, 0.02, (10200, DIM)))
    shared = annotation(0)
    index.add(vectors, [Item(shared)] * len(vectors))
    _, ids = index.search(centres, 5)
    assert np.mean(ids // 34 == np.arange(300)[:, None]) > 0.95
    assert index.remove(["a-0"]) == len(vectors)
    assert index.search(centres, 5)[1].shape == (300, 0)


def test_add_and_remove() -> None:
    index, vectors = filled(20)
    assert index.add(vectors[:1], [Item(annotation(99))]) == [20]
    assert sorted(index.search(vectors[:1], 2)[1][0].tolist()) == [0, 20]
    assert index.remove(["a-0", "nobody"]) == 1
    assert index.search(vectors[:1], 1)[1].tolist() == [[20]]
    assert len(index) == 20
    assert index.add(vectors[:1], [Item(annotation(0))]) == [21]  # ids are never used again


@pytest.mark.parametrize(
    ("vectors", "items", "message"),
    [
        (random_unit(2, DIM), 1, "2 vectors were given with 1"),
        (random_unit(1, DIM + 1), 1, "width"),
        (2 * random_unit(1, DIM), 1, "length 1"),
        (np.zeros((1, DIM), np.float32), 1, "length 1"),
    ],
)
def test_wrong_vectors_are_refused(vectors: np.ndarray, items: int, message: str) -> None:
    index = AnnotationIndex(KEY)
    with pytest.raises(BadRequest, match=message):
        index.add(vectors, [Item(annotation(i)) for i in range(items)])


def test_empty_index_finds_nothing() -> None:
    similarities, ids = AnnotationIndex(KEY).search(random_unit(2, DIM), 5)
    assert similarities.shape == ids.shape == (2, 0)


@pytest.mark.parametrize("kind", ["flat", "hnsw"])
def test_save_and_load(tmp_path: Path, kind: IndexKind) -> None:
    index, vectors = filled(50, kind)
    index.remove(["a-7"])
    index.save(tmp_path / "i")
    again = AnnotationIndex.load(tmp_path / "i", KEY)
    assert again.items == index.items
    assert again.kind == kind
    assert (again.search(vectors, 5)[1] == index.search(vectors, 5)[1]).all()
    assert again.add(vectors[:1], [Item(annotation(7))]) == [50]
    manifest = json.loads((tmp_path / "i" / MANIFEST).read_text())
    assert manifest["encoder"]["id"] == "words"
    assert manifest["count"] == 49
    assert manifest["licences"] == {"annotations": {"CC BY-NC-SA 4.0": 49}, "encoder": "MIT"}


def test_saving_again_leaves_no_old_files(tmp_path: Path) -> None:
    index, vectors = filled(20)
    index.save(tmp_path)
    first = {p.name for p in tmp_path.iterdir()}
    index.add(vectors[:1], [Item(annotation(77))])
    index.save(tmp_path)
    second = {p.name for p in tmp_path.iterdir()}
    assert len(second) == 4
    assert first & second == {MANIFEST}
    assert len(AnnotationIndex.load(tmp_path)) == 21


def test_a_crash_while_saving_keeps_the_old_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index, vectors = filled(20)
    index.save(tmp_path)
    index.add(vectors[:1], [Item(annotation(77))])
    for step in range(4):  # the crash comes before the first, second ... replacement
        with monkeypatch.context() as patch:
            seen = iter(range(step, -1, -1))
            real = index_file.write_folder.__globals__["os"].replace

            def crash(source: Path, target: Path, seen=seen, real=real) -> None:
                if "annotations.jsonl" not in str(target) and next(seen) == 0:
                    raise OSError("power cut")
                real(source, target)

            patch.setattr("retrieval.storage.os.replace", crash)
            with pytest.raises(OSError, match="power cut"):
                index.save(tmp_path)
        assert len(AnnotationIndex.load(tmp_path)) == 20
    index.save(tmp_path)
    assert len(AnnotationIndex.load(tmp_path)) == 21


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (EncoderKey("clip", "0" * 64, "text", DIM), "made by the encoder words, queries come from clip"),
        (EncoderKey("words", "1" * 64, "text", DIM), "other weights"),
        (EncoderKey("words", "0" * 64, "global", DIM), "level"),
        (EncoderKey("words", "0" * 64, "text", 8), "width"),
    ],
)
def test_another_encoder_is_refused(tmp_path: Path, other: EncoderKey, message: str) -> None:
    filled(5)[0].save(tmp_path)
    with pytest.raises(MissingCheckpoint, match=message):
        AnnotationIndex.load(tmp_path, other)


@pytest.mark.parametrize("pattern", ["vectors-*", "items-*", "annotations-*"])
@pytest.mark.parametrize("harm", ["change", "delete"])
def test_damage_is_seen(tmp_path: Path, pattern: str, harm: str) -> None:
    filled(5)[0].save(tmp_path)
    (path,) = tmp_path.glob(pattern)
    if harm == "change":
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    else:
        path.unlink()
    with pytest.raises(MissingCheckpoint, match=f"damaged.*{path.name}"):
        AnnotationIndex.load(tmp_path)


def test_missing_and_broken_manifests(tmp_path: Path) -> None:
    with pytest.raises(MissingCheckpoint, match="python -m retrieval build --csv"):
        AnnotationIndex.load(tmp_path / "none")
    filled(5)[0].save(tmp_path)
    good = json.loads((tmp_path / MANIFEST).read_text())
    for text in ("{", "[]", json.dumps(good | {"format": "other"}), json.dumps({"format": good["format"]})):
        (tmp_path / MANIFEST).write_text(text)
        with pytest.raises(MissingCheckpoint):
            AnnotationIndex.load(tmp_path)
    other = tmp_path / "other"
    filled(6)[0].save(other)
    shutil.copy(next(other.glob("vectors-*")), tmp_path)
    good["files"]["vectors"] = json.loads((other / MANIFEST).read_text())["files"]["vectors"]
    (tmp_path / MANIFEST).write_text(json.dumps(good))
    with pytest.raises(MissingCheckpoint, match="does not fit its manifest"):
        AnnotationIndex.load(tmp_path)


def test_kind_by_size() -> None:
    assert choose_kind(99_999) == "flat"
    assert choose_kind(100_000) == "hnsw"
    with pytest.raises(BadRequest, match="flat, hnsw, ivfpq"):
        AnnotationIndex(KEY, "tree")  # type: ignore[arg-type]


def test_searches_while_adding() -> None:
    index, vectors = filled(2000)
    more = random_unit(5000, DIM, 9)
    thread = threading.Thread(target=lambda: index.add(more, [Item(annotation(9))] * len(more)))
    thread.start()
    for k in range(200):
        _, ids = index.search(vectors[k : k + 1], 3)
        assert ids[0, 0] == k
        assert all(int(i) in index.items for i in ids[0])
    thread.join()
    assert len(index) == 7000


def test_the_gpu_is_used_when_faiss_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    index, vectors = filled(20)
    made: list[int] = []
    monkeypatch.setattr(index._faiss, "get_num_gpus", lambda: 1, raising=False)
    monkeypatch.setattr(index._faiss, "StandardGpuResources", object, raising=False)

    def to_gpu(resources: object, device: int, cpu: object) -> object:
        made.append(device)
        return cpu

    monkeypatch.setattr(index._faiss, "index_cpu_to_gpu", to_gpu, raising=False)
    index.search(vectors[:1], 1)
    index.search(vectors[:1], 1)
    assert made == [0]  # copied once
    index.add(vectors[:1], [Item(annotation(50))])
    assert sorted(index.search(vectors[:1], 2)[1][0].tolist()) == [0, 20]
    assert made == [0, 0]
