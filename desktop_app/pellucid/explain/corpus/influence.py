"""Which training texts a prediction of a regularised last layer rests on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run
from pellucid.explain.corpus.types import InfluentialText

Floats = NDArray[np.float64]
_CORRECTED = 1000


@dataclass(frozen=True, slots=True)
class Head:
    """A fitted last layer: margins = features @ weights + intercept, and its loss around the fit.

    The fit minimises mean loss + penalty * sum of squared weights, the intercept free. With
    scikit-learn's logistic regression, penalty = 1 / (2 C n). `features` is (n, d). `residuals`
    (n, C) are the loss's slopes by the margins and `curvatures` (n, C, C) its second derivatives.
    """

    features: Floats
    residuals: Floats
    curvatures: Floats
    penalty: float
    has_intercept: bool = True


def logistic_head(
    features: Floats, target: NDArray[np.generic], probability: Floats, penalty: float
) -> Head:
    """Return the head of two classes: `target` (n,) is 0 or 1, `probability` (n,) that of 1."""
    curvature = probability * (1 - probability)
    residual = probability - target.astype(np.float64)
    return Head(features, residual[:, None], curvature[:, None, None], penalty)


def softmax_head(
    features: Floats, codes: NDArray[np.integer], probabilities: Floats, penalty: float
) -> Head:
    """Return the head of C classes: `codes` (n,) are places among them, `probabilities` (n, C)."""
    classes = np.eye(probabilities.shape[1])
    spread = probabilities[:, :, None] * classes
    curvatures = spread - probabilities[:, :, None] * probabilities[:, None, :]
    return Head(features, probabilities - classes[codes], curvatures, penalty)


def squared_head(features: Floats, target: Floats, prediction: Floats, penalty: float) -> Head:
    """Return the head of a regression whose loss is half the squared error."""
    curvatures = np.ones((len(features), 1, 1))
    return Head(features, (prediction - target)[:, None], curvatures, penalty)


def representer_values(
    features: Floats, residuals: Floats, penalty: float, queries: Floats
) -> Floats:
    """Return what each training text gives to each query's margins, shape (m, n, C).

    A decomposition of the fit as it stands, not what a refit without the text would change: with a
    converged fit, the values of a query sum to its margins without the intercept. Value i is
    -residual_i / (2 penalty n) * (features_i . query), with the arguments of `Head` and queries
    (m, d). The weights of a fit that has not converged are not this sum.

    Source: Yeh, Kim, Yen and Ravikumar (2018), "Representer point selection for explaining deep
    neural networks", NeurIPS, theorem 3.1.
    """
    weights = -residuals / (2 * penalty * len(features))
    return np.asarray((queries @ features.T)[:, :, None] * weights[None])


def left_out_influence(head: Head, queries: Floats, run: Run) -> Floats:
    """Return each training text's influence on each query's margins, shape (m, n, C), link scale.

    An approximation of margin with the text minus margin of a refit without it, the penalty's
    weight against the sum of losses unchanged: one Newton step from the fit, with the Hessian of
    the texts that are left, exact for squared loss. `queries` (m, d). The Hessian is a square of
    (d + 1) C numbers and takes n (d C)^2 / 2 multiplications.

    Source: Koh and Liang (2017), "Understanding black-box predictions via influence functions",
    ICML; Pregibon (1981), "Logistic regression diagnostics", Annals of Statistics 9, for the step
    corrected by leverage.
    """
    inverse = _inverse_hessian(head, run)
    rows = np.arange(len(head.features))
    return _effects(head, inverse, queries, rows, _corrected_slopes(head, inverse, rows, run))


def most_influential(
    head: Head, query: Floats, output: int, run: Run, most: int = 10
) -> tuple[InfluentialText, ...]:
    """Return the training texts that move one margin of one query most, strongest first.

    `query` (d,); `output` is the place of the margin. The rank is by `left_out_influence`, which
    follows true refits; the representer value stands beside it. Of more than 1,000 texts, those are
    weighed whose step is longest before it is corrected for leverage.
    """
    values = representer_values(head.features, head.residuals, head.penalty, query[None])[0]
    inverse = _inverse_hessian(head, run)
    rows = np.arange(len(head.features))
    if len(rows) > _CORRECTED:
        rough = _effects(head, inverse, query[None], rows, head.residuals)[0, :, output]
        rows = np.sort(np.argsort(-np.abs(rough), kind="stable")[:_CORRECTED])
    slopes = _corrected_slopes(head, inverse, rows, run)
    influence = _effects(head, inverse, query[None], rows, slopes)[0, :, output]
    order = np.argsort(-np.abs(influence), kind="stable")[:most]
    return tuple(
        InfluentialText(int(rows[i]), float(influence[i]), float(values[rows[i], output]))
        for i in order
    )


def _effects(
    head: Head, inverse: Floats, queries: Floats, rows: NDArray[np.intp], slopes: Floats
) -> Floats:
    """Return what the slopes (rows, C) of the texts do to the queries' margins."""
    inputs = _inputs(head, head.features[rows])
    pull = np.einsum("md,cdke->mcke", _inputs(head, queries), inverse, optimize=True)
    return np.asarray(-np.einsum("mcke,ne,nk->mnc", pull, inputs, slopes, optimize=True))


def _corrected_slopes(head: Head, inverse: Floats, rows: NDArray[np.intp], run: Run) -> Floats:
    """Return the slopes (rows, C) that make a step with the whole Hessian one without the text."""
    outputs = head.residuals.shape[1]
    inputs = _inputs(head, head.features[rows])
    leverage = np.empty((len(rows), outputs, outputs))
    for c, k in np.ndindex(outputs, outputs):
        run.progress("Weighing the training texts", c * outputs + k, outputs**2)
        run.check()
        leverage[:, c, k] = ((inputs @ inverse[c, :, k]) * inputs).sum(axis=1)
    left = np.eye(outputs) - head.curvatures[rows] @ leverage
    return np.asarray(np.linalg.solve(left, head.residuals[rows][:, :, None])[:, :, 0])


def _inverse_hessian(head: Head, run: Run) -> Floats:
    """Return the inverse of the Hessian of summed loss and penalty, shape (C, D, C, D)."""
    inputs = _inputs(head, head.features)
    (rows, width), outputs = inputs.shape, head.residuals.shape[1]
    hessian = np.zeros((outputs, width, outputs, width))
    for c, k in np.ndindex(outputs, outputs):
        if c <= k:
            run.progress("Measuring the fit's curvature", c * outputs + k, outputs**2)
            run.check()
            block = inputs.T @ (inputs * head.curvatures[:, c, k, None])
            hessian[c, :, k] = hessian[k, :, c] = block
    ridge = np.full(width, 2 * head.penalty * rows)
    if head.has_intercept:
        ridge[-1] = 0
    for c in range(outputs):
        hessian[c, :, c] += np.diag(ridge)
    if head.has_intercept and np.allclose(head.curvatures.sum(axis=2), 0):
        # A constant on all intercepts of a softmax changes no probability: hold their sum.
        hessian[:, -1, :, -1] += 1
    flat = np.linalg.inv(hessian.reshape(outputs * width, -1))
    return np.asarray(flat.reshape(hessian.shape))


def _inputs(head: Head, features: Floats) -> Floats:
    """Return the features, with a column of ones last where the head has an intercept."""
    if not head.has_intercept:
        return features
    return np.hstack([features, np.ones((len(features), 1))])
