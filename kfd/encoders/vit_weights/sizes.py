"""Sizes of a vision and a text tower."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Self

TAPS = (15, 23, 31)
"""0-based: after the 16th, 24th and 32nd block, as LVLM-DFD reads ViT-H-14."""


@dataclass(frozen=True)
class TowerSizes:
    """Sizes of both towers; the defaults are ViT-H-14's, which ImageBind-Huge shares.

    Attributes:
        embed_dim: D, width of the space that both towers end in.
        image_size, patch_size: pixels.
        width, layers, heads: of the vision tower; text_width, text_layers, text_heads: of the text tower.
        mlp_ratio: hidden width of the MLPs / width, both towers.
        context_length: longest text in tokens; vocab_size: number of tokens.
        norm_eps: of every LayerNorm: 1e-5 in OpenCLIP, 1e-6 in ImageBind.
    """

    embed_dim: int = 1024
    image_size: int = 224
    patch_size: int = 14
    width: int = 1280
    layers: int = 32
    heads: int = 16
    text_width: int = 1024
    text_layers: int = 24
    text_heads: int = 16
    mlp_ratio: float = 4.0
    context_length: int = 77
    vocab_size: int = 49408
    norm_eps: float = 1e-5

    def __post_init__(self) -> None:
        problems = [f"{f.name} must be positive" for f in fields(self) if not getattr(self, f.name) > 0]
        for width, heads in (("width", "heads"), ("text_width", "text_heads"), ("image_size", "patch_size")):
            if not problems and getattr(self, width) % getattr(self, heads):
                problems.append(f"{width} {getattr(self, width)} is no multiple of {heads} {getattr(self, heads)}")
        if problems:
            raise ValueError("; ".join(problems))

    @property
    def grid(self) -> int:
        """Patches a side."""
        return self.image_size // self.patch_size

    def to_dict(self) -> dict[str, Any]:
        """JSON-able dictionary."""
        return asdict(self)

    @classmethod
    def tiny(cls, norm_eps: float = 1e-5) -> Self:
        """A random-sized little pair of towers with the real vocabulary, for tests."""
        return cls(
            embed_dim=12, image_size=32, patch_size=8, width=16, layers=4, heads=2, text_width=12, text_layers=2,
            text_heads=2, mlp_ratio=2.0, norm_eps=norm_eps,
        )  # fmt: skip
