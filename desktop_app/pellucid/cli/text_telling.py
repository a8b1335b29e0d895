"""`explain --text`: a text with its tokens, as a document and for a reader."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from pellucid.cli.console import Console
from pellucid.cli.documents import (
    one_or_all,
    predicted_words,
    prediction_document,
    token_document,
)
from pellucid.cli.tables import read_table
from pellucid.core.errors import UserError
from pellucid.core.numbers import count, interval, listing, number, plural, signed
from pellucid.core.run import Run
from pellucid.core.values import to_json
from pellucid.data.types import Columns
from pellucid.engine.loading import AnyFit, load_any
from pellucid.explain.ngrams import telling_ngrams
from pellucid.explain.tokens.types import (
    METHOD_NAMES,
    Faithfulness,
    NgramScore,
    TokenExplanation,
    TreeWay,
)
from pellucid.explain.types import ModelExplanation, TermExplanation
from pellucid.models.keyword_tree.drawing import edits_words, tree_lines
from pellucid.models.types import Task

_NGRAMS = 10


def explain_a_text(arguments: argparse.Namespace, console: Console, run: Run) -> int:
    """Explain a text that was given, or that of a row; the row's other columns are as they are."""
    from pellucid.engine.texts import column_of, explain_with

    fitted = load_any(arguments.model)
    column = column_of(fitted.model, arguments.column)
    text, others, actual = arguments.text, None, None
    if arguments.row is not None:
        own, others, actual = _row(fitted, column, arguments, console, run)
        text = own if text is None else text
    if text is None:
        raise UserError(
            "There is no text to explain", "Give one with --text, or a row: --row 3 --data FILE."
        )
    told = explain_with(
        fitted,
        text,
        run,
        column=column,
        method=arguments.method,
        granularity=arguments.granularity or "token",
        others=others,
        label=arguments.label,
        contrast=arguments.against,
    )
    console.clear_progress()
    explained = _explained(told, arguments.label)
    document = text_document(told, fitted.model.task, column, explained)
    if arguments.row is not None:
        document |= {"row": arguments.row, "actual": actual}
    console.document(document)
    _tell(told, fitted, (column, explained), console)
    return 0


def _explained(told: TokenExplanation, label: str | None) -> str:
    """Return what higher scores speak for: a class, which may be one that was asked for."""
    if told.contrast is None:
        return told.outputs[told.output]
    if label is None and told.label == told.contrast:
        chances = {k: v for k, v in (told.probabilities or {}).items() if k != told.label}
        return max(chances, key=lambda name: chances[name])
    return label or told.label or told.outputs[told.output]


def _row(
    fitted: AnyFit, column: str, arguments: argparse.Namespace, console: Console, run: Run
) -> tuple[str, Columns, str | None]:
    """Return the text of a row, all the model's columns of it, and what it says of the target."""
    from pellucid.engine.predictions import actual_of, position_of, row_columns

    with read_table(arguments.data, console, run) as table:
        position = position_of(table, arguments.row)
        columns, absent = row_columns(fitted.model, table)
        actual = actual_of(fitted.model, table, position)
    if absent:
        console.note(f"the file has no {listing(list(absent), 20)}; treated as missing")
    one = {name: values[position : position + 1] for name, values in columns.items()}
    return str(one[column][0] or ""), one, actual


def text_document(
    told: TokenExplanation, task: Task, column: str, explained: str
) -> dict[str, Any]:
    """Give a text's tokens with their scores for what is `explained`, and what they are worth."""
    found = told.faithfulness
    return {
        "column": column,
        "method": told.method,
        "granularity": told.granularity,
        "outputs": list(told.outputs),
        "output": told.output,
        "explained": explained,
        "against": told.contrast,
        "prediction": prediction_document(told, task),
        "text": told.text,
        "tokens": [token_document(token) for token in told.tokens],
        "intercept": one_or_all(told.intercept),
        "total": one_or_all(told.total),
        "gap": told.gap,
        "faithfulness": None
        if found is None
        else to_json(found) | {"beats_random": found.beats_random},
        "ngrams": [_ngram(item) for item in told.ngrams],
        "unseen": told.unseen,
        "note": told.note,
        **({} if told.way is None else {"way": way_document(told.way)}),
    }


def way_document(way: TreeWay) -> dict[str, Any]:
    """Give a text's way through a keyword tree: start + the path's scores = total.

    A step's `answer` is whether the text holds any of its keywords; `found` are those it holds.
    """
    return {
        "start": one_or_all(way.start),
        "path": [
            {
                "node": step.node,
                "keywords": list(step.keywords),
                "answer": bool(step.found),
                "found": list(step.found),
                "texts": step.texts,
                "score": one_or_all(step.score),
            }
            for step in way.steps
        ],
        "leaf": {"node": way.leaf, "label": way.label, "score": one_or_all(way.score)},
    }


def _ngram(item: NgramScore) -> dict[str, Any]:
    return {
        "ngram": item.ngram,
        "start": item.start,
        "end": item.end,
        "score": one_or_all(item.score),
        "texts": item.texts,
        "is_unseen": item.is_unseen,
    }


