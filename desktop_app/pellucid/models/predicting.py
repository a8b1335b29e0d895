"""What every model that is given a table does with it: labels, values, probabilities."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.data.types import Columns, Kind
from pellucid.models.multilabel import predicted_labels
from pellucid.models.types import Task

Floats = NDArray[np.float64]


class Predicting(ABC):
    """Predicts a task from tables, given `margin`, `mean` and the columns of `read_as`."""

    __slots__ = ()
    task: Task

    @property
    @abstractmethod
    def read_as(self) -> tuple[tuple[str, Kind], ...]:
        """The columns that the model looks at, each with the kind it is read as."""

    @abstractmethod
    def margin(self, columns: Columns) -> Floats:
        """Return the margins on the link scale, shape (rows, C)."""

    @abstractmethod
    def mean(self, margin: Floats) -> Floats:
        """Put margins through the inverse link."""

    def predict(self, frame: object) -> NDArray[np.generic]:
        """Return each row's label (object) or value (float64), shape (rows,).

        Several labels a row are told as the target's cells tell them: those of probability 0.5 or
        more. `frame` is what `data.frames.columns_of` takes; columns that it misses count as
        missing.
        """
        mean = self._mean_of(frame)
        if not self.task.classes:
            return mean
        return predicted_labels(self.task, mean)

    def predict_proba(self, frame: object) -> Floats:
        """Return each row's probabilities, shape (rows, classes), in the order of `task.classes`.

        Raises `UserError` for regression.
        """
        if not self.task.classes:
            raise UserError(
                f"{self.task.target} is a number, so there are no class probabilities",
                "Ask for predictions instead.",
            )
        return self._mean_of(frame)

    def _mean_of(self, frame: object) -> Floats:
        from pellucid.data.frames import columns_of

        columns, _ = columns_of(frame, self.read_as)
        return self.mean(self.margin(columns))
