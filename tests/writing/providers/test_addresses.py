"""Only addresses that are safe to send to are taken, and what was checked is what is called."""

from __future__ import annotations

import pytest

from pellucid.core.errors import UserError
from pellucid.writing.providers.addresses import address_of


@pytest.mark.parametrize(
    ("given", "url", "destination"),
    [
        ("http://127.0.0.1:11434", "http://127.0.0.1:11434/v1", "127.0.0.1"),
        ("http://localhost:8080/", "http://localhost:8080/v1", "localhost"),
        ("http://[::1]:1234/v1", "http://[::1]:1234/v1", "::1"),
        ("https://API.example.org/v1/", "https://api.example.org/v1", "api.example.org"),
        ("https://example.org:8443/a/b", "https://example.org:8443/a/b", "example.org"),
    ],
)
def test_a_url_is_put_together_from_what_was_checked(
    given: str, url: str, destination: str
) -> None:
    address = address_of(given)
    assert (address.url, address.destination) == (url, destination)


@pytest.mark.parametrize(
    "given",
    [
        "http://example.org/v1",
        "http://192.168.1.5:11434",
        "http://127.1/v1",
        "http://2130706433/v1",
        "http://0.0.0.0:8080",
        "http://localhost.example.org",
        "http://127.0.0.1@example.org",
        "https://user:secret@example.org",
        "http://127.0.0.1\\@example.org",
        "http://127.0.0.1#@example.org",
        "https://example.org/v1?key=1",
        "http://exämple.org",
        "https://",
        "http://:80",
        "https://example.org:port",
        "https://example.org:99999",
        "https://exa mple.org",
        "https://example.org\n/v1",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
    ],
)
def test_an_address_that_is_not_safe_is_refused(given: str) -> None:
    with pytest.raises(UserError) as raised:
        address_of(given)

    assert raised.value.hint
