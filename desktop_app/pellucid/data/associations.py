"""How strongly each pair of columns goes together, on a sample of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.data.table import Table
from pellucid.data.types import Association, Columns, Kind
from pellucid.data.views import is_numeric

SAMPLE_ROWS = 10_000
LEVELS = 50
"""Rarer levels of a category are taken together."""
MOST_COLUMNS = 150
MOST_PAIRS = 2000
_FEWEST = 3
Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
_WORDS: tuple[Kind, ...] = ("category", "boolean")


def associate(table: Table, run: Run) -> tuple[tuple[Association, ...], int | None]:
    """Return the associations, strongest first, and the rows sampled where not all were.

    Takes numbers, dates, categories and booleans, the first 150 of them; keeps the 2,000 strongest
    pairs. Seeded by `run.seed`.
    """
    taking_part = [c for c in table.columns if is_numeric(c.kind) or c.kind in _WORDS]
    names = [c.name for c in taking_part[:MOST_COLUMNS]]
    rows = None
    if table.rows > SAMPLE_ROWS:
        random = np.random.default_rng(run.seed)
        rows = np.sort(random.choice(table.rows, SAMPLE_ROWS, replace=False))
    run.progress("Comparing columns", 0, len(names))
    columns = table.select(names, rows)
    numbers = [c.name for c in taking_part if is_numeric(c.kind) and c.name in columns]
    words = [c.name for c in taking_part if c.kind in _WORDS and c.name in columns]
    found = _spearman(numbers, columns)
    codes = {name: level_codes(columns[name]) for name in words}
    for index, name in enumerate(words):
        run.check()
        run.progress("Comparing columns", len(numbers) + index, len(names))
        for number in numbers:
            value = correlation_ratio(codes[name], np.asarray(columns[number], dtype=np.float64))
            found.append(Association(name, number, "correlation ratio", value))
        for other in words[index + 1 :]:
            value = cramers_v(codes[name], codes[other])
            found.append(Association(name, other, "cramers v", value))
    found.sort(key=lambda item: (-abs(item.value), item.a, item.b))
    return tuple(found[:MOST_PAIRS]), None if rows is None else len(rows)


def _spearman(names: Sequence[str], columns: Columns) -> list[Association]:
    """Correlate ranks, each taken over a column's own values, on the rows that both have."""
    if len(names) < 2:
        return []
    values = np.column_stack([np.asarray(columns[name], dtype=np.float64) for name in names])
    here = np.isfinite(values).astype(np.float64)
    ranks = np.column_stack([_ranks(values[:, i]) for i in range(values.shape[1])])
    n = here.T @ here
    with np.errstate(divide="ignore", invalid="ignore"):
        sums = ranks.T @ here / n
        products = ranks.T @ ranks / n - sums * sums.T
        variances = (ranks**2).T @ here / n - sums**2
        rho = products / np.sqrt(variances * variances.T)
    pairs = [(i, j) for i in range(len(names)) for j in range(i + 1, len(names))]
    return [
        Association(names[i], names[j], "spearman", _clean(rho[i, j]))
        for i, j in pairs
        if n[i, j] >= _FEWEST and np.isfinite(rho[i, j])
    ]


def _ranks(values: Floats) -> Floats:
    """Return mid-ranks, centred on 0 and scaled to about 1; missing values get 0."""
    ranks = np.zeros(len(values))
    here = np.flatnonzero(np.isfinite(values))
    if not len(here):
        return ranks
    _, places, counts = np.unique(values[here], return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - (counts - 1) / 2
    ranks[here] = (middle[places] - (len(here) + 1) / 2) / len(here)
    return ranks


def level_codes(values: NDArray[np.generic]) -> Codes:
    """Number the levels by falling frequency, -1 for missing; the rare ones share the last."""
    words = [None if value is None else str(value) for value in values.tolist()]
    counts = Counter(word for word in words if word is not None)
    order = sorted(counts, key=lambda level: (-counts[level], level))
    ranks: dict[str | None, int] = {
        level: min(rank, LEVELS - 1) for rank, level in enumerate(order)
    }
    return np.array([ranks.get(word, -1) for word in words], dtype=np.intp)


def correlation_ratio(codes: Codes, numbers: Floats) -> float:
    """Return how much of a number's spread lies between groups, 0 to 1.

    The square root of epsilon squared (Kelley 1935): eta squared without its upward bias.
    """
    here = (codes >= 0) & np.isfinite(numbers)
    groups, values = codes[here], numbers[here]
    n, k = len(values), len(np.unique(groups))
    if n <= k or k < 2:
        return 0.0
    centred = values - values.mean()
    total = float(centred @ centred)
    if total == 0:
        return 0.0
    counts = np.bincount(groups)
    sums = np.bincount(groups, weights=centred)
    between = float((sums[counts > 0] ** 2 / counts[counts > 0]).sum())
    epsilon = 1 - (1 - between / total) * (n - 1) / (n - k)
    return _clean(np.sqrt(max(0.0, epsilon)))


def cramers_v(a: Codes, b: Codes) -> float:
    """Return the bias-corrected Cramer's V of two coded columns (Bergsma 2013)."""
    here = (a >= 0) & (b >= 0)
    n = int(here.sum())
    if n < 2:
        return 0.0
    a, b = a[here], b[here]
    wide = int(b.max()) + 1
    table = np.bincount(a * wide + b, minlength=(int(a.max()) + 1) * wide).reshape(-1, wide)
    table = table[table.sum(1) > 0][:, table.sum(0) > 0]
    r, k = table.shape
    if min(r, k) < 2:
        return 0.0
    expected = np.outer(table.sum(1), table.sum(0)) / n
    phi2 = float(((table - expected) ** 2 / expected).sum()) / n
    corrected = max(0.0, phi2 - (r - 1) * (k - 1) / (n - 1))
    rows, columns = r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1)
    smaller = min(rows - 1, columns - 1)
    return _clean(np.sqrt(corrected / smaller)) if smaller > 0 else 0.0


def _clean(value: float) -> float:
    return round(float(np.clip(value, -1, 1)), 10)
