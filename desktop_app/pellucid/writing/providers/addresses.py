"""Where a server is: a URL held to what is safe to send to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from pellucid.core.errors import UserError
from pellucid.core.offline import is_loopback

_PLAIN = re.compile(r"https?://[A-Za-z0-9.:_~/%\[\]-]+")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
_EXAMPLE = "Write it like http://127.0.0.1:11434 or https://api.openai.com/v1."


@dataclass(frozen=True, slots=True)
class Address:
    """The base of a server's OpenAI-compatible interface.

    `destination` is the host, which consent is about; `is_here` where that is this machine.
    """

    url: str
    destination: str
    is_here: bool


def is_url(text: str) -> bool:
    """Return whether `text` is meant as a URL, well formed or not."""
    return "://" in text


def address_of(url: str) -> Address:
    """Return the address that a URL means; a bare host stands for its `/v1`.

    The URL is put together again from its parts, so that what was checked is what is called.
    Raises `UserError` for what is no such URL, holds a password or a query, or would send in the
    clear beyond this machine.
    """
    text = url.strip()
    if "@" in text.partition("://")[2].partition("/")[0]:
        raise UserError(
            "A server's URL must not hold a name or password",
            "Leave them away, and keep the key with `pellucid keys`.",
        )
    if not _PLAIN.fullmatch(text):
        raise UserError(f"{text[:200]!r} is not the URL of a server", _EXAMPLE)
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise UserError(f"{text[:200]!r} is not the URL of a server", _EXAMPLE) from error
    is_here = is_loopback(host) and bool(host)
    if not is_here and (not _HOST.fullmatch(host) or host.replace(".", "").isdigit()):
        _check_numeric(host, text)
    if parts.scheme == "http" and not is_here:
        raise UserError(
            f"Plain HTTP to {host} would let anyone on the way read what is sent, so nothing was",
            "Use https://, or reach the server through a tunnel that ends on this machine.",
        )
    shown = f"[{host}]" if ":" in host else host
    path = parts.path.rstrip("/") or "/v1"
    return Address(f"{parts.scheme}://{shown}{f':{port}' if port else ''}{path}", host, is_here)


def _check_numeric(host: str, text: str) -> None:
    """Refuse what is neither a name nor a whole address, such as 127.1 or 2130706433."""
    import ipaddress

    try:
        ipaddress.ip_address(host)
    except ValueError as error:
        raise UserError(f"{text[:200]!r} is not the URL of a server", _EXAMPLE) from error
