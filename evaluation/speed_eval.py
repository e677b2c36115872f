"""Speed on this machine: a photo examined warm, a follow-up against starting anew, the page's start."""

import os
import platform
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evaluation.context import ROOT, Context
from evaluation.results import Bar, Figures, Item, ItemLog

PART = "speed"
REPEATS = 5
PAGE_LIMIT_S = 90.0
FIRST_QUESTION = "Is this a deepfake image?"
FOLLOW_UP = "Why do you think so?"


def run(context: Context) -> None:
    """Measure anew each time; times of another day and machine are not continued."""
    log = context.log(PART, rooms=("kfd", "prompt_learner", "language_model"), machine=_machine(), at=str(time.time()))
    photo = sample_photo(context.out / "speed")
    _examine_times(context, photo, log)
    _conversation_times(context, photo, log)
    for number in range(2):
        log.add(f"page/{number}", kind="page", seconds=page_start(ROOT, context), repeat=number)


def _machine() -> dict[str, Any]:
    import torch

    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "torch_threads": torch.get_num_threads(), "processor": platform.machine(), "python": platform.python_version(),
    }  # fmt: skip


def sample_photo(folder: Path) -> Path:
    """The astronaut photo of scikit-image as a JPEG of 512 x 512 pixels."""
    from PIL import Image
    from skimage.data import astronaut

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "astronaut.jpg"
    Image.fromarray(astronaut()).save(path, quality=92)
    return path


def _examine_times(context: Context, photo: Path, log: ItemLog) -> None:
    context.assistant.examine(photo)
    for number in range(REPEATS):
        start = time.perf_counter()
        context.assistant.examine(photo)
        log.add(f"examine/{number}", kind="examine", seconds=time.perf_counter() - start, repeat=number)


def first_token_seconds(pieces: Iterator[str], start: float) -> float:
    """Seconds from `start` to the first non-empty piece; the rest of the answer is read to its end afterwards."""
    first = None
    for piece in pieces:
        if first is None and piece:
            first = time.perf_counter() - start
    return first if first is not None else time.perf_counter() - start


@contextmanager
def first_token_clock(llm: Any) -> Iterator[list[float]]:
    """Notes in a list when the language model has chosen its first token inside the block (at most one entry)."""
    seen: list[float] = []
    original = llm.next_logits

    def timed(*args: Any, **kwargs: Any) -> Any:
        logits = original(*args, **kwargs)
        if not seen:
            seen.append(time.perf_counter())
        return logits

    llm.next_logits = timed
    try:
        yield seen
    finally:
        del llm.next_logits


def _conversation_times(context: Context, photo: Path, log: ItemLog) -> None:
    """The same question as a follow-up, and on a photo that has to be examined and read anew; in turns, one run."""
    llm = context.assistant.language[0]
    for number in range(REPEATS + 1):
        talk = context.assistant.conversation(context.assistant.examine(photo))
        first_token_seconds(talk.ask(FIRST_QUESTION), 0.0)
        start = time.perf_counter()
        with first_token_clock(llm) as token:
            words = first_token_seconds(talk.ask(FOLLOW_UP), start)
        follow = token[0] - start
        start = time.perf_counter()
        with first_token_clock(llm) as token:
            anew = context.assistant.conversation(context.assistant.examine(photo))
            fresh_words = first_token_seconds(anew.ask(FOLLOW_UP), start)
        if number:  # the first round warms up
            log.add(
                f"follow_up/{number}", kind="follow_up", seconds=follow, anew_seconds=token[0] - start,
                words_seconds=words, anew_words_seconds=fresh_words, repeat=number,
            )  # fmt: skip


def page_start(root: Path, context: Context) -> float | None:
    """Seconds until `app.py`, started as its own process, answers on its port; None when it does not in time."""
    if not (root / "app.py").is_file():
        return None
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "app.py", "--profile", context.profile, "--host", "127.0.0.1", "--port", str(port)]
    if context.weights is not None:
        command += ["--weights", str(context.weights)]
    start = time.perf_counter()
    options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
    process = subprocess.Popen(command, cwd=root, **options)
    try:
        return _wait_for(f"http://127.0.0.1:{port}/", process, start)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_for(address: str, process: subprocess.Popen, start: float) -> float | None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.perf_counter() - start < PAGE_LIMIT_S and process.poll() is None:
        try:
            with opener.open(address, timeout=5) as answer:
                if answer.status == 200:
                    return time.perf_counter() - start
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return None


def figures(items: Sequence[Item]) -> Figures:
    """Medians; the ratio is the median of the single rounds' ratios. The page counts its slower start.

    Words are shown sentence by sentence, once the checker has seen them; their times are given beside the token's.
    """
    examine = [i["seconds"] for i in items if i["kind"] == "examine"]
    rounds = [i for i in items if i["kind"] == "follow_up"]
    pages = [i["seconds"] for i in items if i["kind"] == "page"]
    return {
        "examine_s": statistics.median(examine) if examine else None,
        "follow_up_first_token_s": statistics.median(i["seconds"] for i in rounds) if rounds else None,
        "anew_first_token_s": statistics.median(i["anew_seconds"] for i in rounds) if rounds else None,
        "follow_up_ratio": statistics.median(i["anew_seconds"] / i["seconds"] for i in rounds) if rounds else None,
        "follow_up_first_words_s": statistics.median(i["words_seconds"] for i in rounds) if rounds else None,
        "anew_first_words_s": statistics.median(i["anew_words_seconds"] for i in rounds) if rounds else None,
        "page_s": max(pages) if pages and None not in pages else None,
    }


def bars(found: Figures) -> list[Bar]:
    """The promises on speed, for two cores."""
    return [
        Bar(PART, "photo examined, warm (s)", found["examine_s"], 1.5, "<="),
        Bar(PART, "examining and answering anew / follow-up, first token", found["follow_up_ratio"], 3.0, ">="),
        Bar(PART, "page answers after (s)", found["page_s"], 20.0, "<="),
    ]
