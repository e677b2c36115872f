"""What can be wrong with an answer: the record that the checkers share."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from assistant.claims import Span

TOLERANCE = 0.51
"""Percent points by which a said number may differ: rounding, nothing more."""


@dataclass(frozen=True)
class Problem:
    """A contradiction between an answer and the evidence; span is its place in the answer's text.

    expected: what ought to stand at that place ("68 %", "left eye"), when only that can be meant.
    """

    kind: Literal["verdict", "region", "number", "reason", "quote"]
    span: Span
    message: str
    expected: str | None = None


def near(value: float, others: Iterable[float]) -> bool:
    """Whether a said number is one of the measured ones."""
    return any(abs(value - other) <= TOLERANCE for other in others)
