"""Which column a reader most likely wants to predict, and why."""

from __future__ import annotations

import re

from pellucid.core.numbers import count, listing
from pellucid.data.types import ColumnProfile, Profile
from pellucid.models.multilabel import find_separator

# Names that people give to what they want to predict, the most telling first.
_TELLING = (
    "target", "label", "class", "outcome", "response", "y", "churn", "survived", "default",
    "income", "species", "price", "diagnosis", "fraud", "attrition", "converted", "result",
    "value", "status", "sentiment", "rating", "score", "salary", "sales", "revenue", "total",
    "cost", "cnt", "count", "type", "category", "quality", "grade", "risk",
)  # fmt: skip
_PREDICTABLE = ("number", "category", "boolean")
_MOST_CLASSES = 20
_MUCH_MISSING = 0.5
_MOST = 5
_CATEGORY_SHARE = 0.05
_ENOUGH = 1_000
"""Cells of one value to look at."""


def suggest_targets(profile: Profile) -> tuple[tuple[str, str], ...]:
    """Return at most five columns worth predicting, best first, each with the reason in words."""
    scored = []
    last = len(profile.columns) - 1
    for place, column in enumerate(profile.columns):
        points, why = _appeal(column, is_last=place == last, is_first=place == 0)
        if points > 0:
            scored.append((-points, -place, column.name, why))
    return tuple((name, why) for _, _, name, why in sorted(scored)[:_MOST])


def _appeal(column: ColumnProfile, *, is_last: bool, is_first: bool) -> tuple[float, str]:
    """Return how much speaks for a column as the target, 0 for nothing, and what does."""
    is_class = column.kind != "number"
    if column.kind not in _PREDICTABLE or column.missing > _MUCH_MISSING * column.rows:
        return 0.0, ""
    is_many = column.distinct > min(_MOST_CLASSES, _CATEGORY_SHARE * column.rows + 2)
    has_labels = column.kind == "category" and _holds_labels(column)
    if is_class and is_many and not has_labels:
        return 0.0, ""
    points, reasons = 0.0, []
    name_points = _telling(column.name)
    if name_points:
        points += name_points
        reasons.append("its name says that it is an outcome")
    if is_last:
        points += 4
        reasons.append("it is the last column")
    elif is_first and is_class:
        points += 1
    if has_labels:
        points += 1
        reasons.append("its cells hold several labels each")
    elif column.distinct == 2:
        points += 3
        reasons.append("it has two values")
    elif is_class:
        points += 1
        reasons.append(f"it has {count(column.distinct)} classes")
    elif column.distinct > _MOST_CLASSES:
        points += 1
        reasons.append("it is a number with many values")
    return points, listing(reasons)


def _holds_labels(column: ColumnProfile) -> bool:
    """Judge by the most frequent cells whether a column holds several labels a row."""
    cells = [top.value for top in column.top for _ in range(min(top.count, _ENOUGH))]
    return bool(find_separator(cells))


def _telling(name: str) -> float:
    """Return up to 8 points for a name that contains a telling word, more for earlier ones."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)
    words = [word for word in re.split(r"[^a-z0-9]+", spaced.casefold()) if word]
    found = [i for i, word in enumerate(_TELLING) if word in words]
    if not found:
        return 0.0
    whole = 2.0 if len(words) == 1 else 0.0
    return whole + 6.0 - 4.0 * min(found) / len(_TELLING)
