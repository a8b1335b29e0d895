"""What a language model answered, read as drafts: whole claims are kept, whatever is around."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pellucid.writing.drafts import Draft
from pellucid.writing.templates import TemplateError, parse, slots_in

MOST_CHARACTERS = 120_000
MOST_CLAIMS = 80
MOST_CLAIM_CHARACTERS = 1_000
_MOST_FACTS = 12
_LONGEST_LEAD = 1_500
"""Characters before the first brace; models that think aloud say less before they answer."""
_LONGEST_OBJECT = 4 * MOST_CLAIM_CHARACTERS
_SURPRISES = re.compile(r"[\"']surprises[\"']\s*:")


@dataclass(frozen=True, slots=True)
class Reply:
    """The claims of an answer, and what its writer would have expected otherwise."""

    claims: tuple[Draft, ...] = ()
    surprises: tuple[Draft, ...] = ()


def is_hopeless(text: str) -> bool:
    """Say whether an answer that is still coming has strayed from anything that can be read."""
    start = text.find("{")
    if start < 0:
        return len(text) > _LONGEST_LEAD
    return len(text) - max(start, text.rfind("}")) > _LONGEST_OBJECT


def read_reply(text: str) -> Reply:
    """Return the drafts in an answer; text around them, broken ends and strange parts are left out.

    At most `MOST_CLAIMS` of at most `MOST_CLAIM_CHARACTERS` each, from the first `MOST_CHARACTERS`.
    """
    shown = text[:MOST_CHARACTERS]
    border = _SURPRISES.search(shown)
    end = border.start() if border else len(shown)
    found = list(drafts_in(shown))
    claims = [draft for place, draft in found if place < end]
    surprises = [draft for place, draft in found if place >= end]
    return Reply(_unique(claims), _unique(surprises))


def drafts_in(text: str) -> Iterator[tuple[int, Draft]]:
    """Yield where each claim begins, and the claim; inner objects go before those around them."""
    decoder = json.JSONDecoder(strict=False)
    place = text.find("{")
    while place >= 0:
        try:
            value, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            place = text.find("{", place + 1)
            continue
        draft = _draft(value)
        if draft is not None:
            yield place, draft
            place = text.find("{", end)
        else:
            place = text.find("{", place + 1)


def _draft(value: Any) -> Draft | None:
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        return None
    text = value["text"].strip()
    if not text or len(text) > MOST_CLAIM_CHARACTERS:
        return None
    named = value.get("facts")
    listed = [item.strip("[]{} ") for item in named if isinstance(item, str)] if isinstance(
        named, list
    ) else []  # fmt: skip
    return Draft(text, tuple(dict.fromkeys([*listed[:_MOST_FACTS], *_used(text)])))


def _used(text: str) -> list[str]:
    try:
        return [slot.alias for slot in slots_in(parse(text))]
    except TemplateError:
        return []


def _unique(drafts: list[Draft]) -> tuple[Draft, ...]:
    return tuple({draft.text: draft for draft in reversed(drafts)}.values())[::-1][:MOST_CLAIMS]
