"""Whole frames through OpenAI's CLIP ResNets at three depths: the encoder of the published retrieval.

ExDDV (arXiv 2503.14421, section on in-context learning) and its code: RN50 or RN101; `first` is the stem, `middle` the
stem and three of four stages, both averaged over the picture, `last` the attention-pooled embedding; CLIP's own
preprocessing on the whole frame, not on a face. Weights come from a file of the person's; nothing is downloaded.
"""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from media.errors import BadRequest, MissingCheckpoint
from retrieval.encoders import EncoderKey, Level, unit, weights_hash

if TYPE_CHECKING:
    from open_clip.modified_resnet import ModifiedResNet
    from torch import Tensor

CLIP_NAMES = {"rn50": "RN50", "rn101": "RN101"}
"""Our names of the towers and open_clip's."""
CLIP_LEVELS: tuple[Level, ...] = ("first", "middle", "last")
LICENCE = "that of the weights file; OpenAI's RN50 and RN101 are under MIT"
_BATCH, _PREFIX, _SHOWN = 16, "visual.", 3
_COUNTER = "num_batches_tracked"  # of training; some files leave it out


@dataclass(frozen=True)
class TowerShape:
    """A ResNet of CLIP.

    Attributes:
        layers: blocks of the four stages. width: channels after the stem.
        embed_dim: width of the embedding. image_size: side of the input in pixels.
    """

    layers: tuple[int, int, int, int]
    width: int
    embed_dim: int
    image_size: int


