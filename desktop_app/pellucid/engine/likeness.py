"""Rows like a row, and texts like a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.data.types import Kind
from pellucid.engine.answering_rows import Piece, Scope, piece_of
from pellucid.engine.predictions import position_of
from pellucid.facts.model_answers import near_row_fact, near_text_fact
from pellucid.writing.questions.types import Similar

if TYPE_CHECKING:
    from pellucid.data.table import Table

_MOST = 5
_KINDS: tuple[Kind, ...] = ("number", "datetime", "category", "boolean")
_MOST_TEXTS = 2_000


def similar(action: Similar, scope: Scope, run: Run) -> Piece:
    """Answer which rows are most like a row, or which texts are most like a text."""
    if action.row is not None:
        return piece_of(_near_rows(action.row, scope))
    return piece_of(_near_texts(action.text, scope, run))


def _near_rows(row: int, scope: Scope) -> list[Any]:
    """Return the nearest rows by Gower's distance: the mean over columns that both rows have.

    A number adds the difference as a share of the column's range, a category 0 or 1; rows that
    share fewer than half of the row's own values are left out. Source: Gower (1971), Biometrics
    27(4).
    """
    position = position_of(scope.table, row)
    names = [c.name for c in scope.table.columns if c.kind in _KINDS]
    if not names:
        raise UserError(
            "No column holds numbers, dates or categories to compare rows by",
            "Ask for texts like a text in quotation marks.",
        )
    apart = np.stack([_distances(scope.table, name, position) for name in names])
    known = np.isfinite(apart)
    with np.errstate(invalid="ignore"):
        mean = np.nansum(apart, axis=0) / known.sum(axis=0)
    mean[known.sum(axis=0) < max(1, known[:, position].sum()) / 2] = np.nan
    others = scope.rows[(scope.rows != position) & np.isfinite(mean[scope.rows])]
    nearest = others[np.argsort(mean[others], kind="stable")[:_MOST]]
    facts = []
    numbers = _numbers(scope.table)
    for other in nearest.tolist():
        gaps = apart[:, other]
        same = [name for name, gap in zip(names, gaps, strict=True) if gap == 0]
        most = int(np.nanargmax(gaps)) if np.isfinite(gaps).any() else 0
        far = names[most] if np.isfinite(gaps[most]) and gaps[most] > 0 else ""
        facts.append(near_row_fact(row, numbers(other), float(mean[other]), same, far))
    return facts


def _numbers(table: Table) -> Any:
    """Return the function from a row's position to its number in the file."""
    unread = np.asarray(table.rejected.positions, dtype=np.int64)

    def number(position: int) -> int:
        found = position
        for place in unread.tolist():
            if place <= found:
                found += 1
        return found + 1

    return number


def _distances(table: Table, name: str, position: int) -> NDArray[np.float64]:
    values: NDArray[Any] = table.values(name)
    if values.dtype.kind == "f":
        numbers = values.astype(np.float64)
        width = float(np.nanmax(numbers) - np.nanmin(numbers)) if np.isfinite(numbers).any() else 0
        return np.asarray(np.abs(numbers - numbers[position]) / (width or 1.0))
    own = values[position]
    found = [
        np.nan if value is None or own is None else float(value != own) for value in values.tolist()
    ]
    return np.asarray(found, dtype=np.float64)


def _near_texts(text: str, scope: Scope, run: Run) -> list[Any]:
    from pellucid.data.tokens import words_of
    from pellucid.engine.columns import sampled, texts_of
    from pellucid.engine.corpora import embedded
    from pellucid.explain.corpus.neighbours import nearest_texts

    column = next((c.name for c in scope.table.columns if c.kind == "text"), "")
    if not column:
        raise UserError("No column holds texts", "Ask for rows like a row: rows like row 1.")
    if not words_of(text):
        raise UserError("The text has no words, so nothing is near it", "Give a text with words.")
    texts = texts_of(scope.table, column)
    spoken = [row for row in scope.rows.tolist() if words_of(texts[row] or "")]
    rows = sampled(spoken, _MOST_TEXTS, run.seed, 83)
    vectors, note = embedded([*(texts[row] or "" for row in rows), text], None, run)
    numbers = _numbers(scope.table)
    return [
        near_text_fact(column, numbers(rows[near.row]), near.similarity, texts[rows[near.row]]
                       or "", note.encoder)
        for near in nearest_texts(vectors[-1], vectors[:-1], _MOST)
    ]  # fmt: skip
