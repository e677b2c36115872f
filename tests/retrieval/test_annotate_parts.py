"""Folder, frames, rule, spelling, agreement: the parts behind the page."""

import time
from pathlib import Path

import cv2
import numpy as np
import pytest

from media.errors import BadRequest, MediaTooLarge, UnreadableMedia
from retrieval.annotate import frames as frames_module
from retrieval.annotate.agreement import Facts, agreement
from retrieval.annotate.folder import scan
from retrieval.annotate.frames import FrameTape, TapeShelf, pack
from retrieval.annotate.rules import Hint, artifacts_in, plays_of, suggest
from retrieval.annotations import Click
from tests.media.builders import counter_video, read_counter
from tests.retrieval.conftest import WordEncoder, annotation

UNEVEN = [0, 40, 120, 130, 300, 333, 400, 900, 940, 1000, *range(1040, 2600, 40)]


def unpack(body: bytes) -> list[tuple[float, np.ndarray]]:
    """What the page does with an answer."""
    found, at = [], 0
    while at < len(body):
        length, seconds = np.frombuffer(body, np.dtype([("l", ">u4"), ("t", ">f8")]), 1, at)[0]
        pixels = cv2.imdecode(np.frombuffer(body, np.uint8, length, at + 12), cv2.IMREAD_COLOR)
        found.append((float(seconds), pixels))
        at += 12 + length
    return found


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    return path


@pytest.mark.parametrize(("name", "codec"), [("a.mp4", "libx264"), ("b.avi", "mpeg4"), ("c.mkv", "ffv1")])
def test_every_frame_by_its_number_with_its_exact_time(tmp_path: Path, name: str, codec: str) -> None:
    times = UNEVEN if codec == "libx264" else list(range(0, 2000, 40))
    path = counter_video(tmp_path / name, times, codec, options={"crf": "10"} if codec == "libx264" else None)
    with FrameTape(path) as tape:
        for start in (32, 0, 16):  # in any order
            for k, (seconds, pixels) in enumerate(unpack(pack(tape.read(start, 16))), start):
                assert read_counter(pixels) == k
                assert seconds == pytest.approx(times[k] / 1000, abs=1e-9)
        assert len(tape.read(len(times) - 3, 16)) == 3
        assert tape.times(len(times) - 1) == ([pytest.approx(times[-1] / 1000)], True, "")
        for bad in (-1, len(times)):
            with pytest.raises(BadRequest):
                tape.read(bad, 16)


def test_what_cannot_be_shown_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableMedia):
        FrameTape(touch(tmp_path / "empty.mp4"))
    path = counter_video(tmp_path / "a.mp4", UNEVEN)
    monkeypatch.setattr(frames_module, "MAX_FRAMES", 5)
    with pytest.raises(MediaTooLarge, match="cut from it"):
        FrameTape(path)


def test_the_shelf_keeps_a_few_tapes(tmp_path: Path) -> None:
    paths = [counter_video(tmp_path / f"{k}.mp4", [0, 40]) for k in range(3)]
    shelf = TapeShelf(most=2)
    first = shelf.get(paths[0])
    assert shelf.get(paths[0]) is first
    for path in paths[1:]:
        shelf.get(path)
    with pytest.raises(UnreadableMedia, match="open it again"):
        first.read(0, 1)
    assert shelf.get(paths[0]) is not first
    shelf.close()


def test_a_folder_with_originals(tmp_path: Path) -> None:
    root = tmp_path / "clips"
    for name in ("FaceSwap/000_003.mp4", "FaceSwap/553_W040.mp4", "original/000.mp4", "DFDC/part_2/x.MP4", ".h/y.mp4"):
        touch(root / name)
    touch(root / "notes.txt")
    elsewhere = touch(tmp_path / "reals" / "x.mp4")
    found = {v.path: v for v in scan(root, elsewhere.parent)}
    assert sorted(found) == ["DFDC/part_2/x.MP4", "FaceSwap/000_003.mp4", "FaceSwap/553_W040.mp4"]
    swap = found["FaceSwap/000_003.mp4"]
    assert (swap.dataset, swap.manipulation, swap.label) == ("FaceForensics++", "FaceSwap", "fake")
    assert swap.original == root / "original" / "000.mp4"
    assert found["FaceSwap/553_W040.mp4"].dataset == "DeeperForensics-1.0"
    assert found["DFDC/part_2/x.MP4"].dataset == "DFDC"
    assert found["DFDC/part_2/x.MP4"].original == elsewhere
    assert {v.dataset for v in scan(root, dataset="mine")} == {"mine"}
    listed = {v.path: v for v in scan(root, list_originals=True)}
    assert (listed["original/000.mp4"].label, listed["original/000.mp4"].manipulation) == ("real", "original")


