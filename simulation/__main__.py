"""`python -m simulation`: write samples of simulated forgeries with their truth, and a contact sheet to look at."""

import argparse
import dataclasses
import json
import sys
from pathlib import Path

import cv2
import numpy as np

from media.errors import ForgeryAssistantError
from simulation.commands import sample_faces, sample_parser
from simulation.presets import EVAL_V1, TRAIN
from simulation.records import Pair
from simulation.sheet import contact_sheet
from simulation.source import PairMaker


def main(argv: list[str] | None = None) -> int:
    """Parse, forge, write; 0 when all went well, 2 for errors a user can act on."""
    args = _parser().parse_args(argv)
    try:
        records = sample_faces(args)
        preset = EVAL_V1 if args.preset == "eval-v1" else TRAIN
        maker = PairMaker(records, args.size, preset)
        rng = np.random.default_rng(args.seed)
        pairs = [maker.make(rng, args.difficulty, args.family) for _ in range(args.count)]
        _write(args.out, pairs)
    except ForgeryAssistantError as error:
        print(error.message, file=sys.stderr)
        return 2
    print(f"{len(pairs)} pairs and contact_sheet.png in {args.out}; {maker.replaced} forgeries replaced")
    return 0


def _parser() -> argparse.ArgumentParser:
    return sample_parser("python -m simulation", __doc__, ("train", "eval-v1"), count=20, size=192)


def _write(out: Path, pairs: list[Pair]) -> None:
    """real, fake and mask of each pair as PNG, one truth.jsonl, one contact_sheet.png."""
    out.mkdir(parents=True, exist_ok=True)
    lines = []
    for number, pair in enumerate(pairs):
        stem = f"{number:04d}"
        for name, picture in (("real", pair.real), ("fake", pair.fake)):
            cv2.imwrite(str(out / f"{stem}_{name}.png"), picture[..., ::-1])
        cv2.imwrite(str(out / f"{stem}_mask.png"), np.round(pair.mask * 255).astype(np.uint8))
        truth = {"id": stem, "name": pair.name, "family": pair.family, "regions": pair.regions, "kinds": pair.kinds}
        truth |= {"params": pair.params.as_dict(), "degradation": dataclasses.asdict(pair.degradation)}
        lines.append(json.dumps(truth))
    (out / "truth.jsonl").write_text("\n".join(lines) + "\n")
    if pairs:
        cv2.imwrite(str(out / "contact_sheet.png"), contact_sheet(pairs, 2)[..., ::-1])


if __name__ == "__main__":
    sys.exit(main())
