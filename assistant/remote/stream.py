"""Requests that can be given up at any time, and what comes back: the ids of a completion one by one, or JSON."""

import asyncio
import json
import queue
import threading
from collections.abc import Callable
from typing import Any

import httpx

from assistant.remote.address import LanguageServer
from assistant.remote.errors import LanguageServerError, broken, failed, no_ids, refused, told

_LOOK_AGAIN_S = 0.02
_JOIN_S = 5.0


class Exchange:
    """One request and its response, read in a thread of its own, so that giving it up never waits for the server.

    Closing it, or setting the event that is given to who waits, breaks the connection; vLLM then gives the request up.

    Args:
        server: where it is.
        options: of the HTTP client.
        path: what is asked for.
        body: what is posted there; None = nothing, it is a GET.
    """

    def __init__(
        self, server: LanguageServer, options: dict[str, Any], path: str, body: dict[str, Any] | None = None
    ) -> None:
        self._server, self._options, self._path, self._body = server, options, path, body
        self._came: queue.SimpleQueue[int | str | LanguageServerError] = queue.SimpleQueue()
        self._begun = threading.Event()
        self._answering = False
        self._give_up: Callable[[], object] = lambda: None  # until the thread has begun
        self._thread = threading.Thread(target=self._work, name="language-server", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Break the connection; what the server was doing for it ends."""
        self._begun.wait(_JOIN_S)
        try:
            self._give_up()
        except RuntimeError:
            pass  # it has ended by itself
        self._thread.join(_JOIN_S)

    def _next(self, stop: threading.Event | None) -> int | str | None:
        """What came next; None when `stop` was set before it."""
        while True:
            try:
                came = self._came.get(timeout=_LOOK_AGAIN_S)
            except queue.Empty:
                if stop is not None and stop.is_set():
                    self.close()
                    return None
                continue
            if isinstance(came, LanguageServerError):
                self.close()
                raise came
            return came

    def _work(self) -> None:
        try:
            asyncio.run(self._exchange())
        except asyncio.CancelledError:
            pass
        except httpx.HTTPError as error:
            self._came.put(failed(self._server, error, self._answering))
        except LanguageServerError as error:
            self._came.put(error)
        except Exception as error:  # nobody else would tell the one who waits
            self._came.put(broken(self._server, f"{type(error).__name__}: {error}"))

    async def _exchange(self) -> None:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        if task is not None:
            self._give_up = lambda: loop.call_soon_threadsafe(task.cancel)
        self._begun.set()
        method = "GET" if self._body is None else "POST"
        async with (
            httpx.AsyncClient(**self._options) as http,
            http.stream(method, self._path, json=self._body) as response,
        ):
            if response.status_code != 200:
                text = (await response.aread()).decode(errors="replace")
                raise refused(self._server, response.status_code, text)
            await self._read(response)

    async def _read(self, response: httpx.Response) -> None:
        """Put what a response holds where `_next` finds it."""
        raise NotImplementedError


class JsonReply(Exchange):
    """A response that is one JSON value."""

    def take(self, stop: threading.Event | None = None) -> Any:
        """The value, once it is here.

        Raises:
            LanguageServerError: the server failed, refused or was lost, or `stop` was set before.
        """
        try:
            text = self._next(stop)
        finally:
            self.close()
        if text is None:
            raise LanguageServerError("The question to the language server was stopped.")
        try:
            return json.loads(str(text))
        except ValueError as error:
            raise broken(self._server, str(text)) from error

    async def _read(self, response: httpx.Response) -> None:
        self._came.put((await response.aread()).decode(errors="replace"))


class TokenStream(Exchange):
    """The ids of a streamed completion while they are made; its body has "stream": true.

    Attributes:
        finish: "" while ids may come, then why the server ended: "stop" or "length".
    """

    finish: str = ""

    def take(self, stop: threading.Event | None = None) -> int | None:
        """The next id; None when the server has ended (`finish` says why) or `stop` was set.

        Raises:
            LanguageServerError: the server failed, refused or was lost.
        """
        came = None if self.finish else self._next(stop)
        if isinstance(came, str):
            self.finish = came
            return None
        return came

    async def _read(self, response: httpx.Response) -> None:
        rest = b""
        async for chunk in response.aiter_bytes():
            *lines, rest = (rest + chunk).split(b"\n")  # JSON may hold other line ends unescaped
            for line in lines:
                if self._line(line.strip()):
                    return
        raise failed(self._server, httpx.RemoteProtocolError("the stream ended early"), answering=True)

    def _line(self, line: bytes) -> bool:
        """Read one line of the stream; True after the last one."""
        if not line.startswith(b"data:"):
            return False
        text = line.removeprefix(b"data:").strip()
        if text == b"[DONE]":
            raise failed(self._server, httpx.RemoteProtocolError("no reason to end"), answering=True)
        data = json.loads(text)
        if "error" in data or data.get("object") == "error":
            raise told(self._server, data.get("error", data))
        for choice in data.get("choices") or ():
            self._answering = True
            ids, finish = choice.get("token_ids"), choice.get("finish_reason")
            if ids is None:
                raise no_ids(self._server)
            for token in ids:
                if not isinstance(token, int):
                    raise broken(self._server, f"the id {token!r}")
                self._came.put(token)
            if finish in ("stop", "length"):
                self._came.put(finish)
                return True
            if finish is not None:
                raise failed(self._server, httpx.RemoteProtocolError(f"ended with {finish}"), answering=True)
        return False
