"""Columns and texts in one model, beside a model of either alone, on the same test rows."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from figures import REAL_DATA, Figure
from numpy.typing import NDArray
from text_results import Measured, kept, paired, told

from pellucid.data.frames import columns_of
from pellucid.data.reading import open_table
from pellucid.data.table import Table
from pellucid.models.fit import Fit
from pellucid.models.fitting import fit
from pellucid.models.metrics import losses
from pellucid.models.tasks import is_known, target_of
from pellucid.models.types import FitOptions, Quality


@dataclass(frozen=True)
class MixedTable:
    """A file with columns of texts and others; `texts` are read as such, `drop` never."""

    name: str
    place: Path
    target: str
    texts: tuple[str, ...]
    drop: tuple[str, ...] = ()


TABLES = {
    "womens": MixedTable(
        "Clothing",
        REAL_DATA / "womens_clothing_reviews" / "Womens Clothing E-Commerce Reviews.csv",
        "Recommended IND",
        ("Title", "Review Text"),
        ("Rating",),
    ),
    "airbnb": MixedTable(
        "Airbnb",
        REAL_DATA / "airbnb_boston" / "listings.csv",
        "price",
        ("name", "description", "neighborhood_overview", "host_about", "amenities"),
    ),
}


def figures(key: str) -> Iterator[Figure]:
    """Yield the loss of the three models on the test rows, and the differences."""
    mixed = TABLES[key]
    found = {
        part: kept(f"{key}-{part}", lambda part=part: measure(mixed, part))  # type: ignore[misc]
        for part in ("both", "texts", "columns")
    }
    yield from compare(mixed.name, found)


def compare(name: str, found: dict[str, Measured]) -> Iterator[Figure]:
    """Yield the figures of three measurements: both, texts and columns."""
    is_number = found["both"]["is_number"]
    loss = "RMSE" if is_number else "log loss"
    both = np.array(found["both"]["losses"])
    for other in ("texts", "columns"):
        alone = np.array(found[other]["losses"])
        values = np.sqrt([both.mean(), alone.mean()]) if is_number else (both.mean(), alone.mean())
        gain = paired(both, alone, root=is_number)
        yield Figure(f"{name}: {loss} of both, beside {other} alone", values[0], "", values[1])
        yield Figure(f"{name}: minus {other}' {told(gain)}, high", gain["high"], "", limit=0)
    for metric in ("auc", "accuracy", "r2"):
        if metric in found["both"]["metrics"]:
            told_values = [found[part]["metrics"][metric] for part in ("texts", "columns")]
            yield Figure(f"{name}: {metric} of both, beside the better part",
                         found["both"]["metrics"][metric], "", max(told_values))  # fmt: skip


def measure(
    mixed: MixedTable, part: str, quality: Quality = "standard", encoder: str | None = None
) -> Measured:
    """Fit the columns of one part, or of both, and return the loss of every test row."""
    with open_table(mixed.place) as opened:
        names = [column.name for column in opened.columns]
        others = tuple(n for n in names if n not in (*mixed.texts, mixed.target, *mixed.drop))
        left_out = {"both": (), "texts": others, "columns": mixed.texts}[part]
        read = tuple(name for name in mixed.texts if name not in left_out)
        options = FitOptions(mixed.target, drop=(*mixed.drop, *left_out), texts=read,
                             quality=quality, encoder=encoder)  # fmt: skip
        start = time.perf_counter()
        fitted = fit(opened, options)
        seconds = time.perf_counter() - start
        rows, lost = _losses(fitted, opened)
    return {
        "rows": rows.tolist(),
        "losses": lost.tolist(),
        "is_number": fitted.model.task.kind == "regression",
        "metrics": {name: estimate.value for name, estimate in fitted.metrics.items()},
        "seconds": seconds,
        "beside": {
            one.name: {name: estimate.value for name, estimate in one.metrics.items()}
            for one in fitted.baselines
        },
        "terms": [term.name for term in fitted.model.all_terms],
        "warnings": [alert.message for alert in fitted.warnings],
    }


def _losses(fitted: Fit, table: Table) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return the test rows and the loss of each."""
    assert fitted.split is not None
    model, rows = fitted.model, fitted.split.rows("test")
    columns, _ = columns_of(table, model.task.features)
    truth = target_of(model.task, table.values(model.task.target))[rows]
    assert is_known(truth).all()
    mean = model.mean(model.margin({name: values[rows] for name, values in columns.items()}))
    return rows, losses(model.task, mean, truth)


def same_rows(found: Sequence[Measured]) -> bool:
    """Return whether all measurements were made on the same rows."""
    return all(one["rows"] == found[0]["rows"] for one in found)
