"""Does a term matter? What held-out rows lose when it is taken out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from pellucid.data.types import Columns
from pellucid.models.additive import AdditiveModel, Floats
from pellucid.models.metrics import losses
from pellucid.models.texts import TextTerm
from pellucid.models.types import TermEvidence

LEVEL = 0.05
FEWEST_ROWS = 20


def term_evidence(
    model: AdditiveModel,
    columns: Columns,
    truth: NDArray[np.generic],
    may_judge: NDArray[np.bool_],
) -> tuple[TermEvidence, ...]:
    """Return, for each term, the rise in held-out loss when it is taken out; none with few rows.

    `truth` (rows,) values or class codes; `may_judge` (bags, rows) marks the bags that did not
    train on a row: its prediction is the mean over these alone, and a row without any is left out.
    The loss is log loss or squared error.

    *Taken out* means that the term's scores become 0, its average, and all else stays as fitted. So
    the rise is what this model gets from the term. Of two columns that say the same, boosting gives
    each a part, and each rise is that part: it can be small though a model with neither would be
    much worse, and it does not say how well a refitted model would do without the term.

    The interval is that of the paired bootstrap over rows, its standard error in closed form, since
    for a mean that is the limit of many resamples (Efron 1979, Annals of Statistics 7(1)). Levels
    follow Holm (1979, Scandinavian Journal of Statistics 6): strongest term first, each at 5% over
    the terms that are left, all after the first failure at that failure's level.
    """
    kept = np.flatnonzero(may_judge.any(axis=0))
    if len(kept) < FEWEST_ROWS:
        return ()
    columns = {name: values[kept] for name, values in columns.items()}
    truth, share = truth[kept], _shares(may_judge[:, kept])
    contributions = [_held_out_text(text, columns, share) for text in model.texts]
    contributions += [
        _held_out(term.bag_scores, cells, share) for term, cells in model.cells(columns)
    ]
    margin = np.einsum("br,bc->rc", share, model.bag_intercepts)
    for contribution in contributions:
        margin += contribution
    whole = losses(model.task, model.mean(margin), truth)
    names, rises, errors = [], [], []
    for term, contribution in zip(model.all_terms, contributions, strict=True):
        rise = losses(model.task, model.mean(margin - contribution), truth) - whole
        names.append(term.name)
        rises.append(float(rise.mean()))
        errors.append(float(rise.std() / math.sqrt(len(rise))))
    return _holm(names, rises, errors)


def _shares(may_judge: NDArray[np.bool_]) -> Floats:
    """Return the weight of each bag in each row's prediction, columns summing to 1."""
    return np.asarray(may_judge / may_judge.sum(axis=0))


def _held_out(bag_scores: Floats, cells: tuple[NDArray[np.intp], ...], share: Floats) -> Floats:
    """Return each row's score, averaged over the bags that may judge it, shape (rows, C)."""
    total = np.zeros((share.shape[1], bag_scores.shape[-1]))
    for table, weight in zip(bag_scores, share, strict=True):
        rows = np.flatnonzero(weight)
        total[rows] += table[tuple(c[rows] for c in cells)] * weight[rows, None]
    return total


def _held_out_text(term: TextTerm, columns: Columns, share: Floats) -> Floats:
    """Return what each row's text adds, averaged over the bags that may judge it."""
    found = term.occurrences(columns)
    total = np.zeros((share.shape[1], term.scores.shape[-1]))
    for scores, offset, weight in zip(term.bag_scores, term.bag_offsets, share, strict=True):
        rows = np.flatnonzero(weight)
        total[rows] += (offset + found.take(rows).sums(scores)) * weight[rows, None]
    return total


def _holm(
    names: Sequence[str], rises: Sequence[float], errors: Sequence[float]
) -> tuple[TermEvidence, ...]:
    """Give each rise its interval at the level that Holm's procedure grants it."""
    strength = [r / e if e > 0 else 0.0 for r, e in zip(rises, errors, strict=True)]
    found: dict[int, TermEvidence] = {}
    is_open, level = True, LEVEL
    for step, index in enumerate(sorted(range(len(names)), key=lambda i: -strength[i])):
        if is_open:
            level = LEVEL / (len(names) - step)
        half = NormalDist().inv_cdf(1 - level / 2) * errors[index]
        low, high = rises[index] - half, rises[index] + half
        is_open = is_open and low > 0
        found[index] = TermEvidence(names[index], rises[index], low, high, is_open)
    return tuple(found[i] for i in range(len(names)))
