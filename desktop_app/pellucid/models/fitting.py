"""A table to a fit: bins, then pairs, then bags, each bag shown as soon as it is done."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import count, takewhile
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING

import numpy as np

from pellucid.core.errors import StoppedError
from pellucid.core.paths import cache_dir
from pellucid.core.run import Run
from pellucid.data.types import Alert
from pellucid.models.additive import AdditiveModel
from pellucid.models.baselines import BASELINES
from pellucid.models.boosting import Bag, Pair
from pellucid.models.evidence import term_evidence
from pellucid.models.fit import Fit
from pellucid.models.fit_tasks import QUICK_BAG, bag_members, boost_bag, find_pairs, run_baseline
from pellucid.models.folding import Layout, Readable, fold, make_layout, make_readable
from pellucid.models.messages import Reported
from pellucid.models.metrics import RESAMPLES, score
from pellucid.models.plans import bags_for
from pellucid.models.setup import PARTS, Setup, set_up
from pellucid.models.types import FitOptions, FitSummary, Scores, Seconds, TermEvidence
from pellucid.models.workers import Workers

if TYPE_CHECKING:
    from pellucid.data.table import Table

MOST_JUDGES = 20_000
"""Held-out rows that judge terms at most."""
BAGS_BEFORE_BASELINES = 2
HASTY_RESAMPLES, HASTY_JUDGES = 200, 3_000
"""Less of both after a stop, which should take effect at once."""


@dataclass(slots=True)
class _Outcome:
    """What the workers have given so far: bags by number, and the baselines' scores."""

    layout: Layout
    bags: dict[int, Readable] = field(default_factory=dict)
    baselines: dict[str, Scores] = field(default_factory=dict)
    warnings: list[Alert] = field(default_factory=list)
    is_stopped: bool = False

    @property
    def in_order(self) -> list[Readable]:
        """The bags before the first that is not done yet."""
        return [self.bags[i] for i in takewhile(self.bags.__contains__, count())]

    @property
    def numbers(self) -> list[int]:
        return sorted(self.bags)

    def model(self) -> AdditiveModel:
        return fold([self.bags[number] for number in self.numbers], self.layout)


def fit(
    table: Table,
    options: FitOptions,
    run: Run = Run(),  # noqa: B008 - it is frozen
    test_table: Table | None = None,
) -> Fit:
    """Fit an additive model to a table and measure it beside its baselines.

    Rows of `test_table`, where it is given, test the model in place of a share of the table's own.

    Publishes "curves", an `AdditiveModel`, after the quick first bag and after each further one
    that is folded in. When asked to stop, keeps the bags that are done; raises `StoppedError` if
    none is. The same seed gives the same model whatever the number of workers. Raises `UserError`
    for a target that cannot be predicted.
    """
    start = monotonic()
    if test_table is not None:
        options = replace(options, test_size=0.0)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(_scratch()))
        workers = stack.enter_context(Workers(min(run.workers, bags_for(options.quality))))
        setup = set_up(table, options, folder, workers, run, test_table)
        quick, first_s = _first_curves(setup, workers, run, start)
        outcome = _fit_bags(setup, quick, workers, run)
    run.progress("Testing the model")
    return _conclude(table, options, setup, outcome, (start, first_s))


def _scratch() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="fit-", dir=cache_dir(), ignore_cleanup_errors=True)


def _first_curves(setup: Setup, workers: Workers, run: Run, start: float) -> tuple[Bag, float]:
    """Boost the quick bag, without pairs, and publish its curves; return it and when that was."""
    run.progress("Fitting the first curves")
    arguments = setup.files, (), setup.plan.quick, setup.seed, QUICK_BAG
    task = workers.submit(boost_bag, *arguments)
    quick: Bag = workers.result(task, run)
    layout = make_layout(setup.task, setup.inputs, (), setup.rows.of("train")[0])
    run.publish("curves", fold([make_readable(quick, layout)], layout))
    return quick, monotonic() - start


def _fit_bags(setup: Setup, quick: Bag, workers: Workers, run: Run) -> _Outcome:
    """Find the pairs, then run the bags and the baselines; a stop keeps what is done."""
    pairs = _pairs(setup, quick, workers, run)
    layout = make_layout(setup.task, setup.inputs, pairs, setup.rows.of("train")[0])
    outcome = _Outcome(layout)
    bags, baselines = _submit(setup, pairs, workers)
    run.progress("Fitting", 0, setup.plan.bags)
    try:
        for answer in workers.answers(run):
            if isinstance(answer, Reported):
                _tell(answer, outcome, setup.plan.bags, run)
            elif answer.id in bags:
                _take_bag(bags[answer.id], answer.value, outcome, setup.plan.bags, run)
            else:
                _take_baseline(baselines[answer.id], answer.value, outcome)
    except StoppedError:
        if not outcome.bags:
            raise
        outcome.is_stopped = True
    return outcome


