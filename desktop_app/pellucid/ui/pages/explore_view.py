"""What the Explore page shows, as values: a summary, alerts with their actions, cards. No Qt."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final, Literal

from pellucid.core.numbers import count, listing, percent, plural
from pellucid.data.search import Filter
from pellucid.data.types import Alert, Association, ColumnProfile, Kind, Profile
from pellucid.ui.pages.data_view import KIND_WORDS, bars_of, cell_text, value_text

ALERTS_FIRST: Final = 6
CARDS_FIRST: Final = 24
_CLEAR: Final = 0.1

_GRAVITY: Final = (
    "misfits", "sentinel", "duplicate rows", "correlated", "missing", "constant",
    "high cardinality", "imbalance", "zeros", "outliers", "skew", "spaces",
)  # fmt: skip
"""Kinds of alert, those first that most often spoil a result; kinds not listed come before all."""

_PLURALS: Final[dict[Kind, str]] = {
    "number": "numbers", "category": "categories", "text": "texts", "datetime": "dates or times",
    "boolean": "yes or no", "identifier": "identifiers", "constant": "constants",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Action:
    """What can be done about an alert: see rows, see a column, or leave columns out."""

    title: str
    does: Literal["rows", "column", "drop"]
    columns: tuple[str, ...]
    filters: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True)
class AlertLine:
    """An alert as a line; `is_grave` ones put a result in doubt, the rest are good to know."""

    text: str
    is_grave: bool
    action: Action | None


@dataclass(frozen=True, slots=True)
class Card:
    """A column at a glance. `bars` are heights from 0 to 1."""

    name: str
    kind: Kind
    bars: tuple[float, ...]
    are_levels: bool
    line: str
    aside: str
    tie: str
    has_alert: bool


def summary_line(profile: Profile) -> str:
    """Say what the table is made of."""
    kinds = Counter(column.kind for column in profile.columns)
    parts = [
        f"{count(n)} {KIND_WORDS[kind] if n == 1 or kind == 'boolean' else _PLURALS[kind]}"
        for kind, n in kinds.most_common()
    ]
    cells = profile.rows * len(profile.columns)
    gaps = sum(column.missing for column in profile.columns)
    missing = f"{percent(gaps / cells)} of all cells are missing" if gaps else "No cell is missing"
    size = f"{plural(profile.rows, 'row')} in {plural(len(profile.columns), 'column')}"
    return f"{size}: {listing(parts, 7)}. {missing}."


def alert_lines(profile: Profile, dropped: frozenset[str]) -> tuple[AlertLine, ...]:
    """Return the alerts, those first that most often spoil a result."""
    ranked = sorted(profile.alerts, key=_gravity)
    return tuple(
        AlertLine(_sentence(alert.message), _gravity(alert) < 6, _action(alert, dropped))
        for alert in ranked
    )


def _gravity(alert: Alert) -> int:
    return _GRAVITY.index(alert.kind) if alert.kind in _GRAVITY else -1


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _action(alert: Alert, dropped: frozenset[str]) -> Action | None:
    if not alert.columns:
        return None
    first = alert.columns[0]
    if alert.kind in ("missing", "misfits") and len(alert.columns) == 1:
        test: Literal["missing", "misfit"] = "missing" if alert.kind == "missing" else "misfit"
        return Action("See rows", "rows", alert.columns, (Filter(first, test),))
    if alert.kind in ("constant", "high cardinality", "correlated"):
        out = alert.columns[-1:] if alert.kind == "correlated" else alert.columns
        kept = tuple(name for name in out if name not in dropped)
        if kept:
            what = cell_text(kept[0])[:20] if len(kept) == 1 else "them"
            return Action(f"Leave {what} out", "drop", kept)
    return Action("See column", "column", (first,))


def cards(profile: Profile) -> tuple[Card, ...]:
    """Return a card a column, the most interesting first.

    Interest is the strongest tie to another column, raised where the column has an alert;
    identifiers and constants come last.
    """
    ties = _strongest(profile.associations)
    order = sorted(
        range(len(profile.columns)), key=lambda i: (-_interest(profile.columns[i], ties), i)
    )
    return tuple(_card(profile.columns[i], ties) for i in order)


def _strongest(associations: tuple[Association, ...]) -> dict[str, tuple[float, str]]:
    found: dict[str, tuple[float, str]] = {}
    for item in associations:
        for one, other in ((item.a, item.b), (item.b, item.a)):
            if abs(item.value) > found.get(one, (0.0, ""))[0]:
                found[one] = (abs(item.value), other)
    return found


def _interest(column: ColumnProfile, ties: dict[str, tuple[float, str]]) -> float:
    base = ties.get(column.name, (0.0, ""))[0] + (0.2 if column.alerts else 0.0)
    return base - {"identifier": 2.0, "constant": 3.0}.get(column.kind, 0.0)


def _card(column: ColumnProfile, ties: dict[str, tuple[float, str]]) -> Card:
    bars, are_levels = bars_of(column, 16)
    strength, other = ties.get(column.name, (0.0, ""))
    tie = f"Closest to {other} ({strength:.2f})" if strength >= _CLEAR else ""
    share = column.missing / column.rows if column.rows else 0.0
    aside = f"{percent(share)} missing" if share else ""
    return Card(
        column.name, column.kind, bars, are_levels, _line(column), aside, tie, bool(column.alerts)
    )


def _line(column: ColumnProfile) -> str:
    """Say in a few words what a column holds."""
    present = max(1, column.rows - column.missing)
    if column.kind == "number" and column.min is not None and column.max is not None:
        middle = column.quantiles.get("0.5")
        span = f"{value_text(column.min, column)} to {value_text(column.max, column)}"
        return f"{span}, median {value_text(middle, column)}" if middle is not None else span
    if column.kind == "datetime" and column.min is not None and column.max is not None:
        return f"{value_text(column.min, column)} to {value_text(column.max, column)}"
    if column.kind in ("category", "boolean") and column.top:
        share = percent(column.top[0].count / present)
        return f"{share} {cell_text(column.top[0].value)[:40]}; {count(column.distinct)} values"
    if column.kind == "constant":
        return f"always {cell_text(column.top[0].value)[:40]}" if column.top else "always empty"
    return f"{count(column.distinct)} different values"
