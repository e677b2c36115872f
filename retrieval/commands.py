"""What the commands of `python -m retrieval` do."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from media.errors import BadRequest
from retrieval.annotations import Annotation, Click, click_order, read_jsonl
from retrieval.clip_frames import ClipFrames
from retrieval.encoders import Encoder, EncoderKey, PictureSide
from retrieval.exddv import DATASETS, ReadReport, identities_of, read_exddv
from retrieval.shipped import DEFAULT_INDEX, DETECTOR, HOW_TO_BUILD, SHIPPED, SHIPPED_FRAMES
from retrieval.sides import side_for, side_of
from retrieval.splits import shared_identities, with_split
from retrieval.videos import VideoSearch, find_videos, real_annotations

if TYPE_CHECKING:
    from retrieval.build import BuildReport
    from retrieval.index import AnnotationIndex

_SHOWN = 10
SIMULATED_SIZE = 128
"""Side in pixels of simulated pairs, unless a detector's encoder asks for its own."""


def build(args: argparse.Namespace) -> int:
    """`build`: read, encode, index, save."""
    from retrieval.build import build_index, text_inputs

    if args.simulated:
        index, report = _build_simulated(args)
    elif args.encoder == "text":
        encoder = _side(args)
        index, report = build_index(_gather(args), encoder, args.out, text_inputs, args.kind, _progress)
    else:
        index, report = _build_pictures(args)
    print(file=sys.stderr)
    if args.json:
        print(json.dumps({"index": str(args.out), "kind": index.kind, **asdict(report)}))
    else:
        more = f", {report.resumed} taken over from a stopped run" if report.resumed else ""
        lost = f", {report.without_items} without a usable frame" if report.without_items else ""
        print(f"{report.items} items of {report.annotations} annotations in {args.out} ({index.kind}){more}{lost}")
    return 0


def _build_pictures(args: argparse.Namespace) -> "tuple[AnnotationIndex, BuildReport]":
    """An index of the annotated videos' frames: face crops by a detector's encoder, whole frames by CLIP's."""
    from media.faces import FaceFinder
    from retrieval.build import build_index, frame_inputs, picture_inputs

    annotations = _gather(args)
    if args.videos is None:
        raise BadRequest("An index of pictures needs --videos DIR, the folder with the annotated videos.")
    side = _side(args)
    search = find_videos(annotations, args.videos)
    _say_missing(search)
    annotations = [a for a in annotations if a.video in search.found]
    places = [str(search.found[key]) for key in sorted(search.found)]
    if isinstance(side, ClipFrames):
        inputs = frame_inputs(search, side)
        return build_index(annotations, side, args.out, inputs, args.kind, _progress, places)
    assert isinstance(side, PictureSide)
    with FaceFinder() as finder:
        inputs = picture_inputs(search, side, finder)
        return build_index(annotations, side, args.out, inputs, args.kind, _progress, places)


def _build_simulated(args: argparse.Namespace) -> "tuple[AnnotationIndex, BuildReport]":
    """An index of simulated pairs, their pictures or their distinct sentences, with a meta.json beside it."""
    from retrieval.build import build_index, text_inputs
    from retrieval.simulated import SimulatedAnnotations, write_meta
    from simulation.source import load_faces

    if args.data is None:
        raise BadRequest("--simulated needs --data DIR, the folder with faces/.")
    if args.split not in ("train", "all"):
        raise BadRequest("Simulated annotations are made of training photos only; leave out --split.")
    side = _side(args)
    faces = load_faces(args.data, "train")
    size = side.predictor.image_size if isinstance(side, PictureSide) else SIMULATED_SIZE
    made = SimulatedAnnotations(faces, size, args.seed)
    rows = made.annotations(args.simulated, distinct=args.encoder == "text")
    inputs = text_inputs if args.encoder == "text" else made.inputs
    built = build_index(rows, side, args.out, inputs, args.kind, _progress)
    write_meta(args.out, _made_by(args), args.seed, args.simulated, faces)
    return built


def _side(args: argparse.Namespace) -> Encoder:
    """The encoder that the options of `build` name."""
    return side_of(args.encoder, args.level, args.weights, args.clip_weights)


def _made_by(args: argparse.Namespace) -> str:
    """The command of a simulated index with DIR and FILE in the place of paths."""
    parts = [f"python -m retrieval build --simulated {args.simulated} --data DIR --seed {args.seed}"]
    if args.encoder != "text":
        parts.append(f"--encoder {args.encoder}" + (f" --level {args.level}" if args.level else ""))
        parts.append("--weights DIR" if args.encoder == "picture" else "--clip-weights FILE")
    return " ".join([*parts, "--out DIR"])


