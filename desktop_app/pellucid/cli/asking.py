"""`ask`: questions in plain English, answered from facts, with the plan that was run."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from pellucid.cli.console import Console
from pellucid.cli.documents import answer_document
from pellucid.cli.fitting import options_of
from pellucid.cli.reporting import show_payload
from pellucid.cli.tables import read_table
from pellucid.cli.writing import tell_author, writing_of
from pellucid.core.errors import UserError
from pellucid.core.numbers import plural
from pellucid.core.run import Run

if TYPE_CHECKING:
    from pellucid.writing.questions.types import Answer


def ask_question(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    """Answer one question, or several that may lean on each other."""
    from pellucid.data.documents import read_document
    from pellucid.engine.asking import Asking
    from pellucid.engine.asking_with import answer_with
    from pellucid.engine.documents import Context
    from pellucid.engine.loading import load_any

    writing = writing_of(arguments)
    if arguments.show_payload:
        return show_payload(arguments, console, run)
    plan = _plan(arguments)
    with read_table(arguments.file, console, run) as table:
        fit = load_any(arguments.model) if arguments.model is not None else None
        options = options_of(arguments, run.seed) if arguments.target else None
        context = Context(tuple(read_document(path) for path in arguments.context))
        asking = Asking(table, fit, arguments.target or "", options, context)
        answers: list[Answer] = []
        for question in arguments.question:
            last = answers[-1].conversation if answers else None
            found = answer_with(asking, writing, question, run, before=last, plan=plan)
            answers.append(found)
    console.clear_progress()
    documents = [answer_document(found) for found in answers]
    earlier = {"earlier": documents[:-1]} if len(documents) > 1 else {}
    console.document({**documents[-1], **earlier})
    for found in answers:
        _tell(found, console)
    return 0


def _plan(arguments: argparse.Namespace) -> Any:
    if arguments.plan is None:
        return None
    try:
        found = json.loads(arguments.plan.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UserError(
            f"{arguments.plan.name} is not JSON: {error}", "Give the plan that --json showed."
        ) from error
    return found["plan"] if isinstance(found, dict) and "plan" in found else found


def _tell(answer: Answer, console: Console) -> None:
    plan = answer.plan
    console.line(plan.question or "A plan")
    console.line()
    if plan.refusal:
        console.paragraph(plan.refusal)
        console.line("What could be asked:")
        for other in plan.instead:
            console.item(other)
        console.line()
        return
    console.paragraph(f"Taken to ask: {'; '.join(answer.steps)}.")
    for note in plan.notes:
        console.paragraph(note)
    for claim in answer.words.claims:
        console.line()
        console.paragraph(claim.text)
    console.line()
    if answer.rows is not None:
        console.paragraph(f"{plural(answer.rows, 'row')} took part.")
    for claim in answer.words.interpretation:
        console.paragraph(f"Interpretation, not checked: {claim.text}")
    tell_author(answer.words, console)
    console.line()
