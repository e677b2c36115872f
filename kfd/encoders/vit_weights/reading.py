"""Weights files that may come from anywhere: safetensors, or pickles of torch.save read with weights_only.

A pickle is examined before torch opens it: what it asks to be called, how its parts are packed, whether they are all
there. Tensors stay on disk until they are read, so a file of 5 GB costs no 5 GB of memory.
"""

import json
import pickletools
import re
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from media.errors import MissingCheckpoint

KNOWN_FILES = (
    "model.safetensors",
    "open_clip_model.safetensors",
    "open_clip_pytorch_model.bin",
    "imagebind_huge.pth",
    "ckpt.pth",
)
CONTAINERS = ("state_dict", "model", "module", "model_state_dict", "ema")
WRAPPERS = ("module.", "_orig_mod.", "base_model.model.", "model.")
# All that a dictionary of tensors needs. Bytearrays and the like, which torch allows too, can claim any memory.
ALLOWED = re.compile(
    r"collections OrderedDict|torch\._utils _rebuild_(tensor_v2|parameter)|torch(\.storage)? \w*Storage|torch \w+\d+"
)
CALLING = ("GLOBAL", "INST", "STACK_GLOBAL", "EXT1", "EXT2", "EXT4")  # ways of a pickle to name what is called
LARGEST_PICKLE = 64 << 20


@dataclass(frozen=True)
class Weights:
    """Tensors of a file by name.

    Attributes:
        path: the file. tensors: by name, without wrappers.
        wrappers: what lay around them, from the outside: containers such as "state_dict", prefixes such as "module.".
    """

    path: Path
    tensors: Mapping[str, Tensor]
    wrappers: tuple[str, ...] = ()


def open_weights(path: Path) -> Weights:
    """Open a weights file, or the one weights file of a folder.

    Raises:
        MissingCheckpoint: nothing there, damaged, cut off, asks for more than tensors, or no dictionary of tensors.
    """
    path = _file_of(Path(path))
    with path.open("rb") as file:
        start = file.read(16)
    if start[:4] == b"PK\x03\x04":
        _check_archive(path)
        content = _load_pickle(path)
    elif start[8:9] == b"{":
        content = _load_safetensors(path)
    else:
        raise MissingCheckpoint(f"{path.name} is no weights file: {_guess(path, start)}.")
    tensors, containers = _find_state(content, path)
    _check_sizes(tensors, path)
    tensors, prefixes = unwrap(tensors)
    return Weights(path, tensors, (*containers, *prefixes))


def _file_of(path: Path) -> Path:
    if path.is_file():
        return path
    if not path.is_dir():
        raise MissingCheckpoint(f"There is no weights file {path.name}.", str(path))
    there = [name for name in KNOWN_FILES if (path / name).is_file()]
    if len(there) != 1:
        found = f"it holds {', '.join(there)}: name one" if there else f"it holds none of {', '.join(KNOWN_FILES)}"
        raise MissingCheckpoint(f"Give a weights file instead of the folder {path.name}: {found}.", str(path))
    return path / there[0]


def _guess(path: Path, start: bytes) -> str:
    if not start:
        return "it is empty"
    if start.startswith(b"version https:/"):
        return "it is a pointer of Git LFS; fetch the file itself with `git lfs pull`"
    if len(start) == 16 and start[0] == 0x80 and start[1] in (2, 3, 4, 5):
        return "it is a pickle of the old kind, before torch 1.6; open it where you trust it and save it again"
    return "neither safetensors nor an archive of torch.save, or cut off at its beginning"


