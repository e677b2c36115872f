"""Where indexes lie when none is named: the usual place, and those that ship with the project."""

from pathlib import Path

DEFAULT_INDEX = Path("runs/annotations")
"""What `build`, `annotate`, `search` and `info` mean when no index is named."""

HOW_TO_BUILD = "python -m retrieval build --csv ExDDV.csv --out {folder}"
"""Makes an index of what people wrote."""

_CHECKPOINTS = Path(__file__).resolve().parent.parent / "checkpoints" / "embedded"

SHIPPED = _CHECKPOINTS / "annotations"
"""Sentences about simulated forgeries."""

SHIPPED_FRAMES = SHIPPED / "frames"
"""Their face crops, as vectors of `DETECTOR`'s encoder."""

DETECTOR = _CHECKPOINTS / "kfd"
"""The detector that encodes pictures when no other is named; an index made by another one refuses it."""
