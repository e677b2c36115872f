"""Requests to a vLLM server: which models it serves, and completions of token ids or embeddings."""

import base64
import io
import json
import ssl
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import torch
from torch import Tensor

from assistant.remote.address import CONNECT_S, WRITE_S, LanguageServer
from assistant.remote.errors import broken, no_ids
from assistant.remote.stream import JsonReply, TokenStream

COMPLETIONS = "/v1/completions"
GREEDY: dict[str, Any] = {
    "temperature": 0,
    "repetition_penalty": 1,
    "frequency_penalty": 0,
    "presence_penalty": 0,
    "return_token_ids": True,
    "return_tokens_as_token_ids": True,
    "ignore_eos": True,  # ends are named in each request, so that a server's own settings change nothing
}
"""What every request asks for."""


@dataclass(frozen=True)
class ServedModel:
    """A model that a server offers. max_positions: longest sequence it takes, None when it does not say."""

    name: str
    max_positions: int | None


def as_text(rows: Tensor) -> str:
    """(n, d) embeddings as vLLM reads them: a tensor of torch.save in base64."""
    kept = io.BytesIO()
    torch.save(rows.detach().cpu().contiguous().clone(), kept)
    return base64.b64encode(kept.getvalue()).decode("ascii")


class CompletionsClient:
    """Speaks with one server. Each request has its own connection, so threads may share a client.

    No proxy is taken from the environment and no redirect is followed: nothing reaches another address than the one
    that the user gave.

    Attributes:
        server: where it is.
    """

    def __init__(self, server: LanguageServer) -> None:
        self.server = server
        headers = {"Authorization": f"Bearer {server.key}"} if server.key else {}
        secure = server.url.startswith("https:")
        self._options: dict[str, Any] = {
            "base_url": server.url,
            "headers": headers,
            "timeout": httpx.Timeout(server.patience_s, connect=CONNECT_S, write=WRITE_S),
            "trust_env": False,
            "follow_redirects": False,
            "verify": ssl.create_default_context() if secure else False,
        }

    def models(self) -> list[ServedModel]:
        """What the server serves.

        Raises:
            LanguageServerError: it cannot be reached, refuses the key, or is no vLLM server.
        """
        data = JsonReply(self.server, self._options, "/v1/models").take()
        try:
            return [ServedModel(str(row["id"]), _length(row.get("max_model_len"))) for row in data["data"]]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise broken(self.server, json.dumps(data)) from error

    def complete(
        self,
        model: str,
        prompt: Sequence[int] | Tensor,
        tokens: int,
        stop: threading.Event | None = None,
        **more: Any,
    ) -> dict[str, Any]:
        """The greedy completion of ids or (n, d) embeddings, whole.

        Args:
            model: the name under which it is served.
            prompt: what is gone on with.
            tokens: the most that may come.
            stop: when set, the request is given up.
            more: further fields of the request.

        Returns:
            vLLM's choice: "token_ids", "finish_reason", "logprobs".

        Raises:
            LanguageServerError: as `models`, or the request is refused or stopped, or there are no token ids.
        """
        body = self._body(model, prompt, tokens, more)
        data = JsonReply(self.server, self._options, COMPLETIONS, body).take(stop)
        try:
            choice = data["choices"][0]
            ids = choice.get("token_ids")
        except (KeyError, TypeError, IndexError, AttributeError) as error:
            raise broken(self.server, json.dumps(data)) from error
        if not isinstance(ids, list) or not ids:
            raise no_ids(self.server)
        return choice

    def stream(self, model: str, prompt: Tensor, tokens: int, **more: Any) -> TokenStream:
        """The same, id by id while they are made; the stream raises what goes wrong. Close it to stop the server."""
        body = self._body(model, prompt, tokens, more | {"stream": True})
        return TokenStream(self.server, self._options, COMPLETIONS, body)

    def _body(self, model: str, prompt: Sequence[int] | Tensor, tokens: int, more: dict[str, Any]) -> dict[str, Any]:
        given = {"prompt_embeds": as_text(prompt)} if isinstance(prompt, Tensor) else {"prompt": list(prompt)}
        return {"model": model, **given, "max_tokens": tokens, **GREEDY, **more}


def _length(told: Any) -> int | None:
    """A model's longest sequence as a server tells it; ValueError when it is no length."""
    if told is None or (isinstance(told, int) and told > 0):
        return told
    raise ValueError(f"max_model_len is {told!r}")
