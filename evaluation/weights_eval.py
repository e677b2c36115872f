"""Sizes of the shipped weights against the budget of each part."""

from collections.abc import Sequence

from evaluation.context import Context
from evaluation.results import Bar, Figures, Item
from media.open import sha256_of

PART = "weights"
MEGABYTE = 1_000_000
BUDGET_MB = {"language_model": 26.0, "kfd": 14.0, "prompt_learner": 6.0}
TOTAL_MB = 64.0


def run(context: Context) -> None:
    """One item a file of the weight folder."""
    log = context.log(PART, rooms=tuple(BUDGET_MB), folder=context.folder.name)
    for path in sorted(p for p in context.folder.rglob("*") if p.is_file()):
        key = path.relative_to(context.folder).as_posix()
        if key not in log:
            log.add(key, room=key.split("/")[0], bytes=path.stat().st_size, sha256=sha256_of(path))


def figures(items: Sequence[Item]) -> Figures:
    """Megabytes (10^6 bytes) of each room and of all."""
    rooms = sorted({i["room"] for i in items})
    sizes = {room: sum(i["bytes"] for i in items if i["room"] == room) / MEGABYTE for room in rooms}
    return {"megabytes": sizes, "total": sum(sizes.values()), "sha256": {i["key"]: i["sha256"] for i in items}}


def bars(found: Figures) -> list[Bar]:
    """The budget."""
    sizes = found["megabytes"]
    bars = [Bar(PART, f"{room} (MB)", sizes.get(room), limit, "<=") for room, limit in BUDGET_MB.items()]
    return [*bars, Bar(PART, "all weights (MB)", found["total"], TOTAL_MB, "<=")]
