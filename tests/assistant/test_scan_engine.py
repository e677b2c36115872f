"""What the scan does with what its workers say, without Ray: nothing lost, nothing twice, an end to every scan."""

import io
import json
import os
import shutil
import socket
import sys
from argparse import Namespace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from PIL import Image

from assistant.cli import main
from assistant.profiles import CHECKPOINTS, detectors_digest
from assistant.scan import Tally, read_done
from assistant.scan_ray import BUNDLE, BUNDLE_BYTES, FILES, RayEngine, Scanner
from media.errors import BadRequest, ForgeryAssistantError, MissingCheckpoint


@pytest.fixture
def photo(astronaut: np.ndarray, tmp_path: Path) -> Path:
    path = tmp_path / "photo.png"
    Image.fromarray(astronaut[:256, 96:352]).save(path)
    return path


def options(**other: Any) -> Namespace:
    given = {"profile": "tiny", "weights": None, "frames": 1, "maps": None, "ray_address": None, "workers": 2}
    return Namespace(**{**given, **other})


def test_a_scan_with_nothing_left_to_do_starts_no_cluster(photo: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    out = tmp_path / "out.jsonl"
    command = ["scan", str(photo), "--profile", "tiny", "--out", str(out)]
    assert main(command) == 0
    before = out.read_text()
    assert main([*command, "--engine", "ray"]) == 0
    assert out.read_text() == before
    out.unlink()
    assert main([*command, "--engine", "ray"]) == 2  # without the line, Ray is asked for


def test_what_cannot_be_is_said(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadRequest, match="at least 1, got 0"):
        RayEngine(options(workers=0))
    for address in ("ray://head:10001", "head"):
        with pytest.raises(BadRequest, match=f"HOST:PORT of the cluster's head, got {address}"):
            RayEngine(options(ray_address=address))
    with pytest.raises(MissingCheckpoint, match="--weights DIR"):
        RayEngine(options(profile="openclip"))
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingCheckpoint, match="uv sync --extra cluster"):
        list(RayEngine(options()).lines(iter([photo]), Tally(1)))


