"""Where a language server is and what opens it. Nothing is contacted that the user did not name."""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from media.errors import BadRequest

KEY_VARIABLE = "VLLM_API_KEY"
"""Environment variable of the key; vLLM itself reads the server's key from it."""


@dataclass(frozen=True)
class LanguageServer:
    """A vLLM server that the user trusts.

    Attributes:
        url: its address without a trailing "/v1", such as "http://127.0.0.1:8000".
        key: what it wants as bearer token, None = nothing; never shown.
        patience_s: seconds that it may be silent before it counts as lost.
    """

    url: str
    key: str | None = field(default=None, repr=False)
    patience_s: float = 120.0

    @classmethod
    def of(cls, url: str, plain: bool = False, environment: Mapping[str, str] = os.environ) -> "LanguageServer":
        """The server at an address that a user gave; its key is taken from the environment.

        Args:
            url: https anywhere, or http on this machine; a trailing "/v1" may be left out.
            plain: also http elsewhere.

        Raises:
            BadRequest: no such address, or one that would send pictures' tokens and the key in the clear.
        """
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise BadRequest(f"{url} is no address of a language server.", str(error)) from error
        if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment:
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
        return cls(f"{parts.scheme}://{name}{f':{port}' if port else ''}{path}", environment.get(KEY_VARIABLE) or None)


def _is_here(host: str) -> bool:
    """Whether a host name is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
