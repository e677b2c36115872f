"""Made-up trees in the owners' layouts: real names, tiny files."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from media.datasets.records import Row


def touch(root: Path, *paths: str) -> None:
    """Small files at these paths."""
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"x")


def put(path: Path, content: Any) -> None:
    """A text file; anything but text is written as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")


def by_path(rows: Iterable[Row]) -> dict[str, Row]:
    """Rows by their path; each path once."""
    found: dict[str, Row] = {}
    for row in rows:
        assert row.path not in found
        found[row.path] = row
    return found


def ffpp(root: Path, lists: bool = True) -> Path:
    """Four ids in two official pairs (train and test), two methods, two compressions, and DFD."""
    for level in ("raw", "c23"):
        touch(root, *(f"original_sequences/youtube/{level}/videos/{i}.mp4" for i in ("000", "003", "012", "026")))
        for method in ("Deepfakes", "FaceShifter"):
            for name in ("000_003", "003_000", "012_026", "026_012"):
                touch(root, f"manipulated_sequences/{method}/{level}/videos/{name}.mp4")
    touch(root, *(f"manipulated_sequences/Deepfakes/masks/videos/{n}.mp4" for n in ("000_003", "003_000", "012_026")))
    touch(
        root,
        "original_sequences/actors/c23/videos/01__walking_outside_cafe_disgusted.mp4",
        "original_sequences/actors/c23/videos/02__walking_outside_cafe_disgusted.mp4",
        "manipulated_sequences/DeepFakeDetection/c23/videos/01_02__walking_outside_cafe_disgusted__YVGY8LOK.mp4",
        "manipulated_sequences/DeepFakeDetection/c23/videos/01_03__exit_phone_room__0XUW13RW.mp4",
        "manipulated_sequences/DeepFakeDetection/masks/videos/01_02__walking_outside_cafe_disgusted__YVGY8LOK.mp4",
    )
    if lists:
        ffpp_lists(root)
    return root


def ffpp_lists(folder: Path) -> None:
    """The three lists in the owner's form."""
    put(folder / "train.json", [["000", "003"]])
    put(folder / "val.json", [["100", "101"]])
    put(folder / "test.json", [["012", "026"]])


def celeb(root: Path, inner: str = "", youtube: str = "YouTube-real") -> Path:
    """Two people, one YouTube clip, two forgeries, a test list with its 1 = REAL."""
    touch(
        root,
        *(f"Celeb-real/{inner}{n}.mp4" for n in ("id0_0000", "id0_0001", "id1_0000")),
        f"{youtube}/{inner}00170.mp4",
        *(f"Celeb-synthesis/{inner}{n}.mp4" for n in ("id0_id1_0000", "id1_id0_0000", "id1_id0_0007")),
    )
    put(root / "List_of_testing_videos.txt",
        "1 YouTube-real/00170.mp4\n1 Celeb-real/id0_0001.mp4\n0 Celeb-synthesis/id0_id1_0000.mp4\n")  # fmt: skip
    return root
