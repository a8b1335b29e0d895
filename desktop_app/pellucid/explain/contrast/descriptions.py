"""What a description says of each row."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pellucid.core.numbers import number
from pellucid.data.tokens import MOST_ORDERS, ngrams_of, words_of
from pellucid.data.types import Columns
from pellucid.explain.contrast.types import Description

Floats = NDArray[np.float64]
_SKEWED = 2.0


def judge(description: Description, columns: Columns) -> Floats:
    """Return what a description says of each row, (n,): 0 or 1, or the number; NaN for nothing.

    A row whose cell is missing is judged for "missing" alone.
    """
    values = columns[description.column]
    if description.kind == "missing":
        return is_missing(values).astype(np.float64)
    if values.dtype.kind == "f":
        numbers = values.astype(np.float64)
        if description.kind == "number":
            return np.where(np.isfinite(numbers), numbers, np.nan)
        if description.kind == "level":
            held = numbers == float(description.value)
        else:
            held = numbers >= description.cut
        return np.where(np.isfinite(numbers), held, np.nan)
    words = values.tolist()
    if description.kind == "level":
        found = [np.nan if v is None else float(str(v) == description.value) for v in words]
    elif description.kind == "length":
        found = [np.nan if v is None else float(len(words_of(str(v)))) for v in words]
    else:
        found = _holding(words, description.value)
    return np.asarray(found, dtype=np.float64)


def _holding(texts: Sequence[str | None], phrase: str) -> list[float]:
    """Say of each text whether the n-gram stands in it; a cheap look comes before the exact one."""
    orders = min(MOST_ORDERS, max(1, len(words_of(phrase))))
    found = []
    for text in texts:
        if text is None:
            found.append(np.nan)
            continue
        words = words_of(text)
        held = all(part in words for part in words_of(phrase)) and phrase in ngrams_of(
            words, orders
        )
        found.append(float(held))
    return found


def is_missing(values: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Return which cells are missing: NaN in numbers, None in words."""
    if values.dtype.kind == "f":
        return ~np.isfinite(values.astype(np.float64))
    return np.asarray([value is None for value in values.tolist()], dtype=bool)


def is_skewed(values: Floats) -> bool:
    """Say whether a number is so skewed that its mean speaks for few of its rows."""
    spread = float(values.std())
    if not spread:
        return False
    return abs(float((((values - values.mean()) / spread) ** 3).mean())) > _SKEWED


def condition(description: Description, often: str = "") -> str:
    """Say what is true of a row: `bedrooms is at least 2`; with `often`, how often it is.

    The adverb stands before what the row holds, lest it be read with it: `bedrooms is less often at
    least 2`.
    """
    plain = _condition(description)
    if not often:
        return plain
    if description.kind == "statement":
        return f"{plain} {often}"
    if description.kind == "phrase":
        return f"“{description.value}” stands {often} in {description.column}"
    rest = plain.removeprefix(f"{description.column} is ")
    return f"{description.column} is {often} {rest}"


def _condition(description: Description) -> str:
    column = description.column
    if description.kind == "missing":
        return f"{column} is missing"
    if description.kind == "statement":
        return f"“{description.value}” fits"
    if description.kind == "phrase":
        return f"“{description.value}” stands in {column}"
    if description.kind == "threshold":
        return f"{column} is at least {number(description.cut)}"
    if description.kind == "date":
        stamp = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=description.cut)
        return f"{column} is on or after {stamp.date().isoformat()}"
    return f"{column} is {description.value}"
