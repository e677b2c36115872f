"""The page's server without a browser: its interface, its errors, and a server that is killed."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("sqlalchemy", reason="the extra `retrieval` is not installed")

from starlette.testclient import TestClient

from retrieval.__main__ import main
from retrieval.annotate.desk import Desk, Options
from retrieval.annotate.server import CHUNK, build_app
from retrieval.annotations import read_jsonl
from retrieval.exddv import read_exddv
from simulation.video_preview import write_video
from tests.retrieval.conftest import WordEncoder
from tests.retrieval.test_annotate_parts import unpack

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("FaceSwap/000_003.mp4", "FaceSwap/001_870.mp4", "original/000.mp4")
Save = dict[str, Any]


def moved(photo: NDArray[np.uint8], count: int = 20) -> list[NDArray[np.uint8]]:
    """The photo, moved a little from frame to frame."""
    return [np.ascontiguousarray(photo[k : k + 240, 60 + 2 * k : 380 + 2 * k]) for k in range(count)]


def write_folder(folder: Path, photo: NDArray[np.uint8]) -> Path:
    """Two forgeries, and the original of the first."""
    for name in NAMES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_video(folder / name, moved(photo), rate=10)
    return folder


def body(**changes: Any) -> Save:
    """What the page sends."""
    clicks = [{"frame": 3, "time": 0.3, "x": 0.25, "y": 1 / 3}]
    draft = {
        "annotator": "Ada",
        "text": "The mouth is blurry",
        "clicks": clicks,
        "difficulty": None,
        "watched": 0.0,
        "used_original": False,
        "done": False,
        "revision": 0,
    }
    return draft | changes


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from skimage import data

    return write_folder(tmp_path_factory.mktemp("clips"), data.astronaut())


@pytest.fixture
def client(folder: Path, tmp_path: Path) -> Iterator[TestClient]:
    options = Options(folder, db=f"sqlite:///{tmp_path / 'a.sqlite'}", index=tmp_path / "index", licence="CC BY 4.0")
    with Desk(options, WordEncoder) as desk:
        yield TestClient(build_app(desk))


def ids(client: TestClient, annotator: str = "Ada") -> dict[str, int]:
    return {v["path"]: v["id"] for v in client.get(f"/api/videos?annotator={annotator}").json()["videos"]}


def test_the_pages_and_their_files_are_there(client: TestClient) -> None:
    for page in ("/", "/agreement"):
        answer = client.get(page)
        assert answer.status_code == 200
        for path in re.findall(r'(?:src|href)="(/static/[^"]+)"', answer.text):
            assert client.get(path).status_code == 200
        assert "https:" not in answer.text
        assert answer.headers["content-security-policy"].startswith("default-src 'self'")
    assert client.get("/static/../server.py").status_code == 404
    assert client.get("/nothing").json()["error"]


def test_a_video_is_opened_saved_and_resumed(client: TestClient) -> None:
    one = ids(client)[NAMES[0]]
    opened = client.get(f"/api/videos/{one}?annotator=Ada").json()
    assert (opened["video"]["frames"], opened["video"]["width"], opened["video"]["height"]) == (20, 320, 240)
    assert opened["original"]["name"] == "000.mp4"
    assert opened["annotation"]["revision"] == 0
    saved = client.put(f"/api/annotations/{one}", json=body(watched=2.0))
    assert saved.json()["revision"] == 1
    assert saved.json()["hint"]["difficulty"] == "medium"
    again = client.get(f"/api/videos/{one}?annotator=Ada").json()["annotation"]
    assert (again["text"], again["clicks"], again["watched"]) == ("The mouth is blurry", body()["clicks"], 2.0)
    assert client.get(f"/api/videos/{one}?annotator=Bob").json()["annotation"]["text"] == ""
    (entry,) = [v for v in client.get("/api/videos?annotator=Ada").json()["videos"] if v["id"] == one]
    assert (entry["status"], entry["clicks"], entry["original"]) == ("begun", 1, True)


def test_frames_come_by_number(client: TestClient) -> None:
    one = ids(client)[NAMES[0]]
    first = unpack(client.get(f"/api/videos/{one}/video/frames/0").content)
    rest = unpack(client.get(f"/api/videos/{one}/original/frames/{CHUNK}").content)
    assert (len(first), len(rest)) == (CHUNK, 20 - CHUNK)
    assert [seconds for seconds, _ in first] == [pytest.approx(k / 10) for k in range(CHUNK)]
    times = client.get(f"/api/videos/{one}/video/times?from=18").json()
    assert times == {"times": [pytest.approx(1.8), pytest.approx(1.9)], "ended": True, "error": ""}
    two = ids(client)[NAMES[1]]
    for path, status in (
        (f"/api/videos/{one}/video/frames/20", 400),
        (f"/api/videos/{two}/original/frames/0", 400),
        ("/api/videos/999/video/frames/0", 404),
        (f"/api/videos/{one}/video/times?from=-1", 400),
        (f"/api/videos/{one}/else/times", 400),
    ):
        answer = client.get(path)
        assert (answer.status_code, bool(answer.json()["error"])) == (status, True), path


def test_what_cannot_be_saved_is_said(client: TestClient) -> None:
    one = ids(client)[NAMES[0]]
    address = f"/api/annotations/{one}"
    click = body()["clicks"][0]
    for wrong, status in (
        (body(annotator=" "), 400),
        (body(clicks=[click, click]), 400),
        (body(clicks=[click | {"x": 1.5}]), 400),
        (body(clicks=[click | {"time": "NaN"}]), 400),
        (body(clicks="none"), 400),
        (body(text=3), 400),
        (body(done=True), 400),
        (body(difficulty="extreme"), 400),
        (body(revision=4), 409),
        ({}, 400),
    ):
        answer = client.put(address, json=wrong)
        assert (answer.status_code, bool(answer.json()["error"])) == (status, True), wrong
    assert client.put("/api/annotations/999", json=body()).status_code == 404
    assert client.put(address, content=b"[]", headers={"content-type": "application/json"}).status_code == 400
    assert client.put(address, content=b"{", headers={"content-type": "application/json"}).status_code == 400
    assert (
        client.put(address, content=b"x" * 2_000_000, headers={"content-type": "application/json"}).status_code == 400
    )
    assert client.get(f"/api/videos/{one}?annotator=Ada").json()["annotation"]["revision"] == 0


def test_other_sites_are_kept_out(client: TestClient) -> None:
    one = ids(client)[NAMES[0]]
    plain = client.put(f"/api/annotations/{one}", content=b"{}", headers={"content-type": "text/plain"})
    assert (plain.status_code, plain.json()["error"]) == (400, "Send JSON.")
    assert client.get("/api/videos", headers={"host": "evil.example"}).status_code == 400


def finish(client: TestClient, name: str, annotator: str, **changes: Any) -> None:
    save = body(annotator=annotator, difficulty="easy", done=True, **changes)
    assert client.put(f"/api/annotations/{ids(client)[name]}", json=save).status_code == 200


def test_export_and_index(client: TestClient, tmp_path: Path) -> None:
    from retrieval.index import AnnotationIndex

    assert client.post("/api/index", json={}).json()["error"]
    assert client.get("/api/export").json()["rows"] == 0
    finish(client, NAMES[0], "Ada", text=" The mouth\n is  blurry ")
    finish(client, NAMES[0], "Bob", clicks=[])
    finish(client, NAMES[1], "Ada")
    client.put(f"/api/annotations/{ids(client)[NAMES[1]]}", json=body(annotator="Bob"))  # begun, not done
    assert client.get("/api/export").json()["rows"] == 3
    (tmp_path / "a.csv").write_bytes(client.get("/api/export/annotations.csv").content)
    rows, report = read_exddv(tmp_path / "a.csv")
    assert (report.rows, report.dropped, [a.annotator for a in rows]) == (3, [], ["Ada", "Bob", "Ada"])
    assert (rows[0].text, rows[0].clicks[0].frame, rows[0].clicks[0].y) == ("The mouth is blurry", 3, 1 / 3)
    (tmp_path / "a.jsonl").write_bytes(client.get("/api/export/annotations.jsonl").content)
    records = read_jsonl(tmp_path / "a.jsonl")
    assert {a.licence for a in records} == {"CC BY 4.0"}
    assert records[0].clicks[0].time == 0.3
    assert client.post("/api/index", json={}).json()["items"] == 3
    again = client.post("/api/index", json={}).json()
    assert (again["added"], again["items"]) == (3, 3)
    assert {i.annotation for i in AnnotationIndex.load(tmp_path / "index").items.values()} == set(records)


def test_agreement(client: TestClient) -> None:
    assert client.get("/api/agreement").json()["pairs"] == []
    for annotator in ("Ada", "Bob"):
        client.get(f"/api/videos/{ids(client)[NAMES[0]]}?annotator={annotator}")
        finish(client, NAMES[0], annotator)
    (pair,) = client.get("/api/agreement").json()["pairs"]
    assert (pair["annotators"], pair["videos"], pair["nominal"]) == (["Ada", "Bob"], 1, 0)
    assert pair["text"]["sentence"] == pytest.approx(1, abs=1e-5)
    assert [w["joint"] for w in pair["windows"]] == [1, 1, 1]


def test_spelling_and_kept_words(client: TestClient) -> None:
    def unknown() -> list[str]:
        return client.post("/api/spelling", json={"text": "mouht mouht bindi"}).json()["unknown"]

    assert unknown() == ["mouht", "bindi"]
    assert client.get("/api/suggestions?word=mouht").json()["suggestions"][0] == "mouth"
    assert client.post("/api/words", json={"word": "bindi"}).status_code == 200
    assert unknown() == ["mouht"]
    assert client.post("/api/words", json={"word": "two words"}).status_code == 400


def test_a_broken_original_is_said_and_a_broken_video_too(folder: Path, tmp_path: Path) -> None:
    clips = tmp_path / "clips"
    for name in NAMES:
        (clips / name).parent.mkdir(parents=True, exist_ok=True)
        (clips / name).write_bytes((folder / name).read_bytes())
    (clips / NAMES[2]).write_bytes(b"no video")
    (clips / NAMES[1]).write_bytes(b"no video")
    with Desk(Options(clips), WordEncoder) as desk:
        client = TestClient(build_app(desk))
        known = ids(client)
        assert client.get(f"/api/videos/{known[NAMES[0]]}?annotator=Ada").json()["original"]["error"]
        broken = client.get(f"/api/videos/{known[NAMES[1]]}?annotator=Ada")
        assert (broken.status_code, bool(broken.json()["error"])) == (422, True)
        saved = client.put(f"/api/annotations/{known[NAMES[1]]}", json=body(watched=1.0)).json()
        assert (saved["revision"], saved["hint"]["difficulty"]) == (1, None)  # what was written is kept all the same
    assert (clips / "annotations.sqlite").is_file()


def start(folder: Path, port: int = 0) -> tuple[subprocess.Popen[str], str]:
    """The command in a process of its own, and its address."""
    command = [sys.executable, "-m", "retrieval", "annotate", str(folder), "--port", str(port), "--no-browser"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"http://[\d.:]+/", line):
            address = found[0]
            break
    else:
        pytest.fail("the server did not start")
    until(lambda: httpx.get(f"{address}api/videos").status_code == 200)
    return process, address


def until(condition: Callable[[], bool]) -> None:
    """Wait for a server to answer."""
    for _ in range(600):
        try:
            if condition():
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    pytest.fail("waited in vain")


@pytest.mark.serves
def test_a_killed_server_loses_nothing_that_was_saved(folder: Path, tmp_path: Path) -> None:
    clips = tmp_path / "clips"
    (clips / NAMES[0]).parent.mkdir(parents=True)
    (clips / NAMES[0]).write_bytes((folder / NAMES[0]).read_bytes())
    process, address = start(clips)
    try:
        one = httpx.get(f"{address}api/videos").json()["videos"][0]["id"]
        revision = 0
        for count in range(1, 6):  # a sentence grows, and is saved word by word
            save = body(text=" ".join(["The mouth is blurry"] * count), revision=revision)
            revision = httpx.put(f"{address}api/annotations/{one}", json=save, timeout=60).json()["revision"]
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    process, address = start(clips, int(address.rstrip("/").rsplit(":", 1)[1]))  # the same port, at once
    try:
        found = httpx.get(f"{address}api/videos/{one}?annotator=Ada", timeout=60).json()["annotation"]
        assert (found["text"], found["revision"]) == (save["text"], 5)
        assert found["clicks"] == save["clicks"]
        assert main(["annotate", str(clips), "--port", address.rstrip("/").rsplit(":", 1)[1]]) == 2
    finally:
        process.terminate()
        process.wait(timeout=60)


def test_commands(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = f"sqlite:///{tmp_path / 'a.sqlite'}"
    with Desk(Options(folder, db=db), WordEncoder) as desk:
        client = TestClient(build_app(desk))
        for annotator in ("Ada", "Bob"):
            finish(client, NAMES[0], annotator)
    command = ["annotate", str(folder), "--db", db, "--licence", "CC0", "--export"]
    assert main([*command, str(tmp_path / "a.csv")]) == 0
    assert main([*command, str(tmp_path / "a.jsonl")]) == 0
    assert len(read_exddv(tmp_path / "a.csv")[0]) == len(read_jsonl(tmp_path / "a.jsonl")) == 2
    assert main([*command, str(tmp_path / "a.txt")]) == 2
    assert "to a .csv or a .jsonl" in capsys.readouterr().err
    for name in ("a.csv", "a.jsonl"):
        assert main(["agreement", str(tmp_path / name), "--no-text", "--videos", str(folder)]) == 0
        said = capsys.readouterr().out
        assert "Ada and Bob: 1 videos, 2 clicks on 1" in said
        assert "100.0% / 100.0% / 100.0% (published: 54.7% / 79.6% / 35.1%)" in said
        assert "unknown size" not in said
    assert main(["annotate", str(tmp_path / "nowhere")]) == 2
    assert "There is no folder" in capsys.readouterr().err