def test_an_own_folder_is_its_own_data_set_and_an_empty_one_is_an_error(tmp_path: Path) -> None:
    touch(tmp_path / "mine" / "a.mp4")
    (tmp_path / "mine" / "loop").symlink_to(tmp_path / "mine")
    (only,) = scan(tmp_path / "mine")
    assert (only.dataset, only.manipulation, only.original) == ("mine", "mine", None)
    (tmp_path / "none").mkdir()
    with pytest.raises(BadRequest, match="no video to annotate"):
        scan(tmp_path / "none")
    with pytest.raises(BadRequest, match="no folder"):
        scan(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("watched", "plays"), [(0, 0), (0.1, 1), (5, 1), (10, 1), (14, 1), (15, 2), (29, 3), (float("nan"), 0)]
)
def test_plays(watched: float, plays: int) -> None:
    assert plays_of(watched, 10.0) == plays


@pytest.mark.parametrize(
    ("plays", "artifacts", "original", "level"),
    [
        (0, 3, False, None),
        (1, 0, False, "medium"),
        (1, 1, False, "medium"),
        (1, 2, False, "easy"),
        (2, 2, False, "hard"),
        (1, 2, True, "hard"),
        (0, 0, True, "hard"),
    ],
)
def test_the_published_rule(plays: int, artifacts: int, original: bool, level: str | None) -> None:
    hint = suggest(plays, artifacts, original)
    assert isinstance(hint, Hint)
    assert hint.difficulty == level
    assert hint.reason


def test_artifacts_are_places_or_kinds() -> None:
    assert artifacts_in("") == 0
    assert artifacts_in("Something is unnatural.") == 1
    assert artifacts_in("The eyes are unnatural.") == 1
    assert artifacts_in("The mouth is blurry and flickers.") == 2
    assert artifacts_in("The mouth, the nose and both eyes are odd.") == 3


def test_spelling() -> None:
    pytest.importorskip("spellchecker", reason="the extra `retrieval` is not installed")
    from retrieval.annotate.spelling import Speller

    speller = Speller(["denivelations"])
    text = "Teh artifacts near his mouht’s edge aren't OK in the DFDC, denivelations flicker x2."
    found = speller.unknown(text)
    assert [w.word for w in found] == ["Teh", "mouht"]
    assert [text[w.start : w.end] for w in found] == ["Teh", "mouht"]
    assert speller.suggestions("mouht")[0] == "mouth"
    assert speller.suggestions("Teh")[0] == "The"
    assert speller.suggestions("blury")[0] == "blurry"
    speller.keep("Mouht")
    assert [w.word for w in speller.unknown(text)] == ["Teh"]
    begin = time.process_time()
    speller.suggestions("electroencephalographicallyy")
    assert time.process_time() - begin < 2


def twice(first: tuple[Click, ...], second: tuple[Click, ...], **second_changes: object) -> list:
    """One video by two people."""
    base = {"name": "v.mp4", "text": "The mouth is blurry", "difficulty": "easy", "regions": (), "kinds": ()}
    one = annotation(1, annotator="B", clicks=first, **base)
    return [one, annotation(2, annotator="A", clicks=second, **(base | second_changes))]


def test_agreement_by_hand() -> None:
    # 1000 x 500 px. B: frame 0 at (100, 100), 100 at (500, 250). A: frame 20 at (100, 160), 300 at (500, 250).
    rows = twice(
        (Click(0.1, 0.2, 0), Click(0.5, 0.5, 100)), (Click(0.1, 0.32, 20), Click(0.5, 0.5, 300)), difficulty="hard"
    )
    rows.append(annotation(3, annotator="A"))  # nobody else's
    (pair,) = agreement(rows, {"words": lambda a, b: float(len(a) + len(b))}, {rows[0].video: Facts(1000, 500, 25.0)})
    assert (pair.annotators, pair.videos, pair.clicked, pair.clicks, pair.nominal) == (("A", "B"), 1, 1, 4, 0)
    assert pair.text["words"] == 2
    assert pair.same_difficulty == 0
    narrow, middle, wide = pair.windows
    # 30 frames: B0 - A20 both ways; 50 px: the two at (500, 250), and those 60 px apart are not.
    assert (narrow.temporal, narrow.spatial, narrow.joint) == (0.5, 0.5, 0.0)
    assert (middle.temporal, middle.spatial, middle.joint) == (0.5, 1.0, 0.5)
    assert (wide.temporal, wide.spatial, wide.joint) == (0.75, 1.0, 0.5)  # B100 - A20, not A300


def test_agreement_without_clicks_sizes_or_company(encoder: WordEncoder) -> None:
    from retrieval.annotate.agreement import sentence_scorer

    rows = twice((), (Click(0.1, 0.2, 0),), text="The mouth is blurry")
    (pair,) = agreement(rows, {"sentence": sentence_scorer(encoder)})
    assert pair.windows == ()
    assert pair.nominal == 1
    assert pair.text["sentence"] == pytest.approx(1.0, abs=1e-5)
    assert pair.same_difficulty == 1
    assert agreement([annotation(1), annotation(2)]) == []


def test_times_stand_in_for_frames() -> None:
    rows = twice((Click(0.1, 0.2, time=2.0),), (Click(0.1, 0.2, frame=60),))
    (pair,) = agreement(rows, None, {rows[0].video: Facts(100, 100, 30.0)})
    assert pair.windows[0].joint == 1.0
