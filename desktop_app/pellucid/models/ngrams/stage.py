"""Texts to terms: vocabulary, choices, a first fit, then bags, each shown as soon as it is done."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count as counted
from itertools import takewhile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import StoppedError
from pellucid.core.run import Run
from pellucid.data.tokens import MOST_ORDERS, words_of
from pellucid.data.types import Alert
from pellucid.encoders.types import TextEncoder
from pellucid.models.messages import Returned
from pellucid.models.multilabel import outputs_of
from pellucid.models.ngrams.choosing import (
    FOLDS,
    HEAD_SCALES,
    NgramPlan,
    Tried,
    best_of,
    choose_orders,
    fold_numbers,
)
from pellucid.models.ngrams.design import Setting
from pellucid.models.ngrams.inputs import Floats, TextFiles, save_texts
from pellucid.models.ngrams.reading import (
    Reading,
    Scale,
    alerts_of,
    embedded,
    make_terms,
    read_columns,
    scale_of,
    taken,
)
from pellucid.models.ngrams.tasks import Fitted, Part, fit_part, try_setting
from pellucid.models.ngrams.vocabulary import choose_together
from pellucid.models.plans import bags_for
from pellucid.models.texts import TextTerm
from pellucid.models.types import Quality, TaskKind
from pellucid.models.workers import Workers

MOST_NGRAMS: dict[Quality, int] = {"preview": 10_000, "standard": 60_000, "best": 60_000}
MOST_ROWS_TO_CHOOSE = 20_000
"""Rows that orders, weights and penalties are chosen by at most; all are fitted."""
_TEXTS_AT_ONCE = 5_000
FIRST_PLAN = NgramPlan(Setting(1, 0.0), 3.0)
"""What the first words to be seen are fitted by."""
OnTerms = Callable[[tuple[TextTerm, ...], Floats], None]
_Done = dict[tuple[Part, int], Fitted]
_WordLists = Mapping[str, Sequence[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class TextStage:
    """The fitted terms over texts, one a column.

    `intercept` (C,) and `bag_intercepts` (B, C) belong to a model of these terms alone. `bags` are
    the numbers of the bags that are done. `out_of_fold` (rows, C) is what texts add in fits that
    did not see them, without the intercept and centred; None where it was not asked for or not
    reached. For two classes, scores raise the second.
    """

    terms: tuple[TextTerm, ...]
    intercept: Floats
    bag_intercepts: Floats
    bags: tuple[int, ...]
    out_of_fold: Floats | None = field(repr=False)
    plan: NgramPlan
    warnings: tuple[Alert, ...] = ()
    is_stopped: bool = False


@dataclass(frozen=True, slots=True)
class _Job:
    """What stays the same throughout a fit; `target` is codes, or standardised numbers."""

    target: NDArray[np.generic]
    lesson: NDArray[np.generic] | None
    kind: TaskKind
    classes: int
    scale: Scale
    folder: Path
    workers: Workers
    run: Run
    seed: int

    def save(
        self, stem: str, readings: Sequence[Reading], rows: NDArray[np.intp] | None = None
    ) -> TextFiles:
        columns = [reading.column for reading in readings]
        target, lesson = self.target, self.lesson
        if rows is not None:
            columns, target = [taken(column, rows) for column in columns], target[rows]
            lesson = None if lesson is None else lesson[rows]
        return save_texts(self.folder, stem, columns, target, self.kind, self.classes, lesson)


def fit_texts(
    columns: Mapping[str, Sequence[str | None]],
    target: NDArray[np.generic],
    kind: TaskKind,
    classes: int,
    encoder: TextEncoder | None,
    quality: Quality,
    folder: Path,
    workers: Workers,
    run: Run,
    seed: int,
    on_terms: OnTerms | None = None,
    with_out_of_fold: bool = False,
    lesson: Floats | None = None,
) -> TextStage:
    """Fit terms over the texts of the training rows, all columns jointly.

    `columns` hold each row's text, None where it is missing; `target` (rows,) class codes or
    values, or (rows, classes) 0 and 1 for labels. Workers read from `folder`. `on_terms` is given
    terms and intercept after a first quick fit and after each further bag. When asked to stop,
    keeps the bags that are done; raises `StoppedError` if none is. The same seed gives the same
    terms for any number of workers.

    With a `lesson`, chances (rows, classes) or values (rows,), the terms learn to say that in the
    place of the target: what a tuned encoder says of a row tells more than its class alone.
    Source: Hinton, Vinyals and Dean (2015), "Distilling the knowledge in a neural network".
    """
    scale = scale_of(target, kind)
    taught = None if lesson is None else scale.standardised(lesson)
    job = _Job(
        scale.standardised(target), taught, kind, classes, scale, folder, workers, run, seed
    )  # fmt: skip
    run.progress("Reading the texts")
    word_lists = {name: _word_lists(texts, run) for name, texts in columns.items()}
    most = MOST_NGRAMS[quality]
    run.progress("Fitting the first words")
    if on_terms is not None:
        _show_words(word_lists, most, job, on_terms)
    plan = _choose_orders(word_lists, most, job)
    readings = read_columns(
        word_lists, choose_together(list(word_lists.values()), plan.orders, most)
    )
    warnings = alerts_of(readings, most)
    if encoder is not None and any(reading.vocabulary.ngrams for reading in readings):
        with_vectors, alerts = embedded(readings, encoder, plan.orders, run)
        plan = _choose_head(with_vectors, plan, job)
        if plan.head_scale > 0:
            readings = with_vectors
            warnings += alerts
    files = job.save("whole", readings)
    _fit_all(job, files, plan)
    done, is_stopped = _fit_parts(job, files, readings, plan, quality, on_terms, with_out_of_fold)
    numbers = sorted(number for part, number in done if part == "bag")
    if not numbers:
        raise StoppedError
    bags = [done["bag", number] for number in numbers]
    terms, intercepts = make_terms(readings, bags, plan.orders, scale)
    return TextStage(
        terms, intercepts.mean(axis=0), intercepts, tuple(numbers),
        _out_of_fold(job, done), plan, warnings, is_stopped,
    )  # fmt: skip


def _word_lists(texts: Sequence[str | None], run: Run) -> list[list[str]]:
    found: list[list[str]] = []
    for start in range(0, len(texts), _TEXTS_AT_ONCE):
        run.check()
        part = texts[start : start + _TEXTS_AT_ONCE]
        found += [words_of(text) if text else [] for text in part]
    return found


def _show_words(word_lists: _WordLists, most: int, job: _Job, on_terms: OnTerms) -> None:
    """Fit single words in a plain way, so that there is something to see."""
    readings = read_columns(word_lists, choose_together(list(word_lists.values()), 1, most))
    files = job.save("words", readings)
    terms, intercepts = make_terms(readings, [_fit_all(job, files, FIRST_PLAN)], 1, job.scale)
    on_terms(terms, intercepts[0])


def _choose_orders(word_lists: _WordLists, most: int, job: _Job) -> NgramPlan:
    """Choose how long n-grams may be, by fits without embeddings, which are quick.

    Three tokens are tried only where two are better than one.
    """
    vocabularies = choose_together(list(word_lists.values()), MOST_ORDERS, most)
    files = job.save("orders", read_columns(word_lists, vocabularies), _rows_to_choose(job))
    longest = max((int(one.sizes.max(initial=1)) for one in vocabularies), default=1)
    stage = "Choosing the length of phrases"
    settings = [Setting(orders, 0.0) for orders in range(1, longest + 1)]
    tried = _try(files, settings[:2], stage, job)
    for setting in settings[2:]:
        if choose_orders(tried).setting.orders == setting.orders - 1:
            tried += _try(files, [setting], stage, job)
    chosen = choose_orders(tried)
    return NgramPlan(chosen.setting, chosen.strength, tried)


def _choose_head(readings: Sequence[Reading], plan: NgramPlan, job: _Job) -> NgramPlan:
    """Choose how much the embeddings count, and the penalty.

    Greater scales are tried only where more is better.
    """
    files = job.save("head", readings, _rows_to_choose(job))
    stage = "Choosing how much the meaning of words counts"
    settings = [Setting(plan.orders, scale) for scale in HEAD_SCALES]
    found = _try(files, settings[:2], stage, job)
    for before, setting in itertools.pairwise(settings[1:]):
        if best_of(found).setting == before:
            found += _try(files, [setting], stage, job)
    without = [one for one in plan.tried if one.setting == plan.setting]
    chosen = best_of([*without, *found])
    return NgramPlan(chosen.setting, chosen.strength, (*plan.tried, *found))


def _rows_to_choose(job: _Job) -> NDArray[np.intp] | None:
    rows = len(job.target)
    if rows <= MOST_ROWS_TO_CHOOSE:
        return None
    random = np.random.default_rng([job.seed, 12])
    return np.sort(random.choice(rows, MOST_ROWS_TO_CHOOSE, replace=False))


def _try(files: TextFiles, settings: Sequence[Setting], stage: str, job: _Job) -> tuple[Tried, ...]:
    ids = [job.workers.submit(try_setting, files, setting, job.seed) for setting in settings]
    found: dict[int, tuple[Tried, ...]] = {}
    job.run.progress(stage, 0, len(ids))
    for answer in job.workers.answers(job.run):
        if isinstance(answer, Returned) and answer.id in ids:
            found[answer.id] = answer.value
            job.run.progress(stage, len(found), len(ids))
    return tuple(one for task in ids for one in found[task])


def _fit_all(job: _Job, files: TextFiles, plan: NgramPlan) -> Fitted:
    """Fit all rows, which is where bags and folds start."""
    arguments = files, plan.setting, plan.strength, "all", 0, job.seed
    fitted: Fitted = job.workers.result(job.workers.submit(fit_part, *arguments), job.run)
    return fitted


def _fit_parts(
    job: _Job,
    files: TextFiles,
    readings: Sequence[Reading],
    plan: NgramPlan,
    quality: Quality,
    on_terms: OnTerms | None,
    with_out_of_fold: bool,
) -> tuple[_Done, bool]:
    """Fit the bags, then the folds; return those that are done, and whether a stop came first."""
    wanted: list[tuple[Part, int]] = [("bag", number) for number in range(bags_for(quality))]
    if with_out_of_fold:
        wanted += [("fold", number) for number in range(FOLDS)]
    ids = {
        job.workers.submit(fit_part, files, plan.setting, plan.strength, *one, job.seed): one
        for one in wanted
    }
    done: _Done = {}
    job.run.progress("Fitting the texts", 0, len(ids))
    try:
        for answer in job.workers.answers(job.run):
            if not isinstance(answer, Returned) or answer.id not in ids:
                continue
            shown = len(_in_order(done))
            done[ids[answer.id]] = answer.value
            ready = _in_order(done)
            if on_terms is not None and len(ready) > shown:
                terms, intercepts = make_terms(readings, ready, plan.orders, job.scale)
                on_terms(terms, intercepts.mean(axis=0))
            job.run.progress("Fitting the texts", len(done), len(ids))
    except StoppedError:
        return done, True
    return done, False


def _in_order(done: _Done) -> list[Fitted]:
    """Return the bags before the first that is not done yet."""
    ready = takewhile(lambda number: ("bag", number) in done, counted())
    return [done["bag", number] for number in ready]


def _out_of_fold(job: _Job, done: _Done) -> Floats | None:
    """Put the folds' margins together, shape (rows, C); None unless all folds are there."""
    parts = [done[one].margins for one in sorted(done) if one[0] == "fold"]
    if len(parts) < FOLDS:
        return None
    folds = fold_numbers(job.target, job.kind, job.seed)
    found = np.zeros((len(folds), outputs_of(job.kind, job.classes)))
    for number, part in enumerate(parts):
        if part is not None:
            found[folds == number] = part * job.scale.width
    return found
