"""Keeps the import rule: a room imports only from rooms to its left, and some libraries stay in their files."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Rooms of equal rank do not import each other.
RANK = {
    "media": 0,
    "simulation": 1,
    "kfd.encoders": 2,
    "kfd": 3,
    "fakestormer": 4,
    "prompt_learner": 5,
    "retrieval": 5,
    "explain": 5,
    "assistant": 6,
    "evaluation": 7,
    "training": 8,
    "assistant.ui": 9,
    "app": 10,
}
ONLY_IN = {
    "gradio": ("assistant/ui/", "app.py"),
    "faiss": ("retrieval/index.py",),
    "langchain_core": ("retrieval/selector.py",),
    "mediapipe": ("media/faces.py", "media/landmarks.py"),
    "ray": ("assistant/scan_ray.py",),
}
NO_TORCH = ("media/", "simulation/")


def sources() -> list[Path]:
    """Every Python file of the rooms."""
    tops = {room.split(".")[0] for room in RANK} - {"app"}
    files = [p for top in tops for p in (ROOT / top).rglob("*.py")]
    return sorted([*files, ROOT / "app.py"])


def room_of(module: str) -> str | None:
    """The longest room name that the module lies in."""
    fits = [room for room in RANK if module == room or module.startswith(room + ".")]
    return max(fits, key=len, default=None)


def module_of(path: Path) -> str:
    """Dotted name of a file in the repository."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported anywhere in the file, also inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the room"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def violations(module: str, path: str, text: str) -> list[str]:
    """What a file with this text would break."""
    own, found = room_of(module), []
    for name in imports(ast.parse(text)):
        other = room_of(name)
        if own and other and other != own and RANK[other] >= RANK[own]:
            found.append(f"{path}: room {own} imports {name}")
        top = name.split(".")[0]
        if top in ONLY_IN and not path.startswith(ONLY_IN[top]):
            found.append(f"{path}: {top} belongs to {ONLY_IN[top]}")
        if top in ("torch", "torchvision") and path.startswith(NO_TORCH):
            found.append(f"{path}: this room is free of torch")
    return found


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_left(path: Path) -> None:
    relative = path.relative_to(ROOT).as_posix()
    assert violations(module_of(path), relative, path.read_text()) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("media/a.py", "import torch"),
        ("media/a.py", "from simulation import forge"),
        ("kfd/encoders/a.py", "from kfd.detector import KnowledgeGuidedDetector"),
        ("assistant/a.py", "import gradio as gr"),
        ("assistant/scan.py", "def f():\n    import ray.data"),
        ("assistant/a.py", "def f():\n    from assistant.ui import layout"),
        ("retrieval/a.py", "from prompt_learner import config"),
    ],
)
def test_a_wrong_import_is_seen(path: str, text: str) -> None:
    assert violations(path[:-3].replace("/", "."), path, text)


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_files_stay_readable(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 360, "split this file: one thing a file"
