"""The write-up by a language model: drafted part by part, checked, repaired once, made whole.

The model is told facts, never rows. What it hands in is shown as checked where the checker says so;
what goes beyond its facts stands apart; what does not hold is replaced by the facts' own sentences,
and where a part yields nothing, by the built-in writer's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.facts.slots import one_line
from pellucid.facts.types import Fact
from pellucid.writing import builtin
from pellucid.writing.checking import check_claim
from pellucid.writing.choosing import (
    PARTS,
    Facts,
    Part,
    batches,
    heading_of,
    headings,
    part_of,
    target_of,
    with_aliases,
)
from pellucid.writing.drafts import Draft, Verdict
from pellucid.writing.grammars import answer_grammar
from pellucid.writing.prompts import (
    SYSTEM,
    VOCABULARY_SHARE,
    answer_schema,
    drafting,
    merging,
    repairing,
    tokens_of,
)
from pellucid.writing.providers.types import Message, Provider, Request
from pellucid.writing.replies import MOST_CHARACTERS, Reply, read_reply
from pellucid.writing.templates import TemplateError, fill, parse, slots_in
from pellucid.writing.types import Claim, Rejection, Sent, Words

_ANSWER_SHARE = 0.3
_LEAST_ANSWER, _MOST_ANSWER = 300, 3_000
_LEAST_FACTS = 150
_TASK_TOKENS = 120
_MOST_BATCHES = 3
_MOST_CLAIMS = 14
_MOST_SHOWN = 500


@dataclass(slots=True)
class _Desk:
    """What has come together so far, part by part."""

    facts: Facts
    provider: Provider
    run: Run
    language: str
    audience: str
    budget: int
    kept: list[Draft] = field(default_factory=list)
    apart: list[Draft] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    sent: int = 0
    answers: int = 0
    failure: UserError | None = None


def write_with(
    facts: Iterable[Fact],
    provider: Provider,
    run: Run,
    *,
    title: str = "",
    audience: str = "a reader without training in statistics",
    language: str = "en",
    budget_tokens: int = 6_000,
) -> Words:
    """Write up `facts` with a language model; an empty `title` is replaced by the main finding.

    Args:
        facts: All that may be told, in any order.
        provider: Who is asked; every answer ends in a whole page, whatever it holds.
        run: Reports the part that is being written, and stops between answers.
        audience: For whom it is written, in words.
        language: The code of the language; in those without plain words the model only arranges
            whole sentences of facts.
        budget_tokens: What one request and its answer may take together, estimated from above.

    Raises `UserError` where the provider answers nothing at all, with its own reason.
    """
    known = tuple(facts)
    plain = builtin.write(known, title=title)
    desk = _Desk(with_aliases(known), provider, run, language, audience, budget_tokens)
    for place, part in enumerate(PARTS):
        run.progress("Writing", place, len(PARTS))
        run.check()
        _write_part(desk, part)
    if desk.answers == 0 and desk.failure is not None:
        raise desk.failure
    return _words(desk, plain)


def _write_part(desk: _Desk, part: Part) -> None:
    """Draft a part batch by batch, then join what came of it."""
    drafted: list[Draft] = []
    room = _room(desk)
    for batch in batches(desk.facts, part, room, _MOST_BATCHES):
        messages = drafting(
            batch,
            about=part.about,
            audience=desk.audience,
            language=desk.language,
            budget=desk.budget,
        )
        drafted += _drafted(desk, messages, batch)
    if len(drafted) > 1:
        drafted = _joined(desk, drafted)
    desk.kept += drafted


def _room(desk: _Desk) -> int:
    """Return the tokens that lines of facts may take: what rules and answer leave of the budget."""
    asked = tokens_of(SYSTEM) + round(VOCABULARY_SHARE * desk.budget) + _TASK_TOKENS
    return max(_LEAST_FACTS, desk.budget - asked - _answer_tokens(desk))


def _answer_tokens(desk: _Desk) -> int:
    return max(_LEAST_ANSWER, min(_MOST_ANSWER, round(desk.budget * _ANSWER_SHARE)))


def _drafted(desk: _Desk, messages: tuple[Message, ...], batch: Facts) -> list[Draft]:
    """Return the claims on a batch that hold, after one round of repair; the rest is put aside."""
    answer = _asked(desk, messages, batch)
    reply = read_reply(answer)
    good, failed = _sorted(desk, reply)
    if failed:
        again = read_reply(_repair(desk, messages, batch, failed, answer))
        better, still = _sorted(desk, Reply(again.claims))
        good += better
        mended = {alias for draft in better for alias in draft.facts}
        good += _replaced(desk, [*failed, *still], mended)
    return _unique(good)


def _repair(
    desk: _Desk,
    messages: tuple[Message, ...],
    batch: Facts,
    failed: Sequence[tuple[Draft, Verdict]],
    answer: str,
) -> str:
    """Ask again for claims that failed, as many of them as fit the budget; "" where none does."""
    for most in range(len(failed), 0, -1):
        reasons = [(draft, verdict.reasons) for draft, verdict in failed[:most]]
        task = repairing(messages, reasons, answer[: 4 * desk.budget // 10])
        asked = sum(tokens_of(message.content) for message in task)
        if asked + _answer_tokens(desk) <= desk.budget:
            return _asked(desk, task, batch)
    return ""


def _sorted(desk: _Desk, reply: Reply) -> tuple[list[Draft], list[tuple[Draft, Verdict]]]:
    """Part claims into those that hold and those that do not; interpretation goes to its place."""
    good: list[Draft] = []
    failed: list[tuple[Draft, Verdict]] = []
    for draft in reply.claims:
        verdict = check_claim(draft, desk.facts, desk.language)
        if verdict.status == "checked":
            good.append(draft)
        elif verdict.status == "interpretation":
            desk.apart.append(draft)
        else:
            failed.append((draft, verdict))
    for draft in reply.surprises:
        verdict = check_claim(draft, desk.facts, desk.language)
        if verdict.status == "rejected":
            desk.rejected.append(_rejection(desk, draft, verdict))
        else:
            desk.apart.append(draft)
    return good, failed


def _replaced(
    desk: _Desk, failed: Sequence[tuple[Draft, Verdict]], mended: set[str]
) -> Iterator[Draft]:
    """List what was rejected, and yield the sentences of the facts that it was about."""
    for draft, verdict in failed:
        desk.rejected.append(_rejection(desk, draft, verdict))
        for alias in draft.facts:
            if alias in desk.facts and alias not in mended:
                mended.add(alias)
                yield Draft(f"{{{{{alias}.sentence}}}}", (alias,))


def _joined(desk: _Desk, drafts: list[Draft]) -> list[Draft]:
    """Ask to join and shorten claims; those whose facts the result leaves out are kept."""
    cited = {alias: desk.facts[alias] for draft in drafts for alias in draft.facts}
    messages = merging(drafts, cited, most=_MOST_CLAIMS, language=desk.language, budget=desk.budget)
    asked = sum(tokens_of(message.content) for message in messages)
    if asked + _answer_tokens(desk) > desk.budget:
        return drafts
    reply = read_reply(_asked(desk, messages, cited))
    good, _ = _sorted(desk, Reply(reply.claims))
    told = {alias for draft in good for alias in _aliases(draft)}
    if not told:
        return drafts
    return _unique([*good, *(draft for draft in drafts if not set(_aliases(draft)) <= told)])


def _asked(desk: _Desk, messages: tuple[Message, ...], batch: Facts) -> str:
    """Return an answer, cut at what an answer may hold; empty where none came."""
    desk.run.check()
    request = Request(
        messages,
        schema=answer_schema(batch),
        grammar=answer_grammar(batch, desk.language),
        max_tokens=_answer_tokens(desk),
    )
    if desk.provider.destination:
        desk.sent += sum(len(message.content.encode()) for message in messages)
    pieces: list[str] = []
    size = 0
    most = min(MOST_CHARACTERS, 12 * request.max_tokens)
    stream = desk.provider.stream(request, desk.run)
    try:
        for piece in stream:
            desk.run.check()
            pieces.append(piece)
            size += max(1, len(piece))
            if size > most:
                break
        desk.answers += 1
    except UserError as error:
        desk.failure = desk.failure or error
        desk.answers += bool(pieces)
        desk.rejected.append(Rejection("", error.message))
    finally:
        close = getattr(stream, "close", None)
        if close is not None:
            with suppress(UserError):
                close()
    return "".join(pieces)


def _unique(drafts: Iterable[Draft]) -> list[Draft]:
    return list({draft.text: draft for draft in drafts}.values())


def _aliases(draft: Draft) -> tuple[str, ...]:
    """Return the facts that a draft that holds speaks of: those of its slots, or all it cites."""
    used = tuple(dict.fromkeys(slot.alias for slot in slots_in(parse(draft.text))))
    return used or draft.facts


def _rejection(desk: _Desk, draft: Draft, verdict: Verdict) -> Rejection:
    try:
        text = fill(draft.text, desk.facts)
    except TemplateError:
        text = draft.text
    return Rejection(one_line(text)[:_MOST_SHOWN], "; ".join(verdict.reasons))


def _words(desk: _Desk, plain: Words) -> Words:
    """Put the page together: what was written, and the built-in writer's where that left gaps."""
    target = target_of(desk.facts.values())
    claims = [_claim(desk, draft, target) for draft in _unique(desk.kept)]
    claims += _filled_in(claims, plain, desk.facts.values())
    order = {name: place for place, name in enumerate(headings(target))}
    claims.sort(key=lambda claim: order.get(claim.section, len(order)))
    apart = tuple(
        _claim(desk, draft, target, checked=False)
        for draft in _unique(desk.apart)
        if draft.text not in {kept.text for kept in desk.kept}
    )
    cited = {name for claim in (*claims, *apart) for name in claim.facts}
    return Words(
        writer=desk.provider.name,
        model=desk.provider.model,
        title=plain.title,
        claims=tuple(claims),
        facts={fact.id: fact for fact in desk.facts.values() if fact.id in cited},
        rejected=tuple(dict.fromkeys(desk.rejected)),
        interpretation=apart,
        sent=Sent(desk.sent, desk.provider.destination),
    )


