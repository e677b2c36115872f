"""Towers from a local file of any known layout, or from a folder of ours; and folders of ours."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from safetensors.torch import save_file
from torch import Tensor

from kfd.encoders.vit_weights.layouts import Layout
from kfd.encoders.vit_weights.mapping import layout_of, map_tensors
from kfd.encoders.vit_weights.reading import open_weights
from kfd.encoders.vit_weights.sizes import TowerSizes
from kfd.encoders.vit_weights.towers import Towers, assemble, shapes_of
from media.errors import MissingCheckpoint
from media.open import sha256_of

WEIGHTS, CONFIG, META = "model.safetensors", "config.json", "meta.json"
FORMAT = "vit-towers-1"


@dataclass(frozen=True)
class TowerWeights:
    """Tensors of towers under our names, and where they are from.

    Attributes:
        tensors: see Towers; sizes: norm_eps is that of the layout or of the folder.
        layout: "own", "openclip", "imagebind" or "transformers"; licence: of the weights.
        path: the file; wrappers: what lay around its tensors.
    """

    tensors: Mapping[str, Tensor]
    sizes: TowerSizes
    layout: str
    licence: str
    path: Path
    wrappers: tuple[str, ...]


def read_towers(path: Path, sizes: TowerSizes | None = None) -> TowerWeights:
    """The tensors of both towers, still on disk.

    Args:
        path: a weights file, or a folder with one; a folder of ours brings its sizes.
        sizes: None = ViT-H-14, or what the folder says.

    Raises:
        MissingCheckpoint: what is wrong with the file, naming the tensors.
    """
    path = Path(path)
    sizes, licence = _folder_says(path, sizes)
    weights = open_weights(path)
    layout = layout_of(weights.tensors)
    if layout.norm_eps is not None:
        sizes = replace(sizes, norm_eps=layout.norm_eps)
    tensors = map_towers(weights.tensors, layout, sizes)
    return TowerWeights(tensors, sizes, layout.name, licence or layout.licence, weights.path, weights.wrappers)


def map_towers(found: Mapping[str, Tensor], layout: Layout, sizes: TowerSizes) -> dict[str, Tensor]:
    """Both towers' tensors under our names; what the layout ignores is left out."""
    kept = {name: tensor for name, tensor in found.items() if not name.startswith(layout.ignored)}
    shapes = shapes_of(lambda: Towers(sizes))
    return map_tensors(kept, layout.entries(sizes), shapes, f"the towers ({layout.name} layout)")


def load_towers(path: Path, sizes: TowerSizes | None = None, with_text: bool = True) -> Towers:
    """Towers in evaluation mode from a file or folder, see `read_towers`."""
    found = read_towers(path, sizes)
    tensors = {name: t for name, t in found.tensors.items() if with_text or name.startswith("visual.")}
    return assemble(lambda: Towers(found.sizes, with_text), tensors)


def _folder_says(path: Path, sizes: TowerSizes | None) -> tuple[TowerSizes, str]:
    """Sizes and licence of a folder of ours; the given or the usual sizes and "" of anything else."""
    if not (path / CONFIG).is_file():
        return sizes or TowerSizes(), ""
    try:
        config = json.loads((path / CONFIG).read_text())
        if config.pop("format", None) != FORMAT:
            return sizes or TowerSizes(), ""  # a folder of somebody else, such as a clone from the hub
        meta = json.loads((path / META).read_text())
        return TowerSizes(**config), str(meta["licence"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise MissingCheckpoint(f"{CONFIG} or {META} in the folder {path.name} is damaged.", str(error)) from error


def write_folder(
    folder: Path,
    tensors: Mapping[str, Tensor],
    config: Mapping[str, Any],
    meta: Mapping[str, Any],
    names: tuple[str, str, str] = (WEIGHTS, CONFIG, META),
) -> str:
    """Write a folder of ours, whole or not at all; returns the SHA-256 of its weights.

    Args:
        folder: must not exist yet.
        tensors, config, meta: what its three files hold; names: how they are called.
    """
    if folder.exists():
        raise MissingCheckpoint(f"The folder {folder.name} is there already; nothing is overwritten.", str(folder))
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    save_file({name: t.detach().contiguous() for name, t in tensors.items()}, partial / names[0])
    for name, content in zip(names[1:], (config, meta), strict=True):
        (partial / name).write_text(json.dumps(content, indent=2, sort_keys=True) + "\n")
    partial.rename(folder)
    return sha256_of(folder / names[0])


def save_towers(found: TowerWeights, folder: Path, meta: Mapping[str, Any]) -> str:
    """Write towers as a folder of ours, in the file's own types, so nothing is lost; returns the weights' SHA-256."""
    encoder = {"mean": list(Towers.mean), "std": list(Towers.std)}
    about = {**meta, "licence": found.licence, "layout": found.layout, "encoder": encoder}
    return write_folder(folder, found.tensors, {"format": FORMAT, **found.sizes.to_dict()}, about)
