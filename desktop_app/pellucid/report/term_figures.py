"""One term of a model as a chart: a curve, bars or a heatmap, titled with what it says."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np

from pellucid.core.numbers import count, listing, plural, signed
from pellucid.explain.cells import cell_labels, range_label
from pellucid.explain.types import Floats, ModelExplanation, TermExplanation
from pellucid.facts.scales import scale_of
from pellucid.facts.sentences import strongest_shape, term_sentence
from pellucid.models.additive import MISSING_CELL, MONTHS, WEEKDAYS, Axis
from pellucid.report.charts import (
    Bar,
    BarChart,
    Caption,
    CurveChart,
    HeatmapChart,
    Line,
    SideCell,
)

MOST_LINES = 4
MOST_BARS = 20
MOST_HEAT_CELLS = 24
_NARROW = 0.25
_MOST_DECADES = 7
_CYCLES = (frozenset(MONTHS), frozenset(WEEKDAYS))


def term_chart(
    term: TermExplanation, explanation: ModelExplanation
) -> CurveChart | BarChart | HeatmapChart:
    """Draw a term: bins as a curve, levels as bars, pairs as a heatmap.

    With several outputs, bins show the four that the term moves most, levels all of them as a
    heatmap, and a pair the one that it moves most.
    """
    if term.kind == "pair":
        return _pair_chart(term, explanation)
    if term.axes[0].levels is None:
        return _curve_chart(term, explanation)
    if len(explanation.outputs) > 1:
        return _levels_heatmap(term, explanation)
    return _bar_chart(term, explanation)


def score_name(explanation: ModelExplanation, output: int | None = 0) -> str:
    """Name what scores measure, with their unit; `output` None speaks of all classes."""
    target = explanation.task.target
    if explanation.link == "identity":
        return f"Change in predicted {target}"
    if explanation.link == "log":
        return f"Change in log of predicted {target}"
    what = target if output is None else scale_of(explanation, output).outcome
    kind = "log-odds" if explanation.link == "logit" else "relative log-odds"
    return f"Change in {kind} of {what}"


def _band_words(term: TermExplanation) -> str:
    return "with 95% intervals" if np.isfinite(term.low).any() else "from one bag, no intervals"


def _floats(values: Floats) -> tuple[float, ...]:
    return tuple(float(v) for v in values)


def _curve_chart(term: TermExplanation, explanation: ModelExplanation) -> CurveChart:
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
            f"The model’s term for {axis.name}, {_band_words(term)}; {rows} beneath{scope}",
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
        _floats(term.scores[inner, output]),
        _floats(low) if known else None,
        _floats(high) if known else None,
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
                    _floats(term.scores[cell, outputs]),
                    _floats(low) if known else None,
                    _floats(high) if known else None,
                    rows,
                )
            )
    return tuple(found)


def _curve_words(
    term: TermExplanation, explanation: ModelExplanation, edges: tuple[float, ...]
) -> str:
    """Tell the curve's range, and its highest and lowest well-supported places."""
    axis = term.axes[0]
    labels = cell_labels(axis)
    shape = strongest_shape(term, len(explanation.outputs))
    name = score_name(explanation, shape.output).removeprefix("Change in ")
    words = f"The line runs over {plural(len(edges) - 1, 'bin')} from {labels[1]} to {labels[-2]}"
    if len(shape.cells) == 2:
        top, bottom = shape.cells
        words += (
            f"; {name} is highest at {top.label} ({signed(top.effect.score)}) and lowest at "
            f"{bottom.label} ({signed(bottom.effect.score)})"
        )
    if shape.missing is not None:
        words += f"; missing values: {signed(shape.missing.effect.score)}"
    return f"{words}."


def _bar_chart(term: TermExplanation, explanation: ModelExplanation) -> BarChart:
    axis, labels = term.axes[0], cell_labels(term.axes[0])
    cells = [cell for cell in range(axis.size) if term.counts[cell] > 0]
    levels = [cell for cell in cells if cell not in (MISSING_CELL, axis.unseen_cell)]
    if frozenset(axis.levels or ()) not in _CYCLES:
        levels.sort(key=lambda cell: (-float(term.scores[cell, 0]), labels[cell]))
    kept = _ends(levels)
    aside = [cell for cell in cells if cell not in levels]
    bars = [_level_bar(term, cell, labels[cell]) for cell in (*kept, *aside)]
    left_out = len(levels) - len(kept)
    scope = f"; {count(left_out)} levels in between not drawn" if left_out else ""
    title, name = term_sentence(term, explanation), score_name(explanation)
    told = [f"{bar.label} {bar.note}" for bar in bars]
    return BarChart(
        Caption(
            title,
            f"The model’s term for {axis.name}, {_band_words(term)}{scope}",
            f"{title}. {listing(told, 12)}.",
        ),
        name,
        tuple(bars),
    )


def _ends(levels: list[int]) -> list[int]:
    """Keep the highest and the lowest levels where there are too many to draw."""
    if len(levels) <= MOST_BARS:
        return levels
    half = MOST_BARS // 2
    return [*levels[:half], *levels[-half:]]


