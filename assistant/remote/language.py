"""A language model whose weights lie on a vLLM server, behind the calls of a LanguageModel."""

import math
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

import torch
from torch import Tensor

from assistant.cache import KeyValueCache
from assistant.llm import STYLE_FILE, LanguageModel
from assistant.prompts import PromptStyle, Segment, TextSegment, embed_segments
from assistant.question_reader import QuestionReader
from assistant.remote.address import LanguageServer
from assistant.remote.client import CompletionsClient, ServedModel
from assistant.remote.embeddings import EmbeddingTable
from assistant.remote.errors import LanguageServerError, broken
from assistant.remote.generation import RemoteGeneration
from assistant.remote.identity import hash_mark, require_merged, weights_digest
from assistant.remote.stream import TokenStream
from assistant.tokenizers import Tokenizer, load_tokenizer

PROBE_QUESTION = "Is this a deepfake image?"
PROBE_TOKENS = 4
PROBE_NEARNESS = 0.1
"""Largest difference of the first probed token's log probability; rounding gives less, other weights give more."""
_LEAST_BIAS = -100.0  # the least that vLLM takes
_ID = "token_id:"


class RemoteLanguageModel(LanguageModel):
    """The same model on a server; give it to a Conversation in the place of a LanguageModel.

    Text is tokenised and soft tokens are put in place here; embeddings go out, token ids come back. The server's prefix
    cache stands for the KeyValueCache, which stays empty. Iterating what `generate` returns raises LanguageServerError
    when the server fails; what was said before stays in `.text` and `.ids`.

    Attributes:
        client: speaks with the server. name: under which it serves the model.

    Args:
        table: the input embeddings.
        tokenizer, style, reader: as of a LanguageModel.
        client: speaks with the server.
        served: the model there that holds the same weights.
    """

    _answers = RemoteGeneration

    def __init__(
        self,
        table: EmbeddingTable,
        tokenizer: Tokenizer,
        client: CompletionsClient,
        served: ServedModel,
        style: PromptStyle | None = None,
        reader: QuestionReader | None = None,
    ) -> None:
        super().__init__(table, tokenizer, style, reader)
        self.client = client
        self.name = served.name
        self.max_positions = min(self.max_positions, served.max_positions or self.max_positions)

    @classmethod
    def connect(cls, folder: Path, server: LanguageServer) -> Self:
        """The model of a folder, on a server that was found to hold the same weights.

        All weights are read once for their hash; only the embeddings stay in memory.

        Raises:
            MissingCheckpoint: the folder is an adapter or lacks something.
            LanguageServerError: the server cannot be reached, refuses, serves other weights, or takes embeddings
                otherwise than token ids.
        """
        require_merged(folder)
        client = CompletionsClient(server)
        served = find_served(client, folder)
        style = PromptStyle.read(folder / STYLE_FILE)
        reader = QuestionReader.load(folder)
        lm = cls(EmbeddingTable.load(folder), load_tokenizer(folder), client, served, style, reader)
        lm.probe()
        return lm

    def probe(self) -> None:
        """Ask the server to go on after a short text, given as ids and as embeddings.

        Raises:
            LanguageServerError: the two answers differ, or it refuses.
        """
        segments = self.prompts.first_turn(None, "", "", PROBE_QUESTION)
        ids = [i for segment in segments if isinstance(segment, TextSegment) for i in segment.ids]
        said = [self.client.complete(self.name, prompt, PROBE_TOKENS, logprobs=1) for prompt in (ids, self.embed(ids))]
        by_ids, by_rows = ((list(choice["token_ids"]), _first(self.client, choice)) for choice in said)
        if by_ids[0] != by_rows[0] or abs(by_ids[1] - by_rows[1]) > PROBE_NEARNESS:
            raise LanguageServerError(
                f"The embeddings of the language server at {self.client.server.url} differ from those here; it must "
                "serve this very folder, in the type that `python -m assistant serve-command` names.",
                f"after ids {by_ids}, after embeddings {by_rows}",
            )

    def next_logits(self, sequence: Sequence[Segment], cache: KeyValueCache) -> Tensor:
        """Not to be had: a server gives tokens.

        Raises:
            LanguageServerError: always.
        """
        raise LanguageServerError("A language model on a server gives tokens, not the logits of all of them.")

    def stream(self, sequence: Sequence[Segment], tokens: int, never: Iterable[int], **more: Any) -> TokenStream:
        """Greedy ids after a sequence.

        Args:
            sequence: text and soft tokens.
            tokens: the most that may come, 1 or more.
            never: ids that must not come.
            more: further fields of the request.
        """
        bias = {str(i): _LEAST_BIAS for i in sorted(never)}
        wanted = {"stop_token_ids": sorted(self._eos_ids()), "logit_bias": bias} | more
        return self.client.stream(self.name, self._rows(sequence), tokens, **wanted)

    def yes_no_score(
        self, sequence: Sequence[Segment], cache: KeyValueCache, stop: threading.Event | None = None
    ) -> float:
        """P(Yes) of the first answer token against No, from the server's log probabilities of the two.

        Raises:
            LanguageServerError: the server fails, or `stop` was set.
            BadRequest: the sequence is too long.
        """
        shared, yes, no = self.answer_ids()
        rows = self._rows([*sequence, TextSegment(tuple(shared))])
        found = self._log_probabilities(rows, (yes, no), stop, logprob_token_ids=[yes, no])
        for missing in {yes, no} - set(found):
            # The server told those of the likeliest tokens, and this one is none of them: let it be said.
            found |= self._log_probabilities(rows, (missing,), stop)
        if not {yes, no} <= set(found):
            raise broken(self.client.server, f"log probabilities of {sorted(found)}, not of {yes} and {no}")
        return 1.0 / (1.0 + math.exp(min(700.0, found[no] - found[yes])))

    def _log_probabilities(
        self, rows: Tensor, ids: Sequence[int], stop: threading.Event | None, **more: Any
    ) -> dict[int, float]:
        """Log probabilities of the next token that the server tells when only `ids` may come."""
        choice = self.client.complete(self.name, rows, 1, stop, allowed_token_ids=list(ids), logprobs=2, **more)
        try:
            told = choice["logprobs"]
            pairs = {**(told["top_logprobs"][0] or {}), told["tokens"][0]: told["token_logprobs"][0]}
            every = {int(name.removeprefix(_ID)): float(value) for name, value in pairs.items()}
        except (KeyError, TypeError, IndexError, ValueError, AttributeError) as error:
            raise broken(self.client.server, f"logprobs {choice.get('logprobs')}") from error
        return {i: value for i, value in every.items() if i in self.answer_ids()[1:]}

    @torch.no_grad()
    def _rows(self, sequence: Sequence[Segment]) -> Tensor:
        """(n, d) embeddings of a whole sequence; BadRequest when it is too long."""
        self.keys_of(sequence)
        return embed_segments(sequence, self.embed)


def find_served(client: CompletionsClient, folder: Path) -> ServedModel:
    """The model of a server whose name ends with the hash of a folder's weights.

    Raises:
        LanguageServerError: there is none, or the server fails.
        MissingCheckpoint: the folder has no weights.
    """
    offered = client.models()
    mark = hash_mark(weights_digest(folder))
    for model in offered:
        if model.name.endswith(mark):
            return model
    names = ", ".join(model.name for model in offered) or "nothing"
    raise LanguageServerError(
        f"The language server at {client.server.url} serves {names}, but the weights of {folder} are {mark}; start it "
        f"with what `python -m assistant serve-command {folder}` prints."
    )


def _first(client: CompletionsClient, choice: dict[str, Any]) -> float:
    """Log probability of the first token of a choice."""
    try:
        return float(choice["logprobs"]["token_logprobs"][0])
    except (KeyError, TypeError, IndexError, ValueError) as error:
        raise broken(client.server, f"logprobs {choice.get('logprobs')}") from error
