"""From the tensors of a file to ours: what is missing, unexpected, of a wrong shape or damaged is refused by name."""

from collections.abc import Iterable, Mapping, Sequence

import torch
from torch import Tensor

from kfd.encoders.vit_weights.layouts import LAYOUTS, Entry, Layout, Shape
from media.errors import MissingCheckpoint


def layout_of(keys: Iterable[str]) -> Layout:
    """The layout that these keys are in."""
    there = set(keys)
    for layout in LAYOUTS:
        if layout.marker in there:
            return layout
    known = "; ".join(f"{layout.name} has {layout.marker}" for layout in LAYOUTS)
    raise MissingCheckpoint(
        f"These are no CLIP or ImageBind towers: no layout is known that begins with {named(sorted(there)[:3])}.", known
    )


def named(keys: Sequence[str], limit: int = 3) -> str:
    """Some keys for a sentence: the first few, and how many more."""
    more = f" and {len(keys) - limit} more" if len(keys) > limit else ""
    return ", ".join(keys[:limit]) + more


def map_tensors(
    found: Mapping[str, Tensor], entries: Sequence[Entry], shapes: Mapping[str, Shape], what: str
) -> dict[str, Tensor]:
    """Tensors under our names, each in the file's own type (what is summed becomes float32).

    Args:
        found: the tensors of a file, nothing but those of `entries`.
        entries: how ours are made; shapes: what ours must have.
        what: names the part in errors, such as "ImageBind's towers".

    Raises:
        MissingCheckpoint: a tensor is missing, not expected, of a wrong shape, no floating point, or not finite.
    """
    _check_keys(found, entries, what)
    result = {}
    for entry in entries:
        shape = shapes[entry.target]
        tensors = [found[name] for name in entry.sources]
        for name, tensor, expected in zip(entry.sources, tensors, entry.change.sources(shape), strict=True):
            _check_tensor(name, tensor, expected, what)
        result[entry.target] = entry.change.apply(tensors, shape)
    return result


def _check_keys(found: Mapping[str, Tensor], entries: Sequence[Entry], what: str) -> None:
    wanted = {name for entry in entries for name in entry.sources}
    missing, unexpected = sorted(wanted - set(found)), sorted(set(found) - wanted)
    if missing:
        raise MissingCheckpoint(f"The file lacks {len(missing)} tensors of {what}: {named(missing)}.", str(missing))
    if unexpected:
        raise MissingCheckpoint(
            f"The file holds {len(unexpected)} tensors that {what} do not have: {named(unexpected)}.", str(unexpected)
        )


def _check_tensor(name: str, tensor: Tensor, expected: Shape, what: str) -> None:
    shape = tuple(tensor.shape)
    if shape != expected:
        hint = "; it is stored transposed" if shape == expected[::-1] else ""
        raise MissingCheckpoint(f"{name} of {what} has shape {shape}, expected {expected}{hint}.")
    if name.endswith("num_batches_tracked"):
        return
    if not tensor.is_floating_point():
        raise MissingCheckpoint(f"{name} of {what} holds {tensor.dtype}, expected floating point numbers.")
    if not torch.isfinite(tensor).all():
        raise MissingCheckpoint(f"{name} of {what} is damaged: it holds values that are not finite.")
