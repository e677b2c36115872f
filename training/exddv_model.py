"""Large models that read pictures and text: reading one from a folder, what of it learns, and its adapter's files."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import torch
from torch import Tensor, nn

from media.errors import BadRequest, MissingCheckpoint
from training.exddv_recipes import ModelType, Recipe

TRAINED_FILE = "trained.safetensors"
"""What learns without LoRA: names and tensors of the model."""
BRIDGE = ("qformer.", "query_tokens", "language_projection.")
"""Of BLIP-2: between the frozen picture encoder and the frozen language model."""
NATIVE: dict[str, ModelType] = {"llava": "llava", "blip-2": "blip-2"}
REMOTE: dict[str, ModelType] = {"phi3_v": "phi3_v"}


class FrameMean(nn.Module):
    """BLIP-2's picture encoder for several frames: the mean of their embeddings (ExDDV, section on tuning).

    Args:
        encoder: takes `pixel_values` (N, 3, H, W) and gives `last_hidden_state` (N, T, D), `pooler_output` (N, D).
    """

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, pixel_values: Tensor, **options: Any) -> Any:
        """(B, F, 3, H, W) -> the encoder's output with (B, T, D), the mean over the frames; (B, 3, H, W) as ever."""
        if pixel_values.ndim == 4:
            return self.encoder(pixel_values=pixel_values, **options)
        from transformers.modeling_outputs import BaseModelOutputWithPooling

        count = pixel_values.shape[:2]
        seen = self.encoder(pixel_values=pixel_values.flatten(0, 1), **options)
        return BaseModelOutputWithPooling(
            last_hidden_state=seen.last_hidden_state.unflatten(0, count).mean(1),
            pooler_output=seen.pooler_output.unflatten(0, count).mean(1),
        )


@dataclass
class LargeModel:
    """A model with its processor. source: folder or name it was read from; model_type: of its configuration."""

    model: Any
    processor: Any
    model_type: ModelType
    source: str

    def trained(self) -> Iterator[tuple[str, nn.Parameter]]:
        """Names and parameters of what learns."""
        return ((name, p) for name, p in self.model.named_parameters() if p.requires_grad)


def load_model(
    source: str, recipe: Recipe, device: str = "cpu", int8: bool | None = None, trust_remote_code: bool = False,
    precision: Literal["bf16", "fp32"] = "bf16",
) -> LargeModel:  # fmt: skip
    """A model and its processor, all frozen.

    Args:
        source: folder, or a name of the hub, which is then downloaded by transformers.
        recipe: it is read for.
        device: where it goes; weights are float32 on a CPU.
        int8: read linear layers in 8 bits; None: as the recipe says.
        trust_remote_code: run the program in the folder of a model that transformers does not have itself.
        precision: of the weights on other devices.

    Raises:
        MissingCheckpoint: no such folder, or it holds no such model.
        BadRequest: the recipe is for other models, the model is a program that is not to be run, or 8 bits cannot be.
    """
    model_type = _model_type(source, recipe, trust_remote_code)
    from transformers import AutoModelForCausalLM, AutoModelForImageTextToText, AutoProcessor
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    local = Path(source).is_dir()
    shared: dict[str, Any] = {"local_files_only": local, "trust_remote_code": trust_remote_code}
    options: dict[str, Any] = {"dtype": torch.float32 if device == "cpu" or precision == "fp32" else torch.bfloat16}
    if recipe.int8 if int8 is None else int8:
        options |= {"quantization_config": eight_bits(recipe), "device_map": {"": device}}
    auto = AutoModelForImageTextToText if model_type in NATIVE.values() else AutoModelForCausalLM
    crops = {"num_crops": recipe.crops} if model_type == "phi3_v" else {}
    try:
        processor = AutoProcessor.from_pretrained(source, **shared, **crops)
        model: Any = auto.from_pretrained(source, **shared, **options, use_safetensors=True if local else None)
    except (OSError, ValueError) as error:
        raise MissingCheckpoint(f"{source} holds no whole model with its processor.", str(error)) from error
    if "quantization_config" not in options:
        model = model.to(device)
    if model_type == "blip-2":
        model.vision_model = FrameMean(model.vision_model)
    return LargeModel(model.requires_grad_(False).eval(), processor, model_type, source)


def _model_type(source: str, recipe: Recipe, trusted: bool) -> ModelType:
    """What a folder or a name of the hub holds, from its config.json alone; no program is run for it."""
    from transformers import PretrainedConfig

    folder = Path(source)
    if not folder.is_dir() and (folder.is_absolute() or source.startswith(".") or len(folder.parts) != 2):
        raise MissingCheckpoint(f"There is no model folder {source}; a model of the hub is named OWNER/NAME.")
    try:
        config, _ = PretrainedConfig.get_config_dict(source, local_files_only=folder.is_dir())
    except OSError as error:
        raise MissingCheckpoint(f"{source} has no config.json of a Hugging Face model.", str(error)) from error
    if not config:
        raise MissingCheckpoint(f"{source} has no config.json of a Hugging Face model.")
    found = str(config.get("model_type", "of no type"))
    wanted = ", ".join(recipe.model_types)
    known = {**NATIVE, **REMOTE}.get(found)
    if known is None or known not in recipe.model_types:
        raise BadRequest(f"The recipe {recipe.name} is for models of type {wanted}; {source} is {found}.")
    if found in REMOTE and not trusted:
        raise BadRequest(
            f"{source} is {found}, which transformers does not have itself: its folder brings a program. Give "
            "--trust-remote-code if you trust it, or use a LLaVA with a Phi-3 language model (type llava)."
        )
    if found == "blip-2" and not config.get("use_decoder_only_language_model", True):
        raise BadRequest("BLIP-2 is supported with a decoder such as OPT, as the recipe says, not with Flan-T5.")
    if found == "blip-2" and config.get("image_token_index", config.get("image_token_id")) is None:
        raise MissingCheckpoint(f"{source} is an old export of BLIP-2: its config.json lacks image_token_index.")
    return known


