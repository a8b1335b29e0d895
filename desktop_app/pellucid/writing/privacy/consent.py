"""Consent: which table's facts may go to which host, with at least which columns masked."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pellucid.core.offline import is_loopback
from pellucid.core.paths import state_dir, whole_file
from pellucid.core.values import from_json, to_json


@dataclass(frozen=True, slots=True)
class Consent:
    """That the user agreed, when (ISO 8601, UTC), and what was masked in what they had seen."""

    fingerprint: str
    destination: str
    masked: tuple[str, ...]
    when: str


def is_agreed(fingerprint: str, destination: str, masked: Collection[str]) -> bool:
    """Return whether facts of this table may go there, with these columns masked.

    What stays on this machine needs no consent. Consent given with more columns masked does not
    cover fewer.
    """
    if is_loopback(destination):
        return True
    return any(
        given.fingerprint == fingerprint
        and given.destination == destination
        and set(given.masked) <= set(masked)
        for given in consents()
    )


def agree(fingerprint: str, destination: str, masked: Collection[str]) -> None:
    """Keep that the user agreed; it takes the place of what was agreed before."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    given = Consent(fingerprint, destination, tuple(sorted(masked)), now)
    _save([*_others(fingerprint, destination), given])


def withdraw(fingerprint: str, destination: str) -> None:
    """Forget that the user agreed; what was sent stays in the ledger."""
    _save(_others(fingerprint, destination))


def consents() -> tuple[Consent, ...]:
    """Return all that was agreed to; none where that cannot be read."""
    try:
        saved = json.loads(_file().read_text(encoding="utf-8"))
        return tuple(from_json(Consent, item) for item in saved["given"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return ()


def _others(fingerprint: str, destination: str) -> list[Consent]:
    return [c for c in consents() if (c.fingerprint, c.destination) != (fingerprint, destination)]


def _save(given: list[Consent]) -> None:
    with whole_file(_file()) as temporary:
        temporary.write_text(json.dumps({"given": to_json(given)}), encoding="utf-8")


def _file() -> Path:
    return state_dir() / "consents.json"
