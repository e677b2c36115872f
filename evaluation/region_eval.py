"""Region polygons against hand-made region maps; the comparing is done by evaluation/region_protocol.py."""

from collections.abc import Sequence

from evaluation.context import Context
from evaluation.results import Bar, Figures, Item, mean

PART = "regions"
LIMITS = {"mouth": 0.75, "nose": 0.60, "eyes": 0.60, "brows": 0.40}


def run(context: Context) -> None:
    """Compare every photo once; the weights do not matter here."""
    from evaluation.region_protocol import measure_regions

    folder = context.need("regions")
    log = context.log(PART, rooms=())
    if log.items:
        return
    found = measure_regions(folder)
    for name, scores in found["items"].items():
        log.add(name, kind="photo", iou=scores, found=name not in found["not_found"])
    log.add("all photos", kind="summary", exchanged=found["exchanged"], photos=found["photos"])


def figures(items: Sequence[Item]) -> Figures:
    """Mean IoU over photos and sides; photos without a face count 0."""
    photos = [i for i in items if i["kind"] == "photo"]
    values = {name: [v for i in photos for key, v in i["iou"].items() if key.split(":")[0] == name] for name in LIMITS}
    return {
        "photos": len(photos),
        "without_face": sum(not i["found"] for i in photos),
        "mean_iou": {name: mean(v) for name, v in values.items()},
        "count": {name: len(v) for name, v in values.items()},
        "exchanged": mean(i["exchanged"] for i in items if i["kind"] == "summary"),
    }


def bars(found: Figures) -> list[Bar]:
    """The promises on the region polygons."""
    table = [Bar(PART, f"mean IoU, {name}", found["mean_iou"][name], limit, ">=") for name, limit in LIMITS.items()]
    return [*table, Bar(PART, "pairs with left and right exchanged", found["exchanged"], 0.0, "<=")]
