"""Keys of servers: in the system's key store, or for this session; never in a file of ours."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, Literal

from pellucid.core.errors import UserError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE: Final = "pellucid"
KEY_VARIABLE: Final = "PELLUCID_API_KEY"
Where = Literal["variable", "key store", "session", ""]
_SESSION: Final[dict[str, str]] = {}


def key_for(host: str) -> str:
    """Return the key for a host, "" where there is none.

    The variable `PELLUCID_API_KEY` comes first, for scripts; then what was given in this session;
    then the system's key store.
    """
    return _found(host)[0]


def where_key_is(host: str) -> Where:
    """Say where the key for a host comes from; "" where there is none."""
    return _found(host)[1]


def keep_key(host: str, key: str) -> Where:
    """Keep a key in the system's key store, or for this session where there is no such store.

    Returns which. Raises `UserError` for what cannot be a key.
    """
    key = key.strip()
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise UserError("That is no key: it is empty, or holds characters that no key has",
                        "Copy it again, without blanks and line breaks.")  # fmt: skip
    store = _store()
    if store is not None:
        from keyring.errors import KeyringError

        try:
            store.set_password(SERVICE, host, key)
        except (KeyringError, RuntimeError, OSError):
            store = None
    if store is None:
        _SESSION[host] = key
        return "session"
    _SESSION.pop(host, None)
    return "key store"


def forget_key(host: str) -> None:
    """Take a key out of the session and the key store."""
    _SESSION.pop(host, None)
    store = _store()
    if store is not None:
        from keyring.errors import KeyringError

        try:
            store.delete_password(SERVICE, host)
        except (KeyringError, RuntimeError, OSError):
            return


def has_key_store() -> bool:
    """Return whether this system has a key store that can be used."""
    return _store() is not None


def _found(host: str) -> tuple[str, Where]:
    named = os.environ.get(KEY_VARIABLE, "").strip()
    if named:
        return named, "variable"
    if host in _SESSION:
        return _SESSION[host], "session"
    stored = _stored(host)
    return (stored, "key store") if stored else ("", "")


def _stored(host: str) -> str:
    store = _store()
    if store is None:
        return ""
    from keyring.errors import KeyringError

    try:
        return store.get_password(SERVICE, host) or ""
    except (KeyringError, RuntimeError, OSError):
        return ""


def _store() -> KeyringBackend | None:
    """Return the system's key store; one that is only a file in plain sight counts as none."""
    import keyring
    from keyring.backends.chainer import ChainerBackend

    chosen = keyring.get_keyring()
    several = list(chosen.backends) if isinstance(chosen, ChainerBackend) else [chosen]
    for backend in several:
        place = type(backend).__module__
        if not place.startswith(("keyrings.alt", "keyring.backends.fail", "keyring.backends.null")):
            return backend
    return None
