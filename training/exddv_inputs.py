"""From frames, clicks and sentences to what a large model reads: masked pictures, token ids, labels, batches.

The model's own processor makes the pictures. Masks multiply them afterwards (retrieval/masks.py), so what is hidden
becomes zero, the mean colour; the clicks take every step of the picture's way: bars, resizing, cutting.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import Tensor

from media.errors import MissingCheckpoint
from retrieval.annotations import Annotation
from retrieval.masks import REFERENCE_SIDE, MaskKind, Placed, apply_mask, click_mask
from training.exddv_data import Shot
from training.exddv_recipes import Recipe

IGNORED = -100
"""Label of positions at which nothing is learnt."""


@dataclass(frozen=True, eq=False)
class Prepared:
    """A row as its model reads it.

    Attributes:
        row: the annotation.
        ids: (T,) int64, prompt and, in training, answer and end. start: where the answer begins, T without one.
        pixels: (F, 3, H, W) float32, normalised and masked; of Phi-3-V (F, 1 + crops, 3, 336, 336).
        points: (F, 2) the clicks in [0, 1] of the picture that the model sees.
        sizes: (F, 2) height and width in pixels of all crops together; of Phi-3-V only.
    """

    row: Annotation
    ids: Tensor
    start: int
    pixels: Tensor
    points: NDArray[np.float64]
    sizes: Tensor | None = None


@dataclass(frozen=True, eq=False)
class Batch:
    """What a model is called with, labels (B, T) with -100 where nothing is learnt, and the rows behind it."""

    inputs: dict[str, Tensor]
    labels: Tensor
    rows: tuple[Prepared, ...]

    def to(self, device: str) -> "Batch":
        """The same on another device."""
        moved = {name: value.to(device, non_blocking=True) for name, value in self.inputs.items()}
        return replace(self, inputs=moved, labels=self.labels.to(device))


class Preparer:
    """Makes a model's inputs.

    Args:
        processor: the Hugging Face processor of the model.
        model_type: of the model's configuration: "llava", "blip-2" or "phi3_v".
        recipe: number of frames, prompt, bars.
        mask: kind of click mask. radius: in pixels of a 224 px input, None = 75; it grows with the input.
    """

    def __init__(
        self, processor: Any, model_type: str, recipe: Recipe, mask: MaskKind = "none", radius: float | None = None
    ) -> None:
        self.processor, self.tokenizer = processor, processor.tokenizer
        self.model_type, self.recipe, self.radius = model_type, recipe, radius
        self.mask: MaskKind = mask
        pictures = processor.image_processor
        self.mean, self.std = (np.asarray(v, np.float32) for v in (pictures.image_mean, pictures.image_std))
        pad = self.tokenizer.pad_token_id
        self.pad_id = int(pad if pad is not None else self.tokenizer.eos_token_id)

    def prompt(self, query: str, frames: int) -> str:
        """The text before the answer, with a mark for each frame where the model wants one."""
        if self.model_type == "phi3_v":
            marks = "\n".join(f"<|image_{n}|>" for n in range(1, frames + 1))
        else:
            marks = "" if self.model_type == "blip-2" else "\n".join([str(self.processor.image_token)] * frames)
        return self.recipe.prompt.format(images=marks, query=query)

    def prepare(self, row: Annotation, found: Sequence[Shot], query: str, answer: bool = True) -> Prepared:
        """A row's frames and question, and its sentence as the answer when there is to be one."""
        placed = [Placed.of(shot.pixels) for shot in found]
        if self.recipe.square:
            colour = tuple(int(v * 255) for v in self.mean)
            placed = [p.padded((colour[0], colour[1], colour[2])) for p in placed]
        prompt = self.prompt(query, len(found))
        read = self.processor(images=[self._picture(p.pixels) for p in placed], text=prompt, return_tensors="pt")
        clicks = [_in_pixels(shot) for shot in found]
        pixels, sizes = read["pixel_values"].float(), read.get("image_sizes") if self.model_type == "phi3_v" else None
        if sizes is None:
            seen = [input_place(p, self.processor.image_processor) for p in placed]
            points = np.concatenate([s.points(c) for s, c in zip(seen, clicks, strict=True)])
            shape = (int(pixels.shape[-2]), int(pixels.shape[-1]))
            masks = torch.stack([torch.from_numpy(self._mask(p, shape)) for p in points])
            pixels = pixels * masks[:, None]
        else:
            sizes = torch.as_tensor(sizes)
            points, pixels = self._crops(placed, clicks, pixels, sizes)
        ids, start = read["input_ids"][0], len(read["input_ids"][0])
        if answer:
            ids, start = self._with_answer(ids, prompt, row.text)
        return Prepared(row, ids, start, pixels, points, sizes)

    def _picture(self, pixels: NDArray[np.uint8]) -> Any:
        if self.model_type != "phi3_v":
            return pixels
        from PIL import Image  # Phi-3-V's processor takes nothing else

        return Image.fromarray(pixels)

    def _mask(self, point: ArrayLike, shape: tuple[int, int]) -> NDArray[np.float32]:
        radius = None if self.radius is None else self.radius * min(shape) / REFERENCE_SIDE
        return click_mask(np.asarray(point).reshape(1, 2), shape, self.mask, radius)

    def _crops(
        self, placed: Sequence[Placed], clicks: Sequence[tuple[float, float]], pixels: Tensor, sizes: Tensor
    ) -> tuple[NDArray[np.float64], Tensor]:
        """Points in [0, 1] of all crops together, and the masked crops; the first is the whole picture, squeezed."""
        side = int(pixels.shape[-1])
        out, points = pixels.clone(), []
        for n, (picture, click) in enumerate(zip(placed, clicks, strict=True)):
            height, width = (int(v) for v in sizes[n])
            point = hd_point(picture.points([click])[0], picture.pixels.shape[:2], (height, width))
            down, across = height // side, width // side
            whole = torch.from_numpy(self._mask(point, (height, width)))
            parts = whole.reshape(down, side, across, side).permute(0, 2, 1, 3).reshape(-1, 1, side, side)
            out[n, 0] = apply_mask(out[n, 0], self._mask(point, (side, side)))
            out[n, 1 : 1 + len(parts)] *= parts
            points.append(point)
        return np.array(points), out

    def _with_answer(self, ids: Tensor, prompt: str, answer: str) -> tuple[Tensor, int]:
        """Prompt ids, then those of the answer and the end; the two are tokenised as one text."""
        if self.model_type == "phi3_v":  # its marks are no tokens of the vocabulary
            prompt = prompt[prompt.rindex("<|image_") :].split("|>", 1)[1]
        alone = self.tokenizer(prompt)["input_ids"]
        whole = self.tokenizer(prompt + self.recipe.joint + answer)["input_ids"]
        if self.tokenizer.eos_token_id is None:
            raise MissingCheckpoint("The model's vocabulary has no end-of-sequence token.")
        if whole[-1] == self.tokenizer.eos_token_id:
            whole = whole[:-1]
        same = next((n for n, (a, b) in enumerate(zip(alone, whole, strict=False)) if a != b), len(alone))
        start = len(ids) - (len(alone) - same)
        tail = torch.tensor([*whole[same:], self.tokenizer.eos_token_id], dtype=ids.dtype)
        return torch.cat([ids[:start], tail]), start

    def collate(self, rows: Sequence[Prepared], left: bool = False) -> Batch:
        """Rows in one batch, filled up on the right, or on the left for generation."""
        longest = max(len(r.ids) for r in rows)
        ids = torch.full((len(rows), longest), self.pad_id, dtype=torch.int64)
        mask, labels = torch.zeros_like(ids), torch.full_like(ids, IGNORED)
        for n, r in enumerate(rows):
            place = slice(longest - len(r.ids), longest) if left else slice(0, len(r.ids))
            ids[n, place], mask[n, place] = r.ids, 1
            labels[n, place.start + r.start : place.stop] = r.ids[r.start :]
        pictures = [r.pixels for r in rows]
        join = torch.stack if self.model_type == "blip-2" else torch.cat
        inputs = {"input_ids": ids, "attention_mask": mask, "pixel_values": join(pictures)}
        if self.model_type == "phi3_v":
            inputs["image_sizes"] = torch.cat([r.sizes for r in rows if r.sizes is not None])
        return Batch(inputs, labels, tuple(rows))


