"""The n-gram model explained exactly: each token's share of every n-gram that covers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.data.tokens import Token, ngram_spans, tokens_of
from pellucid.data.types import Columns
from pellucid.explain.tokens.sharing import explain_by_shares, floats
from pellucid.explain.tokens.tree_way import explain_leaf_exactly, leaf_term, tree_columns
from pellucid.explain.tokens.types import NgramScore, TokenExplanation
from pellucid.models.additive import AdditiveModel, Cells, Floats
from pellucid.models.texts import EMPTY_CELL, TextTerm


def explain_exact(
    model: AdditiveModel,
    columns: Columns,
    row: int = 0,
    *,
    column: str | None = None,
    output: int | None = None,
    text: str | None = None,
) -> TokenExplanation:
    """Explain what the text of one row adds to its prediction: intercept + scores = total.

    Args:
        model: A model with a term over texts, or a keyword tree; only its lookups are used.
        columns: Typed columns with all of the model's, of equal length.
        row: The 0-based position within `columns`.
        column: Which text column; by default the model's first.
        output: The output to explain; by default the likeliest class or label, or the only output.
        text: The text to put in place of the row's own.

    The `intercept` is the margin without the words: the model's intercept, what the other columns
    add, and the term's offset. An n-gram's score is shared equally among the tokens it covers.
    Raises `KeyError` where the model does not read `column`.
    """
    if column in tree_columns(model) or (column is None and not model.texts):
        leaves = leaf_term(model, column)
        one = _one_row(model, columns, row, leaves.axes[0].column, text)
        rest = model.margin(one)[0] - leaves.contribution(one)[0]
        return explain_leaf_exactly(model, leaves, _text_in(one, leaves.axes[0].column), rest,
                                    output)  # fmt: skip
    term = model.texts[0] if column is None else model.text(column)
    one = _one_row(model, columns, row, term.column, text)
    rest = model.margin(one)[0] - term.contribution(one)[0] + term.offset
    return explain_term_exactly(model, term, _text_in(one, term.column), rest, output)


def _one_row(
    model: AdditiveModel, columns: Columns, row: int, column: str, text: str | None
) -> dict[str, NDArray[Any]]:
    """Return one row of the model's columns, `text` in place of its own where it is given."""
    one: dict[str, NDArray[Any]] = {name: columns[name][row : row + 1] for name in model.columns}
    if text is not None:
        one[column] = np.array([text], dtype=object)
    return one


def _text_in(one: Columns, column: str) -> str:
    whole = one[column][0]
    return str(whole) if whole is not None else ""


def explain_term_exactly(
    model: AdditiveModel, term: TextTerm, text: str, rest: Floats, output: int | None = None
) -> TokenExplanation:
    """Explain `text` by `term` on top of `rest` (C,), the margin without the words."""
    tokens = tokens_of(text)
    words = [token.text for token in tokens]
    scores, cells, spans = _scores_of(term, words)
    shares = np.zeros((len(tokens), model.outputs))
    for (first, end), score in zip(spans, scores, strict=True):
        shares[first:end] += score / (end - first)
    base = rest if words else rest + term.scores[EMPTY_CELL]
    told = explain_by_shares(model, text, tokens, shares, base, output)
    return replace(
        told,
        ngrams=_ngram_scores(term, text, tokens, cells, (spans, scores), told.output),
        unseen=int((cells == term.unseen_cell).sum()),
    )


def _scores_of(term: TextTerm, words: Sequence[str]) -> tuple[Floats, Cells, list[tuple[int, int]]]:
    """Return every occurrence's score in this text, (occurrences, C), its cell, and its tokens."""
    spans = ngram_spans(words, term.orders)
    if not spans:
        return np.zeros((0, term.scores.shape[1])), np.zeros(0, dtype=np.intp), spans
    found = term.occurrences_of_words([words])
    return term.scores[found.cells] / found.normalisers[0], found.cells, spans


def _ngram_scores(
    term: TextTerm,
    text: str,
    tokens: Sequence[Token],
    cells: Cells,
    found: tuple[list[tuple[int, int]], Floats],
    output: int,
) -> tuple[NgramScore, ...]:
    spans, scores = found
    order = sorted(range(len(spans)), key=lambda i: -abs(scores[i, output]))
    return tuple(
        NgramScore(
            ngram=text[tokens[spans[i][0]].start : tokens[spans[i][1] - 1].end],
            start=tokens[spans[i][0]].start,
            end=tokens[spans[i][1] - 1].end,
            score=floats(scores[i]),
            texts=int(term.weights[cells[i]]),
            is_unseen=bool(cells[i] == term.unseen_cell),
        )
        for i in order
    )
