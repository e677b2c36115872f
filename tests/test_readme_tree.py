"""The README's file tree is the repository's: every folder and top-level file it names exists, and none is missing."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HIDDEN = {".ci", ".gitignore", ".python-version", "LICENSE", "README.md", "NOTICE"}


def tree_paths(text: str) -> set[str]:
    """Paths in the block that starts with ```tree, one a line, description after two spaces."""
    match = re.search(r"```tree\n(.*?)```", text, re.S)
    assert match, "README has no ```tree block"
    return {line.split("  ")[0].strip().rstrip("/") for line in match[1].splitlines() if line.strip()}


def tracked() -> list[str]:
    """Files in git; in an exported copy without git, files on disk outside hidden folders."""
    found = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if found.returncode == 0 and found.stdout:
        return found.stdout.splitlines()
    return [str(p.relative_to(ROOT)) for p in ROOT.rglob("*") if p.is_file() and not p.parts[-2].startswith(".")]


def test_tree_is_the_repository() -> None:
    named = tree_paths((ROOT / "README.md").read_text())
    files = tracked()
    files = {f for f in files if f.split("/")[0] not in HIDDEN}
    tops = {f.split("/")[0] for f in files}
    code = {f for f in files if f.endswith(".py") and not f.startswith("tests/") and not f.endswith("__init__.py")}
    assert {n.split("/")[0] for n in named} == tops
    missing = {n for n in named if not (ROOT / n).exists()}
    assert not missing
    unnamed = {f for f in code if f not in named and str(Path(f).parent) not in named and not below(f, named)}
    assert not unnamed


def below(path: str, named: set[str]) -> bool:
    """Whether a folder above the file is named without any subfolder of its own, so that it stands for all of it."""
    lowest = {n for n in named if not any(o.startswith(n + "/") for o in named)}
    return any(path.startswith(n + "/") for n in lowest)


def test_a_wrong_tree_is_seen() -> None:
    assert tree_paths("```tree\nmedia/  records\nmedia/open.py  opening\n```") == {"media", "media/open.py"}
    assert below("simulation/families/swap.py", {"simulation"})
    assert not below("simulation/families/swap.py", {"simulation", "simulation/dialogue"})
