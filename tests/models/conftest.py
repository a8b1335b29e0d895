"""Small tables to fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
from tables import open_columns

from pellucid.data.table import Table

TableOf = Callable[[Mapping[str, Sequence[object]]], Table]


@pytest.fixture
def table_of(tmp_path: Path) -> Iterator[TableOf]:
    """Return a function that opens columns as a table, and closes them all at the end."""
    with ExitStack() as stack:
        yield lambda columns: stack.enter_context(open_columns(tmp_path, columns))


@pytest.fixture(scope="session")
def loans() -> dict[str, list[object]]:
    """400 loans: default depends on income and on the pair of age and region; `noise` on nothing.

    Income is missing in some rows, region in others; dates span two years.
    """
    random = np.random.default_rng(7)
    rows = 400
    income = random.normal(50, 15, rows).round(1)
    age = random.integers(18, 80, rows)
    region = random.choice(["north", "south", "west"], rows)
    chance = 1 / (1 + np.exp((income - 50) / 6 + np.where((region == "west") & (age > 50), -2, 1)))
    start = np.datetime64("2020-01-01")
    opened = start + random.integers(0, 730, rows)
    return {
        "income": [None if i % 17 == 3 else float(v) for i, v in enumerate(income)],
        "age": age.tolist(),
        "region": [None if i % 23 == 5 else v for i, v in enumerate(region.tolist())],
        "opened": [str(day) for day in opened],
        "noise": random.normal(size=rows).round(3).tolist(),
        "default": np.where(random.random(rows) < chance, "yes", "no").tolist(),
    }
