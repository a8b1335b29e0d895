"""A table to a fit: bins, then pairs, then bags, each bag shown as soon as it is done."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING

import numpy as np

from pellucid.core.errors import StoppedError
from pellucid.core.paths import cache_dir
from pellucid.core.run import Run
from pellucid.data.types import Alert
from pellucid.models.baselines import BASELINES, TFIDF
from pellucid.models.boosting import Bag, Pair
from pellucid.models.fit import Fit
from pellucid.models.fit_tasks import QUICK_BAG, boost_bag, find_pairs, run_baselines
from pellucid.models.folding import make_layout, make_readable
from pellucid.models.measuring import Outcome, conclude
from pellucid.models.messages import Reported, Returned
from pellucid.models.metrics import Resampled
from pellucid.models.plans import bags_for
from pellucid.models.setup import Setup, read_ground, set_up
from pellucid.models.text_part import TextPart, fit_text_part, fold_with
from pellucid.models.types import FitOptions, Seconds
from pellucid.models.workers import Workers

if TYPE_CHECKING:
    from pellucid.data.table import Table

START_FACTORS = (1.0, 0.6, 0.3, 0.1)
"""What the texts' start may be multiplied by; what columns say better, they are to say."""
BAGS_BEFORE_BASELINES = 2
BAGS_WITHOUT_TEXTS = 2
"""Bags of the model on the columns alone, which shows what the texts add."""
_ROWS_FOR_ONE_WORKER = 2_000
"""Training rows up to which one worker fits all baselines: on so few, importing scikit-learn into
a second process takes longer than a baseline does."""


def fit(
    table: Table,
    options: FitOptions,
    run: Run = Run(),  # noqa: B008 - it is frozen
    test_table: Table | None = None,
) -> Fit:
    """Fit an additive model to a table and measure it beside its baselines.

    Texts come first: what their n-grams say, out of fold, is where boosting the other columns
    starts from, so that a text takes the credit that it shares with them. Rows of `test_table`,
    where it is given, test the model in place of a share of the table's own.

    Publishes "curves", an `AdditiveModel`, after the quick first bag and after each further one
    that is folded in. When asked to stop, keeps the bags that are done; raises `StoppedError` if
    none is. The same seed gives the same model whatever the number of workers. Raises `UserError`
    for a target that cannot be predicted.
    """
    start = monotonic()
    if test_table is not None:
        options = replace(options, test_size=0.0)
    with ExitStack() as stack:
        table = _as_texts(table, options, stack)
        test_table = test_table and _as_texts(test_table, options, stack)
        folder = Path(stack.enter_context(_scratch()))
        workers = stack.enter_context(Workers(min(run.workers, bags_for(options.quality))))
        ground = read_ground(table, options, run, test_table)
        clock = _Clock(start)
        words = None
        if ground.texts:
            words = fit_text_part(ground, options, folder, workers, clock.watch(run))
            ground = words.ground
            if words.is_stopped:
                rest = [name for name, kind in ground.task.features if kind != "text"]
                ground = ground.leaving_out(rest, "was not reached before the fit was stopped")
        start_from = None if words is None else words.start
        setup = set_up(ground, options, start_from, folder, workers, run)
        outcome = _fit_columns(setup, words, workers, clock.watch(run))
    run.progress("Testing the model")
    return conclude(table, options, setup, outcome, clock.seconds)


@dataclass(slots=True)
class _Clock:
    """When the fit started and when its first curves could be seen, by the monotonic clock."""

    start: float
    first: float | None = None

    def watch(self, run: Run) -> Run:
        """Return `run` so that its first published curves are noticed."""

        def on_partial(name: str, value: object) -> None:
            run.publish(name, value)
            self.first = self.first or monotonic()

        return replace(run, on_partial=on_partial)

    @property
    def seconds(self) -> Seconds:
        now = monotonic()
        return Seconds((self.first or now) - self.start, now - self.start)


def _as_texts(table: Table, options: FitOptions, stack: ExitStack) -> Table:
    """View the columns that are to be read as texts as such."""
    there = {column.name for column in table.columns}
    viewed = table.with_kinds({name: "text" for name in options.texts if name in there})
    return table if viewed is table else stack.enter_context(viewed)


def _scratch() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="fit-", dir=cache_dir(), ignore_cleanup_errors=True)


def _fit_columns(setup: Setup, words: TextPart | None, workers: Workers, run: Run) -> Outcome:
    """Boost the columns on top of what the texts say; without columns, the texts are the model."""
    if setup.inputs:
        quick, factor = _quick_bag(setup, words, workers, run)
        setup = replace(setup, files=replace(setup.files, start_factor=factor))
        words = words and replace(words, slope=words.slope * factor)
        layout = make_layout(setup.task, setup.inputs, (), setup.rows.of("train")[0])
        run.publish("curves", fold_with([make_readable(quick, layout)], layout, words))
        return _fit_bags(setup, words, quick, workers, run)
    assert words is not None
    layout = make_layout(setup.task, (), (), setup.rows.of("train")[0])
    bags = dict(zip(words.bags, words.readable, strict=True))
    outcome = Outcome(layout, words, bags, is_stopped=words.is_stopped)
    _run_baselines(setup, outcome, workers, run)
    return outcome


