"""Planned texts to terms: a fit to all rows, then bags, each shown as soon as it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count as counted
from itertools import takewhile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import StoppedError
from pellucid.core.run import Run
from pellucid.data.types import Alert
from pellucid.encoders.types import TextEncoder
from pellucid.models.messages import Returned
from pellucid.models.multilabel import outputs_of
from pellucid.models.ngrams.choosing import FOLDS, NgramPlan, fold_numbers
from pellucid.models.ngrams.inputs import Floats, TextFiles
from pellucid.models.ngrams.planning import (
    OnTerms,
    TextJob,
    TextPlan,
    fit_all,
    read_texts,
    with_meaning,
)
from pellucid.models.ngrams.reading import make_terms
from pellucid.models.ngrams.tasks import Fitted, Part, fit_part
from pellucid.models.plans import bags_for
from pellucid.models.texts import TextTerm
from pellucid.models.types import Quality, TaskKind
from pellucid.models.workers import Workers

_Done = dict[tuple[Part, int], Fitted]


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
) -> TextStage:
    """Plan and fit terms over the texts of the training rows; see `read_texts`."""
    plan = read_texts(
        "texts", columns, target, kind, classes, quality, folder, workers, run, seed, on_terms
    )  # fmt: skip
    if encoder is not None:
        plan = with_meaning(plan, encoder)
    return fit_plan(plan, quality, on_terms, with_out_of_fold)


def fit_plan(
    planned: TextPlan,
    quality: Quality,
    on_terms: OnTerms | None = None,
    with_out_of_fold: bool = False,
) -> TextStage:
    """Fit terms over the texts of all training rows.

    `on_terms` is given terms and intercept after each bag. When asked to stop, keeps the bags that
    are done; raises `StoppedError` if none is. The same seed gives the same terms for any number of
    workers.
    """
    job, plan, readings = planned.job, planned.plan, planned.readings
    files = job.save("whole", readings)
    fit_all(job, files, plan)
    done, is_stopped = _fit_parts(planned, files, quality, on_terms, with_out_of_fold)
    numbers = sorted(number for part, number in done if part == "bag")
    if not numbers:
        raise StoppedError
    bags = [done["bag", number] for number in numbers]
    terms, intercepts = make_terms(readings, bags, plan.orders, job.scale)
    return TextStage(
        terms, intercepts.mean(axis=0), intercepts, tuple(numbers),
        _out_of_fold(job, done), plan, planned.warnings, is_stopped,
    )  # fmt: skip


def _fit_parts(
    planned: TextPlan,
    files: TextFiles,
    quality: Quality,
    on_terms: OnTerms | None,
    with_out_of_fold: bool,
) -> tuple[_Done, bool]:
    """Fit the bags, then the folds; return those that are done, and whether a stop came first."""
    job, plan, readings = planned.job, planned.plan, planned.readings
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


def _out_of_fold(job: TextJob, done: _Done) -> Floats | None:
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
