"""The page's server: static files and a small JSON interface, for this machine.

Only requests for the address it was started on are answered, and whatever changes something must come as JSON, which
pages of other sites cannot send unasked.
"""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from media.errors import BadRequest, ForgeryAssistantError, UnreadableMedia
from retrieval.annotate.desk import Desk
from retrieval.annotate.export import to_csv
from retrieval.annotate.frames import pack
from retrieval.annotate.store import Draft, NoSuchVideo, SavedElsewhere, StoreUnreachable
from retrieval.annotations import Click, write_jsonl

STATIC = Path(__file__).with_name("static")
CHUNK = 16
"""Frames in one answer."""
_MOST_BYTES = 1 << 20
_STATUS: dict[type[ForgeryAssistantError], int] = {
    NoSuchVideo: 404,
    SavedElsewhere: 409,
    UnreadableMedia: 422,
    StoreUnreachable: 503,
}
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' blob: data:; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
Work = Callable[[Desk, Request, dict[str, Any]], Any]


def build_app(desk: Desk, host: str = "127.0.0.1") -> Starlette:
    """The application.

    Args:
        desk: the services.
        host: the address it will be served on; "0.0.0.0" and "::" answer to any name.
    """
    static = StaticFiles(directory=STATIC)
    open_to_all = host in ("0.0.0.0", "::")
    names = ["*"] if open_to_all else sorted({host, "127.0.0.1", "localhost", "[::1]", "testserver"})
    routes = [
        Route("/", _file("index.html")),
        Route("/agreement", _file("agreement.html")),
        Mount("/static", static),
        Route("/api/videos", _answer(desk, _overview)),
        Route("/api/videos/{id:int}", _answer(desk, _open)),
        Route("/api/videos/{id:int}/{which}/times", _answer(desk, _times)),
        Route("/api/videos/{id:int}/{which}/frames/{start:int}", _answer(desk, _frames)),
        Route("/api/annotations/{id:int}", _answer(desk, _save), methods=["PUT"]),
        Route("/api/spelling", _answer(desk, _spelling), methods=["POST"]),
        Route("/api/suggestions", _answer(desk, _suggestions)),
        Route("/api/words", _answer(desk, _keep), methods=["POST"]),
        Route("/api/agreement", _answer(desk, lambda desk, request, body: desk.agreement())),
        Route("/api/export", _answer(desk, lambda desk, request, body: desk.exportable())),
        Route("/api/export/annotations.csv", _answer(desk, _csv)),
        Route("/api/export/annotations.jsonl", _answer(desk, _jsonl)),
        Route("/api/index", _answer(desk, lambda desk, request, body: desk.index()), methods=["POST"]),
    ]
    middleware = [
        Middleware(TrustedHostMiddleware, allowed_hosts=names),
        Middleware(BaseHTTPMiddleware, dispatch=_head),
    ]
    return Starlette(routes=routes, middleware=middleware, exception_handlers={HTTPException: _not_found})


def read_draft(body: dict[str, Any]) -> Draft:
    """A draft from the page's JSON; BadRequest for anything else."""
    try:
        clicks = tuple(Click(float(c["x"]), float(c["y"]), int(c["frame"]), float(c["time"])) for c in body["clicks"])
        flags = body["used_original"], body["done"]
        if not isinstance(body["text"], str) or not all(isinstance(f, bool) for f in flags):
            raise TypeError("text is a string, used_original and done are true or false")
        return Draft(
            body["text"], clicks, body["difficulty"], float(body["watched"]), *flags, revision=int(body["revision"])
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadRequest(f"This is not an annotation: {error}.") from error


def _file(name: str) -> Callable[[Request], FileResponse]:
    def serve(request: Request) -> FileResponse:
        return FileResponse(STATIC / name)

    return serve


def _answer(desk: Desk, work: Work) -> Callable[[Request], Any]:
    """An endpoint: reads a JSON body if there is one, works in a thread, tells errors in words."""
    from starlette.concurrency import run_in_threadpool

    async def endpoint(request: Request) -> Response:
        try:
            body = await _body(request) if request.method in ("PUT", "POST") else {}
            result = await run_in_threadpool(work, desk, request, body)
        except ForgeryAssistantError as error:
            status = next((s for kind, s in _STATUS.items() if isinstance(error, kind)), 400)
            return JSONResponse({"error": error.message}, status)
        return result if isinstance(result, Response) else JSONResponse(result)

    return endpoint


async def _body(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        raise BadRequest("Send JSON.")
    data = b""
    async for piece in request.stream():
        data += piece
        if len(data) > _MOST_BYTES:
            raise BadRequest("This is too long to be an annotation.")
    try:
        body = json.loads(data)
    except ValueError as error:
        raise BadRequest("This is not JSON.") from error
    if not isinstance(body, dict):
        raise BadRequest("A JSON object is expected.")
    return body


async def _head(request: Request, call_next: RequestResponseEndpoint) -> Response:
    response = await call_next(request)
    response.headers.update(_HEADERS)
    return response


async def _not_found(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return JSONResponse({"error": "There is nothing at this address."}, status)


def _overview(desk: Desk, request: Request, body: dict[str, Any]) -> dict[str, Any]:
    return desk.overview(" ".join(request.query_params.get("annotator", "").split()))


def _open(desk: Desk, request: Request, body: dict[str, Any]) -> dict[str, Any]:
    return desk.open(request.path_params["id"], request.query_params.get("annotator", ""))


def _times(desk: Desk, request: Request, body: dict[str, Any]) -> dict[str, Any]:
    start = request.query_params.get("from", "0")
    if not start.isdecimal():
        raise BadRequest("Frames are counted from 0.")
    times, ended, error = desk.tape(request.path_params["id"], request.path_params["which"]).times(int(start))
    return {"times": times, "ended": ended, "error": error}


def _frames(desk: Desk, request: Request, body: dict[str, Any]) -> Response:
    tape = desk.tape(request.path_params["id"], request.path_params["which"])
    return Response(pack(tape.read(request.path_params["start"], CHUNK)), media_type="application/octet-stream")


def _save(desk: Desk, request: Request, body: dict[str, Any]) -> dict[str, Any]:
    return desk.save(request.path_params["id"], str(body.get("annotator", "")), read_draft(body))


def _spelling(desk: Desk, request: Request, body: dict[str, Any]) -> dict[str, Any]:
    found = desk.speller().unknown(str(body.get("text", "")))
    return {"unknown": list(dict.fromkeys(word.word for word in found))}


def _suggestions(desk: Desk, request: Request, body: dict[str, Any]) -> dict[str, Any]:
    word = request.query_params.get("word", "")[:60]
    return {"word": word, "suggestions": desk.speller().suggestions(word) if word else []}


def _keep(desk: Desk, request: Request, body: dict[str, Any]) -> dict[str, Any]:
    desk.keep_word(str(body.get("word", "")))
    return {}


def _csv(desk: Desk, request: Request, body: dict[str, Any]) -> Response:
    return _download(to_csv(desk.finished()).text, "annotations.csv", "text/csv")


def _jsonl(desk: Desk, request: Request, body: dict[str, Any]) -> Response:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "annotations.jsonl"
        write_jsonl(desk.finished(), path)
        return _download(path.read_text(encoding="utf-8"), path.name, "application/jsonl")


def _download(text: str, name: str, kind: str) -> Response:
    return Response(text, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