def _gather(args: argparse.Namespace) -> list[Annotation]:
    """The rows that the options ask for."""
    if args.csv is None and not args.jsonl and not args.originals:
        raise BadRequest("Nothing to index: give --csv ExDDV.csv, or --jsonl FILE of own annotations.")
    rows: list[Annotation] = []
    if args.csv is not None:
        found, report = read_exddv(args.csv)
        _say_dropped(report)
        rows += found
    for path in args.jsonl:
        rows += read_jsonl(path)
    if args.originals:
        if args.videos is None:
            raise BadRequest("--originals needs --videos DIR, the folder to look in.")
        rows += real_annotations(args.videos)
    twice = [name for name, count in Counter(a.id for a in rows).items() if count > 1]
    if twice:
        raise BadRequest(f"The files give the annotation {twice[0]!r} more than once ({len(twice)} such ids).")
    rows = with_split(rows, args.splits)
    return [a for a in rows if args.split in ("all", a.split)]


def search(args: argparse.Namespace) -> int:
    """`search`: encode the query as the index was, select, list."""
    from retrieval.examples import fill
    from retrieval.index import AnnotationIndex
    from retrieval.select import Wish, select
    from retrieval.storage import read_manifest
    from retrieval.vocabulary import KINDS, kind_names, region_ids

    folder = _index_or_shipped(args.index, pictures=args.image is not None or args.video is not None)
    key = EncoderKey(**read_manifest(folder)["encoder"])
    try:
        regions, kinds = region_ids(_list(args.regions)), kind_names(_list(args.kinds))
    except KeyError as error:
        known = "the regions of the face (eye, brow, cheek, jaw, nose, mouth, chin, forehead, face boundary, face)"
        raise BadRequest(f"Unknown name {error}; known are {known} and the kinds {', '.join(KINDS)}.") from error
    encoder, vectors = _query(args, key, regions, kinds)
    index = AnnotationIndex.load(folder, encoder.key)
    own = args.leave_out
    wish = Wish(
        args.k,
        own_identities=frozenset(i for d in set(DATASETS.values()) for i in identities_of(d, own))
        if own
        else frozenset(),
        balance=args.balance,
        regions=regions,
        wanted=(lambda a: a.name != own) if own else None,
    )
    examples = select(index, vectors, wish)
    if args.prompt is not None:
        print(fill(examples, args.prompt).text)
        return 0
    for example in examples:
        source = example.source()
        if args.json:
            print(json.dumps(source, ensure_ascii=False))
        else:
            made = ", simulated" if source["simulated"] else ""
            print(f"{source['similarity']:.3f}  {source['text']}")
            print(f"       {source['annotator']}, {source['dataset']} {source['video']}, {source['licence']}{made}")
    return 0


def _index_or_shipped(given: Path | None, pictures: bool = False) -> Path:
    """The index that was named, the one in the usual place, or the shipped one, which is said on stderr."""
    from retrieval.storage import MANIFEST

    if given is not None or (DEFAULT_INDEX / MANIFEST).is_file():
        return given or DEFAULT_INDEX
    print(
        f"{DEFAULT_INDEX} holds no index, so the shipped one of simulated forgeries is used. One of human sentences:\n"
        f"  {HOW_TO_BUILD.format(folder=DEFAULT_INDEX)}",
        file=sys.stderr,
    )
    return SHIPPED_FRAMES if pictures else SHIPPED


def _query(
    args: argparse.Namespace, key: EncoderKey, regions: Sequence[str], kinds: Sequence[str]
) -> tuple[Encoder, NDArray[np.float32]]:
    """The encoder of the index and the query's vectors."""
    from retrieval.select import sentence_query

    if key.level == "text":
        if args.image is not None or args.video is not None:
            raise BadRequest("This index is of sentences; search it with words, --regions or --kinds.")
        side = side_for(key, args.weights)
        return side, side.encode([sentence_query(regions, kinds, args.text)])
    if (args.image is None) == (args.video is None):
        raise BadRequest("This index is of pictures; search it with --image FILE or --video FILE.")
    clicks = tuple(sorted(args.click, key=click_order))
    if (args.mode == "clicked") != bool(clicks):
        raise BadRequest("A search by clicked frames needs both: --mode clicked and --click FRAME,X,Y.")
    side = side_for(key, args.weights or DETECTOR, args.clip_weights)
    pictures = _frames(args, clicks) if isinstance(side, ClipFrames) else _crops(args, side, clicks)
    return side, side.encode(pictures)


