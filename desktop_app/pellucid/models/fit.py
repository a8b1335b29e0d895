"""A fit: the model, what is known about it, and the rows it was made from."""

from __future__ import annotations

from dataclasses import dataclass

from pellucid.data.types import Split
from pellucid.models.additive import AdditiveModel
from pellucid.models.types import FitSummary


@dataclass(frozen=True, slots=True)
class Fit:
    """What fitting gives. `split` is None where the fit was loaded without its rows."""

    model: AdditiveModel
    summary: FitSummary
    split: Split | None = None
