"""`python -m assistant scan`: a JSON line for each file, appended as soon as it is ready, resumable."""

import argparse
import contextlib
import json
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol, TextIO

from PIL import Image

from assistant.examiner import Examiner
from assistant.placement import Placement
from assistant.profiles import load_examiner
from assistant.region_query import faces_in_picture
from media.errors import BadRequest, ForgeryAssistantError, ReasonCode
from media.open import sha256_of, sniff
from media.overlay import draw_overlay
from media.records import Examination, FaceExamination

_LOG = logging.getLogger(__name__)
SUFFIXES = frozenset(
    ".jpg .jpeg .jpe .png .webp .bmp .tif .tiff .gif .heic .heif .avif .jp2 "
    ".mp4 .m4v .mov .avi .mkv .webm .mpg .mpeg .wmv .flv .ts .3gp".split()
)


class Engine(Protocol):
    """What examines the files of a scan; `checkpoint` names its detector."""

    checkpoint: str

    def lines(self, paths: Iterator[Path], tally: "Tally") -> Iterator[dict[str, Any]]:
        """The line of each path once, in any order, as soon as it is ready; `tally.begin` was called for each."""
        ...

    def close(self) -> None:
        """Free what it holds."""
        ...


class Tally:
    """The progress of a scan: how many of its files are through, said on stderr, and whether all were assessed."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.count = 0
        self.all_assessed = True

    def begin(self, path: Path) -> None:
        """Say that a file is next."""
        self.count += 1
        _progress(f"[{self.count}/{self.total}] {path}", end="")

    def end(self, line: dict[str, Any]) -> None:
        """Say what was found."""
        score = "" if line["score"] is None else f" ({line['score']:.0%})"
        _progress(f": {line['evidence']}{score}" + (f" [{line['reason']}]" if line["reason"] else ""))
        self.all_assessed &= line["status"] == "assessed"

    def skip(self, path: Path, status: str) -> None:
        """Say that a file has its line already."""
        self.begin(path)
        _progress(": already done")
        self.all_assessed &= status == "assessed"


class LocalEngine:
    """One file after another in this process."""

    def __init__(self, args: argparse.Namespace) -> None:
        device = Placement(args.device).detector
        self.examiner = load_examiner(args.profile, args.weights, frames=args.frames, device=device)
        self.checkpoint = self.examiner.checkpoint
        self.maps: Path | None = args.maps

    def lines(self, paths: Iterator[Path], tally: Tally) -> Iterator[dict[str, Any]]:
        """The lines of all paths, in their order."""
        for path in paths:
            tally.begin(path)
            yield scan_one(self.examiner, path, self.maps)

    def close(self) -> None:
        """Free the detector of faces."""
        self.examiner.close()


def run_scan(args: argparse.Namespace) -> int:
    """`scan`: a line for each file, appended as soon as it is ready."""
    files = list(expand(args.paths))
    tally = Tally(len(files))
    engine = _engine(args)
    out = None
    try:
        done = read_done(args.out, args.profile, engine.checkpoint) if args.out else {}
        out = _open_out(args.out) if args.out else sys.stdout
        with contextlib.redirect_stdout(sys.stderr):  # lines alone go to stdout; Ray prints what it retries
            for line in engine.lines(_left(files, done, tally), tally):
                out.write(json_line(line) + "\n")
                out.flush()
                tally.end(line)
    finally:
        if out is not None and args.out:
            out.close()
        engine.close()
    return 0 if tally.all_assessed else 1


def json_line(data: dict[str, Any]) -> str:
    """One line of JSON that any UTF-8 output takes: what is no text in a file's name becomes an escape of JSON's."""
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()


def _engine(args: argparse.Namespace) -> Engine:
    if args.engine == "local":
        if args.workers is not None or args.ray_address is not None:
            raise BadRequest("--workers and --ray-address are for --engine ray; add it, or leave them out.")
        return LocalEngine(args)
    if args.device != "cpu":
        raise BadRequest("The workers of --engine ray compute on processors: leave --device or --engine ray out.")
    from assistant.scan_ray import RayEngine

    return RayEngine(args)


def _left(files: Sequence[Path], done: dict[tuple[str, str], str], tally: Tally) -> Iterator[Path]:
    """Files that have no line yet, or one without a hash because they could not be opened.

    A file is hashed when it is its turn and only if it has a line.
    """
    known = {path for path, _ in done}
    for path in files:
        status = done.get((str(path), _hash_or_none(path) or "")) if str(path) in known else None
        if status is None:
            yield path
        else:
            tally.skip(path, status)


def expand(paths: Sequence[Path]) -> Iterator[Path]:
    """Files as given, folders searched for names that look like media, sorted, each once."""
    seen: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
            if not found:
                raise BadRequest(f"No photo or video was found in the folder {path}.")
        elif path.exists():
            found = [path]
        else:
            raise BadRequest(f"There is no file or folder {path}.")
        for item in found:
            if item not in seen:
                seen.add(item)
                yield item


def read_done(out: Path, profile: str, checkpoint: str) -> dict[tuple[str, str], str]:
    """Status by path and sha256 of what was done before with this detector; a line cut off by a crash is left out."""
    done: dict[tuple[str, str], str] = {}
    if not out.exists():
        return done
    with out.open(encoding="utf-8", errors="replace") as stream:  # read line by line: it may hold millions
        for text in stream:
            try:
                line = json.loads(text)
                if line["reason"] == "out_of_memory":
                    continue  # may work the next time
                if (line["profile"], line["checkpoint"]) == (profile, checkpoint):
                    done[line["path"], line["sha256"]] = line["status"]
            except (ValueError, KeyError, TypeError):
                continue
    return done


def _open_out(path: Path) -> TextIO:
    """Open for appending; a last line without its end is closed first so that the next one stands alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    broken = False
    if path.exists() and path.stat().st_size > 0:
        with path.open("rb") as written:
            written.seek(-1, os.SEEK_END)
            broken = written.read() != b"\n"
    stream = path.open("a", encoding="utf-8")
    if broken:
        stream.write("\n")
    return stream


