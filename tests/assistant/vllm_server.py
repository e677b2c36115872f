"""A small server of vLLM's completions protocol around a transformers model, for tests; greedy only, nothing is cached.

What it takes, sends and refuses follows vLLM's documented fields. Switches make it an older, a broken or a slow one.
"""

import asyncio
import base64
import io
import json
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import torch
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route


class Refusal(Exception):
    """A request that vLLM answers with an error."""

    def __init__(self, status: int, message: str, kind: str = "BadRequestError") -> None:
        super().__init__(message)
        self.status, self.body = status, {"error": {"message": message, "type": kind, "param": None, "code": status}}


@dataclass
class VLLMServer:
    """What the server is like, and what it saw.

    Attributes:
        model, name: what is served. key: wanted as bearer token. max_model_len: longest sequence.
        takes_embeddings: --enable-prompt-embeds. sends_ids: knows return_token_ids. knows_labels: knows
        logprob_token_ids. keeps_bias: False ignores logit_bias and allowed_token_ids.
        pause_s: seconds a token takes. breaks_after: tokens after which the connection is cut; fails_after: after which
        an error line comes. chunk: ids of one line of a stream. text: of each line. raw: what all requests answer.
        odd: what comes in the place of each id. bodies: requests. tokens: ids computed. dropped: requests given up
        because the client went away.
    """

    model: Any
    name: str
    key: str | None = None
    max_model_len: int = 2048
    takes_embeddings: bool = True
    sends_ids: bool = True
    knows_labels: bool = True
    keeps_bias: bool = True
    pause_s: float = 0.0
    breaks_after: int | None = None
    fails_after: int | None = None
    chunk: int = 1
    text: str = "x"
    raw: Response | None = None
    odd: Any = None
    bodies: list[dict[str, Any]] = field(default_factory=list)
    tokens: int = 0
    dropped: int = 0
    url: str = ""

    def app(self) -> Starlette:
        routes = [
            Route("/v1/models", self._models, methods=["GET"]),
            Route("/v1/completions", self._completions, methods=["POST"]),
        ]
        return Starlette(routes=routes)

    async def _models(self, request: Request) -> Response:
        if (refused := self._unauthorized(request)) is not None:
            return refused
        row = {"id": self.name, "object": "model", "owned_by": "vllm", "max_model_len": self.max_model_len}
        return JSONResponse({"object": "list", "data": [row]})

    async def _completions(self, request: Request) -> Response:
        if (refused := self._unauthorized(request)) is not None:
            return refused
        body = await request.json()
        self.bodies.append(body)
        try:
            work = _Work(self, body, self._rows(body))
        except Refusal as error:
            return JSONResponse(error.body, error.status)
        if body.get("stream"):
            return StreamingResponse(self._lines(work), media_type="text/event-stream")
        while not work.finish:
            await asyncio.sleep(self.pause_s)
            if await request.is_disconnected():
                self.dropped += 1
                return Response()
            await run_in_threadpool(work.step)
        return JSONResponse({"object": "text_completion", "choices": [work.choice(0)], "usage": {}})

    def _unauthorized(self, request: Request) -> Response | None:
        if self.key is not None and request.headers.get("authorization") != f"Bearer {self.key}":
            return JSONResponse({"error": "Unauthorized"}, 401)
        return self.raw

    def _rows(self, body: dict[str, Any]) -> torch.Tensor:
        """(n, d) embeddings of a request's prompt, with vLLM's refusals."""
        if body["model"] != self.name:
            raise Refusal(404, f"The model `{body['model']}` does not exist.", "NotFoundError")
        embed = self.model.get_input_embeddings()
        if body.get("prompt_embeds") is None:
            rows = embed(torch.tensor(body["prompt"]))
        elif not self.takes_embeddings:
            raise Refusal(400, "You must set `--enable-prompt-embeds` to input `prompt_embeds`.")
        else:
            data = base64.b64decode(body["prompt_embeds"], validate=True)
            rows = torch.load(io.BytesIO(data), weights_only=True)
            if rows.ndim != 2 or rows.shape[1] != embed.weight.shape[1] or not rows.is_floating_point():
                raise Refusal(400, f"`prompt_embeds` must be a 2D tensor; got shape {tuple(rows.shape)}.")
        room = self.max_model_len - len(rows)
        if room < 0:
            raise Refusal(
                400,
                f"This model's maximum context length is {self.max_model_len} tokens. However, your prompt contains "
                f"{len(rows)} input tokens, which exceeds this limit even without any output tokens.",
            )
        if room == 0:
            raise Refusal(400, "max_tokens must be at least 1, got 0. (parameter=max_tokens, value=0)")
        body["max_tokens"] = min(body["max_tokens"], room)  # so it was with embeddings, seen with vLLM 0.32
        return rows.to(embed.weight.dtype).detach()

    async def _lines(self, work: "_Work") -> AsyncIterator[str]:
        sent, ended = 0, False
        try:
            while not work.finish:
                if self.pause_s:
                    await asyncio.sleep(self.pause_s)
                await run_in_threadpool(work.step)
                if self.breaks_after is not None and len(work.ids) > self.breaks_after:
                    raise ConnectionResetError("cut off by the test")
                if self.fails_after is not None and len(work.ids) > self.fails_after:
                    error = {"message": "EngineCore encountered an issue", "type": "InternalServerError", "code": 500}
                    yield f"data: {json.dumps({'error': error})}\n\n"
                    break
                if work.finish or len(work.ids) - sent >= self.chunk:
                    line = json.dumps({"choices": [work.choice(sent)]}, ensure_ascii=False)
                    yield f"data: {line}\n\n"
                    sent = len(work.ids)
            ended = True
            yield "data: [DONE]\n\n"
        finally:
            self.dropped += not ended


