"""What every method that takes words out of a text needs of a model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class TextScorer(Protocol):
    """A model seen as a function of one text; whatever else it looks at is held fixed."""

    @property
    def outputs(self) -> tuple[str, ...]:
        """What each margin raises: the positive class, the classes, or the target."""
        ...

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes in the order of `mean`; empty for regression."""
        ...

    def margins(self, texts: Sequence[str]) -> Floats:
        """Return each text's margins on the link scale, shape (texts, outputs)."""
        ...

    def mean(self, margins: Floats) -> Floats:
        """Put margins through the inverse link: (texts, classes), or (texts,) for regression."""
        ...