def scan_one(examiner: Examiner, path: Path, maps: Path | None = None) -> dict[str, Any]:
    """The line of one file; a file that cannot be read gives a not_assessed line with its reason code."""
    try:
        examination = examiner.examine(path)
    except ForgeryAssistantError as error:
        code, message = error.code, error.message
    except MemoryError:
        code, message = "out_of_memory", "Not enough memory for this file."
    except OSError as error:
        code, message = "decode_error", f"The file cannot be opened: {error.strerror}."
    except Exception as error:  # one odd file must not end a long scan; it is said, and the trace is logged
        _LOG.exception("unexpected failure at %s", path)
        code, message = "decode_error", f"Unexpected failure: {error!r}"
    else:
        line = scan_line(examination)
        line["path"] = str(path)
        if maps is not None and line["status"] == "assessed":
            line["map"] = str(write_map(examination, path, maps))
        return line
    return failed_line(path, code, message, examiner.profile, examiner.checkpoint)


def scan_line(examination: Examination) -> dict[str, Any]:
    """The JSON line of one examined file."""
    assessed = examination.score is not None
    return {
        "path": examination.media.path,
        "sha256": examination.media.sha256,
        "kind": examination.media.kind,
        "status": "assessed" if assessed else "not_assessed",
        "reason": examination.reason,
        "score": _rounded(examination.score),
        "evidence": examination.word,
        "verdict": examination.verdict,
        "faces": [_face_line(face) for face in examination.faces],
        "frames": [{"time": round(t, 3), "score": _rounded(s)} for t, s in examination.frames],
        "map": None,
        "profile": examination.profile,
        "checkpoint": examination.checkpoint,
        "elapsed_s": examination.elapsed_s,
    }


def _face_line(face: FaceExamination) -> dict[str, Any]:
    return {
        "id": face.face.id,
        "box": [round(float(v), 1) for v in face.face.box],
        "time": None if face.face.time is None else round(face.face.time, 3),
        "score": _rounded(face.evidence.score),
        "evidence": face.evidence.word,
        "reason": face.evidence.reason,
        "regions": [{"id": r.id, "name": r.name, "score": _rounded(r.score)} for r in face.evidence.regions],
        "track": face.track,
        "motion": None if face.motion is None else _rounded(face.motion.score),
    }


def failed_line(path: Path, code: ReasonCode, message: str, profile: str, checkpoint: str) -> dict[str, Any]:
    """The JSON line of a file that could not be assessed; the message goes to stderr."""
    _progress(f": {message}", end="")
    return {
        "path": str(path),
        "sha256": _hash_or_none(path),
        "kind": _kind_or_none(path),
        "status": "not_assessed",
        "reason": code,
        "score": None,
        "evidence": "could not be assessed",
        "verdict": "not_assessed",
        "faces": [],
        "frames": [],
        "map": None,
        "profile": profile,
        "checkpoint": checkpoint,
        "elapsed_s": 0.0,
    }


def write_map(examination: Examination, path: Path, folder: Path) -> Path:
    """The picture with its map laid over, named after the file and its hash; overwritten on a second run."""
    assert examination.picture is not None, "an assessed file has a picture"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{path.stem}-{examination.media.sha256[:12]}.png"
    Image.fromarray(draw_overlay(examination.picture, faces_in_picture(examination))).save(target)
    return target


def _hash_or_none(path: Path) -> str | None:
    try:
        return sha256_of(path)
    except OSError:
        return None


def _kind_or_none(path: Path) -> str | None:
    try:
        return sniff(path)
    except (ForgeryAssistantError, OSError):
        return None


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(float(score), 4)


def _progress(text: str, end: str = "\n") -> None:
    print(text, end=end, file=sys.stderr, flush=True)
