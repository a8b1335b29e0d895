"""The ledger: every request that was sent, written down before it goes, with what was in it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pellucid.core.errors import UserError
from pellucid.core.paths import state_dir
from pellucid.core.values import from_json, to_json

_FILE: Final = "ledger.jsonl"
_FOLDER: Final = "sent"


@dataclass(frozen=True, slots=True)
class Entry:
    """One request: when (ISO 8601, UTC), where to, how many bytes, of which table, what for.

    `sha256` is that of the body, which is kept under this name and read by `payload_of`.
    """

    when: str
    destination: str
    url: str
    model: str
    bytes: int
    fingerprint: str
    purpose: str
    sha256: str


def recorder(
    destination: str, url: str, model: str, fingerprint: str, purpose: str
) -> Callable[[bytes], None]:
    """Return what writes a body into the ledger.

    Raises `UserError` where that fails, so that nothing is sent that is not in the ledger.
    """

    def record(body: bytes) -> None:
        digest = hashlib.sha256(body).hexdigest()
        when = datetime.now(UTC).isoformat(timespec="milliseconds")
        entry = Entry(when, destination, url, model, len(body), fingerprint, purpose, digest)
        try:
            _keep(body, digest)
            _append(json.dumps(to_json(entry), ensure_ascii=False) + "\n")
        except OSError as error:
            raise UserError(
                f"The ledger in {state_dir()} cannot be written ({error.strerror}), so nothing was "
                "sent",
                "Make room there, or use the built-in writer.",
            ) from error

    return record


def entries() -> tuple[Entry, ...]:
    """Return the ledger, oldest first; lines that are damaged are left out."""
    try:
        lines = (state_dir() / _FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return ()
    found: list[Entry] = []
    for line in lines:
        try:
            found.append(from_json(Entry, json.loads(line)))
        except (ValueError, TypeError, KeyError, AttributeError):
            continue
    return tuple(found)


def payload_of(entry: Entry) -> bytes:
    """Return the body that was sent. Raises `UserError` where it is gone or was changed."""
    path = _place(entry.sha256)
    body = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(body).hexdigest() != entry.sha256:
        raise UserError(f"What was sent at {entry.when} is no longer kept, or was changed since")
    return body


def _place(digest: str) -> Path:
    return state_dir() / _FOLDER / f"{Path(digest).name}.json"


def _keep(body: bytes, digest: str) -> None:
    path = _place(digest)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        _write(path, body, os.O_TRUNC)


def _append(line: str) -> None:
    _write(state_dir() / _FILE, line.encode("utf-8", "replace"), os.O_APPEND)


def _write(path: Path, data: bytes, how: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | how, 0o600)
    with os.fdopen(handle, "ab" if how == os.O_APPEND else "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
