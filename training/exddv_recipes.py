"""Settings with which ExDDV's authors tuned large models on human descriptions (arXiv 2503.14421, section on tuning).

Where the paper and the released files differ, a recipe takes the paper's value and `released` says what the files have.
What neither states is set here and listed in docs/exddv.md: no weight decay, no warm-up, gradients cut at norm 1.
"""

from dataclasses import dataclass
from typing import Literal

from media.errors import BadRequest
from retrieval.examples import FINE_TUNING_QUERY, TemplateName

ModelType = Literal["llava", "blip-2", "phi3_v"]
"""`model_type` of a Hugging Face configuration: what a recipe can be used with."""


@dataclass(frozen=True)
class Lora:
    """Low-rank changes of all linear layers of the language model: W + alpha / rank * B A."""

    rank: int
    alpha: int
    dropout: float


@dataclass(frozen=True)
class Recipe:
    """How a model is tuned.

    Attributes:
        name: what it reproduces. model_types: what it can be used with.
        lora: of the language model; None: the Q-Former, its queries and its projection learn, the rest is frozen.
        batch, accumulation: rows of a batch, and batches of an optimiser step. epochs: passes over the rows.
        lr: peak of AdamW; it falls along a half cosine to zero. weight_decay, clip: of AdamW, of the gradient's norm.
        prompt: holds {images}, where the model wants its image tokens (BLIP-2 sets them in front itself), and {query}.
        joint: between prompt and answer.
        frames: equally spaced frames of a video. max_new_tokens: longest answer.
        int8: whether the frozen language model is read in 8 bits.
        square: whether a frame is made square by bars of the mean colour first, as LLaVA's own code does.
        crops: parts that a frame is cut into at most (Phi-3-V).
        query: the question asked. template: of retrieved sentences.
        released: where the released files differ.
    """

    name: str
    model_types: tuple[ModelType, ...]
    lora: Lora | None
    batch: int
    prompt: str
    max_new_tokens: int
    template: TemplateName
    released: str
    accumulation: int = 1
    epochs: int = 10
    lr: float = 2e-4
    weight_decay: float = 0.0
    clip: float = 1.0
    joint: str = " "
    frames: int = 5
    int8: bool = False
    square: bool = False
    crops: int = 4
    query: str = FINE_TUNING_QUERY

    @property
    def rows_a_step(self) -> int:
        """Rows of an optimiser step."""
        return self.batch * self.accumulation


RECIPES = {
    recipe.name: recipe
    for recipe in (
        Recipe(
            name="llava-1.5-7b",
            model_types=("llava",),
            lora=Lora(128, 256, 0.0),
            batch=32,
            prompt="USER: {images}\n{query} ASSISTANT:",
            max_new_tokens=512,
            template="affected_parts",
            square=True,
            released="1 frame (a clicked one, the middle one in tests), learning rate 1e-5, 1 epoch, accumulation 32, "
            "dropout 0.1, asks 'What is wrong in the image?', masks before the padding is accounted for",
        ),
        Recipe(
            name="phi-3-v",
            model_types=("phi3_v", "llava"),
            lora=Lora(64, 256, 0.05),
            batch=16,
            prompt="<|user|>\n{images}\n{query}<|end|>\n<|assistant|>\n",
            joint="",
            max_new_tokens=128,
            template="imitate",
            released="Phi-3.5-vision-instruct, batch 32, at most 4 crops a frame, mask radius 70 px, asks 'What is "
            "wrong in this video?'",
        ),
        Recipe(
            name="blip-2",
            model_types=("blip-2",),
            lora=None,
            batch=16,
            accumulation=2,
            prompt="Question: {query} Answer:",
            max_new_tokens=32,
            template="imitate",
            int8=True,
            released="learning rate 1e-4, accumulation 1, an empty prompt, 5 beams, answers of at most 32 tokens, "
            "lower-case captions without punctuation, a random crop before masking",
        ),
    )
}


def recipe_of(name: str) -> Recipe:
    """The recipe of a name; BadRequest lists the names otherwise."""
    if name not in RECIPES:
        raise BadRequest(f"There is no recipe {name!r}; choose one of {', '.join(RECIPES)}.")
    return RECIPES[name]
