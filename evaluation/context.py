"""What a run of the evaluation works with: folders, weights, the loaded detector and assistant, progress."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from evaluation.results import ItemLog
from media.errors import BadRequest
from media.open import sha256_of

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.examiner import Examiner
    from kfd.predictor import ForgeryPredictor
    from media.faces import FaceFinder

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[1]


def _calibration(meta: Path) -> str:
    return json.dumps(json.loads(meta.read_text(encoding="utf-8")).get("calibration"), sort_keys=True)


def in_fitting_half(name: str) -> bool:
    """Whether a validation photo belongs to the half that temperature and bands are fitted on; the rest measures them.

    Decided by the SHA-256 of its file name alone (the last two parts of the path: `val/00012.jpg` of whatever set), so
    training and evaluation agree without a list and no photo ever changes sides.
    """
    parts = Path(name.split("#")[0]).parts[-2:]
    return hashlib.sha256("/".join(parts).encode()).digest()[0] % 2 == 0


@dataclass
class Context:
    """One run.

    Args:
        data: folder with faces/, videos_real/, deepfakes/, regions/.
        out: result folder.
        profile: name of the profile; weights: its folder, None = checkpoints/PROFILE.
        limit: at most this many photos, videos or conversations a part; None = all. A limited run is a smoke run.
        looks: file in which looks at real deepfakes are counted.
        quiet: no progress bars.
    """

    data: Path
    out: Path
    profile: str = "embedded"
    weights: Path | None = None
    limit: int | None = None
    looks: Path = ROOT / "evaluation" / "deepfake_looks.jsonl"
    quiet: bool = False

    @property
    def folder(self) -> Path:
        """The folder of the weights."""
        return self.weights or ROOT / "checkpoints" / self.profile

    def need(self, relative: str) -> Path:
        """A path inside the data folder that must be there."""
        path = self.data / relative
        if not path.exists():
            raise BadRequest(f"The data folder has no {relative}; see the README on data.", detail=str(path))
        return path

    @cached_property
    def predictor(self) -> "ForgeryPredictor":
        """The detector alone."""
        from kfd.predictor import ForgeryPredictor

        return ForgeryPredictor.load(self.folder / "kfd")

    @cached_property
    def finder(self) -> "FaceFinder":
        """The face finder, kept open until `close`."""
        from media.faces import FaceFinder

        return FaceFinder().__enter__()

    def close(self) -> None:
        """Free what was opened."""
        for name, leave in (("finder", lambda o: o.__exit__(None, None, None)), ("examiner", lambda o: o.close())):
            if name in self.__dict__:
                leave(self.__dict__.pop(name))
        if "assistant" in self.__dict__:
            self.assistant.close()

    @cached_property
    def examiner(self) -> "Examiner":
        """The product's own path from a file to evidence, on the same detector."""
        from assistant.examiner import Examiner

        return Examiner(self.predictor, self.profile, self.weights_hash("kfd"))

    @cached_property
    def assistant(self) -> "Assistant":
        """The whole chain."""
        from assistant.assistant import Assistant

        return Assistant.load(self.profile, weights=self.weights)

    def weights_hash(self, *rooms: str) -> str:
        """Short hash over the files of the given weight folders; of meta.json only the calibration counts."""
        digest = hashlib.sha256()
        for room in rooms:
            for path in sorted(p for p in (self.folder / room).glob("*") if p.is_file()):
                mark = _calibration(path) if path.name == "meta.json" else sha256_of(path)
                digest.update(f"{room}/{path.name}:{mark}\n".encode())
        return digest.hexdigest()[:16]

    def log(self, part: str, rooms: Iterable[str] = ("kfd",), **fingerprint: Any) -> ItemLog:
        """The item file of a part, continued when weights, limit and the other values are the same."""
        mark: Mapping[str, Any] = {"weights": self.weights_hash(*rooms), "limit": self.limit, **fingerprint}
        return ItemLog(self.out / "items", part, mark)

    def cut(self, values: list[T]) -> list[T]:
        """Evenly spaced `limit` of the values, all without a limit."""
        if self.limit is None or len(values) <= self.limit:
            return values
        return [values[round(i * (len(values) - 1) / max(self.limit - 1, 1))] for i in range(self.limit)]

    def track(self, values: Iterable[T], total: int | None, what: str) -> Iterator[T]:
        """Iterate with a progress bar."""
        from tqdm import tqdm

        yield from tqdm(values, total=total, desc=what, disable=self.quiet, unit="")