class ClipFrames:
    """Whole frames as unit vectors.

    Args:
        tower: CLIP's picture side; it is put into evaluation mode.
        name: "rn50" or "rn101".
        level: "first", "middle" or "last" (the published best).
        licence: of its weights.
    """

    def __init__(self, tower: "ModifiedResNet", name: str, level: Level = "last", licence: str = LICENCE) -> None:
        if level not in CLIP_LEVELS:
            raise BadRequest(f"CLIP's frames are encoded at one of the levels {', '.join(CLIP_LEVELS)}, not {level!r}.")
        self._tower = tower.eval().requires_grad_(False)
        self.image_size = int(tower.image_size)
        last_block: Any = tower.layer3[-1]
        dims = (tower.conv3.out_channels, last_block.conv3.out_channels, tower.output_dim)
        dim = int(dims[CLIP_LEVELS.index(level)])
        self.key = EncoderKey(f"openclip-{name}", weights_hash(tower), level, dim)
        self.licence = licence

    @classmethod
    def load(cls, name: str, file: Path, level: Level = "last") -> "ClipFrames":
        """From a local weights file.

        Args:
            name: "rn50" or "rn101".
            file: safetensors or torch.save of a CLIP model in open_clip's (= OpenAI's) layout.
            level: "first", "middle" or "last".

        Raises:
            BadRequest: unknown name or level.
            MissingCheckpoint: no such file, or it is not of this model; the message names what is missing.
        """
        return cls(read_tower(file, tower_shape(name), name), name, level)

    def crop(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The square (S, S, 3) that CLIP sees of uint8 RGB pixels (H, W, 3): shorter side to S (bicubic), centre."""
        from PIL import Image

        if pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.dtype != np.uint8 or 0 in pixels.shape:
            raise BadRequest(f"This encoder takes uint8 RGB pictures (H, W, 3), got {pixels.dtype} {pixels.shape}.")
        size = self.image_size
        height, width = pixels.shape[:2]
        short = min(height, width)
        wide, high = (size * width // short, size * height // short)
        if (high, wide) != (height, width):
            resized = Image.fromarray(pixels).resize((wide, high), Image.Resampling.BICUBIC)
            pixels = np.asarray(resized)
        top, left = round((high - size) / 2), round((wide - size) / 2)
        return np.ascontiguousarray(pixels[top : top + size, left : left + size])

    def encode(self, batch: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """Unit vectors (N, D) of N pictures, uint8 RGB (H, W, 3) of any size."""
        import torch
        from open_clip.constants import OPENAI_DATASET_MEAN, OPENAI_DATASET_STD

        mean, std = torch.tensor(OPENAI_DATASET_MEAN), torch.tensor(OPENAI_DATASET_STD)
        rows = [np.zeros((0, self.key.dim), np.float32)]
        with torch.inference_mode():
            for start in range(0, len(batch), _BATCH):
                squares = np.stack([self.crop(np.asarray(p)) for p in batch[start : start + _BATCH]])
                pictures = (torch.from_numpy(squares).float() / 255 - mean) / std
                rows.append(self._features(pictures.permute(0, 3, 1, 2).contiguous()).numpy())
        return unit(np.concatenate(rows))

    def _features(self, pictures: "Tensor") -> "Tensor":
        """(N, D) of normalised pictures (N, 3, S, S)."""
        tower = self._tower
        if self.key.level == "last":
            return tower(pictures)
        x = tower.stem(pictures)
        if self.key.level == "middle":
            x = tower.layer3(tower.layer2(tower.layer1(x)))
        return x.mean((2, 3))


def tower_shape(name: str) -> TowerShape:
    """The sizes of a tower as open_clip's configuration has them; BadRequest for an unknown name."""
    if name not in CLIP_NAMES:
        raise BadRequest(f"There is no CLIP encoder {name!r}; choose one of {', '.join(CLIP_NAMES)}.")
    import open_clip

    config: Any = open_clip.get_model_config(CLIP_NAMES[name])
    vision = config["vision_cfg"]
    one, two, three, four = vision["layers"]
    return TowerShape((one, two, three, four), vision["width"], config["embed_dim"], vision["image_size"])


def read_tower(file: Path, shape: TowerShape, name: str = "clip") -> "ModifiedResNet":
    """A tower with the weights of a file, all of them and no others, as float32.

    Raises:
        MissingCheckpoint: the file is absent, damaged, a program, or not of this shape; what is wrong is named.
    """
    from kfd.encoders.vit_weights.reading import open_weights

    if not Path(file).is_file():
        raise MissingCheckpoint(f"There is no weights file {file}: give a local file of CLIP's {name} weights.")
    _refuse_program(Path(file))
    found = open_weights(Path(file)).tensors
    return fill_tower(found, shape, f"{Path(file).name} does not hold CLIP's {name}")


def fill_tower(tensors: "Mapping[str, Tensor]", shape: TowerShape, refusal: str) -> "ModifiedResNet":
    """A tower from tensors named `visual.*`; the text side's are left alone. `refusal` begins the error's sentence."""
    import torch
    from open_clip.modified_resnet import ModifiedResNet

    tower = ModifiedResNet(
        list(shape.layers), shape.embed_dim, shape.width * 32 // 64, shape.image_size, shape.width
    ).eval()
    wanted = {k: v for k, v in tower.state_dict().items() if not k.endswith(_COUNTER)}
    given = {k.removeprefix(_PREFIX): v for k, v in tensors.items() if k.startswith(_PREFIX)}
    given = {k: v for k, v in given.items() if not k.endswith(_COUNTER)}
    missing, extra = sorted(wanted.keys() - given.keys()), sorted(given.keys() - wanted.keys())
    if missing:
        raise MissingCheckpoint(f"{refusal}: {_names(missing)} missing.", ", ".join(missing))
    if extra:
        raise MissingCheckpoint(f"{refusal}: {_names(extra)} too many.", ", ".join(extra))
    for key, value in given.items():
        if value.shape != wanted[key].shape:
            raise MissingCheckpoint(
                f"{refusal}: {_PREFIX}{key} has the shape {tuple(value.shape)}, not {tuple(wanted[key].shape)}."
            )
        if not bool(torch.isfinite(value.float()).all()):
            raise MissingCheckpoint(f"{refusal}: {_PREFIX}{key} holds values that are not finite.")
    tower.load_state_dict({k: v.float() for k, v in given.items()}, strict=False)  # the counters stay zero
    return tower


def _names(keys: Sequence[str]) -> str:
    """The first few names with how many more there are."""
    shown = ", ".join(_PREFIX + key for key in keys[:_SHOWN])
    more = f" and {len(keys) - _SHOWN} more" if len(keys) > _SHOWN else ""
    return f"{shown}{more} {'are' if len(keys) > 1 else 'is'}"


def _refuse_program(file: Path) -> None:
    """OpenAI's own download is a TorchScript archive: code beside the tensors, which is not run here."""
    if not zipfile.is_zipfile(file):
        return
    with zipfile.ZipFile(file) as archive:
        program = any("/code/" in name for name in archive.namelist())
    if program:
        raise MissingCheckpoint(
            f"{file.name} is a TorchScript archive, which holds a program beside the weights and is not opened. Keep "
            "the tensors alone where you trust it: torch.save(torch.jit.load(FILE, 'cpu').state_dict(), NEW_FILE)."
        )
