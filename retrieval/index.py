"""The FAISS index of annotations: exact inner product, or HNSW and IVF-PQ for large ones. Only this file uses faiss.

One item is one vector: a sentence, or a clicked frame of a video. Items point to annotations, several may share one.
On disk: manifest.json names the other files and their SHA-256, and is replaced last, so that a folder is always whole.
"""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from media.errors import BadRequest, MissingCheckpoint
from retrieval.annotations import Annotation
from retrieval.encoders import EncoderKey
from retrieval.storage import INDEX_KINDS, IndexKind, Stored, check_encoder, read_folder, write_folder

MANY = 100_000
"""From this many vectors on an index is approximate unless asked otherwise."""
_CHUNK = 256  # vectors added while searches wait
_HNSW_LINKS, _HNSW_BUILD, _HNSW_SEARCH = 32, 200, 192
_IVF_TRAIN = 9984  # 39 * 256: what faiss wants to train the codebooks of 8 bits


@dataclass(frozen=True)
class Item:
    """What a vector stands for: an annotation, and for a picture its frame (from 0) or time in seconds."""

    annotation: Annotation
    frame: int | None = None
    time: float | None = None


def load_faiss() -> ModuleType:
    """The faiss module; MissingCheckpoint names the extra that brings it."""
    try:
        import faiss
    except ImportError as error:
        raise MissingCheckpoint("Searching needs faiss: install it with `uv sync --extra retrieval`.") from error
    return faiss


def choose_kind(count: int) -> IndexKind:
    """Exact for up to 100,000 vectors, HNSW from there on."""
    return "flat" if count < MANY else "hnsw"


