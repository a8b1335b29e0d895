"""`explain`: what a model does, as a whole, term by term, for one row, or for a text."""

from __future__ import annotations

import argparse

import numpy as np

from pellucid.cli.console import Console
from pellucid.cli.documents import (
    predicted_words,
    row_document,
    row_words_document,
)
from pellucid.cli.model_documents import model_document
from pellucid.cli.reasons import (
    check_arguments,
    reasons_document,
    show_payload,
    tell_reasons,
)
from pellucid.cli.tables import read_table
from pellucid.cli.text_telling import explain_a_text, tell_text_term
from pellucid.cli.writing import writing_of
from pellucid.core.errors import UserError
from pellucid.core.numbers import count, interval, listing, number, number_text, signed
from pellucid.core.run import Run
from pellucid.engine.own_reasons import reasons_for
from pellucid.explain.cells import cell_labels
from pellucid.explain.types import LocalExplanation, ModelExplanation, TermExplanation
from pellucid.models.black_box.files import is_black_box
from pellucid.models.types import Task

_LINK_WORDS = {
    "identity": "in the target's own units",
    "log": "in log units of the target",
    "logit": "in log-odds: the logarithm of the odds",
    "softmax": "in log units of each class's share",
    "logits": "in log-odds of each label, whatever the others are",
}

_NOTHING = 1e-12
"""Scores under this share of the start are what adding up leaves over, and are shown as 0."""


