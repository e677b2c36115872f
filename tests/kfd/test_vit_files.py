"""Weights files that somebody made to harm, or that did not arrive whole: a typed error, and nothing is run."""

import io
import os
import pickle
import zipfile
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file
from torch import nn

from kfd.encoders.vit_weights.reading import open_weights, unwrap
from media.errors import MissingCheckpoint

STATE = {"a.weight": torch.randn(40, 50), "b": torch.ones(3, dtype=torch.bfloat16)}


class Call:
    """Pickles as a call of anything."""

    def __init__(self, function: Callable[..., Any], *args: object) -> None:
        self.call = (function, args)

    def __reduce__(self) -> Any:
        return self.call


def saved(content: object, path: Path) -> bytes:
    torch.save(content, path)
    return path.read_bytes()


@pytest.mark.parametrize("name", ["a.pth", "a.safetensors"])
def test_both_kinds_are_read(tmp_path: Path, name: str) -> None:
    save_file(STATE, tmp_path / name) if name.endswith("tensors") else torch.save(STATE, tmp_path / name)
    found = open_weights(tmp_path / name)
    assert found.tensors.keys() == STATE.keys()
    assert all(torch.equal(found.tensors[k], v) for k, v in STATE.items())


@pytest.mark.parametrize(
    ("content", "wrappers"),
    [
        ({"state_dict": STATE, "epoch": 4}, ("state_dict",)),
        ({"model": {f"module.{k}": v for k, v in STATE.items()}}, ("model", "module.")),
        ({f"module.base_model.model.{k}": v for k, v in STATE.items()}, ("module.", "base_model.model.")),
        (OrderedDict((k, nn.Parameter(v)) for k, v in STATE.items()), ()),
        ({**{f"module.{k}": v for k, v in STATE.items()}, "c": torch.ones(1)}, None),
    ],
)
def test_wrappers_are_found(tmp_path: Path, content: dict[str, Any], wrappers: tuple[str, ...] | None) -> None:
    torch.save(content, tmp_path / "a.pth")
    found = open_weights(tmp_path / "a.pth")
    if wrappers is None:  # a prefix of some is part of the name
        assert (found.wrappers, len(found.tensors)) == ((), 3)
    else:
        assert found.wrappers == wrappers
        assert found.tensors.keys() == STATE.keys()


def test_unwrap_of_nothing() -> None:
    assert unwrap({}) == ({}, [])


@pytest.mark.parametrize(
    ("function", "args", "named"),
    [
        (os.system, ("touch HARM",), "system"),
        (eval, ("1",), "eval"),
        (bytearray, (1 << 40,), "bytearray"),
        (torch.zeros, (1 << 40,), "getattr"),
    ],
)
def test_a_pickle_that_calls_something_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: Callable[..., Any], args: tuple[Any, ...], named: str
) -> None:
    monkeypatch.chdir(tmp_path)
    torch.save({"a": Call(function, *args)}, tmp_path / "bad.pth")
    with pytest.raises(MissingCheckpoint, match=rf"asks for \S*{named}.*not opened"):
        open_weights(tmp_path / "bad.pth")
    assert not (tmp_path / "HARM").exists()


def test_other_ways_to_name_a_call_are_refused(tmp_path: Path) -> None:
    whole = zipfile.ZipFile(io.BytesIO(saved(STATE, tmp_path / "whole.pth")))
    with zipfile.ZipFile(tmp_path / "bad.pth", "w") as archive:
        for part in whole.infolist():
            data = whole.read(part)
            if part.filename.endswith("data.pkl"):
                data = pickle.dumps({"a": Call(os.system, "touch HARM")}, protocol=4)
            archive.writestr(part.filename, data)
    with pytest.raises(MissingCheckpoint, match="asks for stack_global"):
        open_weights(tmp_path / "bad.pth")


@pytest.mark.parametrize("share", [0.0, 0.001, 0.2, 0.6, 0.99])
@pytest.mark.parametrize("name", ["a.pth", "a.safetensors"])
def test_a_file_that_was_cut_off(tmp_path: Path, name: str, share: float) -> None:
    path = tmp_path / name
    save_file(STATE, path) if name.endswith("tensors") else torch.save(STATE, path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(MissingCheckpoint, match=r"cut off|empty"):
        open_weights(path)


def test_an_archive_that_unfolds_into_more_than_it_is(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.pth", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.pkl", bytes(1 << 24))
    assert (tmp_path / "bomb.pth").stat().st_size < 1 << 17
    with pytest.raises(MissingCheckpoint, match="unfold into more than it is"):
        open_weights(tmp_path / "bomb.pth")


def test_a_tensor_that_claims_more_than_is_stored(tmp_path: Path) -> None:
    torch.save({"big": torch.ones(1).expand(1 << 20, 1 << 20)}, tmp_path / "bad.pth")
    with pytest.raises(MissingCheckpoint, match="big in bad.pth claims to be larger"):
        open_weights(tmp_path / "bad.pth")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ([torch.ones(1)], "holds a list instead"),
        ({"args": {"lr": 0.1}, "epoch": 3}, "no dictionary of tensors; found args, epoch"),
        ({"a": torch.ones(1), "epoch": 3}, "no tensor under epoch"),
        ({}, "found nothing"),
    ],
)
def test_what_is_no_state_dict(tmp_path: Path, content: object, message: str) -> None:
    torch.save(content, tmp_path / "a.pth")
    with pytest.raises(MissingCheckpoint, match=message):
        open_weights(tmp_path / "a.pth")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "git lfs pull"),
        (pickle.dumps({"a": "a pickle"}, protocol=2), "before torch 1.6"),
        (b"<html>not found</html>", "neither safetensors nor"),
        (b"PK\x03\x04" + bytes(100), "cut off or damaged"),
        (b"\xff\xff\xff\xff\xff\xff\xff\x7f{" + bytes(50), "cut off or damaged"),
    ],
)
def test_what_is_no_weights_file(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "a.pth").write_bytes(data)
    with pytest.raises(MissingCheckpoint, match=message):
        open_weights(tmp_path / "a.pth")


def test_folders(tmp_path: Path) -> None:
    with pytest.raises(MissingCheckpoint, match="There is no weights file none"):
        open_weights(tmp_path / "none")
    with pytest.raises(MissingCheckpoint, match="it holds none of"):
        open_weights(tmp_path)
    for name in ("model.safetensors", "open_clip_model.safetensors"):
        save_file(STATE, tmp_path / name)
    with pytest.raises(MissingCheckpoint, match="name one"):
        open_weights(tmp_path)