class _Work:
    """One completion under way."""

    def __init__(self, server: VLLMServer, body: dict[str, Any], rows: torch.Tensor) -> None:
        self.server, self.body, self.rows = server, body, rows
        self.ids: list[int] = []
        self.logprobs: list[dict[int, float]] = []
        self.finish: str | None = None

    @torch.inference_mode()
    def step(self) -> None:
        """The next token, and whether it is the last."""
        body, embed = self.body, self.server.model.get_input_embeddings()
        said = embed(torch.tensor(self.ids, dtype=torch.long))
        raw = self.server.model(inputs_embeds=torch.cat([self.rows, said])[None]).logits[0, -1].float()
        logits = raw.clone()
        if self.server.keeps_bias:
            for token, bias in (body.get("logit_bias") or {}).items():
                logits[int(token)] += max(-100.0, min(100.0, bias))
            if body.get("allowed_token_ids"):
                rest = torch.ones(len(logits), dtype=torch.bool)
                rest[body["allowed_token_ids"]] = False
                logits[rest] = float("-inf")
        assert body["temperature"] == 0
        best = int(logits.argmax())
        self._tell(raw.log_softmax(0), best)  # log probabilities before any bias, vLLM's usual mode
        self.ids.append(best)
        self.server.tokens += 1
        if best in (body.get("stop_token_ids") or ()):
            self.finish = "stop"
        elif len(self.ids) >= body["max_tokens"]:
            self.finish = "length"

    def _tell(self, every: torch.Tensor, best: int) -> None:
        labels = self.body.get("logprob_token_ids") if self.server.knows_labels else None
        top = labels or every.topk(self.body.get("logprobs") or 1).indices.tolist()
        self.logprobs.append({i: every[i].item() for i in (best, *top)})

    def choice(self, start: int) -> dict[str, Any]:
        """The part of the answer from `start` on, as vLLM sends it."""
        told = None
        if self.body.get("logprobs") is not None:
            assert self.body["return_tokens_as_token_ids"]
            steps = list(zip(self.ids, self.logprobs, strict=True))[start:]
            told = {
                "tokens": [f"token_id:{i}" for i, _ in steps],
                "token_logprobs": [values[i] for i, values in steps],
                "top_logprobs": [{f"token_id:{k}": v for k, v in values.items()} for _, values in steps],
            }
        said = [i if self.server.odd is None else self.server.odd for i in self.ids[start:]]
        ids = {"token_ids": said} if self.server.sends_ids and self.body.get("return_token_ids") else {}
        return {"index": 0, "text": self.server.text, "logprobs": told, "finish_reason": self.finish, **ids}


@contextmanager
def serving(server: VLLMServer, **more: Any) -> Iterator[VLLMServer]:
    """The server on a free port of this machine, in a thread; `url` is set. more: settings of uvicorn."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(server.app(), log_level="critical", lifespan="off", timeout_graceful_shutdown=1, **more)
        runner = uvicorn.Server(config)
        thread = threading.Thread(target=runner.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        until = time.monotonic() + 20
        while not runner.started and time.monotonic() < until:
            time.sleep(0.01)
        server.url = f"http{'s' if 'ssl_certfile' in more else ''}://127.0.0.1:{listener.getsockname()[1]}"
        try:
            yield server
        finally:
            runner.should_exit = True
            thread.join(20)
