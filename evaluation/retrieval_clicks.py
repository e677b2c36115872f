"""The click predictor on held-out simulated forgeries, against what needs no click model.

One item a frozen evaluation pair (evaluation/detector_eval.py): where the forgery shows most, the click that scatters
from there as ExDDV's annotators do, the predicted click, the peak of the detector's own map. Items of training photos
give the baselines' medians. All points are (x, y) in [0, 1] of the face crop. Bars are on the scattered clicks.
Two guesses that know the truth say how much is left to win: the middle of what was really changed (where, but not how
strongly), and the strongest place itself (then only the scatter remains).
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from evaluation.context import in_fitting_half
from evaluation.results import Bar, Figures, Item, batches, mean
from evaluation.retrieval_eval import RetrievalContext

if TYPE_CHECKING:
    from retrieval.clicks.predictor import ClickPredictor
    from simulation.records import Pair

PART = "clicks"
TRAIN_PAIRS = 400
SEED = 17
GUESSES = ("map_peak", "predicted", "mask_middle", "strongest")


def run(context: RetrievalContext) -> None:
    """Predict on all held-out pairs; without a click model one item says so."""
    from evaluation.detector_eval import protocol_pairs
    from retrieval.clicks.checkpoint import load_clicks
    from retrieval.clicks.model import FrozenDetector
    from retrieval.clicks.predictor import ClickPredictor
    from retrieval.clicks.targets import measured_spread
    from retrieval.encoders import weights_hash
    from simulation.faces_data import load_faces
    from simulation.source import eval_pairs

    if context.click_folder is None:
        why = "no click model: give --clicks FOLDER, or train one with training/train_clicks.py"
        log = context.log(PART, rooms=(), clicks=None)
        if "none" not in log:
            log.add("none", role="not measured", reason=why)
        return
    context.need("faces")
    predictor = ClickPredictor(*load_clicks(context.click_folder, FrozenDetector.of(context.predictor)))
    spread = measured_spread(context.read[0])
    log = context.log(PART, clicks=weights_hash(predictor.model), spread=spread, seed=SEED)
    size, limit = predictor.image_size, context.limit
    learned = load_faces(context.data, "train", min(TRAIN_PAIRS, limit or TRAIN_PAIRS))
    held = (e.pair for e in protocol_pairs(context.data, size, limit=limit))
    for role, pairs in (("train", eval_pairs(learned, size)), ("held out", held)):
        number = 0
        for group in batches(context.track(pairs, None, f"clicks, {role}"), 16):
            for item in items_of(context, predictor, group, role, spread, number):
                if item["name"] not in log:
                    log.add(item.pop("name"), **item)
            number += len(group)


def items_of(
    context: RetrievalContext, predictor: "ClickPredictor", group: Sequence["Pair"], role: str,
    spread: tuple[float, float], number: int,
) -> Iterator[Item]:  # fmt: skip
    """Items of a batch of pairs; models look at held-out ones only."""
    from retrieval.clicks.targets import scattered, strongest_points

    real, fake = np.stack([p.real for p in group]), np.stack([p.fake for p in group])
    size = fake.shape[1]
    strongest = strongest_points(real, fake, np.stack([p.mask for p in group]), float(np.mean(spread)))
    clicks = np.stack([
        scattered(point[None], spread, np.random.default_rng([SEED, number + n, role == "train"]))[0]
        for n, point in enumerate(strongest)
    ])  # fmt: skip
    guesses: dict[str, NDArray[np.float64]] = {}
    if role != "train":
        guesses["predicted"] = predictor.points(fake)
        asked = context.predictor.image_size
        seen = [fit(picture, asked) for picture in fake]
        maps = context.predictor.run(np.stack(seen)).signals
        guesses["map_peak"] = np.stack([map_peak(s.forgery_map) for s in maps])
        guesses["mask_middle"] = np.stack([mask_middle(pair.mask) for pair in group])
    for n, pair in enumerate(group):
        low, high = pair.landmarks.min(0) / size, pair.landmarks.max(0) / size
        yield {
            "name": f"{role}/{number + n:04d}", "role": role, "photo": pair.name, "family": pair.family,
            "half": "fit" if in_fitting_half(pair.name) else "measure", "strongest": strongest[n], "click": clicks[n],
            "box": [*low.tolist(), *high.tolist()], **{name: points[n] for name, points in guesses.items()},
        }  # fmt: skip


def fit(picture: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    """A square picture in the size that a detector takes."""
    if len(picture) == size:
        return picture
    how = cv2.INTER_AREA if size < len(picture) else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(picture, (size, size), interpolation=how), np.uint8)


def map_peak(forgery_map: NDArray[np.float32]) -> NDArray[np.float64]:
    """Where a map (M, M) is highest, (x, y) in [0, 1]."""
    row, column = np.unravel_index(int(np.argmax(forgery_map)), forgery_map.shape)
    return np.array([(column + 0.5) / forgery_map.shape[1], (row + 0.5) / forgery_map.shape[0]])


def mask_middle(mask: NDArray[np.float32]) -> NDArray[np.float64]:
    """The median (x, y) in [0, 1] of a mask (S, S) from 0.5 on: the least mean distance in x and y to its pixels."""
    rows, columns = np.nonzero(mask >= 0.5)
    if not len(rows):
        return map_peak(mask)
    return np.array([(np.median(columns) + 0.5) / mask.shape[1], (np.median(rows) + 0.5) / mask.shape[0]])


def figures(items: Sequence[Item]) -> Figures:
    """MAE of every guess against the scattered clicks and against the strongest places, over both coordinates."""
    from retrieval.clicks_stats import mae

    train, held = ([i for i in items if i["role"] == role] for role in ("train", "held out"))
    if not train or not held:
        return {"not_measured": [i["reason"] for i in items if "reason" in i]}
    clicks = np.array([i["click"] for i in train])
    boxes = np.array([i["box"] for i in train])
    place = np.median((clicks - boxes[:, :2]) / (boxes[:, 2:] - boxes[:, :2]), axis=0)
    constant = np.median(clicks, axis=0)
    out: Figures = {"held_out": len(held), "train": len(train), "constant": constant, "mean_face": place}
    for truth in ("click", "strongest"):
        wanted = np.array([i[truth] for i in held])
        own = np.array([i["box"] for i in held])
        guesses = {
            "constant": np.tile(constant, (len(held), 1)),
            "mean_face": own[:, :2] + place * (own[:, 2:] - own[:, :2]),
            **{name: np.array([i[name] for i in held]) for name in GUESSES if name in held[0]},
        }
        out[f"mae_to_{truth}"] = {name: mae(points, wanted) for name, points in guesses.items()}
    families = sorted({i["family"] for i in held})
    out["predicted_by_family"] = {
        f: mean(float(np.abs(np.subtract(i["predicted"], i["click"])).mean()) for i in held if i["family"] == f)
        for f in families
    }
    found = out["mae_to_click"]
    out["below_constant"] = 1 - found["predicted"] / found["constant"]
    out["below_map_peak"] = 1 - found["predicted"] / found["map_peak"]
    return out


def bars(found: Figures) -> list[Bar]:
    """Shares of the error that the model takes away."""
    return [
        Bar(PART, "click MAE below constant (share)", found.get("below_constant"), 0.35, ">="),
        Bar(PART, "click MAE below the map's peak (share)", found.get("below_map_peak"), 0.0, ">="),
    ]
