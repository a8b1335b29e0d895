"""What a language model answered, read as reasons, and each of them held to its facts."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from pellucid.facts.slots import one_line, slots_of
from pellucid.facts.types import Fact
from pellucid.writing.checking import check_claim
from pellucid.writing.drafts import Draft
from pellucid.writing.fidelity import Way, Ways
from pellucid.writing.own_reasons.types import Reason, Said
from pellucid.writing.reasons import plain_reason, shown_text
from pellucid.writing.replies import MOST_CHARACTERS, MOST_CLAIM_CHARACTERS
from pellucid.writing.templates import TemplateError, fill, parse, slots_in
from pellucid.writing.types import Rejection

WAYS: Final[Mapping[str, Way]] = {"raises": "raises", "lowers": "lowers"}
_MOST_SHOWN = 500
_MOST_READ = 40
_ALIAS = re.compile(r"\W*([A-Za-z]\d+)\b")


def read_reasons(answer: str) -> tuple[Said, ...]:
    """Return the reasons in an answer; words around the JSON and broken ends are passed over."""
    found: list[Said] = []
    shown = answer[:MOST_CHARACTERS]
    decoder = json.JSONDecoder(strict=False)
    place = shown.find("{")
    while place >= 0 and len(found) < _MOST_READ:
        try:
            value, end = decoder.raw_decode(shown, place)
        except (ValueError, RecursionError):
            value, end = None, place + 1
        said = _said(value)
        if said is not None:
            found.append(said)
        place = shown.find("{", end if said is not None else place + 1)
    return tuple(found)


def _said(value: Any) -> Said | None:
    if not isinstance(value, dict) or not {"fact", "way"} <= set(value):
        return None
    alias, way, text = (str(value.get(name) or "") for name in ("fact", "way", "text"))
    named = _ALIAS.match(alias)
    return Said(
        named[1].upper() if named else one_line(alias)[:_MOST_SHOWN],
        way.strip().lower()[:_MOST_SHOWN],
        one_line(text),
    )


def ways_in(said: Sequence[Said], aliases: Collection[str]) -> Ways | None:
    """Return the direction given to each fact that there is; of one cited twice the first counts.

    None where there is none.
    """
    ways: dict[str, Way] = {}
    for one in said:
        if one.fact in aliases and one.way in WAYS:
            ways.setdefault(one.fact, WAYS[one.way])
    return ways or None


def judged(
    said: Sequence[Said], facts: Mapping[str, Fact], truth: Ways
) -> tuple[tuple[Reason, ...], tuple[Rejection, ...]]:
    """Part reasons into those that can be shown and those that cannot, with why."""
    shown: dict[str, Reason] = {}
    rejected: list[Rejection] = []
    for one in said:
        draft = Draft(one.text, tuple(dict.fromkeys((one.fact, *_used(one.text)))))
        status, why = _verdict(one, draft, facts, shown)
        if status == "rejected":
            rejected.append(Rejection(_filled(one.text, facts)[:_MOST_SHOWN], why))
            continue
        cited = tuple(facts[alias] for alias in draft.facts)
        shown[one.fact] = Reason(
            fact=cited[0].id,
            about=slots_of(cited[0])["subject"],
            way=WAYS[one.way],
            evidence=truth[one.fact],
            text=_filled(one.text, facts),
            facts=tuple(fact.id for fact in cited),
            checked=status == "checked",
        )
    return tuple(shown.values()), tuple(dict.fromkeys(rejected))


def _verdict(
    one: Said, draft: Draft, facts: Mapping[str, Fact], shown: Collection[str]
) -> tuple[str, str]:
    """Return what a reason may be shown as, and why it may not."""
    reason = _misfit(one, facts, shown)
    if reason:
        return "rejected", reason
    found = check_claim(draft, facts)
    return found.status, plain_reason("; ".join(found.reasons))


def _misfit(one: Said, facts: Mapping[str, Fact], shown: Collection[str]) -> str:
    """Say what is wrong with a reason whatever its sentence says; "" for nothing."""
    if one.fact not in facts:
        return f"It cites a contribution that does not exist ({shown_text(one.fact)})."
    if one.way not in WAYS:
        return "It does not say whether the contribution raises or lowers what is predicted."
    if one.fact in shown:
        return "It is a second reason for a contribution that has one already."
    if not one.text:
        return "It has no sentence."
    if len(one.text) > MOST_CLAIM_CHARACTERS:
        return "It is too long for one sentence."
    return ""


def _used(text: str) -> Iterator[str]:
    with suppress(TemplateError):
        yield from (slot.alias for slot in slots_in(parse(text)))


def _filled(text: str, facts: Mapping[str, Fact]) -> str:
    try:
        return one_line(fill(text, facts))
    except TemplateError:
        return shown_text(text)
