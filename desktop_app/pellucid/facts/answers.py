"""Facts that answer questions about some rows of a table."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import replace

from pellucid.core.numbers import count, interval, listing, number, percent, plural, year
from pellucid.data.types import Association, Kind
from pellucid.explain.figures_of_rows import Figure, MeanGap
from pellucid.facts.contrasts import GroupNames, p_text
from pellucid.facts.making import make
from pellucid.facts.tables import MEASURES
from pellucid.facts.types import Fact, Origin

_ANSWER = "answer"
_ARTICLES = {
    "mean": "a mean of", "median": "a median of", "minimum": "a minimum of",
    "maximum": "a maximum of", "sum": "a sum of", "spread": "a standard deviation of",
}  # fmt: skip
_NAMES = {
    "mean": "mean", "median": "median", "minimum": "smallest", "maximum": "largest", "sum": "sum",
    "spread": "standard deviation",
}  # fmt: skip
_WEAK, _CLEAR, _CLOSE, _SAME = 0.1, 0.2, 0.8, 0.97


def origin(column: str, where: str) -> Origin:
    return Origin(_ANSWER, column, where)


def in_group(fact: Fact, figure: str, by: str, group: str) -> Fact:
    """Return a figure of some rows as that of one group of several, so that they can be drawn."""
    return replace(fact, details={**fact.details, "figure": figure, "by": by, "group": group})


def count_fact(rows: int, total: int, where: str, file: str) -> Fact:
    """Say how many rows fulfil the conditions, or how many there are."""
    if not where:
        text = f"{file} has {plural(rows, 'row')}."
    else:
        share = f" ({percent(rows / total)})" if rows and total else ""
        text = f"{where} in {count(rows) if rows else 'none'} of {plural(total, 'row')}{share}."
    return make(
        "count", (), text, origin("rows", where), what=f"rows {where}", value=rows, unit="rows",
        n=total, interest=0.8, where=where,
    )  # fmt: skip


def share_fact(column: str, value: str, figure: Figure, where: str, hits: int) -> Fact:
    """Say in which share of some rows a column holds a value."""
    among = f" where {where}" if where else ""
    told = f"{percent(figure.value)} of rows"
    span = f"{percent(figure.low)} to {percent(figure.high)}" if figure.bounds else ""
    text = (
        f"{column} is {value} in {told}{among}: {count(hits)} of {count(figure.n)}"
        f"{f' (95% interval {span})' if span else ''}."
    )
    return make(
        "statistic", (column,), text, origin(column, where), what=f"share {value} | {where}",
        value=figure.value, unit="share", n=figure.n, bounds=figure.bounds, interest=0.8,
        told=told, where=where, span=span, method=figure.method, level=value, hits=hits,
        short=percent(figure.value),
    )  # fmt: skip


def rows_share_fact(figure: Figure, hits: int, where: str) -> Fact:
    """Say which share of all rows fulfils the conditions."""
    span = f"{percent(figure.low)} to {percent(figure.high)}" if figure.bounds else ""
    text = (
        f"{where} in {percent(figure.value)} of rows: {count(hits)} of {count(figure.n)}"
        f"{f' (95% interval {span})' if span else ''}."
    )
    return make(
        "statistic", ("rows",), text, origin("rows", where), what=f"share | {where}",
        value=figure.value, unit="share", n=figure.n, bounds=figure.bounds, interest=0.8,
        told=f"{percent(figure.value)} of rows", where=where, span=span, method=figure.method,
        short=percent(figure.value),
    )  # fmt: skip


def statistic_fact(
    column: str, kind: Kind, statistic: str, figure: Figure, where: str, rows: Sequence[int] = ()
) -> Fact:
    """Say a mean, median, extreme, sum or standard deviation of a column; `rows` (from 1) hold an
    extreme."""
    as_value = "" if statistic in ("sum", "spread") else column
    is_cell = statistic in ("minimum", "maximum")  # Told as it stands in the file.
    told, span = _value(figure.value, kind, as_value, 6 if is_cell else 3), ""
    if figure.bounds:
        span = " to ".join(_value(bound, kind, as_value) for bound in figure.bounds)
    name = _NAMES[statistic]
    among = f" where {where}" if where else ""
    rest = f"{plural(figure.n, 'row')}{f', 95% interval {span}' if span else ''}"
    subject = (
        f"{name} value of {column}" if name in ("smallest", "largest") else f"{name} of {column}"
    )
    stands = ""
    if len(rows):
        first = f"row {count(int(rows[0]))}"
        stands = f", in {first}" if len(rows) == 1 else (
            f", in {plural(len(rows), 'row')}, the first of them {first}"
        )  # fmt: skip
    text = f"The {subject}{among} is {told}{stands} ({rest})."
    return make(
        "statistic", (column,), text, origin(column, where), what=f"{statistic} | {where}",
        value=figure.value, unit=column, n=figure.n, bounds=figure.bounds, interest=0.8,
        told=f"{_ARTICLES[statistic]} {told}", where=where, span=span, method=figure.method,
        statistic=statistic, short=told,
    )  # fmt: skip


def _value(value: float, kind: Kind, column: str = "", digits: int = 3) -> str:
    """Tell a value of a column: years without a comma between their digits, dates as dates."""
    if kind == "number" and column.lower().endswith("year") and 1000 <= value < 3000:
        return year(value)
    if kind != "datetime" or not math.isfinite(value):
        return number(value, digits)
    stamp = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=value)
    return stamp.date().isoformat()


def unknown_fact(column: str, where: str) -> Fact:
    """Say that no row has a value, so that nothing can be computed."""
    among = f" where {where}" if where else ""
    return make(
        "statistic", (column,), f"No row{among} has a value of {column}.", origin(column, where),
        what=f"none | {where}", value=0, unit="rows", n=0, interest=0.8, told="no value",
        where=where,
    )  # fmt: skip


def missing_fact(column: str, missing: int, rows: int, where: str) -> Fact:
    """Say in how many of some rows a column is missing."""
    among = f" where {where}" if where else ""
    share = missing / rows if rows else 0.0
    text = (
        f"{column} is missing in {count(missing)} of {plural(rows, 'row')}{among} "
        f"({percent(share)})."
    )
    return make(
        "missingness", (column,), text, origin(column, where), what=f"answer | {where}",
        value=share, unit="share", n=rows, interest=0.8, rows=missing, where=where,
    )  # fmt: skip


def distinct_fact(column: str, distinct: int, levels: Sequence[str], n: int, where: str) -> Fact:
    """Say how many different values a column has, and name them where they are few."""
    among = f" where {where}" if where else ""
    named = f": {listing(list(levels), len(levels))}" if levels else ""
    text = f"{column} has {plural(distinct, 'different value')}{among}{named}."
    return make(
        "statistic", (column,), text, origin(column, where), what=f"distinct | {where}",
        value=distinct, unit="values", n=n, interest=0.8, told=plural(distinct, "different value"),
        where=where, short=count(distinct),
    )  # fmt: skip


def range_fact(column: str, kind: Kind, least: float, most: float, n: int, where: str) -> Fact:
    """Say between which values a column lies."""
    among = f" where {where}" if where else ""
    low, high = _value(least, kind, column), _value(most, kind, column)
    return make(
        "statistic", (column,), f"{column} runs from {low} to {high}{among} ({plural(n, 'row')}).",
        origin(column, where), what=f"range | {where}", value=most - least, unit=column, n=n,
        interest=0.7, told=f"from {low} to {high}", where=where, least=least, most=most,
    )  # fmt: skip


def difference_fact(column: str, by: str, names: tuple[str, str], gap: MeanGap, where: str) -> Fact:
    """Say by how much the mean of a number differs between two groups."""
    first, second = names
    way = "higher" if gap.difference > 0 else "lower" if gap.difference < 0 else "the same"
    joint = "as" if not gap.difference else "than"
    groups = GroupNames(by, first, second)
    clause = f"{column} is on average {way} {groups.for_first} {joint} {groups.for_other}"
    figures = f"a mean of {number(gap.first.value)} against {number(gap.second.value)}"
    low, high = (gap.low, gap.high) if gap.difference >= 0 else (-gap.high, -gap.low)
    span, chance = interval(low, high), p_text(gap.p_value)
    size = f"{number(abs(gap.difference))} {way}" if gap.difference else "no difference"
    among = f" Only rows where {where} were looked at." if where else ""
    told = figures.removeprefix("a mean of ")  # Its clause says that it is one.
    text = (
        f"{clause}: {told}, a difference of {number(abs(gap.difference))} (95% interval {span}; "
        f"{chance}, Welch's t-test).{among}"
    )
    return make(
        "group_contrast", (column, by), text, origin(column, where),
        what=f"mean {first} | {second} | {where}", value=gap.difference, unit=column,
        n=gap.first.n + gap.second.n, bounds=(gap.low, gap.high), interest=0.9, clause=clause,
        first=first, second=second, size=size, figures=figures, chance=chance, span=span,
        p_value=gap.p_value, test="Welch's t-test", method="Welch's t interval", where=where,
        here=number(gap.first.value), there=number(gap.second.value), figure=f"mean of {column}",
        by=by, first_value=gap.first.value, first_low=gap.first.low, first_high=gap.first.high,
        second_value=gap.second.value, second_low=gap.second.low, second_high=gap.second.high,
    )  # fmt: skip


def relation_fact(found: Association, n: int, where: str, low: float, high: float) -> Fact:
    """Say how strongly two columns go together; NaN bounds for none."""
    direction = _direction(found)
    measure = f"{MEASURES.get(found.measure, found.measure)} {number(found.value)}"
    known = math.isfinite(low)
    span = interval(low, high) if known else ""
    among = f" where {where}" if where else ""
    text = (
        f"{found.a} and {found.b} {direction}{among} ({measure}, "
        f"{f'95% interval {span}, ' if span else ''}{plural(n, 'row')})."
    )
    return make(
        "statistic", (found.a, found.b), text, origin(f"{found.a}, {found.b}", where),
        what=f"relation | {where}", value=found.value, unit=found.measure, n=n,
        bounds=(low, high) if known else None, interest=0.4 + 0.5 * abs(found.value),
        told=measure, where=where, span=span, direction=direction, short=number(found.value),
        method="Fisher's z with the standard error of Bonett and Wright" if known else "",
    )  # fmt: skip


def _direction(found: Association) -> str:
    size = abs(found.value)
    if size >= _SAME:
        return "say almost the same"
    if size < _WEAK:
        return "hardly go together"
    strength = "closely" if size >= _CLOSE else "clearly" if size >= _CLEAR else "weakly"
    return f"go {strength} {'together' if found.value > 0 else 'opposite ways'}"


def nothing_related_fact(column: str, other: str, where: str) -> Fact:
    """Say that two columns, or one and all others, have no association that could be told."""
    among = f" where {where}" if where else ""
    text = (
        f"Too few rows{among} have both {column} and {other} to say how they go together."
        if other else f"{column} goes with no other column by more than a trace{among}."
    )  # fmt: skip
    return make(
        "statistic", (column,), text, origin(column, where), what=f"unrelated {other} | {where}",
        value=0, unit="columns", interest=0.5, told="no association", where=where,
    )  # fmt: skip


def columns_fact(names: Sequence[str]) -> Fact:
    """Name the columns of a table."""
    return make(
        "count", (), f"The columns are {listing(list(names), 30)}.", origin("columns", ""),
        what="names", value=len(names), unit="columns", interest=0.6,
    )  # fmt: skip


_KIND_TEXTS = {
    "number": "a number", "category": "a category", "text": "a text", "datetime": "a date",
    "boolean": "yes or no", "identifier": "an identifier", "constant": "the same in every row",
}  # fmt: skip


def column_definition(column: str, kind: Kind, *, is_known: bool) -> Fact:
    """Say how a column is read, and, where no document says what it means, that."""
    rest = (
        ""
        if is_known
        else (" What it means is not said in the file; attach a data dictionary to have it cited.")
    )
    return make(
        "definition", (column,), f"{column} is read as {_KIND_TEXTS[kind]}.{rest}",
        origin(column, "definition"), what="column", interest=0.8,
    )  # fmt: skip


def unknown_term(term: str) -> Fact:
    """Say that neither the file nor a document says what a term means."""
    return make(
        "caveat", (term,), f"Neither the glossary nor an attached document explains “{term}”.",
        origin(term, "definition"), what="unknown term", interest=0.5,
    )  # fmt: skip
