"""A trial without data: tiny random models of the real classes, and a small annotated video tree made of one photo."""

import argparse
import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from retrieval.exddv import COLUMNS
from simulation.video_preview import write_video
from training.exddv_recipes import Recipe

SIDE, PATCH, WIDTH = 112, 28, 48
TEXTS = ("The mouth is blurred.", "A patch of another colour on the cheek.", "The left eye flickers.")
IMAGE = "<image>"
_SPECIAL = ("<s>", "</s>", "<pad>", IMAGE)
_SHAPES = ((120, 180), (160, 120), (128, 128))  # of the films: wide, tall, square
_FRAMES = 12


def make_videos(folder: Path, rows: int = 8, originals: int = 1) -> tuple[Path, Path]:
    """Write FOLDER/exddv/ExDDV.csv and FOLDER/videos: the astronaut's photo, with a noisy patch where it is clicked.

    The last two rows are of the validation and the test split. One video a row, in FaceForensics++'s folders.

    Returns:
        the CSV file and the folder of videos.
    """
    from skimage import data

    photo, rng = data.astronaut(), np.random.default_rng(0)
    films = folder / "videos" / "FaceForensics++"
    found = []
    for n in range(rows):
        height, width = _SHAPES[n % len(_SHAPES)]
        x, y = 0.3 + 0.4 * rng.random(2)
        name = f"{n:03d}_{n + 100:03d}.mp4"
        frames = [_patched(photo[t : t + height, 150 + t : 150 + t + width], x, y, rng) for t in range(_FRAMES)]
        path = films / "FaceSwap" / "c23" / "videos" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_video(path, frames)
        clicks = {str(t + 1): {"x": x, "y": y} for t in (3, 8)}
        split = {rows - 2: "val", rows - 1: "test"}.get(n, "train")
        found.append((n, "Annotator1", name, TEXTS[n % len(TEXTS)], "Farceforensics++", "FaceSwap",
                      json.dumps(clicks), 2, split))  # fmt: skip
    for n in range(originals):
        path = films / "original_sequences" / "youtube" / "c23" / "videos" / f"{n:03d}.mp4"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_video(path, [np.ascontiguousarray(photo[t : t + 128, 150:278]) for t in range(_FRAMES)])
    table = folder / "exddv" / "ExDDV.csv"
    table.parent.mkdir(parents=True, exist_ok=True)
    with table.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, *found])
    return table, folder / "videos"


def _patched(pixels: NDArray[np.uint8], x: float, y: float, rng: np.random.Generator) -> NDArray[np.uint8]:
    out = np.ascontiguousarray(pixels)
    row, column = int(y * len(out)), int(x * out.shape[1])
    out[row - 8 : row + 8, column - 8 : column + 8] = rng.integers(0, 256, 3)
    return out


def byte_tokenizer() -> Any:
    """A fast tokenizer over bytes with <s>, </s>, <pad> and <image>; <s> opens every text."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors
    from transformers import AddedToken, PreTrainedTokenizerFast

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {piece: n for n, piece in enumerate((*_SPECIAL, *letters))}
    plain = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    plain.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)  # type: ignore[assignment]
    plain.decoder = decoders.ByteLevel()  # type: ignore[assignment]
    plain.post_processor = processors.TemplateProcessing("<s> $A", special_tokens=[("<s>", 0)])  # type: ignore[assignment]
    made = PreTrainedTokenizerFast(tokenizer_object=plain, bos_token="<s>", eos_token="</s>", pad_token="<pad>")
    made.add_tokens([AddedToken(IMAGE, normalized=False, special=True)], special_tokens=True)
    return made


def make_model(recipe: Recipe, folder: Path, seed: int = 0) -> Path:
    """Write a tiny random model and processor for a recipe: LLaVA (with Llama or Phi-3), or BLIP-2 with OPT."""
    tokenizer = byte_tokenizer()
    size = {"height": SIDE, "width": SIDE}
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        if "blip-2" in recipe.model_types:
            from transformers import Blip2ForConditionalGeneration, Blip2Processor, BlipImageProcessor

            model: Any = Blip2ForConditionalGeneration(_blip2_config(tokenizer))
            for name, p in model.named_parameters():  # at their usual size a tiny model hardly sees the picture
                if not name.startswith("language_model.") and p.ndim > 1:
                    torch.nn.init.normal_(p, std=0.2)
            processor: Any = Blip2Processor(BlipImageProcessor(size=size), tokenizer, num_query_tokens=4)
        else:
            from transformers import CLIPImageProcessor, LlavaForConditionalGeneration, LlavaProcessor

            model = LlavaForConditionalGeneration(_llava_config(tokenizer, recipe))
            pictures = CLIPImageProcessor(size={"shortest_edge": SIDE}, crop_size=size)
            processor = LlavaProcessor(
                pictures, tokenizer, patch_size=PATCH, vision_feature_select_strategy="default",
                num_additional_image_tokens=1,
            )  # fmt: skip
    model.save_pretrained(folder)
    processor.save_pretrained(folder)
    return folder


def _language(tokenizer: Any) -> dict[str, Any]:
    return {
        "vocab_size": len(tokenizer),
        "hidden_size": WIDTH,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "max_position_embeddings": 1024,
        "bos_token_id": tokenizer.bos_token_id,
        "eos_token_id": tokenizer.eos_token_id,
        "pad_token_id": tokenizer.pad_token_id,
        "initializer_range": 0.2,
    }


def _llava_config(tokenizer: Any, recipe: Recipe) -> Any:
    from transformers import CLIPVisionConfig, LlamaConfig, LlavaConfig, Phi3Config

    vision = CLIPVisionConfig(
        hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2, image_size=SIDE,
        patch_size=PATCH, projection_dim=32,
    )  # fmt: skip
    values: dict[str, Any] = _language(tokenizer) | {"intermediate_size": 96, "num_key_value_heads": 2}
    text = Phi3Config(**values) if "phi3_v" in recipe.model_types else LlamaConfig(**values)
    return LlavaConfig(
        vision_config=vision, text_config=text, image_token_index=tokenizer.convert_tokens_to_ids(IMAGE),
        image_seq_length=(SIDE // PATCH) ** 2,
    )  # fmt: skip


def _blip2_config(tokenizer: Any) -> Any:
    from transformers import Blip2Config, Blip2QFormerConfig, Blip2VisionConfig, OPTConfig

    sizes: dict[str, Any] = {
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
    }
    vision = Blip2VisionConfig(**sizes, image_size=SIDE, patch_size=PATCH)
    bridge = Blip2QFormerConfig(**sizes, encoder_hidden_size=32, vocab_size=8)
    text = OPTConfig(**_language(tokenizer), ffn_dim=96, word_embed_proj_dim=WIDTH, dropout=0.0)
    return Blip2Config(
        vision_config=vision.to_dict(), qformer_config=bridge.to_dict(), text_config=text.to_dict(),
        num_query_tokens=4, image_token_index=tokenizer.convert_tokens_to_ids(IMAGE),
    )  # fmt: skip


def set_up(args: argparse.Namespace, recipe: Recipe) -> Recipe:
    """Make films and a tiny model below RUN/smoke, point the options there, and shorten the recipe."""
    folder = args.out / "smoke"
    args.csv, args.videos = make_videos(folder)
    args.data, args.model, args.int8 = folder, str(make_model(recipe, folder / "model", args.seed)), False
    args.max_minutes, args.micro, args.workers, args.threads = min(args.max_minutes, 0.5), 4, 0, 1
    args.log_every = 5
    return replace(recipe, batch=4, accumulation=1, epochs=15, lr=2e-3)
