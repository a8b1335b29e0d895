"""Models as functions of one text, the rest of the row held fixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from pellucid.data.types import Columns
from pellucid.explain.tokens.scorer import Floats, TextScorer
from pellucid.explain.tokens.tree_way import leaf_term
from pellucid.models.additive import AdditiveModel, Term, inverse_link
from pellucid.models.texts import TextTerm


@dataclass(frozen=True, slots=True)
class _OfModel:
    """What an additive model's scorers have in common, whichever term reads the text."""

    model: AdditiveModel

    @property
    def outputs(self) -> tuple[str, ...]:
        return self.model.output_names

    @property
    def classes(self) -> tuple[str, ...]:
        return self.model.task.classes

    def mean(self, margins: Floats) -> Floats:
        """Put margins through the inverse link."""
        return self.model.mean(margins)


@dataclass(frozen=True, slots=True)
class AdditiveScorer(_OfModel):
    """An additive model seen as a function of one of its texts: a `TextScorer`.

    `rest` (C,) is the margin without the words: intercept, other columns and the term's offset.
    """

    term: TextTerm
    rest: Floats = field(repr=False)

    def margins(self, texts: Sequence[str]) -> Floats:
        """Return each text's margins, shape (texts, outputs)."""
        found = self.term.occurrences_in(texts)
        return np.asarray(self.rest + found.sums(self.term.scores))


@dataclass(frozen=True, slots=True)
class ContrastScorer:
    """A model of several classes seen as one that tells class `a` from class `b`: a `TextScorer`.

    Its one margin is the log-odds of `a` against `b`.
    """

    scorer: TextScorer
    a: int
    b: int

    @property
    def outputs(self) -> tuple[str, ...]:
        return (self.scorer.classes[self.a],)

    @property
    def classes(self) -> tuple[str, ...]:
        return (self.scorer.classes[self.b], self.scorer.classes[self.a])

    def margins(self, texts: Sequence[str]) -> Floats:
        """Return each text's log-odds, shape (texts, 1)."""
        margins = self.scorer.margins(texts)
        if margins.shape[1] == 1:
            names = self.scorer.classes
            sign = 1.0 if names[self.a] == self.scorer.outputs[0] else -1.0
            return np.asarray(sign * margins)
        return np.asarray((margins[:, self.a] - margins[:, self.b])[:, None])

    def mean(self, margins: Floats) -> Floats:
        """Return the probabilities of `b` and of `a` among the two, shape (texts, 2)."""
        return inverse_link(margins, "logit")


@dataclass(frozen=True, slots=True)
class LeafScorer(_OfModel):
    """An additive model seen as a function of the text that its keyword tree reads: a `TextScorer`.

    `rest` (C,) is the margin without the tree: intercept and other columns.
    """

    term: Term
    rest: Floats = field(repr=False)

    def margins(self, texts: Sequence[str]) -> Floats:
        """Return each text's margins, shape (texts, outputs)."""
        column = np.array([*texts, None], dtype=object)[:-1]
        return np.asarray(self.rest + self.term.contribution({self.term.axes[0].column: column}))


def text_scorer(
    model: AdditiveModel, column: str | None = None, others: Columns | None = None
) -> AdditiveScorer | LeafScorer:
    """Return `model` as a function of the text in `column`, which it reads by n-grams or by a tree.

    By default the first column that it reads; `others` is as in `additive_scorer`. Raises
    `KeyError` where the model does not read `column`.
    """
    by_ngrams = [term.column for term in model.texts]
    if column in by_ngrams or (column is None and by_ngrams):
        return additive_scorer(model, column, others)
    term = leaf_term(model, column)
    rest = model.intercept
    if others is not None:
        rest = model.margin(others)[0] - term.contribution(others)[0]
    return LeafScorer(model, term, np.asarray(rest))


def additive_scorer(
    model: AdditiveModel, column: str | None = None, others: Columns | None = None
) -> AdditiveScorer:
    """Return `model` as a function of the text in `column`, by default the first it reads.

    `others` is one row with all of the model's columns, whose text is ignored. Without it all other
    columns are average: they add nothing. Raises `KeyError` where the model does not read `column`.
    """
    term = model.texts[0] if column is None else model.text(column)
    rest = model.intercept + term.offset
    if others is not None:
        rest = model.margin(others)[0] - term.contribution(others)[0] + term.offset
    return AdditiveScorer(model, term, np.asarray(rest))
