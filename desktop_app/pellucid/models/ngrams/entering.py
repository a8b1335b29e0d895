"""How texts enter a model with other terms, and words that the texts it learned from lack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.data.tokens import words_of
from pellucid.encoders.cache import embed
from pellucid.encoders.types import TextEncoder
from pellucid.models.ngrams.inputs import Floats
from pellucid.models.ngrams.solve import losses_and_slopes
from pellucid.models.texts import TextTerm
from pellucid.models.types import TaskKind


def slope(out_of_fold: Floats, target: NDArray[np.generic], kind: TaskKind) -> float:
    """Return the number, at least 0, that text scores are multiplied by in a model of more.

    `out_of_fold` (rows, C) is what texts add in fits that did not see them, so that the number is
    below 1 as far as texts seem to say more about rows that they were fitted to. It minimises the
    loss together with one intercept an output. Two classes: scores raise class 1.
    """
    from scipy.optimize import minimize

    rows, outputs = out_of_fold.shape
    spread = float(out_of_fold.std())
    if rows == 0 or spread == 0:
        return 0.0
    scores = out_of_fold / spread
    truth, width = target, 1.0
    if kind == "regression":
        values = target.astype(np.float64)
        width = float(values.std()) or 1.0
        truth = (values - values.mean()) / width

    def objective(point: Floats) -> tuple[float, Floats]:
        losses, slopes = losses_and_slopes(point[0] * scores + point[1:], truth, kind)
        gradient = np.concatenate([[float((slopes * scores).sum())], slopes.sum(axis=0)])
        # Hardly a penalty: it only keeps the slope finite where texts tell classes apart for sure.
        value = float(losses.mean()) + 1e-6 * float(point @ point)
        return value, gradient / rows + 2e-6 * point

    bounds = [(0.0, None), *[(None, None)] * outputs]
    first = np.zeros(outputs + 1)
    options = {"gtol": 1e-8, "ftol": 1e-14, "maxiter": 500}
    found = minimize(objective, first, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    return float(found.x[0]) * width / spread


def score_unseen(
    term: TextTerm, texts: Sequence[str | None], encoder: TextEncoder, run: Run
) -> TextTerm:
    """Return the term with the words of `texts` that it lacks, scored by their vectors alone.

    Phrases that it lacks stay unseen, as those of fewer than two texts were in the fit. The words
    have the weight 0 and the score head . (vector - centre) in every bag. A term without heads
    comes back as it is. `encoder` has to be the one that the term was fitted with.
    """
    if term.bag_heads is None or term.centre is None:
        return term
    known = set(term.ngrams)
    words = (word for text in texts if text for word in words_of(text))
    added = tuple(dict.fromkeys(word for word in words if word not in known))
    if not added:
        return term
    vectors = embed(added, encoder, run).astype(np.float64) - term.centre
    tables = vectors @ term.bag_heads
    last = term.unseen_cell
    bag_scores = np.concatenate(
        [term.bag_scores[:, :last], tables, term.bag_scores[:, last:]], axis=1
    )
    return replace(
        term,
        ngrams=(*term.ngrams, *added),
        scores=bag_scores.mean(axis=0),
        bag_scores=bag_scores,
        weights=np.concatenate([term.weights[:last], np.zeros(len(added)), term.weights[last:]]),
    )
