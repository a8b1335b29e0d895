"""A fit: the model, what is known about it, and the rows it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pellucid.data.types import Alert, Split
from pellucid.models.additive import AdditiveModel
from pellucid.models.types import Estimate, FitSummary, Scores


class Measured:
    """What any fit says of its model, from its summary."""

    __slots__ = ()
    summary: FitSummary

    @property
    def metrics(self) -> Mapping[str, Estimate]:
        """How good the model is on the test rows, by metric."""
        return self.summary.test.metrics

    @property
    def baselines(self) -> tuple[Scores, ...]:
        """How good the baselines are on the same rows."""
        return self.summary.baselines

    @property
    def warnings(self) -> tuple[Alert, ...]:
        """What to know before believing the model."""
        return self.summary.warnings


@dataclass(frozen=True, slots=True)
class Fit(Measured):
    """What fitting gives. `split` is None where the fit was loaded without its rows."""

    model: AdditiveModel
    summary: FitSummary
    split: Split | None = None
