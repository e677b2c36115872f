"""The tiny assistant, the astronaut as a file, and a language model that says what a test tells it to."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from assistant.assistant import Assistant
from assistant.generation import Generation
from assistant.llm import LanguageModel
from media.records import Evidence, Examination, RegionScore
from media.regions import REGIONS, SPOKEN_REGIONS


class ScriptedLM(LanguageModel):
    """A byte model that answers with `answers` one after another, whatever is to be avoided."""

    def __init__(self, answers: Sequence[str]) -> None:
        tiny = LanguageModel.tiny(0)
        super().__init__(tiny.model, tiny.tokenizer)
        self.answers = list(answers)
        self.prompts_seen: list[str] = []
        self.avoid_seen: list[tuple[int, ...]] = []
        self.openings_seen: list[tuple[str, ...]] = []
        self._say: list[int] = []

    def generate(
        self, sequence: Any, cache: Any, stop: Any = None, max_new_tokens: int = 160, avoid: Any = (),
        openings: Any = (),
    ):  # fmt: skip
        self.prompts_seen.append(self.decode(i for s in sequence if hasattr(s, "ids") for i in s.ids))
        self.avoid_seen.append(tuple(avoid))
        self.openings_seen.append(tuple(openings))
        said = self.answers.pop(0)
        if said == "FAIL":
            raise RuntimeError("out of order")
        self._say = self.tokenize(" " + said) if said else []
        return Generation(self, sequence, cache, stop, max_new_tokens, frozenset(), self._eos_ids())

    def next_logits(self, sequence: Any, cache: Any) -> torch.Tensor:
        said = len(sequence[-1].ids) if hasattr(sequence[-1], "ids") else 0
        logits = torch.zeros(260)
        logits[self._say[said] if said < len(self._say) else self.tokenizer.eos_id] = 9.0
        return logits

    def yes_no_score(self, sequence: Any, cache: Any, stop: Any = None) -> float:
        return 0.75


def evidence_at(score: float, flagged: tuple[str, ...] = (), size: int = 32) -> Evidence:
    """An evidence record with a given score."""
    word = "strong support" if score > 0.8 else "inconclusive" if score > 0.3 else "little support"
    regions = [RegionScore(i, REGIONS[i].name, 0.8 if i in flagged else 0.1, 0.2) for i in SPOKEN_REGIONS]
    regions.sort(key=lambda r: -r.score)
    return Evidence("assessed", word, None, score, np.full((size, size), 0.2, np.float32), tuple(regions), flagged)


@pytest.fixture(scope="session")
def tiny() -> Iterator[Assistant]:
    assistant = Assistant.tiny(seed=0)
    yield assistant
    assistant.close()


@pytest.fixture(scope="session")
def astronaut_png(tmp_path_factory: pytest.TempPathFactory, astronaut: np.ndarray) -> Path:
    path = tmp_path_factory.mktemp("photos") / "astronaut.png"
    Image.fromarray(astronaut).save(path)
    return path


@pytest.fixture(scope="session")
def two_faces_png(tmp_path_factory: pytest.TempPathFactory, astronaut: np.ndarray) -> Path:
    """The astronaut beside a smaller mirror image of herself."""
    small = np.asarray(Image.fromarray(astronaut[:, ::-1]).resize((384, 384)))
    canvas = np.full((512, 512 + 384, 3), 128, np.uint8)
    canvas[:, :512] = astronaut
    canvas[64:448, 512:] = small
    path = tmp_path_factory.mktemp("photos") / "two.png"
    Image.fromarray(canvas).save(path)
    return path


@pytest.fixture(scope="session")
def no_face_png(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from skimage import data

    path = tmp_path_factory.mktemp("photos") / "coffee.png"
    Image.fromarray(data.coffee()).save(path)
    return path


@pytest.fixture(scope="session")
def _examined(tiny: Assistant, astronaut_png: Path) -> Examination:
    return tiny.examine(astronaut_png)


@pytest.fixture
def examination(_examined: Examination) -> Examination:
    """A fresh record of the astronaut with no measurements yet."""
    from dataclasses import replace

    return replace(_examined, measurements=[])
