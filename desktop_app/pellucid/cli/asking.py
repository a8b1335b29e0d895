"""`ask`: questions in plain English, answered from facts, with the plan that was run."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from pellucid.cli.console import Console
from pellucid.cli.documents import answer_document
from pellucid.cli.fitting import options_of
from pellucid.cli.reporting import refuse_unserved
from pellucid.cli.tables import read_table
from pellucid.core.errors import UserError
from pellucid.core.numbers import count, plural
from pellucid.core.run import Run

if TYPE_CHECKING:
    from pellucid.writing.questions.types import Answer


def ask_question(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    """Answer one question, or several that may lean on each other."""
    from pellucid.data.documents import read_document
    from pellucid.engine.asking import Asking, answer
    from pellucid.engine.documents import Context
    from pellucid.engine.loading import load_any

    refuse_unserved(arguments)
    plan = _plan(arguments)
    with read_table(arguments.file, console, run) as table:
        fit = load_any(arguments.model) if arguments.model is not None else None
        options = options_of(arguments, run.seed) if arguments.target else None
        context = Context(tuple(read_document(path) for path in arguments.context))
        asking = Asking(table, fit, arguments.target or "", options, context)
        answers: list[Answer] = []
        for question in arguments.question:
            last = answers[-1].conversation if answers else None
            answers.append(answer(asking, question, run, before=last, plan=plan))
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
    rows = f" {plural(answer.rows, 'row')} took part." if answer.rows is not None else ""
    facts = len(answer.words.facts)
    console.paragraph(
        f"From {count(facts)} {'fact' if facts == 1 else 'facts'}, without a language model.{rows}"
    )
    console.line()
