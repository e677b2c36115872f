"""What a large model reads of an annotated video: frames, masks, ids, labels, against slow obvious computations."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from PIL import Image

from media.errors import UnreadableMedia
from retrieval.annotations import Click
from retrieval.masks import Placed
from tests.training.exddv_parts import Trial
from training.exddv_data import MIDDLE, Shot, frame_positions, nearest_click, row_stream, shots
from training.exddv_inputs import IGNORED, Preparer, hd_point, input_place
from training.exddv_recipes import RECIPES


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return Trial(tmp_path_factory.mktemp("trial"))


def test_five_equally_spaced_frames() -> None:
    assert frame_positions(478, 5) == [0, 119, 238, 357, 477]
    assert frame_positions(10, 5) == [0, 2, 4, 6, 9]  # 2.25, 4.5 and 6.75 are cut, not rounded
    assert frame_positions(2, 5) == [0, 0, 0, 0, 1]


def test_the_nearest_click_in_time() -> None:
    clicks = (Click(0.1, 0.1, frame=10), Click(0.2, 0.2, frame=20))
    assert [nearest_click(clicks, p, 0.04) for p in (0, 15, 16, 900)] == [clicks[0], clicks[0], clicks[1], clicks[1]]
    timed = (Click(0.1, 0.1, time=0.4), Click(0.2, 0.2, time=0.8))
    assert nearest_click(timed, 16, 0.04) is timed[1]
    assert nearest_click((), 3, 0.04) is None


def test_shots_of_a_film(trial: Trial) -> None:
    row = trial.rows.split["train"][0]
    found = shots(trial.rows.videos[row.video], row.clicks, 5)
    assert [s.position for s in found] == frame_positions(12, 5)
    assert {s.point for s in found} == {(c.x, c.y) for c in row.clicks}
    x, y = found[0].point
    height, width = found[0].pixels.shape[:2]
    inside = found[0].pixels[int(y * height) - 4 : int(y * height) + 4, int(x * width) - 4 : int(x * width) + 4]
    assert inside.std(axis=(0, 1)).max() < 12  # the patch, of one colour, is where the click is
    assert [s.point for s in shots(trial.rows.videos[row.video], (), 2)] == [MIDDLE] * 2


def test_a_film_without_frames_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"nothing")
    with pytest.raises(UnreadableMedia):
        shots(path, (), 5)


def test_the_order_of_rows_goes_on_anywhere() -> None:
    def first(start: int, count: int) -> list[int]:
        stream = row_stream(7, 3, start)
        return [next(stream) for _ in range(count)]

    whole = first(0, 30)
    assert [sorted(whole[n : n + 7]) for n in (0, 7, 14)] == [list(range(7))] * 3
    assert whole[:7] != whole[7:14]
    assert first(11, 19) == whole[11:]


@pytest.mark.parametrize("shape", [(120, 180), (180, 120), (128, 128)])
@pytest.mark.parametrize("kind", ["clip", "clip with bars", "blip"])
def test_points_go_where_the_processor_puts_them(shape: tuple[int, int], kind: str) -> None:
    """A bright dot on black is found where the point is said to lie."""
    from transformers import BlipImageProcessor, CLIPImageProcessor

    size = {"height": 112, "width": 112}
    clip = CLIPImageProcessor(size={"shortest_edge": 112}, crop_size=size)
    processor = BlipImageProcessor(size=size) if kind == "blip" else clip
    pixels = np.zeros((*shape, 3), np.uint8)
    row, column = shape[0] // 2 - 17, shape[1] // 2 + 13
    pixels[row - 2 : row + 3, column - 2 : column + 3] = 255
    picture = Placed.of(pixels).padded() if kind == "clip with bars" else Placed.of(pixels)
    values = processor(images=[picture.pixels], return_tensors="pt")["pixel_values"][0].sum(0).numpy()
    values = values - values.min()
    values[values < 0.5 * values.max()] = 0
    cells = np.arange(112) + 0.5
    brightest = (values.sum(0) @ cells / values.sum(), values.sum(1) @ cells / values.sum())
    (point,) = input_place(picture, processor).points([(column + 0.5, row + 0.5)])
    np.testing.assert_allclose(point * 112, brightest, atol=0.6)


def test_a_mask_multiplies_the_normalised_picture(trial: Trial) -> None:
    """LLaVA with bars: each pixel by hand, from the click in the frame."""
    large, recipe = trial.load("llava-1.5-7b"), RECIPES["llava-1.5-7b"]
    (bare,) = trial.prepared(Preparer(large.processor, "llava", recipe), 1)
    (hard,) = trial.prepared(Preparer(large.processor, "llava", recipe, "hard"), 1)
    (soft,) = trial.prepared(Preparer(large.processor, "llava", recipe, "soft", radius=50), 1)
    row = bare.row
    height, width = 120, 180  # of the first film; bars make it 180 x 180, the input is 112 x 112
    click = nearest_click(row.clicks, 0, 0.04)
    assert click is not None
    x, y = click.x * width * 112 / 180, (click.y * height + 30) * 112 / 180
    far = torch.zeros(112, 112, dtype=torch.float64)
    for i in range(112):
        for j in range(112):
            far[i, j] = (i + 0.5 - y) ** 2 + (j + 0.5 - x) ** 2
    disc = (far <= (75 / 224 * 112) ** 2).float()
    bell = torch.exp(-far / (2 * 25.0**2)).float()
    torch.testing.assert_close(hard.pixels[0], bare.pixels[0] * disc)
    torch.testing.assert_close(soft.pixels[0], bare.pixels[0] * bell)
    assert 0.2 < float(disc.mean()) < 0.4
    np.testing.assert_allclose(hard.points[0] * 112, (x, y), atol=1e-9)


@pytest.mark.parametrize("name", list(RECIPES))
def test_only_the_answer_is_learnt(trial: Trial, name: str) -> None:
    large = trial.load(name)
    preparer = Preparer(large.processor, large.model_type, RECIPES[name])
    rows = trial.prepared(preparer)
    batch = preparer.collate(rows)
    for n, prepared in enumerate(rows):
        learnt = batch.labels[n] != IGNORED
        said = preparer.tokenizer.decode(batch.labels[n][learnt])
        assert said.strip() == prepared.row.text + "</s>"
        assert torch.equal(batch.labels[n][learnt], batch.inputs["input_ids"][n][learnt])
        assert batch.inputs["attention_mask"][n][learnt].all()
        before = preparer.tokenizer.decode(prepared.ids[: prepared.start])
        assert RECIPES[name].query in before
        assert prepared.row.text not in before
    asked = trial.prepared(preparer, answer=False)
    left = preparer.collate(asked, left=True)
    assert (left.labels == IGNORED).all()
    assert left.inputs["attention_mask"][:, -1].all()
    assert torch.equal(asked[0].ids, rows[0].ids[: rows[0].start])
    tokens = (batch.inputs["input_ids"][0] == preparer.tokenizer.convert_tokens_to_ids("<image>")).sum()
    assert int(tokens) == (4 if name == "blip-2" else 5 * 16)


class PhiStandIn:
    """Stands for Phi-3-vision's processor: resized to 2 x 336 on the longer side, bars, crops.

    Args:
        shape: (height, width) of the frames; `new` is their size (width, height) inside the mosaic of crops.
    """

    SIDE = 336
    tokenizer = SimpleNamespace(pad_token_id=0, eos_token_id=2)
    image_processor = SimpleNamespace(image_mean=[0.0] * 3, image_std=[1.0] * 3)

    def __init__(self, shape: tuple[int, int]) -> None:
        height, width = shape
        self.new = (672, int(672 / (width / height))) if width >= height else (int(672 / (height / width)), 672)
        self.mosaic = [-(-v // self.SIDE) * self.SIDE for v in self.new]  # (width, height)
        self.corner = [int((whole - part) / 2) for whole, part in zip(self.mosaic, self.new, strict=True)]

    def __call__(self, images: list[Image.Image], text: str, return_tensors: str) -> dict:
        assert text.startswith("<|user|>\n<|image_1|>\nWhat")
        pixels = torch.from_numpy(np.stack([self._crops(image) for image in images])).permute(0, 1, 4, 2, 3)
        return {"input_ids": torch.tensor([[1, -1, 2]]), "pixel_values": pixels,
                "image_sizes": torch.tensor([[self.mosaic[1], self.mosaic[0]]] * len(images))}  # fmt: skip

    def _crops(self, image: Image.Image) -> np.ndarray:
        """(1 + crops, 336, 336, 3), the whole picture first."""
        side, (wide, high), (left, top) = self.SIDE, self.mosaic, self.corner
        canvas = np.full((high, wide, 3), 255.0)
        canvas[top : top + self.new[1], left : left + self.new[0]] = np.asarray(image.resize(self.new))
        crops = [canvas[i : i + side, j : j + side] for i in range(0, high, side) for j in range(0, wide, side)]
        return np.stack([np.asarray(Image.fromarray(canvas.astype(np.uint8)).resize((side, side))), *crops])

    def joined(self, crops: torch.Tensor) -> np.ndarray:
        """(crops, 3, 336, 336) -> their first channel side by side, (high, wide)."""
        side, whole = self.SIDE, np.zeros((self.mosaic[1], self.mosaic[0]))
        for n, crop in enumerate(crops):
            i, j = divmod(n, self.mosaic[0] // side)
            whole[i * side : (i + 1) * side, j * side : (j + 1) * side] = crop[0].numpy()
        return whole


@pytest.mark.parametrize("shape", [(120, 180), (200, 90)])
def test_phi_3_v_masks_follow_its_crops(shape: tuple[int, int]) -> None:
    """A dot on a black frame is what must be kept, in the crops and in the small whole picture."""
    stand = PhiStandIn(shape)
    side, mosaic, (left, top) = stand.SIDE, stand.mosaic, stand.corner
    frame = np.zeros((*shape, 3), np.uint8)
    y, x = shape[0] // 3, shape[1] // 4
    frame[y - 3 : y + 4, x - 3 : x + 4] = 255
    point = ((x + 0.5) / shape[1], (y + 0.5) / shape[0])
    (place,) = [hd_point(np.array(point), shape, (mosaic[1], mosaic[0]))]
    recipe = replace(RECIPES["phi-3-v"], frames=1)
    row = SimpleNamespace(text="x")
    made = Preparer(stand, "phi3_v", recipe, "hard").prepare(row, [Shot(frame, 0, point)], recipe.query, answer=False)  # type: ignore[arg-type]
    np.testing.assert_allclose(made.points, [place])
    inside = stand.joined(made.pixels[0, 1:])
    rows, columns = np.nonzero(inside)
    reach = 75 / 224 * min(mosaic)
    assert np.hypot(columns + 0.5 - place[0] * mosaic[0], rows + 0.5 - place[1] * mosaic[1]).max() <= reach
    dot = inside[top : top + stand.new[1], left : left + stand.new[0]]
    rows, columns = np.nonzero(dot > 250)
    np.testing.assert_allclose(
        (columns.mean() + 0.5 + left, rows.mean() + 0.5 + top), place * np.array(mosaic), atol=1.5
    )
    whole = np.argwhere(made.pixels[0, 0, 0].numpy() > 0) + 0.5
    assert np.hypot(*(whole - place[::-1] * side).T).max() <= 75 / 224 * side
