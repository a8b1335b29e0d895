"""Texts of the test rows, explained word by word, as examples for a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.data.types import Columns
from pellucid.engine.columns import part_of, sampled
from pellucid.engine.loading import AnyFit
from pellucid.explain.tokens.types import TokenExplanation
from pellucid.models.fit import Fit
from pellucid.report.strips import TextExample

if TYPE_CHECKING:
    from pellucid.data.table import Table

_MOST_READ, _MOST_READ_BY_NETWORK = 2_000, 200
_MOST_CHARACTERS, _FEWEST_TOKENS = 1_500, 4
_TAG = 99


def examples_of(fit: AnyFit, table: Table, run: Run) -> tuple[TextExample, ...]:
    """Explain a few test texts: two surely right, one surely wrong, one uncertain.

    Of a number: one hit, and the one missed most. Of the texts in question, the one of the most
    ordinary length is taken. Empty where no test rows are known, or the model reads no n-grams.
    """
    from pellucid.data.frames import columns_of
    from pellucid.models.held_out import truth_of
    from pellucid.models.tasks import is_known

    model, test = fit.model, part_of(fit, table, "test")
    column = _main_column(fit)
    there = {one.name for one in table.columns}
    if test.part != "test" or not {*model.columns, model.task.target} <= there or not column:
        return ()
    run.progress("Choosing texts to show")
    run.check()
    most = _MOST_READ if isinstance(fit, Fit) else _MOST_READ_BY_NETWORK
    rows = np.asarray(sampled(test.rows.tolist(), most, run.seed, _TAG))
    truth = truth_of(model.task, table)[rows]
    if truth.ndim > 1:
        return ()
    wanted = [(name, kind) for name, kind in model.task.features if name in model.columns]
    columns = {name: values[rows] for name, values in columns_of(table, wanted)[0].items()}
    fair = is_known(truth) & _is_fair(columns[column].tolist())
    chosen = _chosen(model.mean(model.margin(columns)), truth, fair, columns[column].tolist())
    shown = []
    for role, place in chosen:
        run.check()
        others = {name: values[place : place + 1] for name, values in columns.items()}
        shown.append(
            TextExample(role, int(rows[place]) + 1, column, _actual(fit, truth[place]),
                        _explained(fit, column, others, run))
        )  # fmt: skip
    return tuple(shown)


def _main_column(fit: AnyFit) -> str:
    if not isinstance(fit, Fit):
        return fit.model.column
    terms = sorted(fit.model.texts, key=lambda term: -term.importance)
    return terms[0].column if terms else ""


def _is_fair(texts: list[str | None]) -> NDArray[np.bool_]:
    """Say which texts are long enough to tell something and short enough to be read."""
    from pellucid.data.tokens import words_of

    found = [
        text is not None and len(text) <= _MOST_CHARACTERS and len(words_of(text)) >= _FEWEST_TOKENS
        for text in texts
    ]
    return np.array(found, dtype=np.bool_)


def _chosen(
    mean: NDArray[np.float64], truth: NDArray[np.generic], fair: NDArray[np.bool_],
    texts: list[str | None],
) -> list[tuple[str, int]]:  # fmt: skip
    """Return the places of the rows to show, each with its role."""
    middle = float(np.median([len(text or "") for text in texts])) if texts else 0.0

    def pick(places: NDArray[np.intp], worth: NDArray[np.float64]) -> int:
        best = places[np.argsort(-worth[places], kind="stable")][: max(1, len(places) // 20)]
        return int(min(best, key=lambda place: abs(len(texts[place] or "") - middle)))

    found: list[tuple[str, int]] = []
    if mean.ndim == 1:
        miss = np.abs(mean - truth.astype(np.float64))
        places = np.flatnonzero(fair)
        if len(places) > 1:
            found = [("Close", pick(places, -miss)), ("Far off", pick(places, miss))]
        return found
    codes, best = truth.astype(np.intp), mean.argmax(axis=1)
    sure = mean.max(axis=1)
    shown: set[int] = set()
    for _ in range(2):
        places = np.flatnonzero(fair & (best == codes) & ~np.isin(best, list(shown)))
        if len(places):
            place = pick(places, sure)
            shown.add(int(best[place]))
            found.append(("Surely right", place))
    wrong = np.flatnonzero(fair & (best != codes))
    if len(wrong):
        found.append(("Surely wrong", pick(wrong, sure)))
    used = [place for _, place in found]
    rest = np.setdiff1d(np.flatnonzero(fair), used)
    if len(rest):
        found.append(("Uncertain", pick(rest, -sure)))
    return found


def _actual(fit: AnyFit, truth: Any) -> str:
    from pellucid.core.numbers import number

    classes = fit.model.task.classes
    return classes[int(truth)] if classes else number(float(truth))


def _explained(fit: AnyFit, column: str, others: Columns, run: Run) -> TokenExplanation:
    from pellucid.engine.texts import explain_with

    text = str(others[column][0])
    return explain_with(fit, text, run, column=column, others=others)