def _in_pixels(shot: Shot) -> tuple[float, float]:
    height, width = shot.pixels.shape[:2]
    return shot.point[0] * width, shot.point[1] * height


def input_place(picture: Placed, image_processor: Any) -> Placed:
    """A picture the way a Hugging Face image processor takes it: in another size, then the middle cut out.

    Only the geometry counts (the processor makes the pixels itself), so that `points` gives places of its output.

    Args:
        picture: before it.
        image_processor: of CLIP, SigLIP or BLIP; its `size` is a shorter side, or a height and a width.
    """
    size, cut = image_processor.size, image_processor.crop_size
    height, width = picture.pixels.shape[:2]
    if getattr(image_processor, "do_pad", None):
        picture = picture.padded()
        height = width = max(height, width)
    if image_processor.do_resize and size.shortest_edge:
        short, long = min(height, width), max(height, width)
        other = int(size.shortest_edge * long / short)
        new = (size.shortest_edge, other) if width <= height else (other, size.shortest_edge)
        picture = picture.resized(*new)
    elif image_processor.do_resize:
        picture = picture.resized(size.width, size.height)
    if image_processor.do_center_crop:
        height, width = picture.pixels.shape[:2]
        left, top = int((width - cut.width) / 2), int((height - cut.height) / 2)
        picture = picture.cut(left, top, cut.width, cut.height)
    return picture


def hd_point(point: NDArray[np.float64], shape: tuple[int, ...], crops: tuple[int, int]) -> NDArray[np.float64]:
    """Where a point of a frame lies in Phi-3-V's crops taken together.

    Its processor makes the longer side a multiple of 336 px, keeps the proportions, and fills the other side up to the
    next multiple with two bars.

    Args:
        point: (x, y) in [0, 1] of the frame. shape: (height, width, ...) of the frame.
        crops: (height, width) of all crops together.

    Returns:
        (x, y) in [0, 1] of these.
    """
    high, wide = crops
    if shape[1] >= shape[0]:
        new = int(wide / (shape[1] / shape[0]))
        return np.array([point[0], (point[1] * new + int((high - new) / 2)) / high])
    new = int(high / (shape[0] / shape[1]))
    return np.array([(point[0] * new + int((wide - new) / 2)) / wide, point[1]])
