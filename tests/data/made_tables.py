"""Tables made from a few values."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pellucid.data.table import Table

OpenText = Callable[..., Table]
"""Takes text or bytes, a file name and the fields of `Reading`; returns the opened table."""


def column(values: Iterable[object], name: str = "x") -> str:
    """Return a CSV of one column and one that makes every line distinct."""
    return f"{name};row\n" + "".join(f"{value};r{i}\n" for i, value in enumerate(values))