def _claim(desk: _Desk, draft: Draft, target: str, checked: bool = True) -> Claim:
    aliases = _aliases(draft)
    found = [desk.facts[alias] for alias in aliases]
    text = " ".join(fill(_in_one_line(draft.text), desk.facts).split())
    ids = tuple(dict.fromkeys(fact.id for fact in found))
    return Claim(text, ids, heading_of(found, target), checked)


def _in_one_line(text: str) -> str:
    """Turn the lines of a list into sentences."""
    lines = [line.strip().removeprefix("- ").removeprefix("• ") for line in text.splitlines()]
    ends = (".", ":", ";", ".sentence}}")
    lines = [line if line.endswith(ends) else f"{line}." for line in lines if line]
    return " ".join(lines)


def _filled_in(claims: Sequence[Claim], plain: Words, facts: Iterable[Fact]) -> list[Claim]:
    """Return what the built-in writer says where a part is empty, and every caution left out."""
    parts: Mapping[str, Part] = {fact.id: part_of(fact) for fact in facts}
    written = {parts[name] for claim in claims for name in claim.facts}
    told = {name for claim in claims for name in claim.facts}
    return [
        claim
        for claim in plain.claims
        if parts[claim.facts[0]] not in written
        or (claim.section == headings("")[-1] and not told & set(claim.facts))
    ]
