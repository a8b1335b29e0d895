"""Keys live in the system's key store, or for a session; in none of our files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError, PasswordSetError

from pellucid.core.errors import UserError
from pellucid.writing.privacy.keys import (
    KEY_VARIABLE,
    forget_key,
    has_key_store,
    keep_key,
    key_for,
    where_key_is,
)

HOST, KEY = "example.org", "sk-CANARY-42"


class InMemory(KeyringBackend):
    """A key store as the system would have one."""

    priority = 5  # type: ignore[assignment]  # a property in the base class

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.is_locked:
            raise PasswordSetError("locked")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError("not there")
        del self.kept[service, username]


class InAFile(InMemory):
    pass


InAFile.__module__ = "keyrings.alt.file"


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemory]:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    before, found = keyring.get_keyring(), InMemory()
    keyring.set_keyring(found)
    yield found
    forget_key(HOST)
    keyring.set_keyring(before)


def test_a_key_is_kept_in_the_key_store(store: InMemory) -> None:
    assert keep_key(HOST, f" {KEY}\n") == "key store"
    assert store.kept == {("pellucid", HOST): KEY}
    assert (key_for(HOST), where_key_is(HOST)) == (KEY, "key store")
    assert key_for("example.com") == ""


def test_a_key_is_kept_for_the_session_where_the_store_is_locked(store: InMemory) -> None:
    store.is_locked = True
    assert keep_key(HOST, KEY) == "session"
    assert (key_for(HOST), where_key_is(HOST)) == (KEY, "session")
    assert store.kept == {}


@pytest.mark.usefixtures("store")
def test_a_store_that_is_a_plain_file_counts_as_none(home: Path) -> None:
    keyring.set_keyring(InAFile())
    assert not has_key_store()
    assert keep_key(HOST, KEY) == "session"
    assert not [p for p in home.rglob("*") if p.is_file() and KEY.encode() in p.read_bytes()]


@pytest.mark.usefixtures("store")
def test_the_variable_for_scripts_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_key(HOST, KEY)
    monkeypatch.setenv(KEY_VARIABLE, "sk-of-a-script")
    assert (key_for(HOST), where_key_is(HOST)) == ("sk-of-a-script", "variable")


def test_a_key_can_be_forgotten(store: InMemory) -> None:
    keep_key(HOST, KEY)
    forget_key(HOST)
    forget_key(HOST)
    assert (key_for(HOST), store.kept) == ("", {})


@pytest.mark.parametrize("key", ["", "  ", "two words", "schlüssel"])
def test_what_cannot_be_a_key_is_refused_without_being_shown(key: str) -> None:
    with pytest.raises(UserError) as raised:
        keep_key(HOST, key)
    assert not key.strip() or key not in raised.value.message
