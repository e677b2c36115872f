"""Real faces from disk: photo collections with landmarks, and frames of real clips (found once, kept in a cache)."""

import csv
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from media.crops import crop_square, landmark_square, to_crop
from media.errors import UnreadableMedia
from media.records import Face, Frame
from simulation.records import FaceRecord

COLLECTIONS = ("mebeauty", "ffhq", "lfw")
_LARGEST, _CLIP_MARGIN = 288, 1.55


def load_faces(data_dir: Path, split: str, limit: int | None = None) -> list[FaceRecord]:
    """All photos of a split of DATA/faces/{mebeauty,ffhq,lfw}.

    Args:
        data_dir: folder that holds faces/.
        split: "train" or "val", as in each manifest.csv.
        limit: at most so many, spread over the collections.
    """
    found: list[FaceRecord] = []
    for name in COLLECTIONS:
        folder = Path(data_dir) / "faces" / name
        if not (folder / "manifest.csv").is_file():
            continue
        with (folder / "manifest.csv").open(newline="") as handle:
            rows = [row for row in csv.DictReader(handle) if row["split"] == split]
        step = max(len(rows) * len(COLLECTIONS) // limit, 1) if limit else 1
        with np.load(folder / "landmarks.npz") as table:
            for row in rows[::step]:
                if row["file"] in table.files:
                    landmarks = table[row["file"]].astype(np.float32)
                    found.append(FaceRecord(read_pixels(folder / row["file"]), landmarks, f"{name}/{row['file']}"))
    if not found:
        raise UnreadableMedia("No real faces were found there.", f"{data_dir}/faces/*/manifest.csv, split {split}")
    return found


def read_pixels(path: Path) -> NDArray[Any]:
    """RGB uint8 (H, W, 3) of a picture file."""
    pixels = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if pixels is None:
        raise UnreadableMedia(f"The picture {path.name} could not be read.", str(path))
    return cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB)


def clip_paths(data_dir: Path, split: str) -> list[tuple[Path, str]]:
    """(file, person) of the real clips in DATA/videos_real; split "train" or "val" of manifest.csv, person-disjoint.

    Raises:
        UnreadableMedia: there is no manifest of real clips.
    """
    folder = Path(data_dir) / "videos_real"
    if not (folder / "manifest.csv").is_file():
        raise UnreadableMedia("The data folder has no videos_real/manifest.csv.", str(data_dir))
    with (folder / "manifest.csv").open(newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["split"] == split]
    return [(folder / row["file"], row.get("person", "")) for row in rows]


def load_clip_faces(
    data_dir: Path,
    split: str,
    every: float,
    cache: Path,
    frames_of: Callable[[Path, float], Iterable[Frame]] | None = None,
    find: Callable[[Frame], Sequence[Face]] | None = None,
) -> list[FaceRecord]:
    """Faces of the clips in DATA/videos_real; found on the first call, then read from `cache`.

    Args:
        split: "train" or "val" of manifest.csv (person-disjoint).
        every: seconds between frames.
        cache: .npz file to read, or to write when it is missing.
        frames_of: (path, every) -> frames; the default decodes by media.video.
        find: frame -> faces; the default is media.faces.FaceFinder.
    """
    if Path(cache).is_file():
        return read_cache(cache)
    paths = clip_paths(data_dir, split)
    frames_of = frames_of or _frames_of
    if find is not None:
        records = _clip_records(paths, every, frames_of, find)
    else:
        from media.faces import FaceFinder

        with FaceFinder() as finder:
            records = _clip_records(paths, every, frames_of, finder.find)
    write_cache(cache, records)
    return records


def _frames_of(path: Path, every: float) -> Iterable[Frame]:
    from media.video import probe, uniform_frames

    duration = float(getattr(probe(path), "duration", None) or 0.0)
    return uniform_frames(path, max(int(duration / every), 1))


def _clip_records(
    paths: Sequence[tuple[Path, str]],
    every: float,
    frames_of: Callable[[Path, float], Iterable[Frame]],
    find: Callable[[Frame], Sequence[Face]],
) -> list[FaceRecord]:
    records = []
    for path, person in paths:
        for number, frame in enumerate(frames_of(path, every)):
            faces = find(frame)
            if faces:
                face = max(faces, key=lambda f: f.quality.face_px)
                records.append(cut_face(frame, face, f"{path.name}#{number}", person))
    return records


def cut_face(frame: Frame, face: Face, name: str, person: str) -> FaceRecord:
    """The face at native resolution with room around it, shrunk to at most 288 px."""
    centre, side = landmark_square(face.landmarks, _CLIP_MARGIN)
    crop = crop_square(frame.pixels, centre, side, min(round(side), _LARGEST))
    return FaceRecord(crop.pixels, to_crop(face.landmarks, crop), name, person)


def write_cache(path: Path, records: Sequence[FaceRecord]) -> None:
    """Store records losslessly in one .npz (PNG bytes end to end, offsets, landmarks, names)."""
    blobs = [cv2.imencode(".png", cv2.cvtColor(r.pixels, cv2.COLOR_RGB2BGR))[1].ravel() for r in records]
    offsets = np.cumsum([0, *(len(b) for b in blobs)])
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    np.savez(
        path,
        blob=np.concatenate(blobs) if blobs else np.zeros(0, np.uint8),
        offsets=offsets,
        landmarks=np.array([r.landmarks for r in records], np.float32).reshape(-1, 478, 2),
        names=np.array([r.name for r in records], dtype=str),
        persons=np.array([r.person for r in records], dtype=str),
    )


def read_cache(path: Path) -> list[FaceRecord]:
    """Records stored by `write_cache`."""
    with np.load(path, allow_pickle=False) as table:
        blob, offsets, landmarks = table["blob"], table["offsets"], table["landmarks"]
        names, persons = table["names"].tolist(), table["persons"].tolist()
    records = []
    for i, name in enumerate(names):
        pixels = cv2.imdecode(blob[offsets[i] : offsets[i + 1]], cv2.IMREAD_COLOR)
        rgb = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB), np.uint8)
        records.append(FaceRecord(rgb, landmarks[i], name, persons[i]))
    return records
