"""What the report and every meta.json say of a conversion's source."""

import subprocess
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from torch import Tensor

from media.open import sha256_of


def source_of(path: Path, wrappers: tuple[str, ...], tensors: Mapping[str, Tensor]) -> dict[str, Any]:
    """Name, SHA-256 and size of a file; its wrappers, tensors, and their types."""
    return {
        "file": path.name,
        "sha256": sha256_of(path),
        "bytes": path.stat().st_size,
        "wrappers": list(wrappers),
        "tensors": len(tensors),
        "types": dict(Counter(str(t.dtype).removeprefix("torch.") for t in tensors.values())),
    }


def git_commit() -> str:
    """The commit of this code with '+' when it has changes, or 'unknown' outside a repository."""
    here = Path(__file__).parent
    try:
        words = (["rev-parse", "HEAD"], ["status", "--porcelain", "-uno"])
        commit, changes = (
            subprocess.run(["git", *w], cwd=here, capture_output=True, text=True, check=True).stdout.strip()
            for w in words
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return commit + ("+" if changes else "")