def test_a_worker_says_what_it_begins_and_bundles_the_same_way_again(
    photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanner = Scanner("tiny", None, 1, None, "tiny-0", "tiny-0")
    monkeypatch.setattr(scanner, "line", lambda path: {"path": str(path)})
    big = photo.with_name("big.png")
    big.write_bytes(bytes(BUNDLE_BYTES))
    paths = [*[photo] * (BUNDLE + 1), big, photo.with_name("missing.png")]
    block = {"number": np.arange(100, 100 + len(paths)), "path": [os.fsencode(path) for path in paths]}
    said = [json.loads(row["said"][0]) for row in scanner(block)]
    assert said[0] == {"begun": list(range(100, 100 + len(paths))), "lines": []}
    assert [len(row["lines"]) for row in said[1:]] == [BUNDLE, 2, 1]
    lines = [line for row in said[1:] for line in row["lines"]]
    assert lines == [[100 + n, {"path": str(path)}, ""] for n, path in enumerate(paths)]


def test_a_failure_that_is_no_files_ends_the_scan(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scanner = Scanner("tiny", None, 1, photo / "no folder", "tiny-0", "tiny-0")
    said = [json.loads(row["said"][0]) for row in scanner({"number": [5], "path": [os.fsencode(photo)]})]
    assert said[1]["lines"][0][:2] == [5, None]
    said[0]["begun"], said[1]["lines"][0][0] = [0], 0
    engine = engine_of(monkeypatch, [said])
    with pytest.raises(ForgeryAssistantError, match=r"stopped at .*photo\.png: NotADirectoryError"):
        list(engine.lines(iter([photo]), Tally(1)))


def test_a_worker_with_other_weights_is_refused() -> None:
    given = RayEngine(options()).given
    assert Scanner(**given).examiner.checkpoint == "tiny-0"
    with pytest.raises(MissingCheckpoint, match="tiny-0 in the place of kfd-1"):
        Scanner(**{**given, "checkpoint": "kfd-1"})
    with pytest.raises(MissingCheckpoint, match=r"tiny-0 with another config\.json .* another fakestormer/"):
        Scanner(**{**given, "digest": "another"})


@pytest.mark.parametrize("part", ["kfd", "fakestormer"])
@pytest.mark.parametrize("file", ["model.safetensors", "config.json", "meta.json"])
def test_every_file_that_changes_a_score_changes_what_workers_are_asked_for(
    tmp_path: Path, part: str, file: str
) -> None:
    for name in ("kfd", "fakestormer"):
        (tmp_path / name).mkdir()
        for other in ("model.safetensors", "config.json", "meta.json"):
            (tmp_path / name / other).write_text(f"{name} {other}")
    before = RayEngine(options(profile="embedded", weights=tmp_path)).given["digest"]
    (tmp_path / "kfd" / "notes.txt").write_text("not read")
    assert detectors_digest("embedded", tmp_path) == before
    (tmp_path / part / file).write_text("other")
    assert detectors_digest("embedded", tmp_path) != before


def test_a_missing_video_detector_is_another_one(tmp_path: Path) -> None:
    for name in ("kfd", "fakestormer"):
        shutil.copytree(CHECKPOINTS / "embedded" / name, tmp_path / name)
    given = RayEngine(options(profile="embedded", weights=tmp_path)).given
    assert Scanner(**given).examiner.clip is not None
    shutil.rmtree(tmp_path / "fakestormer")
    with pytest.raises(MissingCheckpoint, match="or none: put the same weights under the same path"):
        Scanner(**given)


class Refused(Exception):
    """What Ray raises when it wants another token."""


def fake_ray(monkeypatch: pytest.MonkeyPatch, seen: list[str | None]) -> None:
    """A module ray whose cluster refuses; what mode it was begun in goes into `seen`."""

    def init(*_: Any, **__: Any) -> None:
        seen.append(os.environ.get("RAY_AUTH_MODE"))
        raise Refused("Unauthenticated")

    modules = {name: ModuleType(name) for name in ("ray", "ray.data", "ray.exceptions")}
    vars(modules["ray.exceptions"])["RayError"] = Refused
    vars(modules["ray"]).update(init=init, data=modules["ray.data"], exceptions=modules["ray.exceptions"])
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)


@pytest.mark.serves
def test_a_token_is_used_and_a_refused_one_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str | None] = []
    fake_ray(monkeypatch, seen)
    monkeypatch.setattr(os, "environ", {"RAY_AUTH_TOKEN": "SECRET"})
    with socket.create_server(("127.0.0.1", 0)) as listener:
        engine = RayEngine(options(ray_address=f"127.0.0.1:{listener.getsockname()[1]}"))
        for mode in (None, "disabled"):
            if mode is not None:
                os.environ["RAY_AUTH_MODE"] = mode
            with pytest.raises(BadRequest, match="or it wants another token.* RAY_AUTH_TOKEN") as caught:
                list(engine.lines(iter([Path("a")]), Tally(1)))
            assert "SECRET" not in caught.value.message + caught.value.detail
    assert seen == ["token", "disabled"]


def test_two_workers_when_nothing_is_said() -> None:
    assert RayEngine(options(workers=None)).workers == 2


def begun(*numbers: int) -> dict[str, Any]:
    return {"begun": list(numbers), "lines": []}


def done(*found: tuple[int, Path]) -> dict[str, Any]:
    lines = [[number, {"path": "elsewhere", "map": None, "name": str(path)}, ""] for number, path in found]
    return {"begun": [], "lines": lines}


class Lost(Exception):
    """What Ray raises when a machine is lost."""


class Rays:
    """Stands for the module ray."""

    class exceptions:
        RayError = Lost

    @staticmethod
    def shutdown() -> None:
        return


