"""The key families of the release's checkpoint, apart from its encoder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from kfd.encoders.vit_weights.layouts import Entry, Shape
from kfd.encoders.vit_weights.mapping import named
from kfd.encoders.vit_weights.reading import unwrap
from media.errors import MissingCheckpoint

FAMILIES: dict[str, tuple[str, ...]] = {
    "kfd": ("visual_encoder", "image_decoder", "locator", "classifier"),
    "prompt_learner": ("prompt_learner", "llama_proj"),
    "language_model": ("llama_model",),
}
CONTEXT = "ctx"
STATISTICS = ("running_mean", "running_var", "num_batches_tracked")


@dataclass(frozen=True)
class Families:
    """A checkpoint's tensors by family, without the family's prefix, and its text context (16, D) if it holds one."""

    by_name: Mapping[str, Mapping[str, Tensor]]
    wrappers: Mapping[str, list[str]]
    context: Tensor | None


def split_families(tensors: Mapping[str, Tensor], parts: Sequence[str]) -> Families:
    """Sort tensors into families.

    Args:
        tensors: of the whole file. parts: of kfd.convert.PARTS, those whose families must be there.

    Raises:
        MissingCheckpoint: a family is missing, or a tensor belongs to none.
    """
    known = [family for families in FAMILIES.values() for family in families]
    sorted_out: dict[str, dict[str, Tensor]] = {family: {} for family in known}
    unknown = []
    for name, tensor in tensors.items():
        family, _, rest = name.partition(".")
        if family in sorted_out and rest:
            sorted_out[family][rest] = tensor
        elif name != CONTEXT:
            unknown.append(name)
    if unknown:
        raise MissingCheckpoint(f"The release's checkpoint has no family for {named(sorted(unknown))}.", str(unknown))
    missing = [family for part in parts for family in FAMILIES[part] if not sorted_out[family]]
    if missing:
        raise MissingCheckpoint(f"The checkpoint lacks everything of {', '.join(missing)}.")
    clean = {family: unwrap(found) for family, found in sorted_out.items()}
    return Families(
        by_name={family: found for family, (found, _) in clean.items()},
        wrappers={family: prefixes for family, (_, prefixes) in clean.items() if prefixes},
        context=tensors.get(CONTEXT),
    )


def renamed(targets: Mapping[str, Shape], names: Mapping[str, str]) -> list[Entry]:
    """Entries for all `targets`, whose source begins as `names` say (ours -> theirs)."""
    entries = []
    for target in targets:
        ours = next(beginning for beginning in names if target.startswith(beginning))
        entries.append(Entry(target, (names[ours] + target[len(ours) :],)))
    return entries


def check_statistics(found: Mapping[str, Tensor], entries: Sequence[Entry], what: str) -> int:
    """Refuse BatchNorms that never saw data: in evaluation they would give noise. Returns how many there are.

    AnomalyGPT's training, the release's ancestor, stores trained parameters only, and so no statistics.
    """
    wanted = [entry.sources[0] for entry in entries if entry.sources[0].endswith(STATISTICS)]
    missing = [name for name in wanted if name not in found]
    if missing:
        raise MissingCheckpoint(
            f"{what} lacks BatchNorm statistics: {named(missing)}. A file of trained parameters alone cannot be used.",
            str(missing),
        )
    norms = [name.removesuffix("running_mean") for name in wanted if name.endswith("running_mean")]
    for norm in norms:
        mean, variance = found[norm + "running_mean"], found[norm + "running_var"]
        if (variance < 0).any():
            raise MissingCheckpoint(f"{norm}running_var of {what} is damaged: a variance is negative.")
        if torch.equal(mean, torch.zeros_like(mean)) and torch.equal(variance, torch.ones_like(variance)):
            raise MissingCheckpoint(f"{norm}running_mean and running_var of {what} are as at the start: never trained.")
    return len(norms)