def _tell(told: TokenExplanation, fitted: AnyFit, named: tuple[str, str], console: Console) -> None:
    column, what = named
    task = fitted.model.task
    place = told.output
    console.line(f"This text ({column}): {task.target} is predicted {predicted_words(told, task)}")
    if told.contrast is not None:
        what = f"{what}, against {told.contrast}"
    raised = f", where higher scores mean {what}" if task.classes else ""
    console.line(f"By {METHOD_NAMES[told.method]}{raised}")
    console.line()
    if told.way is not None:
        _tell_way(told.way, told, console)
        return
    rows = [("start, without the text", signed(told.intercept[place]))]
    rows += [(token.text, signed(token.score[place])) for token in told.tokens]
    if told.gap is not None and abs(told.gap) > 1e-6:
        rows.append(("not accounted for", signed(told.gap)))
    rows.append(("total", signed(told.total[place])))
    console.table((told.granularity, "score"), rows, right=(1,))
    if told.gap is None:
        console.line("By this method scores are not parts of the total.")
    _tell_ngrams(told, console)
    _tell_worth(told, console)


def _tell_worth(told: TokenExplanation, console: Console) -> None:
    if told.faithfulness is not None:
        console.line()
        is_class = told.probabilities is not None
        console.paragraph(worth(told.faithfulness, is_class=is_class))
    if told.note:
        console.line()
        console.paragraph(told.note)


def _tell_way(way: TreeWay, told: TokenExplanation, console: Console) -> None:
    """Set out the questions on a text's way through a tree, and what each answer adds."""
    place = told.output
    rows = [("start, a text of which nothing is known", "", signed(way.start[place]))]
    for step in way.steps:
        held = listing([f'"{word}"' for word in step.found], 8)
        asked = listing([f'"{word}"' for word in step.keywords], 4)
        said = f"holds {held}" if step.found else f"holds none of {asked}"
        rows.append((said, count(step.texts), signed(step.score[place])))
    rows.append(("total", "", signed(told.total[place])))
    console.table(("question", "texts that went so", "score"), rows, right=(1, 2))
    if way.leaf is None:
        console.line("A text without words falls into no leaf.")
    _tell_worth(told, console)


def _tell_ngrams(told: TokenExplanation, console: Console) -> None:
    """Set out the strongest n-grams, and count those that were never seen."""
    known: dict[str, list[NgramScore]] = {}
    for item in told.ngrams:
        if not item.is_unseen:
            known.setdefault(item.ngram.casefold(), []).append(item)
    if known:
        console.heading("The strongest n-grams, and the training texts that hold them")
        rows = [
            (same[0].ngram, str(len(same)), signed(_sum(same, told.output)), count(same[0].texts))
            for same in sorted(known.values(), key=lambda same: -abs(_sum(same, told.output)))
        ]
        console.table(("n-gram", "times", "score", "texts"), rows[:_NGRAMS], right=(1, 2, 3))
    if told.unseen:
        console.line()
        seen = "was never seen and adds" if told.unseen == 1 else "were never seen and add"
        console.line(f"{plural(told.unseen, 'n-gram')} {seen} nothing")


def _sum(same: Sequence[NgramScore], output: int) -> float:
    return sum(item.score[output] for item in same)


def tell_text_term(term: TermExplanation, explanation: ModelExplanation, console: Console) -> None:
    """Set out the n-grams that raise and lower each output most, or draw the tree."""
    tree = term.axes[0].tree
    if tree is not None:
        for line in tree_lines(tree):
            console.line(line)
        if tree.edits:
            console.paragraph(f"Edited by hand after the fit: {edits_words(tree.edits)}.")
        console.line()
        return
    sides = [telling_ngrams(term, output, 1) for output in range(len(explanation.outputs))]
    if not any(up or down for up, down in sides):
        console.line("No n-gram stands out from chance.")
    for output, name in enumerate(explanation.outputs):
        up, down = telling_ngrams(term, output, _NGRAMS)
        what = name if explanation.task.classes else "the prediction"
        for cells, way in ((up, "raise"), (down, "lower")):
            if cells:
                console.line(
                    f"What {way}s {what}, the most telling first, in a text of typical length:"
                )
                rows = [_cell(term, cell, output) for cell in cells]
                console.table(("n-gram", "score", "95% interval", "texts"), rows, right=(1, 3))
                console.line()
    shown = plural(len(term.axes[0].levels or ()), "n-gram")
    console.line(f"{shown} in all; --json lists every one")


def _cell(term: TermExplanation, cell: int, output: int) -> tuple[str, str, str, str]:
    levels = term.axes[0].levels or ()
    return (
        levels[cell - 1],
        signed(float(term.scores[cell, output])),
        interval(float(term.low[cell, output]), float(term.high[cell, output])),
        count(round(float(term.counts[cell]))),
    )


def worth(found: Faithfulness, *, is_class: bool) -> str:
    """Say in plain words whether the ranking of the tokens does better than chance."""
    factor = 100 if is_class else 1
    unit = "points of probability" if is_class else "standard deviations"
    own = number(found.comprehensiveness * factor, 2)
    chance = number(found.random_comprehensiveness * factor, 2)
    spread = interval(found.random_low * factor, found.random_high * factor, 2)
    verdict = (
        "This ranking of the text does better than random."
        if found.beats_random
        else "This ranking of the text does no better than random: rest nothing on single words."
    )
    return (
        f"{verdict} Taking its strongest parts out first costs {own} {unit}, parts in random order "
        f"{chance} on average ({spread} in 95% of {found.rankings} orders)."
    )
