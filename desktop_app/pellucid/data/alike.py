"""Alerts of one kind taken together, so that many columns with one trait are told in one line."""

from __future__ import annotations

from collections.abc import Sequence

from pellucid.core.numbers import listing, plural
from pellucid.data.types import Alert

FEW_ALIKE = 3
_MOST_NAMES = 8

_TOGETHER = {
    "constant": "have one value only, or none",
    "missing": "miss many values",
    "misfits": "have values that do not fit their kind and count as missing",
    "sentinel": "hold a number that may be a code for missing",
    "high cardinality": "have a great many different values",
    "imbalance": "have nearly always the same value",
    "zeros": "are mostly 0",
    "outliers": "have values far out",
    "skew": "have a long tail",
    "repeated identifier": "hold identifiers that repeat",
    "rare levels": "have a great many different values, the rare ones of which are treated alike, "
    "as are values that were never seen",
    "no ngrams": "hold no word that stands in two of their texts, so their words say nothing",
}


def grouped(alerts: Sequence[Alert]) -> tuple[Alert, ...]:
    """Take alerts of one kind together where more than a few columns have it.

    Alerts that say more than one trait of one column, such as those of leaks, stay as they are.
    """
    found: list[Alert] = []
    for kind in dict.fromkeys(alert.kind for alert in alerts):
        same = [alert for alert in alerts if alert.kind == kind]
        if len(same) <= FEW_ALIKE or kind not in _TOGETHER:
            found += same
            continue
        names = tuple(name for alert in same for name in alert.columns)
        listed = listing(list(names), _MOST_NAMES)
        text = f"{plural(len(names), 'column')} {_TOGETHER[kind]}: {listed}"
        found.append(Alert(kind, names, text))
    return tuple(found)
