"""What a curve answers and which range it takes, without Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pellucid.core.numbers import count, interval, plural, signed
from pellucid.report.charts import CurveChart, Line, SideCell
from pellucid.ui.charts.scales import score_range, value_text


def curve_range(chart: CurveChart) -> tuple[float, float]:
    """Return the y range over all lines and side cells, cells without data left out."""
    scores: list[float] = []
    bounds: list[tuple[float, float]] = []
    for line in chart.lines:
        lows, highs = line.low or line.scores, line.high or line.scores
        for rows, score, low, high in zip(chart.counts, line.scores, lows, highs, strict=True):
            if rows > 0:
                scores.append(score)
                bounds.append((low, high))
    for cell in chart.side:
        if cell.count > 0:
            scores.extend(cell.scores)
            bounds.extend(zip(cell.low or cell.scores, cell.high or cell.scores, strict=True))
    return score_range(scores, bounds)


def bin_words(chart: CurveChart, index: int) -> str:
    """Name a bin: "38.5 to 41", or a single day or number where the bin holds one."""
    low, high = (value_text(e, is_date=chart.is_date) for e in chart.edges[index : index + 2])
    return low if low == high else f"{low} to {high}"


def _scores(
    lines: Sequence[Line], values: Sequence[float], bounds: Sequence[tuple[float, float] | None]
) -> Iterator[str]:
    for line, value, bound in zip(lines, values, bounds, strict=True):
        name = f"{line.name} " if len(lines) > 1 else ""
        spread = f" ({interval(*bound)})" if bound is not None and bound[0] == bound[0] else ""
        yield f"{name}{signed(value)}{spread}"


def bin_sentence(chart: CurveChart, index: int) -> str:
    """Say what the lines are worth in a bin, between which bounds, on how many rows."""
    bounds = [
        None if line.low is None or line.high is None else (line.low[index], line.high[index])
        for line in chart.lines
    ]
    said = ", ".join(_scores(chart.lines, [line.scores[index] for line in chart.lines], bounds))
    rows = plural(chart.counts[index], "training row")
    return f"{chart.x_axis} {bin_words(chart, index)}: {chart.y_axis} {said}; {rows}."


def side_sentence(chart: CurveChart, cell: SideCell) -> str:
    """Say what a missing or unseen value is worth."""
    bounds = [
        None if cell.low is None or cell.high is None else (cell.low[i], cell.high[i])
        for i in range(len(cell.scores))
    ]
    said = ", ".join(_scores(chart.lines, cell.scores, bounds))
    rows = f"{count(cell.count)} training rows" if cell.count else "no training row"
    return f"{chart.x_axis} {cell.name}: {chart.y_axis} {said}; {rows}."
