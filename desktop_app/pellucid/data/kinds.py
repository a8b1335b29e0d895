"""Which kind each column is: guessed from a sample, counted over all rows.

A guess can be changed at any time, since the text is kept; so each threshold is plain and named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from pellucid.core.run import Run
from pellucid.data.dates import date_view
from pellucid.data.numerals import number_view
from pellucid.data.phrases import are_phrases, are_texts
from pellucid.data.types import Column, Kind
from pellucid.data.views import (
    BLANKS,
    MISSING_NUMBERS,
    MISSING_WORDS,
    Blanks,
    View,
    is_numeric,
    is_spaced_sql,
    present_sql,
    stripped_sql,
    value_sql,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FIT_SHARE = 0.95
"""A column is of numbers or dates if this share of its values is; the rest are misfits."""
LONG_NUMBER = 1e14
"""Whole numbers of 15 digits name things, where nearly all differ; no quantity is so exact."""
ENOUGH_ROWS = 20
"""Under this many rows a column of different words is not called an identifier."""
EXACT_DISTINCT_ROWS = 1_000_000
"""Over this many rows distinct values are estimated (HyperLogLog, within about 5%) unless nearly
all differ, where it matters whether all do."""
NEARLY_ALL = 0.9
SAMPLE_ROWS = 5_000
MISFIT_EXAMPLES = 5
_CODES = 10

_BOOLEANS = tuple(
    frozenset(pair.split())
    for pair in ("yes no", "y n", "true false", "t f", "0 1", "on off", "ja nein", "oui non",
                 "si no", "sí no", "vrai faux")
)  # fmt: skip
_SURE_ID_NAME = re.compile(r"(.*[^a-zA-Z])?(id|ids|uuid|guid)|.*[a-z](Id|ID)", re.ASCII)
"""A column called so never holds a quantity."""
_ID_NAME = re.compile(
    r"(.*[^a-zA-Z])?(id|ids|uuid|guid|key|index|idx|no|nr|number|rowid|row|pk)|.*[a-z](Id|ID)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class _Counts:
    present: int
    fitting: int
    distinct: int


def infer_columns(
    cursor: DuckDBPyConnection, names: Sequence[str], decimal: str, rows: int, run: Run
) -> tuple[tuple[Column, ...], tuple[View, ...]]:
    """Return the columns of `cells` and the views behind them."""
    columns, views = [], []
    for position, name in enumerate(names):
        run.check()
        run.progress("Finding the kind of each column", position, len(names))
        column, view = _infer(cursor, position, name, decimal, rows)
        columns.append(column)
        views.append(view)
    return tuple(columns), tuple(views)


def view_as(
    cursor: DuckDBPyConnection, position: int, name: str, kind: Kind, decimal: str, rows: int
) -> tuple[Column, View]:
    """Return a column seen as `kind`, counted, with the best view of that kind."""
    texts = _sample(cursor, position, rows)
    view = replace(_view_of_kind(texts, kind, decimal), blanks=_blanks(cursor, position))
    return _column(cursor, position, name, view, rows, _count(cursor, position, view, rows)), view


def _view_of_kind(texts: Sequence[str], kind: Kind, decimal: str) -> View:
    if kind == "number":
        return number_view(texts, decimal)[0]
    if kind == "datetime":
        return date_view(texts, 0.01) or View(kind, MISSING_NUMBERS, format="%Y-%m-%d")
    return _word_view(texts, kind)


def _word_view(texts: Sequence[str], kind: Kind) -> View:
    """Return a view of words; "NA" stays an answer among two-letter codes (Namibia)."""
    if kind == "text":
        return View(kind)
    codes = {text for text in texts if len(text) == 2 and text.isalpha() and text.isupper()}
    others = {text for text in texts if text not in codes and text not in MISSING_WORDS}
    if len(codes) >= _CODES and len(others) <= len(codes) / _CODES:
        return View(kind, tuple(word for word in MISSING_WORDS if word != "NA"))
    return View(kind, MISSING_WORDS)


def _infer(
    cursor: DuckDBPyConnection, position: int, name: str, decimal: str, rows: int
) -> tuple[Column, View]:
    texts = _sample(cursor, position, rows)
    view = _guess(texts, decimal)
    view = replace(view, blanks=_blanks(cursor, position))
    counts = _count(cursor, position, view, rows)
    if is_numeric(view.kind) and counts.fitting < FIT_SHARE * counts.present:
        view = replace(_word_view(texts, _word_kind(texts)), blanks=view.blanks)
        counts = _count(cursor, position, view, rows)
    settled = _settle(cursor, position, name, view, counts, rows)
    if settled.kind == "category" and are_phrases(texts, counts.present, counts.distinct):
        settled = replace(_word_view(texts, "text"), blanks=view.blanks)
    if settled != view:
        view = settled
        counts = _count(cursor, position, view, rows)
    return _column(cursor, position, name, view, rows, counts), view


def _guess(texts: Sequence[str], decimal: str) -> View:
    dates = date_view(texts, FIT_SHARE)
    if dates:
        return dates
    numbers, share = number_view(texts, decimal)
    return numbers if share >= FIT_SHARE else _word_view(texts, _word_kind(texts))


def _word_kind(texts: Sequence[str]) -> Kind:
    return "text" if are_texts(texts) else "category"


def _settle(
    cursor: DuckDBPyConnection, position: int, name: str, view: View, counts: _Counts, rows: int
) -> View:
    """Return the view as constant, boolean, identifier or code where all rows together say so.

    One value beside empty cells, as ticked boxes are stored, is no constant. Numbers that name
    things, several rows to each, are categories.
    """
    if not counts.present or (counts.distinct == 1 and counts.fitting == rows):
        return replace(view, kind="constant")
    if counts.distinct == 2 and _is_boolean(cursor, position, view):
        return replace(view, kind="boolean")
    if counts.distinct == counts.present == rows and _is_identifier(
        cursor, position, name, view, rows
    ):
        return replace(view, kind="identifier")
    if view.kind == "number" and counts.fitting:
        return _without_names(cursor, position, name, view, counts)
    return view


def _without_names(
    cursor: DuckDBPyConnection, position: int, name: str, view: View, counts: _Counts
) -> View:
    """Return the view of numbers that name things as identifier or category, others as it is."""
    named = _is_named(_SURE_ID_NAME, name)
    value = value_sql(f"c{position}", view)
    whole, least = cursor.execute(
        f"SELECT bool_and(v = floor(v)), min(v) FROM (SELECT {value} AS v FROM cells)"
    ).fetchall()[0]
    is_long = least >= LONG_NUMBER
    differ = counts.distinct >= NEARLY_ALL * counts.present
    if not whole or not (named or (is_long and differ)):
        return view
    if differ or is_long:
        return replace(view, kind="identifier")
    return View("category", MISSING_WORDS, blanks=view.blanks)


def _is_named(pattern: re.Pattern[str], name: str) -> bool:
    return any(pattern.fullmatch(form) is not None for form in (name, name.lower()))


def _is_boolean(cursor: DuckDBPyConnection, position: int, view: View) -> bool:
    present = present_sql(f"c{position}", view)
    sql = f"SELECT DISTINCT lower(p) FROM (SELECT {present} AS p FROM cells) WHERE p IS NOT NULL"
    words = frozenset(row[0] for row in cursor.execute(f"{sql} LIMIT 4").fetchall())
    return words in _BOOLEANS


def _is_identifier(
    cursor: DuckDBPyConnection, position: int, name: str, view: View, rows: int
) -> bool:
    named = _is_named(_ID_NAME, name)
    if view.kind == "category":
        return named or rows >= ENOUGH_ROWS
    if view.kind != "number":
        return False
    value = value_sql(f"c{position}", view)
    whole, counting = cursor.execute(
        f"SELECT bool_and(v = floor(v)), bool_and(v - rowid IN (0, 1)) AND max(v - rowid) ="
        f" min(v - rowid) FROM (SELECT rowid, {value} AS v FROM cells)"
    ).fetchall()[0]
    return bool(whole) and (named or (bool(counting) and rows >= ENOUGH_ROWS))


def _blanks(cursor: DuckDBPyConnection, position: int) -> Blanks:
    """Return what stands around the values of a column."""
    text = f"c{position}"
    for blanks, rest in (("none", text), ("spaces", stripped_sql(text, "spaces"))):
        sql = f"SELECT coalesce(bool_or({is_spaced_sql(rest)}), false) FROM cells"
        if not cursor.execute(sql).fetchall()[0][0]:
            return cast(Blanks, blanks)
    return "any"


def _sample(cursor: DuckDBPyConnection, position: int, rows: int) -> list[str]:
    """Return stripped, non-empty values of evenly spaced rows, long ones cut."""
    step = max(1, rows // SAMPLE_ROWS)
    sql = f"SELECT left(c{position}, 2000) FROM cells WHERE rowid % {step} = 0 ORDER BY rowid"
    texts = (row[0].strip(BLANKS) for row in cursor.execute(sql).fetchall() if row[0])
    return [text for text in texts if text]


def _count(cursor: DuckDBPyConnection, position: int, view: View, rows: int) -> _Counts:
    present, value = present_sql(f"c{position}", view), value_sql(f"c{position}", view)
    inner = f"(SELECT {present} AS p, {value} AS v FROM cells)"
    about = "approx_count_distinct(v)" if rows > EXACT_DISTINCT_ROWS else "count(DISTINCT v)"
    sql = f"SELECT count(p), count(v), {about} FROM {inner}"
    counts = _Counts(*cursor.execute(sql).fetchall()[0])
    if rows > EXACT_DISTINCT_ROWS and counts.distinct >= NEARLY_ALL * counts.present:
        exact = cursor.execute(f"SELECT count(DISTINCT v) FROM {inner}").fetchall()[0][0]
        counts = replace(counts, distinct=exact)
    return counts


def _column(
    cursor: DuckDBPyConnection, position: int, name: str, view: View, rows: int, counts: _Counts
) -> Column:
    misfits = counts.present - counts.fitting
    examples: list[str] = []
    if misfits:
        present, value = present_sql(f"c{position}", view), value_sql(f"c{position}", view)
        sql = (
            f"SELECT p FROM (SELECT rowid AS r, {present} AS p, {value} AS v FROM cells)"
            f" WHERE p IS NOT NULL AND v IS NULL GROUP BY p ORDER BY min(r) LIMIT {MISFIT_EXAMPLES}"
        )
        examples = [row[0] for row in cursor.execute(sql).fetchall()]
    return Column(
        name=name,
        kind=view.kind,
        missing=rows - counts.present,
        distinct=counts.distinct,
        misfits=misfits,
        misfit_examples=tuple(examples),
        format=view.format if view.kind == "datetime" else "",
    )
