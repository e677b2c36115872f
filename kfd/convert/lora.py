"""LoRA of the release's encoder: W + (B A) / rank, to be folded into W exactly once.

The release trains it with loralib, which adds B A / rank to W in evaluation mode and takes it away again for training.
A file saved in evaluation mode thus holds W with the change *and* A and B; folding those in would add it twice.
Only a base, the weights before any LoRA, tells the two apart: the change either lies in W - base or it does not.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import torch
from torch import Tensor

from kfd.encoders.vit_weights.layouts import Change, Entry, Shape
from kfd.encoders.vit_weights.mapping import named
from media.errors import MissingCheckpoint

LoraState = Literal["absent", "no effect", "unmerged", "merged"]
WITHIN = 0.1  # how near the share of the change in W - base must be to 0 or 1


@dataclass(frozen=True)
class LoraFinding:
    """What was found out about a file's LoRA.

    Attributes:
        state: "absent", "no effect" (all B are 0), "unmerged" (was folded) or "merged" (was left as it is).
        decided_by: "file", "base" or "option". pairs: A and B found.
        share: smallest and largest share of the change found in W - base over all weights; None without a base.
    """

    state: LoraState
    decided_by: str
    pairs: int
    share: tuple[float, float] | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON-able dictionary."""
        return asdict(self)


@dataclass(frozen=True)
class LoraChange:
    """The change of one weight as A (r, in) and B (out, r); made when needed, because all of them are gigabytes."""

    a: Tensor
    b: Tensor
    change: Change
    shape: Shape

    def __call__(self) -> Tensor:
        """(B A) / rank under our name's shape, as loralib's default alpha of 1 makes it; float32."""
        return self.change.apply([self.b.float() @ self.a.float() / self.a.shape[0]], self.shape)


