"""Whether two sets of tower weights are the same: ImageBind's towers are said to be OpenCLIP's."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor

from media.errors import MissingCheckpoint


@dataclass(frozen=True)
class TowerComparison:
    """What two sets of towers share.

    Attributes:
        tensors: compared; same: of these, equal but for rounding; exact: of these, equal to the last bit.
        largest_difference: largest absolute difference of all, in the tensor `largest_in`.
        differing: names of those not the same; transposed: of these, square ones that are the same when transposed.
    """

    tensors: int
    same: int
    exact: int
    largest_difference: float
    largest_in: str
    differing: tuple[str, ...]
    transposed: tuple[str, ...]

    @property
    def equal(self) -> bool:
        """Whether all tensors are the same but for rounding."""
        return not self.differing

    def to_dict(self) -> dict[str, Any]:
        """JSON-able dictionary, with `equal`."""
        return {"equal": self.equal, **asdict(self)}


def rounding(a: Tensor, b: Tensor) -> float:
    """The difference that rounding alone may make: two steps of the coarser type at the largest value."""
    steps = max(torch.finfo(a.dtype).eps, torch.finfo(b.dtype).eps)
    return 2 * steps * float(b.abs().max())


def compare_towers(ours: Mapping[str, Tensor], others: Mapping[str, Tensor]) -> TowerComparison:
    """Compare two sets of tensors under our names, of the names that both have.

    Raises:
        MissingCheckpoint: they have no name in common, or a name's shapes differ.
    """
    names = sorted(set(ours) & set(others))
    if not names:
        raise MissingCheckpoint("The two sets of towers have no tensor in common.")
    differences: dict[str, float] = {}
    differing, transposed = [], []
    for name in names:
        a, b = ours[name], others[name]
        if a.shape != b.shape:
            raise MissingCheckpoint(
                f"{name} has shapes {tuple(a.shape)} and {tuple(b.shape)} in the two sets of towers."
            )
        differences[name] = _largest(a, b)
        if differences[name] > rounding(a, b):
            differing.append(name)
            if a.ndim == 2 and a.shape[0] == a.shape[1] and _largest(a.T, b) <= rounding(a, b):
                transposed.append(name)
    largest = max(names, key=lambda n: differences[n])
    return TowerComparison(
        tensors=len(names),
        same=len(names) - len(differing),
        exact=sum(d == 0 for d in differences.values()),
        largest_difference=differences[largest],
        largest_in=largest,
        differing=tuple(differing),
        transposed=tuple(transposed),
    )


def refuse_transposed(comparison: TowerComparison) -> None:
    """A square matrix that was stored the other way round has the right shape; only other towers show it."""
    if comparison.transposed:
        raise MissingCheckpoint(
            f"{comparison.transposed[0]} is transposed: it equals the other towers' only when turned round.",
            ", ".join(comparison.transposed),
        )


def _largest(a: Tensor, b: Tensor) -> float:
    return float((a.float() - b.float()).abs().max())
