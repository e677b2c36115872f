"""`python -m simulation.video_preview`: forged clips as videos: real | fake | boundary | change of the boundary."""

import argparse
import json
import sys
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from media.errors import ForgeryAssistantError
from simulation.commands import sample_faces, sample_parser
from simulation.video_presets import EVAL_VIDEO_V1, TRAIN_VIDEO
from simulation.video_records import EVAL_FAULTS, FAULT_WORDS, TRAIN_FAULTS, ClipPair
from simulation.video_source import ClipMaker

FULL_SCALE = 3.0  # standard deviations that are shown white, for every clip the same


def preview_frames(pair: ClipPair, scale: int = 2) -> list[NDArray[np.uint8]]:
    """One picture a frame: real | fake | boundary | standardised change (0 to 3 deviations), enlarged."""
    out = []
    size = pair.real.shape[1] * scale
    for t in range(len(pair.real)):
        heat = np.clip(pair.targets.derivative[t] / FULL_SCALE, 0, 1)
        maps = [cv2.resize(m, (size, size), interpolation=cv2.INTER_NEAREST) for m in (pair.targets.boundary[t], heat)]
        panels = [cv2.resize(f, (size, size), interpolation=cv2.INTER_LINEAR) for f in (pair.real[t], pair.fake[t])]
        panels += [np.repeat(np.round(m * 255).astype(np.uint8)[..., None], 3, axis=2) for m in maps]
        out.append(np.concatenate(panels, axis=1).astype(np.uint8))
    return out


def write_video(path: Path, frames: list[NDArray[np.uint8]], rate: int = 25) -> None:
    """Write RGB frames of one even size as H.264."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=rate, options={"crf": "16"})
        stream.height, stream.width = frames[0].shape[:2]
        stream.pix_fmt = "yuv420p"
        for frame in frames:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        container.mux(stream.encode(None))


def main(argv: list[str] | None = None) -> int:
    """Parse, forge, write; 0 when all went well, 2 for errors a user can act on."""
    args = _parser().parse_args(argv)
    try:
        photos = sample_faces(args)
        preset = EVAL_VIDEO_V1 if args.preset == "eval-video-v1" else TRAIN_VIDEO
        maker = ClipMaker(photos, frames=args.frames, image_size=args.size, preset=preset)
        rng = np.random.default_rng(args.seed)
        faults = None if args.fault is None else (args.fault,)
        pairs = [maker.make(rng, args.difficulty, args.family, faults) for _ in range(args.count)]
    except ForgeryAssistantError as error:
        print(error.message, file=sys.stderr)
        return 2
    args.out.mkdir(parents=True, exist_ok=True)
    lines = []
    for number, pair in enumerate(pairs):
        write_video(args.out / f"{number:04d}.mp4", preview_frames(pair))
        words = [FAULT_WORDS[f.kind] for f in pair.params.faults]
        truth = {"id": f"{number:04d}", "name": pair.name, "case": pair.case, "animated": pair.animated, "words": words}
        lines.append(
            json.dumps(truth | {"kinds": pair.kinds, "regions": pair.regions, "params": pair.params.as_dict()})
        )
    (args.out / "truth.jsonl").write_text("\n".join(lines) + "\n")
    print(f"{len(pairs)} videos (real | forged | boundary | its change) in {args.out}")
    return 0


def _parser() -> argparse.ArgumentParser:
    presets = ("train-video", "eval-video-v1")
    parser = sample_parser("python -m simulation.video_preview", __doc__, presets, count=6, size=112)
    parser.add_argument("--frames", type=int, default=32, help="length of a clip")
    parser.add_argument("--fault", choices=(*TRAIN_FAULTS, *EVAL_FAULTS), help="forge the motion in this way")
    return parser


if __name__ == "__main__":
    sys.exit(main())
