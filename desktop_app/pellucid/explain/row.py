"""One prediction explained exactly, fast enough to follow a slider; NumPy alone."""

from __future__ import annotations

import datetime
import math

import numpy as np

from pellucid.core.numbers import count, plural
from pellucid.data.types import Columns
from pellucid.explain.cells import EMPTY, MISSING, cell_label, is_year, level_label, plain
from pellucid.explain.outcomes import outcome_of
from pellucid.explain.tokens.exact import explain_term_exactly
from pellucid.explain.types import Contribution, Floats, LocalExplanation
from pellucid.models.additive import MISSING_CELL, AdditiveModel, Axis, Term
from pellucid.models.intervals import bag_half_width
from pellucid.models.texts import EMPTY_CELL, Occurrences, TextTerm

_TINY = 1e-12
SCALE_NOTES = {
    "logit": "Scores add up on the log-odds scale: each one multiplies the odds by a fixed factor, "
    "whatever the others say. In probability the same factor moves an even chance a lot and a "
    "near certainty hardly at all, so a column's step in probability depends on what was added "
    "before it.",
    "logits": "Scores add up on the log-odds scale, one sum for each label, and each sum is turned "
    "into a probability of its own: a row may have several labels or none. A score multiplies the "
    "odds of its label by a fixed factor, so a column's step in probability depends on what was "
    "added before it, but not on the other labels.",
    "softmax": "Scores add up on a log scale, one sum for each class, and the sums are then turned "
    "into probabilities that share 100% between the classes. A column's step in probability "
    "therefore depends on what was added before it, and on the other classes.",
    "log": "Scores add up on the logarithm of the target: each one multiplies the prediction by a "
    "fixed factor, so its step in the target's own units depends on what was added before it.",
    "identity": "Scores add up in the target's own units: the average plus every column's score is "
    "the prediction.",
}
"""By link: why scores add on their own scale, and why they do not in probability."""


def explain_row(
    model: AdditiveModel,
    columns: Columns,
    row: int = 0,
    *,
    output: int | None = None,
    number: int | None = None,
    actual: str | None = None,
) -> LocalExplanation:
    """Explain the prediction of one row: intercept + scores = total, on the link scale.

    Args:
        model: The model; only its lookups are used.
        columns: Typed columns with all of the model's, of equal length.
        row: The 0-based position within `columns`.
        output: The output to explain; by default the predicted class, the likeliest of several
            labels, or the only output.
        number: The row's 1-based number in its table, where it has one.
        actual: What the target says for this row, where it does.
    """
    one = {name: columns[name][row : row + 1] for name in model.columns}
    cells = [tuple(int(axis.cells(one)[0]) for axis in term.axes) for term in model.terms]
    bags = _bag_scores(model, cells)
    spreads = _spreads(bags)
    read = [(text, text.occurrences(one)) for text in model.texts]
    words = [_text_bag_scores(text, looked_up) for text, looked_up in read]
    found = [
        _text_contribution(text, one, looked_up, spread)
        for (text, looked_up), spread in zip(read, _spreads(words), strict=True)
    ]
    found += [
        _contribution(term, one, place, spread)
        for term, place, spread in zip(model.terms, cells, spreads, strict=True)
    ]
    steps = np.array([item.score for item in found]).reshape(len(found), model.outputs)
    total = model.intercept + steps.sum(axis=0)
    mean = model.mean(total[None, :])
    if output is None:
        output = int(np.argmax(mean[0])) if model.outputs > 1 else 0
    order = sorted(range(len(found)), key=lambda i: -abs(steps[i, output]))
    path = _path(model, steps[order], output) if model.task.classes else None
    low, high = _bounds(model, total, model.bag_intercepts + sum([*bags, *words]), output)
    return LocalExplanation(
        row=number,
        intercept=_floats(model.intercept),
        contributions=tuple(found[i] for i in order),
        total=_floats(total),
        output=output,
        base_probability=None if path is None else float(path[0]),
        probability_path=() if path is None else _floats(path[1:]),
        actual=actual,
        tokens=tuple(
            explain_term_exactly(model, text, _text_of(text, one) or "",
                                 total - np.asarray(item.score) + text.offset, output)
            for text, item in zip(model.texts, found, strict=False)
        ),
        low=low,
        high=high,
        **outcome_of(model.task.classes, mean),
    )  # fmt: skip


def _text_of(term: TextTerm, columns: Columns) -> str | None:
    text = columns[term.column][0]
    return None if text is None else str(text)


