"""ImageBind's vision and text towers as a folder of ours."""

from pathlib import Path
from typing import Any

from kfd.convert.about import git_commit, source_of
from kfd.encoders.vit_weights.compare import compare_towers, refuse_transposed
from kfd.encoders.vit_weights.load import read_towers, save_towers
from kfd.encoders.vit_weights.sizes import TowerSizes
from media.errors import MissingCheckpoint

COMMAND = "python -m kfd convert imagebind SOURCE --out FOLDER"


def convert_imagebind(
    source: Path, out: Path, sizes: TowerSizes | None = None, compare: Path | None = None
) -> dict[str, Any]:
    """Write the towers once as model.safetensors, config.json and meta.json; returns the report.

    Args:
        source: imagebind_huge.pth. out: must not exist.
        sizes: None = ImageBind-Huge.
        compare: weights of OpenCLIP's ViT-H-14; the report then says whether the towers are the same.

    Raises:
        MissingCheckpoint: what is wrong with a file, or with the place.
    """
    found = read_towers(source, sizes)
    if found.layout != "imagebind":
        raise MissingCheckpoint(f"{found.path.name} holds towers in the {found.layout} layout, not ImageBind's.")
    report: dict[str, Any] = {"source": source_of(found.path, found.wrappers, found.tensors), "licence": found.licence}
    if compare is not None:
        other = read_towers(compare, found.sizes)
        comparison = compare_towers(found.tensors, other.tensors)
        refuse_transposed(comparison)
        report["compared"] = {"file": other.path.name, "layout": other.layout, **comparison.to_dict()}
    about = {**report, "command": COMMAND, "git_commit": git_commit(), "intended_use": "research, non-commercial"}
    return {**report, "written": {out.name: save_towers(found, out, about)}}