def eight_bits(recipe: Recipe) -> Any:
    """How linear layers of the language model are read in 8 bits; the picture side and the bridge are left alone.

    Raises:
        BadRequest: bitsandbytes is not installed.
    """
    if find_spec("bitsandbytes") is None:
        raise BadRequest(
            f"The recipe {recipe.name} reads the language model in 8 bits, which needs the package bitsandbytes: "
            "install it, or give --no-int8 for full weights."
        )
    from transformers import BitsAndBytesConfig

    kept = ["vision_model", "vision_tower", "multi_modal_projector", "qformer", "language_projection", "lm_head"]
    return BitsAndBytesConfig(load_in_8bit=True, llm_int8_skip_modules=kept)


def make_trainable(large: LargeModel, recipe: Recipe, seed: int) -> None:
    """Let a recipe's part of a frozen model learn: LoRA on the language model's linear layers, or BLIP-2's bridge.

    What learns is float32. The seed draws the first LoRA weights.
    """
    if recipe.lora is None:
        for name, p in large.model.named_parameters():
            if name.startswith(BRIDGE):
                p.data = p.data.float()
                p.requires_grad_(True)
        return
    from peft import LoraConfig, get_peft_model

    config = LoraConfig(
        r=recipe.lora.rank,
        lora_alpha=recipe.lora.alpha,
        lora_dropout=recipe.lora.dropout,
        target_modules=lora_targets(large),
    )
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        large.model = get_peft_model(large.model, config)


def lora_targets(large: LargeModel) -> str:
    """A regular expression for the names of all linear layers of the language model but its output."""
    inside = r"model\.layers\." if large.model_type == "phi3_v" else r".*language_model\."
    marker = inside.replace("\\", "").replace(".*", "")
    found = {
        name.rsplit(".", 1)[-1]
        for name, module in large.model.named_modules()
        if isinstance(module, nn.Linear) and marker in name and not name.endswith("lm_head")
    }
    if not found:
        raise MissingCheckpoint(f"{large.source} has no language model with linear layers.")
    return f"{inside}.*({'|'.join(sorted(found))})"


def save_trained(large: LargeModel, folder: Path, meta: dict[str, Any]) -> None:
    """Write what was learnt: a PEFT adapter, or `trained.safetensors`; and meta.json."""
    folder.mkdir(parents=True, exist_ok=True)
    if hasattr(large.model, "peft_config"):
        large.model.save_pretrained(folder, save_embedding_layers=False)
        (folder / "README.md").unlink(missing_ok=True)  # peft's empty form; meta.json says it all
    else:
        from safetensors.torch import save_file

        state = {name: p.detach().cpu().contiguous() for name, p in large.trained()}
        save_file(state, folder / TRAINED_FILE)
    (folder / "meta.json").write_text(json.dumps(meta, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def read_meta(folder: Path) -> dict[str, Any]:
    """meta.json of a tuned model; MissingCheckpoint without one."""
    try:
        return json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise MissingCheckpoint(f"{folder} is no folder of training/exddv_tune.py: no meta.json.") from error


def weights_file(folder: Path) -> Path:
    """The file with what was learnt; MissingCheckpoint when there is none."""
    for name in ("adapter_model.safetensors", TRAINED_FILE):
        if (folder / name).is_file():
            return folder / name
    raise MissingCheckpoint(f"{folder} holds neither adapter_model.safetensors nor {TRAINED_FILE}.")


def load_trained(large: LargeModel, folder: Path) -> None:
    """Put what was learnt into the model it was learnt with.

    Raises:
        MissingCheckpoint: the files are not there, or are of another model.
    """
    file = weights_file(folder)
    from safetensors.torch import load_file

    if file.name != TRAINED_FILE:
        from peft import PeftModel, get_peft_model_state_dict

        refusal = f"The adapter in {folder} is not of {large.source}."
        try:
            large.model = PeftModel.from_pretrained(large.model, str(folder)).eval()
        except (RuntimeError, ValueError, OSError) as error:
            raise MissingCheckpoint(refusal, str(error)) from error
        if get_peft_model_state_dict(large.model, save_embedding_layers=False).keys() != load_file(file).keys():
            raise MissingCheckpoint(refusal, "other layers")  # peft itself only warns
        return
    state, own = load_file(file), dict(large.model.named_parameters())
    wrong = [name for name, value in state.items() if name not in own or own[name].shape != value.shape]
    if wrong:
        raise MissingCheckpoint(f"The weights in {folder} are not of {large.source}.", ", ".join(wrong[:5]))
    for name, value in state.items():
        own[name].data = value.to(own[name].device)
