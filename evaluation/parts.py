"""The parts of the evaluation: what each measures, and how figures and bars are computed from the saved items."""

import importlib
import logging
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.results import Bar, Figures, Item, ItemLog, read_items, write_figures
from media.errors import BadRequest

if TYPE_CHECKING:
    from evaluation.context import Context

PART_NAMES = ("weights", "detector", "calibration", "deepfakes", "regions", "language", "speed")
RETRIEVAL_PARTS = ("annotations", "index", "index_speed", "text_search", "examples", "clicks", "ablation")
PROTOCOLS = {
    "embedded": PART_NAMES,
    "retrieval": RETRIEVAL_PARTS,
    "video": ("video",),
    "robustness": ("robustness",),
    "manifest": ("manifest",),
    "serving": ("serving",),
    "exddv": ("exddv", "exddv_agreement"),
}
"""The parts of each protocol, in the order in which they are measured and listed."""
_MODULES = {
    "weights": "evaluation.weights_eval",
    "detector": "evaluation.detector_eval",
    "deepfakes": "evaluation.deepfake_eval",
    "regions": "evaluation.region_eval",
    "language": "evaluation.language_eval",
    "speed": "evaluation.speed_eval",
    "annotations": "evaluation.retrieval_rows",
    "index": "evaluation.retrieval_index",
    "index_speed": "evaluation.retrieval_speed",
    "text_search": "evaluation.retrieval_text",
    "examples": "evaluation.retrieval_examples",
    "clicks": "evaluation.retrieval_clicks",
    "ablation": "evaluation.retrieval_ablation",
    "video": "evaluation.video_eval",
    "robustness": "evaluation.robustness_eval",
    "manifest": "evaluation.manifest_eval",
    "serving": "evaluation.serving_eval",
    "exddv": "evaluation.exddv_eval",
    "exddv_agreement": "evaluation.exddv_agreement",
}
logger = logging.getLogger(__name__)


def parse_parts(text: str | None, protocol: str = "embedded") -> tuple[str, ...]:
    """Parts of a protocol named in a comma-separated list, all when it is None; in the fixed order."""
    names = PROTOCOLS[protocol]
    if text is None:
        return names
    wanted = {word.strip() for word in text.split(",") if word.strip()}
    unknown = wanted - set(names)
    if unknown or not wanted:
        raise BadRequest(f"Unknown part: {', '.join(sorted(unknown)) or '(none)'}; choose of {', '.join(names)}.")
    return tuple(part for part in names if part in wanted)


def measure_parts(context: "Context", parts: Sequence[str]) -> dict[str, str]:
    """Run the parts one after the other; a part that fails does not stop the others.

    Calibration has no items of its own: asking for it runs the detector part.

    Returns:
        part -> error, for those that failed.
    """
    failed: dict[str, str] = {}
    names = dict.fromkeys("detector" if part == "calibration" else part for part in parts)
    times = ItemLog(context.out / "items", "timing", {})
    for part in names:
        start = time.perf_counter()
        try:
            importlib.import_module(_MODULES[part]).run(context)
        except Exception as error:
            logger.exception("part %s failed", part)
            failed[part] = f"{type(error).__name__}: {error}"
        times.add(f"{len(times.items):04d}", part=part, seconds=round(time.perf_counter() - start, 1))
    return failed


def load_items(out: Path) -> dict[str, list[Item]]:
    """Saved items of every measured part."""
    folder = out / "items"
    if not folder.is_dir():
        raise BadRequest("There are no saved items in this folder.", detail=str(folder))
    return {p.stem: read_items(p)[1] for p in sorted(folder.glob("*.jsonl")) if not p.stem.endswith(".old")}


def compute(items: dict[str, list[Item]]) -> tuple[dict[str, Figures], list[Bar]]:
    """Figures of every part that has items, and all bars in the fixed order."""
    figures: dict[str, Figures] = {}
    bars: list[Bar] = []
    for part in (name for names in PROTOCOLS.values() for name in names):
        if part == "calibration":
            from evaluation import calibration_eval as module

            if not items.get("detector"):
                continue
            figures[part] = module.figures(items["detector"], items.get("deepfakes", []))
        elif items.get(part):
            module = importlib.import_module(_MODULES[part])
            figures[part] = module.figures(items[part])
        else:
            continue
        bars += module.bars(figures[part])
    return figures, bars


def from_items(out: Path) -> list[Bar]:
    """Write OUT/figures.json, OUT/bars.md, and the pictures and tables of parts that have some, from OUT/items."""
    figures, bars = compute(load_items(out))
    write_figures(out, figures, bars)
    if figures.get("calibration"):
        from evaluation.calibration_eval import PICTURE, draw

        draw(figures["calibration"], out / PICTURE)
    for part in ("video", "robustness", "manifest", "exddv", "exddv_agreement"):
        if figures.get(part):
            importlib.import_module(_MODULES[part]).draw(figures[part], out)
    return bars