class AnnotationIndex:
    """Vectors of one encoder with their annotations. Safe to use from several threads.

    Args:
        encoder: what makes the vectors; vectors and folders of another encoder are refused.
        kind: "flat" is exact; "hnsw" keeps removed items hidden until `compact`; "ivfpq" must be trained by its first
            `add` of at least 9,984 vectors, and keeps about 1 byte for 4 dimensions.
        encoder_licence: of the encoder's weights, written to the manifest.
    """

    def __init__(self, encoder: EncoderKey, kind: IndexKind = "flat", encoder_licence: str = "") -> None:
        if kind not in INDEX_KINDS:
            raise BadRequest(f"An index is one of {', '.join(INDEX_KINDS)}, not {kind!r}.")
        self.encoder, self.encoder_licence = encoder, encoder_licence
        self.kind: IndexKind = kind
        self.items: dict[int, Item] = {}
        self._removed: set[int] = set()
        self._next = 0
        self._lock, self._counting = threading.RLock(), threading.Lock()
        self._waiting = 0
        self._faiss = load_faiss()
        self._index = _empty(self._faiss, encoder.dim, kind)
        self._gpu: Any = None

    def __len__(self) -> int:
        return len(self.items)

    def add(self, vectors: NDArray[np.float32], items: Sequence[Item]) -> list[int]:
        """Add unit vectors (N, D) with what they stand for; the new ids. Searches may go on meanwhile."""
        rows = self._checked(vectors)
        if len(rows) != len(items):
            raise BadRequest(f"{len(rows)} vectors were given with {len(items)} items.")
        if not len(rows):
            return []
        with self._lock:
            self._train(rows)
            ids = np.arange(self._next, self._next + len(rows), dtype=np.int64)
            self._next += len(rows)
        for start in range(0, len(rows), _CHUNK):
            part = slice(start, start + _CHUNK)
            while self._waiting:  # a search that waits goes first; locks alone are not fair
                time.sleep(0.0002)
            with self._lock:
                self._index.add_with_ids(rows[part], ids[part])
                self.items.update(zip(ids[part].tolist(), items[part], strict=True))
                self._gpu = None
        return ids.tolist()

    def remove(self, annotation_ids: Sequence[str]) -> int:
        """Take out every item of these annotations; how many items that were."""
        wanted = set(annotation_ids)
        with self._lock:
            gone = [i for i, item in self.items.items() if item.annotation.id in wanted]
            for i in gone:
                del self.items[i]
            if self.kind == "hnsw":
                self._removed.update(gone)
            elif gone:
                self._index.remove_ids(np.array(gone, dtype=np.int64))
            self._gpu = None
        return len(gone)

    def compact(self) -> None:
        """Build an HNSW index anew without what was removed."""
        with self._lock:
            if not self._removed:
                return
            ids = np.array(sorted(self.items), dtype=np.int64)
            vectors = self.vectors(ids.tolist())
            self._index = _empty(self._faiss, self.encoder.dim, self.kind)
            if len(ids):
                self._index.add_with_ids(vectors, ids)
            self._removed.clear()

    def vectors(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """Stored vectors (N, D) of these ids; not kept by "ivfpq"."""
        if self.kind == "ivfpq":
            raise BadRequest("An ivfpq index keeps codes, not the vectors themselves.")
        with self._lock:
            rows = [self._index.reconstruct(int(i)) for i in ids]
        return np.stack(rows) if rows else np.zeros((0, self.encoder.dim), np.float32)

    def search(self, queries: NDArray[np.float32], n: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """The n nearest items of each query.

        Args:
            queries: (Q, D) unit vectors of the same encoder.
            n: how many; fewer when the index holds fewer.

        Returns:
            similarities (Q, n) = cosines, descending, and ids (Q, n); -inf and -1 where nothing was found.
        """
        rows = self._checked(queries)
        with self._counting:
            self._waiting += 1
        with self._lock:
            with self._counting:
                self._waiting -= 1
            n = min(n, len(self.items))
            if n < 1 or not len(rows):
                return np.zeros((len(rows), 0), np.float32), np.zeros((len(rows), 0), np.int64)
            parameters = self._parameters(n)
            engine = self._engine()
            found = engine.search(rows, n, params=parameters) if parameters else engine.search(rows, n)
        similarities, ids = found
        return np.where(ids < 0, -np.inf, similarities).astype(np.float32), ids

    def save(self, folder: Path) -> None:
        """Write the folder; whoever reads it meanwhile, or after a crash, finds the old or the new one."""
        with self._lock:
            stored = Stored(
                encoder=self.encoder,
                encoder_licence=self.encoder_licence,
                kind=self.kind,
                next_id=self._next,
                removed=sorted(self._removed),
                items=[(i, item.annotation.id, item.frame, item.time) for i, item in self.items.items()],
                annotations=list({item.annotation.id: item.annotation for item in self.items.values()}.values()),
            )
            write_folder(folder, stored, lambda path: self._faiss.write_index(self._index, str(path)))

    @classmethod
    def load(cls, folder: Path, encoder: EncoderKey | None = None) -> "AnnotationIndex":
        """Read a folder; checks every file's SHA-256 before faiss sees it.

        Args:
            folder: written by `save`.
            encoder: the encoder that queries will come from; MissingCheckpoint when it is another than the index's.
        """
        stored, vectors = read_folder(folder)
        if encoder is not None:
            check_encoder(stored.encoder, encoder, folder)
        self = cls(stored.encoder, stored.kind, stored.encoder_licence)
        by_id = {a.id: a for a in stored.annotations}
        try:
            self._index = self._faiss.read_index(str(vectors))
            self.items = {i: Item(by_id[name], frame, at) for i, name, frame, at in stored.items}
        except (RuntimeError, KeyError) as error:
            raise MissingCheckpoint(f"The index in {folder} is damaged; build it again.", str(error)) from error
        self._removed, self._next = set(stored.removed), stored.next_id
        total = int(self._index.ntotal)
        if total != len(self.items) + len(self._removed) or int(self._index.d) != stored.encoder.dim:
            raise MissingCheckpoint(f"The index in {folder} does not fit its manifest; build it again.", f"{total}")
        if self.kind == "ivfpq":
            self._index.nprobe = _probes(int(self._index.nlist))
        return self

    def _checked(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        rows = np.ascontiguousarray(vectors, dtype=np.float32)
        if rows.ndim != 2 or rows.shape[1] != self.encoder.dim:
            raise BadRequest(f"This index takes vectors of width {self.encoder.dim}, got an array {rows.shape}.")
        if len(rows) and not np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-3):
            raise BadRequest("Vectors of an index must have length 1.")
        return rows

    def _train(self, rows: NDArray[np.float32]) -> None:
        if self._index.is_trained:
            return
        if len(rows) < _IVF_TRAIN:
            raise BadRequest(f"An ivfpq index is trained by its first vectors: give at least {_IVF_TRAIN} at once.")
        self._index = _ivfpq(self._faiss, self.encoder.dim, len(rows))
        self._index.train(rows)

    def _parameters(self, n: int) -> Any:
        """Search parameters of HNSW: enough candidates, and no removed items."""
        if self.kind != "hnsw":
            return None
        options: dict[str, Any] = {"efSearch": max(_HNSW_SEARCH, 2 * n)}
        if self._removed:
            gone = self._faiss.IDSelectorBatch(np.array(sorted(self._removed), dtype=np.int64))
            options["sel"] = self._faiss.IDSelectorNot(gone)
        return self._faiss.SearchParametersHNSW(**options)

    def _engine(self) -> Any:
        """The index to search: a copy on the GPU when this faiss has one and the kind can live there."""
        if self.kind == "hnsw" or getattr(self._faiss, "get_num_gpus", lambda: 0)() < 1:
            return self._index
        if self._gpu is None:
            resources = self._faiss.StandardGpuResources()
            self._gpu = (resources, self._faiss.index_cpu_to_gpu(resources, 0, self._index))
        return self._gpu[1]


def _empty(faiss: ModuleType, dim: int, kind: IndexKind) -> Any:
    if kind == "ivfpq":
        return _ivfpq(faiss, dim, _IVF_TRAIN)
    if kind == "flat":
        return faiss.IndexIDMap2(faiss.IndexFlatIP(dim))
    graph = faiss.IndexHNSWFlat(dim, _HNSW_LINKS, faiss.METRIC_INNER_PRODUCT)
    graph.hnsw.efConstruction = _HNSW_BUILD
    return faiss.IndexIDMap2(graph)


def _ivfpq(faiss: ModuleType, dim: int, count: int) -> Any:
    """Untrained, for about `count` vectors: 4 sqrt(N) lists, sub-vectors of 4 dimensions (or more, to divide D)."""
    lists = int(max(16, min(4 * count**0.5, count / 39)))
    parts = max(m for m in range(1, dim // 4 + 1) if dim % m == 0)
    index = faiss.index_factory(dim, f"IVF{lists},PQ{parts}", faiss.METRIC_INNER_PRODUCT)
    index.nprobe = _probes(lists)
    return index


def _probes(lists: int) -> int:
    return max(8, lists // 8)
