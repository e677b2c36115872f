"""Any Hugging Face causal language model behind five calls: tokenize, embed, generate, next_logits, yes_no_score."""

import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar, Self

import torch
from torch import Tensor

from assistant.cache import KeyValueCache
from assistant.generation import Generation
from assistant.placement import loading_options
from assistant.prompts import (
    PromptBuilder,
    PromptStyle,
    Segment,
    TextSegment,
    embed_segments,
)
from assistant.question_reader import QuestionReader
from assistant.tokenizers import ByteTokenizer, Tokenizer, load_tokenizer
from media.errors import BadRequest, MissingCheckpoint
from simulation.dialogue.wording import asked_evidence

STYLE_FILE = "prompt_style.json"
"""In a model's folder: fields of `PromptStyle` that differ from the usual ones."""


class LanguageModel:
    """A causal language model with its vocabulary. Greedy; the same inputs give the same text.

    Attributes:
        model: the transformers module. tokenizer: its vocabulary. hidden_size: width d of its embeddings.
        max_positions: longest sequence it can read. reader: names what a question is about, for small models; or None.
    """

    _answers: ClassVar[type[Generation]] = Generation

    def __init__(
        self,
        model: Any,
        tokenizer: Tokenizer,
        style: PromptStyle | None = None,
        reader: QuestionReader | None = None,
    ) -> None:
        rows = model.get_input_embeddings().weight.shape[0]
        if tokenizer.vocab_size > rows:
            raise MissingCheckpoint(
                "The vocabulary does not fit the language model.", f"{tokenizer.vocab_size} ids for {rows} embeddings"
            )
        self.model = model.eval()
        self.tokenizer = tokenizer
        self.reader = reader
        self.prompts = PromptBuilder(tokenizer.encode, self.start_ids(), style)
        self.hidden_size: int = model.get_input_embeddings().weight.shape[1]
        self.max_positions: int = getattr(model.config, "max_position_embeddings", 2048)
        self._banned = frozenset(tokenizer.control_ids - self._eos_ids()) | frozenset(range(tokenizer.vocab_size, rows))

    @classmethod
    def load(
        cls,
        folder_or_name: str | Path,
        device: str = "cpu",
        dtype: torch.dtype | None = None,
        bits: int | None = None,
    ) -> Self:
        """Load a model folder, a PEFT adapter folder, or a hub name.

        Args:
            folder_or_name: a folder is never looked up on the network; a name may be.
            device: "cpu", "cuda", ... or "auto": spread over what there is.
            dtype: None means float32 on a CPU and the stored type elsewhere.
            bits: 8 or 4 for linear layers, by bitsandbytes; None: of `dtype`.

        Raises:
            MissingCheckpoint: the folder, a file of it or an adapter's base model is missing.
            BadRequest: an adapter in fewer bits.
        """
        folder = Path(folder_or_name)
        source, adapter = _source_of(folder_or_name)
        if bits is not None and adapter is not None:
            raise BadRequest(
                f"The language model in {folder.name} is an adapter, which cannot be folded into fewer bits: fold "
                "it in with `python -m assistant merge-adapter` first."
            )
        placed = loading_options(device, bits)
        if dtype is None and device == "cpu":
            dtype = torch.float32
        model = _read(source, adapter, {"dtype": dtype or "auto", **placed})
        own = adapter is not None and any((folder / n).exists() for n in ("tokenizer.json", "tokenizer.model"))
        tokenizer = load_tokenizer(folder if own else source)
        style = PromptStyle.read(folder / STYLE_FILE)
        return cls(model if placed else model.to(device), tokenizer, style, QuestionReader.load(folder))

    def asked(self, question: str, never: tuple[str, ...] = ()) -> str | None:
        """The intent of a question, none of those in `never`; None without a reader or when it is not sure."""
        return self.reader.intent(question, never) if self.reader is not None else None

    def hint(self, question: str, never: tuple[str, ...] = ()) -> str:
        """Turn evidence that says what a question is about, or may be about; "" without a reader.

        never: intents that it cannot have.
        """
        if self.reader is None:
            return ""
        found = self.reader.read(question, never)
        return asked_evidence(found.intent, found.likely)

    @classmethod
    def tiny(cls, seed: int = 0) -> Self:
        """A random two-layer model over bytes, for tests."""
        from transformers import LlamaConfig, LlamaForCausalLM

        config = LlamaConfig(
            vocab_size=260, hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
            num_key_value_heads=2, max_position_embeddings=2048, tie_word_embeddings=True, initializer_range=0.2,
            bos_token_id=256, eos_token_id=257, pad_token_id=258,
        )  # fmt: skip
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            model = LlamaForCausalLM(config)
        return cls(model, ByteTokenizer())

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        return self.model.get_input_embeddings().weight.device

    def start_ids(self) -> list[int]:
        """Ids that open every sequence: the beginning-of-sequence token where there is one."""
        return [] if self.tokenizer.bos_id is None else [self.tokenizer.bos_id]

    def tokenize(self, text: str) -> list[int]:
        """Ids of the text alone; control tokens written out in it stay plain text."""
        return self.tokenizer.encode(text)

    def decode(self, ids: Iterable[int]) -> str:
        """Text of the ids."""
        return self.tokenizer.decode(list(ids))

    @torch.no_grad()
    def embed(self, ids: Sequence[int]) -> Tensor:
        """Input embeddings (n, d) of token ids."""
        return self.model.get_input_embeddings()(torch.tensor(list(ids), dtype=torch.long, device=self.device))

    def keys_of(self, sequence: Sequence[Segment]) -> list[tuple]:
        """One key a position of a sequence; BadRequest when it is too long for the model."""
        keys = [key for segment in sequence for key in segment.keys]
        if not keys:
            raise ValueError("the sequence is empty")
        if len(keys) >= self.max_positions:
            raise BadRequest("This conversation has become too long; please start a new one.", f"{len(keys)} positions")
        return keys

    @torch.inference_mode()
    def next_logits(self, sequence: Sequence[Segment], cache: KeyValueCache) -> Tensor:
        """Logits (V,) float32 of the token after the sequence. Only what the cache does not hold is computed."""
        keys = self.keys_of(sequence)
        start = cache.align(keys, self.model)
        rows = embed_segments(sequence, self.embed, start)
        store = cache.store(lambda: _new_cache(self.model))
        try:
            out = self.model(
                inputs_embeds=rows[None],
                attention_mask=torch.ones(1, len(keys), dtype=torch.long, device=self.device),
                past_key_values=store,
                use_cache=True,
            )
        except BaseException:
            cache.clear()  # half-written entries must not be reused
            raise
        cache.extend(keys[start:])
        return out.logits[0, -1].float()

    def generate(
        self,
        sequence: Sequence[Segment],
        cache: KeyValueCache,
        stop: threading.Event | None = None,
        max_new_tokens: int = 160,
        avoid: Sequence[int] = (),
        openings: Sequence[str] = (),
    ) -> Generation:
        """Answer greedily. Iterate the result for text pieces; afterwards it holds `.ids`, `.text` and `.reason`.

        Args:
            sequence: all segments of the conversation, ending with "### Assistant:".
            cache: the conversation's cache; holds prompt and answer afterwards.
            stop: when set, generation ends before the next token.
            avoid: ids of a beginning that was wrong at its last id: what begins like it goes on otherwise.
            openings: the answer begins with one of these, whichever the model finds likeliest word by word.
        """
        begin = [self.prompts.answer(text).ids for text in openings]
        banned, ends = self._banned, self._eos_ids()
        return self._answers(self, sequence, cache, stop, max_new_tokens, banned, ends, begin, avoid)

    def answer_ids(self, yes: str = " Yes", no: str = " No") -> tuple[list[int], int, int]:
        """(shared ids, id of yes, id of no): the first position at which the two answers differ."""
        a, b = self.tokenize(yes), self.tokenize(no)
        shared = 0
        while shared < min(len(a), len(b)) - 1 and a[shared] == b[shared]:
            shared += 1
        if a[shared] == b[shared]:
            raise MissingCheckpoint("The vocabulary cannot tell Yes from No.", f"{a} {b}")
        return a[:shared], a[shared], b[shared]

    def yes_no_score(
        self, sequence: Sequence[Segment], cache: KeyValueCache, stop: threading.Event | None = None
    ) -> float:
        """P(Yes) of the first answer token against No; the sequence asks whether the picture is fake.

        stop: ends the wait for a model on a server; here it is one pass, which is not broken off.
        """
        shared, yes, no = self.answer_ids()
        tail = [TextSegment(tuple(shared))] if shared else []
        logits = self.next_logits([*sequence, *tail], cache)
        return torch.softmax(logits[[yes, no]].double(), dim=0)[0].item()

    def _eos_ids(self) -> frozenset[int]:
        return frozenset() if self.tokenizer.eos_id is None else frozenset({self.tokenizer.eos_id})