def engine_of(monkeypatch: pytest.MonkeyPatch, passes: list[list[Any]]) -> RayEngine:
    """An engine whose passes give these rows; an exception among them ends a pass."""
    engine = RayEngine(options())
    monkeypatch.setattr("assistant.scan_ray._started", lambda *_: Rays)

    def one(_ray: Any, left: dict[int, Path], _blamed: Any):
        for item in passes.pop(0):
            if isinstance(item, Exception):
                raise item
            yield item

    monkeypatch.setattr(engine, "_pass", one)
    return engine


def test_lines_that_come_twice_are_dropped_and_lost_ones_are_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    a, b, c = paths = [Path("a"), Path("b"), Path("c")]
    first = [begun(0, 1), done((0, a)), begun(0, 1), done((0, a)), begun(2), done((2, c)), Lost("a machine is gone")]
    passes = [first, [begun(1), done((1, b)), begun(2), done((2, c))]]
    engine = engine_of(monkeypatch, passes)
    found = list(engine.lines(iter(paths), Tally(3)))
    assert [(line["path"], line["name"]) for line in found] == [("a", "a"), ("c", "c"), ("b", "b")]
    assert passes == []


def test_only_a_file_that_was_in_hand_twice_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    a, b, c, d = paths = [Path("a"), Path("b"), Path("c"), Path("d")]
    passes = [[begun(0, 1, 2), done((0, a))], [begun(1), begun(2), done((2, c))], [begun(3), done((3, d))]]
    engine = engine_of(monkeypatch, passes)
    found = list(engine.lines(iter(paths), Tally(4)))
    reasons = [(line["path"], line.get("reason")) for line in found]
    assert reasons == [("a", None), ("c", None), ("b", "decode_error"), ("d", None)]


def test_a_cluster_that_does_nothing_ends_the_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = engine_of(monkeypatch, [[Lost("planted\ndisk is full")]])
    with pytest.raises(Exception, match="No worker of the Ray cluster could work: disk is full"):
        list(engine.lines(iter([Path("a")]), Tally(1)))
    silent = engine_of(monkeypatch, [[], []])
    assert [line["status"] for line in silent.lines(iter([Path("a")]), Tally(1))] == ["not_assessed"]


def test_millions_of_files_go_to_ray_in_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.scan_ray.SHARE", FILES)
    asked: list[int] = []
    engine = RayEngine(options())
    monkeypatch.setattr("assistant.scan_ray._started", lambda *_: Rays)

    def one(_ray: Any, left: dict[int, Path], _blamed: Any):
        asked.append(len(left))
        yield done(*left.items())

    monkeypatch.setattr(engine, "_pass", one)
    names = [f"{n}" for n in range(5 * FILES)]
    found = list(engine.lines(map(Path, names), Tally(len(names))))
    assert [line["path"] for line in found] == names
    assert asked == [2 * FILES, 2 * FILES, FILES]


def test_what_was_done_with_another_detector_is_not_done(photo: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert main(["scan", str(photo), "--profile", "tiny", "--out", str(out)]) == 0
    assert list(read_done(out, "tiny", "tiny-0").values()) == ["assessed"]
    assert read_done(out, "tiny", "tiny-1") == {}
    assert read_done(out, "embedded", "tiny-0") == {}


def test_a_name_that_is_no_text_gets_its_line(photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = os.fsdecode(os.fsencode(str(tmp_path)) + b"/odd-\xff.png")
    try:
        shutil.copy(photo, odd)
    except OSError:
        pytest.skip("this file system has no such names")
    out = tmp_path / "out.jsonl"
    command = ["scan", odd, "--profile", "tiny", "--out", str(out)]
    assert main(command) == 0
    assert json.loads(out.read_text())["path"] == odd
    assert main(command) == 0
    assert out.read_bytes().count(b"\n") == 1
    for other in (command[:-2], ["ask", odd, "Is it fake?", "--json", "--profile", "tiny"]):
        said = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(said, "utf-8", write_through=True))
        assert main(other) == 0
        assert json.loads(said.getvalue())["path"] == odd
