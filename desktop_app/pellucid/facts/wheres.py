"""Groups of rows in words: `Sex is Male`, `Age is 48 or more`, `review has 13 words or more`."""

from __future__ import annotations

import re

from pellucid.explain.cells import MISSING
from pellucid.explain.group_types import CutKind
from pellucid.models.additive import MONTHS

_LEAST_MOST = re.compile(r"(?P<size>.+) or (?P<way>less|more)")


def where_text(column: str, kind: CutKind, label: str, unit: str = "", cell: str = "") -> str:
    """Name the rows of a group, to stand after `where`.

    `cell` is what stands for a level, for example the label in quotation marks.
    """
    if label == MISSING:
        return f"{column} is missing"
    if kind == "levels":
        return f"{column} is {cell or label or '(empty)'}"
    if kind == "periods":
        return f"{column} is {when_text(label)}"
    if kind == "lengths":
        return f"{column} has {_length(label, unit)}"
    span = f"from {label}" if " to " in label else label
    return f"{column} is {span}"


def when_text(label: str) -> str:
    """Name a period, to stand in a sentence: `in 2011`, `in March 2011`, `on 4 March 2011`."""
    parts = label.split("-")
    if len(parts) == 1:
        return f"in {label}"
    named = f"{MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return f"on {int(parts[2])} {named}" if len(parts) == 3 else f"in {named}"


def _length(label: str, unit: str) -> str:
    found = _LEAST_MOST.fullmatch(label)
    if found is None:
        return f"{label} {unit}{'' if label == '1' else 's'}"
    units = unit if found["size"] == "1" else f"{unit}s"
    return f"{found['size']} {units} or {'fewer' if found['way'] == 'less' else 'more'}"
