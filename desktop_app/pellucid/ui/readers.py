"""From the engine's JSON to the values that the session keeps; called off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.values import from_json
from pellucid.models.additive import AdditiveModel
from pellucid.models.files import load_fit
from pellucid.models.types import FitSummary
from pellucid.report.document import Report
from pellucid.ui.states import Opened
from pellucid.writing.types import Words

RowIds = NDArray[np.int64]


def reader(kind: type[Any]) -> Callable[[Any], Any]:
    return lambda data: from_json(kind, data)


def read_pairs(data: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(column), str(why)) for column, why in data)


def read_rows(data: Mapping[str, Any]) -> RowIds:
    return np.asarray(data["rows"], dtype=np.int64)


def read_fit(data: Mapping[str, Any]) -> tuple[Path, AdditiveModel, FitSummary]:
    path = Path(data["fit"])
    return path, load_fit(path).model, from_json(FitSummary, data["summary"])


def read_curves(data: Mapping[str, Any]) -> tuple[AdditiveModel, int, int]:
    return load_fit(Path(data["fit"])).model, int(data["bags"]), int(data["bags_asked"])


def read_report(data: Mapping[str, Any]) -> tuple[Report, Mapping[str, Mapping[str, str]]]:
    return from_json(Report, data["report"]), data["svgs"]


def read_project(data: Mapping[str, Any]) -> Mapping[str, Any]:
    if "store" not in data:
        raise UserError("The project does not say which table it is about")
    words = data.get("words")
    return {
        "opened": from_json(Opened, data),
        "words": from_json(Words, words) if words else None,
        "hidden": data.get("hidden") or (),
    }
