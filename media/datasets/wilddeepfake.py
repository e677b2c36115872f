"""WildDeepfake: face crops in real_train, fake_train, real_test and fake_test, one folder a sequence.

Several sequences can come from one web video and nothing says which: scores are those of sequences, not of videos.
"""

from collections.abc import Iterator
from typing import cast

from media.datasets.records import ORIGINAL, UNKNOWN, Label, Row, Split, video_key
from media.datasets.tree import PICTURE, Tree, join

DATASET, INNER = "WildDeepfake", "deepfake_in_the_wild"
ARCHIVES = (".tar.gz", ".tgz", ".tar")
TOPS = tuple(f"{label}_{split}" for label in ("real", "fake") for split in ("train", "test"))


def read_wilddeepfake(tree: Tree) -> Iterator[Row]:
    """Every picture of every sequence."""
    base = tree.folder(INNER) or tree.below
    for top in TOPS:
        folder = tree.folder(top, start=base)
        if folder is None:
            tree.report.note("folders of the owner's tree missing", top)
            continue
        yield from _pictures(tree, folder, *cast(tuple[Label, Split], tuple(top.split("_"))))


def _pictures(tree: Tree, folder: str, label: Label, split: Split) -> Iterator[Row]:
    manipulation = UNKNOWN if label == "fake" else ORIGINAL
    other = "real" if label == "fake" else "fake"
    waiting = [folder]
    while waiting:
        sequence = waiting.pop()
        inside, names = tree.folders(sequence), sequence.removeprefix(folder).split("/")
        waiting += [join(sequence, name) for name in reversed(inside)]
        for path in tree.files(sequence, ARCHIVES):
            if path.rpartition("/")[2].partition(".")[0] not in inside:
                tree.report.note("archives that are not unpacked, not read: unpack them where they lie", path)
        pictures = tree.files(sequence, PICTURE)
        if pictures and other in names:
            tree.report.note("sequences refused: their path says both real and fake", sequence)
            pictures = []
        if pictures and names[-1] in ("", label):
            tree.report.note("folders refused: their pictures are in no sequence's folder", sequence)
            pictures = []
        video = video_key(DATASET, manipulation, "none", sequence)
        for path in pictures:
            yield Row(path, label, "image", DATASET, manipulation, split=split, video_id=video)
        tree.forget(sequence)
