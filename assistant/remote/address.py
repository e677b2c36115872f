"""Where a language server is and what opens it. Nothing is contacted that the user did not name."""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from media.errors import BadRequest

KEY_VARIABLE = "VLLM_API_KEY"
"""Environment variable of the key; vLLM itself reads the server's key from it."""
CONNECT_S = 10.0
"""Seconds in which a connection must come about."""
WRITE_S = 60.0
"""Seconds in which the server must take the next part of a request."""


@dataclass(frozen=True)
class LanguageServer:
    """A vLLM server that the user trusts.

    Attributes:
        url: its address without a trailing "/v1", such as "http://127.0.0.1:8000".
        key: what it wants as bearer token, None = nothing; never shown.
        patience_s: seconds that it may be silent before it counts as lost.

    Raises:
        BadRequest: a key that no HTTP header can carry; it is not shown.
    """

    url: str
    key: str | None = field(default=None, repr=False)
    patience_s: float = 120.0

    def __post_init__(self) -> None:
        key = self.key or ""
        if not key.isascii() or not key.isprintable() or key != key.strip():
            raise BadRequest(
                "The language server's key has a character that no key can have, such as a line break or a letter that "
                f"is not ASCII; put the right one into {KEY_VARIABLE}."
            )

    @classmethod
    def of(cls, url: str, plain: bool = False, environment: Mapping[str, str] = os.environ) -> "LanguageServer":
        """The server at an address that a user gave; its key is taken from the environment.

        Spaces and line ends around the key are dropped.

        Args:
            url: https anywhere, or http on this machine; a trailing "/v1" may be left out.
            plain: also http elsewhere.

        Raises:
            BadRequest: no such address, one that would send pictures' tokens and the key in the clear, or no such key.
        """
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise BadRequest(f"{url} is no address of a language server.", str(error)) from error
        if parts.scheme not in ("http", "https") or not host or port == 0 or parts.query or parts.fragment:
            raise BadRequest(f"{url} is no address of a language server; give one like http://127.0.0.1:8000.")
        if parts.username is not None or parts.password is not None:
            raise BadRequest(f"Leave the key out of the language server's address and put it into {KEY_VARIABLE}.")
        if parts.scheme == "http" and not plain and not _is_here(host):
            raise BadRequest(
                f"The language server at {host} would be spoken to in the clear; use https, a tunnel to this machine, "
                "or --plain-language-server if the network between is yours."
            )
        name = f"[{host}]" if ":" in host else host
        path = parts.path.rstrip("/").removesuffix("/v1").rstrip("/")
        address = f"{parts.scheme}://{name}{f':{port}' if port is not None else ''}{path}"
        try:
            httpx.URL(address).raw_host.decode("ascii").encode("idna")  # otherwise each request would fail
        except (httpx.InvalidURL, ValueError) as error:
            message = f"{url} is no address of a language server; give one like http://127.0.0.1:8000."
            raise BadRequest(message, str(error)) from error
        return cls(address, environment.get(KEY_VARIABLE, "").strip() or None)


def _is_here(host: str) -> bool:
    """Whether a host name is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
