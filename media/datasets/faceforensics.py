"""FaceForensics++ and, in the same tree, DFD (DeepFakeDetection).

Real videos: original_sequences/{youtube,actors}/<comp>/videos; forged: manipulated_sequences/<M>/<comp>/videos; masks:
manipulated_sequences/<M>/masks/videos, one set for all compressions. The official split is three lists of pairs: [a, b]
means the real a and b, and the forgeries a_b and b_a of every method. DFD has no official split.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from media.datasets.names import Parser, dfd_fake, dfd_real, ffpp_fake, ffpp_real
from media.datasets.records import ORIGINAL, SPLITS, Row, Split
from media.datasets.tree import VIDEO, Tree, join, read_json, stem
from media.errors import UnreadableMedia

FFPP, DFD = "FaceForensics++", "DFD"
DFD_FOLDER = "DeepFakeDetection"
METHODS = ("Deepfakes", "Face2Face", "FaceSwap", "NeuralTextures", "FaceShifter")
MASKED = frozenset((*METHODS[:4], DFD_FOLDER))
LEVELS = {"raw": "raw", "c0": "raw", "c23": "c23", "c40": "c40"}
"""Folder -> compression; the owner's frame extractor calls raw c0."""
PAIRS: Mapping[str, int] = {"train": 360, "val": 70, "test": 70}
Videos = dict[tuple[str, str], str]
"""(compression, name without suffix) -> path."""


@dataclass
class PairLists:
    """The official lists: ids -> split, and (target, source) in both orders -> split."""

    ids: dict[str, Split] = field(default_factory=dict)
    pairs: dict[tuple[str, str], Split] = field(default_factory=dict)

    @classmethod
    def load(cls, tree: Tree) -> "PairLists":
        """Read train.json, val.json and test.json; what is missing is noted, ids in two lists get no split.

        Raises:
            UnreadableMedia: a list is not one of pairs of three-digit strings.
        """
        lists, twice = cls(), set[str]()
        for split in SPLITS:
            name = f"{split}.json"
            path = tree.list_file(name, f"splits/{name}", f"dataset/splits/{name}")
            if path is None:
                tree.report.note("official split lists missing (put them at the data set's root): split none", name)
                continue
            pairs = _pairs(read_json(path), name)
            if len(pairs) != PAIRS[split]:
                tree.report.note("official lists of another length than the owner's", f"{name}: {len(pairs)} pairs")
            for a, b in pairs:
                twice |= {one for one in (a, b) if lists.ids.setdefault(one, split) != split}
                lists.pairs[a, b] = lists.pairs[b, a] = split
        for one in sorted(twice):
            tree.report.note("ids in two official lists: split none", one)
            lists.ids[one] = "none"
        return lists

    def split_of(self, name: str) -> Split:
        """Split of a real video NNN or of a forgery TTT_SSS; "none" when the lists do not name it."""
        ids = name.split("_")
        if any(self.ids.get(i, "none") == "none" for i in ids):
            return "none"
        return self.ids[name] if len(ids) == 1 else self.pairs.get((ids[0], ids[1]), "none")


def _pairs(data: object, name: str) -> list[tuple[str, str]]:
    pairs = [tuple(pair) for pair in data if isinstance(pair, list)] if isinstance(data, list) else []
    good = [(a, b) for a, b in (p for p in pairs if len(p) == 2) if all(ffpp_real(str(i)) for i in (a, b))]
    strings = all(isinstance(i, str) for pair in good for i in pair)
    if not isinstance(data, list) or len(good) != len(data) or not strings:
        raise UnreadableMedia(f'{name} is no official list: it must hold pairs such as ["071", "054"]; fetch it again.')
    return good