def _level_bar(term: TermExplanation, cell: int, label: str) -> Bar:
    score = float(term.scores[cell, 0])
    low, high = float(term.low[cell, 0]), float(term.high[cell, 0])
    aside = cell in (MISSING_CELL, term.axes[0].unseen_cell)
    return Bar(
        label=f"({label})" if aside else label,
        value=score,
        tone="muted" if aside else "raises" if score >= 0 else "lowers",
        low=low if math.isfinite(low) else None,
        high=high if math.isfinite(high) else None,
        note=signed(score, 2),
    )


def _levels_heatmap(term: TermExplanation, explanation: ModelExplanation) -> HeatmapChart:
    """Set the levels against the classes: one cell a level and class."""
    axis, labels = term.axes[0], cell_labels(term.axes[0])
    cells = [cell for cell in range(axis.size) if term.counts[cell] > 0]
    cells = sorted(cells, key=lambda cell: -float(term.counts[cell]))[:MOST_BARS]
    cells.sort(reverse=True)
    outputs = list(range(len(explanation.outputs)))[:MOST_HEAT_CELLS]
    title, name = term_sentence(term, explanation), score_name(explanation, None)
    values = tuple(_floats(term.scores[cell, outputs]) for cell in cells)
    told = [
        f"{explanation.outputs[k]} most for {labels[max(cells, key=lambda c: term.scores[c, k])]}"
        for k in outputs
    ]
    return HeatmapChart(
        Caption(
            title,
            f"{name} for each {axis.name} and class",
            f"{title}. Raised most: {listing(told, 8)}.",
        ),
        x_axis=explanation.task.target,
        y_axis=axis.name,
        x_labels=tuple(explanation.outputs[k] for k in outputs),
        y_labels=tuple(labels[cell] for cell in cells),
        values=values,
        unit="log-odds",
    )


def _pair_chart(term: TermExplanation, explanation: ModelExplanation) -> HeatmapChart:
    shape = strongest_shape(term, len(explanation.outputs))
    first, second = term.axes
    across, along = _parts(first, term.counts.sum(axis=1)), _parts(second, term.counts.sum(axis=0))
    scores, counts, axes = term.scores[..., shape.output], term.counts, (first, second)
    if _widest(first, across) > _widest(second, along):
        across, along, axes = along, across, (second, first)
        scores, counts = scores.T, counts.T
    values = tuple(tuple(_mean(scores, counts, x, y) for x, _ in across) for y, _ in along)
    joined = any(cells.stop - cells.start > 1 for cells, _ in (*across, *along))
    title, name = term_sentence(term, explanation), score_name(explanation, shape.output)
    return HeatmapChart(
        Caption(
            title,
            f"{name} beyond what each adds alone; empty where there are no rows"
            f"{'; neighbouring bins joined' if joined else ''}",
            f"{title}.",
        ),
        x_axis=axes[0].name,
        y_axis=axes[1].name,
        x_labels=tuple(label for _, label in across),
        y_labels=tuple(label for _, label in along),
        values=values,
        unit="log-odds" if explanation.task.classes else explanation.task.target,
    )


_Part = tuple[slice, str]
"""Consecutive cells of an axis that are drawn as one, and what they are called."""


def _parts(axis: Axis, counts: Floats) -> list[_Part]:
    """Return what to draw of an axis: cells with rows, bins joined to parts of equal rows.

    Of levels the most frequent are kept where there are too many.
    """
    labels = cell_labels(axis)
    aside = [c for c in (MISSING_CELL, axis.unseen_cell) if counts[c] > 0]
    ends = [(slice(c, c + 1), labels[c]) for c in aside]
    inner = np.arange(1, axis.unseen_cell)
    if axis.levels is not None:
        kept = inner[np.argsort(-counts[inner], kind="stable")[:MOST_HEAT_CELLS]]
        return [(slice(c, c + 1), labels[c]) for c in np.sort(kept[counts[kept] > 0])] + ends
    rows = np.cumsum(counts[inner]) - counts[inner] / 2
    groups = np.arange(len(inner))
    if len(inner) > MOST_HEAT_CELLS and rows[-1] > 0:
        groups = np.minimum(rows / rows[-1] * MOST_HEAT_CELLS, MOST_HEAT_CELLS - 1).astype(int)
    starts = np.flatnonzero(np.diff(groups, prepend=-1)) + 1
    bounds = [*starts.tolist(), axis.unseen_cell]
    return [(slice(a, b), _join_label(axis, a, b)) for a, b in itertools.pairwise(bounds)] + ends


def _join_label(axis: Axis, start: int, stop: int) -> str:
    edges = [] if axis.edges is None else axis.edges.tolist()
    low = edges[start - 2] if start > 1 else None
    return range_label(axis, low, edges[stop - 2] if stop - 2 < len(edges) else None)


def _mean(scores: Floats, counts: Floats, x: slice, y: slice) -> float | None:
    """Return the mean score over the rows of a block of cells; None where it holds none."""
    weights = counts[x, y]
    total = float(weights.sum())
    return float((weights * scores[x, y]).sum() / total) if total > 0 else None


def _widest(axis: Axis, parts: list[_Part]) -> int:
    return max((len(label) for _, label in parts), default=0) if axis.levels is not None else 0
