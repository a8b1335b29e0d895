"""One column in figures, computed in DuckDB so that the column never enters Python."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pellucid.data.table import Table
from pellucid.data.types import Column, ColumnProfile, Histogram, TopValue
from pellucid.data.views import is_numeric, is_spaced_sql, present_sql, stripped_sql

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

QUANTILES = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
TOP_VALUES = 10
FEW_VALUES = 50
"""Numbers with at most this many distinct values have top values and a bar for each whole one."""
BINS = 30
LOG_SKEWNESS = 2.0
LOG_RANGE = 100.0
"""A histogram of positive numbers is on a log scale from this skewness and max/min on."""
FENCE = 3.0
"""Outliers lie this many interquartile ranges beyond the quartiles (Tukey's outer fences)."""
SENTINELS = (-1.0, -9.0, -99.0, -200.0, -999.0, -9999.0, 99.0, 999.0, 9999.0, 99999.0, 999999.0)
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Summary:
    """A column's profile and the counts behind its alerts."""

    profile: ColumnProfile
    spaced: int = 0
    """Values with blanks before or after them."""
    skewness: float = math.nan
    outliers: int = 0
    sentinel: float | None = None
    sentinels: int = 0


def summarize_column(cursor: DuckDBPyConnection, table: Table, column: Column) -> Summary:
    """Return a column's figures; sums are rounded to 12 digits, since threads add in any order."""
    if is_numeric(column.kind):
        summary = _numeric(cursor, table, column)
    else:
        summary = _words(cursor, table, column)
    if table.view(column.name).blanks == "none":
        return summary
    text = f"c{table.position(column.name)}"
    filled = f"{is_spaced_sql(text)} AND {stripped_sql(text)} <> ''"
    return replace(summary, spaced=_count(cursor, "cells", filled))


def _numeric(cursor: DuckDBPyConnection, table: Table, column: Column) -> Summary:
    value = table.value_sql(column.name)
    source = f"(SELECT {value} AS v FROM cells)"
    sql = (
        "SELECT count(v), min(v), max(v), favg(v), stddev_samp(v), skewness(v),"
        f" quantile_cont(v, {list(QUANTILES)}), count(*) FILTER (v = 0) FROM {source}"
    )
    n, low, high, mean, std, skewness, quantiles, zeros = cursor.execute(sql).fetchall()[0]
    if not n:
        return Summary(_bare(table, column))
    skewness = math.nan if skewness is None or not math.isfinite(skewness) else skewness
    histogram = _histogram(cursor, source, column, low, high, skewness)
    iqr = quantiles[4] - quantiles[2]
    fences = (quantiles[2] - FENCE * iqr, quantiles[4] + FENCE * iqr)
    outliers = _count(cursor, source, f"v < {fences[0]!r} OR v > {fences[1]!r}") if iqr else 0
    sentinel, sentinels = None, 0
    if column.kind == "number":
        sentinel, sentinels = _sentinel(cursor, source)
    top = _top(cursor, table, column) if column.distinct <= FEW_VALUES else ()
    profile = replace(
        _bare(table, column),
        min=low,
        max=high,
        mean=_round(mean),
        std=None if std is None else _round(std),
        quantiles={str(q): x for q, x in zip(QUANTILES, quantiles, strict=True)},
        zeros=zeros if column.kind == "number" else 0,
        top=top,
        histogram=histogram,
    )
    return Summary(profile, 0, _round(skewness), outliers, sentinel, sentinels)


def _words(cursor: DuckDBPyConnection, table: Table, column: Column) -> Summary:
    top: tuple[TopValue, ...] = ()
    lengths = None
    if column.kind == "text":
        source = f"(SELECT CAST(length({table.value_sql(column.name)}) AS DOUBLE) AS v FROM cells)"
        low, high, skewness = cursor.execute(
            f"SELECT min(v), max(v), skewness(v) FROM {source}"
        ).fetchall()[0]
        if low is not None:
            lengths = _histogram(cursor, source, column, low, high, skewness or 0.0)
    elif column.kind != "identifier":
        top = _top(cursor, table, column)
    profile = replace(
        _bare(table, column),
        top=top,
        lengths=lengths,
    )
    return Summary(profile)


def _bare(table: Table, column: Column) -> ColumnProfile:
    return ColumnProfile(
        column.name, column.kind, table.rows, column.missing, column.distinct, column.misfits
    )


def _top(cursor: DuckDBPyConnection, table: Table, column: Column) -> tuple[TopValue, ...]:
    view = table.view(column.name)
    present = present_sql(f"c{table.position(column.name)}", view)
    sql = (
        f"SELECT p, count(*) AS n FROM (SELECT {present} AS p FROM cells) WHERE p IS NOT NULL"
        f" GROUP BY p ORDER BY n DESC, p LIMIT {TOP_VALUES}"
    )
    return tuple(TopValue(value, n) for value, n in cursor.execute(sql).fetchall())


def _count(cursor: DuckDBPyConnection, source: str, condition: str) -> int:
    return int(cursor.execute(f"SELECT count(*) FROM {source} WHERE {condition}").fetchall()[0][0])


def _sentinel(cursor: DuckDBPyConnection, source: str) -> tuple[float | None, int]:
    """Return the number that looks like a code for "missing", and how often it stands.

    It is one of the usual codes, repeated, and stands apart: below 0 where all others are not, as
    far under the rest as the rest is wide, or half as far above it.
    """
    listed = ", ".join(repr(code) for code in SENTINELS)
    rows = cursor.execute(
        f"SELECT v, count(*) FROM {source} WHERE v IN ({listed}) GROUP BY v ORDER BY v"
    ).fetchall()
    for code, times in rows:
        low, high = cursor.execute(
            f"SELECT min(v), max(v) FROM {source} WHERE v <> {code!r}"
        ).fetchall()[0]
        if times < 2 or low is None:
            continue
        is_below = code < 0 <= low or low - code >= max(high - low, 1.0)
        if is_below or code - high >= max(high - low, 1.0) / 2:
            return code, times
    return None, 0


def _histogram(
    cursor: DuckDBPyConnection, source: str, column: Column, low: float, high: float, skew: float
) -> Histogram:
    whole = column.kind == "number" and high - low < FEW_VALUES
    if whole and not _count(cursor, source, "v <> floor(v)"):
        edges = [low - 0.5 + i for i in range(int(high - low) + 2)]
        return Histogram(tuple(edges), _binned(cursor, source, "v", edges))
    if high <= low:
        edges = [low - 0.5, low + 0.5]
        return Histogram(tuple(edges), _binned(cursor, source, "v", edges))
    if low > 0 and high / low >= LOG_RANGE and skew >= LOG_SKEWNESS and column.kind != "datetime":
        bottom, top = math.log10(low), math.log10(high)
        steps = [bottom + (top - bottom) * i / BINS for i in range(BINS + 1)]
        counts = _binned(cursor, source, "log10(v)", steps)
        return Histogram(tuple(10**step for step in steps), counts, "log")
    edges = [low + (high - low) * i / BINS for i in range(BINS + 1)]
    return Histogram(tuple(edges), _binned(cursor, source, "v", edges))


def _binned(
    cursor: DuckDBPyConnection, source: str, value: str, edges: list[float]
) -> tuple[int, ...]:
    """Count values between even edges; the last bin takes its right edge too."""
    bins = len(edges) - 1
    width = (edges[-1] - edges[0]) / bins
    place = f"floor(({value} - ({edges[0]!r})) / {width!r})"
    place = f"CAST(least(greatest({place}, 0), {bins - 1}) AS INTEGER)"
    sql = f"SELECT {place} AS bin, count(*) FROM {source} WHERE v IS NOT NULL GROUP BY bin"
    counts = dict(cursor.execute(sql).fetchall())
    return tuple(counts.get(i, 0) for i in range(bins))


def _round(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")
