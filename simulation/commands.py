"""What the two commands that write samples share: where faces come from, and the options that every sample has."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from media.errors import BadRequest
from simulation.faces_data import load_faces
from simulation.records import FAMILIES, FaceRecord


def sample_parser(
    prog: str, description: str | None, presets: Sequence[str], count: int, size: int
) -> argparse.ArgumentParser:
    """The shared options; `presets` names those to choose from, the first is the default."""
    parser = argparse.ArgumentParser(prog=prog, description=description)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--data", type=Path, metavar="DIR", help="folder that holds faces/")
    source.add_argument("--astronaut", action="store_true", help="the one photo that scikit-image ships")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write to")
    parser.add_argument("--count", type=int, default=count, metavar="N")
    parser.add_argument("--split", default="val", choices=("train", "val"))
    parser.add_argument("--family", choices=FAMILIES, help="only this family of forgeries")
    parser.add_argument("--preset", default=presets[0], choices=presets)
    parser.add_argument("--difficulty", type=float, default=0.5, help="0 = strong forgeries, 1 = the hardest")
    parser.add_argument("--size", type=int, default=size, help="side of the crops in pixels")
    parser.add_argument("--seed", type=int, default=0)
    return parser


def sample_faces(args: argparse.Namespace) -> list[FaceRecord]:
    """The faces that the options ask for."""
    return [astronaut_face()] if args.astronaut else load_faces(args.data, args.split)


def astronaut_face() -> FaceRecord:
    """The face in the astronaut photo that scikit-image ships, found and measured anew.

    Raises:
        BadRequest: no face was found in it.
    """
    from skimage import data

    from media.faces import FaceFinder
    from media.records import Frame

    pixels = np.ascontiguousarray(data.astronaut())
    with FaceFinder() as finder:
        faces = finder.find(Frame(pixels))
    if not faces:
        raise BadRequest("No face was found in the astronaut photo.")
    return FaceRecord(pixels, faces[0].landmarks, "astronaut")
