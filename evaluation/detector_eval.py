"""The detector on EVAL_V1 and on untouched validation photos: AUC, IoU, share called manipulated, what guidance does.

One pair is forged from each validation photo by the frozen preset with a fixed seed, families in turn; temperature and
band were fitted on one half of these photos (by name). Untouched photos take the product's whole way, from the file.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from evaluation import metrics
from evaluation.context import Context, in_fitting_half
from evaluation.deepfake_eval import raw_logit
from evaluation.results import Bar, Figures, Item, batches, mean, share
from media.records import Crop
from simulation.faces_data import load_faces
from simulation.presets import EVAL_SEED, EVAL_V1
from simulation.records import Pair
from simulation.source import eval_pairs, group_of

PART = "detector"
UNTOUCHED = "untouched"
Half = Literal["fit", "measure"]
Kind = Literal["whole", "region"]
RANDOM_TEXTS = 3
CALLED = ("strong support", "some support")


@dataclass(frozen=True, eq=False)
class EvalPair:
    """One forged pair of the protocol; kind is "whole" or "region", number counts over all validation photos."""

    number: int
    half: Half
    kind: Kind
    pair: Pair


def half_of(name: str) -> Half:
    """The half a validation photo belongs to."""
    return "fit" if in_fitting_half(name) else "measure"


def protocol_pairs(
    data: Path, image_size: int, half: Half | None = None, limit: int | None = None
) -> Iterator[EvalPair]:
    """The frozen pairs, one a validation photo: the same photos always give the same pixels.

    Also what temperature and band are fitted on (half="fit"); nothing may be fitted on "measure".
    """
    records = load_faces(data, "val")
    given = 0
    for number, pair in enumerate(eval_pairs(records, image_size)):
        if half in (None, half_of(pair.name)):
            yield EvalPair(number, half_of(pair.name), "whole" if group_of(pair.params) == "whole" else "region", pair)
            given += 1
        if limit is not None and given >= limit:
            return


def as_crop(pixels: NDArray[np.uint8]) -> Crop:
    """A ready-made square face crop as the predictor takes it."""
    return Crop(pixels, np.array([[1.0, 0, 0], [0, 1.0, 0]]))


def run(context: Context) -> None:
    """Examine what is not examined yet."""
    context.need("faces")
    size = context.predictor.image_size
    log = context.log(PART, preset=EVAL_V1.digest(), seed=EVAL_SEED, image_size=size)
    names = [r.name for r in load_faces(context.data, "val")]
    count = len(names) if context.limit is None else min(len(names), context.limit)
    if any(f"{n:04d}/fake" not in log for n in range(count)):
        pairs = protocol_pairs(context.data, size, limit=count)
        for group in batches(context.track(pairs, count, "simulated forgeries"), 32):
            if all(f"{e.number:04d}/fake" in log for e in group):
                continue
            for key, values in examine_pairs(context.predictor, group):
                if key not in log:
                    log.add(key, **values)
    _untouched(context, names, log)


def examine_pairs(predictor: Any, group: Sequence[EvalPair]) -> Iterator[tuple[str, Item]]:
    """Items of a batch of pairs: per pair the real crop, then the forged one with its overlaps."""
    crops = [as_crop(image) for e in group for image in (e.pair.real, e.pair.fake)]
    landmarks = [e.pair.landmarks for e in group for _ in (0, 1)]
    found = predictor.examine(crops, landmarks)
    guided = guidance_logits(predictor, np.stack([c.pixels for c in crops]))
    for place, e in enumerate(group):
        for label, row in (("real", 2 * place), ("fake", 2 * place + 1)):
            evidence, signals = found[row]
            values: Item = {
                "photo": e.pair.name, "half": e.half, "label": label, "kind": e.kind, "family": e.pair.family,
                "score": evidence.score, "logit": raw_logit(signals.probabilities), "word": evidence.word,
                "logit_swapped": guided["swapped"][row], "logits_random": guided["random"][row],
            }  # fmt: skip
            if label == "fake":
                values |= overlaps(evidence.map, e.pair)
                values |= {"regions": e.pair.regions, "flagged": evidence.flagged}
            yield f"{e.number:04d}/{label}", values


def overlaps(forgery_map: NDArray[np.float32], pair: Pair) -> Item:
    """Intersections and unions with the truth, of the map at 0.5 and of a guess that marks the whole face hull."""
    size = pair.mask.shape[0]
    truth = pair.mask >= 0.5
    marked = cv2.resize(forgery_map, (size, size), interpolation=cv2.INTER_LINEAR) >= 0.5
    hull = np.zeros((size, size), np.uint8)
    cv2.fillConvexPoly(hull, cv2.convexHull(np.round(pair.landmarks).astype(np.int32)), (1,))
    both, either = metrics.overlap(marked, truth)
    hull_both, hull_either = metrics.overlap(hull.astype(bool), truth)
    return {"both": both, "either": either, "hull_both": hull_both, "hull_either": hull_either}


@contextmanager
def replaced_descriptions(predictor: Any, features: Any) -> Iterator[None]:
    """Let the detector compare with other text features (2, T) for a while."""
    own = predictor.detector.text.features
    kept = own.clone()
    own.copy_(features)
    try:
        yield
    finally:
        own.copy_(kept)


def guidance_logits(predictor: Any, crops: NDArray[np.uint8]) -> dict[str, list]:
    """Raw logits with the two descriptions exchanged, and with random unit vectors in their place.

    If the descriptions guide the detector, exchanging them turns the ranking round and random ones spoil it.
    """
    import torch

    own = predictor.detector.text.features.clone()
    random = []
    with torch.inference_mode(False), torch.no_grad():
        with replaced_descriptions(predictor, own.flip(0)):
            swapped = _logits(predictor, crops)
        for seed in range(RANDOM_TEXTS):
            noise = torch.randn(own.shape, generator=torch.Generator().manual_seed(seed)).to(own)
            with replaced_descriptions(predictor, noise / noise.norm(dim=1, keepdim=True)):
                random.append(_logits(predictor, crops))
    return {"swapped": swapped.tolist(), "random": np.stack(random, 1).tolist()}


def _logits(predictor: Any, crops: NDArray[np.uint8]) -> NDArray[np.float64]:
    output = predictor.detector(predictor.detector.prepare(crops))
    logits = output.logits.double().cpu().numpy()
    return logits[:, 1] - logits[:, 0]


def _untouched(context: Context, names: list[str], log: Any) -> None:
    """Validation photos as they are, through face finding and quality checks."""
    todo = [n for n in context.cut(names) if f"{UNTOUCHED}/{n}" not in log]
    for name in context.track(todo, len(todo), "untouched photos"):
        found = context.examiner.examine(context.data / "faces" / name)
        log.add(
            f"{UNTOUCHED}/{name}", photo=name, half=half_of(name), label="real", kind=UNTOUCHED, word=found.word,
            score=found.score, reason=found.reason, faces=len(found.faces),
        )  # fmt: skip


def figures(items: Sequence[Item]) -> Figures:
    """AUC, IoU and shares of each kind and family, over both halves; shares of the held half beside them.

    The detector's weights saw neither half; only temperature, bands and the map's middle were fitted on "fit".
    """
    pairs = [i for i in items if i["kind"] != UNTOUCHED]
    photos = [i for i in items if i["kind"] == UNTOUCHED]
    assessed = [i for i in photos if i["score"] is not None]
    fakes = [i for i in pairs if i["label"] == "fake"]
    measured = [i for i in fakes if i["half"] == "measure"]
    reasons = sorted({i["reason"] for i in photos if i["reason"]})
    return {
        "kinds": {kind: _group(pairs, "kind", kind) for kind in ("whole", "region")},
        "families": {name: _group(pairs, "family", name) for name in sorted({i["family"] for i in pairs})},
        "guidance": _guidance(pairs),
        "untouched": {
            "photos": len(photos),
            "called_manipulated": share(i["word"] in CALLED for i in assessed),
            "called_manipulated_measure_half": share(i["word"] in CALLED for i in assessed if i["half"] == "measure"),
            "inconclusive": share(i["word"] == "inconclusive" for i in assessed),
            "not_assessed": share(i["score"] is None for i in photos),
            "reasons": {r: sum(i["reason"] == r for i in photos) for r in reasons},
        },
        "fakes_called_manipulated": share(i["word"] in CALLED for i in fakes),
        "fakes_called_manipulated_measure_half": share(i["word"] in CALLED for i in measured),
        "reals_of_pairs_called_manipulated": share(i["word"] in CALLED for i in pairs if i["label"] == "real"),
        "pairs": len(fakes),
    }


def _group(pairs: Sequence[Item], field: str, value: str) -> Figures:
    chosen = [i for i in pairs if i[field] == value]
    fakes = [i for i in chosen if i["label"] == "fake"]
    return {
        "pairs": len(fakes),
        "auc": _auc(chosen, "logit"),
        "auc_measure_half": _auc([i for i in chosen if i["half"] == "measure"], "logit"),
        "iou": mean(metrics.iou_of(i["both"], i["either"]) for i in fakes),
        "iou_measure_half": mean(metrics.iou_of(i["both"], i["either"]) for i in fakes if i["half"] == "measure"),
        "hull_iou": mean(metrics.iou_of(i["hull_both"], i["hull_either"]) for i in fakes),
        "called_manipulated": share(i["word"] in CALLED for i in fakes),
    }


def _auc(items: Sequence[Item], field: str) -> float:
    return metrics.auc([i["label"] == "fake" for i in items], [i[field] for i in items])


def _guidance(pairs: Sequence[Item]) -> Figures:
    labels = [i["label"] == "fake" for i in pairs]
    random = [metrics.auc(labels, [i["logits_random"][k] for i in pairs]) for k in range(RANDOM_TEXTS)] if pairs else []
    return {
        "auc": _auc(pairs, "logit"),
        "auc_descriptions_swapped": _auc(pairs, "logit_swapped"),
        "auc_random_descriptions": random,
    }


def bars(found: Figures) -> list[Bar]:
    """The promises on simulated forgeries and untouched photos."""
    whole, region, photos = found["kinds"]["whole"], found["kinds"]["region"], found["untouched"]
    ratio = region["iou"] / region["hull_iou"] if region["iou"] is not None and region["hull_iou"] else None
    return [
        Bar(PART, "AUC, whole-face forgeries", whole["auc"], 0.95, ">="),
        Bar(PART, "AUC, region forgeries", region["auc"], 0.95, ">="),
        Bar(PART, "IoU, whole-face forgeries", whole["iou"], 0.75, ">="),
        Bar(PART, "IoU, region forgeries", region["iou"], 0.45, ">="),
        Bar(PART, "IoU, region forgeries / face-hull guess", ratio, 2.0, ">="),
        Bar(PART, "untouched photos called manipulated", photos["called_manipulated"], 0.05, "<="),
        Bar(PART, "forgeries called manipulated", found["fakes_called_manipulated"], 0.80, ">="),
        Bar(PART, "untouched photos not assessed", photos["not_assessed"], 0.10, "<="),
    ]
