"""Bags to the model: each finished bag is made readable, and the model is their mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from pellucid.data.types import Columns
from pellucid.models.additive import AdditiveModel, Axis, Floats, Link, Term, TermKind
from pellucid.models.boosting import Bag, Pair
from pellucid.models.inputs import Input
from pellucid.models.purify import centre, purify, zero_sum
from pellucid.models.texts import TextTerm
from pellucid.models.types import Task, TaskKind

LINKS: dict[TaskKind, Link] = {
    "regression": "identity",
    "binary": "logit",
    "multiclass": "softmax",
    "multilabel": "logits",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """The tables that every bag fills: one term an input, then one a pair.

    `weights` are the training rows in each cell of the terms' axes, in the order of the terms.
    """

    task: Task
    inputs: tuple[Input, ...]
    pairs: tuple[Pair, ...]
    weights: tuple[Floats, ...] = field(repr=False)

    @property
    def axes(self) -> tuple[tuple[Axis, ...], ...]:
        mains = [(entry.shown,) for entry in self.inputs]
        return (*mains, *((self.inputs[a].coarse, self.inputs[b].coarse) for a, b in self.pairs))


@dataclass(frozen=True, slots=True)
class Readable:
    """One bag with centred terms and purified pairs: `intercept` (C,), each table (*cells, C)."""

    intercept: Floats
    tables: tuple[Floats, ...]


def make_layout(
    task: Task, inputs: tuple[Input, ...], pairs: Sequence[Pair], columns: Columns
) -> Layout:
    """Lay out the terms over the training rows `columns`."""
    bare = Layout(task, inputs, tuple(pairs), ())
    return replace(bare, weights=tuple(_rows_in_cells(axes, columns) for axes in bare.axes))


def make_readable(bag: Bag, layout: Layout) -> Readable:
    """Centre a bag's terms and move what its pairs share with the mains to these.

    Every row's prediction stays what the bag's own is: unseen and missing cells without training
    rows count as average in every term, as interpret has it, and only then are pairs split up.
    """
    intercept = bag.intercept
    mains: list[Floats] = []
    pairs: list[Floats] = []
    weights = iter(layout.weights)
    for table, entry in zip(bag.mains, layout.inputs, strict=True):
        centred, mean = centre(entry.to_shown(table, entry.fine), next(weights))
        mains.append(centred)
        intercept = intercept + mean
    for table, (a, b), rows in zip(bag.pairs, layout.pairs, weights, strict=True):
        centred, mean = centre(table, rows)
        pure, *shared = purify(centred, rows)
        pairs.append(pure)
        intercept = intercept + mean
        for index, part in zip((a, b), shared, strict=True):
            entry = layout.inputs[index]
            mains[index] = mains[index] + entry.to_shown(part, entry.coarse)
    for index, (table, rows) in enumerate(zip(mains, layout.weights, strict=False)):
        mean = rows @ table / rows.sum()
        mains[index] = table - mean
        intercept = intercept + mean
    tables = (*mains, *pairs)
    if layout.task.kind == "multilabel":
        return Readable(intercept, tables)
    return Readable(zero_sum(intercept), tuple(zero_sum(table) for table in tables))


def fold(
    bags: Sequence[Readable],
    layout: Layout,
    texts: Sequence[TextTerm] = (),
    leaves: Sequence[Term] = (),
) -> AdditiveModel:
    """Average one or more bags, in their order, into the model.

    `texts` and `leaves` read texts and were fitted before, with the same bags.
    """
    intercepts = np.stack([bag.intercept for bag in bags])
    terms = list(leaves)
    for place, axes in enumerate(layout.axes):
        tables = np.stack([bag.tables[place] for bag in bags])
        terms.append(
            Term(
                name=" & ".join(axis.name for axis in axes),
                kind=_kind(axes),
                axes=axes,
                scores=tables.mean(axis=0),
                bag_scores=tables,
                weights=layout.weights[place],
            )
        )
    link = LINKS[layout.task.kind]
    start = intercepts.mean(axis=0)
    model = AdditiveModel(layout.task, link, start, intercepts, tuple(terms), tuple(texts))
    return _towards_positive(model)


def _towards_positive(model: AdditiveModel) -> AdditiveModel:
    """Turn all signs where the first of two classes is the positive one: bags raise the second."""
    if model.link != "logit" or model.task.positive != model.task.classes[0]:
        return model
    terms = [replace(t, scores=-t.scores, bag_scores=-t.bag_scores) for t in model.terms]
    return replace(
        model,
        intercept=-model.intercept,
        bag_intercepts=-model.bag_intercepts,
        terms=tuple(terms),
        texts=tuple(text.scaled(-1.0) for text in model.texts),
    )


def _kind(axes: tuple[Axis, ...]) -> TermKind:
    if len(axes) == 2:
        return "pair"
    return "bins" if axes[0].levels is None else "levels"


def _rows_in_cells(axes: tuple[Axis, ...], columns: Columns) -> Floats:
    shape = tuple(axis.size for axis in axes)
    flat = np.ravel_multi_index(tuple(axis.cells(columns) for axis in axes), shape)
    counts = np.bincount(flat, minlength=int(np.prod(shape)))
    return counts.reshape(shape).astype(np.float64)
