"""The last layer over the vectors of texts that influence is measured on: a model's own, or one
fitted in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.engine.loading import AnyModel
from pellucid.explain.corpus.influence import Head, logistic_head, softmax_head, squared_head
from pellucid.explain.tokens.scorer import Floats, TextScorer
from pellucid.models.additive import AdditiveModel
from pellucid.models.black_box.classifier import SequenceClassifier
from pellucid.models.multilabel import CHOSEN
from pellucid.models.types import Task

if TYPE_CHECKING:
    from pellucid.encoders.types import Vectors

_LARGEST = 800
"""Directions times margins of a layer: its curvature is a square of so many numbers."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A last layer with the query's features (d,).

    The features are the main directions of the vectors. Where the layer `is_own`, its slopes are
    those of the transformer itself, whose lower layers are held fixed. Else it was fitted to the
    same vectors, and `agreement` is the share of the training texts that get the same class from
    it as from the model, or the correlation of the two predictions; NaN where it is its own.
    """

    head: Head
    query: Floats = field(repr=False)
    is_own: bool
    agreement: float


def layer_over(
    model: AnyModel,
    scorer: TextScorer,
    texts: Sequence[str],
    vectors: Vectors,
    query: NDArray[np.float32],
    truth: NDArray[np.generic],
    output: int,
    run: Run,
    *,
    has_own_vectors: bool = True,
) -> Layer:
    """Return the last layer over the `vectors` of training `texts` that stands for a model.

    A transformer that was fitted here has a linear last layer over its own vectors; without
    `has_own_vectors` these are another encoder's. `output` is the place of the margin; of labels
    each has a layer of its own.
    """
    run.progress("Fitting a last layer")
    run.check()
    task = model.task
    outputs = 1 if task.kind == "multilabel" else len(model.output_names)
    features, asked = _features(vectors, query, max(8, _LARGEST // max(1, outputs)))
    network = None if isinstance(model, AdditiveModel) else model.network
    if network is not None and network.head is not None and has_own_vectors:
        mean = network.mean(_own_margins(network, vectors))
        return Layer(_head(task, features, truth, mean, output), asked, True, float("nan"))
    mean = _fitted(task, features, truth, output)
    own = scorer.mean(scorer.margins(texts))
    return Layer(
        _head(task, features, truth, mean, output), asked, False,
        _agreement(task, mean, own, output),
    )  # fmt: skip


def _own_margins(network: SequenceClassifier, vectors: Vectors) -> Floats:
    """Return what the transformer's own last layer makes of vectors, shape (n, C)."""
    assert network.head is not None
    weight, bias = (
        part.detach().cpu().numpy() for part in (network.head.weight, network.head.bias)
    )
    return np.asarray((vectors @ weight + bias) @ network.mixing + network.shift, dtype=np.float64)


def _fitted(task: Task, features: Floats, truth: NDArray[np.generic], output: int) -> Floats:
    """Return what a regularised layer that is fitted to the features predicts, as `mean` does.

    Of labels it predicts the one that is meant alone.
    """
    if not task.classes:
        from sklearn.linear_model import Ridge

        return np.asarray(Ridge(alpha=1.0).fit(features, truth).predict(features))
    codes = (truth[:, output] if truth.ndim > 1 else truth).astype(np.intp)
    present = np.unique(codes)
    if len(present) < 2:
        raise UserError("The training texts have one class alone", "Open the table of the fit.")
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=1.0, tol=1e-7, max_iter=2_000).fit(features, codes)
    chances = fitted.predict_proba(features)
    spread = np.zeros((len(features), len(task.classes)))
    if truth.ndim > 1:
        spread[:, output] = chances[:, 1]
    else:
        spread[:, present] = chances
    return spread


def _head(
    task: Task, features: Floats, truth: NDArray[np.generic], mean: Floats, output: int
) -> Head:
    """Return a layer around its predictions, with the weight of the penalty that it is given."""
    penalty = 1.0 / (2 * len(features))
    if not task.classes:
        return squared_head(features, truth.astype(np.float64), mean, penalty)
    if truth.ndim > 1:
        return logistic_head(features, truth[:, output] == 1, mean[:, output], penalty)
    codes = truth.astype(np.intp)
    if len(task.classes) == 2:
        positive = task.classes.index(task.positive)
        return logistic_head(features, codes == positive, mean[:, positive], penalty)
    return softmax_head(features, codes, mean, penalty)


def _agreement(task: Task, mean: Floats, own: Floats, output: int) -> float:
    if not task.classes:
        return float(np.corrcoef(mean, own)[0, 1])
    if task.kind == "multilabel":
        held = [part[:, output] >= CHOSEN for part in (mean, own)]
        return float((held[0] == held[1]).mean())
    return float((mean.argmax(axis=1) == own.argmax(axis=1)).mean())


def _features(
    vectors: Vectors, query: NDArray[np.float32], most: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    centre = vectors.mean(axis=0, dtype=np.float64)
    _, sizes, directions = np.linalg.svd(vectors - centre, full_matrices=False)
    kept = min(most, int((sizes > 1e-6 * max(float(sizes[0]), 1e-12)).sum()) or 1)
    scale = directions[:kept].T * (np.sqrt(len(vectors)) / np.maximum(sizes[:kept], 1e-12))
    # Directions that hardly vary would be blown up to noise; they keep their share of the variance.
    weight = np.sqrt(sizes[:kept] / max(float(sizes[0]), 1e-12))
    scale = scale * weight
    return (vectors - centre) @ scale, (query - centre) @ scale
