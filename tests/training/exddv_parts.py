"""What the tests of the large models' tuning share: films, tiny models of the real classes, runs on them."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from training.exddv_data import Rows, load_rows, shots
from training.exddv_inputs import Prepared, Preparer
from training.exddv_loop import ExddvRun
from training.exddv_model import LargeModel, load_model
from training.exddv_recipes import RECIPES, Lora, Recipe
from training.exddv_smoke import make_model, make_videos
from training.exddv_tune import parse


class Trial:
    """A folder with films and a tiny model for each recipe, made at first use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.csv, self.videos = make_videos(folder, rows=5)
        self.rows: Rows = load_rows(self.csv, self.videos)

    def model(self, name: str) -> Path:
        """The model folder of a recipe."""
        folder = self.folder / f"model-{name}"
        return folder if folder.is_dir() else make_model(RECIPES[name], folder)

    def load(self, name: str) -> LargeModel:
        """The model of a recipe, frozen."""
        return load_model(str(self.model(name)), RECIPES[name], int8=False)

    def prepared(self, preparer: Preparer, count: int = 2, answer: bool = True) -> list[Prepared]:
        """The first training rows."""
        recipe, out = preparer.recipe, []
        for row in self.rows.split["train"][:count]:
            found = shots(self.rows.videos[row.video], row.clicks, recipe.frames)
            out.append(preparer.prepare(row, found, recipe.query, answer))
        return out

    def options(self, name: str, out: Path, *more: str) -> argparse.Namespace:
        """Of a training run."""
        values = ("--recipe", name, "--model", str(self.model(name)), "--data", str(self.folder), "--videos",
                  str(self.videos), "--out", str(out), "--threads", "1", "--workers", "0", "--no-int8",
                  "--precision", "fp32")  # fmt: skip
        return parse([*values, *more])

    def run(self, name: str, out: Path, *more: str, **changes: Any) -> ExddvRun:
        """A training run on two frames and two rows a step."""
        return ExddvRun.start(self.options(name, out, *more), small(name, **changes))


def small(name: str, **changes: Any) -> Recipe:
    """A recipe cut down."""
    recipe = RECIPES[name]
    lora = None if recipe.lora is None else Lora(4, 8, recipe.lora.dropout)
    return replace(recipe, **({"batch": 2, "accumulation": 1, "frames": 2, "lora": lora, "lr": 1e-2} | changes))
