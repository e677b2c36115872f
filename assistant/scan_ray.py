"""`scan --engine ray`: files spread over processes, or over the machines of a cluster, by Ray Data.

Workers hold a detector each and send lines a few at a time; only this process writes. They also say which block they
begin, so that when one dies it is known what it had in hand. Ray does the block of a dead worker again; what is lost
all the same is done in a further pass, each file that was in hand alone. Lines computed twice are dropped here.
"""

import argparse
import json
import logging
import os
import signal
import socket
import threading
import warnings
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

from assistant.profiles import VIDEO, checkpoint_of, detectors_digest, load_examiner
from assistant.scan import Tally, failed_line, scan_one
from media.errors import BadRequest, ForgeryAssistantError, MissingCheckpoint

WORKERS = 2
"""Processes when their number is not given."""
FILES = 32
"""Paths in a block, which one worker works through; so many may be computed twice when it dies."""
BUNDLE = 8
"""Lines that a worker sends together, fewer when their files have `BUNDLE_BYTES`; Ray's work is by bundle, not line."""
BUNDLE_BYTES = 4 * 2**20
SHARE = 8192
"""Files of a worker until the next ones are handed to Ray and its detector is made anew: this bounds the memory."""
RETRIES = 1
"""How often Ray does the block of a dead worker again within a pass."""
PASSES = 2
"""A file that was in hand, the last time alone, in so many passes that did not finish it is given up."""
STORE_BYTES = 256 * 2**20
"""Object store of a cluster started here; it holds paths and lines only."""
_ROOT = str(Path(__file__).resolve().parent.parent)  # workers on other machines find this project there
_SAME = ": put the same weights under the same path on all of them."
_SETTINGS = {  # read when Ray is imported or started; what the user has set is kept
    "RAY_USAGE_STATS_ENABLED": "0",  # nothing is sent
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",  # under `uv run`, Ray would copy the folder and make workers install it anew
    "RAY_worker_niceness": "0",  # at Ray's 15, workers hardly start on a machine that is busy
    "RAY_BACKEND_LOG_LEVEL": "fatal",  # stderr is for the progress; errors come as exceptions
}


class Scanner:
    """A worker's detector; Ray makes one for each process.

    Args:
        profile, weights, frames, maps: as of `scan`.
        checkpoint, digest: `checkpoint_of` and `detectors_digest` where the scan was started.

    Raises:
        MissingCheckpoint: here they are others, so that lines would be others too.
    """

    def __init__(
        self, profile: str, weights: Path | None, frames: int, maps: Path | None, checkpoint: str, digest: str
    ) -> None:
        self.examiner = load_examiner(profile, weights, frames=frames)
        self.maps = maps
        here = self.examiner.checkpoint
        if here != checkpoint:
            raise MissingCheckpoint(
                f"A machine of the cluster has the detector {here} in the place of {checkpoint}{_SAME}"
            )
        if detectors_digest(profile, weights) != digest:
            raise MissingCheckpoint(
                f"A machine of the cluster has {here} with another config.json or meta.json, or another {VIDEO}/ or "
                f"none{_SAME}"
            )

    def line(self, path: Path) -> dict[str, Any]:
        """The line of a file."""
        return scan_one(self.examiner, path, self.maps)

    def __call__(self, block: dict[str, Any]) -> Iterator[dict[str, list[str]]]:
        """JSON of the numbers in hand; then, in bundles, of [number, line, what went wrong]. The same when done again.

        Ray goes on behind the rows it has when a block is done again, so bundles must not depend on the time taken.
        """
        numbers = [int(number) for number in block["number"]]
        yield {"said": [json.dumps({"begun": numbers, "lines": []})]}
        bundle: list[tuple[int, Any, str]] = []
        size = 0
        for number, name in zip(numbers, block["path"], strict=True):
            path = Path(os.fsdecode(name))
            size += _bytes_of(path)
            try:
                bundle.append((number, self.line(path), ""))
            except Exception as error:  # such as a full disk for the maps: said by the process that writes
                bundle.append((number, None, repr(error)))
            if len(bundle) == BUNDLE or size >= BUNDLE_BYTES or number == numbers[-1]:
                yield {"said": [json.dumps({"begun": [], "lines": bundle})]}
                bundle, size = [], 0