def plain_names(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Names as loralib writes them, from loralib's or peft's: X.weight, X.lora_A, X.lora_B."""
    result: dict[str, Tensor] = {}
    for name, tensor in tensors.items():
        plain = name.replace(".base_layer.", ".")
        for letter in "AB":
            head, found, _ = plain.partition(f".lora_{letter}")
            plain = head + found if found else plain
        if plain in result:
            raise MissingCheckpoint(f"The file holds {plain} twice, under two names.")
        result[plain] = tensor
    return result


def split_lora(tensors: Mapping[str, Tensor]) -> tuple[dict[str, Tensor], dict[str, tuple[Tensor, Tensor]]]:
    """The tensors without LoRA, and for each weight's name its A (r, in) and B (out, r).

    Raises:
        MissingCheckpoint: A without B or the reverse, or either does not fit the weight.
    """
    rest = {name: t for name, t in tensors.items() if not name.endswith((".lora_A", ".lora_B"))}
    found: dict[str, tuple[Tensor, Tensor]] = {}
    for module in sorted({name[:-7] for name in tensors if name not in rest}):
        weight = rest.get(module + ".weight")
        halves = [tensors.get(module + half) for half in (".lora_A", ".lora_B")]
        a, b = halves
        if weight is None or a is None or b is None:
            lacks = [n for n, t in (("weight", weight), ("lora_A", a), ("lora_B", b)) if t is None]
            raise MissingCheckpoint(f"LoRA of {module} is incomplete: {' and '.join(lacks)} missing.")
        if a.ndim != 2 or b.ndim != 2 or a.shape[0] != b.shape[1] or (b.shape[0], a.shape[1]) != tuple(weight.shape):
            shapes = f"A {tuple(a.shape)}, B {tuple(b.shape)}"
            raise MissingCheckpoint(f"LoRA of {module} does not fit its weight {tuple(weight.shape)}: {shapes}.")
        found[module + ".weight"] = (a, b)
    return rest, found


def changes_of(
    found: Mapping[str, tuple[Tensor, Tensor]],
    entries: Sequence[Entry],
    weights: Mapping[str, Tensor],
    expected: Collection[str],
) -> dict[str, LoraChange]:
    """The change of each weight under our names.

    Args:
        found: of `split_lora`; entries: how weights become ours; weights: ours.
        expected: names in the file that must have LoRA if any has.
    """
    if not found:
        return {}
    missing, other = sorted(set(expected) - set(found)), sorted(set(found) - set(expected))
    if missing or other:
        which = f"lacks that of {named(missing)}" if missing else f"has one for {named(other)}"
        raise MissingCheckpoint(f"The encoder's LoRA is not the release's: it {which}.", f"{missing} {other}")
    damaged = [name for name, pair in found.items() if not all(torch.isfinite(t).all() for t in pair)]
    if damaged:
        raise MissingCheckpoint(f"LoRA of {damaged[0]} is damaged: it holds values that are not finite.", str(damaged))
    return {
        entry.target: LoraChange(*found[entry.sources[0]], entry.change, tuple(weights[entry.target].shape))
        for entry in entries
        if entry.sources[0] in found
    }


def decide(
    weights: Mapping[str, Tensor],
    changes: Mapping[str, LoraChange],
    base: Mapping[str, Tensor] | None = None,
    option: Literal["auto", "unmerged", "merged"] = "auto",
) -> LoraFinding:
    """Whether the changes are already in the weights.

    Args:
        weights, changes, base: under our names; base = before any LoRA, OpenCLIP's or ImageBind's.
        option: "unmerged" or "merged" is believed, unless the base shows otherwise.

    Raises:
        MissingCheckpoint: it cannot be decided, or weights contradict each other, the base or the option.
    """
    if not changes:
        return LoraFinding("absent", "file", 0)
    active = {name: change for name, change in changes.items() if change.a.any() and change.b.any()}
    if not active:
        return LoraFinding("no effect", "file", len(changes))
    if base is None:
        if option == "auto":
            raise MissingCheckpoint(
                "The encoder's LoRA may be in its weights already or not. Give OpenCLIP's or ImageBind's weights "
                "(--base FILE) to find out, or say so (--lora unmerged or --lora merged)."
            )
        return LoraFinding(option, "option", len(changes))
    shares = {name: _share(name, weights[name], change(), base) for name, change in active.items()}
    merged = {name for name, share in shares.items() if share > 0.5}
    if merged and len(merged) < len(shares):
        apart = sorted(set(shares) - merged)[0]
        raise MissingCheckpoint(
            f"The encoder's LoRA is mixed: it is in {sorted(merged)[0]} already, but not in {apart}.",
            str(sorted(merged)),
        )
    state: LoraState = "merged" if merged else "unmerged"
    if option not in ("auto", state):
        raise MissingCheckpoint(f"--lora {option} is wrong: compared with the base the encoder's LoRA is {state}.")
    return LoraFinding(state, "base", len(changes), (min(shares.values()), max(shares.values())))


def _share(name: str, weight: Tensor, change: Tensor, base: Mapping[str, Tensor]) -> float:
    """How much of the change lies in W - base: <W - base, change> / |change|^2, which rounding of W hardly moves."""
    before = base[name].float()
    difference, size = weight.float() - before, float(change.norm())
    share = float((difference * change).sum()) / size**2
    rest = float((difference - round(share) * change).norm())
    steps = sum(torch.finfo(t.dtype).eps for t in (weight, base[name]))
    if min(abs(share), abs(share - 1)) > WITHIN or rest > WITHIN * size + steps * float(before.norm()):
        raise MissingCheckpoint(
            f"{name} is neither the base nor the base with its LoRA: this is not the base the release started from.",
            f"share {share:.3f}, rest {rest:.3g} of {size:.3g}",
        )
    return share


def fold(weights: Mapping[str, Tensor], changes: Mapping[str, LoraChange], finding: LoraFinding) -> dict[str, Tensor]:
    """The weights with the changes in them once; those that are changed become float32."""
    if finding.state != "unmerged":
        return dict(weights)
    return {name: t.float() + changes[name]() if name in changes else t for name, t in weights.items()}
