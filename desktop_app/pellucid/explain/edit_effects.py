"""What an edit does to a model on rows that it was not fitted on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pellucid.data.types import Columns
from pellucid.explain.corpus.paired import mean_interval
from pellucid.models.additive import AdditiveModel
from pellucid.models.metrics import losses, score
from pellucid.models.multilabel import predicted_labels
from pellucid.models.types import Estimate, Scores

_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class EditEffect:
    """A model before and after an edit, on `rows` validation rows; the test rows stay unseen.

    `loss` is the mean loss after minus that before (log loss, or squared error) with a 95% interval
    by paired bootstrap, below 0 where the edit helps. `moved` rows get another class, or another
    value.
    """

    rows: int
    moved: int
    before: Scores
    after: Scores
    loss: Estimate

    @property
    def is_clear(self) -> bool:
        """Whether the interval of the change excludes 0."""
        return self.loss.low > 0 or self.loss.high < 0


def edit_effect(
    before: AdditiveModel,
    after: AdditiveModel,
    columns: Columns,
    truth: NDArray[np.generic],
    seed: int,
) -> EditEffect | None:
    """Compare a model before and after an edit on held-out rows; None without any."""
    if not len(truth):
        return None
    means = [before.mean(model.margin(columns)) for model in (before, after)]
    task = before.task
    change = losses(task, means[1], truth) - losses(task, means[0], truth)
    if task.classes:
        labels = [predicted_labels(task, mean) for mean in means]
        moved = labels[0] != labels[1]
    else:
        moved = np.abs(means[1] - means[0]) > _TINY
    scores = [score(task, mean, truth, seed, name)
              for mean, name in zip(means, ("before", "after"), strict=True)]  # fmt: skip
    return EditEffect(
        len(truth),
        int(moved.sum()),
        scores[0],
        scores[1],
        mean_interval(change, np.random.default_rng([seed, 72])),
    )
