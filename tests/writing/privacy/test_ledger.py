"""Everything that is sent is written down first, whole, and only ever added to."""

from __future__ import annotations

from pathlib import Path

import pytest

from pellucid.core.errors import UserError
from pellucid.writing.privacy.ledger import entries, payload_of, recorder


def record(body: bytes, purpose: str = "summary") -> None:
    recorder("example.org", "https://example.org/v1", "tiny", "f" * 64, purpose)(body)


def test_an_entry_says_when_where_how_much_of_what_and_what_for() -> None:
    record('{"é": 1}'.encode())
    (entry,) = entries()

    assert (entry.destination, entry.model, entry.bytes) == ("example.org", "tiny", 9)
    assert (entry.fingerprint, entry.purpose) == ("f" * 64, "summary")
    assert entry.when.endswith("+00:00")
    assert payload_of(entry) == '{"é": 1}'.encode()


def test_entries_are_added_in_order_and_damage_hides_no_other(home: Path) -> None:
    record(b"1")
    with (home / "state" / "ledger.jsonl").open("ab") as file:
        file.write(b'{"when": \xff\n')
    record(b"2")
    record(b"1", "exam")

    assert [payload_of(entry) for entry in entries()] == [b"1", b"2", b"1"]


def test_what_was_changed_since_is_not_shown_as_sent(home: Path) -> None:
    record(b"as sent")
    (entry,) = entries()
    (home / "state" / "sent" / f"{entry.sha256}.json").write_bytes(b"other")
    with pytest.raises(UserError, match="was changed since"):
        payload_of(entry)


def test_only_its_owner_can_read_it(home: Path) -> None:
    record(b"1")
    for path in (home / "state").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_nothing_is_sent_where_it_cannot_be_written(home: Path) -> None:
    record(b"1")
    ledger = home / "state" / "ledger.jsonl"
    ledger.unlink()
    ledger.mkdir()
    with pytest.raises(UserError, match="so nothing was sent"):
        record(b"2")