def _frames(args: argparse.Namespace, clicks: Sequence[Click]) -> list[Any]:
    """Whole frames of the query, uint8 RGB."""
    from media.open import load_image
    from retrieval.frames import query_frames

    frames = [load_image(args.image)] if args.image is not None else query_frames(args.video, args.mode, clicks)
    return [frame.pixels for frame in frames]


def _crops(args: argparse.Namespace, side: Encoder, clicks: Sequence[Click]) -> list[Any]:
    """Face crops of the query as the detector's encoder takes them; of the face at the first click, if there is one."""
    from media.faces import FaceFinder
    from media.open import load_image
    from retrieval.frames import face_crop, query_crops

    assert isinstance(side, PictureSide)
    size, margin = side.predictor.image_size, side.predictor.margin
    start = (clicks[0].x, clicks[0].y) if clicks else None
    with FaceFinder() as finder:
        if args.image is not None:
            found = face_crop(finder, load_image(args.image), size, margin)
            crops = [found[0]] if found else []
        else:
            crops = query_crops(finder, args.video, size, margin, args.mode, clicks, start)
    if not crops:
        raise BadRequest("No face was found to search with.")
    return crops


def info(args: argparse.Namespace) -> int:
    """`info`: an index's manifest, or a file of annotations with what was odd and its click figures."""
    from retrieval.storage import read_manifest

    path = _index_or_shipped(args.path)
    if path.suffix.lower() in (".csv", ".jsonl"):
        data = _file_info(path, args.splits)
        if args.videos is not None:
            annotations = read_exddv(path)[0] if path.suffix.lower() == ".csv" else read_jsonl(path)
            found = find_videos(annotations, args.videos)
            data["videos"] = {"found": len(found.found), "missing": len(found.missing), "ambiguous": found.ambiguous}
            _say_missing(found)
    else:
        data = read_manifest(path)
        data.pop("removed", None)
    if args.json:
        print(json.dumps(data, ensure_ascii=False))
        return 0
    for name, value in data.items():
        print(f"{name}: {json.dumps(value, ensure_ascii=False)}")
    return 0


def _file_info(path: Path, splits: str) -> dict[str, Any]:
    from retrieval.clicks_stats import click_spread, constant_baseline, points_of

    annotations: list[Annotation] = []
    data: dict[str, Any] = {}
    if path.suffix.lower() == ".csv":
        annotations, report = read_exddv(path)
        data = report.to_dict()
    else:
        annotations = read_jsonl(path)
        data = {"rows": len(annotations), "clicks": sum(len(a.clicks) for a in annotations)}
    chosen = with_split(annotations, "identity" if splits == "identity" else "official")
    data["split_used"] = splits
    data["split_counts"] = dict(Counter(a.split for a in chosen))
    data["identities_in_several_splits"] = shared_identities(chosen)
    try:
        data["constant_baseline"] = asdict(constant_baseline(points_of(chosen, "train"), points_of(chosen, "test")))
        data["click_spread"] = asdict(click_spread(annotations))
    except BadRequest as error:
        data["clicks_not_measured"] = error.message
    data["mean_face_baseline"] = "not measured: needs the videos"
    return data


def annotate(args: argparse.Namespace) -> int:
    """`annotate`: the page to make annotations on, or an export of them."""
    from retrieval.annotate import command

    return command.annotate(args)


def agreement(args: argparse.Namespace) -> int:
    """`agreement`: how far the annotators of a file agree."""
    from retrieval.annotate import command

    return command.show_agreement(args, _say_missing)


def _list(text: str) -> list[str]:
    return [part for part in (p.strip() for p in text.split(",")) if part]


def _progress(done: int, total: int) -> None:
    print(f"\r{done}/{total} annotations", end="", file=sys.stderr, flush=True)


def _say_dropped(report: ReadReport) -> None:
    for line in report.dropped[:_SHOWN]:
        print(f"not read: {line}", file=sys.stderr)
    if len(report.dropped) > _SHOWN:
        print(f"not read: {len(report.dropped) - _SHOWN} more", file=sys.stderr)


def _say_missing(search: VideoSearch) -> None:
    """Missing videos, once, the first few by name."""
    if search.missing:
        print(
            f"{len(search.missing)} annotated videos are not there, {len(search.found)} are. Missing:", file=sys.stderr
        )
        for key in search.missing[:_SHOWN]:
            print("  " + " / ".join(key), file=sys.stderr)
        if len(search.missing) > _SHOWN:
            print(f"  ... and {len(search.missing) - _SHOWN} more", file=sys.stderr)


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "build": build,
    "search": search,
    "info": info,
    "annotate": annotate,
    "agreement": agreement,
}
"""By the names that `python -m retrieval` takes."""
