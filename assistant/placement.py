"""Where models compute, and in how many bits a language model is held."""

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from media.errors import BadRequest

SPREAD = "auto"


@dataclass(frozen=True)
class Placement:
    """What a profile's models are loaded onto.

    Attributes:
        device: "cpu", "cuda", or "auto": detectors on the first GPU, the language model over all GPUs and, where they
            are too small, main memory.
        bits: 8 or 4 for the language model's linear layers (bitsandbytes); None: as it is stored on a GPU, float32 on
            a processor.

    Raises:
        BadRequest: no such device here, or bits without a GPU or without bitsandbytes; the message says what to do.
    """

    device: str = "cpu"
    bits: int | None = None

    def __post_init__(self) -> None:
        if self.device == "cpu" and self.bits is None:
            return
        import torch

        if self.device == "cpu":
            raise BadRequest("Fewer bits are for a GPU: add --device cuda, or leave --bits out.")
        if not torch.cuda.is_available():
            raise BadRequest(f"There is no GPU here that PyTorch can use, so --device {self.device} cannot be.")
        if self.bits is not None and find_spec("bitsandbytes") is None:
            raise BadRequest(
                f"{self.bits} bits need the package bitsandbytes: `uv pip install bitsandbytes`, or leave --bits out."
            )

    @property
    def detector(self) -> str:
        """Device of the detectors."""
        return "cuda" if self.device == SPREAD else self.device


def loading_options(device: str, bits: int | None) -> dict[str, Any]:
    """What transformers' `from_pretrained` is told beside the type; {} where the model is moved afterwards."""
    if bits is None:
        return {"device_map": SPREAD} if device == SPREAD else {}
    import torch
    from transformers import BitsAndBytesConfig

    given: dict[str, Any] = {"load_in_8bit": True}
    if bits == 4:
        given = {"load_in_4bit": True, "bnb_4bit_compute_dtype": torch.bfloat16}
    where = SPREAD if device == SPREAD else {"": device}
    return {"quantization_config": BitsAndBytesConfig(**given), "device_map": where}
