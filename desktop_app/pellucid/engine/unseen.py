"""N-grams that a model was never shown: counted as such, or scored through the model's encoder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from pellucid.core.errors import UserError
from pellucid.core.run import Run
from pellucid.data.types import Columns
from pellucid.models.additive import AdditiveModel
from pellucid.models.texts import EMPTY_CELL, TextTerm

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Unseen:
    """The n-gram occurrences in the texts of `column`, and those without a score."""

    column: str
    unseen: int
    occurrences: int

    @property
    def share(self) -> float:
        return self.unseen / self.occurrences if self.occurrences else 0.0


@dataclass(slots=True)
class Tally:
    """Counts n-grams while predictions are made, chunk by chunk."""

    _counts: dict[str, tuple[int, int]] = field(default_factory=dict)

    def margin(self, model: AdditiveModel, columns: Columns) -> Floats:
        """Return what `model.margin` does, and count on the way."""
        rows = len(next(iter(columns.values())))
        total = np.tile(model.intercept, (rows, 1))
        for term in model.texts:
            found = term.occurrences(columns)
            self._count(term, found.cells)
            total += term.contribution_of(found)
        for _, scores in replace(model, texts=()).contributions(columns):
            total += scores
        return total

    @property
    def columns(self) -> tuple[Unseen, ...]:
        return tuple(Unseen(column, *counts) for column, counts in self._counts.items())

    def _count(self, term: TextTerm, cells: NDArray[np.intp]) -> None:
        unseen, occurrences = self._counts.get(term.column, (0, 0))
        unseen += int((cells == term.unseen_cell).sum())
        occurrences += int((cells != EMPTY_CELL).sum())
        self._counts[term.column] = unseen, occurrences


def score_through(
    model: AdditiveModel, columns: Columns, encoder: str, run: Run, download: bool = False
) -> AdditiveModel:
    """Return the model with the words of these texts that it lacks, scored through `encoder`.

    `encoder` is a folder or a hub id, and has to be the encoder that the model was fitted with.
    Raises `UserError` where it is not, or where no score of the model came from an encoder.
    """
    from pellucid.encoders.folders import resolve
    from pellucid.encoders.transformer import load_encoder
    from pellucid.models.ngrams.entering import score_unseen

    _check_heads(model.texts)
    run.progress("Loading the encoder")
    loaded = load_encoder(resolve(encoder, run, download), run)
    terms = []
    for term in model.texts:
        note = term.encoder
        if note is None or term.bag_heads is None:
            terms.append(term)
            continue
        if note.key != loaded.info.key:
            where = note.folder or note.name
            raise UserError(
                f"{loaded.info.name} is not the encoder that the model was fitted with",
                f"That was {where}; give it, or leave --encoder away.",
            )
        terms.append(score_unseen(term, columns[term.column].tolist(), loaded, run))
    return replace(model, texts=tuple(terms))


def _check_heads(terms: Iterable[TextTerm]) -> None:
    notes = [term.encoder for term in terms if term.bag_heads is not None and term.encoder]
    if not notes:
        raise UserError(
            "No score of this model came from an encoder, so none can score words that it lacks",
            "Leave --encoder away; unseen words then add nothing.",
        )
    if not any(note.is_language_model for note in notes):
        raise UserError(
            f"The model was fitted with {notes[0].name}, which is not kept after the fit",
            "Leave --encoder away, or fit again with --encoder and the folder of a model.",
        )
