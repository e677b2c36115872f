"""How alike a person looks a second later, and how alike two people look: the ground of the limits in media/tracks.py.

    uv run python training/track_limits.py --data DIR

Takes real clips of the training split only, the largest face of a frame, frames about a second apart; prints JSON.
"""

import argparse
import json
import sys
from itertools import combinations, pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from media.faces import FaceFinder
from media.tracks import Look, look_of
from media.video import probe, uniform_frames
from simulation.faces_data import clip_paths


def looks_of(path: Path, finder: FaceFinder) -> list[Look]:
    """The look of the largest face in each frame, about one a second, frames without a face left out."""
    seconds = probe(path).duration or 1.0
    looks = []
    for frame in uniform_frames(path, max(2, round(seconds))):
        faces = finder.find(frame)
        if faces:
            looks.append(look_of(frame, max(faces, key=lambda face: face.quality.face_px)))
    return looks


def main(argv: list[str] | None = None) -> None:
    """Print the shares of pairs that the limits tell apart."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with videos_real/")
    args = parser.parse_args(argv)
    with FaceFinder() as finder:
        clips = [(person, looks_of(path, finder)) for path, person in clip_paths(args.data, "train")]
    same = [a.unlike(b) for _, looks in clips for a, b in pairwise(looks)]
    others = [
        a.unlike(b)
        for (one, first), (two, second) in combinations(clips, 2)
        if one != two
        for a in first
        for b in second
    ]
    figures = {
        "clips": len(clips),
        "pairs_of_one_person": len(same),
        "pairs_of_two_people": len(others),
        "one_person_told_apart": round(float((np.array(same) > 1).mean()), 4),
        "two_people_told_apart": round(float((np.array(others) > 1).mean()), 4),
    }
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
