"""`explain --reasons`: a language model's own reasons, and whether they follow the evidence."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pellucid.cli.console import Console
from pellucid.cli.documents import Document, facts_document
from pellucid.cli.writing import sent_words, tell_payload, writing_of
from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.core.values import to_json
from pellucid.engine.masks import masked_columns
from pellucid.engine.own_reasons import check_reasons, reasons_payloads
from pellucid.facts.types import Fact
from pellucid.models.black_box.files import is_black_box
from pellucid.writing.own_reasons.types import Reason, Reasons
from pellucid.writing.own_reasons.words import (
    LIMITS,
    TITLES,
    WAY_WORDS,
    author_line,
    disagreement,
    figures,
    verdict_sentence,
)
from pellucid.writing.select import sentence

if TYPE_CHECKING:
    from pellucid.data.table import Table

_ABOUT_TEXTS = ("text", "column", "method", "granularity", "label", "against")
_WITH_REASONS = ("llm", "send_to", "show_payload", "mask", "unmask", "most_tokens", "most_seconds",
                 "download")  # fmt: skip


def check_arguments(arguments: argparse.Namespace) -> None:
    """Raise `UserError` for options about a language model that do not go together."""
    if not arguments.reasons:
        if arguments.writer != "builtin" or any(getattr(arguments, n) for n in _WITH_REASONS):
            raise UserError(
                "Explanations are computed, and no language model takes part in them",
                "Add --reasons to have one give its own reasons for the prediction of a row.",
            )
        return
    if arguments.row is None:
        raise UserError(
            "--reasons are given for the prediction of one row",
            "Give a row with them: --row 3 --data FILE.",
        )
    if any(getattr(arguments, name) is not None for name in _ABOUT_TEXTS):
        raise UserError(
            "--reasons are given for a row and its columns, not for a text",
            "Leave the options about a text away.",
        )
    check_reasons(writing_of(arguments))
    if arguments.term is not None:
        raise UserError(
            "--reasons are given for a prediction as a whole, not for one of its terms",
            "Leave --term away.",
        )
    if is_black_box(arguments.model):
        raise UserError(
            "A transformer's prediction is no sum, so there are no contributions that reasons "
            "could rest on",
            "Fit a model with terms: pellucid fit FILE --target COL -o MODEL.",
        )


def show_payload(
    facts: Sequence[Fact], table: Table, arguments: argparse.Namespace, console: Console, run: Run
) -> int:
    """Show exactly what would be sent to ask for reasons, and send nothing."""
    writing = writing_of(arguments)
    shown = reasons_payloads(facts, table, writing, run)
    masked = masked_columns(table, writing.masks, run) if shown else ()
    console.clear_progress()
    tell_payload(shown, writing, masked, console)
    return 0


def reasons_document(found: Reasons) -> Document:
    """Give the reasons, what was rejected, and what came of the test."""
    test = found.fidelity
    return {
        "writer": found.writer,
        "model": found.model,
        "outcome": found.outcome,
        "reasons": [
            {
                "fact": one.fact, "about": one.about, "way": one.way, "evidence": one.evidence,
                "agrees": one.agrees, "text": one.text, "facts": list(one.facts),
                "checked": one.checked,
            }
            for one in found.reasons
        ],
        "rejected": to_json(found.rejected),
        "facts": facts_document(found.facts),
        "test": {
            "verdict": test.verdict, "text": verdict_sentence(test), "asked": test.asked,
            "followed": test.followed, "low": test.low, "high": test.high,
            "interval": "Wilson, 95%", "kept": test.kept, "changes": test.changes,
            "untouched": test.untouched,
            "held": test.held, "told": test.told, "agreed": test.agreed,
            "same_twice": test.is_stable, "largest_first": list(test.leads),
            "answers": test.answers, "planned": test.planned, "without_reasons": test.unread,
            "cut": test.is_cut,
        },
        "notes": list(found.notes),
        "sent": to_json(found.sent),
    }  # fmt: skip


def tell_reasons(found: Reasons, console: Console) -> None:
    """Write the reasons in their order, what was left out, and the verdict with its figures."""
    console.heading(f"Reasons by the language model {found.model}")
    for place, one in enumerate(found.reasons, start=1):
        if place > 1:
            console.line()
        _tell_reason(place, one, found.outcome, console)
    if not found.reasons:
        console.paragraph("None of what it answered can be shown.")
    if found.rejected:
        console.heading("Left out of what it answered")
        for left in found.rejected:
            quoted = f"“{left.text}” " if left.text else ""
            console.item(f"{quoted}{sentence(left.reason)}")
    console.heading(TITLES[found.fidelity.verdict])
    console.paragraph(verdict_sentence(found.fidelity))
    for note in found.notes:
        console.paragraph(note)
    console.line()
    for name, value in figures(found.fidelity):
        console.item(f"{name}: {value}")
    if found.fidelity.asked:
        console.line()
        console.paragraph(LIMITS)
    console.line()
    console.paragraph(f"{author_line(found)} {sent_words(found.sent)}")


def _tell_reason(place: int, one: Reason, outcome: str, console: Console) -> None:
    console.paragraph(f"{place}. {one.about} is said to {WAY_WORDS[one.way]} {outcome}.")
    flag = disagreement(one, outcome)
    if flag:
        console.paragraph(f"!! {flag}", "   ")
    how = "Checked" if one.checked else "Its own words, not checked"
    console.paragraph(f"{how}: {one.text}", "   ")