class _Interrupt:
    """Remembers Ctrl-C: raised while Ray runs code of its own, a KeyboardInterrupt may end there unheard.

    Where the signal is ignored (a job in the background), it stays ignored.
    """

    def __init__(self) -> None:
        self.seen = False
        before = signal.getsignal(signal.SIGINT)
        self._before = before if callable(before) and threading.current_thread() is threading.main_thread() else None
        if self._before is not None:
            signal.signal(signal.SIGINT, self._note)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.seen = True
        if self._before is not None:
            self._before(number, frame)

    def heed(self) -> None:
        """Raise KeyboardInterrupt when there was one."""
        if self.seen:
            raise KeyboardInterrupt

    def close(self) -> None:
        """Give the signal back."""
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)


class RayEngine:
    """Files spread over the workers of a Ray cluster; nothing is started before the first file.

    Args:
        args: the options of `scan`.
        scanner: what a worker makes of a path.

    Raises:
        BadRequest: a number of workers or an address that makes no sense.
        MissingCheckpoint: the profile has no weights here.
    """

    def __init__(self, args: argparse.Namespace, scanner: type[Scanner] = Scanner) -> None:
        self.workers: int = WORKERS if args.workers is None else args.workers
        if self.workers < 1:
            raise BadRequest(f"--workers must be at least 1, got {self.workers}.")
        if args.ray_address and ("://" in args.ray_address or not args.ray_address.rpartition(":")[2].isdigit()):
            raise BadRequest(
                f"--ray-address is HOST:PORT of the cluster's head, got {args.ray_address}: run the scan on a machine "
                "of the cluster, without Ray Client."
            )
        self.args = args
        self.scanner = scanner
        self.checkpoint = checkpoint_of(args.profile, args.weights)
        self._ray: ModuleType | None = None
        self._interrupt: _Interrupt | None = None

    @cached_property
    def given(self) -> dict[str, Any]:
        """What the scanners of all workers are made with."""
        args = self.args
        return {
            "profile": args.profile,
            "weights": args.weights.absolute() if args.weights else None,
            "frames": args.frames,
            "maps": args.maps.absolute() if args.maps else None,
            "checkpoint": self.checkpoint,
            "digest": detectors_digest(args.profile, args.weights),
        }

    def lines(self, paths: Iterator[Path], tally: Tally) -> Iterator[dict[str, Any]]:
        """The lines of all paths, as they become ready.

        Raises:
            MissingCheckpoint: Ray is not installed.
            BadRequest: there is no cluster at the address, or it is too small.
            ForgeryAssistantError: no worker can work; the message says what Ray says.
        """
        while files := list(islice(paths, SHARE * self.workers)):
            if self._ray is None:
                self._ray = _started(self.args.ray_address, self.workers)
                self._interrupt = _Interrupt()
            yield from self._all(self._ray, files, tally)

    def close(self) -> None:
        """Leave the cluster; one that was started here ends."""
        if self._interrupt is not None:
            self._interrupt.close()
            self._interrupt = None
        if self._ray is not None:
            self._ray.shutdown()
            self._ray = None

    def _all(self, ray: ModuleType, files: list[Path], tally: Tally) -> Iterator[dict[str, Any]]:
        """One line for each file, in as many passes as it takes; every pass finishes a file or blames one."""
        left = dict(enumerate(files))
        blamed: Counter[int] = Counter()
        while left:
            begun: set[int] = set()
            before = len(left)
            broken = None
            try:
                for said in self._pass(ray, left, blamed):
                    self._heed()
                    begun.update(said["begun"])
                    for number, line, error in said["lines"]:
                        path = left.pop(number, None)
                        if path is not None:
                            tally.begin(path)
                            yield self._line(path, line, error)
            except ray.exceptions.RayError as error:
                broken = error  # more than a worker was lost, such as the machine that held finished lines
            self._heed()
            if broken is None:
                blamed.update(begun & left.keys() or (set(left) if len(left) == before else ()))
            elif len(left) == before:
                raise ForgeryAssistantError(f"No worker of the Ray cluster could work: {_cause(broken)}", str(broken))
            for number in [number for number in left if blamed[number] >= PASSES]:
                path = left.pop(number)
                tally.begin(path)
                said = f"The process that examined it died {PASSES * (RETRIES + 1)} times."
                yield failed_line(path, "decode_error", said, self.args.profile, self.checkpoint)

    def _heed(self) -> None:
        if self._interrupt is not None:
            self._interrupt.heed()

    def _pass(self, ray: ModuleType, left: dict[int, Path], blamed: Counter[int]) -> Iterator[dict[str, Any]]:
        """What the workers say of all files that are left; a file that was in a dead worker's hand goes alone."""
        import pyarrow  # pyright: ignore[reportMissingImports]

        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = context.print_on_execution_start = False
        context.target_max_block_size = 1  # what is said is handed over at once, not kept for a larger block
        context.max_errored_blocks = -1  # what is lost with a block is seen here
        sound = [number for number in left if not blamed[number]]
        blocks = [sound[start : start + FILES] for start in range(0, len(sound), FILES)]
        blocks += [[number] for number in left if blamed[number]]
        tables = [
            pyarrow.table({"number": block, "path": [os.fsencode(left[number].absolute()) for number in block]})
            for block in blocks
        ]
        pool = ray.data.ActorPoolStrategy(size=min(self.workers, len(blocks)), max_tasks_in_flight_per_actor=2)
        with warnings.catch_warnings():  # a later Ray will have other names for the last two
            warnings.simplefilter("ignore", DeprecationWarning)
            rows = ray.data.from_arrow(tables).map_batches(
                self.scanner, batch_size=None, fn_constructor_kwargs=self.given, compute=pool, num_cpus=1,
                max_restarts=-1, max_task_retries=RETRIES,
            )  # fmt: skip
        for batch in rows.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0):
            yield from map(json.loads, batch["said"].to_pylist())

    def _line(self, path: Path, line: dict[str, Any] | None, error: str) -> dict[str, Any]:
        """A worker's line with the names that a local scan writes."""
        if line is None:
            raise ForgeryAssistantError(f"The scan stopped at {path}: {error}")
        line["path"] = str(path)
        if line["map"]:
            line["map"] = str(self.args.maps / Path(line["map"]).name)
        return line


