"""Real faces from a manifest: what the detector's run takes as further clip frames.

Only real videos and pictures are used: forgeries are simulated, as everywhere in training. The train split feeds the
training, the val split the validation; rows of the test split are never opened.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from media.datasets.manifest import crossings, read_manifest, select
from media.datasets.records import Row, Split
from media.errors import BadRequest, ForgeryAssistantError
from media.open import load_image
from media.records import Face, Frame
from media.sampling import uniform_positions
from media.video import uniform_frames
from simulation.faces_data import cut_face as cut_face
from simulation.faces_data import read_cache, write_cache
from simulation.records import FaceRecord

PER_VIDEO = 8
"""Frames of a video: the crops of all of them stay in memory, at most 0.25 MB each."""
Find = Callable[[Frame], Sequence[Face]]


@dataclass(frozen=True)
class ManifestFaces:
    """Real faces of a manifest by split, and what meta.json says of them."""

    train: list[FaceRecord] = field(default_factory=list)
    val: list[FaceRecord] = field(default_factory=list)
    description: dict[str, Any] = field(default_factory=dict)


def load_manifest_faces(
    manifests: Sequence[Path],
    root: Path,
    out: Path,
    compressions: Sequence[str] = (),
    per_video: int = PER_VIDEO,
    find: Find | None = None,
) -> ManifestFaces:
    """Find the faces of the real rows; what was found is kept in OUT and read from there the next time.

    Args:
        root: what the manifests' paths are relative to.
        out: the run folder.
        compressions: only these; () takes every one, which repeats videos that are there several times.
        per_video: frames of a video, evenly spread.
        find: frame -> faces; the default is media.faces.FaceFinder.

    Raises:
        BadRequest: no real row stands in the train split, or none of them gave a face.
    """
    rows = select(read_manifest(*manifests), compression=compressions)
    if not select(rows, split=["train"], label=["real"]):
        splits = ", ".join(sorted({r.split for r in rows if r.label == "real"})) or "none at all"
        raise BadRequest(f"The manifest has no real rows to train on: split train is needed, there are {splits}.")
    faces, counts = {}, {}
    for split in ("train", "val"):
        chosen = select(rows, split=[split], label=["real"])
        faces[split], counts[split] = _faces_of(chosen, root, out, split, per_video, find)
    if not faces["train"]:
        raise BadRequest(f"No face was found in the manifest's training videos: {counts['train']}.", str(root))
    description = {"datasets": sorted({r.dataset for r in rows}), "found": counts, "shared": _shared(rows)}
    return ManifestFaces(faces["train"], faces["val"], description)


def _shared(rows: Sequence[Row]) -> dict[str, int]:
    """How many footage ids of the training reals occur in the other splits: to be told beside every figure on them."""
    trained = [r for r in rows if r.label == "real" or r.split != "train"]
    others: tuple[Split, ...] = ("val", "test")
    return {f"footage of train in {other}": len(crossings(trained, "train", other).shared) for other in others}


def _faces_of(
    rows: Sequence[Row], root: Path, out: Path, split: str, per_video: int, find: Find | None
) -> tuple[list[FaceRecord], dict[str, int]]:
    """Faces and counts of one split, from the cache of these very rows or found now."""
    digest = hashlib.sha256("\n".join((str(per_video), *(r.key for r in rows))).encode()).hexdigest()[:12]
    cache = out / f"manifest_{split}_{digest}.npz"
    done = cache.with_suffix(".json")  # written last: a cache without it is half a cache
    if done.is_file():
        return read_cache(cache), json.loads(done.read_text(encoding="utf-8"))
    if find is not None:
        records, counts = find_faces(rows, root, per_video, find)
    else:
        from media.faces import FaceFinder

        with FaceFinder() as finder:
            records, counts = find_faces(rows, root, per_video, finder.find)
    write_cache(cache, records)
    done.write_text(json.dumps(counts), encoding="utf-8")
    return records, counts


def find_faces(rows: Iterable[Row], root: Path, per_video: int, find: Find) -> tuple[list[FaceRecord], dict[str, int]]:
    """The largest face of each frame, named VIDEO#NUMBER, and counts of what gave none.

    The person is the first identity of the row, so that nobody is swapped with himself; a video that names nobody
    stands for itself.
    """
    videos: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        videos[row.video_id].append(row)
    records: list[FaceRecord] = []
    counts = Counter({name: 0 for name in ("videos", "frames", "frames_without_face", "videos_unreadable")})
    for video, members in videos.items():
        counts["videos"] += 1
        person = next(iter((*members[0].identities, members[0].target or video)))
        try:
            for number, frame in enumerate(_frames(members, root, per_video)):
                counts["frames"] += 1
                faces = find(frame)
                if not faces:
                    counts["frames_without_face"] += 1
                    continue
                face = max(faces, key=lambda f: f.quality.face_px)
                records.append(cut_face(frame, face, f"{video}#{number}", person))
        except ForgeryAssistantError:
            counts["videos_unreadable"] += 1
    return records, dict(counts)


def _frames(members: Sequence[Row], root: Path, per_video: int) -> Iterator[Frame]:
    """Evenly spread frames of a video, or pictures of one that is shipped as pictures."""
    if members[0].kind == "video":
        yield from uniform_frames(root / members[0].path, per_video)
        return
    for position in uniform_positions(len(members), per_video):
        yield load_image(root / members[position].path)
