"""What a large model says of ExDDV's test videos, greedily: zero-shot, with retrieved sentences, or tuned."""

import argparse
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol

import torch

from media.errors import BadRequest, MediaTooLarge, UnreadableMedia
from retrieval.annotations import Annotation
from retrieval.examples import ZERO_SHOT_QUERY, TemplateName, fill
from retrieval.select import DEFAULT_K
from training.exddv_data import Rows, shots
from training.exddv_inputs import Batch, Prepared, Preparer
from training.exddv_model import LargeModel


class Asker(Protocol):
    """What is asked of a video."""

    def __call__(self, row: Annotation, path: Path) -> str:
        """The question about a row's video."""
        ...

    def close(self) -> None:
        """Give back what is held."""
        ...


class Neighbours:
    """Asks with the sentences of training videos whose frames are like the test video's middle frame, as published.

    Args:
        folder: an index of frames (`python -m retrieval build --videos ...`).
        weights, clip_weights: of the encoder it was made with: a detector's folder, or CLIP's file.
        template: family of the question. k: sentences.

    Raises:
        BadRequest: the index is of sentences: searching it takes words of the answer that is to be found.
    """

    def __init__(
        self, folder: Path, weights: Path | None, clip_weights: Path | None, template: TemplateName, k: int = DEFAULT_K
    ) -> None:
        from retrieval.encoders import EncoderKey
        from retrieval.index import AnnotationIndex
        from retrieval.sides import side_for
        from retrieval.storage import read_manifest

        key = EncoderKey(**read_manifest(folder)["encoder"])
        if key.level == "text":
            raise BadRequest(f"The index in {folder} is of sentences; a video is searched in one of frames.")
        self._side = side_for(key, weights, clip_weights)
        self._index, self._k = AnnotationIndex.load(folder, key), k
        self._template: TemplateName = template
        self._open = ExitStack()
        self._finder: Any = None

    def __call__(self, row: Annotation, path: Path) -> str:
        """The question about a row's video; the zero-shot one where nothing is found."""
        from retrieval.select import select, wish_for

        pictures = self._pictures(path)
        if not pictures:
            return ZERO_SHOT_QUERY
        wish = wish_for(row, self._k, wanted=lambda a: a.split == "train")
        return fill(select(self._index, self._side.encode(pictures), wish), self._template).text or ZERO_SHOT_QUERY

    def _pictures(self, path: Path) -> list[Any]:
        from retrieval.clip_frames import ClipFrames
        from retrieval.frames import query_crops, query_frames

        if isinstance(self._side, ClipFrames):
            return [frame.pixels for frame in query_frames(path)]
        from media.faces import FaceFinder

        if self._finder is None:
            self._finder = self._open.enter_context(FaceFinder())
        side: Any = self._side
        return list(query_crops(self._finder, path, side.predictor.image_size, side.predictor.margin))

    def close(self) -> None:
        """Give the face finder back, if one was needed."""
        self._open.close()


class Fixed:
    """Asks the same of every video."""

    def __init__(self, query: str) -> None:
        self._query = query

    def __call__(self, row: Annotation, path: Path) -> str:
        """The question."""
        return self._query

    def close(self) -> None:
        """Nothing is held."""


def ends(large: LargeModel, preparer: Preparer) -> list[int]:
    """Ids that end an answer: the vocabulary's own and those of the model's generation settings."""
    own = getattr(large.model.generation_config, "eos_token_id", None)
    return sorted({preparer.tokenizer.eos_token_id, *(own if isinstance(own, list) else [own])} - {None})


@torch.no_grad()
def generate(large: LargeModel, preparer: Preparer, batch: Batch, longest: int, device: str) -> list[str]:
    """The most likely sentence for each row of a left-filled batch: temperature 0, one beam.

    Args:
        large: the model, in evaluation mode. preparer: made the batch.
        batch: without answers. longest: in tokens. device: of the model.
    """
    from transformers import GenerationConfig

    how = GenerationConfig(
        do_sample=False, num_beams=1, max_new_tokens=longest, pad_token_id=preparer.pad_id,
        eos_token_id=ends(large, preparer),
    )  # fmt: skip
    inputs = batch.to(device).inputs
    found = large.model.generate(**inputs, generation_config=how)
    said = preparer.tokenizer.batch_decode(found[:, inputs["input_ids"].shape[1] :], skip_special_tokens=True)
    return [" ".join(text.split()) for text in said]


class Answers:
    """A prediction file: one JSON object a line, gone on with when the same command is given again.

    Args:
        path: of the file; FILE.meta.json beside it says how it was made.
        meta: how it is made.

    Raises:
        BadRequest: the file was made in another way.
    """

    def __init__(self, path: Path, meta: dict[str, Any]) -> None:
        self.path, self.about = path, path.with_suffix(".meta.json")
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            before = json.loads(self.about.read_text(encoding="utf-8")) if self.about.is_file() else None
            if before is None or _settings(before) != _settings(json.loads(json.dumps(meta))):
                raise BadRequest(f"{path} was made with other settings; name another --out.")
        self.about.write_text(json.dumps(meta, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        self.done = {json.loads(line)["id"] for line in self._whole_lines()}

    def _whole_lines(self) -> list[bytes]:
        """The file's lines; one that a stop left half written is cut off."""
        content = self.path.read_bytes() if self.path.exists() else b""
        whole = content[: content.rfind(b"\n") + 1]
        if whole != content:
            with self.path.open("r+b") as stream:
                stream.truncate(len(whole))
        return whole.splitlines()

    def add(self, names: Sequence[str], texts: Sequence[str], seed: int) -> None:
        """Append one line a row."""
        with self.path.open("a", encoding="utf-8") as stream:
            for name, text in zip(names, texts, strict=True):
                stream.write(json.dumps({"id": name, "text": text, "seed": seed}, ensure_ascii=False) + "\n")
        self.done |= set(names)


def _settings(meta: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in meta.items() if name != "command"}


def answer(
    args: argparse.Namespace, large: LargeModel, preparer: Preparer, rows: Rows, ask: Asker, out: Answers
) -> Iterator[tuple[int, list[str]]]:
    """Write the sentences of the test rows that have none yet.

    Args:
        args: of exddv_predict.py (batch, device, precision, seed, longest). large, preparer: the model.
        rows: whose test split is answered. ask: row and video -> question. out: the file.

    Yields:
        after each batch how many rows are done, and the reasons why videos of it could not be read.
    """
    todo = [a for a in rows.split["test"] if a.id not in out.done]
    kind = torch.device(args.device).type
    for start in range(0, len(todo), args.batch):
        ready: list[Prepared] = []
        unreadable = []
        for row in todo[start : start + args.batch]:
            path = rows.videos[row.video]
            try:
                found = shots(path, row.clicks, preparer.recipe.frames)
                ready.append(preparer.prepare(row, found, ask(row, path), answer=False))
            except (UnreadableMedia, MediaTooLarge) as error:
                unreadable.append(f"{row.id}: {error.message}")
        if ready:
            with torch.autocast(kind, dtype=torch.bfloat16, enabled=args.precision == "bf16"):
                texts = generate(large, preparer, preparer.collate(ready, left=True), args.longest, args.device)
            out.add([r.row.id for r in ready], texts, args.seed)
        yield len(out.done), unreadable