def _bytes_of(path: Path) -> int:
    """Size of a file, 0 when it cannot be asked."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def _started(at: str | None, workers: int) -> ModuleType:
    """Ray, connected to the cluster at HOST:PORT or to one that is started on the loopback address."""
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
    if os.environ.get("RAY_AUTH_TOKEN"):  # that alone, Ray heeds only where it starts a cluster
        os.environ.setdefault("RAY_AUTH_MODE", "token")
    try:
        import ray  # pyright: ignore[reportMissingImports]
        import ray.data  # pyright: ignore[reportMissingImports]
        import ray.exceptions  # pyright: ignore[reportMissingImports]
    except ImportError as error:
        raise MissingCheckpoint("Ray is not installed: get it with `uv sync --extra cluster`.", str(error)) from error
    logging.getLogger("ray").setLevel(logging.ERROR)
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)  # a lost block is an error there
    quiet = {"log_to_driver": False, "logging_level": logging.ERROR}
    if at is None:
        ray.init(
            "local", num_cpus=workers + 1, object_store_memory=STORE_BYTES, include_dashboard=False,
            _node_ip_address="127.0.0.1", **quiet,
        )  # fmt: skip
        return ray
    host, _, port = at.rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=10).close()  # Ray itself would try for minutes
        ray.init(at, runtime_env={"env_vars": {"PYTHONPATH": _ROOT}}, **quiet)
    except (OSError, ValueError, RuntimeError, ray.exceptions.RayError) as error:
        raise BadRequest(
            f"There is no Ray cluster at {at} that this machine is part of, or it wants another token: start one with "
            "`ray start`, and set RAY_AUTH_MODE=token and the same RAY_AUTH_TOKEN there and here, or neither of them.",
            str(error),
        ) from error
    cores = int(ray.cluster_resources().get("CPU", 0))
    if cores < workers:
        ray.shutdown()
        raise BadRequest(f"--workers is {workers}, but the cluster has {cores} cores, one for each worker.")
    return ray


def _cause(error: Exception) -> str:
    """The last line of what Ray says."""
    return str(error).strip().splitlines()[-1]
