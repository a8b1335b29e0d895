"""A term over a number: lines over its bins, with the cells that are no place on the axis aside."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np

from pellucid.core.numbers import plural, signed
from pellucid.explain.cells import cell_label
from pellucid.explain.types import ModelExplanation, TermExplanation
from pellucid.facts.sentences import strongest_shape, term_sentence
from pellucid.models.additive import MISSING_CELL, Axis
from pellucid.report.charts import Caption, CurveChart, Line, SideCell
from pellucid.report.figures.base import band_words, floats, score_name

MOST_LINES = 4
_NARROW = 0.25
_MOST_DECADES = 7


def curve_chart(term: TermExplanation, explanation: ModelExplanation) -> CurveChart:
    """Draw the score over the bins, a line for each of the outputs moved most."""
    axis = term.axes[0]
    outputs = _most_moved(term, len(explanation.outputs))
    counts = tuple(round(float(n)) for n in term.counts[1:-1])
    edges = outer_edges(axis)
    one = len(outputs) == 1
    name = score_name(explanation, outputs[0] if one else None)
    lines = tuple(_line(term, explanation.outputs[k], k) for k in outputs)
    scope = "" if len(outputs) == len(explanation.outputs) else (
        f"; the {len(outputs)} classes moved most of {len(explanation.outputs)}"
    )  # fmt: skip
    rows = plural(round(float(term.counts.sum())), "training row")
    title = term_sentence(term, explanation)
    return CurveChart(
        caption=Caption(
            title,
            f"The model’s term for {axis.name}, {band_words(term)}; {rows} beneath{scope}",
            f"{title}. {_curve_words(term, explanation, edges)}",
        ),
        x_axis=_axis_name(axis),
        y_axis=name,
        edges=edges,
        counts=counts,
        lines=lines,
        side=_side_cells(term, outputs),
        scale="log" if axis.part == "value" and is_skewed(edges, counts) else "linear",
        is_date=axis.part == "elapsed",
    )


def _axis_name(axis: Axis) -> str:
    if axis.part == "hour":
        return f"{axis.column}, hour of the day"
    return axis.column if axis.part == "elapsed" else axis.name


def _most_moved(term: TermExplanation, outputs: int) -> list[int]:
    """Return the outputs to draw, in their own order: those with the widest weighted spread."""
    if outputs <= MOST_LINES:
        return list(range(outputs))
    weights = term.counts / max(float(term.counts.sum()), 1.0)
    moved = (np.abs(term.scores) * weights[..., None]).sum(axis=tuple(range(weights.ndim)))
    return sorted(np.argsort(-moved, kind="stable")[:MOST_LINES].tolist())


def _line(term: TermExplanation, name: str, output: int) -> Line:
    inner = slice(1, -1)
    low, high = term.low[inner, output], term.high[inner, output]
    known = bool(np.isfinite(low).any())
    return Line(
        name,
        floats(term.scores[inner, output]),
        floats(low) if known else None,
        floats(high) if known else None,
    )


def outer_edges(axis: Axis) -> tuple[float, ...]:
    """Return the edges of all bins, closed at the least and greatest training values."""
    inner = [] if axis.edges is None else [float(edge) for edge in axis.edges]
    if not inner:
        low, high = (0.0, 1.0) if math.isnan(axis.low) else (axis.low, axis.high)
        return (low, high) if high > low else (low - 0.5, low + 0.5)
    gaps = [b - a for a, b in itertools.pairwise(inner)] or [abs(inner[0]) or 1.0]
    low = axis.low if axis.low < inner[0] else inner[0] - gaps[0]
    high = axis.high if axis.high > inner[-1] else inner[-1] + gaps[-1]
    return (low, *inner, high)


def is_skewed(edges: Sequence[float], counts: Sequence[int]) -> bool:
    """Say whether a logarithmic axis shows the rows better: most crowd at its low end.

    That is so where the middle 80% of rows, a first bin from 0 left aside, take less than a quarter
    of a linear axis and more than that share of a logarithmic one.
    """
    first = 1 if edges[0] <= 0 else 0
    if edges[0] < 0 or len(counts) - first < 3 or edges[first] <= 0:
        return False
    low, high = edges[first], edges[-1]
    held = np.cumsum(counts[first:])
    if held[-1] == 0 or not 1 < high / low < 10.0**_MOST_DECADES:
        return False
    start = edges[first + int(np.searchsorted(held, 0.1 * held[-1]))]
    end = edges[first + 1 + int(np.searchsorted(held, 0.9 * held[-1]))]
    linear = (end - start) / (high - low)
    logarithmic = math.log(end / start) / math.log(high / low)
    return linear < _NARROW and logarithmic > linear


def _side_cells(term: TermExplanation, outputs: list[int]) -> tuple[SideCell, ...]:
    """Return the missing and the unseen cell where rows fell into them."""
    found = []
    for name, cell in (("missing", MISSING_CELL), ("unseen", term.axes[0].unseen_cell)):
        rows = round(float(term.counts[cell]))
        if rows:
            low, high = term.low[cell, outputs], term.high[cell, outputs]
            known = bool(np.isfinite(low).all())
            found.append(
                SideCell(
                    name,
                    floats(term.scores[cell, outputs]),
                    floats(low) if known else None,
                    floats(high) if known else None,
                    rows,
                )
            )
    return tuple(found)


def _curve_words(
    term: TermExplanation, explanation: ModelExplanation, edges: tuple[float, ...]
) -> str:
    """Tell the curve's range, and its highest and lowest well-supported places."""
    axis = term.axes[0]
    first, last = cell_label(axis, 1), cell_label(axis, axis.unseen_cell - 1)
    shape = strongest_shape(term, len(explanation.outputs))
    name = score_name(explanation, shape.output).removeprefix("Change in ")
    words = f"The line runs over {plural(len(edges) - 1, 'bin')} from {first} to {last}"
    if len(shape.cells) == 2:
        top, bottom = shape.cells
        words += (
            f"; {name} is highest at {top.label} ({signed(top.effect.score)}) and lowest at "
            f"{bottom.label} ({signed(bottom.effect.score)})"
        )
    if shape.missing is not None:
        words += f"; missing values: {signed(shape.missing.effect.score)}"
    return f"{words}."
