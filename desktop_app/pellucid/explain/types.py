"""Explanations as values, ready to be drawn, told or saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pellucid.models.additive import Axis, TermKind
from pellucid.models.types import Task, TermEvidence

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TermExplanation:
    """One term as it is read.

    Arrays carry the cells of `axes` (missing first, unseen last) and then the outputs, as in
    `models.additive.Term`. `variation` is the standard deviation over bags; `low` and `high` bound
    the score with 95% confidence by the delete-d jackknife scaling of it (sd x
    sqrt(0.85 / 0.15), Student's t with bags - 1 degrees of freedom). All are NaN with one bag.
    `counts` are training rows a cell. `evidence` is None where no held-out rows were at hand.
    """

    name: str
    kind: TermKind
    columns: tuple[str, ...]
    axes: tuple[Axis, ...]
    importance: float
    evidence: TermEvidence | None
    scores: Floats
    variation: Floats
    low: Floats
    high: Floats
    counts: Floats

    @property
    def matters(self) -> bool:
        return self.evidence is not None and self.evidence.matters


@dataclass(frozen=True, slots=True)
class ModelExplanation:
    """The whole model: its terms by falling importance, and how the scores are to be read.

    `outputs` name what each output raises: the positive class, the classes, or the target.
    """

    task: Task
    link: str
    intercept: Floats
    outputs: tuple[str, ...]
    terms: tuple[TermExplanation, ...]

    def term(self, name: str) -> TermExplanation:
        """Return the term called `name`; raises KeyError where there is none."""
        for term in self.terms:
            if term.name == name:
                return term
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one term adds to one prediction.

    `value` is what the row holds there, as text ("missing" where it is). `score` has one entry an
    output, on the link scale. `variation` is its standard deviation over bags. `cell` names the bin
    or level looked up, for example "38.5 to 41".
    """

    term: str
    value: str
    score: tuple[float, ...]
    variation: tuple[float, ...]
    cell: str
    is_missing: bool = False
    is_unseen: bool = False


@dataclass(frozen=True, slots=True)
class LocalExplanation:
    """One prediction, exactly: intercept + scores = total, on the link scale.

    `value` for regression, else `label` and `probabilities` by class. `contributions` come in
    falling order of |score| (of the explained output). `probability_path` has one entry a
    contribution, in that order: the explained class's probability after adding it to the ones
    before, starting from the intercept's; because the link bends, a score's step in probability
    depends on what was added before it, and that is what the path is there to show.
    """

    row: int | None
    intercept: tuple[float, ...]
    contributions: tuple[Contribution, ...]
    total: tuple[float, ...]
    output: int
    label: str | None = None
    value: float | None = None
    probabilities: Mapping[str, float] | None = None
    base_probability: float | None = None
    probability_path: tuple[float, ...] = ()
    actual: str | None = None
    """What the target column says for this row, where it does."""
