"""Explanations as values, ready to be drawn, told or saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pellucid.explain.tokens.types import TokenExplanation
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

    A term over texts has kind "ngrams" and one axis whose levels are its n-grams: the first cell is
    a text without words, the last an n-gram never seen, `counts` are the training texts that hold
    each, and scores are what one occurrence adds in a text of typical length.
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
    bags: int = 0
    """How many bags `variation` was taken over; 0 where that is not known."""
    blocks: tuple[tuple[CellEffect, ...], ...] = ()
    """Of a pair, for each output: its table in a few blocks of many rows, highest score first."""

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

    `value` for regression, else `label`, the likeliest, and `probabilities` by class.
    `contributions` come in falling order of |score| (of the explained output). `probability_path`
    has one entry a contribution, in that order: the explained class's probability after adding it
    to the ones before, starting from the intercept's; because the link bends, a score's step in
    probability depends on what was added before it, and that is what the path is there to show.
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
    tokens: tuple[TokenExplanation, ...] = ()
    """One for each text column: its contribution, token by token."""
    low: float = float("nan")
    high: float = float("nan")
    """95% bounds of the explained probability or of the value, from the bags' own predictions by
    the delete-d jackknife scaling of their spread on the link scale; NaN with one bag."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A score with its 95% interval on the link scale, and the training rows behind it."""

    score: float
    low: float
    high: float
    rows: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A peak or trough of a curve: near `at`, and anywhere from `low` to `high` for all we know.

    The curve within `low` to `high` cannot be told apart from its extreme by the intervals of the
    scores. `prominence` is the smaller of the two changes on its sides.
    """

    kind: Literal["peak", "trough"]
    at: float
    low: float
    high: float
    effect: Effect
    prominence: float


@dataclass(frozen=True, slots=True)
class Jump:
    """A change of score over a narrow stretch of the data, beyond noise and beyond the trend.

    `at` lies between `low` and `high`, the places between which the step is made; `change` carries
    the interval of the step and the rows in the two windows that it was measured on.
    """

    at: float
    low: float
    high: float
    change: Effect


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a curve that rises, falls or stays level between two places."""

    direction: Literal["rises", "falls", "level"]
    start: float
    end: float
    change: float


@dataclass(frozen=True, slots=True)
class CellEffect:
    """The score of one cell or pair of cells, by name."""

    label: str
    effect: Effect


@dataclass(frozen=True, slots=True)
class Shape:
    """What one output's scores of a term do, told apart from noise.

    `swing` is the change from the lowest to the highest supported cell, with its interval; `flat`
    where that is within noise. Bins have `stretches`, `turns`, `jumps` and their highest and lowest
    `cells`; levels and pairs have all supported `cells`, highest first. `missing` is told where
    enough rows are missing, against the average of the rest.
    """

    term: str
    output: int
    flat: bool
    swing: Effect
    stretches: tuple[Stretch, ...] = ()
    turns: tuple[Turn, ...] = ()
    jumps: tuple[Jump, ...] = ()
    cells: tuple[CellEffect, ...] = ()
    missing: CellEffect | None = None

    @property
    def direction(self) -> Literal["rises", "falls", "turns", "level"]:
        """Say what the curve does as a whole, level parts aside."""
        ways = {stretch.direction for stretch in self.stretches} - {"level"}
        if not ways:
            return "level"
        return "turns" if len(ways) > 1 else next(iter(ways))