def _submit(
    setup: Setup, pairs: tuple[Pair, ...], workers: Workers
) -> tuple[dict[int, int], dict[int, str]]:
    """Queue bags and baselines; return the bags' numbers and the baselines' names by task.

    The baselines come after the first bags, so that they neither hold up the curves nor are missing
    where a fit is stopped.
    """
    bags, baselines = {}, {}
    for number in range(setup.plan.bags):
        if number == BAGS_BEFORE_BASELINES and len(setup.rows.split.rows("test")):
            for name in BASELINES:
                task = workers.submit(run_baseline, setup.files, setup.task, name, setup.seed)
                baselines[task] = name
        task = workers.submit(boost_bag, setup.files, pairs, setup.plan.bag, setup.seed, number)
        bags[task] = number
    return bags, baselines


def _pairs(setup: Setup, quick: Bag, workers: Workers, run: Run) -> tuple[Pair, ...]:
    if setup.plan.pairs < 1 or len(setup.inputs) < 2:
        return ()
    run.progress("Finding pairs")
    strength = [float(np.abs(table).mean()) for table in quick.mains]
    order = sorted(range(len(strength)), key=lambda i: (-strength[i], i))
    candidates = tuple(order[: setup.plan.pair_candidates])
    columns = tuple(entry.fine.column for entry in setup.inputs)
    task = workers.submit(
        find_pairs, setup.files, quick, candidates, columns, setup.plan.pairs, setup.seed
    )
    pairs: tuple[Pair, ...] = workers.result(task, run)
    return pairs


def _tell(report: Reported, outcome: _Outcome, bags: int, run: Run) -> None:
    """Report the rounds of the bag that is folded in next, not of those that run beside it."""
    bag, step, loss = report.values
    done = len(outcome.in_order)
    if bag == done:
        run.progress("Fitting", done, bags, bag=bag + 1, round=step, validation_loss=loss)


def _take_bag(number: int, bag: Bag, outcome: _Outcome, bags: int, run: Run) -> None:
    """Fold a finished bag in; publish once all bags before it are there as well."""
    before = len(outcome.in_order)
    outcome.bags[number] = make_readable(bag, outcome.layout)
    ready = outcome.in_order
    if len(ready) > before:
        run.publish("curves", fold(ready, outcome.layout))
        run.progress("Fitting", len(ready), bags)


def _take_baseline(name: str, found: Scores | str, outcome: _Outcome) -> None:
    if isinstance(found, Scores):
        outcome.baselines[name] = found
    else:
        message = f"The {name} baseline could not be fitted ({found})"
        outcome.warnings.append(Alert("baseline", (), message))


def _conclude(
    table: Table,
    options: FitOptions,
    setup: Setup,
    outcome: _Outcome,
    times: tuple[float, float],
) -> Fit:
    """Measure the model on rows that it did not see, and put everything together."""
    model = outcome.model()
    columns, truth = setup.rows.of("test")
    mean = model.mean(model.margin(columns)) if len(truth) else np.empty(0)
    resamples = HASTY_RESAMPLES if outcome.is_stopped else RESAMPLES
    start, first_s = times
    summary = FitSummary(
        task=setup.task,
        options=options,
        rows={part: len(setup.rows.split.rows(part)) for part in PARTS},
        left_out=setup.left_out,
        bags=len(outcome.bags),
        bags_asked=setup.plan.bags,
        seconds=Seconds(first_s, monotonic() - start),
        test=score(setup.task, mean, truth, setup.seed, "additive", resamples),
        baselines=tuple(outcome.baselines[name] for name in BASELINES if name in outcome.baselines),
        evidence=_evidence(setup, outcome, model),
        warnings=(*setup.warnings, *outcome.warnings),
        source_fingerprint=table.source.fingerprint,
    )
    return Fit(
        model,
        replace(summary, seconds=Seconds(first_s, monotonic() - start)),
        replace(setup.rows.split, part=setup.rows.split.part[: table.rows]),
    )


def _evidence(setup: Setup, outcome: _Outcome, model: AdditiveModel) -> tuple[TermEvidence, ...]:
    """Judge terms by the validation rows and by each bag's own held-out rows."""
    split = setup.rows.split
    train = split.rows("train")
    bags = outcome.numbers
    most = HASTY_JUDGES if outcome.is_stopped else MOST_JUDGES
    may_judge = np.zeros((len(bags), len(split.part)), dtype=bool)
    may_judge[:, split.rows("validation")] = True
    for place, bag in enumerate(bags):
        members = bag_members(setup.rows.target[train], setup.task.kind, setup.seed, bag)
        may_judge[place, train[members < 0]] = True
    rows = np.flatnonzero(may_judge.any(axis=0))
    if len(rows) > most:
        random = np.random.default_rng([setup.seed, 5])
        rows = np.sort(random.choice(rows, most, replace=False))
    columns = {name: values[rows] for name, values in setup.rows.columns.items()}
    return term_evidence(model, columns, setup.rows.target[rows], may_judge[:, rows])