def explain(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    """Show the whole model, one term, one row, or one text."""
    if (arguments.row is None) != (arguments.data is None):
        raise UserError("--row and --data belong together", "Give both: --row 3 --data FILE.")
    check_arguments(arguments)
    about_texts = ("text", "column", "method", "granularity", "label", "against")
    is_about_text = any(getattr(arguments, name) is not None for name in about_texts)
    if is_about_text and (arguments.audience or arguments.language):
        raise UserError(
            "A text is shown by its tokens, which have no audience and no language",
            "Leave --audience and --language away, or give a row alone.",
        )
    if is_about_text or (arguments.row is not None and is_black_box(arguments.model)):
        return explain_a_text(arguments, console, run)
    if arguments.row is None and (arguments.audience or arguments.language):
        raise UserError(
            "--audience and --language are for one prediction in words",
            "Give a row with them: --row 3 --data FILE.",
        )
    if arguments.row is not None:
        return _explain_row(arguments, console, run)
    return _explain_model(arguments, console)


def _explain_model(arguments: argparse.Namespace, console: Console) -> int:
    from pellucid.engine.loading import load_readable
    from pellucid.explain.model import explain_model

    fitted = load_readable(arguments.model)
    explanation = explain_model(fitted)
    terms = explanation.terms
    if arguments.term is not None:
        terms = (_term(explanation, arguments.term),)
    console.document(model_document(explanation, terms))
    if arguments.term is not None:
        _tell_term(terms[0], explanation, console)
    else:
        _tell_model(explanation, console)
    return 0


def _term(explanation: ModelExplanation, name: str) -> TermExplanation:
    try:
        return explanation.term(name)
    except KeyError:
        names = listing([term.name for term in explanation.terms], 12)
        raise UserError(f"The model has no term {name}", f"Its terms are {names}.") from None


def _tell_model(explanation: ModelExplanation, console: Console) -> None:
    task = explanation.task
    raised = f", where higher scores mean {task.positive}" if explanation.link == "logit" else ""
    console.line(f"What predicts {task.target}{raised}")
    console.paragraph(f"Scores are {_LINK_WORDS[explanation.link]}; they add up to the prediction.")
    console.line()
    rows = [
        (str(rank), term.name, number(term.importance), *_evidence(term))
        for rank, term in enumerate(explanation.terms, start=1)
    ]
    header = ("", "term", "mean |score|", "matters", "loss without it")
    console.table(header, rows, right=(0, 2))
    for term in explanation.terms:
        if term.kind in ("ngrams", "leaves"):
            console.heading(term.name)
            tell_text_term(term, explanation, console)


def _evidence(term: TermExplanation) -> tuple[str, str]:
    found = term.evidence
    if found is None:
        return ("unknown", "")
    return (
        "yes" if found.matters else "not shown",
        f"{signed(found.rise)} ({interval(found.low, found.high)})",
    )


def _tell_term(term: TermExplanation, explanation: ModelExplanation, console: Console) -> None:
    from pellucid.facts.sentences import term_sentence

    console.paragraph(term_sentence(term, explanation))
    console.line()
    if term.kind in ("ngrams", "leaves"):
        tell_text_term(term, explanation, console)
    if term.kind == "ngrams":
        return
    if len(term.axes) == 2:
        _tell_pair(term, explanation, console)
        return
    labels = cell_labels(term.axes[0])
    order = [*range(1, len(labels)), 0]
    shown = [i for i in order if term.counts[i] > 0]
    for output, name in enumerate(explanation.outputs):
        if len(explanation.outputs) > 1:
            console.heading(name)
        rows = [
            (
                labels[i],
                signed(float(term.scores[i, output])),
                interval(float(term.low[i, output]), float(term.high[i, output])),
                count(round(float(term.counts[i]))),
            )
            for i in shown
        ]
        console.table((term.axes[0].name, "score", "95% interval", "rows"), rows, right=(1, 3))


def _tell_pair(term: TermExplanation, explanation: ModelExplanation, console: Console) -> None:
    """Set out the cells of a pair whose scores are largest, where there are data."""
    first, second = (cell_labels(axis) for axis in term.axes)
    for output, name in enumerate(explanation.outputs):
        if len(explanation.outputs) > 1:
            console.heading(name)
        scores = np.where(term.counts > 0, term.scores[..., output], 0.0)
        largest = np.argsort(-np.abs(scores), axis=None)[:12]
        cells = [np.unravel_index(int(i), scores.shape) for i in largest]
        rows = [
            (
                first[i],
                second[j],
                signed(float(scores[i, j])),
                count(round(float(term.counts[i, j]))),
            )
            for i, j in cells
            if term.counts[i, j] > 0
        ]
        header = (term.axes[0].name, term.axes[1].name, "score", "rows")
        console.table(header, rows, right=(2, 3))


def _explain_row(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    from pellucid.engine.loading import load_readable
    from pellucid.engine.predictions import explain_and_turn
    from pellucid.explain.model import explain_model
    from pellucid.facts.rows import facts_of_row
    from pellucid.writing.row_words import joined, row_claims

    fitted = load_readable(arguments.model)
    model = fitted.model
    with read_table(arguments.data, console, run) as table:
        local, turns, absent = explain_and_turn(model, table, arguments.row)
        facts = facts_of_row(local, explain_model(fitted), turns)
        if arguments.show_payload:
            return show_payload(facts, table, arguments, console, run)
        own = reasons_for(facts, table, writing_of(arguments), run) if arguments.reasons else None
    console.clear_progress()
    if absent:
        console.note(f"the file has no {listing(list(absent), 20)}; treated as missing")
    if arguments.term is not None and arguments.term not in {c.term for c in local.contributions}:
        names = listing([c.term for c in local.contributions], 12)
        raise UserError(f"The model has no term {arguments.term}", f"Its terms are {names}.")
    texts = [term.column for term in model.texts]
    audience, language = arguments.audience or "analyst", arguments.language or "en"
    claims = row_claims(facts, audience, language)
    console.document(
        row_document(local, model.task, texts)
        | {"words": row_words_document(claims, facts, audience, language)}
        | ({"reasons": reasons_document(own)} if own is not None else {})
    )
    _tell_row(local, model.task, arguments, console)
    if arguments.term is None:
        console.line()
        console.paragraph(joined(claims, language))
    for column, told in zip(texts, local.tokens, strict=True):
        if told.tokens and arguments.term in (None, column):
            console.heading(f"{column}, token by token")
            rows = [(token.text, signed(token.score[told.output])) for token in told.tokens]
            console.table(("token", "score"), rows, right=(1,))
    if own is not None:
        tell_reasons(own, console)
    return 0


def _tell_row(
    local: LocalExplanation, task: Task, arguments: argparse.Namespace, console: Console
) -> None:
    where = f"Row {count(arguments.row)} of {arguments.data.name}"
    console.line(f"{where}: {task.target} is predicted {predicted_words(local, task)}")
    if local.actual is not None:
        actual = local.actual if local.label is not None else number_text(local.actual)
        console.line(f"The file says {actual}")
    console.line()
    output = local.output
    shown = [c for c in local.contributions if arguments.term in (None, c.term)]
    rows = [("start, the average row", "", signed(local.intercept[output]))]
    least = _NOTHING * abs(local.intercept[output])
    for item in shown:
        score = item.score[output]
        rows.append((item.term, item.value, signed(score if abs(score) > least else 0.0)))
    rows += [("total", "", signed(local.total[output]))]
    raised = f"score for {local.label}" if len(local.total) > 1 else "score"
    console.table(("term", "value", raised), rows, right=(2,))