def _require_files(folder: Path) -> None:
    names = {p.name for p in folder.iterdir()}
    if "adapter_config.json" in names:
        return
    missing = [] if "config.json" in names else ["config.json"]
    if not any(n.endswith(".safetensors") for n in names):
        missing.append("model.safetensors")
    if missing:
        raise MissingCheckpoint(
            f"The language model folder {folder.name} lacks {' and '.join(missing)}.",
            f"{folder} holds {sorted(names)}; training/prompt_tune.py writes one",
        )


def _new_cache(model: Any) -> Any:
    from transformers import DynamicCache

    return DynamicCache(config=model.config)


def _source_of(folder_or_name: str | Path) -> tuple[str, Path | None]:
    """The folder or hub name whose weights are read, and the folder of an adapter on them."""
    folder = Path(folder_or_name)
    if folder.is_dir():
        _require_files(folder)
        if (folder / "adapter_config.json").is_file():
            from peft import PeftConfig

            return str(PeftConfig.from_pretrained(str(folder)).base_model_name_or_path), folder
    elif folder.is_absolute() or len(folder.parts) > 2:
        raise MissingCheckpoint(f"The language model folder {folder.name} does not exist.", str(folder))
    return str(folder_or_name), None


def _read(source: str, adapter: Path | None, options: dict[str, Any]) -> Any:
    """The transformers module of a folder or name, an adapter folded in."""
    from transformers import AutoModelForCausalLM
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    local = Path(source).is_dir()
    try:
        model: Any = AutoModelForCausalLM.from_pretrained(
            source, local_files_only=local, use_safetensors=True if local else None, **options
        )
    except OSError as error:
        if adapter is None:
            raise
        raise MissingCheckpoint(
            f"The adapter in {adapter.name} is for {source}, which is not here: put that model's folder into "
            "base_model_name_or_path of its adapter_config.json.", str(error)
        ) from error  # fmt: skip
    if adapter is None:
        return model
    from peft import PeftModel

    return PeftModel.from_pretrained(model, str(adapter)).merge_and_unload()
