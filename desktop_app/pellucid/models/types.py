"""The values around a model: what was asked, what came of it, how good it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pellucid.data.types import Alert, Kind

TaskKind = Literal["binary", "multiclass", "multilabel", "regression"]
Quality = Literal["preview", "standard", "best"]
ModelKind = Literal["additive", "tree", "transformer"]
EDITED = "edited"
"""The kind of the alert which says that a model was edited by hand after its fit."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be predicted, from what.

    `classes` are sorted labels, empty for regression. With two, margins refer to `positive`,
    which is the second unless chosen otherwise. `features` are columns, in the table's order, with
    the kind each is read as. Of multilabel targets a row has any number of the classes, which its
    cell holds between `separator`s, or as a JSON list where that is "[]".
    """

    target: str
    kind: TaskKind
    classes: tuple[str, ...] = ()
    positive: str = ""
    features: tuple[tuple[str, Kind], ...] = ()
    separator: str = ""


@dataclass(frozen=True, slots=True)
class FitOptions:
    """The decisions of a fit that a user can make; None and empty mean "choose for me".

    `texts` are columns to read as texts whatever kind they were seen to be; columns of kind text
    take part without being named. With `task` "auto" a column of cells that hold several labels
    each is read as labels; with "classification" whole cells are classes. `encoder` is a folder, a
    hub id or "none", which is no language model; `download` allows a hub id to be fetched. `tune`
    trains the encoder on the task first.
    """

    target: str
    task: Literal["auto", "classification", "regression"] = "auto"
    positive: str | None = None
    drop: tuple[str, ...] = ()
    quality: Quality = "standard"
    test_size: float = 0.2
    seed: int = 0
    kind: ModelKind = "additive"
    texts: tuple[str, ...] = ()
    encoder: str | None = None
    tune: bool = False
    download: bool = False


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measured value with its 95% interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Scores:
    """A model's metrics on one set of rows."""

    name: str
    metrics: Mapping[str, Estimate]
    interval: str
    """The method behind the intervals, for example "bootstrap over rows, 1,000 resamples"."""
    lead: Mapping[str, Estimate] = field(default_factory=dict)
    """Of a baseline, by metric: the model's value less the baseline's, on the same rows."""
    lead_interval: str = ""
    """The method behind the intervals of these differences."""


@dataclass(frozen=True, slots=True)
class TermEvidence:
    """Whether a term matters: the rise in held-out loss when it is taken out.

    `low` and `high` bound `rise` at a level corrected for the number of terms (Holm over paired
    bootstrap intervals); the term matters where they exclude 0 from below.
    """

    term: str
    rise: float
    low: float
    high: float
    matters: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A column that did not take part, and why."""

    column: str
    why: str


def by_reason(left_out: Sequence[LeftOut]) -> dict[str, list[str]]:
    """Return the names of the columns that were left out for each reason, in their order."""
    found: dict[str, list[str]] = {}
    for one in left_out:
        found.setdefault(one.why, []).append(one.column)
    return found


@dataclass(frozen=True, slots=True)
class Seconds:
    """Wall-clock seconds from the start of the fit."""

    first_curves: float
    total: float


@dataclass(frozen=True, slots=True)
class FitSummary:
    """All of a fit but the model itself.

    `rows` counts "train", "validation" and "test". `bags` of `bags_asked` are folded in;
    fewer where the fit was stopped.
    """

    task: Task
    options: FitOptions
    rows: Mapping[str, int]
    left_out: tuple[LeftOut, ...]
    bags: int
    bags_asked: int
    seconds: Seconds
    test: Scores
    baselines: tuple[Scores, ...]
    evidence: tuple[TermEvidence, ...]
    warnings: tuple[Alert, ...] = ()
    source_fingerprint: str = ""

    @property
    def is_edited(self) -> bool:
        """Whether the model was edited by hand after the fit."""
        return any(alert.kind == EDITED for alert in self.warnings)