def read_faceforensics(tree: Tree) -> Iterator[Row]:
    """Every video of FaceForensics++ and DFD."""
    lists, downloads = PairLists.load(tree), _downloads(tree)
    youtube = _videos(tree, tree.folder("original_sequences", "youtube"))
    actors = _videos(tree, tree.folder("original_sequences", "actors"))
    _unknown_folders(tree, "original_sequences", ("youtube", "actors"))
    _unknown_folders(tree, "manipulated_sequences", (*METHODS, DFD_FOLDER))
    yield from _rows(tree, _Group(youtube, ffpp_real, FFPP, ORIGINAL, "youtube"), lists, downloads)
    yield from _rows(tree, _Group(actors, dfd_real, DFD, ORIGINAL, "actors"))
    for method in METHODS:
        videos = _videos(tree, tree.folder("manipulated_sequences", method))
        yield from _rows(tree, _Group(videos, ffpp_fake, FFPP, method, method, youtube), lists, downloads)
    videos = _videos(tree, tree.folder("manipulated_sequences", DFD_FOLDER))
    if videos or actors:
        tree.report.note("data set without an official split, split none: divide it by actor", DFD)
    yield from _rows(tree, _Group(videos, dfd_fake, DFD, DFD_FOLDER, DFD_FOLDER, actors))


@dataclass(frozen=True)
class _Group:
    """Videos of one kind; originals: the real videos that they were made from."""

    videos: Videos
    parse: Parser
    dataset: str
    manipulation: str
    subset: str
    originals: Videos = field(default_factory=dict)


def _rows(
    tree: Tree, group: _Group, lists: PairLists | None = None, downloads: Mapping[str, str] | None = None
) -> Iterator[Row]:
    fake = group.manipulation != ORIGINAL
    masks = _masks(tree, group.manipulation) if fake else {}
    for (level, name), path in group.videos.items():
        origin = group.parse(name)
        if origin is None:
            tree.report.note("videos refused: their name is not the owner's pattern", path)
            continue
        split: Split = lists.split_of(name) if lists else "none"
        if lists and lists.ids and split == "none":
            tree.report.note("videos that no official list names: split none", path)
        original = group.originals.get((level, origin.original), "")
        if fake and not original:
            tree.report.note("forgeries whose original is not there at the same compression", path)
        if name not in masks and group.manipulation in MASKED:
            tree.report.note("forgeries without their mask video", path)
        extra = dict.fromkeys(downloads[i] for i in name.split("_") if i in downloads) if downloads else {}
        yield Row(
            path, "fake" if fake else "real", "video", group.dataset, group.manipulation, level, split, group.subset,
            origin.target, origin.source, original, masks.get(name, ""), identities=(*origin.identities, *extra),
        )  # fmt: skip


def _videos(tree: Tree, folder: str | None) -> Videos:
    """Videos of every known compression below a folder; raw/ goes before its other name c0/."""
    found: Videos = {}
    for name in sorted(tree.folders(folder), key=lambda n: n.casefold() != "raw") if folder is not None else ():
        place = join(folder or "", name)
        if name.casefold() == "masks":
            continue
        level = LEVELS.get(name.casefold())
        if level is None:
            tree.report.note("folders of an unknown compression, not read", place)
            continue
        videos = tree.files(tree.folder("videos", start=place), VIDEO)
        if not videos and tree.folder("images", start=place):
            tree.report.note("folders of extracted frames without the videos, not read", place)
        for path in videos:
            if found.setdefault((level, stem(path)), path) != path:
                tree.report.note("videos in raw/ and c0/, the one in raw/ is taken", path)
    return found


def _masks(tree: Tree, method: str) -> dict[str, str]:
    return {stem(p): p for p in tree.files(tree.folder("manipulated_sequences", method, "masks", "videos"), VIDEO)}


def _unknown_folders(tree: Tree, place: str, known: tuple[str, ...]) -> None:
    folder = tree.folder(place)
    if folder is None:
        tree.report.note("folders of the owner's tree missing", place)
        return
    for name in tree.folders(folder):
        if name.casefold() not in {k.casefold() for k in known}:
            tree.report.note("folders that are not the owner's, not read", join(folder, name))


def _downloads(tree: Tree) -> dict[str, str]:
    """id -> the download it was cut from; 977 downloads fed the 1,000 clips, so some ids share one.

    conversion_dict.json maps each id to "<YouTube id> <clip number>"; without it nothing is known.
    """
    path = tree.list_file("conversion_dict.json", "dataset/conversion_dict.json")
    data = read_json(path) if path else {}
    if not isinstance(data, dict) or not all(isinstance(v, str) for v in data.values()):
        raise UnreadableMedia("conversion_dict.json must map ids to downloads; fetch it again.", str(path))
    return {key: f"youtube:{value.rpartition(' ')[0] or value}" for key, value in data.items()}
