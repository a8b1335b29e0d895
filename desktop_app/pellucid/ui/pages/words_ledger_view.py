"""The ledger as the inspector lists it: what was sent, when, to whom and what for. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pellucid.core.numbers import count, plural
from pellucid.core.offline import is_loopback
from pellucid.writing.privacy.ledger import Entry


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that was sent, oldest first; `payload` of the entry that was asked for."""

    entries: tuple[Entry, ...]
    payload: str | None = None


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """An entry in two lines; `sha256` names its payload."""

    title: str
    about: str
    sha256: str


def rows(ledger: Ledger) -> tuple[LedgerRow, ...]:
    """List the entries, newest first."""
    return tuple(_row(entry) for entry in reversed(ledger.entries))


def _row(entry: Entry) -> LedgerRow:
    when = datetime.fromisoformat(entry.when).astimezone()
    title = f"{count(entry.bytes)} bytes to {place(entry.destination)}"
    about = f"{when.day} {when:%B %Y, %H:%M:%S} · {entry.purpose} · {entry.model}"
    return LedgerRow(title, about, entry.sha256)


def place(destination: str) -> str:
    """Name a destination; a server on this machine is called that."""
    return f"this machine ({destination})" if is_loopback(destination) else destination


def total_line(ledger: Ledger) -> str:
    """Say how much was sent beyond this machine, and how much to servers on it."""
    far = [e for e in ledger.entries if not is_loopback(e.destination)]
    near = len(ledger.entries) - len(far)
    if not ledger.entries:
        return "Nothing was ever sent from this machine. Whatever is sent will be listed here."
    if not far:
        said = "Nothing left this machine."
    else:
        sent = count(sum(entry.bytes for entry in far))
        hosts = plural(len({entry.destination for entry in far}), "host")
        said = f"{sent} bytes left this machine, in {plural(len(far), 'request')} to {hosts}."
    here = f" {plural(near, 'request')} went to servers on this machine." if near else ""
    return f"{said}{here} Choose an entry to see exactly what it held."
