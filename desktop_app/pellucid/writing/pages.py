"""What a language model wrote as a page: claims under their headings, with no part left thin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.facts.types import Fact
from pellucid.writing.choosing import Facts, Part, heading_of, headings, part_of, target_of
from pellucid.writing.drafts import Draft
from pellucid.writing.providers.types import Provider
from pellucid.writing.templates import Slot, fill, parse, slots_in
from pellucid.writing.types import Claim, Prompt, Rejection, Sent, Words
from pellucid.writing.written import find_written, with_prompts

_NAMES = frozenset({"subject", "outcome"})
"""Slots that say what a claim is about and nothing of it."""
_FEWEST = 3
"""Claims under which a part that a model wrote is thin."""


@dataclass(slots=True)
class Desk:
    """What has come together so far, part by part."""

    facts: Facts
    provider: Provider
    run: Run
    language: str
    audience: str
    budget: int
    kept: list[Draft] = field(default_factory=list)
    apart: list[Draft] = field(default_factory=list)
    own: set[str] = field(default_factory=set)
    """What the model itself wrote and may be shown; the rest of `kept` stands in for what may not.
    """
    rejected: list[Rejection] = field(default_factory=list)
    prompts: list[Prompt] = field(default_factory=list)
    sent: int = 0
    answers: int = 0
    strayed: int = 0
    """Answers in a row that were cut, since they could no longer be read."""
    failure: UserError | None = None

    @property
    def is_held(self) -> bool:
        """Whether the model, as one of this process, is held to the grammar of claims."""
        return not self.provider.destination


def unique(drafts: Iterable[Draft]) -> list[Draft]:
    """Return the drafts without those that repeat another, in order."""
    return list({draft.text: draft for draft in drafts}.values())


def without_repeats(drafts: Iterable[Draft]) -> list[Draft]:
    """Return the drafts without those that say again, in other words, what earlier ones said.

    A draft does so whose every slot one of those has, or whose facts they told in whole sentences.
    """
    told: dict[str, set[str]] = {}
    kept = []
    for draft in drafts:
        slots = slots_in(parse(draft.text))
        if not slots or not all(_is_told(slot, told) for slot in slots):
            kept.append(draft)
        for slot in slots:
            told.setdefault(slot.alias, set()).add(slot.name)
    return kept


def _is_told(slot: Slot, told: Mapping[str, set[str]]) -> bool:
    names = told.get(slot.alias, set())
    return bool(names) and (slot.name in _NAMES or slot.name in names or "sentence" in names)


def aliases_in(draft: Draft) -> tuple[str, ...]:
    """Return the facts that a draft that holds speaks of: those of its slots, or all it cites."""
    used = tuple(dict.fromkeys(slot.alias for slot in slots_in(parse(draft.text))))
    return used or draft.facts


def page(desk: Desk, plain: Words) -> Words:
    """Put the page together: what was written, and the built-in writer's where that left gaps.

    The built-in writer's page it is where nothing that the model wrote can be shown.
    """
    if not desk.own:
        rejected = tuple(dict.fromkeys([*desk.rejected, Rejection("", _nothing(desk))]))
        return replace(plain, rejected=rejected, sent=Sent(desk.sent, desk.provider.destination))
    target = target_of(desk.facts.values())
    claims = [_claim(desk, draft, target) for draft in without_repeats(unique(desk.kept))]
    claims += _filled_in(claims, plain, desk.facts.values())
    order = {name: place for place, name in enumerate(headings(target))}
    claims.sort(key=lambda claim: order.get(claim.section, len(order)))
    apart = tuple(
        _claim(desk, draft, target, checked=False)
        for draft in unique(desk.apart)
        if draft.text not in {kept.text for kept in desk.kept}
    )
    cited = {name for claim in (*claims, *apart) for name in claim.facts}
    told, prompts = with_prompts((*claims, *apart), desk.prompts)
    return Words(
        writer=desk.provider.name,
        model=desk.provider.model,
        title=plain.title,
        claims=told[: len(claims)],
        facts={fact.id: fact for fact in desk.facts.values() if fact.id in cited},
        rejected=tuple(dict.fromkeys(desk.rejected)),
        interpretation=told[len(claims) :],
        sent=Sent(desk.sent, desk.provider.destination),
        prompts=prompts,
    )


def _nothing(desk: Desk) -> str:
    """Say why nothing of what a model answered can be shown."""
    if any(item.text for item in desk.rejected):
        return "No sentence of the language model was carried by the facts"
    return "The language model gave no answer that can be read as sentences on facts"


def _claim(desk: Desk, draft: Draft, target: str, checked: bool = True) -> Claim:
    aliases = aliases_in(draft)
    found = [desk.facts[alias] for alias in aliases]
    text = " ".join(fill(_in_one_line(draft.text), desk.facts).split())
    ids = tuple(dict.fromkeys(fact.id for fact in found))
    is_own = draft.text in desk.own
    written = find_written(draft, desk.prompts) if is_own else None
    return Claim(text, ids, heading_of(found, target), checked, is_own, written)


def _in_one_line(text: str) -> str:
    """Turn the lines of a list into sentences."""
    lines = [line.strip().removeprefix("- ").removeprefix("• ") for line in text.splitlines()]
    ends = (".", ":", ";", ".sentence}}")
    lines = [line if line.endswith(ends) else f"{line}." for line in lines if line]
    return " ".join(lines)


def _filled_in(claims: Sequence[Claim], plain: Words, facts: Iterable[Fact]) -> list[Claim]:
    """Return what the built-in writer says where a part is thin, and every caution left out."""
    parts: Mapping[str, Part] = {fact.id: part_of(fact) for fact in facts}
    written = Counter(part for claim in claims for part in {parts[name] for name in claim.facts})
    wanted = Counter(parts[claim.facts[0]] for claim in plain.claims)
    told = {name for claim in claims for name in claim.facts}

    def is_thin(part: Part) -> bool:
        return written[part] < min(_FEWEST, wanted[part])

    return [
        claim
        for claim in plain.claims
        if not told & set(claim.facts)
        and (is_thin(parts[claim.facts[0]]) or claim.section == headings("")[-1])
    ]