def _check_archive(path: Path) -> None:
    """What torch would not notice, or too late: cut off, compressed to look small, asking for more than tensors."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            packed = [p.filename for p in parts if p.compress_type != zipfile.ZIP_STORED]
            pickles = [p for p in parts if p.filename.endswith("data.pkl")]
            if packed or sum(p.file_size for p in parts) > path.stat().st_size:
                raise MissingCheckpoint(
                    f"{path.name} is packed to unfold into more than it is; torch.save packs nothing."
                )
            if len(pickles) != 1 or pickles[0].file_size > LARGEST_PICKLE:
                raise MissingCheckpoint(f"{path.name} is no archive of torch.save: it needs one small data.pkl.")
            _check_pickle(archive.read(pickles[0]), path)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError) as error:
        raise MissingCheckpoint(f"{path.name} is cut off or damaged; fetch it again.", str(error)) from error


def _check_pickle(data: bytes, path: Path) -> None:
    try:
        calls = {(code.name, str(arg)) for code, arg, _ in pickletools.genops(data) if code.name in CALLING}
    except (ValueError, struct.error) as error:
        raise MissingCheckpoint(f"{path.name} is cut off or damaged; fetch it again.", str(error)) from error
    refused = sorted(
        name.replace(" ", ".") if name != "None" else code.lower()
        for code, name in calls
        if code != "GLOBAL" or not ALLOWED.fullmatch(name)
    )
    if refused:
        raise MissingCheckpoint(
            f"{path.name} asks for {refused[0]}, which tensors do not need: it is not opened. Keep the tensors alone "
            "where you trust the file: torch.save(model.state_dict(), FILE).",
            ", ".join(refused),
        )


def _load_pickle(path: Path) -> Any:
    try:
        return torch.load(path, map_location="cpu", weights_only=True, mmap=True)
    except Exception as error:  # a hostile or damaged file may raise anything
        raise MissingCheckpoint(
            f"{path.name} could not be read as tensors.", f"{type(error).__name__}: {error}"
        ) from error


def _load_safetensors(path: Path) -> dict[str, Tensor]:
    try:
        return load_file(path)
    except (SafetensorError, json.JSONDecodeError, OSError, ValueError) as error:
        raise MissingCheckpoint(f"{path.name} is cut off or damaged; fetch it again.", str(error)) from error


def _find_state(content: Any, path: Path) -> tuple[dict[str, Tensor], list[str]]:
    """The dictionary of tensors and the containers around it."""
    containers: list[str] = []
    while isinstance(content, dict) and not any(isinstance(v, Tensor) for v in content.values()):
        inner = [name for name in CONTAINERS if isinstance(content.get(name), dict)]
        if len(inner) != 1 or len(containers) > 3:
            there = ", ".join(str(k) for k in list(content)[:5]) or "nothing"
            raise MissingCheckpoint(f"{path.name} holds no dictionary of tensors; found {there}.")
        containers.append(inner[0])
        content = content[inner[0]]
    if not isinstance(content, dict):
        raise MissingCheckpoint(f"{path.name} holds a {type(content).__name__} instead of a dictionary of tensors.")
    wrong = [str(k) for k, v in content.items() if not isinstance(v, Tensor) or not isinstance(k, str)]
    if wrong:
        raise MissingCheckpoint(f"{path.name} holds something that is no tensor under {wrong[0]}.", ", ".join(wrong))
    return dict(content), containers


def _check_sizes(tensors: Mapping[str, Tensor], path: Path) -> None:
    """A tensor can claim to be larger than what is stored for it; making a copy of it would fill the memory."""
    for name, tensor in tensors.items():
        if tensor.layout != torch.strided or tensor.nbytes > tensor.untyped_storage().nbytes():
            raise MissingCheckpoint(f"{name} in {path.name} claims to be larger than what is stored for it.")


def unwrap(tensors: Mapping[str, Tensor]) -> tuple[dict[str, Tensor], list[str]]:
    """Names without the prefixes that lie around all of them, and those prefixes from the outside."""
    result, prefixes = dict(tensors), []
    while result:
        prefix = next((w for w in WRAPPERS if all(name.startswith(w) for name in result)), None)
        if prefix is None:
            break
        prefixes.append(prefix)
        result = {name[len(prefix) :]: tensor for name, tensor in result.items()}
    return result, prefixes
