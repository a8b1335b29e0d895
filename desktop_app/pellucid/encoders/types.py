"""What turns texts into vectors, and what is known about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pellucid.core.run import Run

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class EncoderInfo:
    """An encoder, as far as a reader should know it.

    `key` is made from the weights and the pooling, so that equal keys give equal vectors. `bytes`
    is the size of the weights. `note` says what a reader should keep in mind, if anything.
    """

    name: str
    key: str
    dimensions: int
    is_language_model: bool
    folder: Path | None = None
    bytes: int = 0
    note: str = ""


class TextEncoder(Protocol):
    """Turns texts into vectors; the same text always gives the same vector."""

    @property
    def info(self) -> EncoderInfo:
        """What this encoder is."""
        ...

    def encode(self, texts: Sequence[str], run: Run) -> Vectors:
        """Return a vector a text, shape (texts, dimensions), in the order given.

        Checks for a stop between batches. Raises `UserError` where memory runs out even for the
        smallest batch.
        """
        ...
