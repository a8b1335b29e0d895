"""A model as a JSON document: its terms with their cells, scores and intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pellucid.cli.documents import Document, one_or_all
from pellucid.core.values import to_json
from pellucid.explain.cells import cell_labels
from pellucid.explain.types import ModelExplanation, TermExplanation
from pellucid.models.additive import Axis

if TYPE_CHECKING:
    from numpy.typing import NDArray


def model_document(explanation: ModelExplanation, terms: Sequence[TermExplanation]) -> Document:
    """Give the whole model, or some of its terms."""
    return {
        "kind": "additive",
        "task": explanation.task.kind,
        "target": explanation.task.target,
        "classes": list(explanation.task.classes),
        "link": explanation.link,
        "outputs": list(explanation.outputs),
        "intercept": one_or_all(explanation.intercept.tolist()),
        "terms": [_term(term) for term in terms],
    }


def _term(term: TermExplanation) -> Document:
    head: Document = {
        "name": term.name,
        "columns": list(term.columns),
        "kind": term.kind,
        "importance": term.importance,
        "matters": to_json(term.evidence),
    }
    return head | (_single(term, term.axes[0]) if len(term.axes) == 1 else _pair(term))


def _single(term: TermExplanation, axis: Axis) -> Document:
    """Give bins, levels or n-grams in order, and missing and unseen apart.

    `edges` has one entry more than `scores`: the first and the last are the least and the greatest
    training value, beyond which the first and the last bin go on.
    """
    arrays = _arrays(term)
    inner = {name: array[1:-1].tolist() for name, array in arrays.items()}
    return {
        **_places(axis, term.kind),
        **inner,
        "missing": {name: array[0].tolist() for name, array in arrays.items()},
        "unseen": {name: array[-1].tolist() for name, array in arrays.items()},
    }


def _pair(term: TermExplanation) -> Document:
    """Give the whole table over two axes; its first cells are missing, its last unseen."""
    axes = [
        {"name": axis.name, "column": axis.column, **_places(axis), "cells": cell_labels(axis)}
        for axis in term.axes
    ]
    tables = {name: array.tolist() for name, array in _arrays(term).items()}
    return {"axes": axes, **tables, "missing": None, "unseen": None}


def _arrays(term: TermExplanation) -> Mapping[str, NDArray[Any]]:
    names = ("scores", "variation", "low", "high")
    arrays: dict[str, NDArray[Any]] = {}
    for name in names:
        array = getattr(term, name)
        arrays[name] = array[..., 0] if array.shape[-1] == 1 else array
    return {**arrays, "counts": term.counts}


def _places(axis: Axis, kind: str = "") -> Document:
    if kind == "ngrams":
        return {"ngrams": list(axis.levels or ())}
    if axis.tree is not None:
        return {"levels": list(axis.levels or ()), "tree": to_json(axis.tree.nodes)}
    if axis.levels is not None:
        return {"levels": list(axis.levels), "part": axis.part}
    inner = [] if axis.edges is None else axis.edges.tolist()
    return {"edges": [axis.low, *inner, axis.high], "part": axis.part}
