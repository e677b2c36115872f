"""The sizes at which speed is measured. Only shapes stand here: every weight is a random number."""

from dataclasses import dataclass, field, replace

from kfd.config import KFDConfig
from kfd.encoders.base import EncoderConfig
from kfd.encoders.fine import WIDTHS
from kfd.encoders.vit_weights.sizes import TowerSizes
from kfd.release.config import ReleaseConfig
from media.errors import BadRequest

TOGETHER = 16
"""Pictures of the batch that is compared with one-by-one passes."""
DetectorConfig = KFDConfig | ReleaseConfig


@dataclass(frozen=True)
class LlamaShape:
    """Sizes of a Llama: width, layers, heads (of queries, of keys), hidden width of the MLPs, vocabulary, positions.

    tied: whether input and output embeddings are the same.
    """

    hidden: int
    layers: int
    heads: int
    key_heads: int
    intermediate: int
    vocabulary: int
    positions: int = 4096
    tied: bool = False


@dataclass(frozen=True)
class PromptShape:
    """The prompt learner's stages (see prompt_learner/config.py) and whether the raw scores follow as one token."""

    channels: tuple[int, ...]
    extra_channels: int = 0
    raw_score: bool = False


@dataclass(frozen=True)
class Lengths:
    """Tokens of text in a conversation, the medians of simulated dialogues in the shipped vocabulary.

    before, between, after: of the first turn, around the picture's tokens; question: of a later turn; answer: of all.
    """

    before: int = 8
    between: int = 4
    after: int = 40
    question: int = 26
    answer: int = 36


@dataclass(frozen=True)
class Size:
    """Everything that is built and how much of it is asked.

    Attributes:
        detectors: configurations by name; the first one examines the pictures that are talked about.
        trained: name of the detector of stage 1; frozen: whether its encoder does not learn.
        text: the random text tower behind "own"; None: the sentence encoder that the configuration names.
        language, prompt: the language model and the prompt learner.
        lora: rank on q, k, v and o in stage 2, 0 = the whole language model learns; checkpointing: of its gradients.
        pairs: real and forged pictures a step of stage 1; conversations, tokens: of a step of stage 2.
        batches: pictures a pass, and conversations at a time.
        reads: positions that are read in one pass.
        matrix: side of the square matrices whose product gives the measured matrix rate.
    """

    detectors: dict[str, DetectorConfig]
    text: TowerSizes | None
    language: LlamaShape
    prompt: PromptShape
    frozen: bool
    lora: int
    checkpointing: bool
    pairs: int
    conversations: int
    tokens: int
    reads: tuple[int, ...]
    matrix: int
    trained: str = "own"
    batches: tuple[int, ...] = (1, 2, 4, 8, 16, 32, 64)
    lengths: Lengths = field(default_factory=Lengths)


LANGUAGE_MODELS = {
    "vicuna-7b": LlamaShape(4096, 32, 32, 32, 11008, 32000),
    "llama-3.2-3b": LlamaShape(3072, 28, 24, 8, 8192, 128256, tied=True),
    "llama-3.2-1b": LlamaShape(2048, 16, 32, 8, 8192, 128256, tied=True),
}


def full_size(language: str = "vicuna-7b") -> Size:
    """ViT-H-14 at 224 px, in the authors' detector and in ours, and a large language model.

    Raises:
        BadRequest: no such language model.
    """
    if language not in LANGUAGE_MODELS:
        raise BadRequest(f"There is no language model {language!r}; choose one of {', '.join(LANGUAGE_MODELS)}.")
    return Size(
        detectors={"release": ReleaseConfig(), "own": KFDConfig.on_towers(TowerSizes())},
        text=TowerSizes(),
        language=LANGUAGE_MODELS[language],
        prompt=PromptShape((16, 32, 64, 128, 256), 512, raw_score=True),
        frozen=True,
        lora=32,
        checkpointing=True,
        pairs=8,
        conversations=4,
        tokens=640,
        reads=(64, 512, 2048),
        matrix=8192,
    )


def small_size() -> Size:
    """The shapes of the shipped weights; all of them learn, as they did."""
    return Size(
        detectors={"own": KFDConfig(encoder=EncoderConfig(fine=WIDTHS))},
        text=None,
        language=LlamaShape(256, 6, 8, 4, 688, 3000, 2048, tied=True),
        prompt=PromptShape((16, 32, 64, 128)),
        frozen=False,
        lora=0,
        checkpointing=False,
        pairs=8,
        conversations=8,
        tokens=320,
        reads=(64, 512),
        matrix=1024,
    )


def tiny_size() -> Size:
    """A few thousand parameters with every part that full size has, for tests."""
    own = KFDConfig.tiny()
    return Size(
        detectors={"release": ReleaseConfig.tiny(), "own": own},
        text=replace(TowerSizes.tiny(), embed_dim=own.text_dim, text_width=own.text_dim),
        language=LlamaShape(32, 2, 4, 2, 64, 300, 256, tied=True),
        prompt=PromptShape((4, 8), 4, raw_score=True),
        frozen=True,
        lora=4,
        checkpointing=True,
        pairs=2,
        conversations=2,
        tokens=64,
        reads=(16, 32),
        matrix=64,
        batches=(1, 2, 4),
        lengths=Lengths(2, 2, 8, 4, 5),
    )
