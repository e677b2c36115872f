"""DeeperForensics-1.0: manipulated_videos/<variant>/TTT_<actor>.mp4, forgeries only.

The real class is FaceForensics++ youtube at c23, which is not shipped with it: read that data set too and put both
manifests together. source_videos/ (the actors' recordings) are not the real class, in the owners' words.
"""

from collections.abc import Iterator

from media.datasets.names import deeper_fake
from media.datasets.records import SPLITS, Row, Split
from media.datasets.tree import VIDEO, Tree, join, read_lines, stem

DATASET = "DeeperForensics-1.0"


def read_deeperforensics(tree: Tree) -> Iterator[Row]:
    """Every forgery of every variant, with the split that its name has in the owner's lists."""
    splits, seen = _splits(tree), set()
    folder = tree.folder("manipulated_videos")
    if folder is None:
        tree.report.note("folders of the owner's tree missing", "manipulated_videos")
    if tree.folder("source_videos") is not None:
        tree.report.note("folders that are not the real class, not read", "source_videos")
    tree.report.note("data set without real videos: they are FaceForensics++ youtube at c23", DATASET)
    for variant in tree.folders(folder) if folder is not None else ():
        for path in tree.files(join(folder or "", variant), VIDEO):
            origin = deeper_fake(stem(path))
            if origin is None:
                tree.report.note("videos refused: their name is not the owner's pattern", path)
                continue
            seen.add(stem(path))
            split = splits.get(stem(path), "none")
            if splits and split == "none":
                tree.report.note("videos that no official list names: split none", path)
            yield Row(path, "fake", "video", DATASET, variant, split=split, subset=variant, target=origin.target,
                      source=origin.source, identities=origin.identities)  # fmt: skip
    for name in sorted(splits.keys() - seen):
        tree.report.note("videos of the owner's lists that no variant holds", name)


def _splits(tree: Tree) -> dict[str, Split]:
    """File name without suffix -> split; names in two lists get none."""
    found: dict[str, Split] = {}
    for split in SPLITS:
        path = tree.list_file(f"{split}.txt", f"splits/{split}.txt", f"lists/splits/{split}.txt")
        if path is None:
            tree.report.note("official split lists missing: split none", f"{split}.txt")
            continue
        for line in read_lines(path):
            name = line.rpartition("/")[2].removesuffix(".mp4")
            if deeper_fake(name) is None:
                tree.report.note("lines of the split lists that are no file name", line)
            elif found.setdefault(name, split) != split:
                tree.report.note("names in two split lists: split none", name)
                found[name] = "none"
    return found
