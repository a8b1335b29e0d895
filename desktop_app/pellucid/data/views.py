"""A column's text seen as typed values: the rule, and the same rule in SQL.

The text in the store never changes. A `View` says which words stand for a missing value and how a
number or a date is written, and the functions here turn that into DuckDB expressions over a text
column. `parse` holds the same rules in Python, for values that are not in a store.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pellucid.data.database import literal, literals
from pellucid.data.types import Kind

BLANKS = " \t\r\n\v\f\u00a0\u2007\u2009\u202f\u3000\ufeff"
"""What is stripped around a value before it is looked at."""


Blanks = Literal["none", "spaces", "any"]

MISSING_WORDS = ("NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null", "?")
"""Words that stand for a missing value in any column but text."""
MISSING_NUMBERS = (*MISSING_WORDS, "na", "None", "none", "nil", "missing", "-", "--", ".")
"""The same where numbers or dates are expected; among categories these may be real answers."""
_YEAR_100_S = -59_011_459_200
"""Two digits are no year with a century, though DuckDB takes them for one."""


@dataclass(frozen=True, slots=True)
class View:
    """How a column's text becomes values of its kind.

    `missing` are the words (stripped, exact case) that stand for no value; the empty cell always
    does. `thousands`, `decimal` and `unit` (a currency or percent sign, dropped) are for numbers,
    `format` (strptime) is for dates.
    """

    kind: Kind
    missing: tuple[str, ...] = ()
    decimal: str = "."
    thousands: str = ""
    unit: str = ""
    format: str = ""
    blanks: Blanks = "any"
    """What stands around some value: trimming is the dearest step, and seldom needed in full."""


def stripped_sql(text: str, blanks: Blanks = "any") -> str:
    """Return an expression for the text column `text` without surrounding blanks."""
    if blanks == "none":
        return text
    return f"trim({text})" if blanks == "spaces" else f"trim({text}, {literal(BLANKS)})"


def is_spaced_sql(text: str) -> str:
    """Return a condition for cells of the text column `text` with blanks before or after."""
    blank = "[" + "".join(f"\\x{{{ord(character):x}}}" for character in BLANKS) + "]"
    return f"regexp_matches({text}, {literal(f'^{blank}|{blank}$')})"


def present_sql(text: str, view: View) -> str:
    """Return an expression for the stripped text, NULL where the value is missing."""
    stripped = stripped_sql(text, view.blanks)
    return f"CASE WHEN {stripped} NOT IN ({literals(['', *view.missing])}) THEN {stripped} END"


def value_sql(text: str, view: View) -> str:
    """Return an expression for the typed value, NULL where missing or not of the kind.

    Numbers are DOUBLE, dates seconds since 1970-01-01 UTC as DOUBLE, all other kinds text.
    """
    present = present_sql(text, view)
    if view.kind == "number":
        return _number_sql(present, view)
    if view.kind == "datetime":
        return _seconds_sql(present, view)
    return present


def is_numeric(kind: Kind) -> bool:
    """Return whether values of this kind are float64 rather than text."""
    return kind in ("number", "datetime")


def _number_sql(text: str, view: View) -> str:
    if view.unit:
        text = f"trim(replace({text}, {literal(view.unit)}, ''), {literal(BLANKS)})"
    if view.thousands:
        grouped = literal(grouped_pattern(view))
        bare = f"replace({text}, {literal(view.thousands)}, '')"
        text = f"CASE WHEN regexp_full_match({text}, {grouped}) THEN {bare} ELSE {text} END"
    if view.decimal != ".":
        point = f"replace({text}, {literal(view.decimal)}, '.')"
        text = f"CASE WHEN NOT contains({text}, '.') THEN {point} END"
    cast = f"TRY_CAST({text} AS DOUBLE)"
    return f"CASE WHEN isfinite({cast}) AND NOT contains({text}, '_') THEN {cast} END"


def grouped_pattern(view: View) -> str:
    """Return a pattern for a number whose digits are grouped in threes."""
    separator, point = f"[{view.thousands}]", f"[{view.decimal}]"
    return rf"[+-]?[0-9]{{1,3}}({separator}[0-9]{{3}})+({point}[0-9]*)?"


def _seconds_sql(text: str, view: View) -> str:
    format_ = view.format or "%Y-%m-%d"
    if format_.endswith("%z"):
        text = f"regexp_replace({text}, 'Z$', '+00:00')"
    seconds = f"epoch(try_strptime({text}, {literal(format_)}))"
    if "%Y" not in format_:
        return seconds
    return f"CASE WHEN {seconds} >= {_YEAR_100_S} THEN {seconds} END"