def _run_baselines(setup: Setup, outcome: Outcome, workers: Workers, run: Run) -> None:
    if outcome.is_stopped:
        return
    _submit_baselines(setup, outcome.words, workers)
    run.progress("Fitting the baselines")
    try:
        for answer in workers.answers(run):
            if isinstance(answer, Returned):
                _take_baselines(answer.value, outcome)
    except StoppedError:
        outcome.is_stopped = True


def _quick_bag(
    setup: Setup, words: TextPart | None, workers: Workers, run: Run
) -> tuple[Bag, float]:
    """Boost the quick bag, without pairs, from as much of the texts' start as is best.

    Learned alone, the texts' slope keeps credit that the columns earn with less noise; how much of
    it is kept beside them, the bag's held-out rows decide.
    """
    run.progress("Fitting the first curves")
    factors = START_FACTORS if words is not None else (1.0,)
    tasks = [
        workers.submit(boost_bag, replace(setup.files, start_factor=factor), (), setup.plan.quick,
                       setup.seed, QUICK_BAG)
        for factor in factors
    ]  # fmt: skip
    bags: list[Bag] = [workers.result(task, run) for task in tasks]
    best = min(range(len(bags)), key=lambda place: bags[place].loss)
    return bags[best], factors[best]


def _fit_bags(
    setup: Setup, words: TextPart | None, quick: Bag, workers: Workers, run: Run
) -> Outcome:
    """Find the pairs, then run the bags and the baselines; a stop keeps what is done."""
    pairs = _pairs(setup, quick, workers, run)
    layout = make_layout(setup.task, setup.inputs, pairs, setup.rows.of("train")[0])
    outcome = Outcome(layout, words)
    bags, alone = _submit(setup, words, pairs, workers)
    run.progress("Fitting", 0, setup.plan.bags)
    try:
        for answer in workers.answers(run):
            if isinstance(answer, Reported):
                _tell(answer, outcome, setup.plan.bags, run)
            elif answer.id in bags:
                _take_bag(bags[answer.id], answer.value, outcome, setup.plan.bags, run)
            elif answer.id in alone:
                outcome.columns_alone[alone[answer.id]] = make_readable(answer.value, layout)
            else:
                _take_baselines(answer.value, outcome)
    except StoppedError:
        if not outcome.bags:
            raise
        outcome.is_stopped = True
    return outcome


def _submit(
    setup: Setup, words: TextPart | None, pairs: tuple[Pair, ...], workers: Workers
) -> tuple[dict[int, int], dict[int, int]]:
    """Queue bags and baselines; return, by task, the numbers of the bags and of those that do
    without the texts.

    The baselines come after the first bags, so that they neither hold up the curves nor are missing
    where a fit is stopped.
    """
    bags: dict[int, int] = {}
    alone: dict[int, int] = {}
    for number in range(setup.plan.bags):
        if number == BAGS_BEFORE_BASELINES and len(setup.rows.split.rows("test")):
            _submit_baselines(setup, words, workers)
            if words is not None:
                bare = replace(setup.files, has_start=False)
                for other in range(BAGS_WITHOUT_TEXTS):
                    arguments = bare, pairs, setup.plan.bag, setup.seed, other
                    alone[workers.submit(boost_bag, *arguments)] = other
        task = workers.submit(boost_bag, setup.files, pairs, setup.plan.bag, setup.seed, number)
        bags[task] = number
    return bags, alone


def _submit_baselines(setup: Setup, words: TextPart | None, workers: Workers) -> None:
    if not len(setup.rows.split.rows("test")):
        return
    names = (*(BASELINES if setup.inputs else ()), *((TFIDF,) if words is not None else ()))
    is_small = len(setup.rows.split.rows("train")) <= _ROWS_FOR_ONE_WORKER
    for group in [names] if is_small else [(name,) for name in names]:
        workers.submit(run_baselines, setup.files, setup.task, group, setup.seed)


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


def _tell(report: Reported, outcome: Outcome, bags: int, run: Run) -> None:
    """Report the rounds of the bag that is folded in next, not of those that run beside it."""
    bag, step, loss = report.values
    done = len(outcome.in_order)
    if bag == done:
        run.progress("Fitting", done, bags, bag=bag + 1, round=step, validation_loss=loss)


def _take_bag(number: int, bag: Bag, outcome: Outcome, bags: int, run: Run) -> None:
    """Fold a finished bag in; publish once all bags before it are there as well."""
    before = len(outcome.in_order)
    outcome.bags[number] = make_readable(bag, outcome.layout)
    ready = outcome.in_order
    if len(ready) > before:
        run.publish("curves", outcome.model(ready))
        run.progress("Fitting", len(ready), bags)


def _take_baselines(found: Mapping[str, Resampled | str], outcome: Outcome) -> None:
    for name, scores in found.items():
        if isinstance(scores, Resampled):
            outcome.baselines[name] = scores
        else:
            message = f"The {name} baseline could not be fitted ({scores})"
            outcome.warnings.append(Alert("baseline", (), message))
