"""How strongly two columns go together on some rows, with an interval where there is one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.data.associations import correlation_ratio, cramers_v, level_codes
from pellucid.data.types import Kind

if TYPE_CHECKING:
    from pellucid.data.table import Table

_KINDS: tuple[Kind, ...] = ("number", "datetime", "category", "boolean")
_MOST_TOLD = 8
_FEWEST = 4
_LEAST = 0.1
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Found:
    """Two columns, the measure of their association, and its 95% interval, NaN where none is."""

    a: str
    b: str
    measure: str
    value: float
    rows: int
    low: float = math.nan
    high: float = math.nan


def relations(
    table: Table, rows: NDArray[np.intp], column: str, other: str, run: Run
) -> list[Found]:
    """Return the association of two columns, or the strongest of one or of all.

    Raises `UserError` for columns that have no such measure.
    """
    usable = [c.name for c in table.columns if c.kind in _KINDS]
    for name in (column, other):
        if name and name not in usable:
            kind = table.column(name).kind
            raise UserError(
                f"{name} is a column of kind {kind}, for which no association is measured",
                "Ask about numbers, dates and categories.",
            )
    if column and other:
        pairs = [(column, other)]
    elif column:
        pairs = [(column, name) for name in usable if name != column]
    else:
        pairs = [(a, b) for i, a in enumerate(usable) for b in usable[i + 1 :]]
    values = {name: table.values(name)[rows] for name in {n for pair in pairs for n in pair}}
    found = []
    for place, (a, b) in enumerate(pairs):
        run.check()
        run.progress("Comparing columns", place, len(pairs))
        one = _related(a, b, values[a], values[b])
        if one is not None:
            found.append(one)
    found.sort(key=lambda item: (-abs(item.value), item.a, item.b))
    if other:
        return found
    return [item for item in found if abs(item.value) >= _LEAST][:_MOST_TOLD]


def _related(a: str, b: str, first: NDArray[Any], second: NDArray[Any]) -> Found | None:
    numeric = [values.dtype.kind == "f" for values in (first, second)]
    if all(numeric):
        return _ranks(a, b, first.astype(np.float64), second.astype(np.float64))
    if not any(numeric):
        codes = level_codes(first), level_codes(second)
        known = int(((codes[0] >= 0) & (codes[1] >= 0)).sum())
        return Found(a, b, "cramers v", cramers_v(*codes), known) if known >= _FEWEST else None
    words, numbers = (second, first) if numeric[0] else (first, second)
    code, value = level_codes(words), numbers.astype(np.float64)
    known = int(((code >= 0) & np.isfinite(value)).sum())
    if known < _FEWEST:
        return None
    return Found(a, b, "correlation ratio", correlation_ratio(code, value), known)


def _ranks(a: str, b: str, first: NDArray[np.float64], second: NDArray[np.float64]) -> Found | None:
    """Return Spearman's correlation with its interval.

    Source: Bonett and Wright (2000), "Sample size requirements for estimating Pearson, Kendall and
    Spearman correlations", Psychometrika 65(1).
    """
    from scipy.stats import spearmanr

    known = np.isfinite(first) & np.isfinite(second)
    n = int(known.sum())
    if n < _FEWEST or np.ptp(first[known]) == 0 or np.ptp(second[known]) == 0:
        return None
    value = float(spearmanr(first[known], second[known]).statistic)
    if abs(value) > 1 - 1e-9:
        return Found(a, b, "spearman", value, n)
    half = _Z * math.sqrt((1 + value**2 / 2) / (n - 3))
    middle = math.atanh(value)
    return Found(a, b, "spearman", value, n, math.tanh(middle - half), math.tanh(middle + half))
