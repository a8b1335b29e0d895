"""Columns that give the target away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from pellucid.core.numbers import percent
from pellucid.data.tokens import words_of
from pellucid.data.types import Alert
from pellucid.models.additive import Floats
from pellucid.models.inputs import Input
from pellucid.models.types import Task

SUSPICIOUS = 0.95
"""An input that alone explains so much of the target is named."""
_SUSPICIOUS_WORD = 0.85
"""So much is no accident of language: the first words of questions avoid a third of the errors."""
_FEWEST_ROWS = 50
_MOST_TEXTS = 10_000


def find_leaks(
    task: Task,
    inputs: Sequence[Input],
    cells: NDArray[np.unsignedinteger],
    target: NDArray[np.generic],
    seed: int,
) -> tuple[Alert, ...]:
    """Warn of each input that alone predicts the target almost perfectly.

    `cells` (inputs, rows) are cells of training rows, coarse ones of numbers. What is learned on
    one half of them is tested on the other: a number by the cells' means (share of variance
    explained), classes by the commonest class of each cell (share of errors avoided against
    guessing one class), labels one by one as classes.
    """
    rows = len(target)
    if rows < _FEWEST_ROWS:
        return ()
    order = np.random.default_rng([seed, 2]).permutation(rows)
    learn, test = order[: rows // 2], order[rows // 2 :]
    alerts = []
    for entry, column in zip(inputs, cells, strict=True):
        size = (entry.fine if entry.is_nominal else entry.coarse).size
        halves = column[learn].astype(np.intp), column[test].astype(np.intp), size
        if task.kind == "regression":
            values = target.astype(np.float64)
            share = _variance_explained(*halves, values[learn], values[test])
        else:
            codes = target.astype(np.intp)
            each = codes.T if codes.ndim == 2 else codes[None]
            share = max(
                _errors_avoided(*halves, one[learn], one[test], len(task.classes)) for one in each
            )
        if share >= SUSPICIOUS:
            alerts.append(_alert(task, entry, share))
    return tuple(alerts)


def find_text_leaks(
    task: Task,
    texts: Mapping[str, Sequence[str | None]],
    target: NDArray[np.generic],
    seed: int,
) -> tuple[Alert, ...]:
    """Warn of each column of texts whose first or last word alone gives the class away.

    So it is where a label was cut off a text and a part of it stayed. Judged as by `find_leaks`, on
    at most `_MOST_TEXTS` of the texts of training rows.
    """
    if task.kind == "regression" or len(target) < _FEWEST_ROWS:
        return ()
    order = np.random.default_rng([seed, 7]).permutation(len(target))[:_MOST_TEXTS]
    learn, test = np.array_split(np.arange(len(order)), 2)
    codes = target[order].astype(np.intp)
    each = codes.T if codes.ndim == 2 else codes[None]
    alerts = []
    for name, column in texts.items():
        words = [words_of(column[place] or "") for place in order.tolist()]
        for place, which in ((0, "first"), (-1, "last")):
            ends = [found[place] if found else "" for found in words]
            distinct, cells = np.unique(np.asarray(ends, dtype=object), return_inverse=True)
            halves = cells[learn], cells[test], len(distinct)
            share = max(
                _errors_avoided(*halves, one[learn], one[test], len(task.classes)) for one in each
            )
            if share >= _SUSPICIOUS_WORD:
                alerts.append(_word_alert(task, name, which, share))
    return tuple(alerts)


def _word_alert(task: Task, name: str, which: str, share: float) -> Alert:
    return Alert(
        "leakage",
        (name,),
        f"The {which} word of {name} alone avoids {percent(share)} of the errors of guessing in"
        f" {task.target}: it may be a part of the label that stayed in the text. If so, take it out"
        " of the file and fit again",
    )


def _alert(task: Task, entry: Input, share: float) -> Alert:
    measure = "the variance" if task.kind == "regression" else "the errors of guessing"
    verb = "explains" if task.kind == "regression" else "avoids"
    return Alert(
        "leakage",
        (entry.fine.column,),
        f"{entry.name} alone {verb} {percent(share)} of {measure} in {task.target}: it may be the"
        " target in other words, or known only afterwards. If so, leave it out and fit again",
    )


def _variance_explained(
    learn: NDArray[np.intp], test: NDArray[np.intp], size: int, known: Floats, truth: Floats
) -> float:
    counts = np.bincount(learn, minlength=size)
    sums = np.bincount(learn, weights=known, minlength=size)
    means = np.divide(sums, counts, out=np.full(size, known.mean()), where=counts > 0)
    spread = float(((truth - truth.mean()) ** 2).sum())
    return 1 - float(((truth - means[test]) ** 2).sum()) / spread if spread > 0 else 0.0


def _errors_avoided(
    learn: NDArray[np.intp],
    test: NDArray[np.intp],
    size: int,
    known: NDArray[np.intp],
    truth: NDArray[np.intp],
    classes: int,
) -> float:
    table = np.bincount(learn * classes + known, minlength=size * classes).reshape(size, classes)
    commonest = int(np.bincount(known, minlength=classes).argmax())
    guesses = np.where(table.sum(axis=1) > 0, table.argmax(axis=1), commonest)
    wrong = int((guesses[test] != truth).sum())
    wrong_by_guessing = int((truth != commonest).sum())
    return 1 - wrong / wrong_by_guessing if wrong_by_guessing else 0.0
