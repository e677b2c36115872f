"""What a language server may answer or fail with, as sentences."""

import json
import ssl
from typing import Any

import httpx

from assistant.remote.address import KEY_VARIABLE, WRITE_S, LanguageServer
from media.errors import BadRequest

_SHOWN = 200


class LanguageServerError(BadRequest):
    """The language server cannot be reached, refuses, or does not keep to the protocol."""


def refused(server: LanguageServer, status: int, text: str) -> LanguageServerError:
    """The error of a response that is not 200."""
    said = _message(text)
    where = f"The language server at {server.url}"
    if status in (401, 403):
        wants = "refuses the key" if server.key else "wants a key"
        return LanguageServerError(f"{where} {wants}; put the right one into {KEY_VARIABLE}.", said)
    if status == 404 and "does not exist" in said:
        return LanguageServerError(f"{where} no longer serves this model; start the assistant again.", said)
    if "enable-prompt-embeds" in said:
        return LanguageServerError(f"{where} takes no embeddings; start it with --enable-prompt-embeds.", said)
    if "maximum context length" in said or "max_tokens must be at least 1" in said:
        return LanguageServerError("This conversation has become too long; please start a new one.", said)
    if 400 <= status < 500 and status != 429 and said:
        return LanguageServerError(f"{where} refuses the request: {said[:_SHOWN]}", said)
    if 300 <= status < 400 or status == 404:
        return LanguageServerError(f"What answers at {server.url} is no vLLM server.", f"{status} {said}")
    return LanguageServerError(f"{where} failed (status {status}); look into its log.", said)


def failed(server: LanguageServer, error: Exception, answering: bool = False) -> LanguageServerError:
    """The error of a connection. answering: whether a part of the answer had come."""
    detail = f"{type(error).__name__}: {error}"
    where = f"The language server at {server.url}"
    if answering and not isinstance(error, httpx.ReadTimeout):
        return LanguageServerError("The connection to the language server was lost in the middle of an answer.", detail)
    refusal = _certificate_error(error)
    if refusal is not None:
        reason = refusal.verify_message.rstrip(".")
        return LanguageServerError(
            f"The certificate of the language server at {server.url} is not trusted ({reason}); name "
            "the file of its authority in SSL_CERT_FILE, or use the host name that it was made for.", detail
        )  # fmt: skip
    if isinstance(error, httpx.ConnectTimeout | httpx.ConnectError):
        return LanguageServerError(f"{where} cannot be reached; is it running?", detail)
    if isinstance(error, httpx.WriteTimeout):
        return LanguageServerError(f"{where} did not take the request within {WRITE_S:.0f} seconds.", detail)
    if isinstance(error, httpx.TimeoutException):
        return LanguageServerError(f"{where} was silent for {server.patience_s:.0f} seconds.", detail)
    return LanguageServerError(f"{where} broke off the connection.", detail)


def broken(server: LanguageServer, detail: str) -> LanguageServerError:
    """The error of an answer that is none of vLLM's."""
    return LanguageServerError(f"What answers at {server.url} does not speak as a vLLM server does.", detail[:_SHOWN])


def no_ids(server: LanguageServer) -> LanguageServerError:
    """The error of an answer without token ids."""
    return LanguageServerError(
        f"The language server at {server.url} sends no token ids, which the next turn is made of; "
        "use a vLLM that knows return_token_ids."
    )


def told(server: LanguageServer, error: Any) -> LanguageServerError:
    """The error that came as a line of a stream."""
    text = json.dumps({"error": error})
    code = error.get("code") if isinstance(error, dict) else None
    return refused(server, code if isinstance(code, int) and code >= 400 else 500, text)


def _certificate_error(error: BaseException | None) -> ssl.SSLCertVerificationError | None:
    """The refused certificate that led to an error; None when it was something else."""
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError):
        error = error.__cause__ or error.__context__
    return error


def _message(text: str) -> str:
    """What an error response says: {"error": {"message": ...}}, {"error": "..."}, {"message": ...} or plain text."""
    try:
        data = json.loads(text)
    except ValueError:
        return text.strip()
    inner = data.get("error", data) if isinstance(data, dict) else data
    return str(inner.get("message", inner) if isinstance(inner, dict) else inner)
