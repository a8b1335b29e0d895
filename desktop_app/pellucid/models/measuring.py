"""A fit measured: the model that its bags make, on rows that it did not see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import count, takewhile
from time import monotonic
from typing import TYPE_CHECKING

import numpy as np

from pellucid.data.types import Alert
from pellucid.models.additive import AdditiveModel
from pellucid.models.baselines import BASELINES, TFIDF
from pellucid.models.evidence import term_evidence
from pellucid.models.fit import Fit
from pellucid.models.fit_tasks import bag_members
from pellucid.models.folding import Layout, Readable, fold
from pellucid.models.metrics import RESAMPLES, Resampled, beside, resample
from pellucid.models.setup import Rows, Setup, rows_of
from pellucid.models.text_part import TextPart, fold_with
from pellucid.models.types import FitOptions, FitSummary, Seconds, TermEvidence

if TYPE_CHECKING:
    from pellucid.data.table import Table

TEXTS_ALONE = "texts alone"
COLUMNS_ALONE = "columns alone"
MOST_JUDGES = 20_000
"""Held-out rows that judge terms at most."""
HASTY_RESAMPLES, HASTY_JUDGES = 200, 3_000
"""Less of both after a stop, which should take effect at once."""


@dataclass(slots=True)
class Outcome:
    """What the workers have given so far: bags by number, and the baselines' scores."""

    layout: Layout
    words: TextPart | None = None
    bags: dict[int, Readable] = field(default_factory=dict)
    baselines: dict[str, Resampled] = field(default_factory=dict)
    columns_alone: dict[int, Readable] = field(default_factory=dict)
    warnings: list[Alert] = field(default_factory=list)
    is_stopped: bool = False

    @property
    def in_order(self) -> list[int]:
        """The numbers of the bags before the first that is not done yet."""
        return list(takewhile(self.bags.__contains__, count()))

    @property
    def numbers(self) -> list[int]:
        return sorted(self.bags)

    def model(self, numbers: Sequence[int]) -> AdditiveModel:
        """Fold some bags, each with what the same bag says of the texts."""
        bags = [self.bags[number] for number in numbers]
        return fold_with(bags, self.layout, self.words, numbers)


def conclude(
    table: Table, options: FitOptions, setup: Setup, outcome: Outcome, seconds: Seconds
) -> Fit:
    """Measure the model and its parts, and put everything together.

    `seconds` are those of the fit up to here.
    """
    since = monotonic()
    model = outcome.model(outcome.numbers)
    words = outcome.words
    test = _scores(model, "additive", setup, outcome)
    most = HASTY_JUDGES if outcome.is_stopped else MOST_JUDGES
    summary = FitSummary(
        task=setup.task,
        options=options,
        rows=words.rows if words is not None else rows_of(setup.rows.split),
        left_out=setup.left_out,
        bags=len(outcome.bags),
        bags_asked=setup.plan.bags,
        seconds=seconds,
        test=test.scores,
        baselines=tuple(beside(test, other) for other in _others(setup, outcome)),
        evidence=judge_terms(model, setup.rows, setup.seed, outcome.numbers, most),
        warnings=(*setup.warnings, *(words.warnings if words else ()), *outcome.warnings),
        source_fingerprint=table.source.fingerprint,
    )
    return Fit(
        model,
        replace(
            summary, seconds=Seconds(seconds.first_curves, seconds.total + monotonic() - since)
        ),
        replace(setup.rows.split, part=setup.rows.split.part[: table.rows]),
    )


def _scores(model: AdditiveModel, name: str, setup: Setup, outcome: Outcome) -> Resampled:
    columns, truth = setup.rows.of("test")
    mean = model.mean(model.margin(columns)) if len(truth) else np.empty(0)
    resamples = HASTY_RESAMPLES if outcome.is_stopped else RESAMPLES
    return resample(setup.task, mean, truth, setup.seed, name, resamples)


def _others(setup: Setup, outcome: Outcome) -> tuple[Resampled, ...]:
    """Return the scores of the model's two parts, where it has two, and of the baselines."""
    if not len(setup.rows.split.rows("test")):
        return ()
    parts = []
    if outcome.words is not None and setup.inputs:
        parts.append(_scores(outcome.words.alone(setup.task), TEXTS_ALONE, setup, outcome))
    if outcome.columns_alone:
        bags = [outcome.columns_alone[number] for number in sorted(outcome.columns_alone)]
        parts.append(_scores(fold(bags, outcome.layout), COLUMNS_ALONE, setup, outcome))
    names = [name for name in (*BASELINES, TFIDF) if name in outcome.baselines]
    return (*parts, *(outcome.baselines[name] for name in names))


def judge_terms(
    model: AdditiveModel, rows: Rows, seed: int, bags: Sequence[int], most: int = MOST_JUDGES
) -> tuple[TermEvidence, ...]:
    """Judge terms by the validation rows and by each bag's own held-out rows, `most` of them.

    `bags` are the numbers of the model's bags.
    """
    split = rows.split
    train = split.rows("train")
    may_judge = np.zeros((len(bags), len(split.part)), dtype=bool)
    may_judge[:, split.rows("validation")] = True
    for place, bag in enumerate(bags):
        members = bag_members(rows.target[train], model.task.kind, seed, bag)
        may_judge[place, train[members < 0]] = True
    judges = np.flatnonzero(may_judge.any(axis=0))
    if len(judges) > most:
        random = np.random.default_rng([seed, 5])
        judges = np.sort(random.choice(judges, most, replace=False))
    columns = {name: values[judges] for name, values in rows.columns.items()}
    return term_evidence(model, columns, rows.target[judges], may_judge[:, judges])
