"""Texts to what is to be fitted: n-grams, their vectors, and settings chosen by held-out rows."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.data.tokens import MOST_ORDERS, words_of
from pellucid.data.types import Alert
from pellucid.encoders.types import TextEncoder
from pellucid.models.messages import Returned
from pellucid.models.ngrams.choosing import (
    HEAD_SCALES,
    NgramPlan,
    Tried,
    best_of,
    choose_orders,
)
from pellucid.models.ngrams.design import Setting
from pellucid.models.ngrams.inputs import Floats, TextFiles, save_texts
from pellucid.models.ngrams.reading import (
    Reading,
    Scale,
    alerts_of,
    embedded,
    known_elsewhere,
    make_terms,
    read_columns,
    scale_of,
    taken,
)
from pellucid.models.ngrams.tasks import Fitted, Judges, fit_part, judge, try_setting
from pellucid.models.ngrams.vocabulary import choose_together
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
WordLists = Mapping[str, Sequence[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Teaching:
    """What an encoder that was tuned on the task gives to the fit of the training rows.

    `lesson` is fitted in the place of the target: chances (rows, classes), or values (rows,), since
    what a tuned encoder says of a row tells more than its class alone. The encoder did not see the
    rows of `judges` (rows,), which therefore choose how much it counts.
    Source: Hinton, Vinyals and Dean (2015), "Distilling the knowledge in a neural network".
    """

    lesson: Floats = field(repr=False)
    judges: Judges = field(repr=False)


@dataclass(frozen=True, slots=True)
class TextJob:
    """What stays the same throughout a fit; `target` is codes, or standardised numbers.

    The names of the files that workers read from `folder` begin with `name`.
    """

    name: str
    target: NDArray[np.generic]
    kind: TaskKind
    classes: int
    scale: Scale
    folder: Path
    workers: Workers
    run: Run
    seed: int
    teaching: Teaching | None = None

    def save(
        self,
        stem: str,
        readings: Sequence[Reading],
        rows: NDArray[np.intp] | None = None,
        judges: Judges | None = None,
    ) -> TextFiles:
        """Write what workers read, of all rows or of some; the judges know nothing of their own."""
        columns, target = [reading.column for reading in readings], self.target
        if judges is not None:
            columns = [known_elsewhere(column, judges) for column in columns]
        lesson = None
        if self.teaching is not None:
            lesson = self.scale.standardised(self.teaching.lesson)
        if rows is not None:
            columns, target = [taken(column, rows) for column in columns], target[rows]
            lesson = None if lesson is None else lesson[rows]
        stem = f"{self.name}-{stem}"
        return save_texts(self.folder, stem, columns, target, self.kind, self.classes, lesson)


@dataclass(frozen=True, slots=True)
class TextPlan:
    """What is to be fitted: texts as `words`, with at most so many n-grams, and how."""

    job: TextJob = field(repr=False)
    words: WordLists = field(repr=False)
    most: int
    readings: tuple[Reading, ...]
    plan: NgramPlan
    warnings: tuple[Alert, ...]


def read_texts(
    name: str,
    columns: Mapping[str, Sequence[str | None]],
    target: NDArray[np.generic],
    kind: TaskKind,
    classes: int,
    quality: Quality,
    folder: Path,
    workers: Workers,
    run: Run,
    seed: int,
    on_terms: OnTerms | None = None,
) -> TextPlan:
    """Choose the n-grams of the training rows' texts, all columns jointly.

    `columns` hold each row's text, None where it is missing; `target` (rows,) class codes or
    values, or (rows, classes) 0 and 1 for labels. Workers read from `folder` files whose names
    begin with `name`. `on_terms` is given terms and intercept of a first quick fit.
    """
    scale = scale_of(target, kind)
    job = TextJob(
        name, scale.standardised(target), kind, classes, scale, folder, workers, run, seed
    )  # fmt: skip
    run.progress("Reading the texts")
    word_lists = {name: _word_lists(texts, run) for name, texts in columns.items()}
    most = MOST_NGRAMS[quality]
    if on_terms is not None:
        run.progress("Fitting the first words")
        _show_words(word_lists, most, job, on_terms)
    plan = _choose_orders(word_lists, most, job)
    vocabularies = choose_together(list(word_lists.values()), plan.orders, most)
    readings = read_columns(word_lists, vocabularies)
    return TextPlan(job, word_lists, most, readings, plan, alerts_of(readings, most))


def with_meaning(
    read: TextPlan, encoder: TextEncoder, name: str | None = None, teaching: Teaching | None = None
) -> TextPlan:
    """Choose how much the n-grams' vectors count, and the penalty; without a gain they do not.

    A plan with a `teaching` is another one of the same texts, whose files take another `name`. It
    knows words of a single text as well: what a tuned encoder makes of them is worth having.
    """
    job = replace(read.job, name=name or read.job.name, teaching=teaching)
    if teaching is not None:
        read = replace(read, readings=_with_rare_words(read))
    if not any(reading.vocabulary.ngrams for reading in read.readings):
        return replace(read, job=job)
    readings, alerts = embedded(read.readings, encoder, read.plan.orders, job.run)
    plan = _choose_head(readings, read.plan, job)
    if plan.head_scale == 0:
        return replace(read, job=job, plan=plan)
    return replace(
        read, job=job, readings=readings, plan=plan, warnings=(*read.warnings, *alerts)
    )  # fmt: skip


def _with_rare_words(read: TextPlan) -> tuple[Reading, ...]:
    vocabularies = choose_together(
        list(read.words.values()), read.plan.orders, read.most, min_texts_of_word=1
    )
    return read_columns(read.words, vocabularies)


def judged(plan: TextPlan, judges: Judges) -> Floats:
    """Return the loss of each of the `judges` under a fit to the other rows, to the target."""
    job, chosen = plan.job, plan.plan
    files = job.save("judged", plan.readings, judges=judges)
    job.run.progress("Comparing with the encoder as it was")
    arguments = files, chosen.setting, chosen.strength, judges
    losses: Floats = job.workers.result(job.workers.submit(judge, *arguments), job.run)
    return losses


def fit_all(job: TextJob, files: TextFiles, plan: NgramPlan) -> Fitted:
    """Fit all rows, which is where bags and folds start."""
    arguments = files, plan.setting, plan.strength, "all", 0, job.seed
    fitted: Fitted = job.workers.result(job.workers.submit(fit_part, *arguments), job.run)
    return fitted


def _word_lists(texts: Sequence[str | None], run: Run) -> list[list[str]]:
    found: list[list[str]] = []
    for start in range(0, len(texts), _TEXTS_AT_ONCE):
        run.check()
        part = texts[start : start + _TEXTS_AT_ONCE]
        found += [words_of(text) if text else [] for text in part]
    return found


def _show_words(word_lists: WordLists, most: int, job: TextJob, on_terms: OnTerms) -> None:
    """Fit single words in a plain way, so that there is something to see."""
    readings = read_columns(word_lists, choose_together(list(word_lists.values()), 1, most))
    files = job.save("words", readings)
    terms, intercepts = make_terms(readings, [fit_all(job, files, FIRST_PLAN)], 1, job.scale)
    on_terms(terms, intercepts[0])


def _choose_orders(word_lists: WordLists, most: int, job: TextJob) -> NgramPlan:
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


def _choose_head(readings: Sequence[Reading], plan: NgramPlan, job: TextJob) -> NgramPlan:
    """Choose how much the embeddings count, and the penalty.

    Greater scales are tried only where more is better. What was measured without embeddings counts
    as well where the same rows measured it.
    """
    rows = _rows_to_choose(job)
    judges = None if job.teaching is None else job.teaching.judges
    files = job.save("head", readings, rows, judges)
    stage = "Choosing how much the meaning of words counts"
    settings = [Setting(plan.orders, scale) for scale in HEAD_SCALES]
    if judges is None:
        without = [one for one in plan.tried if one.setting == plan.setting]
    else:
        judges = judges if rows is None else judges[rows]
        without = [*_try(files, [Setting(plan.orders, 0.0)], stage, job, judges)]
    found = _try(files, settings[:2], stage, job, judges)
    for before, setting in itertools.pairwise(settings[1:]):
        if best_of(found).setting == before:
            found += _try(files, [setting], stage, job, judges)
    chosen = best_of([*without, *found])
    return NgramPlan(chosen.setting, chosen.strength, (*plan.tried, *found))


def _rows_to_choose(job: TextJob) -> NDArray[np.intp] | None:
    """Return the rows that choose, where they are not all; those that judge are among them."""
    rows = len(job.target)
    if rows <= MOST_ROWS_TO_CHOOSE:
        return None
    random = np.random.default_rng([job.seed, 12])
    if job.teaching is None:
        return np.sort(random.choice(rows, MOST_ROWS_TO_CHOOSE, replace=False))
    judges, others = np.flatnonzero(job.teaching.judges), np.flatnonzero(~job.teaching.judges)
    more = random.choice(others, MOST_ROWS_TO_CHOOSE - len(judges), replace=False)
    return np.sort(np.concatenate([judges, more]))


def _try(
    files: TextFiles,
    settings: Sequence[Setting],
    stage: str,
    job: TextJob,
    judges: Judges | None = None,
) -> tuple[Tried, ...]:
    ids = [job.workers.submit(try_setting, files, one, job.seed, judges) for one in settings]
    found: dict[int, tuple[Tried, ...]] = {}
    job.run.progress(stage, 0, len(ids))
    for answer in job.workers.answers(job.run):
        if isinstance(answer, Returned) and answer.id in ids:
            found[answer.id] = answer.value
            job.run.progress(stage, len(found), len(ids))
    return tuple(one for task in ids for one in found[task])
