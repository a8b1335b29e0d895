"""The write-up by a language model: drafted part by part, checked, repaired once, made whole.

The model is told facts, never rows. What it hands in is shown as checked where the checker says so;
what goes beyond its facts stands apart; what does not hold is replaced by the facts' own sentences,
and where a part yields nothing, by the built-in writer's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.facts.slots import one_line
from pellucid.facts.types import Fact
from pellucid.writing import builtin
from pellucid.writing.checking import check_claim, without_tail
from pellucid.writing.choosing import (
    PARTS,
    Facts,
    Part,
    batches,
    shortlist,
    with_aliases,
)
from pellucid.writing.drafts import Draft, Verdict
from pellucid.writing.grammars import answer_grammar
from pellucid.writing.pages import Desk, aliases_in, page, unique
from pellucid.writing.prompts import (
    HELD_SYSTEM,
    SYSTEM,
    VOCABULARY_SHARE,
    answer_schema,
    drafting,
    held_drafting,
    merging,
    repairing,
    tokens_of,
)
from pellucid.writing.providers.types import Message, Provider, Request, patience
from pellucid.writing.reasons import plain_reason, shown_text
from pellucid.writing.replies import MOST_CHARACTERS, Reply, is_hopeless, read_reply
from pellucid.writing.templates import TemplateError, fill
from pellucid.writing.types import Rejection, Words
from pellucid.writing.written import prompt_of

BUDGET = 6_000
_ANSWER_SHARE = 0.3
_LEAST_ANSWER, _MOST_ANSWER = 300, 3_000
_LEAST_FACTS = 150
_TASK_TOKENS = 120
_MOST_BATCHES = 3
_MOST_CLAIMS = 14
_MOST_SHOWN = 500
_MOST_STRAYED = 2
_LOOK_EVERY = 400


def write_with(
    facts: Iterable[Fact],
    provider: Provider,
    run: Run,
    *,
    title: str = "",
    audience: str = "a reader without training in statistics",
    language: str = "en",
    budget_tokens: int = BUDGET,
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
    desk = Desk(with_aliases(known), provider, run, language, audience, budget_tokens)
    for place, part in enumerate(PARTS):
        run.progress("Writing", place, len(PARTS))
        run.check()
        _write_part(desk, part)
    if desk.answers == 0 and desk.failure is not None:
        raise desk.failure
    return page(desk, plain)


def _write_part(desk: Desk, part: Part) -> None:
    """Draft a part batch by batch, then join what came of it.

    A model that is held to the grammar writes one fact a claim, so there is nothing to join.
    """
    drafted: list[Draft] = []
    room = _room(desk)
    for batch in _batches(desk, part, room):
        ask = held_drafting if desk.is_held else drafting
        messages = ask(
            batch,
            about=part.about,
            audience=desk.audience,
            language=desk.language,
            budget=desk.budget,
        )
        drafted += _drafted(desk, messages, batch)
    if len(drafted) > 1 and not desk.is_held:
        drafted = _joined(desk, drafted)
    desk.kept += drafted


def _batches(desk: Desk, part: Part, room: int) -> Iterable[Facts]:
    if not desk.is_held:
        return batches(desk.facts, part, room, _MOST_BATCHES)
    chosen = shortlist(desk.facts, part, room)
    return [chosen] if chosen else []


def _room(desk: Desk) -> int:
    """Return the tokens that lines of facts may take: what rules and answer leave of the budget."""
    words = VOCABULARY_SHARE * desk.budget
    rules = HELD_SYSTEM if desk.is_held else SYSTEM
    asked = tokens_of(rules) + round(words) + _TASK_TOKENS
    return max(_LEAST_FACTS, desk.budget - asked - _answer_tokens(desk))


def _answer_tokens(desk: Desk) -> int:
    return max(_LEAST_ANSWER, min(_MOST_ANSWER, round(desk.budget * _ANSWER_SHARE)))


def _drafted(desk: Desk, messages: tuple[Message, ...], batch: Facts) -> list[Draft]:
    """Return the claims on a batch that hold, after one round of repair; the rest is put aside."""
    answer = _asked(desk, messages, batch)
    reply = read_reply(answer)
    good, failed = _sorted(desk, reply)
    if failed:
        again = read_reply(_repair(desk, messages, batch, failed, answer))
        better, still = _sorted(desk, Reply(again.claims))
        good += better
        mended = {alias for draft in good for alias in aliases_in(draft)}
        good += _replaced(desk, [*failed, *still], mended)
    return unique(good)


def _repair(
    desk: Desk,
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


def _sorted(desk: Desk, reply: Reply) -> tuple[list[Draft], list[tuple[Draft, Verdict]]]:
    """Part claims into those that hold and those that do not; interpretation goes to its place.

    So does a remark behind a claim that holds without it.
    """
    good: list[Draft] = []
    failed: list[tuple[Draft, Verdict]] = []
    for draft in reply.claims:
        verdict = check_claim(draft, desk.facts, desk.language)
        if verdict.status == "rejected":
            failed.append((draft, verdict))
            continue
        held, apart = _parted(desk, draft, verdict)
        good += held
        desk.apart += apart
        desk.own.update(part.text for part in (*held, *apart))
    for draft in reply.surprises:
        verdict = check_claim(draft, desk.facts, desk.language)
        if verdict.status == "rejected":
            desk.rejected.append(_rejection(desk, draft, verdict))
        else:
            desk.apart.append(draft)
            desk.own.add(draft.text)
    return good, failed


def _parted(desk: Desk, draft: Draft, verdict: Verdict) -> tuple[list[Draft], list[Draft]]:
    """Return what of a draft that was not rejected is checked, and what is interpretation."""
    if verdict.status == "checked":
        return [draft], []
    parted = without_tail(draft, desk.facts, desk.language)
    return ([parted[0]], [parted[1]]) if parted else ([], [draft])


def _replaced(
    desk: Desk, failed: Sequence[tuple[Draft, Verdict]], mended: set[str]
) -> Iterator[Draft]:
    """List what was rejected, and yield the sentences of the facts that it was about."""
    for draft, verdict in failed:
        desk.rejected.append(_rejection(desk, draft, verdict))
        for alias in draft.facts:
            if alias in desk.facts and alias not in mended:
                mended.add(alias)
                yield Draft(f"{{{{{alias}.sentence}}}}", (alias,))


def _joined(desk: Desk, drafts: list[Draft]) -> list[Draft]:
    """Ask to join and shorten claims; those whose facts the result leaves out are kept."""
    cited = {alias: desk.facts[alias] for draft in drafts for alias in draft.facts}
    messages = merging(drafts, cited, most=_MOST_CLAIMS, language=desk.language, budget=desk.budget)
    asked = sum(tokens_of(message.content) for message in messages)
    if asked + _answer_tokens(desk) > desk.budget:
        return drafts
    reply = read_reply(_asked(desk, messages, cited))
    good, _ = _sorted(desk, Reply(reply.claims))
    told = {alias for draft in good for alias in aliases_in(draft)}
    if not told:
        return drafts
    return unique([*good, *(draft for draft in drafts if not set(aliases_in(draft)) <= told)])


def _asked(desk: Desk, messages: tuple[Message, ...], batch: Facts) -> str:
    """Return an answer, cut where it can no longer be read; empty where none came.

    After answers in a row that could not be read, the model is asked no more.
    """
    desk.run.check()
    if desk.strayed >= _MOST_STRAYED:
        return ""
    request = Request(
        messages,
        schema=answer_schema(batch),
        grammar=answer_grammar(batch, desk.language),
        max_tokens=_answer_tokens(desk),
        timeout_s=patience(desk.provider.destination),
    )
    if desk.provider.destination:
        desk.sent += sum(len(message.content.encode()) for message in messages)
    pieces: list[str] = []
    size = seen = 0
    most = min(MOST_CHARACTERS, 12 * request.max_tokens)
    stream = desk.provider.stream(request, desk.run)
    try:
        for piece in stream:
            desk.run.check()
            pieces.append(piece)
            size += max(1, len(piece))
            if size - seen > _LOOK_EVERY:
                seen = size
                if size > most or is_hopeless("".join(pieces)):
                    desk.strayed += 1
                    break
        else:
            desk.strayed = 0
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
    answer = "".join(pieces)
    if not desk.provider.destination:
        desk.prompts.append(prompt_of(request, batch, answer))
    return answer


def _rejection(desk: Desk, draft: Draft, verdict: Verdict) -> Rejection:
    try:
        text = fill(draft.text, desk.facts)
    except TemplateError:
        text = draft.text
    shown = shown_text(one_line(text))[:_MOST_SHOWN]
    return Rejection(shown, plain_reason("; ".join(verdict.reasons)))