def _text_contribution(
    term: TextTerm, columns: Columns, found: Occurrences, spread: Floats
) -> Contribution:
    """Return what the words of a text add together, with its spread over bags."""
    text = _text_of(term, columns)
    words = 0 if found.cells[0] == EMPTY_CELL else len(found.cells)
    known = int((found.cells != term.unseen_cell).sum())
    return Contribution(
        term=term.name,
        value=MISSING if text is None else text or EMPTY,
        score=_floats(term.contribution_of(found)[0]),
        variation=_floats(spread),
        cell=f"{count(known)} of {plural(words, 'n-gram')} known" if words else "no words",
        is_missing=text is None,
        is_unseen=words > 0 and known == 0,
    )


def _text_bag_scores(term: TextTerm, found: Occurrences) -> Floats:
    """Return what each bag adds for the words of a text, shape (bags, outputs)."""
    pairs = zip(term.bag_offsets, term.bag_scores, strict=True)
    return np.stack([offset + found.sums(scores)[0] for offset, scores in pairs])


def _bag_scores(model: AdditiveModel, cells: list[tuple[int, ...]]) -> list[Floats]:
    """Return each bag's score of each term in its cell, shapes (bags, outputs)."""
    found = []
    for term, cell in zip(model.terms, cells, strict=True):
        everywhere: tuple[slice | int, ...] = (slice(None), *cell)
        found.append(np.asarray(term.bag_scores[everywhere]))
    return found


def _spreads(bags: list[Floats]) -> list[Floats]:
    """Return each term's standard deviation over bags, shapes (outputs,); NaN with one bag."""
    return [
        np.asarray(one.std(axis=0, ddof=1)) if len(one) > 1 else np.full(one.shape[1:], np.nan)
        for one in bags
    ]


def _bounds(model: AdditiveModel, total: Floats, bags: Floats, output: int) -> tuple[float, float]:
    """Bound the explained probability, or the value, by how far the bags' predictions spread."""
    if len(bags) < 2:
        return math.nan, math.nan
    if model.task.kind == "regression":
        half = bag_half_width(np.asarray(bags[:, 0].std(ddof=1)), len(bags))
        low, high = model.mean(np.array([[total[0] - half], [total[0] + half]]))
        return float(low), float(high)
    explained = model.task.classes.index(model.task.positive) if model.outputs == 1 else output
    chance = np.clip(model.mean(np.vstack([total, bags]))[:, explained], _TINY, 1 - _TINY)
    odds = np.log(chance / (1 - chance))
    half = bag_half_width(np.asarray(odds[1:].std(ddof=1)), len(bags))
    low, high = (1 / (1 + np.exp(-(odds[0] + side * half))) for side in (-1, 1))
    return float(low), float(high)


def _contribution(
    term: Term, columns: Columns, cells: tuple[int, ...], spread: Floats
) -> Contribution:
    parts = list(zip(term.axes, cells, strict=True))
    values = [_value_text(axis, columns) for axis in term.axes]
    if len(parts) > 1:
        values = [f"{axis.name} {text}" for axis, text in zip(term.axes, values, strict=True)]
    return Contribution(
        term=term.name,
        value=", ".join(values),
        score=_floats(term.scores[cells]),
        variation=_floats(spread),
        cell=", ".join(cell_label(axis, cell) for axis, cell in parts),
        is_missing=any(cell == MISSING_CELL for _, cell in parts),
        is_unseen=any(cell == axis.unseen_cell and not axis.others for axis, cell in parts),
    )


def _value_text(axis: Axis, columns: Columns) -> str:
    value = axis.values(columns)[0]
    if value is None:
        return MISSING
    if isinstance(value, str):
        return level_label(value) or EMPTY
    found = float(value)
    if np.isnan(found):
        return MISSING
    if axis.part == "elapsed":
        stamp = datetime.datetime(1970, 1, 1) + datetime.timedelta(days=found)
        return stamp.isoformat(" ", "minutes").removesuffix(" 00:00")
    if axis.part == "hour":
        return f"{int(found):02d}:{round(found % 1 * 60) % 60:02d}"
    return str(int(found)) if is_year(axis) and found.is_integer() else plain(found)


def _path(model: AdditiveModel, steps: Floats, output: int) -> Floats:
    """Return the explained class's probability from the intercept on, shape (terms + 1,)."""
    margins = model.intercept + np.vstack([np.zeros(model.outputs), np.cumsum(steps, axis=0)])
    explained = model.task.classes.index(model.task.positive) if model.outputs == 1 else output
    return np.asarray(model.mean(margins)[:, explained])


def _floats(values: Floats) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
