"""Image weights for the base size: MAE's ViT-B from a local safetensors file in timm's key layout (sheet §6).

Spatial attention, MLPs, norms, patch map and position embedding are taken over; time attention stays as it started.
"""

from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from fakestormer.model import FakeSTormer
from media.errors import MissingCheckpoint

# timm's name inside a block -> ours.
_BLOCK = {
    "norm1": "spatial_norm",
    "attn.qkv": "spatial.qkv",
    "attn.proj": "spatial.proj",
    "norm2": "norm",
    "mlp.fc1": "mlp.0",
    "mlp.fc2": "mlp.2",
}
_IGNORED = ("head.", "fc_norm.", "decoder", "mask_token")
_SUFFIXES = ("weight", "bias")


def renamed(state: dict[str, Tensor], depth: int) -> dict[str, Tensor]:
    """timm's ViT tensors under our names (position embedding apart, as "pos_embed").

    Raises:
        MissingCheckpoint: a tensor is missing, or one is there that has no place; each is named.
    """
    names = {"cls_token": "spatial_token", "pos_embed": "pos_embed"}
    names |= {f"patch_embed.proj.{s}": f"stem.{s}" for s in _SUFFIXES}
    names |= {f"norm.{s}": f"norm.{s}" for s in _SUFFIXES}
    names |= {
        f"blocks.{i}.{theirs}.{s}": f"blocks.{i}.{ours}.{s}"
        for i in range(depth)
        for theirs, ours in _BLOCK.items()
        for s in _SUFFIXES
    }
    optional = {"norm.weight", "norm.bias"}  # files tuned with average pooling have fc_norm instead
    missing = sorted(names.keys() - state.keys() - optional)
    surplus = sorted(k for k in state.keys() - names.keys() if not k.startswith(_IGNORED))
    if missing or surplus:
        problems = [f"missing: {', '.join(missing)}"] if missing else []
        problems += [f"unexpected: {', '.join(surplus)}"] if surplus else []
        raise MissingCheckpoint("The image weights do not fit this size of the video detector.", "; ".join(problems))
    return {ours: state[theirs] for theirs, ours in names.items() if theirs in state}


def load_mae(model: FakeSTormer, file: Path) -> tuple[str, ...]:
    """Take over image weights in place.

    Args:
        model: with stem "patch".
        file: local .safetensors, e.g. timm's vit_base_patch16_224.mae.

    Returns:
        Names of the parameters that were set.

    Raises:
        MissingCheckpoint: no such file, not safetensors, or tensors that do not fit.
    """
    if model.config.stem != "patch":
        raise MissingCheckpoint(f"Image weights need stem 'patch', this detector has {model.config.stem!r}.")
    if file.suffix != ".safetensors" or not file.is_file():
        raise MissingCheckpoint(f"Image weights are read from a local .safetensors file; {file} is none.")
    try:
        found = renamed(load_file(file), model.config.depth)
    except SafetensorError as error:
        raise MissingCheckpoint(f"The image weights in {file} are damaged.", str(error)) from error
    found["space"] = resized_positions(found.pop("pos_embed")[0], model.space.shape[0] - 1)
    found["spatial_token"] = found["spatial_token"].flatten()
    own: dict[str, Tensor] = dict(model.named_parameters())
    wrong = [f"{k}: {tuple(v.shape)}, here {tuple(own[k].shape)}" for k, v in found.items() if v.shape != own[k].shape]
    if wrong:
        raise MissingCheckpoint("The image weights have other widths than this detector.", "; ".join(wrong))
    with torch.no_grad():
        for name, tensor in found.items():
            own[name].copy_(tensor)
        nn.init.zeros_(model.time)  # at the start a frame means what it meant to the image model
    return tuple(found)


def resized_positions(positions: Tensor, cells: int) -> Tensor:
    """Position embedding (1 + n^2, D) -> (1 + cells, D), bicubic over the grid; row 0 is kept."""
    side, goal = round((len(positions) - 1) ** 0.5), round(cells**0.5)
    if side == goal:
        return positions
    grid = positions[1:].T.reshape(1, -1, side, side).float()
    grid = F.interpolate(grid, size=(goal, goal), mode="bicubic", align_corners=False)
    return torch.cat([positions[:1], grid[0].flatten(1).T.to(positions.dtype)])
