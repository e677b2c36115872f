"""Time and memory of a video's examination: `python -m evaluation.video_speed FILE`."""

import argparse
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

from media.video import VideoReader

PARTS = ("decode", "detect", "embed", "score")


def shares(examiner: Any, path: Path) -> dict[str, float]:
    """Seconds of one examination: decode, detect (faces, landmarks, quality), embed (the network), score (the rest)."""
    spent: dict[str, float] = defaultdict(float)

    def timed(part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            start = time.perf_counter()
            result = function(*args, **kwargs)
            spent[part] += time.perf_counter() - start
            return result

        return call

    read = VideoReader.read

    def reading(self: VideoReader, *args: Any, **kwargs: Any) -> Iterator[Any]:
        frames = read(self, *args, **kwargs)
        yield from iter(timed("decode", lambda: next(frames, None)), None)

    find, run = timed("detect", examiner._find), timed("embed", examiner.predictor.run)
    with (
        mock.patch.object(VideoReader, "read", reading),
        mock.patch.object(examiner, "_find", find),
        mock.patch.object(examiner.predictor, "run", run),
    ):
        start = time.perf_counter()
        examiner.examine(path)
        spent["all"] = time.perf_counter() - start
    spent["score"] = spent["all"] - sum(spent[part] for part in PARTS[:3])
    return dict(spent)


def peak_memory() -> float:
    """The most that this process has held in main memory so far, libraries included, in GB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * (1 if sys.platform == "darwin" else 1024) / 1e9


def main(argv: Sequence[str] | None = None) -> None:
    """Print one line a part, and the peak of memory before and after."""
    from assistant.profiles import load_examiner

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    path = parser.parse_args(argv).file
    examiner = load_examiner("embedded", frames=32)
    examiner.warm()
    before = peak_memory()
    spent = shares(examiner, path)
    for part in (*PARTS, "all"):
        print(f"{part:8}{spent.get(part, 0.0):7.2f} s {spent.get(part, 0.0) / spent['all']:6.0%}")
    print(f"memory  {peak_memory():7.2f} GB at most, {before:.2f} before")


if __name__ == "__main__":
    main()
