"""The rules of `views` in Python, for values that are not in a store."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from pellucid.data.views import BLANKS, View, grouped_pattern

_PLAIN = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


def present(text: str | None, view: View) -> str | None:
    """Return the stripped text, or None where the value is missing."""
    stripped = (text or "").strip(BLANKS)
    return None if not stripped or stripped in view.missing else stripped


def parse_number(text: str, view: View) -> float | None:
    """Return the finite number that a stripped text writes, or None."""
    if view.unit:
        text = text.replace(view.unit, "").strip(BLANKS)
    if view.thousands and re.fullmatch(grouped_pattern(view), text):
        text = text.replace(view.thousands, "")
    if view.decimal != ".":
        if "." in text:
            return None
        text = text.replace(view.decimal, ".")
    if not _PLAIN.fullmatch(text):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


def parse_seconds(text: str, view: View) -> float | None:
    """Return the seconds since 1970-01-01 UTC that a stripped text writes, or None."""
    try:
        moment = datetime.strptime(text, view.format or "%Y-%m-%d")
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def parse_values(texts: Sequence[str | None], view: View) -> NDArray[np.generic]:
    """Return typed values as `data.types.Columns` describes; what does not fit is missing."""
    kept = [present(text, view) for text in texts]
    if view.kind not in ("number", "datetime"):
        values = np.empty(len(kept), dtype=object)
        values[:] = kept
        return values
    parse = parse_number if view.kind == "number" else parse_seconds
    found = (None if text is None else parse(text, view) for text in kept)
    return np.array([math.nan if value is None else value for value in found], dtype=np.float64)


def fits(text: str | None, view: View) -> bool:
    """Return whether a cell is missing or of the view's kind; False marks a misfit."""
    stripped = present(text, view)
    if stripped is None:
        return True
    if view.kind == "number":
        return parse_number(stripped, view) is not None
    if view.kind == "datetime":
        return parse_seconds(stripped, view) is not None
    return True
