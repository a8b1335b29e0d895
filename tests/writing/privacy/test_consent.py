"""Consent is for one table and one host, and for no fewer masks than were seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from pellucid.writing.privacy.consent import agree, consents, is_agreed, withdraw


def test_nothing_is_agreed_to_at_first() -> None:
    assert not is_agreed("a", "example.org", ())


@pytest.mark.parametrize("destination", ["", "localhost", "127.0.0.1", "::1"])
def test_this_machine_needs_none(destination: str) -> None:
    assert is_agreed("a", destination, ())


def test_it_holds_for_that_table_and_that_host_alone() -> None:
    agree("a", "example.org", ["Name"])

    assert is_agreed("a", "example.org", ["Name"])
    assert is_agreed("a", "example.org", ["Name", "Phone"])
    assert not is_agreed("a", "example.org", ["Phone"])
    assert not is_agreed("b", "example.org", ["Name"])
    assert not is_agreed("a", "example.com", ["Name"])


def test_it_can_be_withdrawn() -> None:
    agree("a", "example.org", [])
    agree("a", "example.com", [])
    withdraw("a", "example.org")

    assert not is_agreed("a", "example.org", [])
    assert is_agreed("a", "example.com", [])


def test_a_later_one_takes_the_place_of_an_earlier() -> None:
    agree("a", "example.org", [])
    agree("a", "example.org", ["Name"])

    assert len(consents()) == 1
    assert not is_agreed("a", "example.org", [])


def test_what_cannot_be_read_is_no_consent(home: Path) -> None:
    agree("a", "example.org", [])
    (home / "state" / "consents.json").write_text("[", encoding="utf-8")

    assert not is_agreed("a", "example.org", [])
