"""Questions with a language model: it maps them to plans and words the answers, both checked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.engine.asking import Asking, answer, run_plan
from pellucid.engine.masks import masked_columns
from pellucid.engine.writers import (
    Outlet,
    check_writing,
    looked_at,
    outlet_for,
    payloads_of,
    write_as,
)
from pellucid.facts.types import Fact
from pellucid.writing.orders import Writing
from pellucid.writing.providers.types import Provider
from pellucid.writing.questions.by_model import plan_by_model, plan_request
from pellucid.writing.questions.lexicon import Lexicon
from pellucid.writing.questions.matching import match
from pellucid.writing.questions.plans import plan_from_json
from pellucid.writing.questions.types import Answer, Conversation, Plan
from pellucid.writing.types import Sent, Words


def answer_with(
    asking: Asking,
    writing: Writing,
    question: str,
    run: Run,
    *,
    before: Conversation | None = None,
    plan: Any = None,
) -> Answer:
    """Answer a question with the writer that was asked for.

    A language model gets the question with the names and levels of columns that are not masked, and
    then the answer's facts, never a row. Its plan is checked (`questions.by_model`), and each of
    its claims is held to the facts; facts that it leaves out are told by the built-in ones. Until
    it has written, the answer in built-in words is published as "answer". Raises `UserError` where
    the writer cannot be had, or may not be sent to; nothing was sent then.
    """
    check_writing(writing, asking.table, run)
    if writing.is_builtin:
        return answer(asking, question, run, before=before, plan=plan)
    outlet = outlet_for(writing, asking.table, (), run, "question")
    chosen = _plan(asking, writing, outlet, question, run, before, plan)
    try:
        found = run_plan(asking, chosen, run, before)
    except UserError as error:
        instead = match(question, asking.lexicon(), before)
        if plan is not None or instead.actions in ((), chosen.actions):
            raise
        note = f"The language model's plan could not be run ({error.message}); the question was "
        chosen = replace(instead, notes=(*instead.notes, f"{note}read without it."))
        found = run_plan(asking, chosen, run, before)
    if not found.words.claims:
        return replace(found, words=replace(found.words, sent=outlet.sent))
    run.publish("answer", found)
    facts = tuple(found.words.facts.values())
    words = write_as(writing, asking.table, facts, chosen.question, run)
    words = _completed(words, found.words)
    host = words.sent.destination or outlet.sent.destination
    sent = Sent(words.sent.bytes + outlet.sent_bytes, host)
    return replace(found, words=replace(words, sent=sent))


def question_payloads(
    asking: Asking,
    writing: Writing,
    question: str,
    run: Run,
    *,
    before: Conversation | None = None,
    plan: Any = None,
) -> tuple[tuple[bytes, ...], Answer]:
    """Return the exact bodies that would be sent for a question; nothing is sent.

    First the question, unless its `plan` is given, then the facts of the answer by the plan that
    the words of the question give: a model may make another one. The answer is for the next
    question to lean on.
    """
    told = _tellable(asking.lexicon(), masked_columns(asking.table, writing.masks, run))

    def ask_for_plan(provider: Provider, _: tuple[Fact, ...]) -> None:
        for _piece in provider.stream(plan_request(question, told, before), run):
            pass

    first = looked_at(writing, asking.table, (), run, ask_for_plan) if plan is None else ()
    found = answer(asking, question, run, before=before, plan=plan)
    facts = tuple(found.words.facts.values())
    rest = payloads_of(writing, asking.table, facts, found.plan.question, run) if facts else ()
    return (*first, *rest), found


def _completed(words: Words, plain: Words) -> Words:
    """Return what a model wrote, with the built-in claims on facts that it left out.

    Of its claims those are kept that do not merely repeat a part of such a claim.
    """
    told = {fact for claim in words.claims for fact in claim.facts}
    missing = [claim for claim in plain.claims if not set(claim.facts) <= told]
    again = {fact for claim in missing for fact in claim.facts}
    own = [claim for claim in words.claims if not set(claim.facts) <= again]
    return replace(words, claims=(*own, *missing), facts={**plain.facts, **words.facts})


def _plan(
    asking: Asking,
    writing: Writing,
    outlet: Outlet,
    question: str,
    run: Run,
    before: Conversation | None,
    plan: Any,
) -> Plan:
    """Return the plan: the one that was edited, the language model's, or that of the words."""
    lexicon = asking.lexicon()
    if plan is not None:
        return plan_from_json(plan, lexicon, question)
    told = _tellable(lexicon, masked_columns(asking.table, writing.masks, run))
    try:
        chosen = plan_by_model(question, told, outlet.provider, run, before)
    except UserError as error:
        if not outlet.sent_bytes:
            raise
        plain = match(question, lexicon, before)
        note = f"{error.message}; the question was read without the language model."
        return replace(plain, notes=(*plain.notes, note))
    if chosen.refusal:
        # What the model was not told of, the words of the question may still name; and if not, they
        # tell better why there is no answer.
        return match(question, lexicon, before)
    return chosen


def _tellable(lexicon: Lexicon, masked: tuple[str, ...]) -> Lexicon:
    """Return the words of a table without the columns that are masked."""
    kept = tuple(column for column in lexicon.columns if column.name not in masked)
    return replace(lexicon, columns=kept)
