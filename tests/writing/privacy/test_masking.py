"""No masked string is ever part of what is sent, and every one comes back in the answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

import misbehaving_server as bad
from misbehaving_server import serving
from pellucid.core.run import Run
from pellucid.writing.privacy.masking import (
    STAND_IN,
    MaskingProvider,
    Masks,
    salt_of_this_machine,
)
from pellucid.writing.providers.server import server
from pellucid.writing.providers.types import Message, Request

SALT = bytes(32)
CANARIES = st.text(
    alphabet=st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs")),
    min_size=5,
    max_size=40,
).filter(lambda text: any(c.isalnum() for c in text))


@dataclass
class Echo:
    """Answers with what it was sent, in pieces of a few characters."""

    name: str = "echo"
    model: str = "echo"
    destination: str = "example.org"
    seen: list[Request] = field(default_factory=list)

    def stream(self, request: Request, run: Run) -> Iterator[str]:
        del run
        self.seen.append(request)
        text = "".join(message.content for message in request.messages)
        yield from (text[i : i + 3] for i in range(0, len(text), 3))


def masks(*cells: str, **more: object) -> Masks:
    """Return masks for cells, found however they are spelt."""
    return Masks(SALT, find=lambda _: cells, **more)  # type: ignore[arg-type]


def sent(echo: Echo) -> str:
    parts = [message.content for message in echo.seen[-1].messages]
    return "\n".join([*parts, json.dumps(echo.seen[-1].schema, ensure_ascii=False)])


@given(canary=CANARIES, before=st.text(max_size=20), after=st.text(max_size=20))
def test_a_masked_string_is_in_no_request_and_comes_back(
    canary: str, before: str, after: str
) -> None:
    content = f"{before}{canary}{after} “{canary}” {canary.upper()}"
    echo = Echo()
    request = Request((Message("user", content),), schema={"enum": [canary]})
    masked = MaskingProvider(echo, masks(canary))
    answer = "".join(masked.stream(request, Run()))

    assert canary not in sent(echo)
    assert STAND_IN in sent(echo)
    assert STAND_IN not in answer


@given(canary=CANARIES)
def test_a_masked_string_is_found_within_json_too(canary: str) -> None:
    echo = Echo()
    content = json.dumps({"a": canary}) + json.dumps({"a": canary}, ensure_ascii=False)
    list(MaskingProvider(echo, masks(canary)).stream(Request((Message("user", content),)), Run()))

    for form in (canary, json.dumps(canary)[1:-1], json.dumps(canary, ensure_ascii=False)[1:-1]):
        assert form not in sent(echo)


def test_what_comes_back_in_json_is_escaped_there() -> None:
    odd = 'O"Brien \\ Sons'
    echo = Echo()
    request = Request((Message("user", json.dumps({"text": odd})),), schema={"type": "object"})
    answer = "".join(MaskingProvider(echo, masks(odd)).stream(request, Run()))

    assert json.loads(answer) == {"text": odd}


def test_a_stand_in_is_the_same_each_time_and_on_no_other_machine() -> None:
    first, again = (masks("Ann Lee").text("Ann Lee and ann lee") for _ in range(2))
    other = Masks(bytes(31) + b"1", find=lambda _: ["Ann Lee"]).text("Ann Lee and ann lee")

    assert first == again
    assert first.split(" and ")[0] == first.split(" and ")[1]
    assert first != other


def test_a_longer_string_is_masked_before_a_shorter_one_in_it() -> None:
    mask = masks("Anna", "Anna Smith")
    text = mask.text("Anna Smith knows Anna")

    assert text.count(STAND_IN) == 2
    assert mask.back(in_json=False).whole(text) == "Anna Smith knows Anna"


def test_short_and_ordinary_cells_are_masked_where_they_are_meant() -> None:
    sentence = "Sex is M in 63% of rows, F in the rest"
    mask = masks("M", "mostly", phrases={sentence: ("M", "F")}, common={"mostly"})
    text = mask.text(f"Say mostly “M” or “mostly”. {sentence}. Model M.")

    assert "Sex is M in" not in text
    assert "“M”" not in text
    assert "“mostly”" not in text
    assert text.startswith("Say mostly")


def test_mail_addresses_are_masked_wherever_they_stand() -> None:
    text = masks().text("Write to ann.lee@example.org, please")
    assert "ann.lee" not in text
    assert masks(masks_mail=False).text("a@example.org") == "a@example.org"


def test_headers_are_masked_like_cells() -> None:
    mask = masks(names=("Debt of Ann Lee",))
    assert "Ann Lee" not in mask.text("Debt of Ann Lee is missing in 3% of rows")


def test_nothing_masked_reaches_a_real_server() -> None:
    with serving(bad.says("“MASKED” is fine")) as found:
        masked = MaskingProvider(server(found.url, "tiny"), masks("Zebracanary Jones"))
        request = Request((Message("user", "Zebracanary Jones is “Zebracanary Jones”"),))
        assert "".join(masked.stream(request, Run())) == "“MASKED” is fine"

    assert b"ebracanary" not in found.seen[0].body
    assert STAND_IN.encode() in found.seen[0].body


def test_the_salt_is_made_once_and_is_its_owners_alone(home: object) -> None:
    salt = salt_of_this_machine()
    place = next(__import__("pathlib").Path(str(home)).rglob("masks.salt"))

    assert salt_of_this_machine() == salt
    assert len(salt) == 32
    assert place.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["name", "model", "destination"])
def test_a_masking_provider_is_known_by_what_it_masks(name: str) -> None:
    assert getattr(MaskingProvider(Echo(), masks()), name) == getattr(Echo(), name)
